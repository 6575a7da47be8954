"""Run a plan: three scenarios, levers, needs, assumptions, uncertainty."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.tresorerie.alea import tirer
from perenne.domain.tresorerie.analyse import Bilan, analyser, attentes, coussin
from perenne.domain.tresorerie.compilation import compiler
from perenne.domain.tresorerie.dates import Pas
from perenne.domain.tresorerie.effets import Effet, comparer, mesurer_ensemble
from perenne.domain.tresorerie.flux import STATUTS, Convention, Statut, Subvention
from perenne.domain.tresorerie.levier import Levier
from perenne.domain.tresorerie.monte_carlo import estimer
from perenne.domain.tresorerie.plan import Plan
from perenne.domain.tresorerie.recherche import (
    COMBINAISON_MAX,
    apport_minimal,
    combinaison_minimale,
    echeance_au_plus_tard,
    quotite_minimale,
    relais_minimal,
)
from perenne.domain.tresorerie.resultat import Besoins, Resultat
from perenne.domain.tresorerie.sensibilite import classer
from perenne.services.savoir import obtenir_base
from perenne.services.tresorerie.droit import droits_des_leviers
from perenne.services.tresorerie.interpretation import PlanLu
from perenne.services.tresorerie.non_signe import mesurer_non_signe
from perenne.services.tresorerie.propositions import proposer_leviers

TIRAGES, TIRAGES_MAX = 2_000, 200_000
HYPOTHESES = 3


def simuler(
    lu: PlanLu,
    *,
    pas: Pas = "mois",
    scenario: Statut = "securise",
    choisis: Sequence[str] = (),
    tirages: int = TIRAGES,
    graine: int = 1,
    au: dt.date | None = None,
    base: BaseSavoir | None = None,
) -> Resultat:
    """Run a plan.

    Args:
        choisis: ids of the levers to compare; all of the file when empty, proposed ones when the file has
        none;
            ("aucun",) compares nothing.
        tirages: draws by scenario, 0 for none.
        au: date of the law asked of each lever; None asks nothing.
        base: knowledge base; that of the settings when None.

    Raises:
        ErreurUtilisateur: an unknown lever, or a number of draws out of bounds.
    """
    if not 0 <= tirages <= TIRAGES_MAX:
        raise ErreurUtilisateur(f"Le nombre de tirages va de 0 à {TIRAGES_MAX}.")
    if graine < 0:
        raise ErreurUtilisateur("La graine est un nombre entier positif.")
    plan = lu.plan
    analyses = [analyser(plan, s, pas) for s in STATUTS]
    socle = analyses[STATUTS.index(scenario)][0]
    leviers, proposes = _choisir(lu, socle, choisis)
    effets = comparer(plan, leviers, scenario)
    compile_ = compiler(plan)
    tires = tirer(compile_.lois, tirages, graine) if tirages else None
    return Resultat(
        plan=plan,
        pas=pas,
        bilans=tuple(b for b, _ in analyses),
        courbes=tuple(c for _, c in analyses),
        scenario=scenario,
        attentes=attentes(compile_, scenario, socle.jour_minimum),
        hypotheses=classer(plan, scenario, socle)[:HYPOTHESES],
        effets=effets,
        ensemble=mesurer_ensemble(plan, effets),
        besoins=_besoins(plan, scenario, socle, _plus_utiles(effets)),
        projets=mesurer_non_signe(plan, analyses[0][0]),
        proposes=proposes,
        incertitudes=tuple(
            estimer(
                compile_,
                s,
                nombre=tirages,
                graine=graine,
                pas=pas,
                coussin=coussin(compile_, s),
                tirages=tires,
            )
            for s in STATUTS
        )
        if tirages
        else (),
        graine=graine,
        droits=droits_des_leviers(plan, effets, au, base or obtenir_base()) if au and effets else {},
        droit_au=au,
        avis=lu.avis,
    )


def _choisir(lu: PlanLu, socle: Bilan, choisis: Sequence[str]) -> tuple[tuple[Levier, ...], bool]:
    if tuple(choisis) == ("aucun",):
        return (), False
    proposes = not lu.leviers
    disponibles = {x.id: x for x in (lu.leviers or proposer_leviers(lu.plan, socle))}
    if not choisis:
        return tuple(disponibles.values()), proposes
    inconnus = [c for c in choisis if c not in disponibles]
    if inconnus:
        liste = ", ".join(disponibles) or "aucun"
        raise ErreurUtilisateur(
            f"Levier inconnu : {', '.join(inconnus)}.", conseil=f"Leviers disponibles : {liste}."
        )
    return tuple(disponibles[c] for c in choisis), proposes


def _plus_utiles(effets: Sequence[Effet]) -> list[Levier]:
    """The levers to try together, in the order of the file: those that raise the lowest point most."""
    gardes = sorted(effets, key=lambda e: -e.gain_point_bas)[:COMBINAISON_MAX]
    return [e.levier for e in effets if e in gardes]


def _besoins(plan: Plan, scenario: Statut, socle: Bilan, leviers: Sequence[Levier]) -> Besoins:
    seuil = socle.coussin
    jour = socle.premier_sous_coussin
    compile_ = compiler(plan)
    creance = next(iter(attentes(compile_, scenario, socle.jour_minimum)), None)
    date_relais = max(plan.debut, jour.replace(day=1)) if jour else None
    fin_relais = plan.fin
    if creance is not None:
        fin_relais = min(plan.fin, creance.jour + dt.timedelta(days=1))
    subventions = [
        f
        for f in plan.flux
        if isinstance(f, Subvention | Convention) and f.acompte and f.statut == "securise"
    ]
    plus_grosse = max(subventions, key=_montant, default=None)
    return Besoins(
        scenario=scenario,
        seuil=seuil,
        apport=apport_minimal(plan, scenario, seuil, plan.debut),
        date_apport=plan.debut,
        relais=relais_minimal(plan, scenario, seuil, date=date_relais, au_plus_tard=fin_relais)
        if date_relais
        else 0,
        date_relais=date_relais,
        fin_relais=fin_relais if date_relais else None,
        creance=creance,
        quotite=quotite_minimale(
            plan, scenario, seuil, cible=creance.flux, echeance=creance.cle, date=date_relais
        )
        if creance and date_relais
        else None,
        date_quotite=date_relais,
        acompte_flux=plus_grosse.id if plus_grosse else "",
        acompte_limite=echeance_au_plus_tard(plan, scenario, seuil, cible=plus_grosse.id)
        if plus_grosse
        else None,
        combinaison=combinaison_minimale(plan, leviers, scenario, seuil) if leviers else None,
    )


def _montant(f: Subvention | Convention) -> int:
    return f.montant if isinstance(f, Subvention) else sum(f.montants)
