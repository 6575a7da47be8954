"""Retention periods: what is too old goes and nothing else; people are warned before their account does."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.utils import timezone

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.web.comptes import freins
from perenne.web.comptes.liens import creer_lien
from perenne.web.comptes.models import Compte, Compteur, Double, Evenement, Lien, SessionCompte, Usage
from perenne.web.comptes.retention import moins_mois, purger
from perenne.web.config.comptes import Durees, lire_durees
from perenne.web.espaces.models import Adhesion, Geste, Invitation, Organisation, Role, Trace

from .conftest import Navigateur

pytestmark = pytest.mark.django_db
DUREES = Durees()
DEBUT = dt.datetime(2026, 1, 31, 12, tzinfo=dt.UTC)


@pytest.fixture
def jour(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Goes to a moment, some days after the start."""
    heure = [DEBUT]
    monkeypatch.setattr(timezone, "now", lambda: heure[0])

    def aller(jours: float) -> None:
        heure[0] = DEBUT + dt.timedelta(days=jours)

    return aller


def _compte() -> Compte:
    """An account made at the start: the base writes the hour of the machine."""
    return Compte.objects.creer("a@exemple.invalid", cree_le=DEBUT)


def _fait(quoi: str, *, simuler: bool = False) -> int:
    return next(f.nombre for f in purger(DUREES, simuler=simuler) if f.quoi == quoi)


def test_months_are_those_of_the_calendar() -> None:
    def moins(mois: int) -> dt.date:
        return moins_mois(dt.datetime(2026, 3, 31, tzinfo=dt.UTC), mois).date()

    assert [moins(n) for n in (0, 1, 3, 12, 25)] == [
        dt.date(2026, 3, 31),
        dt.date(2026, 2, 28),
        dt.date(2025, 12, 31),
        dt.date(2025, 3, 31),
        dt.date(2024, 2, 29),
    ]


def test_each_thing_goes_when_its_time_has_come_and_not_before(jour: Callable[..., None]) -> None:
    compte = _compte()
    organisation = Organisation.objects.create(nom="Organisation (fictive)")
    Trace.objects.create(organisation=organisation, geste=Geste.VU, objet="x", libelle="x", moment=DEBUT)
    Evenement.objects.create(compte=compte, nature="connexion", moment=DEBUT)
    Invitation.objects.create(
        organisation=organisation, courriel="b@exemple.invalid", role="lecteur", empreinte="x",
        expire_le=DEBUT + dt.timedelta(days=14),
    )  # fmt: skip
    creer_lien(Usage.CONNEXION, "a@exemple.invalid", compte)
    SessionCompte.objects.create(session_key="s", session_data="", expire_date=DEBUT + dt.timedelta(days=14))
    freins.prendre((freins.LIEN, "a@exemple.invalid"))
    Double.objects.create(compte=compte, secret="x", cree_le=DEBUT)
    modeles = (Lien, Compteur, Double, SessionCompte, Invitation, Evenement, Trace)
    restes = {}
    for jours in (0, 0.02, 1.1, 13.9, 14.1, 364, 366):
        jour(jours)
        purger(DUREES)
        restes[jours] = [m.__name__ for m in modeles if m.objects.exists()]
    assert restes == {
        0: ["Lien", "Compteur", "Double", "SessionCompte", "Invitation", "Evenement", "Trace"],
        0.02: ["Compteur", "Double", "SessionCompte", "Invitation", "Evenement", "Trace"],
        1.1: ["SessionCompte", "Invitation", "Evenement", "Trace"],
        13.9: ["SessionCompte", "Invitation", "Evenement", "Trace"],
        14.1: ["Evenement", "Trace"],
        364: ["Evenement", "Trace"],
        366: [],
    }
    assert Compte.objects.exists()


def test_an_account_left_unused_is_warned_then_erased(jour: Callable[..., None]) -> None:
    _compte()
    # 31 January 2026 + 24 months = 31 January 2028, 730 days later; the warning comes 30 days before.
    jour(698)
    purger(DUREES)
    assert mail.outbox == []
    jour(701)
    purger(DUREES)
    purger(DUREES)
    (message,) = mail.outbox
    assert message.to == ["a@exemple.invalid"]
    assert "date du 31 janvier 2026" in str(message.body)
    assert "effacé après le 1er février 2028" in str(message.body)
    jour(730.5)
    purger(DUREES)
    assert Compte.objects.exists()  # 24 months, but not yet 30 days since the warning
    jour(732)
    assert _fait("comptes inactifs effacés") == 1
    assert not Compte.objects.exists()
    assert "votre compte est effacé" in mail.outbox[-1].subject


