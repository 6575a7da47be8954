"""How long a search by name takes on a directory of national size, against LIKE and plain FTS5, in one run.

    python benchmarks/bench_chercher.py [ENTERPRISES, 2 500 000 by default]

The names are invented, from a seed: words as unequally frequent as those of the registers of associations,
proper nouns made of syllables. What is typed is taken from them, letter by letter, then with one mistake.
"""

from __future__ import annotations

import os
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from perenne.atlas.annuaire.index import ouvrir_annuaire
from perenne.atlas.annuaire.recherche import chercher
from perenne.atlas.lecteur import Atlas
from perenne.domain.annuaire.demande import Condition, Criteres, lire_demande
from perenne.domain.texte import normaliser
from perenne.pipeline import sqlite
from perenne.pipeline.annuaire import ecriture
from perenne.pipeline.schema import TABLES

GRAINE = 20261123
P95_FRAPPE_MS, P95_FAUTE_MS = 15.0, 100.0
_DEBUTS = """
association club amicale comite union federation foyer groupement cooperative societe mutuelle compagnie les
la maison centre ecole atelier collectif
"""
_COURANTS = """
amis sport sportif jeunes culture fetes danse musique theatre jardin solidaire aide domicile familles
rurales parents eleves chasse peche petanque football tennis judo anciens combattants patrimoine sauvegarde
nature velo ressourcerie recyclerie epicerie insertion emploi formation services social quartier regie
creche enfance loisirs vacances sante handicap retraite syndicat departementale nationale utilisation
materiel agricole logement habitat energie citoyenne tiers lieu cafe associatif bibliotheque cinema art
artistes photo histoire saint sainte village bourg vallee pays mont plateau rive lac foret bois pierre
fontaine moulin chateau eglise espoir avenir horizon partage entraide echanges employeurs developpement
promotion defense animaux cheval randonnee montagne nautique voile basket rugby gymnastique yoga mouvement
ensemble orchestre chorale choeur
"""
_SYLLABES = "b c d f g l m n p r s t v ch qu br tr gu", "a e i o u an on ou ai eau"
DEBUTS, COURANTS = _DEBUTS.split(), _COURANTS.split()
OUTILS = ("de", "des", "du", "la", "les", "l", "d", "et", "pour", "en")
SYLLABES = [a + b for a in _SYLLABES[0].split() for b in _SYLLABES[1].split()]
PROPRES = 400_000
GENRES_DE_LISTES = ("rang", "mot", "debut", "cle", "faute", "facette")


def inventer_noms(nombre: int, hasard: np.random.Generator) -> list[str]:
    """Names of two to six words, in capitals as in the registers."""
    propres = [
        "".join(s) for s in np.array(SYLLABES)[hasard.integers(0, len(SYLLABES), (PROPRES, 3))].tolist()
    ]
    communs, rares = hasard.integers(0, 4, nombre), hasard.integers(0, 3, nombre)
    rares[(communs == 0) & (rares == 0)] = 1
    mots_communs = iter(_tirer(COURANTS, int(communs.sum()), 0.8, hasard))
    mots_rares = iter(_tirer(propres, int(rares.sum()), 0.75, hasard))
    tetes = _tirer(DEBUTS, nombre, 1.2, hasard)
    outils = iter(
        np.array(OUTILS)[hasard.integers(0, len(OUTILS), int(communs.sum() + rares.sum()))].tolist()
    )
    noms = []
    for tete, c, r, avec in zip(
        tetes, communs.tolist(), rares.tolist(), (hasard.random(nombre) < 0.8), strict=True
    ):
        mots = [tete] if avec else []
        for _ in range(c):
            mots += [next(outils), next(mots_communs)]
        for _ in range(r):
            mots += [next(outils), next(mots_rares)]
        noms.append(" ".join(mots).upper())
    return noms


def _tirer(mots: Sequence[str], nombre: int, pente: float, hasard: np.random.Generator) -> list[str]:
    poids = 1 / (np.arange(len(mots)) + 20) ** pente
    return [mots[i] for i in hasard.choice(len(mots), nombre, p=poids / poids.sum()).tolist()]


