"""The map of France: every number is there, none hides another, nothing leaves the drawing."""

from __future__ import annotations

import itertools
import math

import lxml.etree
from hypothesis import given
from hypothesis import strategies as st

from perenne.reports.svg.france import HAUTEUR, LARGEUR, RAYON, Partie, Repere, dessiner_france

CARRE = ((-4.0, 42.0), (8.0, 42.0), (8.0, 51.0), (-4.0, 51.0), (-4.0, 42.0))
ILE = ((55.2, -21.4), (55.8, -21.4), (55.8, -20.9), (55.2, -20.9), (55.2, -21.4))
POINTS = st.lists(
    st.tuples(st.floats(-3, 7), st.floats(43, 50)) | st.sampled_from([(2.0, 46.0), (2.3, 48.8)]),
    max_size=14,
)
SVG = "{http://www.w3.org/2000/svg}"


def _dessiner(points: list[tuple[float, float]]) -> lxml.etree._Element:
    reperes = tuple(
        Repere(numero=n, lon=lon, lat=lat, bulle=f"<cas> {n}") for n, (lon, lat) in enumerate(points, 1)
    )
    loin = Repere(numero=len(points) + 1, lon=55.5, lat=-21.1, bulle="là-bas")
    figure = dessiner_france(
        "essai",
        "Titre",
        "Description",
        Partie(anneaux=((CARRE,),), reperes=reperes),
        [Partie(anneaux=((ILE,),), reperes=(loin,), nom="L’Île")],
    )
    return lxml.etree.fromstring(figure.svg.encode())


@given(points=POINTS)
def test_every_number_is_there_and_inside(points: list[tuple[float, float]]) -> None:
    svg = _dessiner(points)
    numeros = sorted(int(t.text or "") for t in svg.iter(f"{SVG}text") if (t.text or "").isdigit())
    assert numeros == list(range(1, len(points) + 2))
    for cercle in svg.iter(f"{SVG}circle"):
        assert RAYON <= float(cercle.get("cx", "")) <= LARGEUR - RAYON
        assert RAYON <= float(cercle.get("cy", "")) <= HAUTEUR - RAYON


def test_two_cases_of_the_same_town_are_both_seen() -> None:
    svg = _dessiner([(2.0, 46.0), (2.0, 46.0), (2.01, 46.0), (2.0, 46.02)])
    centres = [(float(c.get("cx", "")), float(c.get("cy", ""))) for c in svg.iter(f"{SVG}circle")]
    assert all(math.dist(a, b) > 1.9 * RAYON for a, b in itertools.combinations(centres, 2))


def test_the_figure_says_what_it_shows() -> None:
    svg = _dessiner([(2.0, 46.0)])
    assert svg.get("role") == "img"
    assert [x.text for x in svg if x.tag in (f"{SVG}title", f"{SVG}desc")] == ["Titre", "Description"]
    assert "L’Île" in "".join(svg.itertext())
