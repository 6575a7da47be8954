"""Runs the operator's actions of the web application, which live in a process with Django."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping


def lancer_gestion(*arguments: str, variables: Mapping[str, str] | None = None) -> int:
    """Exit code of `python -m perenne.web.gestion …`; what it says goes straight to the user."""
    sys.stdout.flush()
    return subprocess.run(
        [sys.executable, "-m", "perenne.web.gestion", *arguments],
        check=False,
        env={**os.environ, **(variables or {})},
    ).returncode
