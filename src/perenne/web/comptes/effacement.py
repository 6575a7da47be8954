"""Erasing a person: their account goes, what they did stays with the organisations, without their name."""

from __future__ import annotations

from django.db import transaction

from perenne.domain.erreurs import Anomalie, ErreurUtilisateur
from perenne.web.comptes import freins
from perenne.web.comptes.export import champs_d_adresse
from perenne.web.comptes.models import Compte
from perenne.web.espaces.models import Adhesion, Organisation, Role, Trace

ANONYME = "une personne effacée"


class DernierAdministrateur(ErreurUtilisateur):
    """Without this person nobody could manage an organisation: it must be given or removed first."""

    statut = 409


def retenu_par(compte: Compte) -> list[Organisation]:
    """The organisations of which this person is the last administrator."""
    miennes = Organisation.objects.filter(
        adhesions__compte=compte, adhesions__role=Role.ADMINISTRATEUR
    ).order_by("nom")
    autres = Adhesion.objects.filter(role=Role.ADMINISTRATEUR).exclude(compte=compte)
    return list(miennes.exclude(pk__in=autres.values("organisation_id")))


def effacer(compte: Compte) -> None:
    """Erase an account and everything that is only of this person.

    Raises:
        DernierAdministrateur: an organisation would be left without one; nothing is erased.
    """
    with transaction.atomic():
        # Held until the end: two last administrators who leave together wait for one another.
        list(
            Adhesion.objects.select_for_update(of=("self",)).filter(
                organisation__adhesions__compte=compte, role=Role.ADMINISTRATEUR
            )
        )
        if restent := retenu_par(compte):
            raise DernierAdministrateur(
                "Vous êtes le dernier administrateur de ces organisations :",
                conseil="Nommez un autre administrateur, ou supprimez l’espace, puis revenez.",
                anomalies=[Anomalie(ou="", message=o.nom) for o in restent],
            )
        _taire(compte.courriel)
        for modele, champ in champs_d_adresse():
            lignes = modele._default_manager.filter(**{f"{champ.name}__iexact": compte.courriel})
            # What lives without an address keeps living; what is nothing without it goes.
            if champ.blank:
                lignes.update(**{champ.name: ""})
            else:
                lignes.delete()
        freins.oublier(
            (freins.MOT_DE_PASSE, compte.courriel),
            (freins.LIEN, compte.courriel),
            (freins.CODE, str(compte.pk)),
        )
        compte.delete()


def _taire(courriel: str) -> None:
    """Take an address out of the lines that named it (« a invité … »); who did what is unlinked by itself."""
    for trace in Trace.objects.filter(libelle__icontains=courriel):
        trace.libelle = trace.libelle.replace(courriel, ANONYME)[:300]
        trace.save(update_fields=["libelle"])
