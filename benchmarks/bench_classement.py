"""How fast the patterns of all activities are searched, against a pandas-like loop over the same patterns.

`pandas.Series.str.contains` calls `re.search` on each text, pattern after pattern: the loop here does
the same without pandas (which adds its own cost): the ratio is kind to it. Texts: made up from phrases of the
knowledge base in sentences, and the real ones of the shared folder (PERENNE_TEST_PARTAGE) where it is there.
"""

from __future__ import annotations

import json
import os
import random
import re
import resource
import time
from pathlib import Path

import pyarrow as pa

from perenne.domain.classement.decision import Classeur
from perenne.domain.classement.types import Fiche
from perenne.domain.savoir.activites import au_debut_d_un_mot
from perenne.domain.texte import normaliser
from perenne.pipeline.assemblage.entreprises.activites import envoyable
from perenne.pipeline.classement.automate import Automate
from perenne.pipeline.classement.lot import COLONNES
from perenne.pipeline.moteurs.partage import TAILLE, coeurs, partager
from perenne.services.classement.obtenir import activites_du_savoir, obtenir_classeur

RACINE = Path(__file__).resolve().parent.parent
PARTAGE = Path(os.environ.get("PERENNE_TEST_PARTAGE", RACINE.parent / "shared"))
NOMBRE = 40_000
BOUCLE = 400
REPETITIONS = 4
"""Times the texts are given to the kernel of the atlas, so that the start of the processes hardly counts."""

NEUTRES = [
    "organiser",
    "des",
    "rencontres",
    "conviviales",
    "entre",
    "adherents",
    "pratiquer",
    "la",
    "danse",
    "et",
    "la",
    "gymnastique",
    "pour",
    "tous",
    "promouvoir",
    "le",
    "football",
    "et",
    "participer",
    "aux",
    "competitions",
    "regionales",
    "animer",
    "la",
    "vie",
    "du",
    "village",
    "et",
    "ses",
    "fetes",
    "defendre",
    "les",
    "interets",
    "des",
    "proprietaires",
    "et",
    "des",
    "locataires",
    "du",
    "quartier",
    "enseigner",
    "la",
    "musique",
    "le",
    "chant",
    "et",
    "soutenir",
    "les",
    "eleves",
    "et",
    "leurs",
    "familles",
    "proposer",
    "des",
    "voyages",
    "des",
    "sorties",
    "et",
    "des",
    "conferences",
]


def textes(nombre: int) -> list[str]:
    """Made-up purposes of about 30 words, one in three with a phrase that some activity recognises."""
    alea = random.Random(2026)
    phrases = [e for a in activites_du_savoir().values() for e in a.essais.positifs + a.essais.negatifs]
    fichier = PARTAGE / "data" / "textes" / "annotations_dev.jsonl"
    reels = []
    if fichier.is_file():
        reels = [f"{r['nom']} {r['texte']}" for r in map(json.loads, fichier.read_text("utf-8").splitlines())]
    faits = [
        " ".join(alea.choices(NEUTRES, k=alea.randint(10, 40)))
        + (f" {alea.choice(phrases)}" if alea.random() < 1 / 3 else "")
        for _ in range(nombre - len(reels))
    ]
    ensemble = faits + reels
    alea.shuffle(ensemble)
    print(f"{len(faits)} textes fabriqués, {len(reels)} réels")
    return ensemble


def mesurer_noyau(bruts: list[str], classeur: Classeur) -> None:
    """The kernel of the atlas over batches of operators, in one process then on every core."""
    colonnes: dict[str, list[str | None]] = {c: [None] * TAILLE for c in COLONNES if c != "listes"}
    colonnes |= {"naf": ["94.99Z"] * TAILLE, "forme": ["9220"] * TAILLE}
    lots = []
    for debut in range(0, len(bruts), TAILLE):
        textes_lot = bruts[debut : debut + TAILLE]
        rangs = [f"{debut + i:09d}" for i in range(len(textes_lot))]
        lot = {c: v[: len(textes_lot)] for c, v in colonnes.items()}
        lot |= {
            "operateur": rangs,
            "id": rangs,
            "objet": textes_lot,
            "nom": [f"ASSOCIATION {r}" for r in rangs],
        }
        tableau = pa.table({c: pa.array(v, pa.string()) for c, v in lot.items()})
        lots.append(tableau.append_column("listes", pa.nulls(len(rangs))).combine_chunks().to_batches()[0])
    fabrique = envoyable(classeur)
    for processus in sorted({1, coeurs()}):
        depart, lignes = time.perf_counter(), 0
        repetes = (lot for _ in range(REPETITIONS) for lot in lots)
        for lot in partager(repetes, fabrique, processus):
            lignes += lot.num_rows
        nombre = REPETITIONS * len(bruts)
        vitesse = nombre / (time.perf_counter() - depart)
        print(
            f"atlas, {processus} processus     {vitesse:12,.0f} opérateurs/s  ({lignes} activités trouvées)"
        )


def main() -> None:
    """Print the figures, the baseline and the ratio."""
    activites = activites_du_savoir()
    motifs = [
        au_debut_d_un_mot(m)
        for a in activites.values()
        for m in (*a.motifs.forts, *a.motifs.faibles, *a.motifs.exclus)
    ]
    bruts = textes(NOMBRE)
    depart = time.perf_counter()
    formes = [normaliser(t) for t in bruts]
    print(f"mise en forme          {NOMBRE / (time.perf_counter() - depart):12,.0f} textes/s")

    depart = time.perf_counter()
    automate = Automate(activites)
    trouves = [automate.trouver(f) for f in formes]
    automate_s = NOMBRE / (time.perf_counter() - depart)
    print(
        f"automate, à froid      {automate_s:12,.0f} textes/s  ({len(motifs)} motifs, compilation comprise)"
    )

    boucle = formes[:BOUCLE]
    compiles = [re.compile(m) for m in motifs]
    depart = time.perf_counter()
    colonnes = [[c.search(f) is not None for f in boucle] for c in compiles]
    boucle_s = BOUCLE / (time.perf_counter() - depart)
    print(f"boucle str.contains    {boucle_s:12,.0f} textes/s  (sur {BOUCLE} textes)")
    print(f"rapport                {automate_s / boucle_s:12.0f} ×")
    memes = all(
        [m for m, colonne in enumerate(colonnes) if colonne[i]] == sorted(trouves[i]) for i in range(BOUCLE)
    )
    print(f"mêmes motifs trouvés sur ces {BOUCLE} textes : {'oui' if memes else 'NON'}")

    classeur = obtenir_classeur()
    depart = time.perf_counter()
    for rang, brut in enumerate(bruts):
        classeur.classer(Fiche(id=str(rang), texte=brut))
    print(
        f"classement complet     {NOMBRE / (time.perf_counter() - depart):12,.0f} textes/s  (indices compris)"
    )
    mesurer_noyau(bruts, classeur)
    print(f"mémoire au plus haut   {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:12,.0f} Mio")


if __name__ == "__main__":
    main()
