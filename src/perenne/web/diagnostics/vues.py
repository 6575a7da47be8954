"""The page of a diagnosis: where it stands, who answers, what comes next; rounds and respondents."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from perenne.domain.entreprise.profil import Etat, Profil
from perenne.domain.erreurs import ErreurUtilisateur
from perenne.reports.typographie import accorder, lister, majuscule
from perenne.web.common.dates import aujourd_hui
from perenne.web.common.rendu import Etape, page
from perenne.web.diagnostics.acces import (
    dernier_passage,
    ecrit,
    fil,
    noter,
    obtenir_passage,
    obtenir_repondant,
)
from perenne.web.diagnostics.avancement import Parcours, suivre_tous
from perenne.web.diagnostics.brouillons import lire_brouillons
from perenne.web.diagnostics.formulaires import (
    FormulaireDebut,
    FormulairePassage,
    FormulaireRepondant,
    nouveau_passage,
    nouveau_repondant,
    renommer_passage,
)
from perenne.web.diagnostics.invitations import en_cours
from perenne.web.diagnostics.lecture import lire_dossier, lire_profil
from perenne.web.diagnostics.models import Feuille, Passage, Repondant
from perenne.web.diagnostics.mots import MOTS_GRILLES, MOTS_ROLES, nommer_court, nommer_repondant
from perenne.web.dossiers.models import Dossier
from perenne.web.espaces.droits import obtenir_dossier
from perenne.web.espaces.formulaires import FormulaireSuppression
from perenne.web.espaces.models import Geste


@require_safe
def diagnostic(requete: HttpRequest, identifiant: uuid.UUID) -> HttpResponseBase:
    """Where the diagnosis of an enterprise stands."""
    dossier = obtenir_dossier(requete, identifiant)
    noter(requete, dossier, Geste.VU, "diagnostic")
    passage = _choisi(requete, dossier)
    parcours = suivre_tous(passage) if passage else []
    profil, panne = _essayer(dossier, passage)
    return page(
        requete,
        "diagnostic.html.j2",
        titre=f"Diagnostic – {dossier.nom}",
        fil=fil(requete, dossier),
        dossier=dossier,
        passage=passage,
        passages=list(dossier.passages.order_by("-date", "-nom")),
        parcours=parcours,
        invites={p.repondant.pk: en_cours(passage, p.repondant) for p in parcours} if passage else {},
        dernier=_derniere_feuille(passage, parcours),
        bilan=dire_bilan(profil, parcours),
        panne=panne,
        brouillons=lire_brouillons(dossier),
        ecrit=ecrit(requete, dossier),
        grilles=MOTS_GRILLES,
        nommer=nommer_repondant,
        court=nommer_court,
        debut=FormulaireDebut(initial=_debut()) if not passage else None,
    )


ETATS: tuple[tuple[Etat, str, str], ...] = (
    ("desaccord", "désaccord à trancher", "désaccords à trancher"),
    ("fragile", "fragilité", "fragilités"),
    ("a-consolider", "point à consolider", "points à consolider"),
    ("solide", "point solide", "points solides"),
)


def dire_bilan(profil: Profil | None, parcours: Sequence[Parcours]) -> str:
    """Where a round stands, in one sentence; nothing is said that nobody answered."""
    faits = sum(p.faits for p in parcours)
    if not faits:
        return "Aucune réponse pour l’instant."
    comptes = [(len(profil.de_etat(e)), un, plusieurs) for e, un, plusieurs in ETATS] if profil else []
    dits = [accorder(n, un, plusieurs) for n, un, plusieurs in comptes if n]
    return f"{majuscule(lister(dits))}." if dits else f"{accorder(faits, 'réponse')} pour l’instant."


def _debut() -> dict[str, Any]:
    return {"date": aujourd_hui(), "grille": "essentielle", "repondants": ["entreprise"]}


def _choisi(requete: HttpRequest, dossier: Dossier) -> Passage | None:
    voulu = requete.GET.get("passage", "")
    return obtenir_passage(dossier, voulu) if voulu else dernier_passage(dossier)


def _essayer(dossier: Dossier, passage: Passage | None) -> tuple[Profil | None, ErreurUtilisateur | None]:
    try:
        if passage is None:
            lire_dossier(dossier)  # what is kept may have become unreadable
            return None, None
        return lire_profil(dossier, passage), None
    except ErreurUtilisateur as erreur:
        return None, erreur


def _derniere_feuille(passage: Passage | None, parcours: list[Any]) -> Any:
    """The progress of who answered last and has not finished, to take up again there."""
    if passage is None:
        return None
    feuille = Feuille.objects.filter(passage=passage).order_by("-modifie_le").first()
    ouverts = [p for p in parcours if p.reprise]
    dernier = next((p for p in ouverts if feuille and p.repondant.pk == feuille.repondant_id), None)
    return dernier or next(iter(ouverts), None)


@require_http_methods(["GET", "POST"])
def passage_nouveau(requete: HttpRequest, identifiant: uuid.UUID) -> HttpResponseBase:
    """Open a round; the first one also says who answers."""
    dossier = obtenir_dossier(requete, identifiant, "ecrire")
    premier = not dossier.repondants.exists()
    classe = FormulaireDebut if premier else FormulairePassage
    formulaire = classe(requete.POST or None, initial=_debut())
    if requete.method == "POST" and formulaire.is_valid():
        saisis = formulaire.cleaned_data
        with transaction.atomic():
            cree = nouveau_passage(dossier, saisis["date"], saisis["grille"])
            for rang, role in enumerate(saisis.get("repondants", ()), 1):
                Repondant.objects.create(dossier=dossier, nom=role, role=role, rang=rang)
            noter(requete, dossier, Geste.CREE, f"passage {cree.nom}")
        return redirect("diagnostic", dossier.pk)
    return page(
        requete,
        "dossier_formulaire.html.j2",
        titre="Ouvrir un passage de la grille",
        statut=400 if formulaire.errors else 200,
        fil=fil(requete, dossier, Etape(titre="Nouveau passage")),
        formulaire=formulaire,
        retour=reverse("diagnostic", args=[dossier.pk]),
    )


@require_http_methods(["GET", "POST"])
def passage_modifier(requete: HttpRequest, identifiant: uuid.UUID, passage: str) -> HttpResponseBase:
    """Date and grid of a round."""
    dossier = obtenir_dossier(requete, identifiant, "ecrire")
    lu = obtenir_passage(dossier, passage)
    initial = {"date": lu.date, "grille": lu.grille, "version": lu.version}
    formulaire = FormulairePassage(requete.POST or None, initial=initial)
    if requete.method == "POST" and formulaire.is_valid():
        saisis = formulaire.cleaned_data
        with transaction.atomic():
            lu.enregistrer(
                saisis["version"] or 0,
                nom=renommer_passage(lu, saisis["date"]),
                date=saisis["date"],
                grille=saisis["grille"],
            )
            noter(requete, dossier, Geste.MODIFIE, f"passage {lu.nom}")
        messages.success(requete, f"Le passage {lu.nom} est enregistré.")
        return redirect("diagnostic", dossier.pk)
    return page(
        requete,
        "diagnostic_fiche_formulaire.html.j2",
        titre=f"Passage {lu.nom}",
        statut=400 if formulaire.errors else 200,
        fil=fil(requete, dossier, Etape(titre=f"Passage {lu.nom}")),
        formulaire=formulaire,
        retour=reverse("diagnostic", args=[dossier.pk]),
        effacer=reverse("diagnostic-passage-supprimer", args=[dossier.pk, lu.nom]),
        quoi="ce passage et ses réponses",
    )


@require_http_methods(["GET", "POST"])
def repondant_nouveau(requete: HttpRequest, identifiant: uuid.UUID) -> HttpResponseBase:
    """Add somebody who answers."""
    dossier = obtenir_dossier(requete, identifiant, "ecrire")
    formulaire = FormulaireRepondant(requete.POST or None)
    if requete.method == "POST" and formulaire.is_valid():
        with transaction.atomic():
            cree = nouveau_repondant(
                dossier, formulaire.cleaned_data["fonction"], formulaire.cleaned_data["role"]
            )
            noter(requete, dossier, Geste.CREE, f"répondant {cree.nom}")
        messages.success(requete, f"« {nommer_repondant(cree)} » peut répondre.")
        return redirect("diagnostic", dossier.pk)
    return page(
        requete,
        "dossier_formulaire.html.j2",
        titre="Ajouter un répondant",
        statut=400 if formulaire.errors else 200,
        fil=fil(requete, dossier, Etape(titre="Nouveau répondant")),
        formulaire=formulaire,
        retour=reverse("diagnostic", args=[dossier.pk]),
    )


@require_http_methods(["GET", "POST"])
def repondant_modifier(requete: HttpRequest, identifiant: uuid.UUID, repondant: str) -> HttpResponseBase:
    """Function and role of a respondent; its short name stays, the answers hang from it."""
    dossier = obtenir_dossier(requete, identifiant, "ecrire")
    lu = obtenir_repondant(dossier, repondant)
    initial = {
        "fonction": lu.fonction or MOTS_ROLES.get(lu.nom, lu.nom),
        "role": lu.role,
        "version": lu.version,
    }
    formulaire = FormulaireRepondant(requete.POST or None, initial=initial)
    if requete.method == "POST" and formulaire.is_valid():
        saisis = formulaire.cleaned_data
        with transaction.atomic():
            lu.enregistrer(saisis["version"] or 0, fonction=saisis["fonction"], role=saisis["role"])
            noter(requete, dossier, Geste.MODIFIE, f"répondant {lu.nom}")
        messages.success(requete, f"« {nommer_repondant(lu)} » est enregistré.")
        return redirect("diagnostic", dossier.pk)
    return page(
        requete,
        "diagnostic_fiche_formulaire.html.j2",
        titre=f"Répondant {nommer_repondant(lu)}",
        statut=400 if formulaire.errors else 200,
        fil=fil(requete, dossier, Etape(titre=f"Répondant {nommer_repondant(lu)}")),
        formulaire=formulaire,
        retour=reverse("diagnostic", args=[dossier.pk]),
        effacer=reverse("diagnostic-repondant-supprimer", args=[dossier.pk, lu.nom]),
        quoi="ce répondant et ses réponses",
    )


@require_http_methods(["GET", "POST"])
def passage_supprimer(requete: HttpRequest, identifiant: uuid.UUID, passage: str) -> HttpResponseBase:
    """Remove a round and its answers."""
    dossier = obtenir_dossier(requete, identifiant, "ecrire")
    return _supprimer(requete, dossier, obtenir_passage(dossier, passage), "passage")


@require_http_methods(["GET", "POST"])
def repondant_supprimer(requete: HttpRequest, identifiant: uuid.UUID, repondant: str) -> HttpResponseBase:
    """Remove a respondent and its answers."""
    dossier = obtenir_dossier(requete, identifiant, "ecrire")
    return _supprimer(requete, dossier, obtenir_repondant(dossier, repondant), "répondant")


def _supprimer(
    requete: HttpRequest, dossier: Dossier, vise: Passage | Repondant, genre: str
) -> HttpResponseBase:
    formulaire = FormulaireSuppression(requete.POST or None, attendu=vise.nom)
    if requete.method == "POST" and formulaire.is_valid():
        with transaction.atomic():
            noter(requete, dossier, Geste.SUPPRIME, f"{genre} {vise.nom}")
            vise.delete()
        messages.success(requete, f"Le {genre} « {vise.nom} » est supprimé.")
        return redirect("diagnostic", dossier.pk)
    return page(
        requete,
        "supprimer.html.j2",
        titre=f"Supprimer le {genre} {vise.nom}",
        statut=400 if formulaire.errors else 200,
        fil=fil(requete, dossier, Etape(titre="Supprimer")),
        formulaire=formulaire,
        nom=vise.nom,
        effet=f"Les réponses de ce {genre} et ses liens d’invitation disparaîtront tout de suite, pour "
        "toujours.",
        retour=reverse("diagnostic", args=[dossier.pk]),
    )
