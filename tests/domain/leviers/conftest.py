"""The base of the repository and its rules, shared by the tests of levers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from perenne.domain.leviers.entree import ActeurPublic, Demande, Entreprise, Lieu
from perenne.domain.leviers.modele import Modele, construire_modele
from perenne.domain.leviers.statut import Statuts
from perenne.domain.savoir.base import BaseSavoir


@pytest.fixture(scope="session")
def memoire(base: BaseSavoir) -> Statuts:
    """The rules of the repository."""
    return Statuts(base.regles)


@pytest.fixture(scope="session")
def modele(base: BaseSavoir) -> Modele:
    """The base prepared for recommendations."""
    return construire_modele(base)


@pytest.fixture(scope="session")
def demande_de(modele: Modele) -> Callable[..., Demande]:
    """Ask for a type of actor, with the facts of an enterprise."""

    def faire(
        acteur: str = "commune",
        *,
        au: dt.date = dt.date(2026, 11, 23),
        moyens: frozenset[Any] = frozenset(),
        ambitions: frozenset[str] = frozenset(),
        besoins: tuple[str, ...] = (),
        lieu: Lieu | None = None,
        cas: str = "",
        faits_acteur: dict[str, Any] | None = None,
        **faits: Any,
    ) -> Demande:
        return Demande(
            entreprise=Entreprise(nom="Essai", faits=faits, besoins=besoins, cas=cas),
            acteur=ActeurPublic(
                type=acteur,
                lignee=modele.lignees[acteur],
                moyens=moyens,
                ambitions=ambitions,
                faits=faits_acteur or {},
            ),
            lieu=lieu or Lieu(),
            au=au,
        )

    return faire
