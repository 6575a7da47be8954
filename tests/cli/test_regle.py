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
