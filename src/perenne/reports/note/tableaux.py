"""The tables of a note, each with its caption, its numbers as numbers and its absences in words."""

from __future__ import annotations

import re
from dataclasses import replace

from perenne.domain.territoire.mesures import CritereCget, Lecture, Pair, Tendance
from perenne.domain.territoire.resultat import BesoinLu, Diagnostic, ZonageLu
from perenne.reports.note.elements import Cellule, Colonne, Tableau
from perenne.reports.note.phrases import (
    ABSENCES,
    CRITERES_CGET,
    NIVEAUX,
    STATUTS_ZONAGE,
    TYPES,
    dire_couverture,
    dire_mesure,
    dire_periode,
    dire_place,
    dire_valeur,
    est_fragile,
    separer,
)
from perenne.reports.typographie import (
    accorder,
    avec_unite,
    composer,
    lister,
    majuscule,
    minuscule,
    nombre,
    raccourcir,
)

ACTIVITES_COURT = 4
LIBELLE_COURT = 48
CLASSEMENTS_TUS = {"classée", "classee", "contient", "quartier", "renforcé", "plus"}
"""Details that only say again that the territory is in the zoning."""

UNITE_COURTE = 10
MARQUE = "◆"
"""The sign of a fragile reading, beside its colour."""


def mot(texte: str) -> Cellule:
    """A cell of words."""
    return Cellule(texte=texte)


def _format(unite: str, decimales: int) -> str:
    corps = "#,##0" + ("." + "0" * decimales if decimales else "")
    return f'{corps}" {unite}"' if unite else corps


def chiffre(valeur: float | None, unite: str, decimales: int, absence: str = "non observé") -> Cellule:
    """A cell of a number with its unit, or the words for its absence."""
    if valeur is None:
        return Cellule(texte=absence, genre="absent")
    return Cellule(
        texte=dire_valeur(valeur, unite, decimales),
        brut=round(valeur, 6),
        format=_format(unite, decimales),
        genre="nombre",
    )


def _ici(lecture: Lecture) -> Cellule:
    indicateur, mesure = lecture.indicateur, lecture.mesure
    if mesure.valeur is None:
        return Cellule(texte=ABSENCES.get(mesure.statut, "non observé"), genre="absent")
    entiere = replace(mesure, couverture=None)
    courte = dire_mesure(entiere, indicateur.unite, indicateur.decimales)
    texte = dire_mesure(mesure, indicateur.unite, indicateur.decimales)
    return Cellule(
        texte=texte,
        court="" if texte == courte else f"{courte} ({dire_part(mesure.couverture or 0.0)})",
        brut=round(mesure.valeur, 6),
        format=_format(indicateur.unite, indicateur.decimales),
        genre="nombre",
    )


def _mediane(lecture: Lecture) -> Cellule:
    """The median; a unit in words stands once, in the column before."""
    indicateur = lecture.indicateur
    cellule = chiffre(lecture.mediane, indicateur.unite, indicateur.decimales)
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
        else "non observé"
    )
    return (
        mot(composer(indicateur.libelle_court)),
        _ici(lecture),
        _mediane(lecture),
        Cellule(texte=quart, genre="absent" if quart == "non observé" else "nombre"),
        dite,
        mot(lecture.mesure.millesime or "non observé"),
    )


def tableau_indicateurs(diagnostic: Diagnostic, comparaison: str) -> Tableau:
    """Every indicator, its value here, the median and the middle half of the comparable territories."""
    saillants = diagnostic.saillants
    ordre = [*saillants, *(x for x in diagnostic.lectures if x not in saillants)]
    vus = [x for x in ordre if x.mesure.statut not in ("non-observe", "absent", "sans-objet")]
    tus = [x for x in ordre if x not in vus]
    notes = [f"{MARQUE} parmi le quart le plus fragile."]
    if any(x.mesure.approche for x in vus):
        notes.append(
            "≈ valeur approchée, calculée à partir des communes publiées ; entre parenthèses, la part des "
            "habitants qu’elles couvrent quand elle est inférieure à 90 %."
        )
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
    valeur = Cellule(texte="non observé", genre="absent") if lecture is None else _ici(lecture)
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


def dire_classement(zonage: ZonageLu) -> str:
    """The details of the classification in words, without repeating the name of the zoning."""
    mots = [re.sub(r"^Renforcé \((.*)\)$", r"\1", m.strip()) for m in zonage.classement.split(",")]
    return lister(minuscule(m) for m in mots if m and m.lower() not in CLASSEMENTS_TUS)


