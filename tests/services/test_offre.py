"""The supply of a territory and the list behind each figure, from an atlas of a few made-up operators."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from tests.pipeline.offre.monde import (
    activite,
    entreprise,
    etablissement,
    inscription,
    publier,
    territoires,
)

from perenne.atlas.lecteur import Atlas
from perenne.domain.erreurs import ErreurUtilisateur
from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.territoire.identite import Cle, Territoire
from perenne.domain.territoire.offre import Offre
from perenne.services.consulter.elements import Introuvable
from perenne.services.consulter.offre import lire_offre_dite, lister_dite
from perenne.services.liste_offre import ecrire_offre
from perenne.services.offre import designer_territoire, lire_offre, lister, trouver_sujet


@pytest.fixture(scope="module")
def dossier(base: BaseSavoir, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve communes of 1,000 inhabitants in two départements; only one of them was read."""
    communes = [f"23{n:03d}" for n in range(1, 13)]
    tables = territoires({"E1": communes, "E2": ["87001"]}, {"23001": 9000})
    tables["entreprise"] = [
        entreprise("100000001", "23001", employeur="O", etat_rna="A", nom="RESSOURCERIE FICTIVE"),
        entreprise("100000002", "23001", etat_rna="A", nom="RECYCLERIE INVENTEE"),
        entreprise("100000003", "23002", etat="fermee"),
        entreprise("100000004", "23001", diffusible=0, nom=None),
        entreprise("100000005", "23003", verdict="non", nom="SA ORDINAIRE"),
    ]
    tables["etablissement"] = [
        etablissement("100000001", "23001", employeur="O"),
        etablissement("100000001", "23002"),
    ]
    tables["entreprise_registre"] = [
        inscription("siae", "a", "23001", siren="100000005", id="100000005"),
        inscription("data-inclusion", "s/1", "23002", siren="900000001", date="2026-01-02"),
        inscription("data-inclusion", "t/9", "23001", siren="900000001"),
    ]
    tables["entreprise_activite"] = [
        *(activite(f"10000000{n}", "ressourceries") for n in (1, 3, 4)),
        activite("100000002", "ressourceries", "faible"),
        activite("100000005", "insertion_socioprofessionnelle"),
        activite("data-inclusion:s/1", "epiceries_sociales"),
        activite("data-inclusion:t/9", "epiceries_sociales"),
    ]  # fmt: skip
    tables["entreprise_raison"] = [
        {"id": "100000001", "raison": "forme", "sens": "pour", "source": "sirene", "date": "2026-01-01"}
    ]
    servis = {a.id: a.besoins_servis for a in base.activites.values()}
    return publier(tmp_path_factory.mktemp("atlas-offre"), tables, servis=servis)


@pytest.fixture
def atlas(dossier: Path) -> Iterator[Atlas]:
    """That atlas, open."""
    with Atlas(dossier) as ouvert:
        yield ouvert


def lire(atlas: Atlas, base: BaseSavoir, demande: str) -> tuple[Territoire, Offre]:
    territoire, strate = designer_territoire(atlas, demande)
    return territoire, lire_offre(atlas, territoire, base, strate=strate)


def nombres(offre: Offre, sujet: str) -> list[int | None]:
    lignes = {x.sujet: x for x in (*offre.besoins, *offre.activites)}
    return [c.nombre for c in lignes[sujet].chiffres]


def test_the_three_layers_of_an_activity_and_of_its_need(atlas: Atlas, base: BaseSavoir) -> None:
    _, offre = lire(atlas, base, "commune:23001")
    assert nombres(offre, "ressourceries") == [1, 1, 1]
    assert nombres(offre, "B15") == [1, 1, 1]
    assert nombres(offre, "epiceries_sociales") == [1, 0, 0], "one body under two entries of lists"
    assert nombres(offre, "insertion_socioprofessionnelle") == [1, 0, 0]


def test_what_no_list_covers_is_not_observed_for_operators_out_of_the_ess(
    atlas: Atlas, base: BaseSavoir
) -> None:
    assert nombres(lire(atlas, base, "commune:23001")[1], "festivals") == [None, 0, 0]


def test_a_departement_that_was_not_read_holds_no_zero(atlas: Atlas, base: BaseSavoir) -> None:
    _, offre = lire(atlas, base, "commune:87001")
    assert not offre.observee
    assert {c.nombre for x in offre.besoins for c in x.chiffres} == {None}


