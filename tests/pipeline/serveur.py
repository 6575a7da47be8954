"""A small local server that behaves as badly as it is told to."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Comportement:
    """What the server does, and what it was asked.

    Attributes:
        contenu: body of the file.
        etag: version announced; empty for none.
        couper_apres: bytes after which the connection is cut, once for each entry.
        reponses: (status, headers) sent before anything else, one a request.
        lenteur: seconds between two chunks.
        longueur: Content-Length announced instead of the true one.
        demandes: headers received.
    """

    contenu: bytes = b""
    etag: str = '"v1"'
    couper_apres: list[int] = field(default_factory=list)
    reponses: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    lenteur: float = 0.0
    longueur: int | None = None
    demandes: list[dict[str, str]] = field(default_factory=list)


@contextlib.contextmanager
def servir(comportement: Comportement) -> Iterator[str]:
    """Serve the file on a free port; give its address."""

    class Poignee(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *args: object) -> None:
            """Say nothing."""

        def do_GET(self) -> None:
            c = comportement
            c.demandes.append({k.lower(): v for k, v in self.headers.items()})
            if c.reponses:
                code, entetes = c.reponses.pop(0)
                self.send_response(code)
                for nom, valeur in {**entetes, "Content-Length": "0"}.items():
                    self.send_header(nom, valeur)
                self.end_headers()
                return
            if c.etag and self.headers.get("If-None-Match") == c.etag:
                self.send_response(304)
                self.end_headers()
                return
            debut = 0
            demande = self.headers.get("Range", "")
            if demande and self.headers.get("If-Range") == c.etag:
                debut = int(demande.removeprefix("bytes=").rstrip("-"))
            corps = c.contenu[debut:]
            self.send_response(206 if debut else 200)
            if debut:
                self.send_header("Content-Range", f"bytes {debut}-{len(c.contenu) - 1}/{len(c.contenu)}")
            self.send_header("Content-Length", str(c.longueur if c.longueur is not None else len(corps)))
            if c.etag:
                self.send_header("ETag", c.etag)
            self.end_headers()
            limite = c.couper_apres.pop(0) if c.couper_apres else len(corps)
            with contextlib.suppress(ConnectionError):  # the client may leave first
                for i in range(0, min(limite, len(corps)), 8192):
                    self.wfile.write(corps[i : min(i + 8192, limite)])
                    time.sleep(c.lenteur)
            if limite < len(corps) or c.longueur is not None:
                self.close_connection = True

    serveur = ThreadingHTTPServer(("127.0.0.1", 0), Poignee)
    fil = threading.Thread(target=serveur.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    fil.start()
    try:
        yield f"http://127.0.0.1:{serveur.server_port}/epcicom2026.xlsx"
    finally:
        serveur.shutdown()
        serveur.server_close()
        fil.join()
