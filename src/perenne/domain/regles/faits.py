"""Brings facts, as files and commands write them, to the values of the expression language."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation

from perenne.domain.regles.defauts import Defaut
from perenne.domain.regles.evaluation import Valeur
from perenne.domain.regles.types import Genre, Type
from perenne.domain.savoir.regles import ValeurFait

_VRAIS = frozenset({"vrai", "oui", "o", "1", "true", "yes"})
_FAUX = frozenset({"faux", "non", "n", "0", "false", "no"})
_BLANCS = re.compile(r"[\s\u00a0\u202f_]")


def _booleen(brut: ValeurFait) -> bool | None:
    if isinstance(brut, bool):
        return brut
    texte = str(brut).strip().lower()
    return True if texte in _VRAIS else False if texte in _FAUX else None


def _nombre(brut: ValeurFait) -> Decimal | None:
    if isinstance(brut, (bool, tuple)):
        return None
    # 23 000,50 is how a French reader writes it; str() of a float is its shortest exact writing.
    texte = _BLANCS.sub("", str(brut)).replace(",", ".").removesuffix("€").removesuffix("%")
    try:
        nombre = Decimal(texte)
    except InvalidOperation:
        return None
    return nombre if nombre.is_finite() else None


def _date(brut: ValeurFait) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(brut).strip())
    except ValueError:
        return None


def _texte(brut: ValeurFait) -> str | None:
    return brut.strip() if isinstance(brut, str) else None


def _ensemble(brut: ValeurFait) -> frozenset[str] | None:
    if isinstance(brut, str):
        return frozenset(x.strip() for x in brut.split(",") if x.strip())
    return frozenset(brut) if isinstance(brut, tuple) else None


_LECTEURS: dict[Genre, Callable[[ValeurFait], Valeur | None]] = {
    "booleen": _booleen,
    "nombre": _nombre,
    "date": _date,
    "texte": _texte,
    "choix": _texte,
    "choix_multiple": _ensemble,
}


def lire_fait(nom: str, brut: ValeurFait, type_fait: Type) -> Valeur | Defaut:
    """The value of a fact, or what is wrong with it (kind of value, or code that is not allowed)."""
    valeur = _LECTEURS[type_fait.genre](brut)
    if valeur is None:
        return Defaut("exemple_valeur", valeurs={"nom": nom, "valeur": brut, "attendu": type_fait.genre})
    if isinstance(valeur, Decimal) and not type_fait.minimum <= valeur <= type_fait.maximum:
        bornes = {"minimum": type_fait.minimum, "maximum": type_fait.maximum}
        return Defaut("hors_bornes", valeurs={"nom": nom, "valeur": brut, **bornes})
    if type_fait.valeurs is not None:
        codes = valeur if isinstance(valeur, frozenset) else {valeur}
        for code in sorted(str(c) for c in codes if c not in type_fait.valeurs):
            permises = tuple(sorted(type_fait.valeurs))
            return Defaut("valeur_inconnue", valeurs={"nom": nom, "valeur": code, "permises": permises})
    return valeur


def lire_faits(
    bruts: Mapping[str, ValeurFait], types: Mapping[str, Type]
) -> tuple[dict[str, Valeur], tuple[Defaut, ...]]:
    """Read every fact; what cannot be read is reported, all at once, and left unknown."""
    valeurs: dict[str, Valeur] = {}
    defauts: list[Defaut] = []
    for nom, brut in bruts.items():
        if nom not in types:
            defauts.append(Defaut("exemple_fait_inconnu", valeurs={"nom": nom}))
            continue
        lu = lire_fait(nom, brut, types[nom])
        if isinstance(lu, Defaut):
            defauts.append(lu)
        else:
            valeurs[nom] = lu
    return valeurs, tuple(defauts)
