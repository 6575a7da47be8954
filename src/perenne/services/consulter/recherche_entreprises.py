"""The enterprises of the one search box: a few of them, and how many there are."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from perenne.atlas.annuaire.index import ouvrir_annuaire
from perenne.atlas.entreprises import observe_des_entreprises
from perenne.atlas.lecteur import Atlas
from perenne.domain.annuaire.resultat import EntrepriseTrouvee
from perenne.reports.annuaire.phrases import dire_lieu, nommer
from perenne.reports.typographie import composer
from perenne.services.annuaire.filtres import Filtres
from perenne.services.annuaire.recherche import lancer
from perenne.services.savoir import obtenir_base


@dataclass(frozen=True, kw_only=True)
class EntrepriseNommee:
    """An enterprise as the search box shows it: its name and its place."""

    id: str
    nom: str
    lieu: str


@dataclass(frozen=True, kw_only=True)
class EntreprisesTrouvees:
    """The first ones, the best first.

    Attributes:
        total: all of them, counted exactly.
        numero: whether the words are the number of the only one.
        observees: False when the atlas in use holds no enterprise: none was searched.
    """

    premieres: tuple[EntrepriseNommee, ...] = ()
    total: int = 0
    numero: bool = False
    observees: bool = True


def chercher_entreprises(atlas: Atlas, mots: str, limite: int, *, proches: bool) -> EntreprisesTrouvees:
    """Enterprises whose name holds the words, the last one as a beginning; or the one whose number they are.

    Args:
        mots: a name, a SIREN, a SIRET, or the number of an association.
        limite: of those named; all are counted.
        proches: whether misspelt words are looked for when little else answers: slower.
    """
    if not observe_des_entreprises(atlas) or ouvrir_annuaire(atlas) is None:
        return EntreprisesTrouvees(observees=False)
    # The date only serves zonings, which the box does not ask for.
    filtres = Filtres(mots=mots, au=dt.date.min)
    trouves = lancer(atlas, obtenir_base(), filtres, proches=proches)
    if trouves.designee:
        return EntreprisesTrouvees(premieres=(_nommee(trouves.designee),), total=1, numero=True)
    premieres = tuple(_nommee(e) for e in trouves.recherche.premieres(limite))
    return EntreprisesTrouvees(premieres=premieres, total=trouves.total if premieres else 0)


def _nommee(e: EntrepriseTrouvee) -> EntrepriseNommee:
    return EntrepriseNommee(id=e.id, nom=composer(nommer(e)), lieu=composer(dire_lieu(e)))
