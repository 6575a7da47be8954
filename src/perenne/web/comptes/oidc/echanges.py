"""The calls to the identity provider: the only ones that this application makes while it serves a page."""

from __future__ import annotations

import base64
import hashlib
import json
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import httpx

from perenne import __version__
from perenne.domain.erreurs import ErreurUtilisateur
from perenne.web.config.comptes import Fournisseur, est_sure

DELAIS = httpx.Timeout(10.0, connect=5.0)
POIDS_MAX = 256 * 1024
FRAICHEUR_S = 3_600
"""How long the description of the provider is kept."""

_descriptions: dict[str, tuple[float, Description]] = {}


class FournisseurMuet(ErreurUtilisateur):
    """The provider does not answer, or answers what cannot be read."""

    statut = 502

    def __init__(self, nom: str) -> None:
        super().__init__(
            f"{nom} ne répond pas comme prévu.",
            conseil="Réessayez dans quelques minutes, ou connectez-vous par un lien reçu par courriel.",
        )


@dataclass(frozen=True, kw_only=True)
class Description:
    """What a provider says of itself (OpenID Connect Discovery 1.0).

    Attributes:
        autorisation, jetons, infos, cles: where to send people, codes, tokens; where its keys are.
        fin: where to end its session; empty when it cannot be.
        pkce: it announces PKCE with S256; some providers refuse parameters that they do not know.
        secret_dans_le_corps: it takes the secret of the client in the body of the form.
    """

    autorisation: str
    jetons: str
    infos: str
    cles: str
    fin: str
    pkce: bool
    secret_dans_le_corps: bool


def decrire(fournisseur: Fournisseur) -> Description:
    """The description of the provider, kept for an hour.

    Raises:
        FournisseurMuet: it cannot be read, is of another issuer, or leads to an address in clear.
    """
    connue = _descriptions.get(fournisseur.emetteur)
    if connue is not None and time.monotonic() - connue[0] < FRAICHEUR_S:
        return connue[1]
    lue = lire_json(fournisseur, "GET", f"{fournisseur.emetteur}/.well-known/openid-configuration")
    adresses: dict[str, Any] = {
        "autorisation": lue.get("authorization_endpoint"),
        "jetons": lue.get("token_endpoint"),
        "infos": lue.get("userinfo_endpoint"),
        "cles": lue.get("jwks_uri"),
        "fin": lue.get("end_session_endpoint") or "",
    }
    if str(lue.get("issuer", "")).rstrip("/") != fournisseur.emetteur or not all(
        isinstance(a, str) and (est_sure(a) or (nom == "fin" and not a)) for nom, a in adresses.items()
    ):
        raise FournisseurMuet(fournisseur.nom)
    description = Description(
        **adresses,
        pkce="S256" in (lue.get("code_challenge_methods_supported") or ()),
        secret_dans_le_corps="client_secret_post" in (lue.get("token_endpoint_auth_methods_supported") or ()),
    )
    _descriptions[fournisseur.emetteur] = (time.monotonic(), description)
    return description


def adresse_autorisation(
    fournisseur: Fournisseur, description: Description, retour: str, secrets: dict[str, str]
) -> str:
    """Where to send a person; only parameters that the provider knows."""
    parametres = {
        "response_type": "code",
        "client_id": fournisseur.client,
        "redirect_uri": retour,
        "scope": fournisseur.portees,
        "state": secrets["etat"],
        "nonce": secrets["nonce"],
    }
    if fournisseur.acr:
        parametres["acr_values"] = fournisseur.acr
    if description.pkce:
        empreinte = hashlib.sha256(secrets["preuve"].encode()).digest()
        parametres["code_challenge"] = base64.urlsafe_b64encode(empreinte).decode().rstrip("=")
        parametres["code_challenge_method"] = "S256"
    return _ajouter(description.autorisation, parametres)


def adresse_fin(fin: str, jeton: str, etat: str, retour: str) -> str:
    """Where to send a person to end the session of the provider too."""
    return _ajouter(fin, {"id_token_hint": jeton, "state": etat, "post_logout_redirect_uri": retour})


def echanger(
    fournisseur: Fournisseur, description: Description, code: str, retour: str, preuve: str
) -> tuple[str, str]:
    """The identity token and the access token that a code is worth.

    Raises:
        FournisseurMuet: the provider refuses it, or does not answer.
    """
    corps = {"grant_type": "authorization_code", "code": code, "redirect_uri": retour}
    if description.pkce:
        corps["code_verifier"] = preuve
    options: dict[str, Any] = {"data": corps}
    if description.secret_dans_le_corps:
        corps |= {"client_id": fournisseur.client, "client_secret": fournisseur.secret}
    else:
        options["auth"] = (fournisseur.client, fournisseur.secret)
    jetons = lire_json(fournisseur, "POST", description.jetons, **options)
    identite, acces = jetons.get("id_token"), jetons.get("access_token")
    if not isinstance(identite, str) or not isinstance(acces, str):
        raise FournisseurMuet(fournisseur.nom)
    return identite, acces


def demander_infos(fournisseur: Fournisseur, description: Description, acces: str) -> tuple[str, bytes]:
    """What the provider says of the person: kind of content, content."""
    return lire(fournisseur, "GET", description.infos, headers={"Authorization": f"Bearer {acces}"})


def lire_json(fournisseur: Fournisseur, methode: str, adresse: str, **options: Any) -> dict[str, Any]:
    """An answer that must be a JSON object."""
    _, corps = lire(fournisseur, methode, adresse, **options)
    try:
        lu = json.loads(corps)
    except ValueError:
        lu = None
    if not isinstance(lu, dict):
        raise FournisseurMuet(fournisseur.nom)
    return lu


def lire(fournisseur: Fournisseur, methode: str, adresse: str, **options: Any) -> tuple[str, bytes]:
    """One bounded call, that follows no redirection."""
    entetes = {"User-Agent": f"perenne/{__version__}", **options.pop("headers", {})}
    corps = bytearray()
    try:
        with (
            httpx.Client(timeout=DELAIS, follow_redirects=False) as client,
            client.stream(methode, adresse, headers=entetes, **options) as reponse,
        ):
            for bloc in reponse.iter_bytes():
                corps += bloc
                if len(corps) > POIDS_MAX:
                    raise FournisseurMuet(fournisseur.nom)
            if reponse.status_code != 200:
                raise FournisseurMuet(fournisseur.nom)
            return reponse.headers.get("Content-Type", ""), bytes(corps)
    except httpx.HTTPError as erreur:
        raise FournisseurMuet(fournisseur.nom) from erreur


def _ajouter(adresse: str, parametres: dict[str, str]) -> str:
    return f"{adresse}{'&' if '?' in adresse else '?'}{urlencode(parametres)}"
