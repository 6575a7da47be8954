"""One operator: its own words, those of the lists, its codes and the decisions of people."""

import datetime as dt

import pytest

from perenne.domain.classement.decision import Classeur
from perenne.domain.classement.decisions import DecisionHumaine, indexer
from perenne.domain.classement.operateur import Operateur, classer_operateur, origines
from perenne.domain.classement.types import Etiquette, Liste
from perenne.services.classement.obtenir import obtenir_classeur

SIAE = Liste(
    registre="siae", reference="", nom="LES OUTILS FICTIFS", typologies=("ACI",), source="marche_siae"
)
DORA = Liste(
    registre="data-inclusion", reference="dora/1", nom="Les Outils fictifs",
    texte="Ressourcerie du pays de Fable", source="data_inclusion",
)  # fmt: skip


@pytest.fixture(scope="module")
def classeur() -> Classeur:
    return obtenir_classeur()


def _activites(operateur: Operateur, classeur: Classeur) -> dict[str, Etiquette]:
    return {e.activite: e for e in classer_operateur(operateur, classeur)}


def _decision(activite: str, retenue: bool, cle: str, jour: int = 1) -> DecisionHumaine:
    return DecisionHumaine(
        cle=cle, activite=activite, retenue=retenue, date=dt.date(2026, 11, jour), role="conseillère DLA"
    )


def test_words_of_the_name_of_the_acronym_and_of_the_purpose_are_told_apart(classeur: Classeur) -> None:
    operateur = Operateur(
        cles=("1",), nom="LES OUTILS", sigle="RESSOURCERIE DE FABLE", objet="Tenir un fablab"
    )
    activites = _activites(operateur, classeur)
    (ressourcerie,) = activites["ressourceries"].indices
    assert (ressourcerie.champ, ressourcerie.mots) == ("sigle", "RESSOURCERIE")
    assert operateur.sigle[ressourcerie.debut : ressourcerie.fin] == "RESSOURCERIE"
    (fablab,) = activites["fablabs"].indices
    assert (fablab.champ, operateur.objet[fablab.debut : fablab.fin]) == ("texte", "fablab")
    assert fablab.motif in classeur.activites["fablabs"].motifs.forts


def test_an_acronym_already_in_the_name_is_not_read_twice(classeur: Classeur) -> None:
    activites = _activites(
        Operateur(cles=("1",), nom="RESSOURCERIE DE FABLE", sigle="Ressourcerie"), classeur
    )
    assert [(i.champ, i.debut) for i in activites["ressourceries"].indices] == [("nom", 0)]


def test_a_list_that_settles_says_which_one_it_is(classeur: Classeur) -> None:
    insertion = _activites(Operateur(cles=("1",), listes=(SIAE,)), classeur)["insertion_socioprofessionnelle"]
    assert (insertion.confiance, origines(insertion)) == ("haute", ("registre",))
    assert [i.liste for i in insertion.indices if i.champ == "registre"] == [SIAE]


def test_words_read_in_a_list_are_kept_with_the_list(classeur: Classeur) -> None:
    activites = _activites(Operateur(cles=("1",), nom="LES OUTILS FICTIFS", listes=(SIAE, DORA)), classeur)
    mots = [i for i in activites["ressourceries"].indices if i.champ == "texte-liste"]
    assert [(i.mots, i.liste) for i in mots] == [("Ressourcerie", DORA)]
    assert origines(activites["ressourceries"]) == ("texte",)


@pytest.mark.parametrize("cle", ["100 000 001", "W991000001"])
def test_a_decision_wins_over_the_words_and_over_the_lists(classeur: Classeur, cle: str) -> None:
    refus = [
        _decision(a, retenue=False, cle=cle) for a in ("ressourceries", "insertion_socioprofessionnelle")
    ]
    decide = Classeur(
        activites=classeur.activites, reperage=classeur.reperage, modele=classeur.modele,
        decisions=indexer([*refus, _decision("coworking", retenue=True, cle=cle)]),
    )  # fmt: skip
    operateur = Operateur(cles=("100000001", "W991000001"), nom="RESSOURCERIE", listes=(SIAE,))
    (coworking,) = classer_operateur(operateur, decide)
    assert (coworking.activite, coworking.confiance, origines(coworking)) == (
        "coworking",
        "haute",
        ("decision",),
    )


def test_the_latest_decision_wins_whichever_number_it_was_given_under(classeur: Classeur) -> None:
    decisions = [_decision("coworking", True, "W991000001", 2), _decision("coworking", False, "100000001", 9)]
    decide = Classeur(
        activites=classeur.activites, reperage=classeur.reperage, modele=classeur.modele,
        decisions=indexer(decisions),
    )  # fmt: skip
    for cles in (("100000001", "W991000001"), ("W991000001", "100000001")):
        assert not classer_operateur(Operateur(cles=cles), decide)
