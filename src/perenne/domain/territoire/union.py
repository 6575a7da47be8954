"""A territory made of several, whatever the order in which they are given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from perenne.domain.territoire.identite import Cle, Territoire


def unir(parties: Collection[Territoire], communes: Mapping[str, Territoire]) -> Territoire:
    """Make the union of territories.

    Args:
        parties: the territories asked for, none of them a QPV; repeated or overlapping ones count once.
        communes: every commune of the parties, by code.

    Returns:
        The union: population and area are the sums over its distinct communes (None as soon as one is not
        known), its code and its name do not depend on the order of the parties. A single part is returned
        as it is.

    Raises:
        ValueError: no part, or a QPV, whose inhabitants cannot be added to those of communes.
    """
    distinctes = sorted({p.cle: p for p in parties}.values(), key=lambda p: p.cle)
    if not distinctes:
        raise ValueError("a union needs at least one territory")
    if any(p.type == "qpv" for p in distinctes) and len(distinctes) > 1:
        raise ValueError("a QPV does not add up with other territories")
    if len(distinctes) == 1:
        return distinctes[0]
    codes = tuple(sorted({c for p in distinctes for c in p.communes}))
    membres = [communes[c] for c in codes]
    types = {p.type for p in distinctes}
    lons, lats = [m.lon for m in membres], [m.lat for m in membres]
    return Territoire(
        type="union",
        code="+".join(str(p.cle) for p in distinctes),
        nom=" + ".join(p.nom for p in distinctes),
        population=somme_entiere([m.population for m in membres]),
        superficie_km2=somme([m.superficie_km2 for m in membres]),
        lon=_moyenne(lons),
        lat=_moyenne(lats),
        departement=_seul(m.departement for m in membres),
        region=_seul(m.region for m in membres),
        epci=_seul(m.epci for m in membres),
        densite=densite_dominante(densites(membres)),
        drom=_majoritairement_drom(membres),
        nature=types.pop() if len(types) == 1 else "",
        communes=codes,
    )


def densites(membres: Collection[Territoire]) -> dict[int, int]:
    """Inhabitants by class of the density grid, classes in order."""
    total: Counter[int] = Counter()
    for m in membres:
        if m.densite is not None:
            total[m.densite] += m.population or 0
    return dict(sorted(total.items()))


def densite_dominante(par_classe: Mapping[int, int]) -> int | None:
    """The class where most inhabitants live, the sparser one on a tie."""
    return max(par_classe, key=lambda k: (par_classe[k], k)) if par_classe else None


def somme_entiere(valeurs: Collection[int | None]) -> int | None:
    """The sum, None as soon as one value is not known."""
    connues = [v for v in valeurs if v is not None]
    return sum(connues) if connues and len(connues) == len(valeurs) else None


def somme(valeurs: Collection[float | None]) -> float | None:
    """The sum made in sorted order, None as soon as one value is not known."""
    connues = sorted(v for v in valeurs if v is not None)
    return sum(connues) if connues and len(connues) == len(valeurs) else None


def cles(parties: Collection[Territoire]) -> tuple[Cle, ...]:
    """The sorted distinct keys of territories."""
    return tuple(sorted({p.cle for p in parties}))


def _moyenne(valeurs: Collection[float | None]) -> float | None:
    connues = sorted(v for v in valeurs if v is not None)
    return sum(connues) / len(connues) if connues else None


def _seul(valeurs: Iterable[str]) -> str:
    uniques = set(valeurs)
    return uniques.pop() if len(uniques) == 1 else ""


def _majoritairement_drom(membres: Collection[Territoire]) -> bool:
    total = sum(m.population or 0 for m in membres)
    return 2 * sum(m.population or 0 for m in membres if m.drom) > total
