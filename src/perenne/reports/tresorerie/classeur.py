"""Write a plan as a workbook that an accountant fills in without help: lists, notes, checks, an example
line."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from perenne.domain.tresorerie.levier import Levier
from perenne.domain.tresorerie.plan import Plan
from perenne.reports.note.classeur import ecrire_texte
from perenne.reports.tresorerie.champs import Champ, Feuille
from perenne.reports.tresorerie.feuilles_depenses import FEUILLES
from perenne.reports.tresorerie.mise_en_page import (
    CASE,
    FOND_ENTETE,
    FOND_OBLIGATOIRE,
    GRAS,
    GRIS,
    HAUT,
    MAIGRE,
    RENVOI,
    TITRE,
    TRAIT,
    ajuster_hauteur,
    imprimer,
)
from perenne.reports.tresorerie.structure import STRUCTURE, fiche_de
from perenne.reports.tresorerie.valeurs import ecrire

MODE_EMPLOI = "Mode d'emploi"
PREFIXE_EXEMPLE = "exemple"
ENTETE, LIGNES = 3, 300
LISTE_MAX = 250
"""A spreadsheet refuses a longer list written in its rule; the import checks the words all the same."""
FORMATS = {"montant": "#,##0.00", "montants": "#,##0.00", "date": "DD/MM/YYYY", "dates": "DD/MM/YYYY"}
CONSIGNES = (
    "Remplissez d'abord la feuille « Structure », puis une ligne par flux dans les autres feuilles. "
    "Laissez vides les feuilles et les colonnes qui ne vous concernent pas.",
    "Les colonnes foncées, marquées d'une étoile, sont nécessaires. Les autres ont une valeur par défaut. "
    "Chaque titre de colonne porte une note : passez la souris dessus.",
    "La ligne grise « exemple… » n'est pas lue : vous pouvez la laisser ou l'effacer.",
    "Montants en euros, hors taxe pour ce qui est soumis à la TVA. Pourcentages sans le signe : 30 pour "
    "30 %. "
    "Dates : jj/mm/aaaa. Délais : « 90 jours », « 24 mois ».",
    "Statut : « sécurisé » pour ce qui est signé et daté, « probable » pour un accord de principe, « "
    "espéré » pour une "
    "demande en cours. Les trois ne sont jamais mélangés : le résultat donne trois courbes.",
    "Ce qui est dû avant le premier jour du plan n'est pas repris : la trésorerie de départ le contient "
    "déjà.",
    "Puis lancez : perenne tresorerie votre-fichier.xlsx. Chaque erreur est dite avec sa cellule ; "
    "tant qu'il en reste une, rien n'est repris.",
)


def ecrire_classeur(plan: Plan | None, leviers: Sequence[Levier] = ()) -> bytes:
    """Write a workbook.

    Args:
        plan: what to write in it; None for an empty template with an example line in each sheet.
        leviers: lines of the sheet of levers.

    Returns:
        The bytes of an .xlsx file that `lire_plan_xlsx` reads back to the same plan and levers.
    """
    classeur = Workbook()
    _mode_emploi(classeur.active)
    fiche = fiche_de(plan) if plan else None
    ecrire_structure(classeur.create_sheet(STRUCTURE.titre), STRUCTURE, fiche)
    for feuille in FEUILLES:
        objets: list[Any] = []
        if plan is not None:
            objets = [f for f in (*plan.flux, *leviers) if isinstance(f, feuille.classe)]
        ecrire_feuille(classeur.create_sheet(feuille.titre), feuille, objets, exemple=plan is None)
    classeur.properties.creator = "Pérenne"
    classeur.properties.title = "Plan de trésorerie"
    classeur.properties.language = "fr-FR"
    classeur.active = 1 if plan else 0
    sortie = io.BytesIO()
    classeur.save(sortie)
    return sortie.getvalue()


def _mode_emploi(page: Any) -> None:
    consignes = [f"{n}. {c}" for n, c in enumerate(CONSIGNES, 1)]
    ecrire_mode_emploi(
        page,
        "Plan de trésorerie sur 36 mois",
        [*consignes, "", *(f"{f.titre} : {f.intro}" for f in FEUILLES)],
    )


def ecrire_mode_emploi(page: Any, titre: str, lignes: Sequence[str]) -> None:
    """Write the first sheet: a title, then one paragraph a row."""
    page.title = MODE_EMPLOI
    page.column_dimensions["A"].width = 110
    ecrire_texte(page.cell(1, 1), titre)
    page.cell(1, 1).font = TITRE
    for rang, ligne in enumerate(lignes, 3):
        ecrire_texte(page.cell(rang, 1), ligne)
        page.cell(rang, 1).font, page.cell(rang, 1).alignment = MAIGRE, RENVOI
        ajuster_hauteur(page, rang)
    imprimer(page)


def _valider(page: Any, champ: Champ, zone: str) -> None:
    """The checks that the spreadsheet makes while typing; the import makes them all again."""
    if champ.genre == "choix":
        mots = ",".join(m for _, m in champ.choix)
        if len(mots) > LISTE_MAX:
            return
        regle = DataValidation(type="list", formula1=f'"{mots}"', allow_blank=True)
        regle.error = "Choisissez dans la liste."
    elif champ.genre == "oui-non":
        regle = DataValidation(type="list", formula1='"oui,non"', allow_blank=True)
        regle.error = "oui ou non."
    elif champ.genre in {"montant", "montants", "pourcent", "pourcents", "centiemes", "entier", "poids"}:
        libre = champ.nom in {"tresorerie_initiale", "solde"}
        regle = DataValidation(
            type="decimal",
            operator="between",
            formula1="-1000000000" if libre else "0",
            formula2="1000000000",
        )
        regle.allow_blank = True
        regle.error = "Un nombre est attendu, sans texte."
    elif champ.genre in {"date", "dates"}:
        regle = DataValidation(
            type="date", operator="between", formula1="36526", formula2="73050", allow_blank=True
        )
        regle.error = "Une date est attendue : jj/mm/aaaa."
    else:
        return
    regle.errorTitle, regle.showErrorMessage = champ.libelle[:32], True
    page.add_data_validation(regle)
    regle.add(zone)


def ecrire_structure(page: Any, feuille: Feuille, fiche: Any) -> None:
    """Write the sheet of labels; `fiche` holds the values, None for an empty template."""
    ecrire_texte(page.cell(1, 1), feuille.titre)
    page.cell(1, 1).font = TITRE
    ecrire_texte(page.cell(2, 1), feuille.intro)
    page.cell(2, 1).font = GRIS
    page.column_dimensions["A"].width = 38
    page.column_dimensions["B"].width = 30
    page.column_dimensions["C"].width = 80
    for rang, champ in enumerate(feuille.champs, 4):
        requis = feuille.obligatoire(champ)
        ecrire_texte(page.cell(rang, 1), f"{champ.libelle} *" if requis else champ.libelle)
        page.cell(rang, 1).fill = FOND_OBLIGATOIRE if requis else FOND_ENTETE
        page.cell(rang, 1).font, page.cell(rang, 1).alignment = GRAS if requis else MAIGRE, HAUT
        ecrire_texte(page.cell(rang, 3), champ.aide)
        page.cell(rang, 3).font, page.cell(rang, 3).alignment = GRIS, RENVOI
        if champ.genre in FORMATS:
            page.cell(rang, 2).number_format = FORMATS[champ.genre]
        if fiche is not None:
            valeur = ecrire(feuille, champ, getattr(fiche, champ.nom))
            if isinstance(valeur, str):
                ecrire_texte(page.cell(rang, 2), valeur)
            elif valeur is not None:
                page.cell(rang, 2).value = valeur
        page.cell(rang, 2).alignment = Alignment(horizontal="left", vertical="top", wrap_text=True)
        page.cell(rang, 2).font, page.cell(rang, 2).border = MAIGRE, CASE
        ajuster_hauteur(page, rang)
        _valider(page, champ, f"B{rang}")
    page.freeze_panes = "B4"
    imprimer(page)


def ecrire_feuille(page: Any, feuille: Feuille, objets: Sequence[Any], *, exemple: bool) -> None:
    """Write a table with its headings, notes and checks, then one line an object."""
    ecrire_texte(page.cell(1, 1), feuille.titre)
    page.cell(1, 1).font = TITRE
    ecrire_texte(page.cell(2, 1), feuille.intro)
    page.cell(2, 1).font = GRIS
    colonne = 1
    for champ in feuille.champs:
        for rang, entete in enumerate(champ.entetes()):
            cellule = page.cell(ENTETE, colonne)
            requis = feuille.obligatoire(champ) and rang == 0
            ecrire_texte(cellule, f"{entete} *" if requis else entete)
            cellule.fill = FOND_OBLIGATOIRE if requis else FOND_ENTETE
            cellule.font, cellule.border, cellule.alignment = GRAS, TRAIT, RENVOI
            if champ.aide:
                cellule.comment = Comment(champ.aide, "Pérenne", height=110, width=260)
            lettre = get_column_letter(colonne)
            page.column_dimensions[lettre].width = (
                8 if champ.genre == "poids" else min(28, max(13, len(entete) + 2))
            )
            _valider(page, champ, f"{lettre}{ENTETE + 1}:{lettre}{LIGNES}")
            if champ.genre in FORMATS:
                page.column_dimensions[lettre].number_format = FORMATS[champ.genre]
            colonne += 1
    if exemple:
        montre = {**feuille.exemple, "id": f"{PREFIXE_EXEMPLE} : {feuille.exemple['id']}"}
        _remplir(page, feuille, ENTETE + 1, montre, GRIS)
    for rang, objet in enumerate(objets, ENTETE + 1):
        valeurs = {c.nom: ecrire(feuille, c, getattr(objet, c.nom)) for c in feuille.champs}
        _remplir(page, feuille, rang, valeurs, None)
    page.freeze_panes = page.cell(ENTETE + 1, 2).coordinate
    page.row_dimensions[ENTETE].height = 48
    imprimer(page, ENTETE)


def _remplir(page: Any, feuille: Feuille, ligne: int, valeurs: dict[str, Any], police: Font | None) -> None:
    colonne = 1
    for champ in feuille.champs:
        largeur = len(champ.entetes())
        valeur = valeurs.get(champ.nom)
        morceaux = valeur if isinstance(valeur, list) else [valeur]
        for rang, morceau in enumerate(morceaux[:largeur]):
            cellule = page.cell(ligne, colonne + rang)
            if isinstance(morceau, str):
                ecrire_texte(cellule, morceau)
            elif morceau is not None:
                cellule.value = morceau
                cellule.number_format = FORMATS.get(champ.genre, "General")
            cellule.font, cellule.alignment = police or MAIGRE, HAUT
        colonne += largeur
