"""Official files broken one way at a time: the message says where and what to do, the atlas stays."""

from __future__ import annotations

import csv
import json
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
import pytest
from tests.pipeline.conftest import Construire

from perenne.domain.erreurs import ErreurUtilisateur

COG = "communes/cog_communes_2026.csv"
POP = "communes/donnees_communes.csv"
EPCI = "communes/epcicom2025.csv"
MVT = "communes/mouvements-communes.csv"
CONTOURS = "communes/communes-1000m.geojson"
FILO = "indicateurs/cc_filosofi_2021_COM.csv"
FRR = "zonages/liste-communes-FRR-juillet2025.csv"
ZRR = "zonages/ZRR_20221109.json"
DENSITE = "zonages/grille_densite.csv"

Casse = Callable[[Path], None]


def _remplacer(nom: str, avant: str, apres: str, fois: int = 1) -> Casse:
    def casser(dossier: Path) -> None:
        texte = (dossier / nom).read_text(encoding="utf-8")
        neuf = re.sub(avant, apres, texte, count=fois, flags=re.M)
        assert neuf != texte
        (dossier / nom).write_text(neuf, encoding="utf-8")

    return casser


def _octets(nom: str, transformer: Callable[[bytes], bytes]) -> Casse:
    def casser(dossier: Path) -> None:
        (dossier / nom).write_bytes(transformer((dossier / nom).read_bytes()))

    return casser


def _json(nom: str, transformer: Callable[[object], object]) -> Casse:
    return _octets(nom, lambda o: json.dumps(transformer(json.loads(o))).encode())


