"""Evaluate the rules on the cases, and cross levers with groups of cases."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict
from typing import Any, Literal

from perenne.domain.leviers.evaluation.croisement import Axe, Cellule, Grain, croiser
from perenne.domain.leviers.evaluation.epreuve import Epreuve, eprouver
from perenne.reports.leviers.epreuve import composer_croisement, composer_epreuve
from perenne.reports.rapport.elements import Rapport
from perenne.reports.rapport.page import ecrire_html
from perenne.reports.rapport.texte import ecrire_texte
from perenne.services.leviers.modele import obtenir_modele

Format = Literal["texte", "json", "html"]


def evaluer_les_regles(format_: Format, *, jour: dt.date) -> bytes:
    """Leave-one-enterprise-out on every case of the base that received an action."""
    modele = obtenir_modele()
    epreuve = eprouver(modele)
    if format_ == "json":
        return (json.dumps(_epreuve(epreuve), ensure_ascii=False, indent=2) + "\n").encode()
    return _rendre(composer_epreuve(epreuve, modele.savoir, jour), format_)


def croiser_les_leviers(par: Axe, grain: Grain, format_: Format, *, jour: dt.date) -> bytes:
    """Levers or actions × groups of cases."""
    modele = obtenir_modele()
    axes: tuple[Axe, ...] = ("tous",) if par == "tous" else ("tous", par)
    cellules = croiser(modele, axes, grain)
    if format_ == "json":
        return (json.dumps([_cellule(c) for c in cellules], ensure_ascii=False, indent=2) + "\n").encode()
    return _rendre(composer_croisement(cellules, par, grain, modele.savoir, jour), format_)


def _rendre(rapport: Rapport, format_: Format) -> bytes:
    return (ecrire_html(rapport) if format_ == "html" else ecrire_texte(rapport)).encode()


def _epreuve(epreuve: Epreuve) -> dict[str, Any]:
    return {
        "cas": epreuve.cas,
        "cas_sans_action": epreuve.sans_action,
        "liens": epreuve.liens,
        "faits_visibles_en_moyenne": dict(epreuve.visibles),
        "but_atteint": epreuve.but_atteint,
        "methodes": [
            {
                "nom": m.nom,
                "mesures": {k: asdict(v) for k, v in m.mesures.items()},
                "ecart_a_la_popularite": {k: asdict(v) for k, v in m.ecarts.items()},
                "couverture": m.couverture,
                "ordres": {c: o[:5] for c, o in m.ordres.items()},
            }
            for m in epreuve.methodes
        ],
    }


def _cellule(c: Cellule) -> dict[str, Any]:
    return {**asdict(c), "moyenne": c.moyenne, "grisee": c.grisee}
