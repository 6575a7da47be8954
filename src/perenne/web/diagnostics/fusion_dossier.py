"""A whole file beside what is kept: what it would change, and the writing of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from perenne.reports.entreprise.phrases import MOTS_POSTES
from perenne.reports.tresorerie.champs import Champ
from perenne.reports.typographie import date_courte, nombre
from perenne.services.entreprise.rubriques import TABLES
from perenne.services.savoir import obtenir_base
from perenne.web.diagnostics.assemblage import DE_L_ANNEE
from perenne.web.diagnostics.saisie_grille import montrer

Mode = Literal["completer", "remplacer"]
Rubriques = dict[str, Any]
CLES: dict[str, tuple[str, ...]] = {
    "repondants": ("id",),
    "passages": ("id",),
    "reponses": ("critere", "passage", "repondant"),
    "chiffres": ("mesure", "passage", "repondant"),
    "situation": ("fait",),
    "exercices": ("id",),
    "comptes": ("exercice", "poste"),
    "ressources": ("exercice", "poste", "payeur"),
    "activites": ("exercice", "nom"),
}
"""What tells a line of a table from the others."""


def fusionner(actuel: Rubriques, fichier: Rubriques, mode: Mode) -> Rubriques:
    """What the file would hold after the import.

    To complete: what the file says wins, what it does not say stays; the accounts, payers and activities of
    a year are taken together, since lines of two versions of the same accounts make no sense side by side.
    """
    if mode == "remplacer":
        return fichier
    apres: Rubriques = {"structure": {**actuel["structure"], **fichier["structure"]}}
    for table, cles in CLES.items():
        ici, la = actuel.get(table, []), fichier.get(table, [])
        if table in DE_L_ANNEE:
            annees = {x["exercice"] for x in la}
            apres[table] = [*(x for x in ici if x["exercice"] not in annees), *la]
        else:
            neuves = {tuple(x[c] for c in cles): x for x in la}
            gardees = [neuves.pop(tuple(x[c] for c in cles), x) for x in ici]
            apres[table] = [*gardees, *neuves.values()]
    return apres


@dataclass(frozen=True, kw_only=True)
class Changement:
    """One line that the import would add, change or remove; texts before and after."""

    table: str
    quoi: str
    avant: str
    apres: str

    @property
    def geste(self) -> str:
        """ajout, retrait or changement."""
        return "ajout" if not self.avant else "retrait" if not self.apres else "changement"


def comparer(avant: Rubriques, apres: Rubriques) -> list[Changement]:
    """Everything that differs, table by table."""
    changements = []
    ici, la = dict(_aplatir(avant)), dict(_aplatir(apres))
    for cle in [*ici, *(c for c in la if c not in ici)]:
        a, b = ici.get(cle, ""), la.get(cle, "")
        if a != b:
            changements.append(Changement(table=TABLES[cle[0]].titre, quoi=cle[1], avant=a, apres=b))
    ordre = [f.titre for f in TABLES.values()]
    return sorted(changements, key=lambda c: ordre.index(c.table))


def _aplatir(rubriques: Rubriques) -> Iterator[tuple[tuple[str, str], str]]:
    """(table, name of the line) → what it says."""
    champs = {c.nom: c for c in TABLES["structure"].champs}
    for nom, valeur in rubriques["structure"].items():
        yield ("structure", champs[nom].libelle), _dire_structure(champs[nom], valeur)
    for table, cles in CLES.items():
        vus: dict[str, int] = {}
        for ligne in rubriques.get(table, ()):
            quoi = " · ".join(_mot(c, str(ligne[c])) for c in cles)
            vus[quoi] = vus.get(quoi, 0) + 1
            rang = f" ({vus[quoi]})" if vus[quoi] > 1 else ""
            yield (table, f"{quoi}{rang}"), _dire(table, {c: v for c, v in ligne.items() if c not in cles})


def _dire_structure(champ: Champ, valeur: Any) -> str:
    base = obtenir_base()
    if champ.genre == "date":
        return date_courte(dt.date.fromisoformat(valeur))
    if champ.nom == "activites":
        codes = [c.strip() for c in str(valeur).split(";")]
        return " ; ".join(base.activites[c].titre if c in base.activites else c for c in codes)
    if champ.nom == "stade" and valeur in base.stades:
        return base.stades[valeur].titre
    return montrer(valeur)


def _dire(table: str, ligne: Mapping[str, Any]) -> str:
    mots = []
    for champ in TABLES[table].champs:  # not the order of the line: a base may have put its keys in another
        if champ.nom not in ligne:
            continue
        valeur = ligne[champ.nom]
        if champ.genre == "montant":
            mots.append(f"{nombre(valeur, 2)} €")
        elif champ.genre == "date":
            mots.append(f"{champ.libelle.lower()} {date_courte(dt.date.fromisoformat(valeur))}")
        elif champ.genre in ("choix", "oui-non", "libre", "texte", "texte-long"):
            texte = dict(champ.choix).get(str(valeur), montrer(valeur))
            mots.append(f"{champ.libelle.lower()} {texte}" if champ.genre == "oui-non" else texte)
        else:
            mots.append(f"{champ.libelle.lower()} {montrer(valeur)}")
    return " ; ".join(mots) or "présent"


def _mot(cle: str, valeur: str) -> str:
    base = obtenir_base()
    if cle == "critere":
        critere = base.criteres.get(valeur)
        return f"{valeur} {critere.titre}" if critere else valeur
    if cle in ("mesure", "fait"):
        fait = base.faits.get(valeur)
        return fait.libelle if fait else valeur
    if cle == "poste":
        return MOTS_POSTES.get(valeur, valeur)
    return valeur
