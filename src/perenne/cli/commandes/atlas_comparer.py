"""`perenne atlas comparer`: what has changed between two versions of the atlas."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import typer

from perenne.cli.groupes import groupe_existant
from perenne.services.reglages import lire_reglages


class Format(StrEnum):
    """How the differences are written."""

    texte = "texte"
    json = "json"
    csv = "csv"


def ajouter(app: typer.Typer) -> None:
    """Add `comparer` to the group `atlas`."""

    @groupe_existant(app, "atlas").command("comparer")
    def comparer(
        a: str = typer.Argument(
            ...,
            metavar="A",
            help="Première version : son dossier, celui d'un atlas, ou son nom dans PERENNE_ATLAS.",
        ),
        b: str = typer.Argument(
            ..., metavar="B", help="Seconde version, de même ; « actuel » est celle en vigueur."
        ),
        format_: Format = typer.Option(Format.texte, "--format", help="Format des différences."),
        sortie: Path | None = typer.Option(
            None, "-o", "--sortie", metavar="FICHIER", help="Fichier à écrire, au lieu de l'écran."
        ),
        exemples: int = typer.Option(
            10,
            "--exemples",
            min=0,
            metavar="N",
            help="Lignes de détail sous chaque compte, en texte ; JSON et CSV donnent tout.",
        ),
    ) -> None:
        """Dit ce qui est apparu, a disparu ou a changé entre deux versions de l'atlas."""
        from perenne.services.comparaison_atlas import comparer_atlas

        comparer_atlas(
            lire_reglages(), a, b,
            format_=format_.value, exemples=exemples, sortie=sortie,
            ecrire=lambda morceau: typer.echo(morceau, nl=False),
        )  # fmt: skip
        if sortie is not None:
            typer.echo(f"Différences écrites : {sortie}")
