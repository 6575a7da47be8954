"""The pages of the sources and of the atlas, from the notices and from the description of the tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from perenne.pipeline.notice import Colonne, Notice
from perenne.pipeline.schema import TABLES, VERSION
from perenne.pipeline.table import Table
from perenne.sources.registre import charger_notices

AVIS = "<!-- Page écrite par « make docs » : ne pas la modifier à la main. -->"
_TYPES = {
    "texte": "texte",
    "code_commune": "code de commune",
    "siren": "SIREN",
    "siret": "SIRET",
    "entier": "nombre entier",
    "nombre": "nombre",
    "date": "date",
    "geometrie": "géométrie",
}


def generer_atlas(racine: Path) -> Mapping[str, str]:
    """`docs/reference/atlas.md`."""
    return {"docs/reference/atlas.md": "\n".join(_page_atlas()) + "\n"}


def generer_sources(racine: Path) -> Mapping[str, str]:
    """`docs/reference/sources.md` and the `README.md` of each source."""
    notices = charger_notices()
    pages = {f"src/perenne/sources/{n.id}/README.md": "\n".join(_page_source(n)) + "\n" for n in notices}
    return {"docs/reference/sources.md": "\n".join(_page_sources(notices)) + "\n", **pages}


def _page_atlas() -> Iterator[str]:
    yield AVIS
    yield "# Les tables de l'atlas"
    yield ""
    yield (
        f"L'atlas publié (schéma {VERSION}) est un dossier : un fichier Parquet par table, les mêmes tables "
        "dans `atlas.sqlite`, et `manifest.json`. Dans le dossier nommé par `PERENNE_ATLAS`, "
        "le petit fichier "
        "`actuel` dit lequel est en vigueur."
    )
    yield ""
    yield (
        "SQLite ajoute `contour_rtree` (R*Tree, un rectangle par ligne de `contour`, même `rowid`) et "
        "`recherche` (FTS5 : `nom` en minuscules sans accent, `type`, `code` ; le type "
        "`ancienne-commune` renvoie à "
        "`commune_mouvement`). `user_version` porte le numéro du schéma."
    )
    for table in TABLES:
        yield from _table(table)


def _table(table: Table) -> Iterator[str]:
    yield ""
    yield f"## `{table.nom}`"
    yield ""
    yield table.libelle
    if table.cle:
        yield ""
        yield f"Clé : {', '.join(f'`{c}`' for c in table.cle)}."
    yield ""
    yield "| colonne | type | contenu |"
    yield "|---|---|---|"
    for champ in table.champs:
        yield f"| `{champ.nom}` | {champ.type} | {champ.libelle} |"


def _page_sources(notices: tuple[Notice, ...]) -> Iterator[str]:
    yield AVIS
    yield "# Les sources de l'atlas"
    yield ""
    yield (
        "Chaque source est un dossier de `src/perenne/sources/` : sa notice (`source.yml`) et sa "
        "transformation. « Format vérifié : non » veut dire que le fichier du producteur n'a "
        "pas pu être vu, et que seule une "
        "forme dérivée a servi à écrire la lecture."
    )
    yield ""
    entetes = ("source", "producteur", "jeu de données", "millésime", "indispensable", "téléchargée")
    yield f"| {' | '.join(entetes)} | format vérifié |"
    yield "|---|---|---|---|---|---|---|"
    for n in notices:
        telechargee = "oui" if n.telechargement else "non"
        lien = f"[`{n.id}`](../../src/perenne/sources/{n.id}/README.md)"
        yield (
            f"| {lien} | {n.producteur} | {n.jeu} | {n.millesime} | {n.obligatoire} | {telechargee} "
            f"| {n.format_verifie} |"
        )


def _page_source(n: Notice) -> Iterator[str]:
    yield AVIS
    yield f"# {n.titre}"
    yield ""
    yield "| | |"
    yield "|---|---|"
    yield f"| Producteur | {n.producteur} |"
    yield f"| Jeu de données | {n.jeu}, {n.millesime} |"
    yield f"| Licence | {n.licence} |"
    yield f"| Page | {n.page} |"
    yield f"| Fichier | {n.telechargement or 'adresse officielle non connue'} |"
    noms = ", ".join(f"`{m}`" for m in n.fichier.noms)
    yield f"| Reconnu à son nom | {noms} ({', '.join(n.fichier.formats)}) |"
    yield f"| Codes de commune au | {n.geographie:%d/%m/%Y} |"
    yield f"| Format vérifié sur le fichier du producteur | {n.format_verifie} |"
    if n.reserve:
        yield ""
        yield f"**Réserve.** {n.reserve}"
    yield ""
    yield "## Colonnes lues"
    yield ""
    yield "| colonne | contenu | type | contrôles |"
    yield "|---|---|---|---|"
    for nom, colonne in n.colonnes.items():
        yield f"| `{nom}` | {colonne.libelle} | {_TYPES[colonne.type]} | {_controles(colonne)} |"
    if n.ignorees:
        yield ""
        yield "## Colonnes connues et non lues"
        yield ""
        yield from (f"- `{nom}` : {raison}" for nom, raison in n.ignorees.items())
    if n.mesures:
        yield ""
        yield f"Indicateurs : {', '.join(f'`{i}`' for i in n.mesures)}."


def _controles(c: Colonne) -> str:
    regles = [
        "présente" if c.obligatoire == "oui" else "facultative",
        *(["remplie"] if c.vide == "non" else []),
    ]
    regles += [f"au moins {c.min:g}"] if c.min is not None else []
    regles += [f"au plus {c.max:g}"] if c.max is not None else []
    regles += [f"parmi {len(c.valeurs)} valeurs"] if c.valeurs else []
    regles += [f"{', '.join(c.secret)} = secret statistique"] if c.secret else []
    regles += [f"{', '.join(c.absent)} = non disponible"] if c.absent else []
    return ", ".join(regles)