def ecrire_tables(dossier: Path, noms: list[str], hasard: np.random.Generator) -> None:
    """The Parquet tables of an atlas; those that the search does not read are empty."""
    n = len(noms)
    ids = [f"{i:09d}" for i in range(n)]
    communes = [
        f"{d:02d}{c:03d}" for d, c in zip(hasard.integers(1, 96, n), hasard.zipf(1.5, n) % 400, strict=True)
    ]
    autres = hasard.choice(n, n // 3, replace=False)
    connues = sorted(set(communes))
    tables: dict[str, dict[str, list[object]]] = {
        "entreprise": {
            "id": ids, "siren": ids, "nom": list(noms), "sigle": [None] * n,
            "forme": hasard.choice(["9220", "5710", "8210", "5460"], n, p=[0.9, 0.04, 0.01, 0.05]).tolist(),
            "verdict": hasard.choice(["oui", "probable", "non"], n, p=[0.9, 0.07, 0.03]).tolist(),
            "etat": hasard.choice(["active", "fermee"], n, p=[0.7, 0.3]).tolist(),
            "employeur": hasard.choice(["O", "N", ""], n, p=[0.08, 0.5, 0.42]).tolist(),
            "effectif": hasard.choice(["NN", "01", "12"], n, p=[0.92, 0.06, 0.02]).tolist(),
            "commune": communes, "departement": [c[:2] for c in communes],
            "precision": ["inconnu"] * n, "qpv_statut": ["inconnu"] * n, "diffusible": [1] * n,
        },
        "entreprise_nom": {
            "id": [ids[i] for i in sorted(autres.tolist())],
            "nom": inventer_noms(len(autres), hasard), "genre": ["enseigne"] * len(autres),
            "source": ["bench"] * len(autres),
        },
        "entreprise_activite": {
            "operateur": ids[: n // 5], "id": ids[: n // 5],
            "activite": [f"activite-{i % 42:02d}" for i in range(n // 5)], "confiance": ["haute"] * (n // 5),
        },
        "territoire": {
            "type": ["commune"] * len(connues), "code": connues, "nom": connues,
            "departement": [c[:2] for c in connues], "region": [f"{int(c[:2]) % 13:02d}" for c in connues],
        },
    }  # fmt: skip
    types = {"TEXT": pa.string(), "INTEGER": pa.int64(), "REAL": pa.float64(), "BLOB": pa.binary()}
    for table in TABLES:
        colonnes = tables.get(table.nom, {})
        lignes = len(next(iter(colonnes.values()), []))
        pq.write_table(
            pa.table(
                {c.nom: pa.array(colonnes.get(c.nom, [None] * lignes), types[c.type]) for c in table.champs}
            ),
            dossier / f"{table.nom}.parquet",
        )


def construire(dossier: Path, noms: list[str], hasard: np.random.Generator) -> tuple[float, float]:
    """Write an atlas; seconds of processor spent on the directory alone, and its size in megabytes."""
    version = dossier / "v"
    version.mkdir()
    ecrire_tables(version, noms, hasard)
    duree = 0.0
    vraie = ecriture.ecrire

    def chronometrer(ou: Path, base: sqlite3.Connection) -> None:
        nonlocal duree
        depart = time.process_time()
        vraie(ou, base)
        duree = time.process_time() - depart

    ecriture.ecrire = chronometrer
    sqlite.ecrire(version, version / "atlas.sqlite")
    ecriture.ecrire = vraie
    (dossier / "actuel").write_text("v", encoding="utf-8")
    with sqlite3.connect(version / "atlas.sqlite") as base:
        octets = sum(
            taille
            for nom, taille in base.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name")
            if any(f"entreprise_{genre}" in nom for genre in GENRES_DE_LISTES)
        )
    return duree, octets / 1e6


def temoins(dossier: Path, noms: list[str]) -> sqlite3.Connection:
    """The plain ways: the table of names, and FTS5 as one would first write it."""
    base = sqlite3.connect(dossier / "temoin.sqlite")
    base.execute("PRAGMA synchronous = OFF")
    base.execute("CREATE TABLE e (nom TEXT)")
    base.execute("CREATE VIRTUAL TABLE f USING fts5(nom, tokenize = 'unicode61 remove_diacritics 2')")
    for table in "ef":
        base.executemany(f"INSERT INTO {table} (nom) VALUES (?)", ((n,) for n in noms))
    base.commit()
    return base


def frappes(noms: Iterable[str]) -> list[str]:
    """What is typed, letter by letter, to find each name."""
    return [nom[:fin].lower() for nom in noms for fin in range(2, min(len(nom), 24) + 1)]


def fautes(noms: Iterable[str], hasard: np.random.Generator) -> list[str]:
    """Each name with one letter of its longest word wrong."""
    fautifs = []
    for nom in noms:
        mots = normaliser(nom).split()
        k = max(range(len(mots)), key=lambda i: len(mots[i]))
        place = int(hasard.integers(1, max(2, len(mots[k]))))
        mots[k] = mots[k][:place] + "z" + mots[k][place + 1 :]
        fautifs.append(" ".join(mots))
    return fautifs


def mesurer(faire: Callable[[str], object], demandes: Sequence[str]) -> tuple[float, float, float]:
    """Median, 95th centile and longest time, in milliseconds of processor: other programs do not count."""
    temps = []
    for demande in demandes:
        depart = time.process_time()
        faire(demande)
        temps.append(1000 * (time.process_time() - depart))
    return float(np.median(temps)), float(np.percentile(temps, 95)), max(temps)


def main() -> int:
    """Print the figures; 1 when a limit is passed."""
    nombre = int(sys.argv[1]) if len(sys.argv) > 1 else 2_500_000
    hasard = np.random.default_rng(GRAINE)
    with tempfile.TemporaryDirectory(prefix="perenne-mesure-") as temporaire:
        dossier = Path(temporaire)
        noms = inventer_noms(nombre, hasard)
        duree, taille = construire(dossier, noms, hasard)
        memoire = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{nombre} entreprises ; annuaire écrit en {duree:.0f} s de processeur, {taille:.0f} Mo ; "
            f"mémoire de pointe {memoire:.0f} Mio, fabrication des noms comprise"
        )
        tires = [noms[i] for i in hasard.integers(0, nombre, 60).tolist()]
        temoin = temoins(dossier, noms)
        with Atlas(dossier) as atlas:
            annuaire = ouvrir_annuaire(atlas)
            assert annuaire is not None
            actives = Criteres(etats=("active", "inconnu"), verdicts=("oui", "probable", "inconnu"))
            ici = Criteres(
                conditions=(Condition(parmi=(("departement", ("23",)),)),), etats=("active", "inconnu")
            )

            def suggerer(texte: str) -> object:
                return chercher(
                    atlas, annuaire, lire_demande(texte), actives, developpements={}, proches=False
                ).premieres(8)

            def demander(criteres: Criteres, facettes: Sequence[str] = ()) -> Callable[[str], object]:
                return lambda texte: chercher(
                    atlas, annuaire, lire_demande(texte), criteres, developpements={}
                ).page(facettes=facettes)

            def par_like(texte: str) -> object:
                return temoin.execute(
                    "SELECT nom FROM e WHERE nom LIKE ? LIMIT 8", (f"%{texte}%",)
                ).fetchall()

            def par_fts5(texte: str) -> object:
                mots = " ".join(f'"{m}"' for m in normaliser(texte).split())
                return temoin.execute(
                    "SELECT nom FROM f WHERE f MATCH ? ORDER BY rank LIMIT 8", (mots + "*",)
                ).fetchall()

            tapes = frappes(tires)
            courts = [d for d in dict.fromkeys(t[:3].strip() for t in tapes) if len(d) >= 2]
            fautifs = fautes(tires, hasard)
            genres = ("verdict", "employeur", "activite", "forme")
            resultats = {
                "frappe (suggestions)": mesurer(suggerer, tapes),
                "frappe, deux ou trois lettres": mesurer(suggerer, courts),
                "recherche entière": mesurer(demander(actives), [t.lower() for t in tires]),
                "recherche avec une faute": mesurer(demander(actives), fautifs),
                "recherche dans un département": mesurer(demander(ici), [t.lower() for t in tires]),
                "liste sans mot, avec comptes": mesurer(demander(ici, genres), [""] * 20),
                "témoin FTS5, frappe": mesurer(par_fts5, tapes[:: max(1, len(tapes) // 60)]),
                "témoin LIKE, frappe": mesurer(par_like, tapes[:: max(1, len(tapes) // 20)]),
            }
    print(f"{'':<34}{'médiane (ms)':>14}{'p95 (ms)':>12}{'maximum (ms)':>14}")
    for nom, chiffres in resultats.items():
        print(f"{nom:<34}{chiffres[0]:>14.1f}{chiffres[1]:>12.1f}{chiffres[2]:>14.1f}")
    frappe, faute = resultats["frappe (suggestions)"][1], resultats["recherche avec une faute"][1]
    for nom in ("FTS5", "LIKE"):
        print(
            f"{nom}, p95 de la frappe : {resultats[f'témoin {nom}, frappe'][1] / frappe:.0f} fois plus lent"
        )
    print(
        f"limites : frappe p95 {P95_FRAPPE_MS:.0f} ms, faute p95 {P95_FAUTE_MS:.0f} ms "
        f"({os.cpu_count()} cœurs)"
    )
    return 0 if frappe <= P95_FRAPPE_MS and faute <= P95_FAUTE_MS else 1


if __name__ == "__main__":
    sys.exit(main())
