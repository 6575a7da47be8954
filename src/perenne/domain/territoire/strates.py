"""With whom a territory is compared: same kind, close density, overseas apart. The choices are in ADR
0050."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from perenne.domain.territoire.identite import Territoire
from perenne.domain.territoire.mesures import Strate

EFFECTIF_MINIMAL = 20
"""Under this number of territories a stratum is widened (ADR 0050: our convention)."""

TAILLES_URBAINES = (0, 50_000, 100_000)
"""Inhabitants that part the great urban centres: a town is not compared with the suburbs of others."""

_URBAIN = (1, 2, 3, 4)
_RURAL = (5, 6, 7)
_GROUPES: dict[str, tuple[tuple[int, ...], ...]] = {
    "epci": ((1,), (2, 3, 4), (5,), (6, 7)),
    "departement": (_URBAIN, _RURAL),
}


def choisir_strate(territoire: Territoire, compter: Callable[[Strate], int]) -> Strate:
    """Choose the stratum of a territory.

    Args:
        territoire: the territory; a union is compared with the intercommunalités, or with the départements or
            régions when it is made of those only (its `nature` says so).
        compter: how many territories of the atlas a stratum holds.

    Returns:
        The finest stratum of at least `EFFECTIF_MINIMAL` territories, else the widest one; `elargie` tells
        when
        the first choice was too small, `nombre` how many it holds.
    """
    candidats = list(_candidats(territoire))
    for rang, strate in enumerate(candidats):
        nombre = compter(strate)
        if nombre >= EFFECTIF_MINIMAL or rang == len(candidats) - 1:
            return replace(strate, nombre=nombre, elargie=rang > 0)
    raise AssertionError("a territory always has a stratum")


def _candidats(t: Territoire) -> Iterator[Strate]:
    """Strata from the finest to the widest."""
    type_ = type_compare(t)
    if type_ == "commune" and t.densite is not None:
        if t.drom:
            yield Strate(type=type_, densites=_groupe((_URBAIN, _RURAL), t.densite), drom=True)
        elif t.densite == 1:
            rang = max(i for i, bas in enumerate(TAILLES_URBAINES) if (t.population or 0) >= bas)
            yield Strate(
                type=type_,
                densites=(1,),
                population_min=TAILLES_URBAINES[rang] or None,
                population_max=next(iter(TAILLES_URBAINES[rang + 1 :]), None),
            )
            yield Strate(type=type_, densites=(1,))
        else:
            yield Strate(type=type_, densites=(t.densite,))
    elif type_ in _GROUPES and t.densite is not None and not t.drom:
        yield Strate(type=type_, densites=_groupe(_GROUPES[type_], t.densite))
    yield Strate(type=type_, drom=t.drom)


def nommer_strate(strate: Strate) -> str:
    """A stratum as a text, the same for the same territories: « commune densite:5 », « epci outre-mer »."""
    morceaux = [strate.type]
    if strate.densites:
        morceaux.append("densite:" + "-".join(map(str, strate.densites)))
    if strate.drom:
        morceaux.append("outre-mer")
    if strate.population_min is not None:
        morceaux.append(f"des:{strate.population_min}")
    if strate.population_max is not None:
        morceaux.append(f"sous:{strate.population_max}")
    return " ".join(morceaux)


def type_compare(t: Territoire) -> str:
    """The kind of territories that one is compared with."""
    if t.type != "union":
        return t.type
    return t.nature if t.nature in ("departement", "region") else "epci"


def _groupe(groupes: tuple[tuple[int, ...], ...], densite: int) -> tuple[int, ...]:
    return next(g for g in groupes if densite in g)
