"""Signing in and out: a link, a password, a second step."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import authenticate, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.web.common.rendu import Etape, page
from perenne.web.comptes import double, freins
from perenne.web.comptes.acces import demander_acces, signaler_blocage
from perenne.web.comptes.connexion import accueil_connecte, lire_attente, ouvrir, terminer
from perenne.web.comptes.courriels import dans_un_dossier
from perenne.web.comptes.formulaires import Code, DemandeLien, Inscription, ParMotDePasse
from perenne.web.comptes.freins import TropDEssais
from perenne.web.comptes.models import Compte
from perenne.web.comptes.vues.commun import PAR_LIEN, PLUS_TARD, dire_attente, freiner, lire_suite, prive
from perenne.web.comptes.vues.fournisseur import FIN, JETON, sortir_du_fournisseur

FAUX = "Adresse ou mot de passe incorrect."


@sensitive_post_parameters()
@prive
def connexion(requete: HttpRequest) -> HttpResponse:
    """The ways in."""
    suite = lire_suite(requete)
    if requete.user.is_authenticated:
        return HttpResponseRedirect(suite or accueil_connecte())
    lien, secret = DemandeLien(prefix="lien"), ParMotDePasse(prefix="secret")
    refus = None
    if requete.method == "POST" and requete.POST.get("moyen") == "mot-de-passe":
        secret = ParMotDePasse(requete.POST, prefix="secret")
        lien = DemandeLien(prefix="lien", initial={"courriel": requete.POST.get("secret-courriel", "")})
        suivi = _par_mot_de_passe(requete, secret, suite)
    elif requete.method == "POST":
        lien = DemandeLien(requete.POST, prefix="lien")
        suivi = _par_lien(requete, lien, suite)
    else:
        suivi = None
    if isinstance(suivi, HttpResponse):
        return suivi
    refus = suivi
    reponse = page(
        requete,
        "comptes/connexion.html.j2",
        titre="Se connecter",
        fil=(Etape(titre="Se connecter"),),
        lien=lien,
        secret=secret,
        suite=suite,
        fournisseur=settings.FOURNISSEUR,
        inscription=settings.INSCRIPTION == "ouverte",
    )
    return dire_attente(reponse, refus)


def _par_lien(requete: HttpRequest, formulaire: DemandeLien, suite: str) -> HttpResponse | TropDEssais | None:
    if not formulaire.is_valid():
        return None
    courriel = formulaire.cleaned_data["courriel"]
    if refus := freiner(formulaire, PLUS_TARD, *freins.cles_lien(requete, courriel)):
        return refus
    demander_acces(requete, courriel, suite)
    return HttpResponseRedirect(reverse("connexion-message"))


def _par_mot_de_passe(
    requete: HttpRequest, formulaire: ParMotDePasse, suite: str
) -> HttpResponse | TropDEssais | None:
    if not formulaire.is_valid():
        return None
    courriel = formulaire.cleaned_data["courriel"]
    cles = freins.cles_mot_de_passe(requete, courriel)
    if refus := freiner(formulaire, PAR_LIEN, *cles):
        signaler_blocage(courriel)
        return refus
    compte = authenticate(requete, username=courriel, password=formulaire.cleaned_data["mot_de_passe"])
    if not isinstance(compte, Compte):
        formulaire.add_error(None, FAUX)
        return None
    freins.oublier(cles[0])
    freins.rendre(*cles[1:])
    return ouvrir(requete, compte, "mot-de-passe", suite)


@prive
def inscription(requete: HttpRequest) -> HttpResponse:
    """Somebody wants an account: the address is proved before anything is made."""
    formulaire = Inscription(requete.POST or None)
    refus = None
    if settings.INSCRIPTION == "ouverte" and requete.method == "POST" and formulaire.is_valid():
        courriel = formulaire.cleaned_data["courriel"]
        refus = freiner(formulaire, PLUS_TARD, *freins.cles_lien(requete, courriel))
        if refus is None:
            demander_acces(requete, courriel, lire_suite(requete))
            return HttpResponseRedirect(reverse("connexion-message"))
    reponse = page(
        requete,
        "comptes/inscription.html.j2",
        titre="Ouvrir un compte",
        fil=(Etape(titre="Ouvrir un compte"),),
        formulaire=formulaire,
        suite=lire_suite(requete),
        ouverte=settings.INSCRIPTION == "ouverte",
    )
    return dire_attente(reponse, refus)


@prive
def oubli(requete: HttpRequest) -> HttpResponse:
    """A forgotten password: a link signs in, and leads to the page where another one is chosen."""
    formulaire = DemandeLien(requete.POST or None)
    refus = None
    if requete.method == "POST" and formulaire.is_valid():
        suivi = _par_lien(requete, formulaire, reverse("compte-mot-de-passe"))
        if isinstance(suivi, HttpResponse):
            return suivi
        refus = suivi
    reponse = page(
        requete,
        "comptes/oubli.html.j2",
        titre="Mot de passe oublié",
        fil=(Etape(titre="Se connecter", adresse=reverse("connexion")), Etape(titre="Mot de passe oublié")),
        formulaire=formulaire,
    )
    return dire_attente(reponse, refus)


@prive
def message(requete: HttpRequest) -> HttpResponse:
    """A message may have left: the same words for every address."""
    return page(
        requete,
        "comptes/message.html.j2",
        titre="Regardez votre messagerie",
        fil=(Etape(titre="Se connecter", adresse=reverse("connexion")), Etape(titre="Message envoyé")),
        dans_un_dossier=dans_un_dossier(),
    )


@prive
def code(requete: HttpRequest) -> HttpResponse:
    """The second step."""
    attendu = lire_attente(requete)
    if attendu is None:
        raise ErreurUtilisateur("Cette étape a expiré.", conseil="Recommencez depuis la page de connexion.")
    compte, attente = attendu
    formulaire = Code(requete.POST or None)
    refus = None
    if requete.method == "POST" and formulaire.is_valid():
        cles = ((freins.CODE, str(compte.pk)), *freins.cles_reseau(requete))
        refus = freiner(formulaire, PLUS_TARD, *cles)
        if refus is None:
            if double.verifier(compte, formulaire.cleaned_data["code"]):
                freins.oublier(cles[0])
                freins.rendre(*cles[1:])
                return terminer(requete, compte, attente["moyen"], attente["suite"], **attente["gardes"])
            formulaire.add_error("code", "Ce code ne convient pas, ou il a déjà servi.")
    reponse = page(
        requete,
        "comptes/code.html.j2",
        titre="Deuxième étape",
        fil=(Etape(titre="Se connecter", adresse=reverse("connexion")), Etape(titre="Deuxième étape")),
        formulaire=formulaire,
    )
    return dire_attente(reponse, refus)


@prive
def deconnexion(requete: HttpRequest) -> HttpResponse:
    """Signing out; the address alone signs nobody out."""
    if requete.method == "POST":
        jeton, fin = requete.session.get(JETON, ""), requete.session.get(FIN, "")
        logout(requete)
        if jeton and fin and settings.FOURNISSEUR is not None:
            return sortir_du_fournisseur(requete, jeton, fin)
        return HttpResponseRedirect(reverse("deconnexion"))
    return page(
        requete, "comptes/deconnexion.html.j2", titre="Se déconnecter", fil=(Etape(titre="Se déconnecter"),)
    )
