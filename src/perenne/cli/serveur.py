"""Starts the server of the web application: in the place of this process, or beside it."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from perenne.domain.erreurs import ErreurUtilisateur

PID = "serveur.pid"
JOURNAL = "serveur.log"
ATTENTE_S = 60
PORTS_ESSAYES = 20


def refuser_windows() -> None:
    """The server needs `fork`.

    Raises:
        ErreurUtilisateur: on Windows.
    """
    if sys.platform == "win32":
        raise ErreurUtilisateur(
            "Le serveur ne fonctionne pas sous Windows.",
            conseil="Utilisez Linux, macOS, ou WSL, le sous-système Linux de Windows.",
        )


def port_refuse(adresse: str, port: int) -> str:
    """Why nothing can listen there, in words; empty when something can."""
    famille = socket.AF_INET6 if ":" in adresse else socket.AF_INET
    with socket.socket(famille, socket.SOCK_STREAM) as essai:
        essai.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            essai.bind((adresse.strip("[]"), port))
        except OSError as erreur:
            return erreur.strerror or str(erreur)
    return ""


def verifier_port(adresse: str, port: int) -> None:
    """Raise a sentence when nothing can listen there.

    Raises:
        ErreurUtilisateur: the port is taken, or the address is not of this machine.
    """
    if raison := port_refuse(adresse, port):
        raise ErreurUtilisateur(
            f"Impossible d'écouter à {adresse}:{port} ({raison}).",
            conseil="Choisissez un autre port : perenne servir --port 8001",
        )


def trouver_port(adresse: str, port: int) -> int:
    """The first free port from `port` on.

    Raises:
        ErreurUtilisateur: none of the next ones is free.
    """
    for essai in range(port, port + PORTS_ESSAYES):
        if not port_refuse(adresse, essai):
            return essai
    raise ErreurUtilisateur(
        f"Aucun port libre de {port} à {port + PORTS_ESSAYES - 1}.", conseil="Ajoutez --port."
    )


def _commande(adresse: str, port: int) -> list[str]:
    serveur = [sys.executable, "-m", "gunicorn", "--config", "python:perenne.web.config.gunicorn"]
    return [*serveur, "--bind", f"{adresse}:{port}", "perenne.web.config.wsgi:application"]


def remplacer_par_le_serveur(adresse: str, port: int, variables: Mapping[str, str] | None = None) -> None:
    """The server takes the place of this process: signals reach it directly. Does not return."""
    sys.stdout.flush()
    commande = _commande(adresse, port)
    os.execve(sys.executable, commande, {**os.environ, **(variables or {})})


def lancer_a_cote(adresse: str, port: int, variables: Mapping[str, str], dossier: Path) -> None:
    """Start a server that outlives this process, and wait until it answers; its number is kept in `dossier`.

    Raises:
        ErreurUtilisateur: it stopped at once, or does not answer.
    """
    journal = dossier / JOURNAL
    with journal.open("ab") as sortie:
        processus = subprocess.Popen(
            _commande(adresse, port),
            env={**os.environ, **variables},
            stdin=subprocess.DEVNULL,
            stdout=sortie,
            stderr=sortie,
            start_new_session=True,
        )
    (dossier / PID).write_text(str(processus.pid), encoding="ascii")
    fin = time.monotonic() + ATTENTE_S
    while time.monotonic() < fin and processus.poll() is None:
        with (
            contextlib.suppress(OSError),
            urllib.request.urlopen(f"http://{adresse}:{port}/sante", timeout=5) as reponse,
        ):
            if reponse.status == 200:
                return
        time.sleep(0.1)
    arreter(dossier)
    raise ErreurUtilisateur(f"Le serveur n'a pas démarré : voyez {journal}.")


def arreter(dossier: Path) -> bool:
    """Stop the server that `lancer_a_cote` started from this folder; False when there is none.

    A number kept from before a restart of the machine may be that of another program: only a process whose
    command is that of our server is stopped.
    """
    fichier = dossier / PID
    try:
        pid = int(fichier.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return False
    fichier.unlink(missing_ok=True)
    if not _est_le_serveur(pid):
        return False
    os.kill(pid, signal.SIGTERM)
    fin = time.monotonic() + 10
    while time.monotonic() < fin and _est_le_serveur(pid):
        time.sleep(0.05)
    return True


def _est_le_serveur(pid: int) -> bool:
    with contextlib.suppress(ChildProcessError, OSError):
        os.waitpid(pid, os.WNOHANG)  # when it is a child of this very process
    lue = subprocess.run(
        ["ps", "-ww", "-o", "args=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return "perenne.web.config.wsgi" in lue.stdout
