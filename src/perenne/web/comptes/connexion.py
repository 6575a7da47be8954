"""The steps of a connection, whatever the way in: first proof, second step, session."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from perenne.web.common.renvoi import Renvoi
from perenne.web.comptes import double
from perenne.web.comptes.models import Compte, Evenement, Nature
from perenne.web.comptes.sessions import MOYEN, NAVIGATEUR, OUVERTE, VUE, lire_moment, nommer_navigateur

MOTEUR = "django.contrib.auth.backends.ModelBackend"
ATTENTE = "attente"
PREUVE = "preuve_le"
JETON_FOURNISSEUR = "jeton_fournisseur"
PATIENCE = dt.timedelta(minutes=10)
"""How long the second step may wait after the first."""

MOYENS = {
    "lien": "lien reçu par courriel",
    "mot-de-passe": "mot de passe",
    "fournisseur": "identité professionnelle",
}


class PreuveExigee(Renvoi):
    """The person must show again who they are; the middleware sends to the page that asks."""

    vers = "compte-confirmer"


def suite_sure(requete: HttpRequest, suite: str) -> str:
    """An address to go on to, if it is a page of this site; empty otherwise."""
    if not suite.startswith("/") or not url_has_allowed_host_and_scheme(
        suite, allowed_hosts=None, require_https=requete.is_secure()
    ):
        return ""
    return suite


def avec_suite(nom: str, suite: str) -> str:
    """A page that goes on to another one."""
    return reverse(nom) + (f"?{urlencode({'next': suite})}" if suite else "")


def accueil_connecte() -> str:
    """Where a person who signs in arrives: their spaces."""
    try:
        return reverse("espaces")
    except NoReverseMatch:
        return reverse("compte")


def ouvrir(requete: HttpRequest, compte: Compte, moyen: str, suite: str = "", **gardes: Any) -> HttpResponse:
    """After a first proof: the session, or the page of the second step.

    Args:
        suite: where to go afterwards, already known to be of this site.
        gardes: what the session keeps (the token of the identity provider, to close its session too).
    """
    if not double.est_active(compte):
        return terminer(requete, compte, moyen, suite, **gardes)
    requete.session.flush()
    requete.session[ATTENTE] = {
        "compte": str(compte.pk),
        "moyen": moyen,
        "suite": suite,
        "le": timezone.now().isoformat(),
        "gardes": gardes,
    }
    return HttpResponseRedirect(reverse("connexion-code"))


def lire_attente(requete: HttpRequest) -> tuple[Compte, dict[str, Any]] | None:
    """Who is between the two steps, and what the first one left."""
    attente = requete.session.get(ATTENTE)
    if attente is None:
        return None
    depuis = lire_moment(attente["le"])
    compte = Compte.objects.filter(pk=attente["compte"], is_active=True).first()
    if compte is None or depuis is None or timezone.now() - depuis > PATIENCE:
        requete.session.flush()
        return None
    return compte, attente


def terminer(
    requete: HttpRequest, compte: Compte, moyen: str, suite: str = "", **gardes: Any
) -> HttpResponse:
    """Open the session, under a new key: one that somebody else would have set opens nothing."""
    requete.session.flush()
    login(requete, compte, backend=MOTEUR)
    maintenant = timezone.now().isoformat()
    navigateur = nommer_navigateur(requete.META.get("HTTP_USER_AGENT", ""))
    requete.session.update(
        {OUVERTE: maintenant, VUE: maintenant, PREUVE: maintenant, MOYEN: moyen, NAVIGATEUR: navigateur}
        | gardes
    )
    if compte.prevenu_le is not None:
        Compte.objects.filter(pk=compte.pk).update(prevenu_le=None)
    Evenement.objects.create(compte=compte, nature=Nature.CONNEXION, detail=f"{MOYENS[moyen]}, {navigateur}")
    if double.echeance(compte) is not None and not double.est_active(compte):
        # A role that asks for a second step: the page says until when, and lets go on in the meantime.
        return HttpResponseRedirect(avec_suite("compte-double", suite))
    return HttpResponseRedirect(suite or accueil_connecte())


def exiger_preuve(requete: HttpRequest, minutes: int = 15) -> None:
    """Refuse what is grave to a session left open: the proof must be recent.

    Raises:
        PreuveExigee: it is not.
    """
    prouve = lire_moment(requete.session.get(PREUVE))
    if prouve is None or timezone.now() - prouve > dt.timedelta(minutes=minutes):
        raise PreuveExigee("Confirmez que c’est bien vous.")
