"""The table of needs, what documents them, and the activities that answer them."""

from __future__ import annotations

from perenne.domain.territoire.resultat import BesoinLu, Diagnostic
from perenne.reports.note.cellules import MARQUE, mot
from perenne.reports.note.elements import Cellule, Colonne, Tableau
from perenne.reports.note.phrases import (
    NIVEAUX,
    dire_mesure,
    dire_place,
)
from perenne.reports.typographie import (
    accorder,
    composer,
    lister,
    majuscule,
    minuscule,
)

ACTIVITES_COURT = 4


def _preuves(besoin: BesoinLu, maximum: int = 2) -> str:
    dites = [
        f"{composer(p.indicateur.libelle_court)} "
        f"({dire_mesure(p.mesure, p.indicateur.unite, p.indicateur.decimales)}, {dire_place(p)})"
        for p in besoin.preuves[:maximum]
    ]
    return majuscule(" ; ".join(dites))


def _ligne_besoin(besoin: BesoinLu) -> tuple[Cellule, ...]:
    niveau = NIVEAUX[besoin.niveau]
    marque = besoin.niveau == "marque"
    activites = [composer(minuscule(x.libelle)) for x in besoin.activites]
    reste = len(activites) - ACTIVITES_COURT
    court = [*activites[:ACTIVITES_COURT], accorder(reste, "autre")] if reste > 1 else activites
    return (
        mot(composer(besoin.libelle) + ("" if besoin.etude else " (notre proposition)")),
        Cellule(texte=f"{MARQUE} {niveau}" if marque else niveau, genre="alerte" if marque else "texte"),
        mot(_preuves(besoin)),
        Cellule(texte=majuscule(lister(activites)), court=majuscule(lister(court))),
    )


def tableau_besoins(diagnostic: Diagnostic) -> Tableau:
    """The needs that indicators document, and the activities of the study that answer them."""
    documentes = [b for b in diagnostic.besoins if b.niveau in ("marque", "present")]
    return Tableau(
        ident="besoins",
        legende="Besoins que les indicateurs documentent ici",
        colonnes=(
            Colonne(titre="Besoin", part=2),
            Colonne(titre="Niveau", part=0.85),
            Colonne(titre="Ce qui le documente", part=2.8),
            Colonne(titre="Activités qui y répondent", part=2.6),
        ),
        lignes=tuple(_ligne_besoin(b) for b in documentes),
        note="« Net » : un indicateur parmi le quart le plus fragile. « Documenté » : au-delà de la médiane.",
    )
