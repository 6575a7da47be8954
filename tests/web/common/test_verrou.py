"""A change made on a version that somebody else has passed is refused, and loses nothing."""

from __future__ import annotations

import pytest

from perenne.web.common.verrou import Perime
from perenne.web.espaces.models import Organisation

pytestmark = pytest.mark.django_db


def test_the_second_of_two_changes_made_on_the_same_version_is_refused() -> None:
    une = Organisation.objects.create(nom="Avant")
    autre = Organisation.objects.get(pk=une.pk)
    une.enregistrer(1, nom="Première")
    with pytest.raises(Perime, match="Une autre personne"):
        autre.enregistrer(1, nom="Seconde")
    une.refresh_from_db()
    assert (une.nom, une.version) == ("Première", 2)


def test_changes_made_one_after_the_other_are_all_kept() -> None:
    une = Organisation.objects.create(nom="Avant")
    une.enregistrer(une.version, nom="Une")
    une.enregistrer(une.version, territoire="23096")
    une.refresh_from_db()
    assert (une.nom, une.territoire, une.version) == ("Une", "23096", 3)
