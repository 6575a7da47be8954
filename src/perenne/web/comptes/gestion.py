"""What an operator does to accounts from a terminal."""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.web.comptes import double
from perenne.web.comptes.acces import ouvrir_compte
from perenne.web.comptes.courriels import adresse_absolue, dans_un_dossier, envoyer
from perenne.web.comptes.liens import DUREE_OUVERTURE, creer_lien
from perenne.web.comptes.models import Compte, Usage, normaliser_courriel
from perenne.web.comptes.retention import purger
from perenne.web.comptes.sessions import fermer_sessions
from perenne.web.espaces.invitations import inviter
from perenne.web.espaces.models import Geste, Organisation, Role, Trace


def creer(courriel: str, *options: str) -> None:
    """Make an account and send the link that opens it; an account that exists may become an operator's."""
    adresse = _lire_courriel(courriel)
    existait = Compte.objects.filter(courriel=adresse).exists()
    exploitant = "--exploitant" in options
    if existait and not exploitant:
        raise ErreurUtilisateur(f"{adresse} a déjà un compte.")
    compte = ouvrir_compte(adresse)
    if exploitant:
        compte.exploitant = True
        compte.save(update_fields=["exploitant"])
    print(
        f"{adresse} : compte {'mis à jour' if existait else 'ouvert'}{', exploitant' if exploitant else ''}."
    )
    if not existait:
        _, jeton = creer_lien(Usage.CONNEXION, adresse, compte, duree=DUREE_OUVERTURE)
        envoyer("ouverture", adresse, lien=adresse_absolue(None, "connexion-lien", jeton=jeton))
        print(f"Le lien qui l’ouvre, valable 7 jours, {_dire_envoi()}.")
    if exploitant:
        print("À sa première connexion, la validation en deux étapes lui sera demandée.")


def inviter_membre(courriel: str, demande: str, role: str) -> None:
    """Invite somebody in an organisation, named by its SIRET, its identifier or its exact name."""
    adresse = _lire_courriel(courriel)
    organisation = _trouver_organisation(demande)
    if role not in Role.values:
        raise ErreurUtilisateur(
            f"« {role} » n’est pas un rôle.", conseil=f"Écrivez {', '.join(Role.values)}."
        )
    inviter(None, organisation, adresse, role=Role(role))
    Trace.objects.create(
        organisation=organisation,
        compte=None,
        geste=Geste.INVITE,
        objet="espace",
        libelle=f"{adresse} ({Role(role).label}), par l’exploitant du site",
    )
    print(f"{adresse} est invité dans « {organisation.nom} », comme {role}. Le message {_dire_envoi()}.")


def purger_tout(*options: str) -> None:
    """Carry out the retention periods, and say what was done."""
    simuler = "--simuler" in options
    for fait in purger(settings.DUREES, simuler=simuler):
        print(f"{fait.nombre:>6}  {fait.quoi}")
        for ligne in fait.detail:
            print(f"        - {ligne}")
    print("Rien n’a été effacé ni envoyé : c’était une simulation." if simuler else "Fait.")


def retirer_double(courriel: str) -> None:
    """Give up the second step of somebody who has lost telephone and codes; their sessions are closed."""
    adresse = _lire_courriel(courriel)
    compte = Compte.objects.filter(courriel=adresse).first()
    if compte is None:
        raise ErreurUtilisateur(f"Aucun compte n’a l’adresse {adresse}.")
    if not double.est_active(compte):
        raise ErreurUtilisateur(f"{adresse} n’a pas activé la validation en deux étapes.")
    double.retirer(compte)
    fermer_sessions(compte)
    envoyer(
        "avis",
        adresse,
        quoi="la validation en deux étapes a été retirée par l’exploitant du site",
        lien=adresse_absolue(None, "connexion"),
    )
    print(f"Validation en deux étapes retirée pour {adresse}, sessions fermées, titulaire prévenu.")


def _lire_courriel(texte: str) -> str:
    adresse = normaliser_courriel(texte)
    try:
        validate_email(adresse)
    except ValidationError as erreur:
        raise ErreurUtilisateur(f"« {texte} » n’est pas une adresse électronique.") from erreur
    return adresse


def _trouver_organisation(demande: str) -> Organisation:
    siret = "".join(demande.split())
    filtre = {"siret": siret} if siret.isdigit() else {"nom": demande}
    with contextlib.suppress(ValueError):
        filtre = {"pk": str(uuid.UUID(demande))}
    trouvees: list[Organisation] = list(Organisation.objects.filter(**filtre))
    if len(trouvees) == 1:
        return trouvees[0]
    raise ErreurUtilisateur(
        f"Plusieurs organisations s’appellent « {demande} »."
        if trouvees
        else f"Aucune organisation ne répond à « {demande} ».",
        conseil="Donnez son SIRET, son nom exact, ou l’identifiant qui est dans l’adresse de sa page.",
    )


def _dire_envoi() -> str:
    if dans_un_dossier():
        return f"est écrit dans {settings.DOSSIER_COURRIELS}"
    return "est envoyé"


ACTIONS: dict[str, Callable[..., None]] = {
    "comptes-creer": creer,
    "comptes-inviter": inviter_membre,
    "comptes-purger": purger_tout,
    "comptes-retirer-double": retirer_double,
}
