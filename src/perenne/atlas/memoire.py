"""What a process remembers of a published atlas: computed at the first need, shared by its threads.

An atlas never changes once it is published: what is read of it may be kept until another one takes its
place. What is kept here is bounded by the atlas itself (a value by kind of territory, stratum or indicator),
never by what visitors ask.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from perenne.atlas.lecteur import Atlas

T = TypeVar("T")
VERSIONS = 2
"""Atlases remembered: while one replaces another, pages of both may be under way."""

_memoires: OrderedDict[Hashable, dict[Hashable, Any]] = OrderedDict()
_verrou = Lock()


def garder(atlas: Atlas, cle: Hashable, calculer: Callable[[], T]) -> T:
    """What `calculer` gives for this atlas, computed once (twice at most, when two threads need it at once).

    Args:
        cle: what is computed, distinct in the whole program.
        calculer: its result is shared: nobody may change it.
    """
    memoire = _memoire(atlas.empreinte)
    try:
        garde: T = memoire[cle]
    except KeyError:
        garde = memoire.setdefault(cle, calculer())
    return garde


def _memoire(empreinte: Hashable) -> dict[Hashable, Any]:
    with _verrou:
        memoire = _memoires.setdefault(empreinte, {})
        _memoires.move_to_end(empreinte)
        while len(_memoires) > VERSIONS:
            _memoires.popitem(last=False)
        return memoire
