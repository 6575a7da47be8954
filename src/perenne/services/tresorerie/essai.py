"""Try levers on a plan, on and off: the answer before and after, one curve, the whole report under it."""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock

from perenne.domain.tresorerie.effets import Effet
from perenne.domain.tresorerie.flux import Statut
from perenne.domain.tresorerie.levier import LevierInapplicable
from perenne.domain.tresorerie.leviers import appliquer
from perenne.domain.tresorerie.resultat import Resultat
from perenne.reports.rapport.elements import Rapport
from perenne.reports.svg.base import Figure
from perenne.reports.tresorerie.composer import composer_rapport
from perenne.reports.tresorerie.figures import dessiner_essai
from perenne.reports.tresorerie.phrases import effet_dit, nom_levier, reponse
from perenne.reports.typographie import composer, majuscule
from perenne.services.tresorerie.interpretation import PlanLu
from perenne.services.tresorerie.messages import dire_levier
from perenne.services.tresorerie.simulation import simuler

TIRAGES = 1_000
"""Draws for a page that answers at once; the command line and the files draw more."""

GARDES = 32


@dataclass(frozen=True, kw_only=True)
class Interrupteur:
    """A lever that may be switched on."""

    id: str
    nom: str
    effet: str
    actif: bool


@dataclass(frozen=True, kw_only=True)
class Essai:
    """What a plan says with some levers on.

    Attributes:
        avant, apres: the answer in one sentence; `apres` is empty when no lever is on.
        proposes: the levers were proposed by the software, not written by the user.
        refus: why the levers cannot act together; empty otherwise.
    """

    rapport: Rapport
    figure: Figure
    avant: str
    apres: str
    interrupteurs: tuple[Interrupteur, ...]
    proposes: bool
    refus: str
    incertain: bool


_garde: OrderedDict[tuple[object, ...], Resultat] = OrderedDict()
_verrou = Lock()


def essayer(
    lu: PlanLu, *, actifs: Sequence[str] = (), scenario: Statut = "securise", au: dt.date | None = None
) -> Essai:
    """Run a plan without levers, then with those of `actifs` together; unknown ones are left aside.

    Args:
        actifs: ids of levers, those of the plan or, when it has none, those that are proposed.
        au: date of the law asked of each lever.
    """
    resultat = _simuler(lu, scenario, au)
    choisis = [e.levier for e in resultat.effets if e.levier.id in actifs]
    suite, refus = None, ""
    if choisis:
        try:
            suite = _simuler(PlanLu(plan=appliquer(lu.plan, *choisis)), scenario, None, compares=False)
        except LevierInapplicable as erreur:
            message, conseil = dire_levier(erreur)
            refus = composer(
                majuscule(f"ensemble, ces leviers ne peuvent pas agir : {message} {conseil}".strip())
            )
    pleine = suite or resultat
    mesuree = next((i for i in pleine.incertitudes if i.scenario == scenario), None)
    rang = [c.scenario for c in resultat.courbes].index(scenario)
    return Essai(
        rapport=composer_rapport(resultat),
        figure=dessiner_essai(resultat.courbes[rang], suite.courbes[rang] if suite else None, mesuree),
        avant=reponse(resultat),
        apres=reponse(suite) if suite else "",
        interrupteurs=tuple(_interrupteur(e, actifs) for e in resultat.effets),
        proposes=resultat.proposes,
        refus=refus,
        incertain=mesuree is not None,
    )


def _interrupteur(effet: Effet, actifs: Sequence[str]) -> Interrupteur:
    return Interrupteur(
        id=effet.levier.id,
        nom=composer(nom_levier(effet)),
        effet=composer(effet_dit(effet)),
        actif=effet.levier.id in actifs,
    )


def _simuler(lu: PlanLu, scenario: Statut, au: dt.date | None, *, compares: bool = True) -> Resultat:
    """A run, kept a while: the same plan is asked again each time a lever is switched."""
    cle = (lu.plan, lu.leviers, scenario, au, compares)
    with _verrou:
        if cle in _garde:
            _garde.move_to_end(cle)
            return _garde[cle]
    resultat = simuler(lu, scenario=scenario, choisis=() if compares else ("aucun",), tirages=TIRAGES, au=au)
    with _verrou:
        _garde[cle] = resultat
        while len(_garde) > GARDES:
            _garde.popitem(last=False)
    return resultat
