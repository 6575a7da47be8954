"""Decides which cases of a rule can ever apply, by bounded enumeration over the thresholds it names.

Conditions only compare facts with constants, so their truth is constant between two neighbouring
thresholds: trying each threshold, just below and just above, is enough. Where two facts are added or
compared with each other, the same candidates are tried for both.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from perenne.domain.regles.analyse import analyser
from perenne.domain.regles.evaluation import Etape, Reponse, Valeur, evaluer
from perenne.domain.regles.moteur import evaluer_regle
from perenne.domain.regles.periodes import changements, fin_de
from perenne.domain.regles.syntaxe import Appel, Binaire, Expr, Litteral, parcourir
from perenne.domain.regles.types import Portee, Type
from perenne.domain.savoir.regles import Regle

NOEUDS_MAX = 20_000
CODES_MAX = 40
MENTIONS_MAX = 6
GRAND = Decimal(10) ** 9
_UN = Decimal(1)
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

    def candidats(self, nom: str) -> list[Valeur]:
        if nom.startswith("issue:"):
            return list(self.portee.regles[nom.removeprefix("issue:")].issues)
        return _candidats(self.portee.faits[nom], self.constantes)

    def explorer(self, faits: dict[str, Valeur]) -> bool:
        """Visit every distinct situation; False when the bound is met."""
        self.noeuds += 1
        if self.noeuds > NOEUDS_MAX:
            return False
        etape = self._premiere_indecise(faits)
        if etape is None or not etape.manquants or len(self.atteints) == len(self.conditions):
            return True
        nom = etape.manquants[0]
        return all(self.explorer({**faits, nom: v}) for v in self.candidats(nom))

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


def _candidats(type_fait: Type, constantes: list[Valeur]) -> list[Valeur]:
    textes = [c for c in constantes if isinstance(c, str)]
    match type_fait.genre:
        case "booleen":
            return [True, False]
        case "nombre":
            seuils = [c for c in constantes if isinstance(c, Decimal)]
            autour = [s + d for s in seuils for d in (Decimal(0), _UN, -_UN)]
            tous = dict.fromkeys([*autour, Decimal(0), GRAND])
            return [n for n in tous if type_fait.minimum <= n <= type_fait.maximum]
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
        complete = recherche.explorer({}) and complete
        atteints |= recherche.atteints
        if len(atteints) == len(conditions):
            break
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
