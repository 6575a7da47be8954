"""The values that a fact could take otherwise: what "what would change the advice" tries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache

from perenne.domain.regles.analyse import analyser
from perenne.domain.regles.evaluation import Valeur
from perenne.domain.regles.syntaxe import Binaire, Expr, Litteral, Nom, parcourir
from perenne.domain.savoir.expressions import Fait

FIXES = frozenset({"forme_juridique", "agrement_iae", "agrement_esus", "stade", "type_acteur", "zonages"})
"""What an interview does not change: shown in reasons, never proposed as a change to a known value."""


def valeurs_possibles(
    fait: Fait, expressions: Iterable[str], stades: Iterable[str], reponses: Iterable[str]
) -> tuple[Valeur, ...]:
    """Values that stand for all those a fact may take, as far as these expressions can tell them apart.

    Args:
        fait: its declaration.
        expressions: those that read it.
        stades: identifiers of the stages.
        reponses: answers to a criterion.

    Returns:
        Both truths; every code of a short list; one number below, at and above each bound compared with.
        Empty for what cannot be tried (dates, texts, sets).
    """
    if fait.type == "booleen":
        return (True, False)
    if fait.id == "stade":
        return tuple(stades)
    if fait.id.startswith("critere_"):
        return tuple(reponses)
    if fait.type == "choix":
        return tuple(fait.valeurs or ())
    if fait.type == "nombre":
        return _nombres(fait, sorted({b for e in expressions for b in bornes(e).get(fait.id, ())}))
    return ()


@cache
def bornes(expression: str) -> Mapping[str, tuple[Decimal, ...]]:
    """By fact, the numbers that an expression compares it with."""
    trouvees: dict[str, tuple[Decimal, ...]] = {}
    for noeud in parcourir(analyser(expression)):
        if isinstance(noeud, Binaire):
            for nom, litteral in ((noeud.gauche, noeud.droite), (noeud.droite, noeud.gauche)):
                _noter(nom, litteral, trouvees)
    return trouvees


def _noter(nom: Expr, litteral: Expr, trouvees: dict[str, tuple[Decimal, ...]]) -> None:
    if isinstance(nom, Nom) and isinstance(litteral, Litteral) and isinstance(litteral.valeur, Decimal):
        trouvees[nom.nom] = (*trouvees.get(nom.nom, ()), litteral.valeur)


def _nombres(fait: Fait, seuils: list[Decimal]) -> tuple[Valeur, ...]:
    candidats = [x for s in seuils for x in (s - 1, s, s + 1)]
    bas = None if fait.minimum is None else Decimal(str(fait.minimum))
    haut = None if fait.maximum is None else Decimal(str(fait.maximum))
    admis = [c for c in candidats if (bas is None or c >= bas) and (haut is None or c <= haut)]
    return tuple(dict.fromkeys(admis))
