"""The cases in which an action was taken, nearest first, and what brings them near or keeps them away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from perenne.domain.leviers.entree import Demande
from perenne.domain.leviers.modele import PRATIQUES, Modele
from perenne.domain.savoir.cas import Cas, FaitCas

TermeDistance = Literal["acteur", "activite", "besoins", "forme", "stade", "zonages"]
POIDS: Mapping[TermeDistance, float] = {
    "acteur": 2.0,
    "activite": 3.0,
    "besoins": 2.0,
    "forme": 1.0,
    "stade": 1.0,
    "zonages": 1.0,
}
"""Weight of each term of the distance: an order of reading, our convention."""

INCONNU = 0.5
"""A term that cannot be read counts neither for nor against."""

_FAMILLES_DE_FORMES = (
    frozenset({"association", "association-rup", "fondation", "fonds-dotation"}),
    frozenset({"scic", "scop", "cooperative", "sapo", "mutuelle", "societe-commerciale"}),
)


@dataclass(frozen=True)
class Ecart:
    """One term of the distance, in [0, 1]; `lu` is False when one side is not known."""

    terme: TermeDistance
    distance: float
    lu: bool = True

    @property
    def proche(self) -> bool:
        """Whether it brings the case near."""
        return self.lu and self.distance < INCONNU


@dataclass(frozen=True)
class PrecedentAction:
    """A case in which the action was taken.

    Attributes:
        distance: weighted mean of the terms, in [0, 1].
        faits: what was done there for this action.
        enseignement: what it teaches, when the base says so.
    """

    cas: Cas
    faits: tuple[FaitCas, ...]
    distance: float
    ecarts: tuple[Ecart, ...]
    enseignement: str


def precedents(modele: Modele, demande: Demande, action: str, nombre: int = 3) -> tuple[PrecedentAction, ...]:
    """The nearest cases for an action; the enterprise itself is never its own precedent."""
    fiche = modele.savoir.actions[action]
    lecons = {p.cas: p.enseignement for p in fiche.precedents}
    trouves = []
    for cas in modele.savoir.cas.values():
        faits = tuple(f for f in cas.faits if f.action == action and f.explicitation in PRATIQUES)
        if not faits or cas.id == demande.entreprise.cas:
            continue
        ecarts = tuple(_ecarts(modele, demande, cas, faits))
        distance = sum(POIDS[e.terme] * e.distance for e in ecarts) / sum(POIDS.values())
        trouves.append(PrecedentAction(cas, faits, round(distance, 9), ecarts, lecons.get(cas.id, "")))
    trouves.sort(key=lambda p: (p.distance, p.cas.id))
    return tuple(trouves[:nombre])


def deja_pratiques(modele: Modele, demande: Demande, action: str) -> tuple[FaitCas, ...]:
    """What the case that is asked about already received for this action."""
    cas = modele.savoir.cas.get(demande.entreprise.cas)
    return tuple(f for f in cas.faits if f.action == action) if cas is not None else ()


def _ecarts(modele: Modele, demande: Demande, cas: Cas, faits: tuple[FaitCas, ...]) -> Iterator[Ecart]:
    entreprise = demande.entreprise
    types = {t for f in faits for t in f.acteur.types}
    yield (
        Ecart("acteur", float(not types & set(demande.acteur.lignee)))
        if types
        else Ecart("acteur", INCONNU, lu=False)
    )
    yield _activite(demande, cas)
    yield _partage("besoins", set(entreprise.besoins), set(cas.besoins))
    yield _forme(str(entreprise.faits.get("forme_juridique") or ""), cas.forme_juridique)
    stade = next((c.valeur for c in cas.situation if c.fait == "stade"), None)
    ici = demande.faits.get("stade")
    yield Ecart("stade", float(stade != ici)) if stade and ici else Ecart("stade", INCONNU, lu=False)
    yield _partage("zonages", set(demande.lieu.zonages), {z.zonage for z in cas.zonages})


def _activite(demande: Demande, cas: Cas) -> Ecart:
    entreprise = demande.entreprise
    if not entreprise.activite and not entreprise.theme:
        return Ecart("activite", INCONNU, lu=False)
    if entreprise.activite == cas.activite:
        return Ecart("activite", 0.0)
    return Ecart("activite", 0.4 if entreprise.theme == cas.theme else 1.0)


def _forme(ici: str, la: str) -> Ecart:
    if not ici:
        return Ecart("forme", INCONNU, lu=False)
    if ici == la:
        return Ecart("forme", 0.0)
    return Ecart("forme", 0.4 if any({ici, la} <= f for f in _FAMILLES_DE_FORMES) else 1.0)


def _partage(terme: TermeDistance, ici: set[str], la: set[str]) -> Ecart:
    """The share of what they do not have in common (Jaccard)."""
    if not ici or not la:
        return Ecart(terme, INCONNU, lu=False)
    return Ecart(terme, 1 - len(ici & la) / len(ici | la))
