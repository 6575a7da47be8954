"""The documents that the knowledge base cites: the study, laws, codes, decrees, pages, datasets."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from perenne.domain.savoir.commun import fiche

TypeRessource = Literal[
    "etude",
    "rapport",
    "article",
    "guide",
    "page-web",
    "video",
    "loi",
    "ordonnance",
    "decret",
    "arrete",
    "circulaire",
    "code",
    "reglement-ue",
    "jeu-de-donnees",
    "methode",
]


TEXTES_DE_DROIT = frozenset(
    {"loi", "ordonnance", "decret", "arrete", "circulaire", "code", "reglement-ue"},
)
"""Kinds of documents that must say how far they were checked."""

Verification = Literal["texte", "reference", "non"]
"""How far a text of law was checked. texte: the text, or a dated copy of it, was read for what is cited.
reference: its number, its date and its object were read in a page that cites it. non: known, not read."""


@fiche
class Ressource:
    """One document.

    Attributes:
        id: short and predictable: loi-2014-856, decret-2025-1386, cgct, page-<site>.
        titre: its title, or the official name of the text.
        type: what kind of document it is.
        auteur: the organisation that publishes it; never a person.
        annee: year of publication.
        date: exact date, for texts of law.
        url: public address, where one was printed or seen.
        resume: what one finds in it, in a sentence.
        citee_dans: section of the study that cites it; empty when the study does not.
        consulte_le: when it was read.
        verifie: how far a text of law was checked; empty for what is not a text of law.
        verifie_le: when it was checked; empty when it was not.
    """

    id: str
    titre: str
    type: TypeRessource
    auteur: str = ""
    annee: int | None = None
    date: dt.date | None = None
    url: str = ""
    resume: str = ""
    citee_dans: str = ""
    consulte_le: dt.date | None = None
    verifie: Verification | None = None
    verifie_le: dt.date | None = None
