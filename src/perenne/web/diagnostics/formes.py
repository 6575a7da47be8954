"""Forms made from the fields of the file: the same words and the same help as in the workbook.

The forms carry text; what it means, and what is wrong in it, is the business of the reader of files.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms.utils import ErrorDict

from perenne.reports.tresorerie.champs import Champ, Feuille
from perenne.web.diagnostics.saisie_grille import montrer

Choix = Sequence[tuple[str, str]]
LONGUEURS = {"texte": 200, "texte-long": 4_000, "id": 60}


def classe_de(
    feuille: Feuille, noms: Sequence[str], choix: Mapping[str, Choix] | None = None, *, aide: bool = True
) -> type[forms.Form]:
    """A form of some fields of a table.

    Args:
        choix: options of the fields that take several values, or a code of the knowledge base.
        aide: whether the help of each field is shown beside it.
    """
    champs = {c.nom: c for c in feuille.champs}
    attributs: dict[str, Any] = {n: _champ(champs[n], feuille, (choix or {}).get(n), aide=aide) for n in noms}
    return type("FormulaireChamps", (FormulaireLigne,), attributs)


class FormulaireLigne(forms.Form):
    """A line among others: left empty, or marked to be removed, it says nothing and nothing is wrong."""

    def full_clean(self) -> None:
        """Check, unless the line is given up."""
        super().full_clean()
        if self.is_bound and self.prefix is not None and self._abandonnee():
            self._errors = ErrorDict()
            self.cleaned_data = {}

    def _abandonnee(self) -> bool:
        valeurs = [c.data for c in self]
        return f"{self.prefix}-effacer" in self.data or not any(valeurs)


def _champ(champ: Champ, feuille: Feuille, choix: Choix | None, *, aide: bool) -> forms.Field:
    commun: dict[str, Any] = {
        "label": champ.libelle,
        "required": feuille.obligatoire(champ),
        "help_text": champ.aide if aide and champ.aide != "jj/mm/aaaa" else "",
    }
    if champ.genre == "refs":
        return forms.MultipleChoiceField(choices=choix or (), widget=forms.CheckboxSelectMultiple, **commun)
    if champ.genre == "oui-non":
        return forms.ChoiceField(choices=[("", "non renseigné"), ("oui", "oui"), ("non", "non")], **commun)
    if champ.genre == "choix" or choix is not None:
        options = choix if choix is not None else champ.choix
        return forms.ChoiceField(choices=[("", "non renseigné"), *options], **commun)
    return forms.CharField(max_length=LONGUEURS.get(champ.genre, 60), widget=_boite(champ), **commun)


def _boite(champ: Champ) -> forms.Widget:
    match champ.genre:
        case "texte-long":
            return forms.Textarea(attrs={"rows": 3})
        case "date":
            return forms.DateInput(attrs={"type": "date"})
        case "montant":
            return forms.TextInput(attrs={"inputmode": "decimal", "class": "court"})
        case "entier":
            return forms.TextInput(attrs={"inputmode": "numeric", "class": "court"})
        case _:
            return forms.TextInput()


def initial_de(feuille: Feuille, ligne: Mapping[str, Any]) -> dict[str, Any]:
    """A line of the file as its form shows it: codes of lists, decimal commas, lists of boxes."""
    champs = {c.nom: c for c in feuille.champs}
    initial: dict[str, Any] = {}
    for nom, valeur in ligne.items():
        champ = champs[nom]
        if champ.genre == "choix":
            initial[nom] = next((c for c, mots in champ.choix if valeur in (c, mots)), valeur)
        elif champ.genre == "refs":
            initial[nom] = [v.strip() for v in str(valeur).split(";")] if isinstance(valeur, str) else valeur
        else:
            initial[nom] = montrer(valeur)
    return initial


def ligne_de(feuille: Feuille, saisie: Mapping[str, Any]) -> dict[str, Any]:
    """What a form says, as a line of the file; empty fields are left out."""
    champs = {c.nom: c for c in feuille.champs}
    return {
        nom: " ; ".join(v) if champs[nom].genre == "refs" else v
        for nom, v in saisie.items()
        if nom in champs and v not in ("", None, [])
    }
