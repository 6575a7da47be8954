"""Forms of the organisations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.domain.identifiants import siret_valide
from perenne.services.consulter.territoires import trouver_code
from perenne.web.espaces.models import Role


class FormulaireOrganisation(forms.Form):
    """Name, SIRET and territory of an organisation; `version` when it exists already."""

    nom = forms.CharField(label="Nom de l’organisation", max_length=200)
    siret = forms.CharField(
        label="SIRET",
        required=False,
        max_length=20,
        help_text="14 chiffres. Il sert à retrouver votre organisation avec ProConnect.",
    )
    territoire = forms.CharField(
        label="Territoire",
        required=False,
        max_length=200,
        help_text="Nom ou code d’une commune, d’une intercommunalité, d’un département…",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean_siret(self) -> str:
        """14 digits with a right key, spaces removed."""
        siret = "".join(self.cleaned_data["siret"].split())
        if siret and not siret_valide(siret):
            raise ValidationError("Ce n’est pas un SIRET : 14 chiffres, dont le dernier contrôle les autres.")
        return siret

    def clean_territoire(self) -> str:
        """The code of the territory, as in its address."""
        return lire_territoire(self.cleaned_data["territoire"])


def lire_territoire(demande: str) -> str:
    """The code of a territory named by a person; empty stays empty.

    Raises:
        ValidationError: none, or several, with the candidates.
    """
    if not demande.strip():
        return ""
    try:
        return trouver_code(demande)
    except ErreurUtilisateur as erreur:
        candidats = getattr(erreur, "candidats", ())
        suite = (
            " Écrivez le code : " + ", ".join(f"{c.nom} ({c.code})" for c in candidats[:6])
            if candidats
            else ""
        )
        raise ValidationError(f"{erreur.message}{suite}") from erreur


class FormulaireInvitation(forms.Form):
    """An address and a role."""

    courriel = forms.EmailField(label="Adresse électronique", max_length=254)
    role = forms.ChoiceField(
        label="Rôle",
        choices=Role.choices,
        initial=Role.LECTEUR,
        help_text="Un lecteur consulte. Un éditeur remplit aussi les dossiers. "
        "Un administrateur gère aussi les membres, les partages et les suppressions.",
    )


class FormulaireRole(forms.Form):
    """A role for a member."""

    role = forms.ChoiceField(label="Rôle", choices=Role.choices)


class FormulaireSuppression(forms.Form):
    """What is removed for good is typed again."""

    nom = forms.CharField(label="Pour confirmer, recopiez le nom", max_length=200)

    def __init__(self, *args: Any, attendu: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self._attendu = attendu

    def clean_nom(self) -> str:
        """The very name."""
        nom: str = self.cleaned_data["nom"]
        if " ".join(nom.split()) != " ".join(self._attendu.split()):
            raise ValidationError("Ce n’est pas le nom attendu : rien n’a été supprimé.")
        return nom
