"""Setting the second step, keeping its codes of last resort, giving it up."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.web.common.rendu import Etape, page
from perenne.web.comptes import double, freins
from perenne.web.comptes.connexion import accueil_connecte, exiger_preuve
from perenne.web.comptes.formulaires import CodeTelephone
from perenne.web.comptes.models import Compte
from perenne.web.comptes.sessions import fermer_sessions
from perenne.web.comptes.vues.commun import PLUS_TARD, dire_attente, freiner, lire_suite, prive
from perenne.web.comptes.vues.compte import COMPTE, avertir
from perenne.web.espaces.droits import obtenir_connecte

TITRE = "Validation en deux étapes"


@prive
def afficher(requete: HttpRequest) -> HttpResponse:
    """Where one stands; and for whom it is not set, the code to photograph and the form of a first code."""
    moi = obtenir_connecte(requete)
    if double.est_active(moi):
        return page(
            requete,
            "comptes/double_active.html.j2",
            titre=TITRE,
            fil=(COMPTE, Etape(titre=TITRE)),
            restants=double.secours_restants(moi),
            obligatoire=double.echeance(moi) is not None,
        )
    exiger_preuve(requete)
    suite = lire_suite(requete)
    formulaire = CodeTelephone(requete.POST or None)
    refus = None
    if requete.method == "POST" and formulaire.is_valid():
        cle = (freins.CODE, str(moi.pk))
        refus = freiner(formulaire, PLUS_TARD, cle)
        if refus is None:
            codes = double.activer(moi, formulaire.cleaned_data["code"])
            if codes is not None:
                freins.oublier(cle)
                # A session opened before the second step, elsewhere, has not passed it.
                fermer_sessions(moi, sauf=requete.session.session_key)
                avertir(requete, moi, "la validation en deux étapes a été activée")
                return _montrer(requete, codes, suite)
            formulaire.add_error(
                "code", "Ce code ne convient pas. Attendez le suivant et vérifiez l’heure du téléphone."
            )
    secret = double.commencer(moi)
    echeance = double.echeance(moi)
    reponse = page(
        requete,
        "comptes/double.html.j2",
        titre=TITRE,
        fil=(COMPTE, Etape(titre=TITRE)),
        formulaire=formulaire,
        dessin=double.dessiner(moi, secret),
        secret=" ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
        echeance=echeance,
        depassee=echeance is not None and echeance <= timezone.now(),
        exploitant=moi.exploitant,
        suite=suite or accueil_connecte(),
    )
    return dire_attente(reponse, refus)


@require_POST
@prive
def renouveler(requete: HttpRequest) -> HttpResponse:
    """New codes of last resort."""
    moi = _avec_double(requete)
    return _montrer(requete, double.renouveler_secours(moi), "")


@require_POST
@prive
def retirer(requete: HttpRequest) -> HttpResponse:
    """Give up the second step; who must have it sets it again at once."""
    moi = _avec_double(requete)
    double.retirer(moi)
    fermer_sessions(moi, sauf=requete.session.session_key)
    avertir(requete, moi, "la validation en deux étapes a été retirée")
    messages.success(requete, "La validation en deux étapes est retirée.")
    return redirect("compte")


def _avec_double(requete: HttpRequest) -> Compte:
    moi = obtenir_connecte(requete)
    exiger_preuve(requete)
    if not double.est_active(moi):
        raise ErreurUtilisateur("La validation en deux étapes n’est pas activée.")
    return moi


def _montrer(requete: HttpRequest, codes: list[str], suite: str) -> HttpResponse:
    return page(
        requete,
        "comptes/secours.html.j2",
        titre="Vos codes de secours",
        fil=(COMPTE, Etape(titre=TITRE)),
        codes=codes,
        suite=suite or accueil_connecte(),
    )
