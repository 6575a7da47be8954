"""Writes `docs/reference/commandes.md` from the Typer application itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import typer

from perenne.cli.main import construire_app

Commande = Any
"""Typer carries its own copy of Click, whose types are private."""

ENTETE = """\
<!-- Page écrite par « make docs » : ne pas la modifier à la main. -->
# Les commandes

Toutes les commandes répondent à `--help`. Une erreur de saisie sort avec le code 2 et un message qui dit où
et quoi faire ; rien n'est alors écrit.
"""


def generer_commandes(racine: Path) -> Mapping[str, str]:
    """`docs/reference/commandes.md`."""
    parties = [ENTETE, *(_decrire(nom, commande) for nom, commande in lister_commandes())]
    return {"docs/reference/commandes.md": "\n\n".join(parties) + "\n"}


def lister_commandes() -> Iterator[tuple[str, Commande]]:
    """Every command with its full name (`perenne savoir verifier`), groups left out."""
    yield from _parcourir("perenne", typer.main.get_command(construire_app()))


def _parcourir(nom: str, commande: Commande) -> Iterator[tuple[str, Commande]]:
    sous_commandes: Mapping[str, Commande] = getattr(commande, "commands", {})
    if not sous_commandes:
        yield nom, commande
    for sous_nom, sous in sorted(sous_commandes.items()):
        yield from _parcourir(f"{nom} {sous_nom}", sous)


def _decrire(nom: str, commande: Commande) -> str:
    contexte = typer.Context(commande, info_name=nom)
    pieces = [p.replace("{", "").replace("}", "") for p in commande.collect_usage_pieces(contexte)]
    usage = " ".join([nom, *pieces])
    lignes = [f"## `{nom}`", "", (commande.help or "").strip(), "", "```", usage, "```"]
    parametres = [p for p in commande.get_params(contexte) if p.name != "help"]
    if parametres:
        lignes += ["", "| paramètre | rôle |", "|---|---|"]
        lignes += [f"| {_noms(p)} | {_aide(p, contexte)} |" for p in parametres]
    return "\n".join(lignes)


def _noms(parametre: Any) -> str:
    if parametre.param_type_name == "argument":
        return f"`{parametre.metavar or parametre.name.upper()}`"
    return ", ".join(f"`{o}`" for o in (*parametre.opts, *parametre.secondary_opts))


def _aide(parametre: Any, contexte: typer.Context) -> str:
    aide = " ".join((getattr(parametre, "help", None) or "").split()).replace("|", "\\|")
    defaut = parametre.get_default(contexte, call=False)
    montrable = defaut not in (None, False, "", (), []) and not callable(defaut) and "défaut" not in aide
    return f"{aide} (par défaut : {defaut})" if montrable else aide
