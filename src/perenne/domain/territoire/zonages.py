"""Zonings of a territory at a date: memberships of the atlas, read with the periods of the law."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from perenne.domain.savoir.commun import Periode
from perenne.domain.savoir.ressources import Ressource
from perenne.domain.savoir.zonages import Aire, Zonage
from perenne.domain.territoire.identite import Territoire
from perenne.domain.territoire.resultat import StatutZonage, ZonageLu

_ORDRE: dict[StatutZonage, int] = {
    "en-vigueur": 0, "a-verifier": 1, "a-venir": 2, "termine": 3, "non-observe": 4,
}  # fmt: skip
_NATURES = ("zonage", "programme", "contrat", "label")


@dataclass(frozen=True, kw_only=True)
class Appartenance:
    """A row of the atlas: a commune (or a QPV) is in a zoning during a period, ends included."""

    code: str
    zonage: str
    periode: Periode
    classement: str = ""
    libelle: str = ""
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class _Contexte:
    """What every zoning is read with."""

    membres: Collection[Territoire]
    aire: Aire
    ressources: Mapping[str, Ressource]
    au: dt.date


def lire_zonages(
    *,
    territoire: Territoire,
    membres: Collection[Territoire],
    appartenances: Iterable[Appartenance],
    listes: Iterable[Appartenance],
    zonages: Iterable[Zonage],
    vues_le: Mapping[str, dt.date],
    ressources: Mapping[str, Ressource],
    au: dt.date,
) -> tuple[ZonageLu, ...]:
    """Read the zonings of a territory at a date.

    Args:
        membres: its communes (or the QPV itself).
        appartenances: memberships of the members, at any date.
        listes: memberships of anyone, one per zoning, period and source. At a date outside all of them the
            atlas knows nothing: `non-observe`, never a no.
        zonages: those of the knowledge base.
        vues_le: by source, the date that its list describes.
        ressources: to cite the legal references.
        au: the date.

    Returns:
        One value per zoning that covers the territory, in part at least, now, later or formerly, and one per
        zoning in force that the atlas does not observe at that date. A zoning observed that does not cover it
        is left out.
    """
    contexte = _Contexte(
        membres=membres, aire="outre-mer" if territoire.drom else "metropole", ressources=ressources, au=au
    )
    siennes, connues = _par_zonage(appartenances), _par_zonage(listes)
    lus = (
        _lire(
            contexte,
            z,
            [dater(a, z, vues_le, contexte.aire) for a in siennes.get(z.id, [])],
            [dater(a, z, vues_le, contexte.aire).periode for a in connues.get(z.id, [])],
        )
        for z in zonages
    )
    return tuple(
        sorted(
            (z for z in lus if z is not None),
            key=lambda z: (_ORDRE[z.statut], _NATURES.index(z.nature), z.zonage),
        )
    )


def dater(ligne: Appartenance, zonage: Zonage, vues_le: Mapping[str, dt.date], aire: Aire) -> Appartenance:
    """Bound a membership that the producer does not date by the period of the law that its list describes.

    A list of 2022 says nothing of a period of the law that ended, or begins, before or after the one in
    force then.
    """
    reference = vues_le.get(ligne.source) or ligne.periode.du
    droit = zonage.periode(reference, aire) if reference is not None else None
    if droit is None:
        return ligne
    fin = None if droit.suite_a_verifier else droit.au
    return replace(ligne, periode=Periode(du=ligne.periode.du or droit.du, au=ligne.periode.au or fin))


def _par_zonage(lignes: Iterable[Appartenance]) -> dict[str, list[Appartenance]]:
    groupes: dict[str, list[Appartenance]] = {}
    for ligne in lignes:
        groupes.setdefault(ligne.zonage, []).append(ligne)
    return groupes


def _lire(
    contexte: _Contexte, zonage: Zonage, lignes: list[Appartenance], connu: Collection[Periode]
) -> ZonageLu | None:
    au = contexte.au
    actives = [a for a in lignes if a.periode.contient(au)]
    futures = [a for a in lignes if a.periode.du is not None and a.periode.du > au]
    droit = zonage.periode(au, contexte.aire)
    etat = droit.etat(au) if droit is not None else "termine"
    if actives:
        statut: StatutZonage = "en-vigueur" if droit is None or etat == "pas-encore" else etat
        return _composer(contexte, zonage, actives, statut)
    if etat in ("en-vigueur", "a-verifier") and not any(p.contient(au) for p in connu):
        return _composer(contexte, zonage, [], "non-observe")
    if futures:
        return _composer(contexte, zonage, futures, "a-venir")
    return _composer(contexte, zonage, lignes, "termine") if lignes else None


def _composer(
    contexte: _Contexte, zonage: Zonage, lignes: list[Appartenance], statut: StatutZonage
) -> ZonageLu:
    membres = contexte.membres
    codes = {a.code for a in lignes}
    couverts = [m for m in membres if m.code in codes]
    population = sum(m.population or 0 for m in membres)
    connue = population > 0 and all(m.population is not None for m in membres)
    debuts = [a.periode.du for a in lignes if a.periode.du]
    fins = [a.periode.au for a in lignes]
    droit = zonage.periode(
        debuts[0] if statut in ("termine", "a-venir") and debuts else contexte.au, contexte.aire
    )
    sources = droit.sources if droit is not None else zonage.sources
    reference, url = citer(sources, contexte.ressources)
    return ZonageLu(
        zonage=zonage.id,
        libelle=zonage.titre,
        sigle=zonage.nom_court,
        nature=zonage.nature,
        statut=statut,
        classement=_melange(zonage, {a.classement for a in lignes}),
        libelles=tuple(sorted({a.libelle for a in lignes if a.libelle})),
        du=min(debuts) if debuts else (droit.du if droit is not None else None),
        au=max(f for f in fins if f) if fins and all(fins) else (droit.au if droit is not None else None),
        communes_couvertes=len(couverts),
        communes=len(membres),
        part_population=(
            sum(m.population or 0 for m in couverts) / population
            if connue and zonage.maille != "quartier" and statut != "non-observe"
            else None
        ),
        reference=reference,
        url=url,
        confiance=droit.confiance if droit is not None else "",
        source=next((a.source for a in lignes if a.source), ""),
    )


def citer(sources: Iterable[object], ressources: Mapping[str, Ressource]) -> tuple[str, str]:
    """The first source as a short citation, and its address."""
    for s in sources:
        document, section = getattr(s, "document", ""), getattr(s, "section", "")
        ressource = ressources.get(document)
        titre = ressource.titre if ressource is not None else document
        url = getattr(s, "url", "") or (ressource.url if ressource is not None else "")
        return (f"{titre}, {section}" if section else titre), url
    return "", ""


def _melange(zonage: Zonage, classements: set[str]) -> str:
    """Names of the classes in the order of the knowledge base, unknown codes last."""
    noms = {c.code: c.libelle for c in zonage.classements}
    rangs = {code: i for i, code in enumerate(noms)}
    codes = sorted((c for c in classements if c), key=lambda c: (rangs.get(c, len(rangs)), c))
    return ", ".join(noms.get(c, c) for c in codes)
