"""The answer in every format: same figures, French sentences, nothing that a spreadsheet would run."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from perenne.domain.tresorerie.flux import Subvention
from perenne.domain.tresorerie.flux_depenses import Charge
from perenne.domain.tresorerie.plan import Plan
from perenne.domain.tresorerie.resultat import Resultat
from perenne.reports.tresorerie.champs import LEVIERS
from perenne.reports.tresorerie.classeur import ecrire_classeur
from perenne.reports.tresorerie.courbe_texte import dessiner_texte
from perenne.reports.tresorerie.feuilles_depenses import FEUILLES
from perenne.reports.tresorerie.figures import dessiner_eventail, dessiner_scenarios
from perenne.reports.tresorerie.phrases import duree_dite, nature_du_probleme, reponse
from perenne.reports.tresorerie.rendu import FORMATS, rendre
from perenne.services.tresorerie.fichiers import lire_plan
from perenne.services.tresorerie.interpretation import PlanLu
from perenne.services.tresorerie.simulation import simuler

DEBUT = dt.date(2027, 1, 1)
FINE = "\u202f"


@pytest.fixture(scope="module")
def resultat(racine: Path) -> Resultat:
    return simuler(lire_plan(racine / "data/demo/tresorerie/ressourcerie.yaml"), tirages=200)


def charge(initial: int) -> Resultat:
    loyer = Charge(id="loyer", libelle="Loyer", montant=1_000_00, debut=DEBUT, jour=5)
    plan = Plan(structure="Exemple", debut=DEBUT, tresorerie_initiale=initial, flux=(loyer,))
    return simuler(PlanLu(plan=plan), tirages=0, choisis=["aucun"])


def test_the_answer_comes_first_and_says_when_and_how_much(resultat: Resultat) -> None:
    texte = rendre(resultat, "texte").decode()
    debut = texte.replace(FINE, " ").split("\n\n")[1].replace("\n", " ")
    assert debut.startswith(
        "La trésorerie. La trésorerie passe sous zéro le 28 mars 2028 dans le scénario sécurisé."
    )
    assert "il manque 84 689 € pour garder un mois de charges" in debut


@pytest.mark.parametrize(
    ("initial", "attendus"),
    [
        (
            40_000_00,
            ["La trésorerie tient dans", "il reste 4 000 €, soit plus d’un mois de charges (1 000 €)."],
        ),
        (36_500_00, ["ne passe pas sous zéro", "il ne reste que 500 € : il manque 500 € pour garder"]),
        (35_000_00, ["passe sous zéro le 5 décembre 2029", "elle est à −1 000 € : il manque 2 000 €"]),
    ],
)
def test_the_answer_in_the_three_situations(initial: int, attendus: list[str]) -> None:
    dit = re.sub("[\u202f\u00a0]", " ", reponse(charge(initial)))
    assert all(a in dit for a in attendus), dit


def test_a_deficit_is_not_called_a_delay() -> None:
    assert "déficit, pas seulement" in nature_du_probleme(charge(10_000_00))
    subvention = Subvention(
        id="s", montant=50_000_00, notification=DEBUT, solde_le=dt.date(2029, 12, 1), delai_max=None
    )
    plan = charge(10_000_00).plan.avec(subvention)
    assert "décalage, pas un déficit" in nature_du_probleme(
        simuler(PlanLu(plan=plan), tirages=0, choisis=["aucun"])
    )
    assert nature_du_probleme(charge(40_000_00)) == ""


def test_no_line_of_text_is_wider_than_a_terminal(resultat: Resultat) -> None:
    assert max(len(ligne) for ligne in rendre(resultat, "texte").decode().split("\n")) <= 110


def test_every_format_is_written_and_the_same_twice(resultat: Resultat) -> None:
    for format_ in FORMATS:
        octets = rendre(resultat, format_)
        assert len(octets) > 2_000
        if format_ != "xlsx":  # a workbook carries the time of its saving
            assert rendre(resultat, format_) == octets
    with pytest.raises(ValueError, match="unknown format"):
        rendre(resultat, "odt")  # type: ignore[arg-type]


def test_html_is_self_contained_and_says_the_figures(resultat: Resultat) -> None:
    page = rendre(resultat, "html").decode()
    assert "<script" not in page
    assert not re.search(r'(src|href)="(?!#)', page)
    assert "84\u202f689\u202f€" in page
    assert page.count("<svg") == 2
    identifiants = re.findall(r'\bid="([^"]+)"', page)
    assert len(identifiants) == len(set(identifiants))


def test_pdf_is_tagged_and_readable(resultat: Resultat) -> None:
    lecteur = PdfReader(io.BytesIO(rendre(resultat, "pdf")))
    assert "/MarkInfo" in lecteur.trailer["/Root"]
    texte = " ".join(p.extract_text() for p in lecteur.pages)
    assert "Retard ou déficit" in texte
    assert len(lecteur.pages) <= 5


def test_workbook_keeps_numbers_as_numbers(resultat: Resultat) -> None:
    classeur = load_workbook(io.BytesIO(rendre(resultat, "xlsx")))
    assert classeur.sheetnames[0] == "Réponse"
    periodes = classeur["Période par période"]
    assert periodes.max_row >= 39
    assert periodes.cell(4, 2).value == pytest.approx(resultat.courbes[0].soldes[0] / 100)
    assert not [c for page in classeur for ligne in page.iter_rows() for c in ligne if c.data_type == "f"]


def test_json_gives_cents_and_all_scenarios(resultat: Resultat) -> None:
    lu = json.loads(rendre(resultat, "json"))
    assert [b["scenario"] for b in lu["bilans"]] == ["securise", "probable", "espere"]
    assert lu["bilans"][0]["minimum"] == resultat.bilan().minimum
    assert len(lu["courbes"][0]["soldes"]) == 36
    assert {f["nature"] for f in lu["plan"]["flux"]} >= {"operation-ue", "salaires"}


def test_figures_are_well_formed_and_described(resultat: Resultat) -> None:
    for figure in (dessiner_scenarios(resultat.courbes), dessiner_eventail(resultat.incertitudes[0])):
        racine = ET.fromstring(figure.svg)
        nombres = re.findall(r"-?\d+\.?\d*", " ".join(e.get("d", "") for e in racine.iter()))
        assert all(-1 <= float(n) <= 341 for n in nombres)
        assert "€" in figure.description


def test_the_text_curve_puts_the_lowest_point_on_its_last_row(resultat: Resultat) -> None:
    dessin = dessiner_texte(resultat.courbes).split("\n")
    creux = resultat.courbes[0].bas.index(min(resultat.courbes[0].bas))
    ligne = dessin[13].split("|")[1]
    assert ligne.index("#") == creux
    assert "−60" in dessin[13]


def test_weekly_curves_are_grouped_to_fit(racine: Path) -> None:
    lu = lire_plan(racine / "data/demo/tresorerie/cafe-associatif.yaml")
    r = simuler(lu, pas="semaine", tirages=0, choisis=["aucun"])
    assert len(r.courbes[0].fins) == 157
    assert max(len(x) for x in dessiner_texte(r.courbes).split("\n")) <= 100


def test_durations_are_said_in_the_unit_that_fits() -> None:
    assert [duree_dite(n) for n in (1, 10, 21, 61)] == ["1 jour", "10 jours", "3 semaines", "2 mois"]


def test_lists_of_the_template_fit_what_excel_accepts() -> None:
    classeur = load_workbook(io.BytesIO(ecrire_classeur(None)))
    for feuille in FEUILLES:
        page = classeur[feuille.titre]
        requis = [c for c in page[3] if str(c.value).endswith("*")]
        assert len(requis) == sum(feuille.obligatoire(c) for c in feuille.champs)
        for regle in page.data_validations.dataValidation:
            assert len(regle.formula1 or "") <= 255
    assert not [mots for _, mots in LEVIERS if "," in mots]
    commentaires = [c.comment for c in classeur["Subventions"][3] if c.comment]
    assert len(commentaires) > 10
