"""A file about an enterprise, flat: one class a sheet. Free facts and accounts are lines of their own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from perenne.domain.entreprise.dossier import Dossier


@dataclass(frozen=True, kw_only=True)
class FicheStructure:
    """The sheet of the enterprise itself."""

    nom: str
    activites: tuple[str, ...] = ()
    territoires: tuple[str, ...] = ()
    debut_activite: dt.date | None = None
    activite_reguliere: bool | None = None
    comptes_clos: int | None = None
    premier_emploi: dt.date | None = None
    stade: str = ""
    stade_motif: str = ""
    fictif: bool = False


@dataclass(frozen=True, kw_only=True)
class LigneFait:
    """A fact of `knowledge/faits`, as the user writes it."""

    fait: str
    valeur: Any = None


@dataclass(frozen=True, kw_only=True)
class LigneReponse:
    """A line of the grid; a line without an answer is no answer. The three last fields are for reading."""

    critere: str
    passage: str = ""
    repondant: str = ""
    avis: str = ""
    justification: str = ""
    source: str = ""
    date: dt.date | None = None
    question: str = ""
    oui: str = ""
    moyen: str = ""
    non: str = ""


@dataclass(frozen=True, kw_only=True)
class LigneChiffre:
    """A figure; a line without a value is no figure. The two last fields are for reading."""

    mesure: str
    passage: str = ""
    repondant: str = ""
    valeur: Any = None
    precision: str = ""
    date: dt.date | None = None
    libelle: str = ""
    unite: str = ""


@dataclass(frozen=True, kw_only=True)
class LigneExercice:
    """An accounting year; `comptes` is the path of its trial balance or FEC."""

    id: str
    clos_le: dt.date
    mois: int = 12
    comptes: str = ""
    origine: str = "saisie"


@dataclass(frozen=True, kw_only=True)
class LigneCompte:
    """One line of the accounts of a year, in cents."""

    exercice: str
    poste: str
    solde: int


def fiche_de(dossier: Dossier) -> FicheStructure:
    """The sheet of the enterprise."""
    s = dossier.structure
    return FicheStructure(
        nom=s.nom,
        activites=s.activites,
        territoires=s.territoires,
        debut_activite=s.debut_activite,
        activite_reguliere=s.activite_reguliere,
        comptes_clos=s.comptes_clos,
        premier_emploi=s.premier_emploi,
        stade=s.stade,
        stade_motif=s.stade_motif,
        fictif=s.fictif,
    )


def lignes_de(dossier: Dossier, question_de: dict[str, LigneReponse]) -> dict[str, Sequence[Any]]:
    """The lines of each sheet, by key; `question_de` gives the reading columns of each criterion."""
    reponses = []
    for r in dossier.reponses:
        q = question_de.get(r.critere)
        reponses.append(
            LigneReponse(
                critere=r.critere, passage=r.passage, repondant=r.repondant, avis=r.avis,
                justification=r.justification, source=r.source, date=r.date,
                question=q.question if q else "", oui=q.oui if q else "",
                moyen=q.moyen if q else "", non=q.non if q else "",
            )
        )  # fmt: skip
    return {
        "repondants": dossier.repondants,
        "passages": dossier.passages,
        "reponses": reponses,
        "chiffres": [
            LigneChiffre(
                mesure=c.mesure, passage=c.passage, repondant=c.repondant, valeur=c.valeur,
                precision=c.precision, date=c.date,
            )
            for c in dossier.chiffres
        ],
        "situation": [LigneFait(fait=n, valeur=v) for n, v in dossier.structure.faits.items()],
        "exercices": [
            LigneExercice(id=e.id, clos_le=e.clos_le, mois=e.mois, origine=e.origine)
            for e in dossier.exercices
        ],
        "comptes": [
            LigneCompte(exercice=e.id, poste=p, solde=v)
            for e in dossier.exercices
            for p, v in e.montants.items()
        ],
        "ressources": dossier.ressources,
        "activites": dossier.activites,
    }  # fmt: skip
