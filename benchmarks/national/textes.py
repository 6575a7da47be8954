"""Classification: the automaton, cold, on one processor, against the same patterns in a loop of pandas.

    python -m benchmarks.national.textes DOSSIER

The texts are the titles and purposes of the associations of the made-up register.
"""

from __future__ import annotations

import json
import sys
import time
import warnings
from pathlib import Path

import pandas as pd
from benchmarks.national.balayage import ARCHIVES

from perenne.domain.classement.types import Fiche
from perenne.domain.savoir.activites import au_debut_d_un_mot
from perenne.domain.texte import normaliser
from perenne.pipeline.classement.automate import Automate
from perenne.pipeline.lecture_tolerante import Bilan, lire_tolerant
from perenne.pipeline.reconnaissance import candidats, choisir, parcourir
from perenne.services.classement.obtenir import activites_du_savoir, obtenir_classeur
from perenne.sources.registre import charger_notices

NOMBRE, BOUCLE = 40_000, 400


def lire_textes(sources: Path, nombre: int) -> list[str]:
    """The first texts of the register."""
    notice = next(n for n in charger_notices() if n.id == "interieur_rna_waldec")
    fichiers = [f for f in parcourir(sources / "entreprises") if f.chemin.name in ARCHIVES.values()]
    fichier = choisir(notice, candidats(notice, fichiers))
    assert fichier is not None
    textes: list[str] = []
    for partie in fichier.parties:
        for lot in lire_tolerant(partie, ["id", "titre", "objet"], ["id"], notice.fichier.debut, Bilan()):
            textes += [
                f"{t} {o}"
                for t, o in zip(*(lot.column(c).to_pylist() for c in ("titre", "objet")), strict=True)
            ]
        if len(textes) >= nombre:
            break
    return textes[:nombre]


def mesurer(sources: Path) -> dict[str, float | bool]:
    """Texts per second of processor of each, and whether the matches are the same."""
    bruts = lire_textes(sources, NOMBRE)
    activites = activites_du_savoir()
    formes = [normaliser(t) for t in bruts]
    depart = time.process_time()
    automate = Automate(activites)
    trouves = [automate.trouver(f) for f in formes]
    a_froid = len(formes) / (time.process_time() - depart)

    motifs = [
        au_debut_d_un_mot(m)
        for a in activites.values()
        for m in (*a.motifs.forts, *a.motifs.faibles, *a.motifs.exclus)
    ]
    warnings.filterwarnings("ignore", message=".*match groups")
    boucles = {}
    for type_ in ("object", "str"):
        serie = pd.Series(formes[:BOUCLE], dtype=type_)
        depart = time.process_time()
        colonnes = [serie.str.contains(m, regex=True).to_numpy(dtype=bool) for m in motifs]
        boucles[type_] = len(serie) / (time.process_time() - depart)
    memes = all([m for m, c in enumerate(colonnes) if c[i]] == sorted(trouves[i]) for i in range(len(serie)))

    classeur = obtenir_classeur()
    depart = time.process_time()
    for rang, brut in enumerate(bruts):
        classeur.classer(Fiche(id=str(rang), texte=brut))
    return {
        "textes": len(bruts), "motifs": len(motifs), "automate": a_froid, "boucle": boucles["object"],
        "boucle_arrow": boucles["str"], "memes_motifs": memes,
        "complet": len(bruts) / (time.process_time() - depart),
    }  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(mesurer(Path(sys.argv[1]))))
