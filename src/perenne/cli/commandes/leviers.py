"""`perenne leviers`: which levers, for whom, by whom; what that is worth."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path

import typer

from perenne.cli.dates import lire_date


class Format(StrEnum):
    """Formats of an advice."""

    texte = "texte"
    json = "json"
    html = "html"
    docx = "docx"
    pdf = "pdf"
    xlsx = "xlsx"


class FormatSimple(StrEnum):
    """Formats of a table."""

    texte = "texte"
    json = "json"
    html = "html"


class Axe(StrEnum):
    """What levers are crossed with."""

    tous = "tous"
    theme = "theme"
    activite = "activite"
    zonage = "zonage"
    activite_zonage = "activite-zonage"


class Grain(StrEnum):
    """Rows of a crossing."""

    levier = "levier"
    action = "action"


def ajouter(app: typer.Typer) -> None:
    """Add the group `leviers`."""
    groupe = typer.Typer(
        help="Quels leviers pour une entreprise, par quel acteur public, à quelle date.",
        invoke_without_command=True,
        rich_markup_mode=None,
    )
    groupe.callback()(leviers)
    groupe.command("carte")(carte)
    groupe.command("evaluer")(evaluer)
    groupe.command("croiser")(croiser)
    app.add_typer(groupe, name="leviers")


def leviers(  # noqa: PLR0917 - Typer calls it by name
    ctx: typer.Context,
    entreprise: str = typer.Option(
        "", "--entreprise", metavar="FICHIER|ID", help="Fiche YAML d'une entreprise, ou nom court d'un cas."
    ),
    acteur: str = typer.Option(
        "",
        "--acteur",
        metavar="CODE",
        help="Qui agit : un type (commune, epci, departement…), un code (23096, departement:08) "
        "ou une organisation (departement-ardennes).",
    ),
    montant: str = typer.Option("", "--montant", metavar="EUROS", help="Montant envisagé, en euros."),
    au: str = typer.Option("", "--au", metavar="AAAA-MM-JJ", help="Date de la décision (aujourd'hui)."),
    territoire: str = typer.Option(
        "",
        "--territoire",
        metavar="CODE",
        help="Territoire à lire (celui de l'entreprise, sinon de l'acteur).",
    ),
    moyens: str = typer.Option(
        "", "--moyens", help="Ce que l'acteur peut mobiliser : numeraire, nature, commande…, séparés par ,"
    ),
    ambitions: str = typer.Option("", "--ambitions", help="Besoins visés d'abord : B14,B03."),
    avec: list[str] = typer.Option(
        [], "--avec", metavar="CLE=VALEUR", help="Fait connu de la décision ; peut se répéter."
    ),
    tresorerie: Path | None = typer.Option(
        None,
        "--tresorerie",
        metavar="PLAN",
        help="Plan de trésorerie de l'entreprise (.xlsx ou .yaml) : il dit ce que sa fiche ne dit pas.",
    ),
    format_: Format = typer.Option(Format.texte, "--format", help="Format de l'avis."),
    sortie: Path | None = typer.Option(None, "-o", "--sortie", metavar="FICHIER", help="Fichier à écrire."),
) -> None:
    """Classe les dix-neuf actions pour une entreprise et un acteur public, et dit pourquoi.

    Chaque action porte ses raisons et leurs points, ce qui changerait l'avis, son statut juridique avec
    l'article, ses instruments, des précédents, qui d'autre peut agir et le premier pas.
    """
    if ctx.invoked_subcommand is not None:
        return
    from perenne.domain.erreurs import ErreurUtilisateur
    from perenne.reports.leviers.rendu import rendre
    from perenne.services.leviers.conseil import conseiller

    if not entreprise or not acteur:
        raise ErreurUtilisateur(
            "Il faut dire pour quelle entreprise et par quel acteur.",
            conseil="Par exemple : perenne leviers --entreprise bell-occas --acteur departement-ardennes",
        )
    conseil = conseiller(
        entreprise,
        acteur,
        au=lire_date(au),
        montant=montant,
        territoire=territoire,
        moyens=moyens,
        ambitions=ambitions,
        avec=avec,
        tresorerie=tresorerie,
    )
    base = conseil.modele.savoir
    _ecrire(rendre(conseil.recommandation, base, format_.value, deduits=conseil.deduits), format_, sortie)


def carte(
    acteur: str = typer.Option("", "--acteur", metavar="TYPE", help="Un seul type d'acteur, en détail."),
    forme: str = typer.Option("association", "--forme", help="Forme juridique de l'entreprise."),
    au: str = typer.Option("", "--au", metavar="AAAA-MM-JJ", help="Date du droit (aujourd'hui)."),
    format_: FormatSimple = typer.Option(FormatSimple.texte, "--format", help="Format du tableau."),
    sortie: Path | None = typer.Option(None, "-o", "--sortie", metavar="FICHIER", help="Fichier à écrire."),
) -> None:
    """Montre les dix-neuf actions et ce que le droit en permet à chaque type d'acteur."""
    from perenne.services.leviers.carte import dresser_carte

    octets = dresser_carte(acteur=acteur, forme=forme, au=lire_date(au), format_=format_.value)
    _ecrire(octets, format_, sortie)


def evaluer(
    format_: FormatSimple = typer.Option(FormatSimple.texte, "--format", help="Format du résultat."),
    sortie: Path | None = typer.Option(None, "-o", "--sortie", metavar="FICHIER", help="Fichier à écrire."),
) -> None:
    """Éprouve les règles sur les cas de la base, à côté du hasard et de la simple popularité."""
    from perenne.services.leviers.epreuve import evaluer_les_regles

    _ecrire(evaluer_les_regles(format_.value, jour=lire_date("")), format_, sortie)


def croiser(
    par: Axe = typer.Option(
        Axe.theme, "--par", help="Croiser avec : tous, theme, activite, zonage ou activite-zonage."
    ),
    grain: Grain = typer.Option(Grain.levier, "--grain", help="Lignes : levier ou action."),
    format_: FormatSimple = typer.Option(FormatSimple.texte, "--format", help="Format du tableau."),
    sortie: Path | None = typer.Option(None, "-o", "--sortie", metavar="FICHIER", help="Fichier à écrire."),
) -> None:
    """Croise les leviers avec les thèmes, activités ou zonages des cas, avec des intervalles honnêtes."""
    from perenne.services.leviers.epreuve import croiser_les_leviers

    _ecrire(croiser_les_leviers(par.value, grain.value, format_.value, jour=lire_date("")), format_, sortie)


def _ecrire(octets: bytes, format_: Format | FormatSimple, sortie: Path | None) -> None:
    from perenne.domain.erreurs import ErreurUtilisateur
    from perenne.services.tresorerie.fichiers import ecrire_fichier

    if sortie is None and format_.value in {"docx", "pdf", "xlsx"}:
        raise ErreurUtilisateur(f"Le format {format_.value} s'écrit dans un fichier : ajoutez -o FICHIER.")
    if sortie is None:
        sys.stdout.buffer.write(octets)
        sys.stdout.flush()
        return
    ecrire_fichier(octets, sortie)
    typer.echo(f"Écrit : {sortie}", err=True)
