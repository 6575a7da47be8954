"""A PostgreSQL server of the tests' own, in a folder that goes with them."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def trouver_binaires() -> Path | None:
    """Folder of `initdb`; None where PostgreSQL is not installed."""
    if chemin := shutil.which("initdb"):
        return Path(chemin).resolve().parent
    return next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)


def raison_d_absence() -> str:
    """Why no server can be started; empty when one can."""
    try:
        import psycopg  # noqa: F401
    except ImportError:
        return "psycopg absent (paquet perenne[postgres])"
    if trouver_binaires() is None:
        return "PostgreSQL absent : initdb introuvable"
    if os.getuid() == 0 and shutil.which("runuser") is None:
        return "PostgreSQL ne se lance pas en administrateur, et runuser est absent"
    return ""


@contextmanager
def lancer_postgresql(*, durable: bool = True) -> Iterator[str]:
    """Address of an empty base; the server and its folder go at the end.

    Args:
        durable: each write waits for the disk; only what is killed needs it.

    PostgreSQL refuses to run as root: there it runs as its own account, made by its package.
    """
    binaires = trouver_binaires()
    assert binaires is not None
    comme = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    with socket.socket() as libre:
        libre.bind(("127.0.0.1", 0))
        port = libre.getsockname()[1]
    dossier = Path(tempfile.mkdtemp(prefix="perenne-pg-"))
    if comme:
        shutil.chown(dossier, "postgres")
    grappe = dossier / "grappe"
    options = (
        f"-p {port} -k {dossier} -h 127.0.0.1 -c max_connections=300 -c fsync={'on' if durable else 'off'}"
    )
    subprocess.run(
        [*comme, str(binaires / "initdb"), "-D", str(grappe), "-U", "perenne", "--auth=trust", "-E", "UTF8",
         "--locale=C.UTF-8"],
        check=True, capture_output=True, cwd=dossier,
    )  # fmt: skip
    try:
        subprocess.run(
            [*comme, str(binaires / "pg_ctl"), "-D", str(grappe), "-l", str(dossier / "journal"), "-w",
             "-o", options, "start"],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=dossier,
        )  # fmt: skip
        yield f"postgres://perenne@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run(
            [*comme, str(binaires / "pg_ctl"), "-D", str(grappe), "-m", "immediate", "stop"],
            check=False, capture_output=True, cwd=dossier,
        )  # fmt: skip
        shutil.rmtree(dossier, ignore_errors=True)
