"""The operators behind a figure of the supply: who, where, why, how sure, from which file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from perenne.domain.territoire.offre import Couche

Part = Literal["comptes", "faibles", "incertains", "ecartes"]
"""comptes: those of the figure. faibles: only weak clues. incertains: in or out of the QPV, not known.
ecartes: left out, with the reason. Nobody is in two parts of one layer."""

COMPTES: tuple[Part, ...] = ("comptes",)


@dataclass(frozen=True, kw_only=True)
class Liste:
    """A page of a list of operators.

    Attributes:
        total: how many the whole list holds: the figure.
        debut: rank of the first one given, from 0.
    """

    total: int
    debut: int
    operateurs: tuple[Operateur, ...]


@dataclass(frozen=True, kw_only=True)
class Trace:
    """One clue of an activity.

    Attributes:
        champ: where it was seen (nom, texte, sigle, nom-liste, naf, waldec, registre, decision…).
        mots: the words, or the code.
        registre, source, date: of the list that says so; empty when it is none.
    """

    champ: str
    mots: str
    registre: str = ""
    source: str = ""
    date: str = ""


@dataclass(frozen=True, kw_only=True)
class ActiviteVue:
    """An activity of an operator, among those asked for."""

    activite: str
    confiance: str
    origines: tuple[str, ...] = ()
    traces: tuple[Trace, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Origine:
    """A file that names the operator; for one of the ESS, why it is of it comes first."""

    source: str
    date: str
    raison: str


@dataclass(frozen=True, kw_only=True)
class Operateur:
    """One operator of a list.

    Attributes:
        operateur: what is counted: the enterprise, the SIREN read in a list, or the entry of the list.
        id: its page in the atlas; empty when it is no enterprise of it.
        nom: empty when it asked not to be shown.
        couche: the narrowest layer it belongs to in the territory; None when it is left out.
        ecarte: why it is: ferme, non-diffusible or hors-champ; empty otherwise.
        communes: code and name, in the territory.
        part: where it stands beside the figure.
        activites: those asked for that it does, the surest first.
    """

    operateur: str
    id: str
    nom: str
    couche: Couche | None
    ecarte: str = ""
    verdict: str = ""
    etat: str = ""
    effectif: str = ""
    communes: tuple[tuple[str, str], ...] = ()
    part: Part = "comptes"
    activites: tuple[ActiviteVue, ...] = ()
    origines: tuple[Origine, ...] = ()
