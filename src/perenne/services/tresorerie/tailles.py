"""How large a plan may be where somebody waits for the answer: on the site, and in its API."""

from __future__ import annotations

from perenne.domain.erreurs import Anomalie, ErreurUtilisateur
from perenne.reports.typographie import nombre
from perenne.services.tresorerie.interpretation import PlanLu

FLUX_MAX, LEVIERS_MAX, MOIS_MAX = 60, 20, 60
"""Beyond, a simulation takes more than a few seconds: the command line has no such limit."""

CONSEIL = "Regroupez des lignes ou raccourcissez l’horizon : ici, un calcul reste court."


class PlanTropGrand(ErreurUtilisateur):
    """A plan that would keep a visitor waiting; every excess is told."""

    titre = "Ce plan est trop grand pour être calculé en ligne"


def dire_exces(lu: PlanLu) -> tuple[str, ...]:
    """What is too much, one sentence each; empty when the plan can be computed at once."""
    comptes = (
        (len(lu.plan.flux), FLUX_MAX, "flux"),
        (len(lu.leviers), LEVIERS_MAX, "leviers"),
        (lu.plan.horizon_mois, MOIS_MAX, "mois"),
    )
    return tuple(
        f"Ce plan a {nombre(compte)} {quoi} : {maximum} au plus ici."
        for compte, maximum, quoi in comptes
        if compte > maximum
    )


def verifier_taille(lu: PlanLu) -> None:
    """Raise when a plan is too large to be computed while somebody waits.

    Raises:
        PlanTropGrand: with each excess, and what to do.
    """
    exces = dire_exces(lu)
    if exces:
        raise PlanTropGrand(
            exces[0], conseil=CONSEIL, anomalies=[Anomalie(ou="", message=e) for e in exces[1:]]
        )
