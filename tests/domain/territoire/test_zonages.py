"""Zonings at a date: the law's periods, the atlas's memberships, and what neither knows."""

from __future__ import annotations

import datetime as dt

from perenne.domain.savoir.commun import Periode, Source
from perenne.domain.savoir.ressources import Ressource
from perenne.domain.savoir.zonages import PeriodeZonage, Zonage
from perenne.domain.territoire.identite import Territoire
from perenne.domain.territoire.zonages import Appartenance, lire_zonages

BASCULE = dt.date(2024, 7, 1)
VEILLE = dt.date(2024, 6, 30)
LU = dt.date(2026, 11, 23)


def _zonage(id_: str, du: dt.date | None, au: dt.date | None, *, dans_atlas: bool = True) -> Zonage:
    source = Source(document="loi", section="art. 1")
    periode = PeriodeZonage(du=du, au=au, confiance="A", verifie_le=LU, sources=(source,))
    return Zonage(
        id=id_, titre=id_.upper(), nom_court=id_.upper(), nature="zonage", maille="commune", explication="x",
        periodes=(periode,), dans_atlas=dans_atlas, sources=(source,),
    )  # fmt: skip


ZRR = _zonage("zrr", dt.date(2017, 7, 1), VEILLE)
FRR = _zonage("frr", BASCULE, None)
CRTE = _zonage("crte", dt.date(2020, 11, 20), None, dans_atlas=False)
RESSOURCES = {"loi": Ressource(id="loi", titre="Loi n° 1", type="loi", url="https://exemple.fr")}
A, B = (
    Territoire(type="commune", code=c, nom=c, population=p, communes=(c,))
    for c, p in (("A", 300), ("B", 100))
)
LIGNES = (
    Appartenance(code="A", zonage="zrr", periode=Periode(du=dt.date(2017, 7, 1), au=VEILLE), source="anct"),
    Appartenance(code="A", zonage="frr", periode=Periode(du=BASCULE), classement="socle", source="dgcl"),
)


def _lire(au: dt.date, membres=(A, B), lignes=LIGNES, zonages=(ZRR, FRR, CRTE), vues_le=()):
    territoire = Territoire(type="epci", code="E", nom="E", communes=tuple(m.code for m in membres))
    lus = lire_zonages(
        territoire=territoire, membres=membres, appartenances=lignes, listes=LIGNES,
        vues_le=dict(vues_le), zonages=zonages,
        ressources=RESSOURCES, au=au,
    )  # fmt: skip
    return {z.zonage: z for z in lus}


def test_the_day_before_the_change_zrr_applies_and_frr_is_to_come() -> None:
    lus = _lire(VEILLE)
    assert (lus["zrr"].statut, lus["frr"].statut) == ("en-vigueur", "a-venir")


def test_the_day_of_the_change_frr_applies_and_zrr_is_over() -> None:
    lus = _lire(BASCULE)
    assert (lus["frr"].statut, lus["zrr"].statut) == ("en-vigueur", "termine")
    assert lus["frr"].classement == "socle"


def test_the_share_of_inhabitants_covered_is_told() -> None:
    frr = _lire(BASCULE)["frr"]
    assert (frr.communes_couvertes, frr.communes, frr.part_population) == (1, 2, 0.75)


def test_each_zoning_carries_its_legal_reference() -> None:
    assert (_lire(BASCULE)["frr"].reference, _lire(BASCULE)["frr"].url) == (
        "Loi n° 1, art. 1",
        "https://exemple.fr",
    )


def test_a_zoning_without_a_list_is_not_observed_and_never_a_no() -> None:
    assert _lire(LU)["crte"].statut == "non-observe"


def test_a_date_before_every_list_of_the_atlas_is_not_observed() -> None:
    ancien = _zonage("zrr", dt.date(2005, 1, 1), VEILLE)
    assert _lire(dt.date(2010, 1, 1), membres=(B,), zonages=(ancien,))["zrr"].statut == "non-observe"


def test_an_observed_zoning_that_does_not_cover_the_territory_is_left_out() -> None:
    assert "frr" not in _lire(LU, membres=(B,), lignes=())


def test_a_zoning_not_yet_in_force_is_not_said_to_be_unobserved() -> None:
    assert "crte" not in _lire(dt.date(2019, 1, 1))


SANS_DATE = (Appartenance(code="A", zonage="zrr", periode=Periode(), source="anct"),)


def test_a_list_without_dates_holds_for_the_period_of_the_law_that_it_describes() -> None:
    deux = Zonage(
        id="zrr", titre="ZRR", nom_court="ZRR", nature="zonage", maille="commune", explication="x",
        periodes=(
            *ZRR.periodes,
            PeriodeZonage(
                du=dt.date(1995, 1, 1), au=dt.date(2017, 6, 30), confiance="B", verifie_le=LU, sources=()
            ),
        ),
        dans_atlas=True, sources=(),
    )  # fmt: skip
    vues = {"anct": dt.date(2022, 11, 9)}.items()
    assert (
        _lire(dt.date(2020, 1, 1), lignes=SANS_DATE, zonages=(deux,), vues_le=vues)["zrr"].statut
        == "en-vigueur"
    )
    assert _lire(LU, lignes=SANS_DATE, zonages=(deux,), vues_le=vues)["zrr"].statut == "termine"
    assert _lire(dt.date(2010, 1, 1), lignes=(), zonages=(deux,), vues_le=vues)["zrr"].statut == "non-observe"
