"""Precedents, actors and next steps: real cases, territories whose nearest case one can name."""

from __future__ import annotations

import pytest

from perenne.domain.territoire.acteurs import trouver_acteurs
from perenne.domain.territoire.besoins import lire_besoins
from perenne.domain.territoire.identite import Rattachement, Territoire
from perenne.domain.territoire.precedents import SituationCas, familles_zonages, trouver_precedents
from perenne.domain.territoire.resultat import BesoinLu
from perenne.domain.territoire.suites import proposer_suites


def _territoire(**champs) -> Territoire:
    return Territoire(
        **{"type": "commune", "code": "1", "nom": "Ici", "densite": 6, "region": "75", **champs}
    )


def _besoins(*marques: str) -> list[BesoinLu]:
    return [BesoinLu(besoin=b, libelle=b, niveau="marque", pourquoi={}) for b in marques]


def _trouver(base, territoire=None, zonages=(), besoins=(), situations=None):
    return trouver_precedents(
        territoire=territoire or _territoire(), zonages=zonages, besoins=_besoins(*besoins),
        situations=situations or {}, savoir=base,
    )  # fmt: skip


def test_zonings_that_followed_one_another_are_one_family(base) -> None:
    familles = familles_zonages(base.zonages.values())
    assert familles["zrr"] == familles["frr"] == familles["frr-plus"] == familles["ex-zrr"]
    assert familles["zrr"] != familles["montagne"]


def test_a_case_that_shares_everything_comes_first_at_distance_zero(base) -> None:
    besoin = base.cas["la-pioche"].besoins[0]
    situation = SituationCas(densite=6, drom=False, region="75", zonages=frozenset({"zrr"}))
    premier = _trouver(base, zonages=["frr"], besoins=[besoin], situations={"la-pioche": situation})[0]
    assert (premier.cas, premier.distance) == ("la-pioche", 0)
    assert all(r.proche for r in premier.raisons)


def test_what_is_not_known_is_not_given_as_a_reason(base) -> None:
    for precedent in _trouver(base, besoins=["B06"]):
        assert {r.terme for r in precedent.raisons} <= {"besoin"}


def test_overseas_matters_for_an_overseas_territory(base) -> None:
    ici = _territoire(drom=True, region="04")
    situations = {
        "sos-gramounes": SituationCas(drom=True, region="04"),
        "habit-age": SituationCas(drom=False),
    }
    trouves = _trouver(base, ici, besoins=["B08"], situations=situations)
    assert trouves[0].cas == "sos-gramounes"
    assert "outre-mer" in {r.terme for r in trouves[0].raisons}


def test_three_at_most_in_a_stable_order_each_with_what_was_done(base) -> None:
    un, autre = _trouver(base, besoins=["B06", "B14"]), _trouver(base, besoins=["B14", "B06"])
    assert [p.cas for p in un] == [p.cas for p in autre]
    assert len(un) == 3
    assert all(p.actions and p.source.document for p in un)


def test_next_steps_come_from_the_precedents_one_lever_after_another(base) -> None:
    precedents = _trouver(base, besoins=["B06", "B14"])
    acteurs = trouver_acteurs(
        territoire=_territoire(), rattachements=(), besoins=_besoins("B06"), savoir=base
    )
    suites = proposer_suites(precedents, acteurs, base)
    leviers = [s.levier for s in suites]
    assert 1 <= len(suites) <= 5
    assert len(set(leviers)) == min(len(suites), len({a.levier for p in precedents for a in p.actions}))
    assert all(s.premier_pas and s.precedents for s in suites)


def test_the_most_documented_needs_come_first_and_all_are_there(base) -> None:
    lus = lire_besoins(base.besoins.values(), base.activites.values(), ())
    assert [b.besoin for b in lus] == [f"B{n:02d}" for n in range(1, 17)]
    assert {b.niveau for b in lus} == {"non-documente"}
    assert all(b.manque for b in lus)
    assert all(b.activites for b in lus)


@pytest.mark.parametrize(
    ("territoire", "attendus"),
    [
        (_territoire(departement="23"), ["commune", "epci", "departement", "region"]),
        (_territoire(departement="972", drom=True), ["commune", "epci", "collectivite-unique"]),
        (_territoire(departement="2A"), ["commune", "epci", "collectivite-unique"]),
        (_territoire(departement="75"), ["commune", "epci", "region"]),
        (_territoire(departement="69", epci="200046977"), ["commune", "epci", "region"]),
        (_territoire(type="epci", departement="23"), ["epci", "departement", "region"]),
        (_territoire(type="departement", code="23"), ["departement", "region"]),
        (_territoire(type="region", code="94"), ["collectivite-unique"]),
    ],
)
def test_the_local_authorities_are_those_that_exist_there(base, territoire, attendus) -> None:
    acteurs = trouver_acteurs(territoire=territoire, rattachements=(), besoins=(), savoir=base)
    assert [a.acteur for a in acteurs] == attendus


def test_authorities_take_the_names_of_the_place(base) -> None:
    acteurs = trouver_acteurs(
        territoire=_territoire(nom="Fort-de-France", departement="972", drom=True),
        rattachements=(Rattachement(type="region", code="02", nom="Martinique"),),
        besoins=(),
        savoir=base,
    )
    assert [a.nom for a in acteurs] == ["Fort-de-France", "", "Martinique"]
    assert all(a.role for a in acteurs)
