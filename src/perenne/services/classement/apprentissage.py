"""Learn from texts read by people what the patterns are worth, and what words they forget."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from scipy import sparse

from perenne.domain.classement.decision import Analyse, analyser
from perenne.domain.classement.modele import Lineaire, Modele, longueur, unites
from perenne.domain.classement.traits import TRAITS
from perenne.domain.classement.types import Reperage
from perenne.domain.savoir.activites import Activite
from perenne.domain.texte import normaliser
from perenne.services.classement.logistique import ajuster
from perenne.services.classement.textes_lus import TexteLu

EXEMPLES_MINIMUM = 6
"""Texts needed before an activity gets a linear model: rarer ones keep their patterns alone."""

TEXTES_PAR_MOT = 3
"""A word or pair of words seen in fewer texts is left out: it would be learnt by heart, or name someone."""

PENALITE_MOTS, PENALITE_TRAITS = 0.1, 2.0
MOTS_GARDES = 250
"""Words kept per activity, the heaviest first: the file stays small and readable."""

PLIS = 5


def forme_de(lu: TexteLu) -> str:
    """The normalised text that is searched."""
    return f"{normaliser(lu.fiche.nom)} {normaliser(lu.fiche.texte)}".strip()


def plis(nombre: int, k: int = PLIS, graine: int = 0) -> list[Any]:
    """`k` disjoint sets of ranks, drawn once and for all by `graine`."""
    return np.array_split(np.random.default_rng(graine).permutation(nombre), k)


def apprendre_mots(lus: Sequence[TexteLu]) -> dict[str, Lineaire]:
    """One linear model per activity with enough texts."""
    formes = [forme_de(lu) for lu in lus]
    frequences = Counter(u for f in formes for u in unites(f))
    vocabulaire = sorted(u for u, n in frequences.items() if n >= TEXTES_PAR_MOT and not _est_nombre(u))
    rang = {u: i for i, u in enumerate(vocabulaire)}
    lignes, colonnes, valeurs = [], [], []
    for i, forme in enumerate(formes):
        for u in unites(forme) & rang.keys():
            lignes.append(i)
            colonnes.append(rang[u])
            valeurs.append(1 / longueur(forme))
    x = sparse.csr_matrix((valeurs, (lignes, colonnes)), shape=(len(formes), len(vocabulaire)))
    compte = Counter(a for lu in lus for a in lu.activites)
    modeles = {}
    for activite in sorted(a for a, n in compte.items() if EXEMPLES_MINIMUM <= n < len(lus)):
        y = np.array([activite in lu.activites for lu in lus])
        biais, poids = ajuster(x, y, penalite=PENALITE_MOTS, equilibre=True)
        gardes = np.argsort(-np.abs(poids), kind="stable")[:MOTS_GARDES]
        modeles[activite] = Lineaire(
            biais=round(biais, 3), poids={vocabulaire[i]: round(float(poids[i]), 3) for i in sorted(gardes)}
        )
    return modeles


def _est_nombre(unite: str) -> bool:
    return any(c.isdigit() for c in unite)


def apprendre(
    lus: Sequence[TexteLu],
    activites: Mapping[str, Activite],
    reperage: Reperage,
    *,
    avec_mots: bool = False,
    seuil: float,
    seuil_haute: float,
) -> Modele:
    """The whole model: reliability of patterns, words, weight of each trait.

    Every text is weighed with what the others taught (its own reading left out of the reliabilities, its own
    fold left out of the words): otherwise the patterns and words would look better than they are.
    """
    vide = Modele(coefficients={})
    mots = apprendre_mots(lus) if avec_mots else {}
    analyses: list[Analyse | None] = [None] * len(lus)
    for pli in plis(len(lus)):
        dehors = set(pli.tolist())
        des_autres = apprendre_mots([lu for i, lu in enumerate(lus) if i not in dehors]) if avec_mots else {}
        modele_pli = Modele(coefficients={}, lineaires=des_autres)
        for i in dehors:
            analyses[i] = analyser(lus[i].fiche, activites, reperage, modele_pli)
    faites = [a for a in analyses if a is not None]
    fiabilites = compter_motifs(faites, lus, activites)
    lignes: list[list[float]] = []
    reponses: list[bool] = []
    for analyse, lu in zip(faites, lus, strict=True):
        propre = compter_motifs([analyse], [lu], activites)
        sans_lui = {
            c: (n - propre[c][0], j - propre[c][1]) if c in propre else (n, j)
            for c, (n, j) in fiabilites.items()
        } if propre else fiabilites  # fmt: skip
        sans = replace(analyse, modele=Modele(coefficients={}, fiabilites=sans_lui))
        for activite in sans.possibles:
            lignes.append(sans.traits(activite))
            reponses.append(activite in lu.activites)
    biais, poids = ajuster(np.array(lignes), np.array(reponses), penalite=PENALITE_TRAITS)
    coefficients = {"constante": round(biais, 3)} | {
        t: round(float(p), 3) for t, p in zip(TRAITS, poids, strict=True)
    }
    return Modele(
        coefficients=coefficients, fiabilites=fiabilites, lineaires=mots or vide.lineaires,
        seuil=seuil, seuil_haute=seuil_haute,
    )  # fmt: skip


def compter_motifs(
    analyses: Sequence[Analyse], lus: Sequence[TexteLu], activites: Mapping[str, Activite]
) -> dict[tuple[str, str], tuple[int, int]]:
    """For each strong pattern: texts matched, texts where the reader saw the activity."""
    vus: Counter[tuple[str, str]] = Counter()
    justes: Counter[tuple[str, str]] = Counter()
    for analyse, lu in zip(analyses, lus, strict=True):
        for activite, releve in analyse.releves.items():
            for rang in releve.motifs:
                cle = (activite, activites[activite].motifs.forts[rang])
                vus[cle] += 1
                justes[cle] += activite in lu.activites
    return {cle: (n, justes[cle]) for cle, n in vus.items()}
