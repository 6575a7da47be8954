"""Hides from a case what would name its own levers: its facts, what repeats them, and optionally more."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from typing import Literal

from perenne.domain.leviers.contributions import fait_du_critere
from perenne.domain.regles.evaluation import Valeur
from perenne.domain.savoir.cas import Cas, Constat, Reponse

Masque = Literal["aucun", "deduit", "strict", "identite"]
"""What is hidden of the case that is held out, each level hiding more than the one before.

- aucun: nothing (the order then sees what the levers brought: only to show how much that flatters);
- deduit: the answers and facts that repeat a fact of support (`deduit_de`): the protocol;
- strict: also whatever was read in the part of the study that describes the levers;
- identite: everything but form, agreements, activity, stage and needs.
"""

MASQUES: tuple[Masque, ...] = ("aucun", "deduit", "strict", "identite")
PARTIE_LEVIERS = "II"
"""Part of the study that tells the levers: a finding read there was noted because a lever was used."""

IDENTITE = frozenset({"stade", "forme_juridique"})

_IAE = {
    "siae-aci": "aci",
    "siae-ai": "ai",
    "siae-ei": "ei",
    "siae-etti": "etti",
}


def faits_du_cas(cas: Cas, masque: Masque = "aucun") -> dict[str, Valeur]:
    """What is known of a case once masked, as facts of the language.

    The facts of support themselves are never facts of the language: they only give answers and findings,
    which say so. An answer given twice keeps the first.
    """
    faits: dict[str, Valeur] = {}
    for constat in cas.situation:
        if visible(constat, cas, masque) and (masque != "identite" or constat.fait in IDENTITE):
            faits.setdefault(constat.fait, _valeur(constat.valeur))
    for reponse in cas.evaluations:
        if masque != "identite" and visible(reponse, cas, masque):
            faits.setdefault(fait_du_critere(reponse.critere), reponse.reponse)
    faits.setdefault("forme_juridique", cas.forme_juridique)
    for agrement in cas.agrements:
        if agrement.type in _IAE:
            faits.setdefault("agrement_iae", _IAE[agrement.type])
        elif agrement.type in {"ea", "esat"}:
            faits.setdefault("structure_handicap", agrement.type)
        elif agrement.type == "esus":
            faits.setdefault("agrement_esus", True)
    return faits


def visible(ligne: Reponse | Constat, cas: Cas, masque: Masque) -> bool:
    """Whether an answer or a finding may be seen under a mask."""
    if masque == "aucun":
        return True
    if cite(ligne.deduit_de, cas):
        return False
    return masque == "deduit" or not _dans_la_partie_leviers(ligne.source.section)


def cite(deduit_de: Collection[str], cas: Cas) -> bool:
    """Whether it repeats a fact of this case."""
    return bool(set(deduit_de) & {f.id for f in cas.faits})


def _dans_la_partie_leviers(section: str) -> bool:
    return section.startswith((f"{PARTIE_LEVIERS}.", f"{PARTIE_LEVIERS},", f"{PARTIE_LEVIERS} "))


def _valeur(valeur: bool | float | str) -> Valeur:
    return valeur if isinstance(valeur, (bool, str)) else Decimal(str(valeur))
