"""What is learnt is what the texts teach, and only that."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from perenne.domain.classement.decision import Classeur
from perenne.domain.classement.types import Fiche
from perenne.pipeline.classement.fichier_modele import ecrire_modele, lire_modele
from perenne.services.classement.apprentissage import apprendre, plis
from perenne.services.classement.logistique import ajuster
from perenne.services.classement.textes_lus import TexteLu


def test_the_logistic_regression_agrees_with_scikit_learn() -> None:
    alea = np.random.default_rng(7)
    x = alea.normal(size=(120, 4))
    y = x @ [1.0, -2.0, 0.5, 0.0] + alea.normal(size=120) > 0.3
    biais, poids = ajuster(x, y, penalite=0.5)
    reference = LogisticRegression(C=2.0, tol=1e-8, max_iter=1000).fit(x, y)
    assert poids == pytest.approx(reference.coef_[0], abs=2e-3)
    assert biais == pytest.approx(reference.intercept_[0], abs=2e-3)


def test_one_kind_of_example_teaches_nothing() -> None:
    with pytest.raises(ValueError, match="deux sortes"):
        ajuster(np.ones((3, 1)), np.array([True, True, True]), penalite=1.0)


def test_folds_hold_each_text_once_and_are_always_the_same() -> None:
    assert sorted(i for p in plis(23) for i in p.tolist()) == list(range(23))
    assert [p.tolist() for p in plis(23)] == [p.tolist() for p in plis(23)]


def lus() -> list[TexteLu]:
    vrais = [f"fablab numéro {i} avec machines" for i in range(14)]
    faux = [
        f"visite du fablab voisin par le club {i} lors d’une sortie annuelle des anciens" for i in range(14)
    ]
    autres = [f"club de marche numéro {i}" for i in range(12)]
    return [
        TexteLu(fiche=Fiche(id=t, nom="", texte=t), activites=frozenset({"fablabs"} if t in vrais else ()))
        for t in (*vrais, *faux, *autres)
    ]


def test_a_pattern_often_wrong_loses_its_credit_and_the_model_is_written_without_loss(
    classeur: Classeur,
) -> None:
    modele = apprendre(lus(), classeur.activites, classeur.reperage, seuil=0.4, seuil_haute=0.9)
    motif = next(m for a, m in modele.fiabilites if a == "fablabs")
    assert modele.fiabilites["fablabs", motif] == (28, 14)
    assert modele.fiabilite("fablabs", motif) < modele.fiabilite("fablabs", "jamais lu")
    relu = lire_modele(ecrire_modele(modele))
    assert ecrire_modele(relu) == ecrire_modele(modele)
    assert relu.fiabilites == modele.fiabilites


def test_the_words_of_the_texts_can_be_learnt_too(classeur: Classeur) -> None:
    modele = apprendre(
        lus(), classeur.activites, classeur.reperage, avec_mots=True, seuil=0.4, seuil_haute=0.9
    )
    poids = modele.lineaires["fablabs"].poids
    assert poids["machines"] > 0 > poids["voisin"]
    assert not any(c.isdigit() for mot in poids for c in mot)
