"""Checks of expressions and rules that a type cannot express; the loader gives them their file and line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from perenne.domain.regles.faits import lire_faits
from perenne.domain.regles.types import Portee, portee
from perenne.domain.regles.verification import defauts_de_texte, verifier_regle
from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.savoir.expressions import Fait
from perenne.domain.savoir.regles import Regle
from perenne.kb.constat import ConstatDeControle
from perenne.kb.phrases import phrase, phrase_situee

Fiches = Mapping[str, Mapping[str, object]]


class _PorteeDesFiches:
    """Builds what expressions may name once for a whole reading, not once per expression."""

    def __init__(self) -> None:
        self.fiches: Fiches | None = None
        self.portee = Portee({})

    def de(self, fiches: Fiches) -> Portee:
        if self.fiches is not fiches:
            self.fiches, self.portee = fiches, portee_de(fiches)
        return self.portee


_PORTEE = _PorteeDesFiches()


def portee_de(fiches: Fiches) -> Portee:
    """What expressions may name, from items by kind."""
    faits = {i: f for i, f in fiches.get("fait", {}).items() if isinstance(f, Fait)}
    regles = {i: r for i, r in fiches.get("regle", {}).items() if isinstance(r, Regle)}
    identifiants = {genre: frozenset(contenu) for genre, contenu in fiches.items()}
    return portee(faits, regles, identifiants)


def controler_condition(texte: str, fiches: Fiches) -> Iterable[tuple[str, str]]:
    """Message and advice for everything wrong in a condition; an empty one is nothing to check."""
    if not texte:
        return
    connue = _PORTEE.de(fiches)
    for defaut in defauts_de_texte(texte, connue):
        yield phrase_situee(defaut, texte, faits=tuple(connue.faits), regles=tuple(connue.regles))


def controler_suppositions(base: BaseSavoir) -> Iterable[ConstatDeControle]:
    """Facts that instruments suppose must have a value of their type."""
    connue = portee_de(base.fiches)
    for instrument in base.instruments.values():
        for defaut in lire_faits(instrument.suppose or {}, connue.faits)[1]:
            message, conseil = phrase(defaut, faits=tuple(connue.faits))
            chemin = ("suppose", str(defaut.valeurs["nom"]))
            yield ConstatDeControle(
                genre="instrument", id=instrument.id, chemin=chemin, message=message, conseil=conseil
            )


def controler_regles(base: BaseSavoir) -> Iterable[ConstatDeControle]:
    """Everything wrong in the rules as wholes."""
    connue, regles = portee_de(base.fiches), base.de(Regle)
    for regle in regles.values():
        for defaut in verifier_regle(regle, connue, regles):
            message, conseil = phrase(defaut, faits=tuple(connue.faits), regles=tuple(regles))
            yield ConstatDeControle(
                genre="regle", id=regle.id, chemin=defaut.chemin, message=message, conseil=conseil
            )
