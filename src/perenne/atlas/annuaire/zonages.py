"""Which communes, or quartiers, are in a zoning at a date, and whether the atlas knows it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from perenne.atlas.lecteur import Atlas, date_iso, texte
from perenne.domain.savoir.commun import Periode
from perenne.domain.savoir.zonages import Aire, Zonage
from perenne.domain.territoire.zonages import Appartenance, dater


@dataclass(frozen=True, kw_only=True)
class Membres:
    """Members of a zoning at a date.

    Attributes:
        observe: False when no list of the atlas says who they are at that date: nobody is in it for sure, and
            nobody is out of it.
    """

    genre: str
    codes: tuple[str, ...]
    observe: bool


def lire_membres(atlas: Atlas, zonage: Zonage, vues_le: Mapping[str, dt.date], au: dt.date) -> Membres:
    """The communes of a zoning, or its quartiers when it is made of them.

    Args:
        vues_le: by source, the date that its list describes.
    """
    genre = "qpv" if zonage.maille == "quartier" else "commune"
    observe, codes = False, []
    for code, du, fin, source in atlas.lire(
        "SELECT code, du, au, source FROM appartenance WHERE zonage = ? AND type = ? ORDER BY code",
        (zonage.id, genre),
    ):
        ligne = Appartenance(
            code=str(code), zonage=zonage.id, source=texte(source),
            periode=Periode(du=date_iso(du), au=date_iso(fin)),
        )  # fmt: skip
        if dater(ligne, zonage, vues_le, _aire(str(code))).periode.contient(au):
            observe = True
            codes.append(ligne.code)
    return Membres(genre=genre, codes=tuple(dict.fromkeys(codes)), observe=observe)


def _aire(code: str) -> Aire:
    return "outre-mer" if code.startswith(("97", "QN97", "QP97")) else "metropole"
