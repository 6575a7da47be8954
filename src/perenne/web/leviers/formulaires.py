"""The form of an advice: who would act, for which enterprise: a file, a case or a few answers."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from perenne.reports.typographie import composer
from perenne.services.consulter.questions import Question, lister_questions, poser
from perenne.services.leviers.acteur import TYPES_DE_TERRITOIRE
from perenne.services.savoir import obtenir_base
from perenne.services.tresorerie.lire_valeurs import ValeurIllisible, lire_nombre
from perenne.services.tresorerie.saisie import Brut
from perenne.web.common.dates import AN_MAX, AN_MIN, aujourd_hui
from perenne.web.espaces.formulaires import lire_territoire

CRITERES, SITUATION = 8, 12
"""How many questions of each kind are asked at first: those that move the most points."""

FICHE_MAX = 20_000
SANS_REPONSE = ("", "Ne sait pas")
OUI_NON = (SANS_REPONSE, ("oui", "Oui"), ("non", "Non"))
Choix = list[tuple[str, Any]]


@cache
def questions_d_abord() -> tuple[Question, ...]:
    """The questions of the form: the heaviest of the situation, then the heaviest of the grid."""
    toutes = [
        q for q in lister_questions() if q.fait not in ("forme_juridique", "stade") and q.genre != "autre"
    ]
    situation = [q for q in toutes if not q.critere][:SITUATION]
    return (*situation, *[q for q in toutes if q.critere][:CRITERES])


def nommer(fait: str) -> str:
    """The name of the field of a fact."""
    return f"fait_{fait}"


class FormulaireAvis(forms.Form):
    """Everything is optional but who would act; `demandes` adds the questions that the last advice asked."""

    acteur = forms.ChoiceField(label="Qui agirait")
    collectivite = forms.CharField(
        label="Laquelle",
        required=False,
        max_length=200,
        help_text="Nom ou code, pour une commune, une intercommunalité, un département ou une région : sa "
        "population et ses besoins seront lus.",
    )
    au = forms.DateField(
        label="Date de la décision",
        required=False,
        help_text="Elle choisit le droit. Aujourd’hui si vous ne dites rien.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    montant = forms.CharField(
        label="Montant envisagé, en euros",
        required=False,
        max_length=30,
        widget=forms.TextInput({"class": "court"}),
    )
    fichier = forms.FileField(
        label="Son dossier",
        required=False,
        help_text="Le classeur du diagnostic (.xlsx) ou une fiche (.yaml), 5 Mo au plus : lu, puis oublié.",
    )
    cas = forms.ChoiceField(label="Ou une entreprise de l’étude", required=False)
    nom = forms.CharField(label="Nom de l’entreprise", required=False, max_length=200)
    forme_juridique = forms.ChoiceField(label="Forme juridique", required=False)
    activite = forms.ChoiceField(label="Activité principale", required=False)
    stade = forms.ChoiceField(label="Stade", required=False)
    territoire = forms.CharField(
        label="Territoire",
        required=False,
        max_length=200,
        help_text="Nom ou code : ses besoins et ses zonages.",
    )
    fiche = forms.CharField(required=False, max_length=FICHE_MAX, widget=forms.HiddenInput)
    relu = forms.BooleanField(required=False, widget=forms.HiddenInput)

    DECISION = ("acteur", "collectivite", "au", "montant")
    IDENTITE = ("nom", "forme_juridique", "activite", "stade", "territoire")

    def __init__(self, *args: Any, demandes: tuple[str, ...] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        base = obtenir_base()
        self._choisir("acteur", [("", "Choisissez"), *_acteurs()])
        self._choisir("cas", [("", "Aucune"), *((c.id, composer(c.nom)) for c in base.cas.values())])
        formes = base.faits["forme_juridique"].valeurs or {}
        self._choisir("forme_juridique", [SANS_REPONSE, *((c, composer(t)) for c, t in formes.items())])
        activites = sorted((composer(a.titre), a.id) for a in base.activites.values())
        self._choisir("activite", [SANS_REPONSE, *((i, t) for t, i in activites)])
        stades = sorted(base.stades.values(), key=lambda s: s.ordre)
        self._choisir("stade", [SANS_REPONSE, *((s.id, composer(s.titre)) for s in stades)])
        posees = {q.fait: q for q in questions_d_abord()}
        voulues = {*demandes, *(n.removeprefix("fait_") for n in self.data if n.startswith("fait_"))}
        autres = [poser(f, base) for f in sorted(voulues - posees.keys()) if f in base.faits]
        self.questions = (*posees.values(), *(q for q in autres if q.genre != "autre"))
        for question in self.questions:
            self.fields[nommer(question.fait)] = _champ(question)

    def _choisir(self, nom: str, choix: Choix) -> None:
        champ = self.fields[nom]
        assert isinstance(champ, forms.ChoiceField)
        champ.choices = choix

    def situation(self) -> list[forms.BoundField]:
        """The fields of the facts of the situation."""
        return [self[nommer(q.fait)] for q in self.questions if not q.critere]

    def grille(self) -> list[forms.BoundField]:
        """The fields of the criteria."""
        return [self[nommer(q.fait)] for q in self.questions if q.critere]

    def identite(self) -> list[forms.BoundField]:
        """The fields of the enterprise itself."""
        return [self[n] for n in self.IDENTITE]

    def decision(self) -> list[forms.BoundField]:
        """The fields of who acts, when, how much."""
        return [self[n] for n in self.DECISION]

    def clean_au(self) -> Any:
        """Today when nothing is said."""
        au = self.cleaned_data["au"] or aujourd_hui()
        if not AN_MIN <= au.year <= AN_MAX:
            raise ValidationError("Cette date est hors de propos.")
        return au

    def clean_montant(self) -> str:
        """The figure, without its spaces."""
        texte: str = self.cleaned_data["montant"].strip()
        return str(_lire_nombre(texte)) if texte else ""

    def clean_territoire(self) -> str:
        """Its code."""
        return lire_territoire(self.cleaned_data["territoire"])

    def clean_fiche(self) -> dict[str, Any]:
        """What an earlier answer had read of the file; empty when there is none."""
        texte = self.cleaned_data["fiche"]
        try:
            fiche = json.loads(texte) if texte else {}
        except (ValueError, RecursionError):
            fiche = None
        if not isinstance(fiche, dict):
            raise ValidationError(
                "La description reprise de votre fichier est abîmée : envoyez-le de nouveau."
            )
        return fiche

    def clean(self) -> dict[str, Any]:
        """The acting authority is named within its kind; numbers are read as people write them."""
        donnees = super().clean() or {}
        type_, nom = donnees.get("acteur", ""), (donnees.get("collectivite") or "").strip()
        if nom and type_ in TYPES_DE_TERRITOIRE:
            try:
                code = lire_territoire(f"{type_}:{nom.partition(':')[2] or nom}")
                donnees["designation"] = code if ":" in code else f"{type_}:{code}"
            except ValidationError as erreur:
                self.add_error("collectivite", erreur)
        elif nom and type_:
            self.add_error("collectivite", "À remplir seulement pour une commune, une intercommunalité, un "
                           "département ou une région.")  # fmt: skip
        for question in self.questions:
            nom_champ = nommer(question.fait)
            if question.genre == "nombre" and (texte := donnees.get(nom_champ)):
                try:
                    donnees[nom_champ] = _lire_nombre(texte)
                except ValidationError as erreur:
                    self.add_error(nom_champ, erreur)
        return donnees


def _lire_nombre(texte: str) -> float:
    try:
        return float(lire_nombre(Brut(texte, "")))
    except ValeurIllisible as erreur:
        raise ValidationError(f"{erreur.message} {erreur.conseil}".strip()) from None


def _acteurs() -> Choix:
    types = obtenir_base().types_acteur
    premiers = [(t, composer(types[t].nom)) for t in TYPES_DE_TERRITOIRE]
    autres = [(t.id, composer(t.nom)) for t in types.values() if t.id not in TYPES_DE_TERRITOIRE]
    return [("Collectivités", premiers), ("Autres", sorted(autres, key=lambda x: x[1].casefold()))]


def _champ(question: Question) -> forms.Field:
    titre = f"{question.titre} ({question.critere})" if question.critere else question.question
    aide = question.question if question.critere else question.aide
    if question.genre == "nombre":
        unite = f"En {question.unite}. " if question.unite else ""
        return forms.CharField(
            label=titre, required=False, max_length=30, help_text=f"{unite}{aide}".strip(),
            widget=forms.TextInput({"class": "court", "inputmode": "decimal"}),
        )  # fmt: skip
    reponses = [(r.code, r.texte) for r in question.reponses]
    return forms.ChoiceField(
        label=titre,
        required=False,
        help_text=aide,
        choices=OUI_NON if question.genre == "oui-non" else [SANS_REPONSE, *reponses],
    )
