"""One line out per line in; nothing lost, nothing half-written."""

import json
from pathlib import Path

import pytest

from perenne.domain.classement.decision import Classeur
from perenne.domain.erreurs import ErreurUtilisateur
from perenne.services.classement.decisions_fichier import lire_decisions
from perenne.services.classement.fichiers import classer_fichier

LIGNES = [
    {"id": "2", "nom": "Fablab du Port", "texte": "ouvert à tous", "source": "essai"},
    {"id": 1, "nom": "", "texte": "", "source": ""},
    {"id": "2", "nom": "Amap du Pré", "texte": None},
]


def ecrire(chemin: Path, lignes: list[object]) -> Path:
    chemin.write_text("".join(json.dumps(ligne) + "\n" for ligne in lignes), encoding="utf-8")
    return chemin


def test_lines_come_out_in_order_with_their_identifiers(tmp_path: Path, classeur: Classeur) -> None:
    sortie = tmp_path / "s.jsonl"
    assert classer_fichier(ecrire(tmp_path / "e.jsonl", [*LIGNES]), sortie, classeur) == 3
    lues = [json.loads(ligne) for ligne in sortie.read_text(encoding="utf-8").splitlines()]
    assert [ligne["id"] for ligne in lues] == ["2", "1", "2"]
    assert [{a["id"] for a in ligne["activites"]} for ligne in lues] == [
        {"fablabs"}, set(), {"circuits_courts_distribution"},
    ]  # fmt: skip
    assert lues[0]["activites"][0]["confiance"] in ("haute", "moyenne")
    assert lues[0]["activites"][0]["indices"][0] == {"champ": "nom", "mots": "Fablab", "debut": 0, "fin": 6}


def test_wrong_lines_are_all_said_and_the_former_answer_stays(tmp_path: Path, classeur: Classeur) -> None:
    entree, sortie = tmp_path / "e.jsonl", tmp_path / "s.jsonl"
    entree.write_bytes(
        b'{"id": "1", "nom": "ok"}\n\n{"nom": "sans id"}\n[1]\n{"id": "5", "nom": 3}\n\xff\xfe\n{"id": "7"\n'
    )
    sortie.write_text("ancienne", encoding="utf-8")
    with pytest.raises(ErreurUtilisateur) as erreur:
        classer_fichier(entree, sortie, classeur)
    assert [a.ou for a in erreur.value.anomalies] == [f"ligne {n}" for n in (2, 3, 4, 5, 6, 7)]
    assert sortie.read_text(encoding="utf-8") == "ancienne"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["e.jsonl", "s.jsonl"]


def test_an_interruption_leaves_the_former_answer(tmp_path: Path, classeur: Classeur) -> None:
    sortie = tmp_path / "s.jsonl"
    sortie.write_text("ancienne", encoding="utf-8")

    def interrompre(nombre: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        classer_fichier(ecrire(tmp_path / "e.jsonl", [*LIGNES]), sortie, classeur, interrompre)
    assert sortie.read_text(encoding="utf-8") == "ancienne"
    assert len(list(tmp_path.iterdir())) == 2


def test_an_empty_file_gives_an_empty_file(tmp_path: Path, classeur: Classeur) -> None:
    assert classer_fichier(ecrire(tmp_path / "e.jsonl", []), tmp_path / "s.jsonl", classeur) == 0
    assert (tmp_path / "s.jsonl").read_bytes() == b""


def test_the_input_is_never_overwritten(tmp_path: Path, classeur: Classeur) -> None:
    entree = ecrire(tmp_path / "e.jsonl", [*LIGNES])
    with pytest.raises(ErreurUtilisateur, match="entrée"):
        classer_fichier(entree, entree, classeur)


def test_decisions_are_read_with_semicolons_and_all_faults_are_said_at_once(tmp_path: Path) -> None:
    fichier = tmp_path / "d.csv"
    entete = "id;activite;decision;date;role;motif\n"
    fichier.write_text(entete + "W231;fablabs;Oui;2026-03-01;conseiller DLA;visité\n", encoding="utf-8-sig")
    assert lire_decisions(fichier, {"fablabs"})["W231"]["fablabs"].retenue
    fichier.write_text(
        entete + "W1;inconnue;oui;2026-03-01;x;\nW2;fablabs;peut-être;hier;x;\nW3;fablabs;non;2026-01-01;;\n",
        encoding="utf-8",
    )
    with pytest.raises(ErreurUtilisateur) as erreur:
        lire_decisions(fichier, {"fablabs"})
    assert [a.ou for a in erreur.value.anomalies] == [f"d.csv, ligne {n}" for n in (2, 3, 3, 4)]
