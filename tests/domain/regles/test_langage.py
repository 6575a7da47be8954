"""The expression language: reading, types, three-valued evaluation."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from perenne.domain.regles.defauts import ExpressionInvalide
from perenne.domain.regles.evaluation import evaluer
from perenne.domain.regles.logique import et, ou
from perenne.domain.regles.typage import compiler
from perenne.domain.regles.types import Portee, Signature, Type

PORTEE = Portee(
    {
        "montant": Type("nombre", "EUR/an"),
        "montant_ht": Type("nombre", "EUR HT"),
        "duree": Type("nombre", "mois"),
        "part": Type("nombre", ""),
        "ess": Type("booleen"),
        "forme": Type("choix", valeurs=frozenset({"association", "scic"})),
        "zonages": Type("choix_multiple", valeurs=frozenset({"qpv-2024", "frr"})),
        "signature": Type("date"),
    },
    {"cp/seuil": Signature("EUR HT", frozenset()), "ess/def": Signature(None, frozenset({"oui", "non"}))},
)


@pytest.mark.parametrize(
    ("a", "b", "attendu_et", "attendu_ou"),
    [(True, None, None, True), (False, None, False, None), (None, None, None, None)],
)
def test_unknown_in_kleene_tables(
    a: bool | None, b: bool | None, attendu_et: bool | None, attendu_ou: bool | None
) -> None:
    assert (et(a, b), ou(a, b)) == (attendu_et, attendu_ou)


@pytest.mark.parametrize(
    ("texte", "faits", "attendu"),
    [
        ("montant > 23000 EUR/an", {"montant": Decimal("23000")}, False),
        ("montant > 23_000 EUR/an", {"montant": Decimal("23000.01")}, True),
        ("montant + 0.2 EUR/an <= 0.3 EUR/an", {"montant": Decimal("0.1")}, True),
        ("forme dans ['association', 'scic']", {"forme": "scic"}, True),
        ("'frr' dans zonages", {"zonages": frozenset({"qpv-2024"})}, False),
        ("signature >= 2017-08-01", {"signature": dt.date(2017, 8, 1)}, True),
        ("ess ou non ess et faux", {"ess": True}, True),
        ("part / 0 > 1", {"part": Decimal(1)}, None),
        ("-part * 2 = 4 - 8", {"part": Decimal(2)}, True),
        ("max(part, 3) = 3 et min(part, 3) = 2", {"part": Decimal(2)}, True),
        ("ess et montant > 5", {"ess": False}, False),
        ("ess et montant > 5", {"ess": True}, None),
    ],
)
def test_values(texte: str, faits: dict[str, object], attendu: bool | None) -> None:
    assert evaluer(compiler(texte, PORTEE), faits).valeur is attendu  # type: ignore[arg-type]


def test_only_the_facts_that_matter_are_missing() -> None:
    expr = compiler("ess et montant > 5 ou forme = 'scic' et duree > 3", PORTEE)
    assert evaluer(expr, {}).manquants == ("ess", "montant", "forme", "duree")
    assert evaluer(expr, {"ess": False}).manquants == ("forme", "duree")
    assert evaluer(expr, {"ess": False, "forme": "scic"}).manquants == ("duree",)
    assert evaluer(expr, {"ess": False, "forme": "association"}).valeur is False


@pytest.mark.parametrize(
    ("texte", "code", "position"),
    [
        ("", "expression_vide", 0),
        ("ess et", "fin_inattendue", 6),
        ("ess & forme", "caractere_inattendu", 4),
        ("forme = 'scic", "texte_non_ferme", 8),
        ("signature > 2026-02-30", "date_impossible", 12),
        ("1 < duree < 3", "comparaisons_enchainees", 10),
        ("ess forme", "mot_inattendu", 4),
        ("(" * 60 + "ess" + ")" * 60, "trop_profond", 40),
        (" et ".join(["ess"] * 300), "trop_profond", 0),
        ("inconnue = 3", "fait_inconnu", 0),
        ("carre(duree) = 4", "fonction_inconnue", 0),
        ("min(duree) = 4", "nombre_arguments", 0),
        ("valeur(duree) = 4", "argument_texte_attendu", 0),
        ("valeur('cp/rien') > 3", "regle_inconnue", 7),
        ("valeur('ess/def') > 3", "regle_sans_valeur", 7),
        ("issue('cp/seuil') = 'oui'", "regle_sans_issue", 6),
        ("issue('ess/def') = 'peut-etre'", "valeur_inconnue", 19),
        ("montant_ht > montant", "unites_differentes", 11),
        ("montant > 23000 EUR HT", "unites_differentes", 8),
        ("montant > valeur('cp/seuil')", "unites_differentes", 8),
        ("montant * duree > 3", "unites_incombinables", 8),
        ("forme = 'assocation'", "valeur_inconnue", 8),
        ("forme dans ['scic', 'sarl']", "valeur_inconnue", 20),
        ("forme dans ['scic', 3]", "types_incomparables", 20),
        ("forme > 'scic'", "ordre_impossible", 6),
        ("forme = 3", "types_incomparables", 6),
        ("zonages = 'frr'", "types_incomparables", 8),
        ("forme dans zonages et ess", None, 0),
        ("'frr' dans forme", "appartenance_impossible", 6),
        ("['scic'] = forme", "liste_hors_dans", 0),
        ("montant", "type_attendu", 0),
        ("non montant", "type_attendu", 4),
    ],
)
def test_a_mistake_is_named_at_its_place(texte: str, code: str | None, position: int) -> None:
    if code is None:
        compiler(texte, PORTEE)
        return
    with pytest.raises(ExpressionInvalide) as info:
        compiler(texte, PORTEE)
    assert [(d.code, d.position) for d in info.value.defauts] == [(code, position)]


def test_every_mistake_of_types_is_reported_at_once() -> None:
    with pytest.raises(ExpressionInvalide) as info:
        compiler("inconnu_1 = 3 et montant > 3 EUR HT ou forme = 'x'", PORTEE)
    assert [d.code for d in info.value.defauts] == ["fait_inconnu", "unites_differentes", "valeur_inconnue"]
