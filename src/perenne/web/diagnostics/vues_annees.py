"""Accounting years: the list, one year, its removal."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from perenne.reports.entreprise.feuilles import EXERCICES
from perenne.services.consulter.elements import Introuvable
from perenne.web.common.rendu import Etape, page
from perenne.web.diagnostics.acces import ecrit, fil, noter
from perenne.web.diagnostics.assemblage import DE_L_ANNEE
from perenne.web.diagnostics.edition import Edition, editer
from perenne.web.diagnostics.formes import classe_de, initial_de, ligne_de
from perenne.web.diagnostics.formulaires import nom_libre
from perenne.web.diagnostics.models import Volet
from perenne.web.diagnostics.volets import Essai, enregistrer_volet, lire_annee, ouvrir_volet
from perenne.web.dossiers.models import Dossier
from perenne.web.espaces.droits import obtenir_compte, obtenir_dossier
from perenne.web.espaces.formulaires import FormulaireSuppression
from perenne.web.espaces.models import Geste

CHAMPS = ("clos_le", "mois")
ORIGINES = {"saisie": "saisis à la main", "balance": "lus dans une balance", "fec": "lus dans un FEC"}


@dataclass(frozen=True, kw_only=True)
class Annee:
    """An accounting year and how much of each table is filled in."""

    nom: str
    clos_le: dt.date
    origine: str
    lignes: dict[str, int]
    brouillon: bool


def lister_annees(dossier: Dossier) -> list[Annee]:
    """The years of a file, oldest first."""
    volets = list(dossier.volets.exclude(annee=""))
    tables = {(v.table, v.annee): v for v in volets}
    annees = [
        Annee(
            nom=v.annee,
            clos_le=dt.date.fromisoformat(v.contenu["clos_le"]),
            origine=ORIGINES.get(str(v.contenu.get("origine", "saisie")).lower(), ""),
            lignes={t: len(tables[t, v.annee].contenu) if (t, v.annee) in tables else 0 for t in DE_L_ANNEE},
            brouillon=any(x.brouillon for x in volets if x.annee == v.annee),
        )
        for v in volets
        if v.table == "exercices"
    ]
    return sorted(annees, key=lambda a: (a.clos_le, a.nom))


def exiger_annee(dossier: Dossier, annee: str) -> Volet:
    """The row of a year.

    Raises:
        Introuvable: there is none of that name.
    """
    volet = ouvrir_volet(dossier, "exercices", annee)
    if volet._state.adding:
        raise Introuvable("Cet exercice n’existe pas dans ce dossier.")
    return volet


@require_safe
def annees(requete: HttpRequest, identifiant: uuid.UUID) -> HttpResponseBase:
    """The years."""
    dossier = obtenir_dossier(requete, identifiant)
    noter(requete, dossier, Geste.VU, "comptes")
    return page(
        requete,
        "diagnostic_annees.html.j2",
        titre=f"Ses comptes – {dossier.nom}",
        fil=fil(requete, dossier, Etape(titre="Ses comptes")),
        dossier=dossier,
        annees=lister_annees(dossier),
        ecrit=ecrit(requete, dossier),
    )


def _formulaire(post: Any, contenu: Any) -> forms.Form:
    return classe_de(EXERCICES, CHAMPS)(post, initial=initial_de(EXERCICES, contenu))


@require_http_methods(["GET", "POST"])
def annee_nouvelle(requete: HttpRequest, identifiant: uuid.UUID) -> HttpResponseBase:
    """Open a year; it is named by the year in which it ends."""
    dossier = obtenir_dossier(requete, identifiant, "ecrire")
    formulaire = _formulaire(requete.POST or None, {"mois": 12})
    if requete.method == "POST" and formulaire.is_valid():
        essai = lire_annee("x", ligne_de(EXERCICES, formulaire.cleaned_data))
        if essai.contenu is None:
            _signaler(essai, formulaire)
        else:
            pris = set(dossier.volets.filter(table="exercices").values_list("annee", flat=True))
            nom = nom_libre(str(essai.contenu["clos_le"])[:4], pris)
            with transaction.atomic():
                volet = ouvrir_volet(dossier, "exercices", nom)
                enregistrer_volet(volet, 0, essai.contenu, auteur=obtenir_compte(requete))
                noter(requete, dossier, Geste.CREE, f"exercice {nom}")
            return redirect("diagnostic-annee", dossier.pk, nom)
    return page(
        requete,
        "dossier_formulaire.html.j2",
        titre="Ajouter un exercice",
        statut=400 if formulaire.errors else 200,
        fil=fil(requete, dossier, _etape(dossier), Etape(titre="Nouvel exercice")),
        formulaire=formulaire,
        retour=reverse("diagnostic-annees", args=[dossier.pk]),
    )


def _etape(dossier: Dossier) -> Etape:
    return Etape(titre="Ses comptes", adresse=reverse("diagnostic-annees", args=[dossier.pk]))


def _signaler(essai: Essai, formulaire: forms.Form) -> None:
    for a in essai.anomalies:
        champ = a.ou.rpartition("/")[2]
        message = f"{a.message} {a.conseil}".strip()
        if champ in formulaire.fields:
            message = message.removeprefix(f"« {formulaire.fields[champ].label} » : ")
            formulaire.add_error(champ, message)
        else:
            formulaire.add_error(None, message)


@require_http_methods(["GET", "POST"])
def annee(requete: HttpRequest, identifiant: uuid.UUID, annee: str) -> HttpResponseBase:
    """One year: its end, its length, and the way to its tables."""
    dossier = obtenir_dossier(requete, identifiant, "ecrire" if requete.method == "POST" else "lire")
    volet = exiger_annee(dossier, annee)
    origine = volet.contenu.get("origine")

    def lire(saisis: Sequence[forms.Form]) -> Essai:
        garde = {"origine": origine} if origine else {}
        return lire_annee(annee, {**ligne_de(EXERCICES, saisis[0].cleaned_data), **garde})

    def place(ou: str, saisis: Sequence[forms.Form]) -> tuple[forms.Form, str | None]:
        champ = ou.rpartition("/")[2]
        return saisis[0], champ if champ in saisis[0].fields else None

    lue = next(a for a in lister_annees(dossier) if a.nom == annee)
    return editer(
        requete,
        dossier,
        Edition(
            table="exercices",
            annee=annee,
            titre=f"Exercice {annee}",
            quoi=f"exercice {annee}",
            gabarit="diagnostic_annee.html.j2",
            retour=reverse("diagnostic-annee", args=[dossier.pk, annee]),
            fil=(_etape(dossier), Etape(titre=f"Exercice {annee}")),
            formulaires=lambda contenu, post: [_formulaire(post, contenu)],
            lire=lire,
            place=place,
            valeurs={"annee": lue},
        ),
    )


@require_http_methods(["GET", "POST"])
def annee_supprimer(requete: HttpRequest, identifiant: uuid.UUID, annee: str) -> HttpResponseBase:
    """Remove a year and its tables."""
    dossier = obtenir_dossier(requete, identifiant, "ecrire")
    exiger_annee(dossier, annee)
    formulaire = FormulaireSuppression(requete.POST or None, attendu=annee)
    if requete.method == "POST" and formulaire.is_valid():
        with transaction.atomic():
            noter(requete, dossier, Geste.SUPPRIME, f"exercice {annee}")
            dossier.volets.filter(annee=annee).delete()
        messages.success(requete, f"L’exercice {annee} est supprimé.")
        return redirect("diagnostic-annees", dossier.pk)
    return page(
        requete,
        "supprimer.html.j2",
        titre=f"Supprimer l’exercice {annee}",
        statut=400 if formulaire.errors else 200,
        fil=fil(requete, dossier, _etape(dossier), Etape(titre="Supprimer")),
        formulaire=formulaire,
        nom=annee,
        effet="Ses comptes, ses ressources et ses activités disparaîtront tout de suite, pour toujours.",
        retour=reverse("diagnostic-annee", args=[dossier.pk, annee]),
    )
