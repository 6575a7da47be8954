"""The Word template of an authority, from the command line."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from typer.testing import CliRunner

from perenne.cli.main import construire_app
from perenne.domain.erreurs import ErreurUtilisateur
from perenne.reports.note.gabarit_docx import GABARIT


@pytest.fixture(autouse=True)
def _atlas(atlas_jouet: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PERENNE_ATLAS", str(atlas_jouet))


def test_the_note_is_filled_from_the_template_of_the_authority(tmp_path: Path) -> None:
    modele = docx.Document(str(GABARIT))
    modele.paragraphs[0].insert_paragraph_before("Département d'essai")
    modele.save(str(tmp_path / "modele.docx"))
    sortie = tmp_path / "note.docx"
    commande = ["territoire", "23096", "-o", str(sortie), "--modele", str(tmp_path / "modele.docx")]
    assert CliRunner().invoke(construire_app(), commande).exit_code == 0
    assert docx.Document(str(sortie)).paragraphs[0].text == "Département d'essai"


def test_a_template_that_cannot_be_filled_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "modele.docx").write_bytes(b"pas un document")
    sortie = tmp_path / "note.docx"
    commande = ["territoire", "23096", "-o", str(sortie), "--modele", str(tmp_path / "modele.docx")]
    resultat = CliRunner().invoke(construire_app(), commande)
    assert isinstance(resultat.exception, ErreurUtilisateur)
    assert not sortie.exists()


def test_a_word_template_for_another_format_is_refused(tmp_path: Path) -> None:
    commande = ["territoire", "23096", "-o", str(tmp_path / "note.pdf"), "--modele", str(GABARIT)]
    resultat = CliRunner().invoke(construire_app(), commande)
    assert isinstance(resultat.exception, ErreurUtilisateur)
    assert "docx" in str(resultat.exception)
