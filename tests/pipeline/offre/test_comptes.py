"""The supply counted by expressions, against the plain way, and against the lists behind the figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.pipeline.offre import naif
from tests.pipeline.offre.monde import ACTIVITES, Ligne

from perenne.atlas.lecteur import Atlas
from perenne.atlas.offre import Comptes, compter, departements_de, groupes, registres_lus
from perenne.atlas.operateurs import lister_operateurs
from perenne.domain.territoire.identite import Cle, Territoire
from perenne.domain.territoire.offre import COUCHES, Couche
from perenne.domain.territoire.offre_lecture import profil
from perenne.domain.territoire.operateurs import Part
from perenne.domain.territoire.strates import choisir_strate, nommer_strate
from perenne.domain.territoire.union import unir

SUJETS = [*ACTIVITES, *sorted({b for bs in ACTIVITES.values() for b in bs})]
SERVENT = {s: [a for a, bs in ACTIVITES.items() if s in (a, *bs)] for s in SUJETS}
PARTS: tuple[Part, ...] = get_args(Part)


def territoires(atlas: Atlas) -> Iterator[Territoire]:
    """Every territory of the atlas."""
    for type_, code in atlas.lire("SELECT type, code FROM territoire ORDER BY type, code"):
        t = atlas.territoire(Cle(type=type_, code=code))
        assert t is not None
        yield t


def test_every_count_is_the_one_of_the_plain_way(
    atlas_pays: Atlas, tables: dict[str, Sequence[Ligne]]
) -> None:
    for t in territoires(atlas_pays):
        comptes = compter(atlas_pays, t)
        entiers = set(departements_de(atlas_pays, t)) if t.type in ("departement", "region") else set()
        qpv = t.code if t.type == "qpv" else ""
        for sujet in SUJETS:
            attendu = naif.compter(tables, set(t.communes), entiers, qpv, sujet)
            assert comptes.get(sujet, Comptes()) == Comptes(**attendu), (t.cle, sujet)


def test_the_list_behind_a_figure_counts_exactly_the_figure(atlas_pays: Atlas) -> None:
    for t in territoires(atlas_pays):
        comptes = compter(atlas_pays, t)
        for sujet in SUJETS:
            c = comptes.get(sujet, Comptes())
            for couche in COUCHES:
                listes = {
                    p: lister_operateurs(atlas_pays, t, SERVENT[sujet], couche, [p]).operateurs for p in PARTS
                }
                assert len(listes["comptes"]) == getattr(c, couche)
                assert len(listes["faibles"]) == getattr(c, f"{couche}_faibles")
                assert len(listes["incertains"]) == getattr(c, f"{couche}_incertains")
                assert len(listes["ecartes"]) == c.fermes + c.non_diffusibles + c.hors_champ
                vus = [o.operateur for liste in listes.values() for o in liste]
                assert len(vus) == len(set(vus)), "nobody is in two parts"


def test_each_layer_is_inside_the_wider_one(atlas_pays: Atlas) -> None:
    for t in territoires(atlas_pays):
        for c in compter(atlas_pays, t).values():
            assert c.employeurs <= c.ess <= c.tous
    ((total,),) = atlas_pays.lire("SELECT sum(employeurs) FROM offre")
    assert total > 0


def test_a_larger_territory_never_holds_less_than_its_parts_nor_more_than_their_sum(
    atlas_pays: Atlas,
) -> None:
    for t in territoires(atlas_pays):
        if t.type != "epci":
            continue
        ensemble = compter(atlas_pays, t)
        parties = [
            compter(atlas_pays, p)
            for c in t.communes
            if (p := atlas_pays.territoire(Cle(type="commune", code=c)))
        ]
        for sujet in SUJETS:
            for couche in COUCHES:
                n = [getattr(p.get(sujet, Comptes()), couche) for p in parties]
                assert max(n) <= getattr(ensemble.get(sujet, Comptes()), couche) <= sum(n)


def test_a_need_never_counts_less_than_one_of_its_activities_nor_more_than_all(atlas_pays: Atlas) -> None:
    for t in territoires(atlas_pays):
        comptes = compter(atlas_pays, t)
        for besoin in sorted(set(SUJETS) - set(ACTIVITES)):
            for couche in COUCHES:
                n = [getattr(comptes.get(a, Comptes()), couche) for a in SERVENT[besoin]]
                assert max(n) <= getattr(comptes.get(besoin, Comptes()), couche) <= sum(n)


CODES = ("epci:E0", "epci:E1", "epci:E2", "epci:E3", "commune:23001", "commune:23008", "departement:87")


@settings(max_examples=40)
@given(codes=st.lists(st.sampled_from([*CODES, "departement:23"]), min_size=2, max_size=4))
def test_a_union_counts_distinct_operators(
    atlas_pays: Atlas, tables: dict[str, Sequence[Ligne]], codes: list[str]
) -> None:
    parties = []
    for code in codes:
        type_, _, reste = code.partition(":")
        t = atlas_pays.territoire(Cle(type=type_, code=reste))
        assert t is not None
        parties.append(t)
    communes = atlas_pays.territoires("commune", {c for p in parties for c in p.communes})
    union = unir(parties, communes)
    comptes = compter(atlas_pays, union)
    seuls = [compter(atlas_pays, p) for p in parties]
    entiers = {p.code for p in parties if p.type == "departement"}
    for sujet in SUJETS:
        attendu = naif.compter(tables, set(union.communes), entiers, "", sujet)
        assert comptes.get(sujet, Comptes()) == Comptes(**attendu)
        for couche in COUCHES:
            n = getattr(comptes.get(sujet, Comptes()), couche)
            assert n <= sum(getattr(s.get(sujet, Comptes()), couche) for s in seuls)
            assert n == lister_operateurs(atlas_pays, union, SERVENT[sujet], couche, nombre=1).total


@pytest.mark.parametrize("couche", COUCHES)
@pytest.mark.parametrize("departements", [("23", "87"), ("67",)])
def test_a_group_holds_the_medians_and_quartiles_of_its_rates(
    atlas_pays: Atlas, departements: tuple[str, ...], couche: Couche
) -> None:
    communes = [t for t in territoires(atlas_pays) if t.type == "commune" and t.departement in departements]
    strate = nommer_strate(choisir_strate(communes[0], lambda _: 42))
    [profile] = {
        profil(couche, {d: {r.registre for r in registres_lus(atlas_pays, [d])}}) for d in departements
    }
    trouves = groupes(atlas_pays, strate, {couche: profile})
    habitants = np.array([t.population for t in communes])
    quartiles = []
    for sujet in SUJETS:
        n = np.array([getattr(compter(atlas_pays, t).get(sujet, Comptes()), couche) for t in communes])
        g = trouves[couche, sujet]
        assert (g.compares, g.habitants, g.operateurs) == (len(communes), habitants.sum(), n.sum())
        attendu = np.percentile(n / habitants * 10_000, [25, 50, 75])
        assert [g.quartile_bas, g.mediane, g.quartile_haut] == pytest.approx(list(attendu))
        quartiles += list(attendu)
    assert 0 in quartiles or couche == "tous"
    assert max(quartiles) > 0


def test_a_departement_without_the_register_of_associations_is_compared_with_its_like(
    atlas_pays: Atlas,
) -> None:
    lus = {r.registre for r in registres_lus(atlas_pays, ["67"])}
    assert "RNA" not in lus
    assert profil("ess", {"67": lus}) == "SIRENE"
