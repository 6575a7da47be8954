"""What the map of the enterprises of a territory says: the same for its page, its JSON and its GeoJSON."""

from __future__ import annotations

from dataclasses import dataclass

from perenne.domain.territoire.identite import Contour
from perenne.reports.svg.signes import Signe


@dataclass(frozen=True, kw_only=True)
class Placee:
    """One enterprise of the map or of its table.

    Attributes:
        signe: its shape on the map; empty when it is not drawn.
        theme: what the shape says, in words.
        situation: what was located and how, or why it is not drawn.
        lon, lat: None when it is not drawn.
    """

    id: str
    nom: str
    activites: tuple[str, ...]
    lieu: str
    signe: str
    theme: str
    situation: str
    lon: float | None
    lat: float | None


@dataclass(frozen=True, kw_only=True)
class Disque:
    """Several enterprises drawn as one disc, with their number in it."""

    lon: float
    lat: float
    nombre: int
    lieu: str


@dataclass(frozen=True, kw_only=True)
class SigneLu:
    """A shape of the map, what it says, and how many enterprises are drawn with it."""

    signe: Signe
    titre: str
    nombre: int


@dataclass(frozen=True, kw_only=True)
class ChoixDeCarte:
    """An activity or a need that may be chosen; `nombre` is None where it was not counted."""

    code: str
    titre: str
    nombre: int | None = None


@dataclass(frozen=True, kw_only=True)
class CarteEntreprises:
    """The enterprises of a territory, one activity or one need if it was chosen.

    Attributes:
        total: all of them, as the list of the enterprises counts them.
        dessin: `points`, one sign each; `groupes`, discs with a number, where they are too many.
        situees: those whose address or street is known: drawn; None where they were not counted.
        au_centre, sans_point: those known by their commune only, and those that no file places: not drawn
            one by one; None where they were not counted.
        placees: the first of those that are drawn; with `groupes`, the first of all.
        autres: the first of those that are not drawn; none with `groupes`.
        sources: data sets of the enterprises and of the outlines, each with its date.
    """

    atlas: str
    code: str
    territoire: str
    activite: ChoixDeCarte | None
    besoin: ChoixDeCarte | None
    total: int
    exclues: tuple[str, ...]
    dessin: str
    situees: int | None
    au_centre: int | None
    sans_point: int | None
    signes: tuple[SigneLu, ...]
    placees: tuple[Placee, ...]
    autres: tuple[Placee, ...]
    groupes: tuple[Disque, ...]
    activites: tuple[ChoixDeCarte, ...]
    besoins: tuple[ChoixDeCarte, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Lecture:
    """A map and what it is drawn from.

    Attributes:
        points: every enterprise drawn by itself.
    """

    carte: CarteEntreprises
    fond: tuple[Contour, ...]
    points: tuple[Placee, ...]
