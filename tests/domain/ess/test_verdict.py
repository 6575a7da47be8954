"""The verdict on hand-written cases, read in the law (loi n° 2014-856, article 1) and in the labour code."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from perenne.domain.ess.verdict import CODES_CONTRADICTIONS, Indices, decider
from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.savoir.formes_juridiques import FormeJuridique

JOUR = dt.date(2026, 11, 23)


@pytest.fixture(scope="module")
def formes(base: BaseSavoir) -> dict[str, FormeJuridique]:
    return dict(base.de(FormeJuridique))


def _lire(formes: dict[str, FormeJuridique], code: str, jour: dt.date = JOUR, **autres: object) -> Indices:
    periode = formes[code].au(jour)
    return Indices(
        forme=periode.ess if periode else "",
        forme_sure=periode is None or periode.confiance != "C",
        association=formes[code].famille == "association",
        **autres,  # type: ignore[arg-type]
    )


# (legal form, what the registers say, verdict, contradictions)
CAS: dict[str, tuple[str, dict[str, object], str, tuple[str, ...]]] = {
    "association déclarée": ("9220", {}, "oui", ()),
    "association de droit local": ("9260", {}, "oui", ()),
    "fondation": ("9300", {}, "oui", ()),
    "mutuelle": ("8210", {}, "oui", ()),
    "société d'assurance mutuelle": ("6411", {}, "oui", ()),
    "SCOP en SARL": ("5458", {}, "oui", ()),
    "CUMA": ("6316", {}, "oui", ()),
    # A SCIC has no code of its own: as a SARL or a SA it is « autre coopérative », as a SAS a plain SAS.
    "SCIC en SARL": ("5460", {"mention": "O"}, "oui", ()),
    "SCIC en SAS, mention au registre": ("5710", {"mention": "O"}, "probable", ()),
    "SCIC en SAS, liste d'ESS France": ("5710", {"mention": "O", "ess_france": True}, "oui", ()),
    "SAS ESUS": ("5710", {"esus": True}, "oui", ()),
    "SAS ESUS, mention contraire": (
        "5710", {"esus": True, "mention": "N"}, "oui", ("registre-contre-mention",),
    ),
    "SARL d'insertion sans mention": ("5499", {"siae": True}, "probable", ()),
    "SARL d'insertion, mention contraire": (
        "5499", {"siae": True, "mention": "N"}, "probable", ("siae-contre-mention",),
    ),
    "SAS sans rien": ("5710", {}, "inconnu", ()),
    "SAS, mention contraire": ("5710", {"mention": "N"}, "non", ()),
    "SAPO": ("5505", {}, "inconnu", ()),
    "SAPO, mention contraire": ("5505", {"mention": "N"}, "inconnu", ()),
    "SAPO avec mention": ("5505", {"mention": "O"}, "probable", ()),
    "association, mention contraire": ("9220", {"mention": "N"}, "oui", ("mention-contre-forme",)),
    "CCAS porteur d'un chantier": ("7361", {"siae": True}, "non", ()),
    "GIP avec mention": ("7410", {"mention": "O"}, "non", ("forme-contre-mention",)),
    "commune dans la liste": ("7210", {"ess_france": True}, "inconnu", ("forme-contre-registre",)),
    "société civile": ("6540", {}, "non", ()),
    "entreprise individuelle": ("1000", {}, "non", ()),
    "comité social et économique": ("8310", {}, "inconnu", ()),  # reading not verified: decides nothing
    "caisse d'assurance mutuelle agricole": ("8250", {}, "probable", ()),  # not verified either
    "association devenue coopérative": ("5460", {"rna": True}, "oui", ("rna-contre-forme",)),
    "dissoute au RNA, active dans Sirene": (
        "9220", {"rna": True, "etat_rna": "C", "etat_sirene": "A"}, "oui", ("rna-dissoute-sirene-active",),
    ),
    "cessée dans Sirene": ("9220", {"etat_sirene": "C"}, "oui", ()),
}  # fmt: skip


@pytest.mark.parametrize("cas", CAS)
def test_a_case_read_in_the_law_gets_its_verdict(cas: str, formes: dict[str, FormeJuridique]) -> None:
    forme, autres, verdict, contradictions = CAS[cas]
    decision = decider(_lire(formes, forme, **autres))
    assert (decision.verdict, decision.contradictions) == (verdict, contradictions)


def test_an_association_known_only_by_its_register_belongs() -> None:
    decision = decider(Indices(rna=True, etat_rna="A"))
    assert (decision.verdict, decision.pour) == ("oui", ("rna",))


def test_nothing_known_is_unknown_and_never_no() -> None:
    assert decider(Indices()).verdict == "inconnu"


def test_before_the_law_the_form_says_nothing(formes: dict[str, FormeJuridique]) -> None:
    # Law of 31 July 2014, published on 1 August: in force on 2 August.
    assert decider(_lire(formes, "9220", dt.date(2014, 8, 1))).verdict == "inconnu"
    assert decider(_lire(formes, "9220", dt.date(2014, 8, 2))).verdict == "oui"


def test_what_the_rule_of_the_base_says_of_a_form_is_what_the_codes_say(
    racine: Path, formes: dict[str, FormeJuridique]
) -> None:
    # ess/appartenance: the forms that belong by law, and those that cannot.
    texte = (racine / "knowledge/regles/ess/appartenance.yaml").read_text(encoding="utf-8")
    assert (
        "['association', 'association-rup', 'fondation', 'mutuelle', 'scic', 'scop', 'cooperative']" in texte
    )
    assert "['gip', 'organisme-public', 'entreprise-individuelle']" in texte
    for code in ("9220", "9230", "9300", "8210", "5460", "5458", "5560"):
        assert decider(_lire(formes, code)).verdict == "oui"
    for code in ("7410", "7210", "1000"):
        assert decider(_lire(formes, code)).verdict == "non"


def test_every_code_of_the_nomenclature_is_there(formes: dict[str, FormeJuridique], partage: Path) -> None:
    import json

    officielle = json.loads((partage / "data/nomenclatures/natures-juridiques.json").read_text())
    assert set(formes) == set(officielle)


def test_a_decisive_reading_is_never_of_confidence_c() -> None:
    for forme in ("de_droit", "non"):
        sur = decider(Indices(forme=forme, forme_sure=True)).verdict  # type: ignore[arg-type]
        doute = decider(Indices(forme=forme, forme_sure=False)).verdict  # type: ignore[arg-type]
        assert sur in ("oui", "non")
        assert doute in ("probable", "inconnu")


def test_the_contradictions_are_the_documented_ones(racine: Path) -> None:
    page = (racine / "docs/explications/verdict-ess.md").read_text(encoding="utf-8")
    assert all(f"`{code}`" in page for code in CODES_CONTRADICTIONS)
