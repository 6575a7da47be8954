"""The ways an actor has of taking an action: each instrument with its legal status, the best first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from perenne.domain.leviers.contributions import Contribution, contributions, somme
from perenne.domain.leviers.entree import Demande
from perenne.domain.leviers.modele import Modele
from perenne.domain.leviers.situation import SituationJuridique
from perenne.domain.leviers.statut import StatutJuridique, statut_juridique
from perenne.domain.leviers.treillis import RANG, Statut
from perenne.domain.regles.evaluation import Faits
from perenne.domain.savoir.leviers import Action, Instrument, Intervenant

_ROLES = {"porte": 0, "cofinance": 1, "oriente": 2, "beneficie": 3}


@dataclass(frozen=True)
class Voie:
    """An instrument for this actor.

    Attributes:
        instrument: the tool.
        statut: its legal status.
        termes: why it suits the situation, instrument by instrument; never added to the points of the action.
        dans_les_moyens: False when the actor said that it cannot use this kind of tool; None when it said
        nothing.
    """

    instrument: Instrument
    statut: StatutJuridique
    termes: tuple[Contribution, ...]
    dans_les_moyens: bool | None

    @property
    def points(self) -> float:
        """How well it suits the situation."""
        return somme(self.termes)


@dataclass(frozen=True)
class Droit:
    """What the law says of an action for this actor.

    Attributes:
        statut: that of the first way; `exclu` only when every way is; None when the actor has no part.
        voies: instruments in which it has a part, the best first, excluded ones last.
        ailleurs: instruments that others use.
        intervenant: its part in the action; None when only some instruments give it one, or nothing does.
    """

    statut: Statut | None
    voies: tuple[Voie, ...]
    ailleurs: tuple[Instrument, ...]
    intervenant: Intervenant | None

    @property
    def meilleure(self) -> Voie | None:
        """The first way, if there is one."""
        return self.voies[0] if self.voies else None

    @property
    def oriente(self) -> bool:
        """Whether the actor has no other part than to send the enterprise to those who act."""
        parts = [v.statut.intervenant for v in self.voies]
        return bool(parts) and all(p is not None and p.role == "oriente" for p in parts)


class Juriste:
    """Answers for one question; statuses already stated for the same facts are shared by all questions."""

    def __init__(self, modele: Modele, demande: Demande) -> None:
        self.modele, self.demande = modele, demande
        self.faits: Faits = demande.faits
        self.besoins: Mapping[str, float] = demande.poids_besoins
        self.situation = SituationJuridique(
            type_acteur=demande.acteur.type, faits=self.faits, au=demande.au, montant=demande.montant
        )

    def droit(self, action: Action) -> Droit:
        """The ways this actor has of taking an action."""
        voies, ailleurs = [], []
        for instrument in self.modele.instruments[action.id]:
            type_ = self._type_qui_agit(instrument.acteurs or action.acteurs)
            if type_ is None:
                ailleurs.append(instrument)
                continue
            situation = self.situation.avec_acteur(type_)
            statut = statut_juridique(action, instrument, situation, self.modele.statuts)
            voies.append(self._voie(instrument, statut))
        usages = self.modele.usages
        voies.sort(key=lambda v: _preference(v, action.id, usages.get((action.id, v.instrument.id), 0)))
        type_ = self._type_qui_agit(action.acteurs)
        part = next((a for a in action.acteurs if a.type == type_), None)
        return Droit(voies[0].statut.statut if voies else None, tuple(voies), tuple(ailleurs), part)

    def _type_qui_agit(self, parts: Iterable[Intervenant]) -> str | None:
        """The type under which the actor has a part: its own, a wider one, or one that it gathers."""
        types = {p.type for p in parts}
        return next((t for t in self.demande.acteur.lignee if t in types), None)

    def _voie(self, instrument: Instrument, statut: StatutJuridique) -> Voie:
        grille = self.modele.grilles_instruments[instrument.id]
        moyens = self.demande.acteur.moyens
        return Voie(
            instrument,
            statut,
            contributions(grille, self.faits, self.besoins),
            instrument.nature in moyens if moyens else None,
        )


def _preference(
    voie: Voie, action: str, cas: int
) -> tuple[bool, bool, int, bool, bool, float, int, int, bool, str]:
    """What was made for the action first, then what suits the situation, what was done most, what is open."""
    part, instrument = voie.statut.intervenant, voie.instrument
    return (
        voie.statut.statut == "exclu",
        voie.dans_les_moyens is False,
        _ROLES[part.role] if part else len(_ROLES),
        # A tool reserved to some forms comes first only when a fact calls for it.
        bool(instrument.beneficiaires) and voie.points <= 0,
        instrument.actions[0] != action,
        -voie.points,
        -cas,
        RANG[voie.statut.statut],
        instrument.statut != "etudie",
        instrument.id,
    )
