"""`perenne demo`: builds the demonstration, serves it, and says what to open and what to do next."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import typer

ADRESSE = "127.0.0.1"


def ajouter(app: typer.Typer) -> None:
    """Add the command `demo`."""

    @app.command("demo")
    def demo(
        sortie: Path = typer.Option(
            Path("sorties/demo"), "--sortie", "-o", metavar="DOSSIER", help="Dossier où tout écrire."
        ),
        port: int = typer.Option(
            8000, "--port", min=1, max=65535, metavar="N", help="Port du site ; s'il est pris, le suivant."
        ),
        sans_serveur: bool = typer.Option(
            False, "--sans-serveur", help="Écrit les fichiers, sans servir le site."
        ),
        arreter_: bool = typer.Option(
            False, "--arreter", help="Arrête le site laissé en route par un lancement hors d'un terminal."
        ),
    ) -> None:
        """Construit la démonstration sur un territoire fictif, écrit ses notes et sert son site."""
        from perenne.cli.serveur import arreter
        from perenne.services.demonstration import preparer_demonstration
        from perenne.services.reglages import lire_reglages

        donnees = sortie.resolve() / "application"
        arrete = arreter(donnees)
        if arreter_:
            typer.echo("Le site de démonstration est arrêté." if arrete else "Aucun site n'était en route.")
            return
        faite = preparer_demonstration(
            sortie,
            reglages=lire_reglages(),
            maintenant=dt.datetime.now().astimezone(),
            progres=typer.echo,
        )
        epci, commune = faite.notes.values()
        etat = "Démonstration prête" if faite.refaite else "Démonstration déjà prête (rien n'a changé)"
        typer.echo(
            f"{etat} dans {faite.dossier} : un territoire fictif de 36 communes.\n"
            "\n"
            "À ouvrir :\n"
            f"  {epci[0]}\n"
            "    la note d'une intercommunalité (aussi en .pdf, .docx et .xlsx)\n"
            f"  {commune[1]}\n"
            "    la note d'une commune qui a deux quartiers prioritaires\n"
            f"  {faite.cas[0]}\n"
            "    les entreprises de l'étude et ce qui a été fait pour elles\n"
            "\n"
            "Dans le terminal, une entreprise fictive et ses activités :\n"
            f"  PERENNE_ATLAS={faite.atlas} .venv/bin/perenne entreprise 000990010\n"
            "\n"
            "Ensuite, avec les vraies données :\n"
            "  .venv/bin/perenne atlas telecharger     récupère les fichiers officiels\n"
            "  .venv/bin/perenne atlas construire      construit l'atlas national\n"
            '  .venv/bin/perenne territoire "Guéret" -o note.pdf\n'
            "Le pas à pas est dans docs/tutoriel/premiers-pas.md.\n"
        )
        if not sans_serveur:
            _servir(donnees, faite.atlas.resolve(), port)


def _servir(donnees: Path, atlas: Path, port: int) -> None:
    """Serve the demonstration: in this terminal, or beside a command that nobody watches."""
    from perenne.cli.gestion import lancer_gestion
    from perenne.cli.serveur import lancer_a_cote, refuser_windows, remplacer_par_le_serveur, trouver_port
    from perenne.services.demonstration import MENTION

    refuser_windows()
    variables = {
        "PERENNE_DONNEES": str(donnees),
        "PERENNE_ATLAS": str(atlas),
        "DATABASE_URL": "",
        "PERENNE_WEB_AVERTISSEMENT": MENTION,
        "PERENNE_WEB_HTTPS": "",
        "PERENNE_WEB_DOUBLE_JOURS": "jamais",
    }
    port = trouver_port(ADRESSE, port)
    if code := lancer_gestion("demonstration", variables=variables):
        raise typer.Exit(code)
    site = f"http://{ADRESSE}:{port}/"
    if sys.stdout.isatty():
        typer.echo(f"\nLe site de démonstration est servi à {site} (Ctrl+C pour arrêter).")
        remplacer_par_le_serveur(ADRESSE, port, variables)
    lancer_a_cote(ADRESSE, port, variables, donnees)
    typer.echo(
        f"\nLe site de démonstration est servi à {site}\n"
        "Il reste en route : « make stop » l'arrête (ou perenne demo --arreter)."
    )
