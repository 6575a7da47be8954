"""`perenne servir`: serves the web application and its API."""

from __future__ import annotations

import os
import socket
import sys

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
        from perenne.domain.erreurs import ErreurUtilisateur
        from perenne.services.atlas_ouvert import AtlasIndisponible, obtenir_atlas
        from perenne.services.savoir import obtenir_base

        if sys.platform == "win32":
            raise ErreurUtilisateur(
                "Le serveur ne fonctionne pas sous Windows.",
                conseil="Utilisez Linux, macOS, ou WSL, le sous-système Linux de Windows.",
            )
        _verifier_port(adresse, port)
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
        sys.stdout.flush()
        commande = [sys.executable, "-m", "gunicorn", "--config", "python:perenne.web.config.gunicorn"]
        # The server takes the place of this process: signals reach it directly.
        os.execv(
            sys.executable, [*commande, "--bind", f"{adresse}:{port}", "perenne.web.config.wsgi:application"]
        )


def _verifier_port(adresse: str, port: int) -> None:
    from perenne.domain.erreurs import ErreurUtilisateur

    famille = socket.AF_INET6 if ":" in adresse else socket.AF_INET
    with socket.socket(famille, socket.SOCK_STREAM) as essai:
        essai.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            essai.bind((adresse.strip("[]"), port))
        except OSError as erreur:
            raise ErreurUtilisateur(
                f"Impossible d'écouter à {adresse}:{port} ({erreur.strerror or erreur}).",
                conseil="Choisissez un autre port : perenne servir --port 8001",
            ) from erreur
