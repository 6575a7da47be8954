"""What holds whatever the figures and the answers."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perenne.domain.entreprise.bilan import lire_bilan
from perenne.domain.entreprise.comptes import SoldeCompte, affecter
from perenne.domain.entreprise.concentration import herfindahl, herfindahl_avec_foules, nombre_effectif
from perenne.domain.entreprise.diagnostic import Diagnostic, diagnostiquer
from perenne.domain.entreprise.dossier import Dossier, Passage, Repondant, Reponse, Structure
from perenne.domain.entreprise.faits import tirer_faits
from perenne.domain.entreprise.postes import ACTIF, PASSIF
from perenne.domain.entreprise.profil import lire_etat
from perenne.domain.savoir.comptes import PlanComptable
from perenne.domain.savoir.ponderations import Ponderation
from perenne.services.savoir import obtenir_base

AU = dt.date(2026, 11, 23)
AVIS = st.sampled_from(["oui", "moyen", "non", "sans-objet", "ne-sait-pas"])
MONTANT = st.integers(-(10**9), 10**9)


@given(st.dictionaries(st.sampled_from([*ACTIF, *PASSIF]), MONTANT, min_size=1))
def test_tn_is_frng_minus_bfr_as_soon_as_the_sheet_balances(montants: dict) -> None:
    bilan = lire_bilan(montants)
    assert bilan is not None
    montants["fonds-propres"] = montants.get("fonds-propres", 0) + bilan.actif - bilan.passif
    juste = lire_bilan(montants)

    assert juste is not None
    assert juste.equilibre
    assert juste.tn == juste.frng - juste.bfr


COMPTES = (
    "1068", "164", "194", "2182", "2818", "370", "401", "4091", "411", "419", "431", "441", "467", "487",
    "512", "519", "606", "641", "681", "689", "707", "741", "7542", "756", "789",
)  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from(COMPTES), st.integers(-(10**8), 10**8)), min_size=2, max_size=40))
def test_a_balanced_trial_balance_gives_a_balanced_sheet_and_the_identity(lignes: list) -> None:
    plan = obtenir_base().de(PlanComptable)["associations"]
    soldes = [SoldeCompte(compte=c, libelle="", solde=s) for c, s in lignes]
    soldes.append(SoldeCompte(compte="110", libelle="", solde=-sum(s for _, s in lignes)))

    affectation = affecter(soldes, plan)
    bilan = lire_bilan(affectation.montants)

    assert bilan is not None
    assert bilan.equilibre
    assert bilan.tn == bilan.frng - bilan.bfr
    assert len(affectation.comptes) == len(soldes)


@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=30))
def test_the_effective_number_lies_between_one_and_the_number_of_payers(montants: list[int]) -> None:
    parts = [m / sum(montants) for m in montants]

    assert 1 - 1e-9 <= nombre_effectif(parts) <= len(parts) + 1e-6


def test_equal_payers_count_for_their_number_and_shares_must_sum_to_one() -> None:
    assert nombre_effectif([0.25] * 4) == pytest.approx(4)
    assert herfindahl([0.5, 0.3, 0.2]) == pytest.approx(0.38)
    with pytest.raises(ValueError, match="sum to 1"):
        herfindahl([0.5, 0.4])
    with pytest.raises(ValueError, match="negative"):
        nombre_effectif([1.5, -0.5])


def test_a_crowd_of_payers_weighs_by_its_number_and_an_uncounted_one_nothing() -> None:
    # 60 € from one, 40 € from 4 equal ones: 0.36 + 0.16/4 = 0.40; uncounted: 0.36.
    assert herfindahl_avec_foules([(60, 1), (40, 4)]) == pytest.approx(0.40)
    assert herfindahl_avec_foules([(60, 1), (40, 0)]) == pytest.approx(0.36)
    assert herfindahl_avec_foules([]) is None


def dossier_de(reponses: list[tuple[str, str, str]]) -> Dossier:
    return Dossier(
        structure=Structure(nom="Fictive", comptes_clos=5),
        repondants=tuple(Repondant(id=r, role="entreprise") for r in ("a", "b", "c")),
        passages=(Passage(id="n", date=dt.date(2026, 1, 1)),),
        reponses=tuple(Reponse(critere=c, passage="n", repondant=r, avis=v) for c, r, v in reponses),  # type: ignore[arg-type]
    )


def lire(dossier: Dossier) -> Diagnostic:
    base = obtenir_base()
    return diagnostiquer(
        dossier, criteres=base.criteres, familles=base.familles,
        ponderations=base.de(Ponderation).values(), au=AU,
    )  # fmt: skip


def ids(criteres: tuple) -> list[str]:
    return [c.critere.id for c in criteres]


@given(
    st.dictionaries(st.tuples(st.sampled_from(["T1", "A1", "A6", "B1", "C2"]), st.sampled_from("ab")), AVIS),
    st.sets(st.sampled_from(["T1", "A1", "A6", "A8", "B1", "C2", "C13"])),
)
def test_ne_sait_pas_changes_neither_strengths_nor_gaps_nor_facts(reponses: dict, muets: set[str]) -> None:
    dits = [(c, r, v) for (c, r), v in reponses.items()]
    avant = lire(dossier_de(dits))
    apres = lire(dossier_de([*dits, *((c, "c", "ne-sait-pas") for c in sorted(muets))]))

    for nom in ("forces", "fragilites", "a_consolider", "desaccords"):
        assert ids(getattr(avant, nom)) == ids(getattr(apres, nom))
    assert tirer_faits(avant) == tirer_faits(apres)


@given(st.lists(AVIS, max_size=6))
def test_the_reading_of_several_answers_depends_neither_on_order_nor_on_number(avis: list[str]) -> None:
    assert lire_etat(avis) == lire_etat(sorted(set(avis)))


@given(st.permutations(["rural", "qpv", "montagne"]))
def test_weights_change_the_order_of_questions_and_nothing_else(territoires: list[str]) -> None:
    dossier = dossier_de([("C11", "a", "oui"), ("C11", "b", "non"), ("A9", "a", "oui"), ("A9", "b", "moyen")])
    neutre = lire(dossier)
    pese = lire(replace(dossier, structure=replace(dossier.structure, territoires=tuple(territoires))))

    assert {(q.critere, q.motif) for q in neutre.questions} == {(q.critere, q.motif) for q in pese.questions}
    assert ids(neutre.forces) == ids(pese.forces)
    assert ids(neutre.desaccords) == ids(pese.desaccords)
    # C11 is in the thirty-minute grid; a priority district gives A9 a weight of 3, the country C11 one of 2.
    assert [q.critere for q in neutre.questions[:2]] == ["C11", "A9"]
    assert [q.critere for q in pese.questions[:2]] == ["A9", "C11"]
