"""The evaluation: published baselines, hand-computed measures, and a mask through which nothing leaks."""

from __future__ import annotations

import dataclasses
import itertools
import math
from collections.abc import Mapping

import numpy as np
import pytest
from scipy import stats

from perenne.domain.leviers.evaluation.beta import quantile_beta, repartition_beta
from perenne.domain.leviers.evaluation.croisement import croiser
from perenne.domain.leviers.evaluation.epreuve import eprouver, ordre_des_regles
from perenne.domain.leviers.evaluation.masque import MASQUES, faits_du_cas
from perenne.domain.leviers.evaluation.mesures import MESURES, couverture, intervalle, ndcg, tirer
from perenne.domain.leviers.evaluation.references import esperance_hasard, popularite, thematique
from perenne.domain.leviers.modele import Modele, construire_modele
from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.savoir.cas import Cas

# Sixty links coded from the study before this software existed; a to f: actions 1 to 6 of the lever.
LIENS = """
loco-motives: 1a 1c 3b 4a 6b
ambiance-bois: 1b 2b 3b 5a 5b 5c
8-fablab-drome: 1a 1b 1c 1d 3a 3b 6a
bell-occas: 1b 1e 1f 2a 2b 3b 3c 6b
desbals-services: 1a 2b
espace-culturel-chaillol: 1d 1e 2b 4b
cpie-haut-doubs: 1c 2b
amis-pierre-masgot: 1a 1c 2b 5b
cafe-pluche: 1c 2b 5a 5b
sos-gramounes: 1a
habit-age: 1b 1c 2b 4a
centre-sante-3-cites: 2c
la-pioche: 6a
reseau-pouce-pouce: 1a 1c 1f 4b
cap-sport: 1a 1c 2b 4a
hercule-insertion: 2b 3b 4b
"""


def _liens(modele: Modele) -> dict[str, frozenset[str]]:
    codes = {a.code: a.id for a in modele.actions}
    lignes = [ligne.split(": ") for ligne in LIENS.strip().splitlines()]
    return {
        cas: frozenset(codes[f"L{x[0]}.{'abcdef'.index(x[1]) + 1}"] for x in liens.split())
        for cas, liens in lignes
    }


def _moyennes(modele: Modele, nom: str) -> Mapping[str, float]:
    liens = _liens(modele)
    actions = [a.id for a in modele.actions]
    themes = {c: modele.savoir.cas[c].theme for c in liens}
    ordres = {}
    for cas in liens:
        autres = [liens[x] for x in liens if x != cas]
        memes = [liens[x] for x in liens if x != cas and themes[x] == themes[cas]]
        ordres[cas] = popularite(actions, autres) if nom == "pop" else thematique(actions, autres, memes)
    return {m: sum(f(ordres[c], liens[c]) for c in liens) / len(liens) for m, f in MESURES.items()}


def test_the_published_baselines_are_found_again(modele: Modele) -> None:
    assert sum(map(len, _liens(modele).values())) == 60
    pop, theme = _moyennes(modele, "pop"), _moyennes(modele, "theme")
    assert [round(pop[m], 2) for m in ("rappel@3", "rappel@5", "touche@3")] == [0.47, 0.58, 0.88]
    assert [round(theme[m], 2) for m in ("rappel@3", "rappel@5", "touche@3")] == [0.38, 0.48, 0.81]
    assert round(esperance_hasard("rappel@3", 19, 4), 2) == 0.16
    assert round(esperance_hasard("rappel@5", 19, 4), 2) == 0.26


def test_measures_computed_by_hand() -> None:
    ordre, vrais = ["a", "b", "c", "d", "e", "f"], {"b", "e", "f", "z"}
    assert MESURES["rappel@3"](ordre, vrais) == 1 / 4
    assert MESURES["rappel@5"](ordre, vrais) == 2 / 4
    assert MESURES["touche@3"](ordre, vrais) == 1.0
    attendu = (1 / math.log2(3) + 1 / math.log2(6)) / sum(1 / math.log2(i) for i in (2, 3, 4, 5))
    assert ndcg(5)(ordre, vrais) == pytest.approx(attendu)
    assert ndcg(5)(["a", "b"], {"a", "b"}) == pytest.approx(1.0)
    assert couverture([["a", "b"], ["a", "c"]], 1, 4) == 0.25


def test_chance_agrees_with_drawing() -> None:
    tirage = np.random.default_rng(1)
    actions = [str(i) for i in range(19)]
    vrais = {"0", "1", "2", "3"}
    ordres = [[actions[i] for i in tirage.permutation(19)] for _ in range(4000)]
    for nom, mesure in MESURES.items():
        vue = sum(mesure(o, vrais) for o in ordres) / len(ordres)
        assert vue == pytest.approx(esperance_hasard(nom, 19, 4), abs=0.02)


def test_the_bootstrap_is_paired_and_repeatable() -> None:
    indices = tirer(16, 3, 500)
    assert np.array_equal(indices, tirer(16, 3, 500))
    constante = intervalle([0.25] * 16, indices)
    assert (constante.moyenne, constante.bas, constante.haut) == (0.25, 0.25, 0.25)
    assert constante.exclut_zero
    assert not intervalle([1.0, -1.0] * 8, indices).exclut_zero


