"""A plan too large to be computed while one waits: kept whole, said clearly, never computed by the site."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from perenne.services.tresorerie.fichiers import lire_octets
from perenne.services.tresorerie.simulation import simuler
from perenne.services.tresorerie.tailles import PlanTropGrand, verifier_taille
from perenne.web.comptes.models import Compte
from perenne.web.dossiers.models import Dossier
from perenne.web.espaces.models import Adhesion, Organisation
from perenne.web.tresorerie.models import PlanTresorerie

pytestmark = pytest.mark.django_db
LIGNES = 210


@pytest.fixture
def dossier() -> Dossier:
    organisation = Organisation.objects.create(nom="Organisation fictive")
    compte = Compte.objects.creer("editeur@exemple.invalid")
    Adhesion.objects.create(organisation=organisation, compte=compte, role="editeur")
    return Dossier.objects.create(organisation=organisation, nom="Café inventé")


@pytest.fixture
def editeur(dossier: Dossier) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(Compte.objects.get())
    return client


@pytest.fixture
def grand(racine: Path) -> bytes:
    """The café with 210 charges over 61 months."""
    return _plan(racine, LIGNES)


def _plan(racine: Path, charges: int) -> bytes:
    plan = yaml.safe_load((racine / "data/demo/tresorerie/cafe-associatif.yaml").read_text("utf-8"))
    plan["structure"]["horizon_mois"] = 61
    modele = plan["charges"][0]
    plan["charges"] = [{**modele, "id": f"charge-{n}"} for n in range(charges)]
    plan.pop("leviers", None)
    return yaml.safe_dump(plan, allow_unicode=True).encode()


def _importer(client: Client, dossier: Dossier, octets: bytes) -> str:
    adresse = reverse("tresorerie-importer", args=[dossier.pk])
    client.post(adresse, {"fichier": SimpleUploadedFile("plan.yaml", octets)})
    return client.get(adresse).content.decode()


def _accepter(client: Client, dossier: Dossier) -> None:
    version = PlanTresorerie.objects.get().version
    client.post(reverse("tresorerie-importer", args=[dossier.pk]), {"accepter": "1", "version": version})


def test_a_large_plan_is_announced_before_it_is_taken_and_kept_whole(
    editeur: Client, dossier: Dossier, grand: bytes
) -> None:
    annonce = _importer(editeur, dossier, grand)
    attendu = lire_octets(grand, "plan.yaml").plan
    assert f"{len(attendu.flux)} flux" in annonce
    assert "61 mois" in annonce
    assert "Toutes les lignes seront gardées" in annonce
    assert "perenne tresorerie" in annonce
    _accepter(editeur, dossier)
    assert len(PlanTresorerie.objects.get().contenu["charges"]) == LIGNES
    sorti = editeur.get(reverse("tresorerie-plan-fichier", args=[dossier.pk, "xlsx"]))
    assert lire_octets(sorti.content, "plan.xlsx").plan == attendu


def test_a_large_plan_is_not_computed_and_the_page_says_what_is_too_much(
    editeur: Client, dossier: Dossier, grand: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interdit(*_: object, **__: object) -> None:
        raise AssertionError("computed all the same")

    monkeypatch.setattr("perenne.web.tresorerie.vues.essayer", interdit)
    monkeypatch.setattr("perenne.web.tresorerie.vues.simuler", interdit)
    _importer(editeur, dossier, grand)
    _accepter(editeur, dossier)
    page = editeur.get(reverse("tresorerie", args=[dossier.pk]))
    assert page.status_code == 200
    texte = page.content.decode()
    assert "trop grand pour être calculé en ligne" in texte
    assert "60 au plus" in texte
    assert "perenne tresorerie" in texte
    for format_ in ("pdf", "xlsx", "json"):
        refus = editeur.get(reverse("tresorerie-resultat", args=[dossier.pk, format_]))
        assert refus.status_code == 400
        assert "60 au plus" in refus.content.decode()


def test_the_command_computes_what_the_site_refuses(racine: Path) -> None:
    lu = lire_octets(_plan(racine, 2), "plan.yaml")
    assert simuler(lu, choisis=["aucun"], tirages=0).bilan().periodes == 61
    with pytest.raises(PlanTropGrand, match="60 au plus"):
        verifier_taille(lu)
