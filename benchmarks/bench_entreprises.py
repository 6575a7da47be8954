"""Time and peak memory of the enterprises of the atlas, and the ratio to merely scanning the same columns.

    python benchmarks/bench_entreprises.py [ROWS OF LEGAL UNITS, 1 000 000 by default]

Files of the true shape are generated at each run, from a seed, in a temporary folder: for a million legal
units, 1.45 million establishments and 70,000 associations, on the communes of the demonstration. The baseline
asks DuckDB for the extremes of every column that the build uses, and nothing else. The limit of the ratio is
that of the whole country: fixed costs weigh more on a smaller file, so here it is only told.

Each run is a fresh process, so that the peaks do not add up.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

RACINE = Path(__file__).resolve().parents[1]
GRAINE = 20261123
LOT = 250_000
FORMES = ("1000", "5710", "5499", "6540", "9220", "5460", "9300", "8210", "7210")
PARTS = (0.45, 0.14, 0.17, 0.145, 0.075, 0.003, 0.002, 0.001, 0.014)
RAPPORT_MAX = 5.0
"""Times the scan: what the build of the country must keep."""

MEMOIRE_MAX_MIO = 8192.0


SYLLABES = np.array(["ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "zo"])


def _noms(rangs: np.ndarray) -> np.ndarray:
    """Three invented words a name: as many first words as a register has."""
    mots = rangs * 2_654_435_761 % 14**8
    syllabes = [SYLLABES[mots // 14**k % 14] for k in range(8)]
    noms = syllabes[0]
    for rang, syllabe in enumerate(syllabes[1:], 1):
        noms = np.char.add(np.char.add(noms, " " if rang in (3, 5) else ""), syllabe)
    return np.char.upper(noms)


def _textes(valeurs: np.ndarray) -> pa.Array:
    return pa.array(valeurs.tolist(), pa.string())


def generer(dossier: Path, unites: int) -> None:
    """Write the three national files."""
    hasard = np.random.default_rng(GRAINE)
    dossier.mkdir(parents=True)
    _unites(dossier, unites, hasard)
    _etablissements(dossier, unites, int(1.45 * unites), hasard)
    _associations(dossier, int(0.07 * unites))


def _unites(dossier: Path, nombre: int, hasard: np.random.Generator) -> None:
    ecrivain = None
    for debut in range(0, nombre, LOT):
        n = min(LOT, nombre - debut)
        rangs = np.arange(debut, debut + n)
        formes = hasard.choice(FORMES, n, p=PARTS)
        asso = formes == "9220"
        rna = np.where(
            asso & (hasard.random(n) < 0.6), np.char.add("W99", np.char.zfill(rangs.astype(str), 7)), None
        )
        vides = pa.nulls(n, pa.string())
        table = pa.table(
            {
                "siren": _textes(np.char.zfill(rangs.astype(str), 9)),
                "statutDiffusionUniteLegale": _textes(np.where(hasard.random(n) < 0.9, "O", "P")),
                "dateCreationUniteLegale": _textes(np.full(n, "2010-05-04")),
                "sigleUniteLegale": vides,
                "identifiantAssociationUniteLegale": pa.array(rna.tolist(), pa.string()),
                "trancheEffectifsUniteLegale": _textes(hasard.choice(("NN", "01", "02"), n)),
                "anneeEffectifsUniteLegale": _textes(np.full(n, "2023")),
                "caractereEmployeurUniteLegale": vides,
                "dateDernierTraitementUniteLegale": _textes(np.full(n, "2026-01-01T00:00:00")),
                "etatAdministratifUniteLegale": _textes(hasard.choice(("A", "C"), n)),
                "denominationUniteLegale": _textes(_noms(rangs)),
                "denominationUsuelle1UniteLegale": vides,
                "categorieJuridiqueUniteLegale": _textes(formes),
                "activitePrincipaleUniteLegale": _textes(np.full(n, "94.99Z")),
                "economieSocialeSolidaireUniteLegale": _textes(
                    np.where(asso, "O", np.where(hasard.random(n) < 0.003, "O", "N"))
                ),
                "societeMissionUniteLegale": vides,
                "dateDebut": _textes(np.full(n, "2020-01-01")),
            }
        )
        ecrivain = ecrivain or pq.ParquetWriter(dossier / "StockUniteLegale_utf8.parquet", table.schema)
        ecrivain.write_table(table)
    assert ecrivain is not None
    ecrivain.close()


def _etablissements(dossier: Path, unites: int, nombre: int, hasard: np.random.Generator) -> None:
    ecrivain = None
    for debut in range(0, nombre, LOT):
        n = min(LOT, nombre - debut)
        rangs = np.arange(debut, debut + n)
        sirens = np.char.zfill((rangs % unites).astype(str), 9)
        table = pa.table(
            {
                "siren": _textes(sirens),
                "siret": _textes(np.char.add(sirens, np.char.zfill((rangs // unites).astype(str), 5))),
                "statutDiffusionEtablissement": _textes(np.full(n, "O")),
                "dateDebut": _textes(np.full(n, "2020-01-01")),
                "etablissementSiege": pa.array(rangs < unites),
                "etatAdministratifEtablissement": _textes(hasard.choice(("A", "F"), n)),
                "enseigne1Etablissement": pa.nulls(n, pa.string()),
                "denominationUsuelleEtablissement": pa.nulls(n, pa.string()),
                "activitePrincipaleEtablissement": _textes(np.full(n, "94.99Z")),
                "trancheEffectifsEtablissement": _textes(np.full(n, "NN")),
                "numeroVoieEtablissement": _textes((rangs % 90 + 1).astype(str)),
                "typeVoieEtablissement": _textes(np.full(n, "RUE")),
                "libelleVoieEtablissement": _textes(np.char.add("DES VAGUES ", (rangs % 500).astype(str))),
                "codePostalEtablissement": _textes(np.full(n, "99000")),
                "codeCommuneEtablissement": _textes(
                    np.char.add("990", np.char.zfill((rangs % 36 + 1).astype(str), 2))
                ),
                "coordonneeLambertAbscisseEtablissement": pa.array(hasard.uniform(100_000, 140_000, n)),
                "coordonneeLambertOrdonneeEtablissement": pa.array(hasard.uniform(6_520_000, 6_560_000, n)),
            }
        )
        ecrivain = ecrivain or pq.ParquetWriter(dossier / "StockEtablissement_utf8.parquet", table.schema)
        ecrivain.write_table(table)
    assert ecrivain is not None
    ecrivain.close()


def _associations(dossier: Path, nombre: int) -> None:
    """One in a hundred is cut over two lines; every title has accents in ISO-8859-1."""
    entete = (
        "id;id_ex;siret;rup_mi;date_creat;date_disso;nature;titre;titre_court;objet;objet_social1;objet_social2;"
        "adrs_codeinsee;adrs_codepostal;position;maj_time\n"
    )
    archive = zipfile.ZipFile(dossier / "rna_waldec_20261101.zip", "w", zipfile.ZIP_DEFLATED)
    with archive, archive.open("rna_waldec_20261101_dpt_99.csv", "w") as flux:
        flux.write(entete.encode())
        rangs = np.arange(nombre) * 14  # about one legal unit in fourteen is an association
        for i, (rang, nom) in enumerate(zip(rangs.tolist(), _noms(rangs).tolist(), strict=True)):
            coupe = "\n" if i % 100 == 0 else " "
            flux.write(
                f'"W99{rang:07d}";"";"";"";"2001-02-03";"0001-01-01";"D";"ASSOCIATION {nom} (É)";"";'
                f'"théâtre, fêtes{coupe}et jardins de la commune";"006000";"000000";"990{i % 36 + 1:02d}";'
                f'"99000";"A";"2025-01-01"\n'.encode("latin-1")
            )


def balayer(sources: Path) -> None:
    """Read every column used, and do nothing with it."""
    import duckdb  # noqa: PLC0415

    from perenne.sources.registre import charger_notices  # noqa: PLC0415

    notices = {n.id: n for n in charger_notices()}
    with duckdb.connect() as base:
        for notice, fichier in (
            ("insee_sirene_unites", "StockUniteLegale_utf8.parquet"),
            ("insee_sirene_etablissements", "StockEtablissement_utf8.parquet"),
        ):
            chemin = sources / fichier
            presentes = set(pq.read_schema(chemin).names)
            colonnes = [c for c in notices[notice].colonnes if c in presentes]
            base.sql(
                f"SELECT {', '.join(f'min({c}), max({c})' for c in colonnes)} FROM read_parquet('{chemin}')"
            ).fetchall()
        with tempfile.TemporaryDirectory() as dossier:
            with zipfile.ZipFile(sources / "rna_waldec_20261101.zip") as archive:
                archive.extractall(dossier)
            base.sql(
                f"SELECT min(COLUMNS(*)) FROM read_csv('{dossier}/*.csv', delim = ';', all_varchar = true, "
                "encoding = 'latin-1', ignore_errors = true)"
            ).fetchall()


def construire(sources: Path) -> None:
    """Build the atlas in a temporary folder."""
    import datetime as dt  # noqa: PLC0415

    from perenne.services.construction_atlas import construire_atlas  # noqa: PLC0415
    from perenne.services.reglages import lire_reglages  # noqa: PLC0415

    depart = time.perf_counter()

    def dire(etape: str) -> None:
        print(f"  {time.perf_counter() - depart:7.1f} s  {etape}", file=sys.stderr)

    with tempfile.TemporaryDirectory() as dossier:
        manifeste = construire_atlas(
            lire_reglages(),
            sources=sources,
            vers=Path(dossier),
            maintenant=dt.datetime.now(dt.UTC),
            progres=dire,
        )
    tables = manifeste["tables"]
    dire(f"{tables['entreprise']} entreprises, {tables['etablissement']} établissements")


def mesurer(quoi: str, sources: Path) -> tuple[float, float, float]:
    """Seconds, seconds of processor and peak MiB of one run in its own process."""
    sortie = subprocess.run(
        [sys.executable, __file__, quoi, str(sources)], stdout=subprocess.PIPE, text=True, check=True
    )
    temps, processeur, memoire = sortie.stdout.split()[-3:]
    return float(temps), float(processeur), float(memoire)


def main() -> int:
    """Print the figures; 1 when a limit is passed."""
    if len(sys.argv) > 2:
        depart = time.perf_counter()
        {"balayer": balayer, "construire": construire}[sys.argv[1]](Path(sys.argv[2]))
        usage = resource.getrusage(resource.RUSAGE_SELF)
        print(time.perf_counter() - depart, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
        return 0
    unites = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory(prefix="perenne-mesure-") as temporaire:
        seul = Path(temporaire) / "territoire"
        shutil.copytree(
            RACINE / "data" / "demo" / "sources", seul, ignore=shutil.ignore_patterns("entreprises")
        )
        base = mesurer("construire", seul)
        generer(seul / "entreprises", unites)
        temoin = mesurer("balayer", seul / "entreprises")
        atlas = mesurer("construire", seul)
    entreprises = (atlas[0] - base[0], atlas[1] - base[1], atlas[2])
    rapport = tuple(a / t for a, t in zip(entreprises, temoin, strict=True))
    print(f"{unites} unités légales{'':<12}{'temps (s)':>12}{'processeur (s)':>16}{'mémoire (Mio)':>16}")
    for nom, chiffres in (
        ("balayage des colonnes (témoin)", temoin),
        ("atlas sans entreprises", base),
        ("entreprises seules", entreprises),
        ("rapport au balayage", rapport),
    ):
        print(f"{nom:<34}{chiffres[0]:>12.1f}{chiffres[1]:>16.1f}{chiffres[2]:>16.1f}")
    print(f"{'limite du rapport, de la mémoire':<34}{'':>12}{RAPPORT_MAX:>16.1f}{MEMOIRE_MAX_MIO:>16.0f}")
    return 0 if atlas[2] <= MEMOIRE_MAX_MIO else 1


if __name__ == "__main__":
    sys.exit(main())
