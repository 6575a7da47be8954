"""The data sets of the current atlas, and what the knowledge base holds."""

from __future__ import annotations

from dataclasses import dataclass

from perenne.domain.savoir.base import BaseSavoir
from perenne.kb.libelles import lire_libelles
from perenne.reports.typographie import composer, dater_version, majuscule
from perenne.services.atlas_ouvert import AtlasIndisponible, obtenir_atlas
from perenne.services.consulter.elements import Renvoi
from perenne.services.savoir import obtenir_base


@dataclass(frozen=True, kw_only=True)
class JeuDeDonnees:
    """A data set of the atlas."""

    id: str
    producteur: str
    jeu: str
    millesime: str
    date_fichier: str
    licence: str
    url: str


@dataclass(frozen=True, kw_only=True)
class EtatDesDonnees:
    """What can be read now; `version` and `jeux` are empty when no atlas can be."""

    version: str
    version_dite: str
    jeux: tuple[JeuDeDonnees, ...]
    fiches: dict[str, int]


@dataclass(frozen=True, kw_only=True)
class BesoinResume:
    """A need and the activities that answer it."""

    id: str
    titre: str
    resume: str
    activites: tuple[Renvoi, ...]


@dataclass(frozen=True, kw_only=True)
class ActiviteResumee:
    """An activity of social utility."""

    id: str
    titre: str
    definition: str
    theme: str
    besoins: tuple[Renvoi, ...]
    cas: tuple[Renvoi, ...]


def lire_etat(base: BaseSavoir | None = None) -> EtatDesDonnees:
    """The data sets of the atlas and the number of items of each kind."""
    base = base or obtenir_base()
    libelles = lire_libelles(base)
    fiches = {majuscule(libelles.genre(g)): len(f) for g, f in base.fiches.items() if f}
    try:
        atlas = obtenir_atlas()
    except AtlasIndisponible:
        return EtatDesDonnees(version="", version_dite="", jeux=(), fiches=fiches)
    jeux = tuple(
        JeuDeDonnees(
            id=s.id,
            producteur=composer(s.producteur),
            jeu=composer(s.jeu),
            millesime=s.millesime,
            date_fichier=s.date_fichier,
            licence=composer(s.licence),
            url=s.url if s.url.startswith("https://") else "",
        )
        for s in sorted(atlas.sources().values(), key=lambda s: (s.producteur, s.jeu))
    )
    return EtatDesDonnees(
        version=atlas.version, version_dite=dater_version(atlas.version), jeux=jeux, fiches=fiches
    )


def lister_besoins(base: BaseSavoir | None = None) -> tuple[BesoinResume, ...]:
    """The needs, each with the activities that serve it."""
    base = base or obtenir_base()
    return tuple(
        BesoinResume(
            id=b.id,
            titre=composer(b.titre),
            resume=composer(b.resume),
            activites=tuple(
                Renvoi(id=a.id, titre=composer(a.titre))
                for a in base.activites.values()
                if b.id in a.besoins_servis
            ),
        )
        for b in base.besoins.values()
    )


def lister_activites(base: BaseSavoir | None = None) -> tuple[ActiviteResumee, ...]:
    """The activities, each with the needs it serves and the cases that carry it on."""
    base = base or obtenir_base()
    libelles = lire_libelles(base)
    return tuple(
        ActiviteResumee(
            id=a.id,
            titre=composer(a.titre),
            definition=composer(a.definition),
            theme=majuscule(libelles.valeur(a.thematique)),
            besoins=tuple(Renvoi(id=b, titre=composer(base.besoins[b].titre)) for b in a.besoins_servis),
            cas=tuple(
                Renvoi(id=c.id, titre=composer(c.nom)) for c in base.cas.values() if c.activite == a.id
            ),
        )
        for a in base.activites.values()
    )
