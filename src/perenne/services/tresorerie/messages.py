"""Defects of a plan and of a lever, in French: what is wrong and what to do."""

from __future__ import annotations

import datetime as dt
from typing import Any

from perenne.domain.tresorerie.dates import Duree
from perenne.domain.tresorerie.levier import LevierInapplicable
from perenne.domain.tresorerie.verification import Defaut
from perenne.reports.tresorerie.champs import Champ
from perenne.reports.tresorerie.feuilles_depenses import FEUILLES
from perenne.reports.tresorerie.structure import STRUCTURE
from perenne.reports.tresorerie.valeurs import centiemes, ecrire_duree
from perenne.reports.typographie import date_courte, nombre

CENTIEMES = frozenset(("montant", "pourcent", "centiemes", "montants", "pourcents", "pourcents-libres"))
MESSAGES: dict[str, tuple[str, str]] = {
    "vide": ("{champ} n'est pas rempli.", ""),
    "negatif": ("{champ} est négatif ({valeur}).", "Écrivez un nombre positif : le sens est donné par "
                                                   "la feuille."),
    "trop-grand": ("{champ} est trop grand ({valeur}).", "Les montants sont en euros."),
    "hors-bornes": ("{champ} vaut {valeur} : il doit être entre {bas} et {haut}.", ""),
    "hors-liste": ("{champ} n'est pas dans la liste.", ""),
    "fin-avant-debut": ("{champ} ({valeur}) vient trop tôt : attendu après le {borne}.", "Vérifiez les "
        "deux dates."),
    "mois-inconnu": ("{champ} : un mois va de 1 à 12.", ""),
    "tva-sans-regime": (
        "{champ} est rempli alors que la structure n'est pas soumise à la TVA.",
        "Videz ce taux, ou répondez « oui » à la TVA dans la feuille « Structure ».",
    ),
    "saison": ("{champ} : douze poids sont attendus, et l'un au moins doit dépasser zéro.", ""),
    "annees": ("{champ} : une à cinq années sont attendues.", ""),
    "demandes": ("{champ} : il faut une part par date de demande.", ""),
    "total-superieur": ("{champ} : le total dépasse 100 %.", ""),
    "differe": ("{champ} doit être plus court que l'emprunt.", ""),
    "resorption": ("{champ} doit venir après le début de la reprise.", ""),
    "probabilite-securise": (
        "{champ} est rempli alors que la ligne est « sécurisé ».",
        "Une somme signée n'a pas de chance d'être obtenue : videz cette case ou changez le statut.",
    ),
    "delai-min": ("{champ} ({valeur}) dépasse le délai prévu ({borne}).", ""),
    "delai-max": ("{champ} ({valeur}) est plus court que le délai prévu ({borne}).", ""),
    "cible-inconnue": ("{champ} : aucune ligne ne porte le nom court « {valeur} ».", "Vérifiez "
        "l'orthographe."),
    "cible-non-depense": ("{champ} : « {valeur} » n'est ni une charge ni des salaires.", ""),
    "cible-non-recette": ("{champ} : « {valeur} » n'est pas une recette attendue.", ""),
    "relais-sans-montant": ("cette ligne n'a ni part avancée ni montant.", "Remplissez l'un des deux."),
    "relais-sans-cible": ("{champ} n'est pas rempli : quelle recette rembourse ?", ""),
    "relais-sans-terme": ("{champ} n'est pas rempli : un prêt relais sans recette a une date de fin.", ""),
    "dailly-incertaine": (
        "{champ} : « {valeur} » n'est pas sécurisée, une banque ne la prend pas.",
        "Attendez la notification, ou choisissez une autre sorte de relais.",
    ),
    "creance-deux-fois": (
        "la même recette serait payée deux fois : {valeur} avancés pour {borne} attendus.",
        "Réduisez l'une des avances, ou désignez une autre échéance.",
    ),
}  # fmt: skip
LEVIERS = {
    "valeur-manquante": ("{champ} n'est pas rempli : ce levier en a besoin.", ""),
    "cible-inconnue": (
        "{champ} : aucune ligne ne porte le nom court « {valeur} ».",
        "Vérifiez l'orthographe.",
    ),
    "cible-impossible": ("{champ} : ce levier ne peut pas agir sur « {valeur} ».", ""),
}


def _champ(nom: str) -> Champ | None:
    nom = nom.replace(".", "_")
    for feuille in (STRUCTURE, *FEUILLES):
        for champ in feuille.champs:
            if champ.nom == nom:
                return champ
    return None


def _dire(champ: Champ | None, valeur: Any) -> str:
    if isinstance(valeur, dt.date):
        return date_courte(valeur)
    if isinstance(valeur, Duree):
        return ecrire_duree(valeur)
    if isinstance(valeur, int) and champ is not None and champ.genre in CENTIEMES:
        return nombre(float(centiemes(valeur)), 0 if valeur % 100 == 0 else 2)
    if isinstance(valeur, tuple):
        return " ; ".join(_dire(champ, v) for v in valeur)
    return "" if valeur is None else str(valeur)


def dire_defaut(defaut: Defaut) -> tuple[str, str]:
    """Message and advice."""
    champ = _champ(defaut.champ)
    if defaut.code == "creance-deux-fois":
        champ = _champ("montant")
    bas, haut = defaut.borne if isinstance(defaut.borne, tuple) else ("", "")
    message, conseil = MESSAGES[defaut.code]
    return (
        message.format(
            champ=f"« {champ.libelle} »" if champ else "",
            valeur=_dire(champ, defaut.valeur),
            borne=_dire(champ, defaut.borne) if not isinstance(defaut.borne, tuple) else "",
            bas=_dire(champ, bas),
            haut=_dire(champ, haut),
        ),
        conseil,
    )


def dire_levier(erreur: LevierInapplicable) -> tuple[str, str]:
    """Message and advice."""
    champ = _champ(erreur.champ)
    message, conseil = LEVIERS[erreur.code]
    return message.format(
        champ=f"« {champ.libelle} »" if champ else erreur.champ, valeur=erreur.valeur
    ), conseil
