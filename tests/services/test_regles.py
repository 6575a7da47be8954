"""Asking a rule as a user does: the answer first, what is missing, the mistakes all at once."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import pytest

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.domain.savoir.base import BaseSavoir
from perenne.services.regles import consulter, decrire_regles, lister_regles

AU = dt.date(2026, 4, 1)


def _texte(base: BaseSavoir, regle: str, *avec: str, au: dt.date | None = AU) -> str:
    return consulter(regle, au=au, avec=avec, base=base)


def test_the_answer_stands_in_the_second_line(base: BaseSavoir) -> None:
    texte = _texte(base, "dispense-de-procedure", "montant_marche=45 000", "objet_marche=services")
    assert texte.splitlines()[1] == "Au 1er avril 2026 : POSSIBLE"
    assert "Code de la commande publique, article R2122-8" in texte
    assert "En vigueur : depuis le 1er avril 2019" in texte
    assert "60\u202f000 € HT" in texte


def test_missing_facts_come_with_their_question(base: BaseSavoir) -> None:
    texte = _texte(base, "subventions/convention-obligatoire", "montant_numeraire_annuel=20000")
    assert "Au 1er avril 2026 : À VÉRIFIER" in texte
    assert "--avec valeur_nature_annuelle=…" in texte
    assert "Ou bien obligatoire" in texte
    assert "Ou bien facultatif" in texte


def test_an_unverified_rule_says_that_it_decides_nothing(base: BaseSavoir) -> None:
    texte = _texte(base, "contrats/pat", "reconnaissance_etat_pat=oui")
    assert "Au 1er avril 2026 : À VÉRIFIER" in texte
    assert "rien n'est décidé" in texte


def test_a_rule_alone_shows_its_values_and_its_holes(base: BaseSavoir) -> None:
    texte = _texte(base, "iae/aide-au-poste", au=None)
    assert "Du 1er janvier 2019 au 31 décembre 2019" in texte
    assert "Atelier et chantier d'insertion : 20\u202f199 €" in texte
    assert "Du 31 décembre 2019 au 1er octobre 2021 (bornes non comprises) : non connu" in texte
    assert "Après le 31 décembre 2025 : non connu" in texte


def test_every_rule_is_readable_alone_and_at_a_date(base: BaseSavoir) -> None:
    """No name of a fact, no operator of the language and no English in what is printed of an answer."""
    interdits = re.compile(r"\b(None|True|False|Decimal)\b|\bvaleur\('|\bissue\('")
    for regle in base.regles.values():
        assert regle.titre in _texte(base, regle.id, au=None)
        texte = _texte(base, regle.id)
        assert not interdits.search(texte), regle.id
        assert all(len(ligne) <= 100 for ligne in texte.splitlines()[1:]), regle.id


def test_json_says_the_same_as_the_text(base: BaseSavoir) -> None:
    donnees = json.loads(
        consulter(
            "dispense-de-procedure",
            au=dt.date(2026, 3, 31),
            avec=["montant_marche=45000", "objet_marche=services"],
            format_="json",
            base=base,
        )
    )
    assert (donnees["issue"], donnees["ferme"], donnees["confiance"]) == ("exclu", True, "A")
    assert donnees["periode"] == {"du": "2019-04-01", "au": None}
    assert donnees["faits"] == {"objet_marche": "services", "montant_marche": 45000}
    appelee = donnees["regles_appelees"][0]
    assert (appelee["regle"], appelee["valeur"]) == (
        "commande-publique/seuil-dispense-fournitures-services",
        40000,
    )


def test_every_rule_has_a_json_twin(base: BaseSavoir) -> None:
    for regle in base.regles.values():
        seule = json.loads(consulter(regle.id, au=None, format_="json", base=base))
        assert len(seule["versions"]) == len(regle.versions)
        assert json.loads(consulter(regle.id, au=AU, format_="json", base=base))["regle"] == regle.id


def test_every_mistake_in_the_facts_is_reported_at_once(base: BaseSavoir) -> None:
    with pytest.raises(ErreurUtilisateur) as info:
        _texte(
            base,
            "commande-publique/reserve",
            "form_juridique=scic",
            "agrement_iae=sarl",
            "part_bio=120",
            "ess",
            "montant_marche=beaucoup",
            "part_durable_et_qualite=1",
            "part_durable_et_qualite=2",
        )
    texte = str(info.value)
    assert len(info.value.anomalies) == 6
    assert "Vouliez-vous dire « forme_juridique »" in texte
    assert "« sarl » n'est pas admise" in texte
    assert "Il faut au moins 0 et au plus 100." in texte
    assert "Écrivez --avec cle=valeur." in texte
    assert "Il faut un nombre." in texte
    assert "ce fait est donné deux fois" in texte


def test_an_unknown_rule_gets_suggestions(base: BaseSavoir) -> None:
    with pytest.raises(ErreurUtilisateur, match="convention-obligatoire"):
        _texte(base, "subventions/convention-obligatoir")
    with pytest.raises(ErreurUtilisateur, match="Domaines : "):
        lister_regles("commande-privee", base)


def test_the_list_holds_every_rule_of_a_domain(base: BaseSavoir) -> None:
    lignes = lister_regles("subventions/", base).splitlines()
    assert len(lignes) == sum(r.domaine == "subventions" for r in base.regles.values())
    assert lister_regles("", base).count("\n") == len(base.regles)


def test_every_rule_and_every_fact_is_in_the_reference_page(racine: Path, base: BaseSavoir) -> None:
    page = (racine / "docs/reference/regles.md").read_text(encoding="utf-8")
    assert page == decrire_regles(racine / "knowledge")
    assert [i for i in (*base.regles, *base.faits) if f"| `{i}` |" not in page] == []
