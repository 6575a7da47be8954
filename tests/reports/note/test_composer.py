"""What the note says, before any file format."""

from __future__ import annotations

from dataclasses import replace

import pytest

from perenne.domain.territoire.mesures import Strate
from perenne.domain.territoire.resultat import Diagnostic
from perenne.reports.note.composer import composer_note
from perenne.reports.note.elements import Note
from perenne.reports.note.phrases import dire_strate, nommer_acteur
from perenne.reports.note.reduire import DENSITES, reduire
from perenne.reports.note.texte import dire_lecture


@pytest.fixture
def note(diagnostic: Diagnostic) -> Note:
    return composer_note(diagnostic, mention="Données fictives.")


def test_the_answer_comes_first_and_answers_the_six_questions(note: Note) -> None:
    assert [p.titre for p in note.essentiel] == [
        "Ce qui pèse ici",
        "Comparé à",
        "Besoins",
        "Qui agit, qui peut agir",
        "Précédents",
        "Possible ensuite",
    ]
    pese = note.essentiel[0].texte
    assert "Sur 3 indicateurs comparés, 2 placent" in pese
    assert "taux de pauvreté (24,0\u202f%, plus que 91\u202f% des autres)" in pese
    assert "n’en sait rien" not in pese
    assert "Atelier n° 1 (Ardennes)" in note.essentiel[4].texte


def test_zero_secret_and_missing_are_three_different_things(note: Note) -> None:
    ici = {ligne[0].texte: ligne[1] for ligne in note.indicateurs.lignes}
    assert ici["Part des logements vacants"].texte == "0,0\u202f%"
    assert ici["Part des logements vacants"].brut == 0.0
    assert ici["Pauvreté des 75 ans et plus"].texte == "secret statistique"
    assert ici["Pauvreté des 75 ans et plus"].brut is None
    assert "Ménages sans voiture" not in ici
    assert "Non observés ici : Ménages sans voiture" in note.indicateurs.note.replace("\u00a0", " ")


def test_an_offer_not_observed_is_not_said_to_be_absent(note: Note) -> None:
    assert "n’est pas encore observée" in note.offre
    assert "ne veut pas dire qu’il n’y en a pas" in note.offre


def test_a_former_commune_is_said_before_anything_else(note: Note) -> None:
    assert note.avertissement.startswith("Données fictives.")
    assert "Vieux-Fictif (99002)" in note.avertissement
    assert "1er janvier 2019" in note.avertissement


def test_every_row_has_a_cell_for_every_column(note: Note) -> None:
    for tableau in (*note.tableaux(), note.donnees):
        assert {len(ligne) for ligne in tableau.lignes} == {len(tableau.colonnes)}, tableau.ident


@pytest.mark.parametrize(
    ("strate", "attendu"),
    [
        (Strate(type="commune", drom=True, nombre=112), "112 communes d’outre-mer"),
        (
            Strate(type="commune", densites=(7,), nombre=9000),
            "9\u202f000 communes de l’Hexagone et de Corse de la catégorie "
            "«\u202frural à habitat très dispersé\u202f»",
        ),
        (
            Strate(type="commune", densites=(1,), population_min=100000, nombre=39),
            "39 communes de l’Hexagone et de Corse de la catégorie «\u202fgrands centres urbains\u202f» "
            "de 100\u202f000 habitants ou plus",
        ),
        (Strate(type="region", nombre=13), "13 régions de l’Hexagone et de Corse"),
    ],
)
def test_the_comparison_is_said_in_words(strate: Strate, attendu: str) -> None:
    assert dire_strate(strate) == attendu


def test_a_reduced_note_says_what_it_leaves_out(note: Note) -> None:
    serre = replace(DENSITES[-1], indicateurs=1, acteurs=1, details=1)
    reduite = reduire(note, serre)
    assert len(reduite.indicateurs.lignes) == 1
    assert "3 lignes ne sont pas reprises ici" in reduite.indicateurs.note
    assert reduite.acteurs[-1].titre.startswith("Et ")
    assert "à lire dans" in reduite.acteurs[-1].texte
    assert [len(p.details) for p in reduite.precedents] == [1, 1, 1]
    assert all("Source" in p.details[-1] for p in reduite.precedents)


