"""Names and communes: what is taken as one, and what is only flagged."""

from __future__ import annotations

from perenne.pipeline.noyaux.rapprochement import CONFIANCE_AMBIGUE, CONFIANCE_EXACTE, rapprocher


def test_the_same_name_in_the_same_commune_is_one() -> None:
    paires, _ = rapprocher(
        [("LES AMIS DE MASGOT", "23165")], [("Association « Les amis de Masgot » (LAM)", "23165")]
    )
    assert [(p.gauche, p.droite, p.confiance, p.retenue) for p in paires] == [(0, 0, CONFIANCE_EXACTE, True)]


def test_the_same_name_in_another_commune_is_not() -> None:
    assert rapprocher([("COMITE DES FETES", "23001")], [("COMITE DES FETES", "23002")]) == ([], 0)


def test_homonyms_are_flagged_and_never_taken_as_one() -> None:
    paires, _ = rapprocher([("COMITE DES FETES", "23001")], [("Comité des fêtes", "23001")] * 2)
    assert {(p.droite, p.confiance, p.retenue) for p in paires} == {
        (0, CONFIANCE_AMBIGUE, False),
        (1, CONFIANCE_AMBIGUE, False),
    }


def test_a_typing_error_is_flagged_with_less_confidence() -> None:
    paires, _ = rapprocher(
        [("RESSOURCERIE DU PLATEAU CREUSOIS", "23001")], [("Ressourcerie du plateau creusoys", "23001")]
    )
    (paire,) = paires
    assert not paire.retenue
    assert paire.confiance < CONFIANCE_AMBIGUE


def test_different_names_or_no_name_match_nothing() -> None:
    gauche = [("THEATRE DU MIRAGE", "1"), ("", "1"), ("SANS COMMUNE", "")]
    assert rapprocher(gauche, [("CLUB DE BOULES", "1"), ("", "1"), ("SANS COMMUNE", "")]) == ([], 0)
