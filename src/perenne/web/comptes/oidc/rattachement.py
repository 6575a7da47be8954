"""From a professional identity to an account: known, or linked once its address has been proved."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.domain.identifiants import siret_valide
from perenne.web.comptes import freins
from perenne.web.comptes.acces import inscription_permise, ouvrir_compte
from perenne.web.comptes.connexion import ouvrir
from perenne.web.comptes.courriels import adresse_absolue, envoyer, prevenir
from perenne.web.comptes.freins import TropDEssais
from perenne.web.comptes.liens import LienPerdu, consommer, creer_lien
from perenne.web.comptes.models import Compte, Evenement, Identite, Lien, Nature, Usage, normaliser_courriel
from perenne.web.comptes.siret import rapprocher, suivre
from perenne.web.config.comptes import Fournisseur

ATTENDU = "rattachement"


@dataclass(frozen=True, kw_only=True)
class Personne:
    """Who the provider says it is; nothing else of what it says is kept."""

    emetteur: str
    sujet: str
    courriel: str
    nom: str
    siret: str


def lire_personne(emetteur: str, sujet: str, infos: dict[str, Any]) -> Personne:
    """What is kept of the claims.

    Raises:
        ErreurUtilisateur: there is no usable address.
    """
    courriel = normaliser_courriel(_texte(infos, "email"))
    try:
        validate_email(courriel)
    except ValidationError as erreur:
        raise ErreurUtilisateur(
            "Votre identité professionnelle ne donne pas d’adresse électronique.",
            conseil="Connectez-vous par un lien reçu par courriel.",
        ) from erreur
    prenom = _texte(infos, "given_name").split(" ")[0]
    nom = f"{prenom} {_texte(infos, 'usual_name') or _texte(infos, 'family_name')}"
    siret = "".join(_texte(infos, "siret").split())
    return Personne(
        emetteur=emetteur,
        sujet=sujet[:255],
        courriel=courriel,
        nom=" ".join(nom.split())[:120],
        siret=siret if siret_valide(siret) else "",
    )


def entrer(requete: HttpRequest, personne: Personne, suite: str, relier: bool, **gardes: Any) -> HttpResponse:
    """Open the account of an identity; an identity seen for the first time proves its address first.

    Raises:
        TropDEssais: too many messages have been sent to this address.
    """
    identite = (
        Identite.objects.select_related("compte")
        .filter(emetteur=personne.emetteur, sujet=personne.sujet)
        .first()
    )
    if relier and requete.user.is_authenticated:
        return _relier_ici(requete, requete.user, identite, personne)
    if identite is not None:
        if not identite.compte.is_active:
            raise LienPerdu
        suivre(identite, personne.siret)
        return ouvrir(requete, identite.compte, "fournisseur", suite, **gardes)
    cles = freins.cles_lien(requete, personne.courriel)
    if fin := freins.prendre(*cles):
        raise TropDEssais(fin, "Le dernier message envoyé vaut toujours.")
    _ecrire(requete, personne, suite, gardes)
    return HttpResponseRedirect(reverse("connexion-message"))


def terminer_rattachement(requete: HttpRequest, lien: Lien) -> HttpResponse:
    """The address is proved, by the very browser where the identity was shown: link the two.

    Raises:
        ErreurUtilisateur: the link is opened elsewhere; it could be the identity of somebody else.
    """
    attendu = requete.session.get(ATTENDU, {})
    if attendu.get("lien") != lien.pk:
        raise ErreurUtilisateur(
            "Ce lien s’ouvre dans le navigateur où vous avez commencé.",
            conseil="Recopiez-le dans ce navigateur, ou recommencez depuis la page de connexion.",
        )
    personne = Personne(**lien.donnees["personne"])
    with transaction.atomic():
        consommer(lien)
        compte = ouvrir_compte(personne.courriel, personne.nom)
        if not compte.is_active:
            raise LienPerdu
        _relier(compte, personne)
    prevenir_lien(requete, compte)
    return ouvrir(requete, compte, "fournisseur", lien.donnees["suite"], **attendu["gardes"])


def prevenir_lien(requete: HttpRequest, compte: Compte) -> None:
    """Tell the owner of an account that an identity now opens it."""
    quoi = f"une identité {_nom_fournisseur()} a été reliée, elle permet désormais de s’y connecter"
    prevenir("avis", compte.courriel, quoi=quoi, lien=adresse_absolue(requete, "connexion"))


def _ecrire(requete: HttpRequest, personne: Personne, suite: str, gardes: dict[str, Any]) -> None:
    compte = Compte.objects.filter(courriel=personne.courriel).first()
    lien, jeton = creer_lien(
        Usage.RATTACHEMENT, personne.courriel, compte, personne=asdict(personne), suite=suite
    )
    if (compte is not None and compte.is_active) or (
        compte is None and inscription_permise(personne.courriel)
    ):
        adresse = adresse_absolue(requete, "connexion-lien", jeton=jeton)
        envoyer("rattachement", personne.courriel, fournisseur=_nom_fournisseur(), lien=adresse)
    else:
        envoyer("sans-compte", personne.courriel)
    requete.session.flush()
    requete.session[ATTENDU] = {"lien": lien.pk, "gardes": gardes}


def _relier_ici(
    requete: HttpRequest, compte: Compte, identite: Identite | None, personne: Personne
) -> HttpResponse:
    """The person is signed in, has proved it a short while ago, and asked for it."""
    if identite is not None and identite.compte_id != compte.pk:
        raise ErreurUtilisateur(
            "Cette identité ouvre déjà un autre compte.",
            conseil="Connectez-vous avec elle pour la détacher de cet autre compte.",
        )
    if identite is None:
        with transaction.atomic():
            _relier(compte, personne)
        prevenir_lien(requete, compte)
    return HttpResponseRedirect(reverse("compte"))


def _relier(compte: Compte, personne: Personne) -> None:
    try:
        with transaction.atomic():
            Identite.objects.create(
                compte=compte,
                emetteur=personne.emetteur,
                sujet=personne.sujet,
                siret=personne.siret,
                vue_le=timezone.now(),
            )
    except IntegrityError as erreur:  # linked a moment ago by another link
        raise LienPerdu from erreur
    Evenement.objects.create(compte=compte, nature=Nature.IDENTITE, detail=_nom_fournisseur())
    rapprocher(compte, personne.siret)


def _nom_fournisseur() -> str:
    fournisseur: Fournisseur | None = settings.FOURNISSEUR
    return fournisseur.nom if fournisseur else "professionnelle"


def _texte(infos: dict[str, Any], nom: str) -> str:
    valeur = infos.get(nom)
    return valeur.strip() if isinstance(valeur, str) else ""
