"""Where the cases are: their commune, or their département when the study says no more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from perenne.atlas.lecteur import Atlas
from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.territoire.identite import Cle, Territoire
from perenne.services.atlas_ouvert import AtlasIndisponible, obtenir_atlas
from perenne.services.savoir import obtenir_base


@dataclass(frozen=True, kw_only=True)
class Lieu:
    """A point of a case.

    Attributes:
        precision: `commune`, or `departement` for the middle of a département.
        probable: the commune is not written in the study.
        partie: code of its région with an atlas, of its département without: what tells overseas apart.
    """

    lon: float
    lat: float
    precision: Literal["commune", "departement"]
    probable: bool
    partie: str


def lire_lieux(base: BaseSavoir | None = None) -> dict[str, Lieu]:
    """The point of each case that the current atlas can place; none without an atlas."""
    base = base or obtenir_base()
    try:
        atlas = obtenir_atlas()
    except AtlasIndisponible:
        return {}
    communes = _communes(atlas, base)
    departements = atlas.territoires("departement", {c.implantation.departement for c in base.cas.values()})
    lieux = {}
    for cas in base.cas.values():
        place = cas.implantation
        commune, departement = communes.get(place.commune), departements.get(place.departement)
        trouve = commune or departement
        if trouve is not None and trouve.lon is not None and trouve.lat is not None:
            lieux[cas.id] = Lieu(
                lon=trouve.lon,
                lat=trouve.lat,
                precision="commune" if commune else "departement",
                probable=place.probable and commune is not None,
                partie=trouve.region,
            )
    return lieux


def lire_lieux_de_la_base(base: BaseSavoir | None = None) -> dict[str, Lieu]:
    """The point of each case that the knowledge base keeps, for a map without an atlas of France."""
    base = base or obtenir_base()
    return {
        cas.id: Lieu(
            lon=place.lon,
            lat=place.lat,
            precision="commune" if place.commune else "departement",
            probable=place.probable,
            partie=place.departement,
        )
        for cas in base.cas.values()
        if (place := cas.implantation).lon is not None and place.lat is not None
    }


def _communes(atlas: Atlas, base: BaseSavoir) -> dict[str, Territoire]:
    """The communes of the cases by the code that the study knew, followed to the present one."""
    demandees = {c.implantation.commune for c in base.cas.values() if c.implantation.commune}
    communes = atlas.territoires("commune", demandees)
    for code in demandees - communes.keys():
        suivies = [atlas.territoire(Cle(type="commune", code=f.code_actuel)) for f in atlas.filiations(code)]
        if len(suivies) == 1 and suivies[0] is not None:
            communes[code] = suivies[0]
    return communes
