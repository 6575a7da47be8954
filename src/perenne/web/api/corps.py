"""Reads what is posted: a JSON object within its limit, or one file."""

from __future__ import annotations

import json
from pathlib import PurePosixPath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.services.tresorerie.garde_xlsx import OCTETS_MAX
from perenne.web.common.tailles import annoncee, trop_gros

JSON_MAX = 500_000
NOM_MAX = 80


def lire_json(requete: HttpRequest) -> dict[str, Any]:
    """The object of the body.

    Raises:
        TropGros: over `JSON_MAX` bytes.
        ErreurUtilisateur: it is not JSON, not an object, or a key comes twice.
    """
    if annoncee(requete) > JSON_MAX:
        raise trop_gros(JSON_MAX)
    try:
        contenu = json.loads(
            requete.read(JSON_MAX), object_pairs_hook=_sans_doublon, parse_constant=_refuser_constante
        )
    except (ValueError, RecursionError) as erreur:
        raise ErreurUtilisateur(
            "Le corps de la demande n’est pas du JSON lisible.",
            conseil=f"{erreur}." if isinstance(erreur, _Refus) else "Envoyez un objet JSON, en UTF-8.",
        ) from None
    if not isinstance(contenu, dict):
        raise ErreurUtilisateur("Le corps de la demande n’est pas un objet JSON.")
    return contenu


class _Refus(ValueError):
    pass


def _sans_doublon(paires: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(paires)
    if len(table) != len(paires):
        raise _Refus("Une clé y est écrite deux fois")
    return table


def _refuser_constante(nom: str) -> float:
    raise _Refus(f"« {nom} » n’est pas un nombre")


def lire_fichier(fichier: UploadedFile) -> tuple[bytes, str]:
    """The bytes of a file, and a name that is only ever said.

    Raises:
        TropGros: too big to be opened.
    """
    if (fichier.size or 0) > OCTETS_MAX:
        raise trop_gros(OCTETS_MAX)
    nom = PurePosixPath((fichier.name or "").replace("\\", "/")).name
    propre = "".join(c for c in nom if c.isprintable())[-NOM_MAX:]
    return fichier.read(), propre or "fichier"
