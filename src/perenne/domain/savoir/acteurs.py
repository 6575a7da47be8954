"""Types of actors with their dated names and competences, and the organisations that the study names."""

from __future__ import annotations

from typing import Annotated, Literal

from perenne.domain.savoir.commun import Confiance, NomDate, Ref, Source, fiche

Niveau = Literal[
    "quartier",
    "communal",
    "intercommunal",
    "departemental",
    "regional",
    "national",
    "europeen",
    "variable",
]


@fiche
class Competence:
    """A field in which a type of actor may act, and on which ground.

    Attributes:
        objet: the field, in a few words.
        condition: what restricts it.
        regles: rules of the base that state it.
        confiance: of the statement itself.
    """

    objet: str
    condition: str = ""
    regles: tuple[Annotated[str, Ref("regle")], ...] = ()
    confiance: Confiance = "B"


@fiche
class TypeActeur:
    """A type of actor.

    Attributes:
        parent: the wider type it belongs to (`etat-emploi` is one of `etat-services`).
        noms: names by period, oldest first; empty when the name never changed.
        public: `oui`, `non`, or `selon` when the type holds both.
        peut: what it can typically do, one sentence each, as verbs.
        limites: what it may not do, or not alone.
    """

    id: str
    nom: str
    sigle: str = ""
    parent: Annotated[str, Ref("type-acteur")] | None = None
    alias: tuple[str, ...] = ()
    noms: tuple[NomDate, ...] = ()
    niveau: Niveau
    public: Literal["oui", "non", "selon"]
    resume: str
    competences: tuple[Competence, ...] = ()
    peut: tuple[str, ...]
    limites: tuple[str, ...] = ()
    sources: tuple[Source, ...]


@fiche
class Ressort:
    """The territory of an organisation.

    Attributes:
        type: kind of territory; `autre` when it is none of the official ones (a pays, a park).
        code: INSEE code, or SIREN for an EPCI; empty when not certain.
    """

    type: Literal["commune", "epci", "departement", "region", "pays", "autre"]
    code: str = ""
    nom: str
    confiance: Confiance = "B"


@fiche
class Organisation:
    """An organisation named by the study. Organisations only, never persons.

    Attributes:
        siren: nine digits, only where certain; empty otherwise.
        anachronismes: where the study gives it a name or an existence that it did not have at that date.
    """

    id: str
    nom: str
    sigle: str = ""
    type: Annotated[str, Ref("type-acteur")]
    alias: tuple[str, ...] = ()
    noms: tuple[NomDate, ...] = ()
    territoire: Ressort | None = None
    siren: str = ""
    resume: str = ""
    anachronismes: tuple[str, ...] = ()
    sources: tuple[Source, ...]
