"""The dated rules: figures and conditions of the law by date of effect, with references and limits."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from perenne.domain.savoir.commun import Confiance, Ref, fiche
from perenne.domain.savoir.expressions import Condition, RefFait

NatureRegle = Literal["valeur", "bareme", "condition", "definition"]
"""valeur: one figure by date. bareme: one figure by date and by code. condition: what one may or must do.
definition: whether something is what a text names."""

DateApplicable = Literal[
    "consultation-engagee",
    "demande-deposee",
    "convention-signee",
    "aide-octroyee",
    "versement",
    "deliberation",
    "exercice-budgetaire",
    "periode-travaillee",
    "date-de-reference",
]
"""The date at which the version that applies is chosen."""

Issue = Literal[
    "possible",
    "sous_condition",
    "exclu",
    "a_verifier",
    "obligatoire",
    "facultatif",
    "sans_objet",
    "oui",
    "non",
]
"""What a rule concludes: a status (first four), a duty (obligatoire, facultatif), a definition (oui, non), or
that the rule does not concern the situation (sans_objet)."""

ValeurFait = bool | int | float | str | tuple[str, ...]
"""A fact as it is written in a file; a date is its ISO text."""


@fiche
class Reference:
    """Where the law says it.

    Attributes:
        document: identifier of the resource (code, statute, decree, page read).
        article: article, section or page.
        url: address of the page read, where the resource has several.
        secondaire: the page only reports the text; the text itself was not read.
    """

    document: Annotated[str, Ref("ressource")]
    article: str = ""
    url: str = ""
    secondaire: bool = False


@fiche
class Cas:
    """One case of a condition; cases are read in order and the first true one decides.

    Attributes:
        si: condition; empty for the last case, which always applies.
        issue: what is concluded.
        motif: why, in a sentence that a reader understands alone.
        que_faire: what to do: another instrument, another actor, a convention, a delegation.
        reference: where this very case is written, when it is not where the rule is.
        confiance: when it is lower than that of the version.
    """

    si: Condition = ""
    issue: Issue
    motif: str
    que_faire: str = ""
    reference: Reference | None = None
    confiance: Confiance | None = None


@fiche
class Version:
    """What the rule says during one period.

    Attributes:
        du: first day of effect.
        au: last day, when it is not the eve of the next version; a later hole is a period that is not known.
        valeur: the figure (nature `valeur`).
        bareme: the figure by code (nature `bareme`); a missing code is not known.
        cas: the cases (natures `condition` and `definition`).
        references: where it was read.
        confiance: when it differs from that of the rule.
        note: what a reader must know of this period.
    """

    du: dt.date
    au: dt.date | None = None
    valeur: float | None = None
    bareme: dict[str, float] | None = None
    cas: tuple[Cas, ...] = ()
    references: tuple[Reference, ...] = ()
    confiance: Confiance | None = None
    note: str = ""


@fiche
class Exemple:
    """One dated question with the answer that the text gives; each is a test.

    Attributes:
        au: the date that matters.
        avec: the facts known.
        attendu: an outcome, a figure, or `inconnu` where the rule has no known value.
        manque: facts that the answer must ask for.
        note: what the example shows.
    """

    au: dt.date
    avec: dict[str, ValeurFait] | None = None
    attendu: Issue | Literal["inconnu"] | float
    manque: tuple[str, ...] = ()
    note: str = ""


@fiche
class Regle:
    """One rule.

    Attributes:
        id: `<domaine>/<regle>`, from its path.
        titre: what it is about.
        nature: what it gives.
        enonce: what it says, in plain French.
        date_applicable: which date decides of the version.
        confiance: how far it was checked; C never decides.
        verifie_le: when the references were last read.
        versions: the periods, in order, without overlap.
        unite: unit of the figures.
        cle: fact whose value selects the line of a `bareme`.
        avant: what is known before the first version: nothing (inconnu), or that the rule did not exist.
        apres: the same after the last version, when it has an end.
        portee: whom and what it concerns.
        limites: what it does not cover, what was not seen, what to check.
        references: those that hold for every version.
        exemples: dated questions with their answers.
        codes: identifiers of the same rule in the working notes.
        erreurs_etude: statements of the study that this rule corrects.
        notes: other remarks.
    """

    id: str
    titre: str
    nature: NatureRegle
    enonce: str
    date_applicable: DateApplicable
    confiance: Confiance
    verifie_le: dt.date
    versions: tuple[Version, ...]
    unite: str = ""
    cle: RefFait | None = None
    avant: Literal["inconnu", "sans_objet"] = "inconnu"
    apres: Literal["inconnu", "sans_objet"] = "inconnu"
    portee: str = ""
    limites: str = ""
    references: tuple[Reference, ...] = ()
    exemples: tuple[Exemple, ...] = ()
    codes: tuple[str, ...] = ()
    erreurs_etude: tuple[Annotated[str, Ref("erreur-etude")], ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def domaine(self) -> str:
        """The folder of the rule: `commande-publique`."""
        return self.id.split("/", 1)[0]
