"""`perenne servir`: serves the web application and its API."""

from __future__ import annotations

import typer


def ajouter(app: typer.Typer) -> None:
    """Add the command `servir`."""

    @app.command("servir")
    def servir(
        port: int = typer.Option(8000, "--port", min=1, max=65535, metavar="N", help="Port d'écoute."),
        adresse: str = typer.Option(
            "127.0.0.1", "--adresse", metavar="ADRESSE", help="Adresse d'écoute (0.0.0.0 : toutes)."
        ),
    ) -> None:
        """Sert l'application web et son API (Linux et macOS)."""
        from perenne.cli.gestion import lancer_gestion
        from perenne.cli.serveur import refuser_windows, remplacer_par_le_serveur, verifier_port
        from perenne.services.atlas_ouvert import AtlasIndisponible, obtenir_atlas
        from perenne.services.savoir import obtenir_base

        refuser_windows()
        verifier_port(adresse, port)
        obtenir_base()
        if code := lancer_gestion("preparer"):
            raise typer.Exit(code)
        try:
            typer.echo(f"Atlas {obtenir_atlas().version}.")
        except AtlasIndisponible as erreur:
            typer.echo(
                f"{erreur}\nSans atlas, les pages de territoire répondront « indisponible ».", err=True
            )
        typer.echo(f"Pérenne est servie à http://{adresse}:{port}/ (Ctrl+C pour arrêter).")
        remplacer_par_le_serveur(adresse, port)
