"""The demonstration's files: fresh, small, fictional, and rich enough to show everything."""

from __future__ import annotations

import csv
import filecmp
import json
import subprocess
import sys
from pathlib import Path

import pytest

from perenne.domain.identifiants import siren_valide

TAILLE_MAX = 500_000


@pytest.fixture(scope="module")
def demo(racine: Path) -> Path:
    return racine / "data" / "demo"


def _lire(fichier: Path, sep: str = ",") -> list[dict[str, str]]:
    with fichier.open(encoding="utf-8", newline="") as entree:
        return list(csv.DictReader(entree, delimiter=sep))


def test_the_generator_writes_again_exactly_the_files_committed(demo: Path, tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(demo / "generer.py"), str(tmp_path)], check=True)
    neufs = {f.relative_to(tmp_path) for f in tmp_path.rglob("*") if f.is_file()}
    ecrits = {f.relative_to(demo / "sources") for f in (demo / "sources").rglob("*") if f.is_file()}
    assert neufs == ecrits
    differents = [str(f) for f in neufs if not filecmp.cmp(tmp_path / f, demo / "sources" / f, shallow=False)]
    assert not differents, "relancez data/demo/generer.py"


def test_the_demonstration_is_small(demo: Path) -> None:
    assert sum(f.stat().st_size for f in demo.rglob("*") if f.is_file()) < TAILLE_MAX


def test_the_territory_cannot_be_mistaken_for_a_real_one(demo: Path) -> None:
    communes = _lire(demo / "territoire.csv", ";")
    assert all(c["code"].startswith("99") for c in communes)
    noms = "".join(f.read_text(encoding="utf-8") for f in (demo / "sources/communes").glob("v_*.csv"))
    assert "département fictif" in noms
    assert "région fictive" in noms


def test_everything_that_a_note_must_show_is_there(demo: Path) -> None:
    communes = _lire(demo / "territoire.csv", ";")
    assert 30 <= len(communes) <= 40
    assert sorted(int(c["case"]) for c in communes) == list(range(36))
    assert {c["frr"] for c in communes} == {"Non classée", "FRR socle", "FRR+", "FRR bénéficiaire"}
    assert {c["zrr"] for c in communes} == {"C", "NC", "PC"}
    assert {c["secret"] for c in communes} == {"", "partiel", "total"}
    assert {c["densite"] for c in communes} >= {"Centres urbains intermédiaires", "Rural à habitat dispersé"}
    assert any(float(c["evolution"]) < 0 for c in communes)
    assert any(float(c["evolution"]) > 0 for c in communes)
    assert any(c["chomage"] == "0" for c in communes), "a zero that is not a missing value"
    zonages = demo / "sources/zonages"
    assert len(_lire(zonages / "qpv_2024_liste.csv")) == 2
    for programme in ("acv", "pvd", "va", "ti", "fs", "fabt"):
        assert json.loads((zonages / f"programme_{programme}.geojson").read_text(encoding="utf-8"))[
            "features"
        ]
    mouvements = _lire(demo / "sources/communes/mouvements-communes.csv")
    assert {m["COM_AV"] for m in mouvements} == {"99018", "99901", "99902"}


def test_no_enterprise_can_be_mistaken_for_a_real_one(demo: Path) -> None:
    dossier = demo / "sources/entreprises"
    unites = _lire(dossier / "StockUniteLegale_utf8.csv")
    associations = (dossier / "rna_waldec_20261101_dpt_99.csv").read_text(encoding="iso-8859-1")
    assert all(u["siren"].startswith("00099") for u in unites)
    assert all(n.startswith('"W99') for n in associations.splitlines()[1:])
    etablissements = _lire(dossier / "StockEtablissement_utf8.csv")
    assert {e["codeCommuneEtablissement"][:2] for e in etablissements} == {"99"}


def test_numbers_of_the_demonstration_pass_the_usual_check(demo: Path) -> None:

    unites = _lire(demo / "sources/entreprises/StockUniteLegale_utf8.csv")
    assert all(siren_valide(u["siren"]) for u in unites)


def test_the_enterprises_show_everything_that_a_sheet_can_say(demo: Path) -> None:
    structures = _lire(demo / "structures.csv", ";")
    assert {s["rna"] for s in structures} == {"", "numero", "siret", "nom", "seule", "dissoute"}
    assert {s["lieu"] for s in structures} >= {"adresse", "qpv", "voie", "centre"}
    listes = {m.partition(":")[0] for s in structures for m in s["listes"].split()}
    assert listes == {"ess-france", "esus", "siae", "di", "service", "tl", "discret"}
    assert any(s["fermee"] for s in structures)
    assert len({s["commune"] for s in structures}) >= 30