def _ligne_zonage(zonage: ZonageLu) -> tuple[Cellule, ...]:
    nom = zonage.sigle or zonage.libelle
    classement = dire_classement(zonage)
    if classement:
        nom += f" ({classement})"
    libelles = separer(zonage.libelles)
    court = nom
    if libelles:
        premier = raccourcir(libelles[0], LIBELLE_COURT)
        court += f" : {premier}" + (
            f" et {accorder(len(libelles) - 1, 'autre')}" if len(libelles) > 1 else ""
        )
        nom += f" : {lister(libelles)}"
    statut = STATUTS_ZONAGE[zonage.statut]
    douteux = zonage.confiance == "C" and zonage.statut != "non-observe"
    reference = zonage.reference + (" (à vérifier)" if douteux else "")
    return (
        Cellule(texte=composer(nom), court=composer(court)),
        Cellule(texte=statut, genre="absent" if zonage.statut == "non-observe" else "texte"),
        mot(dire_couverture(zonage)),
        mot(dire_periode(zonage.du, zonage.au)),
        Cellule(texte=composer(reference), court=composer(re.sub(r" ?\([^()]*\)", "", reference))),
    )


def tableau_zonages(diagnostic: Diagnostic) -> Tableau:
    """The zonings and programmes that touch the territory; those of which no list was seen, in the note."""
    rang = {"en-vigueur": 0, "a-verifier": 1, "a-venir": 2, "termine": 3}
    vus = [z for z in diagnostic.zonages if z.statut != "non-observe"]
    vus.sort(key=lambda z: (rang[z.statut], z.nature != "zonage"))
    tus = [z.sigle or z.libelle for z in diagnostic.zonages if z.statut == "non-observe"]
    return Tableau(
        ident="zonages",
        legende="Zonages et programmes à la date de la note",
        colonnes=(
            Colonne(titre="Zonage ou programme", part=2.6),
            Colonne(titre="Statut", part=0.9),
            Colonne(titre="Étendue", part=1.6),
            Colonne(titre="Période", part=1.6),
            Colonne(titre="Référence", part=2.4),
        ),
        lignes=tuple(_ligne_zonage(z) for z in vus),
        note=f"Aucune liste observée pour : {lister(tus)}." if tus else "",
    )


def _preuves(besoin: BesoinLu, maximum: int = 2) -> str:
    dites = [
        f"{composer(p.indicateur.libelle_court)} "
        f"({dire_mesure(p.mesure, p.indicateur.unite, p.indicateur.decimales)}, {dire_place(p)})"
        for p in besoin.preuves[:maximum]
    ]
    return majuscule(" ; ".join(dites))


def _ligne_besoin(besoin: BesoinLu) -> tuple[Cellule, ...]:
    niveau = NIVEAUX[besoin.niveau]
    marque = besoin.niveau == "marque"
    activites = [composer(minuscule(x.libelle)) for x in besoin.activites]
    reste = len(activites) - ACTIVITES_COURT
    court = [*activites[:ACTIVITES_COURT], accorder(reste, "autre")] if reste > 1 else activites
    return (
        mot(composer(besoin.libelle) + ("" if besoin.etude else " (notre proposition)")),
        Cellule(texte=f"{MARQUE} {niveau}" if marque else niveau, genre="alerte" if marque else "texte"),
        mot(_preuves(besoin)),
        Cellule(texte=majuscule(lister(activites)), court=majuscule(lister(court))),
    )


def tableau_besoins(diagnostic: Diagnostic) -> Tableau:
    """The needs that indicators document, and the activities of the study that answer them."""
    documentes = [b for b in diagnostic.besoins if b.niveau in ("marque", "present")]
    return Tableau(
        ident="besoins",
        legende="Besoins que les indicateurs documentent ici",
        colonnes=(
            Colonne(titre="Besoin", part=2),
            Colonne(titre="Niveau", part=0.85),
            Colonne(titre="Ce qui le documente", part=2.8),
            Colonne(titre="Activités qui y répondent", part=2.6),
        ),
        lignes=tuple(_ligne_besoin(b) for b in documentes),
        note="« Net » : un indicateur parmi le quart le plus fragile. « Documenté » : au-delà de la médiane.",
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


def tableau_sources(diagnostic: Diagnostic) -> Tableau:
    """Every data set cited: who, what, which vintage, which date, which licence."""
    lignes = []
    for source in diagnostic.sources:
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


def dire_part(part: float) -> str:
    """A share in [0, 1] as a percentage."""
    return avec_unite(100 * part, "%")


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
        _ici(lecture) if mesure.valeur is None else _brut(mesure.valeur),
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
