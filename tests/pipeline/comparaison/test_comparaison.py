"""What is said of two versions is what was changed between them, whatever the side one looks from."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.pipeline.comparaison.calcul import comparer
from perenne.pipeline.comparaison.description import COMPAREES
from perenne.pipeline.comparaison.resultat import Compte, Detail, EcartDeSchema
from perenne.pipeline.comparaison.version import ouvrir_version, trouver
from perenne.pipeline.construction import AtlasConstruit
from perenne.pipeline.schema import TABLES

Ecrire = Callable[..., Path]
COMMUNES = [
    {"type": "commune", "code": f"2300{n}", "nom": f"Bourg-{n}", "epci": "200000001", "population": 100 * n}
    for n in range(1, 6)
]


def _differences(a: Path, b: Path) -> tuple[list[Detail], tuple[Compte, ...]]:
    with comparer(ouvrir_version(a), ouvrir_version(b)) as comparaison:
        return list(comparaison.details()), comparaison.comptes


def _court(details: Iterable[Detail]) -> list[tuple[Any, ...]]:
    return [(d.nature, d.cle, d.colonne, d.avant, d.apres) for d in details]


def test_what_appeared_disappeared_and_changed_is_told_with_its_key(
    ecrire_version: Ecrire, tmp_path: Path
) -> None:
    apres = [dict(c) for c in COMMUNES[1:]]
    apres[0] |= {"epci": "200000002"}
    apres[1] |= {"epci": "200000002", "population": None}
    apres.append({"type": "commune", "code": "23009", "nom": "Neuf", "epci": None, "population": 7})
    a = ecrire_version(tmp_path / "a", {"territoire": COMMUNES})
    b = ecrire_version(tmp_path / "b", {"territoire": apres})
    details, comptes = _differences(a, b)
    assert _court(details) == [
        ("apparu", ("commune", "23009"), "", None, "nom=Neuf, population=7"),
        ("change", ("commune", "23002"), "epci", "200000001", "200000002"),
        ("change", ("commune", "23003"), "epci", "200000001", "200000002"),
        ("change", ("commune", "23003"), "population", "300", None),
        ("disparu", ("commune", "23001"), "", "nom=Bourg-1, epci=200000001, population=100", None),
    ]
    assert [d.libelle for d in details] == ["Neuf", "Bourg-2", "Bourg-3", "Bourg-3", "Bourg-1"]
    assert {(c.nature, c.colonne): c.nombre for c in comptes} == {
        ("apparu", ""): 1,
        ("disparu", ""): 1,
        ("change", "epci"): 2,
        ("change", "population"): 1,
    }


def test_rows_that_share_a_key_are_counted_one_by_one(ecrire_version: Ecrire, tmp_path: Path) -> None:
    def mouvement(actuel: str) -> dict[str, str | None]:
        return {"code_ancien": "01001", "date_effet": None, "nature": "scission", "code_actuel": actuel}

    a = ecrire_version(tmp_path / "a", {"commune_mouvement": [mouvement("01002"), mouvement("01003")]})
    b = ecrire_version(
        tmp_path / "b",
        {"commune_mouvement": [mouvement("01003"), mouvement("01004"), mouvement("01004")]},
    )
    details, _ = _differences(a, b)
    assert _court(details) == [
        ("apparu", ("01001", None, "scission"), "", None, "code_actuel=01004"),
        ("change", ("01001", None, "scission"), "code_actuel", "01002", "01004"),
    ]


def test_a_passage_is_counted_by_its_values(ecrire_version: Ecrire, tmp_path: Path) -> None:
    avant = [{"id": f"{n:09d}", "nom": "E", "etat": "active", "naf": "9499Z"} for n in range(5)]
    apres = [dict(e) for e in avant]
    for n in (1, 3):
        apres[n]["etat"] = "fermee"
    apres[4]["naf"] = "8899B"
    a = ecrire_version(tmp_path / "a", {"entreprise": avant})
    b = ecrire_version(tmp_path / "b", {"entreprise": apres})
    _, comptes = _differences(a, b)
    assert [(c.colonne, c.avant, c.apres, c.nombre) for c in comptes] == [
        ("etat", "active", "fermee", 2),
        ("naf", None, None, 1),
    ]


def test_a_rounding_of_sums_is_no_change_but_is_said(ecrire_version: Ecrire, tmp_path: Path) -> None:
    ligne = {"type": "epci", "code": "200000001", "superficie_km2": 0.1 + 0.2}
    a = ecrire_version(tmp_path / "a", {"territoire": [ligne]})
    b = ecrire_version(tmp_path / "b", {"territoire": [ligne | {"superficie_km2": 0.3}]})
    with comparer(ouvrir_version(a), ouvrir_version(b)) as comparaison:
        assert not comparaison.comptes
        assert comparaison.arrondis == 1


def test_a_table_without_description_is_still_compared(ecrire_version: Ecrire, tmp_path: Path) -> None:
    a = ecrire_version(tmp_path / "a", {"nouvelle": [{"x": "1"}, {"x": "2"}]})
    b = ecrire_version(tmp_path / "b", {"nouvelle": [{"x": "2"}, {"x": "3"}]})
    assert _court(_differences(a, b)[0]) == [
        ("apparu", ("3",), "", None, None),
        ("disparu", ("1",), "", None, None),
    ]


def test_differences_of_schema_are_told_and_the_rest_is_compared(
    ecrire_version: Ecrire, tmp_path: Path
) -> None:
    a = ecrire_version(
        tmp_path / "a",
        {"territoire": [{"type": "commune", "code": "1", "nom": "A", "massif": "Alpes"}], "vieille": []},
    )
    b = ecrire_version(
        tmp_path / "b", {"territoire": [{"type": "commune", "code": "1", "nom": "B", "population": 3}]}
    )
    with comparer(ouvrir_version(a), ouvrir_version(b)) as comparaison:
        assert comparaison.schema == (
            EcartDeSchema(table="territoire", colonne="massif", avant="string", apres=""),
            EcartDeSchema(table="territoire", colonne="population", avant="", apres="int64"),
            EcartDeSchema(table="vieille", colonne="", avant="présente", apres=""),
        )
        assert _court(comparaison.details()) == [("change", ("commune", "1"), "nom", "A", "B")]


_TEXTES = st.sampled_from(["", "x", "y", 'l\'œuf; "é"', None])
_LIGNES = st.lists(
    st.fixed_dictionaries(
        {
            "type": st.sampled_from(["commune", "epci"]),
            "code": st.sampled_from(["1", "2", "3"]),
            "zonage": st.sampled_from(["frr", "zrr", None]),
            "libelle": _TEXTES,
            "population": st.one_of(st.none(), st.integers(0, 3)),
        }
    ),
    max_size=12,
)


@given(avant=_LIGNES, apres=_LIGNES)
@settings(max_examples=12, deadline=None)
def test_a_comparison_is_whole_and_the_same_from_both_sides(
    ecrire_version: Ecrire, avant: list[dict[str, Any]], apres: list[dict[str, Any]]
) -> None:
    """Duplicate keys, empty texts and missing values included; the reference sums rows in plain Python."""
    modele = [{"type": "commune", "code": "0", "zonage": "frr", "libelle": "", "population": 0}]
    with tempfile.TemporaryDirectory() as dossier:
        a = ecrire_version(Path(dossier) / "a", {"appartenance": modele + avant})
        b = ecrire_version(Path(dossier) / "b", {"appartenance": modele + apres})
        details, comptes = _differences(a, b)
        retour, _ = _differences(b, a)
        assert not _differences(a, a)[0]
    inverse = {"apparu": "disparu", "disparu": "apparu", "change": "change"}
    assert Counter((inverse[d.nature], d.cle, d.colonne, d.apres, d.avant) for d in details) == Counter(
        _court(retour)
    )
    assert sum(c.nombre for c in comptes) == len(details)
    cle = ("type", "code", "zonage")
    lignes = [Counter(tuple(ligne[c] for c in cle) for ligne in cote) for cote in (avant, apres)]
    entieres = [Counter(tuple(ligne.items()) for ligne in cote) for cote in (avant, apres)]
    assert bool(details) == (entieres[0] != entieres[1])
    solde = Counter(d.cle for d in details if d.nature == "apparu")
    solde.subtract(d.cle for d in details if d.nature == "disparu")
    assert {k: n for k, n in solde.items() if n} == {
        k: lignes[1][k] - lignes[0][k] for k in lignes[0] | lignes[1] if lignes[1][k] != lignes[0][k]
    }


def test_a_structure_that_changes_its_activities_is_told_once(ecrire_version: Ecrire, tmp_path: Path) -> None:
    def lignes(*paires: tuple[str, str]) -> list[dict[str, str]]:
        return [{"operateur": o, "activite": a, "confiance": "haute"} for o, a in paires]

    avant = lignes(("1", "fablabs"), ("1", "coworking"), ("2", "fablabs"), ("3", "festivals"))
    apres = lignes(("1", "fablabs"), ("1", "ludotheques"), ("2", "fablabs"), ("4", "festivals"))
    a = ecrire_version(tmp_path / "a", {"entreprise_activite": avant})
    b = ecrire_version(tmp_path / "b", {"entreprise_activite": apres})
    details, comptes = _differences(a, b)
    assert _court(d for d in details if d.table == "structure") == [
        ("apparu", ("4",), "", None, "activites=festivals"),
        ("change", ("1",), "activites", "coworking fablabs", "fablabs ludotheques"),
        ("disparu", ("3",), "", "activites=festivals", None),
    ]
    par_activite = {(c.nature, c.groupe): c.nombre for c in comptes if c.table == "entreprise_activite"}
    assert par_activite == {
        ("apparu", ("festivals",)): 1, ("apparu", ("ludotheques",)): 1,
        ("disparu", ("coworking",)): 1, ("disparu", ("festivals",)): 1,
    }  # fmt: skip


def test_every_table_of_the_atlas_has_its_key(atlas_fictif: AtlasConstruit) -> None:
    decrites = {c.table: c for c in COMPAREES}
    for table in TABLES:
        assert set(decrites[table.nom].cle) <= {c.nom for c in table.champs}, table.nom
    with comparer(*[ouvrir_version(atlas_fictif.dossier)] * 2) as comparaison:
        assert comparaison.comptes == ()
        assert comparaison.schema == ()


def test_a_version_is_found_by_folder_by_atlas_and_by_name(ecrire_version: Ecrire, tmp_path: Path) -> None:
    un = ecrire_version(tmp_path / "atlas" / "v1", {"territoire": COMMUNES})
    deux = ecrire_version(tmp_path / "atlas" / "v2", {"territoire": COMMUNES})
    (tmp_path / "atlas" / "actuel").write_text("v2\n")
    assert trouver(str(un), tmp_path) == un
    assert trouver(str(tmp_path / "atlas"), tmp_path) == deux
    assert trouver("v1", tmp_path / "atlas") == un
    assert trouver("actuel", tmp_path / "atlas") == deux
    with pytest.raises(ErreurUtilisateur) as faute:
        trouver("v3", tmp_path / "atlas")
    assert "v1, v2" in faute.value.conseil


def test_a_version_written_by_a_later_software_is_refused(ecrire_version: Ecrire, tmp_path: Path) -> None:
    with pytest.raises(ErreurUtilisateur, match="schéma 999"):
        ouvrir_version(ecrire_version(tmp_path / "a", {"territoire": COMMUNES}, schema=999))


def test_every_table_that_is_not_the_one_announced_is_told(ecrire_version: Ecrire, tmp_path: Path) -> None:
    dossier = ecrire_version(
        tmp_path / "a", {"territoire": COMMUNES, "valeur": COMMUNES, "contour": COMMUNES}
    )
    (dossier / "valeur.parquet").unlink()
    (dossier / "contour.parquet").write_bytes(b"PAR1 cut")
    ecrire_version(tmp_path / "b", {"territoire": COMMUNES[:2]})
    (tmp_path / "b" / "territoire.parquet").replace(dossier / "territoire.parquet")
    with pytest.raises(ErreurUtilisateur) as faute:
        ouvrir_version(dossier)
    assert [(a.ou, a.message) for a in faute.value.anomalies] == [
        ("territoire.parquet", "2 lignes ; le manifeste en annonce 5."),
        ("valeur.parquet", "fichier absent."),
        ("contour.parquet", "fichier illisible."),
    ]


@pytest.mark.parametrize("texte", ["", "[]", '{"version": "v"}', '{"schema": "x"'])
def test_a_broken_manifest_is_told(tmp_path: Path, texte: str) -> None:
    (tmp_path / "manifest.json").write_text(texte)
    with pytest.raises(ErreurUtilisateur, match="illisible"):
        ouvrir_version(tmp_path)
