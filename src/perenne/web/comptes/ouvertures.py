"""What each kind of link does, once its button has been pressed."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.web.comptes import freins
from perenne.web.comptes.acces import ouvrir_compte
from perenne.web.comptes.connexion import ouvrir
from perenne.web.comptes.courriels import adresse_absolue, prevenir
from perenne.web.comptes.liens import LienPerdu, consommer
from perenne.web.comptes.models import Compte, Evenement, Lien, Nature, Usage
from perenne.web.comptes.oidc.rattachement import terminer_rattachement
from perenne.web.comptes.sessions import fermer_sessions


def decrire(lien: Lien) -> str:
    """What will happen, in one sentence or two."""
    match Usage(lien.usage):
        case Usage.CONNEXION:
            return f"Vous allez vous connecter avec l’adresse {lien.courriel}."
        case Usage.INSCRIPTION:
            return f"Un compte va être ouvert pour l’adresse {lien.courriel}."
        case Usage.COURRIEL:
            return f"Votre compte emploiera désormais l’adresse {lien.courriel}."
        case Usage.RATTACHEMENT:
            return f"Cette identité professionnelle ouvrira le compte de l’adresse {lien.courriel}."


def _connexion(requete: HttpRequest, lien: Lien) -> HttpResponse:
    compte = lien.compte
    if compte is None:
        raise LienPerdu
    consommer(lien)
    # Who reads the mailbox is the owner: guesses made by others no longer count against them.
    freins.oublier((freins.MOT_DE_PASSE, lien.courriel))
    return ouvrir(requete, compte, "lien", lien.donnees.get("suite", ""))


def _inscription(requete: HttpRequest, lien: Lien) -> HttpResponse:
    with transaction.atomic():
        consommer(lien)
        compte = ouvrir_compte(lien.courriel)
    if not compte.is_active:
        raise LienPerdu
    return ouvrir(requete, compte, "lien", lien.donnees.get("suite", ""))


def _courriel(requete: HttpRequest, lien: Lien) -> HttpResponse:
    compte = lien.compte
    if compte is None or requete.user != compte:
        raise ErreurUtilisateur(
            "Ce lien s’ouvre dans le navigateur où vous êtes connecté.",
            conseil="Connectez-vous, puis ouvrez-le de nouveau : il vaut 15 minutes.",
        )
    ancienne = compte.courriel
    with transaction.atomic():
        consommer(lien)
        if Compte.objects.filter(courriel=lien.courriel).exists():
            raise ErreurUtilisateur(
                "Cette adresse ne peut pas être employée.", conseil="Choisissez-en une autre."
            )
        compte.courriel = lien.courriel
        compte.save(update_fields=["courriel"])
        Evenement.objects.create(compte=compte, nature=Nature.COURRIEL)
        fermer_sessions(compte, sauf=requete.session.session_key)
    adresse = adresse_absolue(requete, "connexion")
    prevenir("avis", ancienne, quoi="son adresse a été remplacée par une autre", lien=adresse)
    return HttpResponseRedirect(reverse("compte"))


OUVERTURES: dict[Usage, Callable[[HttpRequest, Lien], HttpResponse]] = {
    Usage.CONNEXION: _connexion,
    Usage.INSCRIPTION: _inscription,
    Usage.COURRIEL: _courriel,
    Usage.RATTACHEMENT: terminer_rattachement,
}
