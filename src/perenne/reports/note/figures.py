"""The figures of a note: strips of ranks, the small map, the trend of the population."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from perenne.domain.territoire.identite import Contour
from perenne.domain.territoire.mesures import Lecture, Tendance
from perenne.domain.territoire.resultat import Diagnostic
from perenne.reports.note.elements import Cellule, Colonne, Illustration, Tableau
from perenne.reports.note.phrases import (
    COUVERTURE_DITE,
    DENSITES,
    dire_mesure,
    dire_place,
    dire_valeur,
    est_fragile,
)
from perenne.reports.svg.bandes import Bande, dessiner_bandes
from perenne.reports.svg.barres import Barre, dessiner_barres
from perenne.reports.svg.carte import Forme, Repere, Role, dessiner_carte
from perenne.reports.svg.courbe import Point, dessiner_courbe
from perenne.reports.svg.geometrie import lire_wkb
from perenne.reports.typographie import FINE, accorder, composer, lister, majuscule, nombre

BANDES_MAX = 5
SANS_CLASSE = "aucun classement"


def choisir_lectures(diagnostic: Diagnostic) -> list[Lecture]:
    """The readings that a reader sees first: the fragile ones, then the others that have a fragile side."""
    choix = list(diagnostic.saillants)
    choix += [x for x in diagnostic.lectures if x.fragilite is not None and x not in choix]
    choix += [x for x in diagnostic.lectures if x.mesure.statut == "secret" and x not in choix]
    return choix[:BANDES_MAX]


def _bande(lecture: Lecture) -> Bande:
    indicateur = lecture.indicateur
    fragile = est_fragile(lecture)
    place = dire_place(lecture)
    couverture = lecture.mesure.couverture
    if place and couverture is not None and couverture < COUVERTURE_DITE:
        place += f" (sur {nombre(100 * couverture)}{FINE}% des habitants)"
    return Bande(
        libelle=composer(indicateur.libelle_court),
        valeur=dire_mesure(replace(lecture.mesure, couverture=None), indicateur.unite, indicateur.decimales),
        percentile=lecture.percentile,
        alerte=fragile,
        sous_texte=f"Fragilité : {place}" if fragile else place,
    )


def figure_places(diagnostic: Diagnostic, comparaison: str) -> Illustration | None:
    """Where the territory stands on what weighs; None when nothing can be compared."""
    bandes = [_bande(x) for x in choisir_lectures(diagnostic)]
    if not bandes:
        return None
    titre = f"Place {diagnostic.territoire.nom} parmi les territoires comparés"
    figure = dessiner_bandes("places", titre, bandes, comparaison)
    legende = (
        "Du plus bas au plus haut des territoires comparés. Bande grise : la moitié centrale. ◆ : fragilité."
    )
    return Illustration(figure=figure, legende=legende)


def figure_population(tendances: Sequence[Tendance]) -> Illustration | None:
    """The first trend, usually the population; None when there is none."""
    if not tendances:
        return None
    tendance = tendances[0]
    indicateur = tendance.indicateur
    valeurs: dict[str, float | None] = {**dict.fromkeys(tendance.manquants), **dict(tendance.points)}
    points = [
        Point(
            annee=int(m[:4]),
            valeur=v,
            etiquette="non observé" if v is None else dire_valeur(v, indicateur.unite, indicateur.decimales),
        )
        for m, v in sorted(valeurs.items())
    ]
    titre = f"{composer(indicateur.libelle_court)}, de {points[0].annee} à {points[-1].annee}"
    figure = dessiner_courbe("tendance", titre, points)
    return Illustration(figure=figure, legende=f"{titre}. L’axe vertical ne part pas de zéro.")


def figure_densites(diagnostic: Diagnostic) -> Illustration | None:
    """Where the inhabitants of several communes live; None when they all live in the same kind of place."""
    habitants = {d: n for d, n in sorted(diagnostic.densites.items()) if d in DENSITES}
    total = sum(habitants.values())
    if len(habitants) < 2 or not total:
        return None
    plus = max(habitants.values())
    barres = [
        Barre(
            libelle=majuscule(DENSITES[d]),
            valeur=n,
            etiquette=f"{nombre(100 * n / total)}{FINE}%",
            principale=n == plus,
        )
        for d, n in habitants.items()
    ]
    titre = "Habitants par catégorie de densité"
    figure = dessiner_barres("densites", titre, barres)
    return Illustration(figure=figure, legende=f"{titre} (grille communale de densité de l’Insee).")


def _classes(carte: Sequence[Contour]) -> list[str]:
    presentes = {c.classement for c in carte if c.dans_territoire and c.type != "qpv"}
    return sorted(presentes - {""})[:3]


def _nommer(classe: str) -> str:
    noms = {"frr": "FRR", "frr-plus": "FRR+", "ex-zrr": "ex-ZRR", "zrr": "ZRR"}
    return noms.get(classe, classe) if classe else SANS_CLASSE


def _forme(contour: Contour, classes: list[str]) -> Forme:
    anneaux = lire_wkb(contour.wkb)
    quartier = contour.type == "qpv"
    role: Role = "quartier" if quartier else ("territoire" if contour.dans_territoire else "voisin")
    classe = None
    if role == "territoire" and classes:
        classe = classes.index(contour.classement) + 1 if contour.classement in classes else 0
    bulle = contour.nom
    if contour.population is not None:
        bulle += f", {accorder(contour.population, 'habitant')}"
    if role == "territoire" and classes:
        bulle += f", {_nommer(contour.classement)}"
    etiquette = contour.nom if contour.dans_territoire and not quartier else ""
    return Forme(anneaux=anneaux, role=role, classe=classe, bulle=bulle, etiquette=etiquette)


def figure_carte(diagnostic: Diagnostic) -> Illustration | None:
    """The map; None when the atlas has no outline of the territory."""
    carte = diagnostic.carte
    siens = [c for c in carte if c.dans_territoire and c.type != "qpv"] or [
        c for c in carte if c.dans_territoire
    ]
    if not siens:
        return None
    classes = _classes(carte)
    formes = [_forme(c, classes) for c in sorted(carte, key=lambda c: (-(c.population or 0), c.code))]
    legende: list[tuple[int | None, str, Role]] = []
    if classes:
        presentes = {c.classement for c in siens}
        legende += [(0, SANS_CLASSE, "territoire")] if presentes - set(classes) else []
        legende += [(i + 1, _nommer(c), "territoire") for i, c in enumerate(classes)]
    else:
        legende.append((None, diagnostic.territoire.nom, "territoire"))
    if any(f.role == "quartier" for f in formes):
        legende.append((None, "quartier prioritaire", "quartier"))
    if any(f.role == "voisin" for f in formes):
        legende.append((None, "alentours", "voisin"))
    entoure = " et ses alentours" if any(f.role == "voisin" for f in formes) else ""
    titre = composer(f"Carte : {diagnostic.territoire.nom}{entoure}")
    figure = dessiner_carte("carte", titre, _decrire(diagnostic, siens, classes), formes, legende)
    return Illustration(figure=figure, legende=f"{titre}. Contours simplifiés.")


def carte_des_points(
    nom: str, carte: Sequence[Contour], reperes: Sequence[Repere], quoi: str
) -> Illustration | None:
    """A plain map of a territory with points on it; None without an outline.

    Args:
        quoi: what the points are, for the caption (« 12 entreprises situées »).
    """
    siens = [c for c in carte if c.dans_territoire and c.type != "qpv"] or [
        c for c in carte if c.dans_territoire
    ]
    if not siens:
        return None
    formes = [_forme(c, []) for c in sorted(carte, key=lambda c: (-(c.population or 0), c.code))]
    legende: list[tuple[int | None, str, Role]] = [(None, nom, "territoire")]
    if any(f.role == "quartier" for f in formes):
        legende.append((None, "quartier prioritaire", "quartier"))
    if any(f.role == "voisin" for f in formes):
        legende.append((None, "alentours", "voisin"))
    titre = composer(f"Carte : {nom}, {quoi}")
    figure = dessiner_carte(
        "carte-points", titre, f"{titre}. La liste est au-dessous.", formes, legende, reperes=reperes
    )
    return Illustration(figure=figure, legende=f"{titre}. Contours simplifiés.")


def _compter(siens: Sequence[Contour], classes: list[str]) -> list[tuple[str, int, int | None]]:
    lignes = []
    for classe in [*classes, ""]:
        groupe = [c for c in siens if (c.classement if c.classement in classes else "") == classe]
        if groupe:
            connues = [c.population for c in groupe if c.population is not None]
            lignes.append((_nommer(classe), len(groupe), sum(connues) if connues else None))
    return lignes


def _decrire(diagnostic: Diagnostic, siens: Sequence[Contour], classes: list[str]) -> str:
    quartiers = [c.nom for c in diagnostic.carte if c.type == "qpv"]
    morceaux = [f"{nom} : {nombre(n)}" for nom, n, _ in _compter(siens, classes)] if classes else []
    dits = f"{diagnostic.territoire.nom} : {accorder(len(siens), 'contour')}. "
    dits += f"Classement : {lister(morceaux)}. " if morceaux else ""
    return dits + (f"Quartiers prioritaires : {lister(quartiers)}." if quartiers else "")


def tableau_carte(diagnostic: Diagnostic) -> Tableau:
    """What the map shows, in numbers: communes and inhabitants by class."""
    siens = [c for c in diagnostic.carte if c.dans_territoire and c.type != "qpv"]
    classes = _classes(diagnostic.carte)
    lignes = tuple(
        (
            Cellule(texte=nom),
            Cellule(texte=nombre(n), brut=n, format="#,##0", genre="nombre"),
            Cellule(texte="non observé", genre="absent")
            if habitants is None
            else Cellule(texte=nombre(habitants), brut=habitants, format="#,##0", genre="nombre"),
        )
        for nom, n, habitants in _compter(siens, classes)
    )
    return Tableau(
        ident="carte",
        legende="Ce que montre la carte",
        colonnes=(
            Colonne(titre="Classement"),
            Colonne(titre="Communes" if all(c.type == "commune" for c in siens) else "Contours", nombre=True),
            Colonne(titre="Habitants", nombre=True),
        ),
        lignes=lignes if classes else (),
    )
