"""Legal status of an action or an instrument, for a public actor, an enterprise, a territory and a date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from perenne.domain.leviers.memoire import MemoireStatuts, Plan
from perenne.domain.leviers.situation import SituationJuridique
from perenne.domain.leviers.treillis import RANG, Effet, Statut, effet_de, pire
from perenne.domain.regles.evaluation import Valeur
from perenne.domain.regles.memoire import Memoire
from perenne.domain.regles.resultat import Resultat
from perenne.domain.savoir.leviers import Action, Instrument, Intervenant

_PORTENT = frozenset({"porte", "cofinance"})
_ORDRE: dict[Statut, int] = {"possible": 0, "sous_condition": 1, "a_verifier": 2, "exclu": 3}


@dataclass(frozen=True, kw_only=True)
class StatutJuridique:
    """The status and everything that explains it; nothing that is excluded disappears.

    Attributes:
        action: identifier of the action.
        instrument: identifier of the instrument.
        type_acteur: type of the public actor.
        statut: the worst effect of the rules, see `treillis`.
        effets: effect of each rule, worst first.
        intervenant: how the actor takes part; None when nothing says that it does.
        sans_regle: no rule of the base binds it.
        manquants: facts whose knowledge could change the status.
        suppositions: facts taken for granted because the instrument means them, and that the answer rests on.
        que_faire: what would make it possible, or keep it so.
        a_verifier: rules of confidence C, to be read before deciding.
    """

    action: str
    instrument: str
    type_acteur: str
    statut: Statut
    effets: tuple[Effet, ...]
    intervenant: Intervenant | None
    sans_regle: bool
    manquants: tuple[str, ...]
    suppositions: tuple[tuple[str, Valeur], ...]
    que_faire: tuple[str, ...]
    a_verifier: tuple[str, ...]

    @property
    def decisifs(self) -> tuple[Effet, ...]:
        """The rules that give the status; empty when the part of the actor alone gives it."""
        return tuple(e for e in self.effets if e.statut == self.statut)


Statuts = MemoireStatuts[StatutJuridique]
"""The rules and the statuses already stated: one per base, shared by every question."""


def statut_juridique(
    action: Action,
    instrument: Instrument,
    situation: SituationJuridique,
    memoire: Statuts,
) -> StatutJuridique:
    """The legal status of an instrument of an action, for a public actor at a date.

    Args:
        action: one of the key actions.
        instrument: the tool used.
        situation: actor, facts, amount and date.
        memoire: the rules, and the statuses already stated.
    """
    return memoire.statut(
        action,
        instrument,
        situation,
        lambda plan: _statuer(action, instrument, situation, plan, memoire.regles),
    )


def _statuer(
    action: Action, instrument: Instrument, situation: SituationJuridique, plan: Plan, regles: Memoire
) -> StatutJuridique:
    faits = situation.faits_pour(instrument)
    effets = sorted((effet_de(regles.demander(r, faits, situation.au)) for r in plan.regles), key=_gravite)
    supposes = _supposes(effets, plan.supposes, situation)
    return StatutJuridique(
        action=action.id,
        instrument=instrument.id,
        type_acteur=situation.type_acteur,
        statut=_statut(effets, plan.part, sous_supposition=bool(supposes)),
        effets=tuple(effets),
        intervenant=plan.part,
        sans_regle=not plan.regles,
        manquants=tuple(dict.fromkeys(m for e in effets if e.statut for m in e.resultat.manquants)),
        suppositions=supposes,
        que_faire=_que_faire(effets, plan.part),
        a_verifier=tuple(e.resultat.regle.id for e in effets if e.resultat.confiance == "C"),
    )


def statuts_d_une_action(
    action: Action,
    instruments: Iterable[Instrument],
    situation: SituationJuridique,
    memoire: Statuts,
) -> tuple[StatutJuridique, ...]:
    """The status of each instrument of an action, the most favourable first: the first is that of the action.

    An action may be taken as soon as one of its instruments may.
    """
    siens = (i for i in instruments if action.id in i.actions)
    statuts = (statut_juridique(action, i, situation, memoire) for i in siens)
    return tuple(sorted(statuts, key=lambda s: (_ORDRE[s.statut], s.intervenant is None, s.sans_regle)))


def statuts_par_acteur(
    action: Action,
    instrument: Instrument,
    situation: SituationJuridique,
    memoire: Statuts,
) -> tuple[StatutJuridique, ...]:
    """The same decision taken by each actor that may carry or co-finance it, the most favourable first.

    Facts that belong to the first actor (its population, its agreements) are kept: the caller removes those
    that do not hold for the others.
    """
    autres = [a.type for a in instrument.acteurs or action.acteurs if a.role in _PORTENT]
    statuts = (statut_juridique(action, instrument, situation.avec_acteur(a), memoire) for a in autres)
    return tuple(sorted(statuts, key=lambda s: _ORDRE[s.statut]))


def _gravite(effet: Effet) -> int:
    return -RANG[effet.statut]


def _faits_lus(resultat: Resultat) -> Iterator[str]:
    yield from (nom for nom, _ in resultat.faits)
    for appel in resultat.appels:
        yield from _faits_lus(appel)


def _supposes(
    effets: list[Effet], supposes: Mapping[str, Valeur], situation: SituationJuridique
) -> tuple[tuple[str, Valeur], ...]:
    lus = {nom for e in effets for nom in _faits_lus(e.resultat)}
    return tuple(
        (nom, valeur) for nom, valeur in supposes.items() if nom in lus and nom not in situation.faits
    )


def _statut(effets: list[Effet], part: Intervenant | None, *, sous_supposition: bool) -> Statut:
    juridique = pire(e.statut for e in effets)
    if part is None:
        # Nothing says that this actor may take part: a rule may still exclude it for good.
        return "exclu" if juridique == "exclu" else "a_verifier"
    if effets and all(e.resultat.confiance == "C" for e in effets):
        return "a_verifier"
    conditionnel = bool(part.condition) or sous_supposition
    plancher: Statut = "sous_condition" if conditionnel else "possible"
    return pire((juridique, plancher)) or plancher


def _que_faire(effets: list[Effet], part: Intervenant | None) -> tuple[str, ...]:
    conseils = [part.condition] if part and part.condition else []
    for effet in effets:
        retenus = effet.resultat.retenus if effet.statut else ()
        conseils += [effet.resultat.cas[i].cas.que_faire for i in retenus]
    return tuple(dict.fromkeys(c for c in conseils if c))
