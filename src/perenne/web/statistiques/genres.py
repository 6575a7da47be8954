"""Kinds of pages: wide enough that a count says nothing of anybody."""

from __future__ import annotations

from django.http import HttpRequest

GENRES = {
    "accueil": "Accueil",
    "recherche": "Recherche",
    "territoires": "Territoires",
    "notes": "Notes de territoire téléchargées",
    "entreprises": "Entreprises",
    "leviers": "Leviers et actions",
    "recommandations": "Recommandations",
    "cas": "Cas",
    "regles": "Règles",
    "site": "Données, méthode, aide et autres pages du site",
    "api": "API",
    "tables": "Tables téléchargées en masse",
    "espaces": "Espaces de travail et comptes",
    "perdues": "Adresses qui ne mènent à rien",
}
"""Code to words, in the order of the page."""

_NOMS = {
    "accueil": "accueil",
    "recherche": "recherche",
    "note": "notes",
    "recommander": "recommandations",
    "action": "leviers",
    "croisement": "cas",
    "un-cas": "cas",
    "regle": "regles",
    **dict.fromkeys(
        (
            "donnees",
            "methode",
            "accessibilite",
            "mentions",
            "aide",
            "plan",
            "confidentialite",
            "statistiques",
        ),
        "site",
    ),
}
_DEBUTS = (
    ("territoire", "territoires"),
    ("entreprise", "entreprises"),
    ("levier", "leviers"),
    ("cas", "cas"),
    ("regles", "regles"),
)
_JAMAIS = frozenset({"suggestions", "feuille", "fichier-carte", "sante", "pret", "robots", "securite"})
"""Parts of a page, and what machines ask: not visits."""


def genre_de(requete: HttpRequest, statut: int) -> str:
    """The kind of page that was asked for; empty for what is not counted."""
    trouve = requete.resolver_match
    if trouve is None:
        return _sans_vue(requete.path, statut)
    nom = trouve.url_name or ""
    if "api" in trouve.namespaces:
        return "tables" if nom == "vrac-fichier" else "api"
    # The map is a page, and a part of that of its territory, which is counted already.
    if nom in _JAMAIS or (nom == "territoire-carte" and "HX-Request" in requete.headers):
        return ""
    return _NOMS.get(nom) or next((g for debut, g in _DEBUTS if nom.startswith(debut)), "espaces")


def _sans_vue(chemin: str, statut: int) -> str:
    """Style sheets and scripts, or what is refused before an address is looked for."""
    if statut < 400 or chemin.startswith("/statique/"):
        return ""
    if chemin.startswith("/api/"):
        return "api"
    return "perdues" if statut == 404 else "site"
