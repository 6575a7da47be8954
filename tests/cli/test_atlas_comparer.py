"""`perenne atlas comparer`, run as a user does on the atlas of the demonstration and a changed copy."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from perenne.cli.main import construire_app, main


@pytest.fixture(scope="module")
def versions(racine: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The atlas of the demonstration, and a copy where one commune has another EPCI."""
    dossier = tmp_path_factory.mktemp("atlas")
    lance = _lancer(
        "atlas", "construire", "--sources", str(racine / "data/demo/sources"), "--vers", str(dossier)
    )
    assert lance[0] == 0
    un = dossier / (dossier / "actuel").read_text().strip()
    deux = Path(shutil.copytree(un, dossier / "deux"))
    table = pq.read_table(deux / "territoire.parquet")
    premiere = pc.equal(table["code"], pc.min(table.filter(pc.equal(table["type"], "commune"))["code"]))
    epci = pc.if_else(premiere, "299999999", table["epci"])
    rang = table.schema.get_field_index("epci")
    pq.write_table(table.set_column(rang, "epci", epci.cast(pa.string())), deux / "territoire.parquet")
    return un, deux


def _lancer(*arguments: str) -> tuple[int, str]:
    resultat = CliRunner().invoke(construire_app(), list(arguments))
    return resultat.exit_code, resultat.output


def test_counts_come_first_then_the_detail(versions: tuple[Path, Path]) -> None:
    code, texte = _lancer("atlas", "comparer", *map(str, versions))
    assert code == 0
    assert texte.index("1 commune a changé d'EPCI.") < texte.index("Dans le détail")
    assert "→ 299999999" in texte


def test_a_version_compared_with_itself_has_no_difference(versions: tuple[Path, Path]) -> None:
    code, texte = _lancer("atlas", "comparer", str(versions[0]), str(versions[0]))
    assert code == 0
    assert "Aucune différence dans les données." in texte


def test_files_hold_every_difference(versions: tuple[Path, Path], tmp_path: Path) -> None:
    for nom in ("d.json", "d.csv"):
        code, texte = _lancer(
            "atlas", "comparer", *map(str, versions), "--format", nom[2:], "-o", str(tmp_path / nom)
        )
        assert code == 0, texte
    lu = json.loads((tmp_path / "d.json").read_text(encoding="utf-8"))
    [detail] = lu["details"]
    assert (detail["table"], detail["nature"], detail["colonne"]) == ("territoire", "change", "epci")
    assert detail["cle"]["type"] == "commune"
    with (tmp_path / "d.csv").open(encoding="utf-8", newline="") as flux:
        [ligne] = csv.DictReader(flux, delimiter=";")
    assert (ligne["colonne"], ligne["apres"]) == ("epci", "299999999")


def test_a_file_that_cannot_be_written_leaves_nothing(
    versions: tuple[Path, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    cible = tmp_path / "absent" / "d.csv"
    monkeypatch.setattr("sys.argv", ["perenne", "atlas", "comparer", *map(str, versions), "-o", str(cible)])
    with pytest.raises(SystemExit) as arret:
        main()
    assert arret.value.code == 2
    assert "ne peut pas être écrit" in capsys.readouterr().err
    assert not cible.parent.exists()
