"""`perenne servir` refuses what it cannot do, in French, before it starts."""

from __future__ import annotations

import socket
import subprocess
import sys


def test_a_port_already_taken_is_told_with_another_one() -> None:
    with socket.socket() as occupe:
        occupe.bind(("127.0.0.1", 0))
        occupe.listen()
        port = str(occupe.getsockname()[1])
        sortie = subprocess.run(
            [sys.executable, "-m", "perenne.cli.main", "servir", "--port", port],
            capture_output=True,
            text=True,
            check=False,
        )
    assert sortie.returncode == 2
    assert f"Impossible d'écouter à 127.0.0.1:{port}" in sortie.stderr
    assert "Traceback" not in sortie.stderr