def test_a_union_with_what_was_not_read_is_at_least(atlas: Atlas, base: BaseSavoir) -> None:
    _, offre = lire(atlas, base, "commune:23001+commune:87001")
    [ligne] = [x for x in offre.activites if x.sujet == "ressourceries"]
    assert [(c.statut, c.nombre) for c in ligne.chiffres] == [("partiel", 1)] * 3


def test_needs_nobody_answers_come_first(atlas: Atlas, base: BaseSavoir) -> None:
    situations = [x.situation for x in lire(atlas, base, "commune:23001")[1].besoins]
    assert situations[0] == "sans-reponse"
    assert situations.index("servi") > situations.index("sans-ess") > situations.index("sans-reponse")
    assert len(situations) == 16


def test_those_left_out_are_counted_apart(atlas: Atlas, base: BaseSavoir) -> None:
    _, offre = lire(atlas, base, "departement:23")
    [ligne] = [x for x in offre.activites if x.sujet == "ressourceries"]
    assert (ligne.ecartes.fermes, ligne.ecartes.non_diffusibles, ligne.ecartes.hors_champ) == (1, 1, 0)
    assert ligne.chiffre("ess").faibles == 1


def test_every_list_counts_its_figure(atlas: Atlas, base: BaseSavoir) -> None:
    territoire, offre = lire(atlas, base, "epci:E1")
    for ligne in (*offre.besoins, *offre.activites):
        for c in ligne.chiffres:
            assert lister(atlas, territoire, ligne.sujet, couche=c.couche).total == (c.nombre or 0)


def test_a_list_says_who_where_why_and_from_which_file(atlas: Atlas, base: BaseSavoir) -> None:
    territoire, _ = lire(atlas, base, "epci:E1")
    [operateur] = lister(atlas, territoire, "B15", couche="ess").operateurs
    assert (operateur.nom, operateur.id, operateur.couche) == (
        "RESSOURCERIE FICTIVE",
        "100000001",
        "employeurs",
    )
    assert [c for c, _ in operateur.communes] == ["23001", "23002"]
    assert [(o.raison, o.source, o.date) for o in operateur.origines] == [("forme", "sirene", "2026-01-01")]
    [epicerie] = lister(atlas, territoire, "epiceries_sociales").operateurs
    assert (epicerie.operateur, epicerie.id, epicerie.couche) == ("900000001", "", "tous")
    assert ("source-data-inclusion", "2026-01-02") in {(o.source, o.date) for o in epicerie.origines}


def test_an_operator_that_asked_not_to_be_shown_has_no_name(atlas: Atlas, base: BaseSavoir) -> None:
    territoire, _ = lire(atlas, base, "commune:23001")
    caches = lister(atlas, territoire, "ressourceries", parts=["ecartes"]).operateurs
    assert [(o.nom, o.ecarte) for o in caches] == [("", "non-diffusible")]


def test_a_page_of_a_list_keeps_the_total(atlas: Atlas, base: BaseSavoir) -> None:
    territoire, _ = lire(atlas, base, "departement:23")
    tout = lister(atlas, territoire)
    page = lister(atlas, territoire, debut=1, nombre=1)
    assert tout.total == page.total == 3
    assert page.operateurs == tout.operateurs[1:2]


def test_a_rate_is_compared_with_the_communes_of_the_same_group(atlas: Atlas, base: BaseSavoir) -> None:
    _, offre = lire(atlas, base, "commune:23001")
    [ligne] = [x for x in offre.activites if x.sujet == "ressourceries"]
    repere = ligne.chiffre("ess").repere
    assert repere is not None
    assert repere.compares == 12, "those of the département that was read"
    assert repere.taux.valeur == pytest.approx(1 / 11_000 * 10_000), "one in 23002, the others together"
    assert ligne.chiffre("ess").jugement == "trop-petit"
    [absente] = [x for x in offre.activites if x.sujet == "festivals"]
    repere = absente.chiffre("ess").repere
    assert repere is not None
    assert (repere.compares, repere.taux.valeur, repere.quartile_haut) == (12, 0.0, 0.0)


