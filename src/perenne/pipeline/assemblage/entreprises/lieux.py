"""Where each establishment stands, how precisely, and whether it is in a quartier prioritaire."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import partial
from typing import Any

import ibis
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import shapely

from perenne.pipeline.assemblage.contexte import Contexte
from perenne.pipeline.assemblage.entreprises import geolocalisation
from perenne.pipeline.moteurs.empreintes import empreinte_des_donnees
from perenne.pipeline.moteurs.interface import Noyau
from perenne.pipeline.noyaux.projections import vers_lon_lat
from perenne.pipeline.noyaux.quartiers import ADRESSE, INCONNU, Quartiers

VOIES_MAX = 4
"""Different streets at the very same point above which it is that of the commune, not of an address."""

_AJOUTS = (
    ("lon", pa.float64()),
    ("lat", pa.float64()),
    ("precision", pa.string()),
    ("qpv_statut", pa.string()),
    ("qpv", pa.string()),
)


def situer(contexte: Contexte) -> None:
    """Create `etab_situe` and `atl_etablissement`.

    A unit that asked not to be shown keeps its commune and loses its name, its address and its point.
    """
    moteur = contexte.masse
    etabs, unites = moteur.table("etab"), moteur.table("unite")
    points = (
        etabs.filter(etabs.x.notnull())
        .group_by("code_commune", "x", "y")
        .agg(voies=etabs.voie.nunique())
        .filter(lambda t: t.voies > VOIES_MAX)
    )
    caches = unites.filter(~unites.diffusible).select("siren", cachee=ibis.literal(True)).distinct()
    prets = etabs.left_join(points, ["code_commune", "x", "y"]).select(etabs, centre=points.voies.notnull())
    prets = prets.left_join(caches, "siren").select(
        prets, visible=prets.diffusible & ~caches.cachee.fill_null(False)
    )
    prets = geolocalisation.joindre(contexte, prets)
    vide = ibis.null().cast("string")
    muets = {
        c: ibis.ifelse(prets.visible, prets[c], vide)
        for c in (
            "nom", "enseigne2", "enseigne3", "usage", "numero", "type_voie", "voie", "code_postal",
            "precision_insee", "qpv_insee", "qpv_insee_qualite",
        )
    }  # fmt: skip
    nuls = {
        c: ibis.ifelse(prets.visible, prets[c], ibis.null().cast("float64"))
        for c in ("x", "y", "lon_insee", "lat_insee")
    }
    prets = prets.mutate(**muets, **nuls)
    schema = pa.schema([*moteur.schema(prets), *_AJOUTS])
    par_commune, contours = lire_quartiers(contexte)
    moteur.noyau(
        "etab_situe", prets, partial(fabriquer, par_commune, contours, schema), schema,
        cle=empreinte_des_donnees(par_commune, contours),
    )  # fmt: skip
    _dire_hors_zone(contexte)
    moteur.voir("atl_etablissement", publier(moteur.table("etab_situe")))


def publier(etabs: Any) -> Any:
    """The columns of `etablissement`."""
    ferme = etabs.etat == "F"
    rue = [
        ibis.ifelse(p.isnull(), "", ibis.literal(" ") + p)
        for p in (etabs.numero, etabs.type_voie, etabs.voie)
    ]
    return etabs.select(
        "siret", "siren", "nom", "naf", "effectif", "employeur", "creee_le", "code_postal", "commune",
        "code_commune", "lon", "lat", "precision", "qpv_statut", "qpv", "qpv_insee", "qpv_insee_qualite",
        siege=etabs.siege.cast("int64"),
        etat=etabs.etat.cases(("A", "actif"), ("F", "ferme"), else_="inconnu"),
        fermee_le=ferme.ifelse(etabs.debut, ibis.null("string")),
        adresse=(rue[0] + rue[1] + rue[2]).strip(),
        precision_source=ibis.ifelse(
            etabs.precision_insee.notnull() & (etabs.precision != INCONNU), "insee", ibis.null("string")
        ),
        diffusible=etabs.visible.cast("int64"),
    )  # fmt: skip


def lire_quartiers(contexte: Contexte) -> tuple[dict[str, list[str]] | None, dict[str, bytes]]:
    """The quartiers of each commune, None when no list was read; the outline of each."""
    moteur = contexte.moteur
    par_commune: dict[str, list[str]] = defaultdict(list)
    for code, commune in moteur.lignes(
        "SELECT DISTINCT code, commune FROM atl_composition WHERE type = 'qpv' ORDER BY ALL"
    ):
        par_commune[commune].append(code)
    contours = dict(moteur.lignes("SELECT code, wkb FROM atl_contour WHERE type = 'qpv' ORDER BY code"))
    return dict(par_commune) if contexte.tables.get("quartier") else None, contours


def fabriquer(
    par_commune: Mapping[str, list[str]] | None, contours: Mapping[str, bytes], schema: pa.Schema
) -> Noyau:
    """The kernel, with its tree of outlines."""
    quartiers = Quartiers(par_commune, {c: shapely.from_wkb(g) for c, g in contours.items()})
    return partial(_situer_lot, quartiers=quartiers, schema=schema)


def _situer_lot(lot: pa.RecordBatch, quartiers: Quartiers, schema: pa.Schema) -> pa.RecordBatch:
    def nombres(nom: str) -> npt.NDArray[np.float64]:
        return np.asarray(lot.column(nom).to_numpy(zero_copy_only=False), np.float64)

    codes = [(c or "") for c in lot.column("code_commune").to_pylist()]
    departements = np.array([c[:3] if c.startswith(("97", "98")) else c[:2] for c in codes], dtype=object)
    lon, lat = vers_lon_lat(nombres("x"), nombres("y"), departements)
    lon, lat, precision = geolocalisation.preciser(lot, lon, lat, _precisions(lot, lon))
    communes = np.array(lot.column("commune").to_pylist(), dtype=object)
    statut, quartier = quartiers.situer(lon, lat, precision, communes)
    ajouts = [
        pa.array(lon, pa.float64(), from_pandas=True),
        pa.array(lat, pa.float64(), from_pandas=True),
        pa.array(precision, pa.string()),
        pa.array(statut, pa.string()),
        pa.array(quartier, pa.string()),
    ]
    return pa.RecordBatch.from_arrays([*lot.columns, *ajouts], schema=schema)


def _precisions(lot: pa.RecordBatch, lon: npt.NDArray[np.float64]) -> npt.NDArray[np.object_]:
    """`adresse` needs a point, a number and a street; one shared by many streets is that of the commune."""

    def present(nom: str) -> npt.NDArray[np.bool_]:
        return np.asarray(lot.column(nom).is_valid().to_numpy(zero_copy_only=False), bool)

    centre = np.asarray(lot.column("centre").to_numpy(zero_copy_only=False), bool)
    voie, numero, point = present("voie"), present("numero"), np.isfinite(lon)
    precision = np.full(len(lon), INCONNU, dtype=object)
    precision[point] = "commune"
    precision[point & voie & ~centre] = "voie"
    precision[point & voie & numero & ~centre] = ADRESSE
    return precision


def _dire_hors_zone(contexte: Contexte) -> None:
    etabs = contexte.masse.table("etab_situe")
    hors = contexte.masse.compter(etabs.filter(etabs.x.notnull() & etabs.lon.isnull()))
    if hors:
        contexte.remarquer(
            "entreprises",
            f"{hors} établissements dont les coordonnées tombent hors de leur territoire, ou dont la "
            "projection n'est pas connue : sans point.",
        )
