"""Downloads against a real local server that is slow, cuts, lies or refuses."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator
from email.utils import format_datetime
from pathlib import Path

import httpx
import pytest
from tests.pipeline.serveur import Comportement, servir

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.pipeline.notice import Notice
from perenne.pipeline.telechargement import ESSAIS, Telechargement, telecharger
from perenne.sources.registre import charger_notices

CONTENU = b"PK" + bytes(range(256)) * 4000
MAINTENANT = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)

Lancer = Callable[..., Telechargement]


@pytest.fixture(scope="module")
def notice() -> Notice:
    return next(n for n in charger_notices() if n.id == "dgcl_epci")


@pytest.fixture
def attentes() -> list[float]:
    return []


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    with httpx.Client(timeout=httpx.Timeout(2.0)) as client:
        yield client


@pytest.fixture
def lancer(notice: Notice, tmp_path: Path, attentes: list[float], client: httpx.Client) -> Lancer:
    def lancer(url: str, **modifications: object) -> Telechargement:
        return telecharger(
            notice.model_copy(update={"telechargement": url, **modifications}),
            tmp_path,
            client=client,
            attendre=attentes.append,
            maintenant=MAINTENANT,
        )

    return lancer


def _fichiers(dossier: Path) -> list[str]:
    return sorted(p.name for p in dossier.rglob("*") if p.is_file() and not p.name.startswith("."))


def test_a_file_is_received_whole_with_its_digest(lancer: Lancer, tmp_path: Path) -> None:
    with servir(Comportement(contenu=CONTENU)) as url:
        recu = lancer(url)
    assert recu.chemin == tmp_path / "dgcl_epci" / "epcicom2026.xlsx"
    assert recu.chemin.read_bytes() == CONTENU
    assert recu.sha256 == hashlib.sha256(CONTENU).hexdigest()


def test_an_unchanged_file_is_not_sent_again(lancer: Lancer) -> None:
    with servir(serveur := Comportement(contenu=CONTENU)) as url:
        lancer(url)
        assert lancer(url).etat == "a-jour"
    assert serveur.demandes[1]["if-none-match"] == '"v1"'


def test_a_copy_damaged_since_is_taken_again(lancer: Lancer) -> None:
    with servir(serveur := Comportement(contenu=CONTENU)) as url:
        lancer(url).chemin.write_bytes(b"PK")
        recu = lancer(url)
    assert recu.etat == "telecharge"
    assert recu.chemin.read_bytes() == CONTENU
    assert "if-none-match" not in serveur.demandes[1]


def test_a_cut_transfer_resumes_where_it_stopped(lancer: Lancer) -> None:
    serveur = Comportement(contenu=CONTENU, couper_apres=[600_000])
    with servir(serveur) as url:
        recu = lancer(url)
    assert recu.chemin.read_bytes() == CONTENU
    assert serveur.demandes[1]["if-range"] == '"v1"'
    assert 0 < int(serveur.demandes[1]["range"].removeprefix("bytes=").rstrip("-")) <= 600_000


def test_a_file_that_changed_between_two_attempts_is_taken_from_its_start(lancer: Lancer) -> None:
    serveur = Comportement(contenu=CONTENU, couper_apres=[100_000] * ESSAIS)
    with servir(serveur) as url:
        with pytest.raises(ErreurUtilisateur, match="téléchargé"):
            lancer(url)
        serveur.contenu, serveur.etag = CONTENU[::-1].replace(b"\xff", b"PK", 1), '"v2"'
        assert lancer(url).chemin.read_bytes() == serveur.contenu


def test_a_transfer_that_never_ends_says_so_and_keeps_what_was_received(
    lancer: Lancer, tmp_path: Path, attentes: list[float]
) -> None:
    with (
        servir(Comportement(contenu=CONTENU, etag="", couper_apres=[8192] * 10)) as url,
        pytest.raises(ErreurUtilisateur, match=f"a échoué {ESSAIS} fois") as erreur,
    ):
        lancer(url)
    assert url in str(erreur.value)
    assert attentes == [1.0, 2.0, 4.0, 8.0]
    assert not _fichiers(tmp_path)
    assert (tmp_path / "dgcl_epci" / ".epcicom2026.xlsx.partiel").stat().st_size == 8192


def test_a_slow_server_is_waited_for(lancer: Lancer) -> None:
    with servir(Comportement(contenu=CONTENU[:560_000], lenteur=0.005)) as url:
        assert lancer(url).taille == 560_000


def test_a_server_that_says_nothing_is_left_after_the_delay(
    notice: Notice, tmp_path: Path, attentes: list[float]
) -> None:
    with (
        servir(Comportement(contenu=CONTENU, lenteur=1.0)) as url,
        httpx.Client(timeout=httpx.Timeout(0.05)) as presse,
        pytest.raises(ErreurUtilisateur, match="ne répond plus"),
    ):
        telecharger(
            notice.model_copy(update={"telechargement": url}),
            tmp_path,
            client=presse,
            attendre=attentes.append,
            maintenant=MAINTENANT,
        )


def test_a_web_page_instead_of_the_file_is_refused(lancer: Lancer, tmp_path: Path) -> None:
    page = b"<!DOCTYPE html><html><body>Maintenance</body></html>" + b" " * 600_000
    with (
        servir(Comportement(contenu=page)) as url,
        pytest.raises(ErreurUtilisateur, match="une page web au lieu du fichier"),
    ):
        lancer(url)
    assert not _fichiers(tmp_path)


def test_a_content_of_another_kind_is_refused(lancer: Lancer) -> None:
    with (
        servir(Comportement(contenu=b"code;nom\n" * 80_000)) as url,
        pytest.raises(ErreurUtilisateur, match=r"pas celui d'un fichier \.xlsx"),
    ):
        lancer(url)


def test_a_file_that_is_too_small_is_refused(lancer: Lancer) -> None:
    with (
        servir(Comportement(contenu=b"PK\x03\x04")) as url,
        pytest.raises(ErreurUtilisateur, match="trop petit : 4 octets"),
    ):
        lancer(url)


def test_a_wrong_digest_is_refused(lancer: Lancer) -> None:
    with servir(Comportement(contenu=CONTENU)) as url, pytest.raises(ErreurUtilisateur, match="SHA-256"):
        lancer(url, sha256="0" * 64)


def test_a_size_other_than_announced_is_a_cut(lancer: Lancer, attentes: list[float]) -> None:
    with (
        servir(Comportement(contenu=CONTENU, longueur=len(CONTENU) + 10)) as url,
        pytest.raises(ErreurUtilisateur, match="a échoué"),
    ):
        lancer(url)


@pytest.mark.parametrize("code", [404, 410])
def test_a_file_that_is_gone_is_not_asked_again(lancer: Lancer, attentes: list[float], code: int) -> None:
    serveur = Comportement(reponses=[(code, {})])
    with (
        servir(serveur) as url,
        pytest.raises(ErreurUtilisateur, match=f"n'est plus à cette adresse.*{code}") as e,
    ):
        lancer(url)
    assert "https://www.collectivites-locales.gouv.fr" in str(e.value)
    assert len(serveur.demandes) == 1
    assert attentes == []


def test_a_busy_server_is_waited_for_as_long_as_it_asks(lancer: Lancer, attentes: list[float]) -> None:
    date = format_datetime(MAINTENANT + dt.timedelta(seconds=30), usegmt=True)
    serveur = Comportement(
        contenu=CONTENU,
        reponses=[(429, {"Retry-After": "7"}), (503, {"Retry-After": date}), (429, {})],
    )
    with servir(serveur) as url:
        assert lancer(url).etat == "telecharge"
    assert attentes == [7.0, 30.0, 4.0]


def test_a_server_that_asks_to_wait_too_long_is_told_to_the_user(
    lancer: Lancer, attentes: list[float]
) -> None:
    with (
        servir(Comportement(reponses=[(429, {"Retry-After": "3600"})])) as url,
        pytest.raises(ErreurUtilisateur, match="attendre 3600 secondes"),
    ):
        lancer(url)
    assert attentes == []


def test_a_refused_file_leaves_the_previous_one(lancer: Lancer) -> None:
    serveur = Comportement(contenu=CONTENU)
    with servir(serveur) as url:
        recu = lancer(url)
        serveur.contenu, serveur.etag = b"<html>" + b" " * 600_000, '"v2"'
        with pytest.raises(ErreurUtilisateur):
            lancer(url)
    assert recu.chemin.read_bytes() == CONTENU


def test_a_source_without_address_says_where_to_put_the_file(tmp_path: Path, client: httpx.Client) -> None:
    frr = next(n for n in charger_notices() if n.id == "dgcl_frr")
    with pytest.raises(ErreurUtilisateur, match="n'est pas connue") as erreur:
        telecharger(frr, tmp_path, client=client, attendre=lambda _: None, maintenant=MAINTENANT)
    assert "liste-communes-FRR" in str(erreur.value)


def test_an_unreachable_server_is_named_without_a_long_wait(lancer: Lancer, attentes: list[float]) -> None:
    with pytest.raises(ErreurUtilisateur, match=r"injoignable.*connexion au réseau"):
        lancer("http://127.0.0.1:9/epcicom2026.xlsx")
    assert attentes == [1.0]
