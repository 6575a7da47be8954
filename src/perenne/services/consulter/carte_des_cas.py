"""The cases on a map of France, and the same list by number."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from perenne.atlas.lecteur import Atlas
from perenne.domain.territoire.identite import Cle
from perenne.reports.svg.base import Figure
from perenne.reports.svg.france import Partie, Repere, dessiner_france
from perenne.reports.svg.geometrie import Anneau, lire_wkb
from perenne.reports.typographie import accorder, composer
from perenne.services.atlas_ouvert import AtlasIndisponible, obtenir_atlas
from perenne.services.consulter.cas import CasResume, lister_cas
from perenne.services.consulter.lieux_des_cas import Lieu, lire_lieux
from perenne.services.reglages import lire_reglages

REGIONS_MIN = 10
"""Under that many régions of the mainland, the atlas is not that of France: there is no map."""

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
    """The numbered cases; the figure is None when the atlas holds no map of France."""

    figure: Figure | None
    cas: tuple[CasNumerote, ...]


@dataclass(frozen=True)
class _Region:
    code: str
    nom: str
    drom: bool
    anneaux: Anneaux


def dessiner_les_cas() -> CarteDesCas:
    """The map of the current atlas, with every case; drawn once an atlas."""
    try:
        version = obtenir_atlas().version
    except AtlasIndisponible:
        version = ""
    return _dessiner(str(lire_reglages().atlas), version)


@lru_cache(maxsize=2)
def _dessiner(dossier: str, version: str) -> CarteDesCas:
    del dossier
    lieux, cas = lire_lieux(), lister_cas()
    regions = _regions(obtenir_atlas()) if version else ()
    hexagone = [r for r in regions if not r.drom]
    complete = len(hexagone) >= REGIONS_MIN and bool(lieux)
    numerotes = tuple(
        CasNumerote(
            numero=n,
            cas=c,
            place=complete and c.id in lieux,
            approche=c.id in lieux and (lieux[c.id].precision != "commune" or lieux[c.id].probable),
        )
        for n, c in enumerate(cas, start=1)
    )
    if not complete:
        return CarteDesCas(figure=None, cas=numerotes)
    codes = {r.code for r in regions if r.drom}
    metropole = [x for x in numerotes if x.place and lieux[x.cas.id].region not in codes]
    encarts = [
        Partie(anneaux=(r.anneaux,), reperes=tuple(_repere(x, lieux) for x in ici), nom=r.nom)
        for r in regions
        if r.drom and (ici := [x for x in numerotes if x.place and lieux[x.cas.id].region == r.code])
    ]
    figure = dessiner_france(
        "carte-des-cas",
        "Les entreprises de l’étude sur la carte de France",
        composer(
            f"{accorder(len(cas), 'entreprise')} ; le tableau qui suit les nomme dans l'ordre des numéros."
        ),
        Partie(
            anneaux=tuple(r.anneaux for r in hexagone), reperes=tuple(_repere(x, lieux) for x in metropole)
        ),
        encarts,
    )
    return CarteDesCas(figure=figure, cas=numerotes)


def _repere(x: CasNumerote, lieux: dict[str, Lieu]) -> Repere:
    lieu = lieux[x.cas.id]
    return Repere(numero=x.numero, lon=lieu.lon, lat=lieu.lat, bulle=f"{x.cas.nom}, {x.cas.lieu}")


def _regions(atlas: Atlas) -> tuple[_Region, ...]:
    """The outlines; those of the mainland are simplified together, so that two régions keep one border."""
    import shapely  # noqa: PLC0415 - once an atlas

    codes = [c for (c,) in atlas.lire("SELECT code FROM territoire WHERE type = 'region' ORDER BY code")]
    loin = {t.code for t in atlas.territoires("region", codes).values() if t.drom}
    contours = atlas.contours([Cle(type="region", code=c) for c in codes], dans=True)
    proches = [c for c in contours if c.code not in loin]
    simples = shapely.coverage_simplify(shapely.from_wkb([c.wkb for c in proches]), TOLERANCE)
    return (
        *(
            _Region(c.code, c.nom, False, lire_wkb(shapely.to_wkb(forme)))
            for c, forme in zip(proches, simples, strict=True)
        ),
        *(_Region(c.code, c.nom, True, lire_wkb(c.wkb)) for c in contours if c.code in loin),
    )
