"""Evidence in the words of the author: from the normalised text back to the original one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from perenne.domain.classement.types import Champ, Fiche, Indice, Occurrence
from perenne.domain.texte import Places

INDICES_MAX = 6
"""Evidence kept for one activity, the earliest first."""


@dataclass(frozen=True, kw_only=True)
class Localisation:
    """The normalised name and text, searched as one string."""

    fiche: Fiche
    nom: str
    texte: str

    @cached_property
    def forme(self) -> str:
        """Name, a space, text; without the space when one of them is empty."""
        return f"{self.nom} {self.texte}".strip()

    @property
    def fin_titre(self) -> int:
        """Where the name ends in `forme`."""
        return len(self.nom)

    @cached_property
    def places_du_nom(self) -> Places:
        """Positions in the original name of the characters of its normal form."""
        return Places(self.fiche.nom)

    @cached_property
    def places_du_texte(self) -> Places:
        """The same for the text."""
        return Places(self.fiche.texte)


def situer(
    localisation: Localisation, occurrences: Sequence[Occurrence], motifs: Sequence[str]
) -> list[Indice]:
    """Evidence without overlap, the longest first at one place, in reading order.

    Args:
        motifs: the patterns, by the rank that an occurrence gives.
    """
    gardees: list[Occurrence] = []
    for o in sorted(occurrences, key=lambda o: (o.debut, -o.fin)):
        if not gardees or o.debut >= gardees[-1].fin:
            gardees.append(o)
    return [
        i for o in gardees[:INDICES_MAX] for i in _decouper(localisation, o.debut, o.fin, motifs[o.motif])
    ]


def _decouper(localisation: Localisation, debut: int, fin: int, motif: str) -> list[Indice]:
    """A phrase that runs from the name into the text gives one piece of evidence in each."""
    limite = localisation.fin_titre
    decalage = limite + 1 if localisation.nom else 0
    parts: list[tuple[Champ, str, int, int]] = [
        ("nom", localisation.fiche.nom, debut, min(fin, limite)),
        ("texte", localisation.fiche.texte, max(debut, decalage) - decalage, fin - decalage),
    ]
    indices = []
    for champ, original, d, f in parts:
        if d < f:
            places = localisation.places_du_nom if champ == "nom" else localisation.places_du_texte
            a, b = places[d], places[f - 1] + 1
            indices.append(Indice(champ=champ, mots=original[a:b], debut=a, fin=b, motif=motif))
    return indices
