"""On the texts read by people: floors that a change of patterns must not break."""

from pathlib import Path

import pytest

from perenne.domain.classement.decision import Classeur
from perenne.domain.classement.mesures import compter
from perenne.services.classement.apprentissage import apprendre, plis
from perenne.services.classement.comparaisons import motifs_d_un_fichier
from perenne.services.classement.evaluation import predire, valider
from perenne.services.classement.mesurer import SEUIL, SEUIL_HAUTE
from perenne.services.classement.textes_lus import lire_textes_lus


@pytest.mark.shared
def test_the_classifier_beats_the_first_patterns_by_far_on_cross_validated_texts(
    partage: Path, classeur: Classeur
) -> None:
    lus = lire_textes_lus(partage / "data/textes/annotations_dev.jsonl", classeur.activites)
    attendus = [lu.activites for lu in lus]
    donnes = valider(
        lus, classeur.activites, classeur.reperage, avec_mots=False, seuil=SEUIL, seuil_haute=SEUIL_HAUTE
    )
    bilan = compter(attendus, [set(d) for d in donnes], [])
    haute = compter(attendus, [{a for a, c in d.items() if c == "haute"} for d in donnes], []).total
    premiers = compter(attendus, motifs_d_un_fichier(lus, partage / "research/activites.yaml"), [])
    assert bilan.micro_f1 > max(0.85, premiers.micro_f1 + 0.2)
    assert bilan.macro_f1 > max(0.82, premiers.macro_f1 + 0.2)
    assert haute.precision is not None
    assert haute.precision > 0.93
    assert haute.rappel is not None
    assert haute.rappel > 0.5


@pytest.mark.shared
def test_learning_twice_from_the_same_texts_gives_the_same_model_as_shipped(
    partage: Path, classeur: Classeur
) -> None:
    lus = lire_textes_lus(partage / "data/textes/annotations_dev.jsonl", classeur.activites)
    appris = apprendre(lus, classeur.activites, classeur.reperage, seuil=SEUIL, seuil_haute=SEUIL_HAUTE)
    assert appris.coefficients == pytest.approx(dict(classeur.modele.coefficients), abs=0.01)
    assert appris.fiabilites == dict(classeur.modele.fiabilites)
    assert predire(classeur, lus[:5])
    assert len(plis(len(lus))) == 5
