"""The collection against a server that behaves like the API, bad days included."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from tests.pipeline.api_entreprises.serveur_api import Api, entreprise, servir_api

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.pipeline.api_entreprises.client import Service, client_http
from perenne.pipeline.api_entreprises.collecte import Collecte, collecter
from perenne.pipeline.api_entreprises.debit import Disjoncteur, Limiteur
from perenne.pipeline.api_entreprises.decoupage import Lieu

MAINTENANT = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)
GUERET = Lieu(type="commune", code="23096")


@dataclass
class Temps:
    """A clock that only goes on when one waits."""

    t: float = 1000.0
    attentes: list[float] = field(default_factory=list)

    def attendre(self, duree: float) -> None:
        self.attentes.append(duree)
        self.t += duree


@contextmanager
def _service(api: Api, cache: Path, temps: Temps) -> Iterator[Service]:
    with servir_api(api) as adresse, client_http(httpx.Timeout(0.4)) as http:
        yield Service(
            http=http,
            adresse=adresse,
            limiteur=Limiteur(horloge=lambda: temps.t, attendre=temps.attendre),
            disjoncteur=Disjoncteur(fichier=cache / "disjoncteur.json", horloge=lambda: temps.t),
            attendre=temps.attendre,
            maintenant=lambda: MAINTENANT,
        )


def _collecter(
    api: Api, cache: Path, lieu: Lieu = GUERET, temps: Temps | None = None, jour: dt.datetime = MAINTENANT
) -> Collecte:
    with _service(api, cache, temps or Temps()) as service:
        return collecter(lieu, service, cache, maintenant=jour)


def _sirens(collecte: Collecte) -> list[str]:
    lues = [json.loads(ligne) for ligne in collecte.fichier.read_text(encoding="utf-8").splitlines()]
    assert lues == collecte.entreprises
    return [e["siren"] for e in lues]


def test_every_page_is_read_and_the_copy_is_dated(tmp_path: Path) -> None:
    siae = entreprise(60, complements={"est_ess": False, "est_siae": True, "type_siae": "EI"})
    api = Api([entreprise(n) for n in range(60)] + [siae, entreprise(61, "23030")])
    collecte = _collecter(api, tmp_path)
    assert _sirens(collecte) == [f"{n:09d}" for n in range(61)]
    assert collecte.fichier == tmp_path / "recherche-entreprises/commune-23096/2026-11-23.jsonl"
    assert [q["recues"] for q in collecte.manifeste["questions"]] == [60, 1]
    assert collecte.manifeste["format_verifie"] is False
    assert sorted(p.name for p in collecte.fichier.parent.iterdir()) == [
        "2026-11-23.jsonl",
        "2026-11-23.manifeste.json",
    ]
    assert len(api.demandes) == 4  # three pages of ESS, one of SIAE


def test_requests_keep_under_the_rate_of_the_service(tmp_path: Path) -> None:
    temps = Temps()
    _collecter(Api([entreprise(n) for n in range(500)]), tmp_path, temps=temps)
    assert (21 - 1) / (temps.t - 1000.0) <= 7  # 20 pages of ESS and one of SIAE


def test_nobody_is_named_who_asked_for_discretion_or_is_a_person(tmp_path: Path) -> None:
    discrete = entreprise(1, statut_diffusion="P", nom_complet="[NON-DIFFUSIBLE]", sigle="[NON-DIFFUSIBLE]")
    bavarde = entreprise(2, statut_diffusion="P")
    personne = entreprise(3, nature_juridique="1000", nom_complet="NOM DE FAMILLE")
    collecte = _collecter(Api([discrete, bavarde, personne, entreprise(4)]), tmp_path)
    assert [e["nom"] for e in collecte.entreprises] == [None, None, None, "ASSOCIATION 4"]
    for e in collecte.entreprises[:3]:
        assert "adresse" not in e["siege"]
        assert "longitude" not in e["siege"]
    texte = collecte.fichier.read_text(encoding="utf-8")
    assert texte.count("TILLEULS") == 1
    for interdit in ("SECRET", "FAMILLE", "NON-DIFFUSIBLE", "dirigeants"):
        assert interdit not in texte


@pytest.mark.parametrize(
    "panne", [(500, {}), (503, {}), (429, {}), "coupe", "html", 0.8, (429, {"Retry-After": "3"})]
)
def test_a_passing_failure_is_overcome(tmp_path: Path, panne: object) -> None:
    temps = Temps()
    collecte = _collecter(Api([entreprise(1)], pannes=[panne, panne]), tmp_path, temps=temps)
    assert _sirens(collecte) == ["000000001"]
    retenue = isinstance(panne, tuple) and "Retry-After" in panne[1]
    assert [a for a in temps.attentes if a >= 1] == ([3.0, 3.0] if retenue else [1.0, 2.0])


def test_a_dated_retry_after_is_obeyed(tmp_path: Path) -> None:
    temps = Temps()
    panne = (429, {"Retry-After": "Mon, 23 Nov 2026 10:00:20 GMT"})
    _collecter(Api([entreprise(1)], pannes=[panne]), tmp_path, temps=temps)
    assert 20.0 in temps.attentes


def test_an_outage_is_not_hammered_even_by_running_again(tmp_path: Path) -> None:
    temps = Temps()
    api = Api([entreprise(n) for n in range(60)], pannes=[None, *[(503, {})] * 50])
    with pytest.raises(ErreurUtilisateur, match="échoué 5 fois de suite"):
        _collecter(api, tmp_path, temps=temps)
    assert len(api.demandes) == 6
    with pytest.raises(ErreurUtilisateur, match="n'est pas sollicité"):
        _collecter(api, tmp_path, temps=temps)
    assert len(api.demandes) == 6
    temps.t += 301
    api.pannes.clear()
    assert len(_sirens(_collecter(api, tmp_path, temps=temps))) == 60
    assert [d["page"] for d in api.demandes[6:]] == ["2", "3", "1"]  # the first page was kept


def test_a_long_retry_after_is_told_and_kept(tmp_path: Path) -> None:
    api = Api([entreprise(1)], pannes=[(429, {"Retry-After": "900"})])
    with pytest.raises(ErreurUtilisateur, match="900 s"):
        _collecter(api, tmp_path)
    with pytest.raises(ErreurUtilisateur) as faute:
        _collecter(api, tmp_path)
    assert "15 min" in faute.value.conseil
    assert len(api.demandes) == 1


def test_results_that_slide_between_pages_are_met_again(tmp_path: Path) -> None:
    """Each request sorts anew: page 2 repeats some of page 1 and forgets others."""
    collecte = _collecter(Api([entreprise(n) for n in range(60)], glissement=-5), tmp_path)
    assert len(_sirens(collecte)) == len(set(_sirens(collecte))) == 60
    assert collecte.manifeste["doublons_ecartes"] > 0
    assert collecte.manifeste["reserves"] == []


def test_what_stays_missing_is_said(tmp_path: Path) -> None:
    double = [entreprise(1)] * 30
    collecte = _collecter(Api(double), tmp_path)
    assert _sirens(collecte) == ["000000001"]
    assert collecte.manifeste["reserves"] == ["ess/commune/23096 : 30 réponses annoncées, 1 reçues."]


def test_more_than_ten_thousand_is_cut_by_commune(tmp_path: Path) -> None:
    api = Api([entreprise(n, "23001" if n % 2 else "23002") for n in range(10_040)])
    lieu = Lieu(type="departement", code="23", communes=("23001", "23002"))
    collecte = _collecter(api, tmp_path, lieu)
    assert len(_sirens(collecte)) == 10_040
    assert collecte.manifeste["reserves"] == []
    with pytest.raises(ErreurUtilisateur) as faute:
        _collecter(api, tmp_path, Lieu(type="departement", code="23"))
    assert "atlas construire" in faute.value.conseil


def test_a_great_city_is_cut_by_arrondissement_then_by_activity(tmp_path: Path) -> None:
    nombreuses = [
        entreprise(n, "75111", section_activite_principale="S" if n % 3 else "Q") for n in range(10_010)
    ]
    api = Api([*nombreuses, entreprise(20_000, "75112")])
    collecte = _collecter(api, tmp_path, Lieu(type="commune", code="75056"))
    assert len(_sirens(collecte)) == 10_011
    assert collecte.manifeste["reserves"] == [
        "ess/commune/75111 : découpé par section d'activité ; "
        "une entreprise sans activité déclarée n'y est pas."
    ]


def test_pages_of_another_day_are_not_mixed(tmp_path: Path) -> None:
    api = Api([entreprise(n) for n in range(60)], pannes=[None, (404, {})])
    with pytest.raises(ErreurUtilisateur, match="réponse 404"):
        _collecter(api, tmp_path)
    lendemain = MAINTENANT + dt.timedelta(days=2)
    collecte = _collecter(api, tmp_path, jour=lendemain)
    assert collecte.fichier.name == "2026-11-25.jsonl"
    assert [d["page"] for d in api.demandes[2:]] == ["1", "2", "3", "1"]


def test_a_journal_cut_in_the_middle_of_a_line_is_resumed(tmp_path: Path) -> None:
    api = Api([entreprise(n) for n in range(60)], pannes=[None, None, (404, {})])
    with pytest.raises(ErreurUtilisateur):
        _collecter(api, tmp_path)
    journal = tmp_path / "recherche-entreprises/commune-23096/.journal.jsonl"
    journal.write_bytes(journal.read_bytes()[:-40])
    assert len(_sirens(_collecter(api, tmp_path))) == 60
    assert [d["page"] for d in api.demandes[3:]] == ["2", "3", "1"]


def test_a_failure_leaves_the_previous_copy(tmp_path: Path) -> None:
    avant = _collecter(Api([entreprise(1)]), tmp_path).fichier.read_bytes()
    with pytest.raises(ErreurUtilisateur):
        _collecter(Api([entreprise(2)], pannes=["liste"]), tmp_path)
    assert (tmp_path / "recherche-entreprises/commune-23096/2026-11-23.jsonl").read_bytes() == avant


@pytest.mark.parametrize(
    ("champ", "valeur", "dit"),
    [
        ("siren", 12, "siren"),
        ("complements", [], "complements"),
        ("matching_etablissements", {"x": 1}, "matching_etablissements"),
        ("siege", "x", "siege"),
    ],
)
def test_another_shape_is_told_and_nothing_is_written(
    tmp_path: Path, champ: str, valeur: object, dit: str
) -> None:
    api = Api([entreprise(1)])
    with _service(api, tmp_path, Temps()) as service:
        api._convient = lambda e, p: True  # type: ignore[method-assign]
        api.entreprises[0][champ] = valeur
        if champ == "complements":
            api.entreprises[0][champ] = ["x"]
        with pytest.raises(ErreurUtilisateur, match=dit):
            collecter(GUERET, service, tmp_path, maintenant=MAINTENANT)
    assert not list(tmp_path.rglob("2026*"))


def test_a_refused_code_says_why(tmp_path: Path) -> None:
    with pytest.raises(ErreurUtilisateur, match="paramètre commune est non valide"):
        _collecter(Api(), tmp_path, Lieu(type="commune", code="2Z999"))


def test_an_empty_territory_is_an_empty_copy(tmp_path: Path) -> None:
    assert _sirens(_collecter(Api(), tmp_path)) == []


def test_a_wrong_address_is_told_at_once(tmp_path: Path) -> None:
    temps = Temps()
    with _service(Api(), tmp_path, temps) as service:
        service.adresse = "ftp://exemple"
        with pytest.raises(ErreurUtilisateur, match="n'est pas l'adresse"):
            collecter(GUERET, service, tmp_path, maintenant=MAINTENANT)
    assert temps.attentes == []


def test_an_unreachable_service_is_told(tmp_path: Path) -> None:
    temps = Temps()
    with _service(Api(), tmp_path, temps) as service:
        service.adresse = "http://127.0.0.1:9"
        with pytest.raises(ErreurUtilisateur, match="injoignable"):
            collecter(GUERET, service, tmp_path, maintenant=MAINTENANT)
