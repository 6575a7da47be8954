"""Corrections: sent by anybody, examined by an operator, given to the next build of the atlas."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from perenne.services.consulter.donnees import lister_activites
from perenne.services.consulter.elements import Introuvable
from perenne.services.consulter.entreprise import lire_entreprise
from perenne.web.common.dates import aujourd_hui
from perenne.web.common.rendu import Etape, page
from perenne.web.comptes.freins import Frein, TropDEssais, prendre, reseau
from perenne.web.comptes.models import Compte
from perenne.web.entreprises.decisions import ecrire_decisions
from perenne.web.entreprises.formulaires import FormulaireCorrection, FormulaireExamen
from perenne.web.entreprises.models import Correction, Suite
from perenne.web.espaces.droits import Interdit, obtenir_compte

CORRECTIONS = Frein(portee="correction", essais=10)
PAR_PAGE = 30
ENTREPRISES = Etape(titre="Entreprises", adresse="/entreprises/")


@require_http_methods(["GET", "POST"])
def corriger(requete: HttpRequest, numero: str) -> HttpResponseBase:
    """« Ce n’est pas exact »."""
    fiche = lire_entreprise(numero, aujourd_hui())
    activites = [(a.id, a.titre) for a in lister_activites()]
    depart = {"sujet": requete.GET.get("sujet", ""), "activite": requete.GET.get("activite", "")}
    formulaire = FormulaireCorrection(requete.POST or None, activites=activites, initial=depart)
    envoyee = False
    if requete.method == "POST" and formulaire.is_valid():
        if bloque := prendre((CORRECTIONS, reseau(requete))):
            raise TropDEssais(
                bloque, conseil="Votre message n’a pas été pris : copiez-le avant de quitter la page."
            )
        lus = {c: formulaire.cleaned_data[c] for c in ("sujet", "activite", "texte", "role", "courriel")}
        Correction.objects.create(numero=fiche.id, nom=fiche.titre[:300], **lus)
        envoyee = True
    return page(
        requete,
        "correction.html.j2",
        titre=f"Corriger : {fiche.titre}",
        statut=400 if formulaire.errors else 200,
        fil=(
            ENTREPRISES,
            Etape(titre=fiche.titre, adresse=reverse("entreprise", args=[fiche.id])),
            Etape(titre="Corriger"),
        ),
        fiche=fiche,
        formulaire=formulaire,
        envoyee=envoyee,
    )


def obtenir_exploitant(requete: HttpRequest) -> Compte:
    """The operator signed in.

    Raises:
        NonConnecte: nobody is signed in.
        Introuvable: somebody else; these pages do not exist for them.
    """
    compte = obtenir_compte(requete)
    if not compte.exploitant:
        raise Introuvable("Cette adresse ne mène à rien.")
    return compte


@require_safe
def corrections(requete: HttpRequest) -> HttpResponseBase:
    """Those to examine, the oldest first; `?suite=` for the others."""
    obtenir_exploitant(requete)
    suite = requete.GET.get("suite", Suite.A_EXAMINER)
    suite = suite if suite in Suite.values else Suite.A_EXAMINER
    ordre = "recue_le" if suite == Suite.A_EXAMINER else "-examinee_le"
    liste = Correction.objects.filter(suite=suite).order_by(ordre, "pk")
    return page(
        requete,
        "corrections.html.j2",
        titre="Corrections",
        fil=(Etape(titre="Corrections"),),
        feuillet=Paginator(liste, PAR_PAGE).get_page(requete.GET.get("page")),
        suite=suite,
        suites=Suite.choices,
    )


@require_http_methods(["GET", "POST"])
def examiner(requete: HttpRequest, correction: int) -> HttpResponseBase:
    """One of them: kept or put aside, with a reason."""
    compte = obtenir_exploitant(requete)
    lue = Correction.objects.filter(pk=correction).first()
    if lue is None:
        raise Introuvable("Cette correction n’existe plus.")
    formulaire = FormulaireExamen(requete.POST or None)
    if requete.method == "POST" and formulaire.is_valid():
        with transaction.atomic():
            prises = Correction.objects.filter(pk=lue.pk, suite=Suite.A_EXAMINER).update(
                **formulaire.cleaned_data, examinee_le=timezone.now(), examinee_par=compte, courriel=""
            )
        if not prises:
            raise Interdit("Quelqu’un d’autre l’a examinée entre-temps.", conseil="Revenez à la liste.")
        messages.success(requete, "La décision est enregistrée.")
        return redirect("corrections")
    titres = {a.id: a.titre for a in lister_activites()}
    return page(
        requete,
        "examen.html.j2",
        titre=str(lue),
        statut=400 if formulaire.errors else 200,
        fil=(Etape(titre="Corrections", adresse=reverse("corrections")), Etape(titre=lue.nom or lue.numero)),
        correction=lue,
        activite=titres.get(lue.activite, lue.activite),
        formulaire=formulaire,
    )


@require_safe
def decisions(requete: HttpRequest) -> HttpResponse:
    """The file of decisions."""
    obtenir_exploitant(requete)
    reponse = HttpResponse(ecrire_decisions(), content_type="text/csv; charset=utf-8")
    reponse.headers["Content-Disposition"] = 'attachment; filename="decisions.csv"'
    return reponse
