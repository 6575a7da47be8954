"""`perenne tresorerie`: run a treasury plan."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path

import typer


class Format(StrEnum):
    """Formats of the result."""

    texte = "texte"
    json = "json"
    html = "html"
    pdf = "pdf"
    xlsx = "xlsx"


class Pas(StrEnum):
    """Grid of the curve."""

    mois = "mois"
    semaine = "semaine"


class Scenario(StrEnum):
    """Money that counts."""

    securise = "securise"
    probable = "probable"
    espere = "espere"


def ajouter(app: typer.Typer) -> None:
    """Add the command `tresorerie`."""

    @app.command("tresorerie")
    def tresorerie(  # noqa: PLR0917 - Typer calls it by name
        fichier: Path = typer.Argument(..., help="Plan de trésorerie, en .xlsx ou en .yaml."),
        leviers: str = typer.Option(
            "",
            "--leviers",
            help="Leviers à comparer, séparés par des virgules ; « aucun » pour n'en comparer aucun.",
        ),
        scenario: Scenario = typer.Option(
            Scenario.securise, "--scenario", help="Scénario où mesurer les leviers."
        ),
        tirages: int = typer.Option(
            2000, "--tirages", help="Nombre de tirages au hasard, 0 pour s'en passer."
        ),
        graine: int = typer.Option(
            1, "--graine", help="Graine des tirages : la même donne le même résultat."
        ),
        pas: Pas = typer.Option(Pas.mois, "--pas", help="Pas de la courbe."),
        au: str = typer.Option(
            "", "--au", metavar="AAAA-MM-JJ", help="Date du droit à appliquer aux leviers (aujourd'hui)."
        ),
        format_: Format = typer.Option(Format.texte, "--format", help="Format du résultat."),
        sortie: Path | None = typer.Option(None, "-o", "--sortie", help="Fichier à écrire."),
    ) -> None:
        """Dit si la trésorerie tient sur 36 mois, quand elle rompt, et ce que chaque levier y change."""
        from perenne.cli.dates import lire_date
        from perenne.domain.erreurs import ErreurUtilisateur
        from perenne.reports.tresorerie.rendu import rendre
        from perenne.services.tresorerie.fichiers import ecrire_fichier, lire_plan
        from perenne.services.tresorerie.simulation import simuler

        if sortie is None and format_ in {Format.pdf, Format.xlsx}:
            raise ErreurUtilisateur(
                f"Le format {format_.value} s'écrit dans un fichier : ajoutez -o FICHIER."
            )
        choisis = [x.strip() for x in leviers.split(",") if x.strip()]
        resultat = simuler(
            lire_plan(fichier),
            pas=pas.value,
            scenario=scenario.value,
            choisis=choisis,
            tirages=tirages,
            graine=graine,
            au=lire_date(au),
        )
        octets = rendre(resultat, format_.value)
        if sortie is None:
            sys.stdout.buffer.write(octets)
            sys.stdout.flush()
        else:
            ecrire_fichier(octets, sortie)
            typer.echo(f"Écrit : {sortie}", err=True)
