"""`perenne demo`: builds the demonstration and says what to open and what to do next."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import typer


def ajouter(app: typer.Typer) -> None:
    """Add the command `demo`."""

    @app.command("demo")
    def demo(
        sortie: Path = typer.Option(
            Path("sorties/demo"), "--sortie", "-o", metavar="DOSSIER", help="Dossier où tout écrire."
        ),
    ) -> None:
        """Construit la démonstration sur un territoire fictif et écrit ses notes."""
        from perenne.services.demonstration import preparer_demonstration
        from perenne.services.reglages import lire_reglages

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
            "Essayez une autre commune fictive :\n"
            f'  PERENNE_ATLAS={faite.atlas} .venv/bin/perenne territoire "Port-Chimère"\n'
            "\n"
            "Ensuite, avec les vraies données :\n"
            "  .venv/bin/perenne atlas telecharger     récupère les fichiers officiels\n"
            "  .venv/bin/perenne atlas construire      construit l'atlas national\n"
            '  .venv/bin/perenne territoire "Guéret" -o note.pdf\n'
            "Le pas à pas est dans docs/tutoriel/premiers-pas.md."
        )
