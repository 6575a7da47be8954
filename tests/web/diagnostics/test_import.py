"""A whole file in and out, and accounts: what goes in comes out, what is wrong is said in French."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from perenne.domain.entreprise.dossier import Dossier as DossierEntreprise
from perenne.reports.entreprise.classeur_dossier import ecrire_dossier, ecrire_yaml
from perenne.services.entreprise.dossiers import lire_dossier as lire_chemin
from perenne.services.entreprise.dossiers import lire_octets
from perenne.services.savoir import obtenir_base
from perenne.web.diagnostics.importation import OCTETS_MAX
from perenne.web.diagnostics.lecture import lire_dossier
from perenne.web.diagnostics.models import Depot, Feuille, Volet
from perenne.web.dossiers.models import Dossier
from perenne.web.espaces.models import Trace

AU = dt.date(2026, 11, 23)
DEMOS = ("ressourcerie-valfiction", "cafe-bourg-invente", "regie-coteaux-imaginaires")


def _demo(racine: Path, nom: str = DEMOS[0]) -> DossierEntreprise:
    return lire_chemin(racine / f"data/demo/diagnostics/{nom}.yaml", AU).dossier


def _fichier(nom: str, octets: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(nom, octets)


def _envoyer(scene: Any, *fichiers: SimpleUploadedFile, mode: str = "remplacer") -> Any:
    """Send a file, look at what it changes, say yes."""
    client = scene.entrer()
    reponse = client.post(scene.adresse("importer/"), {"fichiers": fichiers})
    assert reponse.status_code == 302, reponse.content.decode()
    assert client.get(f"{reponse['Location']}?mode={mode}").status_code == 200
    reponse = client.post(reponse["Location"], {"mode": mode})
    scene.dossier.refresh_from_db()
    return reponse


def _sans_ordre(d: DossierEntreprise) -> tuple[object, ...]:
    """A file whose lines may come in another order."""
    tables = (d.reponses, d.chiffres, d.exercices, d.ressources, d.activites, d.repondants, d.passages)
    return (d.structure, *(sorted(map(repr, t)) for t in tables))


@pytest.mark.parametrize("nom", DEMOS)
@pytest.mark.parametrize("forme", ["yaml", "xlsx"])
def test_a_file_goes_in_and_comes_out_the_same(scene: Any, racine: Path, nom: str, forme: str) -> None:
    demo = _demo(racine, nom)
    octets = ecrire_yaml(demo).encode() if forme == "yaml" else ecrire_dossier(demo, obtenir_base().criteres)
    assert _envoyer(scene, _fichier(f"d.{forme}", octets)).status_code == 302

    assert _sans_ordre(lire_dossier(scene.dossier, AU).dossier) == _sans_ordre(demo)
    client = scene.entrer()
    yaml = client.get(scene.adresse("dossier.yaml")).content
    xlsx = client.get(scene.adresse("fiche.xlsx")).content
    assert _sans_ordre(lire_octets(yaml, "d.yaml", AU).dossier) == _sans_ordre(demo)
    assert _sans_ordre(lire_octets(xlsx, "d.xlsx", AU).dossier) == _sans_ordre(demo)


def test_an_export_imported_again_changes_nothing_and_gives_the_same_bytes(scene: Any, racine: Path) -> None:
    _envoyer(scene, _fichier("d.yaml", ecrire_yaml(_demo(racine)).encode()))
    client = scene.entrer()
    sorti = client.get(scene.adresse("dossier.yaml")).content

    adresse = client.post(scene.adresse("importer/"), {"fichiers": [_fichier("d.yaml", sorti)]})["Location"]
    assert "il n’y a rien à changer" in client.get(adresse).content.decode()
    autre = Dossier.objects.create(organisation=scene.dossier.organisation, nom="Autre (fictive)")
    scene.dossier = autre
    _envoyer(scene, _fichier("d.yaml", sorti))
    assert client.get(scene.adresse("dossier.yaml")).content == sorti


def test_a_file_and_the_accounts_it_names_are_sent_together(scene: Any, racine: Path) -> None:
    dossier = racine / "data/demo/diagnostics"
    yaml = _fichier("ressourcerie-valfiction.yaml", (dossier / "ressourcerie-valfiction.yaml").read_bytes())
    reponse = scene.entrer().post(scene.adresse("importer/"), {"fichiers": [yaml]})
    assert reponse.status_code == 400
    assert "n’est pas joint" in reponse.content.decode()

    yaml.seek(0)
    balance = _fichier("balance-valfiction-2025.csv", (dossier / "balance-valfiction-2025.csv").read_bytes())
    _envoyer(scene, yaml, balance)
    assert _sans_ordre(lire_dossier(scene.dossier, AU).dossier) == _sans_ordre(_demo(racine))


def test_the_preview_says_what_is_added_changed_and_removed(scene: Any) -> None:
    Volet.objects.create(dossier=scene.dossier, table="structure", contenu={"comptes_clos": 3})
    Feuille.objects.create(
        passage=scene.passage, repondant=scene.elu, famille="A",
        contenu={"A6": {"avis": "non"}, "A7": {"justification": "brouillon"}},
    )  # fmt: skip
    fichier = _fichier("d.yaml", b"structure: {nom: Ressourcerie renomm\xc3\xa9e, comptes_clos: 4}\n")
    client = scene.entrer()
    adresse = client.post(scene.adresse("importer/"), {"fichiers": [fichier]})["Location"]

    completer = client.get(adresse).content.decode()
    assert "0 ajout, 2 changements, 0 retrait" in completer
    assert "Ce fichier parle de « Ressourcerie renommée »" in completer.replace("\u202f", " ")
    remplacer = client.get(f"{adresse}?mode=remplacer").content.decode()
    assert "0 ajout, 2 changements, 4 retraits" in remplacer

    client.post(adresse, {"mode": "completer"})
    scene.dossier.refresh_from_db()
    lu = lire_dossier(scene.dossier, AU).dossier
    assert (lu.structure.nom, lu.structure.comptes_clos) == ("Ressourcerie renommée", 4)
    assert [r.avis for r in lu.reponses] == ["non"]
    feuille = Feuille.objects.get()
    assert feuille.contenu["A7"] == {"justification": "brouillon"}
    assert Trace.objects.filter(libelle__contains="import de d.yaml").exists()


def test_giving_up_writes_nothing(scene: Any, racine: Path) -> None:
    client = scene.entrer()
    octets = ecrire_yaml(_demo(racine)).encode()
    adresse = client.post(scene.adresse("importer/"), {"fichiers": [_fichier("d.yaml", octets)]})["Location"]
    client.post(adresse, {"abandonner": "1"})
    assert not Depot.objects.exists()
    assert client.get(adresse).status_code == 404
    assert not lire_dossier(scene.dossier, AU).dossier.reponses


def test_a_yes_given_to_something_else_than_what_was_shown_is_refused(scene: Any, racine: Path) -> None:
    client = scene.entrer()
    octets = ecrire_yaml(_demo(racine)).encode()
    adresse = client.post(scene.adresse("importer/"), {"fichiers": [_fichier("d.yaml", octets)]})["Location"]
    Feuille.objects.create(
        passage=scene.passage, repondant=scene.elu, famille="A", contenu={"A6": {"avis": "non"}}
    )
    reponse = client.post(adresse, {"mode": "remplacer"})
    assert reponse.status_code == 409
    assert "a changé depuis" in reponse.content.decode()
    assert Feuille.objects.get().contenu == {"A6": {"avis": "non"}}


def _bombe() -> bytes:
    """A workbook that is small and becomes enormous."""
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<x/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 50_000_000)
    return sortie.getvalue()


@pytest.mark.parametrize(
    ("nom", "octets", "dit"),
    [
        ("d.yaml", b"structure: {nom: F, activites: licornes}\n", "n’existe pas"),
        ("d.yaml", b"structure: [", "ligne"),
        ("d.yaml", b"rien: {}\n", "n’existe pas"),
        ("d.xlsx", b"PK\x03\x04 n'importe quoi", "classeur"),
        ("d.xlsx", _bombe(), "démesuré"),
        ("d.exe", b"MZ", "Aucun de ces fichiers"),
        ("d.yaml", b"", "vide"),
        ("d.yaml", b"x" * (OCTETS_MAX + 1), "5 Mo au plus"),
        ("d.yaml", b"structure: &a [*a]\n", ""),
    ],
)
def test_a_bad_file_is_refused_in_french_and_nothing_is_kept(
    scene: Any, nom: str, octets: bytes, dit: str
) -> None:
    reponse = scene.entrer().post(scene.adresse("importer/"), {"fichiers": [_fichier(nom, octets)]})
    texte = reponse.content.decode()
    assert reponse.status_code == 400
    assert "À corriger" in texte
    assert dit in texte
    assert "perenne " not in texte
    assert "Traceback" not in texte
    assert not Depot.objects.exists()


def test_the_name_of_a_file_is_never_a_path(scene: Any) -> None:
    fichier = _fichier("d.yaml", b"structure: {nom: F}\n")
    fichier.name = "../../etc/d.yaml"
    scene.entrer().post(scene.adresse("importer/"), {"fichiers": [fichier]})
    assert Depot.objects.get().fichier == "d.yaml"


BALANCE = "Compte;Libellé;Débit;Crédit\n512000;Banque;1 000,00;\n102000;Fonds;;1 000,00\n"


def _comptes(scene: Any, texte: str, **champs: str) -> Any:
    donnees = {"fichier": _fichier("balance.csv", texte.encode()), "mois": "12", **champs}
    return scene.entrer().post(scene.adresse("importer-comptes/"), donnees)


def test_accounts_are_shown_before_they_are_written(scene: Any) -> None:
    reponse = _comptes(scene, BALANCE, clos_le="2025-12-31")
    assert reponse.status_code == 302
    client = scene.entrer()
    apercu = client.get(reponse["Location"]).content.decode()
    assert "Rien n’est encore enregistré" in apercu
    assert "Disponibilités" in apercu
    assert not Volet.objects.exists()

    assert client.post(reponse["Location"])["Location"].endswith("/comptes/2025/")
    (annee,) = lire_dossier(scene.dossier, AU).dossier.exercices
    assert (annee.clos_le, annee.origine) == (dt.date(2025, 12, 31), "balance")
    assert annee.montants == {"disponibilites": 100_000, "fonds-propres": 100_000}


def test_payers_that_somebody_entered_are_kept_unless_told_otherwise(scene: Any, racine: Path) -> None:
    saisi = {"poste": "ventes", "payeur": "Clients comptés", "montant": 10, "nombre": 7}
    Volet.objects.create(
        dossier=scene.dossier, table="exercices", annee="2025", contenu={"clos_le": "2025-12-31"}
    )
    Volet.objects.create(dossier=scene.dossier, table="ressources", annee="2025", contenu=[saisi])
    texte = (racine / "data/demo/diagnostics/balance-valfiction-2025.csv").read_text(encoding="utf-8")

    adresse = _comptes(scene, texte, clos_le="2025-12-31")["Location"]
    scene.entrer().post(adresse, {"payeurs": "garder"})
    assert [r.payeur for r in lire_dossier(scene.dossier, AU).dossier.ressources] == ["Clients comptés"]

    adresse = _comptes(scene, texte, clos_le="2025-12-31")["Location"]
    scene.entrer().post(adresse, {"payeurs": "remplacer"})
    assert len(lire_dossier(scene.dossier, AU).dossier.ressources) == 10


@pytest.mark.parametrize(
    ("texte", "champs", "dit"),
    [
        (BALANCE, {}, "Donnez la date"),
        (
            BALANCE.replace("102000;Fonds;;1 000,00", "102000;Fonds;;900,00"),
            {"clos_le": "2025-12-31"},
            "diffèrent",
        ),
        (BALANCE + "abc;Faux;12,00;\n", {"clos_le": "2025-12-31"}, "ligne 4"),
        ("bonjour", {"clos_le": "2025-12-31"}, "colonne"),
    ],
)
def test_accounts_that_cannot_be_used_are_refused_line_by_line(
    scene: Any, texte: str, champs: dict[str, str], dit: str
) -> None:
    reponse = _comptes(scene, texte, **champs)
    assert reponse.status_code == 400
    page = reponse.content.decode()
    assert dit in page
    assert "--clos-le" not in page
    assert not Depot.objects.exists()


def test_formulas_typed_in_a_form_are_text_in_the_workbook(scene: Any) -> None:
    from openpyxl import load_workbook

    Feuille.objects.create(
        passage=scene.passage, repondant=scene.elu, famille="A",
        contenu={"A6": {"avis": "non", "justification": "=1+1", "source": "@SUM(A1)"}},
    )  # fmt: skip
    octets = scene.entrer().get(scene.adresse("fiche.xlsx")).content
    for page in load_workbook(io.BytesIO(octets)):
        for ligne in page.iter_rows():
            assert not [c.coordinate for c in ligne if c.data_type == "f"], page.title
