"""Which territory is asked to the service, with and without an atlas."""

from __future__ import annotations

from pathlib import Path

import pytest

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.pipeline.api_entreprises.decoupage import Lieu, Question, couper
from perenne.services.collecte_territoire import situer
from perenne.services.reglages import Reglages


def _reglages(atlas: Path) -> Reglages:
    return Reglages(savoir=atlas, atlas=atlas, cache=atlas)


@pytest.mark.parametrize(
    ("code", "type_"),
    [
        ("23096", "commune"),
        ("2a004", "commune"),
        ("200044014", "epci"),
        ("2B", "departement"),
        ("974", "departement"),
    ],
)
def test_without_an_atlas_a_code_is_enough(tmp_path: Path, code: str, type_: str) -> None:
    assert situer(_reglages(tmp_path), code) == Lieu(type=type_, code=code.upper())  # type: ignore[arg-type]


@pytest.mark.parametrize("demande", ["", "Guéret", "2309", "1234567", "../23096"])
def test_without_an_atlas_anything_else_is_refused(tmp_path: Path, demande: str) -> None:
    with pytest.raises(ErreurUtilisateur, match="n'est pas le code"):
        situer(_reglages(tmp_path), demande)


def test_an_atlas_gives_names_former_codes_and_communes(atlas_jouet: Path) -> None:
    assert situer(_reglages(atlas_jouet), "Guéret") == Lieu(type="commune", code="23096")
    assert situer(_reglages(atlas_jouet), "23500").code == "23001"
    epci = situer(_reglages(atlas_jouet), "200000001")
    assert len(epci.communes) == 20
    parts = couper(Question(motif="ess", type="epci", code=epci.code), epci)
    assert [p.code for p in parts] == list(epci.communes)


@pytest.mark.parametrize("demande", ["region:04", "QN02301M", "23096+23001"])
def test_what_the_service_cannot_filter_is_refused(atlas_jouet: Path, demande: str) -> None:
    with pytest.raises(ErreurUtilisateur):
        situer(_reglages(atlas_jouet), demande)
