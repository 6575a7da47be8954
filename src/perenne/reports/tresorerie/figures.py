"""The two figures of the treasury: three scenarios, and the fan of what may happen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from perenne.domain.tresorerie.analyse import Courbe
from perenne.domain.tresorerie.monte_carlo import Incertitude
from perenne.reports.svg.base import (
    ACCENT,
    ALERTE,
    GRIS,
    LARGEUR,
    SOURDINE,
    Figure,
    assembler,
    coord,
    ligne,
    texte,
)
from perenne.reports.typographie import date_courte, nombre

GAUCHE, DROITE, HAUT, BAS = 46.0, 286.0, 16.0, 150.0
TRAITS = {
    "securise": (ACCENT, "2.5", "", "ca"),
    "probable": (SOURDINE, "1.8", "6 3", "hs"),
    "espere": (ALERTE, "1.5", "1.5 3", "wt"),
}
NOMS = {"securise": "sécurisé", "probable": "probable", "espere": "espéré"}
ECART_ETIQUETTES = 11.0


class Echelle:
    """Places of dates and amounts on the figure; zero is always in sight."""

    def __init__(self, fins: Sequence[dt.date], valeurs: Sequence[int]) -> None:
        self.fins = fins
        self.haut, self.bas = max(0, *valeurs), min(0, *valeurs)
        if self.haut == self.bas:
            self.haut = 100
        self.nombre = max(1, len(fins) - 1)

    def x(self, rang: int) -> float:
        return GAUCHE + (DROITE - GAUCHE) * rang / self.nombre

    def y(self, valeur: int) -> float:
        return BAS - (BAS - HAUT) * (valeur - self.bas) / (self.haut - self.bas)

    def cadre(self) -> list[str]:
        """Zero line, extreme amounts, years."""
        corps = [ligne(GAUCHE, self.y(0), DROITE, self.y(0), classe="n")]
        for valeur in sorted({self.haut, self.bas, 0}):
            proche = valeur and abs(self.y(valeur) - self.y(0)) < ECART_ETIQUETTES
            if not proche:
                dit = "0 €" if not valeur else f"{nombre(valeur / 100_000)} k€"
                corps.append(texte(GAUCHE - 4, self.y(valeur) + 4, dit, taille=10, classe="s", ancre="end"))
        for rang, fin in enumerate(self.fins):
            if rang == 0 or fin.year != self.fins[rang - 1].year:
                corps.append(ligne(self.x(rang), HAUT, self.x(rang), BAS + 4))
                corps.append(texte(self.x(rang) + 2, BAS + 16, str(fin.year), taille=10, classe="s"))
        return corps

    def chemin(self, valeurs: Sequence[int]) -> str:
        return "L".join(f"{coord(self.x(n))} {coord(self.y(v))}" for n, v in enumerate(valeurs))


def _trait(chemin: str, scenario: str) -> str:
    couleur, epaisseur, tirets, classe = TRAITS[scenario]
    pointille = f' stroke-dasharray="{tirets}"' if tirets else ""
    return (
        f'<path d="M{chemin}" fill="none" class="{classe}" stroke="{couleur}" stroke-width="{epaisseur}"'
        f'{pointille} stroke-linejoin="round"/>'
    )


def dessiner_scenarios(courbes: Sequence[Courbe]) -> Figure:
    """Three lines, the secured one solid; each named at its right end."""
    echelle = Echelle(courbes[0].fins, [b for c in courbes for b in c.bas])
    corps = echelle.cadre()
    dernier = BAS + 100
    for courbe in sorted(courbes, key=lambda c: echelle.y(c.bas[-1]), reverse=True):
        corps.append(_trait(echelle.chemin(courbe.bas), courbe.scenario))
        y = min(echelle.y(courbe.bas[-1]) + 4, dernier - ECART_ETIQUETTES)
        dernier = y
        corps.append(
            texte(
                LARGEUR - 1,
                y,
                NOMS[courbe.scenario],
                taille=9.5,
                ancre="end",
                gras=courbe.scenario == "securise",
            )
        )
    dits = " ; ".join(
        f"{NOMS[c.scenario]} : au plus bas {nombre(min(c.bas) / 100)} € le mois finissant le "
        f"{date_courte(c.fins[c.bas.index(min(c.bas))])}, à la fin {nombre(c.soldes[-1] / 100)} €"
        for c in courbes
    )
    return assembler(
        "tresorerie-scenarios", "Trésorerie la plus basse de chaque période", f"{dits}.",
        hauteur=BAS + 22, corps=corps, definitions=[],
    )  # fmt: skip


def dessiner_eventail(incertitude: Incertitude) -> Figure:
    """The band where eight draws out of ten fall, and the median line."""
    p10, p50, p90 = ([int(v) for v in serie] for serie in incertitude.bas)
    fins = incertitude.grille.fins()
    echelle = Echelle(fins, [*p10, *p90])
    haut = echelle.chemin(p90)
    retour = "L".join(
        f"{coord(echelle.x(n))} {coord(echelle.y(v))}" for n, v in reversed(list(enumerate(p10)))
    )
    corps = [f'<path d="M{haut}L{retour}z" class="g" fill="{GRIS}"/>', *echelle.cadre()]
    corps.append(_trait(echelle.chemin(p50), "securise"))
    for valeur, dit in ((p90[-1], "P90"), (p50[-1], "P50"), (p10[-1], "P10")):
        corps.append(texte(DROITE + 4, echelle.y(valeur) + 4, dit, taille=9.5, gras=dit == "P50"))
    creux = p50.index(min(p50))
    description = (
        f"Scénario {NOMS[incertitude.scenario]}, {incertitude.tirages} tirages : au plus bas de la médiane, "
        f"le {date_courte(fins[creux])}, entre {nombre(p10[creux] / 100)} € et {nombre(p90[creux] / 100)} €, "
        f"médiane {nombre(p50[creux] / 100)} €."
    )
    return assembler(
        "tresorerie-eventail", "Huit tirages sur dix passent dans la bande", description,
        hauteur=BAS + 22, corps=corps, definitions=[],
    )  # fmt: skip


def dessiner_essai(avant: Courbe, apres: Courbe | None, incertitude: Incertitude | None) -> Figure:
    """The curve with the levers that are on, its band P10–P90, and the curve without them.

    Args:
        apres: None when no lever is on; `avant` is then the one drawn in full.
        incertitude: of the curve drawn in full; None draws no band.
    """
    pleine = apres or avant
    bande = (
        [[int(v) for v in serie] for serie in (incertitude.bas[0], incertitude.bas[2])] if incertitude else []
    )
    echelle = Echelle(pleine.fins, [*avant.bas, *pleine.bas, *(v for serie in bande for v in serie)])
    corps = []
    if bande:
        haut = echelle.chemin(bande[1])
        retour = "L".join(
            f"{coord(echelle.x(n))} {coord(echelle.y(v))}" for n, v in reversed(list(enumerate(bande[0])))
        )
        corps.append(f'<path d="M{haut}L{retour}z" class="g" fill="{GRIS}"/>')
    corps += echelle.cadre()
    noms = [(pleine, "avec" if apres else "prévu", "securise")]
    if apres:
        noms.append((avant, "sans", "probable"))
    dernier = BAS + 100
    for courbe, nom, trait in sorted(noms, key=lambda x: echelle.y(x[0].bas[-1]), reverse=True):
        corps.append(_trait(echelle.chemin(courbe.bas), trait))
        y = min(echelle.y(courbe.bas[-1]) + 4, dernier - ECART_ETIQUETTES)
        dernier = y
        corps.append(texte(LARGEUR - 1, y, nom, taille=9.5, ancre="end", gras=courbe is pleine))
    dits = [
        f"{nom} : au plus bas {nombre(min(c.bas) / 100)} € le mois finissant le "
        f"{date_courte(c.fins[c.bas.index(min(c.bas))])}, à la fin {nombre(c.soldes[-1] / 100)} €"
        for c, nom, _ in noms
    ]
    if bande:
        creux = bande[0].index(min(bande[0]))
        dits.append(
            f"au plus bas de la bande, le {date_courte(pleine.fins[creux])}, entre "
            f"{nombre(bande[0][creux] / 100)} € et {nombre(bande[1][creux] / 100)} €"
        )
    return assembler(
        "tresorerie-essai", "Trésorerie la plus basse de chaque mois", f"{' ; '.join(dits)}.",
        hauteur=BAS + 22, corps=corps, definitions=[],
    )  # fmt: skip
