"""Members come by invitation, hold one role, and the last administrator cannot go."""

from __future__ import annotations

import datetime as dt
from typing import Any

import lxml.html
import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from perenne.web.comptes.models import Compte
from perenne.web.dossiers.models import Acces
from perenne.web.espaces.models import Adhesion, Geste, Invitation, Organisation, Trace


def _inviter(scene: Any, courriel: str = "etranger@exemple.invalid", role: str = "editeur") -> str:
    client = scene.entrer("administrateur")
    reponse = client.post(
        reverse("espace-membres", args=[scene.organisation.pk]), {"courriel": courriel, "role": role}
    )
    assert reponse.status_code == 200
    lien: str = reponse.content.decode().split("<code>")[1].split("</code>")[0]
    return lien.replace("http://testserver", "")


def test_an_invitation_is_mailed_and_opens_the_space_once_to_its_address(scene: Any) -> None:
    lien = _inviter(scene)
    assert lien in mail.outbox[0].body
    assert mail.outbox[0].to == ["etranger@exemple.invalid"]
    invite = scene.entrer("etranger")
    assert "vous invite dans son espace" in invite.get(lien).content.decode()
    assert not Adhesion.objects.filter(organisation=scene.organisation, compte=scene.comptes["etranger"])
    assert invite.post(lien).status_code == 302
    adhesion = Adhesion.objects.get(organisation=scene.organisation, compte=scene.comptes["etranger"])
    assert adhesion.role == "editeur"
    assert invite.get(lien).status_code == 404
    assert Trace.objects.filter(geste=Geste.REJOINT, compte=scene.comptes["etranger"]).exists()


def test_the_link_is_not_kept_in_clear(scene: Any) -> None:
    lien = _inviter(scene)
    jeton = lien.strip("/").rsplit("/", 1)[-1]
    assert jeton not in str(Invitation.objects.values_list().get())


def test_another_address_may_not_use_the_link(scene: Any) -> None:
    lien = _inviter(scene)
    intrus = scene.entrer("invite")
    assert intrus.get(lien).status_code == 400
    assert intrus.post(lien).status_code == 400
    assert Invitation.objects.count() == 1


def test_an_expired_or_guessed_link_opens_nothing(scene: Any) -> None:
    lien = _inviter(scene)
    Invitation.objects.update(expire_le=timezone.now() - dt.timedelta(seconds=1))
    assert scene.entrer("etranger").post(lien).status_code == 404
    assert scene.entrer("etranger").post("/invitations/devine/").status_code == 404


def test_an_invitation_never_lowers_a_member(scene: Any) -> None:
    lien = _inviter(scene, "administrateur@exemple.invalid", "lecteur")
    scene.entrer("administrateur").post(lien)
    assert scene.comptes["administrateur"].adhesions.get().role == "administrateur"


@pytest.mark.parametrize("geste", ["retirer", "role"])
def test_the_last_administrator_stays(scene: Any, geste: str) -> None:
    adhesion = scene.comptes["administrateur"].adhesions.get()
    client = scene.entrer("administrateur")
    reponse = client.post(
        reverse(f"membre-{geste}", args=[scene.organisation.pk, adhesion.pk]), {"role": "lecteur"}
    )
    assert reponse.status_code == 400
    assert "dernier administrateur" in reponse.content.decode()
    adhesion.refresh_from_db()
    assert adhesion.role == "administrateur"


def test_a_second_administrator_frees_the_first(scene: Any) -> None:
    client = scene.entrer("administrateur")
    editeur = scene.comptes["editeur"].adhesions.get()
    client.post(reverse("membre-role", args=[scene.organisation.pk, editeur.pk]), {"role": "administrateur"})
    moi = scene.comptes["administrateur"].adhesions.get()
    assert client.post(reverse("membre-retirer", args=[scene.organisation.pk, moi.pk])).status_code == 302
    assert not scene.comptes["administrateur"].adhesions.exists()


def test_a_member_of_another_organisation_is_out_of_reach(scene: Any) -> None:
    """The address names our organisation and the membership of theirs."""
    ailleurs = scene.comptes["etranger"].adhesions.get()
    client = scene.entrer("administrateur")
    for nom in ("membre-role", "membre-retirer"):
        reponse = client.post(reverse(nom, args=[scene.organisation.pk, ailleurs.pk]), {"role": "lecteur"})
        assert reponse.status_code == 404
    ailleurs.refresh_from_db()
    assert ailleurs.role == "administrateur"


def test_a_reader_may_leave_but_not_take_others_out(scene: Any) -> None:
    lecteur = scene.entrer("lecteur")
    editeur = scene.comptes["editeur"].adhesions.get()
    assert (
        lecteur.post(reverse("membre-retirer", args=[scene.organisation.pk, editeur.pk])).status_code == 403
    )
    moi = scene.comptes["lecteur"].adhesions.get()
    assert lecteur.post(reverse("membre-retirer", args=[scene.organisation.pk, moi.pk])).status_code == 302


def test_a_guest_is_invited_to_one_file_until_a_day(scene: Any) -> None:
    client = scene.entrer("administrateur")
    demain = timezone.localdate() + dt.timedelta(days=1)
    reponse = client.post(
        reverse("dossier-partages", args=[scene.dossier.pk]),
        {"invite-courriel": "etranger@exemple.invalid", "invite-jusqu_au": demain.isoformat()},
    )
    lien = reponse.content.decode().split("<code>")[1].split("</code>")[0].replace("http://testserver", "")
    scene.entrer("etranger").post(lien)
    acces = Acces.objects.get(compte=scene.comptes["etranger"])
    assert (acces.ecriture, acces.jusqu_au) == (False, demain)
    assert scene.entrer("etranger").get(reverse("dossier", args=[scene.dossier.pk])).status_code == 200


