"""Levers worth trying on a plan when its author wrote none: those that its own flows call for."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from perenne.domain.tresorerie.analyse import Bilan
from perenne.domain.tresorerie.dates import Duree, ajouter_mois
from perenne.domain.tresorerie.flux import OperationUE, Subvention
from perenne.domain.tresorerie.flux_depenses import Charge, Investissement, Salaires
from perenne.domain.tresorerie.levier import Levier
from perenne.domain.tresorerie.plan import Plan
from perenne.reports.typographie import sans_accents

QUOTITE = 8_000
MOIS_ETALES = 4
MOIS_RELAIS = 12


def proposer_leviers(plan: Plan, bilan: Bilan) -> tuple[Levier, ...]:
    """At most one lever of each nature; empty when the cushion is never broken."""
    if bilan.premier_sous_coussin is None:
        return ()
    return tuple(_candidats(plan, bilan, bilan.premier_sous_coussin))


def _candidats(plan: Plan, bilan: Bilan, jour: dt.date) -> Iterator[Levier]:
    debut = max(plan.debut, ajouter_mois(jour.replace(day=1), -1))
    attendus = [
        f.id for f in plan.flux if isinstance(f, OperationUE | Investissement) and f.statut == "securise"
    ]
    if attendus:
        yield Levier(
            id="avance",
            nature="avance-fonds",
            libelle="Avancer 80 % des fonds attendus",
            acteur="Collectivité",
            cibles=tuple(attendus),
            quotite=QUOTITE,
        )
    par_payeur: dict[str, list[Subvention]] = defaultdict(list)
    for f in plan.flux:
        if isinstance(f, Subvention) and f.solde_le >= plan.debut:
            par_payeur[f.payeur].append(f)
    if par_payeur:
        payeur, plus_gros = max(par_payeur.items(), key=lambda x: sum(f.montant for f in x[1]))
        yield Levier(
            id="acompte",
            nature="acompte",
            libelle=f"Acompte de 80 % à 30 jours ({payeur or 'financeur'})",
            acteur=payeur,
            cibles=tuple(f.id for f in plus_gros),
            quotite=QUOTITE,
            delai=Duree(jours=30),
        )
        annuelles = sorted(plus_gros, key=lambda f: f.notification)
        if len({f.notification.year for f in annuelles}) > 1 and any(
            f.statut != "securise" for f in annuelles
        ):
            yield Levier(
                id="pluriannuel",
                nature="pluriannualite",
                libelle=f"Convention pluriannuelle ({payeur})",
                acteur=payeur,
                cibles=tuple(f.id for f in annuelles),
                date=annuelles[0].notification.replace(day=1),
                delai=Duree(jours=60),
                quotite=QUOTITE,
            )
    loyers = [
        f for f in plan.flux if isinstance(f, Charge) and "loyer" in sans_accents(f"{f.id} {f.libelle}")
    ]
    if loyers:
        yield Levier(
            id="locaux",
            nature="locaux",
            libelle="Locaux mis à disposition",
            acteur="Commune",
            cibles=(max(loyers, key=lambda f: f.montant).id,),
            date=debut,
        )
    paies = [f for f in plan.flux if isinstance(f, Salaires)]
    if paies:
        yield Levier(
            id="etalement",
            nature="etalement",
            libelle="Charges sociales étalées",
            acteur="URSSAF",
            echeance="charges",
            cibles=(max(paies, key=lambda f: f.charges).id,),
            date=debut,
            mois=MOIS_ETALES,
        )
    yield Levier(
        id="relais",
        nature="pret-relais",
        libelle="Prêt relais d'un an",
        acteur="Financeur solidaire",
        montant=bilan.besoin_relais,
        date=debut,
        mois=MOIS_RELAIS,
    )
