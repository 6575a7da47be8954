"""The cases on a map of France, and the same list by number."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from perenne.atlas.lecteur import Atlas
from perenne.domain.territoire.identite import Cle
from perenne.reports.svg.base import Figure
from perenne.reports.svg.esquisse import METROPOLE, OUTRE_MER
from perenne.reports.svg.france import Partie, Repere, dessiner_france
from perenne.reports.svg.geometrie import Anneau, lire_wkb
from perenne.reports.typographie import accorder, composer
from perenne.services.atlas_ouvert import AtlasIndisponible, obtenir_atlas
from perenne.services.consulter.cas import CasResume, lister_cas
from perenne.services.consulter.lieux_des_cas import Lieu, lire_lieux, lire_lieux_de_la_base
from perenne.services.reglages import lire_reglages

REGIONS_MIN = 10
"""Under that many régions of the mainland, the atlas is not that of France: a sketch is drawn instead."""

TOLERANCE = 0.02
"""Degrees, about two kilometres: less than a point of the drawing."""

Anneaux = tuple[Anneau, ...]


@dataclass(frozen=True, kw_only=True)
class CasNumerote:
    """A case and its number on the map; `place` is False when the map does not show it."""

    numero: int
    cas: CasResume
    place: bool
    approche: bool


@dataclass(frozen=True, kw_only=True)
class CarteDesCas:
    """The numbered cases on their map.

    Attributes:
        esquisse: the outlines are a sketch, since the atlas in use does not hold France.
    """

    figure: Figure
    cas: tuple[CasNumerote, ...]
    esquisse: bool


@dataclass(frozen=True)
class _Fond:
    """The outlines of the mainland, and those of each overseas part with its name."""

    metropole: tuple[Anneaux, ...]
    outre_mer: dict[str, tuple[str, Anneaux]]


ESQUISSE = _Fond(
    metropole=METROPOLE, outre_mer={code: (nom, (anneau,)) for code, (nom, anneau) in OUTRE_MER.items()}
)


def dessiner_les_cas() -> CarteDesCas:
    """The map, on the outlines of the current atlas or on a sketch, with every case; drawn once an atlas."""
    try:
        version = obtenir_atlas().version
    except AtlasIndisponible:
        version = ""
    return _dessiner(str(lire_reglages().atlas), version)


@lru_cache(maxsize=2)
def _dessiner(dossier: str, version: str) -> CarteDesCas:
    del dossier
    cas = lister_cas()
    fond, lieux = (_fond(obtenir_atlas()), lire_lieux()) if version else (None, {})
    esquisse = fond is None or not lieux
    if fond is None or not lieux:
        fond, lieux = ESQUISSE, lire_lieux_de_la_base()
    numerotes = tuple(
        CasNumerote(
            numero=n,
            cas=c,
            place=c.id in lieux,
            approche=c.id in lieux and (lieux[c.id].precision != "commune" or lieux[c.id].probable),
        )
        for n, c in enumerate(cas, start=1)
    )
    metropole = [x for x in numerotes if x.place and lieux[x.cas.id].partie not in fond.outre_mer]
    encarts = [
        Partie(anneaux=(anneaux,), reperes=tuple(_repere(x, lieux) for x in ici), nom=nom)
        for code, (nom, anneaux) in fond.outre_mer.items()
        if (ici := [x for x in numerotes if x.place and lieux[x.cas.id].partie == code])
    ]
    figure = dessiner_france(
        "carte-des-cas",
        "Les entreprises de l’étude sur la carte de France",
        composer(
            f"{accorder(len(cas), 'entreprise')} ; le tableau qui suit les nomme dans l'ordre des numéros."
        ),
        Partie(anneaux=fond.metropole, reperes=tuple(_repere(x, lieux) for x in metropole)),
        encarts,
    )
    return CarteDesCas(figure=figure, cas=numerotes, esquisse=esquisse)


def _repere(x: CasNumerote, lieux: dict[str, Lieu]) -> Repere:
    lieu = lieux[x.cas.id]
    return Repere(numero=x.numero, lon=lieu.lon, lat=lieu.lat, bulle=f"{x.cas.nom}, {x.cas.lieu}")


def _fond(atlas: Atlas) -> _Fond | None:
    """The régions of the atlas; None when they are not those of France.

    Those of the mainland are simplified together, so that two of them keep one border.
    """
    import shapely  # noqa: PLC0415 - once an atlas

    codes = [c for (c,) in atlas.lire("SELECT code FROM territoire WHERE type = 'region' ORDER BY code")]
    loin = {t.code for t in atlas.territoires("region", codes).values() if t.drom}
    contours = atlas.contours([Cle(type="region", code=c) for c in codes], dans=True)
    proches = [c for c in contours if c.code not in loin]
    if len(proches) < REGIONS_MIN:
        return None
    simples = shapely.coverage_simplify(shapely.from_wkb([c.wkb for c in proches]), TOLERANCE)
    return _Fond(
        metropole=tuple(lire_wkb(shapely.to_wkb(forme)) for forme in simples),
        outre_mer={c.code: (c.nom, lire_wkb(c.wkb)) for c in contours if c.code in loin},
    )
