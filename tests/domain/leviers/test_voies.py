"""The ways an actor has of taking an action."""

from __future__ import annotations

from collections.abc import Callable

from perenne.domain.leviers.entree import Demande
from perenne.domain.leviers.modele import Modele
from perenne.domain.leviers.voies import Droit, Juriste


def _droit(modele: Modele, demande: Demande, action: str) -> Droit:
    return Juriste(modele, demande).droit(modele.savoir.actions[action])


def test_an_excluded_way_comes_last_and_leaves_the_action_open(
    modele: Modele, demande_de: Callable[..., Demande]
) -> None:
    droit = _droit(modele, demande_de("commune", forme_juridique="association"), "investir")
    part = next(v for v in droit.voies if v.instrument.id == "part-sociale-scic")
    assert part.statut.statut == "exclu"
    assert any("SCIC" in c for c in part.statut.que_faire)
    assert droit.voies[0].statut.statut != "exclu"
    assert droit.statut == droit.voies[0].statut.statut
    assert droit.voies[-1].statut.statut == "exclu"


def test_a_narrow_type_acts_as_the_wider_one_and_a_wide_one_through_its_own(
    modele: Modele, demande_de: Callable[..., Demande]
) -> None:
    for type_ in ("etat-emploi-solidarites", "etat-services"):
        droit = _droit(modele, demande_de(type_), "agrements-labels")
        assert "conventionnement-iae" in {v.instrument.id for v in droit.voies}


def test_an_actor_without_part_is_told_which_tools_others_use(
    modele: Modele, demande_de: Callable[..., Demande]
) -> None:
    droit = _droit(modele, demande_de("opco"), "acheter-prestations")
    assert droit.statut is None
    assert droit.voies == ()
    assert droit.ailleurs


def test_a_departement_is_not_offered_the_economic_aid_of_the_region(
    modele: Modele, demande_de: Callable[..., Demande]
) -> None:
    demande = demande_de("departement", aide_a_activite_economique=True)
    droit = _droit(modele, demande, "politiques-sectorielles")
    assert "aide-economique-entreprise" in {i.id for i in droit.ailleurs}


def test_the_means_of_the_actor_put_other_tools_after(
    modele: Modele, demande_de: Callable[..., Demande]
) -> None:
    demande = demande_de("commune", moyens=frozenset({"nature"}), forme_juridique="association")
    droit = _droit(modele, demande, "investir")
    assert all(v.dans_les_moyens is False for v in droit.voies)
    local = _droit(modele, demande, "acces-foncier")
    assert local.meilleure is not None
    assert local.meilleure.dans_les_moyens