def test_a_file_is_shared_by_the_code_of_the_other_organisation(scene: Any) -> None:
    client = scene.entrer("administrateur")
    adresse = reverse("dossier-partages", args=[scene.dossier.pk])
    refus = client.post(adresse, {"partage-code": str(scene.organisation.pk)})
    assert "Aucune autre organisation" in refus.content.decode()
    assert (
        client.post(adresse, {"partage-code": str(scene.autre.pk), "partage-ecriture": "on"}).status_code
        == 302
    )
    etranger = scene.entrer("etranger")
    assert etranger.get(reverse("dossier-modifier", args=[scene.dossier.pk])).status_code == 200
    assert etranger.get(adresse).status_code == 403
    assert "Ressourcerie inventée" in etranger.get(reverse("espaces")).content.decode()
    assert Trace.objects.filter(organisation=scene.autre, geste=Geste.PARTAGE).exists()
    acces = Acces.objects.get(beneficiaire=scene.autre)
    client.post(reverse("partage-retirer", args=[scene.dossier.pk, acces.pk]))
    assert etranger.get(reverse("dossier", args=[scene.dossier.pk])).status_code == 404


def test_whoever_makes_a_space_administers_it(scene: Any) -> None:
    client = scene.entrer("etranger")
    reponse = client.post(reverse("espace-nouveau"), {"nom": "Syndicat imaginaire", "territoire": "99001"})
    assert reponse.status_code == 302
    organisation = Organisation.objects.get(nom="Syndicat imaginaire")
    assert organisation.territoire == "99001"
    assert organisation.adhesions.get().compte == scene.comptes["etranger"]
    assert organisation.adhesions.get().role == "administrateur"


def test_a_siret_is_checked_and_held_by_one_organisation(scene: Any) -> None:
    client = scene.entrer("etranger")
    adresse = reverse("espace-nouveau")
    faux = client.post(adresse, {"nom": "X", "siret": "73282932000075"})
    assert faux.status_code == 400
    assert "Ce n’est pas un SIRET" in faux.content.decode()
    assert client.post(adresse, {"nom": "X", "siret": "732 829 320 00074"}).status_code == 302
    double = client.post(adresse, {"nom": "Y", "siret": "73282932000074"})
    assert double.status_code == 400
    assert "Une autre organisation a déjà ce SIRET" in double.content.decode()
    assert not Organisation.objects.filter(nom="Y").exists()


def test_two_administrators_who_change_the_settings_do_not_overwrite_each_other(scene: Any) -> None:
    client = scene.entrer("administrateur")
    adresse = reverse("espace-reglages", args=[scene.organisation.pk])
    assert client.post(adresse, {"nom": "Un", "version": 1}).status_code == 302
    conflit = client.post(adresse, {"nom": "Deux", "version": 1})
    assert conflit.status_code == 409
    assert "Une autre personne" in conflit.content.decode()
    assert Organisation.objects.get(pk=scene.organisation.pk).nom == "Un"
    # What was typed is shown back, beside what is kept, and may be sent again.
    page = lxml.html.fromstring(conflit.content.decode())
    formulaire = page.xpath("//main//form")[0]
    assert formulaire.fields["nom"] == "Deux"
    assert page.xpath("//div[@class='erreurs']//dd/text()") == ["Un"]
    assert client.post(adresse, dict(formulaire.form_values())).status_code == 302
    assert Organisation.objects.get(pk=scene.organisation.pk).nom == "Deux"


def test_a_space_goes_with_all_it_holds_once_its_name_is_typed(scene: Any) -> None:
    client = scene.entrer("administrateur")
    adresse = reverse("espace-supprimer", args=[scene.organisation.pk])
    assert client.post(adresse, {"nom": "autre chose"}).status_code == 400
    assert Organisation.objects.filter(pk=scene.organisation.pk).exists()
    assert client.post(adresse, {"nom": scene.organisation.nom}).status_code == 302
    assert not Trace.objects.filter(organisation_id=scene.organisation.pk).exists()
    assert not Acces.objects.exists()
    assert Compte.objects.filter(courriel="editeur@exemple.invalid").exists()


def test_the_journal_says_who_did_what_and_is_for_administrators(scene: Any) -> None:
    scene.entrer("invite").get(reverse("dossier", args=[scene.dossier.pk]))
    adresse = reverse("espace-journal", args=[scene.organisation.pk])
    assert scene.entrer("editeur").get(adresse).status_code == 403
    texte = scene.entrer("administrateur").get(adresse).content.decode()
    assert "invite@exemple.invalid" in texte
    assert "a consulté" in texte
    csv = scene.entrer("administrateur").get(reverse("espace-journal-csv", args=[scene.organisation.pk]))
    assert csv["Content-Disposition"] == 'attachment; filename="journal.csv"'
    assert "invite@exemple.invalid;a consulté" in csv.content.decode()


def test_a_name_that_is_a_formula_is_harmless_in_the_journal(scene: Any) -> None:
    client = scene.entrer("administrateur")
    client.post(reverse("dossier-nouveau", args=[scene.organisation.pk]), {"nom": '=HYPERLINK("http://x")'})
    csv = client.get(reverse("espace-journal-csv", args=[scene.organisation.pk])).content.decode()
    assert "'=HYPERLINK" in csv


def test_a_name_that_is_markup_is_shown_as_text(scene: Any) -> None:
    client = scene.entrer("administrateur")
    client.post(
        reverse("dossier-nouveau", args=[scene.organisation.pk]),
        {"nom": "<script>alert(1)</script>{{ 7*7 }}{% raw %}"},
    )
    texte = client.get(reverse("espace", args=[scene.organisation.pk])).content.decode()
    assert "<script>alert" not in texte
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7*7 }}" in texte
