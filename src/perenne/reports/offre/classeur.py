"""The supply of a territory as a workbook: the figures, the operators one a row, the sources."""

from __future__ import annotations

import io
from collections.abc import Mapping

from openpyxl import Workbook

from perenne.domain.territoire.identite import SourceCitee
from perenne.domain.territoire.offre import LigneOffre, Offre
from perenne.domain.territoire.operateurs import Liste
from perenne.reports.note.classeur import ajouter_feuille
from perenne.reports.note.tableau_donnees import tableau_sources
from perenne.reports.offre.tableaux import (
    tableau_activites,
    tableau_besoins_servis,
    tableau_donnees_offre,
    tableau_operateurs,
)
from perenne.reports.typographie import composer


def ecrire_classeur(
    nom: str,
    offre: Offre,
    ligne: LigneOffre | None,
    liste: Liste,
    *,
    titres: Mapping[str, str],
    sources: Mapping[str, SourceCitee],
) -> bytes:
    """Write the figures and the list as a workbook.

    Args:
        nom: of the territory.
        ligne: the need or the activity whose operators are listed; None when all are.
        titres: names of the activities; sources: data sets of the atlas, by identifier.
    """
    legende = f"{composer(ligne.libelle)} : {nom}" if ligne else f"Opérateurs repérés : {nom}"
    jeux = {i: s.jeu for i, s in sources.items()}
    cites = {s for r in offre.registres for s in r.sources}
    cites |= {x.source for o in liste.operateurs for x in o.origines}
    classeur = Workbook()
    del classeur[classeur.sheetnames[0]]
    for tableau in (
        tableau_operateurs(liste, titres, jeux, legende),
        tableau_besoins_servis(offre),
        tableau_activites(offre),
        tableau_donnees_offre(offre),
        tableau_sources([sources[i] for i in sorted(cites) if i in sources]),
    ):
        ajouter_feuille(classeur, tableau)
    classeur.properties.title = legende
    classeur.properties.creator = "Pérenne"
    classeur.properties.language = "fr-FR"
    sortie = io.BytesIO()
    classeur.save(sortie)
    return sortie.getvalue()
