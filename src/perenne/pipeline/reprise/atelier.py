"""The folder of a build: what it keeps from one attempt to the next, and what leaves with each of them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from perenne.pipeline.moteurs.etapes import FICHE, Etapes, ecrire_surement, lire_fiche, retirer
from perenne.pipeline.reprise.recit import Recit, accorder, dire_taille
from perenne.pipeline.reprise.socle import calculer_socle

DOSSIER = ".etapes"
_IDENTITE = "construction.socle"
_TAMPON = ".tampon"


@dataclass(frozen=True, kw_only=True)
class Atelier:
    """Where a build works.

    Attributes:
        etapes: its stages.
        tampon: a folder for what does not fit in memory, removed at the end of each attempt.
        annoncer: tells a step.
        conclure: to be called once the atlas is published: nothing is kept any more.
    """

    etapes: Etapes
    tampon: Path
    annoncer: Callable[[str], None]
    conclure: Callable[[], None]


@contextmanager
def ouvrir_atelier(
    vers: Path, moteur: str, *, recommencer: bool, dire: Callable[[str], None]
) -> Iterator[Atelier]:
    """The workshop of a build of `vers`, which this process alone builds.

    Args:
        moteur: `duckdb` or `spark`; nothing passes from one to the other.
        recommencer: throw away what an interrupted build left.
        dire: told each line, in French.
    """
    dossier, recit, socle = vers / DOSSIER, Recit(dire), calculer_socle(moteur)
    _accueillir(dossier, moteur, socle, recommencer=recommencer, dire=dire)
    etapes = Etapes(dossier, socle, avant=lambda _: recit.avouer(etapes.reprises))
    tampon = dossier / _TAMPON
    tampon.mkdir()
    publie: list[bool] = []
    try:
        yield Atelier(
            etapes=etapes,
            tampon=tampon,
            annoncer=lambda phase: recit.annoncer(phase, etapes.reprises),
            conclure=lambda: publie.append(True),
        )
    finally:
        etapes.fermer()
        shutil.rmtree(tampon, ignore_errors=True)
        gardees, octets = _inventorier(dossier)
        if publie:
            recit.avouer(etapes.reprises)
            _dire_abimees(etapes, dire)
            shutil.rmtree(dossier, ignore_errors=True)
            dire(f"Étapes de la construction effacées : {dire_taille(octets)} rendus au disque.")
        elif gardees:
            finies = "finies sont gardées" if gardees > 1 else "finie est gardée"
            dire(
                f"{accorder(gardees, 'étape')} {finies} dans « {dossier} » ({dire_taille(octets)}) : "
                "la même commande reprendra après."
            )
        else:
            shutil.rmtree(dossier, ignore_errors=True)


def _accueillir(
    dossier: Path, moteur: str, socle: str, *, recommencer: bool, dire: Callable[[str], None]
) -> None:
    """Keep what a previous attempt finished if this one can use it, nothing else; tell it."""
    identite = _lire_identite(dossier)
    if recommencer or identite.get("socle") != socle:
        gardees, octets = _inventorier(dossier)
        retirer(dossier)
        if gardees:
            dire(f"{_pourquoi(identite, moteur, recommencer=recommencer)} ({dire_taille(octets)}).")
    dossier.mkdir(exist_ok=True)
    _ranger(dossier)
    ecrire_surement(
        dossier / _IDENTITE, json.dumps({"socle": socle, "moteur": moteur}, ensure_ascii=False) + "\n"
    )
    gardees, octets = _inventorier(dossier)
    if gardees:
        dire(
            f"Une construction interrompue a laissé {accorder(gardees, 'étape')} ({dire_taille(octets)}) : "
            "celles que rien n'a changé sont reprises. Pour tout refaire : --recommencer."
        )


def _pourquoi(identite: dict[str, str], moteur: str, *, recommencer: bool) -> str:
    if recommencer:
        return "Étapes gardées effacées, tout est refait"
    if identite.get("moteur", moteur) != moteur:
        return f"Étapes gardées effacées : elles venaient du moteur {identite['moteur']}"
    return "Étapes gardées effacées : elles venaient d'une autre version de Pérenne ou de ses bibliothèques"


def _lire_identite(dossier: Path) -> dict[str, str]:
    try:
        lue = json.loads((dossier / _IDENTITE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return lue if isinstance(lue, dict) else {}


def _ranger(dossier: Path) -> None:
    """Remove what has no readable record: what was being written when the previous attempt died."""
    fiches = {c: lire_fiche(c) for c in dossier.glob(f"*{FICHE}")}
    utiles = {c.name for c, f in fiches.items() if f} | {f.fichier for f in fiches.values() if f}
    for chemin in dossier.iterdir():
        if chemin.name not in utiles:
            retirer(chemin)


def _inventorier(dossier: Path) -> tuple[int, int]:
    """How many stages are recorded there, and the bytes that removing the folder would give back."""
    if not dossier.is_dir():
        return 0, 0
    etats = [f.stat() for f in dossier.rglob("*") if f.is_file()]
    octets = sum(e.st_size for e in etats if e.st_nlink == 1)  # the others are also those of an atlas
    return len(list(dossier.glob(f"*{FICHE}"))), octets


def _dire_abimees(etapes: Etapes, dire: Callable[[str], None]) -> None:
    nombre = len(etapes.abimees)
    if nombre == 1:
        dire("Une étape gardée était abîmée : elle a été refaite.")
    elif nombre:
        dire(f"{nombre} étapes gardées étaient abîmées : elles ont été refaites.")
