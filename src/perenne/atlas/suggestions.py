"""Territories whose name starts as one types: fast, the largest first, no spelling mended."""

from __future__ import annotations

from perenne.atlas.lecteur import Atlas, entier, texte
from perenne.atlas.noms import lire_type, normaliser_nom
from perenne.atlas.recherche import ORDRE_TYPES, Candidat
from perenne.domain.territoire.identite import Cle

_RANGS = " ".join(f"WHEN '{t}' THEN {i}" for i, t in enumerate(ORDRE_TYPES))
_REQUETE = (
    "SELECT t.type, t.code, t.nom, t.departement, t.population FROM recherche r "
    "JOIN territoire t ON t.type = r.type AND t.code = r.code WHERE r.nom MATCH ? "
    f"ORDER BY r.nom <> ?, r.nom NOT LIKE ?, t.population IS NULL, t.population DESC, "
    f"CASE t.type {_RANGS} END, t.code LIMIT ?"
)


def suggerer(atlas: Atlas, debut: str, limite: int = 8) -> tuple[Candidat, ...]:
    """Territories whose name holds every word, the last one as a beginning; a code finds its territory.

    Args:
        debut: at least two letters; fewer give nothing.
        limite: how many at most: the exact name, names that start so, then the others; by population.
    """
    nom = normaliser_nom(debut)
    type_, cherche = lire_type(nom)
    if len(nom) < 2:
        return ()
    if nom.replace(" ", "").isdigit() or nom[:2] in ("2a", "2b", "qn", "qp"):
        return _par_code(atlas, nom.replace(" ", "").upper(), limite)
    requete = " ".join(f'"{m}"' for m in cherche.split()) + "*"
    lignes = atlas.lire(_REQUETE, (requete, cherche, f"{cherche}%", limite * (5 if type_ else 1)))
    trouves = [
        Candidat(
            cle=Cle(type=t, code=str(code)),
            nom=nom_,
            departement=texte(dep),
            population=entier(population),
            qualite="partiel",
        )
        for t, code, nom_, dep, population in lignes
        if type_ in ("", t)
    ]
    return tuple(trouves[:limite])


def _par_code(atlas: Atlas, debut: str, limite: int) -> tuple[Candidat, ...]:
    lignes = atlas.lire(
        "SELECT type, code, nom, departement, population FROM territoire "
        "WHERE type <> 'region' AND code >= ? AND code < ? ORDER BY length(code), code LIMIT ?",
        (debut, f"{debut}\uffff", limite),
    )
    return tuple(
        Candidat(
            cle=Cle(type=t, code=str(code)),
            nom=nom,
            departement=texte(dep),
            population=entier(population),
            qualite="partiel",
        )
        for t, code, nom, dep, population in lignes
    )
