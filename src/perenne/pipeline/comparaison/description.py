"""What identifies a row of each table, and how its changes are counted. One line per table."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Comparee:
    """A table as the comparison sees it.

    Attributes:
        cle: columns that say which row is which. Rows that share one are paired by the order of content.
        groupe: columns of the key by whose values the changes are counted.
        passages: columns with few values, whose changes are counted by value before and after.
        lecture: query that gives the rows from a file, `{}` standing for it.
    """

    table: str
    cle: tuple[str, ...]
    groupe: tuple[str, ...] = ()
    passages: tuple[str, ...] = ()
    lecture: str = "SELECT * FROM read_parquet('{}')"


COMPAREES = (
    Comparee(table="territoire", cle=("type", "code"), groupe=("type",)),
    Comparee(table="composition", cle=("type", "code", "commune"), groupe=("type",)),
    Comparee(table="commune_mouvement", cle=("code_ancien", "date_effet", "nature")),
    Comparee(
        table="appartenance",
        cle=("type", "code", "zonage"),
        groupe=("zonage", "type"),
        passages=("classement",),
    ),
    Comparee(
        table="valeur",
        cle=("indicateur", "type", "code", "millesime"),
        groupe=("indicateur", "type"),
        passages=("statut",),
    ),
    Comparee(table="contour", cle=("type", "code"), groupe=("type",)),
    Comparee(table="source", cle=("id",)),
    Comparee(table="entreprise", cle=("id",), passages=("etat", "verdict")),
    Comparee(table="entreprise_nom", cle=("id", "nom"), groupe=("genre",)),
    Comparee(table="entreprise_raison", cle=("id", "raison", "source")),
    Comparee(table="entreprise_lien", cle=("siren", "rna", "methode"), passages=("statut",)),
    Comparee(table="entreprise_registre", cle=("registre", "reference", "siret"), groupe=("registre",)),
    Comparee(
        table="entreprise_activite",
        cle=("operateur", "activite"),
        groupe=("activite",),
        passages=("confiance",),
    ),
    Comparee(table="etablissement", cle=("siret",), passages=("etat",)),
    Comparee(
        table="offre_operateur",
        cle=("operateur", "activite", "commune", "qpv"),
        groupe=("activite",),
        passages=("couche", "confiance"),
    ),
    Comparee(table="offre", cle=("type", "code", "sujet"), groupe=("type",)),
    Comparee(table="offre_lecture", cle=("departement", "registre", "source"), groupe=("registre",)),
    Comparee(table="offre_groupe", cle=("strate", "profil", "couche", "sujet"), groupe=("couche",)),
    Comparee(table="activite_besoin", cle=("activite", "besoin")),
)
DERIVEES = {
    "entreprise_activite": Comparee(
        table="structure",
        cle=("operateur",),
        lecture="SELECT operateur, string_agg(activite, ' ' ORDER BY activite) AS activites "
        "FROM read_parquet('{}') GROUP BY operateur",
    )
}
"""What is also compared, worked out from a table: here, whether a structure has changed its activities."""

_PAR_NOM = {c.table: c for c in COMPAREES}
_RANG = {c.table: rang for rang, c in enumerate(COMPAREES)}


def decrire(table: str, colonnes: Collection[str]) -> Comparee:
    """How to compare a table that has these columns in both versions.

    A table that is not described, or whose key is not whole, is compared row by row: each row is its own
    key, so that rows appear or disappear and none changes.
    """
    connue = _PAR_NOM.get(table)
    if connue is None or not set(connue.cle) <= set(colonnes):
        return Comparee(table=table, cle=tuple(colonnes))
    return Comparee(
        table=table,
        cle=connue.cle,
        groupe=connue.groupe,
        passages=tuple(c for c in connue.passages if c in colonnes),
    )


def ordonner(tables: Collection[str]) -> list[str]:
    """The tables in the order of their descriptions, the others after, by name."""
    return sorted(tables, key=lambda t: (_RANG.get(t, len(_RANG)), t))
