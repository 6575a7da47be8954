"""Something must be done first on another page; then one comes back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from perenne.domain.erreurs import ErreurUtilisateur


class Renvoi(ErreurUtilisateur):
    """What is asked cannot be done yet.

    Attributes:
        vers: name of the page where to do what comes first.
    """

    vers: str
    statut = 403


def renvoyer(requete: HttpRequest, erreur: Renvoi) -> HttpResponse:
    """To that page, and back here afterwards; what changes things is not done again by itself."""
    retour = urlencode({"next": requete.get_full_path()})
    return HttpResponseRedirect(f"{reverse(erreur.vers)}?{retour}")
