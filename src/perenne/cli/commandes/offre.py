"""`perenne offre`: who answers the needs of a territory, and the list behind each figure."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import typer


class Couche(StrEnum):
    """Whose list."""

    tous = "tous"
    ess = "ess"
    employeurs = "employeurs"


class Format(StrEnum):
    """What is written."""

    texte = "texte"
    json = "json"
    xlsx = "xlsx"


def ajouter(app: typer.Typer) -> None:
    """Add the command `offre`."""

    @app.command("offre")
    def offre(
        demande: str = typer.Argument(
            ..., metavar="TERRITOIRE", help="Un code, un nom, ou plusieurs joints par + (23096+23030)."
        ),
        sujet: str = typer.Argument(
            "",
            metavar="BESOIN|ACTIVITÉ",
            help="Un besoin (B06) ou une activité (ressourceries, « jardins partagés ») : "
            "ses chiffres, et la liste derrière chacun. Sans lui, tous les besoins et toutes les activités.",
        ),
        *,
        couche: Couche | None = typer.Option(
            None,
            "--couche",
            help="La liste de qui : tous, l'ESS, ses employeurs (la plus large qui soit observée).",
        ),
        tout: bool = typer.Option(
            False, "--tout", help="Liste aussi ceux à vérifier, non situés dans le quartier, ou écartés."
        ),
        format_: Format | None = typer.Option(
            None, "--format", help="Format (texte, ou celui que dit le nom du fichier)."
        ),
        sortie: Path | None = typer.Option(
            None,
            "-o",
            "--sortie",
            metavar="FICHIER",
            help="Fichier à écrire (l'écran, si le format s'y prête).",
        ),
    ) -> None:
        """Dit qui répond aux besoins d'un territoire, et donne la liste derrière chaque chiffre."""
        from perenne.services.liste_offre import ecrire_offre

        ecrit = ecrire_offre(
            demande,
            sujet,
            couche=couche.value if couche else None,
            tout=tout,
            format_demande=format_.value if format_ else None,
            sortie=sortie,
        )
        if isinstance(ecrit, Path):
            typer.echo(f"Offre écrite : {ecrit}")
        else:
            typer.echo(ecrit, nl=False)
