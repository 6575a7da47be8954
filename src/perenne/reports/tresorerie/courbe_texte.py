"""The curve in a terminal: one column a period, the zero line drawn, each scenario its own sign."""

from __future__ import annotations

from collections.abc import Sequence

from perenne.domain.tresorerie.analyse import Courbe
from perenne.reports.typographie import MOIS, nombre

HAUTEUR, COLONNES_MAX = 14, 78
SIGNES = {"securise": "#", "probable": "o", "espere": "."}
NOMS = {"securise": "sécurisé", "probable": "avec le probable", "espere": "avec l'espéré"}


def dessiner_texte(courbes: Sequence[Courbe]) -> str:
    """Draw the lowest cash of each period; where curves meet, the most certain one is shown.

    Periods are grouped when there are more than 78, the lowest of each group kept.
    """
    pas = -(-len(courbes[0].bas) // COLONNES_MAX)
    series = {c.scenario: [min(c.bas[i : i + pas]) for i in range(0, len(c.bas), pas)] for c in courbes}
    valeurs = [v for s in series.values() for v in s]
    haut, bas = max(0, *valeurs), min(0, *valeurs)
    if haut == bas:
        return "La trésorerie reste à zéro."
    unite = (haut - bas) / (HAUTEUR - 1)

    def rang(valeur: int) -> int:
        return round((haut - valeur) / unite)

    zero, colonnes = rang(0), len(next(iter(series.values())))
    grille = [["-" if r == zero else " "] * colonnes for r in range(HAUTEUR)]
    for scenario in ("espere", "probable", "securise"):
        for colonne, valeur in enumerate(series.get(scenario, [])):
            grille[rang(valeur)][colonne] = SIGNES[scenario]
    etiquettes = {r: f"{nombre((haut - r * unite) / 100)} €" for r in {0, HAUTEUR - 1}} | {zero: "0 €"}
    marge = max(len(e) for e in etiquettes.values())
    lignes = [f"{etiquettes.get(r, ''):>{marge}} |{''.join(ligne)}" for r, ligne in enumerate(grille)]
    fins = courbes[0].fins[:: pas or 1]
    axe = [" "] * (colonnes + 6)
    for colonne, fin in enumerate(fins):
        texte = f"{MOIS[fin.month - 1][:3]}{fin.year % 100:02d}"
        nouvelle_annee = colonne == 0 or fin.year != fins[colonne - 1].year
        if (
            nouvelle_annee
            and colonne + len(texte) <= len(axe)
            and all(c == " " for c in axe[max(0, colonne - 1) : colonne + 5])
        ):
            axe[colonne : colonne + len(texte)] = texte
    legende = "   ".join(f"{SIGNES[s]} {NOMS[s]}" for s in series)
    return "\n".join([*lignes, f"{'':>{marge}} |{''.join(axe).rstrip()}", f"{'':>{marge}}  {legende}"])
