"""What is kept but not read into the file yet, so that it is never forgotten."""

from __future__ import annotations

from dataclasses import dataclass

from perenne.web.diagnostics.assemblage import lire_feuilles, ordonner
from perenne.web.diagnostics.mots import nommer_repondant
from perenne.web.dossiers.models import Dossier


@dataclass(frozen=True, kw_only=True)
class Brouillon:
    """One draft: what it is, and which page mends it (name of the address and its arguments)."""

    quoi: str
    adresse: str
    arguments: tuple[str, ...]
    ancre: str = ""


def lire_brouillons(dossier: Dossier) -> list[Brouillon]:
    """Every draft of a file."""
    trouves = [
        Brouillon(
            quoi=f"{critere}, {nommer_repondant(f.repondant)}, passage {f.passage.nom} : "
            "un appui sans réponse",
            adresse="diagnostic-grille",
            arguments=(f.passage.nom, f.repondant.nom, f.famille),
            ancre=f"c-{critere}",
        )
        for f in lire_feuilles(dossier)
        for critere, contenu in ordonner(f.contenu)
        if not contenu.get("avis") and (contenu.get("justification") or contenu.get("source"))
    ]
    trouves += [
        Brouillon(
            quoi=f"comptes {v.annee} : l’actif et le passif diffèrent",
            adresse="diagnostic-comptes",
            arguments=(v.annee,),
        )
        for v in dossier.volets.filter(brouillon=True).order_by("annee")
    ]
    return trouves
