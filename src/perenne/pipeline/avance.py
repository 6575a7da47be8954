"""Prepares the next elements in other threads while the first ones are used, never many at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

from perenne.pipeline.equipe import coeurs

Element = TypeVar("Element")
Resultat = TypeVar("Resultat")


def en_avance(faire: Callable[[Element], Resultat], elements: Iterable[Element]) -> Iterator[Resultat]:
    """`faire` of each element, in their order; what it raises is raised when its turn comes."""
    suite = iter(elements)
    nombre = coeurs()
    with ThreadPoolExecutor(nombre) as equipe:
        attente: deque[Future[Resultat]] = deque(equipe.submit(faire, e) for e in islice(suite, nombre + 1))
        try:
            while attente:
                resultat = attente.popleft().result()
                attente.extend(equipe.submit(faire, e) for e in islice(suite, 1))
                yield resultat
        finally:
            for futur in attente:
                futur.cancel()
