"""The notices of the sources: complete, honest about what was seen, and each source on its own."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.pipeline.notice import Notice, lire_notice
from perenne.sources.registre import RACINE, charger, charger_notices, lister

NOTICES = {n.id: n for n in charger_notices()}


def test_each_source_is_a_folder_with_a_notice_a_transformation_and_a_page() -> None:
    dossiers = {p.name for p in RACINE.iterdir() if p.is_dir() and p.name != "__pycache__"}
    assert dossiers == set(lister())
    for dossier in dossiers:
        assert {"source.yml", "transform.py", "README.md"} <= {p.name for p in (RACINE / dossier).iterdir()}


@pytest.mark.parametrize("notice", NOTICES.values(), ids=NOTICES)
def test_a_source_whose_official_file_was_not_seen_says_what_was_read(notice: Notice) -> None:
    assert notice.format_verifie == "oui" or notice.reserve


@pytest.mark.parametrize("notice", NOTICES.values(), ids=NOTICES)
def test_a_source_says_who_publishes_it_and_where(notice: Notice) -> None:
    assert notice.producteur
    assert notice.licence
    assert notice.page.startswith("https://")
    assert not notice.telechargement or notice.telechargement.startswith("https://")
    assert all(c.libelle for n, c in notice.colonnes.items() if n != "geometrie")
    assert set(notice.controles.unique) <= set(notice.colonnes)
    assert all(m.colonne in notice.colonnes for m in notice.mesures.values() if m.colonne)


@pytest.mark.parametrize("nom", lister())
def test_a_source_imports_no_other(nom: str) -> None:
    arbre = ast.parse((RACINE / nom / "transform.py").read_text(encoding="utf-8"))
    modules = [n.module or "" for n in ast.walk(arbre) if isinstance(n, ast.ImportFrom)]
    assert not [m for m in modules if m.startswith("perenne.sources")]


def test_every_source_has_a_transformation() -> None:
    assert [s.notice.id for s in charger()] == list(lister())
    assert all(callable(s.transformer) for s in charger())


def test_a_wrong_notice_is_told_with_every_fault(tmp_path: Path) -> None:
    (tmp_path / "essai").mkdir()
    fichier = tmp_path / "essai" / "source.yml"
    texte = (RACINE / "insee_cog" / "source.yml").read_text(encoding="utf-8")
    fichier.write_text(
        texte.replace("licence:", "license:").replace("format_verifie: oui", "format_verifie: 1")
    )
    with pytest.raises(ErreurUtilisateur, match="essai") as erreur:
        lire_notice(fichier)
    assert {a.ou for a in erreur.value.anomalies} == {
        "source.yml, license",
        "source.yml, licence",
        "source.yml, format_verifie",
    }
