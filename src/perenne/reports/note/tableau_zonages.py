"""The table of zonings and programmes."""

from __future__ import annotations

import re
from collections.abc import Collection

from perenne.domain.territoire.resultat import Diagnostic, ZonageLu
from perenne.reports.note.cellules import mot
from perenne.reports.note.elements import Cellule, Colonne, Tableau
from perenne.reports.note.phrases import (
    STATUTS_ZONAGE,
    dire_couverture,
    dire_periode,
    separer,
)
from perenne.reports.typographie import (
    accorder,
    composer,
    lister,
    minuscule,
    raccourcir,
)

LIBELLE_COURT = 48
CLASSEMENTS_TUS = {"classée", "classee", "contient", "quartier", "renforcé", "plus"}
"""Details that only say again that the territory is in the zoning."""


def dire_classement(zonage: ZonageLu) -> str:
    """The details of the classification in words, without repeating the name of the zoning."""
    mots = [re.sub(r"^Renforcé \((.*)\)$", r"\1", m.strip()) for m in zonage.classement.split(",")]
    return lister(minuscule(m) for m in mots if m and m.lower() not in CLASSEMENTS_TUS)


def _ligne_zonage(zonage: ZonageLu, *, quartier: bool) -> tuple[Cellule, ...]:
    nom = zonage.sigle or zonage.libelle
    classement = dire_classement(zonage)
    if classement:
        nom += f" ({classement})"
    libelles = separer(zonage.libelles)
    court = nom
    if libelles:
        premier = raccourcir(libelles[0], LIBELLE_COURT)
        court += f" : {premier}" + (
            f" et {accorder(len(libelles) - 1, 'autre')}" if len(libelles) > 1 else ""
        )
        nom += f" : {lister(libelles)}"
    statut = STATUTS_ZONAGE[zonage.statut]
    douteux = zonage.confiance == "C" and zonage.statut != "non-observe"
    reference = zonage.reference + (" (à vérifier)" if douteux else "")
    return (
        Cellule(texte=composer(nom), court=composer(court)),
        Cellule(texte=statut, genre="absent" if zonage.statut == "non-observe" else "texte"),
        mot(dire_couverture(zonage) if not quartier or zonage.zonage.startswith("qpv") else "sa commune"),
        mot(dire_periode(zonage.du, zonage.au)),
        Cellule(texte=composer(reference), court=composer(re.sub(r" ?\([^()]*\)", "", reference))),
    )


def tableau_zonages(diagnostic: Diagnostic) -> Tableau:
    """The zonings and programmes that touch the territory; those of which no list was seen, in the note."""
    return composer_zonages(
        diagnostic.zonages,
        legende="Zonages et programmes à la date de la note",
        quartier=diagnostic.territoire.type == "qpv",
    )


def composer_zonages(zonages: Collection[ZonageLu], *, legende: str, quartier: bool = False) -> Tableau:
    """The same of zonings read by themselves."""
    rang = {"en-vigueur": 0, "a-verifier": 1, "a-venir": 2, "termine": 3}
    vus = [z for z in zonages if z.statut != "non-observe"]
    vus.sort(key=lambda z: (rang[z.statut], z.nature != "zonage"))
    tus = [z.sigle or z.libelle for z in zonages if z.statut == "non-observe"]
    return Tableau(
        ident="zonages",
        legende=legende,
        colonnes=(
            Colonne(titre="Zonage ou programme", part=2.6),
            Colonne(titre="Statut", part=0.9),
            Colonne(titre="Étendue", part=1.6),
            Colonne(titre="Période", part=1.6),
            Colonne(titre="Référence", part=2.4),
        ),
        lignes=tuple(_ligne_zonage(z, quartier=quartier) for z in vus),
        note=f"Aucune liste observée pour : {lister(tus)}." if tus else "",
    )
