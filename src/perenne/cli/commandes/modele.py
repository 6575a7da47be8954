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

    @groupe.command("diagnostic")
    def diagnostic(
        sortie: Path = typer.Option(
            ..., "-o", "--sortie", help=("Classeur à écrire (.xlsx), ou dossier .yaml.")
        ),
        depuis: Path | None = typer.Option(
            None, "--depuis", help="Dossier existant (.xlsx ou .yaml) à recopier."
        ),
        essentiel: bool = typer.Option(
            False, "--essentiel", help="La grille de trente minutes : quatorze critères."
        ),
        repondants: str = typer.Option(
            "entreprise",
            "--repondants",
            help="Rôles qui répondent, séparés par des virgules : entreprise, elu, agent, conseiller.",
        ),
    ) -> None:
        """Écrit la grille de pérennité à remplir : questions, listes, mesures, comptes."""
        import datetime as dt

        from perenne.domain.erreurs import ErreurUtilisateur
        from perenne.services.entreprise.diagnostic import donner_modele, recopier
        from perenne.services.tresorerie.fichiers import ecrire_fichier

        suffixe = sortie.suffix.lower()
        if suffixe not in ({".xlsx", ".yaml", ".yml"} if depuis else {".xlsx"}):
            raise ErreurUtilisateur(f"« {sortie.name} » : donnez un nom qui finit par .xlsx.")
        if depuis:
            octets = recopier(depuis, dt.datetime.now().astimezone().date(), suffixe)
        else:
            octets = donner_modele(repondants, essentielle=essentiel)
        ecrire_fichier(octets, sortie)
        typer.echo(f"Écrit : {sortie}", err=True)
