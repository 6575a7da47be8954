"""The file of an enterprise: opened, seen, changed, removed."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_http_methods

from perenne.services.consulter.territoires import nommer_territoire
from perenne.web.common.rendu import Etape, page
from perenne.web.common.verrou import Conflit, Perime, reprendre
from perenne.web.dossiers.formulaires import FormulaireDossier
from perenne.web.dossiers.models import Dossier
from perenne.web.espaces.droits import (
    droit_sur,
    obtenir_adhesion,
    obtenir_compte,
    obtenir_dossier,
    tracer,
)
from perenne.web.espaces.formulaires import FormulaireSuppression
from perenne.web.espaces.models import Geste
from perenne.web.espaces.vues import ESPACES, fil_organisation

PARTIES = (
    ("diagnostic", "Diagnostic", "La grille de pérennité, à plusieurs voix, et le modèle économique."),
    ("tresorerie", "Trésorerie", "Le plan mois par mois, la date de rupture, ce que change chaque levier."),
    (
        "dossier-leviers",
        "Recommandations",
        "Ce que la collectivité peut faire, pourquoi, et selon quel article.",
    ),
)
"""Name of the address, title and purpose of what hangs from a file."""


def objet(dossier: Dossier) -> str:
    """How the journal names a file."""
    return f"dossier:{dossier.pk}"


def fil_dossier(requete: HttpRequest, dossier: Dossier, *suite: Etape) -> tuple[Etape, ...]:
    """Breadcrumb down to a file; a guest does not see the organisation as a place to go."""
    membre = obtenir_compte(requete).adhesions.filter(organisation_id=dossier.organisation_id).exists()
    adresse = reverse("dossier", args=[dossier.pk]) if suite else ""
    debut = fil_organisation(dossier.organisation, Etape(titre="")) if membre else (ESPACES, Etape(titre=""))
    return (*debut[:-1], Etape(titre=dossier.nom, adresse=adresse), *suite)


@require_http_methods(["GET", "POST"])
def nouveau(requete: HttpRequest, identifiant: uuid.UUID) -> HttpResponseBase:
    """Open a file in an organisation."""
    organisation = obtenir_adhesion(requete, identifiant, "ecrire").organisation
    initial = {c: requete.GET.get(c, "") for c in ("nom", "siren", "commune")}
    formulaire = FormulaireDossier(requete.POST or None, initial=initial)
    if requete.method == "POST" and formulaire.is_valid():
        champs = {c: formulaire.cleaned_data[c] for c in ("nom", "siren", "commune")}
        with transaction.atomic():
            dossier = Dossier.objects.create(organisation=organisation, **champs)
            tracer(requete, organisation, Geste.CREE, objet(dossier), dossier.nom)
        return redirect("dossier", dossier.pk)
    return page(
        requete,
        "dossier_formulaire.html.j2",
        titre="Ouvrir un dossier",
        statut=400 if formulaire.errors else 200,
        fil=fil_organisation(organisation, Etape(titre="Ouvrir un dossier")),
        formulaire=formulaire,
        retour=reverse("espace", args=[organisation.pk]),
    )


def dossier(requete: HttpRequest, identifiant: uuid.UUID) -> HttpResponseBase:
    """What the file holds, and what may be done with it."""
    lu = obtenir_dossier(requete, identifiant)
    tracer(requete, lu.organisation, Geste.VU, objet(lu), lu.nom)
    droit = droit_sur(obtenir_compte(requete), lu)
    return page(
        requete,
        "dossier.html.j2",
        titre=lu.nom,
        fil=fil_dossier(requete, lu),
        dossier=lu,
        commune=nommer_territoire(lu.commune),
        ecrit=droit in ("ecrire", "gerer"),
        gere=droit == "gerer",
        parties=_parties(lu),
        acces=lu.acces.select_related("compte", "beneficiaire").order_by("depuis"),
    )


def _parties(lu: Dossier) -> list[tuple[str, str, str]]:
    trouvees = []
    for nom, titre, propos in PARTIES:
        try:
            trouvees.append((reverse(nom, args=[lu.pk]), titre, propos))
        except NoReverseMatch:
            continue
    return trouvees


@require_http_methods(["GET", "POST"])
def modifier(requete: HttpRequest, identifiant: uuid.UUID) -> HttpResponseBase:
    """Name, SIREN, commune."""
    lu = obtenir_dossier(requete, identifiant, "ecrire")
    initial = {c: getattr(lu, c) for c in ("nom", "siren", "commune", "version")}
    formulaire = FormulaireDossier(requete.POST or None, initial=initial)
    conflit: Conflit | None = None
    if requete.method == "POST" and formulaire.is_valid():
        saisis = formulaire.cleaned_data
        try:
            with transaction.atomic():
                lu.enregistrer(
                    saisis["version"] or 0,
                    nom=saisis["nom"],
                    siren=saisis["siren"],
                    commune=saisis["commune"],
                )
                tracer(requete, lu.organisation, Geste.MODIFIE, objet(lu), lu.nom)
        except Perime as erreur:
            conflit = reprendre(erreur, lu, formulaire)
        else:
            messages.success(requete, "Le dossier est enregistré.")
            return redirect("dossier", lu.pk)
    return page(
        requete,
        "dossier_formulaire.html.j2",
        titre=f"Modifier {lu.nom}",
        statut=409 if conflit else 400 if formulaire.errors else 200,
        fil=fil_dossier(requete, lu, Etape(titre="Modifier")),
        formulaire=formulaire,
        conflit=conflit,
        retour=reverse("dossier", args=[lu.pk]),
    )


@require_http_methods(["GET", "POST"])
def supprimer(requete: HttpRequest, identifiant: uuid.UUID) -> HttpResponseBase:
    """Remove a file and what hangs from it."""
    lu = obtenir_dossier(requete, identifiant, "gerer")
    formulaire = FormulaireSuppression(requete.POST or None, attendu=lu.nom)
    if requete.method == "POST" and formulaire.is_valid():
        organisation = lu.organisation
        with transaction.atomic():
            tracer(requete, organisation, Geste.SUPPRIME, objet(lu), lu.nom)
            lu.delete()
        messages.success(requete, f"Le dossier « {lu.nom} » est supprimé.")
        return redirect("espace", organisation.pk)
    return page(
        requete,
        "supprimer.html.j2",
        titre=f"Supprimer {lu.nom}",
        statut=400 if formulaire.errors else 200,
        fil=fil_dossier(requete, lu, Etape(titre="Supprimer")),
        formulaire=formulaire,
        nom=lu.nom,
        effet="Le diagnostic, la trésorerie et les réponses reçues disparaîtront tout de suite et pour "
        "toujours, y compris pour ceux avec qui le dossier est partagé.",
        retour=reverse("dossier", args=[lu.pk]),
    )
