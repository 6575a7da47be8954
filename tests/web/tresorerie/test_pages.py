"""The treasury of a file, as the people who may see it write and read it."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from perenne.services.tresorerie.fichiers import lire_octets, lire_plan
from perenne.web.comptes.models import Compte
from perenne.web.dossiers.models import Dossier
from perenne.web.espaces.models import Adhesion, Organisation
from perenne.web.tresorerie.models import PlanTresorerie

pytestmark = pytest.mark.django_db
STRUCTURE = {"structure": "Café inventé", "debut": "2027-01-01", "tresorerie_initiale": "7 400"}
LOYER = {
    "libelle": "Loyer",
    "statut": "securise",
    "payeur": "",
    "montant": "500",
    "debut": "2027-01-01",
    "jour": "1",
}


@pytest.fixture
def dossier() -> Dossier:
    organisation = Organisation.objects.create(nom="Organisation fictive")
    for role in ("editeur", "lecteur"):
        compte = Compte.objects.creer(f"{role}@exemple.invalid")
        Adhesion.objects.create(organisation=organisation, compte=compte, role=role)
    return Dossier.objects.create(organisation=organisation, nom="Café inventé")


def _entrer(role: str = "editeur") -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(Compte.objects.get(courriel=f"{role}@exemple.invalid"))
    return client


@pytest.fixture
def editeur(dossier: Dossier) -> Client:
    return _entrer()


def _ligne(dossier: Dossier, feuille: str, cle: str = "") -> str:
    if cle:
        return reverse("tresorerie-ligne", args=[dossier.pk, feuille, cle])
    return reverse("tresorerie-nouvelle", args=[dossier.pk, feuille])


def _demo(racine: Path, nom: str = "cafe-associatif") -> Path:
    return racine / "data" / "demo" / "tresorerie" / f"{nom}.yaml"


def _importer(client: Client, dossier: Dossier, octets: bytes, nom: str = "plan.yaml") -> Any:
    return client.post(
        reverse("tresorerie-importer", args=[dossier.pk]), {"fichier": SimpleUploadedFile(nom, octets)}
    )


def _empreinte(client: Client, adresse: str) -> str:
    return str(client.get(adresse).content.decode().split('name="empreinte" value="')[1].split('"')[0])


def test_a_plan_is_written_line_by_line_and_answers(editeur: Client, dossier: Dossier) -> None:
    accueil = reverse("tresorerie", args=[dossier.pk])
    assert "Aucun plan n’est encore saisi" in editeur.get(accueil).content.decode()
    assert editeur.post(_ligne(dossier, "structure"), STRUCTURE).status_code == 302
    assert editeur.post(_ligne(dossier, "charges"), LOYER).status_code == 302
    texte = editeur.get(accueil).content.decode()
    # 7 400 € less fifteen rents of 500 € is below zero: the rent of March 2028 breaks it.
    assert "passe sous zéro le 1er mars 2028" in texte.replace("\u00a0", " ").replace("\u202f", " ")


def test_a_wrong_value_is_said_beside_its_field_and_kept_in_the_box(
    editeur: Client, dossier: Dossier
) -> None:
    editeur.post(_ligne(dossier, "structure"), STRUCTURE)
    reponse = editeur.post(_ligne(dossier, "charges"), {**LOYER, "montant": "cinq cents"})
    texte = reponse.content.decode()
    assert reponse.status_code == 400
    assert 'value="cinq cents"' in texte
    assert "n’est pas un nombre" in texte.replace("'", "’")
    assert 'href="#id_montant"' in texte
    assert "charges" not in PlanTresorerie.objects.get().contenu


def test_two_people_on_two_lines_both_keep_their_change(editeur: Client, dossier: Dossier) -> None:
    editeur.post(_ligne(dossier, "structure"), STRUCTURE)
    for nom in ("Loyer", "Assurance"):
        editeur.post(_ligne(dossier, "charges"), {**LOYER, "libelle": nom})
    loyer, assurance = (x["_cle"] for x in PlanTresorerie.objects.get().contenu["charges"])
    lus = {c: _empreinte(editeur, _ligne(dossier, "charges", c)) for c in (loyer, assurance)}
    for cle, montant in ((loyer, "600"), (assurance, "40")):
        assert (
            editeur.post(
                _ligne(dossier, "charges", cle),
                {**LOYER, "id": cle, "montant": montant, "empreinte": lus[cle]},
            ).status_code
            == 302
        )
    assert [x["montant"] for x in PlanTresorerie.objects.get().contenu["charges"]] == ["600", "40"]


def test_two_people_on_the_same_line_are_told_and_nothing_typed_is_lost(
    editeur: Client, dossier: Dossier
) -> None:
    editeur.post(_ligne(dossier, "structure"), STRUCTURE)
    editeur.post(_ligne(dossier, "charges"), LOYER)
    cle = PlanTresorerie.objects.get().contenu["charges"][0]["_cle"]
    adresse = _ligne(dossier, "charges", cle)
    lue = _empreinte(editeur, adresse)
    editeur.post(adresse, {**LOYER, "id": "loyer", "montant": "600", "empreinte": lue})
    reponse = editeur.post(adresse, {**LOYER, "id": "loyer", "montant": "700", "empreinte": lue})
    texte = reponse.content.decode()
    assert reponse.status_code == 409
    assert 'value="700"' in texte
    assert "<dd>600</dd>" in texte
    nouvelle = texte.split('name="empreinte" value="')[1].split('"')[0]
    assert (
        editeur.post(adresse, {**LOYER, "id": "loyer", "montant": "700", "empreinte": nouvelle}).status_code
        == 302
    )
    assert PlanTresorerie.objects.get().contenu["charges"][0]["montant"] == "700"


def test_a_line_is_removed_by_its_own_button(editeur: Client, dossier: Dossier) -> None:
    editeur.post(_ligne(dossier, "structure"), STRUCTURE)
    editeur.post(_ligne(dossier, "charges"), LOYER)
    cle = PlanTresorerie.objects.get().contenu["charges"][0]["_cle"]
    adresse = _ligne(dossier, "charges", cle)
    lue = _empreinte(editeur, adresse)
    assert (
        editeur.post(adresse, {**LOYER, "id": "loyer", "empreinte": lue, "supprimer": "1"}).status_code == 302
    )
    assert PlanTresorerie.objects.get().contenu["charges"] == []
    assert editeur.get(adresse).status_code == 400


def test_a_file_is_shown_then_taken_and_comes_out_the_same(
    editeur: Client, dossier: Dossier, racine: Path
) -> None:
    assert _importer(editeur, dossier, _demo(racine).read_bytes()).status_code == 302
    page = editeur.get(reverse("tresorerie-importer", args=[dossier.pk])).content.decode()
    assert "Rien n’est encore remplacé" in page
    assert PlanTresorerie.objects.get().contenu == {}
    version = PlanTresorerie.objects.get().version
    editeur.post(reverse("tresorerie-importer", args=[dossier.pk]), {"accepter": "1", "version": version})
    attendu = lire_plan(_demo(racine))
    for format_ in ("yaml", "xlsx"):
        sorti = editeur.get(reverse("tresorerie-plan-fichier", args=[dossier.pk, format_]))
        assert sorti.status_code == 200
        assert lire_octets(sorti.content, f"plan.{format_}").plan == attendu.plan


def test_a_wrong_file_is_refused_with_its_places_and_changes_nothing(
    editeur: Client, dossier: Dossier
) -> None:
    reponse = _importer(
        editeur, dossier, b"structure:\n  structure: X\ncharges:\n  - id: a\n    montant: b\n"
    )
    texte = reponse.content.decode()
    assert reponse.status_code == 400
    assert "ligne 5" in texte
    assert "Rien n’a été changé" in texte
    assert not PlanTresorerie.objects.exists()


@pytest.mark.parametrize(
    ("octets", "nom"),
    [
        (b"PK\x03\x04" + b"\0" * 200, "plan.xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "plan.xls"),
        (b"\xff" * 5_100_000, "plan.xlsx"),
        (b"%PDF-1.7", "../../etc/passwd"),
        (b"", "plan.yaml"),
    ],
)
def test_what_is_not_a_plan_is_refused_in_french(
    editeur: Client, dossier: Dossier, octets: bytes, nom: str
) -> None:
    reponse = _importer(editeur, dossier, octets, nom)
    assert reponse.status_code == 400
    assert "Traceback" not in reponse.content.decode()
    assert not PlanTresorerie.objects.exists()


def test_a_workbook_that_unpacks_to_gigabytes_is_refused(editeur: Client, dossier: Dossier) -> None:
    import zipfile

    tampon = io.BytesIO()
    with zipfile.ZipFile(tampon, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", b"0" * 300_000_000)
    assert len(tampon.getvalue()) < 5_000_000
    assert _importer(editeur, dossier, tampon.getvalue(), "plan.xlsx").status_code == 400


def test_levers_are_switched_on_without_javascript_and_by_fragment(
    editeur: Client, dossier: Dossier, racine: Path
) -> None:
    _importer(editeur, dossier, _demo(racine).read_bytes())
    version = PlanTresorerie.objects.get().version
    editeur.post(reverse("tresorerie-importer", args=[dossier.pk]), {"accepter": "1", "version": version})
    adresse = reverse("tresorerie", args=[dossier.pk])
    avant = editeur.get(adresse).content.decode()
    apres = editeur.get(f"{adresse}?levier=avance-commune&scenario=securise").content.decode()
    assert '<p class="reponse">La trésorerie passe sous zéro' in avant
    assert '<p class="reponse">La trésorerie tient' in apres
    assert 'value="avance-commune" checked' in apres


def test_a_name_that_is_a_formula_is_text_in_the_workbook(editeur: Client, dossier: Dossier) -> None:
    editeur.post(_ligne(dossier, "structure"), STRUCTURE)
    editeur.post(_ligne(dossier, "charges"), {**LOYER, "libelle": "=1+1", "id": "loyer"})
    sorti = editeur.get(reverse("tresorerie-plan-fichier", args=[dossier.pk, "xlsx"])).content
    classeur = openpyxl.load_workbook(io.BytesIO(sorti))
    assert {c.data_type for f in classeur for r in f.iter_rows() for c in r if c.value == "=1+1"} == {"s"}
    relu = lire_octets(sorti, "plan.xlsx").plan.trouver("loyer")
    assert relu.libelle == "=1+1"


def test_a_reader_sees_and_takes_away_but_does_not_write(dossier: Dossier) -> None:
    lecteur = _entrer("lecteur")
    _entrer().post(_ligne(dossier, "structure"), STRUCTURE)
    _entrer().post(_ligne(dossier, "charges"), LOYER)
    assert lecteur.get(reverse("tresorerie", args=[dossier.pk])).status_code == 200
    assert lecteur.get(reverse("tresorerie-resultat", args=[dossier.pk, "pdf"])).content[:4] == b"%PDF"
    assert lecteur.get(_ligne(dossier, "charges")).status_code == 403
    assert lecteur.post(_ligne(dossier, "charges"), LOYER).status_code == 403
    assert lecteur.get(reverse("tresorerie-importer", args=[dossier.pk])).status_code == 403
    assert (
        "Modifier la structure"
        not in lecteur.get(reverse("tresorerie-plan", args=[dossier.pk])).content.decode()
    )
