"""The errors that a user reads: in French, they say where and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Anomalie:
    """One thing wrong in what a user gave.

    Attributes:
        ou: where, as the user knows it (file and line, sheet and cell, question).
        message: what is wrong, in French.
        conseil: what to do about it, in French; empty when the message says it.
    """

    ou: str
    message: str
    conseil: str = ""

    def __str__(self) -> str:
        suite = f" {self.conseil}" if self.conseil else ""
        return f"{self.ou} : {self.message}{suite}" if self.ou else f"{self.message}{suite}"


class ErreurUtilisateur(Exception):
    """Something the user gave cannot be used; the command line prints it without a traceback."""

    def __init__(self, message: str, *, conseil: str = "", anomalies: Sequence[Anomalie] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.conseil = conseil
        self.anomalies = tuple(anomalies)

    def __str__(self) -> str:
        lignes = [self.message, *(f"  - {a}" for a in self.anomalies)]
        if self.conseil:
            lignes.append(self.conseil)
        return "\n".join(lignes)
