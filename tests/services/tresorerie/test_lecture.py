"""Reading: values as the French write them, YAML with its lines, and the way back unchanged."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.domain.tresorerie.dates import Duree
from perenne.domain.tresorerie.flux import (
    AidePoste,
    Convention,
    Dons,
    Marche,
    OperationUE,
    Recette,
    Subvention,
    Ventes,
)
from perenne.domain.tresorerie.flux_depenses import (
    AtelierRelais,
    Charge,
    Emprunt,
    EnNature,
    Etalement,
    Investissement,
    Relais,
    Salaires,
)
from perenne.domain.tresorerie.levier import Levier
from perenne.domain.tresorerie.plan import Decouvert, Plan, RegimeTva
from perenne.reports.tresorerie.classeur import ecrire_classeur
from perenne.reports.tresorerie.feuilles_depenses import FEUILLES, FEUILLES_FLUX
from perenne.reports.tresorerie.valeurs import ecrire_duree
from perenne.reports.tresorerie.yaml_plan import ecrire_plan_yaml
from perenne.services.tresorerie.fichiers import ecrire_plan, lire_octets, lire_plan
from perenne.services.tresorerie.interpretation import PlanLu
from perenne.services.tresorerie.lire_valeurs import (
    ValeurIllisible,
    lire_centiemes,
    lire_date,
    lire_duree,
    lire_oui_non,
)
from perenne.services.tresorerie.saisie import Brut

D = dt.date
A, Z = D(2027, 1, 1), D(2029, 12, 31)
COMPLET = Plan(
    structure="Tout à la fois",
    debut=A,
    tresorerie_initiale=-1_234_56,
    horizon_mois=48,
    securite_mois=150,
    decouvert=Decouvert(plafond=5_000_00, taux=825, du=A, au=Z),
    tva=RegimeTva(
        periodicite="trimestre",
        jour=24,
        prorata=6_250,
        seuil_remboursement=760_00,
        mois_remboursement=(3, 12),
        delai_remboursement_mois=3,
        credit_initial=12_34,
    ),
    flux=(
        Subvention(
            id="s",
            libelle="Aide",
            statut="espere",
            payeur="=Ville",
            montant=10_000_01,
            notification=A,
            acompte=3_333,
            acompte_delai=Duree(mois=1, jours=15),
            acompte_delai_max=Duree(mois=3),
            solde_le=Z,
            delai=Duree(jours=1),
            delai_min=Duree(),
            delai_max=Duree(mois=12),
            part_min=8_050,
            part_max=11_000,
            probabilite=4_000,
        ),
        Subvention(
            id="s2",
            montant=1,
            notification=A,
            solde_le=A,
            delais_observes=(90, 120),
            parts_observees=(8_050, 10_000),
        ),
        Convention(
            id="c", debut=A, montants=(1_00, 2_00, 3_50), acompte=7_000, acompte_delai=Duree(jours=60)
        ),
        OperationUE(
            id="u",
            debut=A,
            fin=Z,
            depenses=60_000_00,
            taux=8_550,
            avance=3_000,
            avance_plafond=50_000_00,
            avance_delai=Duree(mois=3),
            demandes=(A, Z),
            parts_demandees=(2_000, 1_050),
            rejet=250,
            demande_delai=Duree(mois=6),
            delai=Duree(mois=9),
        ),
        AidePoste(
            id="a",
            debut=A,
            fin=Z,
            etp=8_25,
            montant_par_etp=24_000_50,
            occupation=9_250,
            mois_regularisation=(6,),
            delai=Duree(jours=20),
            delai_bilan=Duree(mois=4),
            modulation=500,
        ),
        Marche(
            id="m",
            montant=36_000_00,
            debut=A,
            fin=Z,
            periodicite="trimestre",
            avance=1_000,
            resorption_debut=0,
            tva=2_000,
        ),
        Ventes(
            id="v",
            annuel=42_000_00,
            debut=A,
            fin=Z,
            saison=(0, 2, 3, 4, 5, 6, 7, 8, 9, 1, 1, 12),
            jour=31,
            impayes=150,
        ),
        Dons(id="d", annuel=1_500_00, debut=A, fin=Z),
        Recette(id="r", montant=5_000_00, debut=A, fin=Z, periodicite="semestre"),
        Salaires(id="p", net=5_200_00, charges=2_700_00, debut=A, charges_trimestrielles=True, jour_net=31),
        Charge(id="l", montant=900_00, debut=A, periodicite="unique", jour=5, tva=550, delai=Duree(jours=30)),
        Investissement(
            id="i", cout=32_000_00, date=A, subvention=16_000_00, statut_subvention="probable", tva=2_000
        ),
        Emprunt(id="e", montant=16_000_00, date=A, taux=365, duree_mois=48, differe_mois=6, frais=120_00),
        AtelierRelais(id="ar", montant=120_000_00, date=A, taux=300, duree_mois=180),
        Relais(
            id="av",
            type="avance-publique",
            date=A,
            cible="u",
            echeance="solde",
            quotite=8_000,
            plafond=40_000_00,
            taux=150,
            commission=25,
            au_plus_tard=Z,
        ),
        EnNature(id="n", valeur_mensuelle=600_00, debut=A, retrait=Z, cout_mensuel=650_00),
        Etalement(
            id="et", cible="p", composante="charges", du=A, au=Z, premiere=Z, mensualites=12, majoration=500
        ),
    ),
)
LEVIERS = (
    Levier(
        id="x",
        nature="acompte",
        libelle="Plus tôt",
        acteur="Ville",
        cibles=("s", "c"),
        quotite=8_000,
        delai=Duree(mois=1, jours=1),
        statut="probable",
    ),
    Levier(id="y", nature="pret-relais", montant=10_000_00, date=A, mois=18, taux=250),
)


def test_every_kind_of_flow_has_its_sheet_and_every_field_its_column() -> None:
    assert {type(f) for f in COMPLET.flux} == {f.classe for f in FEUILLES_FLUX}
    for feuille in FEUILLES:
        champs = set(feuille.classe.__dataclass_fields__) - {"nature"}
        assert {c.nom for c in feuille.champs} - {"nature"} == champs
        assert len(feuille.titre) <= 31


def test_a_workbook_read_back_is_the_same_plan() -> None:
    lu = lire_octets(ecrire_classeur(COMPLET, LEVIERS), "plan.xlsx")
    assert lu == PlanLu(plan=COMPLET, leviers=LEVIERS)
    encore = lire_octets(ecrire_classeur(lu.plan, lu.leviers), "plan.xlsx")
    assert encore == lu


def test_a_yaml_plan_read_back_is_the_same_plan() -> None:
    texte = ecrire_plan_yaml(COMPLET, LEVIERS)
    lu = lire_octets(texte.encode(), "plan.yaml")
    assert lu == PlanLu(plan=COMPLET, leviers=LEVIERS)
    assert ecrire_plan_yaml(lu.plan, lu.leviers) == texte


def test_demonstration_plans_are_fictional_and_make_the_round_trip(racine: Path, tmp_path: Path) -> None:
    fichiers = sorted((racine / "data/demo/tresorerie").glob("*.yaml"))
    assert len(fichiers) == 3
    for fichier in fichiers:
        lu = lire_plan(fichier)
        assert "fictif" in lu.plan.structure or "fictive" in lu.plan.structure
        ecrire_plan(lu, tmp_path / "plan.xlsx")
        assert lire_plan(tmp_path / "plan.xlsx") == lu


def test_example_lines_of_the_template_are_a_plan_that_can_be_run() -> None:
    """What the template shows as an example must itself be accepted."""
    from io import BytesIO

    from openpyxl import load_workbook

    classeur = load_workbook(BytesIO(ecrire_classeur(None)))
    page = classeur["Structure"]
    for rang, valeur in ((4, "Exemple"), (5, A), (6, 1000)):
        page.cell(rang, 2).value = valeur
    for feuille in FEUILLES:
        premiere = classeur[feuille.titre].cell(4, 1)
        assert str(premiere.value).startswith("exemple")
        premiere.value = feuille.exemple["id"]
    sortie = BytesIO()
    classeur.save(sortie)
    lu = lire_octets(sortie.getvalue(), "modele.xlsx")
    assert len(lu.plan.flux) == len(FEUILLES_FLUX)
    assert len(lu.leviers) == 1


def test_example_lines_left_in_place_are_not_read() -> None:
    lu = lire_octets(ecrire_classeur(replace(COMPLET, flux=())), "plan.xlsx")
    assert lu.plan.flux == ()


@pytest.mark.parametrize(
    ("ecrit", "lu"),
    [
        (24000, 2_400_000),
        (24000.5, 2_400_050),
        ("24 000,50 €", 2_400_050),
        ("1 200,00 EUR", 120_000),
        ("1200 euros", 120_000),
        ("24\u202f000", 2_400_000),
        ("1.234,56", 123_456),
        ("-12,5", -1_250),
        ("−3", -300),
        (0.005, 1),
        ("12 %", 1_200),
    ],
)
def test_french_numbers(ecrit: object, lu: int) -> None:
    assert lire_centiemes(Brut(ecrit, "")) == lu


@pytest.mark.parametrize(
    "ecrit", ["1.234", "1,2,3", "douze", "", "nan", float("nan"), True, D(2027, 1, 1), "1,5.2"]
)
def test_what_is_not_a_number_is_refused(ecrit: object) -> None:
    with pytest.raises(ValeurIllisible):
        lire_centiemes(Brut(ecrit, ""))


@pytest.mark.parametrize(
    "ecrit",
    [
        "15/03/2027",
        "15/3/2027",
        "15.03.2027",
        "15-03-2027",
        "2027-03-15",
        "15 mars 2027",
        "15 MARS 2027",
        46461,
        46461.0,
        D(2027, 3, 15),
        dt.datetime(2027, 3, 15),  # noqa: DTZ001 - what a workbook gives
    ],
)
def test_french_dates(ecrit: object) -> None:
    assert lire_date(Brut(ecrit, "")) == D(2027, 3, 15)


@pytest.mark.parametrize(
    "ecrit", ["15/03/27", "03/15/2027", "31/04/2027", "mars 2027", 12, 1e9, "15 marsse 2027", "01/01/1850"]
)
def test_what_is_not_a_date_is_refused(ecrit: object) -> None:
    with pytest.raises(ValeurIllisible):
        lire_date(Brut(ecrit, ""))


@pytest.mark.parametrize(
    ("ecrit", "duree"),
    [
        ("90 jours", Duree(jours=90)),
        (90, Duree(jours=90)),
        ("90", Duree(jours=90)),
        ("24 mois", Duree(mois=24)),
        ("2 ans", Duree(mois=24)),
        ("2 mois et 15 jours", Duree(mois=2, jours=15)),
        ("3 semaines", Duree(jours=21)),
        ("30 j", Duree(jours=30)),
        ("1 an", Duree(mois=12)),
    ],
)
def test_durations_in_words(ecrit: object, duree: Duree) -> None:
    assert lire_duree(Brut(ecrit, "")) == duree
    assert lire_duree(Brut(ecrire_duree(duree), "")) == duree


@pytest.mark.parametrize("ecrit", ["bientôt", "3 lunes", "90 jours fin de mois", 1.5, "9000 mois"])
def test_what_is_not_a_duration_is_refused(ecrit: object) -> None:
    with pytest.raises(ValeurIllisible):
        lire_duree(Brut(ecrit, ""))


def test_yes_and_no() -> None:
    assert [lire_oui_non(Brut(v, "")) for v in ("Oui", "non", True, "x", 0)] == [
        True,
        False,
        True,
        True,
        False,
    ]


YAML = """\
structure:
  structure: Café
  debut: 01/01/2027
  tresorerie_initiale: 1000
