"""The forms of accounts; what is typed is checked here, who may do it is checked in the views."""

from __future__ import annotations

import copy
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from perenne.web.comptes.models import Compte, normaliser_courriel

_EXEMPLE = "Par exemple : prenom.nom@collectivite.fr"


class ChampCourriel(forms.EmailField):
    """An address, in small letters."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", "Adresse électronique")
        options.setdefault("help_text", _EXEMPLE)
        saisie = forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"})
        super().__init__(max_length=254, widget=saisie, **options)

    def clean(self, value: Any) -> str:
        """The address."""
        return normaliser_courriel(str(super().clean(value)))


def champ_mot_de_passe(libelle: str, genre: str, aide: str = "") -> forms.CharField:
    """A password: `genre` is `current-password` or `new-password`, for the safes of browsers."""
    return forms.CharField(
        label=libelle,
        help_text=aide,
        strip=False,
        max_length=256,
        widget=forms.PasswordInput(attrs={"autocomplete": genre}),
    )


class DemandeLien(forms.Form):
    """An address where to send a link."""

    courriel = ChampCourriel()


class ParMotDePasse(forms.Form):
    """An address and its password."""

    courriel = ChampCourriel()
    mot_de_passe = champ_mot_de_passe("Mot de passe", "current-password")


class Inscription(forms.Form):
    """Somebody who wants an account."""

    courriel = ChampCourriel(
        help_text="Votre adresse professionnelle de préférence. Un message y sera envoyé pour vérifier "
        "qu'elle est à vous."
    )


class Code(forms.Form):
    """A code of the second step."""

    code = forms.CharField(
        label="Code",
        help_text="Les 6 chiffres affichés par votre application, ou l'un de vos codes de secours.",
        max_length=32,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "spellcheck": "false",
                "class": "court",
                "autofocus": True,
            }
        ),
    )


class CodeTelephone(forms.Form):
    """A first code, which proves that the application has the secret."""

    code = forms.CharField(
        label="Code affiché par l'application",
        help_text="6 chiffres ; il change toutes les 30 secondes.",
        max_length=7,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "court"}
        ),
    )

    def clean_code(self) -> str:
        """The digits."""
        return str(self.cleaned_data["code"]).replace(" ", "")


class NouveauMotDePasse(forms.Form):
    """A password, twice."""

    nouveau = champ_mot_de_passe(
        "Nouveau mot de passe",
        "new-password",
        "12 caractères au moins. Plusieurs mots mis bout à bout se retiennent bien.",
    )
    encore = champ_mot_de_passe("Le même, encore une fois", "new-password")

    def __init__(self, compte: Compte, *arguments: Any, **options: Any) -> None:
        self._compte = compte
        super().__init__(*arguments, **options)

    def clean(self) -> dict[str, Any]:
        """Both alike, and hard to guess."""
        donnees = super().clean() or {}
        nouveau, encore = donnees.get("nouveau"), donnees.get("encore")
        if nouveau and encore and nouveau != encore:
            self.add_error("encore", "Les deux mots de passe diffèrent.")
        elif nouveau:
            try:
                validate_password(nouveau, self._compte)
            except forms.ValidationError as erreur:
                self.add_error("nouveau", erreur)
        return donnees


class Nom(forms.Form):
    """How a person wishes to be called."""

    nom = forms.CharField(
        label="Nom affiché",
        required=False,
        max_length=120,
        help_text="Ce que voient les membres de vos organisations. Vide, ils voient votre adresse.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class Confirmation(forms.Form):
    """The password, asked again."""

    mot_de_passe = champ_mot_de_passe("Mot de passe", "current-password")


class Effacement(forms.Form):
    """What proves who one is, and a box to tick: nothing brings an account back."""

    def __init__(self, *arguments: Any, avec_secret: bool, avec_double: bool, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if avec_secret:
            self.fields["mot_de_passe"] = champ_mot_de_passe("Mot de passe", "current-password")
        if avec_double:
            self.fields["code"] = copy.deepcopy(Code.base_fields["code"])
        self.fields["certain"] = forms.BooleanField(
            label="Oui, effacer mon compte pour toujours",
            error_messages={"required": "Cochez cette case pour confirmer."},
        )
