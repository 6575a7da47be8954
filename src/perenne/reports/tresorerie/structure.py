"""The sheet of the structure itself: opening cash, overdraft, VAT."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from perenne.domain.tresorerie.plan import Decouvert, Plan, RegimeTva
from perenne.reports.tresorerie.champs import PERIODE_TVA, Champ, Feuille, date, entier, montant, pourcent


@dataclass(frozen=True, kw_only=True)
class FicheStructure:
    """The plan without its flows, flat: one field a line of the sheet."""

    structure: str
    debut: dt.date
    tresorerie_initiale: int
    horizon_mois: int = 36
    securite_mois: int = 100
    decouvert_plafond: int = 0
    decouvert_taux: int = 0
    decouvert_du: dt.date | None = None
    decouvert_au: dt.date | None = None
    tva: bool = False
    tva_periodicite: str = "mois"
    tva_jour: int = 20
    tva_prorata: int = 10_000
    tva_seuil_remboursement: int = 0
    tva_mois_remboursement: tuple[int, ...] = (12,)
    tva_delai_remboursement_mois: int = 2
    tva_credit_initial: int = 0


STRUCTURE = Feuille(
    cle="structure",
    titre="Structure",
    classe=FicheStructure,
    intro="Votre structure, sa trésorerie au premier jour du plan, son découvert et sa TVA.",
    champs=(
        Champ(nom="structure", libelle="Nom de la structure", genre="texte"),
        date("debut", "Premier jour du plan", "En général le premier jour d'un mois."),
        montant("tresorerie_initiale", "Trésorerie de départ", "Banque et caisse, la veille au soir."),
        entier("horizon_mois", "Nombre de mois", "36 par défaut, 120 au plus."),
        Champ(
            nom="securite_mois",
            libelle="Coussin voulu (mois de charges)",
            genre="centiemes",
            aide="Trésorerie sous laquelle vous ne voulez pas descendre, en mois de charges. 1 par défaut.",
        ),
        montant("decouvert_plafond", "Découvert autorisé", "Vide ou 0 : aucun."),
        pourcent("decouvert_taux", "Taux du découvert"),
        date("decouvert_du", "Découvert autorisé du", "Vide : dès le début."),
        date("decouvert_au", "Découvert autorisé au", "Vide : jusqu'au bout."),
        Champ(
            nom="tva",
            libelle="Structure soumise à la TVA",
            genre="oui-non",
            aide="oui si une partie de l'activité est lucrative et taxée.",
        ),
        Champ(nom="tva_periodicite", libelle="Déclaration de TVA", genre="choix", choix=PERIODE_TVA),
        entier("tva_jour", "Jour de paiement de la TVA", "Dans le mois qui suit la période."),
        pourcent("tva_prorata", "TVA déductible", "Part déductible sur les achats, 100 par défaut."),
        montant(
            "tva_seuil_remboursement",
            "Seuil de remboursement du crédit",
            "Crédit le plus petit qui peut être remboursé : vérifiez le seuil en vigueur.",
        ),
        Champ(
            nom="tva_mois_remboursement",
            libelle="Mois de demande de remboursement",
            genre="mois",
            aide="Mois dont la déclaration peut demander un remboursement : « 12 », ou « 3 ; 6 ; 9 ; 12 ».",
        ),
        entier("tva_delai_remboursement_mois", "Délai de remboursement (mois)"),
        montant("tva_credit_initial", "Crédit de TVA de départ"),
    ),
    exemple={},
)


def plan_de(fiche: FicheStructure) -> Plan:
    """The plan, still without flows."""
    regime = RegimeTva(
        periodicite="trimestre" if fiche.tva_periodicite == "trimestre" else "mois",
        jour=fiche.tva_jour,
        prorata=fiche.tva_prorata,
        seuil_remboursement=fiche.tva_seuil_remboursement,
        mois_remboursement=fiche.tva_mois_remboursement,
        delai_remboursement_mois=fiche.tva_delai_remboursement_mois,
        credit_initial=fiche.tva_credit_initial,
    )
    return Plan(
        structure=fiche.structure,
        debut=fiche.debut,
        tresorerie_initiale=fiche.tresorerie_initiale,
        horizon_mois=fiche.horizon_mois,
        securite_mois=fiche.securite_mois,
        decouvert=Decouvert(
            plafond=fiche.decouvert_plafond,
            taux=fiche.decouvert_taux,
            du=fiche.decouvert_du,
            au=fiche.decouvert_au,
        ),
        tva=regime if fiche.tva else None,
    )


def fiche_de(plan: Plan) -> FicheStructure:
    """The fields of a plan, flat."""
    t, d = plan.tva or RegimeTva(), plan.decouvert
    return FicheStructure(
        structure=plan.structure,
        debut=plan.debut,
        tresorerie_initiale=plan.tresorerie_initiale,
        horizon_mois=plan.horizon_mois,
        securite_mois=plan.securite_mois,
        decouvert_plafond=d.plafond,
        decouvert_taux=d.taux,
        decouvert_du=d.du,
        decouvert_au=d.au,
        tva=plan.tva is not None,
        tva_periodicite=t.periodicite,
        tva_jour=t.jour,
        tva_prorata=t.prorata,
        tva_seuil_remboursement=t.seuil_remboursement,
        tva_mois_remboursement=t.mois_remboursement,
        tva_delai_remboursement_mois=t.delai_remboursement_mois,
        tva_credit_initial=t.credit_initial,
    )
