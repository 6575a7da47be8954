"""The kernel over batches: what it leaves out, how it is shared between processes."""

from __future__ import annotations

import json
import pickle
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache, partial
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perenne.domain.classement.decision import Classeur
from perenne.domain.classement.operateur import classer_operateur
from perenne.domain.classement.types import Indice, Liste
from perenne.domain.savoir.base import BaseSavoir
from perenne.pipeline.assemblage.entreprises.activites import envoyable
from perenne.pipeline.classement.lot import COLONNES, NoyauActivites, _operateur, en_json
from perenne.pipeline.moteurs import partage
from perenne.pipeline.moteurs.interface import Noyau
from perenne.services.classement.obtenir import classeur_de, obtenir_classeur

LISTE = pa.struct(
    [(c, pa.string()) for c in ("registre", "categorie", "reference", "nom", "texte", "source", "date")]
)
SCHEMA = pa.schema([(c, pa.list_(LISTE) if c == "listes" else pa.string()) for c in COLONNES])


@cache
def _classeur() -> Classeur:
    return obtenir_classeur()


@cache
def _noyau() -> NoyauActivites:
    return NoyauActivites(_classeur().activites, _classeur().modele, {})


def _fabrique() -> partial[Noyau]:
    return envoyable(_classeur())


def _lot(lignes: Sequence[dict[str, Any]]) -> pa.RecordBatch:
    completes = [dict.fromkeys(COLONNES) | {"operateur": f"{i:09}", "id": f"{i:09}"} | ligne
                 for i, ligne in enumerate(lignes)]  # fmt: skip
    return pa.RecordBatch.from_pylist(completes, schema=SCHEMA)


MORCEAUX = (
    "ressourcerie", "fablab", "café associatif", "coup de main", "drogues", "tabac", "dégustation de vins",
    "amis", "du", "village", "coopérative", "ateliers", "vélos", "jardins", "partagés", "insertion",
)  # fmt: skip
PHRASES = st.lists(st.sampled_from(MORCEAUX), max_size=8).map(" ".join)
LISTES = st.fixed_dictionaries(
    {
        "registre": st.sampled_from(["siae", "ess-france", "data-inclusion"]),
        "categorie": st.sampled_from([None, None, "AI"]),
        "reference": st.sampled_from([None, "finess/1", "mednum/1"]),
        "nom": PHRASES | st.none(),
        "texte": PHRASES | st.none(),
    }
)
LIGNES = st.fixed_dictionaries(
    {
        "nom": PHRASES | st.none(),
        "objet": PHRASES | st.none(),
        "naf": st.sampled_from([None, "88.91A", "9499Z", "87.20B", "38.32Z"]),
        "forme": st.sampled_from([None, "9220", "5710"]),
        "objet_social1": st.sampled_from([None, "018030", "006000"]),
        "sigle": st.sampled_from([None, "amis", "ressourcerie"]),
        "listes": st.none() | st.lists(LISTES, max_size=2),
    }
)


@settings(max_examples=60, deadline=None)
@given(st.lists(LIGNES, min_size=1, max_size=12))
def test_what_is_left_out_early_would_have_had_no_activity(lignes: list[dict[str, Any]]) -> None:
    classeur = _classeur()
    lot = _lot(lignes)
    donnees = _noyau().classer(lot).to_pylist()
    attendues = [
        (ligne["operateur"], e.activite, e.confiance)
        for ligne in lot.to_pylist()
        for e in classer_operateur(_operateur(ligne), classeur)
    ]
    assert [(d["operateur"], d["activite"], d["confiance"]) for d in donnees] == attendues


@pytest.mark.parametrize("processus", [1, 2])
def test_the_batches_keep_their_order_and_nothing_is_lost(
    processus: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(partage, "LOTS_SEUL", 1)
    lots = [_lot([{"operateur": f"{i}{j}", "nom": "RESSOURCERIE"} for j in range(3)]) for i in range(7)]
    faits = list(partage.partager(iter(lots), _fabrique(), processus=processus))
    operateurs = [o for lot in faits for o in lot.column("operateur").to_pylist()]
    assert operateurs == [f"{i}{j}" for i in range(7) for j in range(3)]


def test_a_process_that_dies_leaves_the_rest_to_be_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(partage, "LOTS_SEUL", 0)
    monkeypatch.setattr(partage, "_demarrer", _mourir)
    lots = [_lot([{"operateur": str(i), "nom": "RESSOURCERIE"}]) for i in range(6)]
    faits = list(partage.partager(iter(lots), _fabrique(), processus=2))
    assert [lot.column("operateur")[0].as_py() for lot in faits] == list("012345")


@pytest.mark.parametrize("rompu_au", range(1, 8))
def test_processes_that_die_while_they_are_sent_work_lose_none_of_it(
    monkeypatch: pytest.MonkeyPatch, rompu_au: int
) -> None:
    monkeypatch.setattr(partage, "LOTS_SEUL", 0)
    monkeypatch.setattr(partage, "ProcessPoolExecutor", lambda *_, **__: _Fragile(rompu_au))
    monkeypatch.setattr(partage, "_noyau", _fabrique()())
    lots = [_lot([{"operateur": str(i), "nom": "RESSOURCERIE"}]) for i in range(6)]
    faits = list(partage.partager(iter(lots), _fabrique(), processus=2))
    assert [lot.column("operateur")[0].as_py() for lot in faits] == list("012345")


class _Fragile(ThreadPoolExecutor):
    """A group that breaks at the nth thing it is sent."""

    def __init__(self, rompu_au: int) -> None:
        super().__init__(1)
        self.reste = rompu_au

    def submit(self, *donnees: Any, **autres: Any) -> Any:
        self.reste -= 1
        if self.reste <= 0:
            raise BrokenProcessPool("rompu")
        return super().submit(*donnees, **autres)


def test_the_classifier_of_a_build_travels_to_other_processes(base: BaseSavoir) -> None:
    """The base read for a build holds its items in read-only mappings, which cannot be sent."""
    fabrique = pickle.loads(pickle.dumps(envoyable(classeur_de(base.activites))))
    assert fabrique.args[0] == dict(base.activites)
    assert fabrique()(_lot([{"nom": "RESSOURCERIE"}])).num_rows == 1


def _mourir(*_: object) -> None:
    raise SystemExit(3)


def test_evidence_is_written_with_what_it_says_and_nothing_empty() -> None:
    liste = Liste(registre="siae", source="marche_siae")
    indices = [
        Indice(champ="nom", mots="AMAP", debut=0, fin=4, motif="amap\\b"),
        Indice(champ="registre", mots="SIAE", liste=liste),
        Indice(champ="naf", mots="88.91A"),
    ]
    assert json.loads(en_json(indices)) == [
        {"champ": "nom", "mots": "AMAP", "debut": 0, "fin": 4, "motif": "amap\\b"},
        {"champ": "registre", "mots": "SIAE", "registre": "siae", "source": "marche_siae"},
        {"champ": "naf", "mots": "88.91A"},
    ]
