"""Zonings, programmes and contracts: what they are, since when, until when, and what they open."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from perenne.domain.savoir.commun import Confiance, Ref, Source, fiche

NatureZonage = Literal["zonage", "programme", "contrat", "label"]
MailleZonage = Literal[
    "quartier", "commune", "epci", "departement", "region", "etablissement", "territoire-projet", "mixte"
]
Aire = Literal["france", "metropole", "outre-mer"]
EtatZonage = Literal["en-vigueur", "pas-encore", "termine", "a-verifier"]


@fiche
class PeriodeZonage:
    """A period during which the zoning has effect over an area, both ends included.

    Attributes:
        du, au: None when open; `au` None with `suite_a_verifier` means that no later text was seen.
        confiance: of the dates.
        suite_a_verifier: the end is announced, or likely, but the text was not seen; after `au` (or after
            `verifie_le` when there is no `au`) the answer is "a-verifier", never a firm no.
    """

    aire: Aire = "france"
    du: dt.date | None = None
    au: dt.date | None = None
    libelle: str = ""
    confiance: Confiance
    suite_a_verifier: bool = False
    verifie_le: dt.date
    sources: tuple[Source, ...]

    def etat(self, jour: dt.date) -> EtatZonage:
        """The state at a date, from this period alone."""
        if self.du is not None and jour < self.du:
            return "pas-encore"
        fin = self.au if self.au is not None else (self.verifie_le if self.suite_a_verifier else None)
        if fin is not None and jour > fin:
            return "a-verifier" if self.suite_a_verifier else "termine"
        return "en-vigueur"


@fiche
class CritereZonage:
    """A condition of the law, rephrased, with its value when it has one."""

    texte: str
    valeur: float | None = None
    unite: str = ""
    aire: Aire = "france"
    du: dt.date | None = None
    au: dt.date | None = None
    confiance: Confiance
    sources: tuple[Source, ...]


@fiche
class Classement:
    """A value of the `classement` column of the atlas: whole, partial, base, reinforced…"""

    code: str
    libelle: str
    explication: str = ""


@fiche
class Effet:
    """What the zoning opens, only where a source says so."""

    texte: str
    confiance: Confiance
    sources: tuple[Source, ...]


@fiche
class Zonage:
    """A zoning, a programme or a contract.

    Attributes:
        nom_court: for tables and maps.
        explication: one sentence that an élu reads aloud.
        maille: what is listed (a neighbourhood, a commune, an EPCI…).
        dans_atlas: whether a source of the atlas holds its members.
        erreurs_etude: statements of the study about it which are wrong or out of date.
    """

    id: str
    titre: str
    nom_court: str
    nature: NatureZonage
    maille: MailleZonage
    explication: str
    criteres: tuple[CritereZonage, ...] = ()
    periodes: tuple[PeriodeZonage, ...]
    classements: tuple[Classement, ...] = ()
    effets: tuple[Effet, ...] = ()
    limites: tuple[str, ...] = ()
    predecesseurs: tuple[Annotated[str, Ref("zonage")], ...] = ()
    successeurs: tuple[Annotated[str, Ref("zonage")], ...] = ()
    dans_atlas: bool
    erreurs_etude: tuple[Annotated[str, Ref("erreur-etude")], ...] = ()
    sources: tuple[Source, ...]

    def periode(self, jour: dt.date, aire: Aire = "france") -> PeriodeZonage | None:
        """The period to quote for an area at a date: in force, else to be checked, else to come, else over.

        A period stated for the whole country applies everywhere; an area must otherwise match.
        None if none does.
        """
        candidates = [p for p in self.periodes if p.aire in ("france", aire)]
        rang: dict[EtatZonage, int] = {"en-vigueur": 0, "a-verifier": 1, "pas-encore": 2, "termine": 3}
        return min(candidates, key=lambda p: rang[p.etat(jour)], default=None)

    def etat(self, jour: dt.date, aire: Aire = "france") -> EtatZonage:
        """Whether it is in force at a date in an area ("metropole" or "outre-mer").

        Raises:
            ValueError: no period is known for that area (for example FRR criteria outside its scope).
        """
        periode = self.periode(jour, aire)
        if periode is None:
            raise ValueError(f"{self.id}: no period for {aire}")
        return periode.etat(jour)
