"""What each lever changes: euros, months of breathing space, rupture date, cost for the public actor."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from perenne.domain.tresorerie.analyse import (
    Bilan,
    analyser,
    jour_central,
    partie_centrale,
    soldes_centraux,
)
from perenne.domain.tresorerie.compilation import compiler
from perenne.domain.tresorerie.dates import JOURS_MOIS, ajouter_mois
from perenne.domain.tresorerie.echeances import Ordre, PlanCompile
from perenne.domain.tresorerie.emprunt import amortir
from perenne.domain.tresorerie.flux import Statut
from perenne.domain.tresorerie.flux_depenses import AtelierRelais, Emprunt, Relais
from perenne.domain.tresorerie.levier import Levier, LevierInapplicable
from perenne.domain.tresorerie.leviers import appliquer
from perenne.domain.tresorerie.nombres import interets, proportion
from perenne.domain.tresorerie.plan import Plan

Dates = dict[dt.date, int]
EN_NATURE = frozenset(("locaux", "personnel"))


@dataclass(frozen=True, kw_only=True)
class CoutPublic:
    """What the lever costs its actor over the life of the flows, at central values, cents.

    Attributes:
        pointe: most money out at the same time because of the lever (guaranteed part for a guarantee).
        jour_pointe: first day of that peak; None when there is none.
        net: money that does not come back (negative when the actor earns).
        nature: part of `net` that is given in kind.
        jours_exposes: days with money out.
    """

    pointe: int
    jour_pointe: dt.date | None
    net: int
    nature: int
    jours_exposes: int


@dataclass(frozen=True, kw_only=True)
class Effet:
    """A lever before and after, in one scenario.

    Attributes:
        gain_point_bas: difference of the lowest point of the whole horizon, cents.
        gain_creux: difference of cash on the day of the lowest point before the lever, cents.
        jours_gagnes: days by which the rupture is put off (until the horizon when it disappears).
        sans_rupture: no rupture is left.
        cout: cost for the actor.
    """

    levier: Levier
    scenario: Statut
    avant: Bilan
    apres: Bilan
    gain_point_bas: int
    gain_creux: int
    jours_gagnes: int
    sans_rupture: bool
    cout: CoutPublic

    @property
    def mois_gagnes(self) -> float:
        """Months of breathing space gained."""
        return self.jours_gagnes / JOURS_MOIS


def _verses_par(compile_: PlanCompile, acteur: str, *, loyers: bool) -> tuple[Dates, int]:
    """Money out of an actor towards the enterprise by date (negative when it comes back), and value in kind.

    Args:
        loyers: count what the enterprise pays to the actor; left out for a contribution in kind, whose
        value is
            already the rent that a landlord gives up.
    """
    dates: Dates = defaultdict(int)
    for e in compile_.echeances:
        if e.payeur == acteur and (loyers or e.ordre is Ordre.ENCAISSEMENT):
            dates[jour_central(e, compile_.lois)] += partie_centrale(e, compile_.lois)
    for m in compile_.mobilisations:
        if m.payeur != acteur:
            continue
        reglement = (
            jour_central(compile_.echeances[m.cible], compile_.lois) if m.cible >= 0 else m.limite or m.jour
        )
        fin = min(reglement, m.limite or reglement)
        if reglement > m.jour:
            dates[m.jour] += m.montant - m.commission
            dates[fin] -= m.montant + interets(m.montant * (fin - m.jour).days, m.taux)
    nature = 0
    for n in compile_.en_nature:
        if n.payeur == acteur:
            dates[n.jour] += n.valeur
            nature += n.valeur
    return dates, nature


def _risques(plan: Plan, levier: Levier) -> Dates:
    """Commitments that are not payments: guaranteed capital, or capital of the loan behind an
    atelier-relais."""
    dates: Dates = defaultdict(int)
    for f in plan.flux:
        garanti = levier.nature == "garantie" and f.id in levier.cibles
        if isinstance(f, AtelierRelais) and f.id == levier.id:
            dates[f.date] += f.montant
            for rang, m in enumerate(amortir(f.montant, f.taux, f.duree_mois), 1):
                dates[ajouter_mois(f.date, rang)] -= m.capital
        elif garanti and isinstance(f, Emprunt):
            part = levier.quotite or 0
            dates[f.date] += proportion(f.montant, part)
            for rang, m in enumerate(amortir(f.montant, f.taux, f.duree_mois, f.differe_mois), 1):
                dates[ajouter_mois(f.date, rang)] -= proportion(m.capital, part)
        elif garanti and isinstance(f, Relais):
            dates[f.date] += proportion(f.montant or 0, levier.quotite or 0)
    return dates


def cout_public(avant: Plan, apres: Plan, levier: Levier) -> CoutPublic:
    """Cost of a lever for its actor: what it pays in the plan after, less what it paid in the plan before."""
    if not levier.acteur:
        return CoutPublic(pointe=0, jour_pointe=None, net=0, nature=0, jours_exposes=0)
    risques = _risques(apres, levier)
    position: Dates = defaultdict(int)
    nature = 0
    if levier.nature not in {"atelier-relais", "garantie"}:
        # The actor of an atelier-relais pays its own loan with the rent: only the capital is at risk.
        for plan, signe in ((apres, 1), (avant, -1)):
            dates, en_nature = _verses_par(
                compiler(plan), levier.acteur, loyers=levier.nature not in EN_NATURE
            )
            nature += signe * en_nature
            for jour, montant in dates.items():
                position[jour] += signe * montant
    for jour, montant in risques.items():
        position[jour] += montant
    cumul = pointe = exposes = 0
    jour_pointe: dt.date | None = None
    precedent: dt.date | None = None
    for jour in sorted(position):
        if precedent is not None and cumul > 0:
            exposes += (jour - precedent).days
        cumul += position[jour]
        precedent = jour
        if cumul > pointe:
            pointe, jour_pointe = cumul, jour
    return CoutPublic(
        pointe=pointe,
        jour_pointe=jour_pointe,
        net=0 if risques else cumul,
        nature=nature,
        jours_exposes=exposes,
    )


def mesurer(plan: Plan, levier: Levier, scenario: Statut, socle: Bilan | None = None) -> Effet:
    """Effect of one lever on the plan.

    Args:
        socle: analysis of the plan before, computed when None.
    """
    avant = socle or analyser(plan, scenario)[0]
    nouveau = appliquer(plan, levier)
    apres, _ = analyser(nouveau, scenario)
    return _effet(plan, nouveau, levier, (avant, apres), cout_public(plan, nouveau, levier))


def _effet(plan: Plan, nouveau: Plan, levier: Levier, bilans: tuple[Bilan, Bilan], cout: CoutPublic) -> Effet:
    avant, apres = bilans
    scenario = avant.scenario
    creux = (avant.jour_minimum - plan.debut).days
    return Effet(
        levier=levier,
        scenario=scenario,
        avant=avant,
        apres=apres,
        gain_point_bas=apres.minimum - avant.minimum,
        gain_creux=int(soldes_centraux(compiler(nouveau), scenario)[creux]) - avant.minimum,
        jours_gagnes=apres.jours_tenus - avant.jours_tenus,
        sans_rupture=apres.rupture is None,
        cout=cout,
    )


def comparer(plan: Plan, leviers: Sequence[Levier], scenario: Statut) -> tuple[Effet, ...]:
    """Effect of each lever alone, in the order given."""
    socle, _ = analyser(plan, scenario)
    return tuple(mesurer(plan, levier, scenario, socle) for levier in leviers)


def mesurer_ensemble(plan: Plan, effets: Sequence[Effet]) -> Effet | None:
    """Effect of all levers together; None for fewer than two, or when one removes what another acts on.

    Net costs add up; peaks of several actors do not, so that of the whole is left at zero.
    """
    if len(effets) < 2:
        return None
    leviers = [e.levier for e in effets]
    try:
        nouveau = appliquer(plan, *leviers)
    except LevierInapplicable:
        return None
    cout = CoutPublic(
        pointe=0,
        jour_pointe=None,
        net=sum(e.cout.net for e in effets),
        nature=sum(e.cout.nature for e in effets),
        jours_exposes=0,
    )
    apres, _ = analyser(nouveau, effets[0].scenario)
    ensemble = Levier(id="ensemble", nature=leviers[0].nature)
    return _effet(plan, nouveau, ensemble, (effets[0].avant, apres), cout)
