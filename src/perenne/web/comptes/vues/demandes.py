"""Those whose professional identity carries the SIRET of an organisation, and ask to join it."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from perenne.services.consulter.elements import Introuvable
from perenne.web.common.rendu import Etape, page
from perenne.web.comptes.courriels import adresse_absolue, prevenir
from perenne.web.comptes.models import Compte, DemandeAdhesion, EntreeProConnect, EtatDemande
from perenne.web.comptes.siret import est_ouverte, est_prouve, trancher
from perenne.web.comptes.vues.commun import prive
from perenne.web.comptes.vues.compte import COMPTE
from perenne.web.espaces.droits import Interdit, obtenir_adhesion, obtenir_compte, tracer
from perenne.web.espaces.models import Geste, Organisation, Role


@prive
def demandes(requete: HttpRequest) -> HttpResponse:
    """The requests that this person may answer, and the door of each organisation."""
    moi = obtenir_compte(requete)
    if requete.method == "POST":
        _agir(requete, moi)
        return redirect("compte-demandes")
    miennes = Organisation.objects.filter(
        adhesions__compte=moi, adhesions__role=Role.ADMINISTRATEUR
    ).order_by("nom")
    return page(
        requete,
        "comptes/demandes.html.j2",
        titre="Demandes d’adhésion",
        fil=(COMPTE, Etape(titre="Demandes d’adhésion")),
        organisations=[
            {
                "organisation": o,
                "prouve": est_prouve(o),
                "ouverte": est_ouverte(o),
                "demandes": _en_attente(o) if est_prouve(o) else [],
            }
            for o in miennes
        ],
        a_verifier=_a_verifier() if moi.exploitant else None,
    )


def _agir(requete: HttpRequest, moi: Compte) -> None:
    """Do one thing.

    Raises:
        Introuvable, Interdit: as `obtenir_adhesion`; or this person does not run the site.
    """
    try:
        identifiant = uuid.UUID(requete.POST.get("organisation", ""))
    except ValueError:
        raise Introuvable("Cet espace n’existe pas.") from None
    geste = requete.POST.get("geste", "")
    if geste in ("verifier", "contester"):
        if not moi.exploitant:
            raise Interdit("Seul l’exploitant du site vérifie un SIRET.")
        organisation = Organisation.objects.filter(pk=identifiant).first()
        if organisation is None:
            raise Introuvable("Cet espace n’existe plus.")
        _verifier(requete, organisation, oui=geste == "verifier")
        return
    organisation = obtenir_adhesion(requete, identifiant, "gerer").organisation
    if not est_prouve(organisation):
        raise Interdit("Le SIRET de cet espace n’est pas encore vérifié.")
    if geste in ("ouvrir", "fermer"):
        EntreeProConnect.objects.update_or_create(
            organisation=organisation,
            defaults={"ouverte": geste == "ouvrir", "siret": organisation.siret},
        )
        libelle = "ouverte" if geste == "ouvrir" else "sur demande"
        tracer(
            requete,
            organisation,
            Geste.MODIFIE,
            "espace",
            f"l’entrée par identité professionnelle : {libelle}",
        )
    elif geste in ("accepter", "refuser"):
        _trancher(requete, moi, organisation, accepte=geste == "accepter")


def _trancher(requete: HttpRequest, moi: Compte, organisation: Organisation, *, accepte: bool) -> None:
    numero = requete.POST.get("demande", "")
    demande = next((d for d in _en_attente(organisation) if str(d.pk) == numero), None)
    if demande is None:
        raise Introuvable("Cette demande a déjà reçu une réponse.")
    trancher(demande, organisation, moi, accepte)
    if accepte:
        adresse = adresse_absolue(requete, "espaces")
        prevenir("admission", demande.compte.courriel, organisation=organisation.nom, lien=adresse)
    messages.success(requete, f"La demande de {demande.compte} est {'acceptée' if accepte else 'refusée'}.")


def _verifier(requete: HttpRequest, organisation: Organisation, *, oui: bool) -> None:
    EntreeProConnect.objects.update_or_create(
        organisation=organisation,
        defaults={"verifie_par_exploitant": oui, "siret": organisation.siret},
    )
    if not oui:
        # Whoever really has this SIRET may then write it in their own space.
        organisation.enregistrer(organisation.version, siret="")
    libelle = "le SIRET, vérifié" if oui else "le SIRET, retiré faute de preuve"
    tracer(requete, organisation, Geste.MODIFIE, "espace", libelle)
    messages.success(requete, f"{organisation.nom} : c’est noté.")


def _en_attente(organisation: Organisation) -> list[DemandeAdhesion]:
    return list(
        DemandeAdhesion.objects.select_related("compte")
        .filter(siret=organisation.siret, etat=EtatDemande.ATTENTE)
        .order_by("cree_le")
    )


def _a_verifier() -> list[dict[str, object]]:
    """The organisations that people ask to join, whose SIRET nobody has proved."""
    sirets = DemandeAdhesion.objects.filter(etat=EtatDemande.ATTENTE).values("siret")
    return [
        {"organisation": o, "demandes": len(_en_attente(o))}
        for o in Organisation.objects.filter(siret__in=sirets).order_by("nom")
        if not est_prouve(o)
    ]
