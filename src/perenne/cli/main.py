"""Entry point of `perenne`: gathers the commands and prints a user's errors without a traceback."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from functools import cache

import typer
from typer.exceptions import TyperException

from perenne import __version__
from perenne.cli import commandes
from perenne.cli.francais import dire_erreur_d_usage, parler_francais
from perenne.domain.erreurs import ErreurUtilisateur

CODE_ERREUR_UTILISATEUR = 2
CODE_INTERROMPU = 130


def _afficher_version(demande: bool) -> None:
    if demande:
        typer.echo(f"perenne {__version__}")
        raise typer.Exit


@cache
def construire_app() -> typer.Typer:
    """Build the Typer application from every module of `perenne.cli.commandes`, in alphabetical order."""
    parler_francais()
    app = typer.Typer(
        name="perenne",
        help="Faire durer les entreprises de l'économie sociale et solidaire dans les territoires fragiles.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )

    @app.callback()
    def racine(
        version: bool = typer.Option(
            False,
            "--version",
            help="Affiche la version et s'arrête.",
            callback=_afficher_version,
            is_eager=True,
        ),
    ) -> None:
        """Faire durer les entreprises de l'économie sociale et solidaire dans les territoires fragiles."""

    for module in pkgutil.iter_modules(commandes.__path__):
        importlib.import_module(f"{commandes.__name__}.{module.name}").ajouter(app)
    return app


def main() -> None:
    """Run `perenne`; exit 2 with a French message when the user's input cannot be used."""
    try:
        code = construire_app()(standalone_mode=False)
    except ErreurUtilisateur as erreur:
        typer.echo(str(erreur), err=True)
        sys.exit(CODE_ERREUR_UTILISATEUR)
    except TyperException as erreur:
        typer.echo(dire_erreur_d_usage(erreur), err=True)
        sys.exit(CODE_ERREUR_UTILISATEUR)
    except (KeyboardInterrupt, typer.Abort):
        code = CODE_INTERROMPU
    except BrokenPipeError:  # the reader of a pipe (`| head`) has left: nothing to say, nowhere to say it
        sys.stdout = None
        code = 1
    if code == CODE_INTERROMPU:
        typer.echo("Interrompu : rien n'a été modifié. Relancez la même commande.", err=True)
    sys.exit(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    main()
