"""Several respondents, two rounds, figures beside benchmarks, and the facts that levers read."""

from __future__ import annotations

import datetime as dt

import pytest

from perenne.domain.entreprise.diagnostic import Diagnostic, diagnostiquer
from perenne.domain.entreprise.dossier import (
    Chiffre,
    Dossier,
    Exercice,
    Passage,
    Repondant,
    Reponse,
    Ressource,
    Structure,
)
from perenne.domain.entreprise.economie import lire_economie
from perenne.domain.entreprise.faits import tirer_faits
from perenne.domain.entreprise.questions import prochain_passage
from perenne.domain.entreprise.ressources import pluriannuelle
from perenne.domain.regles.faits import lire_faits
from perenne.domain.savoir.ponderations import Ponderation
from perenne.kb.controles_regles import portee_de
from perenne.services.savoir import obtenir_base

AU = dt.date(2026, 11, 23)


def diagnostic(reponses: str, *, chiffres: tuple[Chiffre, ...] = (), **autres: object) -> Diagnostic:
    """Answers written "n A6 entreprise non ; …"."""
    lues = []
    for morceau in filter(None, (m.strip() for m in reponses.split(";"))):
        passage, critere, repondant, avis = morceau.split()
        lues.append(Reponse(critere=critere, passage=passage, repondant=repondant, avis=avis))  # type: ignore[arg-type]
    dossier = Dossier(
        structure=Structure(nom="Fictive"),
        repondants=(Repondant(id="entreprise", role="entreprise"), Repondant(id="elu", role="elu")),
        passages=(Passage(id="n", date=dt.date(2024, 1, 1)), Passage(id="n2", date=dt.date(2026, 1, 1))),
        reponses=tuple(lues),
        chiffres=chiffres,
        **autres,  # type: ignore[arg-type]
    )
    base = obtenir_base()
    return diagnostiquer(
        dossier, criteres=base.criteres, familles=base.familles,
        ponderations=base.de(Ponderation).values(), au=AU,
    )  # fmt: skip


def etats(d: Diagnostic) -> dict[str, str]:
    assert d.profil is not None
    return {c.critere.id: c.etat for c in d.profil.criteres()}


def test_two_people_who_disagree_are_shown_apart_and_make_neither_strength_nor_gap() -> None:
    d = diagnostic("n2 C11 entreprise non ; n2 C11 elu oui ; n2 A6 entreprise moyen ; n2 A6 elu non")

    assert etats(d)["C11"] == "desaccord"
    assert [r.avis for r in d.desaccords[0].reponses] == ["non", "oui"]
    assert etats(d)["A6"] == "a-consolider"
    assert d.a_consolider[0].divergence
    assert not d.forces
    assert not d.fragilites
    assert {q.critere for q in d.questions if q.motif == "desaccord"} == {"C11", "A6"}
    faits = tirer_faits(d)
    assert "critere_c11" not in faits.faits
    assert set(faits.en_desaccord) == {"critere_c11", "critere_a6"}


def test_the_whole_grid_is_there_and_silence_is_no_answer() -> None:
    d = diagnostic("n2 A6 entreprise non")

    assert len(etats(d)) == 39
    assert sum(e == "sans-reponse" for e in etats(d).values()) == 38
    assert [c.critere.id for c in d.fragilites] == ["A6"]


def test_the_trend_goes_respondent_by_respondent() -> None:
    d = diagnostic(
        "n A6 entreprise moyen ; n2 A6 entreprise non ; n A8 entreprise non ; n2 A8 entreprise oui ;"
        "n A8 elu oui ; n2 A8 elu non ; n C2 entreprise moyen ; n2 C2 entreprise oui ; n C2 elu oui ;"
        "n2 C2 elu oui ; n B1 elu non ; n2 B1 entreprise oui ; n C5 entreprise non ; n2 T1 elu oui ;"
        "n A4 entreprise non ; n2 A4 entreprise non"
    )
    vues = {e.critere: e for e in d.tendance}

    assert vues["A6"].evolution == "moins-bien"
    assert vues["A8"].evolution == "partage"
    assert vues["C2"].evolution == "mieux"
    assert vues["A4"].evolution == "stable"
    assert (vues["B1"].evolution, vues["B1"].comparaison) == ("autre-methode", "mieux")
    assert vues["C5"].evolution == "incomparable"
    assert vues["A8"].par_repondant == (("entreprise", "non", "oui"), ("elu", "oui", "non"))


def test_a_figure_moves_in_the_direction_that_its_measure_calls_good() -> None:
    chiffres = tuple(
        Chiffre(mesure=m, passage=p, repondant="entreprise", valeur=v)
        for m, p, v in (
            ("delai_paiement_max_mois", "n", 18.0), ("delai_paiement_max_mois", "n2", 24.0),
            ("tresorerie_mois", "n", 1.0), ("tresorerie_mois", "n2", 2.0),
            ("part_ventes", "n", 20.0), ("part_ventes", "n2", 30.0),
        )
    )  # fmt: skip
    d = diagnostic("n A6 entreprise non ; n2 A6 entreprise non", chiffres=chiffres)
    sens = {m.mesure.id: m.sens for e in d.tendance for m in e.mesures}

    assert sens == {"delai_paiement_max_mois": "moins-bien", "tresorerie_mois": "mieux", "part_ventes": None}


