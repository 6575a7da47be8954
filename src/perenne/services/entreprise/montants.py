"""Amounts as accounting software writes them: decimal comma or point, thousands, signs, D and C."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Literal

SigneDecimal = Literal[",", "."]
_BLANCS = re.compile(r"[\s\u00a0\u202f'’]")
_SIGNES = str.maketrans("", "", "€$")


class MontantIllisible(ValueError):
    """An amount that cannot be read, or that can be read in two ways."""


def deviner_decimale(textes: Iterable[str]) -> SigneDecimal | None:
    """The decimal sign that the amounts of a file show; None when none shows it.

    Raises:
        MontantIllisible: some amounts show a comma and others a point.
    """
    vus: set[SigneDecimal] = set()
    for texte in textes:
        net = _nettoyer(texte)[0]
        if "," in net and "." in net:
            vus.add("," if net.rfind(",") > net.rfind(".") else ".")
        elif re.search(r",\d{1,2}$|,\d{4,}$", net):
            vus.add(",")
        elif re.search(r"\.\d{1,2}$|\.\d{4,}$", net):
            vus.add(".")
    if len(vus) > 1:
        raise MontantIllisible("some amounts have a decimal comma, others a decimal point")
    return next(iter(vus), None)


def _nettoyer(texte: str) -> tuple[str, int]:
    """Digits and separators, and the sign that stood around them."""
    net = _BLANCS.sub("", texte.translate(_SIGNES)).replace("\u2212", "-").replace("−", "-")
    signe = 1
    if net.startswith("(") and net.endswith(")"):
        net, signe = net[1:-1], -1
    lettre = net[-1:].upper()
    if lettre in {"D", "C"} and net[:-1]:
        net, signe = net[:-1], signe * (1 if lettre == "D" else -1)
    if net.endswith("-"):
        net, signe = net[:-1], -signe
    elif net.startswith(("-", "+")):
        net, signe = net[1:], -signe if net[0] == "-" else signe
    return net, signe


def lire_montant(texte: str, decimale: SigneDecimal | None) -> int:
    """An amount in cents; empty is 0.

    Args:
        decimale: sign of the file; None when no amount shows one.

    Raises:
        MontantIllisible: it is not a number, or it can be read in two ways.
    """
    net, signe = _nettoyer(texte)
    if not net or net == "-":
        return 0
    if decimale is None and re.fullmatch(r"\d{1,3}[.,]\d{3}", net):
        raise MontantIllisible("thousands or decimals")
    if decimale == ",":
        net = net.replace(".", "").replace(",", ".")
    elif decimale == ".":
        net = net.replace(",", "")
    if not re.fullmatch(r"\d+(\.\d+)?", net):
        raise MontantIllisible("not a number")
    try:
        cents = (Decimal(net) * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    except InvalidOperation:
        raise MontantIllisible("too large") from None
    if cents > 10**15:
        raise MontantIllisible("too large")
    return signe * int(cents)
