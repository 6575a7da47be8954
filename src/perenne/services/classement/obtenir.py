"""The classifier of the knowledge base."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from perenne.domain.classement.decision import Classeur
from perenne.domain.savoir.activites import Activite
from perenne.pipeline.classement.automate import Automate
from perenne.pipeline.classement.fichier_modele import modele_livre
from perenne.services.classement.decisions_fichier import lire_decisions
from perenne.services.savoir import obtenir_base


def activites_du_savoir(dossier: Path | None = None) -> dict[str, Activite]:
    """Activities of the knowledge base, by identifier."""
    return dict(obtenir_base(dossier).activites)


def obtenir_classeur(decisions: Path | None = None) -> Classeur:
    """The classifier of the knowledge base, and the human decisions of a file.

    Raises:
        ErreurUtilisateur: the file of decisions cannot be used, or the knowledge base is wrong.
    """
    return classeur_de(activites_du_savoir(), decisions)


def classeur_de(activites: Mapping[str, Activite], decisions: Path | None = None) -> Classeur:
    """The classifier of these activities, with the model shipped and the human decisions of a file.

    Raises:
        ErreurUtilisateur: the file of decisions cannot be used.
    """
    return Classeur(
        activites=activites,
        reperage=Automate(activites),
        modele=modele_livre(),
        decisions=lire_decisions(decisions, activites) if decisions else {},
    )
