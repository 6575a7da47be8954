"""Files about an enterprise: read, written back the same, and refused with the place of each mistake."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from perenne.domain.entreprise.dossier import (
    ActiviteEconomique,
    Chiffre,
    Dossier,
    Exercice,
    Passage,
    Repondant,
    Reponse,
    Ressource,
    Structure,
)
from perenne.domain.erreurs import ErreurUtilisateur
from perenne.reports.entreprise.classeur_dossier import ecrire_dossier, ecrire_yaml
from perenne.services.entreprise.diagnostic import donner_modele, faire_diagnostic, lire_ponderations
from perenne.services.entreprise.dossiers import lire_dossier, lire_octets
from perenne.services.savoir import obtenir_base

AU = dt.date(2026, 11, 23)
DEMOS = ("ressourcerie-valfiction", "cafe-bourg-invente", "regie-coteaux-imaginaires")
LETTRES = st.characters(codec="utf-8", categories=("L", "N", "P", "Zs"), exclude_characters="\u00a0@")
MOTS = st.text(LETTRES, min_size=1, max_size=40).map(lambda t: f"x{' '.join(t.split())}")
JOURS = st.dates(dt.date(2000, 1, 1), AU)
CENTS = st.integers(0, 10**10)
QUARTS = st.integers(-99, 99).map(lambda n: n / 4)
FINS = st.dates(dt.date(2025, 1, 1), dt.date(2099, 12, 31))


@st.composite
def dossiers(tirer: st.DrawFn) -> Dossier:
    criteres = tirer(st.lists(st.sampled_from(["T1", "A6", "B2", "C11"]), unique=True))
    actif = tirer(CENTS)
    return Dossier(
        structure=Structure(
            nom=tirer(MOTS), territoires=("rural", "qpv"), activites=("ressourceries",),
            debut_activite=tirer(st.none() | JOURS), activite_reguliere=tirer(st.none() | st.booleans()),
            comptes_clos=tirer(st.none() | st.integers(0, 90)), stade_motif=tirer(MOTS),
            faits={"fonds_europeens": "oui", "agrement_iae": "aci"}, fictif=tirer(st.booleans()),
        ),
        repondants=(
            Repondant(id="e", role="entreprise", fonction=tirer(MOTS)),
            Repondant(id="elu", role="elu"),
        ),
        passages=(
            Passage(id="2024", date=tirer(JOURS)),
            Passage(id="p2", date=tirer(JOURS), version="essentielle"),
        ),
        reponses=tuple(
            Reponse(
                critere=c, passage=p, repondant=r, justification=tirer(MOTS), source=tirer(MOTS),
                date=tirer(st.none() | JOURS),
                avis=tirer(st.sampled_from(["oui", "moyen", "non", "sans-objet", "ne-sait-pas"])),
            )
            for c in criteres for p in ("2024", "p2") for r in ("e", "elu")
        ),
        chiffres=(
            Chiffre(mesure="tresorerie_mois", passage="2024", repondant="e", valeur=tirer(QUARTS)),
            Chiffre(mesure="releve_identifiee", passage="p2", repondant="e", valeur=tirer(st.booleans())),
            Chiffre(mesure="occupation_titre", passage="p2", repondant="elu", valeur="bail", precision="x"),
            Chiffre(mesure="gouvernance_vivante", passage="p2", repondant="elu", valeur=3.0),
        ),
        exercices=(
            Exercice(
                id="2025", clos_le=tirer(JOURS), mois=tirer(st.integers(1, 24)), origine="fec",
                montants={"disponibilites": actif, "fonds-propres": actif + 5, "concours-bancaires": -5},
            ),
        ),
        ressources=(
            Ressource(
                exercice="2025", poste="commande-publique", payeur=tirer(MOTS), montant=tirer(CENTS),
                nature="public", niveau="epci", nombre=tirer(st.integers(0, 9)),
                fleche=tirer(st.none() | st.booleans()), ecrit=tirer(st.none() | st.booleans()),
                debut_engagement=dt.date(2025, 1, 1), engage_jusqu_au=tirer(FINS),
            ),
        ),
        activites=(ActiviteEconomique(exercice="2025", nom=tirer(MOTS), produits=tirer(CENTS)),),
    )  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(dossiers())
def test_a_file_written_is_read_back_the_same_in_both_forms(dossier: Dossier) -> None:
    criteres = obtenir_base().criteres

    assert lire_octets(ecrire_dossier(dossier, criteres), "d.xlsx", AU).dossier == dossier
    assert lire_octets(ecrire_yaml(dossier).encode(), "d.yaml", AU).dossier == dossier


@pytest.mark.parametrize("nom", DEMOS)
def test_the_demonstrations_are_read_and_survive_the_workbook(racine: Path, nom: str) -> None:
    lu = lire_dossier(racine / f"data/demo/diagnostics/{nom}.yaml", AU)
    refait = lire_octets(ecrire_dossier(lu.dossier, obtenir_base().criteres), "d.xlsx", AU)

    assert lu.dossier.structure.fictif
    assert refait.dossier == lu.dossier


def modele(*, remplir: bool = True) -> Any:
    """The template, opened; with the two cells that must be filled."""
    classeur = load_workbook(io.BytesIO(donner_modele("entreprise,elu", essentielle=True)))
    if remplir:
        classeur["Structure"]["B4"] = "Fictive"
        classeur["Passages"]["B4"] = dt.date(2026, 1, 5)
    return classeur


def lire_classeur(classeur: Any) -> Dossier:
    sortie = io.BytesIO()
    classeur.save(sortie)
    return lire_octets(sortie.getvalue(), "d.xlsx", AU).dossier


def test_the_template_asks_for_two_cells_and_its_empty_lines_are_no_answer() -> None:
    dossier = lire_classeur(modele())

    assert dossier.reponses == dossier.chiffres == ()
    assert [r.id for r in dossier.repondants] == ["entreprise", "elu"]
    assert modele()["Grille"].max_row == 3 + 2 * 14
    with pytest.raises(ErreurUtilisateur) as refus:
        lire_classeur(modele(remplir=False))
    assert len(refus.value.anomalies) == 2


def test_an_accountant_fills_the_template_as_people_write() -> None:
    c = modele()
    c["Grille"]["H4"] = "Oui "
    c["Grille"]["J4"] = "3 février 2026"
    c["Chiffres"]["F4"] = "2"
    c["Comptes"].append(["2025", "Disponibilités", "1 250,50 €"])
    c["Comptes"].append(["2025", "Fonds propres", 1250.5])
    c["Exercices"]["A4"], c["Exercices"]["B4"] = 2025, "31/12/2025"
    dossier = lire_classeur(c)

    assert dossier.reponses[0].avis == "oui"
    assert dossier.reponses[0].date == dt.date(2026, 2, 3)
    assert dossier.chiffres[0].valeur == 2.0
    assert dossier.exercices[0].montants == {"disponibilites": 125_050, "fonds-propres": 125_050}


def gater(feuille: str, cellule: str, valeur: object) -> Any:
    c = modele()
    c[feuille][cellule] = valeur
    return c


def fusion() -> Any:
    c = modele()
    c["Grille"].merge_cells("I4:I6")
    return c


def sans(feuille: str) -> Any:
    c = modele()
    del c[feuille]
    return c


def deux_fois() -> Any:
    c = modele()
    c["Grille"]["H4"] = "oui"
    c["Grille"].append([c["Grille"]["A4"].value, "", "", "", "", "premier", "entreprise", "non"])
    return c


def ajout(feuille: str, *valeurs: object) -> Any:
    c = modele()
    c["Exercices"]["A4"], c["Exercices"]["B4"] = "2025", dt.date(2025, 12, 31)
    for rang, valeur in enumerate(valeurs, 1):
        c[feuille].cell(4, rang, valeur)
    return c


@pytest.mark.parametrize(
    ("fabrique", "message"),
    [
        (lambda: sans("Structure"), "la feuille « Structure » manque"),
        (lambda: gater("Grille", "H4", "plutôt oui"), "cellule H4"),
        (lambda: gater("Grille", "H4", 3), "n'est pas dans la liste"),
        (lambda: gater("Grille", "I4", "parce que"), "une justification sans réponse"),
        (lambda: gater("Grille", "J4", "bientôt"), "n'est pas une date"),
        (lambda: gater("Grille", "F4", "2019"), "ce passage, « 2019 »"),
        (deux_fois, "est écrit deux fois"),
        (fusion, "fusionnées"),
        (lambda: gater("Grille", "H3", "Réponce"), "Vouliez-vous « Réponse »"),
        (lambda: gater("Chiffres", "F4", "beaucoup"), "n'est pas un nombre"),
        (lambda: gater("Passages", "B4", dt.date(2031, 1, 1)), "pas encore passée"),
        (lambda: gater("Répondants", "B4", "trésorière"), "n'est pas dans la liste"),
        (lambda: gater("Structure", "B5", "resourceries"), "Vouliez-vous « ressourceries »"),
        (lambda: gater("Structure", "B6", "banlieue"), "ce type de territoire"),
        (lambda: gater("Structure", "B11", "maturite"), "ce stade"),
        (lambda: ajout("Situation", "fond_europeens", "oui"), "Vouliez-vous « fonds_europeens »"),
        (lambda: ajout("Situation", "agrement_iae", "chantier"), "agrement_iae"),
        (lambda: ajout("Comptes", "2025", "Disponibilités", 100), "l'actif (100,00 €) et le passif (0,00 €)"),
        (lambda: ajout("Comptes", "2024", "Disponibilités", 100), "n'est pas déclaré"),
        (lambda: ajout("Ressources", "2025", "ventes", "Clients", -5), "négatif"),
        (
            lambda: ajout("Ressources", "2025", "ventes", "Mairie", 5, "particuliers", "commune"),
            "niveau public",
        ),
        (lambda: gater("Grille", "A4", "Z9"), "ce critère"),
    ],
)  # fmt: skip
def test_a_bad_workbook_is_refused_whole_at_its_cell(fabrique: Any, message: str) -> None:
    classeur = fabrique()
    if message.startswith(("ce critère", "ce passage")):
        classeur["Grille"]["H4"] = "oui"  # a line without an answer is not read
    with pytest.raises(ErreurUtilisateur) as refus:
        lire_classeur(classeur)

    assert message in str(refus.value)
    assert refus.value.anomalies


BASE: dict[str, Any] = {
    "structure": {"nom": "F"},
    "repondants": [{"id": "e", "role": "entreprise"}],
    "passages": [{"id": "n", "date": "2026-01-05"}],
}


@pytest.mark.parametrize(
    ("ajoute", "message"),
    [
        (
            {"chiffres": [{"mesure": "part_subventions", "valeur": 140}]},
            "140 est impossible : au moins 0 et au plus 100",
        ),
        ({"chiffres": [{"mesure": "gouvernance_vivante", "valeur": 7}]}, "« 7 » n'est pas dans la liste"),
        ({"chiffres": [{"mesure": "releve_identifiee", "valeur": "peut-être"}]}, "répondez oui ou non"),
        ({"chiffres": [{"mesure": "tresorie_mois", "valeur": 1}]}, "Vouliez-vous « tresorerie_mois »"),
        (
            {"repondants": [{"id": "e", "role": "entreprise"}, {"id": "e", "role": "élu"}]},
            "est écrit deux fois",
        ),
        (
            {"exercices": [{"id": "2025", "clos_le": "2025-12-31", "comptes": "../absent.csv"}]},
            "ne peut pas être ouvert",
        ),
        ({"exercices": [{"id": "2025", "clos_le": "2025-12-31", "mois": 30}]}, "de 1 à 24 mois"),
        (
            {"repondants": [{"id": "e", "role": "élu", "fonction": "Mme Fictive, maire"}]},
            "une personne paraît nommée",
        ),
        ({"personnes": []}, "la rubrique « personnes » n'existe pas"),
    ],
)  # fmt: skip
def test_a_bad_yaml_file_is_refused_at_its_line(tmp_path: Path, ajoute: dict, message: str) -> None:
    chemin = tmp_path / "d.yaml"
    chemin.write_text(yaml.safe_dump(BASE | ajoute, allow_unicode=True, sort_keys=False), encoding="utf-8")
    with pytest.raises(ErreurUtilisateur) as refus:
        lire_dossier(chemin, AU)

    assert message in str(refus.value)
    assert "ligne" in refus.value.anomalies[0].ou


def test_a_title_without_a_name_is_a_function() -> None:
    contenu = BASE | {"repondants": [{"id": "e", "role": "élu", "fonction": "madame la maire"}]}

    assert lire_octets(yaml.safe_dump(contenu).encode(), "d.yaml", AU).dossier.repondants[0].fonction


def test_with_a_single_round_and_respondent_they_need_not_be_repeated() -> None:
    contenu = BASE | {"reponses": [{"critere": "a6", "avis": "ne sait pas"}]}
    (reponse,) = lire_octets(yaml.safe_dump(contenu).encode(), "d.yaml", AU).dossier.reponses

    assert (reponse.critere, reponse.passage, reponse.repondant, reponse.avis) == (
        "A6",
        "n",
        "e",
        "ne-sait-pas",
    )


def test_weights_of_the_user_replace_those_of_the_base_and_bad_ones_are_refused(
    racine: Path, tmp_path: Path
) -> None:
    demo = racine / "data/demo/diagnostics/regie-coteaux-imaginaires.yaml"
    poids = tmp_path / "poids.yaml"
    poids.write_text(
        "ici:\n  titre: Ici\n  territoire: qpv\n  poids: [{critere: B2, poids: 3, motif: Jeunes absents.}]\n"
    )
    avant, apres = faire_diagnostic(demo, AU).diagnostic, faire_diagnostic(demo, AU, poids).diagnostic

    assert avant.questions[0].critere == "A4"
    assert apres.questions[0].critere == "B2"
    assert list(apres.poids) == ["B2"]
    assert [c.critere.id for c in avant.forces] == [c.critere.id for c in apres.forces]
    poids.write_text("ici:\n  titre: Ici\n  poids: [{critere: B2, poids: 9, motif: x}]\nlà: 3\n")
    with pytest.raises(ErreurUtilisateur) as refus:
        lire_ponderations(poids)
    assert len(refus.value.anomalies) >= 2
