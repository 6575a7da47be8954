"""The enterprises found by words and filters, as a page shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from perenne.domain.annuaire.resultat import EntrepriseTrouvee, Exclusion, Facette
from perenne.domain.savoir.activites import Activite
from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.savoir.besoins import Besoin
from perenne.domain.savoir.formes_juridiques import FormeJuridique
from perenne.domain.savoir.zonages import Zonage
from perenne.domain.territoire.identite import Territoire
from perenne.reports.annuaire.phrases import (
    AGREMENTS,
    VERDICTS,
    Libelles,
    dire_activites,
    dire_agrements,
    dire_emploi,
    dire_exclusion,
    dire_forme,
    dire_lieu,
    dire_numero,
    dire_point,
    nommer,
)
from perenne.reports.note.elements import Illustration
from perenne.reports.note.figures import carte_des_points
from perenne.reports.svg.carte import Repere
from perenne.reports.typographie import accorder, composer, majuscule
from perenne.services.annuaire.filtres import Filtres
from perenne.services.annuaire.libelles import lire_libelles
from perenne.services.annuaire.recherche import Resultats, lancer
from perenne.services.atlas_ouvert import obtenir_atlas
from perenne.services.carte_territoire import dessiner_fond
from perenne.services.savoir import obtenir_base

FACETTES = ("activite", "verdict", "employeur")
POINTS_MAX = 600
"""Points drawn on the map of a page; the list and the files hold all of them."""

EMPLOYEURS = {"O": "employeuses", "N": "sans salarié", "": "emploi non observé"}


@dataclass(frozen=True, kw_only=True)
class Resume:
    """One enterprise of a list, in words; `sans_point` says why it is not on the map, empty when it is."""

    id: str
    nom: str
    numero: str
    verdict: str
    etat: str
    forme: str
    emploi: str
    activites: tuple[str, ...]
    agrements: tuple[str, ...]
    lieu: str
    lon: float | None
    lat: float | None
    sans_point: str


@dataclass(frozen=True, kw_only=True)
class ValeurDeFacette:
    """A value and how many of the enterprises found have it; `code` asks for them."""

    code: str
    titre: str
    nombre: int


@dataclass(frozen=True, kw_only=True)
class Decompte:
    """The values of one kind."""

    genre: str
    valeurs: tuple[ValeurDeFacette, ...]


@dataclass(frozen=True, kw_only=True)
class Liste:
    """A page of a search.

    Attributes:
        total: all of them, counted exactly.
        exclues: what was left out and why, in sentences.
        suivant: cursor of the next page; empty after the last one.
        piste: other words and territory that give something, when nothing answers; empty otherwise.
    """

    atlas: str
    total: int
    entreprises: tuple[Resume, ...]
    suivant: str
    exclues: tuple[str, ...]
    facettes: tuple[Decompte, ...]
    territoire: str
    piste: tuple[str, str, str] | None


@dataclass(frozen=True, kw_only=True)
class Choix:
    """What the filters may be: code and title."""

    activites: tuple[tuple[str, str], ...]
    besoins: tuple[tuple[str, str], ...]
    zonages: tuple[tuple[str, str], ...]
    agrements: tuple[tuple[str, str], ...]
    familles: tuple[str, ...]


def proposer_filtres(base: BaseSavoir | None = None) -> Choix:
    """The choices of the form, in alphabetical order."""
    base = base or obtenir_base()

    def titres(
        fiches: Mapping[str, Activite] | Mapping[str, Besoin] | Mapping[str, Zonage],
    ) -> tuple[tuple[str, str], ...]:
        return tuple(sorted(((i, composer(f.titre)) for i, f in fiches.items()), key=lambda c: c[1]))

    return Choix(
        activites=titres(base.de(Activite)),
        besoins=titres(base.de(Besoin)),
        zonages=titres(base.de(Zonage)),
        agrements=tuple((c, composer(majuscule(d))) for c, d in AGREMENTS.items()),
        familles=tuple(sorted({f.famille for f in base.de(FormeJuridique).values()})),
    )


def lister_entreprises(filtres: Filtres, curseur: str = "", limite: int = 50) -> Liste:
    """A page of the enterprises that answer.

    Raises:
        ErreurUtilisateur: a filter or the cursor is not understood, or the atlas holds no enterprise.
        AtlasIndisponible: no atlas.
    """
    base, trouves = obtenir_base(), _lancer(filtres)
    page = trouves.page(curseur, limite, FACETTES)
    libelles = lire_libelles(trouves.atlas, base)
    piste = trouves.piste
    return Liste(
        atlas=page.atlas,
        total=trouves.total,
        entreprises=tuple(resumer(e, libelles) for e in page.entreprises),
        suivant=page.suivant,
        exclues=tuple(_dire_exclusion(e) for e in page.exclues),
        facettes=tuple(_decompter(f, libelles) for f in page.facettes),
        territoire=", ".join(t.nom for t in trouves.territoires),
        piste=(piste.mots, piste.dans, f"{piste.nom} : {accorder(piste.total, 'entreprise')}")
        if piste
        else None,
    )


def situer_entreprises(filtres: Filtres) -> Illustration | None:
    """The map of those that have a point, in the one territory asked; None without it or its outline."""
    trouves = _lancer(filtres)
    if len(trouves.territoires) != 1:
        return None
    territoire: Territoire = trouves.territoires[0]
    situees = [
        e
        for e in trouves.tout(POINTS_MAX)
        if e.diffusible and e.lon is not None and e.lat is not None and e.precision != "commune"
    ]
    reperes = [
        Repere(lon=e.lon, lat=e.lat, bulle=nommer(e))
        for e in situees
        if e.lon is not None and e.lat is not None
    ]
    return carte_des_points(
        territoire.nom,
        dessiner_fond(trouves.atlas, territoire, filtres.au),
        reperes,
        f"{accorder(len(reperes), 'entreprise')} dont l’adresse est située",
    )


def _lancer(filtres: Filtres) -> Resultats:
    return lancer(obtenir_atlas(), obtenir_base(), replace(filtres))


def resumer(e: EntrepriseTrouvee, libelles: Libelles) -> Resume:
    """An enterprise in words."""
    sous = f", trouvée sous « {e.sous.nom} »" if e.sous and e.diffusible else ""
    return Resume(
        id=e.id,
        nom=composer(f"{nommer(e)}{sous}"),
        numero=dire_numero(e),
        verdict=composer(VERDICTS[e.verdict]),
        etat=e.etat,
        forme=composer(dire_forme(e, libelles)),
        emploi=composer(dire_emploi(e, libelles)),
        activites=tuple(composer(a) for a in dire_activites(e, libelles)),
        agrements=tuple(composer(a) for a in dire_agrements(e)),
        lieu=composer(dire_lieu(e)),
        lon=e.lon if e.diffusible else None,
        lat=e.lat if e.diffusible else None,
        sans_point=composer(dire_point(e)),
    )


def _dire_exclusion(exclusion: Exclusion) -> str:
    """Without the option of the command line: the form of the page has its own."""
    return composer(dire_exclusion(exclusion).partition(" (--")[0])


def _decompter(facette: Facette, libelles: Libelles) -> Decompte:
    def titre(code: str) -> str:
        if facette.genre == "activite":
            return libelles.activites.get(code, code) if code else "aucune activité reconnue"
        if facette.genre == "employeur":
            return EMPLOYEURS.get(code, code)
        return VERDICTS.get(code, code)

    return Decompte(
        genre=facette.genre,
        valeurs=tuple(
            ValeurDeFacette(code=c, titre=composer(titre(c)), nombre=n) for c, n in facette.comptes if n
        ),
    )
