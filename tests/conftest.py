"""What all tests share: the real data of the shared folder, skipped with its reason where it is missing."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.texte import normaliser
from perenne.services.savoir import obtenir_base

RACINE = Path(__file__).resolve().parent.parent
PARTAGE = Path(os.environ.get("PERENNE_TEST_PARTAGE", RACINE.parent / "shared"))

# Time is measured in benchmarks/, never in tests; CI must answer the same twice about the same commit.
settings.register_profile("poste", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", parent=settings.get_profile("poste"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "poste")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long ones first: at the end of a run, one of them would keep a processor waiting."""
    items.sort(key=lambda essai: essai.get_closest_marker("lent") is None)


@pytest.fixture(scope="session")
def racine() -> Path:
    """The root of the repository."""
    return RACINE


@pytest.fixture(scope="session")
def base(racine: Path) -> BaseSavoir:
    """The knowledge base of the repository, read strictly once a process: ask for it, never read it again."""
    return obtenir_base(racine / "knowledge")


@pytest.fixture(scope="session")
def partage() -> Path:
    """The folder of real open data and of the study; the test is skipped where it is missing."""
    if not PARTAGE.is_dir():
        pytest.skip(f"dossier de données réelles absent : {PARTAGE}")
    return PARTAGE


@pytest.fixture(scope="session")
def atlas_reel(partage: Path, racine: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the national atlas built from the real files: once a run, whatever the number of workers."""
    import datetime as dt
    import fcntl

    from perenne.pipeline.construction import construire
    from perenne.services.construction_atlas import lire_formes, lire_indicateurs
    from perenne.sources.registre import charger

    temporaire = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        temporaire = temporaire.parent
    dossier = temporaire / "atlas-reel"
    dossier.mkdir(exist_ok=True)
    with (dossier / ".construction").open("a") as verrou:
        fcntl.flock(verrou, fcntl.LOCK_EX)
        if not (dossier / "actuel").is_file():
            construire(
                charger(),
                lire_indicateurs(racine / "knowledge"),
                partage / "data",
                dossier,
                maintenant=dt.datetime(2026, 11, 23, tzinfo=dt.UTC),
                formes=lire_formes(racine / "knowledge"),
            )
    return dossier


_SCHEMA_ATLAS = """
CREATE TABLE territoire(type, code, nom, population INTEGER, superficie_km2 REAL, lon REAL, lat REAL,
  departement, region, epci, densite INTEGER, drom INTEGER, nature, PRIMARY KEY(type, code));
CREATE TABLE composition(type, code, commune);
CREATE TABLE commune_mouvement(code_ancien, nom_ancien, date_effet, code_actuel, nature);
CREATE TABLE appartenance(type, code, zonage, du, au, classement, libelle, source);
CREATE TABLE valeur(indicateur, type, code, millesime, valeur REAL, statut, numerateur REAL,
  denominateur REAL, couverture REAL, approche INTEGER, source);
CREATE TABLE contour(type, code, wkb BLOB, minx, miny, maxx, maxy);
CREATE VIRTUAL TABLE recherche USING fts5(nom, type UNINDEXED, code UNINDEXED);
CREATE TABLE source(id, producteur, jeu, millesime, date_fichier, licence, url, fichier, sha256, lignes,
  format_verifie INTEGER, controles TEXT);
"""


@pytest.fixture(scope="session")
def atlas_jouet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small made-up atlas: 40 bourgs (population 100 × n, unemployment n %), Guéret, homonyms, a QPV…"""
    dossier = tmp_path_factory.mktemp("atlas")
    ecrire_atlas_jouet(dossier, "v1")
    return dossier


@pytest.fixture(scope="session")
def ecrire_atlas() -> Callable[[Path, str], None]:
    """Writes the toy atlas in a folder as a version, and makes it the current one."""
    return ecrire_atlas_jouet


def ecrire_atlas_jouet(dossier: Path, version: str) -> None:
    """Write the toy atlas as `version` and make it the current one."""
    (dossier / version).mkdir(parents=True)
    base = sqlite3.connect(dossier / version / "atlas.sqlite")
    base.executescript(_SCHEMA_ATLAS)
    bourgs = [
        ("commune", f"230{n:02d}", f"Bourg-{n}", 100 * n, 10.0, 2.0, 46.0, "23", "75",
         "200000001" if n <= 20 else "200000002", 5, 0, "")
        for n in range(1, 41)
    ]  # fmt: skip
    autres = [
        ("commune", "23096", "Guéret", 13000, 26.0, 1.87, 46.17, "23", "75", "200000002", 2, 0, ""),
        ("commune", "23246", "Saint-Sulpice", 300, 12.0, 2.0, 46.1, "23", "75", "200000002", 5, 0, ""),
        ("commune", "24504", "Saint-Sulpice", 900, 12.0, 0.7, 45.2, "24", "75", "", 5, 0, ""),
        ("commune", "97411", "Saint-Denis", 150000, 142.0, 55.45, -20.9, "974", "04", "", 1, 1, ""),
        ("epci", "200000001", "CC des Collines", 21000, 200.0, 2.0, 46.0, "23", "75", "", 5, 0, "CC"),
        ("epci", "200000002", "CA du Grand Guéret", 74300, 238.0, 2.0, 46.0, "23", "75", "", 5, 0, "CA"),
        ("departement", "23", "Creuse", 95300, 438.0, 2.0, 46.0, "23", "75", "", 5, 0, ""),
        ("departement", "974", "La Réunion", 150000, 142.0, 55.45, -20.9, "974", "04", "", 1, 1, ""),
        ("region", "04", "La Réunion", 150000, 142.0, 55.45, -20.9, "", "04", "", 1, 1, ""),
        ("qpv", "QN02301M", "L'Albatros", None, None, 1.87, 46.17, "23", "75", "200000002", 2, 0, ""),
    ]
    territoires = bourgs + autres
    base.executemany(f"INSERT INTO territoire VALUES ({','.join('?' * 13)})", territoires)
    base.executemany(
        "INSERT INTO recherche VALUES (?, ?, ?)",
        [(normaliser(t[2]), t[0], t[1]) for t in territoires],
    )
    communes = [t for t in territoires if t[0] == "commune"]
    base.executemany(
        "INSERT INTO composition VALUES (?, ?, ?)",
        [("epci", t[9], t[1]) for t in communes if t[9]]
        + [("departement", t[7], t[1]) for t in communes if t[7] in ("23", "974")]
        + [("region", "04", "97411"), ("qpv", "QN02301M", "23096")],
    )
    base.executemany(
        "INSERT INTO commune_mouvement VALUES (?, ?, ?, ?, ?)",
        [("23500", "Vieux-Bourg", "2019-01-01", "23001", "fusion")],
    )
    zonages = [(f"230{n:02d}", "zrr", "2017-07-01", "2024-06-30", "") for n in range(1, 11)]
    zonages += [(f"230{n:02d}", "frr", "2024-07-01", None, "socle") for n in range(1, 6)]
    zonages += [
        ("23006", "ex-zrr", "2024-07-01", "2027-12-31", ""),
        ("23096", "qpv-2024", "2024-01-01", None, ""),
    ]
    base.executemany("INSERT INTO appartenance VALUES ('commune', ?, ?, ?, ?, ?, '', 'dgcl')", zonages)
    valeurs = []
    for n in range(1, 41):
        code, population = f"230{n:02d}", 100.0 * n
        valeurs.append(
            ("taux-chomage", "commune", code, "2021", float(n), "observe", float(n), 100.0, None, 0, "rp")
        )
        secret = n <= 10
        valeurs.append(
            ("taux-pauvrete", "commune", code, "2021", None if secret else float(n),
             "secret" if secret else "observe", None, population, None, 0, "filosofi")
        )  # fmt: skip
        valeurs += [
            ("population", "commune", code, an, population, "observe", population, None, None, 0, "rp")
            for an in ("2019", "2023")
        ]
    valeurs.append(
        ("taux-chomage", "epci", "200000001", "2021", 10.5, "observe", 210.0, 2000.0, 1.0, 0, "calcul")
    )
    valeurs.append(
        ("taux-pauvrete", "epci", "200000001", "2021", 16.2, "observe", None, 15500.0, 0.74, 1, "calcul")
    )
    base.executemany(f"INSERT INTO valeur VALUES ({','.join('?' * 11)})", valeurs)
    base.execute(
        "INSERT INTO source VALUES ('rp', 'Insee', 'Recensement', '2021', '2024-06-27', 'LO 2.0', "
        "'', '', '', 41, 0, '{}')"
    )
    base.commit()
    base.close()
    (dossier / "actuel").write_text(f"{version}\n", encoding="utf-8")
