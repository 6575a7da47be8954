"""The stage of life, inferred from entry tests, each with its reason; the people may choose another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from perenne.domain.entreprise.dossier import Structure

StadeVie = Literal["emergence", "amorcage", "consolidation", "changement-echelle", "rebond"]
Test = Literal[
    "activite-commencee",
    "trois-comptes-clos",
    "premier-emploi-recent",
    "tresorerie-sous-un-mois",
    "fonds-propres-en-baisse",
    "depart-sans-releve",
    "demande-ailleurs",
    "frng-couvre-bfr",
]
TRESORERIE_ALERTE_MOIS = 1.0
PREMIER_EMPLOI_RECENT_MOIS = 12
COMPTES_AMORCAGE = 3


@dataclass(frozen=True, kw_only=True)
class ResultatTest:
    """One entry test: whether it holds (None when it cannot be told), and the values it read."""

    test: Test
    tient: bool | None
    valeurs: tuple[tuple[str, str | float | int], ...] = ()


@dataclass(frozen=True, kw_only=True)
class StadeInfere:
    """The stage that is proposed, and the one that is kept.

    Attributes:
        propose: inferred; None when nothing allows it.
        retenu: chosen by the people, else `propose`.
        impose: the people chose it; `motif` says why in their words.
        aussi: other stages whose tests hold too.
        tests: every test, in order, with its reason.
        manque: tests that could not be told and that could change the answer.
    """

    propose: StadeVie | None
    retenu: str | None
    impose: bool
    motif: str
    aussi: tuple[StadeVie, ...]
    tests: tuple[ResultatTest, ...]
    manque: tuple[Test, ...]


@dataclass(frozen=True, kw_only=True)
class Indices:
    """What the stage is read from, beside the structure.

    Attributes:
        tresorerie_mois: months of expenses in cash.
        fonds_propres: equity of the closed years, oldest first, cents.
        frng, bfr: cents.
        depart_sans_releve: the management leaves or may leave with no successor.
        demande_ailleurs: other municipalities ask, or an extension is planned.
    """

    tresorerie_mois: float | None = None
    fonds_propres: tuple[int, ...] = ()
    frng: int | None = None
    bfr: int | None = None
    depart_sans_releve: bool | None = None
    demande_ailleurs: bool | None = None


def inferer_stade(structure: Structure, indices: Indices, au: dt.date) -> StadeInfere:
    """Infer the stage of life.

    Order of the tests: no activity yet → émergence; fewer than three closed accounts, or a first job within
    twelve months → amorçage; cash under one month, equity that falls, or a departure without successor →
    rebond; a demand elsewhere and FRNG ≥ BFR → changement d'échelle; otherwise consolidation. A young
    structure short of cash stays in amorçage, with rebond named as possible.

    Source: entry tests of `knowledge/stades` (our reading of methode.md §2.2).
    """
    tests = {t.test: t for t in _tests(structure, indices, au)}
    vrai = {nom for nom, t in tests.items() if t.tient}
    jeune = "premier-emploi-recent" in vrai or tests["trois-comptes-clos"].tient is False
    crise = bool(vrai & {"tresorerie-sous-un-mois", "fonds-propres-en-baisse", "depart-sans-releve"})
    grandit = {"demande-ailleurs", "frng-couvre-bfr"} <= vrai
    candidats: list[StadeVie] = []
    if tests["activite-commencee"].tient is False:
        candidats = ["emergence"]
    else:
        if jeune:
            candidats.append("amorcage")
        if crise:
            candidats.append("rebond")
        if grandit:
            candidats.append("changement-echelle")
        if not candidats and tests["trois-comptes-clos"].tient:
            candidats.append("consolidation")
    propose = candidats[0] if candidats else None
    impose = bool(structure.stade)
    return StadeInfere(
        propose=propose,
        retenu=structure.stade or propose,
        impose=impose,
        motif=structure.stade_motif,
        aussi=tuple(candidats[1:]),
        tests=tuple(tests.values()),
        manque=() if propose == "emergence" else tuple(n for n, t in tests.items() if t.tient is None),
    )


def _tests(s: Structure, i: Indices, au: dt.date) -> tuple[ResultatTest, ...]:
    commencee = s.activite_reguliere
    if commencee is None and s.debut_activite is not None:
        commencee = s.debut_activite <= au
    if commencee is None and s.comptes_clos:
        commencee = True
    emploi = None
    valeurs_emploi: tuple[tuple[str, str | float | int], ...] = ()
    if s.premier_emploi is not None:
        mois = (au.year - s.premier_emploi.year) * 12 + au.month - s.premier_emploi.month
        mois -= au.day < s.premier_emploi.day
        emploi = 0 <= mois < PREMIER_EMPLOI_RECENT_MOIS
        valeurs_emploi = (("mois", mois),)
    comptes = s.comptes_clos
    baisse = None
    if len(i.fonds_propres) >= 3:
        # One bad year is not a fall: two in a row are.
        baisse = i.fonds_propres[-1] < i.fonds_propres[-2] < i.fonds_propres[-3]
    elif i.fonds_propres and i.fonds_propres[-1] < 0:
        baisse = True
    couvre = None if i.frng is None or i.bfr is None else i.frng >= i.bfr
    mois_cash = i.tresorerie_mois
    return (
        ResultatTest(test="activite-commencee", tient=commencee),
        ResultatTest(
            test="trois-comptes-clos",
            tient=None if comptes is None else comptes >= COMPTES_AMORCAGE,
            valeurs=() if comptes is None else (("comptes", comptes),),
        ),
        ResultatTest(test="premier-emploi-recent", tient=emploi, valeurs=valeurs_emploi),
        ResultatTest(
            test="tresorerie-sous-un-mois",
            tient=None if mois_cash is None else mois_cash < TRESORERIE_ALERTE_MOIS,
            valeurs=() if mois_cash is None else (("mois", mois_cash),),
        ),
        ResultatTest(
            test="fonds-propres-en-baisse",
            tient=baisse,
            valeurs=tuple((f"annee-{n}", v) for n, v in enumerate(i.fonds_propres[-3:], 1)),
        ),
        ResultatTest(test="depart-sans-releve", tient=i.depart_sans_releve),
        ResultatTest(test="demande-ailleurs", tient=i.demande_ailleurs),
        ResultatTest(
            test="frng-couvre-bfr",
            tient=couvre,
            valeurs=() if i.frng is None or i.bfr is None else (("frng", i.frng), ("bfr", i.bfr)),
        ),
    )


def texte_en_booleen(faits: Mapping[str, str], nom: str) -> bool | None:
    """A yes/no fact as the user wrote it; None when absent or not a yes/no."""
    return {"oui": True, "vrai": True, "non": False, "faux": False}.get(faits.get(nom, "").strip().lower())
