"""The recommendation: nineteen actions ordered for an enterprise, a public actor and a date, each
explained."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from perenne.domain.leviers.classement import Tete, choisir_tete, classer
from perenne.domain.leviers.contributions import (
    Contribution,
    SignalCompile,
    contributions,
    hors_moyens,
    signaux_inconnus,
    somme,
)
from perenne.domain.leviers.entree import Demande
from perenne.domain.leviers.modele import Modele
from perenne.domain.leviers.precedents import PrecedentAction, deja_pratiques, precedents
from perenne.domain.leviers.sensibilite import Bascule, Question, Sensibilite
from perenne.domain.leviers.voies import Droit, Juriste
from perenne.domain.savoir.cas import FaitCas
from perenne.domain.savoir.leviers import Action, Incompatibilite, Intervenant, Lien

QUESTIONS = 5
"""Questions asked first."""

Place = Literal["conseillee", "exclue", "sans_role"]
"""May be advised; excluded by a rule; no part known for this actor: others act."""


@dataclass(frozen=True)
class ActionRecommandee:
    """An action and everything that explains its place.

    Attributes:
        place: whether it may be advised to this actor.
        rang: 1 for the first, among those that may be advised; None for the others.
        points: sum of `parce_que`.
        parce_que: the additive terms, the largest first.
        inconnus: signals that cannot be read yet.
        changerait_si: smallest changes that move it in or out of the first ones.
        droit: legal status and instruments.
        precedents: nearest cases. `deja` is what this very case already received.
        autres: who else may act, apart from this actor.
        synergies, incompatibilites: with the other actions advised first.
        contretemps: the stage advises against it.
    """

    action: Action
    place: Place
    rang: int | None
    points: float
    parce_que: tuple[Contribution, ...]
    inconnus: tuple[SignalCompile, ...]
    changerait_si: tuple[Bascule, ...]
    droit: Droit
    precedents: tuple[PrecedentAction, ...]
    deja: tuple[FaitCas, ...]
    autres: tuple[Intervenant, ...]
    synergies: tuple[Lien, ...]
    incompatibilites: tuple[Incompatibilite, ...]

    @property
    def contretemps(self) -> bool:
        """Whether the stage of the enterprise advises against it."""
        return any(c.nature == "stade" and c.points < 0 for c in self.parce_que)

    @property
    def appelee(self) -> bool:
        """Whether something of the situation calls for it, stage apart."""
        return any(c.points > 0 and c.nature != "stade" for c in self.parce_que)


@dataclass(frozen=True)
class Recommandation:
    """The advice.

    Attributes:
        actions: the nineteen actions: those that may be advised by rank, then the others by points.
        tete: the first ones, and the best of each scale absent from them.
        questions: what to ask first, because it would change the advice most.
        sans_signal: nothing known calls for any action: the order is then that of precedents.
    """

    demande: Demande
    au: dt.date
    actions: tuple[ActionRecommandee, ...]
    tete: Tete
    questions: tuple[Question, ...]
    sans_signal: bool

    @property
    def par_action(self) -> Mapping[str, ActionRecommandee]:
        """The actions by identifier."""
        return {a.action.id: a for a in self.actions}


def recommander(modele: Modele, demande: Demande) -> Recommandation:
    """Order and explain the nineteen actions.

    Pure and deterministic: the same base and the same question give the same answer. No term comes from the
    frequency of an action in the cases; it only separates equal points.

    Args:
        modele: the knowledge base, prepared.
        demande: enterprise, actor, territory, date, amount.
    """
    faits, besoins = demande.faits, demande.poids_besoins
    juriste = Juriste(modele, demande)
    droits = [juriste.droit(a) for a in modele.actions]
    termes = [
        (*contributions(g, faits, besoins), *hors_moyens(_natures(d), demande.acteur.moyens))
        for g, d in zip(modele.grilles, droits, strict=True)
    ]
    points = [somme(t) for t in termes]
    places = [_place(d) for d in droits]
    conseillables = [p == "conseillee" for p in places]
    ordre = classer(modele.actions, points, modele.nombre_de_cas(demande.entreprise.cas))
    retenus = [r for r in ordre if conseillables[r]]
    rangs = {r: i for i, r in enumerate(retenus, start=1)}
    appelees = [any(c.points > 0 and c.nature != "stade" for c in t) for t in termes]
    tete = choisir_tete(modele.actions, retenus, points, appelees)
    sensibilite = Sensibilite(modele, faits, points, conseillables, demande.entreprise.cas)
    ensemble = {*tete.premieres, *(a for _, a in tete.echelles)}
    actions = tuple(
        ActionRecommandee(
            action=modele.actions[r],
            place=places[r],
            rang=rangs.get(r),
            points=points[r],
            parce_que=tuple(termes[r]),
            inconnus=signaux_inconnus(modele.grilles[r], faits),
            changerait_si=sensibilite.bascules(r),
            droit=droits[r],
            precedents=precedents(modele, demande, modele.actions[r].id),
            deja=deja_pratiques(modele, demande, modele.actions[r].id),
            autres=_autres(modele.actions[r], demande),
            synergies=_liens(modele.actions[r].synergies, ensemble),
            incompatibilites=_incompatibilites(modele.actions[r], ensemble),
        )
        for r in (*retenus, *(r for r in ordre if not conseillables[r]))
    )
    return Recommandation(
        demande, demande.au, actions, tete, sensibilite.questions(QUESTIONS), not any(appelees)
    )


def _natures(droit: Droit) -> Iterable[str]:
    return [v.instrument.nature for v in droit.voies if v.statut.statut != "exclu"]


def _place(droit: Droit) -> Place:
    if droit.statut is None:
        return "sans_role"
    return "exclue" if droit.statut == "exclu" else "conseillee"


def _autres(action: Action, demande: Demande) -> tuple[Intervenant, ...]:
    return tuple(a for a in action.acteurs if a.type not in demande.acteur.lignee and a.role != "beneficie")


def _liens(liens: Iterable[Lien], ensemble: set[str]) -> tuple[Lien, ...]:
    return tuple(x for x in liens if x.action in ensemble)


def _incompatibilites(action: Action, ensemble: set[str]) -> tuple[Incompatibilite, ...]:
    """Those with an action advised beside, and those that stand whatever is chosen."""
    return tuple(i for i in action.incompatibilites if i.action is None or i.action in ensemble)
