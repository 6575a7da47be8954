"""« Ce n’est pas exact »: what somebody tells, and what the reviewer answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from perenne.web.entreprises.models import Suite, Sujet

SUR_UNE_ACTIVITE = frozenset((Sujet.ACTIVITE_OUBLIEE.value, Sujet.ACTIVITE_FAUSSE.value))


class FormulaireCorrection(forms.Form):
    """A signal; nobody needs an account."""

    sujet = forms.ChoiceField(
        label="Qu’est-ce qui n’est pas exact ?", choices=Sujet.choices, widget=forms.RadioSelect
    )
    activite = forms.ChoiceField(
        label="L’activité concernée", required=False, help_text="Si une activité manque ou est fausse."
    )
    texte = forms.CharField(
        label="Ce qu’il faudrait lire",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="En une ou deux phrases, avec si possible une adresse où le vérifier (site, statuts). "
        "N’écrivez le nom d’aucune personne.",
    )
    role = forms.CharField(
        label="Vous êtes",
        max_length=120,
        help_text="Votre fonction : direction de la structure, agent de l’intercommunalité, adhérente…",
    )
    courriel = forms.EmailField(
        label="Votre adresse électronique",
        required=False,
        max_length=254,
        help_text="Pour vous répondre ; effacée dès que le signalement est examiné.",
    )
    # A box that people do not see and that programs fill in.
    site = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, activites: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["activite"].choices = [("", "—"), *activites]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """An activity when the subject is one."""
        lues = super().clean() or {}
        if lues.get("sujet") in SUR_UNE_ACTIVITE and not lues.get("activite"):
            self.add_error("activite", "Dites de quelle activité il s’agit.")
        if lues.get("site"):
            raise ValidationError("Ce message n’a pas pu être pris.")
        return lues


class FormulaireExamen(forms.Form):
    """What the reviewer decides."""

    suite = forms.ChoiceField(
        label="Décision",
        choices=[(Suite.RETENUE.value, "Retenir"), (Suite.ECARTEE.value, "Écarter")],
        widget=forms.RadioSelect,
    )
    motif = forms.CharField(
        label="Motif",
        max_length=300,
        help_text="Ce qui a été vérifié, et où. Repris dans le fichier de décisions.",
    )
