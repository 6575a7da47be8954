"""The economic model alone, and the report of an import: what went where."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from typing import Literal

from perenne.domain.entreprise.comptes import Affectation
from perenne.domain.entreprise.economie import Economie
from perenne.reports.entreprise import tableaux_economie as t
from perenne.reports.entreprise.phrases import depart_dit, tresorerie_dite
from perenne.reports.entreprise.rendu import simple
from perenne.reports.note.elements import Point
from perenne.reports.rapport.elements import Rapport, Section
from perenne.reports.typographie import composer

Format = Literal["texte", "json", "html", "xlsx"]
NOMS = {
    "bilan": "Bilan",
    "ressources": "Ressources",
    "payeurs": "Payeurs",
    "departs": "Départs",
    "activites": "Activités",
    "comptes": "Comptes regroupés",
}
LIMITES = (
    "Les comptes ne disent ni qui sont les clients, ni ce qui est signé pour plusieurs années : "
    "complétez les "
    "ressources.",
    "Les numéros de comptes suivent le plan comptable général et le règlement ANC 2018-06, lus à travers "
    "des pages "
    "qui les reprennent ; ceux qui restent à vérifier sont signalés.",
)


def rendre_economie(
    nom: str,
    economies: Sequence[Economie],
    imports: Sequence[tuple[str, str, Affectation]],
    avis: Sequence[str],
    format_: Format,
) -> bytes:
    """Write the economic model.

    Args:
        imports: for each file of accounts read: its name, how it was read, where accounts went.

    Raises:
        ValueError: the format is unknown.
    """
    if format_ == "json":
        contenu = {
            "nom": nom, "economies": simple(tuple(economies)), "avis": list(avis),
            "imports": [{"fichier": f, "lecture": dit, "affectation": simple(a)} for f, dit, a in imports],
        }  # fmt: skip
        return (json.dumps(contenu, ensure_ascii=False, indent=1) + "\n").encode()
    rapport = composer_economie(nom, economies, imports, avis)
    if format_ == "texte":
        from perenne.reports.rapport.texte import ecrire_texte  # noqa: PLC0415 - loads what it needs

        return ecrire_texte(rapport).encode()
    if format_ == "html":
        from perenne.reports.rapport.page import ecrire_html  # noqa: PLC0415

        return ecrire_html(rapport).encode()
    if format_ == "xlsx":
        from perenne.reports.rapport.classeur import ecrire_xlsx  # noqa: PLC0415

        noms = NOMS | {f"import-{n}": f"Import {n}" for n in range(1, len(imports) + 1)}
        return ecrire_xlsx(rapport, noms)
    raise ValueError(f"unknown format: {format_}")


def composer_economie(
    nom: str,
    economies: Sequence[Economie],
    imports: Sequence[tuple[str, str, Affectation]],
    avis: Sequence[str],
) -> Rapport:
    """The economic model as a report; `imports` as `rendre_economie`."""
    dernier = economies[-1] if economies else None
    points = []
    tables = []
    if dernier is not None:
        if dernier.bilan:
            points.append(Point(titre="La trésorerie", texte=tresorerie_dite(dernier)))
        if dernier.repartition and dernier.repartition.departs:
            points.append(
                Point(titre="Si le premier payeur part", texte=depart_dit(dernier.repartition.departs[0]))
            )
        tables = [
            t.bilan(tuple(economies)),
            t.ressources(dernier),
            t.payeurs(dernier),
            t.departs(dernier),
            t.activites(dernier),
            t.detail_comptes(dernier),
        ]
    sections = [
        Section(ident="economie", titre="Le modèle économique", tableaux=tuple(x for x in tables if x)),
        *(
            Section(
                ident=f"import-{n}",
                titre=composer(f"Import de {fichier}"),
                phrases=(composer(dit),),
                tableaux=(t.affectation(a, f"import-{n}"),),
            )
            for n, (fichier, dit, a) in enumerate(imports, 1)
        ),
    ]
    return Rapport(
        titre=composer(f"Modèle économique : {nom}"),
        chapeau=composer(f"Exercice {dernier.exercice.id}." if dernier else "Aucun exercice."),
        avertissement=composer(" ".join(avis)),
        jour=dernier.exercice.clos_le if dernier else dt.date(2026, 1, 1),
        essentiel=tuple(points),
        sections=tuple(sections),
        limites=tuple(composer(x) for x in LIMITES),
    )
