"""`perenne activites`: classify structures, measure the classifier, show an activity."""

from __future__ import annotations

from pathlib import Path

import typer


def ajouter(app: typer.Typer) -> None:
    """Add the group `activites`."""
    groupe = typer.Typer(
        help="Reconnaître les activités d'utilité sociale dans des textes.", no_args_is_help=True
    )
    app.add_typer(groupe, name="activites")
    groupe.command("classer")(classer)
    groupe.command("evaluer")(evaluer)
    groupe.command("apprendre")(apprendre)
    groupe.command("montrer")(montrer)


def classer(
    fichier: Path = typer.Argument(
        metavar="FICHIER.jsonl", help="Un objet JSON par ligne : id, nom, texte, source."
    ),
    sortie: Path = typer.Option(..., "-o", "--sortie", metavar="SORTIE.jsonl", help="Fichier à écrire."),
    decisions: Path | None = typer.Option(
        None, "--decisions", metavar="FICHIER.csv", help="Décisions humaines, qui l'emportent sur tout."
    ),
) -> None:
    """Donne les activités de chaque texte, avec la confiance et les mots qui les justifient.

    Une ligne écrite par ligne lue, dans le même ordre. Une ligne illisible est signalée par son numéro
    et rien n'est écrit.
    """
    from perenne.services.classement.fichiers import classer_fichier
    from perenne.services.classement.obtenir import obtenir_classeur

    nombre = classer_fichier(fichier, sortie, obtenir_classeur(decisions), _progres)
    typer.echo(f"{nombre} texte{'s' if nombre > 1 else ''} classé{'s' if nombre > 1 else ''} : {sortie}")


def _progres(nombre: int) -> None:
    if nombre % 20_000 == 0:
        typer.echo(f"{nombre} textes…", err=True)


def evaluer(
    textes: Path = typer.Option(..., "--textes", metavar="FICHIER.jsonl", help="Textes lus et étiquetés."),
    motifs: Path | None = typer.Option(
        None, "--motifs", metavar="FICHIER.yaml", help="Premiers motifs auxquels comparer."
    ),
) -> None:
    """Mesure le classement sur des textes lus, par validation croisée, à côté de méthodes plus simples.

    La comparaison à TF-IDF demande scikit-learn (extra « ml ») ; sans lui, cette ligne manque.
    """
    from perenne.services.classement.mesurer import evaluer as mesurer
    from perenne.services.classement.mesurer import rendre_evaluation

    typer.echo(rendre_evaluation(mesurer(textes, motifs)), nl=False)


def apprendre(
    textes: Path = typer.Option(..., "--textes", metavar="FICHIER.jsonl", help="Textes lus et étiquetés."),
    modele: Path = typer.Option(..., "--modele", metavar="MODELE.json", help="Modèle à écrire."),
    mesures: Path = typer.Option(..., "--mesures", metavar="MESURES.json", help="Mesures à écrire."),
) -> None:
    """Apprend de textes lus le poids des motifs et des mots, et écrit le modèle et ses mesures."""
    import datetime as dt

    from perenne.services.classement.mesurer import apprendre_et_ecrire, rendre_evaluation

    date = dt.date.today()  # noqa: DTZ011 — the user's own calendar day
    typer.echo(rendre_evaluation(apprendre_et_ecrire(textes, modele, mesures, date=date)), nl=False)


def montrer(
    identifiant: str = typer.Argument(
        "", metavar="ID", help="Identifiant de l'activité ; sans lui, la liste des activités."
    ),
) -> None:
    """Montre une activité : définition, mots qui la signalent, codes, et ce que vaut leur détection."""
    from perenne.services.classement.montrer import lister, montrer_activite

    typer.echo(montrer_activite(identifiant) if identifiant else lister(), nl=False)
