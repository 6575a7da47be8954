"""What would be needed so that cash never goes below a level: answered by search on the plan itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from perenne.domain.tresorerie.analyse import soldes_centraux
from perenne.domain.tresorerie.compilation import compiler
from perenne.domain.tresorerie.dates import IMMEDIAT, Duree
from perenne.domain.tresorerie.flux import Convention, Recette, Statut, Subvention
from perenne.domain.tresorerie.flux_depenses import NatureRelais, Relais
from perenne.domain.tresorerie.levier import Levier, LevierInapplicable
from perenne.domain.tresorerie.leviers import appliquer
from perenne.domain.tresorerie.nombres import POINTS
from perenne.domain.tresorerie.plan import Plan

ESSAI = "recherche"
MONTANT_MAX = 1_000_000_000_00
COMBINAISON_MAX = 8
"""Levers tried together: 256 sets, about two seconds."""


@dataclass(frozen=True, kw_only=True)
class Combinaison:
    """Smallest sets of levers that hold, cheapest commitments first left to the caller.

    Attributes:
        leviers: ids of each set, all of the same smallest size; empty when none holds.
        essais: number of sets tried.
    """

    leviers: tuple[tuple[str, ...], ...]
    essais: int


def point_bas(plan: Plan, scenario: Statut) -> int:
    """Lowest closing cash over the horizon, cents."""
    return int(soldes_centraux(compiler(plan), scenario).min())


def tient(plan: Plan, scenario: Statut, seuil: int) -> bool:
    """Whether cash never goes below `seuil` cents."""
    return point_bas(plan, scenario) >= seuil


def plus_petit(
    condition: Callable[[int], bool], bas: int, haut: int, pres: tuple[int, int] | None = None
) -> int | None:
    """Smallest integer of [bas, haut] for which a condition that becomes true and stays so holds; None
    when none.

    Args:
        pres: bounds inside which it is expected: tried first, and left aside when it is not there.
    """
    if pres is not None:
        debut, fin = max(bas, pres[0]), min(haut, pres[1])
        if debut <= fin and condition(fin) and (debut == bas or not condition(debut - 1)):
            bas, haut = debut, fin
        else:
            pres = None
    if pres is None and not condition(haut):
        return None
    while bas < haut:
        milieu = (bas + haut) // 2
        if condition(milieu):
            haut = milieu
        else:
            bas = milieu + 1
    return bas


def manque(plan: Plan, scenario: Statut, seuil: int, *, du: dt.date, au: dt.date) -> tuple[int, int]:
    """Bounds of the sum that keeps cash at `seuil` from `du` to the eve of `au`, received on `du`.

    At least what is missing without overdraft interest, at most what is missing with it: between the two is
    the interest that the sum itself spares.
    """
    premier = max(0, (du - plan.debut).days)
    dernier = max(premier + 1, (au - plan.debut).days)
    sans = replace(plan, decouvert=replace(plan.decouvert, taux=0))
    creux = [
        int(soldes_centraux(compiler(p), scenario)[premier:dernier].min(initial=seuil)) for p in (sans, plan)
    ]
    return max(0, seuil - creux[0]), max(0, seuil - creux[1])


def apport_minimal(plan: Plan, scenario: Statut, seuil: int, date: dt.date) -> int | None:
    """Smallest sum kept for good (own funds, grant) received on `date` that holds; None when it comes too
    late."""

    def assez(montant: int) -> bool:
        return tient(plan.avec(Recette(id=ESSAI, montant=montant, debut=date)), scenario, seuil)

    pres = manque(plan, scenario, seuil, du=date, au=plan.fin + dt.timedelta(days=1))
    return plus_petit(assez, 0, MONTANT_MAX, pres)


def relais_minimal(
    plan: Plan, scenario: Statut, seuil: int, *, date: dt.date, au_plus_tard: dt.date, taux: int = 0
) -> int | None:
    """Smallest relay loan drawn on `date` and repaid on `au_plus_tard` that holds; None when no amount does.

    The amount must hold until repayment (more is always better there); repayment must hold too, where more
    costs interest: the smallest amount is therefore the only candidate.
    """

    def avec(montant: int) -> Plan:
        relais = Relais(
            id=ESSAI, type="pret-relais", date=date, montant=montant, taux=taux, au_plus_tard=au_plus_tard
        )
        return plan.avec(relais) if montant else plan

    def assez(montant: int) -> bool:
        jours = (au_plus_tard - plan.debut).days
        return int(soldes_centraux(compiler(avec(montant)), scenario)[:jours].min()) >= seuil

    pres = manque(plan, scenario, seuil, du=date, au=au_plus_tard)
    montant = plus_petit(assez, 0, MONTANT_MAX, pres)
    return montant if montant is not None and tient(avec(montant), scenario, seuil) else None


def quotite_minimale(
    plan: Plan, scenario: Statut, seuil: int, *, cible: str, date: dt.date, echeance: str = ""
) -> int | None:
    """Smallest part (basis points) of a receivable to advance on `date`, free of charge; None when all is
    too little."""
    sorte: NatureRelais = "avance-publique"

    def assez(points: int) -> bool:
        relais = Relais(id=ESSAI, type=sorte, date=date, cible=cible, echeance=echeance, quotite=points)
        return tient(plan.avec(relais), scenario, seuil)

    return plus_petit(assez, 0, POINTS)


def echeance_au_plus_tard(
    plan: Plan, scenario: Statut, seuil: int, *, cible: str, quotite: int | None = None
) -> dt.date | None:
    """Latest date at which the first instalment of a grant may come; None when even the first day is too
    late.

    Args:
        cible: a grant or an agreement (its first year).
        quotite: first instalment in basis points; that of the flow when None.
    """
    flux = plan.trouver(cible)
    if not isinstance(flux, Subvention | Convention):
        raise LevierInapplicable("cible-impossible", "cibles", cible)
    origine = flux.notification if isinstance(flux, Subvention) else flux.debut
    points = flux.acompte if quotite is None else max(quotite, flux.acompte)
    premier = max(0, (plan.debut - origine).days)
    dernier = (plan.fin - origine).days

    def tenu(jours: int) -> bool:
        delai = Duree(jours=jours)
        return tient(
            plan.avec(replace(flux, acompte=points, acompte_delai=delai, acompte_delai_max=None)),
            scenario,
            seuil,
        )

    if dernier < premier or not tenu(premier):
        return None
    trop_tard = plus_petit(lambda jours: not tenu(jours), premier, dernier)
    jours = dernier if trop_tard is None else trop_tard - 1
    return (IMMEDIAT.depuis(origine)) + dt.timedelta(days=jours)


def combinaison_minimale(plan: Plan, leviers: Sequence[Levier], scenario: Statut, seuil: int) -> Combinaison:
    """Fewest levers that together keep cash at or above `seuil`, all sets of that size.

    Exhaustive by increasing size; levers that cannot act together (one removes the target of the other) are
    skipped.

    Args:
        leviers: at most 8.
    """
    if len(leviers) > COMBINAISON_MAX:
        raise ValueError(f"at most {COMBINAISON_MAX} levers")
    essais = 0
    for taille in range(len(leviers) + 1):
        trouves: list[tuple[str, ...]] = []
        for choix in combinations(leviers, taille):
            essais += 1
            try:
                if tient(appliquer(plan, *choix), scenario, seuil):
                    trouves.append(tuple(levier.id for levier in choix))
            except LevierInapplicable:
                continue
        if trouves:
            return Combinaison(leviers=tuple(trouves), essais=essais)
    return Combinaison(leviers=(), essais=essais)
