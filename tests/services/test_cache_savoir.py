"""The copy of the knowledge base: used while nothing changed, done without when it cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.domain.savoir.base import BaseSavoir
from perenne.kb.chargement import charger_base
from perenne.services.cache_savoir import charger_avec_cache

FICHE = """titre: {titre}
type: page-web
"""


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    (tmp_path / "savoir/ressources").mkdir(parents=True)
    (tmp_path / "savoir/ressources/page-x.yaml").write_text(FICHE.format(titre="Un"), encoding="utf-8")
    return tmp_path / "savoir"


class _Compteur:
    def __init__(self) -> None:
        self.appels = 0

    def __call__(self, dossier: Path) -> BaseSavoir:
        self.appels += 1
        return charger_base(dossier)


def test_the_copy_equals_what_was_read_and_spares_the_reading(dossier: Path, tmp_path: Path) -> None:
    charger = _Compteur()
    lue = charger_avec_cache(dossier, tmp_path / "cache", charger)
    relue = charger_avec_cache(dossier, tmp_path / "cache", charger)
    assert charger.appels == 1
    assert relue == lue
    assert relue.ressources["page-x"].titre == "Un"


def test_a_changed_file_is_read_again(dossier: Path, tmp_path: Path) -> None:
    charger = _Compteur()
    charger_avec_cache(dossier, tmp_path / "cache", charger)
    (dossier / "ressources/page-x.yaml").write_text(FICHE.format(titre="Deux"), encoding="utf-8")
    assert charger_avec_cache(dossier, tmp_path / "cache", charger).ressources["page-x"].titre == "Deux"


def test_a_damaged_copy_is_read_again(dossier: Path, tmp_path: Path) -> None:
    charger = _Compteur()
    charger_avec_cache(dossier, tmp_path / "cache", charger)
    for copie in (tmp_path / "cache").iterdir():
        copie.write_bytes(b"\x80\x05garbage")
    assert charger_avec_cache(dossier, tmp_path / "cache", charger).ressources["page-x"].titre == "Un"
    assert charger.appels == 2


def test_a_cache_that_cannot_be_written_is_done_without(dossier: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("un fichier, pas un dossier", encoding="utf-8")
    assert charger_avec_cache(dossier, tmp_path / "cache", _Compteur()).ressources["page-x"].titre == "Un"


def test_a_wrong_base_is_told_and_never_kept(dossier: Path, tmp_path: Path) -> None:
    (dossier / "ressources/page-x.yaml").write_text("titre: 3\n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(ErreurUtilisateur):
            charger_avec_cache(dossier, tmp_path / "cache", charger_base)
    assert not (tmp_path / "cache").exists()
