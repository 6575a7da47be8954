"""What enterprises are filtered by: for each value of each kind, the enterprises that have it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Entiers = npt.NDArray[np.int64]

DIRECTES = ("verdict", "etat", "employeur", "qpv_statut", "precision", "commune", "departement")
"""Columns of the table of enterprises that are facets as they are; an empty value is one of them."""

SANS_SIREN = "rna"
"""Stands for the legal form of an association that Sirene does not know."""


@dataclass(frozen=True, kw_only=True)
class Tables:
    """Columns of the atlas, as read.

    Attributes:
        entreprise: in the order of `id`; `porteurs` are places in it.
        autres: `etablissement`, `entreprise_activite`, `entreprise_raison`, `entreprise_registre` and
            `territoire`.
    """

    entreprise: pa.Table
    autres: dict[str, pa.Table]

    def porteurs(self, cle: pa.ChunkedArray, colonne: str = "id") -> npt.NDArray[np.float64]:
        """Place of the enterprise of each key, NaN for a key of none."""
        connues = self.entreprise[colonne].combine_chunks()
        return np.asarray(pc.index_in(cle, connues).to_numpy(), np.float64)


@dataclass(frozen=True, kw_only=True)
class Facette:
    """Pairs of an enterprise and a value."""

    genre: str
    porteurs: Entiers
    valeurs: pa.Array

    @classmethod
    def lire(cls, genre: str, porteurs: npt.NDArray[Any], valeurs: pa.ChunkedArray) -> Facette:
        """Pairs whose enterprise is known; an absent value is an empty one."""
        connus = np.isfinite(porteurs)
        textes = pc.fill_null(valeurs, "").combine_chunks()
        return cls(
            genre=genre,
            porteurs=porteurs[connus].astype(np.int64),
            valeurs=textes.filter(pa.array(connus)),
        )


def facettes(tables: Tables) -> Iterator[Facette]:
    """Every pair, kind by kind; a pair may come twice."""
    tous = np.arange(tables.entreprise.num_rows, dtype=np.float64)
    for colonne in DIRECTES:
        yield Facette.lire(colonne, tous, tables.entreprise[colonne])
    yield _formes(tables, tous)
    yield from _situees(tables, tous, tables.entreprise)
    actifs = tables.autres["etablissement"].filter(pc.equal(tables.autres["etablissement"]["etat"], "actif"))
    porteurs = tables.porteurs(actifs["siren"], "siren")
    for colonne in ("commune", "departement"):
        lieux = actifs if colonne == "commune" else _departements(tables, actifs)
        yield Facette.lire(colonne, porteurs, lieux[colonne])
    yield from _situees(tables, porteurs, actifs)
    yield from _arrondissements(tables, porteurs, actifs)
    yield from _activites(tables)
    yield from _listes(tables)


def _formes(tables: Tables, tous: npt.NDArray[Any]) -> Facette:
    """Legal forms; an association that only the register of associations knows has none in Sirene."""
    formes, sirens = tables.entreprise["forme"], tables.entreprise["siren"]
    sans = pc.and_(pc.is_null(formes), pc.equal(pc.fill_null(sirens, ""), ""))
    return Facette.lire("forme", tous, pc.if_else(sans, SANS_SIREN, formes))


def _situees(tables: Tables, porteurs: npt.NDArray[Any], lieux: pa.Table) -> Iterator[Facette]:
    """The région and the quartier of places."""
    communes = _communes(tables)
    place = pc.index_in(lieux["commune"], communes["code"].combine_chunks())
    yield Facette.lire("region", porteurs, _chunked(communes["region"].combine_chunks().take(place)))
    quartiers = lieux["qpv"]
    dits = pc.is_valid(quartiers).to_numpy(zero_copy_only=False)
    yield Facette.lire("qpv", porteurs[dits], quartiers.filter(pa.array(dits)))


def _communes(tables: Tables) -> pa.Table:
    territoires = tables.autres["territoire"]
    return territoires.filter(pc.equal(territoires["type"], "commune"))


def _departements(tables: Tables, actifs: pa.Table) -> pa.Table:
    communes = _communes(tables)
    place = pc.index_in(actifs["commune"], communes["code"].combine_chunks())
    departements = communes["departement"].combine_chunks().take(place)
    return pa.table({"departement": _chunked(departements)})


def _arrondissements(tables: Tables, porteurs: npt.NDArray[Any], actifs: pa.Table) -> Iterator[Facette]:
    """Municipal districts, whose enterprises are otherwise those of the city; an empty one where unknown."""
    territoires = tables.autres["territoire"]
    codes = territoires.filter(pc.equal(territoires["type"], "arrondissement-municipal"))["code"]
    dedans = pc.is_in(actifs["code_commune"], codes.combine_chunks()).to_numpy(zero_copy_only=False)
    genre = "arrondissement-municipal"
    yield Facette.lire(genre, porteurs[dedans], actifs["code_commune"].filter(pa.array(dedans)))
    villes = pc.unique(actifs["commune"].filter(pa.array(dedans))).drop_null()
    des_villes = pc.is_in(tables.entreprise["commune"], villes).to_numpy(zero_copy_only=False)
    connus = porteurs[dedans]
    sans = np.setdiff1d(np.flatnonzero(des_villes), connus[np.isfinite(connus)].astype(np.int64))
    yield Facette(genre=genre, porteurs=sans, valeurs=pa.array([""] * len(sans), pa.string()))


def _activites(tables: Tables) -> Iterator[Facette]:
    """Activities: under « activite » those sure enough to be counted, an empty one where there is none."""
    activites = tables.autres["entreprise_activite"]
    porteurs = tables.porteurs(activites["id"])
    sures = pc.not_equal(activites["confiance"], "faible").to_numpy(zero_copy_only=False)
    for genre, garde in (("activite", sures), ("activite-faible", ~sures)):
        yield Facette.lire(genre, porteurs[garde], activites["activite"].filter(pa.array(garde)))
    sans = np.setdiff1d(
        np.arange(tables.entreprise.num_rows), porteurs[np.isfinite(porteurs)].astype(np.int64)
    )
    yield Facette(genre="activite", porteurs=sans, valeurs=pa.array([""] * len(sans), pa.string()))


def _listes(tables: Tables) -> Iterator[Facette]:
    """Approvals and lists in force on the day of the build, and the kind of structure of inclusion."""
    raisons = tables.autres["entreprise_raison"]
    listes = pa.array(["ess-france", "esus", "siae"])
    valables = pc.and_(pc.equal(raisons["sens"], "pour"), pc.is_in(raisons["raison"], listes))
    raisons = raisons.filter(valables)
    yield Facette.lire("agrement", tables.porteurs(raisons["id"]), raisons["raison"])
    siae = raisons.filter(pc.and_(pc.equal(raisons["raison"], "siae"), pc.not_equal(raisons["valeur"], "")))
    especes = pc.binary_join_element_wise(siae["raison"], siae["valeur"], ":")
    yield Facette.lire("agrement", tables.porteurs(siae["id"]), especes)
    registres = tables.autres["entreprise_registre"]
    autres = registres.filter(pc.invert(pc.is_in(registres["registre"], listes)))
    yield Facette.lire("agrement", tables.porteurs(autres["id"]), autres["registre"])


def _chunked(valeurs: pa.Array | pa.ChunkedArray) -> pa.ChunkedArray:
    return valeurs if isinstance(valeurs, pa.ChunkedArray) else pa.chunked_array([valeurs])
