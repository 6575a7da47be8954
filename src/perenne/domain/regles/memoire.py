"""Remembers the answers of rules: many situations ask the same rule with the same facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from perenne.domain.regles.analyse import analyser
from perenne.domain.regles.evaluation import Faits, Valeur
from perenne.domain.regles.moteur import evaluer_regle
from perenne.domain.regles.resultat import Resultat
from perenne.domain.regles.syntaxe import noms
from perenne.domain.regles.verification import appelees
from perenne.domain.savoir.regles import Regle

TAILLE = 50_000
"""About 100 MB at most; emptied when full, since what comes next rarely looks like what came long before."""

_Cle = tuple[str, dt.date, tuple[Valeur | None, ...]]


class Memoire:
    """Evaluates rules, each once for the facts that it reads, itself or through the rules it calls.

    Args:
        regles: every rule.
        taille: number of answers kept.
    """

    def __init__(self, regles: Mapping[str, Regle], taille: int = TAILLE) -> None:
        self.regles = regles
        self._taille = taille
        self._lus: dict[str, tuple[str, ...]] = {}
        self._reponses: dict[_Cle, Resultat] = {}

    def faits_lus(self, regle: str) -> tuple[str, ...]:
        """The facts that a rule may read, those of the rules it calls included, in alphabetical order."""
        if regle not in self._lus:
            self._lus[regle] = tuple(sorted(self._lire(regle, set())))
        return self._lus[regle]

    def _lire(self, nom: str, vues: set[str]) -> set[str]:
        if nom in vues:
            return set()
        vues.add(nom)
        regle = self.regles[nom]
        lus = {f for v in regle.versions for c in v.cas if c.si for f in noms(analyser(c.si))}
        if regle.cle:
            lus.add(regle.cle)
        return lus.union(*(self._lire(r, vues) for r in sorted(appelees(regle))))

    def demander(self, regle: str, faits: Faits, au: dt.date) -> Resultat:
        """The answer of a rule, equal to that of `evaluer_regle`."""
        cle = (regle, au, tuple(faits.get(f) for f in self.faits_lus(regle)))
        trouve = self._reponses.get(cle)
        if trouve is None:
            if len(self._reponses) >= self._taille:
                self._reponses.clear()
            trouve = evaluer_regle(self.regles[regle], faits, au, self.regles)
            self._reponses[cle] = trouve
        return trouve
