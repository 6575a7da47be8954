"""The other names of the enterprises of the fictional files, and the words that find them."""

from __future__ import annotations

import sqlite3

from perenne.pipeline.construction import AtlasConstruit


def test_names_of_every_register_are_kept_with_their_kind_and_source(base: sqlite3.Connection) -> None:
    noms = {
        (n["id"], n["nom"]): (n["genre"], n["source"]) for n in base.execute("SELECT * FROM entreprise_nom")
    }
    assert noms["100000002", "L'ÉCHO DE L'ONDE"] == ("rna", "interieur_rna_waldec")
    assert noms["100000003", "ENSEIGNE 100000003"] == ("enseigne", "insee_sirene_etablissements")
    assert noms["100000009", "NOM PERIME"] == ("ancien", "insee_sirene_unites")
    assert noms["W991000013", "EN DOUBLE"] == ("ancien", "interieur_rna_waldec")
    principaux = {e["id"]: e["nom"] for e in base.execute("SELECT id, nom FROM entreprise")}
    assert not [cle for cle in noms if (principaux[cle[0]] or "").lower() == cle[1].lower()]


def test_a_unit_that_asked_not_to_be_shown_has_no_other_name(base: sqlite3.Connection) -> None:
    assert base.execute("SELECT nom FROM entreprise_nom WHERE id = '100000007'").fetchall() == []
    rangs = base.execute("SELECT n FROM entreprise_mot WHERE mot = 'secrete'").fetchone()
    assert rangs["n"] == 1  # the association of that name alone, which the register of associations publishes


def test_addresses_are_not_searched(base: sqlite3.Connection) -> None:
    mots = {m["mot"] for m in base.execute("SELECT mot FROM entreprise_mot")}
    assert not mots & {"vague", "vagues", "discrete", "rue", "99000"}


def test_the_directory_holds_every_enterprise_once(
    base: sqlite3.Connection, atlas_entreprises: AtlasConstruit
) -> None:
    total = atlas_entreprises.manifeste["tables"]["entreprise"]
    assert base.execute("SELECT max(total) FROM entreprise_rang").fetchone()[0] == total
    par_verdict = base.execute("SELECT sum(n) FROM entreprise_facette WHERE genre = 'verdict'").fetchone()[0]
    assert par_verdict == total
