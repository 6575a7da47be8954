"""The results of a search in the knowledge base, as text or JSON."""

from __future__ import annotations

import dataclasses
import json
import textwrap
from collections.abc import Sequence
from typing import Literal

from perenne.kb.libelles import Libelles
from perenne.kb.recherche import Resultat
from perenne.reports.typographie import accorder

LARGEUR = 100


def ecrire_resultats(
    mots: str, resultats: Sequence[Resultat], libelles: Libelles, format_: Literal["texte", "json"]
) -> str:
    """The results, best first; what to try when there is none."""
    if format_ == "json":
        contenu = {"mots": mots, "resultats": [dataclasses.asdict(r) for r in resultats]}
        return json.dumps(contenu, ensure_ascii=False, indent=2) + "\n"
    if not resultats:
        return f"Rien ne correspond à « {mots} ». Essayez un mot plus court ou un synonyme.\n"
    blocs = [_bloc(r, libelles) for r in resultats]
    total = accorder(len(resultats), "fiche")
    return "\n\n".join(blocs) + f"\n\n{total}. Pour lire : perenne savoir montrer IDENTIFIANT\n"


def _bloc(resultat: Resultat, libelles: Libelles) -> str:
    lignes = [resultat.intitule, f"  {libelles.genre(resultat.genre)} · {resultat.id}"]
    if resultat.extrait:
        lignes += textwrap.wrap(resultat.extrait, LARGEUR, initial_indent="  ", subsequent_indent="  ")
    return "\n".join(lignes)
