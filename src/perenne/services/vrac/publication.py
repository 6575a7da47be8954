"""Use case: the enterprises of the atlas as open data, in a folder with what must be said of them."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Literal

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.pipeline.publication import MANIFESTE, version_courante
from perenne.pipeline.schema import TABLES
from perenne.reports.typographie import nombre
from perenne.services.entreprises_ess import aucune_entreprise
from perenne.services.vrac.ecriture import ecrire_csv, ecrire_geojson

Format = Literal["parquet", "csv", "geojson"]
PUBLIEES = ("entreprise", "etablissement")
CACHEES = {
    "entreprise": ("nom", "sigle", "objet", "lon", "lat"),
    "etablissement": ("nom", "adresse", "code_postal", "lon", "lat"),
}
"""What the row of a unit that asked not to be shown must not hold."""

NOTICE = "LISEZMOI.md"


def exporter_entreprises(
    atlas: Path, vers: Path, format_: Format, *, progres: Callable[[str], None] = lambda _: None
) -> Mapping[str, int]:
    """Write the enterprises and the establishments of the current atlas, with a notice.

    Args:
        atlas: folder of the atlas.
        vers: folder to create; it must not exist, or be empty.

    Returns:
        Rows of each table.

    Raises:
        ErreurUtilisateur: no atlas, no enterprise in it, or the folder holds something or cannot be written.
    """
    version = version_courante(atlas)
    if version is None:
        raise ErreurUtilisateur(f"Aucun atlas dans {atlas}.", conseil="Lancez « perenne atlas construire ».")
    manifeste = json.loads((version / MANIFESTE).read_text(encoding="utf-8"))
    if not manifeste["tables"].get("entreprise"):
        raise aucune_entreprise()
    if vers.exists() and (not vers.is_dir() or any(vers.iterdir())):
        raise ErreurUtilisateur(
            f"« {vers} » existe et n'est pas vide.", conseil="Donnez le nom d'un nouveau dossier."
        )
    try:
        vers.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=vers.parent, prefix=".exporter-") as provisoire:
            chantier = Path(provisoire) / "export"
            chantier.mkdir(mode=0o755)
            for table in PUBLIEES:
                progres(f"Écriture : {table}.{format_}…")
                _ecrire(table, version / f"{table}.parquet", chantier / f"{table}.{format_}", format_)
            lignes = {t: int(manifeste["tables"][t]) for t in PUBLIEES}
            (chantier / NOTICE).write_text(_notice(manifeste, lignes, format_), encoding="utf-8")
            if vers.exists():
                vers.rmdir()
            chantier.replace(vers)
    except OSError as erreur:
        raise ErreurUtilisateur(f"« {vers} » ne peut pas être écrit ({erreur.strerror}).") from erreur
    return lignes


def _ecrire(table: str, publie: Path, cible: Path, format_: Format) -> None:
    _verifier(table, publie)
    if format_ == "parquet":
        shutil.copyfile(publie, cible)
    elif format_ == "csv":
        ecrire_csv(publie, cible)
    else:
        ecrire_geojson(table, publie, cible)


def _verifier(table: str, publie: Path) -> None:
    """Refuse to publish what someone asked not to be shown, whatever the build has done."""
    import pyarrow.compute as pc  # noqa: PLC0415 - loads what only this needs
    import pyarrow.parquet as pq  # noqa: PLC0415

    lues = pq.read_table(publie, columns=["diffusible", *CACHEES[table]])
    cachees = lues.filter(pc.equal(lues["diffusible"], 0))
    montrees = [c for c in CACHEES[table] if pc.any(pc.is_valid(_sans_vide(cachees[c]))).as_py()]
    if montrees:
        raise ErreurUtilisateur(
            f"La table « {table} » de cet atlas porte {', '.join(montrees)} d'unités non diffusibles : rien "
            "n'est écrit.",
            conseil="Reconstruisez l'atlas avec « perenne atlas construire ».",
        )


def _sans_vide(colonne: Any) -> Any:
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.compute as pc  # noqa: PLC0415

    if not pa.types.is_string(colonne.type):
        return colonne
    return pc.if_else(pc.equal(colonne, ""), pa.scalar(None, pa.string()), colonne)


def _notice(manifeste: Mapping[str, Any], lignes: Mapping[str, int], format_: Format) -> str:
    """What a reader of the files must know: columns, counts, sources, what was not observed."""
    entreprises = manifeste["entreprises"]
    departements = entreprises.get("departements") or []
    morceaux = [
        "# Entreprises de l'économie sociale et solidaire",
        "",
        f"Atlas {manifeste['version']}, construit le {manifeste['construit_le'][:10]} par Pérenne "
        f"{manifeste['perenne']}"
        + (f", limité aux départements {', '.join(departements)}." if departements else ", pays entier."),
        "",
        "Un verdict n'est pas un agrément : il dit ce que montrent les fichiers lus. Une case vide n'est pas",
        "un zéro : elle n'est pas observée. Une unité qui a demandé à ne pas être diffusée (`diffusible` 0)",
        "n'a ni nom, ni adresse, ni point.",
        "",
    ]
    for table in (t for t in TABLES if t.nom in lignes):
        morceaux += [
            f"## {table.nom}.{format_}",
            "",
            f"{table.libelle} {nombre(lignes[table.nom])} lignes.",
            "",
        ]
        morceaux += ["| colonne | contenu |", "|---|---|"]
        morceaux += [f"| {c.nom} | {c.libelle} |" for c in table.champs]
        morceaux += [""]
    if format_ == "geojson":
        morceaux += [
            "Sans point connu, la géométrie est `null` et `sans_point` dit pourquoi. WGS 84, RFC 7946.",
            "",
        ]
    morceaux += ["## Sources", "", "| producteur | jeu | date | licence |", "|---|---|---|---|"]
    citees = (
        f"| {s['producteur']} | {s['jeu']} | {s['millesime']} | {s['licence']} |"
        for s in manifeste["sources"]
        if s["id"] in entreprises["sources"]
    )
    morceaux += dict.fromkeys(citees)
    if remarques := entreprises.get("remarques"):
        morceaux += ["", "## À savoir", "", *(f"- {r}" for r in remarques)]
    return "\n".join(morceaux) + "\n"
