"""The form of one line, made from the table of fields that the workbook and the YAML file share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from perenne.reports.tresorerie.champs import VECTEURS, Champ, Feuille
from perenne.services.tresorerie.brouillon import controler_ligne

LONGUEUR = 200
LONGUEUR_PARAGRAPHE = 4_000
OUI_NON = (("", ""), ("oui", "oui"), ("non", "non"))
OCTETS_MAX = 5_000_000


@dataclass(frozen=True)
class Groupe:
    """The boxes of one field: one, or several columns under one name."""

    champ: Champ
    noms: tuple[str, ...]


class FormulaireLigne(forms.Form):
    """One line of a sheet; what it reads stays as typed.

    Attributes:
        groupes: fields in order; those that must be filled in, or are, come first in the page.
    """

    empreinte = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, feuille: Feuille, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.feuille = feuille
        self.groupes = [Groupe(c, _noms(c)) for c in feuille.champs if c.genre != "memo"]
        for groupe in self.groupes:
            for rang, nom in enumerate(groupe.noms):
                self.fields[nom] = _champ(feuille, groupe.champ, rang)

    def valeurs(self) -> dict[str, Any]:
        """The typed values by field; empty ones are left out."""
        lues: dict[str, Any] = {}
        for groupe in self.groupes:
            textes = [str(self.cleaned_data.get(nom) or "").strip() for nom in groupe.noms]
            if any(textes):
                lues[groupe.champ.nom] = textes if groupe.champ.genre in VECTEURS else textes[0]
        return lues

    def clean(self) -> dict[str, Any]:
        """Each value by itself: a number where a number goes, a date that exists."""
        for anomalie in controler_ligne(self.feuille, {"id": "provisoire", **self.valeurs()}):
            groupe = next((g for g in self.groupes if g.champ.nom == anomalie.ou), None)
            if groupe is not None:  # what is missing is said by the field itself
                texte = anomalie.message.partition(" : ")[2] or anomalie.message
                self.add_error(groupe.noms[0], f"{texte} {anomalie.conseil}".strip())
        return self.cleaned_data

    @property
    def principaux(self) -> list[Groupe]:
        """Groups shown at once: mandatory, usual, filled in or wrong."""
        return [g for g in self.groupes if self._a_montrer(g)]

    @property
    def autres(self) -> list[Groupe]:
        """Groups that may stay empty, folded."""
        return [g for g in self.groupes if not self._a_montrer(g)]

    def _a_montrer(self, groupe: Groupe) -> bool:
        usuel = groupe.champ.nom in {"libelle", "payeur", "statut"}
        rempli = any(self[n].value() for n in groupe.noms)
        faux = any(n in self.errors for n in groupe.noms) if self.is_bound else False
        obligatoire = self.feuille.obligatoire(groupe.champ) and groupe.champ.nom != "id"
        return obligatoire or usuel or rempli or faux


def initial_de(feuille: Feuille, ligne: Mapping[str, Any]) -> dict[str, str]:
    """The initial values of the boxes for a line."""
    initial: dict[str, str] = {}
    for champ in feuille.champs:
        valeur = ligne.get(champ.nom)
        textes = valeur if isinstance(valeur, list) else [valeur or ""]
        # A list of choices shows its codes; the line may hold the words of a file.
        codes = {mots: code for code, mots in champ.choix}
        initial |= {n: codes.get(v, v) for n, v in zip(_noms(champ), textes, strict=False) if v}
    return initial


def _noms(champ: Champ) -> tuple[str, ...]:
    if champ.genre not in VECTEURS:
        return (champ.nom,)
    return tuple(f"{champ.nom}-{n}" for n in range(1, len(champ.entetes()) + 1))


def _champ(feuille: Feuille, champ: Champ, rang: int) -> forms.Field:
    libelle = champ.entetes()[rang]
    aide = champ.aide if rang == 0 else ""
    obligatoire = feuille.obligatoire(champ) and champ.nom != "id" and rang == 0
    if champ.nom == "id":
        aide = f"{aide} Laissez vide : il sera tiré du libellé."
    commun: dict[str, Any] = {
        "label": libelle,
        "help_text": aide,
        "required": obligatoire or champ.nom == "statut",
    }
    champ_: forms.Field
    if champ.choix:
        vide = () if obligatoire or champ.nom == "statut" else (("", ""),)
        champ_ = forms.ChoiceField(choices=(*vide, *champ.choix), **commun)
    elif champ.genre == "oui-non":
        champ_ = forms.ChoiceField(choices=OUI_NON, **commun)
    elif champ.genre == "texte-long":
        champ_ = forms.CharField(max_length=LONGUEUR_PARAGRAPHE, widget=forms.Textarea({"rows": 4}), **commun)
    elif champ.genre in {"date", "dates"}:
        champ_ = forms.CharField(max_length=40, widget=forms.TextInput({"type": "date"}), **commun)
    else:
        nombres = {"montant", "montants", "pourcent", "pourcents", "entier", "poids", "centiemes"}
        attributs = {"inputmode": "decimal", "size": "10"} if champ.genre in nombres else {}
        champ_ = forms.CharField(max_length=LONGUEUR, widget=forms.TextInput(attributs), **commun)
    return champ_


class FormulaireFichier(forms.Form):
    """A plan written elsewhere."""

    fichier = forms.FileField(
        label="Fichier du plan",
        help_text="Le classeur (.xlsx) ou le fichier texte (.yaml) de Pérenne, de 5 Mo au plus.",
        error_messages={"required": "Choisissez un fichier.", "empty": "Ce fichier est vide."},
    )

    def clean_fichier(self) -> bytes:
        """The bytes, read in memory and bounded."""
        fichier = self.cleaned_data["fichier"]
        if fichier.size > OCTETS_MAX:
            raise forms.ValidationError("Ce fichier dépasse 5 Mo : ce n’est pas un plan.")
        octets: bytes = fichier.read()
        self.nom = str(fichier.name)
        return octets
