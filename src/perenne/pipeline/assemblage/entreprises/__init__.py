"""The ESS enterprises: selection, links between registers, places, verdicts and their reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from perenne.domain.classement.decision import Classeur
from perenne.domain.erreurs import Anomalie, ErreurUtilisateur
from perenne.domain.savoir.formes_juridiques import FormeJuridique
from perenne.pipeline.assemblage.contexte import Contexte
from perenne.pipeline.assemblage.entreprises import (
    activites,
    communes,
    liens,
    lieux,
    noms,
    raisons,
    registres,
    restriction,
    selection,
    unites,
)
from perenne.pipeline.moteurs.interface import ErreurDeMoteur
from perenne.pipeline.noyaux.mouvements import Genealogie
from perenne.pipeline.schema_entreprises import TABLES_ENTREPRISES


def assembler(
    contexte: Contexte,
    genealogie: Genealogie,
    formes: Sequence[FormeJuridique],
    classeur: Classeur | None = None,
) -> None:
    """Create the tables of the enterprises; empty ones when no source of this part was read.

    Args:
        formes: what the law says of the legal forms.
        classeur: what tells the activities; none of them is told without it.

    Raises:
        ErreurUtilisateur: a large file proved damaged while it was read.
    """
    if not _lues(contexte):
        _vides(contexte)
        activites.dire_sans_entreprises(contexte, classeur)
        return
    try:
        contexte.progres("Entreprises : sélection…")
        communes.preparer(contexte, genealogie)
        selection.preparer(contexte, formes)
        registres.situer(contexte)
        selection.selectionner(contexte)
        restriction.restreindre(contexte)
        contexte.progres("Entreprises : rapprochement des répertoires…")
        liens.etablir(contexte)
        contexte.progres("Entreprises : lieux…")
        lieux.situer(contexte)
        contexte.progres("Entreprises : verdicts…")
        unites.assembler(contexte)
        raisons.assembler(contexte)
        noms.assembler(contexte)
        contexte.progres("Entreprises : activités…")
        activites.assembler(contexte, classeur)
    except ErreurDeMoteur as erreur:
        raise ErreurUtilisateur(
            "Un fichier d'entreprises est abîmé : sa lecture s'est arrêtée en chemin.",
            anomalies=[
                Anomalie(ou=contexte.fichiers[n], message="fichier lu pendant l'arrêt.")
                for n in _lues(contexte)
                if contexte.notices[n].fichier.lecture == "volumineuse"
            ],
            conseil="Téléchargez-le de nouveau ; l'atlas précédent reste en place.",
        ) from erreur


def _lues(contexte: Contexte) -> list[str]:
    return sorted(i for i, n in contexte.notices.items() if n.chapitre == "entreprises")


def _vides(contexte: Contexte) -> None:
    types = {"TEXT": pa.string(), "INTEGER": pa.int64(), "REAL": pa.float64()}
    for table in TABLES_ENTREPRISES:
        schema = pa.schema([(c.nom, types[c.type]) for c in table.champs])
        contexte.masse.deposer(f"atl_{table.nom}", schema.empty_table())


def resumer(contexte: Contexte, decisions: Mapping[str, str]) -> Mapping[str, Any]:
    """For the manifest: sources read, enterprises by verdict and by state, activities, limits of the build.

    Args:
        decisions: name and digest of the file of decisions; empty for none.
    """

    def compter(colonne: str) -> dict[str, int]:
        return dict(
            contexte.moteur.lignes(
                f"SELECT {colonne}, count(*) FROM atl_entreprise GROUP BY {colonne} ORDER BY ALL"
            )
        )

    return {
        "sources": _lues(contexte),
        "departements": sorted(contexte.departements),
        "verdicts": compter("verdict"),
        "etats": compter("etat"),
        "activites": activites.resumer(contexte),
        "decisions": {**decisions, **activites.resumer_decisions(contexte)},
        "remarques": contexte.remarques.get("entreprises", []),
    }
