"""Which version of a rule applies on a day."""

from __future__ import annotations

import datetime as dt
from typing import Literal, NamedTuple

from perenne.domain.savoir.regles import Regle, Version

Etat = Literal["en_vigueur", "avant", "lacune", "apres"]
"""`lacune`: between two known periods, nothing is known."""

UN_JOUR = dt.timedelta(days=1)


class Choix(NamedTuple):
    """The version that applies, its rank, and the last day of its period; or why there is none."""

    etat: Etat
    version: Version | None
    rang: int
    fin: dt.date | None


def fin_de(regle: Regle, rang: int) -> dt.date | None:
    """The last day of a version: its own, else the eve of the next one; None when it is still open."""
    version = regle.versions[rang]
    if version.au is not None:
        return version.au
    suivante = regle.versions[rang + 1].du if rang + 1 < len(regle.versions) else None
    return suivante - UN_JOUR if suivante else None


def version_au(regle: Regle, jour: dt.date) -> Choix:
    """The version in force on `jour`."""
    rang = -1
    for i, version in enumerate(regle.versions):
        if version.du <= jour:
            rang = i
    if rang < 0:
        return Choix("avant", None, -1, None)
    fin = fin_de(regle, rang)
    if fin is None or jour <= fin:
        return Choix("en_vigueur", regle.versions[rang], rang, fin)
    return Choix("lacune" if rang + 1 < len(regle.versions) else "apres", None, rang, fin)


def changements(regle: Regle) -> tuple[dt.date, ...]:
    """The days from which something changes: starts of versions, and days after an end."""
    jours = {v.du for v in regle.versions}
    fins = (fin_de(regle, i) for i in range(len(regle.versions)))
    return tuple(sorted(jours | {fin + UN_JOUR for fin in fins if fin is not None}))
