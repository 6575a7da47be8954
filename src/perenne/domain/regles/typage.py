"""Checks that an expression is well typed: facts declared, kinds and units that agree, codes that exist."""

from __future__ import annotations

from perenne.domain.regles.analyse import analyser
from perenne.domain.regles.defauts import CodeDefaut, Defaut, ExpressionInvalide
from perenne.domain.regles.syntaxe import Appel, Binaire, Expr, Liste, Litteral, Nom, Unaire
from perenne.domain.regles.types import BOOLEEN, NOMBRE_NU, Genre, Portee, Type

FONCTIONS = {"valeur": 1, "issue": 1, "min": 2, "max": 2}


class _Verificateur:
    def __init__(self, portee: Portee) -> None:
        self.portee = portee
        self.defauts: list[Defaut] = []

    def signaler(self, code: CodeDefaut, expr: Expr, **valeurs: object) -> None:
        self.defauts.append(Defaut(code, expr.position, valeurs))

    def typer(self, expr: Expr) -> Type | None:
        """The type, or None once a defect was reported: one mistake gives one message."""
        match expr:
            case Litteral():
                return _type_litteral(expr)
            case Nom():
                return self.nom(expr)
            case Appel():
                return self.appel(expr)
            case Unaire():
                attendu: Genre = "booleen" if expr.operateur == "non" else "nombre"
                return self.exiger(expr.operande, attendu)
            case Binaire():
                return self.binaire(expr)
            case Liste():
                self.signaler("liste_hors_dans", expr)
                return None

    def nom(self, expr: Nom) -> Type | None:
        trouve = self.portee.faits.get(expr.nom)
        if trouve is None:
            self.signaler("fait_inconnu", expr, nom=expr.nom)
        return trouve

    def exiger(self, expr: Expr, genre: Genre) -> Type | None:
        trouve = self.typer(expr)
        if trouve is not None and trouve.genre != genre:
            self.signaler("type_attendu", expr, attendu=genre, trouve=trouve.genre)
            return None
        return trouve

    def appel(self, expr: Appel) -> Type | None:
        attendus = FONCTIONS.get(expr.fonction)
        if attendus is None:
            self.signaler("fonction_inconnue", expr, nom=expr.fonction, permises=tuple(FONCTIONS))
            return None
        if len(expr.arguments) != attendus:
            self.signaler("nombre_arguments", expr, nom=expr.fonction, attendu=attendus)
            return None
        if expr.fonction in {"min", "max"}:
            gauche, droite = (self.exiger(a, "nombre") for a in expr.arguments)
            return self.memes_unites(expr, gauche, droite)
        return self.regle(expr)

    def regle(self, expr: Appel) -> Type | None:
        argument = expr.arguments[0]
        if not isinstance(argument, Litteral) or not isinstance(argument.valeur, str):
            self.signaler("argument_texte_attendu", expr, nom=expr.fonction)
            return None
        signature = self.portee.regles.get(argument.valeur)
        if signature is None:
            self.signaler("regle_inconnue", argument, nom=argument.valeur)
        elif expr.fonction == "valeur":
            if signature.unite is not None:
                return Type("nombre", signature.unite)
            self.signaler("regle_sans_valeur", argument, nom=argument.valeur)
        elif signature.issues:
            return Type("choix", valeurs=signature.issues)
        else:
            self.signaler("regle_sans_issue", argument, nom=argument.valeur)
        return None

    def binaire(self, expr: Binaire) -> Type | None:
        op = expr.operateur
        if op in {"et", "ou"}:
            gauche, droite = self.exiger(expr.gauche, "booleen"), self.exiger(expr.droite, "booleen")
            return BOOLEEN if gauche and droite else None
        if op == "dans":
            return self.dans(expr)
        if op in {"+", "-", "*", "/"}:
            a, b = self.exiger(expr.gauche, "nombre"), self.exiger(expr.droite, "nombre")
            return self.memes_unites(expr, a, b) if op in {"+", "-"} else self.facteurs(expr, a, b)
        return self.comparaison(expr)

    def memes_unites(self, expr: Expr, a: Type | None, b: Type | None) -> Type | None:
        if a is None or b is None:
            return None
        if a.unite is None:
            return b
        if b.unite is None or a.unite == b.unite:
            return a
        self.signaler("unites_differentes", expr, gauche=a.unite, droite=b.unite)
        return None

    def facteurs(self, expr: Binaire, a: Type | None, b: Type | None) -> Type | None:
        if a is None or b is None:
            return None
        if not b.unite:
            return a
        if expr.operateur == "*" and not a.unite:
            return b
        if expr.operateur == "/" and a.unite == b.unite:
            return Type("nombre", "")
        self.signaler("unites_incombinables", expr, gauche=a.unite or "", droite=b.unite)
        return None

    def comparaison(self, expr: Binaire) -> Type | None:
        a, b = self.typer(expr.gauche), self.typer(expr.droite)
        if a is None or b is None:
            return None
        if a.genre != b.genre and not (a.textuel and b.textuel):
            self.signaler("types_incomparables", expr, gauche=a.genre, droite=b.genre)
            return None
        if expr.operateur not in {"=", "!="} and a.genre not in {"nombre", "date"}:
            self.signaler("ordre_impossible", expr, genre=a.genre)
            return None
        if a.genre == "nombre" and self.memes_unites(expr, a, b) is None:
            return None
        if a.genre == "choix_multiple":
            self.signaler("types_incomparables", expr, gauche=a.genre, droite=b.genre)
            return None
        ok = self.code_permis(expr.gauche, b) and self.code_permis(expr.droite, a)
        return BOOLEEN if ok else None

    def code_permis(self, expr: Expr, voisin: Type) -> bool:
        """A constant text compared with a choice must be one of its codes."""
        if voisin.valeurs is None or not isinstance(expr, Litteral) or not isinstance(expr.valeur, str):
            return True
        if expr.valeur in voisin.valeurs:
            return True
        self.signaler("valeur_inconnue", expr, valeur=expr.valeur, permises=tuple(sorted(voisin.valeurs)))
        return False

    def dans(self, expr: Binaire) -> Type | None:
        gauche = self.typer(expr.gauche)
        if isinstance(expr.droite, Liste):
            return self.dans_liste(expr, expr.droite, gauche)
        droite = self.typer(expr.droite)
        if gauche is None or droite is None:
            return None
        if droite.genre != "choix_multiple" or not gauche.textuel:
            self.signaler("appartenance_impossible", expr, gauche=gauche.genre, droite=droite.genre)
            return None
        return BOOLEEN if self.code_permis(expr.gauche, droite) else None

    def dans_liste(self, expr: Binaire, liste: Liste, gauche: Type | None) -> Type | None:
        correct = gauche is not None and bool(liste.elements)
        if not liste.elements:
            self.signaler("appartenance_impossible", expr, gauche="", droite="liste vide")
        for element in liste.elements:
            if not isinstance(element, Litteral):
                self.signaler("appartenance_impossible", element, gauche="", droite="element")
                correct = False
            elif gauche is not None:
                comparaison = Binaire("=", expr.gauche, element, element.position)
                correct = self.element(comparaison, gauche, element) and correct
        return BOOLEEN if correct else None

    def element(self, comparaison: Binaire, gauche: Type, element: Litteral) -> bool:
        type_element = _type_litteral(element)
        if gauche.genre != type_element.genre and not (gauche.textuel and type_element.textuel):
            self.signaler("types_incomparables", element, gauche=gauche.genre, droite=type_element.genre)
            return False
        if gauche.genre == "nombre" and self.memes_unites(comparaison, gauche, type_element) is None:
            return False
        return self.code_permis(element, gauche)


def _type_litteral(expr: Litteral) -> Type:
    match expr.valeur:
        case bool():
            return BOOLEEN
        case str():
            return Type("texte")
        case _ if hasattr(expr.valeur, "isoformat"):
            return Type("date")
        case _:
            return Type("nombre", expr.unite) if expr.unite else NOMBRE_NU


def defauts_de_type(expr: Expr, portee: Portee, attendu: Genre = "booleen") -> tuple[Defaut, ...]:
    """Everything wrong in the types of an expression, in reading order.

    Args:
        expr: the tree.
        portee: declared facts and rules.
        attendu: what the whole must give.
    """
    verificateur = _Verificateur(portee)
    verificateur.exiger(expr, attendu)
    return tuple(sorted(verificateur.defauts, key=lambda d: d.position))


def compiler(texte: str, portee: Portee, attendu: Genre = "booleen") -> Expr:
    """Read and check an expression.

    Raises:
        ExpressionInvalide: with every defect found, each with its position.
    """
    expr = analyser(texte)
    defauts = defauts_de_type(expr, portee, attendu)
    if defauts:
        raise ExpressionInvalide(texte, defauts)
    return expr
