"""The classifier of the knowledge base."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from perenne.domain.classement.decision import Classeur
from perenne.domain.classement.decisions import par_entreprise
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
    activites = activites_du_savoir()
    return replace(
        classeur_de(activites), decisions=lire_decisions(decisions, activites) if decisions else {}
    )


def classeur_de(activites: Mapping[str, Activite], decisions: Path | None = None) -> Classeur:
    """The classifier of these activities for the atlas, with the model shipped and the decisions of a file.

    Raises:
        ErreurUtilisateur: the file of decisions cannot be used.
    """
    return Classeur(
        activites=activites,
        reperage=Automate(activites),
        modele=modele_livre(),
        decisions=par_entreprise(lire_decisions(decisions, activites)) if decisions else {},
    )
