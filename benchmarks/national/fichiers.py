"""The folder of files, kept from one run to the next: what is there is not made again, what was cut is."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from benchmarks.national import associations, listes
from benchmarks.national.cog import generer_cog
from benchmarks.national.communes import Communes, lire_communes
from benchmarks.national.etablissements import etablissements
from benchmarks.national.hasard import GRAINE
from benchmarks.national.quartiers import ecrire_contours, ecrire_liste
from benchmarks.national.tirages import UNITES, Tirage
from benchmarks.national.unites import unites
from benchmarks.national.vocabulaire import Vocabulaire, lire_vocabulaire

RACINE = Path(__file__).resolve().parents[2]
PARTAGE = Path(os.environ.get("PERENNE_TEST_PARTAGE", RACINE.parent / "shared")) / "data"
COMMUNES = 35_000
LOT = 250_000
CONTOURS = "qpv_polygones_anct_2026.geojson"
LISTE = "qpv_2024_liste.csv"


@dataclass(frozen=True)
class Tache:
    """One file to write, in its own process."""

    nom: str
    dossier: Path
    territoire: Path
    fraction: float

    @property
    def chemin(self) -> Path:
        """Where it goes."""
        return self.dossier / self.nom


def cache_par_defaut() -> Path:
    """`PERENNE_BENCH_CACHE`, or the cache folder of the user."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(os.environ.get("PERENNE_BENCH_CACHE") or Path(base) / "perenne-bench")


def empreinte_du_generateur() -> str:
    """Digest of the code that writes the files: another code, other files."""
    ici = Path(__file__).resolve().parent
    noms = (
        "hasard", "colonnes", "cog", "communes", "vocabulaire", "tirages", "unites", "etablissements",
        "associations", "listes", "quartiers", "fichiers",
    )  # fmt: skip
    calcul = hashlib.sha256(str(GRAINE).encode())
    for nom in noms:
        calcul.update((ici / f"{nom}.py").read_bytes())
    return calcul.hexdigest()[:12]


def preparer(
    fraction: float,
    *,
    cache: Path | None = None,
    communes: int | None = None,
    processus: int = 2,
    dire: Callable[[str], None] = lambda _: None,
) -> Path:
    """The folder of sources of the country, or of that fraction of its enterprises, written if need be.

    Args:
        fraction: of the rows of the national files, in ]0, 1]; communes are always all there.
        cache: where the folders are kept.
        communes: how many to make up; None for the real ones where they are at hand, else 35,000.
        processus: files written at a time.
        dire: told what is being done.
    """
    reels = communes is None and (PARTAGE / "communes").is_dir()
    origine = "reelles" if reels else f"fictives{communes or COMMUNES}"
    racine = (cache or cache_par_defaut()) / f"{empreinte_du_generateur()}-{fraction:g}-{origine}"
    territoire = racine / "sources"
    if not (territoire / ".complet").exists():
        shutil.rmtree(territoire, ignore_errors=True)
        territoire.mkdir(parents=True)
        dire("Communes…")
        _territoire(territoire, communes if not reels else None, reels)
        (territoire / ".complet").touch()
    entreprises = territoire / "entreprises"
    entreprises.mkdir(exist_ok=True)
    taches = [Tache(nom, entreprises, territoire, fraction) for nom in FICHIERS]
    restantes = [t for t in taches if not t.chemin.exists()]
    depart = time.perf_counter()
    if processus > 1 and len(restantes) > 1:
        with ProcessPoolExecutor(processus, mp_context=get_context("spawn")) as equipe:
            for nom, duree in equipe.map(_ecrire, restantes):
                dire(f"{nom} : {duree:.0f} s")
    else:
        for tache in restantes:
            nom, duree = _ecrire(tache)
            dire(f"{nom} : {duree:.0f} s")
    if restantes:
        _signer(racine, entreprises, fraction, time.perf_counter() - depart)
    return territoire


def _signer(racine: Path, entreprises: Path, fraction: float, duree: float) -> None:
    savoir = hashlib.sha256()
    for fichier in sorted((RACINE / "knowledge" / "activites").glob("*.yaml")):
        savoir.update(fichier.read_bytes())
    fiche = {
        "fraction": fraction,
        "graine": GRAINE,
        "activites": savoir.hexdigest()[:12],
        "secondes": round(duree, 1),
        "octets": {f.name: f.stat().st_size for f in sorted(entreprises.iterdir())},
    }
    (racine / "fiche.json").write_text(json.dumps(fiche, indent=2) + "\n", encoding="utf-8")


