"""What the pages of accounts share: never kept by a browser, attempts that are told to wait."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django import forms
from django.http import HttpRequest, HttpResponse

from perenne.web.comptes import freins
from perenne.web.comptes.connexion import suite_sure
from perenne.web.comptes.freins import Cle, TropDEssais

P = ParamSpec("P")
Vue = Callable[Concatenate[HttpRequest, P], HttpResponse]

PAR_LIEN = "Vous pouvez aussi recevoir un lien de connexion par courriel : il lève le blocage."
PLUS_TARD = "Attendez ce délai : les essais faits d’ici là ne comptent pas."


def prive(vue: Vue[P]) -> Vue[P]:
    """A page that nobody keeps: it says who one is, or carries a token."""

    @wraps(vue)
    def servir(requete: HttpRequest, /, *arguments: P.args, **options: P.kwargs) -> HttpResponse:
        reponse = vue(requete, *arguments, **options)
        reponse.headers["Cache-Control"] = "private, no-store"
        return reponse

    return servir


def lire_suite(requete: HttpRequest) -> str:
    """Where to go on afterwards, as the address or the form asks; empty unless it is of this site."""
    return suite_sure(requete, requete.POST.get("next") or requete.GET.get("next") or "")


def freiner(formulaire: forms.Form, conseil: str, *cles: Cle) -> TropDEssais | None:
    """Count an attempt; when it may not be made, the form says until when."""
    fin = freins.prendre(*cles)
    if fin is None:
        return None
    refus = TropDEssais(fin, conseil)
    formulaire.add_error(None, f"{refus.message} {conseil}")
    return refus


def dire_attente(reponse: HttpResponse, refus: TropDEssais | None) -> HttpResponse:
    """The answer to an attempt that must wait."""
    if refus is not None:
        reponse.status_code = refus.statut
        reponse.headers["Retry-After"] = str(refus.secondes)
    return reponse
