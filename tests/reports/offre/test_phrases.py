"""The words of the supply: nobody is zero in silence, nothing that was not read is zero."""

from __future__ import annotations

import pytest

from perenne.domain.territoire.offre import (
    Chiffre,
    Couche,
    Ecartes,
    LigneOffre,
    Offre,
    RegistreLu,
    StatutLecture,
    situer,
)
from perenne.domain.territoire.offre_comparaison import encadrer
from perenne.reports.offre.phrases import (
    dire_ecartes,
    dire_lectures,
    dire_nombre,
    dire_offre,
    dire_reponse,
    dire_taux,
)
from perenne.reports.offre.tableaux import (
    tableau_activites,
    tableau_besoins_servis,
    tableau_donnees_offre,
    tableau_resume,
)

Valeur = int | None | tuple[int, StatutLecture]


def chiffre(couche: Couche, valeur: Valeur, faibles: int = 0, incertains: int = 0) -> Chiffre:
    nombre, statut = (
        valeur if isinstance(valeur, tuple) else (valeur, "entier" if valeur is not None else None)
    )
    return Chiffre(
        couche=couche, statut=statut or "non-observe", nombre=nombre, faibles=faibles, incertains=incertains,
        taux=encadrer(nombre, 20_000) if nombre is not None and statut == "entier" else None,
    )  # fmt: skip


def ligne(
    sujet: str, tous: Valeur, ess: Valeur, employeurs: Valeur, *, faibles: int = 0, incertains: int = 0
) -> LigneOffre:
    chiffres = (
        chiffre("tous", tous, faibles if tous is not None else 0, incertains if tous is not None else 0),
        chiffre("ess", ess, faibles, incertains),
        chiffre("employeurs", employeurs),
    )
    return LigneOffre(
        sujet=sujet, genre="besoin", libelle=f"Besoin {sujet}", etude=sujet != "B16", chiffres=chiffres,
        situation=situer(chiffres), ecartes=Ecartes(fermes=2, hors_champ=1),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("valeurs", "attendue"),
    [
        ((0, 0, 0), "aucun opérateur repéré"),
        ((None, 0, 0), "aucun opérateur de l’ESS repéré"),
        ((None, (0, "partiel"), 0), "aucun opérateur de l’ESS repéré (lecture partielle)"),
        ((3, 0, 0), "3 opérateurs, aucun connu de l’ESS"),
        (((2, "partiel"), 1, 0), "au moins 2 opérateurs, dont 1 de l’ESS, aucun employeur"),
        ((6, 4, 1), "6 opérateurs, dont 4 de l’ESS, dont 1 employeur"),
        ((4, 4, 3), "4 opérateurs de l’ESS, dont 3 employeurs"),
        ((1, 1, 1), "1 opérateur de l’ESS, qui emploie"),
        ((None, 2, 2), "2 opérateurs de l’ESS, qui emploient tous"),
        ((2, (2, "partiel"), None), "au moins 2 opérateurs de l’ESS (emploi non observé)"),
        ((1, None, None), "1 opérateur (ESS non observée)"),
        ((0, None, None), "aucun dans les listes lues (ESS non observée)"),
        ((None, None, None), "non observé"),
        ((1200, 1100, 1000), "1\u202f200 opérateurs, dont 1\u202f100 de l’ESS, dont 1\u202f000 employeurs"),
    ],
)
def test_who_answers_is_said_in_one_phrase(valeurs: tuple[Valeur, Valeur, Valeur], attendue: str) -> None:
    assert dire_reponse(ligne("B01", *valeurs)) == attendue


def test_weak_clues_and_unknown_quarters_are_said_beside_the_figure() -> None:
    dite = dire_reponse(ligne("B01", 1, 1, 0, faibles=3, incertains=12))
    assert dite == (
        "1 opérateur de l’ESS, aucun employeur\u202f; 3 à vérifier\u202f; "
        "12 dans la commune, quartier non connu"
    )


def test_a_zero_says_that_it_is_what_was_found() -> None:
    assert dire_nombre(chiffre("ess", 0)) == "aucun repéré"
    assert dire_nombre(chiffre("ess", None)) == "non observé"
    assert dire_nombre(chiffre("ess", (4, "partiel"))) == "au moins 4"


