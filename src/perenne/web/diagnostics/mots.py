"""French words of the diagnosis pages."""

from __future__ import annotations

from perenne.reports.entreprise.mots import ROLES, TERRITOIRES, VERSIONS
from perenne.web.diagnostics.models import Repondant

MOTS_ROLES: dict[str, str] = dict(ROLES)
MOTS_GRILLES: dict[str, str] = {"complete": "grille complète", "essentielle": "grille de trente minutes"}
assert MOTS_GRILLES.keys() == dict(VERSIONS).keys()


def nommer_court(repondant: Repondant) -> str:
    """A respondent where room is short."""
    return MOTS_ROLES.get(repondant.nom, repondant.nom)


def nommer_repondant(repondant: Repondant) -> str:
    """A respondent as people read it: its short name, and its function when it says more."""
    court = nommer_court(repondant)
    fonction = repondant.fonction
    return f"{court} ({fonction})" if fonction and fonction.lower() != court.lower() else court


MOTS_TERRITOIRES = {
    "rural": "rural",
    "montagne": "de montagne",
    "qpv": "avec un quartier prioritaire de la politique de la ville",
    "petite-ville": "petite ville",
    "outre-mer": "outre-mer",
}
assert tuple(MOTS_TERRITOIRES) == TERRITOIRES
