"""The template environment of the pages."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from django.contrib.messages import get_messages
from django.contrib.messages.storage.base import Message
from django.db import DatabaseError
from django.http import HttpRequest
from django.urls import reverse
from jinja2 import Environment, StrictUndefined
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from markupsafe import Markup, escape

from perenne import __version__
from perenne.reports.page import adresse_courte
from perenne.reports.svg.signes import illustrer_signe
from perenne.reports.typographie import (
    FINE,
    INSECABLE,
    accorder,
    composer,
    date_longue,
    dater_version,
    majuscule,
    minuscule,
    nombre,
)
from perenne.web.common.dates import PARIS
from perenne.web.common.feuille import adresse_feuille
from perenne.web.common.fichiers_carte import adresse_fichier_carte
from perenne.web.config.marque import obtenir_marque

MENU = (
    ("accueil", "Accueil"),
    ("territoires", "Territoires"),
    ("entreprises", "Entreprises"),
    ("leviers", "Leviers"),
    ("cas", "Cas"),
    ("regles", "Règles"),
    ("donnees", "Données"),
    ("recherche", "Recherche"),
)


class Ponctuation(Extension):
    """Ties the punctuation that templates hold themselves, once, when they are compiled."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """The same tokens, with French spaces in the text between tags."""
        for jeton in stream:
            yield Token(jeton.lineno, jeton.type, _lier(jeton.value)) if jeton.type == "data" else jeton


def _lier(texte: str) -> str:
    """Spaces that do not break; nothing else changes, since addresses and attributes are there too."""
    texte = re.sub(r" (?=[;!?»])", FINE, texte)
    return re.sub(r"(?<=«) ", FINE, re.sub(r" (?=:(?:\s|$|<))", INSECABLE, texte))


def _url(nom: str, *parties: object) -> str:
    return reverse(nom, args=parties)


def connecte(requete: HttpRequest | None) -> bool:
    """Whether somebody is signed in; a page that fails very early, or without a base, cannot know."""
    try:
        return bool(requete is not None and hasattr(requete, "user") and requete.user.is_authenticated)
    except DatabaseError:
        return False


def messages_de(requete: HttpRequest | None) -> list[Message]:
    """What was just done, told once."""
    return list(get_messages(requete)) if requete is not None and connecte(requete) else []


def dater(jour: dt.date) -> Markup:
    """A date in words, with its machine form."""
    return Markup('<time datetime="{}">{}</time>').format(jour.isoformat(), date_longue(jour))


def ecrire_moment(moment: dt.datetime) -> Markup:
    """A moment in Paris, to the minute."""
    ici = moment.astimezone(PARIS)
    return Markup('<time datetime="{}">{} à {} h {:02d}</time>').format(
        ici.isoformat(timespec="seconds"), date_longue(ici.date()), ici.hour, ici.minute
    )


def paragraphes(texte: str) -> Markup:
    """A text with its French typography, one `<p>` a block."""
    blocs = [b for b in composer(texte).split("\n\n") if b.strip()]
    return Markup("").join(Markup("<p>{}</p>").format(escape(b)) for b in blocs)


def creer_environnement(**options: Any) -> Environment:
    """The environment that Django fills with its own options."""
    environnement = Environment(
        **{**options, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    )
    environnement.add_extension(Ponctuation)
    environnement.filters.update(
        adresse=adresse_courte,
        dater=dater,
        fr=composer,
        majuscule=majuscule,
        minuscule=minuscule,
        moment=ecrire_moment,
        nombre=nombre,
        paragraphes=paragraphes,
        segment=lambda texte: quote(texte, safe="+:"),
    )
    environnement.globals.update(
        accorder=accorder,
        connecte=connecte,
        dater_atlas=dater_version,
        feuille=adresse_feuille,
        fichier_carte=adresse_fichier_carte,
        marque=obtenir_marque,
        menu=MENU,
        messages_de=messages_de,
        signe=illustrer_signe,
        url=_url,
        version=__version__,
    )
    return environnement
