"""Signs of maps: told apart without their colour."""

from __future__ import annotations

import re

import lxml.etree
import pytest

from perenne.reports.svg.signes import SIGNES, Signe, dessiner_nombre, dessiner_signe, illustrer_signe


def _forme(signe: Signe) -> str:
    element = lxml.etree.fromstring(dessiner_signe(signe, 0, 0))
    return f"{element.tag} {element.get('d')} {element.get('fill')}"


def test_each_sign_has_its_own_shape() -> None:
    assert len({_forme(s) for s in SIGNES}) == len(SIGNES)


@pytest.mark.parametrize("signe", SIGNES)
def test_a_sign_stands_on_its_point(signe: Signe) -> None:
    # Drawn at (100, 50), nothing of it is more than five units away.
    element = lxml.etree.fromstring(dessiner_signe(signe, 100, 50))
    if element.tag == "circle":
        assert (element.get("cx"), element.get("cy")) == ("100", "50")
        return
    depart = re.match(r"M(\S+) ([-0-9.]+)", element.get("d"))
    assert depart is not None
    assert abs(float(depart[1]) - 100) <= 5
    assert abs(float(depart[2]) - 50) <= 5


def test_what_a_pointer_shows_is_escaped() -> None:
    for dessin in (dessiner_signe("rond", 0, 0, "A < B & C"), dessiner_nombre(0, 0, "3", "A < B & C", 7)):
        assert lxml.etree.fromstring(dessin).findtext("title") == "A < B & C"


def test_a_sign_of_a_legend_is_left_to_its_words() -> None:
    assert lxml.etree.fromstring(illustrer_signe("losange")).get("aria-hidden") == "true"
