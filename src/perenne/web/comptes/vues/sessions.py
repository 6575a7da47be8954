"""The open sessions of a person, and how to close them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from perenne.web.common.rendu import Etape, page
from perenne.web.comptes.connexion import MOYENS
from perenne.web.comptes.sessions import fermer_sessions
from perenne.web.comptes.vues.commun import prive
from perenne.web.comptes.vues.compte import COMPTE
from perenne.web.espaces.droits import obtenir_connecte


@prive
def sessions(requete: HttpRequest) -> HttpResponse:
    """Every session still open, this one first."""
    moi = obtenir_connecte(requete)
    cle = requete.session.session_key
    if requete.method == "POST":
        fermees = fermer_sessions(moi, sauf=cle)
        messages.success(
            requete,
            "Vos autres sessions sont fermées." if fermees else "Il n’y avait pas d’autre session ouverte.",
        )
        return redirect("compte-sessions")
    ouvertes = moi.sessions.filter(expire_date__gt=timezone.now()).order_by("-vue_le")
    return page(
        requete,
        "comptes/sessions.html.j2",
        titre="Sessions ouvertes",
        fil=(COMPTE, Etape(titre="Sessions ouvertes")),
        sessions=sorted(ouvertes, key=lambda s: s.session_key != cle),
        celle_ci=cle,
        moyens=MOYENS,
    )
