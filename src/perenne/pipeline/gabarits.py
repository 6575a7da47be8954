"""Ibis expressions that several sources share: numbers, measures, members of a programme."""

from __future__ import annotations

from typing import Any

import ibis

from perenne.pipeline.notice import Mesure, Notice

OBSERVE, SECRET, ABSENT, SANS_OBJET = "observe", "secret", "absent", "sans-objet"
_CODE_ENTRE_PARENTHESES = r"\(([0-9]{9}|[0-9][0-9AB][0-9]{3})\)"


@ibis.udf.scalar.builtin(name="regexp_extract_all")  # type: ignore[untyped-decorator]
def _extraire_tout(texte: str, motif: str, groupe: int) -> list[str]:  # type: ignore[empty-body]
    """All matches of a group; DuckDB and Spark both have it under that name."""


def nombre(colonne: Any) -> Any:
    """A number from a French or English text; what is not a number (a secret, an empty cell) is null."""
    return colonne.strip().replace(",", ".").try_cast("float64")


def mesure(
    code: Any,
    indicateur: str,
    millesime: str,
    valeur: Any,
    *,
    secret: Any = None,
    numerateur: Any = None,
    denominateur: Any = None,
) -> dict[str, Any]:
    """Columns of the table `mesure`: a value of an indicator for a commune code, why it may be missing."""
    absent = ibis.literal(ABSENT) if secret is None else ibis.ifelse(secret, SECRET, ABSENT)
    vide = ibis.null().cast("float64")
    return {
        "code": code,
        "indicateur": ibis.literal(indicateur),
        "millesime": ibis.literal(millesime),
        "valeur": valeur.cast("float64"),
        "statut": ibis.ifelse(valeur.isnull(), absent, OBSERVE),
        "numerateur": vide if numerateur is None else numerateur.cast("float64"),
        "denominateur": vide if denominateur is None else denominateur.cast("float64"),
    }


def mesures_de_colonnes(brut: Any, notice: Notice, code: Any) -> Any:
    """The measures of the notice that stand in one column each, one row a code and an indicator."""

    def une(indicateur: str, m: Mesure) -> Any:
        cellule = brut[m.colonne]
        secrets = notice.colonnes[m.colonne].secret
        return brut.select(
            **mesure(
                code,
                indicateur,
                m.millesime or notice.millesime,
                nombre(cellule),
                secret=cellule.isin(secrets).fill_null(False) if secrets else None,
                denominateur=nombre(brut[m.poids]) if m.poids else None,
            )
        )

    return ibis.union(*[une(i, m) for i, m in notice.mesures.items() if m.colonne], distinct=False)


def zonage(
    code: Any,
    identifiant: Any,
    *,
    classement: Any = None,
    libelle: Any = None,
    du: Any = None,
) -> dict[str, Any]:
    """Columns of the table `zonage`: a code of the file (commune or SIREN) that belongs to a zoning."""
    vide = ibis.null().cast("string")
    return {
        "code": code,
        "zonage": identifiant if not isinstance(identifiant, str) else ibis.literal(identifiant),
        "classement": vide if classement is None else classement,
        "libelle": vide if libelle is None else libelle,
        "du": vide if du is None else du,
    }


def classements(brut: Any, code: Any, cellule: Any, tables: dict[str, dict[str, str]]) -> Any:
    """Members of each zoning of `tables`, which maps the labels of the file to the classes of the atlas."""
    return ibis.union(
        *[
            brut.filter(cellule.isin(list(t))).select(
                **zonage(code, identifiant, classement=cellule.cases(*t.items()))
            )
            for identifiant, t in tables.items()
        ],
        distinct=False,
    )


def propre(texte: Any) -> Any:
    """A label on one line, with the HTML entities that some files hold opened."""
    lisible = texte
    for entite, signe in (("&amp;", "&"), ("&#39;", "'"), ("&quot;", '"'), ("\u00a0", " ")):
        lisible = lisible.replace(entite, signe)
    return lisible.re_replace(r"\s+", " ").strip()


def extraire_codes(brut: Any) -> Any:
    """The rows of a programme's file, one a code of `liste_geo`, in the column `codes`."""
    return brut.mutate(codes=_extraire_tout(brut.liste_geo, _CODE_ENTRE_PARENTHESES, 1)).unnest("codes")


def programme(brut: Any, identifiant: str, date: str = "") -> Any:
    """Members of a programme whose file lists « Nom (code); Nom (code) » for each of its territories."""
    codes = extraire_codes(brut)
    return codes.select(
        **zonage(
            codes.codes,
            identifiant,
            libelle=propre(codes.lib_territoire),
            du=codes[date] if date else None,
        )
    ).distinct()
