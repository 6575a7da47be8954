"""What is believed of the tokens of the identity provider: signature, issuer, audience, age, nonce, level."""

from __future__ import annotations

import json
import logging
import time
from typing import Any

from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jwt import JWTClaimsRegistry

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.web.comptes.oidc.echanges import Description, lire_json
from perenne.web.config.comptes import Fournisseur

_journal = logging.getLogger("perenne.web.oidc")

ALGORITHMES = ["RS256", "ES256"]
"""Signatures with a private key: the secret of the client, or no signature at all, makes no identity."""

TOLERANCE_S = 60
"""How much the clocks of the two machines may differ."""

FRAICHEUR_S, REPOS_S = 3_600, 30
_cles: dict[str, tuple[float, KeySet]] = {}


class IdentiteRefusee(ErreurUtilisateur):
    """What the provider sent is not a proof; the reason is logged, and not shown to whoever tries."""

    statut = 403

    def __init__(self, nom: str) -> None:
        super().__init__(
            f"La réponse de {nom} n’a pas pu être vérifiée.",
            conseil="Recommencez depuis la page de connexion.",
        )


def verifier_identite(
    jeton: str, fournisseur: Fournisseur, description: Description, nonce: str
) -> dict[str, Any]:
    """The claims of an identity token (OpenID Connect Core 1.0, section 3.1.3.7).

    Raises:
        IdentiteRefusee: one of them does not hold.
    """
    revendications = _decoder(jeton, fournisseur, description)
    registre = JWTClaimsRegistry(
        leeway=TOLERANCE_S,
        iss={"essential": True, "value": fournisseur.emetteur},
        aud={"essential": True, "value": fournisseur.client},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True, "value": nonce},
    )
    _valider(registre, revendications, fournisseur)
    audience = revendications["aud"]
    mandataire = revendications.get("azp")
    if mandataire != fournisseur.client and (
        mandataire is not None or (isinstance(audience, list) and len(audience) > 1)
    ):
        raise _refuser(fournisseur, "azp")
    if fournisseur.acr and revendications.get("acr") not in fournisseur.acr.split():
        raise _refuser(fournisseur, "acr")
    return revendications


def lire_infos(
    genre: str, corps: bytes, fournisseur: Fournisseur, description: Description, sujet: str
) -> dict[str, Any]:
    """What the provider says of the person, signed (ProConnect) or plain; it must be of the same person.

    Raises:
        IdentiteRefusee: it is of somebody else, or its signature does not hold.
    """
    infos: Any
    if genre.split(";", maxsplit=1)[0].strip().lower() == "application/jwt":
        infos = _decoder(corps.decode("ascii", "replace").strip(), fournisseur, description)
        registre = JWTClaimsRegistry(
            leeway=TOLERANCE_S, iss={"value": fournisseur.emetteur}, aud={"value": fournisseur.client}
        )
        _valider(registre, infos, fournisseur)
    else:
        try:
            infos = json.loads(corps)
        except ValueError:
            infos = None
    if not isinstance(infos, dict) or infos.get("sub") != sujet:
        raise _refuser(fournisseur, "sub")
    return infos


def _decoder(jeton: str, fournisseur: Fournisseur, description: Description) -> dict[str, Any]:
    for neuves in (False, True):
        cles = _lire_cles(fournisseur, description, neuves)
        try:
            return jwt.decode(jeton, cles, algorithms=ALGORITHMES).claims
        except InvalidKeyIdError:  # the provider has changed its keys since they were read
            continue
        except (JoseError, ValueError) as erreur:
            raise _refuser(fournisseur, type(erreur).__name__) from erreur
    raise _refuser(fournisseur, "kid")


def _valider(registre: JWTClaimsRegistry, revendications: dict[str, Any], fournisseur: Fournisseur) -> None:
    try:
        registre.validate(revendications)
    except JoseError as erreur:
        raise _refuser(fournisseur, str(erreur)) from erreur


def _lire_cles(fournisseur: Fournisseur, description: Description, neuves: bool) -> KeySet:
    """The keys of the provider, kept for an hour; read again for a key unknown, but not at every attempt."""
    connues = _cles.get(description.cles)
    age = time.monotonic() - connues[0] if connues else None
    if connues and age is not None and (age < REPOS_S if neuves else age < FRAICHEUR_S):
        return connues[1]
    lues: Any = lire_json(fournisseur, "GET", description.cles)
    try:
        cles = KeySet.import_key_set(lues)
    except (JoseError, ValueError, KeyError, TypeError) as erreur:
        raise _refuser(fournisseur, "jwks") from erreur
    _cles[description.cles] = (time.monotonic(), cles)
    return cles


def _refuser(fournisseur: Fournisseur, motif: str) -> IdentiteRefusee:
    _journal.warning("identité refusée : %s", motif[:200])
    return IdentiteRefusee(fournisseur.nom)
