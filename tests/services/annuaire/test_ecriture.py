"""The list as files: whole, safe, read again unchanged; and as text, for a person."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.reports.annuaire.colonnes import COLONNES
from perenne.reports.cellule_sure import liberer_cellule
from perenne.services.annuaire.ecriture import ecrire_entreprises
from perenne.services.annuaire.filtres import Filtres
from perenne.services.reglages import Reglages


def ecrire(reglages: Reglages, format_: str | None, sortie: Path | None = None, **champs: Any) -> str:
    morceaux: list[str] = []
    limite = champs.pop("limite", None)
    ecrire_entreprises(
        Filtres(**{"au": dt.date(2026, 11, 23), **champs}),
        reglages=reglages, format_demande=format_, sortie=sortie, limite=limite, ecrire=morceaux.append,
    )  # fmt: skip
    return "".join(morceaux)


def test_the_text_says_how_many_who_and_what_is_not_shown(reglages: Reglages) -> None:
    texte = ecrire(reglages, "texte", mots="jardins", dans="99003")
    assert texte.startswith("1 entreprise trouvée\u00a0: «\u202fjardins\u202f», dans Fable")
    assert "JARDINS NATIONAUX" in texte
    assert "1 fermée ou dissoute (--etat toutes)" in texte
    assert "1 entreprise dont aucun fichier ne donne la commune" in texte
    assert "INSEE, Sirene (2026-11)" in texte
    recup = ecrire(reglages, "texte", mots="recup brume")
    assert "RESSOURCERIE DES BRUMES, trouvée sous «\u202fRECUP’BRUME\u202f» (enseigne)" in recup
    assert "20 à 49 salariés en 2024" in recup
    assert "… 2 autres ne sont pas montrées ici" in ecrire(reglages, "texte", dans="99001", limite=1)


def test_nothing_found_says_what_may_have_been_meant(reglages: Reglages) -> None:
    assert "perenne chercher ressourcerie --dans commune:99001" in ecrire(
        reglages, "texte", mots="ressourcerie brumeville"
    )
    assert "Essayez moins de mots" in ecrire(reglages, "texte", mots="zzz")


def test_a_csv_is_safe_and_read_again_unchanged(reglages: Reglages, tmp_path: Path) -> None:
    ecrire(reglages, None, tmp_path / "e.csv", dans="99")
    texte = (tmp_path / "e.csv").read_text(encoding="utf-8-sig")
    lignes = list(csv.DictReader(io.StringIO(texte), delimiter=";"))
    assert tuple(lignes[0]) == COLONNES
    amap = next(e for e in lignes if e["id"] == "000990028")
    assert amap["nom"] == "'=AMAP DE L'ONDE"
    assert liberer_cellule(amap["nom"]) == "=AMAP DE L'ONDE"
    assert (float(amap["lon"]), float(amap["lat"])) == (-4.4, 45.7)
    cachee = next(e for e in lignes if e["diffusible"] == "non")
    assert [cachee[c] for c in ("nom", "sigle", "lon", "lat")] == ["", "", "", ""]
    assert cachee["sans_point"].startswith("non diffusible")


def test_a_workbook_runs_nothing_and_says_where_it_comes_from(reglages: Reglages, tmp_path: Path) -> None:
    ecrire(reglages, None, tmp_path / "e.xlsx", dans="99")
    classeur = load_workbook(tmp_path / "e.xlsx")
    page = classeur["Entreprises"]
    assert tuple(c.value for c in page[1]) == COLONNES
    noms = {ligne[0].value: ligne[COLONNES.index("nom")] for ligne in page.iter_rows(min_row=2)}
    assert (noms["000990028"].value, noms["000990028"].data_type) == ("=AMAP DE L'ONDE", "s")
    a_savoir = {ligne[0].value: ligne[1].value for ligne in classeur["À savoir"].iter_rows()}
    assert a_savoir["Entreprises trouvées"] == "4"
    assert "INSEE" in a_savoir["Source"]


def test_geojson_is_valid_and_says_why_a_place_has_no_point(reglages: Reglages, tmp_path: Path) -> None:
    ecrire(reglages, None, tmp_path / "e.geojson", dans="99")
    collection = json.loads((tmp_path / "e.geojson").read_text(encoding="utf-8"))
    assert collection["type"] == "FeatureCollection"
    assert collection["perenne"]["total"] == len(collection["features"]) == 4
    for entite in collection["features"]:
        assert entite["type"] == "Feature"
        assert set(entite) == {"type", "id", "geometry", "properties"}
        if entite["geometry"] is None:
            assert entite["properties"]["sans_point"]
        else:
            lon, lat = entite["geometry"]["coordinates"]
            assert entite["geometry"]["type"] == "Point"
            assert -180 <= lon <= 180
            assert -90 <= lat <= 90
            assert entite["properties"]["sans_point"] is None
    cachee = next(e for e in collection["features"] if e["properties"]["diffusible"] == "non")
    assert cachee["geometry"] is None
    assert cachee["properties"]["nom"] is None


def test_json_carries_codes_counts_and_sources(reglages: Reglages) -> None:
    document = json.loads(ecrire(reglages, "json", dans="99001", employeur="oui"))
    assert document["total"] == 1
    assert document["entreprises"][0]["activites"] == [{"id": "ressourceries", "confiance": "haute"}]
    assert document["exclues"] == [{"motif": "employeur", "nombre": 2}]
    assert document["sources"][0]["producteur"] == "INSEE"
    assert document["demande"]["dans"] == "99001"


def test_a_demand_that_cannot_be_written_leaves_no_file(reglages: Reglages, tmp_path: Path) -> None:
    with pytest.raises(ErreurUtilisateur, match="Que faut-il chercher"):
        ecrire(reglages, "texte", mots="  ")
    with pytest.raises(ErreurUtilisateur, match="ne dit pas le format"):
        ecrire(reglages, None, tmp_path / "e.doc", mots="jardins")
    with pytest.raises(ErreurUtilisateur, match="ne s'affiche pas"):
        ecrire(reglages, "xlsx", mots="jardins")
    with pytest.raises(ErreurUtilisateur, match="ne peut pas être écrit"):
        ecrire(reglages, None, tmp_path / "absent" / "e.csv", mots="jardins")
    with pytest.raises(ErreurUtilisateur, match="pas comprise"):
        ecrire(reglages, None, tmp_path / "e.csv", activites=("zut",))
    assert list(tmp_path.iterdir()) == []
