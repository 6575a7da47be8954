"""What was read in a file, before it is understood: raw values that know where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from perenne.domain.erreurs import Anomalie
from perenne.reports.tresorerie.champs import Champ


@dataclass(frozen=True)
class Brut:
    """A raw value; `pourcent` says that a spreadsheet shows it as a percentage (0.5 stands for 50 %)."""

    valeur: object
    ou: str
    pourcent: bool = False


@dataclass(frozen=True)
class Ligne:
    """One line: its fields (a list of raw values for those with several columns), and where it stands."""

    ou: str
    champs: Mapping[str, Brut | tuple[Brut, ...]]

    def place(self, champ: str) -> str:
        """Where a field stands, or the line when it is empty."""
        brut = self.champs.get(champ)
        if isinstance(brut, tuple):
            return brut[0].ou if brut else self.ou
        return brut.ou if brut else self.ou


@dataclass
class Saisie:
    """A file once read: the lines of each sheet by key, what is wrong, and what the user must be told."""

    lignes: dict[str, list[Ligne]] = field(default_factory=dict)
    anomalies: list[Anomalie] = field(default_factory=list)
    avis: list[str] = field(default_factory=list)

    def refuser(self, ou: str, message: str, conseil: str = "") -> None:
        """Note something wrong."""
        self.anomalies.append(Anomalie(ou=ou, message=message, conseil=conseil))


def nommer(champ: Champ) -> str:
    """A field as the user knows it."""
    return f"« {champ.libelle} »"
