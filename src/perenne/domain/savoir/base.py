"""The whole knowledge base once read and checked: immutable, looked up by kind or by identifier."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeVar, cast

from perenne.domain.savoir.acteurs import Organisation, TypeActeur
from perenne.domain.savoir.activites import Activite
from perenne.domain.savoir.besoins import Besoin
from perenne.domain.savoir.cas import Cas, FaitCas
from perenne.domain.savoir.criteres import Critere, Famille, Stade
from perenne.domain.savoir.erreurs_etude import ErreurEtude
from perenne.domain.savoir.expressions import Fait
from perenne.domain.savoir.indicateurs import Indicateur
from perenne.domain.savoir.leviers import Action, Instrument, Levier
from perenne.domain.savoir.nomenclatures import Nomenclature
from perenne.domain.savoir.regles import Regle
from perenne.domain.savoir.ressources import Ressource
from perenne.domain.savoir.zonages import Zonage

T = TypeVar("T")
_VIDE: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True)
class FicheTrouvee:
    """An item and the kind it belongs to."""

    genre: str
    id: str
    fiche: Any


@dataclass(frozen=True, kw_only=True)
class BaseSavoir:
    """Every item of `knowledge/`.

    Attributes:
        fiches: kind → identifier → item, identifiers in alphabetical order.
        classes: class of the items → kind.
        chemins: (kind, identifier) → path of its file relative to `knowledge/`.
    """

    fiches: Mapping[str, Mapping[str, Any]]
    classes: Mapping[type[Any], str]
    chemins: Mapping[tuple[str, str], str]

    def de(self, classe: type[T]) -> Mapping[str, T]:
        """The items of one class, by identifier; empty when there is none."""
        return cast("Mapping[str, T]", self.fiches.get(self.classes.get(classe, ""), _VIDE))

    def trouver(self, identifiant: str) -> tuple[FicheTrouvee, ...]:
        """Every item with this identifier, one per kind at most; `genre:identifiant` names a single one."""
        genre, deux_points, reste = identifiant.partition(":")
        if deux_points and genre in self.fiches:
            fiche = self.fiches[genre].get(reste)
            return () if fiche is None else (FicheTrouvee(genre=genre, id=reste, fiche=fiche),)
        return tuple(
            FicheTrouvee(genre=g, id=identifiant, fiche=fiches[identifiant])
            for g, fiches in self.fiches.items()
            if identifiant in fiches
        )

    @property
    def besoins(self) -> Mapping[str, Besoin]:
        """The needs, B01 to B16."""
        return self.de(Besoin)

    @property
    def activites(self) -> Mapping[str, Activite]:
        """The activities of social utility."""
        return self.de(Activite)

    @property
    def familles(self) -> Mapping[str, Famille]:
        """The families of criteria."""
        return self.de(Famille)

    @property
    def criteres(self) -> Mapping[str, Critere]:
        """The criteria of the grid."""
        return self.de(Critere)

    @property
    def stades(self) -> Mapping[str, Stade]:
        """The stages of a life."""
        return self.de(Stade)

    @property
    def leviers(self) -> Mapping[str, Levier]:
        """The six levers."""
        return self.de(Levier)

    @property
    def actions(self) -> Mapping[str, Action]:
        """The nineteen key actions."""
        return self.de(Action)

    @property
    def instruments(self) -> Mapping[str, Instrument]:
        """The instruments."""
        return self.de(Instrument)

    @property
    def types_acteur(self) -> Mapping[str, TypeActeur]:
        """The types of actors."""
        return self.de(TypeActeur)

    @property
    def organisations(self) -> Mapping[str, Organisation]:
        """The organisations that the study names."""
        return self.de(Organisation)

    @property
    def zonages(self) -> Mapping[str, Zonage]:
        """The zonings, programmes and contracts."""
        return self.de(Zonage)

    @property
    def indicateurs(self) -> Mapping[str, Indicateur]:
        """The indicators of the atlas."""
        return self.de(Indicateur)

    @property
    def faits(self) -> Mapping[str, Fait]:
        """The variables of the expression language."""
        return self.de(Fait)

    @property
    def regles(self) -> Mapping[str, Regle]:
        """The dated rules."""
        return self.de(Regle)

    @property
    def cas(self) -> Mapping[str, Cas]:
        """The cases, with their facts."""
        return self.de(Cas)

    @property
    def nomenclatures(self) -> Mapping[str, Nomenclature]:
        """The nomenclatures."""
        return self.de(Nomenclature)

    @property
    def ressources(self) -> Mapping[str, Ressource]:
        """The documents that the base cites."""
        return self.de(Ressource)

    @property
    def erreurs_etude(self) -> Mapping[str, ErreurEtude]:
        """The statements of the study that must not be repeated."""
        return self.de(ErreurEtude)

    def actions_de(self, levier: str) -> tuple[Action, ...]:
        """The actions of a lever, in the order of their codes."""
        return tuple(sorted((a for a in self.actions.values() if a.levier == levier), key=lambda a: a.code))

    def instruments_de(self, action: str) -> tuple[Instrument, ...]:
        """The instruments that carry out an action, by identifier."""
        return tuple(i for i in self.instruments.values() if action in i.actions)

    def precedents(self, *, action: str = "", instrument: str = "") -> tuple[tuple[Cas, FaitCas], ...]:
        """The facts of the cases for an action, an instrument, or both; by case, then in the file's order."""
        return tuple(
            (cas, fait)
            for cas in self.cas.values()
            for fait in cas.faits
            if action in ("", fait.action) and instrument in ("", fait.instrument)
        )


def intitule(fiche: object) -> str:
    """How an item is named to a reader: its title, name or label; its class when it has none."""
    for champ in ("titre", "nom", "libelle"):
        if texte := getattr(fiche, champ, ""):
            return str(texte)
    return type(fiche).__name__
