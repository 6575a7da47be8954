"""Says in French what the command-line library says in English: help headings and usage errors."""

from __future__ import annotations

import re

import typer.core
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

_MOTS = {
    "Options": "Options",
    "Commands": "Commandes",
    "Arguments": "Arguments",
    "required": "obligatoire",
    "default: {default}": "par défaut : {default}",
    "env var: {var}": "variable : {var}",
    "(dynamic)": "(calculé)",
    "Missing command.": "Il manque une commande.",
    "No such command {name!r}.": "La commande {name!r} n'existe pas.",
    "Aborted!": "Interrompu.",
}

_PHRASES: tuple[tuple[str, str], ...] = (
    (r"No such command '(?P<x>.*)'\.", r"La commande « \g<x> » n'existe pas."),
    (r"La commande '(?P<x>.*)' n'existe pas\.", r"La commande « \g<x> » n'existe pas."),
    (r"No such option: (?P<x>\S+)", r"L'option « \g<x> » n'existe pas."),
    (r"\(Possible options: (?P<x>.*)\)", r"Options proches : \g<x>."),
    (r"Did you mean (?P<x>.*)\?", r"Vouliez-vous dire \g<x> ?"),
    (r"Option '(?P<x>.*)' requires an argument\.", r"L'option « \g<x> » attend une valeur."),
    (r"Option '(?P<x>.*)' does not take a value\.", r"L'option « \g<x> » ne prend pas de valeur."),
    (r"Option '(?P<x>.*)' requires (?P<n>\d+) arguments\.", r"L'option « \g<x> » attend \g<n> valeurs."),
    (r"Got unexpected extra argument(?:s|\(s\))? \((?P<x>.*)\)", r"En trop sur la ligne : \g<x>."),
    (r"Argument (?P<x>.*) takes (?P<n>\d+) values\.", r"\g<x> attend \g<n> valeurs."),
    (r"Missing argument '(?P<x>.*?)'\.", r"Il manque \g<x>."),
    (r"Missing option '(?P<x>.*?)'\.", r"Il manque l'option « \g<x> »."),
    (r"Missing parameter '(?P<x>.*?)'\.", r"Il manque \g<x>."),
    (r"Choose from:\s*", "À choisir parmi : "),
    (r"Invalid value for '(?P<x>.*?)':", r"La valeur donnée à « \g<x> » ne convient pas :"),
    (r"Invalid value:", "Une valeur ne convient pas :"),
    (r"'(?P<x>.*?)' is not one of (?P<v>.*)\.", r"« \g<x> » ; à choisir parmi \g<v>."),
    (r"'(?P<x>.*?)' is not a valid (integer|int)\.?", r"« \g<x> » n'est pas un nombre entier."),
    (r"'(?P<x>.*?)' is not a valid (float|number)\.?", r"« \g<x> » n'est pas un nombre."),
    (r"'(?P<x>.*?)' is not a valid boolean\.?", r"« \g<x> » n'est ni oui ni non."),
    (r"(?P<x>\S+) is not in the range (?P<b>.*)\.", r"\g<x> est hors des bornes \g<b>."),
    (r"(File|Directory|Path) '(?P<x>.*?)' does not exist\.", r"« \g<x> » est introuvable."),
    (r"File '(?P<x>.*?)' is a directory\.", r"« \g<x> » est un dossier, pas un fichier."),
    (r"Directory '(?P<x>.*?)' is a file\.", r"« \g<x> » est un fichier, pas un dossier."),
    (r"(File|Directory|Path) '(?P<x>.*?)' is not readable\.", r"« \g<x> » ne peut pas être lu."),
    (r"(File|Directory|Path) '(?P<x>.*?)' is not writable\.", r"« \g<x> » ne peut pas être écrit."),
)


def traduire(message: str) -> str:
    """The French of a message of the library; a message that is not known stays as it is."""
    for motif, francais in _PHRASES:
        message = re.sub(motif, francais, message)
    return message


def parler_francais() -> None:
    """Give the library its French words; it has no door of its own for that but gettext catalogues."""
    typer.core._ = lambda message: _MOTS.get(message, message)  # type: ignore[attr-defined]
    for classe in (TyperCommand, TyperGroup):
        classe.get_help = _aide_en_francais  # type: ignore[method-assign,assignment]


_aide_d_origine = TyperCommand.get_help


def _aide_en_francais(commande: TyperCommand, contexte: typer.Context) -> str:
    return franciser_aide(_aide_d_origine(commande, contexte))


def franciser_aide(texte: str) -> str:
    """The two fixed English sentences of a help page, in French."""
    texte = re.sub(r"^Usage: ", "Emploi : ", texte, flags=re.MULTILINE)
    return texte.replace("Show this message and exit.", "Affiche cette aide et s'arrête.")


def dire_erreur_d_usage(erreur: TyperException) -> str:
    """What to print for a command typed wrongly: what is wrong, then where the help is."""
    contexte = getattr(erreur, "ctx", None)
    if type(erreur).__name__ == "NoArgsIsHelpError":
        return franciser_aide(erreur.format_message())
    commande = contexte.command_path if contexte is not None else "perenne"
    return f"{traduire(erreur.format_message())}\nPour l'aide : {commande} --help"
