"""The enterprises of the fictional files, read as a reader would."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from tests.pipeline.entreprises.conftest import ConstruireEntreprises
from tests.pipeline.entreprises.generateur import lignes_waldec

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.domain.ess.verdict import CODES_RAISONS
from perenne.pipeline.construction import AtlasConstruit


def _entreprise(base: sqlite3.Connection, id_: str) -> dict[str, Any]:
    ligne = base.execute("SELECT * FROM entreprise WHERE id = ?", (id_,)).fetchone()
    assert ligne is not None, id_
    return dict(ligne)


@pytest.mark.parametrize(
    ("id_", "verdict", "contradictions"),
    [
        ("100000001", "oui", None),
        ("100000004", "oui", None),  # ESUS in force and in the list of ESS France
        ("100000005", "inconnu", None),  # its agreement is over since 2021
        ("100000008", "oui", "rna-contre-forme rna-active-sirene-cessee"),
        ("100000010", "oui", "mention-contre-forme"),
        ("100000011", "non", "forme-contre-mention"),
        ("100000012", "oui", None),
        ("W991000009", "oui", None),
    ],
)
def test_each_enterprise_gets_its_verdict_and_its_contradictions(
    base: sqlite3.Connection, id_: str, verdict: str, contradictions: str | None
) -> None:
    entreprise = _entreprise(base, id_)
    assert (entreprise["verdict"], entreprise["contradictions"]) == (verdict, contradictions)


def test_a_company_that_nothing_links_to_the_ess_is_not_kept(base: sqlite3.Connection) -> None:
    assert base.execute("SELECT 1 FROM entreprise WHERE siren = '100000006'").fetchone() is None
    assert base.execute("SELECT 1 FROM etablissement WHERE siren = '100000006'").fetchone() is None


def test_every_enterprise_has_a_reason_with_its_source_and_date(base: sqlite3.Connection) -> None:
    sans = base.execute(
        "SELECT id FROM entreprise WHERE verdict <> 'inconnu' "
        "AND id NOT IN (SELECT id FROM entreprise_raison)"
    ).fetchall()
    assert sans == []
    codes = {r for (r,) in base.execute("SELECT DISTINCT raison FROM entreprise_raison")}
    assert codes == set(CODES_RAISONS) - {"siae"}
    vides = "SELECT count(*) FROM entreprise_raison WHERE source IS NULL OR date IS NULL"
    assert base.execute(vides).fetchone()[0] == 0


def test_a_closed_unit_is_kept_with_its_date(base: sqlite3.Connection) -> None:
    scic = _entreprise(base, "100000008")
    assert (scic["etat"], scic["fermee_le"]) == ("fermee", "2023-05-01")
    dissoute = _entreprise(base, "W991000011")
    assert (dissoute["etat"], dissoute["fermee_le"]) == ("dissoute", "2019-06-30")


@pytest.mark.parametrize(
    ("siren", "rna", "methode", "confiance"),
    [
        ("100000001", "W991000001", "numero", 0.99),
        ("100000002", "W991000002", "siret", 0.95),
        ("100000003", "W991000003", "nom-commune", 0.85),
    ],
)
def test_a_unit_and_its_association_are_one_with_the_way_they_were_linked(
    base: sqlite3.Connection, siren: str, rna: str, methode: str, confiance: float
) -> None:
    ligne = base.execute("SELECT * FROM entreprise_lien WHERE siren = ?", (siren,)).fetchone()
    assert tuple(ligne) == (siren, rna, methode, confiance, "retenu")
    assert _entreprise(base, siren)["rna"] == rna
    assert base.execute("SELECT count(*) FROM entreprise WHERE rna = ?", (rna,)).fetchone()[0] == 1


def test_a_number_given_twice_is_kept_once_and_said(
    base: sqlite3.Connection, atlas_entreprises: AtlasConstruit
) -> None:
    assert _entreprise(base, "100000009")["nom"] == "NOM A JOUR"
    assert _entreprise(base, "W991000013")["nom"] == "EN DOUBLE A JOUR"
    remarques = " ".join(atlas_entreprises.manifeste["entreprises"]["remarques"])
    assert "1 SIREN en double" in remarques
    # one association twice, and one under its old and its new number
    assert "2 lignes en double ou renumérotées" in remarques
    assert base.execute("SELECT 1 FROM entreprise WHERE id = '0991000001'").fetchone() is None
    assert _entreprise(base, "0991000002")["verdict"] == "oui"


@pytest.mark.parametrize(
    ("siren", "precision", "statut", "quartier"),
    [
        ("100000001", "adresse", "dedans", "QN09901M"),
        ("100000002", "commune", "inconnu", None),  # the same point, but no street: the centre of the commune
        ("100000003", "adresse", "dehors", None),
        ("100000004", "voie", "inconnu", None),  # the same point, but no number
        ("100000011", "inconnu", "inconnu", None),  # a point out of its projection
        ("100000012", "inconnu", "dehors", None),  # no point, but no quartier in the commune either
    ],
)
def test_only_a_precise_address_is_said_in_a_quartier(
    base: sqlite3.Connection, siren: str, precision: str, statut: str, quartier: str | None
) -> None:
    ligne = base.execute("SELECT * FROM etablissement WHERE siren = ?", (siren,)).fetchone()
    assert (ligne["precision"], ligne["qpv_statut"], ligne["qpv"]) == (precision, statut, quartier)


def test_a_projected_point_comes_back_where_it_was(base: sqlite3.Connection) -> None:
    ligne = base.execute("SELECT lon, lat FROM etablissement WHERE siren = '100000001'").fetchone()
    assert tuple(ligne) == pytest.approx((-4.572, 45.889), abs=1e-6)


def test_nothing_names_nor_places_a_unit_that_is_not_to_be_shown(base: sqlite3.Connection) -> None:
    secrete = _entreprise(base, "100000007")
    assert secrete["diffusible"] == 0
    assert [secrete[c] for c in ("nom", "sigle", "rna", "objet", "lon", "lat")] == [None] * 6
    etab = dict(base.execute("SELECT * FROM etablissement WHERE siren = '100000007'").fetchone())
    assert [etab[c] for c in ("nom", "code_postal", "lon", "lat", "qpv")] == [None] * 5
    assert etab["adresse"] in (None, "")
    assert (etab["commune"], etab["qpv_statut"]) == ("99001", "inconnu")
    assert base.execute("SELECT 1 FROM entreprise_lien WHERE siren = '100000007'").fetchone() is None


def test_no_name_of_a_person_enters_the_atlas(atlas_entreprises: AtlasConstruit) -> None:
    for fichier in atlas_entreprises.dossier.iterdir():
        assert b"PERSONNE" not in fichier.read_bytes(), fichier.name


def test_a_merged_commune_is_followed_and_an_unknown_one_is_said(
    base: sqlite3.Connection, atlas_entreprises: AtlasConstruit
) -> None:
    assert _entreprise(base, "100000010")["commune"] == "99018"  # 99901 joined Lac-Inventé in 2019
    assert _entreprise(base, "100000009")["commune"] is None
    remarques = " ".join(atlas_entreprises.manifeste["entreprises"]["remarques"])
    assert "Établissements : 1 lignes dont le code de commune n'est pas reconnu" in remarques


def test_cut_lines_are_mended_and_what_cannot_be_is_located(
    base: sqlite3.Connection, atlas_entreprises: AtlasConstruit
) -> None:
    assert _entreprise(base, "W991000009")["objet"] == "fêtes et théâtre d'été"
    assert _entreprise(base, "W991000012")["nom"] == "ÉCRITE EN UTF-8"
    assert base.execute("SELECT 1 FROM entreprise WHERE id = 'W991000010'").fetchone() is None
    source = next(s for s in atlas_entreprises.manifeste["sources"] if s["id"] == "interieur_rna_waldec")
    remarques = " ".join(source["controles"]["remarques"])
    assert "1 enregistrements écartés" in remarques
    # the file begins at line 1 and one record before it spans two lines
    assert f"dpt_99.csv), ligne {lignes_waldec().index(_fermee_jamais()) + 2}" in remarques


def _fermee_jamais() -> bytes:
    return next(ligne for ligne in lignes_waldec() if b"jamais ferme" in ligne)


def test_an_impossible_number_is_set_aside_and_said(atlas_entreprises: AtlasConstruit) -> None:
    source = next(s for s in atlas_entreprises.manifeste["sources"] if s["id"] == "insee_sirene_unites")
    assert "1 lignes écartées, sans siren valable" in " ".join(source["controles"]["remarques"])


def test_some_departements_only(
    construire_entreprises: ConstruireEntreprises, sources_entreprises: Path, tmp_path: Path
) -> None:
    atlas = construire_entreprises(sources_entreprises, tmp_path / "ailleurs", ("98",))
    with sqlite3.connect(atlas.dossier / "atlas.sqlite") as base:
        assert base.execute("SELECT count(*) FROM entreprise").fetchone()[0] == 0
        assert base.execute("SELECT count(*) FROM territoire").fetchone()[0] > 36
    base.close()
    rna = next(s for s in atlas.manifeste["sources"] if s["id"] == "interieur_rna_waldec")
    assert "1 fichiers d'autres départements non lus" in " ".join(rna["controles"]["remarques"])


def test_without_any_file_of_enterprises_nothing_is_observed(
    construire_entreprises: ConstruireEntreprises, sources_entreprises: Path, tmp_path: Path
) -> None:
    shutil.copytree(sources_entreprises, tmp_path / "s")
    shutil.rmtree(tmp_path / "s" / "entreprises")
    manifeste = construire_entreprises(tmp_path / "s", tmp_path / "a").manifeste
    assert manifeste["entreprises"]["sources"] == []
    assert manifeste["tables"]["entreprise"] == 0


CASSES = {
    "truncated Parquet": (
        "StockUniteLegale_utf8.parquet", lambda o: o[:-50], r"le fichier parquet est tronqué ou abîmé",
    ),
    "damaged Parquet": (
        "StockEtablissement_utf8.parquet", lambda o: o[:300] + b"\0" * 400 + o[700:], r"abîmé",
    ),
    "column renamed": (
        "liste-entreprises-ess.csv", lambda o: o.replace(b"SIREN", b"Numero"), r"colonne « SIREN » absente",
    ),
    "numbers without their zeros": (
        "liste-entreprises-ess.csv", lambda o: b"SIREN\n1000\n2000\n", r"ligne 2, .*un SIREN à neuf chiffres",
    ),
    "zip that is not one": ("rna_waldec_20261101.zip", lambda o: o[:-60], r"l'archive zip est tronquée"),
    "register without its columns": (
        "rna_import_20261101_dpt_99.csv",
        lambda o: o.replace(b"id;", b"numero;", 1),
        r"ligne 1 : colonne « id »"
    ),
    "register in pieces": (
        "rna_import_20261101_dpt_99.csv", lambda o: o + b'"0991' * 3 + b"\nperdu\n" * 9, r"ne se lisent pas",
    ),
    "impossible date": (
        "agrements_esus.csv", lambda o: o.replace(b"2029-01-01", b"1/1/29"), r"une date AAAA",
    ),
}  # fmt: skip


@pytest.mark.parametrize("cas", CASSES)
def test_a_broken_file_is_told_and_nothing_is_published(
    cas: str, sources_entreprises: Path, tmp_path: Path, construire_entreprises: ConstruireEntreprises
) -> None:
    nom, casser, attendu = CASSES[cas]
    copie = shutil.copytree(sources_entreprises, tmp_path / "sources")
    fichier = copie / "entreprises" / nom
    fichier.write_bytes(casser(fichier.read_bytes()))
    with pytest.raises(ErreurUtilisateur, match=f"(?s){attendu}") as erreur:
        construire_entreprises(copie, tmp_path / "atlas")
    assert nom in str(erreur.value)
    assert not (tmp_path / "atlas" / "actuel").exists()
