"""How well the strong patterns alone find the activities, against the first version of the patterns.

Both are scored on `data/textes/annotations_dev.jsonl` of the shared folder (PERENNE_TEST_PARTAGE). The
current patterns were improved while reading these very texts: their figures are optimistic, and a fresh
set must confirm them.
"""

from __future__ import annotations

import json
import os
import re
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import re2
import yaml

from perenne.domain.savoir.activites import au_debut_d_un_mot
from perenne.domain.texte import normaliser

RACINE = Path(__file__).resolve().parent.parent
PARTAGE = Path(os.environ.get("PERENNE_TEST_PARTAGE", RACINE.parent / "shared"))

Motifs = dict[str, tuple[list[Any], list[Any]]]


def motifs_actuels() -> Motifs:
    """Strong and excluding patterns of `knowledge/activites`, compiled by RE2."""
    motifs: Motifs = {}
    for chemin in sorted((RACINE / "knowledge" / "activites").glob("*.yaml")):
        m = yaml.safe_load(chemin.read_text(encoding="utf-8"))["motifs"]
        motifs[chemin.stem] = (
            [re2.compile(au_debut_d_un_mot(x)) for x in m["forts"]],
            [re2.compile(au_debut_d_un_mot(x)) for x in m.get("exclus", ())],
        )
    return motifs


def motifs_initiaux() -> Motifs:
    """The patterns of the working notes, compiled by `re` (some need look-ahead)."""
    notes = yaml.safe_load((PARTAGE / "research" / "activites.yaml").read_text(encoding="utf-8"))
    enveloppe = r"(?<![a-z0-9])(?:{})"
    return {
        a["id"]: (
            [re.compile(enveloppe.format(x)) for x in a["patterns"]["strong"]],
            [re.compile(enveloppe.format(x)) for x in a["patterns"]["exclude"]],
        )
        for a in notes["activites"]
    }


def predire(motifs: Motifs, texte: str) -> set[str]:
    """Activities with a strong pattern and no excluding one."""
    return {
        a
        for a, (forts, exclus) in motifs.items()
        if any(f.search(texte) for f in forts) and not any(e.search(texte) for e in exclus)
    }


def noter(predit: Callable[[str], set[str]], lignes: list[tuple[str, set[str]]]) -> dict[str, float]:
    """Micro precision, recall, F1 and macro F1 (over the activities that the annotations hold)."""
    vrais: Counter[str] = Counter()
    faux: Counter[str] = Counter()
    oublis: Counter[str] = Counter()
    for texte, attendu in lignes:
        trouve = predit(texte)
        vrais.update(trouve & attendu)
        faux.update(trouve - attendu)
        oublis.update(attendu - trouve)
    tp, fp, fn = vrais.total(), faux.total(), oublis.total()
    presentes = {a for _, attendu in lignes for a in attendu}
    return {
        "precision": tp / (tp + fp),
        "rappel": tp / (tp + fn),
        "micro F1": 2 * tp / (2 * tp + fp + fn),
        "macro F1": sum(2 * vrais[a] / (2 * vrais[a] + faux[a] + oublis[a]) for a in presentes)
        / len(presentes),
    }


def main() -> None:
    """Print both, and their ratio."""
    fichier = PARTAGE / "data" / "textes" / "annotations_dev.jsonl"
    if not fichier.is_file():
        print(f"Mesure passée : annotations absentes ({fichier.name}).")
        return
    brut = [json.loads(ligne) for ligne in fichier.read_text(encoding="utf-8").splitlines()]
    lignes = [(normaliser(f"{r['nom']} {r['texte']}"), set(r["activites"])) for r in brut]
    versions = {"motifs initiaux (re)": motifs_initiaux(), "motifs actuels (re2)": motifs_actuels()}
    notes = {}
    for nom, motifs in versions.items():
        depart = time.perf_counter()
        notes[nom] = noter(lambda texte, m=motifs: predire(m, texte), lignes)
        duree = time.perf_counter() - depart
        chiffres = "  ".join(f"{k} {v:.3f}" for k, v in notes[nom].items())
        print(f"{nom:22} {chiffres}  ({len(lignes)} textes, {duree:.2f} s)")
    avant, apres = (n["micro F1"] for n in notes.values())
    print(f"rapport des micro F1 : {apres / avant:.2f} (jeu de mise au point : estimation optimiste)")


if __name__ == "__main__":
    main()
