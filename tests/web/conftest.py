"""The site over the fictional atlas: in the process, and behind its real server for the browser."""

from __future__ import annotations

import datetime as dt
import fcntl
import os
import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from django.test import Client
from tests.web.serveur_reel import environnement, lancer

CHROMIUM = Path("/usr/bin/chromium")
OPTIONS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]

PAGES = (
    "/",
    "/recherche/",
    "/recherche/?q=avance",
    "/recherche/?q=zzzzzz",
    "/territoires/",
    "/territoires/99001/",
    "/territoires/299900027/",
    "/territoires/299900027/?au=2023-01-01",
    "/territoires/99001+99002/",
    "/territoires/99001/comparer/?avec=99013",
    "/territoires/99/carte/",
    "/territoires/99002/carte/?activite=logistique_eco_responsable",
    "/entreprises/",
    "/entreprises/?dans=299900027",
    "/entreprises/000990010/",
    "/entreprises/000990010/corriger/",
    "/leviers/",
    "/leviers/avancer-les-fonds/",
    "/leviers/acces-commande-publique/?au=2026-03-31",
    "/leviers/recommander/",
    "/leviers/recommander/?cas=bell-occas&acteur=departement",
    "/cas/",
    "/cas/?levier=commande-publique",
    "/cas/?zonage=qpv-2015",
    "/cas/bell-occas/",
    "/cas/croisement/",
    "/cas/croisement/?par=theme&grain=action",
    "/cas/croisement/?par=activite-zonage",
    "/regles/",
    "/regles/?domaine=commande-publique&au=2026-03-31",
    "/regles/commande-publique/seuil-dispense-fournitures-services/",
    "/regles/subventions/convention-obligatoire/",
    "/regles/iae/aide-au-poste/",
    "/donnees/",
    "/methode/",
    "/accessibilite/",
    "/mentions/",
    "/aide/",
    "/plan-du-site/",
    "/statistiques/",
    "/confidentialite/",
    "/connexion/",
    "/connexion/?next=/espaces/",
    "/connexion/message/",
    "/connexion/oubli/",
    "/inscription/",
    "/deconnexion/",
)
"""Every kind of page, in its different states."""

ERREURS = {
    "/rien/": 404,
    "/territoires/99999/": 404,
    "/leviers/inconnu/": 404,
    "/cas/inconnu/": 404,
    "/regles/aucune/regle/": 404,
    "/territoires/99001/?au=hier": 400,
}


DEJA_VUES = (
    "/recherche/",
    "/territoires/299900027/?au=2023-01-01",
    "/territoires/299900027/",
    "/leviers/acces-commande-publique/?au=2026-03-31",
    "/regles/",
    "/cas/?levier=commande-publique",
    "/cas/?zonage=qpv-2015",
    "/cas/croisement/?par=activite-zonage",
)
"""Pages that the browser need not see: another one is of the same kind, or is a part of them."""

VUES = (
    *tuple(p for p in PAGES if p not in DEJA_VUES),
    "/territoires/saint/",
    "/rien/",
    "/territoires/1/?au=x",
)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """`chemin`: each page; `vue`: each one that the browser sees; `perdu`: each address that fails."""
    if "chemin" in metafunc.fixturenames:
        metafunc.parametrize("chemin", PAGES)
    if "vue" in metafunc.fixturenames:
        metafunc.parametrize("vue", VUES)
    if "perdu" in metafunc.fixturenames:
        metafunc.parametrize("perdu", list(ERREURS.items()), ids=list(ERREURS))


@pytest.fixture(scope="session")
def toutes() -> tuple[str, ...]:
    """Every page."""
    return PAGES


@pytest.fixture
def ouvrir(site: Client) -> Callable[[str], Any]:
    """Opens a page that must answer, and gives its document."""

    def _ouvrir(chemin: str) -> Any:
        reponse = site.get(chemin)
        assert reponse.status_code == 200, chemin
        return lxml.html.fromstring(reponse.content.decode())

    return _ouvrir


