"""Forms of rounds, respondents and invitations."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from perenne.reports.entreprise.mots import ROLES
from perenne.reports.typographie import sans_accents
from perenne.services.entreprise.rubriques import essayer_rubriques
from perenne.web.common.dates import aujourd_hui
from perenne.web.diagnostics.invitations import DUREE, DUREE_MAX
from perenne.web.diagnostics.models import LONGUEUR_ID, Passage, Repondant
from perenne.web.dossiers.models import Dossier

GRILLES = (
    ("essentielle", "trente minutes : 14 critères, pour un premier entretien"),
    ("complete", "complète : 39 critères"),
)
QUI = (
    ("entreprise", "l’entreprise (direction, salariés, conseil)"),
    ("elu", "un élu ou une élue"),
    ("agent", "un agent de la collectivité"),
    ("conseiller", "un conseiller (DLA, réseau, expert)"),
)
assert [c for c, _ in QUI] == [c for c, _ in ROLES]
DATE = {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}


def abreger(texte: str) -> str:
    """The short name of a label: « Bureau de l’association » → bureau-de-l-association."""
    return re.sub(r"[^a-z0-9]+", "-", sans_accents(texte)).strip("-")[:LONGUEUR_ID].strip("-")


def nom_libre(voulu: str, pris: set[str]) -> str:
    """The name, or the first `nom-2`, `nom-3`… that nobody has."""
    nom, rang = voulu, 1
    while nom in pris:
        rang += 1
        nom = f"{voulu[: LONGUEUR_ID - 4]}-{rang}"
    return nom


class FormulairePassage(forms.Form):
    """A round of the grid; `version` when it exists already."""

    date = forms.DateField(label="Date de l’entretien", help_text="Au plus tard aujourd’hui.", **DATE)  # type: ignore[arg-type]
    grille = forms.ChoiceField(label="Grille", choices=GRILLES, widget=forms.RadioSelect)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean_date(self) -> dt.date:
        """Not in the future, and not before associations were."""
        date: dt.date = self.cleaned_data["date"]
        if date > aujourd_hui():
            raise ValidationError("Cette date n’est pas encore passée.")
        if date.year < 1950:
            raise ValidationError("Cette année est hors de propos.")
        return date


class FormulaireDebut(FormulairePassage):
    """The first round, with who answers."""

    repondants = forms.MultipleChoiceField(
        label="Qui répond ?",
        choices=QUI,
        widget=forms.CheckboxSelectMultiple,
        help_text="Chacun aura sa grille. Vous pourrez en ajouter, et inviter chacun par un lien.",
    )


class FormulaireRepondant(forms.Form):
    """Somebody who answers: a label and a role, never a name."""

    fonction = forms.CharField(
        label="Qui répond",
        max_length=120,
        help_text="Une fonction : direction, bureau, commune, chargée de mission. "
        "Jamais le nom d’une personne.",
    )
    role = forms.ChoiceField(label="Au titre de", choices=QUI, widget=forms.RadioSelect)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean_fonction(self) -> str:
        """A function that the reader of files accepts, and that gives a short name."""
        fonction: str = " ".join(self.cleaned_data["fonction"].split())
        if not abreger(fonction):
            raise ValidationError("Écrivez au moins une lettre ou un chiffre.")
        _, anomalies = essayer_rubriques(
            {
                "structure": {"nom": "-"},
                "repondants": [{"id": "x", "role": "entreprise", "fonction": fonction}],
            },
            aujourd_hui(),
        )
        if anomalies:
            raise ValidationError([f"{a.message} {a.conseil}".strip() for a in anomalies])
        return fonction


class FormulaireInvitation(forms.Form):
    """A link for one respondent, known or new."""

    repondant = forms.ChoiceField(label="Qui répond")
    fonction = forms.CharField(
        label="Nouveau répondant : sa fonction",
        required=False,
        max_length=120,
        help_text="Par exemple direction, bureau, commune. Jamais le nom d’une personne.",
    )
    role = forms.ChoiceField(
        label="Nouveau répondant : au titre de", choices=[("", "—"), *QUI], required=False
    )
    courriel = forms.EmailField(
        label="Adresse électronique",
        required=False,
        max_length=254,
        help_text="Pour lui envoyer le lien. Vide : vous le transmettez vous-même. "
        "L’adresse est effacée quand le lien expire ou que vous le retirez.",
    )
    jusqu_au = forms.DateField(label="Le lien marche jusqu’au", **DATE)  # type: ignore[arg-type]

    NOUVEAU = "nouveau:"

    def __init__(self, *args: Any, dossier: Dossier, **options: Any) -> None:
        super().__init__(*args, **options)
        from perenne.web.diagnostics.mots import nommer_repondant  # noqa: PLC0415

        connus = [(r.nom, nommer_repondant(r)) for r in dossier.repondants.all()]
        self.fields["repondant"].choices = [*connus, (self.NOUVEAU, "un nouveau répondant")]  # type: ignore[attr-defined]
        self.initial.setdefault("jusqu_au", aujourd_hui() + DUREE)

    def clean_jusqu_au(self) -> dt.date:
        """Within six months."""
        jour: dt.date = self.cleaned_data["jusqu_au"]
        if jour < aujourd_hui():
            raise ValidationError("Cette date est passée.")
        if jour > aujourd_hui() + DUREE_MAX:
            raise ValidationError("Six mois au plus : un lien oublié reste une porte ouverte.")
        return jour

    def clean(self) -> dict[str, Any]:
        """A new respondent has a function and a role."""
        lus: dict[str, Any] = super().clean() or {}
        if lus.get("repondant") == self.NOUVEAU:
            essai = FormulaireRepondant({"fonction": lus.get("fonction", ""), "role": lus.get("role", "")})
            if not essai.is_valid():
                for champ, erreurs in essai.errors.items():
                    self.add_error(champ, list(erreurs))
            else:
                lus["fonction"] = essai.cleaned_data["fonction"]
        return lus


def nouveau_repondant(dossier: Dossier, fonction: str, role: str) -> Repondant:
    """Add a respondent; its short name comes from its function."""
    pris = set(dossier.repondants.values_list("nom", flat=True))
    dernier = dossier.repondants.order_by("-rang").first()
    cree: Repondant = Repondant.objects.create(
        dossier=dossier,
        nom=nom_libre(abreger(fonction), pris),
        role=role,
        fonction=fonction,
        rang=dernier.rang + 1 if dernier else 1,
    )
    return cree


def renommer_passage(passage: Passage, date: dt.date) -> str:
    """The name of a round once its date has changed: one named by its year follows it."""
    if date.year == passage.date.year or not passage.nom.startswith(str(passage.date.year)):
        return passage.nom
    autres = Passage.objects.filter(dossier=passage.dossier).exclude(pk=passage.pk)
    return nom_libre(str(date.year), set(autres.values_list("nom", flat=True)))


def nouveau_passage(dossier: Dossier, date: dt.date, grille: str) -> Passage:
    """Add a round, named by its year."""
    pris = set(dossier.passages.values_list("nom", flat=True))
    cree: Passage = Passage.objects.create(
        dossier=dossier, nom=nom_libre(str(date.year), pris), date=date, grille=grille
    )
    return cree
