"""The diagnosis of a territory at a date, from a published atlas and the knowledge base."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from perenne.atlas.lecteur import Atlas
from perenne.atlas.strates import compter, lire_colonne, lire_groupe, rangs_de_strate
from perenne.atlas.valeurs import appartenances, listes_connues, mesures_de
from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.territoire.acteurs import trouver_acteurs
from perenne.domain.territoire.besoins import lire_besoins
from perenne.domain.territoire.cget import lire_cget
from perenne.domain.territoire.identite import (
    Cle,
    Contour,
    Rattachement,
    SourceCitee,
    Territoire,
    dates_des_sources,
)
from perenne.domain.territoire.lectures import (
    Vecteur,
    absente,
    comparable,
    derniere,
    lire,
    lire_tendances,
    ordonner,
    plus_proches,
)
from perenne.domain.territoire.mesures import Lecture, Pair, Strate
from perenne.domain.territoire.offre import Offre
from perenne.domain.territoire.precedents import trouver_precedents
from perenne.domain.territoire.resultat import Diagnostic, ZonageLu
from perenne.domain.territoire.strates import choisir_strate
from perenne.domain.territoire.suites import proposer_suites
from perenne.domain.territoire.union import densites
from perenne.domain.territoire.zonages import lire_zonages
from perenne.services.carte_territoire import dessiner_fond
from perenne.services.designation import Designation, designer, unir_designes
from perenne.services.mesures_territoire import mesurer
from perenne.services.offre import lire_offre
from perenne.services.situation_cas import situer_cas

PAIRS = 5
CONTOURS, CONTOURS_QPV, DENSITE = "ign_contours", "anct_qpv_contours", "insee_densite"
"""Data sets of what is drawn, and of the grid by which a territory is compared."""


VERDICTS = ("ess_france", "tresor_esus")
"""Lists that the verdict « ESS » of an operator rests on, beside the registers."""


def diagnostiquer(demande: str, *, au: dt.date, dossier_atlas: Path, savoir: BaseSavoir) -> Diagnostic:
    """Diagnose a territory.

    Args:
        demande: what the user asks for: a code, a name, a typed code, several joined by `+`.
        au: the date of the zonings and of the law.
        dossier_atlas: folder of the published atlas.
        savoir: the knowledge base.

    Raises:
        ErreurUtilisateur: no atlas, unknown or ambiguous territory, a QPV in a union.
    """
    with Atlas(dossier_atlas) as atlas:
        return diagnostiquer_designe(atlas, designer(atlas, demande), au=au, savoir=savoir)


def diagnostiquer_designe(
    atlas: Atlas, designation: Designation, *, au: dt.date, savoir: BaseSavoir
) -> Diagnostic:
    """Diagnose territories already found in an open atlas."""
    territoire, membres = unir_designes(atlas, designation)
    zonages = _zonages(atlas, territoire, membres, savoir, au)
    mesures = mesurer(atlas, territoire, savoir.indicateurs, membres)
    strate = choisir_strate(territoire, lambda s: compter(atlas, s))
    comparables = _Comparables(atlas, strate, territoire)
    indicateurs = ordonner(savoir.indicateurs.values())
    lectures = tuple(
        lire(i, derniere(mesures.get(i.id, ())) or absente(i, territoire.type), comparables.colonne)
        for i in indicateurs
    )
    besoins = lire_besoins(savoir.besoins.values(), savoir.activites.values(), lectures)
    offre = lire_offre(atlas, territoire, savoir, strate=strate, besoins=[b.besoin for b in besoins])
    rattachements = _rattachements(atlas, territoire)
    en_vigueur = [
        z.zonage
        for z in zonages
        if z.statut in ("en-vigueur", "a-verifier")
        and (territoire.type != "qpv" or savoir.zonages[z.zonage].maille == "quartier")
    ]
    precedents = trouver_precedents(
        territoire=territoire,
        zonages=en_vigueur,
        besoins=besoins,
        situations=situer_cas(atlas, savoir),
        savoir=savoir,
    )
    acteurs = trouver_acteurs(
        territoire=territoire, rattachements=rattachements, besoins=besoins, savoir=savoir
    )
    carte = dessiner_fond(atlas, territoire, au)
    return Diagnostic(
        au=au,
        version_atlas=atlas.version,
        territoire=territoire,
        composantes=_distinctes(designation.parties) if territoire.type == "union" else (),
        rattachements=rattachements,
        filiations=tuple(sorted(set(designation.filiations), key=lambda f: (f.code_ancien, f.code_actuel))),
        densites=densites(membres.values()) if len(membres) > 1 else {},
        zonages=zonages,
        strate=strate,
        lectures=lectures,
        pairs=_pairs(atlas, territoire, comparables, lectures),
        tendances=lire_tendances(indicateurs, mesures),
        cget=lire_cget(lectures),
        besoins=besoins,
        offre=offre,
        precedents=precedents,
        acteurs=acteurs,
        suites=proposer_suites(precedents, acteurs, savoir),
        sources=_sources(atlas, lectures=lectures, zonages=zonages, carte=carte, strate=strate, offre=offre),
        carte=carte,
    )


class _Comparables:
    """The other territories of the stratum, and their values."""

    def __init__(self, atlas: Atlas, strate: Strate, territoire: Territoire) -> None:
        self._atlas, self.strate = atlas, strate
        self.groupe = lire_groupe(atlas, strate.type)
        rangs = rangs_de_strate(atlas, strate)
        soi = self.groupe.rangs.get(territoire.code, -1) if territoire.type == strate.type else -1
        self.autres = rangs[rangs != soi]

    def colonne(self, indicateur: str, millesime: str) -> Vecteur:
        """Comparable values of the others."""
        valeurs: Vecteur = lire_colonne(self._atlas, indicateur, millesime, self.strate.type)[self.autres]
        connues: Vecteur = valeurs[~np.isnan(valeurs)]
        return connues


def _distinctes(parties: tuple[Territoire, ...]) -> tuple[Territoire, ...]:
    return tuple(sorted({p.cle: p for p in parties}.values(), key=lambda p: p.cle))


def lire_zonages_de_commune(
    atlas: Atlas, code: str, *, savoir: BaseSavoir, au: dt.date
) -> tuple[ZonageLu, ...]:
    """The zonings of one commune at a date; empty when the atlas does not know it."""
    commune = atlas.territoires("commune", [code]).get(code)
    return _zonages(atlas, commune, {code: commune}, savoir, au) if commune else ()


def _zonages(
    atlas: Atlas, territoire: Territoire, membres: Mapping[str, Territoire], savoir: BaseSavoir, au: dt.date
) -> tuple[ZonageLu, ...]:
    lignes = appartenances(atlas, "commune", membres)
    if territoire.type == "qpv":
        # The list of QPV says of a commune that it holds one: a QPV only has its own row.
        quartiers = {z.id for z in savoir.zonages.values() if z.maille == "quartier"}
        lignes = tuple(a for a in lignes if a.zonage not in quartiers)
    if territoire.type in ("qpv", "arrondissement-municipal"):
        lignes += appartenances(atlas, territoire.type, [territoire.code])
    return lire_zonages(
        territoire=territoire,
        membres=tuple(membres.values()),
        appartenances=lignes,
        listes=listes_connues(atlas),
        vues_le=dates_des_sources(atlas.sources().values()),
        zonages=savoir.zonages.values(),
        ressources=savoir.ressources,
        au=au,
    )


def _rattachements(atlas: Atlas, t: Territoire) -> tuple[Rattachement, ...]:
    trouves = []
    commune = t.communes[0] if t.type == "qpv" and len(t.communes) == 1 else ""
    for type_, code in (
        ("commune", commune),
        ("epci", t.epci),
        ("departement", t.departement),
        ("region", t.region),
    ):
        parent = (
            atlas.territoires(type_, [code]).get(code)
            if code and t.cle != Cle(type=type_, code=code)
            else None
        )
        if parent is not None:
            trouves.append(Rattachement(type=parent.type, code=parent.code, nom=parent.nom))
    return tuple(trouves)


def _pairs(
    atlas: Atlas, territoire: Territoire, comparables: _Comparables, lectures: tuple[Lecture, ...]
) -> tuple[Pair, ...]:
    rangs = plus_proches(
        territoire.population,
        territoire.superficie_km2,
        comparables.groupe.population[comparables.autres],
        comparables.groupe.superficie_km2[comparables.autres],
        PAIRS,
    )
    codes = [comparables.groupe.codes[comparables.autres[r]] for r in rangs]
    type_ = comparables.strate.type
    fiches = atlas.territoires(type_, codes)
    lus = {x.indicateur.id: x.mesure.millesime for x in lectures if x.mesure.valeur is not None}
    return tuple(
        Pair(
            type=type_,
            code=c,
            nom=fiches[c].nom,
            departement=fiches[c].departement,
            population=fiches[c].population,
            densite_hab_km2=_densite(fiches[c]),
            valeurs={
                m.indicateur: m.valeur
                for m in mesures_de(atlas, fiches[c].cle)
                if m.valeur is not None and comparable(m) and lus.get(m.indicateur) == m.millesime
            },
        )
        for c in codes
    )


def _densite(t: Territoire) -> float | None:
    return t.population / t.superficie_km2 if t.population is not None and t.superficie_km2 else None


def _sources(
    atlas: Atlas,
    *,
    lectures: tuple[Lecture, ...],
    zonages: tuple[ZonageLu, ...],
    carte: tuple[Contour, ...],
    strate: Strate,
    offre: Offre,
) -> tuple[SourceCitee, ...]:
    """The data sets of what is shown: figures, zonings, supply, outlines, the grid of the comparison."""
    connues = atlas.sources()
    citees = {x.mesure.source for x in lectures if x.mesure.valeur is not None} | {z.source for z in zonages}
    citees |= {CONTOURS_QPV if c.type == "qpv" else CONTOURS for c in carte}
    citees |= {DENSITE} if strate.densites else set()
    citees |= {source for r in offre.registres for source in r.sources}
    citees |= set(VERDICTS) if offre.observee else set()
    identifiants = {i.strip() for c in citees for i in c.replace("+", ",").split(",")}
    return tuple(connues[i] for i in sorted(identifiants) if i in connues)
