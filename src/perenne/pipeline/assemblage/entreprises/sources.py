"""The legal units, establishments, associations and lists of every source read, one table a kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ibis
import pyarrow as pa

from perenne.pipeline.assemblage.contexte import Contexte

_FORMES: dict[str, tuple[str, dict[str, pa.DataType]]] = {
    "unite_legale": (
        "siren rna nom usage1 usage2 usage3 sigle forme mention mission etat creee_le fermee_le naf effectif "
        "annee_effectif employeur maj",
        {"diffusible": pa.bool_()},
    ),
    "etablissement": (
        "siret siren etat nom enseigne2 enseigne3 usage naf effectif employeur numero type_voie voie "
        "code_postal code_commune creee_le debut",
        {"siege": pa.bool_(), "diffusible": pa.bool_(), "x": pa.float64(), "y": pa.float64()},
    ),
    "association": (
        "rna rna_ancien siret nom sigle objet objet_social1 objet_social2 creee_le fermee_le etat nature "
        "code_commune code_postal maj",
        {},
    ),
    "registre": (
        "registre producteur_registre reference siren siret categorie nom nom_usage code_commune commune_nom "
        "departement date fin texte",
        {"lon": pa.float64(), "lat": pa.float64()},
    ),
    "geolocalisation": (
        "siret precision_insee qpv_insee qpv_insee_qualite",
        {"lon_insee": pa.float64(), "lat_insee": pa.float64()},
    ),
    "service": ("registre reference nom texte types themes date", {}),
}
"""Columns of each kind: texts, then the others."""


def reunir(contexte: Contexte, genre: str, choisir: Callable[[Any], Any] | None = None) -> Any:
    """The rows of every source of that kind, with their `source`; none when no source of it was read.

    Args:
        choisir: keeps some rows. Those of a national file are chosen before their cells are worked on:
            that is most of the time on such a file.
    """
    morceaux = []
    for source in contexte.tables.get(genre, []):
        brut = contexte.masse.table(f"brut_{source}")
        nationale = contexte.notices[source].fichier.lecture == "volumineuse"
        if choisir is not None and nationale:
            brut = choisir(brut)
        lue = contexte.transformer[source](brut)[genre]
        if choisir is not None and not nationale:
            lue = choisir(lue)
        morceaux.append(lue.mutate(source=ibis.literal(source)))
    if not morceaux:
        return _vide(contexte, genre)
    noms = morceaux[0].columns
    return ibis.union(*[m.select(*noms) for m in morceaux]) if len(morceaux) > 1 else morceaux[0]


def _vide(contexte: Contexte, genre: str) -> Any:
    nom = f"aucun_{genre}"
    if not contexte.masse.connue(nom):
        textes, autres = _FORMES[genre]
        types = {**dict.fromkeys(textes.split(), pa.string()), **autres, "source": pa.string()}
        contexte.masse.deposer(nom, pa.schema(list(types.items())).empty_table())
    return contexte.masse.table(nom)