def test_a_rate_is_said_with_its_interval_and_enough_digits() -> None:
    assert dire_taux(encadrer(4, 20_000)) == "2,0 (0,54 à 5,1)"
    assert dire_taux(encadrer(0, 20_000)) == "0 (0 à 1,8)"
    assert dire_taux(encadrer(300, 10_000)) == "300 (267 à 336)"
    assert not dire_taux(None)


def offre(*besoins: LigneOffre, registres: tuple[RegistreLu, ...] = ()) -> Offre:
    return Offre(
        habitants=20_000, departements=("23", "87"), strate=None, registres=registres, besoins=besoins,
        activites=besoins,
    )  # fmt: skip


def test_what_nobody_answers_is_named_first() -> None:
    dite = dire_offre(
        offre(
            ligne("B01", 0, 0, 0), ligne("B02", None, 0, 0), ligne("B03", 2, 0, 0), ligne("B04", 2, 1, 0),
            ligne("B05", 3, 2, 1), ligne("B06", None, None, None),
        )
    )  # fmt: skip
    assert dite == (
        "2 besoins sans réponse repérée\u00a0: besoin B01 et besoin B02. "
        "1 besoin sans opérateur de l’ESS repéré\u00a0: besoin B03. "
        "1 besoin sans employeur de l’ESS repéré\u00a0: besoin B04. "
        "1 besoin avec une réponse de l’ESS. 1 besoin dont l’offre n’est pas observée."
    )


def test_a_territory_where_every_need_has_an_answer_says_so() -> None:
    assert dire_offre(offre(ligne("B01", 1, 1, 1))).startswith("Aucun besoin observé ne reste sans réponse")


@pytest.mark.parametrize("vide", [None, offre(ligne("B01", None, None, None))])
def test_nothing_read_is_never_said_to_be_nobody(vide: Offre | None) -> None:
    assert "ne veut pas dire qu’il n’y en a pas" in dire_offre(vide)
    assert not tableau_resume(vide, ()).lignes
    assert not tableau_besoins_servis(vide).lignes
    assert not tableau_activites(vide).lignes
    assert not tableau_donnees_offre(vide).lignes


def test_what_was_read_is_said_with_where_and_what_was_not() -> None:
    lus = (
        RegistreLu(registre="RNA", departements=("23",), sources=("rna",)),
        RegistreLu(registre="SIRENE", departements=("23", "87"), sources=("sirene",)),
    )
    dite = dire_lectures(offre(registres=lus))
    assert dite.startswith(
        "Lus ici\u00a0: Sirene et répertoire national des associations (RNA) (départements 23). Non lus"
    )
    assert "data·inclusion" in dite
    assert dire_lectures(offre()).startswith("Aucun registre d’opérateurs n’a été lu ici.")


def test_those_left_out_are_said_with_the_reason() -> None:
    assert dire_ecartes(ligne("B01", 0, 0, 0)) == "2 fermés et 1 hors champ"


def test_the_short_table_leaves_out_what_the_page_already_says() -> None:
    o = offre(ligne("B01", 0, 0, 0), ligne("B16", 2, 1, 1))
    court = tableau_resume(o, ["B01"])
    assert [x[0].texte for x in court.lignes] == ["Besoin B16 (notre proposition)"]
    assert "autres besoins" in court.legende
    assert tableau_resume(o, ()).lignes[0][1].texte == "◆ aucun opérateur repéré"


def test_the_workbook_keeps_every_figure_of_every_layer() -> None:
    tableau = tableau_donnees_offre(offre(ligne("B01", 3, 2, 1), ligne("B02", None, 0, 0)))
    lignes = [[c.brut if c.brut is not None else c.texte for c in x] for x in tableau.lignes]
    assert len(lignes) == 2 * 3 * 2  # needs, then the same as activities
    assert [x[6] for x in lignes[:6]] == [3, 2, 1, "", 0, 0]
    assert [x[5] for x in lignes[3:6]] == ["non observé", "entière", "entière"]
