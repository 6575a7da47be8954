"""What a search in the directory gives: enterprises in short, counts, and what was left out and why."""

from __future__ import annotations

from dataclasses import dataclass

from perenne.domain.annuaire.demande import Qualite

Etiquette = tuple[str, str]
"""An activity and its confidence."""


@dataclass(frozen=True, kw_only=True)
class AutreNom:
    """Another name of an enterprise: its acronym, a usual or former name, a sign, its name in a list."""

    nom: str
    genre: str
    source: str


@dataclass(frozen=True, kw_only=True)
class EntrepriseTrouvee:
    """One enterprise found; an empty text or None means not observed.

    Attributes:
        qualite: how its name answers.
        nom: empty when it asked not to be shown (`diffusible` false): no address and no point either.
        sous: the other name by which it was found, when the main one does not say it.
        agrements: approvals and lists that name it, in force on the day of the build.
        activites: with their confidence, the surest first.
        ici: SIRET of an active establishment in the territory asked, when the head office is elsewhere.
    """

    id: str
    siren: str
    rna: str
    qualite: Qualite
    nom: str
    sigle: str
    sous: AutreNom | None = None
    forme: str
    verdict: str
    etat: str
    fermee_le: str
    naf: str
    effectif: str
    annee_effectif: str
    employeur: str
    agrements: tuple[str, ...] = ()
    activites: tuple[Etiquette, ...] = ()
    commune: str
    commune_nom: str
    departement: str
    lon: float | None
    lat: float | None
    precision: str
    qpv_statut: str
    qpv: str
    diffusible: bool
    ici: str = ""


@dataclass(frozen=True, kw_only=True)
class Exclusion:
    """Enterprises that answer but for one thing, and are not shown.

    Attributes:
        motif: `etat`, `verdict` or `etat-verdict` (of other values than those shown), or why they might have
            been among those asked (`employeur`, `activite`, `activite-faible`, `commune`, `qpv`).
    """

    motif: str
    nombre: int


@dataclass(frozen=True, kw_only=True)
class Facette:
    """How many of the enterprises found have each value of a kind, the most frequent first."""

    genre: str
    comptes: tuple[tuple[str, int], ...]


@dataclass(frozen=True, kw_only=True)
class PageEntreprises:
    """Some of the enterprises found.

    Attributes:
        total: all of them, counted exactly.
        par_qualite: the same by quality, the best first.
        suivant: what to ask for the rest; empty after the last one.
        exclues: what was left out.
        facettes: counts by kind, when they were asked for.
    """

    atlas: str
    entreprises: tuple[EntrepriseTrouvee, ...]
    total: int
    par_qualite: tuple[tuple[Qualite, int], ...]
    suivant: str = ""
    exclues: tuple[Exclusion, ...] = ()
    facettes: tuple[Facette, ...] = ()
