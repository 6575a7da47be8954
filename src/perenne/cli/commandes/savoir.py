"""`perenne savoir`: check, show and search the knowledge base."""

from __future__ import annotations

from enum import StrEnum

import typer

from perenne.cli.dates import lire_date


class Format(StrEnum):
    """How to print."""

    texte = "texte"
    json = "json"


def ajouter(app: typer.Typer) -> None:
    """Add the group `savoir`."""
    groupe = typer.Typer(help="Vérifier, montrer et chercher dans la base de savoir.", no_args_is_help=True)
    app.add_typer(groupe, name="savoir")
    groupe.command("verifier")(verifier)
    groupe.command("montrer")(montrer)
    groupe.command("chercher")(chercher)


def verifier() -> None:
    """Vérifie tous les fichiers de la base ; sort en erreur (1) s'il y a une anomalie."""
    from perenne.services.savoir_controle import verifier_base

    comptes, anomalies = verifier_base()
    for anomalie in anomalies:
        typer.echo(str(anomalie), err=True)
    if anomalies:
        typer.echo(f"{len(anomalies)} anomalie{'s' if len(anomalies) > 1 else ''} à corriger.", err=True)
        raise typer.Exit(1)
    for genre, nombre in comptes.items():
        typer.echo(f"{nombre:5d}  {genre}")
    typer.echo(f"{sum(comptes.values()):5d}  fiches, aucune anomalie")


def montrer(
    identifiant: str = typer.Argument(
        metavar="ID", help="Identifiant, code d'action (L1.6) ou « genre:identifiant »."
    ),
    au: str = typer.Option(
        "", metavar="AAAA-MM-JJ", help="Date à laquelle lire le droit et les noms (aujourd'hui)."
    ),
    format_: Format = typer.Option(Format.texte, "--format", help="Présentation : texte ou json."),
) -> None:
    """Montre une fiche de la base, quelle que soit sa sorte."""
    from perenne.services.savoir_consulter import montrer as rendre

    typer.echo(rendre(identifiant, au=lire_date(au), format_=format_.value), nl=False)


def chercher(
    mots: list[str] = typer.Argument(metavar="MOTS", help="Mots à chercher, avec ou sans accents."),
    limite: int = typer.Option(20, "--limite", min=1, help="Nombre de fiches au plus."),
    format_: Format = typer.Option(Format.texte, "--format", help="Présentation : texte ou json."),
) -> None:
    """Cherche des mots dans toutes les fiches, les plus proches d'abord."""
    from perenne.services.savoir_consulter import chercher as rendre

    typer.echo(rendre(" ".join(mots), limite=limite, format_=format_.value), nl=False)
