"""Write a plan as YAML: the same words as the workbook, only what differs from the defaults."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import yaml

from perenne.domain.tresorerie.levier import Levier
from perenne.domain.tresorerie.plan import Plan
from perenne.reports.tresorerie.champs import Feuille
from perenne.reports.tresorerie.feuilles_depenses import FEUILLES
from perenne.reports.tresorerie.structure import STRUCTURE, fiche_de
from perenne.reports.tresorerie.valeurs import ecrire


class _SansRenvoi(yaml.SafeDumper):
    """Writes equal dates in full each time: a person reads and edits the file."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def ecrire_plan_yaml(plan: Plan, leviers: Sequence[Levier] = ()) -> str:
    """Write a plan; `lire_plan_yaml` reads it back to the same plan and levers."""
    document: dict[str, Any] = {STRUCTURE.cle: _ligne(STRUCTURE, fiche_de(plan))}
    for feuille in FEUILLES:
        objets = [f for f in (*plan.flux, *leviers) if isinstance(f, feuille.classe)]
        if objets:
            document[feuille.cle] = [_ligne(feuille, o) for o in objets]
    return yaml.dump(document, Dumper=_SansRenvoi, allow_unicode=True, sort_keys=False, width=110)


def _ligne(feuille: Feuille, objet: Any) -> dict[str, Any]:
    valeurs = {c.nom: ecrire(feuille, c, getattr(objet, c.nom)) for c in feuille.champs}
    return {nom: v for nom, v in valeurs.items() if v is not None}
