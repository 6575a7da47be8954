"""Runs the operator's actions of the web application, which live in a process with Django."""

from __future__ import annotations

import subprocess
import sys


def lancer_gestion(*arguments: str) -> int:
    """Exit code of `python -m perenne.web.gestion …`; what it says goes straight to the user."""
    sys.stdout.flush()
    return subprocess.run([sys.executable, "-m", "perenne.web.gestion", *arguments], check=False).returncode
