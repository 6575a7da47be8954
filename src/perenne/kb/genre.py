"""What the loader must know of one kind of item: its folder, its class, how paths become identifiers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

Injection = Mapping[str, str]
"""Fields that the path gives and that a file never writes, `id` among them."""


def identifiant_par_chemin(chemin: PurePosixPath) -> Injection:
    """The identifier is the path without its extension: `commande-publique/seuil`."""
    return {"id": str(chemin.with_suffix(""))}


def identifiant_par_nom(chemin: PurePosixPath) -> Injection:
    """The identifier is the name of the file; the folder above gives the lever."""
    return {"id": chemin.stem, "levier": chemin.parent.name}


def identifiant_par_dossier(chemin: PurePosixPath) -> Injection:
    """The identifier is the name of the folder: `financements-directs/_levier.yaml`."""
    return {"id": chemin.parent.name}


@dataclass(frozen=True, kw_only=True)
class Genre:
    """One kind of item.

    Attributes:
        nom: how references name it (`Ref("besoin")`).
        dossier: folder below `knowledge/`.
        classe: the dataclass, made by `@fiche`.
        motif: which files of the folder, relative to it: `*.yaml`, `*/*.yaml`.
        sauf: names of files that belong to another kind living in the same folder.
        injecter: what the path gives.
        plusieurs: the file is a mapping from identifier to item, instead of one item.
    """

    nom: str
    dossier: str
    classe: type[Any]
    motif: str = "*.yaml"
    sauf: tuple[str, ...] = ()
    injecter: Callable[[PurePosixPath], Injection] = identifiant_par_chemin
    plusieurs: bool = False

    def accepte(self, chemin: PurePosixPath) -> bool:
        """Whether the file at `chemin` (relative to `knowledge/`) is one of this kind."""
        racine, motifs = self._parties
        parties = chemin.parts
        if len(parties) != len(racine) + len(motifs) or parties[: len(racine)] != racine:
            return False
        reste = parties[len(racine) :]
        return reste[-1] not in self.sauf and all(map(fnmatchcase, reste, motifs))

    @cached_property
    def _parties(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        return PurePosixPath(self.dossier).parts, PurePosixPath(self.motif).parts

    def champs_injectes(self) -> frozenset[str]:
        """Names of the fields of the class that the path gives."""
        donnes = {"id"} if self.plusieurs else set(self.injecter(PurePosixPath("x/y.yaml")))
        return frozenset(donnes & {f.name for f in fields(self.classe)})
