"""What a stage depends on, in a few characters."""

from __future__ import annotations

import hashlib
import json
from typing import Any


def empreinte_des_donnees(*donnees: Any) -> str:
    """A digest of plain data: texts, numbers, bytes, lists and dictionaries of them; sets have no order."""
    calcul = hashlib.sha256()
    for donnee in donnees:
        calcul.update(json.dumps(donnee, ensure_ascii=False, sort_keys=True, default=_lisible).encode())
        calcul.update(b"\0")
    return calcul.hexdigest()


def _lisible(donnee: Any) -> Any:
    if isinstance(donnee, (bytes, bytearray, memoryview)):
        return hashlib.sha256(donnee).hexdigest()
    raise TypeError(f"donnée sans empreinte : {type(donnee).__name__}")
