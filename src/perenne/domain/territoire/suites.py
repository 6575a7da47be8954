"""What may be done next: the actions that the nearest precedents show, one lever after another."""

from __future__ import annotations

from collections.abc import Sequence

from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.savoir.leviers import Action
from perenne.domain.territoire.resultat import ActeurCompetent, Precedent, Suite

NOMBRE = 5


def proposer_suites(
    precedents: Sequence[Precedent], acteurs: Sequence[ActeurCompetent], savoir: BaseSavoir
) -> tuple[Suite, ...]:
    """The actions to look at first.

    Args:
        precedents: the nearest cases.
        acteurs: those of the territory; an action names the ones among them that may take it.
        savoir: the knowledge base.

    Returns:
        At most `NOMBRE` actions: those that most precedents show first (then by code), a second action of a
        lever
        only once every lever shown has one. It is a reading order, not a recommendation for an enterprise.
    """
    cas_par_action: dict[str, list[Precedent]] = {}
    for p in precedents:
        for action in dict.fromkeys(a.action for a in p.actions):
            if action in savoir.actions:
                cas_par_action.setdefault(action, []).append(p)
    ordre = sorted(cas_par_action, key=lambda a: (-len(cas_par_action[a]), savoir.actions[a].code))
    rang_levier: dict[str, int] = {}
    places: dict[str, int] = {}
    for a in ordre:
        levier = savoir.actions[a].levier
        places[a] = rang_levier[levier] = rang_levier.get(levier, -1) + 1
    ordre.sort(key=lambda a: places[a])
    return tuple(_suite(savoir.actions[a], cas_par_action[a], acteurs) for a in ordre[:NOMBRE])


def _suite(action: Action, precedents: Sequence[Precedent], acteurs: Sequence[ActeurCompetent]) -> Suite:
    porteurs = {i.type for i in action.acteurs if i.role == "porte"}
    return Suite(
        action=action.id,
        code=action.code,
        libelle=action.titre,
        levier=action.levier,
        premier_pas=action.premiers_pas[0],
        acteurs=tuple(a.acteur for a in acteurs if a.acteur in porteurs),
        precedents=tuple(p.nom for p in precedents),
        besoins=tuple(sorted({b for p in precedents for b in p.besoins})),
        source=action.source,
    )
