"""The answer, first: what weighs, against whom, which needs, who acts, which precedents, what next."""

from __future__ import annotations

from collections.abc import Sequence

from perenne.domain.territoire.mesures import Lecture
from perenne.domain.territoire.resultat import BesoinLu, Diagnostic
from perenne.reports.note.elements import Point
from perenne.reports.note.phrases import dire_mesure, dire_place, dire_strate, nommer_acteur, nommer_besoin
from perenne.reports.offre.phrases import dire_offre
from perenne.reports.typographie import accorder, composer, lister, minuscule

CITES = 3
"""How many items a sentence names before it counts the rest."""


def _citer(lecture: Lecture) -> str:
    indicateur = lecture.indicateur
    libelle = composer(indicateur.libelle_court)
    valeur = dire_mesure(lecture.mesure, indicateur.unite, indicateur.decimales)
    return f"{minuscule(libelle)} ({valeur}, {dire_place(lecture)})"


def _pese(diagnostic: Diagnostic) -> Point:
    lues = [x for x in diagnostic.lectures if x.fragilite is not None]
    saillants = diagnostic.saillants
    secrets = [x for x in diagnostic.lectures if x.mesure.statut == "secret"]
    if not lues:
        texte = "aucun indicateur de fragilité n’est comparable ici avec les données de l’atlas."
        commune = next((r for r in diagnostic.rattachements if r.type == "commune"), None)
        if diagnostic.territoire.type == "qpv" and commune is not None:
            texte += f" La note de sa commune, {commune.nom} ({commune.code}), donne le contexte."
    elif not saillants:
        texte = (
            f"sur {accorder(len(lues), 'indicateur comparé', 'indicateurs comparés')}, aucun ne place le "
            "territoire dans le quart le plus fragile de son groupe."
        )
    else:
        annonce = ", notamment" if len(saillants) > CITES else " :"
        verbe = "place" if len(saillants) == 1 else "placent"
        texte = (
            f"sur {accorder(len(lues), 'indicateur comparé', 'indicateurs comparés')}, "
            f"{len(saillants)} {verbe} "
            f"le territoire dans le quart le plus fragile de son groupe{annonce} "
            f"{lister(_citer(x) for x in saillants[:CITES])}."
        )
    atouts = diagnostic.atouts
    if atouts:
        noms = lister(_nom(x) for x in atouts[:CITES])
        surtout = "notamment " if len(atouts) > CITES else ""
        texte += f" À l’inverse, il tient mieux que les trois quarts des autres {surtout}sur {noms}."
    if secrets:
        texte += f" {accorder(len(secrets), 'indicateur')} sous secret statistique : ce n’est pas un zéro."
    return Point(titre="Ce qui pèse ici", texte=composer(texte[0].upper() + texte[1:]))


def _nommer_besoins(besoins: Sequence[BesoinLu]) -> str:
    """The first ones by name, then how many more: a list cut in silence would read as complete."""
    reste = len(besoins) - CITES
    if reste <= 1:
        return lister(nommer_besoin(b) for b in besoins)
    return lister([*(nommer_besoin(b) for b in besoins[:CITES]), accorder(reste, "autre")])


def _nom(lecture: Lecture) -> str:
    libelle = composer(lecture.indicateur.libelle_court)
    return f"« {minuscule(libelle)} »"


def _compare(diagnostic: Diagnostic) -> Point:
    texte = f"{dire_strate(diagnostic.strate)}."
    if diagnostic.strate.elargie:
        texte += " Le groupe a été élargi : le groupe le plus proche comptait trop peu de territoires."
    observes = [x for x in diagnostic.lectures if x.mesure.valeur is not None]
    if observes and not any(x.percentile is not None for x in observes):
        texte += " Ce groupe compte trop peu de valeurs : aucun rang n’est donné."
    if diagnostic.pairs:
        texte += f" Les plus proches : {lister(p.nom for p in diagnostic.pairs[:CITES])}."
    return Point(titre="Comparé à", texte=composer(texte))


def _besoins(diagnostic: Diagnostic) -> Point:
    marques = [b for b in diagnostic.besoins if b.niveau == "marque"]
    presents = [b for b in diagnostic.besoins if b.niveau == "present"]
    muets = [b for b in diagnostic.besoins if b.niveau == "non-documente"]
    phrases = []
    if marques:
        phrases.append(f"nettement documentés : {_nommer_besoins(marques)}")
    if presents:
        phrases.append(f"documentés : {_nommer_besoins(presents)}")
    texte = " ; ".join(phrases) or "les indicateurs de l’atlas n’en font ressortir aucun"
    texte = texte[0].upper() + texte[1:] + "."
    if muets:
        autres = (
            accorder(len(muets), "autre besoin", "autres besoins") if phrases else f"{len(muets)} besoins"
        )
        texte += (
            f" Sur {autres}, l’atlas ne permet pas de conclure : cela ne veut pas dire qu’ils n’existent pas."
        )
    return Point(titre="Besoins", texte=composer(texte))


def _agit(diagnostic: Diagnostic) -> Point:
    noms = [nommer_acteur(a.acteur, a.nom or a.libelle, bool(a.nom)) for a in diagnostic.acteurs]
    texte = dire_offre(diagnostic.offre)
    if noms:
        reste = len(noms) - 2 * CITES
        cites = noms[: 2 * CITES] + ([accorder(reste, "autre acteur", "autres acteurs")] if reste > 0 else [])
        texte += f" Peuvent agir : {lister(cites)}."
    return Point(titre="Qui agit, qui peut agir", texte=composer(texte))


def _precedents(diagnostic: Diagnostic) -> Point:
    if not diagnostic.precedents:
        texte = "Aucun cas de l’étude n’est assez proche pour être cité."
    else:
        cites = (f"{p.nom} ({p.territoire})" if p.territoire else p.nom for p in diagnostic.precedents[:3])
        texte = f"{lister(cites)}."
    return Point(titre="Précédents", texte=composer(texte))


def _suites(diagnostic: Diagnostic) -> Point:
    if not diagnostic.suites:
        texte = "Compléter d’abord le diagnostic avec les acteurs du territoire."
    else:
        titres = (minuscule(s.libelle) for s in diagnostic.suites[:CITES])
        texte = f"{lister(titres)}."
        texte = texte[0].upper() + texte[1:]
    return Point(titre="Possible ensuite", texte=composer(texte))


def rediger_essentiel(diagnostic: Diagnostic) -> tuple[Point, ...]:
    """The six lines of the answer, each true on its own, in the order of the questions an élu asks."""
    return (
        _pese(diagnostic),
        _compare(diagnostic),
        _besoins(diagnostic),
        _agit(diagnostic),
        _precedents(diagnostic),
        _suites(diagnostic),
    )
