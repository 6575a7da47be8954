"""Every page of a diagnosis opens, empty and full, for who reads and for who edits."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from perenne.services.entreprise.dossiers import lire_dossier as lire_chemin
from perenne.services.entreprise.rubriques import rubriques_de
from perenne.web.diagnostics.ecriture import ecrire_rubriques
from perenne.web.diagnostics.models import Passage, Repondant

AU = dt.date(2026, 11, 23)
PAGES = (
    "", "structure/", "situation/", "comptes/", "comparaison/", "fiche/", "economie/", "importer/",
    "dossier.yaml", "modele.xlsx",
)  # fmt: skip
PAGES_PLEINES = (
    *PAGES, "?passage=2024", "comparaison/?passage=2024", "comptes/2025/", "comptes/2025/postes/",
    "comptes/2025/ressources/", "comptes/2025/activites/", "grille/2026/entreprise/A/",
    "grille/2024/elu/T/", "fiche.pdf", "fiche.docx", "fiche.xlsx", "economie.xlsx",
)  # fmt: skip
ECRITURE = (
    "nouveau-passage/", "passages/2026/", "passages/2026/supprimer/", "nouveau-repondant/",
    "repondants/elu/", "repondants/elu/supprimer/", "invitations/", "nouvel-exercice/",
    "comptes/2025/supprimer/", "importer-comptes/",
)  # fmt: skip


@pytest.fixture
def pleine(scene: Any, racine: Path) -> Any:
    """The scene with the whole demonstration in its file."""
    lu = lire_chemin(racine / "data/demo/diagnostics/ressourcerie-valfiction.yaml", AU).dossier
    ecrire_rubriques(scene.dossier, rubriques_de(lu), scene.comptes["editeur"], "remplacer")
    scene.dossier.refresh_from_db()
    return scene


def _document(reponse: Any) -> Any:
    return lxml.html.fromstring(reponse.content.decode())


@pytest.mark.parametrize("qui", ["lecteur", "editeur", "invite"])
def test_pages_open_when_nothing_is_entered(scene: Any, qui: str) -> None:
    Passage.objects.all().delete()
    Repondant.objects.all().delete()
    for suite in PAGES:
        reponse = scene.entrer(qui).get(scene.adresse(suite))
        assert reponse.status_code == 200, suite


@pytest.mark.parametrize("qui", ["lecteur", "editeur"])
def test_pages_open_when_all_is_entered(pleine: Any, qui: str) -> None:
    client = pleine.entrer(qui)
    for suite in PAGES_PLEINES:
        assert client.get(pleine.adresse(suite)).status_code == 200, suite
    for suite in ECRITURE:
        assert client.get(pleine.adresse(suite)).status_code == (200 if qui == "editeur" else 403), suite


def test_every_page_has_one_title_and_labels(pleine: Any) -> None:
    client = pleine.entrer()
    for suite in (*(p for p in PAGES_PLEINES if p.endswith("/") or not p), *ECRITURE):
        document = _document(client.get(pleine.adresse(suite)))
        assert len(document.findall(".//h1")) == 1, suite
        assert document.findtext(".//title").startswith(("Diag", document.find(".//h1").text.strip()[:4])), (
            suite
        )
        ids = [x.get("id") for x in document.iter() if x.get("id")]
        assert len(ids) == len(set(ids)), (suite, sorted(i for i in ids if ids.count(i) > 1))
        etiquettes = {x.get("for") for x in document.iter("label")}
        for champ in document.iter("input", "select", "textarea"):
            if champ.get("type") != "hidden":
                assert champ.get("id") in etiquettes, (suite, champ.get("name"))
