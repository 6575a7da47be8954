"""Every pattern of every activity in one pass over a text."""

from __future__ import annotations

from collections.abc import Mapping

import re2

from perenne.domain.classement.types import GenreMotif, Occurrence
from perenne.domain.savoir.activites import Activite, au_debut_d_un_mot

OCCURRENCES_MAX = 4
"""Occurrences kept per pattern in one text: more would say nothing new and cost time on a long text."""

MEMOIRE_MAX = 64 * 1024 * 1024
"""Bytes that RE2 may use for the automaton; beyond, it rebuilds states instead of growing."""


class Automate:
    """The patterns as one `re2.Filter`: an automaton over their fixed words, then the few that may match.

    Counted gaps such as `.{0,60}` make a single deterministic automaton (`re2.Set`) build thousands of states
    on a cold start; the filter gives the same matches three times faster there (ADR 0090).
    """

    def __init__(self, activites: Mapping[str, Activite]) -> None:
        options = re2.Options()
        options.max_mem = MEMOIRE_MAX
        options.never_capture = True
        # The normal form is plain ASCII: one byte, one character, so positions are those of the string.
        options.encoding = re2.Options.Encoding.LATIN1
        self._filtre = re2.Filter()
        self._motifs: list[tuple[str, GenreMotif, int]] = []
        for activite in activites.values():
            listes: tuple[tuple[GenreMotif, tuple[str, ...]], ...] = (
                ("fort", activite.motifs.forts),
                ("faible", activite.motifs.faibles),
                ("exclu", activite.motifs.exclus),
            )
            for genre, motifs in listes:
                for rang, motif in enumerate(motifs):
                    self._filtre.Add(au_debut_d_un_mot(motif), options)
                    self._motifs.append((activite.id, genre, rang))
        if self._motifs:
            self._filtre.Compile()
        self._expressions = [self._filtre.re(numero) for numero in range(len(self._motifs))]
        self._derniers: tuple[str, list[int]] = ("", [])
        """The last text searched: one that is worth weighing is asked for a second time at once."""

    def trouver(self, forme: str) -> list[int]:
        """Ranks of the patterns found: the automaton alone."""
        if not self._motifs or not forme:
            return []
        if forme != self._derniers[0]:
            self._derniers = (forme, self._filtre.Match(forme) or [])
        return self._derniers[1]

    def genres(self, forme: str) -> set[GenreMotif]:
        """Kinds of the patterns found."""
        return {self._motifs[n][1] for n in self.trouver(forme)}

    def reperer(self, forme: str) -> list[Occurrence]:
        """See `perenne.domain.classement.types.Reperage`."""
        occurrences: list[Occurrence] = []
        octets = forme.encode("ascii")  # what RE2 works on: nothing left to convert at each match
        for numero in self.trouver(forme):
            activite, genre, rang = self._motifs[numero]
            for nombre, trouve in enumerate(self._expressions[numero].finditer(octets)):
                if nombre >= OCCURRENCES_MAX:
                    break
                debut, fin = trouve.span()
                occurrences.append(Occurrence(activite, genre, rang, debut, fin))
        return occurrences
