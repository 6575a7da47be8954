"""What is known of a decision to take: who, for whom, where, how much, when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from perenne.domain.regles.evaluation import Faits, Valeur
from perenne.domain.savoir.leviers import Instrument

_FAITS_DU_MONTANT: dict[str, tuple[str, ...]] = {
    "numeraire": ("montant_numeraire_annuel", "montant_aide"),
    "nature": ("valeur_nature_annuelle", "montant_aide"),
    "remboursable": ("montant_aide",),
    "capital": ("montant_aide",),
    "commande": ("montant_marche",),
}
"""Facts that an amount gives, according to what the instrument brings."""


@dataclass(frozen=True, kw_only=True)
class SituationJuridique:
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

    def avec_acteur(self, type_acteur: str) -> SituationJuridique:
        """The same decision taken by another actor."""
        return replace(self, type_acteur=type_acteur)

    def faits_pour(self, instrument: Instrument) -> dict[str, Valeur]:
        """Every fact: what the instrument supposes, then the amount, then what is known, then the actor."""
        faits = suppositions(instrument)
        if self.montant is not None:
            faits |= dict.fromkeys(_FAITS_DU_MONTANT.get(instrument.nature, ()), self.montant)
        return {**faits, **self.faits, "type_acteur": self.type_acteur}


def suppositions(instrument: Instrument) -> dict[str, Valeur]:
    """The facts that choosing an instrument means."""
    bruts: Mapping[str, bool | int | float | str] = instrument.suppose or {}
    return {nom: v if isinstance(v, (bool, str)) else Decimal(str(v)) for nom, v in bruts.items()}
