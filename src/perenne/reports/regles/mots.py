"""The words for outcomes, dates that matter, confidence and values."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal

from perenne.domain.regles.evaluation import Valeur
from perenne.domain.savoir.base import BaseSavoir, intitule
from perenne.domain.savoir.commun import Confiance
from perenne.domain.savoir.expressions import Fait
from perenne.domain.savoir.regles import DateApplicable, Issue, Reference
from perenne.domain.savoir.ressources import Ressource
from perenne.reports.typographie import date_longue, lister, nombre

ISSUES: dict[Issue, str] = {
    "possible": "possible",
    "sous_condition": "possible sous condition",
    "exclu": "exclu",
    "a_verifier": "à vérifier",
    "obligatoire": "obligatoire",
    "facultatif": "facultatif",
    "sans_objet": "sans objet",
    "oui": "oui",
    "non": "non",
}

DATES: dict[DateApplicable, str] = {
    "consultation-engagee": "l'engagement de la consultation ou l'envoi de l'avis",
    "demande-deposee": "le dépôt de la demande",
    "convention-signee": "la signature de la convention",
    "aide-octroyee": "l'octroi de l'aide",
    "versement": "le versement",
    "deliberation": "la délibération",
    "exercice-budgetaire": "l'exercice budgétaire",
    "periode-travaillee": "la période travaillée",
    "date-de-reference": "la date de référence",
}

CONFIANCES: dict[Confiance, str] = {
    "A": "A, texte consolidé lu",
    "B": "B, lu dans une page qui cite le texte",
    "C": "C, non vérifié : ne décide de rien",
}

_UNITES = {
    "EUR": "€",
    "EUR HT": "€ HT",
    "EUR/an": "€ par an",
    "EUR HT/an": "€ HT par an",
    "EUR/ETP/an": "€ par équivalent temps plein et par an",
    "hab": "habitants",
    "hab/km2": "habitants au km²",
    "smic": "Smic",
}


def chiffre(valeur: Decimal, unite: str) -> str:
    """A figure and its unit, with the decimals that it has."""
    exposant = valeur.normalize().as_tuple().exponent
    decimales = max(0, -exposant) if isinstance(exposant, int) else 0
    texte = nombre(float(valeur), decimales)
    return f"{texte} {_UNITES.get(unite, unite)}".rstrip()


def valeur_lisible(valeur: Valeur, fait: Fait | None, base: BaseSavoir) -> str:
    """A known fact as a reader says it: yes or no, the figure with its unit, the label of a code."""
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    if isinstance(valeur, Decimal):
        return chiffre(valeur, fait.unite if fait else "")
    if isinstance(valeur, dt.date):
        return date_longue(valeur)
    libelles = _libelles(fait, base)
    if isinstance(valeur, frozenset):
        return lister(sorted(libelles.get(v, v) for v in valeur)) or "aucun"
    return libelles.get(valeur, valeur)


def _libelles(fait: Fait | None, base: BaseSavoir) -> Mapping[str, str]:
    if fait is not None and fait.genre_valeurs:
        return {i: intitule(f) for i, f in base.fiches.get(fait.genre_valeurs, {}).items()}
    return (fait.valeurs if fait else None) or {}


def reference_lisible(reference: Reference, ressources: Mapping[str, Ressource]) -> str:
    """Title of the document and article; says when the text itself was not read."""
    ressource = ressources.get(reference.document)
    titre = ressource.titre if ressource else reference.document
    titre = re.sub(r" \([^()]*\)$", "", titre)
    article = reference.article
    if (
        article
        and article[:1].isalpha()
        and not article.lower().startswith("article")
        and article[1:2].isdigit()
    ):
        plusieurs = re.search(r" et (?!suivants)|[,;] | à ", article)
        article = f"{'articles' if plusieurs else 'article'} {article}"
    texte = f"{titre}, {article}" if article else titre
    doutes = ["source secondaire"] if reference.secondaire else []
    if ressource and ressource.verifie == "non":
        doutes.append("référence à vérifier")
    return f"{texte} ({', '.join(doutes)})" if doutes else texte


def periode_lisible(du: dt.date, au: dt.date | None) -> str:
    """« du … au … », or « depuis le … » when the period is open."""
    if au is None:
        return f"depuis le {date_longue(du)}"
    return f"du {date_longue(du)} au {date_longue(au)}"
