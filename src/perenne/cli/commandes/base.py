"""`perenne base`: the database of the application (accounts, spaces, files)."""

from __future__ import annotations

import typer


def ajouter(app: typer.Typer) -> None:
    """Add the group `base`."""
    groupe = typer.Typer(
        help="La base de données de l'application web : comptes, espaces, dossiers.", no_args_is_help=True
    )
    app.add_typer(groupe, name="base")

    @groupe.command("migrer")
    def migrer() -> None:
        """Met la base à jour après une nouvelle version de Pérenne (SQLite : « servir » le fait seul)."""
        _lancer("migrer")

    @groupe.command("etat")
    def etat() -> None:
        """Dit quelle base est utilisée et si elle est à jour."""
        _lancer("etat")


def _lancer(*arguments: str) -> None:
    from perenne.cli.gestion import lancer_gestion

    if code := lancer_gestion(*arguments):
        raise typer.Exit(code)
