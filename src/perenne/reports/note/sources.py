"""The data sets cited at the foot of a paper note: by producer, with vintage, date of the file, licence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from perenne.domain.territoire.identite import SourceCitee
from perenne.reports.typographie import composer, date_courte

RESERVE = "* forme dérivée : le fichier officiel du producteur n'a pas été vu."


def _dater(texte: str) -> str:
    try:
        return f"fichier du {date_courte(dt.date.fromisoformat(texte[:10]))}"
    except ValueError:
        return texte


def _citer(source: SourceCitee, *, licence: bool, date: bool) -> str:
    dits = [source.jeu, source.millesime]
    dits += [_dater(source.date_fichier)] if date and source.date_fichier else []
    dits += [source.licence] if licence and source.licence else []
    return ", ".join(d for d in dits if d) + ("" if source.format_verifie else "*")


def citer_sources(sources: Sequence[SourceCitee]) -> tuple[str, ...]:
    """One line per producer, each with its data sets; what all share (date, licence) is said once at the end.

    No source is ever left out to save room.
    """
    dates = {s.date_fichier for s in sources}
    licences = {s.licence for s in sources}
    producteurs = dict.fromkeys(s.producteur for s in sources)
    lignes = [
        f"{producteur} : "
        + " ; ".join(
            _citer(s, licence=len(licences) > 1, date=len(dates) > 1)
            for s in sources
            if s.producteur == producteur
        )
        + "."
        for producteur in producteurs
    ]
    communs = []
    if len(dates) == 1 and (date := next(iter(dates))):
        communs.append(_dater(date).replace("fichier", "Fichiers", 1) + ".")
    if len(licences) == 1 and (licence := next(iter(licences))):
        communs.append(f"{licence}.")
    if any(not s.format_verifie for s in sources):
        communs.append(RESERVE)
    return tuple(composer(x) for x in [*lignes, " ".join(communs)] if x)
