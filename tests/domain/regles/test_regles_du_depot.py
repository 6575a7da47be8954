"""The rules of the repository: checks, examples, outcomes, confidence, and the errors of the study."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from perenne.domain.regles.faits import lire_faits
from perenne.domain.regles.moteur import evaluer_regle
from perenne.domain.regles.periodes import changements
from perenne.domain.regles.types import Portee
from perenne.domain.regles.verification import verifier_expressions, verifier_regle
from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.savoir.regles import Regle

RACINE = Path(__file__).resolve().parents[3]
IDENTIFIANTS = sorted(
    str(f.relative_to(RACINE / "knowledge/regles").with_suffix(""))
    for f in (RACINE / "knowledge/regles").rglob("*.yaml")
)


@pytest.mark.parametrize("identifiant", IDENTIFIANTS)
def test_every_example_of_a_rule_holds(identifiant: str, base: BaseSavoir, portee: Portee) -> None:
    regle = base.regles[identifiant]
    assert len(regle.exemples) >= 2
    for exemple in regle.exemples:
        faits, defauts = lire_faits(exemple.avec or {}, portee.faits)
        assert not defauts
        resultat = evaluer_regle(regle, faits, exemple.au, base.regles)
        obtenu: object = resultat.issue
        if resultat.issue is None:
            obtenu = "inconnu" if resultat.valeur is None else float(resultat.valeur)
        assert obtenu == exemple.attendu, exemple
        assert not exemple.manque or set(exemple.manque) == set(resultat.manquants), exemple


def test_every_rule_is_well_formed_and_every_case_can_apply(base: BaseSavoir, portee: Portee) -> None:
    assert not [d for r in base.regles.values() for d in verifier_expressions(r, portee)]
    assert not [(r.id, d) for r in base.regles.values() for d in verifier_regle(r, portee, base.regles)]


def test_every_outcome_of_a_firm_rule_is_shown_by_an_example(base: BaseSavoir) -> None:
    """Outcomes of A and B versions; a C version only ever answers `a_verifier`."""
    absents = []
    for regle in base.regles.values():
        montres = {e.attendu for e in regle.exemples}
        for version in regle.versions:
            if (version.confiance or regle.confiance) == "C":
                continue
            conclus = {c.issue for c in version.cas if c.confiance != "C"}
            absents += [(regle.id, i) for i in conclus - montres - {"sans_objet", "a_verifier"}]
    assert not absents


def _dates(regle: Regle) -> set[dt.date]:
    return {d + dt.timedelta(days=n) for d in changements(regle) for n in (-1, 0)} | {dt.date(2026, 11, 23)}


def test_confidence_c_never_decides(base: BaseSavoir, portee: Portee) -> None:
    vus = 0
    for regle in base.regles.values():
        situations = [lire_faits(e.avec or {}, portee.faits)[0] for e in regle.exemples]
        for jour in _dates(regle):
            for faits in situations:
                resultat = evaluer_regle(regle, faits, jour, base.regles)
                if resultat.confiance == "C" and resultat.issue is not None:
                    vus += 1
                    assert resultat.issue == "a_verifier", (regle.id, jour)
                    assert not resultat.ferme
    assert vus > 50


def test_without_any_fact_a_rule_never_excludes(base: BaseSavoir) -> None:
    for regle in base.regles.values():
        for jour in _dates(regle):
            assert evaluer_regle(regle, {}, jour, base.regles).issue != "exclu", (regle.id, jour)


def test_learning_a_fact_never_reverses_a_decided_answer(base: BaseSavoir, portee: Portee) -> None:
    """Facts of each example are given one by one: once decided, the answer does not change."""
    for regle in base.regles.values():
        for exemple in regle.exemples:
            faits, _ = lire_faits(exemple.avec or {}, portee.faits)
            connu: object = None
            for n in range(len(faits) + 1):
                partiels = dict(list(faits.items())[:n])
                resultat = evaluer_regle(regle, partiels, exemple.au, base.regles)
                if connu is not None:
                    assert resultat.issue == connu, (regle.id, exemple)
                if len(resultat.retenus) == 1 and resultat.issue not in {None, "a_verifier"}:
                    connu = resultat.issue


def test_a_firm_answer_says_where_it_is_written(base: BaseSavoir, portee: Portee) -> None:
    for regle in base.regles.values():
        for exemple in regle.exemples:
            faits, _ = lire_faits(exemple.avec or {}, portee.faits)
            resultat = evaluer_regle(regle, faits, exemple.au, base.regles)
            if resultat.ferme:
                assert resultat.references, (regle.id, exemple.au)


def test_b_confidence_that_rests_on_a_page_says_so(base: BaseSavoir) -> None:
    """Confidence A never rests on pages that only report the text."""
    for regle in base.regles.values():
        for version in regle.versions:
            references = version.references or regle.references
            if (version.confiance or regle.confiance) == "A":
                assert any(not r.secondaire for r in references), (regle.id, version.du)


def test_every_rule_of_the_working_notes_is_there(base: BaseSavoir, partage: Path) -> None:
    notes = (partage / "research/regles.md").read_text(encoding="utf-8")
    attendus = set(re.findall(r"^\| ([A-Z]-[A-Z0-9a-z-]+) \|", notes, flags=re.M))
    presents = {c for r in base.regles.values() for c in r.codes}
    assert len(attendus) > 60
    assert attendus <= presents


def test_a_rule_that_lacks_facts_is_not_said_to_be_unknown_at_this_date(demander: Any) -> None:
    resultat = demander("commande-publique/reserve", dt.date(2026, 1, 1), {"agrement_iae": "aucun"})
    assert "forme_juridique" in resultat.manquants
    assert resultat.lacunes == ()
    sans_texte = demander("commande-publique/mapa", dt.date(2028, 6, 1), {})
    assert (sans_texte.issue, sans_texte.manquants) == ("a_verifier", ())


# -- what the study says that is wrong ---------------------------------------------------------------

AUJOURD_HUI = dt.date(2026, 11, 23)


def test_ten_thousand_inhabitants_is_not_the_threshold_of_a_quarter(demander: Any) -> None:
    avec = {"outre_mer": False, "population_quartier": 1500, "population_unite_urbaine": 60000}
    avec |= {"revenu_median_quartier": 11000, "seuil_revenu_quartier": 12000}
    assert demander("zonages/qpv-metropole-criteres", AUJOURD_HUI, avec).issue == "oui"


def test_the_income_threshold_of_a_quarter_is_not_a_single_figure(demander: Any) -> None:
    commun = {"unite_urbaine_plus_de_5_millions": False, "revenu_median_national": 20000}
    # Hand calculation: 0.6 × (0.7 × 20000 + 0.3 × UU) = 8400 + 0.18 × UU.
    riche = demander("zonages/qpv-seuil-revenu", AUJOURD_HUI, commun | {
        "revenu_median_unite_urbaine": 25000, "revenu_median_quartier": 12800})  # fmt: skip
    pauvre = demander("zonages/qpv-seuil-revenu", AUJOURD_HUI, commun | {
        "revenu_median_unite_urbaine": 15000, "revenu_median_quartier": 12800})  # fmt: skip
    assert (riche.issue, pauvre.issue) == ("oui", "non")


def test_the_purchasing_scheme_is_a_duty_above_the_threshold(demander: Any) -> None:
    avec = {"acheteur_soumis_au_code": True, "achats_annuels_acteur": 50_000_001}
    assert demander("commande-publique/spaser", AUJOURD_HUI, avec).issue == "obligatoire"


def test_direct_purchase_and_adapted_procedure_are_two_rules(demander: Any) -> None:
    avec = {"objet_marche": "services", "montant_marche": 45000, "service_social_ou_specifique": False}
    avec |= {"categorie_acheteur": "collectivite"}
    en_2025 = dt.date(2025, 6, 1)
    assert demander("commande-publique/dispense-de-procedure", en_2025, avec).issue == "exclu"
    assert demander("commande-publique/mapa", en_2025, avec).issue == "possible"


def test_no_number_of_quotes_is_required(demander: Any) -> None:
    for devis in (0, 1, 3, 5):
        avec = {"nombre_devis": devis}
        assert demander("commande-publique/devis", AUJOURD_HUI, avec).issue == "facultatif"


def test_the_share_of_a_cooperative_does_not_speak_of_the_state(demander: Any) -> None:
    avec = {"forme_juridique": "scic", "type_acteur": "etat-services", "part_publique_capital": 60}
    assert demander("ess/scic-prise-de-participation", AUJOURD_HUI, avec).issue == "a_verifier"


def test_the_disputed_threshold_of_innovative_purchases_never_decides(demander: Any) -> None:
    avec = {"achat_innovant": True, "montant_marche": 130000}
    resultat = demander("commande-publique/achat-innovant", AUJOURD_HUI, avec)
    assert (resultat.issue, resultat.indicative) == ("a_verifier", "possible")
    avec["montant_marche"] = 140000
    assert demander("commande-publique/achat-innovant", AUJOURD_HUI, avec).issue != "possible"


def test_the_rural_zoning_did_not_end_in_2022(demander: Any) -> None:
    avec = {"outre_mer": False, "membre_epci_fiscalite_propre": True}
    avec |= {"densite_epci": 20, "revenu_median_epci": 18000}
    assert demander("zonages/zrr", dt.date(2023, 6, 1), avec).issue == "oui"


def test_holes_of_the_job_subsidy_are_never_filled(base: BaseSavoir) -> None:
    regle = base.regles["iae/aide-au-poste"]
    for jour in ("2020-01-01", "2020-12-31", "2021-09-30", "2023-01-01", "2023-04-30", "2026-06-01"):
        date = dt.date.fromisoformat(jour)
        assert evaluer_regle(regle, {"agrement_iae": "aci"}, date, base.regles).valeur is None
    connu = evaluer_regle(regle, {"agrement_iae": "ei"}, dt.date(2025, 6, 1), base.regles)
    assert connu.valeur == Decimal(13304)
    inconnu = evaluer_regle(regle, {"agrement_iae": "aci"}, dt.date(2025, 6, 1), base.regles)
    assert (inconnu.valeur, inconnu.lacunes) == (None, ("iae/aide-au-poste",))


def test_a_social_counterpart_is_never_a_condition(demander: Any) -> None:
    resultat = demander("contrats/socio-conditionnalite", AUJOURD_HUI, {"clause_socio_conditionnelle": True})
    assert (resultat.issue, resultat.indicative) == ("a_verifier", "facultatif")
