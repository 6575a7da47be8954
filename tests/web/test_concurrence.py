"""Many people writing at once, and a worker killed in the middle: nothing acknowledged is lost."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.web.postgresql import lancer_postgresql, raison_d_absence
from tests.web.serveur_reel import environnement, lancer, semer

EDITEURS = 200
"""People of one organisation, each with a session of its own."""

ENSEMBLE = 40
"""Requests in flight: five for each thread of the two workers."""

RIVAUX = 12
"""Editors of the same line: each round lets one through."""

pytestmark = pytest.mark.lent


class Site:
    """A live server with its seeded file."""

    def __init__(self, adresse: str, processus: subprocess.Popen[bytes], semees: dict[str, Any]) -> None:
        self.adresse, self.processus, self.semees = adresse, processus, semees
        self.plan = f"/dossiers/{semees['dossier']}/tresorerie/plan/"
        self.reglages = f"/espaces/{semees['organisation']}/reglages/"

    def entrer(self, rang: int) -> httpx.Client:
        """The browser of one editor."""
        cookies = {"perenne_session": self.semees["sessions"][rang]}
        return httpx.Client(base_url=self.adresse, cookies=cookies, timeout=60)

    def montants(self) -> list[str]:
        """Labels of the lines of expenses, as the page shows them."""
        with self.entrer(0) as client:
            page = client.get(self.plan).text
        return re.findall(r'data-t="Libellé">([^<]*)<', page)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def base_reelle(
    request: pytest.FixtureRequest, atlas_demo: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """A server on each kind of database."""
    dossier = tmp_path_factory.mktemp("concurrence")
    if request.param == "sqlite":
        yield from _servir(dossier, environnement(dossier, atlas_demo))
        return
    if raison := raison_d_absence():
        pytest.skip(raison)
    with lancer_postgresql() as adresse:
        variables = environnement(dossier, atlas_demo, adresse)
        subprocess.run(
            [sys.executable, "-m", "perenne.cli.main", "base", "migrer"],
            env=variables, check=True, capture_output=True,
        )  # fmt: skip
        yield from _servir(dossier, variables)


def _servir(dossier: Path, variables: dict[str, str]) -> Iterator[Site]:
    with lancer(dossier, variables) as (adresse, processus):
        yield Site(adresse, processus, semer(variables, EDITEURS))


def _champs(page: str) -> dict[str, str]:
    """Hidden fields of a form; one without value (a new line) stays empty."""
    trouves = re.findall(r'<input type="hidden" name="(\w+)"(?: value="([^"]*)")?', page)
    assert trouves, page[:500]
    return dict(trouves)


def _ajouter(site: Site, rang: int) -> bool:
    """One editor adds a line; whether the server said that it was kept."""
    with site.entrer(rang) as client:
        page = client.get(f"{site.plan}charges/").text
        reponse = client.post(
            f"{site.plan}charges/",
            data={**_champs(page), "libelle": f"ligne {rang}", "statut": "securise", "montant": "1",
                  "debut": "2027-01-01"},
        )  # fmt: skip
    assert reponse.status_code == 302, reponse.text[:500]
    return True


def test_two_hundred_editors_who_each_add_a_line_lose_none(base_reelle: Site) -> None:
    with ThreadPoolExecutor(ENSEMBLE) as equipe:
        assert all(equipe.map(lambda rang: _ajouter(base_reelle, rang), range(EDITEURS)))
    attendus = {f"ligne {rang}" for rang in range(EDITEURS)}
    lus = base_reelle.montants()
    assert attendus <= set(lus)
    assert len(lus) == EDITEURS + 1


def test_editors_of_the_same_line_are_told_and_their_changes_add_up(base_reelle: Site) -> None:
    """Each adds one to the same figure, and starts again when told that another was faster."""
    adresse = f"{base_reelle.plan}charges/compteur/"
    conflits: list[str] = []

    def compter(rang: int) -> None:
        with base_reelle.entrer(rang) as client:
            page = client.get(adresse).text
            while True:
                lu = int(re.search(r'name="libelle" value="(\d+)"', page)[1])  # type: ignore[index]
                reponse = client.post(
                    adresse,
                    data={**_champs(page), "id": "compteur", "libelle": str(lu + 1), "statut": "securise",
                          "montant": "1", "debut": "2027-01-01"},
                )  # fmt: skip
                if reponse.status_code == 302:
                    return
                assert reponse.status_code == 409, reponse.text[:500]
                conflits.append(reponse.text)
                page = client.get(adresse).text

    with ThreadPoolExecutor(RIVAUX) as equipe:
        list(equipe.map(compter, range(RIVAUX)))
    assert str(RIVAUX) in base_reelle.montants()
    assert conflits
    assert all("Une autre personne a modifié cette ligne" in texte for texte in conflits)


def test_settings_saved_on_the_same_version_keep_the_first(base_reelle: Site) -> None:
    with base_reelle.entrer(0) as client:
        page = client.get(base_reelle.reglages).text
        jeton = re.search(r'name="csrfmiddlewaretoken" value="([^"]*)"', page)[1]  # type: ignore[index]
        version = re.search(r'name="version" value="(\d+)"', page)[1]  # type: ignore[index]

        def renommer(rang: int) -> int:
            return client.post(
                base_reelle.reglages,
                data={"csrfmiddlewaretoken": jeton, "version": version, "nom": f"Nom {rang}"},
            ).status_code

        with ThreadPoolExecutor(10) as equipe:
            statuts = sorted(equipe.map(renommer, range(10)))
    assert statuts == [302] + [409] * 9


def test_a_worker_killed_in_the_middle_of_writes_loses_nothing_acknowledged(base_reelle: Site) -> None:
    avant = set(base_reelle.montants())
    gardees: list[str] = []

    def ecrire(rang: int) -> None:
        with base_reelle.entrer(rang) as client:
            try:
                page = client.get(f"{base_reelle.plan}dons/").text
                nom = f"don {rang}"
                reponse = client.post(
                    f"{base_reelle.plan}dons/",
                    data={**_champs(page), "libelle": nom, "statut": "securise", "annuel": "1",
                          "debut": "2027-01-01", "fin": "2027-12-31"},
                )  # fmt: skip
            except httpx.HTTPError:
                return  # cut by the kill: the person saw an error, nothing was promised
            if reponse.status_code == 302:
                gardees.append(nom)

    with ThreadPoolExecutor(ENSEMBLE) as equipe:
        travaux = [equipe.submit(ecrire, rang) for rang in range(60)]
        fin = time.monotonic() + 30
        while len(gardees) < 10 and time.monotonic() < fin:
            time.sleep(0.02)
        os.kill(_ouvrier(base_reelle.processus.pid), signal.SIGKILL)
        for travail in travaux:
            travail.result(timeout=120)
    assert len(gardees) >= 10
    lus = set(base_reelle.montants())
    assert set(gardees) <= lus
    assert avant <= lus


def _ouvrier(maitre: int) -> int:
    """A child of the server."""
    enfants = Path(f"/proc/{maitre}/task/{maitre}/children")
    if not enfants.exists():
        pytest.skip("la liste des processus fils n'est pas lisible ici")
    return int(enfants.read_text(encoding="ascii").split()[0])
