"""What a user asks of the directory, and what answers; nothing is left out without a word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from perenne.atlas.lecteur import Atlas
from perenne.domain.erreurs import ErreurUtilisateur
from perenne.services.annuaire.filtres import Filtres
from perenne.services.annuaire.recherche import Resultats, lancer
from perenne.services.cache_savoir import obtenir_base_en_cache
from perenne.services.reglages import Reglages

Demander = Callable[..., Resultats]


@pytest.fixture
def demander(reglages: Reglages) -> Iterator[Demander]:
    base = obtenir_base_en_cache(reglages)
    with Atlas(reglages.atlas) as atlas:
        yield lambda **champs: lancer(atlas, base, Filtres(**{"au": dt.date(2026, 11, 23), **champs}))


def ids(resultats: Resultats) -> list[str]:
    return [e.id for e in resultats.tout()]


@pytest.mark.parametrize(
    ("champs", "attendus"),
    [
        ({"dans": "99001"}, {"000990010", "000990044", "000990069"}),
        ({"dans": "CC des Brumes"}, {"000990010", "000990028", "000990044", "000990069"}),
        ({"dans": "99002+99003"}, {"000990028", "000990069"}),
        ({"dans": "departement:99"}, {"000990010", "000990028", "000990044", "000990069"}),
        ({"dans": "QN09901M"}, {"000990010"}),
        ({"zonages": ("frr",)}, {"000990028"}),
        ({"zonages": ("qpv-2024",)}, {"000990010"}),
        ({"activites": ("Recycleries et ressourceries",)}, {"000990010"}),
        ({"activites": ("ressourceries", "jardins_partages")}, {"000990010"}),
        ({"employeur": "oui"}, {"000990010"}),
        ({"agrements": ("siae",)}, {"000990010"}),
        ({"agrements": ("siae:aci",)}, {"000990010"}),
        ({"agrements": ("esus",)}, set()),  # its agreement is over
        ({"formes": ("cooperative",)}, {"000990028"}),
        ({"formes": ("92",), "etats": ("toutes",)}, {"000990010", "000990036", "000990044", "000990069"}),
        ({"formes": ("association",), "mots": "jardins"}, {"W990000051", "000990069"}),
        ({"verdicts": ("probable",)}, {"000990069"}),
        ({"mots": "000 990 010"}, {"000990010"}),
        ({"mots": "00099001000011"}, {"000990010"}),
        ({"mots": "w990000051"}, {"W990000051"}),
        ({"mots": "rue des vagues"}, set()),
        ({"mots": "jardins", "etats": ("fermee",)}, {"000990036"}),
    ],
)
def test_each_filter_keeps_what_it_says(
    demander: Demander, champs: dict[str, Any], attendus: set[str]
) -> None:
    trouvees = ids(demander(**champs))
    assert set(trouvees) == attendus
    assert len(trouvees) == len(attendus)


def test_needs_are_served_by_their_activities(demander: Demander, reglages: Reglages) -> None:
    activite = obtenir_base_en_cache(reglages).activites["ressourceries"]
    for besoin in activite.besoins_servis:
        assert ids(demander(besoins=(besoin,))) == ["000990010"]


def test_what_might_have_answered_is_counted(demander: Demander) -> None:
    def exclues(**champs: Any) -> dict[str, int]:
        return {x.motif: x.nombre for x in demander(**champs).exclues}

    assert exclues(mots="jardins") == {"etat": 1}
    assert exclues(mots="jardins", dans="99003") == {"etat": 1, "commune": 1}
    assert exclues(dans="99001", employeur="oui") == {"employeur": 2}
    assert exclues(dans="99001", activites=("jardins_partages",)) == {"activite-faible": 1, "activite": 1}
    assert exclues(dans="QN09901M") == {"qpv": 2}


def test_an_establishment_there_is_told_when_the_head_office_is_elsewhere(demander: Demander) -> None:
    sieges = {e.id: e.ici for e in demander(dans="99001").tout()}
    assert sieges == {"000990010": "", "000990044": "", "000990069": "00099006900012"}


def test_a_unit_not_to_be_shown_has_neither_name_nor_point(demander: Demander) -> None:
    (cachee,) = [e for e in demander(dans="99001").tout() if not e.diffusible]
    assert (cachee.nom, cachee.lon, cachee.lat, cachee.sous) == ("", None, None, None)


def test_last_words_that_name_a_territory_are_understood(demander: Demander) -> None:
    resultats = demander(mots="ressourcerie brumeville")
    assert resultats.total == 0
    assert resultats.piste is not None
    assert (resultats.piste.mots, resultats.piste.dans, resultats.piste.total) == (
        "ressourcerie",
        "commune:99001",
        1,
    )
    assert demander(mots="ressourcerie").piste is None


def test_every_fault_is_told_at_once_with_what_is_near(demander: Demander) -> None:
    with pytest.raises(ErreurUtilisateur) as faute:
        demander(activites=("jardin",), formes=("zut",), employeur="peut-être", agrements=("x",))
    textes = [str(a) for a in faute.value.anomalies]
    assert len(textes) == 4
    assert "jardins_partages" in textes[0]
    with pytest.raises(ErreurUtilisateur, match="pas comprise"):
        demander(etats=("ouverte",), verdicts=("bof",))
    with pytest.raises(ErreurUtilisateur, match="pas comprise") as inconnue:
        demander(zonages=("crte",))
    assert "Non observé" in str(inconnue.value)
    with pytest.raises(ErreurUtilisateur, match="Nulle-Part"):
        demander(dans="Nulle-Part")


def test_an_atlas_that_has_no_enterprise_says_what_to_do(reglages: Reglages, atlas_jouet: Any) -> None:
    with Atlas(atlas_jouet) as atlas, pytest.raises(ErreurUtilisateur, match="aucune entreprise"):
        lancer(atlas, obtenir_base_en_cache(reglages), Filtres(mots="x", au=dt.date(2026, 11, 23)))
