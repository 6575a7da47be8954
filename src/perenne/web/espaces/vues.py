"""The spaces of a person, one organisation, its settings."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.db.models import Count
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from perenne.services.consulter.territoires import nommer_territoire
from perenne.web.common.rendu import Etape, page
from perenne.web.common.verrou import Conflit, Perime, reprendre
from perenne.web.dossiers.models import Dossier
from perenne.web.espaces.droits import dossiers_visibles, obtenir_adhesion, obtenir_compte, tracer
from perenne.web.espaces.formulaires import FormulaireOrganisation, FormulaireSuppression
from perenne.web.espaces.models import Adhesion, Geste, Organisation, Role

ESPACES = Etape(titre="Mes espaces", adresse="/espaces/")


def fil_organisation(organisation: Organisation, *suite: Etape) -> tuple[Etape, ...]:
    """Breadcrumb down to an organisation, and further."""
    return (
        ESPACES,
        Etape(titre=organisation.nom, adresse=reverse("espace", args=[organisation.pk]) if suite else ""),
        *suite,
    )


def espaces(requete: HttpRequest) -> HttpResponseBase:
    """The organisations of the person, and the files that others opened to them."""
    compte = obtenir_compte(requete)
    miennes = list(
        compte.adhesions.select_related("organisation")
        .annotate(dossiers=Count("organisation__dossiers"))
        .order_by("organisation__nom")
    )
    return page(
        requete,
        "espaces.html.j2",
        titre="Mes espaces",
        fil=(Etape(titre="Mes espaces"),),
        adhesions=miennes,
        partages=dossiers_visibles(requete)
        .exclude(organisation__in=[a.organisation_id for a in miennes])
        .select_related("organisation")
        .order_by("nom"),
    )


@require_http_methods(["GET", "POST"])
def nouveau(requete: HttpRequest) -> HttpResponseBase:
    """Make an organisation; who makes it administers it."""
    compte = obtenir_compte(requete)
    formulaire = FormulaireOrganisation(requete.POST or None)
    if requete.method == "POST" and formulaire.is_valid():
        champs = {c: formulaire.cleaned_data[c] for c in ("nom", "siret", "territoire")}
        try:
            with transaction.atomic():
                organisation = Organisation.objects.create(**champs)
                Adhesion.objects.create(organisation=organisation, compte=compte, role=Role.ADMINISTRATEUR)
        except IntegrityError:
            formulaire.add_error("siret", SIRET_PRIS)
        else:
            tracer(requete, organisation, Geste.CREE, "espace", organisation.nom)
            messages.success(
                requete, "L’espace est créé. Invitez vos collègues, ou ouvrez un premier dossier."
            )
            return redirect("espace", organisation.pk)
    return page(
        requete,
        "organisation.html.j2",
        titre="Créer un espace",
        statut=400 if formulaire.errors else 200,
        fil=(ESPACES, Etape(titre="Créer un espace")),
        formulaire=formulaire,
        conflit=None,
        organisation=None,
    )


SIRET_PRIS = (
    "Une autre organisation a déjà ce SIRET ici. Demandez à ses membres de vous inviter, ou laissez vide."
)


def espace(requete: HttpRequest, identifiant: uuid.UUID) -> HttpResponseBase:
    """An organisation: its files, its territory, its members."""
    adhesion = obtenir_adhesion(requete, identifiant)
    organisation = adhesion.organisation
    return page(
        requete,
        "espace.html.j2",
        titre=organisation.nom,
        fil=fil_organisation(organisation),
        organisation=organisation,
        adhesion=adhesion,
        administre=adhesion.role == Role.ADMINISTRATEUR,
        ecrit=adhesion.role != Role.LECTEUR,
        territoire=nommer_territoire(organisation.territoire),
        dossiers=Dossier.objects.filter(organisation=organisation)
        .annotate(ouvert_a=Count("acces"))
        .order_by("nom", "cree_le"),
        recus=Dossier.objects.filter(acces__beneficiaire=organisation)
        .select_related("organisation")
        .order_by("nom"),
        membres=organisation.adhesions.count(),
    )


@require_http_methods(["GET", "POST"])
def reglages(requete: HttpRequest, identifiant: uuid.UUID) -> HttpResponseBase:
    """Name, SIRET, territory."""
    organisation = obtenir_adhesion(requete, identifiant, "gerer").organisation
    initial = {c: getattr(organisation, c) for c in ("nom", "siret", "territoire", "version")}
    formulaire = FormulaireOrganisation(requete.POST or None, initial=initial)
    conflit: Conflit | None = None
    if requete.method == "POST" and formulaire.is_valid():
        lus = formulaire.cleaned_data
        try:
            with transaction.atomic():
                organisation.enregistrer(
                    lus["version"] or 0, nom=lus["nom"], siret=lus["siret"], territoire=lus["territoire"]
                )
                tracer(requete, organisation, Geste.MODIFIE, "espace", organisation.nom)
        except IntegrityError:
            formulaire.add_error("siret", SIRET_PRIS)
        except Perime as erreur:
            conflit = reprendre(erreur, organisation, formulaire)
        else:
            messages.success(requete, "Les réglages sont enregistrés.")
            return redirect("espace", organisation.pk)
    return page(
        requete,
        "organisation.html.j2",
        titre=f"Réglages : {organisation.nom}",
        statut=409 if conflit else 400 if formulaire.errors else 200,
        fil=fil_organisation(organisation, Etape(titre="Réglages")),
        formulaire=formulaire,
        conflit=conflit,
        organisation=organisation,
    )


@require_http_methods(["GET", "POST"])
def supprimer(requete: HttpRequest, identifiant: uuid.UUID) -> HttpResponseBase:
    """Remove an organisation and all that it holds."""
    organisation = obtenir_adhesion(requete, identifiant, "gerer").organisation
    formulaire = FormulaireSuppression(requete.POST or None, attendu=organisation.nom)
    if requete.method == "POST" and formulaire.is_valid():
        nom = organisation.nom
        organisation.delete()
        messages.success(requete, f"L’espace « {nom} » et tous ses dossiers sont supprimés.")
        return redirect("espaces")
    return page(
        requete,
        "supprimer.html.j2",
        titre=f"Supprimer {organisation.nom}",
        statut=400 if formulaire.errors else 200,
        fil=fil_organisation(organisation, Etape(titre="Supprimer")),
        formulaire=formulaire,
        nom=organisation.nom,
        effet=f"L’espace, ses membres, son journal et ses dossiers ({organisation.dossiers.count()}) "
        "disparaîtront tout de suite et pour toujours, y compris pour ceux avec qui ils sont partagés.",
        retour=reverse("espace", args=[organisation.pk]),
    )
