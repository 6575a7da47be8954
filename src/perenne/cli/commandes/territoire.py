"""`perenne territoire`: the note of a territory."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import typer

from perenne.cli.dates import lire_date


class Format(StrEnum):
    """The files a note is written to."""

    texte = "texte"
    json = "json"
    html = "html"
    pdf = "pdf"
    docx = "docx"
    xlsx = "xlsx"


def ajouter(app: typer.Typer) -> None:
    """Add the command `territoire`."""

    @app.command("territoire")
    def territoire(
        demande: str = typer.Argument(
            ...,
            metavar="TERRITOIRE",
            help="Un code (23096, 200044014, 23), un nom (« Guéret »), un code typé (region:75), "
            "ou plusieurs joints par + (23096+23030).",
        ),
        au: str = typer.Option(
            "",
            "--au",
            metavar="AAAA-MM-JJ",
            help="Date à laquelle lire les zonages et le droit (aujourd'hui).",
        ),
        format_: Format | None = typer.Option(
            None, "--format", help="Format de la note (texte, ou celui que dit le nom du fichier)."
        ),
        sortie: Path | None = typer.Option(
            None,
            "-o",
            "--sortie",
            metavar="FICHIER",
            help="Fichier à écrire (l'écran, si le format s'y prête).",
        ),
        modele: Path | None = typer.Option(
            None,
            "--modele",
            metavar="FICHIER",
            help="Modèle Word de votre collectivité, pour le format docx.",
        ),
    ) -> None:
        """Écrit la note d'un territoire : ce qui y pèse, les besoins, qui peut agir, des précédents."""
        from perenne.services.note_territoire import ecrire_note

        ecrit = ecrire_note(
            demande,
            au=lire_date(au),
            format_demande=format_.value if format_ else None,
            sortie=sortie,
            modele=modele,
        )
        if isinstance(ecrit, Path):
            typer.echo(f"Note écrite : {ecrit}")
        else:
            typer.echo(ecrit, nl=False)
