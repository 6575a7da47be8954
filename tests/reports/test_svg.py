"""Figures: properties of what is drawn, not copies of drawings."""

from __future__ import annotations

import math
import re
import struct
import xml.etree.ElementTree as ET

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from perenne.reports.svg import bandes, barres, carte, courbe, geometrie
from perenne.reports.svg.base import LARGEUR, Figure, couper

SVG = "{http://www.w3.org/2000/svg}"
NOMBRE = re.compile(r"-?\d+(?:\.\d+)?")
libelles = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=40
)

GEOMETRIE = {
    "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width", "height", "d", "points",
    "transform", "viewBox",
}  # fmt: skip


def lire(figure: Figure) -> ET.Element:
    """Parse the figure and check what every figure must hold."""
    arbre = ET.fromstring(figure.svg)
    assert arbre.get("role") == "img"
    assert [e.tag for e in arbre[:2]] == [f"{SVG}title", f"{SVG}desc"]
    assert arbre.get("aria-labelledby", "").split() == [arbre[0].get("id"), arbre[1].get("id")]
    assert arbre.get("viewBox") == f"0 0 {LARGEUR:g} {figure.hauteur:g}" or figure.hauteur % 1
    # Only where numbers are drawn: a label may well read « nan ».
    traces = [v for e in arbre.iter() for k, v in e.attrib.items() if k in GEOMETRIE]
    assert traces
    assert not [v for v in traces if "nan" in v.lower() or "inf" in v.lower()]
    return arbre


def points(arbre: ET.Element) -> list[tuple[float, float]]:
    """Corners of rectangles, centres of circles, absolute points of simple paths."""
    trouves: list[tuple[float, float]] = []
    for e in arbre.iter():
        if e.tag == f"{SVG}rect" and e.get("x") is not None:
            x, y, w, h = (float(e.get(k, "0")) for k in ("x", "y", "width", "height"))
            trouves += [(x, y), (x + w, y + h)]
        elif e.tag == f"{SVG}circle" and float(e.get("r", "0")) > 1:
            trouves.append((float(e.get("cx", "0")), float(e.get("cy", "0"))))
    return trouves


@given(st.lists(st.one_of(st.none(), st.floats(-1e6, 1e6)), min_size=1, max_size=8))
def test_bars_are_proportional_to_their_values_and_stay_in_the_frame(valeurs: list[float | None]) -> None:
    figure = barres.dessiner_barres(
        "b", "Titre", [barres.Barre(libelle="x", valeur=v, etiquette=str(v)) for v in valeurs]
    )
    arbre = lire(figure)
    dessinees = [
        float(e.get("width", "0")) for e in arbre.iter(f"{SVG}rect") if e.get("class") == "g" and e.get("x")
    ]
    connues = [abs(v) for v in valeurs if v is not None]
    assert len(dessinees) == len(connues)
    if connues and max(connues) > 0:
        etendue = max(0.0, *(v for v in valeurs if v is not None)) - min(
            0.0, *(v for v in valeurs if v is not None)
        )
        for largeur, valeur in zip(dessinees, connues, strict=True):
            assert largeur == pytest.approx((LARGEUR - 86) * valeur / etendue, abs=0.051)
    for x, y in points(arbre):
        assert -0.1 <= x <= LARGEUR + 0.1
        assert -0.1 <= y <= figure.hauteur + 0.1


def test_a_bar_not_observed_is_hatched_and_a_zero_is_not() -> None:
    figure = barres.dessiner_barres(
        "b",
        "Titre",
        [
            barres.Barre(libelle="a", valeur=0.0, etiquette="0 %"),
            barres.Barre(libelle="b", valeur=None, etiquette="non observé"),
            barres.Barre(libelle="c", valeur=4.0, etiquette="4 %"),
        ],
    )
    zero, inconnu, _ = [e for e in lire(figure).iter(f"{SVG}rect") if e.get("x")]
    assert (zero.get("width"), zero.get("fill", "").startswith("url")) == ("0", False)
    assert inconnu.get("fill") == "url(#b-h)"
    assert "non observé" in figure.description


@given(st.floats(0, 100), st.booleans(), libelles)
def test_a_strip_places_its_mark_by_its_percentile_and_says_the_value(
    percentile: float, alerte: bool, libelle: str
) -> None:
    bande = bandes.Bande(libelle=libelle, valeur="18,4 %", percentile=percentile, alerte=alerte)
    figure = bandes.dessiner_bandes("p", "Titre", [bande], "214 communes")
    arbre = lire(figure)
    attendu = 8 + (LARGEUR - 16) * percentile / 100
    if alerte:  # a diamond, not only a colour
        (marque,) = [e for e in arbre.iter(f"{SVG}path") if e.get("class") == "w b"]
        x = float(NOMBRE.findall(marque.get("d", ""))[0])
    else:
        (cercle,) = list(arbre.iter(f"{SVG}circle"))
        x = float(cercle.get("cx", "nan"))
    assert x == pytest.approx(attendu, abs=0.051)
    assert "18,4 %" in figure.description


