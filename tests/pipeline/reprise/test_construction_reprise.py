"""A build that is interrupted: nothing changes, and the same command takes it up where it stood."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import sqlite3
from pathlib import Path

import pytest
from tests.pipeline.reprise.outils import (
    Essai,
    construire,
    empreintes,
    en_place,
    manifeste,
    mourir_apres,
    poser_un_atlas,
    tuer,
)

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.pipeline import livraison, sqlite
from perenne.pipeline.moteurs.etapes import Etapes
from perenne.pipeline.publication import verrou

pytestmark = [pytest.mark.lent, pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")]


@pytest.fixture
def reprenable(interrompu: Path, tmp_path: Path) -> Path:
    """A copy of the interrupted build, an atlas being in place."""
    vers = Path(shutil.copytree(interrompu, tmp_path / "atlas"))
    poser_un_atlas(vers)
    return vers


@pytest.mark.parametrize(
    ("numero", "phase"),
    [
        (signal.SIGTERM, "Entreprises : verdicts"),
        (signal.SIGKILL, "Écriture de la base"),
    ],
)
def test_killed_at_any_step_the_build_resumes_and_gives_the_same_atlas(
    numero: signal.Signals, phase: str, demo: Path, droit: Path, tmp_path: Path
) -> None:
    vers = tmp_path / "atlas"
    poser_un_atlas(vers)
    code, dit = tuer(demo, vers, phase, numero)
    assert code == -numero if numero == signal.SIGKILL else code != 0
    assert en_place(vers) or numero == signal.SIGKILL
    assert (vers / "actuel").read_text() == "ancien\n"
    assert ("la même commande reprendra" in dit) == (numero != signal.SIGKILL)
    suite = construire(demo, vers)
    assert suite.reprises
    assert f"{len(suite.reprises)} étapes déjà faites" in suite.texte
    assert not set(suite.reprises) & set(suite.faites)
    assert empreintes(vers) == empreintes(droit)
    assert manifeste(vers) == manifeste(droit)
    assert not (vers / ".etapes").exists()


def test_interrupted_again_and_again_each_attempt_goes_further(
    demo: Path, droit: Path, tmp_path: Path
) -> None:
    vers, faites = tmp_path / "atlas", 0
    for nombre in (1, 45):
        essai = Essai()
        with pytest.raises(KeyboardInterrupt):
            construire(demo, vers, essai=essai, fautes=mourir_apres(nombre))
        assert len(essai.faites) == nombre
        faites += nombre
        assert f"{faites} étape" in essai.dit[-1]
    construire(demo, vers)
    assert empreintes(vers) == empreintes(droit)


def test_only_the_last_stage_is_made_when_only_it_was_missing(
    demo: Path, droit: Path, reprenable: Path
) -> None:
    assert en_place(reprenable)
    suite = construire(demo, reprenable)
    assert suite.faites == ["base"]
    assert empreintes(reprenable) == empreintes(droit)


def test_a_changed_source_is_read_again_and_only_what_comes_from_it_is_made(
    demo: Path, reprenable: Path, tmp_path: Path
) -> None:
    autres = Path(shutil.copytree(demo, tmp_path / "sources"))
    liste = autres / "entreprises" / "agrements_esus.csv"
    liste.write_text("\n".join(liste.read_text("utf-8").splitlines()[:-1]) + "\n", "utf-8")
    suite = construire(autres, reprenable)
    assert {"lu_tresor_esus", "registre_lu", "publiee_source", "base"} <= set(suite.faites)
    assert {"lu_marche_siae", "asso", "publiee_composition"} <= set(suite.reprises)
    neuf = tmp_path / "neuf"
    construire(autres, neuf)
    assert empreintes(reprenable) == empreintes(neuf)


def test_another_option_gives_what_it_gives_from_nothing(
    demo: Path, reprenable: Path, tmp_path: Path
) -> None:
    suite = construire(demo, reprenable, departements=("98",))
    assert "territoires" in suite.reprises
    neuf = tmp_path / "neuf"
    construire(demo, neuf, departements=("98",))
    assert empreintes(reprenable) == empreintes(neuf)
    assert manifeste(reprenable) == manifeste(neuf)


def test_everything_is_made_again_when_asked(demo: Path, tmp_path: Path) -> None:
    sources, vers = demo / "communes", tmp_path / "atlas"
    with pytest.raises(KeyboardInterrupt):
        construire(sources, vers, fautes=mourir_apres(5))
    suite = construire(sources, vers, recommencer=True)
    assert suite.reprises == []
    assert "Étapes gardées effacées, tout est refait" in suite.dit[0]
    assert "base" in suite.faites


def test_a_damaged_stage_is_told_and_made_again(demo: Path, droit: Path, reprenable: Path) -> None:
    etape = reprenable / ".etapes" / "etab_situe.parquet"
    octets = bytearray(etape.read_bytes())
    octets[len(octets) // 2] ^= 1
    etape.write_bytes(octets)
    suite = construire(demo, reprenable)
    assert suite.faites == ["etab_situe", "base"]
    assert "Une étape gardée était abîmée" in suite.texte
    assert empreintes(reprenable) == empreintes(droit)


def test_a_full_disk_is_told_in_plain_words_and_loses_nothing(demo: Path, reprenable: Path) -> None:
    def ecrire(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    def remplir(monkeypatch: pytest.MonkeyPatch, _: Essai) -> None:
        monkeypatch.setattr(sqlite, "ecrire", ecrire)

    with pytest.raises(ErreurUtilisateur, match="disque est plein") as erreur:
        construire(demo, reprenable, fautes=remplir)
    assert "relancez la même commande" in str(erreur.value)
    assert en_place(reprenable)
    assert construire(demo, reprenable).faites == ["base"]


def test_a_record_that_the_disk_refuses_is_told_as_a_full_disk(demo: Path, tmp_path: Path) -> None:
    def sceller(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def remplir(monkeypatch: pytest.MonkeyPatch, _: Essai) -> None:
        monkeypatch.setattr(Etapes, "_sceller", sceller)

    with pytest.raises(ErreurUtilisateur, match="disque est plein"):
        construire(demo / "communes", tmp_path, fautes=remplir)


def test_a_source_written_to_during_the_build_stops_it(demo: Path, tmp_path: Path) -> None:
    sources = Path(shutil.copytree(demo / "communes", tmp_path / "sources"))

    def toucher(monkeypatch: pytest.MonkeyPatch, _: Essai) -> None:
        ancien = livraison.ecrire_base

        def ecrire(*arguments: object) -> None:
            ancien(*arguments)  # type: ignore[arg-type]
            with (sources / "epcicom2025.csv").open("a") as flux:
                flux.write("\n")

        monkeypatch.setattr(livraison, "ecrire_base", ecrire)

    with pytest.raises(ErreurUtilisateur, match=r"ont changé pendant.*\n.*epcicom2025\.csv"):
        construire(sources, tmp_path / "atlas", fautes=toucher)
    assert not (tmp_path / "atlas" / "actuel").exists()


def test_a_second_build_is_refused_and_leaves_the_stages_of_the_first(demo: Path, reprenable: Path) -> None:
    avant = sorted((reprenable / ".etapes").iterdir())
    with verrou(reprenable), pytest.raises(ErreurUtilisateur, match="déjà en cours"):
        construire(demo, reprenable, recommencer=True)
    assert sorted((reprenable / ".etapes").iterdir()) == avant
