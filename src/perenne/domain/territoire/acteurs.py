"""Who may act on the documented needs, from the competences of the actors and from what the cases show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from perenne.domain.savoir.acteurs import TypeActeur
from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.territoire.identite import Rattachement, Territoire
from perenne.domain.territoire.resultat import ActeurCompetent, BesoinLu

COLLECTIVITES = ("commune", "epci", "departement", "region")
COLLECTIVITE_UNIQUE = frozenset({"972", "973", "976", "2A", "2B"})
REGIONS_UNIQUES = frozenset({"02", "03", "06", "94"})
"""Départements where a single authority holds the powers of the département and of the région (CGCT, 7e
partie):
Martinique and Guyane since 2015-12, Mayotte, Corse since 2018."""

SANS_DEPARTEMENT = frozenset({"75"})
"""The Ville de Paris holds the powers of a département (loi 2017-257, since 2019)."""

METROPOLES_DEPARTEMENTS = frozenset({"200046977"})
"""The Métropole de Lyon holds the powers of the département on its territory (loi 2014-58, since 2015)."""

AUTRES_MAX = 6


def trouver_acteurs(
    *,
    territoire: Territoire,
    rattachements: Iterable[Rattachement],
    besoins: Sequence[BesoinLu],
    savoir: BaseSavoir,
) -> tuple[ActeurCompetent, ...]:
    """The actors of the territory.

    Args:
        rattachements: wider territories, whose names are given to the local authorities.
        besoins: needs read for it; only the documented ones count.
        savoir: the knowledge base: competences of the types of actors, and facts of the cases.

    Returns:
        The local authorities, nearest first, then at most `AUTRES_MAX` types of actors that the cases show
        on the
        documented needs, those shown on most needs first.
    """
    noms: dict[str, str] = {r.type: r.nom for r in rattachements}
    noms[territoire.type] = territoire.nom
    noms["collectivite-unique"] = noms.get("region", "")
    documentes = [b.besoin for b in besoins if b.niveau in ("marque", "present")]
    vus = _besoins_par_type(documentes, savoir)
    niveaux = _collectivites(territoire)
    locaux = [(n, noms.get(n, "")) for n in niveaux if n in savoir.types_acteur]
    autres = sorted(
        (t for t in vus if t in savoir.types_acteur and t not in (*COLLECTIVITES, "collectivite-unique")),
        key=lambda t: (-len(vus[t]), t),
    )
    return tuple(
        _acteur(savoir.types_acteur[t], nom, vus.get(t, ()))
        for t, nom in [*locaux, *((t, "") for t in autres[:AUTRES_MAX])]
    )


def _collectivites(territoire: Territoire) -> list[str]:
    if territoire.type == "region":
        return ["collectivite-unique" if territoire.code in REGIONS_UNIQUES else "region"]
    debut = {"departement": 2, "epci": 1}.get(territoire.type, 0)
    niveaux = list(COLLECTIVITES[debut:])
    departement = territoire.code if territoire.type == "departement" else territoire.departement
    if departement in COLLECTIVITE_UNIQUE:
        return [*[n for n in niveaux if n in ("commune", "epci")], "collectivite-unique"]
    epci = territoire.code if territoire.type == "epci" else territoire.epci
    if departement in SANS_DEPARTEMENT or epci in METROPOLES_DEPARTEMENTS:
        return [n for n in niveaux if n != "departement"] if territoire.type != "departement" else niveaux
    return niveaux


def _besoins_par_type(documentes: list[str], savoir: BaseSavoir) -> dict[str, tuple[str, ...]]:
    comptes: dict[str, Counter[str]] = {}
    for cas in savoir.cas.values():
        communs = [b for b in documentes if b in cas.besoins]
        for fait in cas.faits:
            for type_ in fait.acteur.types:
                comptes.setdefault(type_, Counter()).update(communs)
    return {t: tuple(b for b in documentes if c[b]) for t, c in comptes.items() if c}


def _acteur(type_: TypeActeur, nom: str, besoins: tuple[str, ...]) -> ActeurCompetent:
    role = " ; ".join([type_.peut[0], *(p[:1].lower() + p[1:] for p in type_.peut[1:2])])
    return ActeurCompetent(
        acteur=type_.id,
        libelle=type_.nom,
        nom=nom,
        role=role,
        besoins=besoins,
        source=type_.sources[0] if type_.sources else None,
    )
