"""Actors: a type, a code, an organisation; and what is said when nobody has that name."""

from __future__ import annotations

from pathlib import Path

import pytest

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.services.leviers.acteur import designer_acteur
from perenne.services.leviers.modele import obtenir_modele


@pytest.mark.parametrize(
    ("demande", "type_", "nom", "territoire"),
    [
        ("commune", "commune", "", ""),
        ("departement-ardennes", "departement", "Département des Ardennes", "departement:08"),
        ("departement:08", "departement", "Département des Ardennes", "departement:08"),
        ("Ville de Crest", "commune", "Commune de Crest", "commune:26108"),
        ("212601082", "commune", "Commune de Crest", "commune:26108"),
        ("23096", "commune", "Commune : 23096", "commune:23096"),
        ("200000000", "epci", "200000000", "epci:200000000"),
        ("departement:972", "collectivite-unique", "Département : 972", "departement:972"),
        ("region:94", "collectivite-unique", "Région : 94", "region:94"),
    ],
)
def test_an_actor_is_found(demande: str, type_: str, nom: str, territoire: str, tmp_path: Path) -> None:
    acteur, ou = designer_acteur(demande, obtenir_modele(), tmp_path)
    assert (acteur.type, acteur.nom, ou) == (type_, nom, territoire)
    assert acteur.lignee[0] == type_


@pytest.mark.parametrize("demande", ["comune", "", "mairie-de-nulle-part", "qpv:QN1"])
def test_nobody_is_refused_with_advice(demande: str, tmp_path: Path) -> None:
    with pytest.raises(ErreurUtilisateur) as refus:
        designer_acteur(demande, obtenir_modele(), tmp_path)
    assert "commune" in refus.value.conseil
