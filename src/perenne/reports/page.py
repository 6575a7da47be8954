"""HTML pages from templates: self-contained, no script, nothing fetched, light and dark, printed on A4."""

from __future__ import annotations

from functools import cache
from importlib import resources

from jinja2 import Environment, FunctionLoader, StrictUndefined, select_autoescape

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


def preparer_gabarit(nom: str, **valeurs: object) -> str:
    """Fill a page template; the style sheet goes inside the page.

    Raises:
        jinja2.UndefinedError: the template uses a value that is not given.
    """
    gabarit = _environnement().get_template(nom)
    return gabarit.render(css=lire_gabarit("note.css"), **valeurs) + "\n"
