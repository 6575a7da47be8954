"""Forms of the files of enterprises."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.core.exceptions import ValidationError

from perenne.domain.identifiants import siren_valide, siret_valide
from perenne.web.common.dates import aujourd_hui
from perenne.web.espaces.formulaires import lire_territoire


class FormulaireDossier(forms.Form):
    """What names an enterprise; `version` when the file exists already."""

    nom = forms.CharField(label="Nom de l’entreprise ou du projet", max_length=200)
    siren = forms.CharField(
        label="SIREN",
        required=False,
        max_length=20,
        help_text="9 chiffres (ou le SIRET). Laissez vide pour un projet qui n’est pas encore créé.",
    )
    commune = forms.CharField(
        label="Commune", required=False, max_length=100, help_text="Son nom ou son code."
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean_siren(self) -> str:
        """Nine digits with a right key."""
        numero = "".join(self.cleaned_data["siren"].split())
        if not numero:
            return ""
        if not (siren_valide(numero) or siret_valide(numero)):
            raise ValidationError("Ce n’est pas un SIREN : 9 chiffres, dont le dernier contrôle les autres.")
        return numero[:9]

    def clean_commune(self) -> str:
        """The code of one commune."""
        code = lire_territoire(self.cleaned_data["commune"])
        if code and (len(code) != 5 or "+" in code or ":" in code):
            raise ValidationError("Donnez une seule commune.")
        return code


def _date_a_venir(jour: dt.date | None) -> dt.date | None:
    if jour is not None and jour < aujourd_hui():
        raise ValidationError("Cette date est passée.")
    return jour


class FormulaireInvite(forms.Form):
    """A guest: somebody who sees this file and nothing else."""

    courriel = forms.EmailField(label="Adresse électronique", max_length=254)
    ecriture = forms.BooleanField(label="Peut aussi modifier le dossier", required=False)
    jusqu_au = forms.DateField(
        label="Jusqu’au",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Dernier jour de l’accès. Vide : sans limite, jusqu’à ce que vous le retiriez.",
    )

    def clean_jusqu_au(self) -> dt.date | None:
        """Today or later."""
        return _date_a_venir(self.cleaned_data["jusqu_au"])


class FormulairePartage(forms.Form):
    """Another organisation, named by the code that its own members read on their page."""

    code = forms.UUIDField(
        label="Code de partage de l’organisation",
        help_text="Ses membres le lisent sur la page de leur espace et vous le transmettent.",
        error_messages={"invalid": "Ce n’est pas un code de partage."},
    )
    ecriture = forms.BooleanField(label="Ses éditeurs peuvent aussi modifier le dossier", required=False)
    jusqu_au = forms.DateField(
        label="Jusqu’au",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Dernier jour du partage. Vide : sans limite.",
    )

    def clean_jusqu_au(self) -> dt.date | None:
        """Today or later."""
        return _date_a_venir(self.cleaned_data["jusqu_au"])
