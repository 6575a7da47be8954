"""The other names of each enterprise: acronym, usual and former names, signs, names in the lists."""

from __future__ import annotations

from typing import Any

import ibis

from perenne.pipeline.assemblage.contexte import Contexte
from perenne.pipeline.moteurs.interface import MoteurDeMasse

ANCIEN, ENSEIGNE, LISTE, RNA, SIGLE, USAGE = "ancien", "enseigne", "liste", "rna", "sigle", "usage"
"""Kinds, in alphabetical order: a name that is of two of them is said to be of the last one."""


def assembler(contexte: Contexte) -> None:
    """Create `atl_entreprise_nom`. An enterprise that asked not to be shown has none."""
    masse = contexte.masse
    decidees = masse.table("entreprise_decidee")
    montrables = decidees.filter(decidees.diffusible == 1).select("id", "siren", "rna", principal="nom")
    dits = ibis.union(*_de_sirene(masse), *_du_rna(masse), *_des_listes(masse))
    par_siren, par_rna = dits.filter(dits.siren.notnull()), dits.filter(dits.rna.notnull())
    reunis = ibis.union(
        montrables.join(par_siren.drop("rna"), "siren").select("id", "principal", "nom", "genre", "source"),
        montrables.join(par_rna.drop("siren"), "rna").select("id", "principal", "nom", "genre", "source"),
    )
    autres = reunis.filter(reunis.principal.isnull() | (reunis.nom.lower() != reunis.principal.lower()))
    uniques = autres.group_by("id", "nom").agg(
        origine=ibis.struct({"genre": autres.genre, "source": autres.source}).max()
    )
    masse.materialiser(
        "atl_entreprise_nom",
        uniques.select("id", "nom", genre=uniques.origine["genre"], source=uniques.origine["source"]),
    )


def _noms(table: Any, colonne: str, genre: str, *, cle: str = "siren") -> Any:
    """The names in a column, with the number of their bearer."""
    vide = ibis.null().cast("string")
    return table.filter(table[colonne].notnull()).select(
        siren=table[cle] if cle == "siren" else vide,
        rna=table[cle] if cle == "rna" else vide,
        nom=table[colonne],
        genre=ibis.literal(genre),
        source=table.source,
    )


def _de_sirene(masse: MoteurDeMasse) -> list[Any]:
    unites, brutes, etabs = (masse.table(n) for n in ("unite", "unite_brute", "etab_situe"))
    actuelles = unites.select("siren", a_jour=unites.maj)
    perimees = brutes.join(actuelles, "siren").filter(lambda t: t.maj < t.a_jour)
    visibles = etabs.filter(etabs.visible)
    return [
        _noms(unites, "sigle", SIGLE),
        *(_noms(unites, f"usage{rang}", USAGE) for rang in (1, 2, 3)),
        _noms(perimees, "nom", ANCIEN),
        *(_noms(visibles, colonne, ENSEIGNE) for colonne in ("nom", "enseigne2", "enseigne3", "usage")),
    ]


def _du_rna(masse: MoteurDeMasse) -> list[Any]:
    assos, brutes = masse.table("asso"), masse.table("asso_brute")
    actuelles = assos.select("rna", a_jour=assos.maj)
    perimees = brutes.join(actuelles, "rna").filter(lambda t: t.maj < t.a_jour)
    renumerotees = assos.filter(assos.rna_ancien.notnull()).select("rna", rna_ancien=assos.rna_ancien)
    sous_ancien = brutes.select("nom", "source", rna_ancien=brutes.rna).join(renumerotees, "rna_ancien")
    return [
        _noms(assos, "nom", RNA, cle="rna"),
        _noms(assos, "sigle", SIGLE, cle="rna"),
        _noms(perimees, "nom", ANCIEN, cle="rna"),
        _noms(sous_ancien, "nom", ANCIEN, cle="rna"),
    ]


def _des_listes(masse: MoteurDeMasse) -> list[Any]:
    registres = masse.table("registre_situe")
    return [_noms(registres, colonne, LISTE) for colonne in ("nom", "nom_usage")]
