"""Cursors: where a long list was left, as an opaque word that a client gives back."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from perenne.services.consulter.elements import Introuvable

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Tranche(Generic[T]):
    """A part of a list; `suivant` is empty at its end."""

    elements: tuple[T, ...]
    suivant: str


def ecrire_curseur(cle: Sequence[str]) -> str:
    """The cursor after the item that has this key."""
    return (
        base64.urlsafe_b64encode(json.dumps(list(cle), separators=(",", ":")).encode()).decode().rstrip("=")
    )


def lire_curseur(curseur: str, longueur: int) -> tuple[str, ...] | None:
    """The key after which to go on; None for the beginning.

    Raises:
        Introuvable: it is not one of our cursors.
    """
    if not curseur:
        return None
    try:
        lu = json.loads(base64.b64decode(curseur + "=" * (-len(curseur) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, RecursionError):
        lu = None
    if not (isinstance(lu, list) and len(lu) == longueur and all(isinstance(x, str) for x in lu)):
        raise Introuvable(
            "Ce curseur n’est pas lisible.",
            conseil="Reprenez tel quel le « suivant » de la page précédente, ou repartez sans curseur.",
        )
    return tuple(lu)


def trancher(
    lire: Callable[[tuple[str, ...] | None, int], Sequence[T]],
    cle: Callable[[T], tuple[str, ...]],
    *,
    curseur: str,
    limite: int,
    longueur: int,
) -> Tranche[T]:
    """The items that follow a cursor, in the order of their keys.

    A key, not a rank, says where the last page ended: whatever is added or removed meanwhile (or whichever
    atlas is published), no item comes twice and none that stays is skipped.

    Args:
        lire: at most n items whose key is greater than the one given, in order.
        cle: the key of an item, unique and never changed.
        longueur: number of parts of a key.

    Raises:
        Introuvable: the cursor cannot be read.
    """
    lus = lire(lire_curseur(curseur, longueur), limite + 1)
    gardes = tuple(lus[:limite])
    return Tranche(elements=gardes, suivant=ecrire_curseur(cle(gardes[-1])) if len(lus) > limite else "")