def test_an_atlas_without_supply_is_not_a_zero(atlas_jouet: Path, base: BaseSavoir) -> None:
    with Atlas(atlas_jouet) as ouvert:
        commune = ouvert.territoire(Cle(type="commune", code="23096"))
        assert commune is not None
        offre = lire_offre(ouvert, commune, base)
        assert offre.empeche == "atlas-sans-offre"
        assert not offre.observee
        assert lister(ouvert, commune, "B15").total == 0


@pytest.mark.parametrize(
    ("demande", "attendu"),
    [
        ("b15", "B15"),
        ("ressourceries", "ressourceries"),
        ("Recycleries et ressourceries", "ressourceries"),
        ("epiceries-sociales", "epiceries_sociales"),
        ("ludothèques", "ludotheques"),
        ("monnaies", "monnaies_locales"),
    ],
)
def test_a_need_or_an_activity_is_found_by_its_identifier_or_its_words(
    base: BaseSavoir, demande: str, attendu: str
) -> None:
    assert trouver_sujet(demande, base) == attendu


@pytest.mark.parametrize(
    ("demande", "attendu"), [("épiceries", "plusieurs"), ("ressourcerrie", "Vouliez-vous dire")]
)
def test_words_that_name_several_or_none_are_refused_with_the_near_ones(
    base: BaseSavoir, demande: str, attendu: str
) -> None:
    with pytest.raises(ErreurUtilisateur) as erreur:
        trouver_sujet(demande, base)
    assert attendu in f"{erreur.value.message} {erreur.value.conseil}"


@pytest.fixture
def en_place(dossier: Path, racine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings of a command."""
    monkeypatch.setenv("PERENNE_ATLAS", str(dossier))
    monkeypatch.setenv("PERENNE_SAVOIR", str(racine / "knowledge"))


@pytest.mark.usefixtures("en_place")
def test_the_text_gives_the_figures_then_the_list() -> None:
    texte = str(ecrire_offre("epci:E1", "ressourceries", tout=True))
    assert "Opérateurs de l’ESS\u00a0: 1\u202f; 1 à vérifier" in texte
    assert "* RESSOURCERIE FICTIVE [100000001]" in texte
    assert "À vérifier\u00a0: des indices faibles seulement (1)" in texte
    assert "nom non diffusé" in texte
    assert "Lus ici\u00a0: Sirene" in texte


@pytest.mark.usefixtures("en_place")
def test_the_json_holds_the_same_figures_and_lists() -> None:
    document = json.loads(str(ecrire_offre("epci:E1", "B15", couche="ess", format_demande="json")))
    ess = document["sujet"]["chiffres"][1]
    assert ess["nombre"] == document["listes"]["comptes"]["total"] == 1
    tout = json.loads(str(ecrire_offre("epci:E1", format_demande="json")))
    assert len(tout["offre"]["besoins"]) == 16
    assert len(tout["offre"]["activites"]) == 42


@pytest.mark.usefixtures("en_place")
def test_the_workbook_has_one_row_an_operator(tmp_path: Path) -> None:
    fichier = ecrire_offre("epci:E1", sortie=tmp_path / "offre.xlsx")
    feuille = openpyxl.load_workbook(fichier)["Opérateurs"]
    assert [feuille.cell(n, 1).value for n in range(4, 7)] == ["RESSOURCERIE FICTIVE", "SA ORDINAIRE", "s/1"]


@pytest.mark.usefixtures("en_place")
def test_a_file_whose_format_is_not_known_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ErreurUtilisateur, match="ne dit pas le format"):
        ecrire_offre("epci:E1", sortie=tmp_path / "offre.odt")


@pytest.mark.usefixtures("en_place")
def test_pages_receive_figures_and_lists_with_their_words() -> None:
    dite = lire_offre_dite("epci:E1")
    ligne = dite.ligne("ressourceries")
    assert ligne.reponse == "1 opérateur de l’ESS, qui emploie\u202f; 1 à vérifier"
    assert [c.nombre for c in ligne.chiffres] == [1, 1, 1]
    liste = lister_dite("epci:E1", "ressourceries", couche="ess")
    assert (liste.total, liste.pages) == (1, 1)
    [operateur] = liste.operateurs
    assert [c.id for c in operateur.communes] == ["23001", "23002"]
    assert operateur.appartenance == "forme juridique (sirene, 01/01/2026)"
    with pytest.raises(Introuvable):
        lister_dite("epci:E1", "ressourceries", page=2)
    with pytest.raises(Introuvable):
        dite.ligne("B99")
