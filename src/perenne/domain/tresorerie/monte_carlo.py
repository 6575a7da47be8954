"""Uncertainty: bands of the cash curve, probability and date of rupture, relay need. Exact for a seed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from perenne.domain.tresorerie.alea import Tirages, tirer
from perenne.domain.tresorerie.dates import Grille, Pas, construire_grille
from perenne.domain.tresorerie.echeances import PlanCompile
from perenne.domain.tresorerie.flux import Statut
from perenne.domain.tresorerie.machine import Entiers, Machine, construire
from perenne.domain.tresorerie.plan import Plan
from perenne.domain.tresorerie.vecteur import parcourir

QUANTILES = (10, 50, 90)
JAMAIS = -1


@dataclass(frozen=True)
class Resume:
    """What is kept of each draw.

    Attributes:
        fins: cash at the end of each period, shape (draws, periods), cents.
        bas: lowest closing cash of each period, same shape.
        rupture: rank of the first day below the authorised overdraft, -1 when never, shape (draws,).
    """

    fins: Entiers
    bas: Entiers
    rupture: Entiers


@dataclass(frozen=True, kw_only=True)
class Incertitude:
    """Bands over the draws of one scenario.

    Attributes:
        grille: periods.
        fins: P10, P50, P90 of the cash at the end of each period, shape (3, periods), cents.
        bas: the same of the lowest point of each period.
        tirages: number of draws.
        ruptures: number of draws that break the authorised overdraft.
        rupture_cumulee: number of them broken by the end of each period, shape (periods,).
        dates_rupture: P10, P50, P90 of the date among the draws that break; empty when none does.
        besoin_relais: P10, P50, P90 of the relay need in cents: what is missing at the lowest point, cushion
            included, 0 when nothing is.
    """

    grille: Grille
    scenario: Statut
    fins: Entiers
    bas: Entiers
    tirages: int
    ruptures: int
    rupture_cumulee: Entiers
    dates_rupture: tuple[dt.date, ...]
    besoin_relais: tuple[int, ...]

    @property
    def probabilite_rupture(self) -> float:
        """Share of the draws that break, in [0, 1]."""
        return self.ruptures / self.tirages


def seuils(plan: Plan, grille: Grille) -> Entiers:
    """Lowest cash allowed each day: minus the authorised overdraft, shape (days,)."""
    d = plan.decouvert
    premier = 0 if d.du is None else max(0, (d.du - grille.debut).days)
    apres = grille.jours if d.au is None else max(0, (d.au - grille.debut).days + 1)
    limites = np.zeros(grille.jours, dtype=np.int64)
    limites[premier:apres] = -d.plafond
    return limites


def quantiles(valeurs: Entiers, rangs: tuple[int, ...] = QUANTILES) -> Entiers:
    """Quantiles over the first axis, each a value that was drawn (no interpolation), hence whole cents."""
    q = np.percentile(valeurs, rangs, axis=0, method="inverted_cdf")
    return np.asarray(q, dtype=np.int64)


def resumer(machine: Machine, tirages: Tirages, grille: Grille) -> Resume:
    """Run all draws and keep ends, lows and ruptures."""
    bornes = np.array(grille.bornes)
    fins = np.array([*grille.bornes[1:], grille.jours]) - 1
    limite = seuils(machine.plan, grille)

    def reduire(soldes: Entiers) -> Resume:
        casse: npt.NDArray[np.bool_] = soldes < limite
        premier = np.where(casse.any(axis=1), casse.argmax(axis=1), JAMAIS)
        return Resume(soldes[:, fins], np.minimum.reduceat(soldes, bornes, axis=1), premier)

    morceaux = parcourir(machine, tirages, reduire)
    return Resume(
        np.concatenate([m.fins for m in morceaux]),
        np.concatenate([m.bas for m in morceaux]),
        np.concatenate([m.rupture for m in morceaux]),
    )


def estimer(
    compile_: PlanCompile,
    scenario: Statut,
    *,
    nombre: int,
    graine: int,
    pas: Pas = "mois",
    coussin: int = 0,
    tirages: Tirages | None = None,
) -> Incertitude:
    """Draw delays and amounts of one scenario.

    Args:
        nombre: draws, at least 1.
        graine: seed; the same seed gives the same result to the cent.
        coussin: cash never to go below, cents, for the relay need.
        tirages: these very draws, when they were made already: they do not depend on the scenario.
    """
    plan = compile_.plan
    grille = construire_grille(plan.debut, plan.horizon_mois, pas)
    tires = tirages or tirer(compile_.lois, nombre, graine)
    resume = resumer(construire(compile_, scenario), tires, grille)
    casses = np.sort(resume.rupture[resume.rupture != JAMAIS])
    fins = np.array([*grille.bornes[1:], grille.jours])
    besoin = quantiles(np.maximum(coussin - resume.bas.min(axis=1), 0))
    return Incertitude(
        grille=grille,
        scenario=scenario,
        fins=quantiles(resume.fins),
        bas=quantiles(resume.bas),
        tirages=nombre,
        ruptures=len(casses),
        rupture_cumulee=np.searchsorted(casses, fins),
        dates_rupture=tuple(
            grille.debut + dt.timedelta(days=int(n)) for n in (quantiles(casses) if len(casses) else ())
        ),
        besoin_relais=tuple(int(b) for b in besoin),
    )
