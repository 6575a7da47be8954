"""Leave-one-enterprise-out: each case is advised as if it were not in the base, then compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from perenne.domain.leviers.classement import classer
from perenne.domain.leviers.evaluation.masque import MASQUES, Masque, faits_du_cas
from perenne.domain.leviers.evaluation.mesures import MESURES, Intervalle, couverture, intervalle, tirer
from perenne.domain.leviers.evaluation.references import esperance_hasard, liens, popularite, thematique
from perenne.domain.leviers.modele import Modele

GRAINE = 20261123
PRINCIPAL: Masque = "deduit"


@dataclass(frozen=True)
class Methode:
    """One way of ordering the actions, and what it is worth.

    Attributes:
        nom: `hasard`, `popularite`, `thematique`, or `regles:<mask>`.
        mesures: by measure, mean over cases with its interval (none for chance: it is exact).
        ecarts: by measure, paired difference with popularity.
        couverture: share of the actions met among the first five of some case; None for chance.
        ordres: by case.
    """

    nom: str
    mesures: Mapping[str, Intervalle]
    ecarts: Mapping[str, Intervalle]
    couverture: float | None
    ordres: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Epreuve:
    """The whole evaluation.

    Attributes:
        cas: identifiers of the cases tried; `sans_action` those without any action to find.
        liens: number of case × action links.
        visibles: by mask, mean number of facts left to the rules.
    """

    cas: tuple[str, ...]
    sans_action: tuple[str, ...]
    liens: int
    actions: int
    methodes: tuple[Methode, ...]
    visibles: Mapping[str, float]

    def methode(self, nom: str) -> Methode:
        """A method by name."""
        return next(m for m in self.methodes if m.nom == nom)

    @property
    def but_atteint(self) -> bool:
        """Whether rules beat popularity on nDCG@5 with an interval above zero, under the protocol's mask."""
        return self.methode(f"regles:{PRINCIPAL}").ecarts["ndcg@5"].bas > 0


def ordre_des_regles(modele: Modele, cas: str, masque: Masque) -> tuple[str, ...]:
    """The order that the rules give to a masked case, without actor nor law: the points alone.

    Equal points are separated by the precedents of the other cases.
    """
    fiche = modele.savoir.cas[cas]
    faits = faits_du_cas(fiche, masque)
    points = [g.total(faits) for g in modele.grilles]
    ordre = classer(modele.actions, points, modele.nombre_de_cas(sauf=cas))
    return tuple(modele.actions[r].id for r in ordre)


def eprouver(modele: Modele, *, graine: int = GRAINE) -> Epreuve:
    """Try every case of the base that received at least one action, failed ones included."""
    pratiques = {c: p for c, p in modele.pratiques.items() if p}
    actions = [a.id for a in modele.actions]
    cas = tuple(pratiques)
    themes = {c: modele.savoir.cas[c].theme for c in cas}
    indices = tirer(len(cas), graine)
    ordres: dict[str, dict[str, tuple[str, ...]]] = {"popularite": {}, "thematique": {}}
    for c in cas:
        autres = [pratiques[x] for x in cas if x != c]
        memes = [pratiques[x] for x in cas if x != c and themes[x] == themes[c]]
        ordres["popularite"][c] = tuple(popularite(actions, autres))
        ordres["thematique"][c] = tuple(thematique(actions, autres, memes))
    for masque in MASQUES:
        ordres[f"regles:{masque}"] = {c: ordre_des_regles(modele, c, masque) for c in cas}
    reference = _valeurs(ordres["popularite"], pratiques)
    methodes = [_hasard(pratiques, len(actions), reference)]
    for nom, par_cas in ordres.items():
        valeurs = _valeurs(par_cas, pratiques)
        methodes.append(
            Methode(
                nom,
                {m: intervalle(v, indices) for m, v in valeurs.items()},
                {
                    m: intervalle([a - b for a, b in zip(v, reference[m], strict=True)], indices)
                    for m, v in valeurs.items()
                },
                couverture(list(par_cas.values()), 5, len(actions)),
                par_cas,
            )
        )
    return Epreuve(
        cas,
        tuple(c for c, p in modele.pratiques.items() if not p),
        liens(pratiques),
        len(actions),
        tuple(methodes),
        {m: sum(len(faits_du_cas(modele.savoir.cas[c], m)) for c in cas) / len(cas) for m in MASQUES},
    )


def _valeurs(
    ordres: Mapping[str, Sequence[str]], pratiques: Mapping[str, frozenset[str]]
) -> dict[str, list[float]]:
    return {nom: [mesure(ordres[c], pratiques[c]) for c in pratiques] for nom, mesure in MESURES.items()}


def _hasard(
    pratiques: Mapping[str, frozenset[str]], nombre: int, reference: Mapping[str, Sequence[float]]
) -> Methode:
    exactes = {}
    ecarts = {}
    for nom in MESURES:
        valeurs = [esperance_hasard(nom, nombre, len(p)) for p in pratiques.values()]
        moyenne = sum(valeurs) / len(valeurs)
        exactes[nom] = Intervalle(moyenne, moyenne, moyenne)
        ecart = moyenne - sum(reference[nom]) / len(valeurs)
        ecarts[nom] = Intervalle(ecart, ecart, ecart)
    return Methode("hasard", exactes, ecarts, None, {})
