"""The note as plain text for a terminal: the answer on the first screen, the evidence on the second."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import replace

from perenne.domain.territoire.mesures import Lecture
from perenne.domain.territoire.resultat import Diagnostic
from perenne.reports.note.composer import composer_note
from perenne.reports.note.elements import Cellule, Note, Point, Tableau
from perenne.reports.note.phrases import dire_mesure, dire_part_couverte, dire_place
from perenne.reports.typographie import composer, majuscule, nombre

LARGEUR = 100
"""Columns of the page: what a terminal shows beside another window."""

COLONNE_MIN = 10
"""A column is never narrower, even if the line is then longer than the page."""

CELLULE_MAX = 240
"""Characters of a cell beyond which its short form is written; the page and the workbook hold the whole."""

RETRAIT = "  "
_INSECABLES = ("\u202f", "\u00a0")
_JOINTS = ("\ue000", "\ue001")
"""Private characters that stand for the unbreakable spaces while lines are filled."""


def rendre_texte(diagnostic: Diagnostic, *, mention: str = "") -> str:
    """Write the note of a diagnosis as text.

    Args:
        diagnostic: the diagnosis.
        mention: what must be said first (fictional data), empty for nothing.

    Returns:
        Lines of at most `LARGEUR` columns, ending with a newline. Every figure of it is in the tables of the
        other formats, which hold more rows.
    """
    saillants = [dire_lecture(x, diagnostic.territoire.nom) for x in diagnostic.saillants]
    reserves = [
        composer(
            f"{x.indicateur.libelle_court} : {x.indicateur.limites[:1].lower()}{x.indicateur.limites[1:]}"
        )
        for x in diagnostic.saillants
        if x.indicateur.limites
    ]
    return ecrire(composer_note(diagnostic, mention=mention), saillants, reserves)


def dire_lecture(lecture: Lecture, territoire: str) -> str:
    """A reading as a sentence: « 21 % des habitants vivent sous le seuil de pauvreté (2021) : plus que… »."""
    indicateur, mesure = lecture.indicateur, lecture.mesure
    valeur = dire_mesure(replace(mesure, couverture=None), indicateur.unite, indicateur.decimales)
    phrase = composer(
        indicateur.phrase.format(valeur=valeur, territoire=territoire, millesime=mesure.millesime)
    )
    annee = "" if mesure.millesime in phrase or "-" in mesure.millesime else mesure.millesime
    part = dire_part_couverte(mesure)
    precisions = ", ".join(x for x in (annee, f"pour {part}" if part else "") if x)
    place = dire_place(lecture).replace("des autres", f"des {nombre(lecture.compares - 1)} autres")
    return f"{majuscule(phrase)}{f' ({precisions})' if precisions else ''}\u00a0: {place}."


def ecrire(note: Note, en_clair: Sequence[str] = (), reserves: Sequence[str] = ()) -> str:
    """Write a composed note as text, with what weighs in full sentences and what these figures do not say."""
    constat = en_clair or ([note.constat] if note.constat else [])
    blocs = [_tete(note), _essentiel(note.essentiel), _phrases("Ce qui pèse ici, en clair", constat)]
    blocs += [
        _tableau(note.indicateurs, (0, 1, 2, 4, 5)),
        _tableau(note.cget),
        _tableau(note.zonages, (0, 1, 2, 3)),
    ]
    blocs += [
        _besoins(note),
        _offre(note),
        _points("Trois précédents", note.precedents),
        _points("Ce qui peut être fait ensuite", note.suites),
    ]
    blocs += [_acteurs(note), _tableau(note.pairs), _sources(note)]
    blocs.append(_phrases("Ce que cette note ne dit pas", [*note.limites, *reserves]))
    return "\n\n".join(b for b in blocs if b) + "\n"


def _tete(note: Note) -> str:
    titre = note.titre.upper()
    lignes = [titre, "=" * len(titre), *_plier(note.chapeau)]
    lignes += _plier(f"Lue au {note.au} · atlas {note.version_atlas} · code {note.code}")
    return "\n".join([*lignes, *(_plier(f"Attention : {note.avertissement}") if note.avertissement else [])])


def _essentiel(points: Sequence[Point]) -> str:
    marge = max(len(p.titre) for p in points) + 2
    lignes = []
    for p in points:
        debut = f"{p.titre}".ljust(marge)
        lignes += _plier(p.texte, premier=debut, suivant=" " * marge)
    return "\n".join([_titre("L'essentiel"), *lignes])


def _phrases(titre: str, phrases: Sequence[str]) -> str:
    if not phrases:
        return ""
    return "\n".join([_titre(titre), *(x for p in phrases for x in _plier(p, premier="* ", suivant=RETRAIT))])


def _besoins(note: Note) -> str:
    if not note.besoins.lignes:
        return "\n".join([_titre(note.besoins.legende), *_plier(note.besoins_suite)])
    lignes = [_titre(note.besoins.legende)]
    for besoin, niveau, preuves, activites, offre in note.besoins.lignes:
        lignes += _plier(f"{besoin.texte} — {niveau.texte}", premier="* ", suivant=RETRAIT)
        lignes += _plier(f"Parce que : {preuves.texte}", premier=RETRAIT, suivant=RETRAIT * 2)
        if activites.texte:
            lignes += _plier(f"Y répondent : {activites.texte}", premier=RETRAIT, suivant=RETRAIT * 2)
        lignes += _plier(f"Offre repérée ici : {offre.texte}", premier=RETRAIT, suivant=RETRAIT * 2)
    return "\n".join([*lignes, *_plier(note.besoins_suite)])


def _offre(note: Note) -> str:
    return "\n".join(
        [_titre("Besoins et offre"), *_plier(note.offre), "", _tableau(note.offre_resume)]
    ).rstrip()


def _acteurs(note: Note) -> str:
    return _points("Qui peut agir", note.acteurs)


def _points(titre: str, points: Sequence[Point]) -> str:
    if not points:
        return ""
    lignes = [_titre(titre)]
    for p in points:
        lignes += _plier(f"{p.titre}. {p.texte}" if p.texte else p.titre, premier="* ", suivant=RETRAIT)
        for d in p.details:
            lignes += _plier(d, premier=RETRAIT + "- ", suivant=RETRAIT * 2)
    return "\n".join(lignes)


def _tableau(tableau: Tableau, colonnes: Sequence[int] = ()) -> str:
    """Columns as wide as their content; the last one is folded under itself."""
    if not tableau.lignes:
        return ""
    gardees = list(colonnes) or list(range(len(tableau.colonnes)))
    titres = [tableau.colonnes[i].titre for i in gardees]
    corps = [[_cellule(ligne[i]) for i in gardees] for ligne in tableau.lignes]
    larges = [max(len(x) for x in colonne) for colonne in zip(titres, *corps, strict=True)]
    while sum(larges) + 2 * (len(larges) - 1) > LARGEUR and max(larges) > COLONNE_MIN:
        larges[larges.index(max(larges))] -= 1
    droite = [tableau.colonnes[i].nombre for i in gardees]
    lignes = [_titre(tableau.legende)]
    for rangee in [titres, *corps]:
        plies = [_plier(x, largeur=n) or [""] for x, n in zip(rangee, larges, strict=True)]
        for k in range(max(len(p) for p in plies)):
            morceaux = [p[k] if k < len(p) else "" for p in plies]
            cadres = [
                m.rjust(n) if d else m.ljust(n) for m, n, d in zip(morceaux, larges, droite, strict=True)
            ]
            lignes.append("  ".join(cadres).rstrip())
    return "\n".join([*lignes, *_plier(tableau.note)])


def _cellule(cellule: Cellule) -> str:
    """The whole text, or its short form where it would fill the screen (the 201 towns of a programme)."""
    return cellule.court if cellule.court and len(cellule.texte) > CELLULE_MAX else cellule.texte


def _sources(note: Note) -> str:
    lignes = [_titre(note.sources.legende)] if note.sources.lignes else []
    for producteur, jeu, millesime, *_ in note.sources.lignes:
        lignes += _plier(f"{producteur.texte}, {jeu.texte}, {millesime.texte}", premier="* ", suivant=RETRAIT)
    return "\n".join(lignes)


def _titre(texte: str) -> str:
    """A heading, underlined."""
    lignes = _plier(texte)
    return "\n".join([*lignes, "-" * max(len(x) for x in lignes)])


def _plier(texte: str, *, premier: str = "", suivant: str = "", largeur: int = LARGEUR) -> list[str]:
    for espace, joint in zip(_INSECABLES, _JOINTS, strict=True):
        texte = texte.replace(espace, joint)
    trop_long = any(len(mot) > largeur - len(suivant) for mot in texte.split())
    lignes = textwrap.wrap(
        texte, width=largeur, initial_indent=premier, subsequent_indent=suivant, break_long_words=True,
        break_on_hyphens=trop_long,
    )  # fmt: skip
    for espace, joint in zip(_INSECABLES, _JOINTS, strict=True):
        lignes = [x.replace(joint, espace) for x in lignes]
    return lignes
