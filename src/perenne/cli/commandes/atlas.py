"""`perenne atlas`: download the official files, build the reference atlas, say what it holds."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typer

from perenne.services.reglages import lire_reglages


def ajouter(app: typer.Typer) -> None:
    """Add the group `atlas`."""
    groupe = typer.Typer(
        help="Construit l'atlas de référence à partir des fichiers officiels.",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    app.add_typer(groupe, name="atlas")

    @groupe.command("construire")
    def construire(
        sources: Path | None = typer.Option(
            None,
            "--sources",
            metavar="DOSSIER",
            help="Dossier des fichiers officiels, reconnus par leur nom et leur contenu. "
            "Par défaut, ce que « perenne atlas telecharger » a rangé.",
        ),
        vers: Path | None = typer.Option(
            None, "--vers", metavar="DOSSIER", help="Dossier de l'atlas. Par défaut, PERENNE_ATLAS."
        ),
    ) -> None:
        """Lit les fichiers officiels, les contrôle et publie l'atlas d'un seul coup.

        Si un fichier est faux, rien ne change : l'atlas précédent reste en place.
        """
        from perenne.services.construction_atlas import construire_atlas

        depart = time.monotonic()
        manifeste = construire_atlas(
            lire_reglages(),
            sources=sources,
            vers=vers,
            maintenant=dt.datetime.now().astimezone(),
            progres=lambda message: typer.echo(message, err=True),
        )
        _afficher(manifeste)
        typer.echo(f"Atlas construit en {time.monotonic() - depart:.0f} s.")

    @groupe.command("etat")
    def etat(
        vers: Path | None = typer.Option(
            None, "--vers", metavar="DOSSIER", help="Dossier de l'atlas. Par défaut, PERENNE_ATLAS."
        ),
    ) -> None:
        """Dit ce que contient l'atlas publié : sources, millésimes, contrôles, réserves."""
        from perenne.services.construction_atlas import lire_etat

        dossier = vers or lire_reglages().atlas
        manifeste = lire_etat(dossier)
        if manifeste is None:
            typer.echo(f"Aucun atlas dans « {dossier} ».")
            typer.echo("Lancez « perenne atlas telecharger » puis « perenne atlas construire ».")
            raise typer.Exit(1)
        _afficher(manifeste)


def _afficher(manifeste: Mapping[str, Any]) -> None:
    typer.echo(f"Atlas {manifeste['version']}, construit le {manifeste['construit_le'][:10]}")
    for nom, lignes in manifeste["tables"].items():
        typer.echo(f"  {nom:<18} {_nombre(lignes):>9} lignes")
    typer.echo("Sources :")
    for source in manifeste["sources"]:
        typer.echo(
            f"  {source['id']:<26} {source['producteur']}, {source['millesime']}, "
            f"{_nombre(source['lignes'])} lignes, fichier {source['fichier']}"
        )
    _afficher_remarques(manifeste)


def _afficher_remarques(manifeste: Mapping[str, Any]) -> None:
    for source in manifeste["sources"]:
        controles = source["controles"]
        lignes = [f"colonne nouvelle, non lue : {c}" for c in controles["colonnes_nouvelles"]]
        lignes += [f"colonne facultative absente : {c}" for c in controles["colonnes_absentes"]]
        lignes += controles["remarques"]
        if not source["format_verifie"]:
            lignes.insert(0, f"format non vérifié sur le fichier du producteur. {controles['reserve']}")
        elif controles["reserve"]:
            lignes.insert(0, controles["reserve"])
        if lignes:
            typer.echo(f"À savoir sur {source['id']} :")
            for ligne in lignes:
                typer.echo(f"  - {ligne}")
    for remarque in manifeste.get("remarques", []):
        typer.echo(f"À savoir : {remarque}")


def _nombre(valeur: int) -> str:
    return f"{valeur:,}".replace(",", "\u202f")
