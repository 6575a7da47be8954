"""The account of a person: name, address, password, journal; and the page that asks again who they are."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters

from perenne.web.common.rendu import Etape, page
from perenne.web.comptes import double, freins
from perenne.web.comptes.acces import demander_acces, signaler_blocage
from perenne.web.comptes.connexion import PREUVE, accueil_connecte, exiger_preuve
from perenne.web.comptes.courriels import adresse_absolue, envoyer, prevenir
from perenne.web.comptes.formulaires import Confirmation, DemandeLien, Nom, NouveauMotDePasse
from perenne.web.comptes.liens import creer_lien
from perenne.web.comptes.models import Compte, EtatDemande, Evenement, Nature, Usage
from perenne.web.comptes.sessions import fermer_sessions
from perenne.web.comptes.vues.commun import PAR_LIEN, PLUS_TARD, dire_attente, freiner, lire_suite, prive
from perenne.web.espaces.droits import obtenir_connecte
from perenne.web.espaces.models import Organisation, Role

COMPTE = Etape(titre="Mon compte", adresse="/compte/")
LIGNES = 20


@prive
def compte(requete: HttpRequest) -> HttpResponse:
    """What there is on this person, and what they may change."""
    moi = obtenir_connecte(requete)
    formulaire = Nom(requete.POST or None, initial={"nom": moi.nom})
    if requete.method == "POST" and formulaire.is_valid():
        moi.nom = formulaire.cleaned_data["nom"]
        moi.save(update_fields=["nom"])
        messages.success(requete, "Votre nom est enregistré.")
        return redirect("compte")
    adhesions = list(moi.adhesions.select_related("organisation").order_by("organisation__nom"))
    identites = list(moi.identites.order_by("reliee_le"))
    demandes = list(moi.demandes.filter(etat=EtatDemande.ATTENTE))
    sirets = {d.siret for d in demandes} | {i.siret for i in identites}
    noms = {o.siret: o.nom for o in Organisation.objects.filter(siret__in=sirets).exclude(siret="")}
    return page(
        requete,
        "comptes/compte.html.j2",
        titre="Mon compte",
        fil=(Etape(titre="Mon compte"),),
        compte=moi,
        formulaire=formulaire,
        adhesions=adhesions,
        administre=any(a.role == Role.ADMINISTRATEUR for a in adhesions),
        demandes=[d for d in demandes if d.siret in noms],
        noms=noms,
        siret_libre=next((i.siret for i in identites if i.siret and i.siret not in noms), ""),
        double=double.est_active(moi),
        echeance=double.echeance(moi),
        identites=identites,
        fournisseur=settings.FOURNISSEUR,
        sessions=moi.sessions.filter(expire_date__gt=timezone.now()).count(),
        evenements=moi.evenements.all()[:LIGNES],
    )


@sensitive_post_parameters()
@prive
def mot_de_passe(requete: HttpRequest) -> HttpResponse:
    """Choose a password, with a recent proof of who one is; the other sessions are closed."""
    moi = obtenir_connecte(requete)
    exiger_preuve(requete)
    formulaire = NouveauMotDePasse(moi, requete.POST or None)
    if requete.method == "POST" and formulaire.is_valid():
        moi.set_password(formulaire.cleaned_data["nouveau"])
        moi.save(update_fields=["password"])
        # The session of whoever has just done it goes on, under a new key; the others do not.
        update_session_auth_hash(requete, moi)
        Evenement.objects.create(compte=moi, nature=Nature.MOT_DE_PASSE)
        fermer_sessions(moi, sauf=requete.session.session_key)
        freins.oublier((freins.MOT_DE_PASSE, moi.courriel))
        avertir(requete, moi, "son mot de passe a été changé")
        messages.success(requete, "Votre mot de passe est enregistré. Vos autres sessions sont fermées.")
        return redirect("compte")
    return page(
        requete,
        "comptes/mot_de_passe.html.j2",
        titre="Mot de passe",
        fil=(COMPTE, Etape(titre="Mot de passe")),
        formulaire=formulaire,
        compte=moi,
        existe=moi.has_usable_password(),
    )


@prive
def courriel(requete: HttpRequest) -> HttpResponse:
    """Change of address: the new one is proved first."""
    moi = obtenir_connecte(requete)
    exiger_preuve(requete)
    formulaire = DemandeLien(requete.POST or None)
    refus = None
    if requete.method == "POST" and formulaire.is_valid():
        nouveau = formulaire.cleaned_data["courriel"]
        refus = freiner(formulaire, PLUS_TARD, *freins.cles_lien(requete, nouveau))
        if refus is None:
            _, jeton = creer_lien(Usage.COURRIEL, nouveau, moi)
            envoyer("changement", nouveau, lien=adresse_absolue(requete, "connexion-lien", jeton=jeton))
            return HttpResponseRedirect(reverse("connexion-message"))
    reponse = page(
        requete,
        "comptes/courriel.html.j2",
        titre="Changer d’adresse",
        fil=(COMPTE, Etape(titre="Changer d’adresse")),
        formulaire=formulaire,
        compte=moi,
    )
    return dire_attente(reponse, refus)


@sensitive_post_parameters()
@prive
def confirmer(requete: HttpRequest) -> HttpResponse:
    """Who one is, again, before something grave: the password, or a new link."""
    moi = obtenir_connecte(requete)
    suite = lire_suite(requete) or accueil_connecte()
    formulaire = Confirmation()
    refus = None
    if requete.method == "POST" and "lien" in requete.POST:
        refus = freiner(
            formulaire_vide := Confirmation({}), PLUS_TARD, *freins.cles_lien(requete, moi.courriel)
        )
        if refus is None:
            demander_acces(requete, moi.courriel, suite)
            return HttpResponseRedirect(reverse("connexion-message"))
        formulaire = formulaire_vide
    elif requete.method == "POST":
        formulaire = Confirmation(requete.POST)
        if formulaire.is_valid():
            cles = freins.cles_mot_de_passe(requete, moi.courriel)
            refus = freiner(formulaire, PAR_LIEN, *cles)
            if refus is not None:
                signaler_blocage(moi.courriel)
            elif moi.check_password(formulaire.cleaned_data["mot_de_passe"]):
                freins.oublier(cles[0])
                freins.rendre(*cles[1:])
                requete.session[PREUVE] = timezone.now().isoformat()
                return HttpResponseRedirect(suite)
            else:
                formulaire.add_error("mot_de_passe", "Ce mot de passe n’est pas le bon.")
    reponse = page(
        requete,
        "comptes/confirmer.html.j2",
        titre="Confirmez que c’est vous",
        fil=(COMPTE, Etape(titre="Confirmer")),
        formulaire=formulaire,
        avec_secret=moi.has_usable_password(),
        suite=suite,
        compte=moi,
    )
    return dire_attente(reponse, refus)


def avertir(requete: HttpRequest, moi: Compte, quoi: str) -> None:
    """Tell the owner by e-mail of a change on their account."""
    prevenir("avis", moi.courriel, quoi=quoi, lien=adresse_absolue(requete, "connexion"))
