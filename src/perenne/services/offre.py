"""Use case: who answers the needs of a territory, and the list behind each figure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

from perenne.atlas.lecteur import Atlas
from perenne.atlas.offre import (
    Comptes,
    besoins_comptes,
    compter,
    departements_de,
    groupes,
    registres_lus,
    tient_offre,
)
from perenne.atlas.operateurs import lister_operateurs
from perenne.atlas.strates import compter as compter_strate
from perenne.domain.erreurs import Anomalie, ErreurUtilisateur
from perenne.domain.savoir.activites import Activite
from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.savoir.besoins import Besoin
from perenne.domain.territoire.identite import Territoire
from perenne.domain.territoire.mesures import Strate
from perenne.domain.territoire.offre import (
    COUCHES,
    Couche,
    Ecartes,
    Groupe,
    LigneOffre,
    Offre,
    StatutLecture,
    ordonner,
    situer,
)
from perenne.domain.territoire.offre_comparaison import chiffrer
from perenne.domain.territoire.offre_lecture import lire_statut, listes_de, profil
from perenne.domain.territoire.operateurs import COMPTES, Liste, Part
from perenne.domain.territoire.strates import choisir_strate, nommer_strate
from perenne.domain.texte import normaliser
from perenne.kb.proximite import proches
from perenne.services.designation import designer, unir_designes

OPERATEURS_MAX = 10_000
"""Rows of a sheet of operators: beyond, a workbook is long to write and to open."""


def lire_offre(
    atlas: Atlas,
    territoire: Territoire,
    savoir: BaseSavoir,
    *,
    strate: Strate | None = None,
    besoins: Collection[str] = (),
) -> Offre:
    """The supply of a territory, for each need and each activity, in three layers.

    Args:
        strate: what it is compared with; None to compare with nothing.
        besoins: order of the needs (the most documented first); that of the knowledge base when empty. What
            nobody answers comes first in any case.
    """
    if not tient_offre(atlas):
        return _muette("atlas-sans-offre")
    if territoire.type == "arrondissement-municipal":
        return _muette("arrondissement")
    departements = departements_de(atlas, territoire)
    registres = registres_lus(atlas, departements)
    lus = {d: {r.registre for r in registres if d in r.departements} for d in departements}
    toutes, tous = savoir.activites, savoir.besoins
    lecture = _Lecture(
        besoins=tous,
        activites=toutes,
        territoire=territoire,
        lus=lus,
        listes={a.id: listes_de(a) for a in toutes.values()},
        comptes=compter(atlas, territoire),
        groupes=_groupes(atlas, strate, lus),
    )
    activites = [lecture.ligne("activite", a, [a]) for a in toutes]
    ordre = [*besoins, *(b for b in tous if b not in set(besoins))]
    servis: dict[str, list[str]] = {b: [] for b in ordre}
    for a in toutes.values():
        for b in a.besoins_servis:
            servis[b].append(a.id)
    return Offre(
        habitants=territoire.population,
        departements=departements,
        strate=strate,
        registres=registres,
        besoins=ordonner([lecture.ligne("besoin", b, servis[b]) for b in ordre]),
        activites=ordonner(sorted(activites, key=lambda x: normaliser(x.libelle))),
    )


def _muette(empeche: Literal["atlas-sans-offre", "arrondissement"]) -> Offre:
    return Offre(
        habitants=None, departements=(), strate=None, registres=(), besoins=(), activites=(), empeche=empeche
    )


def _groupes(
    atlas: Atlas, strate: Strate | None, lus: Mapping[str, Collection[str]]
) -> Mapping[tuple[Couche, str], Groupe]:
    if strate is None:
        return {}
    profils = {c: profil(c, lus) for c in COUCHES}
    return groupes(atlas, nommer_strate(strate), {c: p for c, p in profils.items() if p})


_UNE: frozenset[frozenset[str]] = frozenset({frozenset()})
"""The lists say nothing of the layers that registers feed."""


@dataclass(frozen=True, kw_only=True)
class _Lecture:
    """What the lines of one territory share."""

    besoins: Mapping[str, Besoin]
    activites: Mapping[str, Activite]
    territoire: Territoire
    lus: Mapping[str, Collection[str]]
    listes: Mapping[str, frozenset[str]]
    comptes: Mapping[str, Comptes]
    groupes: Mapping[tuple[Couche, str], Groupe]
    _statuts: dict[tuple[Couche, frozenset[frozenset[str]]], StatutLecture] = field(default_factory=dict)

    def _statut(self, couche: Couche, listes: frozenset[frozenset[str]]) -> StatutLecture:
        """Worked out once for the subjects that the same lists cover."""
        cle = (couche, listes if couche == "tous" else _UNE)
        if cle not in self._statuts:
            self._statuts[cle] = lire_statut(couche, cle[1], self.lus)
        return self._statuts[cle]

    def ligne(
        self, genre: Literal["besoin", "activite"], sujet: str, activites: Collection[str]
    ) -> LigneOffre:
        comptes = self.comptes.get(sujet, Comptes())
        listes = frozenset(self.listes[a] for a in activites)
        chiffres = tuple(
            chiffrer(
                couche,
                self._statut(couche, listes),
                getattr(comptes, couche),
                propres=comptes.tous - comptes.ess if couche == "tous" else None,
                faibles=getattr(comptes, f"{couche}_faibles"),
                incertains=getattr(comptes, f"{couche}_incertains"),
                habitants=self.territoire.population,
                groupe=self.groupes.get((couche, sujet)),
                membre=self.territoire.type != "union",
            )
            for couche in COUCHES
        )
        fiche = self.besoins[sujet] if genre == "besoin" else self.activites[sujet]
        toutes = sorted({x for une in listes for x in une})
        return LigneOffre(
            sujet=sujet,
            genre=genre,
            libelle=fiche.titre,
            etude=fiche.provenance == "etude",
            chiffres=chiffres,
            situation=situer(chiffres),
            ecartes=Ecartes(
                fermes=comptes.fermes,
                non_diffusibles=comptes.non_diffusibles,
                hors_champ=comptes.hors_champ,
            ),
            besoins=self.activites[sujet].besoins_servis if genre == "activite" else (),
            listes=tuple(toutes),
            lues=tuple(x for x in toutes if any(x in r for r in self.lus.values())),
        )


def lister(
    atlas: Atlas,
    territoire: Territoire,
    sujet: str = "",
    *,
    couche: Couche = "tous",
    parts: Collection[Part] = COMPTES,
    debut: int = 0,
    nombre: int | None = None,
) -> Liste:
    """The operators behind a figure: as many as it says.

    Args:
        sujet: an activity or a need, by its identifier; every activity when empty.
        parts: the figure itself, or what is said beside it.
        debut, nombre: the page wanted.
    """
    if not tient_offre(atlas) or territoire.type == "arrondissement-municipal":
        return Liste(total=0, debut=debut, operateurs=())
    servent = besoins_comptes(atlas)
    activites = servent.get(sujet, ()) if sujet else sorted({a for s in servent.values() for a in s})
    return lister_operateurs(atlas, territoire, activites, couche, parts, debut=debut, nombre=nombre)


def lister_pour_classeur(atlas: Atlas, territoire: Territoire) -> Liste:
    """The operators of a territory, all activities, those to check included; no more than a sheet holds."""
    return lister(atlas, territoire, parts=("comptes", "faibles"), nombre=OPERATEURS_MAX)


def designer_territoire(atlas: Atlas, demande: str) -> tuple[Territoire, Strate]:
    """The territory that a user names, a union included, and what it is compared with.

    Raises:
        ErreurUtilisateur: unknown, ambiguous, or a union that cannot be.
    """
    territoire, _ = unir_designes(atlas, designer(atlas, demande))
    return territoire, comparer_a(atlas, territoire)


def comparer_a(atlas: Atlas, territoire: Territoire) -> Strate:
    """The group that a territory is compared with."""
    return choisir_strate(territoire, lambda s: compter_strate(atlas, s))


def trouver_sujet(demande: str, savoir: BaseSavoir) -> str:
    """The identifier of the need or of the activity that a user names.

    Args:
        demande: an identifier (`b06`, `epiceries-sociales`) or words of a title, accents and case apart.

    Raises:
        ErreurUtilisateur: none, or several; the near ones are listed.
    """
    titres = {b.id: b.titre for b in savoir.besoins.values()}
    titres |= {a.id: a.titre for a in savoir.activites.values()}
    voulu = normaliser(demande)
    exacts = [
        i for i, titre in titres.items() if voulu in (normaliser(i.replace("_", " ")), normaliser(titre))
    ]
    if exacts:
        return exacts[0]
    mots = voulu.split()
    trouves = [i for i, titre in titres.items() if mots and all(m in normaliser(titre) for m in mots)]
    if len(trouves) == 1:
        return trouves[0]
    if trouves:
        raise ErreurUtilisateur(
            f"« {demande} » désigne plusieurs besoins ou activités :",
            anomalies=[Anomalie(ou="", message=f"{i} : {titres[i]}") for i in trouves],
            conseil="Donnez l'identifiant.",
        )
    voisins = proches(demande, tuple(titres))
    vouliez = f"Vouliez-vous dire {', '.join(f'« {v} »' for v in voisins)} ? " if voisins else ""
    raise ErreurUtilisateur(
        f"Aucun besoin ni aucune activité ne s'appelle « {demande} ».",
        conseil=f"{vouliez}Les besoins vont de B01 à B16 ; cherchez une activité par ses mots : "
        f"perenne savoir chercher {demande}",
    )
