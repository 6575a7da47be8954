"""The tables of every value and of every source, to compute with and to check."""

from __future__ import annotations

from collections.abc import Sequence

from perenne.domain.territoire.identite import SourceCitee
from perenne.domain.territoire.mesures import Lecture
from perenne.domain.territoire.resultat import Diagnostic
from perenne.reports.note.cellules import cellule_mesure, mot
from perenne.reports.note.elements import Cellule, Colonne, Tableau
from perenne.reports.note.phrases import (
    ABSENCES,
)
from perenne.reports.typographie import (
    composer,
)


def tableau_sources(sources: Sequence[SourceCitee]) -> Tableau:
    """Every data set cited: who, what, which vintage, which date, which licence."""
    lignes = []
    for source in sources:
        jeu = source.jeu + ("" if source.format_verifie else " (forme dérivée, format officiel non vérifié)")
        ligne = (source.producteur, jeu, source.millesime, source.date_fichier, source.licence, source.url)
        lignes.append(tuple(mot(composer(x)) for x in ligne))
    return Tableau(
        ident="sources",
        legende="Sources des données",
        colonnes=(
            Colonne(titre="Producteur", part=1.2),
            Colonne(titre="Jeu de données", part=3),
            Colonne(titre="Millésime", part=0.9),
            Colonne(titre="Fichier du", part=0.9),
            Colonne(titre="Licence", part=1.2),
            Colonne(titre="Adresse", part=2.2),
        ),
        lignes=tuple(lignes),
    )


COLONNES_DONNEES = (
    "Indicateur",
    "Valeur",
    "Unité",
    "Statut",
    "Millésime",
    "Rang centile",
    "Fragilité",
    "Rang",
    "Comparés",
    "Quartile bas",
    "Médiane",
    "Quartile haut",
    "Couverture",
    "Source",
)


def _brut(valeur: float | int | None, format_: str = "0.00") -> Cellule:
    if valeur is None:
        return Cellule(texte="", genre="absent")
    return Cellule(texte=f"{valeur:.2f}", brut=valeur, format=format_, genre="nombre")


def _ligne_donnees(lecture: Lecture) -> tuple[Cellule, ...]:
    indicateur, mesure = lecture.indicateur, lecture.mesure
    return (
        mot(composer(indicateur.libelle)),
        cellule_mesure(lecture) if mesure.valeur is None else _brut(mesure.valeur),
        mot(indicateur.unite),
        mot(ABSENCES.get(mesure.statut, "observé") + (", approché" if mesure.approche else "")),
        mot(mesure.millesime),
        _brut(lecture.percentile),
        _brut(lecture.fragilite),
        _brut(lecture.rang, "0"),
        _brut(lecture.compares or None, "0"),
        _brut(lecture.quartile_bas),
        _brut(lecture.mediane),
        _brut(lecture.quartile_haut),
        _brut(mesure.couverture),
        mot(mesure.source),
    )


def tableau_donnees(diagnostic: Diagnostic) -> Tableau:
    """Every reading as the atlas holds it, to compute with: full values, ranks, quartiles, source."""
    return Tableau(
        ident="donnees",
        legende=f"Toutes les valeurs : {diagnostic.territoire.nom}",
        colonnes=tuple(
            Colonne(titre=t, nombre=t not in ("Indicateur", "Unité", "Statut", "Millésime", "Source"))
            for t in COLONNES_DONNEES
        ),
        lignes=tuple(_ligne_donnees(x) for x in diagnostic.lectures),
        note="Rang centile et fragilité vont de 0 à 100 parmi les territoires comparés ; "
        "100 est le plus fragile. Couverture : part des habitants dont la commune a une valeur publiée.",
    )
