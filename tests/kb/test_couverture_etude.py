"""The base against the study: nothing of what it lists is missing, and none of its sentences is copied.

Counts are read in the study: list of needs and activities (part I), titles of part II, annexes 1 and 2.
The facts are compared one by one with the coded cases of the shared folder, where it exists.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.texte import normaliser
from perenne.kb.lecture import lire_yaml

ACTIVITES_PAR_BESOIN = {
    "B01": 3, "B02": 1, "B03": 4, "B04": 1, "B05": 2, "B06": 3, "B07": 4, "B08": 3,
    "B09": 1, "B10": 3, "B11": 2, "B12": 2, "B13": 2, "B14": 4, "B15": 2,
}  # fmt: skip
"""How many activities the study lists under each of its fifteen needs: 37 in all."""

ACTIONS_PAR_LEVIER = {"L1": 6, "L2": 3, "L3": 3, "L4": 2, "L5": 3, "L6": 2}
CRITERES_PAR_FAMILLE = {"T": 1, "A": 14, "B": 11, "C": 13}
MOTS_DE_SUITE = 12
NON_REDIGES = {"section", "url", "nom", "porteur", "alias", "site", "libelles"}
"""Locators, names and addresses are the same words by nature."""


def test_the_fifteen_needs_of_the_study_and_one_of_ours(base: BaseSavoir) -> None:
    etude = [b.id for b in base.besoins.values() if b.provenance == "etude"]
    assert etude == [f"B{n:02d}" for n in range(1, 16)]
    assert [b.id for b in base.besoins.values() if b.provenance == "proposition"] == ["B16"]


def test_every_activity_of_the_list_stands_under_its_need(base: BaseSavoir) -> None:
    listees = [a for a in base.activites.values() if a.besoins]  # five others have a monograph only
    assert len(listees) == 37
    assert Counter(b for a in listees for b in a.besoins) == ACTIVITES_PAR_BESOIN
    assert len(base.activites) == 42


def test_the_six_levers_and_their_nineteen_actions(base: BaseSavoir) -> None:
    codes = {levier.code: [a.code for a in base.actions_de(levier.id)] for levier in base.leviers.values()}
    attendus = {c: [f"{c}.{n}" for n in range(1, total + 1)] for c, total in ACTIONS_PAR_LEVIER.items()}
    assert codes == attendus
    assert sum(map(len, codes.values())) == 19


def test_every_action_has_an_instrument_and_names_who_may_take_it(base: BaseSavoir) -> None:
    assert [a.id for a in base.actions.values() if not base.instruments_de(a.id) or not a.acteurs] == []


def test_what_the_study_leaves_unexplored_is_marked(base: BaseSavoir) -> None:
    assert [i.id for i in base.instruments.values() if i.statut == "a_explorer"]


def test_three_families_one_transversal_and_thirty_nine_criteria(base: BaseSavoir) -> None:
    assert set(base.familles) == set(CRITERES_PAR_FAMILLE)
    assert Counter(c.famille for c in base.criteres.values()) == CRITERES_PAR_FAMILLE
    assert len(base.criteres) == 39
    assert all(f.reconstitution for f in base.familles.values())


def test_sixteen_enterprises_and_one_hundred_and_eighteen_facts(base: BaseSavoir) -> None:
    etude = [
        c for c in base.cas.values() if any(s.document == "etude-anct-2021" for s in c.sources) and c.faits
    ]
    assert len(etude) == 16
    identifiants = [f.id for c in etude for f in c.faits]
    assert sorted(identifiants) == [f"C{n:03d}" for n in range(1, 119)]


def test_sixteen_activities_have_their_monograph(base: BaseSavoir) -> None:
    assert {a.monographie: a.id for a in base.activites.values() if a.monographie} == {
        c.id: c.activite
        for c in base.cas.values()
        if c.id in {a.monographie for a in base.activites.values()}
    }
    assert len({a.monographie for a in base.activites.values()} - {None}) == 16


def test_every_statement_of_the_study_that_is_wrong_is_listed(base: BaseSavoir) -> None:
    # The eleven of the legal review, then those that time or another page of the study contradicts.
    assert {
        "qpv-habitants", "qpv-revenu", "spaser-incitation", "dispense-40000", "trois-devis",
        "scic-tous-acteurs-publics", "pouce-pouce-guadeloupe", "deux-agrements", "nouvelle-aquitaine-2013",
        "graphies", "bailleurs-sociaux", "zrr-prolongation",
    } <= set(base.erreurs_etude)  # fmt: skip


def test_the_facts_are_those_of_the_coded_cases(base: BaseSavoir, partage: Path) -> None:
    with (partage / "study/cas.csv").open(encoding="utf-8", newline="") as flux:
        lignes = {ligne["row_id"]: ligne for ligne in csv.DictReader(flux)}
    codes = {a.id: a.code for a in base.actions.values()}
    faits = {f.id: (c, f) for c in base.cas.values() for f in c.faits}
    assert faits.keys() >= lignes.keys()
    for ref, ligne in lignes.items():
        cas, fait = faits[ref]
        assert codes[fait.action] == ligne["key_action_code"], ref
        assert fait.source.section == ligne["locator"], ref
        assert fait.explicitation == normaliser(ligne["explicitness"]).split()[0], ref
        graphies = {normaliser(n) for n in (cas.nom, *cas.alias)}
        assert normaliser(ligne["enterprise"]) in graphies, ref
        montant = ligne["amount_eur"]
        assert fait.montant_eur == (int(float(montant)) if montant else None), ref


def test_every_document_that_the_study_gives_the_address_of_is_a_resource(
    base: BaseSavoir, partage: Path
) -> None:
    texte = (partage / "study/etude.txt").read_text(encoding="utf-8")
    imprimees = {u.rstrip("/.,;)") for u in re.findall(r"https?://\S+", texte)}
    connues = {r.url.rstrip("/") for r in base.ressources.values()}
    connues |= {c.site.rstrip("/") for c in base.cas.values()}
    textes_de_loi = {m[0] for u in connues if (m := re.search("JORFTEXT[0-9]+", u))}
    absentes = {
        u
        for u in imprimees
        if u.count("/") > 2  # home pages are organisations, not documents
        and not any(c.startswith(u) for c in connues)  # some addresses are cut at the end of a line
        and not any(t in u for t in textes_de_loi)
        and "wixsite" not in u  # this address carries a person's name
    }
    assert absentes == set()


def _textes(valeur: object, cle: str = "") -> Iterator[str]:
    if isinstance(valeur, str) and cle not in NON_REDIGES:
        yield valeur
    elif isinstance(valeur, dict):
        for c, v in valeur.items():
            yield from _textes(v, c)
    elif isinstance(valeur, list):
        for v in valeur:
            yield from _textes(v, cle)


def _suites(texte: str) -> Iterator[tuple[str, ...]]:
    mots = normaliser(texte).split()
    return (tuple(mots[i : i + MOTS_DE_SUITE]) for i in range(len(mots) - MOTS_DE_SUITE + 1))


def test_no_sentence_of_the_study_is_copied(racine: Path, partage: Path) -> None:
    etude = set(_suites((partage / "study/etude.txt").read_text(encoding="utf-8")))
    copies = []
    for fichier in sorted((racine / "knowledge").rglob("*.yaml")):
        if fichier.parent.name == "ressources":  # titles of documents
            continue
        document = lire_yaml(fichier.read_bytes(), lambda *_: None)
        copies += [
            f"{fichier.name} : {' '.join(s)}"
            for texte in _textes(document.valeur if document else None)
            for s in _suites(texte)
            if s in etude
        ]
    assert sorted(set(copies)) == []