def _couper(nom: str) -> Casse:
    return _octets(nom, lambda o: o[: len(o) * 2 // 3])


def _en_xlsx(feuille: str = "Epcicom2025", *, couper: bool = False) -> Casse:
    def casser(dossier: Path) -> None:
        classeur = openpyxl.Workbook()
        page = classeur.active
        assert page is not None
        page.title = feuille
        with (dossier / EPCI).open(encoding="utf-8-sig", newline="") as flux:
            for ligne in csv.reader(flux):
                page.append(ligne)
        (dossier / EPCI).unlink()
        cible = dossier / "communes" / "epcicom2025.xlsx"
        classeur.save(cible)
        classeur.close()
        if couper:
            cible.write_bytes(cible.read_bytes()[:-500])

    return casser


def _parquet_tronque(dossier: Path) -> None:
    cible = dossier / "communes" / "donnees_communes.parquet"
    pq.write_table(pacsv.read_csv(dossier / POP, parse_options=pacsv.ParseOptions(delimiter=";")), cible)
    cible.write_bytes(cible.read_bytes()[:-40])
    (dossier / POP).unlink()


def _zip(dossier: Path, *, abimer: slice) -> None:
    cible = dossier / "communes" / "ensemble.zip"
    with zipfile.ZipFile(cible, "w", zipfile.ZIP_STORED) as archive:
        archive.write(dossier / POP, "donnees_communes.csv")
    octets = bytearray(cible.read_bytes())
    octets[abimer] = b"\0" * len(octets[abimer])
    cible.write_bytes(octets)
    (dossier / POP).unlink()


def _deux_candidats(dossier: Path) -> None:
    shutil.copy(dossier / COG, dossier / "v_commune_2025.csv")
    _remplacer("v_commune_2025.csv", "Brumeville", "Brumebourg", fois=9)(dossier)


CAS: dict[str, tuple[Casse, str]] = {
    "required column renamed": (
        _remplacer(COG, "LIBELLE", "NOM"),
        r"cog_communes_2026\.csv : colonne « LIBELLE » absente",
    ),
    "column doubled": (_remplacer(COG, "NCCENR", "NCC"), r"ligne 1 : colonne en double : NCC"),
    "negative population": (
        _remplacer(POP, r"Brumeville;31420", "Brumeville;-31420"),
        r"donnees_communes\.csv, ligne 2, colonne « PMUN » : valeur inférieure à 0",
    ),
    "population in letters": (
        _remplacer(POP, r"Brumeville;31420", "Brumeville;beaucoup"),
        r"ligne 2, colonne « PMUN » : un nombre entier était attendu \(lu : « beaucoup »\)",
    ),
    "commune twice": (
        _remplacer(EPCI, r"^(99,\d+.*,99002,.*)$", r"\1\n\1"),
        r"epcicom2025\.csv, lignes \d+, \d+ : doublon de insee = 99002",
    ),
    "commune that never was": (
        _remplacer(FRR, "^99002;", "99999;"),
        r"liste-communes-FRR.*commune inconnue du code officiel géographique : 99999",
    ),
    "leading zero lost": (
        _remplacer(FRR, "^99002;", "9002;"),
        r"ligne 3, colonne « Code_insee » : un code de commune à cinq caractères",
    ),
    "latin-1": (
        _octets(FRR, lambda o: o.decode().encode("latin-1")),
        r"liste-communes-FRR-juillet2025\.csv, ligne \d+ : le texte n'est pas en UTF-8",
    ),
    "empty file": (_octets(FRR, lambda o: b""), r"FRR-juillet2025\.csv : le fichier est vide"),
    "header alone": (_octets(FRR, lambda o: o.splitlines(keepends=True)[0]), r"aucune ligne"),
    "web page": (
        _octets(FRR, lambda o: b"<!DOCTYPE html><html></html>"),
        r"c'est une page web.*le fichier depuis la page du producteur",
    ),
    "row cut": (
        _remplacer(POP, r"^(99;[^\n]*99005.*);\d+;\d+$", r"\1"),
        r"ligne 6 : 9 colonnes au lieu de 11",
    ),
    "quote not closed": (_remplacer(DENSITE, "^99003,", '99003,"'), r"densite\.csv.* : un guillemet"),
    "empty cell": (
        _remplacer(COG, r"^(COM,99002,.*),Faubourg-des-Ondes,(.*)$", r"\1,,\2"),
        r"ligne 3, colonne « LIBELLE » : case vide",
    ),
    "unknown label": (
        _remplacer(FRR, "FRR socle", "FRR sommet"),
        r"valeur inconnue de la notice \(lu : « FRR sommet »\)",
    ),
    "rate over a hundred": (
        _remplacer(FILO, r"^(99001;(?:[^;]*;){4})[^;]*;", r"\g<1>124,0;"),
        r"colonne « TP6021 » : valeur supérieure à 100",
    ),
    "impossible date": (
        _remplacer(MVT, "2019-01-01", "01/01/2019"),
        r"colonne « DATE_EFF » : une date AAAA-MM-JJ",
    ),
    "unknown status": (
        _json(ZRR, lambda liste: [{**e, "fields": {**e["fields"], "status": "?"}} for e in liste]),  # type: ignore[attr-defined]
        r"ZRR_20221109\.json, ligne 1, colonne « status » : valeur inconnue.* 36 lignes",
    ),
    "truncated JSON": (_couper(ZRR), r"ZRR_20221109\.json, ligne \d+, caractère \d+ : le JSON est tronqué"),
    "JSON of another shape": (
        _octets(ZRR, lambda o: b'{"a": 1}'),
        r"n'est pas une liste d'enregistrements",
    ),
    "truncated GeoJSON": (_couper(CONTOURS), r"communes-1000m\.geojson.*le JSON est tronqué"),
    "GeoJSON without features": (_octets(CONTOURS, lambda o: b"{}"), r"« features » manque"),
    "feature without geometry": (
        _json(CONTOURS, lambda c: {**c, "features": [{**f, "geometry": None} for f in c["features"]]}),  # type: ignore[dict-item, index]
        r"communes-1000m\.geojson, objet 1 : l'objet n'a pas de géométrie",
    ),
    "truncated workbook": (_en_xlsx(couper=True), r"epcicom2025\.xlsx : le classeur est tronqué"),
    "wrong sheet": (_en_xlsx("Notes"), r"feuille « epcicom\* » introuvable parmi : Notes"),
    "truncated Parquet": (_parquet_tronque, r"donnees_communes\.parquet : le fichier Parquet est tronqué"),
    "truncated zip": (
        lambda d: _zip(d, abimer=slice(-40, None)),
        r"ensemble\.zip : l'archive zip est tronquée",
    ),
    "damaged zip": (
        lambda d: _zip(d, abimer=slice(500, 520)),
        r"ensemble\.zip \(donnees_communes\.csv\) : l'archive zip est abîmée",
    ),
    "two candidates": (_deux_candidats, r"v_commune_2025\.csv : fichier candidat"),
    "required file missing": (
        lambda d: (d / MVT).unlink(),
        r"Mouvements de communes.* : Lancez « perenne atlas telecharger --source insee_mouvements »",
    ),
    "half of the country": (
        _octets(POP, lambda o: b"".join(o.splitlines(keepends=True)[:19])),
        r"donnees_communes\.csv : 50% des communes seulement",
    ),
}


@pytest.mark.parametrize("cas", CAS)
def test_a_broken_file_is_told_and_the_atlas_stays(
    cas: str, copie: Path, tmp_path: Path, lancer_construction: Construire
) -> None:
    casser, attendu = CAS[cas]
    vers = tmp_path / "atlas"
    (vers / "precedent").mkdir(parents=True)
    (vers / "precedent" / "manifest.json").write_text("{}")
    (vers / "actuel").write_text("precedent\n")
    casser(copie)
    with pytest.raises(ErreurUtilisateur) as erreur:
        lancer_construction(copie, vers)
    assert re.search(attendu, str(erreur.value), re.S), str(erreur.value)
    assert (vers / "actuel").read_text() == "precedent\n"
    assert sorted(p.name for p in vers.iterdir() if p.name not in {".verrou", ".etapes"}) == [
        "actuel",
        "precedent",
    ]


def test_the_faults_of_two_files_are_told_together(
    copie: Path, tmp_path: Path, lancer_construction: Construire
) -> None:
    CAS["negative population"][0](copie)
    CAS["truncated JSON"][0](copie)
    with pytest.raises(ErreurUtilisateur) as erreur:
        lancer_construction(copie, tmp_path / "atlas")
    assert "PMUN" in str(erreur.value)
    assert "ZRR_20221109.json" in str(erreur.value)


def test_a_new_column_is_said_and_does_not_stop_the_build(
    copie: Path, tmp_path: Path, lancer_construction: Construire
) -> None:
    _remplacer(DENSITE, "^(.+)$", r"\1,2026", fois=0)(copie)
    _remplacer(DENSITE, "niveau_densite,2026", "niveau_densite,annee")(copie)
    manifeste = lancer_construction(copie, tmp_path / "atlas").manifeste
    densite = next(s for s in manifeste["sources"] if s["id"] == "insee_densite")
    assert densite["controles"]["colonnes_nouvelles"] == ["annee"]


def test_an_identical_copy_is_not_a_second_candidate(
    copie: Path, tmp_path: Path, lancer_construction: Construire
) -> None:
    shutil.copy(copie / COG, copie / "v_commune_2026.csv")
    assert lancer_construction(copie, tmp_path / "atlas").dossier.is_dir()


def test_a_file_of_the_same_name_without_the_columns_is_not_a_candidate(
    copie: Path, tmp_path: Path, lancer_construction: Construire
) -> None:
    (copie / "zrr_notes.csv").write_text("note\nà relire\n", encoding="utf-8")
    manifeste = lancer_construction(copie, tmp_path / "atlas").manifeste
    assert next(s for s in manifeste["sources"] if s["id"] == "anct_zrr")["fichier"] == ZRR


def test_the_four_required_sources_are_enough(
    copie: Path, tmp_path: Path, lancer_construction: Construire
) -> None:
    for fichier in copie.rglob("*"):
        if fichier.is_file() and fichier.relative_to(copie).as_posix() not in {COG, POP, EPCI, MVT}:
            fichier.unlink()
    tables = lancer_construction(copie, tmp_path / "atlas").manifeste["tables"]
    assert tables["contour"] == 0
    assert tables["territoire"] > 36


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path, lancer_construction: Construire) -> None:
    with pytest.raises(ErreurUtilisateur, match="absent » n'existe pas"):
        lancer_construction(tmp_path / "absent", tmp_path / "atlas")


def test_the_same_table_in_a_workbook_a_zip_or_parquet_gives_the_same_atlas(
    copie: Path, tmp_path: Path, lancer_construction: Construire
) -> None:
    temoin = lancer_construction(copie, tmp_path / "temoin").manifeste["tables"]
    _en_xlsx()(copie)
    with zipfile.ZipFile(copie / "ensemble.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(copie / POP, "donnees_communes.csv")
    (copie / POP).unlink()
    pq.write_table(pacsv.read_csv(copie / DENSITE), copie / "zonages" / "grille_densite.parquet")
    (copie / DENSITE).unlink()
    assert lancer_construction(copie, tmp_path / "atlas").manifeste["tables"] == temoin
