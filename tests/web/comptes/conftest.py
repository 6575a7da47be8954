"""A person and their mailbox, in the process; the second step is asked as in production."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import lxml.html
import pytest
from django.core import mail
from django.test import Client

from perenne.web.comptes.models import Compte

SECRET = "cheval agrafe correct pile"
COURRIEL = "marie@exemple.invalid"


@pytest.fixture(autouse=True)
def _comme_en_production(settings: Any) -> None:
    settings.DOUBLE_EXIGE = True
    # The slow function of passwords is Django's business; the test of timing asks for it again.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@dataclass
class Navigateur:
    """A browser that checks tokens of forms, as real ones must."""

    client: Client = field(
        default_factory=lambda: Client(enforce_csrf_checks=True, headers={"user-agent": "Firefox Windows"})
    )

    def ouvrir(self, adresse: str) -> Any:
        """The document of a page that answers 200."""
        reponse = self.client.get(adresse)
        assert reponse.status_code == 200, (adresse, reponse.status_code, reponse.headers.get("Location"))
        return lxml.html.fromstring(reponse.content.decode())

    def envoyer(self, adresse: str, **champs: str) -> Any:
        """Send the form of a page, with what it hides."""
        page = self.ouvrir(adresse)
        formulaires = page.xpath("//main//form[@method='post']")
        choisi = next(
            (
                f
                for f in formulaires
                if not champs
                or any(c in dict(f.form_values()) or f.xpath(f".//*[@name='{c}']") for c in champs)
            ),
            formulaires[0],
        )
        action = choisi.get("action") or adresse
        return self.client.post(action, dict(choisi.form_values()) | champs)

    def entrer(self, courriel: str = COURRIEL, secret: str = SECRET, suite: str = "") -> Any:
        """Sign in with a password."""
        return self.envoyer(
            "/connexion/" + (f"?next={suite}" if suite else ""),
            **{"secret-courriel": courriel, "secret-mot_de_passe": secret},
        )

    @property
    def connecte(self) -> bool:
        """Whether somebody is signed in."""
        return self.client.get("/compte/").status_code == 200


def texte(page: Any) -> str:
    """What a page says."""
    return " ".join(page.xpath("//main")[0].text_content().split())


def lien_recu(rang: int = -1) -> str:
    """The link of a message, without the name of the site."""
    trouve = re.search(r"http://testserver(/\S+)", str(mail.outbox[rang].body))
    assert trouve, mail.outbox[rang].body
    return trouve.group(1)


@pytest.fixture
def navigateur_neuf(db: None) -> Callable[[], Navigateur]:
    """Another browser."""
    return Navigateur


@pytest.fixture
def marie(db: None) -> Compte:
    """An account with a password."""
    return Compte.objects.creer(COURRIEL, SECRET, nom="Marie (fictive)")


@pytest.fixture
def visite(db: None) -> Navigateur:
    """A browser where nobody is signed in."""
    return Navigateur()


@pytest.fixture
def connectee(marie: Compte, visite: Navigateur) -> Navigateur:
    """The browser of that person, signed in."""
    assert visite.entrer().status_code == 302
    return visite
