"""Reads an expression: text to syntax tree, by recursive descent.

ou       = et { "ou" et }
et       = non { "et" non }
non      = "non" non | relation
relation = somme [ ( "=" | "!=" | "<" | "<=" | ">" | ">=" | "dans" ) somme ]
somme    = produit { ( "+" | "-" ) produit }
produit  = signe { ( "*" | "/" ) signe }
signe    = "-" signe | atome
atome    = nombre | date | texte | "vrai" | "faux" | nom | nom "(" liste ")" | "(" ou ")" | "[" liste "]"
"""

from __future__ import annotations

from functools import lru_cache
from typing import NoReturn, cast

from perenne.domain.regles.defauts import CodeDefaut, Defaut, ExpressionInvalide
from perenne.domain.regles.lexique import MOTS_CLES, Lexeme, decouper
from perenne.domain.regles.syntaxe import Appel, Binaire, Expr, Liste, Litteral, Nom, Operateur, Unaire

_RELATIONS = frozenset({"=", "!=", "<", "<=", ">", ">=", "dans"})
PROFONDEUR_MAX = 40
LEXEMES_MAX = 400
"""Far above any rule that a person can read, far below the interpreter's recursion limit."""


class _Lecteur:
    def __init__(self, texte: str) -> None:
        self.texte = texte
        self.lexemes = decouper(texte)
        self.rang = 0
        self.profondeur = 0

    @property
    def courant(self) -> Lexeme:
        return self.lexemes[self.rang]

    def avancer(self) -> Lexeme:
        lexeme = self.courant
        self.rang += 1
        return lexeme

    def est(self, *textes: str) -> bool:
        return self.courant.genre in {"mot", "signe"} and self.courant.texte in textes

    def refuser(self, code: CodeDefaut, **valeurs: object) -> NoReturn:
        raise ExpressionInvalide(self.texte, (Defaut(code, self.courant.position, valeurs),))

    def inattendu(self, attendu: str) -> NoReturn:
        if self.courant.genre == "fin":
            self.refuser("fin_inattendue", attendu=attendu)
        self.refuser("mot_inattendu", mot=self.courant.texte, attendu=attendu)

    def exiger(self, signe: str) -> None:
        if not self.est(signe):
            self.inattendu(signe)
        self.avancer()

    def complete(self) -> Expr:
        if len(self.lexemes) == 1:
            self.refuser("expression_vide")
        if len(self.lexemes) > LEXEMES_MAX:
            self.refuser("trop_profond", maximum=LEXEMES_MAX)
        expr = self.ou()
        if self.rang < len(self.lexemes) - 1:
            self.inattendu("operateur")
        return expr

    def ou(self) -> Expr:
        self.profondeur += 1
        if self.profondeur > PROFONDEUR_MAX:
            self.refuser("trop_profond", maximum=PROFONDEUR_MAX)
        gauche = self.et()
        while self.est("ou"):
            position = self.avancer().position
            gauche = Binaire("ou", gauche, self.et(), position)
        self.profondeur -= 1
        return gauche

    def et(self) -> Expr:
        gauche = self.non()
        while self.est("et"):
            position = self.avancer().position
            gauche = Binaire("et", gauche, self.non(), position)
        return gauche

    def non(self) -> Expr:
        positions: list[int] = []
        while self.est("non"):
            positions.append(self.avancer().position)
        expr = self.relation()
        for position in reversed(positions[:PROFONDEUR_MAX]):
            expr = Unaire("non", expr, position)
        if len(positions) > PROFONDEUR_MAX:
            self.refuser("trop_profond", maximum=PROFONDEUR_MAX)
        return expr

    def relation(self) -> Expr:
        gauche = self.somme()
        if self.est(*_RELATIONS):
            signe = self.avancer()
            expr = Binaire(cast("Operateur", signe.texte), gauche, self.somme(), signe.position)
            if self.est(*_RELATIONS):
                self.refuser("comparaisons_enchainees", mot=self.courant.texte)
            return expr
        return gauche

    def somme(self) -> Expr:
        gauche = self.produit()
        while self.est("+", "-"):
            signe = self.avancer()
            gauche = Binaire(cast("Operateur", signe.texte), gauche, self.produit(), signe.position)
        return gauche

    def produit(self) -> Expr:
        gauche = self.signe()
        while self.est("*", "/"):
            signe = self.avancer()
            gauche = Binaire(cast("Operateur", signe.texte), gauche, self.signe(), signe.position)
        return gauche

    def signe(self) -> Expr:
        if not self.est("-"):
            return self.atome()
        position = self.avancer().position
        if self.est("-"):
            self.inattendu("operande")
        return Unaire("-", self.atome(), position)

    def atome(self) -> Expr:  # noqa: RET503 (inattendu never returns)
        lexeme = self.courant
        if lexeme.genre in {"nombre", "date", "texte"} and lexeme.valeur is not None:
            self.avancer()
            return Litteral(lexeme.valeur, lexeme.unite, lexeme.position)
        if self.est("("):
            self.avancer()
            expr = self.ou()
            self.exiger(")")
            return expr
        if self.est("["):
            self.avancer()
            return Liste(self.suite("]"), lexeme.position)
        if lexeme.genre == "mot" and lexeme.texte in {"vrai", "faux"}:
            self.avancer()
            return Litteral(lexeme.texte == "vrai", "", lexeme.position)
        if lexeme.genre == "mot" and lexeme.texte not in MOTS_CLES:
            self.avancer()
            if self.est("("):
                self.avancer()
                return Appel(lexeme.texte, self.suite(")"), lexeme.position)
            return Nom(lexeme.texte, lexeme.position)
        self.inattendu("operande")

    def suite(self, fermeture: str) -> tuple[Expr, ...]:
        elements: list[Expr] = []
        while not self.est(fermeture):
            elements.append(self.ou())
            if not self.est(","):
                break
            self.avancer()
        self.exiger(fermeture)
        return tuple(elements)


@lru_cache(maxsize=4096)
def analyser(texte: str) -> Expr:
    """Read an expression.

    Args:
        texte: for example `montant_annuel > 23000 EUR/an et forme dans ['association', 'fondation']`.

    Returns:
        Its tree, whose nodes know their position in the text.

    Raises:
        ExpressionInvalide: it cannot be read; the defect carries the position.
    """
    return _Lecteur(texte).complete()
