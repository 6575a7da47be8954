"""From the SIRET of an employer to the organisation that has it here: a proof on both sides, then a role."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from perenne.web.comptes.models import Compte, DemandeAdhesion, EntreeProConnect, EtatDemande, Identite
from perenne.web.espaces.models import Adhesion, Geste, Organisation, Role, Trace


def est_prouve(organisation: Organisation) -> bool:
    """Whether the SIRET of an organisation is more than what somebody typed.

    An administrator of it has an identity that carries it, or the operator of the site has checked it.
    """
    if not organisation.siret:
        return False
    entree = EntreeProConnect.objects.filter(organisation=organisation).first()
    if entree is not None and entree.verifie_par_exploitant and entree.siret == organisation.siret:
        return True
    return organisation.adhesions.filter(
        role=Role.ADMINISTRATEUR, compte__identites__siret=organisation.siret
    ).exists()


def est_ouverte(organisation: Organisation) -> bool:
    """Whether those whose identity carries its SIRET enter by themselves."""
    entree = EntreeProConnect.objects.filter(organisation=organisation).first()
    return (
        entree is not None
        and entree.ouverte
        and entree.siret == organisation.siret
        and est_prouve(organisation)
    )


def rapprocher(compte: Compte, siret: str) -> None:
    """A person whose identity carries a SIRET: enters as a reader where it is open, asks otherwise.

    Where no organisation has it, nothing is made: the person may make one, and administers it.
    """
    organisation = Organisation.objects.filter(siret=siret).first() if siret else None
    if organisation is None or compte.adhesions.filter(organisation=organisation).exists():
        return
    if not est_ouverte(organisation):
        DemandeAdhesion.objects.get_or_create(compte=compte, siret=siret)
        return
    with transaction.atomic():
        _admettre(compte, organisation, "son espace, par son identité professionnelle")
        DemandeAdhesion.objects.update_or_create(
            compte=compte,
            siret=siret,
            defaults={"etat": EtatDemande.AUTOMATIQUE, "tranchee_le": timezone.now()},
        )


def suivre(identite: Identite, siret: str) -> None:
    """At each connection: whoever has left an employer loses what its SIRET alone had opened."""
    # A provider that says nothing of the employer does not say that it has changed.
    if siret and identite.siret and identite.siret != siret:
        _retirer(identite.compte, identite.siret)
    identite.siret, identite.vue_le = siret or identite.siret, timezone.now()
    identite.save(update_fields=["siret", "vue_le"])
    rapprocher(identite.compte, siret)


def trancher(demande: DemandeAdhesion, organisation: Organisation, qui: Compte, accepte: bool) -> None:
    """Answer a request; who is admitted is a reader, until an administrator says more."""
    with transaction.atomic():
        demande.etat = EtatDemande.ACCEPTEE if accepte else EtatDemande.REFUSEE
        demande.tranchee_le, demande.tranchee_par = timezone.now(), qui
        demande.save()
        if accepte:
            _admettre(demande.compte, organisation, "son espace, sur sa demande")


def _admettre(compte: Compte, organisation: Organisation, libelle: str) -> None:
    _, nouvelle = Adhesion.objects.get_or_create(
        organisation=organisation, compte=compte, defaults={"role": Role.LECTEUR}
    )
    if nouvelle:
        Trace.objects.create(
            organisation=organisation, compte=compte, geste=Geste.REJOINT, objet="espace", libelle=libelle
        )


def _retirer(compte: Compte, siret: str) -> None:
    organisation = Organisation.objects.filter(siret=siret).first()
    with transaction.atomic():
        demandes, _ = DemandeAdhesion.objects.filter(
            compte=compte, siret=siret, etat__in=(EtatDemande.AUTOMATIQUE, EtatDemande.ATTENTE)
        ).delete()
        if not demandes or organisation is None:
            return
        partis, _ = compte.adhesions.filter(organisation=organisation, role=Role.LECTEUR).delete()
        if partis:
            Trace.objects.create(
                organisation=organisation,
                compte=compte,
                geste=Geste.RETIRE,
                objet="membre",
                libelle="son propre accès : son identité professionnelle a changé d’employeur",
            )
