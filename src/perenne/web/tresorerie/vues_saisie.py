"""Write the plan: one line, or a whole file."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from perenne.domain.erreurs import Anomalie, ErreurUtilisateur
from perenne.reports.tresorerie.champs import Feuille
from perenne.reports.tresorerie.feuilles_depenses import FEUILLES
from perenne.reports.tresorerie.structure import STRUCTURE
from perenne.services.tresorerie.brouillon import (
    TOUTES,
    Contenu,
    ecrire_brouillon,
    lire_brouillon,
    montrer,
    nom_pris,
    nommer_ligne,
    nouvelle_cle,
)
from perenne.services.tresorerie.fichiers import lire_octets
from perenne.services.tresorerie.tailles import dire_exces
from perenne.web.common.rendu import Etape, page
from perenne.web.common.verrou import Perime
from perenne.web.dossiers.models import Dossier
from perenne.web.dossiers.vues import objet
from perenne.web.espaces.droits import obtenir_dossier, tracer
from perenne.web.espaces.models import Geste
from perenne.web.tresorerie.formulaires import FormulaireFichier, FormulaireLigne, initial_de
from perenne.web.tresorerie.models import PlanTresorerie
from perenne.web.tresorerie.plan import changer_ligne, marquer, modifier_plan, obtenir_plan, trouver
from perenne.web.tresorerie.vues import fil, rediriger


@require_http_methods(["GET", "POST"])
def ligne(requete: HttpRequest, identifiant: uuid.UUID, feuille: str, cle: str = "") -> HttpResponseBase:
    """One line: new when `cle` is empty, changed or removed otherwise."""
    dossier = obtenir_dossier(requete, identifiant, "ecrire")
    if feuille not in TOUTES:
        raise Http404
    table = TOUTES[feuille]
    contenu: Contenu = plan.contenu if (plan := obtenir_plan(dossier)) else {}
    if table is STRUCTURE and contenu.get(feuille):
        cle = str(contenu[feuille][0]["_cle"])
    lue = trouver(contenu, feuille, cle) if cle else None
    if cle and lue is None:
        raise ErreurUtilisateur(
            "Cette ligne n’existe plus : quelqu’un l’a supprimée.", conseil="Revenez au plan."
        )
    initial = {"empreinte": marquer(lue), **initial_de(table, lue or _nouvelle(table, dossier))}
    formulaire = FormulaireLigne(table, requete.POST or None, initial=initial)
    conflit: Perime | None = None
    if requete.method == "POST" and formulaire.is_valid():
        try:
            if _enregistrer(requete, dossier, cle, contenu, formulaire):
                return rediriger(dossier)
        except Perime as erreur:
            conflit = erreur
            # What the person typed stays in the boxes; what they must compare it with is shown above.
            maintenant = obtenir_plan(dossier)
            lue = trouver(maintenant.contenu, feuille, cle) if maintenant else None
            formulaire = FormulaireLigne(table, {**requete.POST.dict(), "empreinte": marquer(lue)})
            formulaire.is_valid()
    titre = table.titre if table is STRUCTURE else f"{table.titre} : {'modifier' if cle else 'ajouter'}"
    return page(
        requete,
        "ligne_plan.html.j2",
        titre=titre,
        statut=409 if conflit else 400 if formulaire.errors else 200,
        fil=fil(requete, dossier, Etape(titre="Plan", adresse=_adresse_plan(dossier)), Etape(titre=titre)),
        dossier=dossier,
        table=table,
        formulaire=formulaire,
        supprimable=bool(cle) and table is not STRUCTURE,
        conflit=conflit,
        autre=_autre(table, lue) if conflit else [],
    )


def _adresse_plan(dossier: Dossier) -> str:
    return reverse("tresorerie-plan", args=[dossier.pk])


def _nouvelle(feuille: Feuille, dossier: Dossier) -> dict[str, Any]:
    return {"structure": dossier.nom} if feuille is STRUCTURE else {"statut": "securise"}


def _autre(feuille: Feuille, lue: dict[str, Any] | None) -> list[tuple[str, str]]:
    valeurs = lue or {}
    return [(c.libelle, montrer(c, valeurs[c.nom])) for c in feuille.champs if valeurs.get(c.nom)]


def _enregistrer(
    requete: HttpRequest,
    dossier: Dossier,
    cle: str,
    contenu: Contenu,
    formulaire: FormulaireLigne,
) -> bool:
    """Keep the line; False when something of it must be mended first."""
    feuille = formulaire.feuille
    empreinte = formulaire.cleaned_data["empreinte"]
    if "supprimer" in requete.POST and cle and feuille is not STRUCTURE:
        changer_ligne(dossier, feuille.cle, cle, empreinte, None)
        tracer(requete, dossier.organisation, Geste.SUPPRIME, objet(dossier), f"{dossier.nom} : une ligne")
        messages.success(requete, "La ligne est supprimée.")
        return True
    valeurs = formulaire.valeurs()
    if feuille is not STRUCTURE:
        nom = valeurs.get("id") or nommer_ligne(contenu, valeurs.get("libelle") or feuille.titre, cle)
        if nom_pris(contenu, nom, cle):
            formulaire.add_error("id", f"Le nom court « {nom} » est déjà pris par une autre ligne.")
            return False
        valeurs["id"] = nom
    changer_ligne(dossier, feuille.cle, cle or nouvelle_cle(), empreinte, valeurs)
    tracer(requete, dossier.organisation, Geste.MODIFIE, objet(dossier), f"{dossier.nom} : {feuille.titre}")
    messages.success(requete, "La ligne est enregistrée." if feuille is not STRUCTURE else "Enregistré.")
    return True


@require_http_methods(["GET", "POST"])
def importer(requete: HttpRequest, identifiant: uuid.UUID) -> HttpResponseBase:
    """Read a file, show what it holds, replace the plan once accepted."""
    dossier = obtenir_dossier(requete, identifiant, "ecrire")
    plan = obtenir_plan(dossier)
    if "accepter" in requete.POST and plan is not None and plan.attente is not None:
        return _accepter(requete, dossier, plan)
    if "renoncer" in requete.POST and plan is not None:
        PlanTresorerie.objects.filter(pk=plan.pk).update(attente=None)
        return rediriger(dossier)
    formulaire = FormulaireFichier(requete.POST or None, requete.FILES or None)
    anomalies: tuple[Anomalie, ...] = ()
    if requete.method == "POST" and formulaire.is_valid():
        try:
            lu = lire_octets(formulaire.cleaned_data["fichier"], formulaire.nom)
        except ErreurUtilisateur as erreur:
            anomalies = erreur.anomalies or (Anomalie(ou="", message=erreur.message, conseil=erreur.conseil),)
        else:
            attente = ecrire_brouillon(lu)
            plan = modifier_plan(dossier, lambda contenu: contenu)
            PlanTresorerie.objects.filter(pk=plan.pk).update(attente=attente)
            return redirect("tresorerie-importer", dossier.pk)
    return page(
        requete,
        "importer_plan.html.j2",
        titre="Importer un plan",
        statut=400 if anomalies or formulaire.errors else 200,
        fil=fil(requete, dossier, Etape(titre="Importer un plan")),
        dossier=dossier,
        formulaire=formulaire,
        anomalies=anomalies,
        attente=_comparer(plan),
        exces=_exces(plan, dossier),
        remplace=bool(plan and plan.contenu),
        version_lue=plan.version if plan else 0,
    )


def _comparer(plan: PlanTresorerie | None) -> list[tuple[str, int, int]]:
    """Lines by sheet, now and in the file; empty when no file waits."""
    if plan is None or plan.attente is None:
        return []
    comptes = [
        (f.titre, len(plan.contenu.get(f.cle, [])), len(plan.attente.get(f.cle, []))) for f in FEUILLES
    ]
    return [c for c in comptes if c[1] or c[2]] or [("Structure", 0, 1)]


def _exces(plan: PlanTresorerie | None, dossier: Dossier) -> tuple[str, ...]:
    """What the file that waits has too much of to be computed here; nothing of it is lost for all that."""
    return dire_exces(lire_brouillon(plan.attente, dossier.nom)) if plan and plan.attente is not None else ()


def _accepter(requete: HttpRequest, dossier: Dossier, plan: PlanTresorerie) -> HttpResponseBase:
    version = requete.POST.get("version", "")
    plan.enregistrer(int(version) if version.isdecimal() else 0, contenu=plan.attente, attente=None)
    tracer(requete, dossier.organisation, Geste.MODIFIE, objet(dossier), f"{dossier.nom} : plan importé")
    messages.success(requete, "Le plan est remplacé par celui du fichier.")
    return redirect("tresorerie", dossier.pk)