@pytest.fixture(scope="session")
def atlas_demo(racine: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the atlas of the demonstration: built once a run, whatever the number of workers."""
    if deja := os.environ.get("PERENNE_TEST_ATLAS_DEMO"):
        return Path(deja)
    from perenne.services.construction_atlas import construire_atlas
    from perenne.services.reglages import lire_reglages

    temporaire = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        temporaire = temporaire.parent
    dossier = temporaire / "atlas-demo-web"
    dossier.mkdir(exist_ok=True)
    with (dossier / ".construction").open("a") as verrou:
        fcntl.flock(verrou, fcntl.LOCK_EX)
        if not (dossier / "actuel").is_file():
            construire_atlas(
                lire_reglages(),
                sources=racine / "data" / "demo" / "sources",
                vers=dossier,
                maintenant=dt.datetime(2026, 11, 23, tzinfo=dt.UTC),
            )
    return dossier


@pytest.fixture(autouse=True, scope="session")
def _avec_atlas(atlas_demo: Path) -> Iterator[None]:
    avant = os.environ.get("PERENNE_ATLAS")
    os.environ["PERENNE_ATLAS"] = str(atlas_demo)
    yield
    os.environ.pop("PERENNE_ATLAS")
    if avant is not None:
        os.environ["PERENNE_ATLAS"] = avant


@pytest.fixture(autouse=True, scope="session")
def _tables_a_part(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Files made for downloads go to a folder of the run; the copy of the knowledge base stays in use."""
    from perenne.services.reglages import lire_reglages
    from perenne.services.vrac import tables

    dossier = tmp_path_factory.mktemp("vrac")
    with pytest.MonkeyPatch.context() as reglages:
        reglages.setattr(tables, "lire_reglages", lambda: replace(lire_reglages(), cache=dossier))
        yield


@pytest.fixture(autouse=True, scope="session")
def _sans_limite() -> None:
    """Tests ask faster than people, and are no visitors: the limit and the counts have their own tests."""
    from django.conf import settings

    settings.API_DEBIT = settings.STATISTIQUES_S = 0


@pytest.fixture(autouse=True)
def _sans_reseau(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """No page opens a socket: whatever tries to connect fails the test.

    But the way in by an identity provider, and the mail server: their tests run one on this machine, and
    nothing else is reached.
    """
    if {"serveur", "serveur_a_part", "base_reelle"} & set(request.fixturenames):
        return
    connecter, local = socket.socket.connect, bool({"fournisseur", "boite"} & set(request.fixturenames))

    def refuser(soi: socket.socket, adresse: Any) -> None:
        if not local or adresse[0] != "127.0.0.1":
            raise AssertionError(f"outgoing connection to {adresse}")
        connecter(soi, adresse)

    monkeypatch.setattr(socket.socket, "connect", refuser)
    monkeypatch.setattr(socket.socket, "connect_ex", refuser)


@pytest.fixture(autouse=True)
def _sans_deuxieme_etape(settings: Any) -> None:
    """Roles are tried without the second step that some of them ask for; it is tried in `comptes/`."""
    settings.DOUBLE_EXIGE = False


@pytest.fixture
def site(db: None) -> Client:
    """A visitor without JavaScript, in the process."""
    return Client(raise_request_exception=False)


@pytest.fixture(scope="session")
def dossier_serveur(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the live server: its journal, its data."""
    return tmp_path_factory.mktemp("serveur")


@pytest.fixture(scope="session")
def serveur(atlas_demo: Path, dossier_serveur: Path) -> Iterator[str]:
    """Address of `perenne servir`, as it runs in production, with two processes."""
    with lancer(dossier_serveur, environnement(dossier_serveur, atlas_demo)) as (adresse, _):
        yield adresse


@pytest.fixture(scope="session")
def navigateur() -> Iterator[Any]:
    """Debian's Chromium; the test is skipped where it is missing."""
    if not CHROMIUM.exists():
        pytest.skip(f"navigateur absent : {CHROMIUM}")
    from playwright.sync_api import sync_playwright

    # The tool keeps a loop of events in this thread, which Django takes for asynchronous code: the tests that
    # come after in the same process read the base as before.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as outil:
        ouvert = outil.chromium.launch(executable_path=str(CHROMIUM), args=OPTIONS)
        yield ouvert
        ouvert.close()
