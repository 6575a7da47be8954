"""No orphan template: each file of `gabarits/` is named by the code or by another template."""

from __future__ import annotations

from pathlib import Path

import pytest

GABARITS = Path("src/perenne/reports/gabarits")


def _textes(racine: Path) -> dict[Path, str]:
    fichiers = [*(racine / "src/perenne").rglob("*.py"), *(racine / GABARITS).glob("*")]
    return {f: f.read_text(encoding="utf-8", errors="ignore") for f in fichiers if f.suffix != ".docx"}


def test_every_template_is_used(racine: Path) -> None:
    textes = _textes(racine)
    gabarits = [f for f in (racine / GABARITS).iterdir() if f.is_file()]
    assert gabarits
    orphelins = [g.name for g in gabarits if not any(f'"{g.name}"' in t for f, t in textes.items() if f != g)]
    assert not orphelins


@pytest.mark.parametrize("suffixe", [".html.j2", ".typ", ".docx"])
def test_every_kind_of_template_is_there(racine: Path, suffixe: str) -> None:
    assert [f for f in (racine / GABARITS).iterdir() if f.name.endswith(suffixe)]
