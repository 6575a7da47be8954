"""The client of the guide runs as it is written, against the real server."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.usefixtures("serveur")


def test_the_client_of_the_guide_does_what_it_says(
    racine: Path, serveur: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    guide = (racine / "docs" / "guides" / "utiliser-l-api.md").read_text(encoding="utf-8")
    morceaux = re.findall(r"```python\n(.*?)```", guide, re.DOTALL)
    espace: dict[str, Any] = {"SITE": serveur, "DOSSIER": str(tmp_path)}
    for morceau in morceaux:
        exec(compile(morceau, "utiliser-l-api.md", "exec"), espace)
    dit = capsys.readouterr().out
    # data/demo/territoire.csv, décret n° 2019-1344, and the first step of the action in knowledge/.
    assert "Brumeville 31420" in dit
    assert "40\u202f000\u202f€ HT" in dit.replace("\u00a0", " ")
    assert "36 communes" in dit
    assert "Premier pas : Demander au financeur" in dit
    lignes = (tmp_path / "territoire.csv").read_text(encoding="utf-8").splitlines()
    assert len(lignes) == 1 + len(list(espace["parcourir"]("territoires")))
    # Taken up again: nothing is added to a file that is whole.
    avant = (tmp_path / "territoire.csv").read_bytes()
    for reste in (1000, len(avant)):
        (tmp_path / "territoire.csv").write_bytes(avant[:reste])
        espace["telecharger"]("territoire.csv", tmp_path / "territoire.csv")
        assert (tmp_path / "territoire.csv").read_bytes() == avant
    with pytest.raises(SystemExit, match="Zzz"):
        espace["lire"]("territoires/Zzz")
