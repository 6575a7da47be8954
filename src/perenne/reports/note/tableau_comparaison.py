"""Two territories side by side: what differs in the figures, the zonings and the documented needs."""

from __future__ import annotations

from perenne.domain.territoire.mesures import Lecture
from perenne.domain.territoire.resultat import BesoinLu, Diagnostic, ZonageLu
from perenne.reports.note.cellules import MARQUE, cellule_mesure, mot
from perenne.reports.note.elements import Cellule, Colonne, Tableau
from perenne.reports.note.phrases import (
    NIVEAUX,
    STATUTS_ZONAGE,
    dire_couverture,
    dire_place,
    est_fragile,
)
from perenne.reports.typographie import composer

ABSENT = Cellule(texte="non observé", genre="absent")


def comparer_indicateurs(un: Diagnostic, autre: Diagnostic) -> Tableau:
    """Every indicator observed in one of them; each keeps its own year and its place in its own group."""
    par_id = [{x.indicateur.id: x for x in d.lectures} for d in (un, autre)]
    ordre = dict.fromkeys([*par_id[0], *par_id[1]])
    lignes = [
        (mot(composer(lu.indicateur.libelle_court)), *_mesure(par_id[0].get(i)), *_mesure(par_id[1].get(i)))
        for i in ordre
        if (lu := par_id[0].get(i) or par_id[1].get(i)) is not None and any(_vue(p.get(i)) for p in par_id)
    ]
    return Tableau(
        ident="comparaison-indicateurs",
        legende=composer(f"Indicateurs : {un.territoire.nom} et {autre.territoire.nom}"),
        colonnes=(
            Colonne(titre="Indicateur", part=2),
            Colonne(titre=un.territoire.nom, nombre=True),
            Colonne(titre="Année"),
            Colonne(titre="Sa place", part=2),
            Colonne(titre=autre.territoire.nom, nombre=True),
            Colonne(titre="Année"),
            Colonne(titre="Sa place", part=2),
        ),
        lignes=tuple(lignes),
        note=composer(
            f"{MARQUE} parmi le quart le plus fragile. La place de chacun se lit dans son propre groupe de "
            "territoires comparables : ces groupes peuvent différer."
        ),
    )


def _vue(lecture: Lecture | None) -> bool:
    return lecture is not None and lecture.mesure.statut not in ("non-observe", "absent", "sans-objet")


def _mesure(lecture: Lecture | None) -> tuple[Cellule, Cellule, Cellule]:
    if lecture is None or not _vue(lecture):
        return ABSENT, mot(""), mot("")
    place, fragile = dire_place(lecture), est_fragile(lecture)
    return (
        cellule_mesure(lecture),
        mot(lecture.mesure.millesime),
        Cellule(
            texte=f"{MARQUE} {place}" if fragile else place or "non comparé",
            genre="alerte" if fragile else "texte" if place else "absent",
        ),
    )


def comparer_zonages(un: Diagnostic, autre: Diagnostic) -> Tableau:
    """Zonings and programmes that touch one of them at the date asked."""
    par_nom = [{z.zonage: z for z in d.zonages if z.statut != "non-observe"} for d in (un, autre)]
    noms = dict.fromkeys([*par_nom[0], *par_nom[1]])
    tous = {**par_nom[1], **par_nom[0]}
    return Tableau(
        ident="comparaison-zonages",
        legende="Zonages et programmes",
        colonnes=(
            Colonne(titre="Zonage ou programme", part=2),
            Colonne(titre=un.territoire.nom, part=2),
            Colonne(titre=autre.territoire.nom, part=2),
        ),
        lignes=tuple(
            (
                mot(composer(tous[z].sigle or tous[z].libelle)),
                *(_zonage(d, p.get(z), z) for d, p in zip((un, autre), par_nom, strict=True)),
            )
            for z in noms
        ),
    )


def _zonage(diagnostic: Diagnostic, lu: ZonageLu | None, zonage: str) -> Cellule:
    if lu is None:
        muet = any(z.zonage == zonage and z.statut == "non-observe" for z in diagnostic.zonages)
        return ABSENT if muet else Cellule(texte="non")
    etendue = dire_couverture(lu)
    return mot(composer(f"{STATUTS_ZONAGE[lu.statut]}{f' ({etendue})' if etendue else ''}"))


def comparer_besoins(un: Diagnostic, autre: Diagnostic) -> Tableau:
    """The sixteen needs, as the figures document them in each."""
    autres = {b.besoin: b for b in autre.besoins}
    return Tableau(
        ident="comparaison-besoins",
        legende="Besoins",
        colonnes=(
            Colonne(titre="Besoin", part=2),
            Colonne(titre=un.territoire.nom, part=2),
            Colonne(titre=autre.territoire.nom, part=2),
        ),
        lignes=tuple(
            (mot(composer(b.libelle)), _besoin(b), _besoin(autres.get(b.besoin))) for b in un.besoins
        ),
        note="Un besoin que les chiffres ne documentent pas peut exister : aucun indicateur ne le dit.",
    )


def _besoin(lu: BesoinLu | None) -> Cellule:
    if lu is None:
        return ABSENT
    preuves = ", ".join(composer(x.indicateur.libelle_court) for x in lu.preuves)
    dit = NIVEAUX[lu.niveau]
    return Cellule(texte=f"{dit} : {preuves}" if preuves else dit, genre="texte" if lu.preuves else "absent")
