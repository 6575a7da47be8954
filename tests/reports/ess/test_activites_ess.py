"""What shows an activity, said in French."""

import pytest

from perenne.domain.classement.operateur import RANG_ORIGINES
from perenne.domain.ess.fiche import ActiviteReconnue, IndiceActivite
from perenne.domain.territoire.identite import SourceCitee
from perenne.reports.ess.activites import CHAMPS, ORIGINES, Libelles, ecrire_activites

LIBELLES = Libelles(
    activites={"fablabs": "Fab-labs"},
    naf={"62.09Z": "Autres activités informatiques"},
    types={"FABLAB": "Fab-lab"},
    services={"tiers-lieux--fabrication-numerique": "Fabrication numérique"},
)


def _phrases(*indices: IndiceActivite, sources: dict[str, SourceCitee] | None = None) -> list[str]:
    activite = ActiviteReconnue(activite="fablabs", confiance="moyenne", origines=("texte",), indices=indices)
    lignes = list(ecrire_activites((activite,), LIBELLES, sources or {}))
    assert lignes[1] == "  - Fab-labs (confiance moyenne, à relire avant de citer ; d'après : des mots)"
    return [ligne.strip() for ligne in lignes[2:]]


@pytest.mark.parametrize(
    ("indice", "phrase"),
    [
        (IndiceActivite(champ="nom", mots="FAB LAB"), "« FAB LAB » dans le nom"),
        (IndiceActivite(champ="texte", mots="fab\n lab"), "« fab lab » dans l'objet déclaré"),
        (
            IndiceActivite(champ="naf", mots="62.09Z"),
            "code d'activité principale 62.09Z (Autres activités informatiques)",
        ),
        (IndiceActivite(champ="waldec", mots="006105"), "code d'objet de l'association 006105"),
        (
            IndiceActivite(champ="decision", date="2026-11-20", role="conseillère DLA"),
            "décision du 20 novembre 2026, conseillère DLA",
        ),
        (
            IndiceActivite(champ="registre", mots="FABLAB", registre="data-inclusion", date="2026-10-15"),
            "Fab-lab (FABLAB) dans la liste « data·inclusion », 15 octobre 2026",
        ),
        (
            IndiceActivite(champ="registre", mots="SIAE"),
            "figure dans la liste « Structures d'insertion par l'activité économique »",
        ),
        (
            IndiceActivite(
                champ="service", mots="tiers-lieux--fabrication-numerique", registre="tiers-lieux"
            ),
            "service déclaré « Fabrication numérique » dans la liste « Recensement des tiers-lieux »",
        ),
        (
            IndiceActivite(champ="texte-liste", mots="fablab", registre="data-inclusion"),
            "« fablab » dans la liste « data·inclusion »",
        ),
    ],
)
def test_each_piece_of_evidence_is_one_sentence(indice: IndiceActivite, phrase: str) -> None:
    assert _phrases(indice) == [phrase]


def test_the_same_words_twice_are_said_once() -> None:
    indices = [IndiceActivite(champ="texte", mots="fablab", debut=d, fin=d + 6) for d in (0, 40)]
    assert _phrases(*indices) == ["« fablab » dans l'objet déclaré"]


def test_an_atlas_without_activities_says_so() -> None:
    assert list(ecrire_activites(None, LIBELLES, {}))[1].startswith("  Non observé : cet atlas")


def test_every_field_and_origin_that_the_classifier_gives_has_words() -> None:
    assert {"nom", "sigle", "texte"} == set(CHAMPS)
    assert set(RANG_ORIGINES) == set(ORIGINES)
