"""Levers crossed with the groups of cases, in words: raw counts, shares and their intervals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.domain.leviers.evaluation.croisement import Axe, Cellule, Grain, croiser
from perenne.domain.savoir.base import BaseSavoir
from perenne.reports.leviers.epreuve import AXES, LIMITES_CROISEMENT, nommer_groupe
from perenne.reports.typographie import composer, majuscule, nombre, sans_accents
from perenne.services.leviers.modele import obtenir_modele

AXES_DITS: dict[Axe, str] = {a: majuscule(AXES[a]) for a in get_args(Axe)}


@dataclass(frozen=True, kw_only=True)
class Groupe:
    """A group of cases; `axe` is `tous` for all of them together, `nombre` counts them."""

    axe: Axe
    id: str
    titre: str
    nombre: int


@dataclass(frozen=True, kw_only=True)
class Ligne:
    """A lever, or an action."""

    id: str
    code: str
    titre: str


@dataclass(frozen=True, kw_only=True)
class Case:
    """A lever (or an action) within a group.

    Attributes:
        k, n: cases where the study saw it, among the cases of the group.
        part, bas, haut: share shrunk towards the wider group, and its 95 % interval, from 0 to 1.
        lisible: False when the interval is too wide to say anything.
        compte, intervalle: the same in words.
    """

    ligne: str
    groupe: str
    k: int
    n: int
    part: float
    bas: float
    haut: float
    lisible: bool
    compte: str
    intervalle: str


@dataclass(frozen=True, kw_only=True)
class Croisement:
    """A crossing; `cases` has one item by line and group, lines first."""

    par: Axe
    grain: Grain
    lignes: tuple[Ligne, ...]
    groupes: tuple[Groupe, ...]
    cases: tuple[Case, ...]
    illisibles: int
    limites: tuple[str, ...]


def lire_axe(texte: str) -> Axe:
    """The axis asked for; activities when none is.

    Raises:
        ErreurUtilisateur: there is no such axis.
    """
    for axe in get_args(Axe):
        if axe == (texte or "activite"):
            return axe  # type: ignore[no-any-return]
    raise ErreurUtilisateur(
        f"« {texte} » n’est pas un croisement.", conseil=f"Choisissez parmi : {', '.join(get_args(Axe))}."
    )


def lire_grain(texte: str) -> Grain:
    """Levers or actions; levers when none is asked for.

    Raises:
        ErreurUtilisateur: neither.
    """
    for grain in get_args(Grain):
        if grain == (texte or "levier"):
            return grain  # type: ignore[no-any-return]
    raise ErreurUtilisateur(f"« {texte} » n’est pas une maille.", conseil="Choisissez levier ou action.")


def lire_croisement(par: Axe, grain: Grain) -> Croisement:
    """Cross the levers (or the actions) with the activities, themes or zonings of the cases."""
    modele = obtenir_modele()
    base = modele.savoir
    axes: tuple[Axe, ...] = ("tous",) if par == "tous" else ("tous", par)
    cellules = croiser(modele, axes, grain)
    comptes = {(c.axe, c.groupe): c.n for c in cellules}
    groupes = sorted(
        (
            Groupe(axe=axe, id=g, titre=majuscule(composer(nommer_groupe(axe, g, base))), nombre=n)
            for (axe, g), n in comptes.items()
        ),
        key=lambda g: (g.axe != "tous", sans_accents(g.titre)),
    )
    lignes = tuple(_ligne(x, grain, base) for x in dict.fromkeys(c.ligne for c in cellules))
    places = {(c.ligne, c.groupe): c for c in cellules}
    return Croisement(
        par=par,
        grain=grain,
        lignes=lignes,
        groupes=tuple(groupes),
        cases=tuple(_case(places[x.id, g.id]) for x in lignes for g in groupes),
        illisibles=sum(c.grisee for c in cellules),
        limites=tuple(map(composer, LIMITES_CROISEMENT)),
    )


def _ligne(identifiant: str, grain: Grain, base: BaseSavoir) -> Ligne:
    fiche = base.leviers[identifiant] if grain == "levier" else base.actions[identifiant]
    return Ligne(id=identifiant, code=fiche.code, titre=composer(fiche.titre))


def _case(c: Cellule) -> Case:
    return Case(
        ligne=c.ligne,
        groupe=c.groupe,
        k=c.k,
        n=c.n,
        part=c.moyenne,
        bas=c.bas,
        haut=c.haut,
        lisible=not c.grisee,
        compte=composer(f"{c.k} sur {c.n}"),
        intervalle=composer(f"{nombre(100 * c.bas)} à {nombre(100 * c.haut)} %"),
    )
