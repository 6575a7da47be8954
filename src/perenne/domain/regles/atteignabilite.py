"""Decides which cases of a rule can ever apply, by bounded enumeration over the thresholds it names.

Conditions compare facts with constants or with each other: their truth is constant between two neighbouring
thresholds, and trying each threshold and a point of each interval is enough. The thresholds of a fact
are the constants written, its bounds, and the values at which a comparison turns when the other facts are
fixed. This is exact as long as no comparison adds several facts; where one does, sums and differences of
thresholds are tried too, and what is still not reached is not decided rather than declared unreachable.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from perenne.domain.regles.analyse import analyser
from perenne.domain.regles.evaluation import Etape, Reponse, Valeur, evaluer
from perenne.domain.regles.moteur import evaluer_regle
from perenne.domain.regles.periodes import changements, fin_de
from perenne.domain.regles.syntaxe import Appel, Binaire, Expr, Litteral, noms, parcourir
from perenne.domain.regles.types import Portee, Type
from perenne.domain.savoir.regles import Regle

NOEUDS_MAX = 20_000
CODES_MAX = 40
MENTIONS_MAX = 6
SEUILS_MAX = 4
_COMPARAISONS = frozenset({"=", "!=", "<", "<=", ">", ">="})
_JOUR = dt.timedelta(days=1)


class Atteignabilite(NamedTuple):
    """Ranks of the cases that some situation reaches; `complete` is False when a bound stopped the search."""

    atteints: frozenset[int]
    complete: bool


class _Appels:
    """Figures of other rules at a date; their outcomes are variables of the search."""

    def __init__(self, regles: Mapping[str, Regle], au: dt.date, issues: Mapping[str, Valeur]) -> None:
        self.regles, self.au, self.issues = regles, au, issues

    def valeur(self, regle: str) -> Reponse:
        resultat = evaluer_regle(self.regles[regle], self.issues, self.au, self.regles)
        return Reponse(resultat.valeur, resultat.manquants, (regle,) if resultat.valeur is None else ())

    def issue(self, regle: str) -> Reponse:
        nom = f"issue:{regle}"
        valeur = self.issues.get(nom)
        return Reponse(str(valeur)) if valeur is not None else Reponse(None, (nom,))


class _Recherche:
    def __init__(
        self, conditions: list[Expr | None], portee: Portee, regles: Mapping[str, Regle], au: dt.date
    ) -> None:
        self.conditions = conditions
        self.portee = portee
        self.regles = regles
        self.au = au
        self.noeuds = 0
        self.atteints: set[int] = set()
        self.constantes = self._constantes()
        self.comparaisons = [
            n
            for c in conditions
            if c is not None
            for n in parcourir(c)
            if isinstance(n, Binaire) and n.operateur in _COMPARAISONS
        ]
        self.melange = any(len(noms(cote)) > 1 for c in self.comparaisons for cote in (c.gauche, c.droite))
        if self.melange:
            seuils = [c for c in self.constantes if isinstance(c, Decimal)][:SEUILS_MAX]
            self.constantes += [op for a in seuils for b in seuils for op in (a + b, a - b)]

    def _constantes(self) -> list[Valeur]:
        appels = _Appels(self.regles, self.au, {})
        trouvees: list[Valeur] = []
        for expr in (n for c in self.conditions if c is not None for n in parcourir(c)):
            if isinstance(expr, Litteral):
                trouvees.append(expr.valeur)
            elif isinstance(expr, (Appel, Binaire)):
                valeur = evaluer(expr, {}, appels).valeur
                if isinstance(valeur, Decimal):
                    trouvees.append(valeur)
            if isinstance(expr, Appel) and expr.fonction == "valeur":
                trouvees.extend(self._figures(expr))
        return list(dict.fromkeys(trouvees))

    def _figures(self, appel: Appel) -> list[Decimal]:
        """Every figure of the rule that is called: a scale has as many as it has codes."""
        argument = appel.arguments[0]
        regle = self.regles[str(argument.valeur)] if isinstance(argument, Litteral) else None
        versions = regle.versions if regle else ()
        return [Decimal(str(f)) for v in versions for f in (v.bareme or {}).values()]

    def candidats(self, nom: str, faits: dict[str, Valeur]) -> list[Valeur]:
        if nom.startswith("issue:"):
            return list(self.portee.regles[nom.removeprefix("issue:")].issues)
        type_fait = self.portee.faits[nom]
        if type_fait.genre == "nombre":
            return _nombres(type_fait, [*self.constantes, *self._points_de_bascule(nom, faits)])
        return _candidats(type_fait, self.constantes)

    def _points_de_bascule(self, nom: str, faits: dict[str, Valeur]) -> list[Decimal]:
        """Values of a fact at which a comparison turns, the other facts being what they are."""
        appels = _Appels(self.regles, self.au, faits)
        racines = []
        for comparaison in self.comparaisons:
            if nom not in noms(comparaison):
                continue
            zero, un = (
                _ecart(comparaison, {**faits, nom: valeur}, appels) for valeur in (Decimal(0), Decimal(1))
            )
            if zero is not None and un is not None and zero != un:
                racines.append(zero / (zero - un))
        return racines

    def explorer(self, faits: dict[str, Valeur]) -> bool:
        """Visit every distinct situation; False when the bound is met."""
        self.noeuds += 1
        if self.noeuds > NOEUDS_MAX:
            return False
        etape = self._premiere_indecise(faits)
        if etape is None or not etape.manquants or len(self.atteints) == len(self.conditions):
            return True
        nom = etape.manquants[0]
        return all(self.explorer({**faits, nom: v}) for v in self.candidats(nom, faits))

    def _premiere_indecise(self, faits: dict[str, Valeur]) -> Etape | None:
        appels = _Appels(self.regles, self.au, faits)
        for rang, condition in enumerate(self.conditions):
            etape = evaluer(condition, faits, appels) if condition is not None else None
            if etape is None or etape.verite is True:
                self.atteints.add(rang)
                return None
            if etape.verite is None:
                return etape
        return None


def _ecart(comparaison: Binaire, faits: dict[str, Valeur], appels: _Appels) -> Decimal | None:
    gauche = evaluer(comparaison.gauche, faits, appels).valeur
    droite = evaluer(comparaison.droite, faits, appels).valeur
    return gauche - droite if isinstance(gauche, Decimal) and isinstance(droite, Decimal) else None


def _nombres(type_fait: Type, constantes: list[Valeur]) -> list[Valeur]:
    """Each threshold, a point between two neighbours, one below the least and one above the greatest."""
    bornes = {Decimal(str(b)) for b in (type_fait.minimum, type_fait.maximum) if math.isfinite(b)}
    seuils = sorted({c for c in constantes if isinstance(c, Decimal)} | bornes | {Decimal(0)})
    milieux = [(a + b) / 2 for a, b in pairwise(seuils)]
    tous = [*seuils, *milieux, seuils[0] - 1, seuils[-1] + 1]
    return [n for n in tous if type_fait.minimum <= n <= type_fait.maximum]


def _candidats(type_fait: Type, constantes: list[Valeur]) -> list[Valeur]:
    textes = [c for c in constantes if isinstance(c, str)]
    match type_fait.genre:
        case "booleen":
            return [True, False]
        case "date":
            jours = [c for c in constantes if isinstance(c, dt.date)]
            return [j + d for j in jours for d in (-_JOUR, dt.timedelta(0), _JOUR)] or [dt.date(2000, 1, 1)]
        case "choix_multiple":
            return _ensembles([t for t in textes if t in (type_fait.valeurs or {t})])
        case _:
            return _codes(type_fait, textes)


def _codes(type_fait: Type, textes: list[str]) -> list[Valeur]:
    if type_fait.valeurs is None:
        return [*textes, "\u0000autre"]
    cites = [t for t in textes if t in type_fait.valeurs]
    autres = sorted(type_fait.valeurs - set(cites))
    return [*cites, *autres[: max(1, CODES_MAX - len(cites))]]


def _ensembles(cites: list[str]) -> list[Valeur]:
    if len(cites) > MENTIONS_MAX:
        return [frozenset(), *(frozenset({c}) for c in cites), frozenset(cites)]
    masques = range(2 ** len(cites))
    return [frozenset(c for i, c in enumerate(cites) if m >> i & 1) for m in masques]


def cas_atteignables(regle: Regle, rang: int, portee: Portee, regles: Mapping[str, Regle]) -> Atteignabilite:
    """Which cases of a version can apply, at any date of its period.

    Args:
        regle: a rule without type defects.
        rang: rank of the version.
        portee: types of the facts and rules.
        regles: rules that the conditions may call.
    """
    version = regle.versions[rang]
    conditions = [analyser(c.si) if c.si else None for c in version.cas]
    atteints: set[int] = set()
    complete = True
    for jour in _jours(regle, rang, conditions, regles):
        recherche = _Recherche(conditions, portee, regles, jour)
        finie = recherche.explorer({})
        atteints |= recherche.atteints
        complete = complete and finie and not recherche.melange
        if len(atteints) == len(conditions):
            return Atteignabilite(frozenset(atteints), True)
    return Atteignabilite(frozenset(atteints), complete)


def _jours(
    regle: Regle, rang: int, conditions: list[Expr | None], regles: Mapping[str, Regle]
) -> list[dt.date]:
    """The start of the period and every day inside it when a rule that is called changes."""
    debut, fin = regle.versions[rang].du, fin_de(regle, rang) or dt.date.max
    jours = {debut}
    for expr in (n for c in conditions if c is not None for n in parcourir(c)):
        if isinstance(expr, Appel) and expr.fonction in {"valeur", "issue"}:
            argument = expr.arguments[0]
            if isinstance(argument, Litteral):
                jours |= {j for j in changements(regles[str(argument.valeur)]) if debut <= j <= fin}
    return sorted(jours)
