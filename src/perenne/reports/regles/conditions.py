"""A whole condition in one line of French, from its evaluation."""

from __future__ import annotations

from perenne.domain.regles.evaluation import Etape
from perenne.domain.regles.resultat import Resultat
from perenne.domain.regles.syntaxe import Binaire
from perenne.domain.savoir.base import BaseSavoir
from perenne.reports.regles.lisible import Lecteur


def lire_condition(etape: Etape, resultat: Resultat, base: BaseSavoir) -> str:
    """« la collectivité est une commune : oui, et (… ou …) »."""
    return _lire(etape, Lecteur(base, {a.regle.id: a for a in resultat.appels}))


def _lire(etape: Etape, lecteur: Lecteur) -> str:
    if not (isinstance(etape.expr, Binaire) and etape.expr.operateur in {"et", "ou"}):
        return lecteur.condition(etape)
    morceaux = []
    for enfant in _aplatir(etape, etape.expr.operateur):
        dit = _lire(enfant, lecteur)
        compose = isinstance(enfant.expr, Binaire) and enfant.expr.operateur in {"et", "ou"}
        morceaux.append(f"({dit})" if compose else dit)
    return f" {etape.expr.operateur} ".join(morceaux)


def _aplatir(etape: Etape, operateur: str) -> list[Etape]:
    if isinstance(etape.expr, Binaire) and etape.expr.operateur == operateur:
        return [e for enfant in etape.enfants for e in _aplatir(enfant, operateur)]
    return [etape]
