"""Reads the declaration of accessibility, and says its legal state."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

FICHIER = Path(__file__).with_name("rgaa.yaml")
Etat = Literal["automatique", "partiel", "manuel", "a-verifier", "sans-objet", "non-conforme"]
EXIGE: Mapping[Etat, tuple[str, ...]] = {
    "automatique": ("par",),
    "partiel": ("par", "reste"),
    "manuel": ("le", "comment"),
    "a-verifier": ("reste",),
    "sans-objet": ("parce_que",),
    "non-conforme": ("defaut",),
}
"""What each state must say of itself."""

THEMES: Mapping[int, tuple[str, int]] = {
    1: ("Images", 9),
    2: ("Cadres", 2),
    3: ("Couleurs", 3),
    4: ("Multimédia", 13),
    5: ("Tableaux", 8),
    6: ("Liens", 2),
    7: ("Scripts", 5),
    8: ("Éléments obligatoires", 10),
    9: ("Structuration de l'information", 4),
    10: ("Présentation de l'information", 14),
    11: ("Formulaires", 13),
    12: ("Navigation", 11),
    13: ("Consultation", 12),
}
"""Themes of RGAA 4.1.2, and how many criteria each has: 106 in all."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Critere(_Strict):
    """One criterion: its state, and what that state rests on."""

    objet: str
    etat: Etat
    par: tuple[str, ...] = ()
    reste: str = ""
    parce_que: str = ""
    defaut: str = ""
    le: dt.date | None = None
    comment: str = ""

    @model_validator(mode="after")
    def _justifie(self) -> Critere:
        for champ in EXIGE[self.etat]:
            if not getattr(self, champ):
                raise ValueError(f"« {self.etat} » demande « {champ} »")
        return self


class Audit(_Strict):
    """An audit by somebody whose trade it is."""

    fait_le: dt.date
    valable_jusqu_au: dt.date
    par: str


class Referentiel(_Strict):
    """What is applied."""

    nom: str
    version: str
    adresse: str


class Texte(_Strict):
    """A law or a decree, and how surely it was read."""

    titre: str
    confiance: str
    note: str = ""


class Declaration(_Strict):
    """The whole declaration."""

    referentiel: Referentiel
    verifie_le: dt.date
    audit: Audit | None
    textes: tuple[Texte, ...]
    controles: dict[str, str]
    criteres: dict[str, Critere] = Field(min_length=1)

    @model_validator(mode="after")
    def _complete(self) -> Declaration:
        attendus = {f"{t}.{n}" for t, (_, nombre) in THEMES.items() for n in range(1, nombre + 1)}
        ecart = sorted(attendus ^ self.criteres.keys())
        inconnus = sorted({c for x in self.criteres.values() for c in x.par} - self.controles.keys())
        if ecart or inconnus:
            raise ValueError(f"critères : {ecart} ; contrôles inconnus : {inconnus}")
        return self

    def compter(self) -> dict[Etat, int]:
        """How many criteria are in each state."""
        comptes: dict[Etat, int] = dict.fromkeys(EXIGE, 0)
        for critere in self.criteres.values():
            comptes[critere.etat] += 1
        return comptes

    def part_respectee(self) -> float:
        """Share of the applicable criteria that were verified in full, by a test or by a person."""
        comptes = self.compter()
        applicables = len(self.criteres) - comptes["sans-objet"]
        return (comptes["automatique"] + comptes["manuel"]) / applicables

    def conformite(self, au: dt.date) -> str:
        """`totale`, `partielle` or `non`.

        Without an audit that still holds, nothing can be declared, whatever tests say; with one, all
        criteria, or at least half of them.
        """
        if self.audit is None or au > self.audit.valable_jusqu_au:
            return "non"
        part = self.part_respectee()
        return "totale" if part == 1 else "partielle" if part >= 0.5 else "non"

    def par_theme(self) -> list[tuple[int, str, list[tuple[str, Critere]]]]:
        """Number, name and criteria of each theme."""
        return [
            (t, nom, [(f"{t}.{n}", self.criteres[f"{t}.{n}"]) for n in range(1, nombre + 1)])
            for t, (nom, nombre) in THEMES.items()
        ]


@lru_cache(maxsize=1)
def lire_declaration() -> Declaration:
    """The declaration of this version."""
    lu = yaml.load(FICHIER.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return Declaration.model_validate(lu)