def test_the_text_never_gets_too_small_to_read() -> None:
    assert min(d.taille for d in DENSITES) >= 8


def test_a_territory_of_which_nothing_is_known_still_has_a_note(diagnostic: Diagnostic) -> None:
    vide = replace(
        diagnostic, lectures=(), pairs=(), tendances=(), besoins=(), precedents=(), acteurs=(), suites=(),
        carte=(), zonages=(), sources=(), filiations=(),
    )  # fmt: skip
    note = composer_note(vide)
    assert note.essentiel[0].texte == (
        "Aucun indicateur de fragilité n’est comparable ici avec les données de l’atlas."
    )
    assert note.illustrations == ()
    assert note.avertissement == ""


def test_a_value_known_for_part_of_the_inhabitants_says_which_part(diagnostic: Diagnostic) -> None:
    premiere, *autres = diagnostic.lectures
    partielle = replace(premiere, mesure=replace(premiere.mesure, couverture=0.684, approche=True))
    note = composer_note(replace(diagnostic, lectures=(partielle, *autres)))
    ici = note.indicateurs.lignes[0][1]
    assert ici.texte == "≈\u202f24,0\u202f% (68\u202f% des habitants)"
    assert ici.court == "≈\u202f24,0\u202f% (68\u202f%)"
    assert ici.brut == 24.0
    assert "sur 68\u202f% des habitants" in note.illustrations[0].figure.description
    assert "parenthèses" in note.indicateurs.note
    phrase = dire_lecture(partielle, "Ici").replace("\u202f", " ").replace("\u00a0", " ")
    assert phrase.startswith("≈ 24,0 % (2021, pour 68 % des habitants) : ")


def test_values_that_cannot_be_ranked_are_shown_and_it_is_said(diagnostic: Diagnostic) -> None:
    sans_rang = tuple(
        replace(x, percentile=None, fragilite=None, rang=None, mediane=None, quartile_bas=None)
        for x in diagnostic.lectures
    )
    note = composer_note(replace(diagnostic, lectures=sans_rang))
    assert "aucun rang n’est donné" in note.essentiel[1].texte
    assert [c.texte for c in note.indicateurs.lignes[0][1:5]] == ["24,0\u202f%", *["non comparé"] * 3]
    assert note.constat == ""


def test_a_territory_without_any_published_figure_says_it_once(diagnostic: Diagnostic) -> None:
    rien = tuple(x for x in diagnostic.lectures if x.mesure.statut == "non-observe")
    assert "ce n’est pas un zéro" in composer_note(replace(diagnostic, lectures=rien)).constat


def test_the_same_help_of_two_public_actors_is_told_once(diagnostic: Diagnostic) -> None:
    precedent = diagnostic.precedents[0]
    aide = precedent.actions[0]
    deux = (replace(aide, acteur="État"), replace(aide, acteur="Collectivité territoriale de Martinique"))
    note = composer_note(replace(diagnostic, precedents=(replace(precedent, actions=deux),)))
    assert [d for d in note.precedents[0].details if "Martinique" in d] == [note.precedents[0].details[0]]
    assert note.precedents[0].details[0].endswith("(État et Collectivité territoriale de Martinique)")


def test_needs_left_out_of_the_answer_are_counted(diagnostic: Diagnostic) -> None:
    besoin = replace(diagnostic.besoins[0], niveau="marque")
    cinq = tuple(replace(besoin, libelle=f"Besoin {n}") for n in range(5))
    note = composer_note(replace(diagnostic, besoins=cinq))
    assert note.essentiel[2].texte.endswith("besoin 0, besoin 1, besoin 2 et 2 autres.")


@pytest.mark.parametrize(
    ("type_", "nom", "dit"),
    [
        ("commune", "Guéret", "commune de Guéret"),
        ("commune", "Paris", "Ville de Paris"),
        ("collectivite-unique", "Corse", "Collectivité de Corse"),
        ("departement", "Creuse", "conseil départemental (Creuse)"),
    ],
)
def test_an_authority_is_called_by_its_name(type_: str, nom: str, dit: str) -> None:
    assert nommer_acteur(type_, nom, propre=True) == dit
