"""Finds territories by name: exact, former, partial, then misspelt names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from perenne.atlas.lecteur import Atlas, entier, texte
from perenne.atlas.noms import lire_type, normaliser_nom
from perenne.domain.territoire.identite import Cle

Qualite = Literal["exact", "ancien", "partiel", "proche"]
ORDRE_TYPES = ("commune", "epci", "departement", "region", "arrondissement-municipal", "qpv")
SEUIL_PROCHE = 72.0
"""Under this likeness (0 to 100, rapidfuzz) a name is not suggested."""


@dataclass(frozen=True, kw_only=True)
class Candidat:
    """A territory that a name may mean.

    Attributes:
        ancien: the former name and code by which it was found, empty otherwise.
        qualite: how it was found.
    """

    cle: Cle
    nom: str
    departement: str
    population: int | None
    qualite: Qualite
    ancien: str = ""
    code_ancien: str = ""


def chercher(atlas: Atlas, demande: str, limite: int = 8) -> tuple[Candidat, ...]:
    """Territories that a name may mean, the best quality only.

    Args:
        demande: a name, possibly with its kind (« département de la Creuse ») or its département
            (« Saint-Sulpice (23) »).
        limite: how many at most, for partial and misspelt names; exact and former names are all given.

    Returns:
        Exact matches if any, else former communes, else names that hold all the words, else the nearest
        spellings.
    """
    nom, departement = _separer_departement(demande)
    type_, cherche = lire_type(normaliser_nom(nom))
    entier_ = normaliser_nom(nom)
    for essai in dict.fromkeys([(entier_, ""), (cherche, type_)]):
        if not essai[0]:
            continue
        lignes = _par_mots(atlas, essai[0], prefixe=False)
        exacts = [x for x in lignes if normaliser_nom(x[2]) == essai[0] and essai[1] in ("", x[0])]
        if gardes := _garder(exacts, departement, "exact"):
            return tuple(gardes)
    if anciens := [c for c in _anciens(atlas, entier_) if departement in ("", c.departement)]:
        return tuple(anciens)
    partiels = [x for x in _par_mots(atlas, cherche, prefixe=True) if type_ in ("", x[0])]
    if gardes := _garder(partiels, departement, "partiel"):
        return tuple(gardes[:limite])
    return tuple(_garder(_proches(atlas, cherche, limite), departement, "proche", trier=False)[:limite])


def _separer_departement(demande: str) -> tuple[str, str]:
    debut, parenthese, fin = demande.strip().rpartition("(")
    code = fin.rstrip(") ").strip().upper()
    return (debut, code) if parenthese and debut.strip() and 2 <= len(code) <= 3 else (demande, "")


_CHAMPS = "t.type, t.code, t.nom, t.departement, t.population"


def _par_mots(atlas: Atlas, nom: str, *, prefixe: bool) -> list[tuple[Any, ...]]:
    """Rows whose name holds every word (the last one as a beginning)."""
    mots = nom.split()
    if not mots:
        return []
    requete = " ".join(f'"{m}"' for m in mots) + ("*" if prefixe else "")
    return _distinctes(
        atlas.lire(
            f"SELECT {_CHAMPS} FROM recherche r JOIN territoire t ON t.type = r.type AND t.code = r.code "
            "WHERE r.nom MATCH ?",
            (requete,),
        )
    )


def _anciens(atlas: Atlas, nom: str) -> list[Candidat]:
    lignes = atlas.lire(
        f"SELECT {_CHAMPS}, m.nom_ancien, m.code_ancien FROM commune_mouvement m "
        "JOIN territoire t ON t.type = 'commune' AND t.code = m.code_actuel"
    )
    trouves = {}
    for type_, code, actuel, dep, population, ancien, code_ancien in lignes:
        if normaliser_nom(texte(ancien)) == nom:
            trouves[code] = Candidat(
                cle=Cle(type=type_, code=code), nom=actuel, departement=texte(dep),
                population=entier(population),
                qualite="ancien", ancien=ancien, code_ancien=code_ancien,
            )  # fmt: skip
    return list(trouves.values())


def _proches(atlas: Atlas, nom: str, limite: int) -> list[tuple[Any, ...]]:
    from rapidfuzz import fuzz, process  # noqa: PLC0415 (only a misspelt name pays for it)

    noms = atlas.lire("SELECT nom, type, code FROM recherche")
    notes: dict[tuple[str, str], float] = {}
    for _, note, rang in process.extract(
        nom, [n for n, _, _ in noms], scorer=fuzz.ratio, limit=4 * limite, score_cutoff=SEUIL_PROCHE
    ):
        cle = (noms[rang][1], noms[rang][2])
        notes[cle] = max(note, notes.get(cle, 0.0))
    lignes = [
        ligne
        for type_, code in notes
        for ligne in atlas.lire(
            f"SELECT {_CHAMPS} FROM territoire t WHERE t.type = ? AND t.code = ?", (type_, code)
        )
    ]
    return sorted(lignes, key=lambda x: (-notes[x[0], x[1]], -(x[4] or 0)))


def _garder(
    lignes: Iterable[tuple[Any, ...]], departement: str, qualite: Qualite, *, trier: bool = True
) -> list[Candidat]:
    candidats = [
        Candidat(
            cle=Cle(type=type_, code=code), nom=nom, departement=texte(dep), population=entier(population),
            qualite=qualite,
        )
        for type_, code, nom, dep, population in lignes
        if departement in ("", texte(dep))
    ]  # fmt: skip
    if trier:
        candidats.sort(key=lambda c: (ORDRE_TYPES.index(c.cle.type), -(c.population or 0), c.cle.code))
    return candidats


def _distinctes(lignes: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return list({(x[0], x[1]): x for x in lignes}.values())
