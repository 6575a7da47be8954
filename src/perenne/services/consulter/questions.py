"""What is worth asking about an enterprise before advising levers: the facts that move the most points."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from perenne.domain.leviers.modele import Modele
from perenne.domain.savoir.base import BaseSavoir, intitule
from perenne.domain.savoir.criteres import Critere
from perenne.domain.savoir.expressions import Fait
from perenne.reports.typographie import composer, majuscule, minuscule
from perenne.services.leviers.modele import obtenir_modele

Genre = Literal["oui-non", "choix", "nombre", "autre"]
IDENTITE = ("forme_juridique", "stade")
"""Facts that describe the enterprise itself; a form asks them apart."""


@dataclass(frozen=True, kw_only=True)
class Reponse:
    """An answer that may be given."""

    code: str
    texte: str


@dataclass(frozen=True, kw_only=True)
class Question:
    """A fact to ask.

    Attributes:
        fait: its name: `critere_a8`, `fonds_europeens`.
        critere: code of the criterion of the grid; empty for a fact of the situation.
        genre: how it is answered.
        unite: of a number.
        reponses: of a choice.
        poids: points that its values move over the nineteen actions, signs apart.
    """

    fait: str
    critere: str
    titre: str
    question: str
    aide: str
    genre: Genre
    unite: str
    reponses: tuple[Reponse, ...]
    poids: float


def lister_questions(modele: Modele | None = None) -> tuple[Question, ...]:
    """Every fact that the points read, the heaviest first."""
    modele = modele or obtenir_modele()
    poids = _peser(modele)
    ordre = sorted(poids, key=lambda f: (-poids[f], f))
    base = modele.savoir
    return tuple(poser(f, base, poids[f]) for f in ordre if f in base.faits)


def poser(fait: str, base: BaseSavoir, poids: float = 0.0) -> Question:
    """The question about a fact; that of the grid when it is a criterion."""
    fiche = base.faits[fait]
    critere = (
        base.criteres.get(fait.removeprefix("critere_").upper()) if fait.startswith("critere_") else None
    )
    return Question(
        fait=fait,
        critere=critere.id if critere else "",
        titre=composer(majuscule(critere.titre if critere else fiche.libelle)),
        question=composer(critere.question if critere else fiche.question),
        aide=composer(critere.aide if critere else fiche.precision),
        genre=_genre(fiche),
        unite=fiche.unite,
        reponses=tuple(_reponses(fiche, critere, base)),
        poids=poids,
    )


def _peser(modele: Modele) -> Counter[str]:
    poids: Counter[str] = Counter()
    for grille in modele.grilles:
        for fait, points, _ in grille.effets:
            poids[fait] += abs(points)  # type: ignore[assignment]
        for signal in grille.signaux:
            for fait in signal.faits:
                poids[fait] += abs(signal.points)  # type: ignore[assignment]
    return poids


def _genre(fiche: Fait) -> Genre:
    genres: dict[str, Genre] = {"booleen": "oui-non", "choix": "choix", "nombre": "nombre"}
    return genres.get(fiche.type, "autre")


def _reponses(fiche: Fait, critere: Critere | None, base: BaseSavoir) -> Iterable[Reponse]:
    if critere is not None:
        lecture = critere.lecture
        for code, texte in (("oui", lecture.oui), ("moyen", lecture.moyen), ("non", lecture.non)):
            yield Reponse(code=code, texte=composer(f"{majuscule(code)} : {minuscule(texte)}"))
    elif fiche.genre_valeurs == "stade":
        for stade in sorted(base.stades.values(), key=lambda s: s.ordre):
            yield Reponse(code=stade.id, texte=composer(stade.titre))
    elif fiche.genre_valeurs:
        for code, autre in base.fiches.get(fiche.genre_valeurs, {}).items():
            yield Reponse(code=code, texte=composer(intitule(autre)))
    else:
        for code, texte in (fiche.valeurs or {}).items():
            yield Reponse(code=code, texte=composer(texte))
