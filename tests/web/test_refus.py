"""What somebody who means harm would try, line by line: each is tried, and each is refused.

Guessing and roles are in `test_matrice`, addresses to go on to in `comptes/`, formulas in the text of
downloads in `test_vrac`; the rest is here.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import FileResponse
from django.test import Client
from django.urls import reverse

from perenne.services.tresorerie.brouillon import ecrire_brouillon
from perenne.services.tresorerie.fichiers import lire_plan
from perenne.web.comptes.models import Compte
from perenne.web.diagnostics.models import Feuille, Passage, Repondant
from perenne.web.dossiers.models import Dossier
from perenne.web.entreprises.decisions import ecrire_decisions
from perenne.web.entreprises.models import Correction
from perenne.web.espaces.models import Adhesion, Organisation
from perenne.web.tresorerie.models import PlanTresorerie

PIEGE = '=1+1 x{{ 7*7 }}x{% x %} ${7*7} <script>alert(1)</script> #read("/etc/passwd") $x$ \\input{a}'
"""A formula, the marks of Jinja and Django, of JavaScript, HTML, Typst and TeX, in one name."""

pytestmark = pytest.mark.django_db


@pytest.fixture
def piege(racine: Path) -> Dossier:
    """An organisation, a file, a plan and answers that all bear the worst of names."""
    organisation = Organisation.objects.create(nom=PIEGE, territoire="299900027")
    compte = Compte.objects.creer("admin@exemple.invalid", nom=PIEGE[:120])
    Adhesion.objects.create(organisation=organisation, compte=compte, role="administrateur")
    dossier = Dossier.objects.create(organisation=organisation, nom=PIEGE, commune="99001")
    contenu = ecrire_brouillon(lire_plan(racine / "data/demo/tresorerie/cafe-associatif.yaml"))
    contenu["structure"][0]["structure"] = contenu["charges"][0]["libelle"] = PIEGE
    contenu["charges"][0]["payeur"] = PIEGE
    PlanTresorerie.objects.create(dossier=dossier, contenu=contenu)
    passage = Passage.objects.create(dossier=dossier, nom="2026", date="2026-06-09", grille="essentielle")
    for rang, avis in enumerate(("oui", "non")):
        repondant = Repondant.objects.create(
            dossier=dossier, nom=f"r{rang}", role="elu", fonction=PIEGE[:120], rang=rang
        )
        reponse = {"T1": {"avis": avis, "justification": PIEGE, "source": PIEGE}}
        Feuille.objects.create(passage=passage, repondant=repondant, famille="T", contenu=reponse)
    return dossier


def _client(enforce_csrf_checks: bool = False) -> Client:
    client = Client(raise_request_exception=False, enforce_csrf_checks=enforce_csrf_checks)
    client.force_login(Compte.objects.get(courriel="admin@exemple.invalid"))
    return client


def _lire(reponse: Any) -> bytes:
    return b"".join(reponse) if reponse.streaming or isinstance(reponse, FileResponse) else reponse.content


PAGES = (
    "/espaces/", "/espaces/{o}/", "/espaces/{o}/membres/", "/espaces/{o}/journal/", "/espaces/{o}/reglages/",
    "/espaces/{o}/supprimer/", "/dossiers/{d}/", "/dossiers/{d}/modifier/", "/dossiers/{d}/partages/",
    "/dossiers/{d}/diagnostic/", "/dossiers/{d}/diagnostic/grille/2026/r0/T/",
    "/dossiers/{d}/diagnostic/comparaison/",
    "/dossiers/{d}/diagnostic/fiche/", "/dossiers/{d}/diagnostic/invitations/", "/dossiers/{d}/tresorerie/",
    "/dossiers/{d}/tresorerie/plan/", "/dossiers/{d}/leviers/?acteur=epci&laquelle=299900027", "/compte/",
)  # fmt: skip


def test_a_name_is_never_run_by_a_page(piege: Dossier) -> None:
    client = _client()
    vus = 0
    for page in PAGES:
        reponse = client.get(page.format(o=piege.organisation_id, d=piege.pk))
        assert reponse.status_code == 200, page
        texte = reponse.content.decode()
        assert "<script>alert" not in texte, page
        assert "x49x" not in texte, page
        vus += "x{{ 7*7 }}x" in texte.replace("\u202f", " ").replace("\u00a0", " ")
    assert vus >= len(PAGES) - 2  # it is shown, as it was written, wherever the name is


FICHIERS = (
    "/dossiers/{d}/tresorerie/plan.xlsx", "/dossiers/{d}/tresorerie/plan.yaml",
    "/dossiers/{d}/tresorerie/resultat.xlsx",
    "/dossiers/{d}/tresorerie/resultat.pdf", "/dossiers/{d}/tresorerie/resultat.json",
    "/dossiers/{d}/diagnostic/fiche.pdf", "/dossiers/{d}/diagnostic/fiche.docx",
    "/dossiers/{d}/diagnostic/fiche.xlsx",
    "/dossiers/{d}/diagnostic/dossier.yaml", "/espaces/{o}/journal.csv",
)  # fmt: skip


@pytest.mark.parametrize("adresse", FICHIERS)
def test_a_name_is_never_run_by_a_download(piege: Dossier, adresse: str) -> None:
    client = _client()
    client.get(f"/dossiers/{piege.pk}/")  # one line in the journal
    reponse = client.get(adresse.format(o=piege.organisation_id, d=piege.pk))
    assert reponse.status_code == 200, reponse.content[:500]
    octets = _lire(reponse)
    texte = "".join(_textes(octets))
    assert "x49x" not in texte
    assert "root:" not in texte  # no file of the machine was read
    assert "7*7" in texte
    if adresse.endswith("xlsx"):
        formules = [
            c for f in openpyxl.load_workbook(io.BytesIO(octets)) for r in f for c in r if c.data_type == "f"
        ]
        assert [c.coordinate for c in formules if "7*7" in str(c.value)] == []
    if adresse.endswith("csv"):
        cellules = [
            c for ligne in csv.reader(io.StringIO(octets.decode("utf-8-sig")), delimiter=";") for c in ligne
        ]
        assert [c for c in cellules if c[:1] in ("=", "+", "-", "@", "\t", "\r")] == []


def _textes(octets: bytes) -> Iterator[str]:
    if octets.startswith(b"PK"):
        archive = zipfile.ZipFile(io.BytesIO(octets))
        yield from (archive.read(n).decode("utf-8", "ignore") for n in archive.namelist())
    elif octets.startswith(b"%PDF"):
        yield from (p.extract_text() for p in pypdf.PdfReader(io.BytesIO(octets)).pages)
    else:
        yield octets.decode()


def test_a_name_is_never_run_by_a_message_nor_adds_a_line_to_its_head(piege: Dossier) -> None:
    client = _client()
    piege.organisation.nom = f"{PIEGE[:60]}\nBcc: autre@exemple.invalid"
    piege.organisation.save()
    client.post(
        f"/espaces/{piege.organisation_id}/membres/", {"courriel": "a@exemple.invalid", "role": "lecteur"}
    )
    client.post(
        f"/dossiers/{piege.pk}/diagnostic/invitations/",
        {"repondant": "r0", "courriel": "b@exemple.invalid", "jusqu_au": "2026-12-24"},
    )
    assert mail.outbox
    for message in mail.outbox:
        assert message.recipients() in (["a@exemple.invalid"], ["b@exemple.invalid"])
        assert "\n" not in message.subject
        assert "x49x" not in message.subject + str(message.body)
        assert (
            "autre@exemple.invalid"
            not in message.message().as_string().partition("\n\n")[0].lower().partition("subject")[0]
        )


def test_the_file_of_decisions_holds_no_formula(piege: Dossier) -> None:
    Correction.objects.create(
        numero="000990010", nom=PIEGE, sujet="activite-fausse", activite="ressourceries", texte=PIEGE,
        role=PIEGE[:120], suite="retenue", motif=PIEGE,
    )  # fmt: skip
    cellules = [c for ligne in csv.reader(io.StringIO(ecrire_decisions())) for c in ligne]
    assert [c for c in cellules if c[:1] in ("=", "+", "-", "@", "\t", "\r")] == []


def _bombe() -> bytes:
    """A workbook of some kilobytes that unpacks to 200 MB."""
    tampon = io.BytesIO()
    with zipfile.ZipFile(tampon, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", bytes(200_000_000))
    return tampon.getvalue()


RIRES = b"a: &a [x,x,x,x,x,x,x,x,x]\n" + b"".join(
    f"{c}: &{c} [{','.join(f'*{p}' for _ in range(9))}]\n".encode()
    for p, c in zip("abcdefgh", "bcdefghi", strict=True)
)
"""A few hundred bytes of YAML that stand for 9⁹ values."""

CLASSEUR_INFINI = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><x>&b;</x>'
ENVOIS = {
    "tresorerie/importer/": ("fichier", "plan"),
    "diagnostic/importer/": ("fichiers", "dossier"),
    "diagnostic/importer-comptes/": ("fichier", "balance"),
}


@pytest.mark.parametrize(("suite", "champ", "nom"), [(s, *c) for s, c in ENVOIS.items()])
def test_what_is_too_big_or_unpacks_without_end_is_refused(
    piege: Dossier, suite: str, champ: str, nom: str
) -> None:
    client = _client()
    adresse = f"/dossiers/{piege.pk}/{suite}"
    avant = list(PlanTresorerie.objects.values_list()) + list(Feuille.objects.values_list())
    for fichier, octets in (
        (f"{nom}.xlsx", _bombe()),
        (f"{nom}.yaml", RIRES),
        (f"{nom}.csv", b"compte;libelle\n" + b"6;" * 2_600_000),
        (f"{nom}.xlsx", b"PK\x03\x04" + bytes(100)),
        (f"../../{nom}.xlsx", CLASSEUR_INFINI),
    ):
        reponse = client.post(adresse, {champ: SimpleUploadedFile(fichier, octets), "mois": "12"})
        assert reponse.status_code == 400, (fichier, reponse.status_code)
        assert "Traceback" not in reponse.content.decode()
    assert list(PlanTresorerie.objects.values_list()) + list(Feuille.objects.values_list()) == avant


def test_a_body_without_measure_is_refused_before_it_is_read(piege: Dossier) -> None:
    client = _client()
    for adresse in (f"/dossiers/{piege.pk}/modifier/", "/connexion/", "/api/v1/tresorerie/simulation"):
        reponse = client.generic("POST", adresse, b"x" * 10, CONTENT_LENGTH="9000000000")
        assert reponse.status_code == 413, adresse


@pytest.mark.parametrize(
    "adresse",
    [
        "/statique/../reglages.py",
        "/statique/%2e%2e/%2e%2e/config/reglages.py",
        "/statique/..%2f..%2f..%2f..%2fetc/passwd",
        "/statique//etc/passwd",
        "/api/v1/vrac/..%2f..%2fetc%2fpasswd.csv",
        "/api/v1/vrac/%2e%2e.csv",
        "/api/v1/vrac/communes.csv%00.parquet",
        "/territoires/..%2f..%2fetc%2fpasswd/note.pdf",
        "/territoires/..%2f/note.%2e%2e",
        "/regles/..%2f..%2f/etc/",
        "/cas/..%2f..%2fetc%2fpasswd/",
        "/leviers/%2e%2e%2fcas/",
        "/entreprises/..%2f..%2fetc%2fpasswd/",
        "/modeles/..%2f..%2fetc%2fpasswd",
        "/dossiers/{d}/tresorerie/plan...%2f..%2fetc%2fpasswd",
        "/dossiers/{d}/tresorerie/resultat.%2e%2e",
        "/dossiers/{d}/diagnostic/fiche.%2fetc%2fpasswd",
        "/dossiers/{d}/diagnostic/comptes/..%2f..%2fetc/",
    ],
)
def test_no_path_leads_out_of_what_is_served(piege: Dossier, adresse: str) -> None:
    reponse = _client().get(adresse.format(d=piege.pk))
    assert reponse.status_code in (301, 400, 404, 405, 422), reponse.status_code
    if reponse.status_code == 301:
        assert reponse["Location"].startswith("/")
        assert not reponse["Location"].startswith("//")
    assert b"root:" not in _lire(reponse)


def test_an_enterprise_whose_name_is_markup_is_text_in_the_search(site: Client) -> None:
    for adresse in ("/recherche/", "/suggestions/", reverse("entreprises"), reverse("territoires")):
        texte = site.get(adresse, {"q": PIEGE, "nom": PIEGE}).content.decode()
        assert "<script>alert" not in texte, adresse
        assert "x49x" not in texte, adresse
