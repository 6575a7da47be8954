"""Searches the items of the knowledge base: accents and endings ignored, best first, all kinds."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any

from perenne.domain.savoir.base import BaseSavoir, intitule
from perenne.domain.texte import normaliser

MOTS_VIDES = frozenset(
    {
        "a",
        "au",
        "aux",
        "avec",
        "ce",
        "ces",
        "cette",
        "d",
        "dans",
        "de",
        "des",
        "du",
        "elle",
        "en",
        "est",
        "et",
        "il",
        "l",
        "la",
        "le",
        "les",
        "leur",
        "ne",
        "ou",
        "par",
        "pas",
        "pour",
        "qu",
        "que",
        "qui",
        "s",
        "sa",
        "se",
        "ses",
        "son",
        "sont",
        "sur",
        "un",
        "une",
    }
)
CHAMPS_FORTS = {"id", "titre", "nom", "sigle", "alias", "code", "libelle", "nom_court", "libelle_court"}
CHAMPS_IGNORES = {"motifs", "essais"}
"""Detection patterns and made-up texts: they hold words, not knowledge."""
CHAMPS_SANS_EXTRAIT = {"si", "section", "url", "document", "_id"}
"""Searched, but never shown as a passage."""

POIDS_FORT = 6
POIDS_COURANT = 1
SATURATION = 1.5
LONGUEUR_EXTRAIT = 140


@dataclass(frozen=True, kw_only=True)
class Resultat:
    """One item found.

    Attributes:
        score: higher is better; comparable within one search only.
        mots: how many words of the query it holds.
        extrait: a passage that holds one of them; empty when only the title does.
    """

    genre: str
    id: str
    intitule: str
    score: float
    mots: int
    extrait: str


@dataclass(frozen=True)
class _Document:
    genre: str
    id: str
    intitule: str
    poids: Counter[str]
    textes: tuple[str, ...]


class Index:
    """The words of every item of a base, stemmed once."""

    def __init__(self, base: BaseSavoir) -> None:
        self.documents = [
            _indexer(genre, identifiant, fiche)
            for genre, fiches in base.fiches.items()
            for identifiant, fiche in fiches.items()
        ]
        self.frequences = Counter(racine for d in self.documents for racine in d.poids)

    def chercher(self, requete: str, limite: int = 20) -> list[Resultat]:
        """The items that hold most words of the query, then those where they weigh most.

        Args:
            requete: words in French, accents and capitals free.
            limite: at most that many results.
        """
        voulues = tuple(dict.fromkeys(racines(requete)))
        trouves = [r for d in self.documents if (r := self._noter(d, voulues)) is not None]
        trouves.sort(key=lambda r: (-r.mots, -r.score, r.genre, r.id))
        return trouves[:limite]

    def _noter(self, document: _Document, voulues: tuple[str, ...]) -> Resultat | None:
        presentes = [r for r in voulues if r in document.poids]
        if not presentes:
            return None
        score = sum(self._rarete(r) * _saturer(document.poids[r]) for r in presentes)
        return Resultat(
            genre=document.genre,
            id=document.id,
            intitule=document.intitule,
            score=score,
            mots=len(presentes),
            extrait=_extrait(document.textes, frozenset(presentes)),
        )

    def _rarete(self, racine: str) -> float:
        return math.log(1 + len(self.documents) / self.frequences[racine])


def racines(texte: str) -> list[str]:
    """The stems of a text, empty words left out, in order."""
    return [_racine(mot) for mot in normaliser(texte).split() if mot not in MOTS_VIDES]


@cache
def _racine(mot: str) -> str:
    # The stemmer knows accented French; without accents it strips less, the same way on both sides.
    return str(_racineur().stemWord(mot))


@cache
def _racineur() -> Any:
    import snowballstemmer  # noqa: PLC0415 — it loads thirty languages: only searching pays for it

    return snowballstemmer.stemmer("french")


def _saturer(poids: float) -> float:
    return poids * (SATURATION + 1) / (poids + SATURATION)


def _indexer(genre: str, identifiant: str, fiche: Any) -> _Document:
    poids: Counter[str] = Counter()
    textes: list[str] = []
    for cle, texte in _textes(fiche, ""):
        fort = cle in CHAMPS_FORTS
        for racine in racines(texte):
            poids[racine] += POIDS_FORT if fort else POIDS_COURANT
        if not fort and cle not in CHAMPS_SANS_EXTRAIT:
            textes.append(texte)
    return _Document(genre, identifiant, intitule(fiche), poids, tuple(textes))


def _textes(valeur: Any, cle: str) -> Iterator[tuple[str, str]]:
    """Every text of an item with its key; only the keys of the item itself may be strong."""
    if isinstance(valeur, str):
        yield cle, valeur
    elif isinstance(valeur, tuple):
        for v in valeur:
            yield from _textes(v, cle)
    elif isinstance(valeur, dict):
        for c, v in valeur.items():
            yield "", f"{c} {v}" if isinstance(v, str) else str(c)
    elif is_dataclass(valeur):
        for champ in fields(valeur):
            if champ.name not in CHAMPS_IGNORES:
                nom = champ.name
                yield from _textes(getattr(valeur, nom), f"_{nom}" if cle and nom in CHAMPS_FORTS else nom)


def _extrait(textes: tuple[str, ...], voulues: frozenset[str]) -> str:
    """The passage that holds most of the words, cut at word boundaries."""
    meilleur, trouvees = "", 0
    for texte in textes:
        presentes = len(voulues.intersection(racines(texte)))
        if presentes > trouvees and " " in texte:
            meilleur, trouvees = texte, presentes
    mots = meilleur.split()
    premier = next((i for i, m in enumerate(mots) if voulues.intersection(racines(m))), 0)
    debut, longueur, fin = max(0, premier - 6), 0, max(0, premier - 6)
    while fin < len(mots) and longueur + len(mots[fin]) < LONGUEUR_EXTRAIT:
        longueur += len(mots[fin]) + 1
        fin += 1
    return ("… " if debut else "") + " ".join(mots[debut:fin]) + (" …" if fin < len(mots) else "")
