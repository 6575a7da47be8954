"""Try levers on a plan, on and off: the answer before and after, one curve, the whole report under it."""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock

from perenne.domain.tresorerie.analyse import Bilan, Courbe, analyser
from perenne.domain.tresorerie.compilation import compiler
from perenne.domain.tresorerie.effets import Effet
from perenne.domain.tresorerie.flux import Statut
from perenne.domain.tresorerie.levier import LevierInapplicable
from perenne.domain.tresorerie.leviers import appliquer
from perenne.domain.tresorerie.monte_carlo import Incertitude, estimer
from perenne.domain.tresorerie.plan import Plan
from perenne.domain.tresorerie.resultat import Resultat
from perenne.reports.rapport.elements import Rapport
from perenne.reports.svg.base import Figure
from perenne.reports.tresorerie.composer import composer_rapport
from perenne.reports.tresorerie.figures import dessiner_essai
from perenne.reports.tresorerie.phrases import dire_bilan, effet_dit, nom_levier, reponse
from perenne.reports.typographie import composer, majuscule
from perenne.services.tresorerie.interpretation import PlanLu
from perenne.services.tresorerie.messages import dire_levier
from perenne.services.tresorerie.simulation import simuler
from perenne.services.tresorerie.tailles import verifier_taille

TIRAGES = 1_000
"""Draws for a page that answers at once; the command line and the files draw more."""

GRAINE = 1
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


@dataclass(frozen=True, kw_only=True)
class _Socle:
    """A plan without levers: everything about it, and its report."""

    resultat: Resultat
    rapport: Rapport


@dataclass(frozen=True, kw_only=True)
class _Suite:
    """The plan with the levers that are on: what the answer and the curve need, in one scenario."""

    plan: Plan
    bilan: Bilan
    courbe: Courbe
    incertitude: Incertitude


_socles: OrderedDict[tuple[object, ...], _Socle] = OrderedDict()
_verrou = Lock()


def essayer(
    lu: PlanLu, *, actifs: Sequence[str] = (), scenario: Statut = "securise", au: dt.date | None = None
) -> Essai:
    """Run a plan without levers, then with those of `actifs` together; unknown ones are left aside.

    Args:
        actifs: ids of levers, those of the plan or, when it has none, those that are proposed.
        au: date of the law asked of each lever.

    Raises:
        ErreurUtilisateur: the plan is too large to be computed while one waits.
    """
    verifier_taille(lu)
    socle = _simuler(lu, scenario, au)
    resultat = socle.resultat
    choisis = [e.levier for e in resultat.effets if e.levier.id in actifs]
    suite, refus = None, ""
    if choisis:
        try:
            suite = _suivre(appliquer(lu.plan, *choisis), scenario)
        except LevierInapplicable as erreur:
            message, conseil = dire_levier(erreur)
            refus = composer(
                majuscule(f"ensemble, ces leviers ne peuvent pas agir : {message} {conseil}".strip())
            )
    rang = [c.scenario for c in resultat.courbes].index(scenario)
    mesuree = suite.incertitude if suite else resultat.incertitudes[rang]
    return Essai(
        rapport=socle.rapport,
        figure=dessiner_essai(resultat.courbes[rang], suite.courbe if suite else None, mesuree),
        avant=reponse(resultat),
        apres=dire_bilan(suite.plan, suite.bilan) if suite else "",
        interrupteurs=tuple(_interrupteur(e, actifs) for e in resultat.effets),
        proposes=resultat.proposes,
        refus=refus,
    )


def _interrupteur(effet: Effet, actifs: Sequence[str]) -> Interrupteur:
    return Interrupteur(
        id=effet.levier.id,
        nom=composer(nom_levier(effet)),
        effet=composer(effet_dit(effet)),
        actif=effet.levier.id in actifs,
    )


def _suivre(plan: Plan, scenario: Statut) -> _Suite:
    """Only what the levers change in the page, drawn on the same luck as the plan without them."""
    bilan, courbe = analyser(plan, scenario)
    incertitude = estimer(compiler(plan), scenario, nombre=TIRAGES, graine=GRAINE, coussin=bilan.coussin)
    return _Suite(plan=plan, bilan=bilan, courbe=courbe, incertitude=incertitude)


def _simuler(lu: PlanLu, scenario: Statut, au: dt.date | None) -> _Socle:
    """The run without levers, kept a while: the same plan is asked again each time a lever is switched."""
    cle = (lu.plan, lu.leviers, lu.avis, scenario, au)
    with _verrou:
        if cle in _socles:
            _socles.move_to_end(cle)
            return _socles[cle]
    resultat = simuler(lu, scenario=scenario, tirages=TIRAGES, graine=GRAINE, au=au)
    socle = _Socle(resultat=resultat, rapport=composer_rapport(resultat))
    with _verrou:
        _socles[cle] = socle
        while len(_socles) > GARDES:
            _socles.popitem(last=False)
    return socle
