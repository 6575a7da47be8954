"""What the readings of the knowledge base share: links, references, sources, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.savoir.commun import Confiance, Source
from perenne.domain.savoir.regles import Reference
from perenne.reports.regles.mots import reference_lisible
from perenne.reports.typographie import composer

CONFIANCES: dict[Confiance, str] = {
    "A": "texte consolidé lu",
    "B": "lu dans une page qui cite le texte",
    "C": "à vérifier : ne décide de rien",
}


class Introuvable(ErreurUtilisateur):
    """What is asked for does not exist."""


@dataclass(frozen=True, kw_only=True)
class Renvoi:
    """An item named to a reader."""

    id: str
    titre: str


@dataclass(frozen=True, kw_only=True)
class Document:
    """Where a statement was read.

    Attributes:
        texte: title and article or section.
        passage: the article or the section alone; empty when none is said.
        url: public address; empty when there is none.
        consulte_le: ISO date; empty when not said.
        secondaire: the page only reports the text.
    """

    texte: str
    passage: str = ""
    url: str = ""
    consulte_le: str = ""
    secondaire: bool = False


def citer_source(source: Source, base: BaseSavoir) -> Document:
    """A source with the title of its document."""
    ressource = base.ressources.get(source.document)
    titre = ressource.titre if ressource else source.document
    adresse = source.url or (ressource.url if ressource else "")
    lu = source.consulte_le or (ressource.consulte_le if ressource else None)
    return Document(
        texte=composer(f"{titre}, {source.section}" if source.section else titre),
        passage=composer(source.section),
        url=adresse if adresse.startswith(("https://", "http://")) else "",
        consulte_le=lu.isoformat() if lu else "",
    )


def citer_references(references: Iterable[Reference], base: BaseSavoir) -> tuple[Document, ...]:
    """References of the law with their titles."""
    return tuple(_citer(r, base) for r in references)


def _citer(reference: Reference, base: BaseSavoir) -> Document:
    ressource = base.ressources.get(reference.document)
    adresse = reference.url or (ressource.url if ressource else "")
    lu = ressource.consulte_le if ressource else None
    return Document(
        texte=composer(reference_lisible(reference, base.ressources)),
        passage=composer(reference.article),
        url=adresse if adresse.startswith(("https://", "http://")) else "",
        consulte_le=lu.isoformat() if lu else "",
        secondaire=reference.secondaire,
    )


def renvoyer(identifiants: Iterable[str], titres: dict[str, str]) -> tuple[Renvoi, ...]:
    """Items by identifier, with their titles."""
    return tuple(Renvoi(id=i, titre=composer(titres.get(i, i))) for i in identifiants)
