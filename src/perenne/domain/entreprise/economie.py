"""The economic model of each accounting year, and the measures of the grid that it gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from perenne.domain.entreprise.bilan import Bilan, Resultat, lire_bilan, lire_resultat
from perenne.domain.entreprise.dossier import Dossier, Exercice, Ressource
from perenne.domain.entreprise.ratios import Ratios, calculer_ratios, pourcent
from perenne.domain.entreprise.ressources import Activites, Repartition, lire_activites, repartir

POSTES_ARGENT = ("ventes", "commande-publique", "subventions", "cotisations", "dons-mecenat")


@dataclass(frozen=True, kw_only=True)
class Economie:
    """One accounting year, read.

    Attributes:
        repartition: None when no payer was entered.
        ecart_produits: income of the accounts − money of the payers, in cents: what the list of payers does
            not explain; None when one of them is unknown.
        mesures: values of the grid's measures that the accounts give, in the unit of each measure.
    """

    exercice: Exercice
    bilan: Bilan | None
    resultat: Resultat | None
    ratios: Ratios
    repartition: Repartition | None
    activites: Activites | None
    ecart_produits: int | None
    mesures: dict[str, float]


def lire_economie(dossier: Dossier) -> tuple[Economie, ...]:
    """The economic model of every accounting year, oldest first."""
    ordre = sorted(dossier.exercices, key=lambda e: (e.clos_le, e.id))
    lus: list[Economie] = []
    for exercice in ordre:
        lus.append(_lire(dossier, exercice, tuple(lus)))
    return tuple(lus)


def _lire(dossier: Dossier, exercice: Exercice, avant: Sequence[Economie]) -> Economie:
    bilan, resultat = lire_bilan(exercice.montants), lire_resultat(exercice.montants)
    lignes = [r for r in dossier.ressources if r.exercice == exercice.id]
    activites = [a for a in dossier.activites if a.exercice == exercice.id]
    repartition = repartir(lignes, bilan, resultat, exercice.mois) if lignes else None
    ratios = calculer_ratios(exercice.montants, bilan, resultat, exercice.mois)
    economie = Economie(
        exercice=exercice,
        bilan=bilan,
        resultat=resultat,
        ratios=ratios,
        repartition=repartition,
        activites=lire_activites(activites) if activites else None,
        ecart_produits=resultat.produits - repartition.argent if resultat and repartition else None,
        mesures={},
    )
    economie.mesures.update(_mesures(economie, lignes, avant))
    return economie


def _mesures(e: Economie, lignes: Sequence[Ressource], avant: Sequence[Economie]) -> dict[str, float]:
    brutes: dict[str, float | None] = {
        "tresorerie_mois": e.ratios.tresorerie_mois,
        "fonds_roulement_mois": e.ratios.frng_mois,
        "bfr_jours": e.ratios.bfr_jours,
        "part_fonds_propres": e.ratios.autonomie,
        "capacite_autofinancement": e.ratios.caf_part,
        "ratio_ressources_stables_immobilisations": e.ratios.couverture_immobilisations,
        "part_personnel": e.ratios.part_personnel,
        "part_loyer": e.ratios.part_loyer,
        "resultat_moyen_3_ans": resultat_moyen([*avant, e]),
    }
    if e.activites and e.activites.parts:
        brutes["activites_significatives_nombre"] = float(e.activites.significatives)
        brutes["part_premiere_activite"] = e.activites.parts[0].part
    if e.repartition:
        brutes |= _mesures_ressources(e, e.repartition, lignes)
    return {nom: valeur for nom, valeur in brutes.items() if valeur is not None}


def _mesures_ressources(e: Economie, r: Repartition, lignes: Sequence[Ressource]) -> dict[str, float | None]:
    produits = e.resultat.produits if e.resultat else r.argent
    mesures: dict[str, float | None] = {}
    if produits > 0:
        for poste in POSTES_ARGENT:
            montant = sum(p.montant for p in r.postes if p.nom == poste)
            mesures[f"part_{poste.replace('-', '_')}"] = 100 * montant / produits
        autres = 100 - sum(v for v in mesures.values() if v is not None)
        if e.resultat and autres >= 0:
            mesures["part_autres_produits"] = autres
        seuls = [p for p in r.payeurs if p.nombre == 1]
        if seuls:
            mesures["part_premier_financeur"] = 100 * seuls[0].montant / produits
        niveaux: dict[str, int] = {}
        for ligne in lignes:
            if ligne.niveau and ligne.poste != "benevolat":
                niveaux[ligne.niveau] = niveaux.get(ligne.niveau, 0) + ligne.montant
        if niveaux:
            parts = [100 * m / produits for m in niveaux.values()]
            mesures["niveaux_publics_nombre"] = float(sum(p >= 5 for p in parts))
            mesures["perte_max_depart_public"] = min(100.0, max(parts))
        entreprises = [
            x for x in lignes if x.nature == "entreprise" and x.poste not in {"nature", "benevolat"}
        ]
        if entreprises:
            mesures["part_entreprises"] = 100 * sum(x.montant for x in entreprises) / produits
    mesures["hhi_financeurs"] = r.hhi
    mesures["part_publique_pluriannuelle"] = r.pluriannuel
    mesures["part_subventions_globales"] = r.libre
    mesures["contributions_conventionnees_part"] = r.nature_ecrite
    if any(x.poste == "benevolat" for x in lignes):
        mesures["benevolat_valorise"] = r.benevolat / 100
    if e.resultat and any(x.poste == "nature" for x in lignes):
        mesures["contributions_nature_part"] = pourcent(r.en_nature, e.resultat.charges + r.en_nature)
    return mesures


def resultat_moyen(annees: Sequence[Economie]) -> float | None:
    """Mean of the last three results over mean income, %; None with fewer than three years."""
    trois = [e.resultat for e in annees[-3:] if e.resultat]
    if len(trois) < 3:
        return None
    return pourcent(sum(r.resultat for r in trois), sum(r.produits for r in trois))
