"""A figure of the supply against similar territories: what a small number allows to say, and nothing more."""

from __future__ import annotations

from perenne.domain.territoire.offre import (
    Chiffre,
    Couche,
    Groupe,
    Jugement,
    Repere,
    StatutLecture,
    Taux,
)
from perenne.domain.territoire.poisson import borner

POUR = 10_000
COMPARES_MINIMAL = 10
"""Under this number of territories, itself included, nothing is compared, as for indicators (ADR 0050)."""

FACTEUR = 2.0
"""« Comparable » needs an interval that rules out twice as many and half as many (ADR 0113: our choice)."""


def encadrer(nombre: int, habitants: int | None) -> Taux | None:
    """The rate of a count, with its exact interval; None without inhabitants."""
    if not habitants:
        return None
    bas, haut = borner(nombre)
    echelle = POUR / habitants
    return Taux(valeur=nombre * echelle, bas=bas * echelle, haut=haut * echelle)


def reperer(groupe: Groupe | None, nombre: int, habitants: int | None, *, membre: bool) -> Repere | None:
    """What to compare a figure with.

    Args:
        membre: whether the territory is counted in the group; it is then taken out of the common rate.

    Returns:
        None when too few territories are left, or nobody lives in them.
    """
    if groupe is None or groupe.compares < COMPARES_MINIMAL or not habitants:
        return None
    autres = groupe.habitants - (habitants if membre else 0)
    operateurs = groupe.operateurs - (nombre if membre else 0)
    taux = encadrer(operateurs, autres) if autres > 0 and operateurs >= 0 else None
    if taux is None:
        return None
    return Repere(
        compares=groupe.compares, taux=taux, mediane=groupe.mediane, quartile_bas=groupe.quartile_bas,
        quartile_haut=groupe.quartile_haut,
    )  # fmt: skip


def juger(taux: Taux | None, repere: Repere | None) -> Jugement:
    """What the interval allows to say.

    « Plus » and « moins » need two intervals that do not meet, and a rate out of the middle half of the
    group: with many inhabitants any small difference would otherwise be one. « Comparable » needs an interval
    that rules out twice as many and half as many, or a clear difference that stays in the middle half.
    """
    if taux is None or repere is None:
        return "sans-comparaison"
    commun = repere.taux
    au_dessus, au_dessous = taux.bas > commun.haut, taux.haut < commun.bas
    if au_dessus and taux.valeur >= repere.quartile_haut:
        return "plus"
    if au_dessous and taux.valeur <= repere.quartile_bas:
        return "moins"
    etroit = taux.bas >= commun.valeur / FACTEUR and taux.haut <= commun.valeur * FACTEUR
    return "comparable" if etroit or au_dessus or au_dessous else "trop-petit"


def chiffrer(
    couche: Couche,
    statut: StatutLecture,
    nombre: int,
    *,
    propres: int | None = None,
    faibles: int = 0,
    incertains: int = 0,
    habitants: int | None = None,
    groupe: Groupe | None = None,
    membre: bool = False,
) -> Chiffre:
    """The figure of a layer, framed and compared as far as what was read allows.

    Args:
        nombre: distinct operators found.
        propres: those that no narrower layer holds; `nombre` when not given. If no register feeds the layer
            there, some known all the same make the number « at least », and none is not a zero.
    """
    if statut == "non-observe":
        if not (nombre if propres is None else propres):
            return Chiffre(couche=couche, statut=statut, nombre=None)
        return Chiffre(couche=couche, statut="partiel", nombre=nombre, faibles=faibles, incertains=incertains)
    taux = encadrer(nombre, habitants)
    repere = reperer(groupe, nombre, habitants, membre=membre)
    return Chiffre(
        couche=couche, statut=statut, nombre=nombre, faibles=faibles, incertains=incertains, taux=taux,
        repere=repere, jugement=juger(taux, repere),
    )  # fmt: skip
