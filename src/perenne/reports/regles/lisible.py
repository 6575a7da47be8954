"""A condition as a reader says it: labels instead of names, figures with their unit, values beside."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from perenne.domain.regles.evaluation import Etape
from perenne.domain.regles.resultat import Resultat
from perenne.domain.regles.syntaxe import Appel, Binaire, Expr, Liste, Litteral, Nom, Unaire, ecrire
from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.savoir.expressions import Fait
from perenne.domain.savoir.regles import Issue
from perenne.reports.regles.mots import ISSUES, chiffre, valeur_lisible
from perenne.reports.typographie import lister

_SIGNES = {"<=": "≤", ">=": "≥", "!=": "≠"}


class Lecteur:
    """Writes conditions with the labels of a base and the figures of the rules already evaluated."""

    def __init__(self, base: BaseSavoir, appels: Mapping[str, Resultat]) -> None:
        self.base = base
        self.appels = appels

    def condition(self, etape: Etape) -> str:
        """An elementary condition."""
        expr = etape.expr
        if isinstance(expr, Nom):
            return f"{self._nom(expr)} : oui"
        if isinstance(expr, Unaire) and isinstance(expr.operande, Nom):
            return f"{self._nom(expr.operande)} : non"
        if isinstance(expr, Unaire):
            return f"pas ceci : {self.condition(etape.enfants[0])}"
        if not isinstance(expr, Binaire):
            return ecrire(expr)
        if expr.operateur == "dans":
            return self._appartenance(expr)
        fait = self._fait(expr.gauche) or self._fait(expr.droite)
        signe = _SIGNES.get(expr.operateur, expr.operateur)
        return f"{self._terme(expr.gauche, fait)} {signe} {self._terme(expr.droite, fait)}"

    def _fait(self, expr: Expr) -> Fait | None:
        return self.base.faits.get(expr.nom) if isinstance(expr, Nom) else None

    def _nom(self, expr: Nom) -> str:
        fait = self.base.faits.get(expr.nom)
        return fait.libelle if fait else expr.nom

    def _appartenance(self, expr: Binaire) -> str:
        if isinstance(expr.droite, Liste):
            fait = self._fait(expr.gauche)
            choix = [self._terme(e, fait) for e in expr.droite.elements]
            return f"{self._terme(expr.gauche, fait)} parmi {lister(choix, 'ou')}"
        fait = self._fait(expr.droite)
        return f"{self._terme(expr.droite, fait)} : dont {self._terme(expr.gauche, fait)}"

    def _terme(self, expr: Expr, fait: Fait | None) -> str:
        match expr:
            case Nom():
                return self._nom(expr)
            case Litteral():
                return self._constante(expr, fait)
            case Appel() if expr.fonction in {"valeur", "issue"}:
                return self._regle(expr)
            case Binaire():
                return f"{self._terme(expr.gauche, None)} {expr.operateur} {self._terme(expr.droite, None)}"
            case _:
                return ecrire(expr)

    def _constante(self, expr: Litteral, fait: Fait | None) -> str:
        if isinstance(expr.valeur, Decimal):
            return chiffre(expr.valeur, expr.unite)
        if fait is None and isinstance(expr.valeur, str):
            return _issue(expr.valeur)
        return valeur_lisible(expr.valeur, fait, self.base)

    def _regle(self, expr: Appel) -> str:
        argument = expr.arguments[0]
        nom = str(argument.valeur) if isinstance(argument, Litteral) else ""
        regle = self.base.regles.get(nom)
        titre = regle.titre if regle else nom
        resultat = self.appels.get(nom)
        if resultat is None or resultat.valeur is None:
            return titre
        return f"{titre} ({chiffre(resultat.valeur, resultat.regle.unite)})"


def _issue(code: str) -> str:
    issues: Mapping[Issue, str] = ISSUES
    return next((mot for issue, mot in issues.items() if issue == code), code)
