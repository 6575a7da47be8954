"""`perenne atlas territoire`, run as a newcomer does: no atlas, no national file."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.pipeline.api_entreprises.serveur_api import Api, entreprise, servir_api


def _lancer(adresse: str, tmp_path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "perenne.cli.main", "atlas", "territoire", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ
        | {
            "PERENNE_API_ENTREPRISES": adresse,
            "PERENNE_CACHE": str(tmp_path / "cache"),
            "PERENNE_ATLAS": str(tmp_path / "absent"),
        },
    )


def test_a_table_says_who_where_and_why(tmp_path: Path) -> None:
    ferme = entreprise(3)
    ferme["matching_etablissements"] = [ferme["siege"] | {"etat_administratif": "F"}]
    api = Api(
        [
            entreprise(1, nom_complet="LES AMIS DU BOURG"),
            entreprise(2, statut_diffusion="P"),
            ferme,
            entreprise(4, complements={"est_ess": False, "est_siae": True, "type_siae": "ACI"}),
        ]
    )
    with servir_api(api) as adresse:
        lance = _lancer(adresse, tmp_path, "23096")
    assert lance.returncode == 0, lance.stderr
    lignes = {ligne.split("  ")[0]: ligne for ligne in lance.stdout.splitlines()}
    assert "Commune 23096 : 4 entreprises" in lance.stdout
    assert lignes["LES AMIS DU BOURG"].split() == [
        "LES", "AMIS", "DU", "BOURG", "VILLE", "23096", "000000001", "ESS",
    ]  # fmt: skip
    assert "000000002" in lignes["(non diffusible)"]
    assert lignes["ASSOCIATION 3"].endswith("ESS, fermé ici")
    assert lignes["ASSOCIATION 4"].endswith("insertion (ACI)")
    assert "aucune réponse réelle n'a été vue" in lance.stdout
    assert (tmp_path / "cache/recherche-entreprises/commune-23096").is_dir()


def test_what_is_not_a_territory_is_told_without_asking(tmp_path: Path) -> None:
    api = Api()
    with servir_api(api) as adresse:
        lance = _lancer(adresse, tmp_path, "Guéret")
    assert lance.returncode == 2
    assert "23096, 200044014, 23" in lance.stderr
    assert api.demandes == []


def test_an_outage_is_told_without_a_traceback(tmp_path: Path) -> None:
    with servir_api(Api(pannes=[(429, {"Retry-After": "600"})])) as adresse:
        lance = _lancer(adresse, tmp_path, "23")
    assert lance.returncode == 2
    assert "demande d'attendre 600 s" in lance.stderr
    assert "Traceback" not in lance.stderr