def _territoire(dossier: Path, nombre: int | None, reels: bool) -> None:
    if reels:
        for partie in ("communes", "zonages", "indicateurs"):
            (dossier / partie).mkdir()
            for fichier in sorted((PARTAGE / partie).iterdir()):
                if fichier.name != CONTOURS:
                    (dossier / partie / fichier.name).symlink_to(fichier.resolve())
    else:
        generer_cog(dossier, nombre or COMMUNES)
        (dossier / "zonages").mkdir()
    lues = lire_communes(dossier)
    if not (dossier / "zonages" / LISTE).exists():
        ecrire_liste(dossier / "zonages" / LISTE, lues)
    ecrire_contours(dossier / "zonages" / CONTOURS, dossier / "zonages" / LISTE, lues)


def _ecrire(tache: Tache) -> tuple[str, float]:
    """Write beside, then name: a file that bears its name is whole."""
    depart = time.perf_counter()
    partiel = tache.dossier / f".{tache.nom}"
    FICHIERS[tache.nom](
        partiel, tache, lire_communes(tache.territoire), lire_vocabulaire(RACINE / "knowledge")
    )
    partiel.replace(tache.chemin)
    return tache.nom, time.perf_counter() - depart


Table = Callable[[Tirage, Communes, Vocabulaire], pa.Table]


def _parquet(table: Table) -> Callable[[Path, Tache, Communes, Vocabulaire], None]:
    def ecrire(chemin: Path, tache: Tache, communes: Communes, vocabulaire: Vocabulaire) -> None:
        ecrivain = None
        for lot in _lots(round(UNITES * tache.fraction)):
            lignes = _salir(table(Tirage(lot), communes, vocabulaire), int(lot[0]))
            ecrivain = ecrivain or pq.ParquetWriter(
                chemin, lignes.schema, compression="zstd", store_schema=False
            )
            ecrivain.write_table(lignes)
        assert ecrivain is not None
        ecrivain.close()

    return ecrire


def _lots(nombre: int) -> Iterator[np.ndarray]:
    for debut in range(0, nombre, LOT):
        yield np.arange(debut, min(debut + LOT, nombre), dtype=np.uint64)


def _salir(table: pa.Table, debut: int) -> pa.Table:
    """A row written twice in each batch, and one whose SIREN cannot be in one batch out of four."""
    lignes = [table, table.slice(len(table) // 2, 1)]
    if debut // LOT % 4 == 0:
        faute = table.slice(len(table) // 3, 1)
        lignes.append(faute.set_column(0, "siren", pa.array(["12AB"])))
    return pa.concat_tables(lignes)


def _waldec(chemin: Path, tache: Tache, communes: Communes, vocabulaire: Vocabulaire) -> None:
    associations.ecrire_waldec(chemin, associations.inscrire(tache.fraction, communes), communes, vocabulaire)


def _import(chemin: Path, tache: Tache, communes: Communes, vocabulaire: Vocabulaire) -> None:
    associations.ecrire_import(chemin, associations.inscrire(tache.fraction, communes), communes, vocabulaire)


FICHIERS: dict[str, Callable[[Path, Tache, Communes, Vocabulaire], None]] = {
    "StockEtablissement_utf8.parquet": _parquet(etablissements),
    "StockUniteLegale_utf8.parquet": _parquet(unites),
    "rna_waldec_20261101.zip": _waldec,
    "rna_import_20261101.zip": _import,
    "liste-entreprises-ess.csv": lambda p, t, c, v: listes.ecrire_ess_france(p, t.fraction),
    "structures-inclusion-2026-11.csv": lambda p, t, c, v: listes.ecrire_data_inclusion(p, t.fraction, c, v),
    "siae_marche_inclusion.json": lambda p, t, c, v: listes.ecrire_siae(p, t.fraction, c, v),
    "agrements_esus.csv": lambda p, t, c, v: listes.ecrire_esus(p, t.fraction, v),
    "bdftl-2023-01-fiche-identite.csv": lambda p, t, c, v: listes.ecrire_tiers_lieux(p, t.fraction, c, v),
}
"""Every national file of enterprises, by name; the longest first."""
