"""`perenne comptes`: the accounts of the web application, for whoever runs it."""

from __future__ import annotations

import typer


def ajouter(app: typer.Typer) -> None:
    """Add the group `comptes`."""
    groupe = typer.Typer(help="Les comptes de l'application web, pour qui l'exploite.", no_args_is_help=True)
    app.add_typer(groupe, name="comptes")

    @groupe.command("creer")
    def creer(
        courriel: str = typer.Argument(help="Adresse électronique de la personne."),
        exploitant: bool = typer.Option(
            False, "--exploitant", help="Exploite le site ; un compte qui existe le devient."
        ),
    ) -> None:
        """Ouvre un compte et envoie le lien qui permet d'y entrer, valable 7 jours."""
        _lancer("comptes-creer", courriel, *(["--exploitant"] if exploitant else []))

    @groupe.command("inviter")
    def inviter(
        courriel: str = typer.Argument(help="Adresse électronique de la personne."),
        organisation: str = typer.Option(
            ..., "--organisation", metavar="ORGANISATION", help="Son SIRET, son nom exact ou son identifiant."
        ),
        role: str = typer.Option(
            "lecteur", "--role", metavar="ROLE", help="lecteur, editeur ou administrateur."
        ),
    ) -> None:
        """Invite une personne dans une organisation ; le compte s'ouvre quand elle accepte."""
        _lancer("comptes-inviter", courriel, organisation, role)

    @groupe.command("purger")
    def purger(
        simuler: bool = typer.Option(
            False, "--simuler", help="Compte seulement : n'efface rien, n'écrit à personne."
        ),
    ) -> None:
        """Applique les durées de conservation ; à lancer chaque nuit."""
        _lancer("comptes-purger", *(["--simuler"] if simuler else []))

    @groupe.command("retirer-double")
    def retirer_double(
        courriel: str = typer.Argument(help="Adresse électronique de la personne."),
    ) -> None:
        """Retire la validation en deux étapes d'une personne qui a perdu téléphone et codes de secours."""
        _lancer("comptes-retirer-double", courriel)


def _lancer(*arguments: str) -> None:
    from perenne.cli.gestion import lancer_gestion

    if code := lancer_gestion(*arguments):
        raise typer.Exit(code)
