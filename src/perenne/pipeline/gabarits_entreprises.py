"""Ibis expressions that the sources of enterprises share: legal units, associations, registers."""

from __future__ import annotations

from typing import Any

import ibis

from perenne.pipeline.notice import Notice

NON_DIFFUSE = "[ND]"
"""What Sirene writes in place of what may not be published."""


def rempli(colonne: Any) -> Any:
    """A text without what means nothing: spaces, an empty text, the mark of what is not published."""
    return colonne.strip().nullif("").nullif(NON_DIFFUSE)


def date(colonne: Any) -> Any:
    """A day as AAAA-MM-JJ; null for what is not one, and for the zeros and years 1 that stand for nothing."""
    jour = colonne.strip().left(10)
    return ibis.ifelse(
        jour.re_search(r"^(1[5-9]|20)[0-9]{2}-[01][0-9]-[0-3][0-9]$") & jour.try_cast("date").notnull(),
        jour,
        ibis.null().cast("string"),
    )


def _texte(colonne: Any) -> Any:
    return ibis.null().cast("string") if colonne is None else rempli(colonne)


def unite_legale(siren: Any, *, diffusible: Any, **champs: Any) -> dict[str, Any]:
    """Columns of the table `unite_legale`; those that the file does not have are null."""
    noms = (
        "rna", "nom", "usage1", "usage2", "usage3", "sigle", "forme", "mention", "mission", "etat",
        "creee_le", "fermee_le", "naf", "effectif", "annee_effectif", "employeur", "maj",
    )  # fmt: skip
    inconnus = set(champs) - set(noms)
    if inconnus:
        raise ValueError(f"champs inconnus : {sorted(inconnus)}")
    return {
        "siren": siren.strip(),
        "diffusible": diffusible.fill_null(False),
        **{n: _texte(champs.get(n)) for n in noms},
    }


def association(brut: Any, notice: Notice) -> dict[str, Any]:
    """Columns of the table `association`, for the two files of the register."""

    def colonne(nom: str) -> Any:
        return _texte(brut[nom] if nom in notice.colonnes else None)

    siret = brut.siret.re_replace(r"[^0-9]", "")
    position = colonne("position")
    return {
        "rna": brut.id.strip(),
        "rna_ancien": colonne("id_ex"),
        "siret": ibis.ifelse(siret.length() == 14, siret, ibis.null().cast("string")),
        "nom": colonne("titre"),
        "sigle": colonne("titre_court"),
        "objet": colonne("objet"),
        "objet_social1": colonne("objet_social1").nullif("000000"),
        "objet_social2": colonne("objet_social2").nullif("000000"),
        "creee_le": date(brut.date_creat),
        "fermee_le": date(brut.date_disso) if "date_disso" in notice.colonnes else _texte(None),
        "etat": position.cases(("A", "A"), ("D", "C"), ("S", "C"), else_=""),
        "nature": colonne("nature"),
        "code_commune": colonne("adrs_codeinsee"),
        "code_postal": colonne("adrs_codepostal"),
        "maj": colonne("maj_time"),
    }


def registre(nom_registre: str, notice: Notice, **champs: Any) -> dict[str, Any]:
    """Columns of the table `registre`: a structure named in a list, and what the list says of it."""
    textes = (
        "reference", "siren", "siret", "categorie", "nom", "nom_usage", "code_commune", "commune_nom",
        "departement", "date", "fin", "texte",
    )  # fmt: skip
    inconnus = set(champs) - set(textes) - {"lon", "lat"}
    if inconnus:
        raise ValueError(f"champs inconnus : {sorted(inconnus)}")
    colonnes = {n: _texte(champs.get(n)) for n in textes}
    vide = ibis.null().cast("float64")
    return {
        "registre": ibis.literal(nom_registre),
        "producteur_registre": ibis.literal(notice.producteur),
        **colonnes,
        "siren": colonnes["siren"].coalesce(colonnes["siret"].left(9)),
        "lon": champs.get("lon", vide),
        "lat": champs.get("lat", vide),
    }


def service(nom_registre: str, *, reference: Any, **champs: Any) -> dict[str, Any]:
    """Columns of the table `service`: what a structure named in a list says it offers.

    Args:
        nom_registre: the list where the structure is named.
        reference: the structure, as this list refers to it.
        champs: `nom`, `texte`, `types`, `themes`, `date`.
    """
    noms = ("nom", "texte", "types", "themes", "date")
    inconnus = set(champs) - set(noms)
    if inconnus:
        raise ValueError(f"champs inconnus : {sorted(inconnus)}")
    return {
        "registre": ibis.literal(nom_registre),
        "reference": reference,
        **{n: _texte(champs.get(n)) for n in noms},
    }


def point(texte: Any, rang: int) -> Any:
    """Longitude (0) or latitude (1) of « SRID=4326;POINT (2.43 48.88) »."""
    return texte.re_extract(r"POINT ?\((-?[0-9.]+) (-?[0-9.]+)\)", rang + 1).try_cast("float64")


def code_postal_departement(code_postal: Any) -> Any:
    """Département of a postal code; Corsica stays « 20 », told apart by the name of the commune."""
    propre = code_postal.strip()
    return ibis.ifelse(propre.startswith("97"), propre.left(3), propre.left(2)).nullif("")
