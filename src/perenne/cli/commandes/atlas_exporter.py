"""`perenne atlas exporter`: the enterprises as open data."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import typer

from perenne.cli.groupes import groupe_existant
from perenne.services.reglages import lire_reglages


class Format(StrEnum):
    """How the tables are written."""

    parquet = "parquet"
    csv = "csv"
    geojson = "geojson"


def ajouter(app: typer.Typer) -> None:
    """Add `exporter` to the group `atlas`."""

    @groupe_existant(app, "atlas").command("exporter")
    def exporter(
        sortie: Path = typer.Option(
            ..., "-o", "--sortie", metavar="DOSSIER", help="Dossier à créer ; il doit être vide ou absent."
        ),
        format_: Format = typer.Option(Format.geojson, "--format", help="Format des tables."),
    ) -> None:
        """Écrit les entreprises et leurs établissements comme données ouvertes, avec une notice.

        Ni nom, ni adresse, ni point de qui a demandé à ne pas être diffusé.
        """
        from perenne.services.vrac.publication import NOTICE, exporter_entreprises

        lignes = exporter_entreprises(
            lire_reglages().atlas,
            sortie,
            format_.value,
            progres=lambda message: typer.echo(message, err=True),
        )
        for table, n in lignes.items():
            typer.echo(f"{sortie / f'{table}.{format_.value}'} : {n} lignes")
        typer.echo(f"{sortie / NOTICE} : colonnes, sources, ce qu'il faut savoir")
