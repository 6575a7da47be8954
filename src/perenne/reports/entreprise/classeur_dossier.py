"""Write a file about an enterprise: the workbook to fill in, or a filled one that is read back the same."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from types import SimpleNamespace
from typing import Any

import yaml
from openpyxl import Workbook

from perenne.domain.entreprise.dossier import Dossier
from perenne.domain.savoir.criteres import Critere
from perenne.reports.entreprise.feuilles import FEUILLES, STRUCTURE
from perenne.reports.entreprise.fiches import LigneChiffre, LigneReponse, fiche_de, lignes_de
from perenne.reports.entreprise.mots import POSTES, ROLES
from perenne.reports.note.elements import Tableau
from perenne.reports.rapport.classeur import ecrire_tableau
from perenne.reports.tresorerie.champs import Feuille
from perenne.reports.tresorerie.classeur import (
    ENTETE,
    ecrire_feuille,
    ecrire_mode_emploi,
    ecrire_structure,
)
from perenne.reports.tresorerie.mise_en_page import GRIS, RENVOI, ajuster_hauteur, imprimer
from perenne.reports.tresorerie.valeurs import ecrire

PREFIXE_LECTURE = "Lecture – "
LARGE = {"question": 46, "oui": 34, "moyen": 34, "non": 34, "justification": 50, "libelle": 44}
CONSIGNES = (
    "Commencez par la feuille « Structure » : seul le nom est nécessaire.",
    "« Répondants » : qui répond, par son rôle. N'écrivez jamais le nom d'une personne.",
    "« Passages » : donnez la date de l'entretien. Dans deux ans, ajoutez une ligne : la grille dira ce "
    "qui a changé.",
    "« Grille » : une ligne par critère et par répondant. Choisissez oui, moyen, non, sans objet ou ne "
    "sait pas ; "
    "les colonnes grises disent ce que veut dire chaque réponse. Une ligne sans réponse ne compte pour rien.",
    "Deux personnes qui ne sont pas d'accord : gardez les deux lignes. Le désaccord sera montré, pas "
    "moyenné.",
    "« Chiffres » : ce que vous savez mesurer, dans l'unité indiquée. Le reste peut rester vide.",
    "« Exercices » : donnez le nom d'une balance ou d'un FEC posé dans le même dossier, ou remplissez « "
    "Comptes » "
    "en euros. Les fonds propres contiennent le résultat de l'année.",
    "« Ressources » et « Activités » : une ligne par payeur et par activité. 0 payeur veut dire « "
    "beaucoup ».",
    "Puis lancez : perenne diagnostic votre-fichier.xlsx. Chaque erreur est dite avec sa cellule ; tant "
    "qu'il en "
    "reste une, rien n'est repris.",
)


def questions_de(criteres: Iterable[Critere], *, essentielle: bool = False) -> dict[str, LigneReponse]:
    """The reading columns of each criterion, in the order of the grid."""
    ordre = sorted(criteres, key=lambda c: ("TABC".index(c.famille), c.ordre))
    return {
        c.id: LigneReponse(
            critere=c.id, question=c.question, oui=c.lecture.oui, moyen=c.lecture.moyen, non=c.lecture.non
        )
        for c in ordre
        if c.essentiel or not essentielle
    }


def ecrire_modele(criteres: Mapping[str, Critere], repondants: Sequence[str], *, essentielle: bool) -> bytes:
    """The workbook to fill in: one line a criterion for each respondent, one line a measure.

    Args:
        repondants: roles that answer, each with its lines in the grid.
    """
    grille = questions_de(criteres.values(), essentielle=essentielle)
    lignes: dict[str, Sequence[Any]] = {
        "repondants": [SimpleNamespace(id=r, role=r, fonction="") for r, _ in ROLES if r in repondants],
        "passages": [
            SimpleNamespace(id="premier", date=None, version="essentielle" if essentielle else "complete")
        ],
        "reponses": [
            SimpleNamespace(**{**vars(ligne), "passage": "premier", "repondant": r})
            for r in repondants
            for ligne in grille.values()
        ],
        "chiffres": [
            LigneChiffre(
                mesure=m.id,
                passage="premier",
                repondant=repondants[0],
                libelle=m.libelle,
                unite=m.unite
                or ", ".join(m.choix or ())
                or {"oui-non": "oui ou non"}.get(m.nature, "nombre"),
            )
            for c in grille
            for m in criteres[c].mesures
        ],
    }
    return _ecrire(None, lignes, ())


def ecrire_dossier(
    dossier: Dossier, criteres: Mapping[str, Critere], resultats: Sequence[tuple[str, Tableau]] = ()
) -> bytes:
    """A filled workbook; `resultats` are sheets added for reading, which the import leaves aside."""
    lignes = lignes_de(dossier, questions_de(criteres.values()))
    return _ecrire(fiche_de(dossier), lignes, resultats)


def _ecrire(
    fiche: Any, lignes: Mapping[str, Sequence[Any]], resultats: Sequence[tuple[str, Tableau]]
) -> bytes:
    classeur = Workbook()
    _mode_emploi(classeur.active)
    ecrire_structure(classeur.create_sheet(STRUCTURE.titre), STRUCTURE, fiche)
    for feuille in FEUILLES:
        page: Any = classeur.create_sheet(feuille.titre)
        ecrire_feuille(page, feuille, lignes.get(feuille.cle, ()), exemple=False)
        _elargir(page, feuille)
    for titre, tableau in resultats:
        if tableau.lignes:
            ecrire_tableau(classeur.create_sheet(f"{PREFIXE_LECTURE}{titre}"[:31]), tableau)
    classeur.properties.creator, classeur.properties.title = "Pérenne", "Diagnostic partagé"
    classeur.properties.language = "fr-FR"
    classeur.active = 0 if fiche is None else 1
    sortie = io.BytesIO()
    classeur.save(sortie)
    return sortie.getvalue()


def _elargir(page: Any, feuille: Feuille) -> None:
    """Columns that hold sentences are wide and wrap, and their rows are high enough."""
    for rang, champ in enumerate(feuille.champs, 1):
        if champ.nom in LARGE:
            page.column_dimensions[page.cell(1, rang).column_letter].width = LARGE[champ.nom]
            for ligne in range(4, page.max_row + 1):
                page.cell(ligne, rang).alignment = RENVOI
                if champ.genre == "memo":
                    page.cell(ligne, rang).font = GRIS  # read, never filled in
    for ligne in range(4, page.max_row + 1):
        ajuster_hauteur(page, ligne)
    imprimer(page, ENTETE)


def _mode_emploi(page: Any) -> None:
    consignes = [f"{n}. {c}" for n, c in enumerate(CONSIGNES, 1)]
    feuilles = [f"{f.titre} : {f.intro}" for f in FEUILLES]
    ecrire_mode_emploi(
        page,
        "Diagnostic partagé d'une entreprise de l'économie sociale et solidaire",
        [*consignes, "", *feuilles, f"Postes de la feuille Comptes : {' ; '.join(POSTES.values())}."],
    )


def ecrire_yaml(dossier: Dossier) -> str:
    """The same file in YAML, without what the defaults say."""
    return yaml.safe_dump(ecrire_rubriques(dossier), allow_unicode=True, sort_keys=False, width=110)


def ecrire_rubriques(dossier: Dossier) -> dict[str, Any]:
    """The same file as a mapping: one table for the structure, one list of lines a sheet that holds any."""
    document: dict[str, Any] = {STRUCTURE.cle: ecrire_ligne(STRUCTURE, fiche_de(dossier))}
    lignes = lignes_de(dossier, {})
    for feuille in FEUILLES:
        if lignes[feuille.cle]:
            document[feuille.cle] = [ecrire_ligne(feuille, o) for o in lignes[feuille.cle]]
    return document


def ecrire_ligne(feuille: Feuille, objet: Any) -> dict[str, Any]:
    """One line as a user writes it, without what the defaults say."""
    valeurs = {c.nom: ecrire(feuille, c, getattr(objet, c.nom)) for c in feuille.champs if c.genre != "memo"}
    return {nom: v for nom, v in valeurs.items() if v is not None}
