"""What the accounts say of the measures of the grid, in words, for the pages of those who may see them."""

from __future__ import annotations

from perenne.domain.entreprise.economie import lire_economie
from perenne.domain.erreurs import ErreurUtilisateur
from perenne.reports.entreprise.phrases import valeur_dite
from perenne.reports.typographie import composer
from perenne.services.savoir import obtenir_base
from perenne.web.diagnostics.lecture import lire_dossier
from perenne.web.diagnostics.models import Passage


def dire_calcules(passage: Passage) -> dict[str, str]:
    """Measure → « D'après les comptes 2025 : 0,5 mois », from the last year closed before the round."""
    try:
        economies = lire_economie(lire_dossier(passage.dossier).dossier)
    except ErreurUtilisateur:
        return {}  # the page of the diagnosis says what is wrong
    closes = [e for e in economies if e.exercice.clos_le <= passage.date]
    if not closes:
        return {}
    mesures = {m.id: m for c in obtenir_base().criteres.values() for m in c.mesures}
    annee = closes[-1].exercice.id
    return {
        nom: composer(f"D'après les comptes {annee} : {valeur_dite(valeur, mesures[nom])}.")
        for nom, valeur in closes[-1].mesures.items()
        if nom in mesures
    }
