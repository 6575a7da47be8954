"""Follows a commune code through the movements of the COG, whatever the chain of mergers and separations."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

NATURES = {
    "10": "changement-de-nom",
    "20": "creation",
    "21": "retablissement",
    "30": "suppression",
    "31": "fusion-simple",
    "32": "commune-nouvelle",
    "33": "fusion-association",
    "34": "fusion-simple",
    "35": "suppression-commune-deleguee",
    "41": "changement-de-code",
    "50": "changement-de-code",
    "70": "association-en-delegation",
    "71": "retablissement-delegation",
    "72": "creation-delegation",
}
"""Codes `MOD` of the movements file (INSEE, documentation of the COG)."""


@dataclass(frozen=True, kw_only=True)
class Mouvement:
    """One row of the movements file; `code_apres` is None when the commune left the communes of the COG."""

    mod: str
    date: dt.date
    type_avant: str | None
    code_avant: str | None
    nom_avant: str
    type_apres: str | None
    code_apres: str | None


@dataclass(frozen=True, kw_only=True)
class Suite:
    """What a code became.

    Attributes:
        actuels: current communes, in code order; several after a separation, none when it left the COG.
        scission: whether the commune was divided on the way, so that a figure cannot be carried over.
    """

    actuels: tuple[str, ...]
    scission: bool = False


class Genealogie:
    """The movements of communes, indexed by the code they start from.

    Args:
        mouvements: rows of the movements file.
        communes: codes of the current communes.
    """

    def __init__(self, mouvements: Iterable[Mouvement], communes: Iterable[str]) -> None:
        self.communes = frozenset(communes)
        self._par_jour: dict[dt.date, frozenset[str]] = {}
        self._evenements: dict[str, dict[dt.date, set[str | None]]] = defaultdict(lambda: defaultdict(set))
        self._rattachements: dict[str, dict[dt.date, set[str | None]]] = defaultdict(lambda: defaultdict(set))
        for m in mouvements:
            if m.code_avant is None or m.type_avant is None:
                continue
            if m.type_avant == "COM" and m.type_apres in {"COM", None}:
                self._evenements[m.code_avant][m.date].add(m.code_apres)
            elif m.type_avant in {"COMA", "COMD"} and m.type_apres == "COM":
                self._rattachements[m.code_avant][m.date].add(m.code_apres)

    def communes_au(self, jour: dt.date) -> frozenset[str]:
        """Codes of the communes that existed on that day, from today's by undoing the later movements."""
        if jour not in self._par_jour:
            self._par_jour[jour] = self._reconstituer(jour)
        return self._par_jour[jour]

    def _reconstituer(self, jour: dt.date) -> frozenset[str]:
        apres_jour = sorted(
            (
                (d, avant, apres)
                for avant, e in self._evenements.items()
                for d, apres in e.items()
                if d > jour
            ),
            key=lambda t: t[0],
            reverse=True,
        )
        codes = set(self.communes)
        for date in dict.fromkeys(d for d, _, _ in apres_jour):
            du_jour = [(avant, apres) for d, avant, apres in apres_jour if d == date]
            codes -= {c for _, apres in du_jour for c in apres if c is not None}
            codes |= {avant for avant, _ in du_jour}
        return frozenset(codes)

    def dater(self, codes: Collection[str], declare: dt.date, depuis: dt.date) -> dt.date:
        """Day of the geography in which a complete list of communes is written.

        Args:
            codes: the list; codes that never were communes do not count.
            declare: the day that the producer says, kept unless another one fits better.
            depuis: earliest day tried.

        Returns:
            The first day of the geography that shares most with the list, the nearest to `declare` of those
            that fit as well.
        """
        connus = {c for c in codes if self.connait(c)}
        essais = {declare} | {d for e in self._evenements.values() for d in e if d >= depuis}

        def ecart(jour: dt.date) -> int:
            return len(self.communes_au(jour) ^ connus)

        ecarts = {jour: ecart(jour) for jour in essais}
        return min(essais, key=lambda j: (ecarts[j], abs((j - declare).days)))

    def connait(self, code: str) -> bool:
        """Whether the code is or was that of a commune."""
        return code in self.communes or code in self._evenements or code in self._rattachements

    def suivre(self, code: str, depuis: dt.date) -> Suite:
        """What the commune that bore `code` on the day `depuis` became.

        Args:
            code: commune code as written in a file.
            depuis: day of the geography of that file; a movement of that very day is already in it.

        Returns:
            The current communes; empty when the code is unknown or left the communes of the COG.
        """
        return self._suivre(code, depuis, inclus=False, vus=frozenset())

    def suivre_depuis_origine(self, code: str) -> Suite:
        """What a code became when nothing says when it was written: its last life as a commune counts."""
        if code in self.communes:
            return Suite(actuels=(code,))
        dates = [d for d, apres in self._evenements.get(code, {}).items() if apres != {code}]
        dates += self._rattachements.get(code, {})
        return self._suivre(code, max(dates), inclus=True, vus=frozenset()) if dates else Suite(actuels=())

    def _suivre(
        self, code: str, depuis: dt.date, *, inclus: bool, vus: frozenset[tuple[str, dt.date]]
    ) -> Suite:
        suites = self._evenements.get(code, {})
        dates = sorted(
            d
            for d, apres in suites.items()
            if (d > depuis or (inclus and d == depuis)) and apres != {code} and (code, d) not in vus
        )
        if not dates:
            if code in self.communes:
                return Suite(actuels=(code,))
            return self._rattacher(code, depuis, vus)
        date = dates[0]
        apres = suites[date]
        vus = vus | {(code, date)}
        branches = [self._suivre(c, date, inclus=c != code, vus=vus) for c in sorted(a for a in apres if a)]
        actuels = tuple(sorted({a for b in branches for a in b.actuels}))
        return Suite(actuels=actuels, scission=len(apres) > 1 or any(b.scission for b in branches))

    def _rattacher(self, code: str, depuis: dt.date, vus: frozenset[tuple[str, dt.date]]) -> Suite:
        """An associated or delegated commune was suppressed: it is now part of the commune that held it."""
        liens = {
            d: a for d, a in self._rattachements.get(code, {}).items() if d >= depuis and (code, d) not in vus
        }
        for date in sorted(liens):
            for parent in sorted(a for a in liens[date] if a and a != code):
                suite = self._suivre(parent, date, inclus=False, vus=vus | {(code, date)})
                if suite.actuels:
                    return suite
        return Suite(actuels=())
