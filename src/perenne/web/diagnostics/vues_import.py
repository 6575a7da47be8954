"""Import accounts, or a whole file: sent, read, shown, then written on a yes."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.services.entreprise.import_comptes import ClotureInconnue
from perenne.web.common.rendu import Etape, page
from perenne.web.diagnostics.acces import ecrit, fil, noter
from perenne.web.diagnostics.ecriture import ecrire_rubriques
from perenne.web.diagnostics.formulaires import DATE
from perenne.web.diagnostics.fusion_dossier import Mode, comparer, fusionner
from perenne.web.diagnostics.importation import (
    deposer_comptes,
    deposer_dossier,
    exiger_inchange,
    obtenir_depot,
)
from perenne.web.diagnostics.lecture import lire_rubriques_de
from perenne.web.diagnostics.models import Depot
from perenne.web.espaces.droits import obtenir_compte, obtenir_dossier
from perenne.web.espaces.models import Geste

MONTRES = 300
"""Changes shown one by one; the others are counted."""


SANS_CLOTURE = (
    "Ce fichier ne dit pas quand l’exercice se termine. Donnez la date, et choisissez le fichier de nouveau."
)


class FormulaireComptes(forms.Form):
    """A trial balance or a FEC."""

    fichier = forms.FileField(
        label="Balance générale ou FEC",
        help_text="CSV, texte ou .xlsx, 5 Mo au plus.",
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
    )
    clos_le = forms.DateField(
        label="Date de clôture",
        required=False,
        help_text="Un FEC la donne d’ordinaire ; une balance, non.",
        **DATE,  # type: ignore[arg-type]
    )
    mois = forms.IntegerField(label="Durée de l’exercice, en mois", min_value=1, max_value=24, initial=12)


class FichiersWidget(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class ChampFichiers(forms.FileField):
    """Several files, at least one."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Each file checked by itself."""
        tous = data if isinstance(data, list | tuple) else [data]
        return [super(ChampFichiers, self).clean(d, initial) for d in tous or [None]]


class FormulaireDossierEntier(forms.Form):
    """A file of a diagnosis, and the accounts that it names."""

    fichiers = ChampFichiers(
        label="Dossier, et au besoin les comptes qu’il cite",
        help_text="Le dossier en .yaml ou en .xlsx. S’il cite une balance ou un FEC, choisissez-les "
        "ensemble.",
        widget=FichiersWidget(attrs={"accept": ".yaml,.yml,.xlsx,.csv,.txt"}),
    )


def refuser(formulaire: forms.Form, champ: str, erreur: ErreurUtilisateur) -> None:
    """Say beside the field why a file is refused, without the words of the command line."""
    formulaire.add_error(champ, f"{erreur.message} {sans_commande(erreur.conseil)}".strip())


def sans_commande(conseil: str) -> str:
    """An advice for who has a browser and no terminal."""
    return "" if "perenne " in conseil or "--" in conseil else conseil


@require_http_methods(["GET", "POST"])
def importer_comptes(requete: HttpRequest, identifiant: uuid.UUID) -> HttpResponseBase:
    """Send the accounts of a year."""
    dossier = obtenir_dossier(requete, identifiant, "ecrire")
    formulaire = FormulaireComptes(requete.POST or None, requete.FILES or None)
    anomalies: tuple[object, ...] = ()
    if requete.method == "POST" and formulaire.is_valid():
        saisis = formulaire.cleaned_data
        try:
            depot = deposer_comptes(
                dossier,
                saisis["fichier"],
                clos_le=saisis["clos_le"],
                mois=saisis["mois"],
                annee="",
                par=obtenir_compte(requete),
            )
        except ClotureInconnue:
            formulaire.add_error("clos_le", SANS_CLOTURE)
        except ErreurUtilisateur as erreur:
            refuser(formulaire, "fichier", erreur)
            anomalies = erreur.anomalies
        else:
            return redirect("diagnostic-comptes-apercu", dossier.pk, depot.pk)
    return page(
        requete,
        "diagnostic_import_comptes.html.j2",
        titre=f"Importer des comptes – {dossier.nom}",
        statut=400 if formulaire.errors else 200,
        fil=fil(
            requete,
            dossier,
            Etape(titre="Ses comptes", adresse=reverse("diagnostic-annees", args=[dossier.pk])),
            Etape(titre="Importer des comptes"),
        ),
        dossier=dossier,
        formulaire=formulaire,
        anomalies=anomalies,
    )


