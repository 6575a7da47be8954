"""An atlas that breaks one of its promises is not published, and the broken promise is named."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.pipeline.assertions import ASSERTIONS, verifier
from perenne.pipeline.construction import AtlasConstruit
from perenne.pipeline.moteur import ouvrir_moteur

RUPTURES = {
    "communes-composees": ("composition", "* REPLACE ('99999' AS commune)"),
    "valeurs-observees": ("valeur", "* REPLACE (NULL::DOUBLE AS valeur)"),
    "verdicts-motives": ("entreprise_raison", "* REPLACE (NULL::VARCHAR AS date)"),
    "raisons-rattachees": ("entreprise_raison", "* REPLACE (id || 'x' AS id)"),
    "rapprochements-uniques": ("entreprise_lien", "* REPLACE ('1' AS siren, 'retenu' AS statut)"),
    "non-diffusibles-muettes": ("entreprise", "* REPLACE (0 AS diffusible)"),
    "quartiers-precis": ("etablissement", "* REPLACE ('voie' AS precision)"),
    "activites-connues": ("entreprise_activite", "* REPLACE ('inventee' AS activite)"),
    "activites-montrees": ("entreprise_activite", "* REPLACE ('[]' AS indices)"),
    "operateurs-connus": ("entreprise_activite", "* REPLACE ('personne' AS operateur)"),
}
LIGNE = (
    "SELECT '100000001' AS operateur, '100000001' AS id, 'fablabs' AS activite, 'haute' AS confiance, "
    """'texte' AS origine, '[{"champ":"nom","mots":"FABLAB"}]' AS indices, '99001' AS commune, """
    "'99' AS departement"
)


@pytest.fixture
def tables(atlas_entreprises: AtlasConstruit, tmp_path: Path) -> Path:
    """The tables of the fictional atlas, with one activity."""
    for fichier in atlas_entreprises.dossier.glob("*.parquet"):
        shutil.copy(fichier, tmp_path)
    duckdb.sql(f"COPY ({LIGNE}) TO '{tmp_path}/entreprise_activite.parquet'")
    return tmp_path


def test_every_promise_has_a_test_that_breaks_it() -> None:
    assert set(RUPTURES) == {a.id for a in ASSERTIONS}


def test_an_atlas_that_keeps_its_promises_says_which(tables: Path) -> None:
    with ouvrir_moteur() as moteur:
        resultats = verifier(moteur, tables, ["fablabs"])
    assert [r["id"] for r in resultats] == [a.id for a in ASSERTIONS]
    assert {r["fautes"] for r in resultats} == {0}


@pytest.mark.parametrize("promesse", sorted(RUPTURES))
def test_a_broken_promise_stops_the_publication_and_is_named(tables: Path, promesse: str) -> None:
    table, selection = RUPTURES[promesse]
    fichier = tables / f"{table}.parquet"
    duckdb.sql(f"COPY (SELECT {selection} FROM '{fichier}') TO '{tables}/casse.parquet'")
    (tables / "casse.parquet").replace(fichier)
    with ouvrir_moteur() as moteur, pytest.raises(ErreurUtilisateur) as faute:
        verifier(moteur, tables, ["fablabs"])
    assert promesse in {a.ou for a in faute.value.anomalies}


def test_the_manifest_holds_what_was_checked(atlas_entreprises: AtlasConstruit) -> None:
    assert {a["id"] for a in atlas_entreprises.manifeste["assertions"]} == {a.id for a in ASSERTIONS}
