"""Writes the simple values of an item in French: names of codes, titles of references, dates, numbers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, Any, Literal, get_args, get_origin

from perenne.domain.savoir.base import BaseSavoir, intitule
from perenne.domain.savoir.commun import Ref, Source
from perenne.domain.savoir.regles import Reference
from perenne.kb.formes import branches
from perenne.kb.libelles import Libelles
from perenne.reports.typographie import date_longue, nombre

A_VERIFIER = "*à vérifier*"

NOMENCLATURES = {
    ("CodesNaf", "coeur"): "naf",
    ("CodesNaf", "associes"): "naf",
    ("CodesWaldec", "coeur"): "waldec",
    ("CodesWaldec", "associes"): "waldec",
    ("Activite", "finess"): "finess",
    ("Activite", "bpe"): "bpe",
    ("Activite", "registres"): "registres",
    ("Activite", "typologies_inclusion"): "typologies-inclusion",
    ("Activite", "services_inclusion"): "services-inclusion",
}
"""Fields whose codes a nomenclature of the base spells out."""


@dataclass(frozen=True, kw_only=True)
class Ecriture:
    """What is needed to write a value: the base for the titles, the French names of codes."""

    base: BaseSavoir
    libelles: Libelles

    def simple(self, valeur: Any, annotation: Any, classe: str, cle: str) -> str | None:
        """The value on one line, or None when it needs several."""
        if isinstance(valeur, (Source, Reference)):
            return self.source(valeur)
        if isinstance(valeur, bool):
            return "oui" if valeur else "non"
        if isinstance(valeur, (int, float)):
            return self.chiffre(valeur)
        if isinstance(valeur, dt.date):
            return date_longue(valeur)
        return self._texte(valeur, annotation, classe, cle) if isinstance(valeur, str) else None

    def _texte(self, valeur: str, annotation: Any, classe: str, cle: str) -> str:
        marque = _marque(annotation)
        if marque is not None:
            return self.renvoi(valeur, marque.genres)
        if cle == "confiance" and valeur == "C":
            return A_VERIFIER
        if any(get_origin(b) is Literal for b in branches(annotation)):
            return self.libelles.valeur(valeur, cle)
        if (nomenclature := NOMENCLATURES.get((classe, cle))) is not None:
            fiche = self.base.nomenclatures.get(nomenclature)
            libelle = fiche.libelles.get(valeur, "") if fiche else ""
            return f"{valeur} {libelle}".strip()
        return valeur

    def renvoi(self, identifiant: str, genres: tuple[str, ...]) -> str:
        """A reference with the title of what it names: « Renforcer le lien social (B14) »."""
        for genre in genres:
            fiche = self.base.fiches.get(genre, {}).get(identifiant)
            if fiche is not None:
                return f"{intitule(fiche)} ({identifiant})"
        return identifiant

    def source(self, source: Source | Reference) -> str:
        """« titre du document, passage, adresse, lu le … »."""
        document = self.base.ressources.get(source.document)
        titre = document.titre if document else source.document
        morceaux = [titre]
        if isinstance(source, Source):
            morceaux += [source.section, source.url]
            morceaux += [f"lu le {date_longue(source.consulte_le)}"] if source.consulte_le else []
        else:
            morceaux += [source.article, source.url, "source secondaire" if source.secondaire else ""]
        return ", ".join(m for m in morceaux if m)

    @staticmethod
    def chiffre(valeur: float) -> str:
        """A number with as many decimals as it was written with, years left alone by their callers."""
        texte = repr(valeur)
        decimales = 0 if isinstance(valeur, int) or texte.endswith(".0") else len(texte.partition(".")[2])
        return nombre(float(valeur), decimales)


def _marque(annotation: Any) -> Ref | None:
    if get_origin(annotation) is Annotated:
        return next((n for n in get_args(annotation)[1:] if isinstance(n, Ref)), None)
    return next((m for a in get_args(annotation) if (m := _marque(a)) is not None), None)
