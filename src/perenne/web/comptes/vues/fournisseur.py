"""Signing in with a professional identity: there, back, and out."""

from __future__ import annotations

import logging
import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_GET, require_POST

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.services.consulter.elements import Introuvable
from perenne.web.common.rendu import Etape, page
from perenne.web.comptes.connexion import PATIENCE, exiger_preuve
from perenne.web.comptes.courriels import adresse_absolue
from perenne.web.comptes.models import Evenement, Nature
from perenne.web.comptes.oidc.echanges import (
    adresse_autorisation,
    adresse_fin,
    decrire,
    demander_infos,
    echanger,
)
from perenne.web.comptes.oidc.jetons import lire_infos, verifier_identite
from perenne.web.comptes.oidc.rattachement import entrer, lire_personne
from perenne.web.comptes.sessions import lire_moment
from perenne.web.comptes.vues.commun import lire_suite, prive
from perenne.web.config.comptes import Fournisseur
from perenne.web.espaces.droits import obtenir_connecte

_journal = logging.getLogger("perenne.web.oidc")
ALLER = "oidc"
JETON, FIN = "jeton_fournisseur", "fin_fournisseur"
SORTIE = "perenne_sortie"


@require_GET
@prive
def aller(requete: HttpRequest) -> HttpResponse:
    """To the provider, with secrets that only this session knows.

    A link, not a form: the policy of the site forbids forms to lead elsewhere.
    """
    fournisseur = _fournisseur()
    relier = requete.GET.get("relier") == "1"
    if relier:
        obtenir_connecte(requete)
        exiger_preuve(requete)
    description = decrire(fournisseur)
    tires = {nom: secrets.token_urlsafe(32) for nom in ("etat", "nonce", "preuve")}
    if not requete.user.is_authenticated:
        requete.session.set_expiry(PATIENCE)
    requete.session[ALLER] = tires | {
        "suite": lire_suite(requete),
        "relier": relier,
        "le": timezone.now().isoformat(),
    }
    retour_ = adresse_absolue(requete, "fournisseur-retour")
    return HttpResponseRedirect(adresse_autorisation(fournisseur, description, retour_, tires))


@require_GET
@prive
def retour(requete: HttpRequest) -> HttpResponse:
    """Back from the provider. The only page that calls another machine, with the one before it."""
    fournisseur = _fournisseur()
    # Taken out before anything is judged: whatever happens next, it serves once.
    commence = requete.session.pop(ALLER, None)
    if commence is not None:
        requete.session.save()
    depuis = lire_moment(commence["le"]) if commence else None
    if (
        commence is None
        or depuis is None
        or timezone.now() - depuis > PATIENCE
        or not constant_time_compare(requete.GET.get("state", ""), commence["etat"])
        or requete.GET.get("iss", fournisseur.emetteur).rstrip("/") != fournisseur.emetteur
    ):
        raise ErreurUtilisateur(
            "Cette connexion n’a pas commencé ici, ou elle a expiré.",
            conseil="Recommencez depuis la page de connexion.",
        )
    code = requete.GET.get("code", "")
    if "error" in requete.GET or not code:
        _journal.warning("fournisseur d’identité : %r", requete.GET.get("error", "")[:60])
        raise ErreurUtilisateur(
            f"{fournisseur.nom} n’a pas confirmé votre identité.",
            conseil="Recommencez depuis la page de connexion, ou demandez un lien par courriel.",
        )
    description = decrire(fournisseur)
    adresse = adresse_absolue(requete, "fournisseur-retour")
    jeton, acces = echanger(fournisseur, description, code, adresse, commence["preuve"])
    sujet = verifier_identite(jeton, fournisseur, description, commence["nonce"])["sub"]
    genre, corps = demander_infos(fournisseur, description, acces)
    infos = lire_infos(genre, corps, fournisseur, description, sujet)
    personne = lire_personne(fournisseur.emetteur, sujet, infos)
    gardes = {JETON: jeton, FIN: description.fin} if description.fin else {}
    return entrer(requete, personne, commence["suite"], commence["relier"], **gardes)


def sortir_du_fournisseur(requete: HttpRequest, jeton: str, fin: str) -> HttpResponse:
    """Signed out here; the page goes on to the provider, since the policy forbids forms to lead there."""
    etat = secrets.token_urlsafe(32)
    retour_ = adresse_absolue(requete, "fournisseur-sortie")
    reponse = page(
        requete,
        "comptes/sortie.html.j2",
        titre="Déconnexion",
        fil=(Etape(titre="Se déconnecter"),),
        adresse=adresse_fin(fin, jeton, etat, retour_),
        fournisseur=_fournisseur().nom,
    )
    reponse.set_cookie(
        SORTIE,
        etat,
        max_age=PATIENCE,
        path="/connexion/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return reponse


@require_GET
@prive
def sortie(requete: HttpRequest) -> HttpResponse:
    """Back from the end of the session of the provider; nothing is left to end here."""
    attendu = requete.COOKIES.get(SORTIE, "")
    if not attendu or not constant_time_compare(requete.GET.get("state", ""), attendu):
        _journal.warning("retour de déconnexion sans demande")
    reponse = HttpResponseRedirect(reverse("deconnexion"))
    reponse.delete_cookie(SORTIE, path="/connexion/")
    return reponse


@require_POST
@prive
def detacher(requete: HttpRequest, identite: int) -> HttpResponse:
    """An identity no longer opens the account."""
    moi = obtenir_connecte(requete)
    exiger_preuve(requete)
    otees, _ = moi.identites.filter(pk=identite).delete()
    if not otees:
        raise Introuvable("Cette identité n’est pas reliée à votre compte.")
    Evenement.objects.create(compte=moi, nature=Nature.SANS_IDENTITE)
    return HttpResponseRedirect(reverse("compte"))


def _fournisseur() -> Fournisseur:
    fournisseur: Fournisseur | None = settings.FOURNISSEUR
    if fournisseur is None:
        raise Introuvable("Ce site n’a pas de fournisseur d’identité.")
    return fournisseur
