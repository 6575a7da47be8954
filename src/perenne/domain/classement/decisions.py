"""Decisions taken by people: they win over everything else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from perenne.domain.classement.types import Etiquette, Fiche, Indice

LONGUEUR_SIRET = 14


@dataclass(frozen=True, kw_only=True)
class DecisionHumaine:
    """Someone says that a structure does, or does not do, an activity.

    Attributes:
        cle: identifier of the text, SIREN, SIRET or RNA number.
        role: function of the person, never a name.
    """

    cle: str
    activite: str
    retenue: bool
    date: dt.date
    role: str
    motif: str = ""


Decisions = Mapping[str, Mapping[str, DecisionHumaine]]
"""By key then activity; the latest decision only."""


def indexer(decisions: Iterable[DecisionHumaine]) -> Decisions:
    """The latest decision for each structure and activity; on the same day the last one given wins."""
    index: dict[str, dict[str, DecisionHumaine]] = {}
    for decision in decisions:
        deja = index.setdefault(normaliser_cle(decision.cle), {})
        ancienne = deja.get(decision.activite)
        if ancienne is None or decision.date >= ancienne.date:
            deja[decision.activite] = decision
    return index


def normaliser_cle(cle: str) -> str:
    """Spaces out, capitals: `123 456 789` and `123456789` are the same SIREN."""
    return "".join(cle.split()).upper()


def decisions_de(fiche: Fiche, decisions: Decisions) -> dict[str, DecisionHumaine]:
    """Decisions about the structure, by its SIREN first and by its own identifier on top."""
    numero = normaliser_cle(fiche.numero)
    trouvees: dict[str, DecisionHumaine] = {}
    for cle in (numero[:9] if numero.isdigit() else "", numero, normaliser_cle(fiche.id)):
        if cle:
            trouvees.update(decisions.get(cle, {}))
    return trouvees


def par_entreprise(decisions: Decisions) -> Decisions:
    """The same, those given under the SIRET of an establishment brought to the SIREN of its enterprise."""
    return indexer(
        replace(d, cle=cle[:9]) if len(cle) == LONGUEUR_SIRET and cle.isdigit() else d
        for cle, par_activite in decisions.items()
        for d in par_activite.values()
    )


def decisions_par_cles(cles: Iterable[str], decisions: Decisions) -> dict[str, DecisionHumaine]:
    """Decisions about a structure known under several numbers: the latest for each activity."""
    if not decisions:
        return {}
    trouvees = (d for cle in cles for d in decisions.get(normaliser_cle(cle), {}).values())
    return {d.activite: d for d in sorted(trouvees, key=lambda d: d.date)}


def appliquer(etiquettes: Sequence[Etiquette], decisions: Mapping[str, DecisionHumaine]) -> list[Etiquette]:
    """The labels once the decisions are applied: refused ones removed, accepted ones certain."""
    if not decisions:
        return list(etiquettes)
    gardees = [e for e in etiquettes if e.activite not in decisions]
    for activite, decision in decisions.items():
        if decision.retenue:
            deja = next((e.indices for e in etiquettes if e.activite == activite), ())
            preuve = Indice(champ="decision", mots=f"{decision.date.isoformat()}, {decision.role}")
            gardees.append(
                Etiquette(
                    activite=activite, confiance="haute", probabilite=1.0, origine="decision",
                    indices=(preuve, *deja),
                )
            )  # fmt: skip
    return gardees
