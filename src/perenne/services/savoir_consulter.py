"""Showing and searching the knowledge base."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Literal

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.domain.savoir.base import BaseSavoir, FicheTrouvee, intitule
from perenne.kb.libelles import lire_libelles
from perenne.kb.liens import cite_par
from perenne.kb.proximite import proches
from perenne.kb.recherche import Index
from perenne.reports.fiche.machine import ecrire_json
from perenne.reports.fiche.recherche import ecrire_resultats
from perenne.reports.fiche.texte import ecrire_fiche
from perenne.services.savoir import obtenir_base

Format = Literal["texte", "json"]


def trouver_fiche(base: BaseSavoir, demande: str) -> FicheTrouvee:
    """The item named by an identifier (any case), `genre:identifiant`, an action (L1.6) or a fact (C044).

    Raises:
        ErreurUtilisateur: nothing has that name (the nearest are suggested), or several kinds do.
    """
    trouvees = base.trouver(demande) or _sans_casse(base, demande) or _cas_du_fait(base, demande)
    if len(trouvees) == 1:
        return trouvees[0]
    if trouvees:
        choix = ", ".join(f"« {t.genre}:{t.id} » ({intitule(t.fiche)})" for t in trouvees)
        raise ErreurUtilisateur(f"« {demande} » désigne plusieurs fiches.", conseil=f"Précisez : {choix}.")
    connus = tuple(dict.fromkeys(i for fiches in base.fiches.values() for i in fiches))
    voisins = proches(demande, connus)
    vouliez = f"Vouliez-vous dire {', '.join(f'« {v} »' for v in voisins)} ? " if voisins else ""
    raise ErreurUtilisateur(
        f"Aucune fiche ne s'appelle « {demande} ».",
        conseil=f"{vouliez}Cherchez par mots : perenne savoir chercher {demande}",
    )


def _sans_casse(base: BaseSavoir, demande: str) -> tuple[FicheTrouvee, ...]:
    voulu = demande.casefold()
    return tuple(
        FicheTrouvee(genre=genre, id=i, fiche=fiche)
        for genre, fiches in base.fiches.items()
        for i, fiche in fiches.items()
        if voulu in (i.casefold(), f"{genre}:{i}".casefold(), _code(fiche))
    )


def _cas_du_fait(base: BaseSavoir, demande: str) -> tuple[FicheTrouvee, ...]:
    """The case that holds a fact: C044 is read in Bell'Occas."""
    voulu = demande.casefold()
    return tuple(
        FicheTrouvee(genre="cas", id=cas.id, fiche=cas)
        for cas in base.cas.values()
        if any(fait.id.casefold() == voulu for fait in cas.faits)
    )


def _code(fiche: object) -> str:
    code = getattr(fiche, "code", "")
    return code.casefold() if isinstance(code, str) else ""


def montrer(demande: str, *, au: dt.date, format_: Format = "texte", base: BaseSavoir | None = None) -> str:
    """One item, as text or JSON, its dated values resolved at `au`.

    Raises:
        ErreurUtilisateur: nothing, or several things, have that name.
    """
    base = base or obtenir_base()
    trouvee = trouver_fiche(base, demande)
    ecrire = ecrire_json if format_ == "json" else ecrire_fiche
    return ecrire(
        trouvee, base, lire_libelles(base), au=au, citants=cite_par(base, trouvee.genre, trouvee.id)
    )


@cache
def _index() -> Index:
    return Index(obtenir_base())


def chercher(
    mots: str, *, limite: int = 20, format_: Format = "texte", base: BaseSavoir | None = None
) -> str:
    """The items that hold the words, best first, as text or JSON."""
    index = _index() if base is None else Index(base)
    resultats = index.chercher(mots, limite)
    return ecrire_resultats(mots, resultats, lire_libelles(base or obtenir_base()), format_)
