"""Legal status of an action or an instrument, for a public actor, an enterprise, a territory and a date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from perenne.domain.leviers.treillis import Effet, Statut, effet_de, pire
from perenne.domain.regles.evaluation import Faits, Valeur
from perenne.domain.regles.moteur import Evaluation
from perenne.domain.savoir.leviers import Action, Instrument, Intervenant
from perenne.domain.savoir.regles import Regle

_FAITS_DU_MONTANT: dict[str, tuple[str, ...]] = {
    "numeraire": ("montant_numeraire_annuel", "montant_aide"),
    "nature": ("valeur_nature_annuelle", "montant_aide"),
    "remboursable": ("montant_aide",),
    "capital": ("montant_aide",),
    "commande": ("montant_marche",),
}
"""Facts that an amount gives, according to what the instrument brings."""

_PORTENT = frozenset({"porte", "cofinance"})


@dataclass(frozen=True, kw_only=True)
class Situation:
    """What is known of a decision to take.

    Attributes:
        type_acteur: type of the public actor.
        faits: facts of the actor, the enterprise, the territory and the aid, in the values of the language.
        au: the date that matters.
        montant: amount considered, in euros; net of tax for a purchase.
    """

    type_acteur: str
    faits: Faits
    au: dt.date
    montant: Decimal | None = None

    def faits_pour(self, instrument: Instrument | None, *, type_acteur: str = "") -> dict[str, Valeur]:
        """The facts with the actor and, where they say nothing of it, the amount."""
        faits: dict[str, Valeur] = {**self.faits, "type_acteur": type_acteur or self.type_acteur}
        if self.montant is not None and instrument is not None:
            for nom in _FAITS_DU_MONTANT.get(instrument.nature, ()):
                faits.setdefault(nom, self.montant)
        return faits


@dataclass(frozen=True, kw_only=True)
class StatutJuridique:
    """The status and everything that explains it; nothing that is excluded disappears.

    Attributes:
        action: identifier of the action.
        instrument: identifier of the instrument, None for the action as a whole.
        type_acteur: type of the public actor.
        statut: the worst effect of the rules, see `treillis`.
        effets: effect of each rule, worst first.
        intervenant: how the actor takes part; None when nothing says that it does.
        sans_regle: no rule of the base binds it.
        manquants: facts whose knowledge could change the status.
        que_faire: what would make it possible, or keep it so.
        a_verifier: rules of confidence C, to be read before deciding.
    """

    action: str
    instrument: str | None
    type_acteur: str
    statut: Statut
    effets: tuple[Effet, ...]
    intervenant: Intervenant | None
    sans_regle: bool
    manquants: tuple[str, ...]
    que_faire: tuple[str, ...]
    a_verifier: tuple[str, ...]

    @property
    def decisifs(self) -> tuple[Effet, ...]:
        """The rules that give the status."""
        return tuple(e for e in self.effets if e.statut == self.statut)


def intervenant_de(action: Action, instrument: Instrument | None, type_acteur: str) -> Intervenant | None:
    """How a type of actor takes part: as the instrument says, else as its action says."""
    acteurs = (instrument.acteurs if instrument else ()) or action.acteurs
    return next((a for a in acteurs if a.type == type_acteur), None)


def regles_de(action: Action, instrument: Instrument | None, part: Intervenant | None) -> tuple[str, ...]:
    """The rules that bind, each once: those of the action, of the instrument, of the actor's part in it."""
    listes = (action.regles, instrument.regles if instrument else (), part.regles if part else ())
    return tuple(dict.fromkeys(r for liste in listes for r in liste))


def statut_juridique(
    action: Action,
    instrument: Instrument | None,
    situation: Situation,
    regles: Mapping[str, Regle],
    *,
    evaluation: Evaluation | None = None,
) -> StatutJuridique:
    """The legal status of an action (through an instrument) for a public actor at a date.

    Args:
        action: one of the key actions.
        instrument: the tool used; None to look at the action as a whole.
        situation: actor, facts, amount and date.
        regles: every rule of the base.
        evaluation: answers already computed for exactly these facts and this date, to share them.
    """
    intervenant = intervenant_de(action, instrument, situation.type_acteur)
    noms = regles_de(action, instrument, intervenant)
    ev = evaluation or Evaluation(regles, situation.faits_pour(instrument), situation.au)
    effets = sorted((effet_de(ev.appeler(r)) for r in noms), key=_gravite)
    statut = _statut(effets, intervenant)
    return StatutJuridique(
        action=action.id,
        instrument=instrument.id if instrument else None,
        type_acteur=situation.type_acteur,
        statut=statut,
        effets=tuple(effets),
        intervenant=intervenant,
        sans_regle=not noms,
        manquants=tuple(dict.fromkeys(m for e in effets if e.statut for m in e.resultat.manquants)),
        que_faire=_que_faire(effets, intervenant),
        a_verifier=tuple(e.resultat.regle.id for e in effets if e.resultat.confiance == "C"),
    )


def statuts_par_acteur(
    action: Action,
    instrument: Instrument | None,
    situation: Situation,
    regles: Mapping[str, Regle],
) -> tuple[StatutJuridique, ...]:
    """The same decision taken by each actor that may carry or co-finance it, the most favourable first."""
    acteurs = (instrument.acteurs if instrument else ()) or action.acteurs
    autres = [a.type for a in acteurs if a.role in _PORTENT]
    statuts = (
        statut_juridique(action, instrument, _situation_de(situation, autre), regles) for autre in autres
    )
    return tuple(sorted(statuts, key=lambda s: _ORDRE[s.statut]))


_ORDRE: dict[Statut, int] = {"possible": 0, "sous_condition": 1, "a_verifier": 2, "exclu": 3}


def _situation_de(situation: Situation, type_acteur: str) -> Situation:
    faits = {k: v for k, v in situation.faits.items() if k != "type_acteur"}
    return Situation(type_acteur=type_acteur, faits=faits, au=situation.au, montant=situation.montant)


def _gravite(effet: Effet) -> int:
    return 4 if effet.statut is None else 3 - _ORDRE[effet.statut]


def _statut(effets: list[Effet], intervenant: Intervenant | None) -> Statut:
    juridique = pire(e.statut for e in effets)
    if intervenant is None:
        # Nothing says that this actor may take part: a rule may still exclude it for good.
        return "exclu" if juridique == "exclu" else "a_verifier"
    condition: Statut = "sous_condition" if intervenant.condition else "possible"
    if effets and all(e.resultat.confiance == "C" for e in effets):
        return "a_verifier"
    return pire((juridique, condition)) or condition


def _que_faire(effets: list[Effet], intervenant: Intervenant | None) -> tuple[str, ...]:
    conseils = [intervenant.condition] if intervenant and intervenant.condition else []
    for effet in effets:
        retenus = effet.resultat.retenus if effet.statut else ()
        conseils += [effet.resultat.cas[i].cas.que_faire for i in retenus]
    return tuple(dict.fromkeys(c for c in conseils if c))
