"""`perenne atlas territoire`: the ESS enterprises of one territory, without the national files."""

from __future__ import annotations

import sys

import typer

from perenne.cli.groupes import groupe_existant
from perenne.services.reglages import lire_reglages


def ajouter(app: typer.Typer) -> None:
    """Add `territoire` to the group `atlas`."""

    @groupe_existant(app, "atlas").command("territoire")
    def territoire(
        code: str = typer.Argument(
            ..., metavar="CODE", help="Commune (23096), EPCI (200044014) ou département (23)."
        ),
        lignes: int = typer.Option(
            40, "--lignes", min=0, metavar="N", help="Entreprises montrées ; le fichier les a toutes."
        ),
    ) -> None:
        """Demande les entreprises de l'ESS d'un territoire à l'API Recherche d'entreprises.

        Une copie datée est gardée dans PERENNE_CACHE. Une demande coupée reprend où elle s'est arrêtée.
        """
        from perenne.reports.collecte import ecrire_collecte
        from perenne.services.collecte_territoire import collecter_territoire

        collecte = collecter_territoire(lire_reglages(), code, progres=_progres)
        for ligne in ecrire_collecte(collecte.entreprises, collecte.manifeste, lignes=lignes):
            typer.echo(ligne, nl=False)
        typer.echo(f"Fichier : {collecte.fichier}")


def _progres(message: str) -> None:
    if sys.stderr.isatty():
        typer.echo(message, err=True)
