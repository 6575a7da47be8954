"""The tables of readings: indicators against the group, three criteria, nearest territories, trends."""

from __future__ import annotations

from dataclasses import replace

from perenne.domain.territoire.mesures import CritereCget, Lecture, Pair, Tendance
from perenne.domain.territoire.resultat import Diagnostic
from perenne.reports.note.cellules import MARQUE, cellule_mesure, chiffre, mot
from perenne.reports.note.elements import Cellule, Colonne, Tableau
from perenne.reports.note.phrases import (
    CRITERES_CGET,
    TYPES,
    dire_part_couverte,
    dire_place,
    dire_valeur,
    est_fragile,
)
from perenne.reports.typographie import (
    composer,
    lister,
    majuscule,
    nombre,
)

UNITE_COURTE = 10


def _mediane(lecture: Lecture) -> Cellule:
    """The median; a unit in words stands once, in the column before."""
    indicateur = lecture.indicateur
    cellule = chiffre(lecture.mediane, indicateur.unite, indicateur.decimales, "non comparé")
    if lecture.mediane is None or len(indicateur.unite) <= UNITE_COURTE:
        return cellule
    return replace(cellule, texte=dire_valeur(lecture.mediane, "", indicateur.decimales))


def _ligne_indicateur(lecture: Lecture) -> tuple[Cellule, ...]:
    indicateur = lecture.indicateur
    place = dire_place(lecture)
    fragile = est_fragile(lecture)
    if not place:
        vide = "sans objet" if lecture.mesure.statut == "sans-objet" else "non comparé"
        dite = Cellule(texte=vide, genre="absent")
    else:
        dite = Cellule(
            texte=f"{MARQUE} {place}" if fragile else place, genre="alerte" if fragile else "texte"
        )
    quart = (
        f"{nombre(lecture.quartile_bas, indicateur.decimales)} à "
        f"{nombre(lecture.quartile_haut, indicateur.decimales)}"
        if lecture.quartile_bas is not None and lecture.quartile_haut is not None
        else "non comparé"
    )
    return (
        mot(composer(indicateur.libelle_court)),
        cellule_mesure(lecture),
        _mediane(lecture),
        Cellule(texte=quart, genre="absent" if quart == "non comparé" else "nombre"),
        dite,
        mot(lecture.mesure.millesime or "non observé"),
    )


def tableau_indicateurs(diagnostic: Diagnostic, comparaison: str) -> Tableau:
    """Every indicator, its value here, the median and the middle half of the comparable territories."""
    saillants = diagnostic.saillants
    ordre = [*saillants, *(x for x in diagnostic.lectures if x not in saillants)]
    vus = [x for x in ordre if x.mesure.statut not in ("non-observe", "absent", "sans-objet")]
    tus = [x for x in ordre if x.mesure.statut in ("non-observe", "absent")]
    notes = [f"{MARQUE} parmi le quart le plus fragile."] if any(est_fragile(x) for x in vus) else []
    if any(x.mesure.approche for x in vus):
        notes.append(
            "≈ valeur approchée, calculée sur les communes publiées ou sur une superficie mesurée à la carte."
        )
    if any(dire_part_couverte(x.mesure) for x in vus):
        notes.append("Entre parenthèses : la part des habitants couverte, quand elle est inférieure à 90 %.")
    if tus:
        notes.append(f"Non observés ici : {lister(composer(x.indicateur.libelle_court) for x in tus)}.")
    return Tableau(
        ident="indicateurs",
        legende=composer(f"{diagnostic.territoire.nom} parmi {comparaison}"),
        colonnes=(
            Colonne(titre="Indicateur", part=2.4),
            Colonne(titre="Ici", nombre=True, part=1.35),
            Colonne(titre="Médiane", nombre=True, part=1.35),
            Colonne(titre="Moitié centrale", nombre=True, part=1.5),
            Colonne(titre="Place", part=3.1),
            Colonne(titre="Année", part=0.75),
        ),
        lignes=tuple(_ligne_indicateur(x) for x in vus),
        note=" ".join(notes),
    )


