"""Links of respondents: they open one grid and nothing else, until they end."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from perenne.web.common.dates import aujourd_hui
from perenne.web.diagnostics.invitations import inviter, purger
from perenne.web.diagnostics.lecture import lire_dossier
from perenne.web.diagnostics.models import Feuille, Invitation, Passage, Repondant
from perenne.web.espaces.models import Trace

DEMAIN = aujourd_hui() + dt.timedelta(days=1)


@pytest.fixture
def lien(scene: Any) -> tuple[Invitation, str]:
    """A link of the élu."""
    return inviter(scene.passage, scene.elu, courriel="", jusqu_au=DEMAIN, par=scene.comptes["editeur"])


def _creer(scene: Any, **champs: str) -> Any:
    donnees = {"repondant": "elu", "fonction": "", "role": "", "courriel": "", "jusqu_au": DEMAIN.isoformat()}
    return scene.entrer().post(scene.adresse("invitations/"), donnees | champs)


def _jeton(page: Any) -> str:
    trouve = re.search(r"/repondre/([\w-]{43})/", page.content.decode())
    assert trouve
    return trouve[1]


def test_an_editor_makes_a_link_that_is_shown_once_and_kept_nowhere(scene: Any) -> None:
    jeton = _jeton(_creer(scene))
    invitation = Invitation.objects.get()
    assert jeton not in str(list(Invitation.objects.values_list()))
    assert re.fullmatch(r"[0-9a-f]{64}", invitation.empreinte)
    assert jeton not in scene.entrer().get(scene.adresse("invitations/")).content.decode()
    assert Trace.objects.get(geste="invite").libelle.endswith("répondant elu, passage 2026")


def test_a_link_makes_a_new_respondent_known_by_a_function(scene: Any) -> None:
    _creer(scene, repondant="nouveau:", fonction="Bureau de l’association", role="entreprise")
    repondant = Repondant.objects.get(nom="bureau-de-l-association")
    assert (repondant.role, repondant.fonction) == ("entreprise", "Bureau de l’association")


@pytest.mark.parametrize(
    ("champs", "dit"),
    [
        ({"repondant": "nouveau:", "fonction": "Mme Untel", "role": "elu"}, "une personne paraît nommée"),
        ({"repondant": "nouveau:", "fonction": "", "role": "elu"}, "obligatoire"),
        ({"repondant": "nouveau:", "fonction": "Bureau", "role": ""}, "obligatoire"),
        ({"jusqu_au": "2020-01-01"}, "cette date est passée"),
        ({"jusqu_au": "2099-01-01"}, "six mois au plus"),
        ({"courriel": "pas une adresse"}, "valide"),
    ],
)
def test_a_link_that_cannot_be_made_says_why(scene: Any, champs: dict[str, str], dit: str) -> None:
    reponse = _creer(scene, **champs)
    assert reponse.status_code == 400
    assert dit in reponse.content.decode()
    assert not Invitation.objects.exists()


def test_the_link_is_sent_when_an_address_is_given(scene: Any) -> None:
    jeton = _jeton(_creer(scene, courriel="elu@exemple.invalid"))
    (message,) = mail.outbox
    assert message.to == ["elu@exemple.invalid"]
    assert f"/repondre/{jeton}/" in message.body
    assert "\n" not in message.subject


def test_a_message_that_cannot_leave_is_said_and_the_link_still_works(scene: Any, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "serveur.invalid", 1

    import smtplib

    with pytest.MonkeyPatch.context() as m:
        m.setattr(smtplib, "SMTP", _en_panne)
        page = _creer(scene, courriel="elu@exemple.invalid")
    assert "n’a pas pu partir" in page.content.decode()
    assert Client().get(f"/repondre/{_jeton(page)}/").status_code == 200


def _en_panne(*args: object, **options: object) -> None:
    raise OSError("no server")


def test_a_respondent_answers_without_an_account_and_takes_up_again(
    scene: Any, lien: tuple[Invitation, str]
) -> None:
    adresse = f"/repondre/{lien[1]}/"
    client = Client()
    accueil = client.get(adresse)
    assert "0 réponse sur 39" in accueil.content.decode()
    famille = client.get(f"{adresse}A/").content.decode()
    lu = famille.split('name="A6-lu" id="A6-lu" value="')[1].split('"')[0]
    reponse = client.post(f"{adresse}A/", {"A6-lu": lu, "A6-avis": "non", "suite": "1"})
    assert reponse["Location"] == f"{adresse}B/"

    # From another computer, with the same link.
    assert "1 réponse sur 39" in Client().get(adresse).content.decode()
    (lue,) = lire_dossier(scene.dossier).dossier.reponses
    assert (lue.repondant, lue.avis, lue.date) == ("elu", "non", aujourd_hui())
    assert "/espaces/" not in accueil.content.decode()
    assert "perenne_session" not in client.cookies


def test_nothing_of_the_others_is_shown(scene: Any, lien: tuple[Invitation, str]) -> None:
    Feuille.objects.create(
        passage=scene.passage, repondant=scene.entreprise, famille="A",
        contenu={"A6": {"avis": "non", "justification": "SECRET DE L’ENTREPRISE"}},
    )  # fmt: skip
    client = Client()
    for suite in ("", "T/", "A/", "B/", "C/"):
        page = client.get(f"/repondre/{lien[1]}/{suite}")
        assert "SECRET" not in page.content.decode()
        assert str(scene.dossier.pk) not in page.content.decode()
        assert page["Cache-Control"] == "private, no-store"
        assert page["Referrer-Policy"] == "no-referrer"
        assert "noindex" in page["X-Robots-Tag"]
    # The link opens no other address.
    assert client.get(scene.adresse()).status_code == 302
    assert client.get(scene.adresse("grille/2026/elu/A/")).status_code == 302


def test_a_respondent_cannot_write_for_another(scene: Any, lien: tuple[Invitation, str]) -> None:
    client = Client()
    client.post(f"/repondre/{lien[1]}/A/", {"A6-lu": "x", "A6-avis": "oui", "repondant": "entreprise"})
    assert not Feuille.objects.filter(repondant=scene.entreprise).exists()


@pytest.mark.parametrize("etat", ["revoque", "expire", "devine", "remplace", "passage-efface"])
def test_a_link_that_is_over_opens_nothing_and_says_the_same_thing(
    scene: Any, lien: tuple[Invitation, str], etat: str
) -> None:
    invitation, jeton = lien
    if etat == "revoque":
        scene.entrer().post(scene.adresse(f"invitations/{invitation.pk}/retirer/"))
    elif etat == "expire":
        Invitation.objects.update(jusqu_au=aujourd_hui() - dt.timedelta(days=1))
    elif etat == "devine":
        jeton = f"{jeton[:-1]}{'a' if jeton[-1] != 'a' else 'b'}"
    elif etat == "remplace":
        inviter(scene.passage, scene.elu, courriel="", jusqu_au=DEMAIN, par=scene.comptes["editeur"])
    else:
        Passage.objects.all().delete()
    for suite in ("", "A/"):
        for methode in ("get", "post"):
            reponse = getattr(Client(), methode)(f"/repondre/{jeton}/{suite}")
            assert reponse.status_code == 404
            assert "Ce lien ne marche pas ou ne marche plus" in reponse.content.decode()


def test_answers_stay_when_the_link_is_withdrawn(scene: Any, lien: tuple[Invitation, str]) -> None:
    Feuille.objects.create(
        passage=scene.passage, repondant=scene.elu, famille="A", contenu={"A6": {"avis": "non"}}
    )
    scene.entrer().post(scene.adresse(f"invitations/{lien[0].pk}/retirer/"))
    assert lire_dossier(scene.dossier).dossier.reponses


def test_nobody_writes_in_the_place_of_who_holds_a_link(scene: Any, lien: tuple[Invitation, str]) -> None:
    adresse = scene.adresse("grille/2026/elu/A/")
    client = scene.entrer()
    page = client.get(adresse).content.decode()
    assert "remplie par son lien d’invitation" in page
    client.post(adresse, {"A6-lu": "x", "A6-avis": "oui"})
    assert not Feuille.objects.exists()


def test_the_respondent_says_that_it_is_finished(scene: Any, lien: tuple[Invitation, str]) -> None:
    client = Client()
    assert client.post(f"/repondre/{lien[1]}/")["Location"].endswith("?merci")
    assert Invitation.objects.get().terminee_le is not None
    assert Trace.objects.filter(compte=None, libelle__contains="par son lien").exists()


def test_the_address_of_a_link_is_forgotten_once_it_is_over(scene: Any) -> None:
    vivante, _ = inviter(
        scene.passage, scene.elu, courriel="a@exemple.invalid", jusqu_au=DEMAIN, par=scene.comptes["editeur"]
    )
    assert purger(aujourd_hui()) == 0
    assert purger(DEMAIN + dt.timedelta(days=1)) == 1
    vivante.refresh_from_db()
    assert vivante.courriel == ""


def test_a_form_forged_elsewhere_is_refused(scene: Any, lien: tuple[Invitation, str]) -> None:
    client = Client(enforce_csrf_checks=True)
    reponse = client.post(f"/repondre/{lien[1]}/A/", {"A6-lu": "x", "A6-avis": "oui"})
    assert reponse.status_code == 403
