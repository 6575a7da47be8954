"""The cases of the knowledge base nearest to a territory, with the reasons why they are said to be near.

The distance is an explained order of reading, not a proof: sixteen cases teach nothing by statistics.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.savoir.cas import Cas, FaitCas
from perenne.domain.savoir.zonages import Zonage
from perenne.domain.territoire.identite import Territoire
from perenne.domain.territoire.resultat import (
    ActionPrecedent,
    BesoinLu,
    NiveauBesoin,
    Precedent,
    RaisonDistance,
)

NOMBRE = 3
POIDS: Mapping[str, float] = {"besoin": 3.0, "zonage": 2.0, "outre-mer": 2.0, "densite": 1.0, "region": 1.0}
"""Weight of each term of the distance: our convention (ADR 0050)."""

INCONNU = 0.5
"""A term that cannot be read counts neither for nor against."""

DOCUMENTES = ("marque", "present")


@dataclass(frozen=True, kw_only=True)
class SituationCas:
    """Where a case is, once joined to the atlas.

    Attributes:
        densite: class of its commune, None when the commune is not known.
        drom: overseas; None when not known.
        region: INSEE code, empty when not known.
        zonages: zonings that the study says of it, and those of its commune in the atlas.
    """

    densite: int | None = None
    drom: bool | None = None
    region: str = ""
    zonages: frozenset[str] = frozenset()


def familles_zonages(zonages: Iterable[Zonage]) -> dict[str, str]:
    """By zoning, the family of those that followed one another (ZRR, FRR, FRR+…): the first identifier of
    it."""
    familles: dict[str, str] = {}
    tous = {z.id: z for z in zonages}
    for z in sorted(tous):
        if z in familles:
            continue
        a_voir, groupe = [z], {z}
        while a_voir:
            courant = tous.get(a_voir.pop())
            for voisin in (*courant.predecesseurs, *courant.successeurs) if courant is not None else ():
                if voisin not in groupe:
                    groupe.add(voisin)
                    a_voir.append(voisin)
        familles.update(dict.fromkeys(groupe, z))
    return familles


def trouver_precedents(
    *,
    territoire: Territoire,
    zonages: Iterable[str],
    besoins: Sequence[BesoinLu],
    situations: Mapping[str, SituationCas],
    savoir: BaseSavoir,
) -> tuple[Precedent, ...]:
    """The nearest cases that carry at least one fact.

    Args:
        zonages: zonings of the territory at the date (in force); programmes and labels do not count.
        besoins: needs read for it.
        situations: by case, its situation.
        savoir: the knowledge base.

    Returns:
        At most `NOMBRE`, nearest first (then by identifier), each with the terms that could be read.
    """
    familles = familles_zonages(z for z in savoir.zonages.values() if z.nature == "zonage")
    ici = {familles[z] for z in zonages if z in familles}
    niveaux = {b.besoin: b.niveau for b in besoins if b.niveau in DOCUMENTES}
    candidats = []
    for cas in savoir.cas.values():
        if not cas.faits:
            continue
        situation = situations.get(cas.id, SituationCas())
        du_cas = {familles[z] for z in situation.zonages if z in familles}
        termes = [
            _terme_besoin(cas, niveaux),
            *_terme_zonage(ici, du_cas, connue=situation.densite is not None),
            *_termes_lieu(situation, territoire),
        ]
        lus = {t.terme: d for t, d in termes}
        distance = sum(p * lus.get(nom, INCONNU) for nom, p in POIDS.items()) / sum(POIDS.values())
        utiles = tuple(t for t, _ in termes if t.terme != "outre-mer" or territoire.drom or situation.drom)
        candidats.append((round(distance, 9), cas.id, cas, utiles))
    candidats.sort(key=lambda c: c[:2])
    return tuple(
        _precedent(cas, distance, raisons, list(niveaux), savoir)
        for distance, _, cas, raisons in candidats[:NOMBRE]
    )


def _terme_besoin(cas: Cas, niveaux: Mapping[str, NiveauBesoin]) -> tuple[RaisonDistance, float]:
    """Shares a marked need: 0; a documented one: a quarter; none: 1."""
    communs = tuple(b for b in niveaux if b in cas.besoins)
    if not niveaux:
        return RaisonDistance(terme="besoin", proche=False), INCONNU
    marque = any(niveaux[b] == "marque" for b in communs)
    return _terme("besoin", 0.0 if marque else 0.25 if communs else 1.0, communs)


def _terme_zonage(ici: set[str], du_cas: set[str], *, connue: bool) -> Iterator[tuple[RaisonDistance, float]]:
    """The share of families of zonings that they do not have in common (Jaccard).

    Two without any are alike, but only if the commune of the case is known: else its zonings are not.
    """
    partages, reunion = tuple(sorted(ici & du_cas)), ici | du_cas
    if du_cas or connue:
        yield _terme("zonage", 1 - len(partages) / len(reunion) if reunion else 0.0, partages)


def _termes_lieu(situation: SituationCas, territoire: Territoire) -> Iterator[tuple[RaisonDistance, float]]:
    if situation.drom is not None:
        yield _terme("outre-mer", float(situation.drom != territoire.drom))
    if situation.densite is not None and territoire.densite is not None:
        ecart = abs(situation.densite - territoire.densite) / 6
        yield _terme("densite", ecart, (str(situation.densite), str(territoire.densite)))
    if situation.region and territoire.region:
        yield _terme("region", float(situation.region != territoire.region))


def _terme(nom: str, distance: float, details: tuple[str, ...] = ()) -> tuple[RaisonDistance, float]:
    return RaisonDistance(terme=nom, proche=distance < INCONNU, details=details), distance


def _precedent(
    cas: Cas, distance: float, raisons: tuple[RaisonDistance, ...], documentes: list[str], savoir: BaseSavoir
) -> Precedent:
    activite = savoir.activites.get(cas.activite)
    lieu = cas.implantation
    return Precedent(
        cas=cas.id,
        nom=cas.nom,
        activite=cas.activite_precisee or (activite.titre if activite is not None else cas.activite),
        territoire=lieu.nom_commune or lieu.lieu,
        thematique=cas.theme,
        distance=distance,
        raisons=raisons,
        besoins=tuple(b for b in documentes if b in cas.besoins),
        actions=tuple(_action(f, savoir) for f in cas.faits if f.explicitation in ("explicite", "implicite")),
        source=cas.sources[0],
    )


def _action(fait: FaitCas, savoir: BaseSavoir) -> ActionPrecedent:
    action = savoir.actions.get(fait.action)
    instrument = savoir.instruments.get(fait.instrument)
    return ActionPrecedent(
        action=fait.action,
        libelle=action.titre if action is not None else fait.action,
        levier=action.levier if action is not None else "",
        instrument=fait.libelle or (instrument.titre if instrument is not None else fait.instrument),
        acteur=fait.acteur.libelle,
        source=fait.source,
    )
