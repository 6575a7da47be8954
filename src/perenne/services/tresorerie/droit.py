"""Attach to each lever what the dated rules say of it, for the type of its actor."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from perenne.domain.leviers.situation import SituationJuridique
from perenne.domain.leviers.statut import StatutJuridique, Statuts, statut_juridique
from perenne.domain.leviers.treillis import Statut
from perenne.domain.regles.evaluation import Valeur
from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.tresorerie.effets import Effet
from perenne.domain.tresorerie.flux import Convention, Flux, Marche, OperationUE, Subvention
from perenne.domain.tresorerie.levier import NatureLevier
from perenne.domain.tresorerie.plan import Plan
from perenne.domain.tresorerie.resultat import Droit
from perenne.reports.typographie import sans_accents

INSTRUMENTS: dict[NatureLevier, str] = {
    "avance-fonds": "avance-sur-subvention",
    "pluriannualite": "subvention-fonctionnement-pluriannuelle",
    "locaux": "local-titre-gracieux",
    "personnel": "mise-a-disposition-agent",
    "commande-publique": "achat-sous-seuil",
    "pret-relais": "pret-relais-garantie",
    "garantie": "pret-relais-garantie",
    "atelier-relais": "atelier-relais",
    "dailly": "cession-creance",
}
"""The instrument of the knowledge base that stands for a lever."""
ACOMPTES: dict[type[Flux], str] = {
    Subvention: "subvention-fonctionnement-annuelle",
    Convention: "subvention-fonctionnement-pluriannuelle",
    OperationUE: "subvention-europeenne",
}
"""The instrument that an earlier instalment belongs to; an advance on a contract has a rule of its own."""
AVANCE_MARCHE = "commande-publique/avance-pme"
BANQUE = "entreprise-privee"
HORS_REGLES = "aucune règle de la base : accord à trouver avec le créancier"
MOTS: dict[Statut, str] = {
    "possible": "possible",
    "sous_condition": "sous condition",
    "a_verifier": "à vérifier",
    "exclu": "exclu",
}
SYNONYMES = {
    "mairie": "commune",
    "ville": "commune",
    "conseil departemental": "departement",
    "conseil regional": "region",
}
MOTIFS_MAX = 3
AN = 12


def type_d_acteur(nom: str, base: BaseSavoir) -> str:
    """The type of actor that a name means, empty when none is sure: a communauté de communes is an EPCI."""
    plat = f" {sans_accents(nom)} "
    candidats = {
        sans_accents(n): i for i, t in base.types_acteur.items() for n in (t.nom, t.sigle, *t.alias) if n
    }
    for mot, identifiant in sorted((SYNONYMES | candidats).items(), key=lambda x: -len(x[0])):
        if plat.startswith(f" {mot} "):
            return identifiant
    return ""


def droits_des_leviers(
    plan: Plan, effets: Sequence[Effet], au: dt.date, base: BaseSavoir
) -> dict[str, Droit]:
    """Legal status of each lever at a date; said too when no rule binds it or its actor is unknown."""
    memoire = Statuts(base.regles)
    return {e.levier.id: _droit(plan, e, au, base, memoire) for e in effets}


def _droit(plan: Plan, effet: Effet, au: dt.date, base: BaseSavoir, memoire: Statuts) -> Droit:
    levier = effet.levier
    cible = plan.trouver(levier.cibles[0]) if levier.cibles else None
    if levier.nature == "acompte" and isinstance(cible, Marche):
        return _avance_sur_marche(cible, au, memoire)
    if levier.nature == "acompte":
        nom = ACOMPTES.get(type(cible), "") if cible is not None else ""
    else:
        nom = INSTRUMENTS.get(levier.nature, "")
    instrument = base.instruments.get(nom)
    if instrument is None:
        return Droit(statut="hors règles", motifs=(HORS_REGLES,))
    type_acteur = BANQUE if levier.nature == "dailly" else type_d_acteur(levier.acteur, base)
    if not type_acteur:
        return Droit(
            statut="à vérifier",
            motifs=(
                "La nature juridique de l'acteur n'est pas reconnue : nommez-la (commune, département, "
                "région…).",
            ),
        )
    faits: dict[str, Valeur] = {}
    if levier.nature == "avance-fonds":
        cibles = [plan.trouver(c) for c in levier.cibles]
        faits["avance_sur_fonds_europeens"] = all(isinstance(f, OperationUE) for f in cibles)
    situation = SituationJuridique(type_acteur=type_acteur, faits=faits, au=au, montant=_montant(effet, plan))
    action = base.actions[instrument.actions[0]]
    statut = statut_juridique(action, instrument, situation, memoire)
    if levier.nature == "dailly":  # what binds it is the receivable, not who the bank is
        return Droit(statut=MOTS[statut.statut], motifs=tuple(instrument.points_de_vigilance))
    return _dire(statut)


def _avance_sur_marche(marche: Marche, au: dt.date, memoire: Statuts) -> Droit:
    """What the rule on advances says of a public contract; a buyer may always grant one."""
    faits: dict[str, Valeur] = {"montant_marche": Decimal(marche.montant) / 100}
    resultat = memoire.regles.demander(AVANCE_MARCHE, faits, au)
    permis = resultat.issue in {"facultatif", "obligatoire"}
    motif = f"{resultat.regle.titre} : le contrat la fixe"
    return Droit(statut="possible" if permis else MOTS["a_verifier"], motifs=(motif,))


def _montant(effet: Effet, plan: Plan) -> Decimal:
    """Euros considered: the order, the value of a year in kind, or the most committed at once."""
    if effet.levier.nature == "commande-publique":
        centimes = effet.levier.montant or 0
    elif effet.cout.nature:
        centimes = effet.cout.nature * AN // max(AN, plan.horizon_mois)
    else:
        centimes = effet.cout.pointe
    return Decimal(centimes) / 100


def _dire(statut: StatutJuridique) -> Droit:
    motifs = [e.resultat.regle.titre for e in statut.decisifs[:MOTIFS_MAX]]
    if statut.intervenant is not None and statut.intervenant.condition:
        motifs.append(f"condition : {statut.intervenant.condition}")
    if not motifs:
        motifs.append("aucune règle de la base ne s'y oppose")
    return Droit(statut=MOTS[statut.statut], motifs=tuple(motifs))
