"""The sustainability grid: families, criteria, measures, benchmarks; and the stages of a life."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from perenne.domain.savoir.commun import Confiance, Provenance, Ref, Source, fiche

Nature = Literal["nombre", "part", "duree", "montant", "ratio", "echelle", "oui-non", "date", "liste"]
Sens = Literal["plus-haut-mieux", "plus-bas-mieux", "equilibre", "contexte"]
"""How to read a measure: "equilibre" has bad ends on both sides, "contexte" is neither good nor bad."""


@fiche
class Mesure:
    """Something to write down for a criterion.

    Attributes:
        id: unique over the whole grid; the name of the fact in the expression language.
        unite: "%", "mois", "EUR"…; empty for a yes/no.
        calcul: how to compute it, in words of a treasurer.
        choix: allowed values of a scale or a list, worst first, each with its meaning.
    """

    id: str
    libelle: str
    nature: Nature
    unite: str = ""
    sens: Sens
    calcul: str = ""
    choix: dict[str, str] | None = None


@fiche
class Repere:
    """A benchmark, always editable, never a norm.

    Attributes:
        type: "repere" when a source gives it, "proposition" when it is ours.
        mesure: the measure it reads.
        operateur, valeur: the comparison that `lecture` qualifies; None for a mere context figure.
        lecture: what it means when the comparison holds.
    """

    type: Literal["repere", "proposition"]
    mesure: str
    texte: str
    lecture: Literal["favorable", "alerte", "contexte"]
    operateur: Literal["<", "<=", ">", ">=", "="] | None = None
    valeur: float | None = None
    unite: str = ""
    millesime: str = ""
    confiance: Confiance = "B"
    editable: bool = True
    source: Source | None = None


@fiche
class Lecture:
    """What counts as oui, moyen, non, so that two readers answer alike."""

    oui: str
    moyen: str
    non: str
    provenance: Provenance = "proposition"


@fiche
class Preuve:
    """What the study (or another source) shows about the criterion, in our own words."""

    texte: str
    cas: tuple[Annotated[str, Ref("cas")], ...] = ()
    source: Source


@fiche
class Famille:
    """A family of criteria. `reconstitution` warns that the study's own list of criteria was lost."""

    id: str
    titre: str
    ordre: int
    question: str
    presentation: str
    reconstitution: str
    provenance: Provenance
    source: Source


@fiche
class Critere:
    """One criterion of the grid.

    Attributes:
        question: asked to a treasurer or a director, without jargon.
        aide: where to find the answer, one or two lines.
        provenance: where the criterion comes from.
        provenance_mesure: where the measure comes from (rarely the study, which measures little).
        essentiel: part of the thirty-minute interview.
    """

    id: str
    titre: str
    famille: Annotated[str, Ref("famille")]
    ordre: int
    question: str
    aide: str
    pourquoi: str
    mesures: tuple[Mesure, ...]
    reperes: tuple[Repere, ...] = ()
    lecture: Lecture
    preuves: tuple[Preuve, ...] = ()
    provenance: Provenance
    provenance_mesure: Provenance = "proposition"
    essentiel: bool = False
    source: Source


@fiche
class ConseilStade:
    """An action that fits, or does not fit, a stage, and why."""

    action: Annotated[str, Ref("action")]
    pourquoi: str
    cas: tuple[Annotated[str, Ref("cas")], ...] = ()
    provenance: Provenance


@fiche
class Stade:
    """A stage of the life of an enterprise.

    Attributes:
        test: how to tell, from facts, that the enterprise is there.
        champ_etude: whether the study observed enterprises at that stage.
    """

    id: str
    titre: str
    ordre: int
    description: str
    test: str
    actions_adaptees: tuple[ConseilStade, ...]
    actions_a_eviter: tuple[ConseilStade, ...] = ()
    vigilance: str = ""
    champ_etude: bool
    provenance: Provenance
    verifie_le: dt.date | None = None
    source: Source