@require_http_methods(["GET", "POST"])
def apercu_comptes(requete: HttpRequest, identifiant: uuid.UUID, releve: uuid.UUID) -> HttpResponseBase:
    """Where each account goes, and what it would change; a post writes it."""
    dossier = obtenir_dossier(requete, identifiant, "ecrire")
    lu = obtenir_depot(dossier, releve, "comptes")
    actuel = lire_rubriques_de(dossier)
    annee = lu.contenu["exercices"][0]["id"]
    deja = [x for x in actuel.get("ressources", ()) if x["exercice"] == annee]
    remplacer = requete.POST.get("payeurs", "") == "remplacer"
    apres = fusionner(actuel, _comptes_seuls(lu, garder=bool(deja) and not remplacer), "completer")
    if requete.method == "POST":
        vers = reverse("diagnostic-annee", args=[dossier.pk, annee])
        return _ecrire(requete, lu, apres, mode="completer", vers=vers)
    return page(
        requete,
        "diagnostic_apercu_comptes.html.j2",
        titre=f"Vérifier les comptes – {dossier.nom}",
        fil=fil(requete, dossier, Etape(titre="Vérifier les comptes")),
        dossier=dossier,
        depot=lu,
        annee=annee,
        clos_le=dt.date.fromisoformat(lu.contenu["exercices"][0]["clos_le"]),
        remplace=any(x["exercice"] == annee for x in actuel.get("comptes", ())),
        deja=len(deja),
        proposes=lu.contenu.get("ressources", ()),
        rapport=lu.rapport,
    )


def _comptes_seuls(depot: Depot, *, garder: bool) -> dict[str, Any]:
    """The tables of the accounts; the payers that they propose never replace those that somebody entered."""
    tables = {t: x for t, x in depot.contenu.items() if not (garder and t == "ressources")}
    return {"structure": {}, **tables}


@require_http_methods(["GET", "POST"])
def importer(requete: HttpRequest, identifiant: uuid.UUID) -> HttpResponseBase:
    """Take the file away, or send one."""
    dossier = obtenir_dossier(requete, identifiant, "ecrire" if requete.method == "POST" else "lire")
    formulaire = FormulaireDossierEntier(requete.POST or None, requete.FILES or None)
    anomalies: tuple[object, ...] = ()
    if requete.method == "POST" and formulaire.is_valid():
        try:
            depot = deposer_dossier(dossier, formulaire.cleaned_data["fichiers"], obtenir_compte(requete))
        except ErreurUtilisateur as erreur:
            refuser(formulaire, "fichiers", erreur)
            anomalies = erreur.anomalies
        else:
            return redirect("diagnostic-apercu", dossier.pk, depot.pk)
    return page(
        requete,
        "diagnostic_importer.html.j2",
        titre=f"Importer, exporter – {dossier.nom}",
        statut=400 if formulaire.errors else 200,
        fil=fil(requete, dossier, Etape(titre="Importer, exporter")),
        dossier=dossier,
        formulaire=formulaire,
        anomalies=anomalies,
        ecrit=ecrit(requete, dossier),
    )


@require_http_methods(["GET", "POST"])
def apercu(requete: HttpRequest, identifiant: uuid.UUID, depot: uuid.UUID) -> HttpResponseBase:
    """What a file would change; a post writes it."""
    dossier = obtenir_dossier(requete, identifiant, "ecrire")
    lu = obtenir_depot(dossier, depot, "dossier")
    demande = (requete.POST or requete.GET).get("mode", "")
    mode: Mode = "remplacer" if demande == "remplacer" else "completer"
    actuel = lire_rubriques_de(dossier)
    apres = fusionner(actuel, lu.contenu, mode)
    if requete.method == "POST":
        vers = reverse("diagnostic", args=[dossier.pk])
        return _ecrire(requete, lu, apres, mode=mode, vers=vers)
    changements = comparer(actuel, apres)
    return page(
        requete,
        "diagnostic_apercu.html.j2",
        titre=f"Vérifier l’import – {dossier.nom}",
        fil=fil(requete, dossier, Etape(titre="Vérifier l’import")),
        dossier=dossier,
        depot=lu,
        mode=mode,
        changements=changements[:MONTRES],
        comptes={g: sum(c.geste == g for c in changements) for g in ("ajout", "changement", "retrait")},
        reste=max(0, len(changements) - MONTRES),
        nom=lu.contenu["structure"]["nom"],
    )


def _ecrire(
    requete: HttpRequest, depot: Depot, apres: dict[str, Any], *, mode: Mode, vers: str
) -> HttpResponseBase:
    dossier = depot.dossier
    if "abandonner" in requete.POST:
        depot.delete()
        messages.info(requete, "Rien n’a été importé.")
        return redirect("diagnostic", dossier.pk)
    with transaction.atomic():
        exiger_inchange(depot)
        ecrire_rubriques(dossier, apres, obtenir_compte(requete), mode)
        noter(requete, dossier, Geste.MODIFIE, f"import de {depot.fichier}")
        depot.delete()
    messages.success(requete, f"« {depot.fichier} » est importé.")
    return redirect(vers)
