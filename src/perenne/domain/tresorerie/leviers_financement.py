"""Levers that move money in time: advances, faster instalments, relay loans, guarantees, agreements."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Literal

from perenne.domain.tresorerie.dates import IMMEDIAT, ajouter_mois
from perenne.domain.tresorerie.flux import Convention, Flux, Marche, OperationUE, Subvention
from perenne.domain.tresorerie.flux_depenses import Emprunt, Investissement, Relais
from perenne.domain.tresorerie.levier import Levier, LevierInapplicable, cibles_du, date_du, entier_du
from perenne.domain.tresorerie.plan import Plan


def jour_acquis(f: Flux | None) -> dt.date | None:
    """Day when a receivable is earned: the end of what it pays for. The default date of an advance on it."""
    if isinstance(f, Subvention):
        return f.solde_le
    if isinstance(f, OperationUE):
        return f.fin
    return f.date if isinstance(f, Investissement) else None


def _relais(plan: Plan, levier: Levier, sorte: Literal["avance-publique", "dailly", "pret-relais"]) -> Plan:
    if levier.montant is None and levier.quotite is None:
        raise LevierInapplicable("valeur-manquante", "quotite")
    ajouts = []
    cibles = cibles_du(plan, levier, Flux) if levier.cibles else (None,)
    if not levier.cibles and not levier.mois:
        raise LevierInapplicable("valeur-manquante", "mois")
    for f in cibles:
        date = max(plan.debut, levier.date or jour_acquis(f) or date_du(levier))
        limite = ajouter_mois(date, levier.mois) if levier.mois else None
        cible = f.id if f else ""
        ajouts.append(
            Relais(
                id=levier.id if len(cibles) == 1 else f"{levier.id}-{cible}",
                libelle=levier.libelle,
                type=sorte,
                statut=levier.statut,
                payeur=levier.acteur,
                date=date,
                cible=cible,
                echeance=levier.echeance,
                montant=levier.montant if levier.quotite is None else None,
                plafond=levier.montant if levier.quotite is not None else None,
                quotite=levier.quotite or 0,
                taux=levier.taux,
                au_plus_tard=limite,
            )
        )
    return plan.avec(*ajouts)


def avancer_les_fonds(plan: Plan, levier: Levier) -> Plan:
    """A public actor pays part of a receivable early, repaid by the funder's payment. Reads `cibles`,
    `echeance`,
    `date` (when missing, as soon as
    the money is earned), `quotite` or `montant` (the latter a ceiling beside the former), `taux`, `mois`
    (latest
    repayment)."""
    cibles_du(plan, levier, Flux)
    return _relais(plan, levier, "avance-publique")


def ceder_dailly(plan: Plan, levier: Levier) -> Plan:
    """A bank buys a secured receivable. Same fields as `avancer_les_fonds`."""
    cibles_du(plan, levier, Flux)
    return _relais(plan, levier, "dailly")


def preter_en_relais(plan: Plan, levier: Levier) -> Plan:
    """A relay loan repaid by a receivable, or after `mois` months. Same fields."""
    return _relais(plan, levier, "pret-relais")


def accelerer_acompte(plan: Plan, levier: Levier) -> Plan:
    """A larger or faster first instalment. Reads `cibles`, `quotite` (never lowered), `delai`."""
    nouveaux: list[Flux] = []
    for f in cibles_du(plan, levier, Subvention, Convention, OperationUE, Marche):
        if isinstance(f, Subvention | Convention):
            nouveaux.append(
                replace(
                    f,
                    acompte=max(f.acompte, levier.quotite or 0),
                    acompte_delai=f.acompte_delai if levier.delai is None else levier.delai,
                    acompte_delai_max=f.acompte_delai_max if levier.delai is None else None,
                )
            )
        else:
            delai = f.avance_delai if levier.delai is None else levier.delai
            nouveaux.append(replace(f, avance=max(f.avance, levier.quotite or 0), avance_delai=delai))
    return plan.avec(*nouveaux)


def rendre_pluriannuel(plan: Plan, levier: Levier) -> Plan:
    """Yearly grants become one signed agreement of the same amounts. Reads `cibles` (in the order of the
    years),
    `date` (start of the first year), `quotite` (first instalment of each year), `delai` (of that
    instalment)."""
    annuelles = cibles_du(plan, levier, Subvention)
    premiere = annuelles[0]
    convention = Convention(
        id=levier.id,
        libelle=levier.libelle or premiere.libelle,
        statut=levier.statut,
        payeur=levier.acteur or premiere.payeur,
        debut=date_du(levier),
        montants=tuple(f.montant for f in annuelles),
        acompte=premiere.acompte if levier.quotite is None else levier.quotite,
        acompte_delai=levier.delai or IMMEDIAT,
        delai=premiere.delai,
    )
    for f in annuelles:
        plan = plan.sans(f.id)
    return plan.avec(convention)


def garantir(plan: Plan, levier: Levier) -> Plan:
    """A guarantee makes a loan certain, and may lower its rate. Reads `cibles` (loans, relay loans),
    `taux`, `quotite`
    (guaranteed part, for the exposure of the guarantor)."""
    entier_du(levier, "quotite")
    nouveaux = [
        replace(f, statut=levier.statut, taux=min(f.taux, levier.taux) if levier.taux else f.taux)
        for f in cibles_du(plan, levier, Emprunt, Relais)
    ]
    return plan.avec(*nouveaux)
