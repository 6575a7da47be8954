"""The enterprise itself: what it does, where, since when; and the facts that levers need."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.savoir.expressions import Fait
from perenne.reports.entreprise.feuilles import STRUCTURE
from perenne.reports.typographie import sans_accents
from perenne.services.savoir import obtenir_base
from perenne.web.common.rendu import Etape
from perenne.web.diagnostics.edition import Edition, editer
from perenne.web.diagnostics.formes import classe_de, initial_de, ligne_de
from perenne.web.diagnostics.models import Volet
from perenne.web.diagnostics.mots import MOTS_TERRITOIRES
from perenne.web.diagnostics.volets import Essai, lire_situation, lire_structure
from perenne.web.espaces.droits import obtenir_dossier

CHAMPS = tuple(c.nom for c in STRUCTURE.champs if c.nom != "nom")
THEMES = ("entreprise", "insertion", "leviers")
"""Files of `knowledge/faits` that describe an enterprise and not one decision about it."""
PREMIERS = frozenset({"forme_juridique", "agrement_iae", "agrement_esus", "a_des_salaries"})
"""Facts that most rules read: asked first."""
A_PART = frozenset({"stade"})
"""Facts that another page fills in."""


@require_http_methods(["GET", "POST"])
def structure(requete: HttpRequest, identifiant: uuid.UUID) -> HttpResponseBase:
    """Activities, territory, age, stage."""
    dossier = obtenir_dossier(requete, identifiant, "ecrire" if requete.method == "POST" else "lire")
    base = obtenir_base()
    classe = classe_de(
        STRUCTURE,
        CHAMPS,
        {
            "activites": sorted(
                ((a.id, a.titre) for a in base.activites.values()), key=lambda x: sans_accents(x[1])
            ),
            "territoires": tuple(MOTS_TERRITOIRES.items()),
            "stade": [(s.id, s.titre) for s in base.stades.values()],
        },
    )
    classe.base_fields["activites"].help_text = "Ce qu’elle fait. Cochez tout ce qui convient."
    classe.base_fields["territoires"].help_text = "Ne sert qu’à ordonner les questions."
    classe.base_fields["stade"].help_text = "Laissez vide : le stade est déduit, et vous verrez pourquoi."

    def formulaires(contenu: Any, post: Any) -> Sequence[forms.Form]:
        return [classe(post, initial=initial_de(STRUCTURE, contenu))]

    return editer(
        requete,
        dossier,
        Edition(
            table="structure",
            annee="",
            titre="La structure",
            quoi="structure",
            gabarit="diagnostic_table.html.j2",
            retour=reverse("diagnostic", args=[dossier.pk]),
            fil=(Etape(titre="La structure"),),
            formulaires=formulaires,
            lire=lambda f: lire_structure(ligne_de(STRUCTURE, f[0].cleaned_data)),
            place=lambda ou, f: (f[0], _champ(ou, f[0])),
            valeurs={"groupes": None, "propos": ("Rien ici n’est obligatoire.",)},
        ),
    )


def _champ(ou: str, formulaire: forms.Form) -> str | None:
    nom = ou.rpartition("/")[2]
    return nom if nom in formulaire.fields else None


@require_http_methods(["GET", "POST"])
def situation(requete: HttpRequest, identifiant: uuid.UUID) -> HttpResponseBase:
    """Facts about the enterprise: form, agreements, projects."""
    dossier = obtenir_dossier(requete, identifiant, "ecrire" if requete.method == "POST" else "lire")
    base = obtenir_base()
    gardes = dossier.volets.filter(table="situation").first()
    groupes = _groupes(base, gardes)
    faits = [f for _, lus in groupes for f in lus]

    def formulaires(contenu: Any, post: Any) -> Sequence[forms.Form]:
        initial = {x["fait"]: x["valeur"] for x in contenu}
        classe = type("FormulaireFaits", (forms.Form,), {f.id: _boite(f, base) for f in faits})
        return [classe(post, initial=initial)]

    def lire(saisis: Sequence[forms.Form]) -> Essai:
        return lire_situation(saisis[0].cleaned_data)

    def place(ou: str, saisis: Sequence[forms.Form]) -> tuple[forms.Form, str | None]:
        remplis = [f for f, v in saisis[0].cleaned_data.items() if v]
        rang = ou.split("/")[1] if "/" in ou else ""
        return saisis[0], remplis[int(rang)] if rang.isdecimal() and int(rang) < len(remplis) else None

    return editer(
        requete,
        dossier,
        Edition(
            table="situation",
            annee="",
            titre="Sa situation",
            quoi="situation",
            gabarit="diagnostic_table.html.j2",
            retour=reverse("diagnostic", args=[dossier.pk]),
            fil=(Etape(titre="Sa situation"),),
            formulaires=formulaires,
            lire=lire,
            place=place,
            valeurs={
                "groupes": [(titre, [f.id for f in lus]) for titre, lus in groupes],
                "propos": (
                    "Répondez à ce que vous savez : la recommandation de leviers dira ce qui lui manque.",
                ),
            },
        ),
    )


TITRES = {
    "entreprise": "Forme, agréments, gouvernance",
    "insertion": "Insertion et innovation sociale",
    "leviers": "Activité, besoins, projets",
    "": "Autres faits du dossier",
}


def _groupes(base: BaseSavoir, gardes: Volet | None) -> list[tuple[str, list[Fait]]]:
    groupes: dict[str, list[Fait]] = {t: [] for t in TITRES}
    remplis = {x["fait"] for x in gardes.contenu} if gardes else set()
    for fait in sorted(base.faits.values(), key=lambda f: f.id not in PREMIERS):
        theme = base.chemins[("fait", fait.id)].removeprefix("faits/").removesuffix(".yaml")
        if theme in THEMES and fait.id not in A_PART:
            groupes[theme].append(fait)
        elif fait.id in remplis:
            groupes[""].append(fait)
    return [(TITRES[t], lus) for t, lus in groupes.items() if lus]


def _boite(fait: Fait, base: BaseSavoir) -> forms.Field:
    commun: dict[str, Any] = {"label": fait.question or fait.libelle, "required": False}
    if fait.type == "booleen":
        return forms.ChoiceField(choices=[("", "non renseigné"), ("oui", "oui"), ("non", "non")], **commun)
    if fait.type == "choix":
        codes = fait.valeurs or {i: f.titre for i, f in base.fiches.get(fait.genre_valeurs, {}).items()}
        return forms.ChoiceField(choices=[("", "non renseigné"), *codes.items()], **commun)
    unite = f" ({fait.unite.replace('EUR', '€')})" if fait.unite else ""
    commun["label"] += unite
    return forms.CharField(
        max_length=200, widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "court"}), **commun
    )
