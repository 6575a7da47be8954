"""An enterprise read from its shared diagnosis (YAML or workbook): the same file serves both commands."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Literal

from perenne.domain.entreprise.diagnostic import Diagnostic
from perenne.domain.entreprise.faits import tirer_faits
from perenne.domain.leviers.entree import Entreprise
from perenne.domain.regles.defauts import Defaut
from perenne.domain.regles.evaluation import Valeur
from perenne.domain.regles.faits import lire_fait
from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.savoir.commun import Thematique
from perenne.kb.controles_regles import portee_de

TABLEURS = frozenset({".xlsx", ".xlsm"})


def est_un_dossier(chemin: Path, valeur: object) -> bool:
    """Whether a file is a shared diagnosis rather than a short description."""
    return chemin.suffix.lower() in TABLEURS or (isinstance(valeur, dict) and "structure" in valeur)


def lire_diagnostic(chemin: Path, base: BaseSavoir, au: dt.date) -> tuple[Entreprise, tuple[str, ...]]:
    """The enterprise of a diagnosis, and the facts deduced rather than written.

    Raises:
        ErreurUtilisateur: the file cannot be used; every reason is given.
    """
    from perenne.services.entreprise.diagnostic import faire_diagnostic  # noqa: PLC0415 (its readers are heavy)

    return entreprise_du_diagnostic(faire_diagnostic(chemin, au).diagnostic, base)


def entreprise_du_diagnostic(diagnostic: Diagnostic, base: BaseSavoir) -> tuple[Entreprise, tuple[str, ...]]:
    """The facts of the last round; where respondents disagree, the fact stays unknown."""
    tires = tirer_faits(diagnostic)
    types = portee_de(base.fiches).faits
    faits: dict[str, Valeur] = {}
    for nom, brut in tires.faits.items():
        if nom in types:
            lu = lire_fait(nom, brut, types[nom])
            if not isinstance(lu, Defaut):
                faits[nom] = lu
    structure = diagnostic.dossier.structure
    activites = [base.activites[a] for a in structure.activites if a in base.activites]
    besoins = tuple(dict.fromkeys(b for a in activites for b in a.besoins_servis))
    activite = activites[0].id if activites else ""
    entreprise = Entreprise(
        nom=structure.nom,
        faits=faits,
        activite=activite,
        besoins=besoins,
        theme=theme_de(base, activite),
        fictif=structure.fictif,
    )
    deduits = ("stade",) if "stade" in faits and not structure.stade else ()
    return entreprise, deduits


def theme_de(base: BaseSavoir, activite: str) -> Thematique | Literal[""]:
    """The theme of the cases that have this activity; empty when none has."""
    return next((c.theme for c in base.cas.values() if c.activite == activite), "")
