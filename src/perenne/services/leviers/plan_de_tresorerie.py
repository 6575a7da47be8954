"""What a treasury plan tells about an enterprise, in the facts that the signals of levers read."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

from perenne.domain.regles.evaluation import Valeur
from perenne.domain.tresorerie.analyse import charges_mensuelles
from perenne.domain.tresorerie.compilation import compiler
from perenne.domain.tresorerie.dates import JOURS_MOIS
from perenne.domain.tresorerie.flux import Convention, Marche, OperationUE, Subvention
from perenne.domain.tresorerie.plan import Plan

DIXIEME = Decimal("0.1")


def lire_faits_du_plan(chemin: Path, au: dt.date) -> dict[str, Valeur]:
    """The facts of a plan in a file (.xlsx or .yaml).

    Raises:
        ErreurUtilisateur: the plan cannot be read; every reason is given.
    """
    from perenne.services.tresorerie.fichiers import lire_plan  # noqa: PLC0415 (its readers are heavy)

    return faits_du_plan(lire_plan(chemin).plan, au)


def faits_du_plan(plan: Plan, au: dt.date) -> dict[str, Valeur]:
    """Months of cash, longest wait of a signed payment, European money, grants decided and not yet paid.

    Only signed money says how long one waits; money asked for counts for `fonds_europeens` alone.
    What the plan does not show stays unknown, it is never false.
    """
    faits: dict[str, Valeur] = {}
    charges = charges_mensuelles(compiler(plan), "securise")
    if charges > 0:
        faits["tresorerie_mois"] = (Decimal(plan.tresorerie_initiale) / charges).quantize(DIXIEME)
    attentes = [
        f.delai.en_jours()
        for f in plan.flux
        if isinstance(f, Subvention | Convention | OperationUE | Marche) and f.statut == "securise"
    ]
    if attentes:
        faits["delai_paiement_max_mois"] = (Decimal(max(attentes)) / Decimal(JOURS_MOIS)).quantize(DIXIEME)
    if any(isinstance(f, OperationUE) for f in plan.flux):
        faits["fonds_europeens"] = True
    if any(
        isinstance(f, Subvention) and f.statut == "securise" and f.notification <= au < f.solde_le
        for f in plan.flux
    ):
        faits["subvention_notifiee_non_versee"] = True
    return faits
