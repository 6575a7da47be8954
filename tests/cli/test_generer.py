"""What is generated is fresh, and no command is left out of the documentation."""

from __future__ import annotations

from pathlib import Path

from perenne.cli.generateurs.commandes import lister_commandes
from perenne.cli.generer import perimes, produire


def test_generated_files_are_fresh(racine: Path) -> None:
    assert perimes(racine) == [], "lancez « make docs »"


def test_every_command_is_documented_with_its_help(racine: Path) -> None:
    page = (racine / "docs/reference/commandes.md").read_text(encoding="utf-8")
    commandes = list(lister_commandes())
    assert commandes
    assert [nom for nom, c in commandes if f"## `{nom}`" not in page or not c.help] == []


def test_a_file_that_no_generator_gives_is_found(tmp_path: Path, racine: Path) -> None:
    (tmp_path / "knowledge/schema").mkdir(parents=True)
    (tmp_path / "knowledge/schema/perdu.json").write_text("{}")
    assert "knowledge/schema/perdu.json" in perimes(tmp_path)
    assert set(produire(tmp_path)) <= set(perimes(tmp_path))
