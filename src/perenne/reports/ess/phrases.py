"""The French words of the verdict, of its reasons and of its contradictions."""

from __future__ import annotations

from collections.abc import Mapping

from perenne.domain.ess.fiche import Etablissement, FicheEntreprise, Raison
from perenne.domain.savoir.formes_juridiques import FormeJuridique
from perenne.reports.typographie import dater

VERDICTS = {
    "oui": "Oui, cette entreprise appartient à l'économie sociale et solidaire (ESS).",
    "probable": "Probablement : des indices vont dans ce sens, aucun ne suffit.",
    "non": "Non, d'après ce que les répertoires montrent.",
    "inconnu": "On ne peut pas le dire avec les fichiers lus.",
}
SENS = {"pour": "pour", "contre": "contre", "neutre": "sans effet"}
ETATS = {
    "active": "active",
    "fermee": "fermée",
    "dissoute": "dissoute",
    "inconnu": "état non observé",
}
CONTRADICTIONS = {
    "mention-contre-forme": "Sa forme appartient de droit à l'ESS, mais Sirene la dit hors de l'ESS. "
    "La loi l'emporte.",
    "forme-contre-mention": "Sirene porte la mention ESS, mais sa forme en est exclue.",
    "forme-contre-registre": "Une liste officielle la nomme, mais sa forme est exclue de l'ESS.",
    "registre-contre-mention": "Une liste officielle la nomme, mais Sirene la dit hors de l'ESS.",
    "siae-contre-mention": "Elle est conventionnée pour l'insertion, mais Sirene la dit hors de l'ESS.",
    "rna-contre-forme": "Elle porte un numéro d'association, mais Sirene lui donne une autre forme.",
    "rna-dissoute-sirene-active": "Dissoute au répertoire des associations, active dans Sirene.",
    "rna-active-sirene-cessee": "Active au répertoire des associations, cessée dans Sirene.",
}
METHODES = {
    "numero": "par le numéro d'association déclaré dans Sirene",
    "siret": "par le SIRET écrit au répertoire des associations",
    "nom-commune": "par le nom et la commune",
}
PRECISIONS = {
    "adresse": "point à l'adresse",
    "voie": "point dans la voie",
    "commune": "point au centre de la commune",
    "registre": "point donné par une liste",
    "inconnu": "point non observé",
}
REGISTRES = {
    "ess-france": "Liste des entreprises de l'ESS (ESS France)",
    "esus": "Agrément « entreprise solidaire d'utilité sociale »",
    "siae": "Structures d'insertion par l'activité économique",
    "data-inclusion": "data·inclusion",
    "tiers-lieux": "Recensement des tiers-lieux",
}
QUALITES_INSEE = {
    "sur": "sûr",
    "probable": "probable",
    "aleatoire": "position tirée au hasard : à ne pas citer",
}
QPV = {"dedans": "dans le quartier prioritaire {}", "dehors": "hors des quartiers prioritaires"}


def dire_raison(raison: Raison, formes: Mapping[str, FormeJuridique]) -> str:
    """What the reason says, in words."""
    match raison.raison:
        case "forme":
            forme = formes.get(raison.valeur)
            nom = f"{forme.libelle} ({raison.valeur})" if forme else f"code {raison.valeur}"
            motif = forme.periodes[-1].motif if forme and forme.periodes else ""
            return f"Forme juridique : {nom}. {motif}".strip()
        case "mention":
            return f"Mention ESS dans Sirene : {'oui' if raison.valeur == 'O' else 'non'}."
        case "rna":
            return f"Association du répertoire national, numéro {raison.valeur}."
        case autre:
            categorie = f" ({raison.valeur})" if raison.valeur else ""
            fin = f", jusqu'au {dater(raison.fin)}" if raison.fin else ""
            return f"{REGISTRES.get(autre, autre)}{categorie}{fin}."


def dire_qpv(statut: str, quartier: str) -> str:
    """Where it stands against the quartiers; what is not known is said so."""
    return QPV.get(statut, "quartier prioritaire : inconnu, l'adresse n'est pas assez précise").format(
        quartier
    )


def dire_qpv_insee(etablissement: Etablissement) -> str:
    """What INSEE's own geolocation says of the quartiers, and how surely."""
    dedans = etablissement.qpv_insee != "hors"
    ou = QPV["dedans" if dedans else "dehors"].format(etablissement.qpv_insee)
    qualite = QUALITES_INSEE.get(etablissement.qpv_insee_qualite, "qualité non dite")
    return f"{ou} ({qualite})"


def nommer(fiche: FicheEntreprise) -> str:
    """Its name; what replaces it when it may not be shown or was not observed."""
    if not fiche.diffusible:
        return "Entreprise non diffusible (nom et adresse non publiés à sa demande)"
    return fiche.nom or "Entreprise sans nom connu"
