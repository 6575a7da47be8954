"""What a build says of the stages that it did not have to make again."""

from __future__ import annotations

from collections.abc import Callable, Sequence

LECTURE = "Lecture : "
ENTIERES = {"territoires": "Territoires"}
"""Stages that stand for several steps, and what to call them."""

_UNITES = ((1_000_000_000, "Go"), (1_000_000, "Mo"), (1_000, "ko"))


class Recit:
    """Tells the steps of a build and, before the first stage that is made, those already done.

    Args:
        dire: told each line, in French.
    """

    def __init__(self, dire: Callable[[str], None]) -> None:
        self.dire = dire
        self._phase = ""
        self._reprises: list[str] = []
        self._dites = 0

    def annoncer(self, phase: str, reprises: Sequence[str]) -> None:
        """Tell a step that begins; `reprises` are the stages taken up since the beginning of the build."""
        self._compter(reprises)
        self._phase = phase
        self.dire(phase)

    def avouer(self, reprises: Sequence[str]) -> None:
        """Tell what was taken up since the last time, if anything was."""
        self._compter(reprises)
        if self._reprises:
            nombre = len(self._reprises)
            self.dire(
                f"Reprise : {accorder(nombre, 'étape')} déjà {'faites' if nombre > 1 else 'faite'} "
                f"({_enumerer(self._reprises)})."
            )
            self._reprises = []

    def _compter(self, reprises: Sequence[str]) -> None:
        self._reprises += [ENTIERES.get(nom, self._phase) for nom in reprises[self._dites :]]
        self._dites = len(reprises)


def _enumerer(phases: list[str]) -> str:
    """The steps, each once, in their order; the files that were read are counted."""
    lus = len({p for p in phases if p.startswith(LECTURE)})
    autres = [p.removesuffix("…") for p in dict.fromkeys(phases) if not p.startswith(LECTURE)]
    debut = [f"lecture de {accorder(lus, 'source')}"] if lus else []
    return " ; ".join(debut + [f"{a[0].lower()}{a[1:]}" for a in autres if a])


def accorder(nombre: int, nom: str) -> str:
    """« 1 étape », « 12 étapes »."""
    return f"{nombre} {nom}{'s' if nombre > 1 else ''}"


def dire_taille(octets: int) -> str:
    """« 1,2 Go », « 340 Mo »."""
    for unite, nom in _UNITES:
        if octets >= unite:
            valeur = octets / unite
            texte = f"{valeur:.1f}" if valeur < 10 else f"{valeur:.0f}"
            return f"{texte.replace('.', ',')} {nom}"
    return f"{octets} octets"
