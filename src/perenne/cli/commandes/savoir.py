"""`perenne savoir`: check, show and search the knowledge base."""

from __future__ import annotations

import typer


def ajouter(app: typer.Typer) -> None:
    """Add the group `savoir`."""
    groupe = typer.Typer(help="Vérifier, montrer et chercher dans la base de savoir.", no_args_is_help=True)
    app.add_typer(groupe, name="savoir")

    @groupe.command("verifier")
    def verifier() -> None:
        """Vérifie tous les fichiers de la base ; sort en erreur (1) s'il y a une anomalie."""
        from perenne.services.savoir import verifier_base

        comptes, anomalies = verifier_base()
        for anomalie in anomalies:
            typer.echo(str(anomalie), err=True)
        if anomalies:
            typer.echo(f"{len(anomalies)} anomalie{'s' if len(anomalies) > 1 else ''} à corriger.", err=True)
            raise typer.Exit(1)
        for genre, nombre in comptes.items():
            typer.echo(f"{nombre:5d}  {genre}")
        typer.echo(f"{sum(comptes.values()):5d}  fiches, aucune anomalie")
