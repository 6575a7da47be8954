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
from perenne.domain.tresorerie.flux import OperationUE
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
}
"""The instrument of the knowledge base that stands for a lever; the others are contracts of private law."""
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
    instrument = base.instruments.get(INSTRUMENTS.get(levier.nature, ""))
    if instrument is None:
        return Droit(statut="hors règles", motifs=("contrat entre les parties, aucune règle de la base",))
    type_acteur = type_d_acteur(levier.acteur, base)
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
    return _dire(statut_juridique(action, instrument, situation, memoire))


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