def _ligne_cget(critere: CritereCget) -> tuple[Cellule, ...]:
    lecture = critere.lecture
    mesure = "non observé" if lecture is None else composer(lecture.indicateur.libelle_court)
    valeur = Cellule(texte="non observé", genre="absent") if lecture is None else cellule_mesure(lecture)
    decile = (
        Cellule(texte="non observé", genre="absent")
        if critere.decile is None
        else Cellule(texte=f"{critere.decile} sur 9", brut=critere.decile, format="0", genre="nombre")
    )
    return mot(CRITERES_CGET[critere.critere]), mot(mesure), valeur, decile


def tableau_cget(diagnostic: Diagnostic) -> Tableau:
    """The three criteria, never added up; empty when none can be read here."""
    criteres = diagnostic.cget.criteres
    return Tableau(
        ident="cget",
        legende="Lecture en trois critères de fragilité (méthode du CGET, 2017-2018)",
        colonnes=(
            Colonne(titre="Critère"),
            Colonne(titre="Lu sur", part=2),
            Colonne(titre="Ici", nombre=True),
            Colonne(titre="Décile", nombre=True),
        ),
        lignes=tuple(_ligne_cget(c) for c in criteres) if any(c.decile is not None for c in criteres) else (),
        note="Décile 9 : parmi le dixième le plus fragile des territoires comparés. "
        "Les trois critères se lisent un par un et ne s’additionnent pas.",
    )


def _ligne_pair(pair: Pair, lectures: list[Lecture]) -> tuple[Cellule, ...]:
    return (
        mot(f"{pair.nom} ({pair.departement or pair.code})"),
        chiffre(pair.population, "", 0),
        *(
            chiffre(pair.valeurs.get(x.indicateur.id), x.indicateur.unite, x.indicateur.decimales)
            for x in lectures
        ),
    )


def tableau_pairs(diagnostic: Diagnostic) -> Tableau:
    """The nearest comparable territories, with what weighs here."""
    lectures = [*diagnostic.saillants, *(x for x in diagnostic.lectures if x.percentile is not None)]
    retenues = list(dict.fromkeys(x.indicateur.id for x in lectures if x.indicateur.id != "population"))[:4]
    choix = [next(x for x in diagnostic.lectures if x.indicateur.id == i) for i in retenues]
    return Tableau(
        ident="pairs",
        legende="Territoires les plus proches par la population et la densité",
        colonnes=(
            Colonne(titre=majuscule(TYPES[diagnostic.strate.type][0]), part=2),
            Colonne(titre="Population", nombre=True),
            *(Colonne(titre=composer(x.indicateur.libelle_court), nombre=True) for x in choix),
        ),
        lignes=tuple(_ligne_pair(p, choix) for p in diagnostic.pairs),
    )


def _ligne_tendance(tendance: Tendance) -> list[tuple[Cellule, ...]]:
    indicateur = tendance.indicateur
    points: dict[str, float | None] = {**dict.fromkeys(tendance.manquants), **dict(tendance.points)}
    return [
        (
            mot(composer(indicateur.libelle_court)),
            mot(millesime),
            chiffre(points[millesime], indicateur.unite, indicateur.decimales),
        )
        for millesime in sorted(points)
    ]


def tableau_tendances(diagnostic: Diagnostic) -> Tableau:
    """Every point of every series, missing years included."""
    return Tableau(
        ident="tendances",
        legende="Évolution au fil des millésimes",
        colonnes=(
            Colonne(titre="Indicateur", part=2),
            Colonne(titre="Millésime"),
            Colonne(titre="Valeur", nombre=True),
        ),
        lignes=tuple(ligne for t in diagnostic.tendances for ligne in _ligne_tendance(t)),
    )
