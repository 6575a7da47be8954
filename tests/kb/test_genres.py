"""The table of kinds holds together: references name kinds of the table, every key has a French name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import is_dataclass
from pathlib import Path, PurePosixPath
from typing import Annotated, Any, Literal, get_args, get_origin

import pytest

from perenne.domain.savoir.commun import Ref
from perenne.kb.formes import annotations_de
from perenne.kb.genres import GENRES
from perenne.kb.libelles import Libelles, lire_libelles
from perenne.services.savoir import obtenir_base


def _parcourir(classe: Any, vues: set[Any]) -> Iterator[tuple[Any, str, Any]]:
    vues.add(classe)
    for cle, annotation in annotations_de(classe).items():
        yield classe, cle, annotation
        for sous in _interieurs(annotation):
            if isinstance(sous, type) and is_dataclass(sous) and sous not in vues:
                yield from _parcourir(sous, vues)


def _interieurs(annotation: Any) -> Iterator[Any]:
    yield annotation
    if get_origin(annotation) is not Literal:
        for argument in get_args(annotation):
            yield from _interieurs(argument)


CHAMPS = [champ for vues in [set[Any]()] for g in GENRES for champ in _parcourir(g.classe, vues)]


@pytest.fixture(scope="module")
def libelles(racine: Path) -> Libelles:
    """The French names of the repository's base."""
    return lire_libelles(obtenir_base(racine / "knowledge"))


def test_every_reference_names_a_kind_of_the_table() -> None:
    cites = {
        g
        for _, _, annotation in CHAMPS
        for interieur in _interieurs(annotation)
        if get_origin(interieur) is Annotated
        for marque in get_args(interieur)[1:]
        if isinstance(marque, Ref)
        for g in marque.genres
    }
    assert cites
    assert cites <= {g.nom for g in GENRES}


def test_every_key_and_every_kind_has_a_french_name(libelles: Libelles) -> None:
    sans = {
        f"{classe.__name__}.{cle}"
        for classe, cle, _ in CHAMPS
        if cle not in libelles.cles and f"{classe.__name__}.{cle}" not in libelles.cles
    }
    assert sans == set(), "à ajouter dans knowledge/nomenclatures/savoir-cles.yaml"
    assert {g.nom for g in GENRES} == set(libelles.genres)


def test_every_coded_value_that_is_not_a_french_word_has_a_name(libelles: Libelles) -> None:
    codes = {
        (cle, str(valeur))
        for _, cle, annotation in CHAMPS
        for interieur in _interieurs(annotation)
        if get_origin(interieur) is Literal
        for valeur in get_args(interieur)
    }
    sans = {
        valeur
        for cle, valeur in codes
        if {"_", "-"} & set(valeur) and not {f"{cle}.{valeur}", valeur} & set(libelles.valeurs)
    }
    assert sans == set(), "à ajouter dans knowledge/nomenclatures/savoir-valeurs.yaml"


def test_no_french_name_is_left_without_a_key(libelles: Libelles) -> None:
    connues = {cle for _, cle, _ in CHAMPS} | {f"{c.__name__}.{cle}" for c, cle, _ in CHAMPS}
    assert set(libelles.cles) <= connues


@pytest.mark.parametrize(
    ("chemin", "genre", "identifiant"),
    [
        ("besoins/B01.yaml", "besoin", "B01"),
        ("leviers/ingenierie/_levier.yaml", "levier", "ingenierie"),
        ("leviers/ingenierie/ingenierie-technique.yaml", "action", "ingenierie-technique"),
        ("acteurs/types/commune.yaml", "type-acteur", "commune"),
        ("regles/subventions/seuil.yaml", "regle", "subventions/seuil"),
    ],
)
def test_a_path_gives_one_kind_and_its_identifier(chemin: str, genre: str, identifiant: str) -> None:
    trouves = [g for g in GENRES if g.accepte(PurePosixPath(chemin))]
    assert [g.nom for g in trouves] == [genre]
    reste = PurePosixPath(chemin).relative_to(trouves[0].dossier)
    assert trouves[0].injecter(reste)["id"] == identifiant


def test_an_action_gets_its_lever_from_its_folder() -> None:
    action = next(g for g in GENRES if g.nom == "action")
    assert action.injecter(PurePosixPath("ingenierie/x.yaml")) == {"id": "x", "levier": "ingenierie"}
    assert action.champs_injectes() == {"id", "levier"}
