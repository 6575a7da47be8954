"""An advice read aloud: the answer first, no code left in the sentences, every sum shown."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

import pytest

from perenne.domain.leviers.entree import ActeurPublic, Demande, Entreprise
from perenne.domain.leviers.modele import Modele
from perenne.domain.leviers.recommandation import recommander
from perenne.reports.leviers.composer import composer_rapport
from perenne.reports.leviers.phrases import points
from perenne.reports.rapport.elements import Rapport
from perenne.reports.rapport.texte import ecrire_texte
from perenne.services.leviers.modele import obtenir_modele


@pytest.fixture(scope="module")
def modele() -> Modele:
    return obtenir_modele()


def _rapport(modele: Modele, acteur: str, **faits: object) -> Rapport:
    demande = Demande(
        entreprise=Entreprise(nom="Essai", faits=faits),  # type: ignore[arg-type]
        acteur=ActeurPublic(type=acteur, lignee=modele.lignees[acteur]),
        au=dt.date(2026, 11, 23),
    )
    return composer_rapport(recommander(modele, demande), modele.savoir)


def test_points_are_written_the_french_way() -> None:
    assert [points(x) for x in (3.0, 1.5, -0.5, -2.0)] == ["+3", "+1,5", "−0,5", "−2"]


@pytest.mark.parametrize(
    "acteur", ["commune", "epci", "departement", "region", "caf", "pnr", "bailleur-social"]
)
def test_no_identifier_is_left_in_the_sentences(modele: Modele, acteur: str) -> None:
    faits = {
        "forme_juridique": "association",
        "stade": "amorcage",
        "critere_a8": "non",
        "cherche_local": True,
        "tresorerie_mois": Decimal(2),
    }
    texte = ecrire_texte(_rapport(modele, acteur, **faits))
    identifiants = {*modele.savoir.actions, *modele.savoir.instruments, *modele.savoir.faits}
    composes = {i for i in identifiants if "_" in i or i.count("-") > 1}
    assert not {i for i in composes if re.search(rf"(?<![\w-]){re.escape(i)}(?![\w-])", texte)}
    assert ".." not in texte.replace("…", "")
    assert "None" not in texte


def test_the_essential_is_short_and_the_explanation_follows(modele: Modele) -> None:
    rapport = _rapport(modele, "commune", forme_juridique="association", critere_c10="non")
    assert 5 <= len(rapport.essentiel) <= 7
    assert all("Premier pas" in p.texte and not p.details for p in rapport.essentiel)
    assert rapport.sections[0].ident == "detail"
    assert len(rapport.sections[0].points) == len(rapport.essentiel)


def test_every_sum_is_written_with_its_terms(modele: Modele) -> None:
    rapport = _rapport(modele, "commune", stade="consolidation", critere_a8="non", critere_a3="non")
    tableau = next(t for t in rapport.tableaux() if t.ident == "points")
    somme = 0.0
    for ligne in tableau.lignes:
        valeur = ligne[2].brut
        assert isinstance(valeur, float)
        if ligne[1].texte == "Somme":
            assert valeur == somme
            somme = 0.0
        else:
            somme += valeur


def test_nothing_known_is_said_before_anything_else(modele: Modele) -> None:
    assert "Commencez par les questions" in _rapport(modele, "commune").avertissement


def test_an_actor_without_part_is_told_who_can(modele: Modele) -> None:
    rapport = _rapport(modele, "caf", critere_a12="non")
    ecartees = next(s for s in rapport.sections if s.ident == "ecartees")
    assert any("Qui peut agir" in d for p in ecartees.points for d in p.details)
