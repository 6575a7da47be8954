"""Sessions in the base, each with its owner; and the middleware that keeps those in use alive."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as SessionEnBase
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from perenne.web.comptes.models import Compte, Evenement, Nature, SessionCompte

OUVERTE, VUE, MOYEN, NAVIGATEUR = "ouverte_le", "vue_le", "moyen", "navigateur"
RAFRAICHIR = dt.timedelta(minutes=10)
"""How often a session in use is written again, so that it does not expire."""

_NAVIGATEURS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMES = (
    ("Android", "Android"),
    (r"iPhone|iPad", "iOS"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)  # fmt: skip


class SessionStore(SessionEnBase):
    """Django's own, with the columns that show it to its owner."""

    @classmethod
    def get_model_class(cls) -> type[SessionCompte]:
        """The table."""
        return SessionCompte

    def create_model_instance(self, data: dict[str, Any]) -> SessionCompte:
        """The row of a session."""
        ligne: SessionCompte = super().create_model_instance(data)  # type: ignore[assignment]
        cle = data.get(SESSION_KEY)
        ligne.compte_id = Compte._meta.pk.to_python(cle) if cle else None
        ligne.ouverte_le = lire_moment(data.get(OUVERTE)) or timezone.now()
        ligne.vue_le = lire_moment(data.get(VUE)) or timezone.now()
        ligne.moyen, ligne.navigateur = data.get(MOYEN, ""), data.get(NAVIGATEUR, "")
        return ligne


class Presence:
    """Prolongs a session in use, and closes one that has lasted too long."""

    def __init__(self, suite: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._suite = suite

    def __call__(self, requete: HttpRequest) -> HttpResponseBase:
        """Answer."""
        if settings.SESSION_COOKIE_NAME in requete.COOKIES and SESSION_KEY in requete.session:
            maintenant = timezone.now()
            ouverte = lire_moment(requete.session.get(OUVERTE))
            vue = lire_moment(requete.session.get(VUE))
            if ouverte and maintenant - ouverte > settings.SESSION_DUREE_MAX:
                requete.session.flush()
            elif vue is None or maintenant - vue > RAFRAICHIR:
                requete.session[VUE] = maintenant.isoformat()
        return self._suite(requete)


def lire_moment(texte: str | None) -> dt.datetime | None:
    """A moment kept in a session."""
    return parse_datetime(texte) if texte else None


def nommer_navigateur(agent: str) -> str:
    """« Firefox sur Windows »: what a person recognises, and no more than that is kept."""
    navigateur = next((nom for motif, nom in _NAVIGATEURS if motif in agent), "")
    systeme = next((nom for motif, nom in _SYSTEMES if re.search(motif, agent)), "")
    return " sur ".join(x for x in (navigateur, systeme) if x) or "Navigateur inconnu"


def fermer_sessions(compte: Compte, sauf: str | None = None) -> int:
    """Close the sessions of a person, but one; how many were closed."""
    fermees, _ = SessionCompte.objects.filter(compte=compte).exclude(session_key=sauf or "").delete()
    if fermees:
        Evenement.objects.create(compte=compte, nature=Nature.SESSIONS, detail=str(fermees))
    return fermees
