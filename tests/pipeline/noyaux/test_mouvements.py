"""Following commune codes; the examples are real movements of the COG."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from perenne.pipeline.noyaux.mouvements import Genealogie, Mouvement, Suite


def _mouvement(mod: str, date: str, avant: str, apres: str | None, types: str = "COM COM") -> Mouvement:
    type_avant, type_apres = types.split()
    return Mouvement(
        mod=mod, date=dt.date.fromisoformat(date), type_avant=type_avant, code_avant=avant, nom_avant=avant,
        type_apres=type_apres if apres else None, code_apres=apres,
    )  # fmt: skip


def _jour(texte: str) -> dt.date:
    return dt.date.fromisoformat(texte)


def test_a_merged_commune_is_followed_through_a_chain() -> None:
    # Champtoceaux joined Orée d'Anjou in 2015, whose seat, hence code, moved to Drain in 2025.
    g = Genealogie(
        [
            _mouvement("32", "2015-12-15", "49069", "49069"),
            _mouvement("32", "2015-12-15", "49040", "49069"),
            _mouvement("50", "2025-01-01", "49069", "49126"),
        ],
        ["49126"],
    )
    assert g.suivre("49040", _jour("2014-01-01")) == Suite(actuels=("49126",))
    assert g.suivre("49069", _jour("2024-01-01")) == Suite(actuels=("49126",))
    assert g.suivre_depuis_origine("49040") == Suite(actuels=("49126",))


def test_a_commune_divided_again_leads_to_each_of_its_parts_and_says_so() -> None:
    # Neussargues en Pinatelle was divided on 2025-01-01; Celles has the code that it had before the merger.
    g = Genealogie(
        [
            _mouvement("32", "2016-12-01", "15031", "15141"),
            _mouvement("32", "2016-12-01", "15141", "15141"),
            _mouvement("21", "2025-01-01", "15141", "15141"),
            _mouvement("21", "2025-01-01", "15141", "15031"),
        ],
        ["15031", "15141"],
    )
    assert g.suivre("15141", _jour("2022-01-01")) == Suite(actuels=("15031", "15141"), scission=True)
    assert g.suivre("15141", _jour("2025-01-01")) == Suite(actuels=("15141",))
    assert g.suivre_depuis_origine("15031") == Suite(actuels=("15031",))
    assert g.communes_au(_jour("2024-12-31")) == {"15141"}
    assert g.communes_au(_jour("2016-01-01")) == {"15031", "15141"}


def test_a_movement_of_the_very_day_of_the_geography_is_already_in_it() -> None:
    g = Genealogie([_mouvement("32", "2025-01-01", "93059", "93066")], ["93066"])
    assert "93059" not in g.communes_au(_jour("2025-01-01"))
    assert "93059" in g.communes_au(_jour("2024-12-31"))


def test_a_suppressed_delegated_commune_belongs_to_the_commune_that_held_it() -> None:
    g = Genealogie([_mouvement("35", "2026-01-01", "02077", "02564", "COMD COM")], ["02564"])
    assert g.suivre_depuis_origine("02077") == Suite(actuels=("02564",))
    assert g.connait("02077")


def test_a_commune_that_left_the_communes_has_no_current_one() -> None:
    # Saint-Barthélemy became a collectivity of its own in 2007.
    g = Genealogie([_mouvement("30", "2007-02-23", "97123", None)], ["97101"])
    assert g.suivre("97123", _jour("2006-01-01")) == Suite(actuels=())
    assert not g.connait("99999")


def test_a_change_of_name_keeps_the_code() -> None:
    g = Genealogie([_mouvement("10", "2020-01-01", "01001", "01001")], ["01001"])
    assert g.suivre("01001", _jour("2000-01-01")) == Suite(actuels=("01001",))


def test_the_geography_of_a_list_is_recognised_by_its_codes() -> None:
    g = Genealogie(
        [
            _mouvement("32", "2022-01-01", "01002", "01001"),
            _mouvement("32", "2022-01-01", "01001", "01001"),
            _mouvement("32", "2024-01-01", "01003", "01001"),
            _mouvement("32", "2024-01-01", "01001", "01001"),
        ],
        ["01001", "01004"],
    )
    debut, declare = _jour("2015-01-01"), _jour("2024-01-01")
    assert g.dater({"01001", "01003", "01004"}, declare, debut) == _jour("2022-01-01")
    assert g.dater({"01001", "01004"}, declare, debut) == declare
    assert g.dater({"01001", "01004", "99999"}, declare, debut) == declare


@given(st.data())
def test_after_any_mergers_each_former_commune_is_in_exactly_one_current_one(data: st.DataObject) -> None:
    vivantes = [f"{n:05d}" for n in range(1, 1 + data.draw(st.integers(2, 8)))]
    depart = list(vivantes)
    mouvements = []
    for annee in range(2016, 2016 + data.draw(st.integers(0, 6))):
        if len(vivantes) < 2:
            break
        absorbee, absorbante = data.draw(st.permutations(vivantes))[:2]
        mouvements += [
            _mouvement("32", f"{annee}-01-01", absorbee, absorbante),
            _mouvement("32", f"{annee}-01-01", absorbante, absorbante),
        ]
        vivantes.remove(absorbee)
    g = Genealogie(data.draw(st.permutations(mouvements)), vivantes)
    suites = {code: g.suivre(code, _jour("2015-01-01")) for code in depart}
    assert all(len(s.actuels) == 1 and not s.scission for s in suites.values())
    assert {s.actuels[0] for s in suites.values()} == set(vivantes)
    assert g.communes_au(_jour("2015-01-01")) == set(depart)
