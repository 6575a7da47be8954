"""Cases: an enterprise, what is said of its situation, and what public actors did for it."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from perenne.domain.savoir.commun import Confiance, Provenance, Ref, Source, Thematique, fiche

FormeJuridique = Literal[
    "association",
    "association-rup",
    "fondation",
    "fonds-dotation",
    "mutuelle",
    "scic",
    "scop",
    "cooperative",
    "sapo",
    "societe-commerciale",
    "autre",
]
"""The codes of the fact `forme_juridique`, so that rules read a case as it is."""

Agrement = Literal[
    "evs",
    "siae-aci",
    "siae-ai",
    "siae-ei",
    "siae-etti",
    "regie-quartier",
    "scin",
    "cpie",
    "esus",
    "ea",
    "esat",
    "centre-sante",
    "autre",
]

Explicitation = Literal["explicite", "implicite", "envisage", "contexte"]
"""Written by the study; implied by it; planned at the time; said of the territory, not of the enterprise."""

EchelleActeur = Literal[
    "quartier",
    "communal",
    "intercommunal",
    "inter-epci",
    "departemental",
    "regional",
    "national",
    "europeen",
    "local",
    "non-precise",
]


@fiche
class Reconnaissance:
    """An agreement, a label or a convention that the enterprise holds."""

    type: Agrement
    libelle: str
    depuis: str = ""
    decerne_par: Annotated[str, Ref("type-acteur")] | None = None
    source: Source


@fiche
class Implantation:
    """Where the enterprise is.

    Attributes:
        departement: INSEE code of the département; empty when the study does not say.
        region: INSEE code of the region, when it is all that is said.
        commune: INSEE code of the commune; empty when unknown.
        lieu: place as the study writes it.
        probable: the commune is not written in the study; we infer it.
        confiance: of the commune.
        lon, lat: a point inside the commune, else the middle of the département; degrees WGS 84 at a
            hundredth, from the outlines of the IGN, for a map of France only. None when neither is known.
        note: another place that matters, or why the commune is only probable.
    """

    departement: str = ""
    region: str = ""
    commune: str = ""
    nom_commune: str = ""
    lieu: str = ""
    probable: bool = False
    confiance: Confiance = "A"
    lon: float | None = None
    lat: float | None = None
    note: str = ""
    source: Source


@fiche
class ZonageDit:
    """A zoning that the study says of the enterprise. The atlas, not the study, gives the official one."""

    zonage: Annotated[str, Ref("zonage")]
    portee: Literal["implantation", "publics", "dispositif"]
    explicite: bool = True
    source: Source


@fiche
class Reponse:
    """An answer to a criterion of the grid that the study lets one give.

    Attributes:
        deduit_de: facts of the case that it repeats; an evaluation that hides them hides it too.
    """

    critere: Annotated[str, Ref("critere")]
    reponse: Literal["oui", "moyen", "non"]
    constat: str
    deduit_de: tuple[str, ...] = ()
    provenance: Provenance
    source: Source


@fiche
class Constat:
    """A fact of situation that rules and signals can read.

    Attributes:
        fait: variable of `knowledge/faits`.
        valeur: in the unit of the variable.
        deduit_de: facts of the case that it repeats, as for `Reponse`.
    """

    fait: Annotated[str, Ref("fait")]
    valeur: bool | int | float | str
    deduit_de: tuple[str, ...] = ()
    provenance: Provenance
    source: Source


@fiche
class ActeurCite:
    """Who acted, as precisely as the source says.

    Attributes:
        types: types of actors; several when the source speaks of several; empty when it does not say.
        organisation: the organisation, when it is named.
        libelle: the wording shown to the reader.
        public: None when the source does not say.
    """

    types: tuple[Annotated[str, Ref("type-acteur")], ...] = ()
    organisation: Annotated[str, Ref("organisation")] | None = None
    libelle: str
    public: bool | None = None


@fiche
class FaitCas:
    """One action × instrument × actor, taken once for one enterprise.

    Attributes:
        id: C001 … C118 for the study; unique in the whole base.
        montant_eur: in euros; absent when no amount is said.
        plafond: True when the amount is a ceiling and not what was paid.
        duree: as said.
        resultat: what came of it, when it is known (failures included).
    """

    id: str
    action: Annotated[str, Ref("action")]
    instrument: Annotated[str, Ref("instrument")]
    libelle: str
    acteur: ActeurCite
    echelle: EchelleActeur
    montant_eur: int | None = None
    plafond: bool = False
    duree: str = ""
    explicitation: Explicitation
    resultat: str = ""
    note: str = ""
    erreurs: tuple[Annotated[str, Ref("erreur-etude")], ...] = ()
    source: Source


@fiche
class Vie:
    """Whether the enterprise was alive, at which date, according to whom. Failed cases are welcome."""

    etat: Literal["active", "arretee", "inconnue"]
    au: dt.date | None = None
    motif: str = ""
    source: Source | None = None


@fiche
class Codage:
    """Who read the material and when: two independent readings, and how their differences were settled."""

    lectures: int = 1
    arbitrage: str = ""


@fiche
class Cas:
    """An enterprise and its facts. Adding a case is adding a file.

    Attributes:
        porteur: the legal person, when the case is known under the name of a project.
        forme_precisee: wording of the source for the legal form.
        annee_creation: None when not said; `annee_note` says how sure it is.
        theme: one of the four of the study.
        codage: who read it twice; None when a single person did.
        siren: nine digits, only where a public register was read.
        evaluations: answers to the grid; a criterion absent here was not documented and never counts.
    """

    id: str
    nom: str
    alias: tuple[str, ...] = ()
    porteur: str = ""
    forme_juridique: FormeJuridique
    forme_precisee: str = ""
    agrements: tuple[Reconnaissance, ...] = ()
    annee_creation: int | None = None
    annee_note: str = ""
    implantation: Implantation
    zonages: tuple[ZonageDit, ...] = ()
    activite: Annotated[str, Ref("activite")]
    activite_precisee: str = ""
    theme: Thematique
    besoins: tuple[Annotated[str, Ref("besoin")], ...]
    resume: str
    vie: Vie
    evaluations: tuple[Reponse, ...] = ()
    situation: tuple[Constat, ...] = ()
    faits: tuple[FaitCas, ...] = ()
    erreurs: tuple[Annotated[str, Ref("erreur-etude")], ...] = ()
    codage: Codage | None = None
    siren: str = ""
    site: str = ""
    sources: tuple[Source, ...]
