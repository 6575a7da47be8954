"""The sheet of an enterprise of the demonstration, and what people say of it until the next build."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from perenne.services.classement.decisions_fichier import lire_decisions
from perenne.web.comptes.models import Compte
from perenne.web.entreprises.models import Correction

RESSOURCERIE = "000990010"
ENVOI = {
    "sujet": "activite-fausse",
    "activite": "ressourceries",
    "texte": "Elle ne fait plus que de l'insertion depuis 2025.",
    "role": "agent de l'intercommunalité",
    "courriel": "agent@exemple.invalid",
}


def _texte(client: Client, adresse: str) -> str:
    reponse = client.get(adresse)
    assert reponse.status_code == 200, reponse.content[:300]
    return reponse.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


@pytest.fixture
def exploitant(db: None) -> Client:
    compte = Compte.objects.creer("exploitant@exemple.invalid", exploitant=True)
    client = Client(raise_request_exception=False)
    client.force_login(compte)
    return client


def _envoyer(client: Client, **champs: str) -> Any:
    return client.post(reverse("corriger", args=[RESSOURCERIE]), {**ENVOI, **champs})


def test_the_sheet_gives_the_verdict_its_reasons_and_the_words_seen(site: Client) -> None:
    texte = _texte(site, f"/entreprises/{RESSOURCERIE}/")
    assert "RESSOURCERIE DES BRUMES" in texte
    assert "appartient à l’économie sociale et solidaire" in texte
    assert "Forme juridique" in texte
    assert "« RESSOURCERIE »" in texte
    assert "Zonages de la commune du siège" in texte


def test_a_siret_leads_to_the_sheet_and_an_unknown_number_says_so(site: Client) -> None:
    assert site.get(f"/entreprises/{RESSOURCERIE}00017/")["Location"] == f"/entreprises/{RESSOURCERIE}/"
    assert site.get("/entreprises/999999999/").status_code == 404
    assert site.get("/entreprises/bonjour/").status_code == 400


def test_a_correction_needs_no_account_and_waits_for_somebody(site: Client) -> None:
    assert "Merci" in _envoyer(site).content.decode()
    recue = Correction.objects.get()
    assert (recue.numero, recue.activite, recue.suite) == (RESSOURCERIE, "ressourceries", "a-examiner")
    assert recue.nom == "RESSOURCERIE DES BRUMES"


@pytest.mark.parametrize(
    "champs", [{"activite": ""}, {"sujet": "x"}, {"texte": ""}, {"role": ""}, {"site": "x"}]
)
def test_an_incomplete_correction_is_given_back(site: Client, champs: dict[str, str]) -> None:
    reponse = _envoyer(site, **champs)
    assert reponse.status_code == 400
    assert not Correction.objects.exists()
    if "texte" not in champs:
        assert "Elle ne fait plus que de l" in reponse.content.decode()


def test_one_network_cannot_flood_the_reviewers(site: Client) -> None:
    statuts = [_envoyer(site).status_code for _ in range(12)]
    assert statuts == [200] * 10 + [429] * 2
    assert Correction.objects.count() == 10


def test_only_an_operator_reviews(site: Client, exploitant: Client) -> None:
    _envoyer(site)
    correction = Correction.objects.get()
    membre = Client(raise_request_exception=False)
    membre.force_login(Compte.objects.creer("membre@exemple.invalid"))
    for adresse in (
        reverse("corrections"),
        reverse("correction-examiner", args=[correction.pk]),
        reverse("decisions"),
    ):
        assert site.get(adresse).status_code == 302
        assert membre.get(adresse).status_code == 404
        assert exploitant.get(adresse).status_code == 200


def test_a_kept_correction_becomes_a_decision_that_the_build_reads(
    site: Client, exploitant: Client, tmp_path: Path
) -> None:
    _envoyer(site, role="=1+1 agent")
    correction = Correction.objects.get()
    examen = reverse("correction-examiner", args=[correction.pk])
    assert exploitant.post(examen, {"suite": "retenue", "motif": "Vu sur son site."}).status_code == 302
    correction.refresh_from_db()
    assert correction.courriel == ""
    assert correction.examinee_par is not None
    fichier = tmp_path / "decisions.csv"
    fichier.write_bytes(exploitant.get(reverse("decisions")).content)
    lues = lire_decisions(fichier, {"ressourceries"})
    decision = lues[RESSOURCERIE]["ressourceries"]
    assert decision.retenue is False
    assert decision.motif == "Vu sur son site."
    assert decision.role == "=1+1 agent, vérifié"
    brut = next(csv.DictReader(io.StringIO(fichier.read_text(encoding="utf-8"))))
    assert brut["role"].startswith("'=")


def test_a_correction_is_examined_once(site: Client, exploitant: Client) -> None:
    _envoyer(site)
    examen = reverse("correction-examiner", args=[Correction.objects.get().pk])
    exploitant.post(examen, {"suite": "ecartee", "motif": "Rien ne le montre."})
    assert exploitant.post(examen, {"suite": "retenue", "motif": "Si."}).status_code == 403
    assert Correction.objects.get().suite == "ecartee"
    assert exploitant.get(reverse("decisions")).content.decode().count("\n") == 1


def test_the_list_counts_maps_and_says_what_it_leaves_out(site: Client) -> None:
    texte = _texte(site, "/entreprises/?dans=299900027")
    assert "9 entreprises." in texte
    assert "Non montrées : 1 fermée ou dissoute." in texte
    assert 'id="carte-points"' in texte or "Carte : CC du Haut-Mirage" in texte


def test_each_count_opens_the_list_that_it_counts(site: Client) -> None:
    """The figure beside a value is the number of enterprises of the page that it opens."""
    import lxml.html

    page = lxml.html.fromstring(_texte(site, "/entreprises/?dans=299900027"))
    liens = page.xpath("//section[@aria-labelledby='decomptes']//li[a]")
    assert len(liens) >= 5
    for li in liens:
        attendu = int(li.text_content().rsplit(":", 1)[1].strip())
        ouverte = lxml.html.fromstring(_texte(site, "/entreprises/" + li.xpath("a/@href")[0]))
        assert ouverte.xpath("string(//p[@class='reponse'])").split()[0] == str(attendu)


def test_a_name_is_found_and_an_address_is_not(site: Client) -> None:
    assert "RESSOURCERIE DES BRUMES" in _texte(site, "/entreprises/?q=resourcerie+brumes")
    api = site.get("/api/v1/entreprises", {"q": "ressourcerie des brumes"}).json()
    assert api["entreprises"][0]["id"] == RESSOURCERIE


def test_pages_follow_one_another_without_gap_or_repeat(site: Client) -> None:
    tous = site.get("/api/v1/entreprises", {"limite": 500, "etat": "tous", "verdict": "tous"}).json()
    lus: list[str] = []
    curseur = ""
    for _ in range(200):
        page = site.get(
            "/api/v1/entreprises", {"limite": 7, "etat": "tous", "verdict": "tous", "curseur": curseur}
        ).json()
        lus += [e["id"] for e in page["entreprises"]]
        curseur = page["suivant"]
        if not curseur:
            break
    assert lus == [e["id"] for e in tous["entreprises"]]
    assert len(lus) == len(set(lus)) == tous["total"]


def test_a_filter_that_is_not_known_is_told(site: Client) -> None:
    reponse = site.get("/entreprises/?activite=cafe-associatiff")
    assert reponse.status_code == 400
    assert "n’est pas une activité" in reponse.content.decode()


def test_two_territories_stand_side_by_side(site: Client) -> None:
    texte = _texte(site, "/territoires/99001/comparer/?avec=Port-Chim%C3%A8re")
    assert "Brumeville et Port-Chimère" in texte
    assert "Taux de pauvreté" in texte
    jumeau = site.get("/api/v1/territoires/99001/comparer?avec=99013").json()
    assert jumeau["noms"] == ["Brumeville", "Port-Chimère"]
    assert site.get("/territoires/99001/comparer/?avec=99001").status_code == 400