def test_who_is_warned_late_still_has_the_whole_delay(jour: Callable[..., None]) -> None:
    """The command was not run for years."""
    _compte()
    jour(2_000)
    purger(DUREES)
    jour(2_029)
    purger(DUREES)
    assert Compte.objects.exists()
    jour(2_031)
    purger(DUREES)
    assert not Compte.objects.exists()


def test_who_comes_back_stays_and_would_be_warned_again(jour: Callable[..., None], marie: Compte) -> None:
    Compte.objects.update(cree_le=DEBUT)
    jour(705)
    purger(DUREES)
    assert len(mail.outbox) == 1
    Navigateur().entrer()
    jour(760)
    purger(DUREES)
    assert Compte.objects.get().prevenu_le is None
    jour(705 + 731)
    purger(DUREES)
    assert Compte.objects.exists()
    assert len(mail.outbox) == 2


def test_a_session_in_use_is_a_sign_of_life(jour: Callable[..., None], marie: Compte) -> None:
    Compte.objects.update(cree_le=DEBUT)
    jour(740)
    SessionCompte.objects.create(
        session_key="s", session_data="", compte=marie, vue_le=timezone.now(),
        expire_date=timezone.now() + dt.timedelta(days=14),
    )  # fmt: skip
    purger(DUREES)
    assert mail.outbox == []


def test_the_last_administrator_is_kept_and_the_operator_told(jour: Callable[..., None]) -> None:
    compte = _compte()
    organisation = Organisation.objects.create(nom="Organisation (fictive)")
    Adhesion.objects.create(organisation=organisation, compte=compte, role=Role.ADMINISTRATEUR)
    jour(710)
    purger(DUREES)
    jour(750)
    garde = next(f for f in purger(DUREES) if f.quoi == "comptes inactifs gardés")
    assert garde.detail == ("a@exemple.invalid, dernier administrateur de Organisation (fictive)",)
    assert Compte.objects.exists()


def test_a_message_that_does_not_leave_is_not_a_warning(
    jour: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    _compte()
    jour(740)

    def tomber(soi: EmailMessage, fail_silently: bool = False) -> int:
        raise ConnectionRefusedError

    with monkeypatch.context() as panne:
        panne.setattr(EmailMessage, "send", tomber)
        fait = next(f for f in purger(DUREES) if f.quoi == "comptes inactifs prévenus")
    assert (fait.nombre, fait.detail) == (0, ("a@exemple.invalid : message non envoyé",))
    assert Compte.objects.get().prevenu_le is None


def test_a_simulation_counts_and_touches_nothing(jour: Callable[..., None], marie: Compte) -> None:
    Compte.objects.update(cree_le=DEBUT)
    creer_lien(Usage.CONNEXION, marie.courriel, marie)
    jour(740)
    faits = {f.quoi: f.nombre for f in purger(DUREES, simuler=True)}
    assert faits["liens périmés ou employés"] == 1
    assert faits["comptes inactifs à prévenir"] == 1
    assert Lien.objects.exists()
    assert mail.outbox == []
    assert Compte.objects.get().prevenu_le is None


def test_messages_written_in_a_folder_go_after_a_week(tmp_path: Path, settings: Any) -> None:
    settings.DOSSIER_COURRIELS = str(tmp_path)
    for nom, jours in (("vieux.txt", 8), ("neuf.txt", 6), ("autre.pdf", 100)):
        (tmp_path / nom).write_text("x", encoding="utf-8")
        moment = (timezone.now() - dt.timedelta(days=jours)).timestamp()
        os.utime(tmp_path / nom, (moment, moment))
    purger(DUREES)
    assert sorted(f.name for f in tmp_path.iterdir()) == ["autre.pdf", "neuf.txt"]


def test_the_page_says_the_periods_that_are_carried_out(visite: Navigateur, settings: Any) -> None:
    settings.DUREES = Durees(inactif_mois=17, preavis_jours=19, journal_mois=7, session_jours=5)
    contenu = " ".join(visite.ouvrir("/confidentialite/").xpath("//table")[0].text_content().split())
    for dit in ("17 mois sans connexion", "19 jours avant", "7 mois ; sans votre nom", "5 jours"):
        assert dit in contenu.replace("\u202f", " ").replace("\u00a0", " "), dit


@pytest.mark.parametrize("faux", ["0", "-1", "deux", "1.5", "١٢"])
def test_a_period_that_is_no_number_is_refused(faux: str) -> None:
    with pytest.raises(ErreurUtilisateur, match="PERENNE_WEB_INACTIF_MOIS"):
        lire_durees({"PERENNE_WEB_INACTIF_MOIS": faux})
