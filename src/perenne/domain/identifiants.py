"""Keys of the numbers that INSEE gives."""

from __future__ import annotations

LA_POSTE = "356000000"
"""Its establishments do not follow the key of Luhn: the sum of their digits is a multiple of five (INSEE)."""


def _luhn(chiffres: str) -> bool:
    doubles = (int(c) * (1 + (len(chiffres) - 1 - i) % 2) for i, c in enumerate(chiffres))
    return sum(d - 9 if d > 9 else d for d in doubles) % 10 == 0


def siren_valide(siren: str) -> bool:
    """Whether nine digits have the right key (Luhn), as INSEE computes it."""
    return len(siren) == 9 and siren.isascii() and siren.isdigit() and _luhn(siren)


def siret_valide(siret: str) -> bool:
    """Whether fourteen digits have the right key: Luhn on all of them, and on the nine of the SIREN."""
    if len(siret) != 14 or not (siret.isascii() and siret.isdigit()):
        return False
    if siret.startswith(LA_POSTE):
        return _luhn(siret) or sum(map(int, siret)) % 5 == 0
    return _luhn(siret[:9]) and _luhn(siret)
