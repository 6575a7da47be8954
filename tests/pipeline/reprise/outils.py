"""Builds that die where one says; what the next one makes is compared with one never interrupted."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from perenne.pipeline.moteurs.etapes import Etapes
from perenne.pipeline.publication import MANIFESTE, version_courante
from perenne.services.construction_atlas import construire_atlas
from perenne.services.reglages import lire_reglages

RACINE = Path(__file__).resolve().parents[3]
MAINTENANT = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)


@dataclass
class Essai:
    """One attempt: what it said, the stages that it made and took up."""

    dit: list[str] = field(default_factory=list)
    faites: list[str] = field(default_factory=list)
    reprises: list[str] = field(default_factory=list)

    @property
    def texte(self) -> str:
        """All that it said."""
        return "\n".join(self.dit)


def construire(
    sources: Path,
    vers: Path,
    *,
    essai: Essai | None = None,
    fautes: Callable[[pytest.MonkeyPatch, Essai], None] = lambda *_: None,
    **options: Any,
) -> Essai:
    """Build, noting the stages; `fautes` breaks something first."""
    essai = essai or Essai()
    ancien = Etapes.fermer

    def fermer(etapes: Etapes) -> None:
        ancien(etapes)
        essai.faites, essai.reprises = etapes.faites, etapes.reprises

    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(Etapes, "fermer", fermer)
        fautes(monkeypatch, essai)
        construire_atlas(
            lire_reglages(), sources=sources, vers=vers, maintenant=MAINTENANT, progres=essai.dit.append,
            **options,
        )  # fmt: skip
    return essai


def mourir_apres(nombre: int) -> Callable[[pytest.MonkeyPatch, Essai], None]:
    """Ctrl-C before the stage that comes after so many new ones."""

    def poser(monkeypatch: pytest.MonkeyPatch, essai: Essai) -> None:
        ancien = Etapes.entreprendre

        def entreprendre(etapes: Etapes, nom: str) -> Path:
            if len(etapes.faites) == nombre:
                raise KeyboardInterrupt
            return ancien(etapes, nom)

        monkeypatch.setattr(Etapes, "entreprendre", entreprendre)

    return poser


def mourir_avant(voulue: str) -> Callable[[pytest.MonkeyPatch, Essai], None]:
    """Ctrl-C before the stage of that name."""

    def poser(monkeypatch: pytest.MonkeyPatch, essai: Essai) -> None:
        ancien = Etapes.entreprendre

        def entreprendre(etapes: Etapes, nom: str) -> Path:
            if nom == voulue:
                raise KeyboardInterrupt
            return ancien(etapes, nom)

        monkeypatch.setattr(Etapes, "entreprendre", entreprendre)

    return poser


_A_PART = """
import os, signal, sys
from pathlib import Path
from tests.pipeline.reprise.outils import construire, Essai
class Dit(list):
    def append(self, message):
        print(message, flush=True)
        if message.startswith(sys.argv[3]):
            os.kill(os.getpid(), int(sys.argv[4]))
construire(Path(sys.argv[1]), Path(sys.argv[2]), essai=Essai(dit=Dit()))
"""


def tuer(sources: Path, vers: Path, phase: str, signal: int) -> tuple[int, str]:
    """Build in another process, to which a signal is sent as it announces a step; its code, what it said."""
    environ = {**os.environ, "PYTHONPATH": str(RACINE)}
    lance = subprocess.run(
        [sys.executable, "-c", _A_PART, str(sources), str(vers), phase, str(signal)],
        capture_output=True, text=True, check=False, cwd=RACINE, env=environ,
    )  # fmt: skip
    assert phase in lance.stdout, lance.stderr
    return lance.returncode, lance.stdout


def empreintes(vers: Path) -> Mapping[str, str]:
    """Digest of each file of the current version, its manifest aside."""
    version = version_courante(vers)
    assert version is not None
    return {
        f.name: hashlib.sha256(f.read_bytes()).hexdigest()
        for f in sorted(version.iterdir())
        if f.name != MANIFESTE
    }


def manifeste(vers: Path) -> dict[str, Any]:
    """The manifest of the current version, without its name."""
    version = version_courante(vers)
    assert version is not None
    lu: dict[str, Any] = json.loads((version / MANIFESTE).read_text(encoding="utf-8"))
    return {c: v for c, v in lu.items() if c != "version"}


def poser_un_atlas(vers: Path) -> None:
    """An atlas in place, that nothing must touch."""
    (vers / "ancien").mkdir(parents=True)
    (vers / "ancien" / MANIFESTE).write_text("{}")
    (vers / "actuel").write_text("ancien\n")


def en_place(vers: Path) -> bool:
    """Whether that atlas is still the current one, and the only one."""
    autres = {".verrou", ".etapes"}
    noms = sorted(p.name for p in vers.iterdir() if p.name not in autres)
    return (vers / "actuel").read_text() == "ancien\n" and noms == ["actuel", "ancien"]