def test_a_figure_that_contradicts_the_answer_is_asked_about_not_corrected() -> None:
    chiffre = Chiffre(mesure="tresorerie_mois", passage="n2", repondant="elu", valeur=0.8)
    d = diagnostic("n2 A6 entreprise oui", chiffres=(chiffre,))

    assert etats(d)["A6"] == "solide"
    assert [q.motif for q in d.questions if q.critere == "A6"] == ["contradiction"]
    (repere,) = d.forces[0].a_rapprocher
    assert (repere.repere.type, repere.repere.valeur) == ("repere", 3)


def test_two_different_figures_leave_the_measure_unknown() -> None:
    chiffres = tuple(
        Chiffre(mesure="personnes_relais_nombre", passage="n2", repondant=r, valeur=v)
        for r, v in (("entreprise", 5.0), ("elu", 2.0))
    )
    faits = tirer_faits(diagnostic("n2 B1 entreprise oui", chiffres=chiffres))

    assert "personnes_relais_nombre" not in faits.faits
    assert "personnes_relais_nombre" in faits.en_desaccord


def test_the_accounts_closed_before_the_round_give_its_measures_and_later_ones_do_not() -> None:
    def annee(fin: int, banque: int) -> Exercice:
        montants = {"disponibilites": banque * 100, "fonds-propres": banque * 100, "achats": 12_000_00}
        return Exercice(id=str(fin), clos_le=dt.date(fin, 12, 31), montants=montants)  # type: ignore[arg-type]

    d = diagnostic(
        "n A6 entreprise non ; n2 A6 entreprise oui", exercices=(annee(2023, 500), annee(2025, 4_000))
    )

    assert tirer_faits(d).faits["tresorerie_mois"] == pytest.approx(4.0)
    assert tirer_faits(d).origines["tresorerie_mois"] == "comptes"
    (mesure,) = [m for e in d.tendance for m in e.mesures if m.mesure.id == "tresorerie_mois"]
    assert (mesure.avant, mesure.apres) == (pytest.approx(0.5), pytest.approx(4.0))


def test_every_fact_drawn_from_a_diagnosis_is_one_that_the_rules_can_read() -> None:
    chiffres = (
        Chiffre(mesure="occupation_titre", passage="n2", repondant="elu", valeur="bail"),
        Chiffre(mesure="releve_identifiee", passage="n2", repondant="elu", valeur=False),
        Chiffre(mesure="tresorerie_mois", passage="n2", repondant="elu", valeur=0.5),
    )
    d = diagnostic("n2 A6 entreprise non ; n2 A9 entreprise sans-objet", chiffres=chiffres)
    faits = tirer_faits(d).faits
    valeurs, defauts = lire_faits(faits, portee_de(obtenir_base().fiches).faits)

    assert defauts == ()
    assert set(valeurs) == set(faits) >= {"critere_a6", "occupation_titre", "tresorerie_mois"}
    assert "critere_a9" not in faits


def test_the_grid_is_to_be_filled_again_two_years_later() -> None:
    assert prochain_passage(dt.date(2024, 2, 29)) == dt.date(2026, 2, 28)
    assert prochain_passage(dt.date(2026, 6, 9)) == dt.date(2028, 6, 9)


@pytest.mark.parametrize(
    ("debut", "fin", "attendu"),
    [
        (dt.date(2024, 1, 1), dt.date(2025, 12, 31), True),
        (dt.date(2024, 1, 1), dt.date(2025, 12, 30), False),
        (dt.date(2024, 7, 15), dt.date(2026, 7, 14), True),
        (dt.date(2024, 2, 29), dt.date(2026, 2, 27), True),
        (None, dt.date(2030, 1, 1), False),
    ],
)
def test_an_agreement_is_multi_year_from_twenty_four_months(
    debut: dt.date | None, fin: dt.date, attendu: bool
) -> None:
    r = Ressource(
        exercice="x", poste="subventions", payeur="p", montant=1, debut_engagement=debut, engage_jusqu_au=fin
    )

    assert pluriannuelle(r) is attendu


def test_the_departure_of_the_first_payer_worked_by_hand() -> None:
    # Produits 100, charges 98 dont 6 de dotations : résultat 2, CAF 8. Sans le payeur de 40 : −32 par an,
    # 16 de trésorerie tiennent 6 mois ; un an après, 16 − 32 = −16.
    e = Exercice(
        id="x", clos_le=dt.date(2025, 12, 31),
        montants={"disponibilites": 1_600_000, "fonds-propres": 1_600_000, "achats": 9_200_000,
                  "dotations": 600_000, "subventions": 10_000_000},
    )  # fmt: skip
    ressources = (
        Ressource(exercice="x", poste="subventions", payeur="P", montant=4_000_000, nature="public"),
        Ressource(exercice="x", poste="ventes", payeur="clients", montant=6_000_000, nombre=0),
        Ressource(exercice="x", poste="nature", payeur="P", montant=500_000, ecrit=True),
    )
    (lu,) = lire_economie(Dossier(structure=Structure(nom="F"), exercices=(e,), ressources=ressources))
    assert lu.repartition is not None
    (depart,) = lu.repartition.departs

    assert depart.perte == 4_000_000
    assert depart.resultat_apres == -3_800_000
    assert depart.tresorerie_apres == -1_600_000
    assert depart.mois_tenus == pytest.approx(6)
    assert depart.tient is False
    assert lu.repartition.argent == 10_000_000  # in kind is not money
    assert lu.mesures["part_premier_financeur"] == pytest.approx(40)
    assert lu.mesures["contributions_nature_part"] == pytest.approx(100 * 5_000 / (98_000 + 5_000))
    assert lu.repartition.payeurs_effectifs is None  # most of the money comes from an uncounted crowd
