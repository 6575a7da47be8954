"""French names of the keys, values and kinds of the knowledge base, read from its own nomenclatures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from perenne.domain.savoir.base import BaseSavoir

_VIDE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True)
class Libelles:
    """How to name things to a reader; what has no name is shown as it is written in the files."""

    cles: Mapping[str, str] = field(default_factory=lambda: _VIDE)
    valeurs: Mapping[str, str] = field(default_factory=lambda: _VIDE)
    genres: Mapping[str, str] = field(default_factory=lambda: _VIDE)

    def cle(self, nom: str, classe: str = "") -> str:
        """Name of a key: `Version.cas` first, then `cas`."""
        repli = nom.replace("_", " ").capitalize()
        return self.cles.get(f"{classe}.{nom}") or self.cles.get(nom, repli)

    def valeur(self, valeur: str, cle: str = "") -> str:
        """Name of a coded value: `confiance.C` first, then `C`."""
        return self.valeurs.get(f"{cle}.{valeur}") or self.valeurs.get(valeur, valeur)

    def genre(self, nom: str) -> str:
        """Name of a kind, singular."""
        return self.genres.get(nom, nom)


def lire_libelles(base: BaseSavoir) -> Libelles:
    """The names held by `savoir-cles`, `savoir-valeurs` and `savoir-genres`; empty when they are absent."""

    def extrait(identifiant: str) -> Mapping[str, str]:
        nomenclature = base.nomenclatures.get(identifiant)
        return _VIDE if nomenclature is None else nomenclature.libelles

    return Libelles(
        cles=extrait("savoir-cles"), valeurs=extrait("savoir-valeurs"), genres=extrait("savoir-genres")
    )
