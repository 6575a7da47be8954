"""The note as one self-contained HTML page: no script, nothing fetched, light and dark, prints on A4."""

from __future__ import annotations

from functools import cache
from importlib import resources

from jinja2 import Environment, FunctionLoader, StrictUndefined, select_autoescape

from perenne import __version__
from perenne.reports.note.elements import Note

GABARITS = resources.files("perenne.reports") / "gabarits"


def lire_gabarit(nom: str) -> str:
    """The text of a template shipped with the package."""
    return (GABARITS / nom).read_text(encoding="utf-8")


def adresse_courte(url: str) -> str:
    """The host of an address, for a link that is read aloud."""
    return url.removeprefix("https://").split("/")[0].removeprefix("www.")


@cache
def _environnement() -> Environment:
    environnement = Environment(
        loader=FunctionLoader(lire_gabarit),
        autoescape=select_autoescape(["html.j2"], default=True),
        undefined=StrictUndefined,
    )
    environnement.filters["adresse"] = adresse_courte
    return environnement


def ecrire_html(note: Note) -> str:
    """Write the note as a page.

    Returns:
        A complete document in French; its only links are those of the sources.
    """
    gabarit = _environnement().get_template("note.html.j2")
    return gabarit.render(note=note, css=lire_gabarit("note.css"), version=__version__) + "\n"
