"""An identity provider on this machine: real HTTP, real signatures, and every way of being wrong."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

CLIENT, SECRET = "perenne-essai", "secret-de-l-essai"
PERSONNE = {
    "sub": "agent-1",
    "email": "agent@mairie.invalid",
    "given_name": "Camille Fictive",
    "usual_name": "Exemple",
    "siret": "21990001600011",
    "uid": "42",
}


PANNES = {
    "": (500, "text/plain", b"panne"),
    " trop gros": (200, "application/json", b'{"x": "' + b"x" * 300_000 + b'"}'),
    " illisible": (200, "application/json", b"<html>"),
}


@dataclass
class Reglages:
    """How it behaves; by default, as ProConnect does."""

    personne: dict[str, Any] = field(default_factory=lambda: dict(PERSONNE))
    signe_infos: bool = True
    pkce: bool = True
    corps: bool = True
    alg: str = "RS256"
    revendications: dict[str, Any] = field(default_factory=dict)
    sans: tuple[str, ...] = ()
    infos: dict[str, Any] = field(default_factory=dict)
    cle: str = "bonne"
    panne: str = ""
    emetteur_dit: str = ""
    erreur: str = ""


class FournisseurLocal:
    """Runs in a thread until `fermer`."""

    def __init__(self) -> None:
        self.reglages = Reglages()
        self.appels: list[str] = []
        self.codes: dict[str, dict[str, str]] = {}
        self.cles = {"bonne": RSAKey.generate_key(2048, {"kid": "un", "use": "sig"})}
        self.autre = RSAKey.generate_key(2048, {"kid": "un", "use": "sig"})
        self.courbe = ECKey.generate_key("P-256", {"kid": "courbe", "use": "sig"})
        self._serveur = ThreadingHTTPServer(("127.0.0.1", 0), _fabriquer(self))
        self.emetteur = f"http://127.0.0.1:{self._serveur.server_port}/api/v2"
        threading.Thread(target=self._serveur.serve_forever, daemon=True).start()

    def fermer(self) -> None:
        """Stop."""
        self._serveur.shutdown()
        self._serveur.server_close()

    def tourner_les_cles(self) -> None:
        """New keys, under a new name, as providers do."""
        self.cles = {"bonne": RSAKey.generate_key(2048, {"kid": "deux", "use": "sig"})}

    def autoriser(self, adresse: str) -> str:
        """What the browser does there: the person signs in, and is sent back."""
        parties = urlsplit(adresse)
        assert adresse.startswith(f"{self.emetteur}/authorize?"), adresse
        demande = {n: v[0] for n, v in parse_qs(parties.query).items()}
        assert demande["response_type"] == "code"
        assert demande["client_id"] == CLIENT
        assert len(demande["state"]) >= 32
        assert len(demande["nonce"]) >= 32
        assert ("code_challenge" in demande) == self.reglages.pkce
        connus = {"response_type", "client_id", "redirect_uri", "scope", "state", "nonce", "acr_values"}
        connus |= {"code_challenge", "code_challenge_method"} if self.reglages.pkce else set()
        assert demande.keys() <= connus
        if self.reglages.erreur:
            refus = {"error": self.reglages.erreur, "state": demande["state"]}
            return f"{demande['redirect_uri']}?{urlencode(refus)}"
        code = f"code-{len(self.codes)}"
        self.codes[code] = demande
        return f"{demande['redirect_uri']}?" + urlencode({"code": code, "state": demande["state"]})

    def decrire(self) -> dict[str, Any]:
        """Discovery."""
        dit = {
            "issuer": self.reglages.emetteur_dit or self.emetteur,
            "authorization_endpoint": f"{self.emetteur}/authorize",
            "token_endpoint": f"{self.emetteur}/token",
            "userinfo_endpoint": f"{self.emetteur}/userinfo",
            "jwks_uri": f"{self.emetteur}/jwks",
            "end_session_endpoint": f"{self.emetteur}/session/end",
        }
        if self.reglages.pkce:
            dit["code_challenge_methods_supported"] = ["S256"]
        if self.reglages.corps:
            dit["token_endpoint_auth_methods_supported"] = ["client_secret_post"]
        return dit

    def jetons(self, champs: dict[str, str], entete: str) -> dict[str, Any] | None:
        """The tokens of a code, which serves once."""
        if self.reglages.corps:
            connu = (champs.get("client_id"), champs.get("client_secret"))
        else:
            clair = base64.b64decode(entete.removeprefix("Basic ")).decode()
            connu = tuple(unquote(x) for x in clair.split(":", 1))  # type: ignore[assignment]
        demande = self.codes.pop(champs["code"], None)
        if connu != (CLIENT, SECRET) or demande is None or champs["redirect_uri"] != demande["redirect_uri"]:
            return None
        if self.reglages.pkce:
            empreinte = hashlib.sha256(champs["code_verifier"].encode()).digest()
            if base64.urlsafe_b64encode(empreinte).decode().rstrip("=") != demande["code_challenge"]:
                return None
        maintenant = int(time.time())
        revendications = {
            "iss": self.emetteur,
            "aud": CLIENT,
            "sub": self.reglages.personne["sub"],
            "iat": maintenant,
            "exp": maintenant + 60,
            "nonce": demande["nonce"],
            "acr": "eidas1",
        } | self.reglages.revendications
        for nom in self.reglages.sans:
            revendications.pop(nom)
        return {
            "access_token": "acces",
            "token_type": "Bearer",
            "expires_in": 60,
            "id_token": self.signer(revendications),
        }

    def signer(self, revendications: dict[str, Any]) -> str:
        """A token, signed as the settings say."""
        secrets = {
            "none": b"",
            # The classical confusion: the public key of the provider, which everybody has, as a secret.
            "HS256": self.cles["bonne"].as_pem(private=False),
            "HS256-client": SECRET.encode(),
        }
        if self.reglages.alg in secrets:
            return _signer_a_la_main(self.reglages.alg, revendications, secrets[self.reglages.alg])
        cle: Any = self.courbe if self.reglages.alg == "ES256" else self.cles["bonne"]
        if self.reglages.cle == "fausse":
            cle = self.autre
        return jwt.encode({"alg": self.reglages.alg, "kid": cle.kid}, revendications, cle)

    def infos(self) -> tuple[str, bytes]:
        """Userinfo."""
        dites = self.reglages.personne | self.reglages.infos
        if not self.reglages.signe_infos:
            return "application/json", json.dumps(dites).encode()
        maintenant = int(time.time())
        dites = {"iss": self.emetteur, "aud": CLIENT, "iat": maintenant, "exp": maintenant + 60} | dites
        return "application/jwt", self.signer(dites).encode()

    def publier(self) -> dict[str, Any]:
        """Its public keys."""
        cles = [self.cles["bonne"].as_dict(private=False), self.courbe.as_dict(private=False)]
        return {"keys": cles}


def _signer_a_la_main(alg: str, revendications: dict[str, Any], secret: bytes) -> str:
    """What libraries refuse to sign."""
    entete = {"alg": alg.removesuffix("-client"), "kid": "un"}
    corps = ".".join(_en_base64(json.dumps(p).encode()) for p in (entete, revendications))
    sceau = hmac.new(secret, corps.encode(), hashlib.sha256).digest() if secret else b""
    return f"{corps}.{_en_base64(sceau)}"


def _en_base64(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).decode().rstrip("=")


def _fabriquer(moi: FournisseurLocal) -> type[BaseHTTPRequestHandler]:
    class Guichet(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            chemin = urlsplit(self.path).path.removeprefix("/api/v2")
            moi.appels.append(chemin)
            demandee = moi.reglages.panne
            panne = demandee.removeprefix(chemin) if demandee.startswith(chemin) else None
            if panne == " ailleurs":
                self.send_response(302)
                self.send_header("Location", f"{moi.emetteur}/jwks")
                self.end_headers()
            elif panne is not None:
                self._dire(*PANNES[panne])
            elif chemin == "/.well-known/openid-configuration":
                self._json(moi.decrire())
            elif chemin == "/jwks":
                self._json(moi.publier())
            elif chemin == "/userinfo" and self.headers["Authorization"] == "Bearer acces":
                self._dire(200, *moi.infos())
            else:
                self._dire(404, "text/plain", b"")

        def do_POST(self) -> None:
            moi.appels.append("/token")
            corps = self.rfile.read(int(self.headers["Content-Length"])).decode()
            champs = {n: v[0] for n, v in parse_qs(corps).items()}
            donnes = None
            if moi.reglages.panne != "/token":
                donnes = moi.jetons(champs, self.headers.get("Authorization", ""))
            if donnes is None:
                self._dire(400, "application/json", b'{"error": "invalid_grant"}')
            else:
                self._json(donnes)

        def _json(self, contenu: dict[str, Any]) -> None:
            self._dire(200, "application/json", json.dumps(contenu).encode())

        def _dire(self, statut: int, genre: str, corps: bytes) -> None:
            self.send_response(statut)
            self.send_header("Content-Type", genre)
            self.send_header("Content-Length", str(len(corps)))
            self.end_headers()
            self.wfile.write(corps)

        def log_message(self, *arguments: object) -> None:
            """Silent."""

    return Guichet
