"""Measure the classifier on texts it has not learnt from, beside simpler ways, in one run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from perenne.domain.classement.decision import Classeur
from perenne.domain.classement.mesures import Bilan, Comptes, compter
from perenne.domain.classement.traits import relever
from perenne.domain.classement.types import Confiance, Reperage
from perenne.domain.savoir.activites import Activite
from perenne.services.classement.apprentissage import apprendre, forme_de, plis
from perenne.services.classement.textes_lus import TexteLu

Predictions = list[dict[str, Confiance]]
"""For each text, the confidence of each activity given."""


@dataclass(frozen=True, kw_only=True)
class Methode:
    """One way to classify and what it gives."""

    nom: str
    bilan: Bilan


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    """The measures of one run.

    Attributes:
        methodes: the whole classifier first, then what it is compared with.
        par_confiance: counts of the labels of each confidence (missed labels: all those not given by it).
    """

    textes: int
    methodes: tuple[Methode, ...]
    par_confiance: Mapping[Confiance, Comptes]


def predire(classeur: Classeur, lus: Sequence[TexteLu]) -> Predictions:
    """The answer for each text; labels that only a code speaks for are left out, as they are not measured."""
    return [
        {e.activite: e.confiance for e in classeur.classer(lu.fiche) if e.confiance != "faible"} for lu in lus
    ]


def valider(
    lus: Sequence[TexteLu],
    activites: Mapping[str, Activite],
    reperage: Reperage,
    *,
    avec_mots: bool,
    seuil: float,
    seuil_haute: float,
    k: int = 5,
    graine: int = 1,
) -> Predictions:
    """Cross-validation: each fold is classified by a model learnt on the others."""
    resultats: Predictions = [{} for _ in lus]
    for pli in plis(len(lus), k, graine):
        dehors = set(pli.tolist())
        modele = apprendre(
            [lu for i, lu in enumerate(lus) if i not in dehors], activites, reperage,
            avec_mots=avec_mots, seuil=seuil, seuil_haute=seuil_haute,
        )  # fmt: skip
        classeur = Classeur(activites=activites, reperage=reperage, modele=modele, decisions={})
        for i, reponse in zip(
            sorted(dehors), predire(classeur, [lus[i] for i in sorted(dehors)]), strict=True
        ):
            resultats[i] = reponse
    return resultats


def motifs_seuls(lus: Sequence[TexteLu], reperage: Reperage) -> list[set[str]]:
    """Activities with a strong pattern that no excluded phrase cancels anywhere in the text."""
    return [
        {a for a, r in relever(reperage.reperer(forme_de(lu)), fenetre=10**9).items() if r.forts}
        for lu in lus
    ]


def bilan_de(
    nom: str, lus: Sequence[TexteLu], donnes: Sequence[AbstractSet[str]], ids: Sequence[str]
) -> Methode:
    """The counts of one way to classify."""
    return Methode(nom=nom, bilan=compter([lu.activites for lu in lus], donnes, ids))


def par_confiance(lus: Sequence[TexteLu], predictions: Predictions) -> dict[Confiance, Comptes]:
    """Right and wrong labels of each confidence."""
    niveaux: tuple[Confiance, ...] = ("haute", "moyenne")
    resultat = {}
    for niveau in niveaux:
        donnes = [{a for a, c in p.items() if c == niveau} for p in predictions]
        resultat[niveau] = compter([lu.activites for lu in lus], donnes, []).total
    return resultat
