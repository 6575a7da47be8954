"""The six levers of the study, their nineteen actions, and the instruments that carry them out."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from perenne.domain.savoir.commun import Confiance, Provenance, Ref, Source, fiche
from perenne.domain.savoir.expressions import Condition

Echelle = Literal["individuelle", "collective", "promotion"]
"""Posture of the study (part III): one enterprise; several actors together; the public at large."""

Poids = Literal["fort", "moyen", "faible"]

Statut = Literal["etudie", "a_explorer", "hors_etude"]
"""Documented by the study; named by it as not explored yet; added by us."""

Nature = Literal[
    "numeraire",
    "remboursable",
    "capital",
    "reconnaissance",
    "nature",
    "commande",
    "accompagnement",
    "communication",
    "cooperation",
]
"""What the instrument brings to the enterprise."""


@fiche
class Effet:
    """A criterion of the grid on which an action or an instrument acts.

    Attributes:
        critere: criterion of the grid (A8).
        sens: `ameliore`, or `fragilise` for an unwanted effect that must be said.
        poids: how much, in our judgement.
        motif: why, in one sentence.
        provenance: the study, inferred from its facts, another source, or our proposal.
    """

    critere: Annotated[str, Ref("critere")]
    sens: Literal["ameliore", "fragilise"] = "ameliore"
    poids: Poids
    motif: str
    provenance: Provenance = "etude-infere"


@fiche
class Signal:
    """A condition over facts that calls for an action, or advises against it.

    Attributes:
        si: expression of `perenne.domain.regles` over the variables of `knowledge/faits`.
        sens: `appelle` or `deconseille`.
    """

    si: Condition
    sens: Literal["appelle", "deconseille"] = "appelle"
    poids: Poids
    motif: str
    provenance: Provenance = "proposition"


@fiche
class Intervenant:
    """A type of actor that may take the action, on which ground.

    Attributes:
        type: type of actor.
        role: `porte` alone; `cofinance` beside another; `oriente` towards who may; `beneficie` as a partner.
        condition: what must be true first, in one sentence; empty when nothing special binds it.
        regles: rules that say so.
        confiance: C means that the ground was not verified: shown as such, never blocking.
    """

    type: Annotated[str, Ref("type-acteur")]
    role: Literal["porte", "cofinance", "oriente", "beneficie"] = "porte"
    condition: str = ""
    regles: tuple[Annotated[str, Ref("regle")], ...] = ()
    confiance: Confiance = "B"


@fiche
class Estimation:
    """A duration or a cost that a source gives."""

    valeur: str
    source: Source
    au: dt.date | None = None


@fiche
class Effort:
    """What an action or an instrument asks for.

    A duration or a cost is written only where a source says so; `a_documenter` lists what is absent.

    Raises:
        ValueError: `a_documenter` is not exactly what is absent.
    """

    delai: Estimation | None = None
    cout: Estimation | None = None
    a_documenter: tuple[Literal["delai", "cout"], ...] = ()

    def __post_init__(self) -> None:
        absents = {nom for nom in ("delai", "cout") if getattr(self, nom) is None}
        if set(self.a_documenter) != absents:
            raise ValueError(
                f"a_documenter doit citer exactement ce qui manque : {', '.join(sorted(absents)) or 'rien'}"
            )


@fiche
class Lien:
    """Another action that strengthens this one, or that should not be taken with it."""

    action: Annotated[str, Ref("action")]
    motif: str


@fiche
class Incompatibilite:
    """What may not, or should not, be combined with this action or instrument.

    Attributes:
        action, instrument: the other member; one of the two at least, or neither when `objet` says it.
        objet: a situation that is neither (`personnel mis à disposition d'une SCIC sans remboursement`).
        juridique: True when a rule forbids it, False when it is a matter of good sense.
    """

    action: Annotated[str, Ref("action")] | None = None
    instrument: Annotated[str, Ref("instrument")] | None = None
    objet: str = ""
    motif: str
    juridique: bool = False
    regles: tuple[Annotated[str, Ref("regle")], ...] = ()


@fiche
class Precedent:
    """A case worth telling for this action, and what it teaches. All cases are found through their facts."""

    cas: Annotated[str, Ref("cas")]
    enseignement: str


@fiche
class Stade:
    """How an action fits a stage of life."""

    stade: Annotated[str, Ref("stade")]
    convient: Literal["oui", "non", "avec_prudence"] = "oui"
    motif: str = ""
    provenance: Provenance = "proposition"


@fiche
class Levier:
    """One of the six levers.

    Attributes:
        code: L1 … L6, as in the study.
        echelle: posture that part III of the study gives it.
        question: the question that an élu asks and that this lever answers.
        limites: what the lever does not do.
    """

    id: str
    code: Literal["L1", "L2", "L3", "L4", "L5", "L6"]
    titre: str
    echelle: Echelle
    question: str
    resume: str
    limites: tuple[str, ...] = ()
    source: Source


@fiche
class Action:
    """One of the nineteen key actions.

    Attributes:
        code: L1.1 … L6.2; its lever is the first two characters.
        titre: as a verb in the infinitive.
        conseil: what an adviser would say, in two or three sentences.
        sans_precedent: why no case illustrates it, when none does.
    """

    id: str
    code: str
    levier: Annotated[str, Ref("levier")]
    titre: str
    echelle: Echelle
    conseil: str
    agit_sur: tuple[Effet, ...]
    signaux: tuple[Signal, ...]
    acteurs: tuple[Intervenant, ...]
    regles: tuple[Annotated[str, Ref("regle")], ...] = ()
    premiers_pas: tuple[str, ...]
    effort: Effort
    precedents: tuple[Precedent, ...] = ()
    sans_precedent: str = ""
    synergies: tuple[Lien, ...] = ()
    incompatibilites: tuple[Incompatibilite, ...] = ()
    points_de_vigilance: tuple[str, ...] = ()
    stades: tuple[Stade, ...] = ()
    source: Source


@fiche
class Instrument:
    """A concrete tool: what is signed, paid, lent, bought or published.

    Attributes:
        actions: actions that it carries out; an instrument may serve several.
        alias: other words under which it is met.
        statut: documented by the study, named by it as not explored, or added by us.
        beneficiaires: forms or agreements that may receive it, in one sentence; empty when any may.
        acteurs: who may use it when this differs from the action; empty: those of its actions.
        regles: rules that all bind it; alternatives are distinct instruments.
        suppose: facts that choosing this instrument means (a subsidy supposes a project of the beneficiary);
            the legal status takes them for granted and states them as conditions.
    """

    id: str
    titre: str
    actions: tuple[Annotated[str, Ref("action")], ...]
    alias: tuple[str, ...] = ()
    nature: Nature
    statut: Statut = "etudie"
    echelle: Echelle
    resume: str
    beneficiaires: str = ""
    agit_sur: tuple[Effet, ...]
    signaux: tuple[Signal, ...] = ()
    acteurs: tuple[Intervenant, ...] = ()
    regles: tuple[Annotated[str, Ref("regle")], ...] = ()
    suppose: dict[Annotated[str, Ref("fait")], bool | int | float | str] | None = None
    premiers_pas: tuple[str, ...]
    effort: Effort
    incompatibilites: tuple[Incompatibilite, ...] = ()
    points_de_vigilance: tuple[str, ...] = ()
    stades: tuple[Stade, ...] = ()
    source: Source
