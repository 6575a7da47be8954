"""Read a plan from a workbook: headings found by their words, every value with its cell, nothing executed."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from perenne.reports.tresorerie.champs import VECTEURS, Champ, Feuille
from perenne.reports.tresorerie.classeur import MODE_EMPLOI, PREFIXE_EXEMPLE
from perenne.reports.tresorerie.feuilles_depenses import FEUILLES
from perenne.reports.tresorerie.structure import STRUCTURE
from perenne.reports.typographie import sans_accents
from perenne.services.tresorerie.garde_xlsx import MODELE, refus_xlsx
from perenne.services.tresorerie.rapprocher import proposer
from perenne.services.tresorerie.saisie import Brut, Ligne, Saisie

LIGNES_MAX, COLONNES_MAX, ENTETE_MAX = 2_000, 100, 15
BOOLEENS = {"=TRUE()": True, "=FALSE()": False}
"""How LibreOffice saves VRAI and FAUX: values, not computations."""
ERREURS = frozenset(("#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#N/A", "#NUM!", "#NULL!"))


@dataclass
class _Page:
    """A sheet read twice: its formulas, and the values they had when it was saved."""

    titre: str
    formules: Any
    valeurs: Any

    def ou(self, ligne: int, colonne: int) -> str:
        return f"feuille « {self.titre} », cellule {get_column_letter(colonne)}{ligne}"


def lire_plan_xlsx(octets: bytes) -> Saisie:
    """The lines of the workbook of a plan, with the cell of each value; everything wrong in `anomalies`."""
    return lire_classeur(octets, STRUCTURE, FEUILLES, MODELE)


def lire_classeur(octets: bytes, structure: Feuille, feuilles: Sequence[Feuille], modele: str) -> Saisie:
    """The lines of a workbook made of a sheet of labels (`structure`) and of tables (`feuilles`).

    `modele` is the command that gives the template. Everything wrong is in `anomalies`.
    """
    saisie = Saisie()
    refus = refus_xlsx(octets, modele)
    if refus:
        saisie.refuser("", *refus)
        return saisie
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of what it does not keep: we only read
            formules = load_workbook(io.BytesIO(octets), keep_links=False)
            valeurs = load_workbook(io.BytesIO(octets), keep_links=False, data_only=True)
    except Exception:  # whatever a broken file raises, the user is told the same thing
        saisie.refuser("", "ce classeur est abîmé.", "Ouvrez-le dans un tableur et enregistrez-le à nouveau.")
        return saisie
    connues = {_plat(f.titre): f for f in (structure, *feuilles)}
    vues: set[str] = set()
    for page in formules.worksheets:
        feuille = connues.get(_plat(page.title))
        if feuille is None:
            _inconnue(saisie, page, connues)
            continue
        vues.add(feuille.cle)
        if page.sheet_state != "visible" and page.max_row > 1:
            saisie.refuser(
                f"feuille « {page.title} »",
                "cette feuille est masquée.",
                "Affichez-la, ou supprimez-la si elle ne sert pas.",
            )
            continue
        vue = _Page(page.title, page, valeurs[page.title])
        _lire(saisie, feuille, vue, par_libelles=feuille is structure)
    if structure.cle not in vues:
        saisie.refuser(
            "",
            f"la feuille « {structure.titre} » manque.",
            f"Partez du modèle : {modele}.",
        )
    return saisie


def _inconnue(saisie: Saisie, page: Any, connues: dict[str, Feuille]) -> None:
    if _plat(page.title) == _plat(MODE_EMPLOI) or (page.max_row <= 1 and page.cell(1, 1).value is None):
        return
    conseil = proposer(page.title, [f.titre for f in connues.values()])
    suite = f" {conseil}" if conseil.startswith("Vouliez") else ""
    if suite:
        saisie.refuser(f"feuille « {page.title} »", "cette feuille n'est pas connue.", conseil)
    else:
        saisie.avis.append(
            f"La feuille « {page.title} » ne fait pas partie du modèle : elle n'a pas été lue."
        )


def _lire(saisie: Saisie, feuille: Feuille, page: _Page, *, par_libelles: bool) -> None:
    if page.formules.max_row > LIGNES_MAX or page.formules.max_column > COLONNES_MAX:
        saisie.refuser(
            f"feuille « {page.titre} »",
            f"cette feuille est trop grande ({page.formules.max_row} lignes, {page.formules.max_column} "
            f"colonnes).",
            f"{LIGNES_MAX} lignes et {COLONNES_MAX} colonnes au plus : supprimez les lignes vides mises "
            f"en forme.",
        )
        return
    if par_libelles:
        saisie.lignes[feuille.cle] = [_structure(saisie, feuille, page)]
    else:
        saisie.lignes[feuille.cle] = list(_lignes(saisie, feuille, page))


def _brut(saisie: Saisie, page: _Page, ligne: int, colonne: int) -> Brut | None:
    """The value of a cell; None when it is empty. Formulas give their last computed value."""
    cellule = page.formules.cell(ligne, colonne)
    if type(cellule).__name__ == "MergedCell":
        return None
    valeur = cellule.value
    if valeur is None or (isinstance(valeur, str) and not valeur.strip()):
        return None
    ou = page.ou(ligne, colonne)
    if valeur in BOOLEENS:
        return Brut(BOOLEENS[valeur], ou)
    if cellule.data_type == "f":
        valeur = page.valeurs.cell(ligne, colonne).value
        if valeur is None:
            saisie.refuser(
                ou,
                "cette formule n'a jamais été calculée.",
                "Ouvrez le fichier dans votre tableur et enregistrez-le, ou écrivez le résultat.",
            )
            return None
        avis = "Des cellules contiennent des formules : leur dernière valeur calculée a été lue."
        if avis not in saisie.avis:
            saisie.avis.append(avis)
    if isinstance(valeur, str) and valeur in ERREURS:
        saisie.refuser(ou, f"cette cellule est en erreur ({valeur}).", "Corrigez la formule.")
        return None
    pourcent = isinstance(valeur, int | float) and "%" in str(cellule.number_format)
    return Brut(valeur, ou, pourcent)


def _structure(saisie: Saisie, feuille: Feuille, page: _Page) -> Ligne:
    """Labels in the first column, values in the second."""
    attendus = {_plat(c.libelle): c for c in feuille.champs}
    bruts: dict[str, Brut | tuple[Brut, ...]] = {}
    for ligne in range(1, page.formules.max_row + 1):
        libelle = page.formules.cell(ligne, 1).value
        brut = _brut(saisie, page, ligne, 2)
        champ = attendus.get(_plat(libelle))
        if champ is None:
            if brut is not None and ligne > 3:
                dit = (
                    f"« {libelle} » n'est pas un libellé du modèle."
                    if libelle
                    else "cette valeur n'a pas de libellé."
                )
                conseil = proposer(str(libelle), [c.libelle for c in feuille.champs]) if libelle else ""
                saisie.refuser(brut.ou, dit, conseil)
        elif champ.nom in bruts and brut is not None:
            saisie.refuser(brut.ou, f"« {champ.libelle} » est rempli deux fois.", "Gardez une seule ligne.")
        elif brut is not None:
            bruts[champ.nom] = brut
    return Ligne(ou=f"feuille « {page.titre} »", champs=bruts)


def _lignes(saisie: Saisie, feuille: Feuille, page: _Page) -> Iterator[Ligne]:
    entete = _trouver_entete(saisie, feuille, page)
    if entete is None:
        return
    colonnes = _colonnes(saisie, feuille, page, entete)
    if colonnes is None:
        return
    fusions = [r for r in page.formules.merged_cells.ranges if r.max_row > entete]
    for zone in fusions:
        saisie.refuser(
            f"feuille « {page.titre} », cellules {zone.coord}",
            "ces cellules sont fusionnées.",
            "Défusionnez-les.",
        )
    champs = {c.nom: c for c in feuille.champs}
    sans_titre = [
        c
        for c in range(1, page.formules.max_column + 1)
        if c not in {x for g in colonnes.values() for x in g}
    ]
    for numero in range(entete + 1, page.formules.max_row + 1):
        premiere = page.formules.cell(numero, colonnes["id"][0]).value if "id" in colonnes else None
        if isinstance(premiere, str) and _plat(premiere).startswith(PREFIXE_EXEMPLE):
            continue
        bruts = {
            nom: lu
            for nom, groupe in colonnes.items()
            if (lu := _champ(saisie, champs[nom], page, numero, groupe)) is not None
        }
        for colonne in sans_titre:
            perdu = _brut(saisie, page, numero, colonne)
            if perdu is not None:
                saisie.refuser(
                    perdu.ou, "cette valeur n'a pas de titre de colonne.", "Effacez-la ou déplacez-la."
                )
        if bruts:
            yield Ligne(ou=f"feuille « {page.titre} », ligne {numero}", champs=bruts)


def _champ(
    saisie: Saisie, champ: Champ, page: _Page, numero: int, groupe: tuple[int, ...]
) -> Brut | tuple[Brut, ...] | None:
    if champ.genre == "memo":
        return None
    if champ.genre not in VECTEURS:
        return _brut(saisie, page, numero, groupe[0])
    bruts = [_brut(saisie, page, numero, c) or Brut(None, page.ou(numero, c)) for c in groupe]
    if all(b.valeur is None for b in bruts):
        return None
    if champ.genre == "poids":
        return tuple(Brut(0, b.ou) if b.valeur is None else b for b in bruts)
    while bruts[-1].valeur is None:
        bruts.pop()
    return tuple(bruts)


def _trouver_entete(saisie: Saisie, feuille: Feuille, page: _Page) -> int | None:
    """The row of headings: the first that has at least half of those expected."""
    attendus = {_plat(e) for c in feuille.champs for e in c.entetes()}
    meilleur, trouve = 0, None
    for ligne in range(1, min(ENTETE_MAX, page.formules.max_row) + 1):
        mots = {_plat(page.formules.cell(ligne, c).value) for c in range(1, page.formules.max_column + 1)}
        if len(mots & attendus) > meilleur:
            meilleur, trouve = len(mots & attendus), ligne
    if trouve is None or meilleur < 2:
        if page.formules.max_row > 1 or page.formules.cell(1, 1).value is not None:
            saisie.refuser(
                f"feuille « {page.titre} »",
                "les titres de colonnes ne sont pas ceux du modèle.",
                f"La ligne de titres commence par « {feuille.champs[0].libelle} », « "
                f"{feuille.champs[1].libelle} »…",
            )
        return None
    return trouve


def _colonnes(
    saisie: Saisie, feuille: Feuille, page: _Page, entete: int
) -> dict[str, tuple[int, ...]] | None:
    """Columns of each field, found by their headings; None when a heading is wrong."""
    attendus: dict[str, tuple[Champ, int]] = {
        _plat(e): (champ, rang) for champ in feuille.champs for rang, e in enumerate(champ.entetes())
    }
    trouvees: dict[tuple[str, int], int] = {}
    avant = len(saisie.anomalies)
    for colonne in range(1, page.formules.max_column + 1):
        titre = page.formules.cell(entete, colonne).value
        if titre is None or not str(titre).strip():
            continue
        if _plat(titre) not in attendus:
            tous = [e for c in feuille.champs for e in c.entetes()]
            saisie.refuser(
                page.ou(entete, colonne),
                f"la colonne « {titre} » n'est pas connue.",
                proposer(str(titre), tous),
            )
            continue
        champ, rang = attendus[_plat(titre)]
        if (champ.nom, rang) in trouvees:
            saisie.refuser(
                page.ou(entete, colonne), f"la colonne « {titre} » est là deux fois.", "Supprimez-en une."
            )
        trouvees[champ.nom, rang] = colonne
    for champ in feuille.champs:
        if feuille.obligatoire(champ) and (champ.nom, 0) not in trouvees:
            saisie.refuser(
                f"feuille « {page.titre} », ligne {entete}", f"la colonne « {champ.entetes()[0]} » manque."
            )
    if len(saisie.anomalies) > avant:
        return None
    groupes: dict[str, tuple[int, ...]] = {}
    for champ in feuille.champs:
        groupe = tuple(
            trouvees[champ.nom, r] for r in range(len(champ.entetes())) if (champ.nom, r) in trouvees
        )
        if groupe:
            groupes[champ.nom] = groupe
    return groupes


def _plat(valeur: object) -> str:
    return " ".join(sans_accents(str(valeur)).replace("*", "").split()) if valeur is not None else ""
