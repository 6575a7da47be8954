"""What the loader refuses in levers, actors and cases."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.savoir.cas import Cas, Constat
from perenne.domain.savoir.leviers import Effort
from perenne.kb.chargement import lire_base
from perenne.kb.controles_leviers import controler_leviers
from perenne.services.savoir import obtenir_base

RACINE = Path(__file__).resolve().parents[2]
SAVOIR = RACINE / "knowledge"


@cache
def base() -> BaseSavoir:
    return obtenir_base(SAVOIR)


def avec(genre: str, **fiches: Any) -> BaseSavoir:
    """The real base, with some items replaced."""
    remplacees: Mapping[str, Any] = MappingProxyType({**base().fiches[genre], **fiches})
    return replace(base(), fiches=MappingProxyType({**base().fiches, genre: remplacees}))


def messages(modifiee: BaseSavoir) -> list[str]:
    return [
        f"{c.genre}:{c.id}:{'.'.join(map(str, c.chemin))} {c.message}" for c in controler_leviers(modifiee)
    ]


def cafe() -> Cas:
    return base().cas["cafe-pluche"]


def test_the_real_base_has_nothing_to_say() -> None:
    assert messages(base()) == []


def test_a_code_of_another_lever_is_refused() -> None:
    action = replace(base().actions["investir"], code="L2.2")
    assert messages(avec("action", investir=action)) == [
        "action:investir:code le code L2.2 n’est pas celui d’une action du levier L1."
    ]


def test_a_precedent_without_a_fact_of_the_action_is_refused() -> None:
    action = base().actions["investir"]
    faux = replace(action.precedents[0], cas="la-pioche")
    (message,) = messages(avec("action", investir=replace(action, precedents=(faux,))))
    assert message == "action:investir:precedents.0.cas le cas « la-pioche » n’a aucun fait de cette action."


def test_an_action_without_precedent_must_say_why() -> None:
    nue = replace(base().actions["investir"], precedents=())
    assert len(messages(avec("action", investir=nue))) == 1
    assert messages(avec("action", investir=replace(nue, sans_precedent="Trop récente."))) == []


def test_a_stage_and_an_action_may_not_contradict_each_other() -> None:
    # The stage "émergence" advises against operating subsidies; the action would now say the contrary.
    stade = next(s for s in base().stades.values() if s.actions_a_eviter)
    conseil = stade.actions_a_eviter[0].action
    action = base().actions[conseil]
    avis = tuple(replace(a, convient="oui") for a in action.stades if a.stade == stade.id)
    if not avis:
        gabarit = replace(action.stades[0], stade=stade.id, convient="oui")
        avis = (gabarit,)
    (message,) = messages(avec("action", **{conseil: replace(action, stades=avis)}))
    assert "dit le contraire" in message


def test_an_instrument_must_serve_the_action_of_the_fact() -> None:
    fait = replace(cafe().faits[0], instrument="atelier-relais")
    (message,) = messages(avec("cas", **{"cafe-pluche": replace(cafe(), faits=(fait, *cafe().faits[1:]))}))
    assert message.startswith(
        "cas:cafe-pluche:faits.0.instrument l’instrument « atelier-relais » ne sert pas"
    )


def test_a_fact_number_is_used_once_in_the_whole_base() -> None:
    fait = replace(cafe().faits[0], id="C001")
    obtenus = messages(avec("cas", **{"cafe-pluche": replace(cafe(), faits=(*cafe().faits, fait))}))
    assert any("C001 existe déjà" in m for m in obtenus)


def test_two_cases_may_not_answer_to_the_same_name_whatever_the_accents() -> None:
    (message,) = messages(avec("cas", **{"cafe-pluche": replace(cafe(), alias=("LA PIÔCHE",))}))
    assert "la-pioche" in message or "cafe-pluche" in message


def test_an_answer_may_only_repeat_facts_of_its_own_case() -> None:
    reponse = replace(cafe().evaluations[0], deduit_de=("C001",))
    (message,) = messages(avec("cas", **{"cafe-pluche": replace(cafe(), evaluations=(reponse,))}))
    assert message == "cas:cafe-pluche:evaluations.0.deduit_de C001 : pas un fait de ce cas."


@pytest.mark.parametrize(
    ("fait", "valeur"),
    [
        ("a_des_salaries", "oui"),
        ("tresorerie_mois", True),
        ("part_premier_financeur", 101),
        ("critere_a1", "bof"),
    ],
)
def test_a_value_outside_its_variable_is_refused(fait: str, valeur: bool | int | str) -> None:
    constat = Constat(fait=fait, valeur=valeur, provenance="etude", source=cafe().sources[0])
    (message,) = messages(avec("cas", **{"cafe-pluche": replace(cafe(), situation=(constat,))}))
    assert f"du fait « {fait} »" in message


def test_a_wrong_siren_key_is_refused() -> None:
    (message,) = messages(avec("cas", **{"cafe-pluche": replace(cafe(), siren="490897049")}))
    assert "n’est pas un numéro SIREN" in message


def test_what_no_source_says_of_the_effort_must_be_listed() -> None:
    with pytest.raises(ValueError, match="cout, delai"):
        Effort()
    assert Effort(a_documenter=("cout", "delai")).delai is None


def test_adding_a_case_is_adding_a_file_as_the_guide_says(tmp_path: Path) -> None:
    guide = (RACINE / "docs/guides/ajouter-un-cas.md").read_text(encoding="utf-8")
    exemple = re.search(r"```yaml\n(.*?)```", guide, re.DOTALL)
    assert exemple is not None
    copie = tmp_path / "knowledge"
    shutil.copytree(SAVOIR, copie)
    (copie / "cas/le-fournil-commun.yaml").write_text(exemple[1], encoding="utf-8")
    _, anomalies = lire_base(copie)
    assert all("monographie-fournil" in a.message for a in anomalies)
    assert anomalies
    ressource = "titre: Monographie\ntype: rapport\nannee: 2026\n"
    (copie / "ressources/monographie-fournil.yaml").write_text(ressource, encoding="utf-8")
    nouvelle, anomalies = lire_base(copie)
    assert not anomalies
    cas = nouvelle.cas["le-fournil-commun"]
    assert (cas.vie.etat, cas.faits[0].resultat) == ("arretee", "Local repris au bout d'un an.")
