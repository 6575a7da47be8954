"""`perenne diagnostic` and `perenne economie`: read a file about an enterprise and answer."""

from __future__ import annotations

import datetime as dt
import sys
from enum import StrEnum
from pathlib import Path

import typer


class Format(StrEnum):
    """Formats of the shared diagnosis."""

    texte = "texte"
    json = "json"
    html = "html"
    docx = "docx"
    pdf = "pdf"
    xlsx = "xlsx"


class FormatEconomie(StrEnum):
    """Formats of the economic model."""

    texte = "texte"
    json = "json"
    html = "html"
    xlsx = "xlsx"


BINAIRES = {"docx", "pdf", "xlsx"}


def ajouter(app: typer.Typer) -> None:
    """Add the commands `diagnostic` and `economie`."""

    @app.command("diagnostic")
    def diagnostic(
        fichier: Path = typer.Argument(..., help="Dossier de la structure, en .yaml ou en .xlsx."),
        format_: Format = typer.Option(Format.texte, "--format", help="Format de la fiche."),
        sortie: Path | None = typer.Option(None, "-o", "--sortie", help="Fichier à écrire."),
        ponderations: Path | None = typer.Option(
            None,
            "--ponderations",
            metavar="FICHIER",
            help="Poids à employer pour ordonner les questions, à la place de ceux de la base.",
        ),
        gabarit: Path | None = typer.Option(
            None, "--gabarit", metavar="DOCX", help="Document Word dont les styles sont repris (docx)."
        ),
    ) -> None:
        """Écrit la fiche de diagnostic partagé : ce qui tient, ce qui fragilise, ce qu'il faut demander."""
        from perenne.reports.entreprise.rendu import rendre
        from perenne.services.entreprise.diagnostic import faire_diagnostic
        from perenne.services.savoir import obtenir_base

        _exiger_sortie(sortie, format_.value)
        lu = faire_diagnostic(fichier, dt.datetime.now().astimezone().date(), ponderations)
        octets = rendre(lu.diagnostic, format_.value, obtenir_base(), avis=lu.avis, gabarit=gabarit)
        _ecrire(octets, sortie)

    @app.command("economie")
    def economie(
        fichier: Path = typer.Argument(
            ..., help="Dossier de la structure, balance générale ou FEC (.yaml, .xlsx, .csv, .txt)."
        ),
        clos_le: str = typer.Option(
            "", "--clos-le", metavar="AAAA-MM-JJ", help="Date de clôture, pour une balance seule."
        ),
        mois: int = typer.Option(12, "--mois", min=1, max=24, help="Durée de l'exercice, en mois."),
        format_: FormatEconomie = typer.Option(FormatEconomie.texte, "--format", help="Format du résultat."),
        sortie: Path | None = typer.Option(None, "-o", "--sortie", help="Fichier à écrire."),
    ) -> None:
        """Lit des comptes : d'où vient l'argent, où il est bloqué, ce qui arrive si un payeur part."""
        from perenne.domain.erreurs import ErreurUtilisateur
        from perenne.reports.entreprise.rendu_economie import rendre_economie
        from perenne.services.entreprise.diagnostic import faire_economie

        _exiger_sortie(sortie, format_.value)
        try:
            jour = dt.date.fromisoformat(clos_le) if clos_le else None
        except ValueError:
            raise ErreurUtilisateur(
                f"« {clos_le} » n'est pas une date.", conseil="Écrivez AAAA-MM-JJ, par exemple 2025-12-31."
            ) from None
        lu = faire_economie(fichier, dt.datetime.now().astimezone().date(), clos_le=jour, mois=mois)
        imports = [(i.fichier, i.dire(), i.affectation) for i in lu.imports]
        _ecrire(rendre_economie(lu.nom, lu.economies, imports, lu.avis, format_.value), sortie)


def _exiger_sortie(sortie: Path | None, format_: str) -> None:
    from perenne.domain.erreurs import ErreurUtilisateur

    if sortie is None and format_ in BINAIRES:
        raise ErreurUtilisateur(f"Le format {format_} s'écrit dans un fichier : ajoutez -o FICHIER.")


def _ecrire(octets: bytes, sortie: Path | None) -> None:
    from perenne.services.tresorerie.fichiers import ecrire_fichier

    if sortie is None:
        sys.stdout.write(octets.decode())
        return
    ecrire_fichier(octets, sortie)
    typer.echo(f"Écrit : {sortie}", err=True)
