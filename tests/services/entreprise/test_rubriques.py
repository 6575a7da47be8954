"""Files about an enterprise kept as plain values: read back the same, mistakes placed by path."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.services.entreprise.dossiers import lire_dossier, lire_octets
from perenne.services.entreprise.rubriques import (
    dire_place,
    essayer_rubriques,
    lire_rubriques,
    rubriques_de,
)

AU = dt.date(2026, 11, 23)
DEMOS = ("ressourcerie-valfiction", "cafe-bourg-invente", "regie-coteaux-imaginaires")


@pytest.mark.parametrize("nom", DEMOS)
def test_a_file_kept_as_json_is_read_back_the_same(racine: Path, nom: str) -> None:
    lu = lire_dossier(racine / f"data/demo/diagnostics/{nom}.yaml", AU).dossier
    gardees = json.loads(json.dumps(rubriques_de(lu)))

    assert lire_rubriques(gardees, nom, AU).dossier == lu


def test_a_mistake_is_placed_by_the_path_of_its_field() -> None:
    rubriques = {
        "structure": {"nom": "Fictive"},
        "exercices": [{"id": "2025", "clos_le": "2025-12-31"}],
        "ressources": [
            {"exercice": "2025", "poste": "ventes", "payeur": "Clients", "montant": "1 200,50 €"},
            {"exercice": "2025", "poste": "ventes", "payeur": "Autres", "montant": "beaucoup"},
        ],
    }
    lu, anomalies = essayer_rubriques(rubriques, AU)

    assert lu is None
    assert [a.ou for a in anomalies] == ["ressources/1/montant"]
    assert "n'est pas un nombre" in anomalies[0].message
    assert dire_place("ressources/1/montant", rubriques) == "Ressources, Autres, Montant de l'année (€)"


def test_a_table_or_a_field_that_does_not_exist_is_said_and_not_dropped() -> None:
    _, anomalies = essayer_rubriques({"structure": {"nom": "F", "note": 3}, "secrets": []}, AU)

    assert [a.ou for a in anomalies] == ["structure/note", "secrets"]


def test_what_is_wrong_in_what_is_kept_is_said_in_words() -> None:
    with pytest.raises(ErreurUtilisateur) as erreur:
        lire_rubriques({"structure": {"nom": "F", "activites": ["licornes"]}}, "F", AU)
    assert [a.ou for a in erreur.value.anomalies] == ["Structure, Activités"]


def test_a_name_in_a_source_is_refused() -> None:
    rubriques = {
        "structure": {"nom": "F"},
        "repondants": [{"id": "e", "role": "entreprise"}],
        "passages": [{"id": "p", "date": "2026-01-05"}],
        "reponses": [{"critere": "A6", "avis": "oui", "source": "dit par M. Untel"}],
    }
    _, anomalies = essayer_rubriques(rubriques, AU)

    assert [a.ou for a in anomalies] == ["reponses/0/source"]


def test_accounts_given_beside_a_file_are_read_and_no_other(racine: Path) -> None:
    dossier = racine / "data/demo/diagnostics"
    octets = (dossier / "ressourcerie-valfiction.yaml").read_bytes()
    balance = (dossier / "balance-valfiction-2025.csv").read_bytes()

    lu = lire_octets(octets, "d.yaml", AU, joints={"balance-valfiction-2025.csv": balance})

    assert lu.dossier == lire_dossier(dossier / "ressourcerie-valfiction.yaml", AU).dossier
    with pytest.raises(ErreurUtilisateur) as erreur:
        lire_octets(octets, "d.yaml", AU, joints={"../balance-valfiction-2025.csv": balance})
    assert "n'est pas joint" in erreur.value.anomalies[0].message
