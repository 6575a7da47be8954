"""What visitors ask: drawn from a seed, over the real rows of the atlas, in proportions that are said."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote, urlencode

import numpy as np

from perenne.domain.texte import normaliser

T = TypeVar("T")
GRAINE = 20261123
PARTS = {
    "territoire": 0.25,
    "suggestion": 0.35,
    "fiche": 0.15,
    "liste": 0.10,
    "levier": 0.05,
    "api": 0.10,
}
"""Share of each kind among the requests."""

TYPES = {"commune": 0.62, "epci": 0.2, "departement": 0.1, "qpv": 0.05, "region": 0.03}
"""Share of each type among the territories that are asked for."""

CONNUS, PART_DES_CONNUS = 20, 0.5
"""Half of the views go to the same twenty territories, as visitors of a site come back to their own."""

LETTRES_MIN, LETTRES_MAX = 2, 12
SUGGERER = "select type, code, nom from recherche where recherche match :q limit 8"
"""What suggests names in Datasette: the full-text index of the atlas, without the order of Pérenne."""


@dataclass(frozen=True)
class Demande:
    """One request.

    Attributes:
        genre: `territoire, jamais vu`, `territoire, déjà vu`, `suggestion`, `fiche`…
        chemin: path and query asked of Pérenne.
        temoin: what shows the same rows in Datasette; empty where no row of the atlas is shown.
    """

    genre: str
    chemin: str
    temoin: str = ""


@dataclass(frozen=True)
class Fond:
    """What is drawn from: the territories by type, the enterprises, the names that are typed."""

    territoires: dict[str, list[str]]
    noms: list[str]
    entreprises: list[tuple[str, str]]
    actions: list[str]


def lire_fond(base: Path, actions: Sequence[str]) -> Fond:
    """Read what is drawn from in the atlas."""
    with sqlite3.connect(f"file:{base}?mode=ro", uri=True) as lien:
        territoires: dict[str, list[str]] = {t: [] for t in TYPES}
        noms = []
        for type_, code, nom in lien.execute("SELECT type, code, nom FROM territoire ORDER BY type, code"):
            if type_ in territoires:
                territoires[type_].append(code)
            if type_ in ("commune", "epci"):
                noms.append(nom)
        entreprises = lien.execute(
            "SELECT id, nom FROM entreprise WHERE nom IS NOT NULL AND etat = 'active' AND verdict = 'oui' "
            "AND id % 7 = 0 ORDER BY id"
        ).fetchall()
    return Fond(territoires=territoires, noms=noms, entreprises=entreprises, actions=list(actions))


def tirer_demandes(fond: Fond, nombre: int, graine: int = GRAINE) -> list[Demande]:
    """So many requests, the same for the same seed."""
    hasard = np.random.default_rng(graine)
    genres = hasard.choice(list(PARTS), nombre, p=list(PARTS.values()))
    frappes = _taper(fond.noms, hasard)
    connus = [_territoire(fond, hasard) for _ in range(CONNUS)]
    vus: set[str] = set()
    demandes = []
    for genre in genres.tolist():
        match genre:
            case "territoire":
                habituel = hasard.random() < PART_DES_CONNUS
                type_, code = connus[int(hasard.integers(CONNUS))] if habituel else _territoire(fond, hasard)
                adresse = _adresse(type_, code)
                vu = "déjà vu" if adresse in vus else "jamais vu"
                vus.add(adresse)
                demandes.append(Demande(f"territoire, {vu}", adresse, _valeurs(type_, code)))
            case "suggestion":
                debut = next(frappes)
                demandes.append(
                    Demande(
                        "suggestion",
                        f"/suggestions/?{urlencode({'q': debut})}",
                        f"/atlas.json?{urlencode({'sql': SUGGERER, 'q': _en_fts(debut)})}",
                    )
                )
            case "fiche":
                id_, _ = _un(fond.entreprises, hasard)
                demandes.append(Demande("fiche", f"/entreprises/{id_}/", f"/atlas/entreprise/{id_}"))
            case "liste":
                demandes.append(_liste(fond, hasard))
            case "levier":
                demandes.append(Demande("levier", _un(["/", "/leviers/", *fond.actions], hasard)))
            case _:
                demandes.append(_api(fond, hasard))
    return demandes


def _liste(fond: Fond, hasard: np.random.Generator) -> Demande:
    match int(hasard.integers(4)):
        case 0:
            code = _un(fond.territoires["epci"], hasard)
            temoin = f"/atlas/composition?{urlencode({'type': 'epci', 'code': code, '_size': 50})}"
            return Demande("liste", f"/entreprises/?dans={code}", temoin)
        case 1:
            code = _un(fond.territoires["commune"], hasard)
            temoin = f"/atlas/entreprise?{urlencode({'commune': code, '_size': 50})}"
            return Demande("liste", f"/entreprises/?dans={code}", temoin)
        case 2:
            mot = _un(fond.entreprises, hasard)[1].split()[0]
            temoin = f"/atlas/entreprise_nom?{urlencode({'nom__contains': mot, '_size': 50})}"
            return Demande("liste", f"/entreprises/?{urlencode({'q': mot})}", temoin)
        case _:
            return Demande("liste", _un(["/cas/", "/regles/", "/territoires/", "/cas/croisement/"], hasard))


def _api(fond: Fond, hasard: np.random.Generator) -> Demande:
    match int(hasard.integers(3)):
        case 0:
            type_, code = _territoire(fond, hasard)
            return Demande("api", f"/api/v1{_adresse(type_, code)[:-1]}", _valeurs(type_, code, ".json"))
        case 1:
            id_, _ = _un(fond.entreprises, hasard)
            return Demande("api", f"/api/v1/entreprises/{id_}", f"/atlas/entreprise/{id_}.json")
        case _:
            return Demande("api", "/api/v1/leviers")


def _territoire(fond: Fond, hasard: np.random.Generator) -> tuple[str, str]:
    type_ = str(hasard.choice(list(TYPES), p=list(TYPES.values())))
    return type_, _un(fond.territoires[type_], hasard)


def _adresse(type_: str, code: str) -> str:
    return f"/territoires/{quote(f'region:{code}' if type_ == 'region' else code, safe=':')}/"


def _valeurs(type_: str, code: str, suite: str = "") -> str:
    return f"/atlas/valeur{suite}?{urlencode({'type': type_, 'code': code, '_size': 100})}"


def _taper(noms: Sequence[str], hasard: np.random.Generator) -> Iterator[str]:
    """What is in the box as names are typed, letter by letter, one name after the other."""
    while True:
        nom = _un(noms, hasard)
        for longueur in range(LETTRES_MIN, min(len(nom), LETTRES_MAX) + 1):
            yield nom[:longueur]


def _en_fts(debut: str) -> str:
    """The words typed, the last one unfinished, in the language of FTS5."""
    return " ".join(f'"{mot}"' for mot in normaliser(debut).split()) + "*"


def _un(choix: Sequence[T], hasard: np.random.Generator) -> T:
    return choix[int(hasard.integers(len(choix)))]
