"""The table of needs, what documents them, and the activities that answer them."""

from __future__ import annotations

from perenne.domain.territoire.offre import LigneOffre
from perenne.domain.territoire.resultat import BesoinLu, Diagnostic
from perenne.reports.note.cellules import MARQUE, mot
from perenne.reports.note.elements import Cellule, Colonne, Tableau
from perenne.reports.note.phrases import (
    NIVEAUX,
    dire_mesure,
    dire_place,
)
from perenne.reports.offre.phrases import NETS, NON_OBSERVE, dire_jugement, dire_reponse
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


def _offre(ligne: LigneOffre | None) -> Cellule:
    if ligne is None:
        return Cellule(texte=NON_OBSERVE, genre="absent")
    if ligne.situation == "non-observe":
        return Cellule(texte=dire_reponse(ligne), genre="absent")
    if ligne.situation == "sans-reponse":
        return Cellule(texte=f"{MARQUE} {dire_reponse(ligne)}", genre="alerte")
    chiffre = ligne.chiffre("ess")
    place = f" ; {dire_jugement(chiffre)}" if chiffre.jugement in NETS else ""
    return mot(composer(f"{dire_reponse(ligne)}{place}"))


def _ligne_besoin(besoin: BesoinLu, offre: LigneOffre | None) -> tuple[Cellule, ...]:
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
        _offre(offre),
    )


def besoins_documentes(diagnostic: Diagnostic) -> list[BesoinLu]:
    """The needs that indicators document, the rows of the table."""
    return [b for b in diagnostic.besoins if b.niveau in ("marque", "present")]


def tableau_besoins(diagnostic: Diagnostic) -> Tableau:
    """The needs that indicators document, the activities of the study that answer them, who does it here."""
    offres = {x.sujet: x for x in diagnostic.offre.besoins} if diagnostic.offre else {}
    documentes = besoins_documentes(diagnostic)
    return Tableau(
        ident="besoins",
        legende="Besoins que les indicateurs documentent ici",
        colonnes=(
            Colonne(titre="Besoin", part=2),
            Colonne(titre="Niveau", part=0.85),
            Colonne(titre="Ce qui le documente", part=2.8),
            Colonne(titre="Activités qui y répondent", part=2.3),
            Colonne(titre="Offre repérée ici", part=1.9),
        ),
        lignes=tuple(_ligne_besoin(b, offres.get(b.besoin)) for b in documentes),
        note="« Net » : un indicateur parmi le quart le plus fragile. « Documenté » : au-delà de la médiane.",
    )
