"""The tables of an accounting year: accounts, who pays what, what each activity brings in."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from perenne.domain.entreprise.postes import ACTIF, CHARGES, HORS_BILAN, PASSIF, PRODUITS, TOUS
from perenne.reports.entreprise.feuilles import ACTIVITES, RESSOURCES_
from perenne.reports.entreprise.mots import POSTES
from perenne.reports.tresorerie.champs import Feuille
from perenne.web.common.rendu import Etape
from perenne.web.diagnostics.edition import Edition, editer
from perenne.web.diagnostics.formes import classe_de, initial_de, ligne_de
from perenne.web.diagnostics.saisie_grille import montrer
from perenne.web.diagnostics.volets import Essai, lire_table
from perenne.web.diagnostics.vues_annees import exiger_annee
from perenne.web.dossiers.models import Dossier
from perenne.web.espaces.droits import obtenir_dossier

VIDES = 3
LIGNES_MAX = 80
"""A form of more lines would not pass the limit of fields; larger lists are imported."""
CODES = {POSTES[p]: p for p in TOUS}
GROUPES = (
    ("Actif : ce que la structure possède et ce qu’on lui doit", ACTIF),
    ("Passif : d’où vient cet argent et ce qu’elle doit", PASSIF),
    ("Charges de l’année", CHARGES),
    ("Produits de l’année", PRODUITS),
    ("Aides en nature et bénévolat (comptes 86 et 87)", HORS_BILAN),
)


def _fil(dossier: Dossier, annee: str, titre: str) -> tuple[Etape, ...]:
    return (
        Etape(titre="Ses comptes", adresse=reverse("diagnostic-annees", args=[dossier.pk])),
        Etape(titre=f"Exercice {annee}", adresse=reverse("diagnostic-annee", args=[dossier.pk, annee])),
        Etape(titre=titre),
    )


@require_http_methods(["GET", "POST"])
def comptes(requete: HttpRequest, identifiant: uuid.UUID, annee: str) -> HttpResponseBase:
    """The balance sheet and the income statement."""
    dossier = obtenir_dossier(requete, identifiant, "ecrire" if requete.method == "POST" else "lire")
    exiger_annee(dossier, annee)
    boites: dict[str, forms.Field] = {p: _boite(POSTES[p]) for p in TOUS}

    def formulaires(contenu: Any, post: Any) -> Sequence[forms.Form]:
        initial = {CODES.get(x["poste"], x["poste"]): montrer_euros(x["solde"]) for x in contenu}
        return [type("FormulaireComptes", (forms.Form,), boites)(post, initial=initial)]

    def lire(saisis: Sequence[forms.Form]) -> Essai:
        lignes = [{"poste": p, "solde": v} for p, v in saisis[0].cleaned_data.items() if v]
        return lire_table("comptes", annee, lignes)

    def place(ou: str, saisis: Sequence[forms.Form]) -> tuple[forms.Form, str | None]:
        remplis = [p for p, v in saisis[0].cleaned_data.items() if v]
        morceaux = ou.split("/")
        if morceaux[0] == "comptes" and morceaux[1].isdecimal():
            return saisis[0], remplis[int(morceaux[1])]
        return saisis[0], None

    return editer(
        requete,
        dossier,
        Edition(
            table="comptes",
            annee=annee,
            titre=f"Bilan et résultat {annee}",
            quoi=f"comptes {annee}",
            gabarit="diagnostic_table.html.j2",
            retour=reverse("diagnostic-annee", args=[dossier.pk, annee]),
            fil=_fil(dossier, annee, "Bilan et résultat"),
            formulaires=formulaires,
            lire=lire,
            place=place,
            valeurs={
                "groupes": GROUPES,
                "propos": (
                    "En euros, tels qu’ils sont dans les comptes annuels. Une case vide est inconnue ; "
                    "écrivez 0 pour dire qu’il n’y a rien. Les fonds propres contiennent le résultat de "
                    "l’année.",
                    "Vous pouvez vous arrêter en route : tant que l’actif et le passif diffèrent, vos "
                    "chiffres sont gardés comme brouillon et ne sont pas lus.",
                ),
            },
        ),
    )


def _boite(libelle: str) -> forms.CharField:
    boite = forms.TextInput(attrs={"inputmode": "decimal", "class": "court"})
    return forms.CharField(label=f"{libelle} (€)", required=False, max_length=30, widget=boite)


def montrer_euros(valeur: object) -> str:
    """An amount as it is typed: 1200,50."""
    return f"{valeur:.2f}".replace(".", ",") if isinstance(valeur, float) else montrer(valeur)


@require_http_methods(["GET", "POST"])
def ressources(requete: HttpRequest, identifiant: uuid.UUID, annee: str) -> HttpResponseBase:
    """One line a payer and a kind of resource."""
    return _lignes(
        requete,
        identifiant,
        annee,
        RESSOURCES_,
        titre=f"Qui paie, en {annee}",
        propos=(
            "Une ligne par payeur et par sorte de ressource : la sorte, le payeur et le montant suffisent. "
            "« Nombre de payeurs » : 1 d’ordinaire, 0 pour "
            "une foule que l’on n’a pas comptée (les clients). Pour une aide en nature ou du bénévolat, "
            "écrivez la valeur estimée : elle n’est jamais ajoutée à l’argent.",
        ),
    )


@require_http_methods(["GET", "POST"])
def activites(requete: HttpRequest, identifiant: uuid.UUID, annee: str) -> HttpResponseBase:
    """One line an activity."""
    return _lignes(
        requete,
        identifiant,
        annee,
        ACTIVITES,
        titre=f"Ce que rapporte chaque activité, en {annee}",
        propos=("Tous financements compris : c’est ce qui resterait à trouver si l’activité s’arrêtait.",),
    )


def _lignes(
    requete: HttpRequest,
    identifiant: uuid.UUID,
    annee: str,
    feuille: Feuille,
    *,
    titre: str,
    propos: tuple[str, ...],
) -> HttpResponseBase:
    dossier = obtenir_dossier(requete, identifiant, "ecrire" if requete.method == "POST" else "lire")
    exiger_annee(dossier, annee)
    noms = [c.nom for c in feuille.champs if c.nom != "exercice"]
    classe = classe_de(feuille, noms, aide=False)
    montants = {c.nom for c in feuille.champs if c.genre == "montant"}

    def formulaires(contenu: Any, post: Any) -> Sequence[forms.Form]:
        initiaux = [initial_de(feuille, x) for x in contenu]
        for initial, ligne in zip(initiaux, contenu, strict=True):
            initial |= {m: montrer_euros(ligne[m]) for m in montants if m in ligne}
        nombre = len(initiaux) + VIDES if post is None else _nombre(post)
        nombre = min(nombre + (VIDES if post is not None and "ajouter" in post else 0), LIGNES_MAX)
        initiaux += [{} for _ in range(nombre - len(initiaux))]
        lus = None if post is not None and "ajouter" not in post else _repris(post, noms, initiaux)
        return [
            classe(
                post if lus is None else None,
                initial=initiaux[n] if lus is None else lus[n],
                prefix=f"l{n}",
                empty_permitted=True,
                use_required_attribute=False,
            )
            for n in range(nombre)
        ]

    def pleins(saisis: Sequence[forms.Form]) -> list[forms.Form]:
        return [f for f in saisis if ligne_de(feuille, f.cleaned_data)]

    def lire(saisis: Sequence[forms.Form]) -> Essai:
        return lire_table(feuille.cle, annee, [ligne_de(feuille, f.cleaned_data) for f in pleins(saisis)])

    def place(ou: str, saisis: Sequence[forms.Form]) -> tuple[forms.Form, str | None]:
        morceaux = ou.split("/")
        fautif = pleins(saisis)[int(morceaux[1])] if len(morceaux) > 1 else saisis[0]
        champ = morceaux[2] if len(morceaux) > 2 else None
        return fautif, champ if champ in fautif.fields else None

    return editer(
        requete,
        dossier,
        Edition(
            table=feuille.cle,
            annee=annee,
            titre=titre,
            quoi=f"{feuille.titre.lower()} {annee}",
            gabarit="diagnostic_lignes.html.j2",
            retour=reverse("diagnostic-annee", args=[dossier.pk, annee]),
            fil=_fil(dossier, annee, feuille.titre),
            formulaires=formulaires,
            lire=lire,
            place=place,
            valeurs={"propos": propos, "lignes_max": LIGNES_MAX},
        ),
    )


def _nombre(post: Any) -> int:
    texte = post.get("lignes", "")
    return min(int(texte), LIGNES_MAX) if texte.isdecimal() and len(texte) < 4 else 0


def _repris(post: Any, noms: Sequence[str], initiaux: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What was typed, put back as it is when only more empty lines are asked."""
    if post is None:
        return initiaux
    return [{nom: post.get(f"l{n}-{nom}", "") for nom in noms} for n in range(len(initiaux))]
