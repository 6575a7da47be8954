"""`perenne entreprise`: the sheet of one enterprise of the atlas."""

from __future__ import annotations

from enum import StrEnum

import typer


class Format(StrEnum):
    """The forms of a sheet."""

    texte = "texte"
    json = "json"


def ajouter(app: typer.Typer) -> None:
    """Add the command `entreprise`."""

    @app.command("entreprise")
    def entreprise(
        numero: str = typer.Argument(
            ..., metavar="NUMÉRO", help="Un SIREN, un SIRET ou un numéro RNA (W232000123)."
        ),
        format_: Format = typer.Option(Format.texte, "--format", help="Forme de la fiche."),
    ) -> None:
        """Dit si une entreprise est de l'ESS, pourquoi, ce qui se contredit, où elle est, d'où on le sait."""
        from perenne.services.entreprises_ess import consulter_entreprise
        from perenne.services.reglages import lire_reglages

        fiche = consulter_entreprise(numero, reglages=lire_reglages(), format_=format_.value)
        typer.echo(fiche, nl=False)
