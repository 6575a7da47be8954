"""`perenne modele`: empty workbooks that people fill in."""

from __future__ import annotations

from pathlib import Path

import typer


def ajouter(app: typer.Typer) -> None:
    """Add the group `modele`."""
    groupe = typer.Typer(help="Donner un classeur à remplir.", no_args_is_help=True)
    app.add_typer(groupe, name="modele")

    @groupe.command("tresorerie")
    def tresorerie(
        sortie: Path = typer.Option(..., "-o", "--sortie", help="Classeur à écrire (.xlsx)."),
        depuis: Path | None = typer.Option(
            None, "--depuis", help="Plan existant (.xlsx ou .yaml) à recopier dans le classeur."
        ),
    ) -> None:
        """Écrit un plan de trésorerie à remplir : listes, notes, contrôles, une ligne d'exemple par
        feuille."""
        from perenne.services.tresorerie.fichiers import ecrire_plan, lire_plan

        ecrire_plan(lire_plan(depuis) if depuis else None, sortie)
        typer.echo(f"Écrit : {sortie}", err=True)
