"""Retention periods, carried out: what is too old goes; accounts left unused are warned, then erased."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from perenne.reports.typographie import date_longue
from perenne.web.common.dates import aujourd_hui
from perenne.web.comptes import freins
from perenne.web.comptes.courriels import EnvoiImpossible, adresse_absolue, envoyer, prevenir
from perenne.web.comptes.effacement import DernierAdministrateur, effacer, retenu_par
from perenne.web.comptes.models import (
    Compte,
    Compteur,
    DemandeAdhesion,
    Double,
    EtatDemande,
    Evenement,
    Lien,
    SessionCompte,
)
from perenne.web.config.comptes import Durees
from perenne.web.diagnostics.invitations import purger as oublier_adresses
from perenne.web.diagnostics.models import Invitation as InvitationARepondre
from perenne.web.espaces.models import Invitation, Trace

JOUR = dt.timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Fait:
    """What was done, or would be.

    Attributes:
        quoi: what is counted.
        nombre: how many.
        detail: names of what could not be erased, and why.
    """

    quoi: str
    nombre: int
    detail: tuple[str, ...] = ()


def purger(durees: Durees, *, simuler: bool = False) -> list[Fait]:
    """Carry out every retention period.

    Args:
        durees: the periods, the same as those of the page of confidentiality.
        simuler: count only; nothing is erased, nobody is written to.
    """
    maintenant = timezone.now()
    faits = []
    for quoi, lignes in _trop_vieux(durees, maintenant):
        faits.append(Fait(quoi=quoi, nombre=lignes.count()))
        if not simuler:
            lignes.delete()
    faits.append(_courriels(durees, maintenant, simuler))
    faits.append(_adresses(simuler))
    faits.append(_prevenir(durees, maintenant, simuler))
    faits += _effacer(durees, maintenant, simuler)
    return faits


def moins_mois(moment: dt.datetime, mois: int) -> dt.datetime:
    """The same day some months earlier, or the last day of that month when it has no such day."""
    rang = moment.year * 12 + moment.month - 1 - mois
    annee, numero = rang // 12, rang % 12 + 1
    jour = min(moment.day, calendar.monthrange(annee, numero)[1])
    return moment.replace(year=annee, month=numero, day=jour)


def _trop_vieux(durees: Durees, maintenant: dt.datetime) -> Iterator[tuple[str, QuerySet]]:  # type: ignore[type-arg]
    journal = moins_mois(maintenant, durees.journal_mois)
    yield "sessions expirées", SessionCompte.objects.filter(expire_date__lt=maintenant)
    yield (
        "liens périmés ou employés",
        Lien.objects.filter(Q(expire_le__lt=maintenant) | Q(utilise_le__isnull=False)),
    )
    yield "invitations périmées", Invitation.objects.filter(expire_le__lt=maintenant)
    yield "compteurs d’essais", Compteur.objects.filter(touche_le__lt=maintenant - freins.OUBLI)
    yield (
        "validations en deux étapes jamais terminées",
        Double.objects.filter(active_le__isnull=True, cree_le__lt=maintenant - JOUR),
    )
    yield "lignes des journaux de comptes", Evenement.objects.filter(moment__lt=journal)
    yield "lignes des journaux d’organisations", Trace.objects.filter(moment__lt=journal)
    yield (
        "demandes d’adhésion",
        DemandeAdhesion.objects.filter(
            Q(tranchee_le__lt=journal) | Q(tranchee_le__isnull=True, cree_le__lt=journal)
        ).exclude(etat=EtatDemande.AUTOMATIQUE),
    )


def _adresses(simuler: bool) -> Fait:
    """Where links to answer a diagnosis were sent: forgotten once the link is over, the answers stay."""
    au = aujourd_hui()
    perimees = InvitationARepondre.objects.filter(jusqu_au__lt=au).exclude(courriel="").count()
    if not simuler:
        oublier_adresses(au)
    return Fait(quoi="adresses d’invitations à répondre périmées", nombre=perimees)


def _courriels(durees: Durees, maintenant: dt.datetime, simuler: bool) -> Fait:
    """The messages written in a folder, when no mail server is set."""
    limite = (maintenant - dt.timedelta(days=durees.courriels_jours)).timestamp()
    dossier = Path(settings.DOSSIER_COURRIELS)
    vieux = [f for f in dossier.glob("*.txt") if f.stat().st_mtime < limite] if dossier.is_dir() else []
    if not simuler:
        for fichier in vieux:
            fichier.unlink(missing_ok=True)
    return Fait(quoi="messages du dossier des courriels", nombre=len(vieux))


def _inactifs(depuis: dt.datetime) -> QuerySet[Compte]:
    """The accounts that nobody has entered since then, nor uses in a session still open."""
    vus = SessionCompte.objects.filter(vue_le__gte=depuis, compte__isnull=False)
    return (
        Compte.objects.annotate(entree=Coalesce("last_login", "cree_le"))
        .filter(entree__lt=depuis)
        .exclude(pk__in=vus.values("compte_id"))
        .order_by("courriel")
    )


def _prevenir(durees: Durees, maintenant: dt.datetime, simuler: bool) -> Fait:
    """Warn whoever will be erased; who could not be written to is warned the next time."""
    preavis = dt.timedelta(days=durees.preavis_jours)
    revenus = Compte.objects.filter(
        Q(last_login__gt=F("prevenu_le")) | Q(sessions__vue_le__gt=F("prevenu_le"))
    )
    if not simuler:
        # Who came back is warned again, should they leave again.
        Compte.objects.filter(pk__in=revenus.values("pk")).update(prevenu_le=None)
    a_prevenir = list(
        _inactifs(moins_mois(maintenant + preavis, durees.inactif_mois)).filter(prevenu_le__isnull=True)
    )
    if simuler:
        return Fait(quoi="comptes inactifs à prévenir", nombre=len(a_prevenir))
    perdus, jour = [], timezone.localdate(maintenant + preavis)
    for compte in a_prevenir:
        try:
            envoyer(
                "inactif",
                compte.courriel,
                depuis=date_longue(timezone.localdate(compte.last_login or compte.cree_le)),
                jour=date_longue(jour),
                lien=adresse_absolue(None, "connexion"),
            )
        except EnvoiImpossible:
            perdus.append(f"{compte.courriel} : message non envoyé")
        else:
            Compte.objects.filter(pk=compte.pk).update(prevenu_le=maintenant)
    return Fait(quoi="comptes inactifs prévenus", nombre=len(a_prevenir) - len(perdus), detail=tuple(perdus))


def _effacer(durees: Durees, maintenant: dt.datetime, simuler: bool) -> list[Fait]:
    """Erase who was warned long enough ago and did not come back, but the last administrators."""
    limite = maintenant - dt.timedelta(days=durees.preavis_jours)
    echus = list(_inactifs(moins_mois(maintenant, durees.inactif_mois)).filter(prevenu_le__lte=limite))
    gardes, effaces = [], 0
    for compte in echus:
        try:
            if retenues := retenu_par(compte):
                raise DernierAdministrateur(", ".join(o.nom for o in retenues))
            if not simuler:
                effacer(compte)
                prevenir("efface", compte.courriel)
            effaces += 1
        except DernierAdministrateur as motif:
            gardes.append(f"{compte.courriel}, dernier administrateur de {motif.message}")
    return [
        Fait(quoi="comptes inactifs effacés", nombre=effaces),
        Fait(quoi="comptes inactifs gardés", nombre=len(gardes), detail=tuple(gardes)),
    ]
