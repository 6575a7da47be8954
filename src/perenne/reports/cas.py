"""The enterprises of the study, listed with what was done for them and where the study says it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

from perenne import __version__
from perenne.domain.savoir.activites import Activite
from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.savoir.besoins import Besoin
from perenne.domain.savoir.cas import Cas, FaitCas
from perenne.domain.savoir.leviers import Action, Instrument
from perenne.domain.savoir.ressources import Ressource
from perenne.reports.note.elements import Cellule, Colonne, Tableau
from perenne.reports.page import preparer_gabarit
from perenne.reports.typographie import accorder, composer, lister, majuscule, minuscule

TITRE = "Les entreprises de l’étude"
EXPLICITATIONS = {
    "explicite": "écrit",
    "implicite": "implicite",
    "envisage": "envisagé",
    "contexte": "dit du territoire",
}
COLONNES_CSV = (
    "cas", "nom", "forme_juridique", "departement", "commune", "lieu", "activite", "besoins", "fait",
    "action", "instrument", "libelle", "acteur", "montant_eur", "duree", "explicitation", "document",
    "section",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class _Detail:
    nom: str
    resume: str
    tableau: Tableau


class _Noms:
    """Titles of the items that cases refer to; the identifier itself when an item is not known."""

    def __init__(self, savoir: BaseSavoir) -> None:
        self._titres = {
            **{i: x.titre for i, x in savoir.de(Action).items()},
            **{i: x.titre for i, x in savoir.de(Instrument).items()},
            **{i: x.titre for i, x in savoir.de(Besoin).items()},
            **{i: x.titre for i, x in savoir.de(Activite).items()},
        }

    def de(self, ident: str) -> str:
        return composer(self._titres.get(ident, ident))


def _mots(textes: Iterable[str]) -> tuple[Cellule, ...]:
    return tuple(Cellule(texte=composer(t)) for t in textes)


def _lieu(cas: Cas) -> str:
    place = cas.implantation
    if place.nom_commune:
        return f"{place.nom_commune} (probable)" if place.probable else place.nom_commune
    return place.lieu or place.departement or "non précisé"


def _resume(cas: list[Cas], noms: _Noms) -> Tableau:
    return Tableau(
        ident="resume",
        legende=f"{accorder(len(cas), 'entreprise')} : où elles sont, ce qu’elles font, à quels besoins "
        "elles répondent",
        colonnes=(
            Colonne(titre="Entreprise", part=2),
            Colonne(titre="Lieu", part=2),
            Colonne(titre="Activité", part=2),
            Colonne(titre="Besoins", part=3),
            Colonne(titre="Appuis relevés", nombre=True),
        ),
        lignes=tuple(
            (
                *_mots(
                    (
                        c.nom,
                        _lieu(c),
                        noms.de(c.activite),
                        majuscule(" ; ".join(minuscule(noms.de(b)) for b in c.besoins)),
                    )
                ),
                Cellule(texte=str(len(c.faits)), brut=len(c.faits), format="0", genre="nombre"),
            )
            for c in cas
        ),
    )


def _fait(fait: FaitCas, noms: _Noms) -> tuple[Cellule, ...]:
    return _mots(
        (
            noms.de(fait.action),
            noms.de(fait.instrument),
            majuscule(fait.libelle),
            fait.acteur.libelle or "non précisé",
            EXPLICITATIONS[fait.explicitation],
            fait.source.section or "non précisé",
        )
    )


def _detail(cas: Cas, noms: _Noms) -> _Detail:
    titres = ("Action", "Instrument", "Ce qui a été fait", "Par qui", "Dans l’étude", "Passage")
    tableau = Tableau(
        ident=cas.id,
        legende=f"{cas.nom} : {accorder(len(cas.faits), 'appui relevé', 'appuis relevés')}",
        colonnes=tuple(Colonne(titre=t) for t in titres),
        lignes=tuple(_fait(f, noms) for f in cas.faits),
    )
    return _Detail(nom=composer(cas.nom), resume=composer(cas.resume), tableau=tableau)


def _ranger(savoir: BaseSavoir) -> list[Cas]:
    return sorted(savoir.de(Cas).values(), key=lambda c: c.id)


def ecrire_cas_html(savoir: BaseSavoir) -> str:
    """A page of every case: a summary table, then each case with its facts and their place in the study."""
    noms, cas = _Noms(savoir), _ranger(savoir)
    documents = {s.document for c in cas for s in c.sources}
    ressources = savoir.de(Ressource)
    cites = [ressources[d].titre if d in ressources else d for d in sorted(documents)]
    return preparer_gabarit(
        "cas.html.j2",
        titre=TITRE,
        chapeau="Ce que l’étude dit de chaque entreprise, reformulé, et où elle le dit.",
        resume=_resume(cas, noms),
        details=[_detail(c, noms) for c in cas],
        source=composer(f"{lister(cites)}."),
        version=__version__,
    )


def ecrire_cas_csv(savoir: BaseSavoir) -> str:
    """One line per fact, separated by semicolons, identifiers of the knowledge base kept as they are."""
    sortie = io.StringIO()
    plume = csv.writer(sortie, delimiter=";", lineterminator="\r\n")
    plume.writerow(COLONNES_CSV)
    for cas in _ranger(savoir):
        place = cas.implantation
        debut = (cas.id, cas.nom, cas.forme_juridique, place.departement, place.commune, place.lieu)
        for fait in cas.faits:
            plume.writerow(
                (
                    *debut, cas.activite, " ".join(cas.besoins), fait.id, fait.action, fait.instrument,
                    fait.libelle, fait.acteur.libelle, "" if fait.montant_eur is None else fait.montant_eur,
                    fait.duree, fait.explicitation, fait.source.document, fait.source.section,
                )
            )  # fmt: skip
    return sortie.getvalue()
