"""`perenne regle`: what a rule of law says at a date, for a situation."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

import typer


class Format(StrEnum):
    """How to print."""

    texte = "texte"
    json = "json"


def ajouter(app: typer.Typer) -> None:
    """Add the command `regle`."""
    app.command("regle")(regle)


def regle(
    identifiant: str = typer.Argument(
        "", metavar="ID", help="Identifiant de la règle, par exemple subventions/convention-obligatoire."
    ),
    au: str = typer.Option("", "--au", metavar="AAAA-MM-JJ", help="Date qui compte (aujourd'hui)."),
    avec: list[str] = typer.Option(
        [], "--avec", metavar="CLE=VALEUR", help="Fait connu de la situation ; peut se répéter."
    ),
    liste: bool = typer.Option(False, "--liste", help="Liste les règles (celles qui commencent par ID)."),
    format_: Format = typer.Option(Format.texte, "--format", help="Présentation : texte ou json."),
) -> None:
    """Dit ce que prévoit une règle de droit à une date, pour une situation.

    Sans date ni fait, montre la règle et ses changements. Un fait qui manque donne « à vérifier »,
    avec la question à poser : jamais un non.
    """
    from perenne.domain.erreurs import ErreurUtilisateur
    from perenne.services.regles import consulter, lister_regles

    if liste:
        typer.echo(lister_regles(identifiant), nl=False)
        return
    if not identifiant:
        raise ErreurUtilisateur(
            "Il faut le nom d'une règle.", conseil="Toutes les règles : perenne regle --liste"
        )
    date = _lire_date(au) if au or avec else None
    typer.echo(consulter(identifiant, au=date, avec=avec, format_=format_.value), nl=False)


def _lire_date(texte: str) -> dt.date:
    from perenne.domain.erreurs import Anomalie, ErreurUtilisateur

    if not texte:
        return dt.date.today()  # noqa: DTZ011 — the user's own calendar day
    try:
        return dt.date.fromisoformat(texte)
    except ValueError:
        anomalie = Anomalie(
            ou="--au", message=f"« {texte} » n'est pas une date.", conseil="Écrivez-la AAAA-MM-JJ."
        )
        raise ErreurUtilisateur("Cette date ne peut pas être lue :", anomalies=[anomalie]) from None
