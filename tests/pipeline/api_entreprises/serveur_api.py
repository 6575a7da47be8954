"""A local server that answers like the API Recherche d'entreprises, in good and in bad days.

Filters, limits and fields follow the OpenAPI description of the service: 25 results a page, `page * per_page`
up to 10 000, `total_results` capped there, 400 with `erreur` for a wrong parameter.
"""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

PLAFOND = 10_000


def entreprise(rang: int, commune: str = "23096", **autres: Any) -> dict[str, Any]:
    """A result with every field that is described and some that must not be kept."""
    complements = {
        "est_ess": True,
        "est_siae": False,
        "type_siae": None,
        "est_association": True,
        "identifiant_association": f"W{rang:09d}",
        "est_societe_mission": False,
        "collectivite_territoriale": None,
    } | autres.pop("complements", {})
    lieu = {
        "siret": f"{rang:09d}00011",
        "commune": commune,
        "libelle_commune": f"VILLE {commune}",
        "adresse": "1 RUE DES TILLEULS",
        "code_postal": "23000",
        "longitude": "1.87",
        "latitude": "46.17",
        "activite_principale": "94.99Z",
        "etat_administratif": "A",
        "statut_diffusion_etablissement": "O",
    }
    return {
        "siren": f"{rang:09d}",
        "nom_complet": f"ASSOCIATION {rang}",
        "sigle": None,
        "nature_juridique": "9220",
        "etat_administratif": "A",
        "activite_principale": "94.99Z",
        "section_activite_principale": "S",
        "statut_diffusion": "O",
        "date_creation": "1999-01-01",
        "dirigeants": [{"nom": "SECRET", "prenoms": "SECRET"}],
        "siege": lieu,
        "matching_etablissements": [lieu],
        "complements": complements,
    } | autres


@dataclass
class Api:
    """What the service holds, and how it behaves.

    Attributes:
        epci, departement: what every enterprise is in, as the filters see it.
        pannes: what goes wrong, one a request: a status (with headers), "coupe", "html", "liste" or
            seconds of delay.
        glissement: rank by which the results turn between two requests.
        demandes: parameters received.
    """

    entreprises: list[dict[str, Any]] = field(default_factory=list)
    epci: str = "200044014"
    departement: str = "23"
    pannes: list[Any] = field(default_factory=list)
    glissement: int = 0
    demandes: list[dict[str, str]] = field(default_factory=list)
    _trouves: dict[tuple[tuple[str, str], ...], list[dict[str, Any]]] = field(default_factory=dict)

    def repondre(self, p: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """Status and body for these parameters."""
        page, par_page = int(p.get("page", 1)), int(p.get("per_page", 10))
        if par_page > 25 or page * par_page > PLAFOND:
            return 400, {"erreur": "Le nombre total de résultats est restreint à 10 000."}
        if "include" in p and p.get("minimal") != "true":
            return 400, {"erreur": "minimal=True avant de préciser les champs à inclure."}
        if any(not c[:4].isdigit() for c in p.get("code_commune", "0000").split(",")):
            return 400, {"erreur": "Au moins une valeur du paramètre commune est non valide."}
        filtres = tuple(sorted((k, v) for k, v in p.items() if k not in ("page", "per_page")))
        if filtres not in self._trouves:
            self._trouves[filtres] = [e for e in self.entreprises if self._convient(e, p)]
        trouves = self._trouves[filtres]
        if trouves and self.glissement:
            tour = (self.glissement * (len(self.demandes) - 1)) % len(trouves)
            trouves = trouves[tour:] + trouves[:tour]
        total = min(len(trouves), PLAFOND)
        lot = trouves[(page - 1) * par_page : page * par_page]
        return 200, {
            "results": lot,
            "total_results": total,
            "page": page,
            "per_page": par_page,
            "total_pages": -(-total // par_page),
        }

    def _convient(self, e: dict[str, Any], p: dict[str, str]) -> bool:
        communes = {x["commune"] for x in e["matching_etablissements"]} | {e["siege"]["commune"]}
        return (
            all(e["complements"][f] for f in ("est_ess", "est_siae") if p.get(f) == "true")
            and ("code_commune" not in p or bool(communes & set(p["code_commune"].split(","))))
            and p.get("epci", self.epci) == self.epci
            and p.get("departement", self.departement) == self.departement
            and p.get("section_activite_principale", e["section_activite_principale"])
            == e["section_activite_principale"]
        )


@contextlib.contextmanager
def servir_api(api: Api) -> Iterator[str]:
    """Serve on a free port; give the address."""

    class Poignee(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def log_message(self, *args: object) -> None:
            """Say nothing."""

        def do_GET(self) -> None:
            lue = urlsplit(self.path)
            parametres = {k: v[0] for k, v in parse_qs(lue.query).items()}
            api.demandes.append(parametres)
            panne = api.pannes.pop(0) if api.pannes else None
            code, corps = (404, {}) if lue.path != "/search" else api.repondre(parametres)
            octets, entetes = json.dumps(corps).encode(), {}
            if isinstance(panne, tuple):
                code, entetes = panne
                octets = b""
            elif isinstance(panne, float):
                time.sleep(panne)
            elif panne == "html":
                octets = b"<!doctype html><p>maintenance"
            elif panne == "liste":
                octets = b"[]"
            with contextlib.suppress(ConnectionError):
                self.send_response(code)
                for nom, valeur in {**entetes, "Content-Length": str(len(octets))}.items():
                    self.send_header(nom, valeur)
                self.end_headers()
                self.wfile.write(octets[: len(octets) // 2] if panne == "coupe" else octets)
            if panne == "coupe":
                self.close_connection = True

    serveur = ThreadingHTTPServer(("127.0.0.1", 0), Poignee)
    fil = threading.Thread(target=serveur.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    fil.start()
    try:
        yield f"http://127.0.0.1:{serveur.server_port}"
    finally:
        serveur.shutdown()
        serveur.server_close()
        fil.join()
