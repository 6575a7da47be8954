"""The sheet of an enterprise, asked as a user does, on the atlas of fictional files."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.pipeline.entreprises.generateur import ecrire
from tests.pipeline.entreprises.listes import ecrire_listes

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.domain.ess.verdict import CODES_CONTRADICTIONS
from perenne.reports.ess.phrases import CONTRADICTIONS
from perenne.services.construction_atlas import construire_atlas
from perenne.services.entreprises_ess import consulter_entreprise, lire_numero
from perenne.services.reglages import Reglages, lire_reglages


@pytest.fixture(scope="module")
def reglages(racine: Path, tmp_path_factory: pytest.TempPathFactory) -> Reglages:
    sources, atlas = tmp_path_factory.mktemp("sources"), tmp_path_factory.mktemp("atlas")
    shutil.copytree(
        racine / "data/demo/sources", sources / "demo", ignore=shutil.ignore_patterns("entreprises")
    )
    ecrire(sources / "entreprises")
    ecrire_listes(sources / "entreprises")
    environ = {"PERENNE_ATLAS": str(atlas), "PERENNE_CACHE": str(tmp_path_factory.mktemp("cache"))}
    reglages = lire_reglages(environ)
    construire_atlas(reglages, sources=sources, maintenant=dt.datetime(2026, 11, 23, tzinfo=dt.UTC))
    return reglages


def test_the_verdict_comes_first_then_why_with_source_and_date(reglages: Reglages) -> None:
    fiche = consulter_entreprise("100 000 001", reglages=reglages)
    assert fiche.index("ESS : Oui") < fiche.index("Pourquoi") < fiche.index("Où")
    assert "Association déclarée (9220)" in fiche
    assert "Base Sirene" in fiche
    assert "1er janvier 2026" in fiche
    deux = consulter_entreprise("100000002", reglages=reglages)
    assert "point à l'adresse, dans le quartier prioritaire QN09901M" in deux
    assert "Selon la géolocalisation de l'INSEE : dans le quartier prioritaire QN09901M (sûr)" in deux
    assert "même entreprise que W991000001, par le numéro d'association" in fiche


def test_contradictions_and_closing_are_told(reglages: Reglages) -> None:
    fiche = consulter_entreprise("W991000008", reglages=reglages)
    assert "SCIC DU CONTE" in fiche
    assert "fermeture : 1er mai 2023" in fiche
    assert "Elle porte un numéro d'association, mais Sirene lui donne une autre forme." in fiche


def test_a_siret_gives_its_enterprise_and_an_association_without_siren_has_a_sheet(
    reglages: Reglages,
) -> None:
    assert "SIREN 100000004" in consulter_entreprise("10000000400011", reglages=reglages)
    assert "sans SIREN connu, RNA W991000009" in consulter_entreprise("w991000009", reglages=reglages)


def test_an_agreement_that_is_over_is_shown_and_decides_nothing(reglages: Reglages) -> None:
    fiche = consulter_entreprise("100000005", reglages=reglages)
    assert "ESS : On ne peut pas le dire" in fiche
    agrement = "Agrément « entreprise solidaire d'utilité sociale »"
    assert f"[sans effet] {agrement}, jusqu'au 1er janvier 2021." in fiche


def test_a_unit_not_to_be_shown_stays_without_name_in_text_and_json(reglages: Reglages) -> None:
    for format_ in ("texte", "json"):
        fiche = consulter_entreprise("100000007", reglages=reglages, format_=format_)  # type: ignore[arg-type]
        assert "SECRETE" not in fiche
        assert "DISCRETE" not in fiche
        assert "W991000007" not in fiche


def test_each_activity_comes_with_its_confidence_its_origin_and_what_shows_it(reglages: Reglages) -> None:
    ressourcerie = consulter_entreprise("W992000001", reglages=reglages)
    assert "Recycleries et ressourceries (confiance haute ; d'après : des mots)" in ressourcerie
    assert "« RESSOURCERIE » dans le nom" in ressourcerie
    foyer = consulter_entreprise("100000003", reglages=reglages)
    assert (
        "Résidence sociale, foyer de jeunes travailleurs (RS_FJT) dans la liste « data·inclusion »" in foyer
    )
    assert "1er mai 2022" in foyer


def test_no_activity_found_is_not_observed(reglages: Reglages) -> None:
    muette = consulter_entreprise("W992000004", reglages=reglages)
    assert "Non observé : aucun mot, aucune liste, aucun code lu" in muette


def test_json_carries_activities_with_words_and_places(reglages: Reglages) -> None:
    fiche = json.loads(consulter_entreprise("W992000001", reglages=reglages, format_="json"))
    (activite,) = fiche["activites"]
    assert (activite["activite"], activite["confiance"], activite["origines"]) == (
        "ressourceries", "haute", ["texte"],
    )  # fmt: skip
    indice = activite["indices"][0]
    assert fiche["nom"][indice["debut"] : indice["fin"]] == indice["mots"] == "RESSOURCERIE"


def test_json_carries_codes_and_sources(reglages: Reglages) -> None:
    fiche = json.loads(consulter_entreprise("100000011", reglages=reglages, format_="json"))
    assert (fiche["verdict"], fiche["contradictions"]) == ("non", ["forme-contre-mention"])
    assert {r["raison"] for r in fiche["raisons"]} == {"forme", "mention"}
    assert fiche["sources"]["insee_sirene_unites"]["producteur"] == "INSEE"


def test_what_is_not_there_says_what_to_do(reglages: Reglages, atlas_jouet: Path) -> None:
    with pytest.raises(ErreurUtilisateur, match="aucun des fichiers lus ne la rattache"):
        consulter_entreprise("100000006", reglages=reglages)
    vide = Reglages(savoir=reglages.savoir, atlas=atlas_jouet, cache=reglages.cache)
    with pytest.raises(ErreurUtilisateur, match="ne contient aucune entreprise"):
        consulter_entreprise("100000001", reglages=vide)


@pytest.mark.parametrize("faux", ["", "12345678", "W12", "1234567890"[:10] + "é", "Ambiance Bois"])
def test_what_is_not_a_number_is_told(faux: str) -> None:
    with pytest.raises(ErreurUtilisateur, match="ni un SIREN"):
        lire_numero(faux)


def test_every_contradiction_has_its_sentence() -> None:
    assert set(CONTRADICTIONS) == set(CODES_CONTRADICTIONS)


def test_the_command_prints_the_sheet_and_refuses_without_a_traceback(reglages: Reglages) -> None:
    def lancer(numero: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "perenne.cli.main", "entreprise", numero],
            capture_output=True, text=True, check=False,
            env=os.environ | {"PERENNE_ATLAS": str(reglages.atlas), "PERENNE_CACHE": str(reglages.cache)},
        )  # fmt: skip

    assert "ESS : Oui" in lancer("100000001").stdout
    refus = lancer("Masgot")
    assert (refus.returncode, "Traceback" in refus.stderr) == (2, False)
