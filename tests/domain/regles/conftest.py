"""The rules of the repository and the means to ask them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

import pytest

from perenne.domain.regles.faits import lire_faits
from perenne.domain.regles.moteur import evaluer_regle
from perenne.domain.regles.resultat import Resultat
from perenne.domain.regles.types import Portee
from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.savoir.regles import ValeurFait
from perenne.kb.controles_regles import portee_de

Demander = Callable[[str, dt.date, Mapping[str, ValeurFait]], Resultat]


@pytest.fixture(scope="session")
def portee(base: BaseSavoir) -> Portee:
    """What expressions may name."""
    return portee_de(base.fiches)


@pytest.fixture(scope="session")
def demander(base: BaseSavoir, portee: Portee) -> Demander:
    """Ask a rule of the repository, with facts as they are written in a file."""

    def repondre(regle: str, au: dt.date, avec: Mapping[str, ValeurFait]) -> Resultat:
        bruts = {k: tuple(v) if isinstance(v, list) else v for k, v in avec.items()}
        faits, defauts = lire_faits(bruts, portee.faits)
        assert not defauts
        return evaluer_regle(base.regles[regle], faits, au, base.regles)

    return repondre
