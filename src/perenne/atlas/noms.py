"""The normal form of a territory's name: « St-Étienne », « saint etienne », « SAINT ETIENNE » read the
same."""

from __future__ import annotations

import re

from perenne.domain.texte import normaliser

_ABREGES = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
_NATURES = (
    ("communaute de communes", "cc"),
    ("communaute d agglomeration", "ca"),
    ("communaute agglomeration", "ca"),
    ("communaute urbaine", "cu"),
    ("com com", "cc"),
    ("comcom", "cc"),
)
_TYPES = (
    (re.compile(r"^(commune|ville|mairie) (de la |de l |du |des |de |d )"), "commune"),
    (re.compile(r"^departement (de la |de l |du |des |de |d )?"), "departement"),
    (re.compile(r"^region (de la |de l |du |des |de |d )?"), "region"),
    (re.compile(r"^(qpv|quartier) (de la |de l |du |des |de |d )?"), "qpv"),
)


def normaliser_nom(nom: str) -> str:
    """Lower case, no accent, no dash, abbreviations of saint and of the kinds of EPCI made uniform.
    Idempotent."""
    mots = " ".join(_ABREGES.get(mot, mot) for mot in normaliser(nom).split())
    for long, court in _NATURES:
        if mots.startswith(long):
            return court + mots[len(long) :]
    return mots


def lire_type(nom: str) -> tuple[str, str]:
    """The kind that a normalised name states, and the name without it: « departement de la creuse »."""
    for motif, type_ in _TYPES:
        reste = motif.sub("", nom, count=1)
        if reste != nom and reste:
            return type_, reste
    return "", nom
