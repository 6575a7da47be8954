"""`perenne regle`, through the real entry point."""

from __future__ import annotations

import subprocess
import sys


def _perenne(*arguments: str) -> subprocess.CompletedProcess[str]:
    commande = [sys.executable, "-m", "perenne.cli.main", "regle", *arguments]
    return subprocess.run(commande, capture_output=True, text=True, check=False)


def test_an_answer_and_its_exit_code() -> None:
    sortie = _perenne(
        "commande-publique/dispense-de-procedure",
        *("--au", "2026-03-31", "--avec", "montant_marche=45000", "--avec", "objet_marche=services"),
    )
    assert sortie.returncode == 0, sortie.stderr
    assert "Au 31 mars 2026 : EXCLU" in sortie.stdout


def test_a_mistake_exits_with_two_and_no_traceback() -> None:
    sortie = _perenne("commande-publique/dispense", "--au", "2026-02-30")
    assert sortie.returncode == 2
    assert "« 2026-02-30 » n'est pas une date." in sortie.stderr
    assert "Traceback" not in sortie.stderr
    sans_nom = _perenne()
    assert sans_nom.returncode == 2
    assert "perenne regle --liste" in sans_nom.stderr


def test_the_list_of_a_domain() -> None:
    sortie = _perenne("--liste", "iae/")
    assert sortie.returncode == 0, sortie.stderr
    assert "iae/aide-au-poste" in sortie.stdout


def test_before_it_existed_and_after_its_end_a_rule_says_so() -> None:
    avant = _perenne("subventions/contrat-engagement-republicain", "--au", "2022-01-01")
    assert "La règle n'existait pas encore : elle s'applique depuis le 2 janvier 2022." in avant.stdout
    apres = _perenne("zonages/zrr", "--au", "2024-07-01")
    assert "La règle a cessé de s'appliquer après le 30 juin 2024." in apres.stdout


def test_a_text_that_was_not_read_again_is_said_beside_it() -> None:
    sortie = _perenne("financements/financement-participatif", "--au", "2026-11-23")
    assert "2015-1670 du 14 décembre 2015 (référence à vérifier)" in " ".join(sortie.stdout.split())
