"""Which enterprises bear a name, and how well: disjoint sets, the best first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from itertools import pairwise

from perenne.atlas.annuaire.index import Annuaire
from perenne.domain.annuaire.demande import Demande, Qualite
from perenne.domain.annuaire.masques import Masque
from perenne.domain.annuaire.mots import racine

COUPABLE_MIN = 5
"""A word this long that no name holds may be two words written together."""

Developpements = Mapping[str, tuple[str, ...]]
"""Acronyms with the words that they stand for."""


def repondre(
    annuaire: Annuaire, demande: Demande, developpements: Developpements
) -> list[tuple[Qualite, Masque]]:
    """The enterprises whose name holds the words, by quality.

    Args:
        demande: words, as read.
        developpements: acronyms with their words, both ways.

    Returns:
        Sets without any enterprise in common, the best first.
    """
    reponses: list[tuple[Qualite, Masque]] = [
        ("exact", annuaire.cles(demande.cle, entiere=True)),
        ("debut", annuaire.cles(demande.cle, entiere=False)),
        ("mots", _tous_les_mots(annuaire, demande.mots, developpements)),
        ("inacheve", _inacheve(annuaire, demande, developpements)),
    ]
    return _separer(reponses, annuaire)


def approcher(
    annuaire: Annuaire, demande: Demande, reponses: list[tuple[Qualite, Masque]]
) -> list[tuple[Qualite, Masque]]:
    """The answers, followed by those whose name holds words that may have been misspelt."""
    return _separer([*reponses, ("proche", _proches(annuaire, demande.mots))], annuaire)


def _separer(reponses: list[tuple[Qualite, Masque]], annuaire: Annuaire) -> list[tuple[Qualite, Masque]]:
    deja = annuaire.vide()
    separees: list[tuple[Qualite, Masque]] = []
    for qualite, masque in reponses:
        separees.append((qualite, masque & ~deja))
        deja |= masque
    return separees


def _croiser(masques: Sequence[Masque], vide: Masque) -> Masque:
    return reduce(lambda a, b: a & b, masques) if masques else vide


def _tous_les_mots(annuaire: Annuaire, mots: Sequence[str], developpements: Developpements) -> Masque:
    """Names that hold every word; one word or two, an acronym or its words, are the same."""
    par_mot = [_un_mot(annuaire, m, developpements) for m in mots]
    trouves = _croiser(par_mot, annuaire.vide())
    for place, (un, deux) in enumerate(pairwise(mots)):
        if len(un) + len(deux) >= COUPABLE_MIN and annuaire.frequence(un + deux):
            autres = [*par_mot[:place], *par_mot[place + 2 :]]
            trouves = trouves | _croiser([*autres, annuaire.mot(un + deux)], annuaire.vide())
    for sigle, suite in developpements.items():
        racines = {racine(m) for m in suite}
        if racines <= {racine(m) for m in mots}:
            autres = [m for m, mot in zip(par_mot, mots, strict=True) if racine(mot) not in racines]
            trouves = trouves | _croiser([*autres, annuaire.mot(sigle)], annuaire.vide())
    return trouves


def _un_mot(annuaire: Annuaire, mot: str, developpements: Developpements) -> Masque:
    masque = annuaire.mot(mot)
    if mot in developpements:
        masque = masque | _croiser([annuaire.mot(m) for m in developpements[mot]], annuaire.vide())
    if len(mot) >= COUPABLE_MIN and not annuaire.frequence(mot):
        masque = masque | _coupe(annuaire, mot)
    return masque


def _coupe(annuaire: Annuaire, mot: str) -> Masque:
    """Names that hold both parts of a word cut in two: « belloccas », « lescargot »."""
    masque = annuaire.vide()
    if mot[0] in "dl":
        masque = masque | annuaire.mot(mot[1:])
    for place in range(2, len(mot) - 1):
        gauche, droite = mot[:place], mot[place:]
        if annuaire.frequence(gauche) and annuaire.frequence(droite):
            masque = masque | (annuaire.mot(gauche) & annuaire.mot(droite))
    return masque


def _inacheve(annuaire: Annuaire, demande: Demande, developpements: Developpements) -> Masque:
    """Names that hold every word, the last one as the beginning of one."""
    debut = annuaire.debut(demande.inacheve)
    if len(demande.mots) < 2:
        return debut
    return debut & _tous_les_mots(annuaire, demande.mots[:-1], developpements)


def _proches(annuaire: Annuaire, mots: Sequence[str]) -> Masque:
    """Names that hold, for each word, the word or one that it may stand for."""
    par_mot = []
    for mot in mots:
        masque = annuaire.mot(mot)
        par_mot.append(masque | annuaire.mots(annuaire.proches(mot)))
    return _croiser(par_mot, annuaire.vide())
