"""The national atlas, against an independent join of the same data and against what the law and INSEE say."""

from __future__ import annotations

import contextlib
import importlib.util
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from perenne.pipeline.publication import version_courante

pytestmark = [pytest.mark.shared, pytest.mark.lent]


@pytest.fixture(scope="module")
def chemin(atlas_reel: Path) -> Path:
    version = version_courante(atlas_reel)
    assert version is not None
    return version / "atlas.sqlite"


@pytest.fixture(scope="module")
def base(chemin: Path) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(f"file:{chemin}?mode=ro", uri=True)) as lien:
        yield lien


@pytest.fixture(scope="module")
def verifier(racine: Path) -> Iterator[Any]:
    spec = importlib.util.spec_from_file_location("verifier", racine / "benchmarks" / "verifier_reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    modules = pytest.MonkeyPatch()
    modules.setitem(sys.modules, spec.name, module)
    spec.loader.exec_module(module)
    yield module
    modules.undo()


def test_the_atlas_agrees_with_an_independent_join(verifier: Any, chemin: Path, partage: Path) -> None:
    communes = partage / "data" / "communes"
    accords = verifier.comparer(
        chemin, communes / "communes_reference.csv", communes / "mouvements-communes.csv"
    )
    for sujet in verifier.EXIGES:
        assert accords[sujet].communes == 34_875
        assert accords[sujet].part >= 0.995
    inexpliques = [(s, e) for s, a in accords.items() for e in a.ecarts if e[3] == "autre"]
    assert not inexpliques


def test_the_territories_of_the_country_are_all_there(base: sqlite3.Connection) -> None:
    # COG of 1 January 2026: 34,875 communes, 101 départements, 18 régions, 45 municipal districts.
    compte = dict(base.execute("SELECT type, count(*) FROM territoire GROUP BY type"))
    assert compte["commune"] == 34_875
    assert compte["departement"] == 101
    assert compte["region"] == 18
    assert compte["arrondissement-municipal"] == 45
    assert base.execute("SELECT count(*) FROM territoire WHERE nom IS NULL OR nom = ''").fetchone() == (0,)


@pytest.mark.parametrize(
    ("code", "population"), [("75056", 2_103_778), ("69123", 519_127), ("13055", 886_040)]
)
def test_the_three_cities_have_the_population_of_their_districts(
    base: sqlite3.Connection, code: str, population: int
) -> None:
    # Populations de référence 2023, INSEE.
    requete = "SELECT population FROM territoire WHERE type = 'commune' AND code = ?"
    assert base.execute(requete, (code,)).fetchone() == (population,)


def test_mayotte_has_its_communes_and_its_last_known_population(base: sqlite3.Connection) -> None:
    # Census of 2017: 256,518 inhabitants in seventeen communes.
    requete = (
        "SELECT count(*), sum(population), min(drom) FROM territoire "
        "WHERE type = 'commune' AND departement = '976'"
    )
    assert base.execute(requete).fetchone() == (17, 256_518, 1)
    statuts = base.execute(
        "SELECT DISTINCT statut FROM valeur WHERE code = '97611' AND indicateur = 'taux-pauvrete'"
    ).fetchall()
    assert statuts == [("absent",)]


def test_no_former_commune_is_lost(base: sqlite3.Connection) -> None:
    # Champtoceaux went to Orée d'Anjou, then the code moved; Pierrefitte joined Saint-Denis in 2025.
    actuels = dict(
        base.execute(
            "SELECT code_ancien, code_actuel FROM commune_mouvement "
            "WHERE code_ancien IN ('49069', '93059', '23023')"
        )
    )
    assert actuels == {"49069": "49126", "93059": "93066", "23023": "23149"}
    perdus = base.execute(
        "SELECT count(*) FROM commune_mouvement WHERE code_actuel IS NULL "
        "AND code_ancien NOT IN ('97123', '97127')"
    )
    assert perdus.fetchone() == (0,)


def test_a_zoning_written_with_an_old_code_reaches_the_current_commune(base: sqlite3.Connection) -> None:
    # Neussargues en Pinatelle (15141) was in ZRR in 2022; Celles (15031) left it in 2025.
    ligne = base.execute(
        "SELECT classement, code_source FROM appartenance WHERE code = '15031' AND zonage = 'zrr'"
    )
    assert ligne.fetchone() == ("classee", "15141")


def test_a_figure_of_a_commune_that_was_divided_is_not_given_to_its_parts(base: sqlite3.Connection) -> None:
    statuts = base.execute(
        "SELECT code, statut FROM valeur WHERE code IN ('15031', '15141') AND indicateur = 'revenu-median' "
        "ORDER BY code"
    )
    assert statuts.fetchall() == [("15031", "absent"), ("15141", "absent")]


def test_every_membership_names_a_known_territory(base: sqlite3.Connection) -> None:
    requete = (
        "SELECT count(*) FROM appartenance a LEFT JOIN territoire t USING (type, code) WHERE t.code IS NULL"
    )
    assert base.execute(requete).fetchone() == (0,)


def test_a_territoire_d_industrie_reaches_the_communes_of_its_epci(base: sqlite3.Connection) -> None:
    # CC Creuse Grand Sud is in « Creuse Industrie » (file of the programme).
    requete = (
        "SELECT count(*) FROM composition c WHERE c.type = 'epci' AND c.code = '200044014' AND NOT EXISTS "
        "(SELECT 1 FROM appartenance a WHERE a.type = 'commune' AND a.code = c.commune AND a.zonage = 'ti')"
    )
    assert base.execute(requete).fetchone() == (0,)


def test_the_communes_of_grand_paris_reach_their_territoire_d_industrie_by_the_map(
    base: sqlite3.Connection,
) -> None:
    # Their EPT have 7, 24 and 8 communes, and are not in the list of EPCI.
    comptes = base.execute(
        "SELECT code_source, classement, count(*), count(DISTINCT code) FROM appartenance "
        "WHERE zonage = 'ti' AND type = 'commune' AND code_source IN ('200057990', '200058014', '200058097') "
        "GROUP BY 1, 2 ORDER BY 1"
    ).fetchall()
    assert comptes == [
        ("200057990", "approche", 7, 7),
        ("200058014", "approche", 24, 24),
        ("200058097", "approche", 8, 8),
    ]
    doubles = base.execute(
        "SELECT code FROM appartenance WHERE zonage = 'ti' AND type = 'commune' "
        "GROUP BY code HAVING count(*) > 1 AND max(classement) = 'approche'"
    ).fetchall()
    assert doubles == []


def test_outlines_that_are_not_those_of_quartiers_are_not_taken(base: sqlite3.Connection) -> None:
    assert base.execute("SELECT count(*) FROM contour WHERE type = 'qpv'").fetchone() == (0,)
    controles = base.execute("SELECT controles FROM source WHERE id = 'anct_qpv_contours'").fetchone()[0]
    assert "dessinent des communes, pas des quartiers" in controles


def test_the_area_of_a_commune_merged_since_is_not_that_of_one_of_its_parts(base: sqlite3.Connection) -> None:
    # Saint-Denis took Pierrefitte-sur-Seine in 2025: 12.36 + 3.41 km² (INSEE), the file still has the first.
    # Outlines simplified to 1 km are that coarse on a small commune, hence the flag.
    requete = (
        "SELECT superficie_km2, superficie_approchee FROM territoire "
        "WHERE type = 'commune' AND code = '93066'"
    )
    superficie, approchee = base.execute(requete).fetchone()
    assert superficie == pytest.approx(15.77, rel=0.2)
    assert approchee == 1


def test_what_holds_all_the_communes_separated_from_another_has_an_area(base: sqlite3.Connection) -> None:
    # Neussargues en Pinatelle was divided in 2025, after the outlines; INSEE: Cantal 5,726 km², 69,711 km².
    superficies = dict(
        base.execute(
            "SELECT type || ':' || code, superficie_km2 FROM territoire WHERE type <> 'qpv' "
            "AND superficie_approchee = 1"
        )
    )
    assert superficies["departement:15"] == pytest.approx(5_726, rel=0.001)
    assert superficies["region:84"] == pytest.approx(69_711, rel=0.001)
    assert "epci:200066637" in superficies
    sans = base.execute(
        "SELECT code FROM territoire WHERE superficie_km2 IS NULL AND type <> 'qpv' ORDER BY code"
    ).fetchall()
    assert sans == [("15031",), ("15035",), ("15047",), ("15141",), ("15171",)]