@pytest.mark.parametrize("percentile", [-1, 101, math.nan])
def test_a_percentile_outside_its_bounds_is_refused(percentile: float) -> None:
    with pytest.raises(ValueError, match="percentile"):
        bandes.abscisse(percentile)


@given(st.lists(st.one_of(st.none(), st.floats(0, 1e7)), min_size=1, max_size=12))
def test_a_line_has_a_gap_where_nothing_was_observed(valeurs: list[float | None]) -> None:
    serie = [courbe.Point(annee=2010 + i, valeur=v, etiquette=str(v)) for i, v in enumerate(valeurs)]
    arbre = lire(courbe.dessiner_courbe("c", "Titre", serie))
    troncons = [e for e in arbre.iter(f"{SVG}path") if e.get("class") == "ca"]
    suites = "".join("x" if v is not None else " " for v in valeurs).split()
    connus = sum(v is not None for v in valeurs)
    assert len(troncons) == (len(suites) if connus >= 2 else 0)


polygones = st.builds(
    lambda lon, lat, rayon, n: shapely.Polygon(
        [
            (lon + rayon * math.cos(2 * math.pi * i / n), lat + rayon * math.sin(2 * math.pi * i / n))
            for i in range(n)
        ]
    ),
    st.floats(-178, 178),
    st.floats(-60, 60),
    st.floats(0.01, 2),
    st.integers(3, 30),
)


@given(polygones)
def test_wkb_is_read_as_an_independent_library_reads_it(polygone: shapely.Polygon) -> None:
    lu = geometrie.lire_wkb(shapely.to_wkb(shapely.MultiPolygon([polygone])))
    assert lu == (tuple(polygone.exterior.coords),)
    assert geometrie.lire_wkb(shapely.to_wkb(polygone, byte_order=0)) == lu


@pytest.mark.parametrize("coupe", [0, 3, 9, 20])
def test_a_cut_geometry_is_refused(coupe: int) -> None:
    octets = shapely.to_wkb(shapely.box(0, 0, 1, 1))
    with pytest.raises(ValueError, match="cut short"):
        geometrie.lire_wkb(octets[:coupe])


def test_a_point_is_not_an_outline() -> None:
    with pytest.raises(ValueError, match="not a polygon"):
        geometrie.lire_wkb(struct.pack("<BIdd", 1, 1, 0.0, 0.0))


@given(polygones, polygones)
def test_every_point_of_a_map_is_in_its_frame(territoire: shapely.Polygon, voisin: shapely.Polygon) -> None:
    formes = [
        carte.Forme(anneaux=geometrie.lire_wkb(shapely.to_wkb(g)), role=role, classe=classe, etiquette=nom)
        for g, role, classe, nom in (
            (voisin, "voisin", None, ""),
            (territoire, "territoire", 1, "Nom & <nom>"),
            (territoire, "quartier", None, ""),
        )
    ]
    figure = carte.dessiner_carte("m", "Carte", "Une carte.", formes, [(1, "FRR", "territoire")])
    arbre = lire(figure)
    for e in arbre.iter(f"{SVG}path"):
        if "fill-rule" in e.attrib:
            nombres = [float(v) for v in NOMBRE.findall(e.get("d", ""))]
            assert all(-0.5 <= x <= LARGEUR + 0.5 for x in nombres[::2])
            assert all(-0.5 <= y <= carte.HAUTEUR + 0.5 for y in nombres[1::2])


@given(st.floats(-55, 55))
def test_a_map_keeps_true_shapes_at_its_latitude(lat: float) -> None:
    cadre = geometrie.cadrer([((0, lat), (1, lat), (1, lat + 1), (0, lat + 1))], 0, 0, 300, 200)
    (x0, y0), (x1, y1) = cadre.placer(0, lat), cadre.placer(1, lat + 1)
    assert (x1 - x0) / (y0 - y1) == pytest.approx(math.cos(math.radians(lat + 0.5)), rel=1e-6)


@given(st.lists(st.text("abc", min_size=1, max_size=12), min_size=1, max_size=20), st.floats(30, 300))
def test_cutting_a_text_loses_no_word(mots: list[str], largeur: float) -> None:
    assert " ".join(couper(" ".join(mots), largeur)).split() == mots
