"""One search box: territories and enterprises of the atlas, then what the knowledge base holds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from perenne.atlas.suggestions import suggerer
from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.texte import normaliser
from perenne.kb.recherche import Index
from perenne.reports.typographie import composer
from perenne.services.atlas_ouvert import AtlasIndisponible, obtenir_atlas
from perenne.services.consulter.elements import Introuvable
from perenne.services.consulter.recherche_entreprises import EntreprisesTrouvees, chercher_entreprises
from perenne.services.consulter.territoires import (
    Ambigu,
    Trouve,
    chercher_territoires,
    code_court,
    trouver_code,
)
from perenne.services.savoir import obtenir_base

GENRES = ("activite", "besoin", "action", "instrument", "cas", "regle", "levier")
"""The kinds that have a page of their own, or a place in one; an activity or a need: its enterprises."""

LONGUEUR_MAX = 200
DEBUT_MIN = 3
"""Letters from which names of enterprises are suggested: fewer begin too many of them."""

ENTREPRISES = 4
"""Enterprises suggested as one types; the page of results gives more."""


@dataclass(frozen=True, kw_only=True)
class FicheTrouvee:
    """An item of the knowledge base; `page` is the item whose page shows it (an instrument: its action)."""

    genre: str
    id: str
    titre: str
    extrait: str
    page: str


@dataclass(frozen=True, kw_only=True)
class Trouvailles:
    """What was found for some words.

    Attributes:
        direct: code of the territory when the words are exactly one; empty otherwise.
        entreprises: those whose name holds the words, or the one whose number they are.
        atlas: False when no atlas can be read: neither territories nor enterprises were searched.
    """

    mots: str
    direct: str
    territoires: tuple[Trouve, ...]
    entreprises: EntreprisesTrouvees
    fiches: tuple[FicheTrouvee, ...]
    atlas: bool


@dataclass(frozen=True, kw_only=True)
class Exemple:
    """A commune of the atlas, to show what may be typed."""

    code: str
    nom: str


def proposer_exemple() -> Exemple | None:
    """A commune that the atlas in use knows: a préfecture of a rural département, else the largest one."""
    try:
        return _exemple(obtenir_atlas().version)
    except AtlasIndisponible:
        return None


@lru_cache(maxsize=2)
def _exemple(version: str) -> Exemple | None:
    del version  # one atlas, one example
    lignes = obtenir_atlas().lire(
        "SELECT code, nom FROM territoire WHERE type = 'commune' ORDER BY code <> ?, population DESC LIMIT 1",
        ("23096",),
    )
    return next((Exemple(code=str(code), nom=composer(nom)) for code, nom in lignes), None)


@cache
def _index() -> Index:
    base = obtenir_base()
    return Index(
        BaseSavoir(
            fiches={g: base.fiches.get(g, {}) for g in GENRES}, classes=base.classes, chemins=base.chemins
        )
    )


def preparer_recherche() -> None:
    """Read the knowledge base, index it and look something up, before the first visitor."""
    _index()
    suggerer_tout("association")


def chercher_tout(mots: str, limite: int = 20) -> Trouvailles:
    """Everything that the words may mean, the best first.

    Args:
        mots: what the visitor typed; cut after `LONGUEUR_MAX` characters.
        limite: of territories, and of items.
    """
    mots = " ".join(mots[:LONGUEUR_MAX].split())
    if not normaliser(mots):
        return Trouvailles(
            mots=mots, direct="", territoires=(), entreprises=EntreprisesTrouvees(), fiches=(), atlas=True
        )
    direct, atlas, entreprises = "", True, EntreprisesTrouvees()
    territoires: tuple[Trouve, ...] = ()
    try:
        code = trouver_code(mots)
        territoires = chercher_territoires(mots, limite) if "+" not in mots else ()
        # A code, or a name that one territory bears; a part of a name is only a suggestion.
        if not territoires or territoires[0].qualite in ("exact", "ancien"):
            direct = code
    except Ambigu as erreur:
        territoires = erreur.candidats[:limite]
    except AtlasIndisponible:
        atlas = False
    except Introuvable:
        pass
    if atlas:
        entreprises = chercher_entreprises(obtenir_atlas(), mots, limite, proches=True)
    return Trouvailles(
        mots=mots,
        direct=direct,
        territoires=territoires,
        entreprises=entreprises,
        fiches=chercher_fiches(mots, limite),
        atlas=atlas,
    )


def chercher_fiches(mots: str, limite: int = 20) -> tuple[FicheTrouvee, ...]:
    """Items of the knowledge base that hold the words."""
    base = obtenir_base()
    return tuple(
        FicheTrouvee(
            genre=r.genre,
            id=r.id,
            titre=composer(r.intitule),
            extrait=composer(r.extrait),
            page=base.instruments[r.id].actions[0] if r.genre == "instrument" else r.id,
        )
        for r in _index().chercher(mots, limite)
    )


def suggerer_tout(debut: str, limite: int = 6) -> Trouvailles:
    """Quick suggestions while one types: the last word may be unfinished."""
    debut = " ".join(debut[:LONGUEUR_MAX].split())
    territoires: tuple[Trouve, ...] = ()
    atlas, entreprises = True, EntreprisesTrouvees()
    try:
        if len(normaliser(debut)) >= DEBUT_MIN:
            entreprises = chercher_entreprises(obtenir_atlas(), debut, ENTREPRISES, proches=False)
        territoires = tuple(
            Trouve(
                code=code_court(x.cle.type, x.cle.code),
                type=x.cle.type,
                nom=x.nom,
                departement=x.departement,
                population=x.population,
                qualite=x.qualite,
            )
            for x in suggerer(obtenir_atlas(), debut, limite)
        )
    except AtlasIndisponible:
        atlas = False
    rien = not territoires and not entreprises.total
    fiches = _par_debut(debut, limite) or (chercher_fiches(debut, limite) if rien else ())
    return Trouvailles(
        mots=debut, direct="", territoires=territoires, entreprises=entreprises, fiches=fiches, atlas=atlas
    )


def _par_debut(debut: str, limite: int) -> tuple[FicheTrouvee, ...]:
    """Items whose title holds a word that starts so."""
    voulu = normaliser(debut)
    if len(voulu) < 2:
        return ()
    base = obtenir_base()
    trouves = [
        FicheTrouvee(
            genre=d.genre,
            id=d.id,
            titre=composer(d.intitule),
            extrait="",
            page=base.instruments[d.id].actions[0] if d.genre == "instrument" else d.id,
        )
        for d in _index().documents
        if f" {voulu}" in f" {normaliser(d.intitule)}"
    ]
    trouves.sort(key=lambda f: GENRES.index(f.genre))
    return tuple(trouves[:limite])
