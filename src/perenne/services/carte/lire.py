"""Use case: the enterprises of a territory on a map, all of them or those of an activity or a need."""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import Mapping
from threading import Lock

from perenne.atlas.annuaire.points import PRECISES, Point, lire_sieges
from perenne.atlas.lecteur import Atlas
from perenne.domain.annuaire.masques import unir
from perenne.domain.erreurs import Anomalie, ErreurUtilisateur
from perenne.domain.savoir.activites import Activite
from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.savoir.besoins import Besoin
from perenne.domain.territoire.identite import Contour, Territoire
from perenne.reports.annuaire.phrases import citer_datees, dire_exclusion
from perenne.reports.svg.geometrie import Cadre
from perenne.reports.typographie import composer
from perenne.services.annuaire.filtres import Filtres, montrees, trouver
from perenne.services.annuaire.libelles import lire_libelles
from perenne.services.annuaire.recherche import Resultats, lancer
from perenne.services.atlas_ouvert import obtenir_atlas
from perenne.services.carte.groupes import grouper_communes, grouper_points, mesurer_cadre
from perenne.services.carte.placer import compter_signes, compter_situations, placer
from perenne.services.carte.resultat import CarteEntreprises, ChoixDeCarte, Disque, Lecture
from perenne.services.carte_territoire import COMMUNES_MAX, dessiner_fond
from perenne.services.consulter.territoires import designer_demande, trouver_code
from perenne.services.designation import unir_designes
from perenne.services.savoir import obtenir_base
from perenne.services.territoire import CONTOURS, CONTOURS_QPV

POINTS_MAX = 600
"""Enterprises drawn one by one; above, discs with a number."""

LIGNES_MAX = 25
"""Lines of each table; the whole list is a page of its own."""

GARDEES = 24
"""Maps kept by a process: the page, its JSON and its GeoJSON are asked together."""

Decompte = tuple[int | None, int | None, int | None]
_gardees: OrderedDict[tuple[object, ...], Lecture] = OrderedDict()
_verrou = Lock()


def lire_carte(demande: str, au: dt.date, *, activite: str = "", besoin: str = "") -> Lecture:
    """The map of a territory, kept a while.

    Args:
        activite, besoin: identifier or title of what is chosen; empty for everything.

    Raises:
        Ambigu, Introuvable, AtlasIndisponible: as the page of the territory; ErreurUtilisateur: an activity
            or a need that is not known, or an atlas without enterprises.
    """
    atlas, base = obtenir_atlas(), obtenir_base()
    cle = (atlas.version, id(base), demande, au, activite, besoin)
    with _verrou:
        if cle in _gardees:
            _gardees.move_to_end(cle)
            return _gardees[cle]
    lecture = _lire(atlas, base, demande, au, (activite, besoin))
    with _verrou:
        _gardees[cle] = lecture
        while len(_gardees) > GARDEES:
            _gardees.popitem(last=False)
    return lecture


def _lire(atlas: Atlas, base: BaseSavoir, demande: str, au: dt.date, voulu: tuple[str, str]) -> Lecture:
    territoire, membres = unir_designes(atlas, designer_demande(demande))
    activite, besoin = _choisir(base, *voulu)
    filtres = Filtres(
        dans=demande,
        activites=(activite,) if activite else (),
        besoins=(besoin,) if besoin else (),
        au=au,
    )
    toutes = lancer(atlas, base, Filtres(dans=demande, au=au))
    trouvees = lancer(atlas, base, filtres) if activite or besoin else toutes
    libelles = lire_libelles(atlas, base)
    demandees = _demandees(base, activite, besoin)
    groupes: tuple[Disque, ...] = ()
    fond = _fond(atlas, territoire, au)
    une_a_une = trouvees.total <= POINTS_MAX
    choisies = frozenset(a for ensemble in demandees for a in ensemble)
    lues = tuple(trouvees.tout(None if une_a_une else LIGNES_MAX))
    placees = placer(atlas, base, lues, territoire, libelles, choisies=choisies)
    decompte: Decompte = compter_situations(placees)
    if not une_a_une:
        groupes, decompte = _grouper(trouvees, territoire, membres, demandees, mesurer_cadre(fond))
    dessinees = tuple(p for p in placees if p.signe) if une_a_une else ()
    activites, besoins = _proposer(toutes, base)
    connues = atlas.sources()
    utilisees = [CONTOURS, *([CONTOURS_QPV] if any(c.type == "qpv" for c in fond) else [])] if fond else []
    carte = CarteEntreprises(
        atlas=atlas.version,
        code=trouver_code(demande),
        territoire=territoire.nom,
        activite=next((a for a in activites if a.code == activite), None),
        besoin=next((b for b in besoins if b.code == besoin), None),
        total=trouvees.total,
        exclues=tuple(composer(dire_exclusion(x).partition(" (--")[0]) for x in trouvees.exclues),
        dessin="points" if une_a_une else "groupes",
        situees=decompte[0],
        au_centre=decompte[1],
        sans_point=decompte[2],
        signes=compter_signes(dessinees, base),
        placees=(dessinees if une_a_une else placees)[:LIGNES_MAX],
        autres=tuple(p for p in placees if not p.signe)[:LIGNES_MAX] if une_a_une else (),
        groupes=groupes,
        activites=activites,
        besoins=besoins,
        sources=citer_datees((*libelles.sources, *(connues[s] for s in utilisees if s in connues))),
    )
    return Lecture(carte=carte, fond=fond, points=dessinees)


