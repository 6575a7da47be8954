"""The pages of text, in data: their titles, their paragraphs and the addresses that they give."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any, Literal

from django.http import HttpRequest
from django.urls import resolve, reverse
from ninja import Router, Schema

from perenne.web.api.commun import ERREURS

routeur = Router(tags=["Le site"])
Nom = Literal["accessibilite", "aide", "confidentialite", "mentions", "methode", "plan"]
BLOCS = frozenset({"p", "li", "dt", "dd", "h2", "h3", "th", "td", "caption"})
"""Elements whose end ends a text."""


class Lien(Schema):
    """An address that a section gives."""

    texte: str
    adresse: str


class Section(Schema):
    """A section; the title of the first one is that of the page."""

    titre: str
    textes: list[str]
    liens: list[Lien]


class PageDeTexte(Schema):
    """A page of text."""

    titre: str
    adresse: str
    sections: list[Section]


class _Lecteur(HTMLParser):
    """Reads the main part of one of our own pages."""

    def __init__(self) -> None:
        super().__init__()
        self.sections: list[Section] = []
        self._dans = False
        self._texte: list[str] = []
        self._lien: list[str] = []
        self._adresse = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._dans = self._dans or tag == "main"
        if not self._dans:
            return
        if tag in BLOCS or tag in ("h1", "form"):
            self._clore()
        if tag == "a":
            self._adresse, self._lien = dict(attrs).get("href") or "", []

    def handle_endtag(self, tag: str) -> None:
        if not self._dans:
            return
        if tag in ("h1", "h2"):
            titre = " ".join("".join(self._texte).split())
            self._texte.clear()
            self.sections.append(Section(titre=titre, textes=[], liens=[]))
        elif tag == "a" and self._adresse and self.sections:
            texte = " ".join("".join(self._lien).split())
            self.sections[-1].liens.append(Lien(texte=texte, adresse=self._adresse))
            self._adresse = ""
        elif tag in BLOCS:
            self._clore()
        elif tag == "main":
            self._clore()
            self._dans = False

    def handle_data(self, data: str) -> None:
        if self._dans:
            self._texte.append(data)
            if self._adresse:
                self._lien.append(data)

    def _clore(self) -> None:
        texte = " ".join("".join(self._texte).split())
        self._texte.clear()
        if texte and self.sections:
            self.sections[-1].textes.append(texte)


@routeur.get(
    "/pages/{nom}",
    response={200: PageDeTexte, **ERREURS},
    url_name="page",
    summary="Une page de texte du site",
)
def lire_page(request: HttpRequest, nom: Nom) -> Any:
    """What the page says, section by section."""
    adresse = reverse(nom)
    vue = resolve(adresse)
    reponse = vue.func(request, *vue.args, **vue.kwargs)
    lecteur = _Lecteur()
    lecteur.feed(reponse.content.decode())
    return PageDeTexte(titre=lecteur.sections[0].titre, adresse=adresse, sections=lecteur.sections)
