"""The SQL of a comparison.

The rows of both versions are added up, +1 for B and -1 for A, grouped by their whole content: what does not
cancel out is the difference. It treats both sides alike, needs no key, counts duplicates, and spills to disk.
Only that difference, usually small, is then paired by key.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from perenne.pipeline.comparaison.description import Comparee

TRAVAIL = "travail"
PRECISION = 1e-9
"""Relative difference under which two numbers are the same: the order of a sum changes between builds."""

CREER_DETAILS = """
CREATE TABLE detail (rang INTEGER, "table" VARCHAR, nature VARCHAR, groupe VARCHAR[], cle VARCHAR[],
  libelle VARCHAR, colonne VARCHAR, avant VARCHAR, apres VARCHAR, passage BOOLEAN)
"""
LIRE_DETAILS = """
SELECT "table", nature, groupe, cle, libelle, colonne, avant, apres FROM detail
ORDER BY rang, nature, groupe, colonne, cle, avant, apres
"""
COMPTER = """
SELECT "table", nature, groupe, colonne, CASE WHEN passage THEN avant END AS de,
  CASE WHEN passage THEN apres END AS vers, count(*) AS nombre
FROM detail GROUP BY rang, "table", nature, groupe, colonne, passage, de, vers
ORDER BY rang, nature, groupe, colonne, nombre DESC, de, vers
"""


def type_commun(a: str, b: str) -> str:
    """The type in which two Arrow types are compared: BLOB, DOUBLE, BIGINT or VARCHAR."""
    if a == b == "binary" or a == b == "large_binary":
        return "BLOB"
    entiers = [t.startswith(("int", "uint")) for t in (a, b)]
    reels = [t in ("float", "double", "halffloat") for t in (a, b)]
    if all(entiers):
        return "BIGINT"
    return "DOUBLE" if all(e or r for e, r in zip(entiers, reels, strict=True)) else "VARCHAR"


def ajouter_noms(fichier: str) -> str:
    """Names of the territories of a file, those already known left out."""
    return (
        f"INSERT INTO noms SELECT type, code, any_value(nom) FROM read_parquet('{fichier}') t "
        "WHERE NOT EXISTS (SELECT 1 FROM noms n WHERE n.type = t.type AND n.code = t.code) GROUP BY ALL"
    )


def preparer(comparee: Comparee, types: Mapping[str, str], a: str, b: str) -> Iterator[str]:
    """Statements that leave in `ecart` the rows that do not cancel out, with how many times (B minus A)."""
    noms = ", ".join(_q(c) for c in types)
    lues = ", ".join(f"{_lue(c, t)} AS {_q(c)}" for c, t in types.items())
    lignes = (
        f"(SELECT {lues}, 1 AS _n FROM ({comparee.lecture.format(b)}) UNION ALL "
        f"SELECT {lues}, -1 AS _n FROM ({comparee.lecture.format(a)}))"
    )
    empreintes = f"hash({noms}) AS _h1, hash('sel', {noms}) AS _h2"
    for table in ("signe", "ecart"):
        yield f"DROP TABLE IF EXISTS {table}"
    # Two digests of 64 bits stand for a row: grouping whole rows of text took four times as long.
    yield (
        f"CREATE TABLE signe AS SELECT _h1, _h2 FROM (SELECT {empreintes}, _n FROM {lignes}) "
        "GROUP BY _h1, _h2 HAVING sum(_n) <> 0"
    )
    yield (
        f"CREATE TABLE ecart AS SELECT {noms}, sum(_n)::BIGINT AS _n "
        f"FROM (SELECT *, {empreintes} FROM {lignes}) SEMI JOIN signe USING (_h1, _h2) "
        f"GROUP BY {noms} HAVING sum(_n) <> 0"
    )


def detailler(comparee: Comparee, types: Mapping[str, str], rang: int) -> Iterator[str]:
    """Statements that pair the rows of `ecart` by key and describe each difference in `detail`."""
    cles, autres = _partager(comparee, types)
    partition = ", ".join(_q(c) for c in cles)
    ordre = ", ".join(_q(c) for c in autres) or "1"
    noms = ", ".join(_q(c) for c in types)
    for cote, signe in (("cote_a", "<"), ("cote_b", ">")):
        yield f"DROP TABLE IF EXISTS {cote}"
        yield (
            f"CREATE TABLE {cote} AS SELECT {noms}, row_number() OVER (PARTITION BY {partition} "
            f"ORDER BY {ordre}) AS _rang FROM (SELECT {noms}, unnest(range(abs(_n))) FROM ecart "
            f"WHERE _n {signe} 0)"
        )
    yield "DROP TABLE IF EXISTS paire"
    colonnes = ", ".join(f"a.{_q(c)} AS {_q('a_' + c)}, b.{_q(c)} AS {_q('b_' + c)}" for c in types)
    egales = " AND ".join(f"a.{_q(c)} IS NOT DISTINCT FROM b.{_q(c)}" for c in cles)
    yield (
        f"CREATE TABLE paire AS SELECT {colonnes}, a._rang AS _a, b._rang AS _b FROM cote_a a "
        f"FULL JOIN cote_b b ON a._rang = b._rang AND {egales}"
    )
    for nature, cote, absent in (("apparu", "b", "_a"), ("disparu", "a", "_b")):
        contenu = _contenu(cote, autres)
        valeurs = f"NULL, {contenu}" if cote == "b" else f"{contenu}, NULL"
        yield _inserer(
            comparee,
            types,
            f"{rang}, '{comparee.table}', '{nature}'",
            f"'', {valeurs}, false",
            f"{absent} IS NULL",
        )
    for c in autres:
        condition = f"_a IS NOT NULL AND _b IS NOT NULL AND {_differe(c, types[c])}"
        passage = str(c in comparee.passages).lower()
        valeurs = f"'{c}', {_q('a_' + c)}::VARCHAR, {_q('b_' + c)}::VARCHAR, {passage}"
        yield _inserer(comparee, types, f"{rang}, '{comparee.table}', 'change'", valeurs, condition)


def compter_arrondis(comparee: Comparee, types: Mapping[str, str]) -> str:
    """Rows paired whose content differs by rounding only."""
    _, autres = _partager(comparee, types)
    differents = " OR ".join(f"({_differe(c, types[c])})" for c in autres) or "true"
    return f"SELECT count(*) FROM paire WHERE _a IS NOT NULL AND _b IS NOT NULL AND NOT ({differents})"


def _inserer(comparee: Comparee, types: Mapping[str, str], debut: str, fin: str, condition: str) -> str:
    """Describe in `detail` the pairs that meet a condition; `debut` and `fin` stand around the key."""
    cles, _ = _partager(comparee, types)
    groupe, cle = (_liste(noms) for noms in (comparee.groupe, cles))
    libelle, jointure = "''", ""
    if "nom" in types and "nom" not in cles:
        libelle = "coalesce(b_nom, a_nom, '')"
    elif {"type", "code"} <= set(cles):
        libelle = "coalesce(noms.nom, '')"
        jointure = (
            "LEFT JOIN noms ON noms.type = coalesce(b_type, a_type) AND noms.code = coalesce(b_code, a_code)"
        )
    return (
        f"INSERT INTO detail SELECT {debut}, {groupe}, {cle}, {libelle}, {fin} FROM paire {jointure} "
        f"WHERE {condition}"
    )


def _partager(comparee: Comparee, types: Mapping[str, str]) -> tuple[list[str], list[str]]:
    return list(comparee.cle), [c for c in types if c not in comparee.cle]


def _liste(colonnes: tuple[str, ...] | list[str]) -> str:
    valeurs = ", ".join(f"coalesce({_q('b_' + c)}, {_q('a_' + c)})::VARCHAR" for c in colonnes)
    return f"[{valeurs}]::VARCHAR[]"


def _contenu(cote: str, autres: list[str]) -> str:
    if not autres:
        return "NULL"
    morceaux = ", ".join(f"'{c}=' || {_q(f'{cote}_{c}')}::VARCHAR" for c in autres)
    return f"concat_ws(', ', {morceaux})"


def _differe(colonne: str, type_: str) -> str:
    x, y = _q("a_" + colonne), _q("b_" + colonne)
    if type_ != "DOUBLE":
        return f"{x} IS DISTINCT FROM {y}"
    return (
        f"(({x} IS NULL) <> ({y} IS NULL) OR coalesce(abs({x} - {y}) > {PRECISION} * "
        f"greatest(abs({x}), abs({y})), false))"
    )


def _lue(colonne: str, type_: str) -> str:
    """A column as it is compared; an outline is as well known by its digest, a hundred times shorter."""
    return f"md5({_q(colonne)})" if type_ == "BLOB" else f"{_q(colonne)}::{type_}"


def _q(nom: str) -> str:
    return '"' + nom.replace('"', '""') + '"'
