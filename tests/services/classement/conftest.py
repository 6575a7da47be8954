"""The classifier of the repository's knowledge base, built once."""

from collections.abc import Callable

import pytest

from perenne.domain.classement.decision import Classeur
from perenne.domain.classement.types import Etiquette, Fiche
from perenne.services.classement.obtenir import obtenir_classeur


@pytest.fixture(scope="session")
def classeur() -> Classeur:
    """Without any human decision."""
    return obtenir_classeur()


@pytest.fixture(scope="session")
def activites_de(classeur: Classeur) -> Callable[..., dict[str, Etiquette]]:
    """Labels of a structure by activity."""

    def classer(nom: str = "", texte: str = "", **champs: str | tuple[str, ...]) -> dict[str, Etiquette]:
        fiche = Fiche(id="x", nom=nom, texte=texte, **champs)  # type: ignore[arg-type]
        return {e.activite: e for e in classeur.classer(fiche)}

    return classer