def _choisir(base: BaseSavoir, activite: str, besoin: str) -> tuple[str, str]:
    """Identifiers of what is chosen.

    Raises:
        ErreurUtilisateur: one is not known; what is near is told.
    """
    fautes: list[Anomalie] = []
    titres_a = {i: (a.titre,) for i, a in base.de(Activite).items()}
    titres_b = {i: (b.titre,) for i, b in base.de(Besoin).items()}
    une = trouver((activite,) if activite else (), "une activité", titres_a, fautes)
    un = trouver((besoin,) if besoin else (), "un besoin", titres_b, fautes)
    if fautes:
        raise ErreurUtilisateur("Le choix n’est pas compris.", anomalies=fautes)
    return (une[0] if une else ""), (un[0] if un else "")


def _demandees(base: BaseSavoir, activite: str, besoin: str) -> tuple[tuple[str, ...], ...]:
    """Sets of activities: an enterprise must have one of each."""
    ensembles: list[tuple[str, ...]] = [(activite,)] if activite else []
    if besoin:
        ensembles.append(tuple(a for a, f in base.de(Activite).items() if besoin in f.besoins_servis))
    return tuple(ensembles)


def _proposer(
    toutes: Resultats, base: BaseSavoir
) -> tuple[tuple[ChoixDeCarte, ...], tuple[ChoixDeCarte, ...]]:
    """The activities and the needs, with the number of enterprises of the territory."""
    annuaire = toutes.recherche.annuaire
    masque = unir((m for _, m in toutes.recherche.parties), annuaire.total)
    comptes = annuaire.compter("activite", masque)
    activites = [
        ChoixDeCarte(code=i, titre=composer(a.titre), nombre=comptes.get(i, 0))
        for i, a in base.de(Activite).items()
    ]
    besoins = [ChoixDeCarte(code=i, titre=composer(b.titre)) for i, b in base.de(Besoin).items()]
    return tuple(sorted(activites, key=lambda c: c.titre)), tuple(sorted(besoins, key=lambda c: c.titre))


def _grouper(
    trouvees: Resultats,
    territoire: Territoire,
    membres: Mapping[str, Territoire],
    demandees: tuple[tuple[str, ...], ...],
    cadre: Cadre | None,
) -> tuple[tuple[Disque, ...], Decompte]:
    """Discs, and where the head offices are."""
    atlas, annuaire = trouvees.atlas, trouvees.recherche.annuaire
    masque = unir((m for _, m in trouvees.recherche.parties), annuaire.total)
    if territoire.type == "commune":
        montres = montrees(trouvees.filtres)
        points = lire_sieges(
            atlas, territoire.code, etats=montres.etats, verdicts=montres.verdicts, activites=demandees
        )
        return grouper_points(points, cadre), _compter_points(points, trouvees.total)
    communes = [membres[c] for c in sorted(membres)]
    # An atlas built before this count existed has none.
    comptes = annuaire.compter("precision", masque)
    if not comptes:
        return grouper_communes(annuaire, masque, communes, cadre), (None, None, None)
    situees = sum(comptes.get(p, 0) for p in PRECISES)
    au_centre = comptes.get("commune", 0)
    return grouper_communes(annuaire, masque, communes, cadre), (
        situees,
        au_centre,
        trouvees.total - situees - au_centre,
    )


def _compter_points(points: tuple[Point, ...], total: int) -> Decompte:
    situees = sum(p.precis for p in points)
    au_centre = sum(p.precision == "commune" for p in points)
    return situees, au_centre, total - situees - au_centre


def _fond(atlas: Atlas, territoire: Territoire, au: dt.date) -> tuple[Contour, ...]:
    """The outlines of the map of the note, with the quartiers of every commune."""
    fond = dessiner_fond(atlas, territoire, au)
    if territoire.type not in ("epci", "departement", "union") or len(territoire.communes) > COMMUNES_MAX:
        return fond
    return (*fond, *atlas.contours((q.cle for q in atlas.qpv_de(territoire.communes)), dans=True))
