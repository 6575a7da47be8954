"""Write domain values the way a user writes them: euros, per cent, durations in words, labels of lists."""

from __future__ import annotations

import datetime as dt
from typing import Any

from perenne.domain.tresorerie.dates import Duree
from perenne.reports.tresorerie.champs import VECTEURS, Champ, Feuille

CENT = 100
Ecrit = str | int | float | dt.date | None


def centiemes(valeur: int) -> int | float:
    """Hundredths as a decimal number: 2450 → 24.5, 2400 → 24."""
    return valeur // CENT if valeur % CENT == 0 else valeur / CENT


def ecrire_duree(duree: Duree) -> str:
    """90 jours, 24 mois, 2 mois 15 jours."""
    mois = f"{duree.mois} mois" if duree.mois else ""
    nom = "jour" if duree.jours in {0, 1} else "jours"
    jours = f"{duree.jours} {nom}" if duree.jours or not mois else ""
    return f"{mois} {jours}".strip()


def _un(champ: Champ, valeur: Any) -> Ecrit:  # noqa: PLR0911 - one return a kind
    if valeur is None:
        return None
    match champ.genre:
        case "montant" | "pourcent" | "centiemes" | "montants" | "pourcents":
            return centiemes(valeur)
        case "duree":
            return ecrire_duree(valeur)
        case "choix":
            return dict(champ.choix)[valeur]
        case "oui-non":
            return "oui" if valeur else "non"
        case "mois" | "entiers" | "refs":
            return " ; ".join(str(v) for v in valeur) or None
        case "pourcents-libres":
            return " ; ".join(str(centiemes(v)).replace(".", ",") for v in valeur) or None
        case "texte" | "id":
            return str(valeur) or None
        case "libre" if isinstance(valeur, bool):
            return "oui" if valeur else "non"  # a spreadsheet would show VRAI, or save a formula
        case _:
            return valeur  # type: ignore[no-any-return]


def ecrire(feuille: Feuille, champ: Champ, valeur: Any) -> Ecrit | list[Ecrit]:
    """What a user would write for a value; None when the field can stay empty (it has its default value)."""
    if valeur == feuille.defaut(champ) and champ.nom != "statut":
        return None
    if champ.genre in VECTEURS:
        return [_un(champ, v) for v in valeur]
    return _un(champ, valeur)
