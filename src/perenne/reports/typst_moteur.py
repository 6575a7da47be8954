"""Runs Typst with the fonts it carries, so that a document looks the same on every machine."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache

import typst

from perenne.reports.svg.base import Figure

PPP_IMAGE = 220
"""Pixels per inch of an image in Word: sharp once printed at half the width of a page."""

_SOURCE_IMAGE = (
    b"#set page(width: auto, height: auto, margin: 0pt)\n"
    b'#image(bytes(sys.inputs.svg), format: "svg", alt: sys.inputs.alt)'
)


@cache
def _polices() -> typst.Fonts:
    """Only the fonts of the wheel: nothing is read from the machine, and nothing depends on it."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)


def compiler_pdf(source: str, entrees: Mapping[str, str], jour: dt.date) -> bytes:
    """Compile a tagged PDF/UA-1.

    Args:
        source: the Typst document.
        entrees: what it reads as `sys.inputs`.
        jour: the creation date written in the file; the same inputs give the same bytes.

    Raises:
        typst.TypstError: the document does not compile, or an image has no text alternative.
    """
    instant = int(dt.datetime.combine(jour, dt.time(12), dt.UTC).timestamp())
    moteur = typst.Compiler(source.encode(), font_paths=_polices(), sys_inputs=dict(entrees))
    return _octets(moteur.compile(format="pdf", pdf_standards="ua-1", timestamp=instant))


def dessiner_page(source: str, entrees: Mapping[str, str], *, ppp: int) -> bytes:
    """Draw the first page of a document as a PNG image of `ppp` pixels per inch."""
    moteur = typst.Compiler(source.encode(), font_paths=_polices(), sys_inputs=dict(entrees))
    pages = moteur.compile(format="png", ppi=ppp)
    return pages[0] if isinstance(pages, list) else _octets(pages)


def convertir_png(figure: Figure) -> bytes:
    """Draw a figure as a PNG image, for the formats that do not take SVG."""
    entrees = {"svg": figure.svg, "alt": figure.description}
    return _octets(
        typst.compile(_SOURCE_IMAGE, font_paths=_polices(), sys_inputs=entrees, format="png", ppi=PPP_IMAGE)
    )


def _octets(sortie: bytes | list[bytes] | None) -> bytes:
    """One file: Typst gives a list when there is one image per page."""
    if isinstance(sortie, bytes):
        return sortie
    if sortie and len(sortie) == 1:
        return sortie[0]
    raise ValueError("a single file was expected from Typst")