charges:
  - id: loyer
    montant: 900
    debut: 01/01/2027
"""


@pytest.mark.parametrize(
    ("avant", "apres", "message"),
    [
        ("charges:", "charge:", "ligne 5 : la rubrique « charge » n'existe pas. Vouliez-vous « charges » ?"),
        (
            "montant:",
            "montan:",
            "ligne 7 (loyer) : « montan » n'existe pas dans « charges ». Vouliez-vous « montant » ?",
        ),
        (
            "montant: 900",
            "montant: beaucoup",
            "ligne 7 (loyer) : « Montant HT (€) » : « beaucoup » n'est pas un nombre",
        ),
        ("montant: 900", "montant: [900]", "une seule valeur est attendue ici"),
        (
            "  - id: loyer\n    montant: 900\n    debut: 01/01/2027",
            "  id: loyer",
            "une ligne « - id: » par flux",
        ),
        ("  - id: loyer\n    montant: 900\n    debut: 01/01/2027", "  - loyer", "commence par « - id: »"),
        ("montant: 900", "montant: -900", "est négatif"),
        (
            "structure:\n  structure: Café\n  debut: 01/01/2027\n  tresorerie_initiale: 1000\n",
            "",
            "la structure n'est pas décrite",
        ),
        (YAML, "- a\n- b\n", "un plan commence par « structure: »"),
        (YAML, "", "ce fichier est vide"),
        ("structure: Café", "structure: 'Café", "ligne"),
        ("debut: 01/01/2027\n  treso", "debut: 01/01/2027\n  debut: 02/01/2027\n  treso", "deux fois"),
    ],
)
def test_a_bad_yaml_plan_is_refused_at_its_line(avant: str, apres: str, message: str) -> None:
    assert lire_octets(YAML.encode(), "plan.yaml").plan.structure == "Café"
    with pytest.raises(ErreurUtilisateur) as erreur:
        lire_octets(YAML.replace(avant, apres, 1).encode(), "plan.yaml")
    assert message in str(erreur.value)


def test_the_kind_of_file_is_found_by_its_content() -> None:
    assert lire_octets(ecrire_classeur(COMPLET), "plan.yaml").plan == COMPLET


def test_a_template_is_only_written_as_a_workbook(tmp_path: Path) -> None:
    with pytest.raises(ErreurUtilisateur, match=r"finit par \.xlsx"):
        ecrire_plan(None, tmp_path / "modele.csv")
    with pytest.raises(ErreurUtilisateur, match="ne peut pas être écrit"):
        ecrire_plan(None, tmp_path / "absent" / "modele.xlsx")
    assert not list(tmp_path.iterdir())
