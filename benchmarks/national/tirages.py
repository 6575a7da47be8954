"""What every file knows of a legal unit, drawn from its rank."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from benchmarks.national.colonnes import avec_cle, chiffres, textes
from benchmarks.national.communes import Communes
from benchmarks.national.hasard import Choix, Rangs, Urne, chance, unite

UNITES, ETABLISSEMENTS, ASSOCIATIONS = 29_000_000, 42_000_000, 2_000_000
"""Rows of the national files of 2026, rounded."""

PREMIER_SIREN, ECART = 500_000, 3
"""SIREN without their key: one in three is given, from that one on."""

_ENTREPRENEUR, _ASSOCIATIONS = "1000", ("9220", "9221", "9222", "9223", "9230", "9240", "9260")
FORMES = Choix(
    {
        "1000": 61.0, "5499": 12.6, "5710": 7.6, "6540": 8.3, "5720": 0.9, "5498": 1.0, "6599": 0.5,
        "6597": 0.3, "2110": 0.5, "9110": 0.4, "9150": 0.3, "9210": 0.1, "7210": 0.12, "7361": 0.05,
        "7490": 0.05, "3120": 0.2, "5599": 0.4, "5202": 0.5, "6598": 0.4, "2310": 0.2, "8420": 0.07,
        "6533": 0.1, "9220": 4.40, "9221": 0.01, "9222": 0.01, "9223": 0.01, "9230": 0.02, "9240": 0.01,
        "9260": 0.09, "5460": 0.06, "5560": 0.04, "5660": 0.03, "5458": 0.02, "5558": 0.02, "5453": 0.02,
        "6316": 0.05, "6317": 0.03, "6560": 0.05, "8210": 0.02, "9300": 0.02,
    }
)  # fmt: skip
"""Legal forms: about the parts of the real stock; ESS by law for 5 % of it."""

_CODE = {c: n for n, c in enumerate(FORMES.valeurs)}
_EST_ASSOCIATION = np.array([c in _ASSOCIATIONS for c in FORMES.valeurs])
_COOPERATIVES = ("5453", "5458", "5460", "5558", "5560", "5660", "6316", "6317", "6560")
_EST_STATUTAIRE = _EST_ASSOCIATION | np.isin(FORMES.valeurs, [*_COOPERATIVES, "8210", "9300"])
_PAR_UNITE = Urne([0.788, 0.136, 0.04, 0.014, 0.007, 0.004, 0.0035, 0.0025, 0.0015, 0.0008])
NOMBRES = np.array([1, 2, 3, 4, 5, 6, 8, 12, 20, 60])
"""Establishments of a unit, closed ones included: 1.45 on average."""


@dataclass(frozen=True)
class Tirage:
    """Legal units of ranks `rangs`."""

    rangs: Rangs

    @cached_property
    def siren_lettres(self) -> npt.NDArray[np.uint8]:
        """The nine characters of each SIREN, key included."""
        base = self.rangs * np.uint64(ECART) + np.uint64(PREMIER_SIREN)
        return avec_cle(chiffres(base, 8))

    @property
    def siren(self) -> pa.Array:
        """As texts."""
        return textes(self.siren_lettres)

    @cached_property
    def forme(self) -> npt.NDArray[np.int32]:
        """Index in `FORMES.valeurs`."""
        return FORMES.tirer(self.rangs, 1)

    @cached_property
    def personne(self) -> npt.NDArray[np.bool_]:
        """Whether it is a person in business on their own."""
        return self.forme == _CODE[_ENTREPRENEUR]

    @cached_property
    def association(self) -> npt.NDArray[np.bool_]:
        """Whether it is an association."""
        return _EST_ASSOCIATION[self.forme]

    @cached_property
    def statutaire(self) -> npt.NDArray[np.bool_]:
        """Whether its form is of the ESS."""
        return _EST_STATUTAIRE[self.forme]

    @cached_property
    def mention(self) -> npt.NDArray[np.bool_]:
        """Whether Sirene flags it as of the ESS: most statutory ones, one other in sixty."""
        return np.where(self.statutaire, chance(self.rangs, 2, 0.75), chance(self.rangs, 3, 0.016))

    @cached_property
    def active(self) -> npt.NDArray[np.bool_]:
        """Whether it is in activity; an association seldom says that it is not any more."""
        return np.where(self.association, chance(self.rangs, 4, 0.82), chance(self.rangs, 5, 0.54))

    @cached_property
    def diffusible(self) -> npt.NDArray[np.bool_]:
        """Whether it may be shown: a third of the persons asked that it should not."""
        return np.where(self.personne, chance(self.rangs, 6, 0.66), chance(self.rangs, 7, 0.97))

    @cached_property
    def connue_du_rna(self) -> npt.NDArray[np.bool_]:
        """Whether the register of associations holds it."""
        return self.association & chance(self.rangs, 8, 0.85)

    @cached_property
    def employeur(self) -> npt.NDArray[np.bool_]:
        """Whether it has employees."""
        return self.active & np.where(
            self.personne, chance(self.rangs, 9, 0.03), chance(self.rangs, 10, 0.22)
        )

    @cached_property
    def creation(self) -> npt.NDArray[np.int64]:
        """Day of creation, since 1970; recent ones are more."""
        age = unite(self.rangs, 11) ** 2.2
        return (20_400 - age * 25_000).astype(np.int64)

    def commune(self, communes: Communes) -> npt.NDArray[np.int32]:
        """Index of the commune of the head office."""
        return communes.tirer(self.rangs, 12)

    @cached_property
    def nombre(self) -> npt.NDArray[np.int64]:
        """How many establishments."""
        return NOMBRES[_PAR_UNITE.tirer(self.rangs, 13)]

    def siret_du_siege(self) -> pa.Array:
        """The last establishment opened is the head office."""
        return textes(avec_cle(np.column_stack([self.siren_lettres, chiffres(self.nombre, 4)])))


def numero_rna(
    rangs: npt.NDArray[Any], departements: npt.NDArray[np.int32], noms: tuple[str, ...]
) -> pa.Array:
    """Number « W » of each association: two signs for the département, one and six digits for the rank.

    Numbers are given from the rank, so that every file writes the same one; each is given once.
    """
    signes = np.frombuffer(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", np.uint8)
    prefixes = np.array([list(_prefixe(d)) for d in noms], np.uint8)
    millions = (rangs // 1_000_000).astype(np.int64)
    lettres = np.empty((len(rangs), 10), np.uint8)
    lettres[:, 0] = ord("W")
    lettres[:, 1:3] = prefixes[departements]
    lettres[:, 3] = signes[millions % 36]
    lettres[:, 4:] = chiffres(rangs % 1_000_000, 6)
    return textes(lettres)


def _prefixe(departement: str) -> bytes:
    """« 971 » to « 9A » and so on: two signs are left for a département."""
    if len(departement) == 3:
        return f"9{chr(ord('A') + int(departement[2]))}".encode()
    return departement.encode()
