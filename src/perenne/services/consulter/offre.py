"""The supply of a territory for pages: figures with their words, and the list behind each, page by page."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock

from perenne.atlas.lecteur import Atlas
from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.territoire.mesures import Strate
from perenne.domain.territoire.offre import Chiffre, Couche, LigneOffre, Offre
from perenne.domain.territoire.operateurs import Operateur, Part
from perenne.reports.note.phrases import dire_strate
from perenne.reports.offre import liste as mots
from perenne.reports.offre import phrases
from perenne.reports.typographie import composer, dater_version, majuscule
from perenne.services.atlas_ouvert import obtenir_atlas
from perenne.services.consulter.elements import Introuvable, Renvoi, renvoyer
from perenne.services.consulter.territoires import designer_demande
from perenne.services.designation import unir_designes
from perenne.services.offre import comparer_a, lire_offre, lister
from perenne.services.savoir import obtenir_base

PAR_PAGE = 50
GARDES = 48
_garde: OrderedDict[tuple[str, str], OffreDite] = OrderedDict()
_verrou = Lock()


@dataclass(frozen=True, kw_only=True)
class ChiffreDit:
    """One layer: the number itself (None when it is not observed), and its words."""

    couche: Couche
    titre: str
    nombre: int | None
    texte: str
    statut: str
    faibles: int
    incertains: int
    taux: str
    groupe: str
    jugement: str


@dataclass(frozen=True, kw_only=True)
class LigneDite:
    """A need or an activity: who answers in one phrase, then layer by layer, the widest first."""

    id: str
    titre: str
    genre: str
    etude: bool
    situation: str
    situation_dite: str
    reponse: str
    chiffres: tuple[ChiffreDit, ...]
    ecartes: str
    besoins: tuple[Renvoi, ...]


@dataclass(frozen=True, kw_only=True)
class OffreDite:
    """The supply of a territory.

    Attributes:
        phrase: the answer; lectures: which registers were read there; legende: how to read the figures.
        observee: whether at least one figure is; when not, `phrase` says that it is not a zero.
        comparaison: what the territory is compared with.
    """

    nom: str
    phrase: str
    observee: bool
    lectures: str
    legende: str
    comparaison: str
    version: str
    besoins: tuple[LigneDite, ...]
    activites: tuple[LigneDite, ...]

    def ligne(self, sujet: str) -> LigneDite:
        """The line of a need or of an activity.

        Raises:
            Introuvable: there is none.
        """
        for ligne in (*self.besoins, *self.activites):
            if ligne.id == sujet:
                return ligne
        raise Introuvable(f"Aucun besoin ni aucune activité n'a l'identifiant « {sujet} ».")


@dataclass(frozen=True, kw_only=True)
class ActiviteDite:
    """An activity of an operator, how sure, and why."""

    id: str
    titre: str
    confiance: str
    pourquoi: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class OperateurDit:
    """An operator of a list.

    Attributes:
        fiche: number of its page in the atlas; empty when it is no enterprise of it.
        appartenance: why it is of the ESS, or which list names it, with the file and the date.
    """

    identifiant: str
    fiche: str
    nom: str
    nature: str
    communes: tuple[Renvoi, ...]
    activites: tuple[ActiviteDite, ...]
    appartenance: str


@dataclass(frozen=True, kw_only=True)
class ListeDite:
    """A page of the list behind a figure; `total` is the figure."""

    ligne: LigneDite
    couche: Couche
    part: Part
    titre: str
    total: int
    page: int
    pages: int
    operateurs: tuple[OperateurDit, ...]


def lire_offre_dite(demande: str) -> OffreDite:
    """The supply of a territory, or of a union, kept a while.

    Raises:
        Ambigu, Introuvable, AtlasIndisponible: as `trouver_code`; ErreurUtilisateur: a union that cannot be.
    """
    atlas, base = obtenir_atlas(), obtenir_base()
    cle = (atlas.version, demande)
    with _verrou:
        if cle in _garde:
            _garde.move_to_end(cle)
            return _garde[cle]
    territoire, _ = unir_designes(atlas, designer_demande(demande))
    strate = comparer_a(atlas, territoire)
    offre = lire_offre(atlas, territoire, base, strate=strate)
    dite = _dire(atlas, territoire.nom, offre, strate, base)
    with _verrou:
        _garde[cle] = dite
        while len(_garde) > GARDES:
            _garde.popitem(last=False)
    return dite


def lister_dite(
    demande: str, sujet: str, *, couche: Couche = "tous", part: Part = "comptes", page: int = 1
) -> ListeDite:
    """A page of the list behind a figure, from 1.

    Raises:
        Introuvable: no such subject or no such page; the others as `lire_offre_dite`.
    """
    ligne = lire_offre_dite(demande).ligne(sujet)
    atlas, base = obtenir_atlas(), obtenir_base()
    territoire, _ = unir_designes(atlas, designer_demande(demande))
    liste = lister(
        atlas, territoire, sujet, couche=couche, parts=[part], debut=PAR_PAGE * (page - 1), nombre=PAR_PAGE
    )
    pages = max(1, -(-liste.total // PAR_PAGE))
    if not 1 <= page <= pages:
        raise Introuvable(f"Cette liste a {pages} page(s).")
    jeux = {i: s.jeu for i, s in atlas.sources().items()}
    return ListeDite(
        ligne=ligne,
        couche=couche,
        part=part,
        titre=composer(f"{majuscule(phrases.COUCHES[couche])}, {phrases.PARTS[part]}"),
        total=liste.total,
        page=page,
        pages=pages,
        operateurs=tuple(_operateur(o, base, jeux) for o in liste.operateurs),
    )


def _dire(atlas: Atlas, nom: str, offre: Offre, strate: Strate, base: BaseSavoir) -> OffreDite:
    titres = {b.id: b.titre for b in base.besoins.values()}
    return OffreDite(
        nom=nom,
        phrase=composer(phrases.dire_offre(offre)),
        observee=offre.observee,
        lectures=phrases.dire_lectures(offre) if offre.observee else "",
        legende=composer(phrases.LEGENDE),
        comparaison=dire_strate(strate),
        version=dater_version(atlas.version),
        besoins=tuple(_ligne(x, titres) for x in offre.besoins),
        activites=tuple(_ligne(x, titres) for x in offre.activites),
    )


def _ligne(ligne: LigneOffre, titres: dict[str, str]) -> LigneDite:
    return LigneDite(
        id=ligne.sujet,
        titre=composer(ligne.libelle),
        genre=ligne.genre,
        etude=ligne.etude,
        situation=ligne.situation,
        situation_dite=phrases.SITUATIONS[ligne.situation],
        reponse=phrases.dire_reponse(ligne),
        chiffres=tuple(_chiffre(c) for c in ligne.chiffres),
        ecartes=phrases.dire_ecartes(ligne),
        besoins=renvoyer(ligne.besoins, titres),
    )


def _chiffre(c: Chiffre) -> ChiffreDit:
    return ChiffreDit(
        couche=c.couche,
        titre=majuscule(phrases.COUCHES[c.couche]),
        nombre=c.nombre,
        texte=phrases.dire_nombre(c),
        statut=c.statut,
        faibles=c.faibles,
        incertains=c.incertains,
        taux=phrases.dire_taux(c.taux),
        groupe=composer(phrases.dire_groupe(c)),
        jugement=phrases.dire_jugement(c),
    )


def _operateur(o: Operateur, base: BaseSavoir, jeux: dict[str, str]) -> OperateurDit:
    titres = {a.id: a.titre for a in base.activites.values()}
    return OperateurDit(
        identifiant=o.operateur,
        fiche=o.id,
        nom=mots.nommer(o),
        nature=mots.dire_nature(o),
        communes=_communes(o.communes),
        activites=tuple(
            ActiviteDite(
                id=a.activite,
                titre=composer(titres.get(a.activite, a.activite)),
                confiance=a.confiance,
                pourquoi=tuple(mots.dire_traces(a)) or tuple(mots.ORIGINES.get(x, x) for x in a.origines),
            )
            for a in o.activites
        ),
        appartenance=mots.dire_origines(o, jeux),
    )


def _communes(communes: Sequence[tuple[str, str]]) -> tuple[Renvoi, ...]:
    return tuple(Renvoi(id=code, titre=composer(nom or code)) for code, nom in communes)