def _sans_faits(cas: Cas) -> Cas:
    """The case as it would be if its levers had never been written, nor what was deduced from them."""
    ids = {f.id for f in cas.faits}
    return dataclasses.replace(
        cas,
        faits=(),
        evaluations=tuple(e for e in cas.evaluations if not ids & set(e.deduit_de)),
        situation=tuple(s for s in cas.situation if not ids & set(s.deduit_de)),
    )


def _avec(base: BaseSavoir, cas: Cas) -> BaseSavoir:
    fiches = {**base.fiches, "cas": {**base.fiches["cas"], cas.id: cas}}
    return dataclasses.replace(base, fiches=fiches)


def test_the_levers_of_the_case_that_is_held_out_change_nothing_to_its_order(
    base: BaseSavoir, modele: Modele
) -> None:
    """No leakage: erase the facts of a case from the base, and the order it is given does not move."""
    for cas in base.cas.values():
        efface = construire_modele(_avec(base, _sans_faits(cas)))
        for masque in ("deduit", "strict", "identite"):
            assert ordre_des_regles(modele, cas.id, masque) == ordre_des_regles(efface, cas.id, masque)


def test_a_planted_leak_is_hidden_by_the_mask(base: BaseSavoir, modele: Modele) -> None:
    cas = base.cas["bell-occas"]
    cites = {s.fait for s in cas.situation if s.deduit_de} | {
        f"critere_{e.critere.lower()}" for e in cas.evaluations if e.deduit_de
    }
    assert cites
    assert not cites & set(faits_du_cas(cas, "deduit"))
    assert cites <= set(faits_du_cas(cas, "aucun"))
    assert ordre_des_regles(modele, cas.id, "aucun") != ordre_des_regles(modele, cas.id, "deduit")


def test_each_mask_hides_at_least_what_the_one_before_hides(base: BaseSavoir) -> None:
    for cas in base.cas.values():
        vus = [set(faits_du_cas(cas, m)) for m in MASQUES]
        assert all(plus >= moins for plus, moins in itertools.pairwise(vus))


def test_a_case_added_to_the_base_is_tried_even_if_it_failed(base: BaseSavoir) -> None:
    modele_cas = base.cas["cafe-pluche"]
    faits = tuple(dataclasses.replace(f, id=f"C9{i:02d}") for i, f in enumerate(modele_cas.faits))
    ajoute = dataclasses.replace(
        modele_cas,
        id="fournil",
        faits=faits,
        vie=dataclasses.replace(modele_cas.vie, etat="arretee"),
    )
    epreuve = eprouver(construire_modele(_avec(base, ajoute)))
    assert "fournil" in epreuve.cas
    assert len(epreuve.cas) == len(base.cas) + 1


def test_the_evaluation_prints_its_baselines_whoever_wins(modele: Modele) -> None:
    epreuve = eprouver(modele)
    noms = [m.nom for m in epreuve.methodes]
    assert noms[:3] == ["hasard", "popularite", "thematique"]
    assert {f"regles:{m}" for m in MASQUES} <= set(noms)
    ecart = epreuve.methode("regles:deduit").ecarts["ndcg@5"]
    assert epreuve.but_atteint is (ecart.bas > 0)
    assert epreuve.methode("popularite").ecarts["ndcg@5"].moyenne == 0.0


@pytest.mark.parametrize(("a", "b"), [(0.5, 0.5), (1.0, 1.0), (3.2, 0.8), (16.5, 4.5), (0.05, 3.95)])
def test_beta_quantiles_agree_with_scipy(a: float, b: float) -> None:
    for p in (0.025, 0.5, 0.975):
        assert quantile_beta(p, a, b) == pytest.approx(stats.beta.ppf(p, a, b), abs=1e-9)
    for x in (0.0, 0.1, 0.5, 0.93, 1.0):
        assert repartition_beta(x, a, b) == pytest.approx(stats.beta.cdf(x, a, b), abs=1e-10)


def test_a_single_case_says_one_out_of_one_and_is_greyed(modele: Modele) -> None:
    cellules = {(c.axe, c.groupe, c.ligne): c for c in croiser(modele, ("tous", "theme", "activite"))}
    seule = cellules["activite", "ressourceries", "cooperations"]
    assert (seule.k, seule.n) == (1, 1)
    assert seule.grisee
    tous = cellules["tous", "", "financements-directs"]
    assert tous.n == 16
    assert not tous.grisee
    # Posterior of the whole by Jeffreys: (k + ½) / (n + 1).
    assert tous.moyenne == pytest.approx((tous.k + 0.5) / 17)
    # A theme is pulled towards the whole: between its raw share and the mean.
    for cle, c in cellules.items():
        if cle[0] == "theme":
            ensemble = cellules["tous", "", c.ligne].moyenne
            bas, haut = sorted((c.k / c.n, ensemble))
            assert bas <= c.moyenne <= haut
