"""Messages as they leave for a mail server, which runs on this machine."""

from __future__ import annotations

import email
import email.policy
import socketserver
import threading
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

import pytest

from perenne.web.comptes.courriels import EnvoiImpossible, adresse_absolue, envoyer
from perenne.web.comptes.textes import TEXTES
from perenne.web.config.courriels import lire_courriels

VALEURS = {
    "lien": "https://ess.exemple.invalid/connexion/lien/?jeton=" + "j" * 43,
    "organisation": "Mairie de Brumeville (fictive)",
    "quoi": "ceci",
    "jour": "31 janvier 2028",
    "depuis": "31 janvier 2026",
    "fournisseur": "ProConnect",
}


class Boite(socketserver.ThreadingTCPServer):
    """A mail server that accepts everything and keeps it."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Guichet)
        self.recus: list[tuple[str, list[str], bytes]] = []
        self.refuse = False


class Guichet(socketserver.StreamRequestHandler):
    """The few commands of SMTP that a client sends."""

    server: Boite

    def handle(self) -> None:
        """One conversation."""
        expediteur, destinataires = "", []
        self._dire("220 boite")
        while ligne := self.rfile.readline().decode().strip():
            mot = ligne[:4].upper()
            if mot == "MAIL":
                expediteur = ligne.split("<")[1].split(">")[0]
                self._dire("250 ok")
            elif mot == "RCPT":
                destinataires.append(ligne.split("<")[1].split(">")[0])
                self._dire("550 non" if self.server.refuse else "250 ok")
            elif mot == "DATA":
                self._dire("354 allez")
                lignes = iter(self.rfile.readline, b".\r\n")
                self.server.recus.append((expediteur, destinataires, b"".join(lignes)))
                self._dire("250 ok")
            elif mot == "QUIT":
                return self._dire("221 au revoir")
            else:
                self._dire("250 boite")
        return None

    def _dire(self, reponse: str) -> None:
        self.wfile.write(f"{reponse}\r\n".encode())


@pytest.fixture
def boite(settings: Any) -> Iterator[Boite]:
    """The server, and the settings that lead to it."""
    with Boite() as serveur:
        threading.Thread(target=serveur.serve_forever, daemon=True).start()
        variables = {
            "PERENNE_WEB_SMTP": f"smtp://127.0.0.1:{serveur.server_address[1]}",
            "PERENNE_WEB_EXPEDITEUR": "perenne@mairie.invalid",
        }
        for nom, valeur in lire_courriels(variables).items():
            setattr(settings, nom, valeur)
        yield serveur
        serveur.shutdown()


def _lire(boite: Boite) -> EmailMessage:
    message = email.message_from_bytes(boite.recus[-1][2], policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


@pytest.mark.parametrize("nom", TEXTES)
def test_every_message_leaves_plain_whole_and_in_french(nom: str, boite: Boite) -> None:
    envoyer(nom, "agent@exemple.invalid", **VALEURS)
    expediteur, destinataires, _ = boite.recus[0]
    assert (expediteur, destinataires) == ("perenne@mairie.invalid", ["agent@exemple.invalid"])
    message = _lire(boite)
    assert message.get_content_type() == "text/plain"
    assert str(message["Subject"]).strip().startswith("Pérenne : ")  # a long one begins on its second line
    assert message["Auto-Submitted"] == "auto-generated"
    corps = str(message.get_content())
    assert "Bonjour," in corps
    assert "{" not in corps
    if "{lien}" in TEXTES[nom][1]:
        assert VALEURS["lien"] in corps.split()
    assert corps.rstrip().endswith("Pérenne")


def test_a_name_of_several_lines_stays_in_its_header(boite: Boite) -> None:
    envoyer("invitation", "agent@exemple.invalid", **VALEURS | {"organisation": "Mairie\r\nBcc: x@y.invalid"})
    assert boite.recus[0][1] == ["agent@exemple.invalid"]
    message = _lire(boite)
    assert message["Bcc"] is None
    assert "Mairie Bcc" in str(message["Subject"])


def test_what_a_name_holds_is_never_a_place_to_fill(boite: Boite) -> None:
    envoyer("invitation", "agent@exemple.invalid", **VALEURS | {"organisation": "{lien} {0.__class__}"})
    assert "{lien} {0.__class__} vous invite" in str(_lire(boite).get_content())


def test_an_address_that_the_server_refuses_is_told(boite: Boite) -> None:
    boite.refuse = True
    with pytest.raises(EnvoiImpossible):
        envoyer("connexion", "agent@exemple.invalid", **VALEURS)


def test_the_address_of_the_site_is_that_of_the_settings(settings: Any, rf: Any) -> None:
    settings.ADRESSE_SITE = "https://ess.exemple.invalid"
    for requete in (rf.get("/"), None):
        assert adresse_absolue(requete, "connexion") == "https://ess.exemple.invalid/connexion/"
    settings.ADRESSE_SITE = ""
    assert adresse_absolue(rf.get("/"), "connexion-lien", jeton="a b") == (
        "http://testserver/connexion/lien/?jeton=a+b"
    )
