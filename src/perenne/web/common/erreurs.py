"""Errors as pages in French, or as the one JSON shape of the API."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.services.atlas_ouvert import AtlasIndisponible
from perenne.services.consulter.elements import Introuvable
from perenne.web.common.rendu import page
from perenne.web.common.renvoi import Renvoi, renvoyer
from perenne.web.common.verrou import Perime
from perenne.web.espaces.droits import Interdit, NonConnecte, vers_connexion

_journal = logging.getLogger("perenne.web.erreur")
API = "/api/"
TITRES = {
    403: "Accès refusé",
    404: "Page introuvable",
    409: "Modifié entre-temps",
    410: "Lien périmé",
    413: "Envoi trop gros",
    429: "Trop d’essais",
    503: "Service indisponible",
}
REFUS = {
    400: ("La demande est refusée.", "Vérifiez l’adresse du site et la demande."),
    416: ("Cette partie du fichier n’existe pas.", "Demandez un intervalle qui commence avant sa fin."),
    405: ("Cette adresse n’admet pas cette méthode.", "Voyez /api/v1/openapi.json."),
}
"""What Django or Ninja refuse without a word of ours."""


def statut_de(erreur: ErreurUtilisateur) -> int:
    """404, 403, 409, 503 without an atlas; 400 for a request that cannot be read; or what the error says."""
    if statut := getattr(erreur, "statut", None):
        return int(statut)
    if isinstance(erreur, AtlasIndisponible):
        return 503
    if isinstance(erreur, Interdit):
        return 403
    if isinstance(erreur, NonConnecte):
        return 401
    if isinstance(erreur, Perime):
        return 409
    return 404 if isinstance(erreur, Introuvable) else 400


def en_donnees(erreur: ErreurUtilisateur) -> dict[str, object]:
    """The shape of every error of the API."""
    details = [" : ".join(x for x in (a.ou, a.message, a.conseil) if x) for a in erreur.anomalies]
    # The advice of the command line (« perenne … ») means nothing to a visitor.
    conseil = "" if "perenne " in erreur.conseil else erreur.conseil
    return {"message": erreur.message, "conseil": conseil, "details": details}


def repondre(requete: HttpRequest, erreur: ErreurUtilisateur) -> HttpResponse:
    """The answer to an error that a user may mend."""
    statut = statut_de(erreur)
    if requete.path.startswith(API):
        # What is posted could be read, but not used.
        statut = 422 if statut == 400 and requete.method == "POST" else statut
        return JsonResponse(en_donnees(erreur), status=statut, json_dumps_params={"ensure_ascii": False})
    if statut == 401:
        # A part of a page that saves itself must not receive the page of connection in its place.
        if requete.headers.get("HX-Request"):
            return HttpResponse(erreur.message, status=401, content_type="text/plain; charset=utf-8")
        return vers_connexion(requete)
    if isinstance(erreur, Renvoi):
        return renvoyer(requete, erreur)
    # The advice of the command line (« perenne … ») means nothing to a visitor.
    conseil = "" if "perenne " in erreur.conseil else erreur.conseil
    if isinstance(erreur, AtlasIndisponible):
        _journal.error("atlas indisponible : %s", erreur.message)
        return page(requete, "indisponible.html.j2", titre="Données indisponibles", statut=statut)
    return page(
        requete,
        "erreur.html.j2",
        titre=getattr(erreur, "titre", "") or TITRES.get(statut, "Demande incomprise"),
        statut=statut,
        message=erreur.message,
        conseil=conseil,
        anomalies=erreur.anomalies,
    )


class Erreurs:
    """Turns what services raise into an answer."""

    def __init__(self, suite: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._suite = suite

    def __call__(self, requete: HttpRequest) -> HttpResponseBase:
        """Answer; under /api/, every error has the same shape."""
        reponse = self._suite(requete)
        if (
            reponse.status_code >= 400
            and requete.path.startswith(API)
            and not reponse.headers.get("Content-Type", "").startswith("application/json")
        ):
            message, conseil = REFUS.get(reponse.status_code, REFUS[400])
            donnees = {"message": message, "conseil": conseil, "details": []}
            dite = JsonResponse(
                donnees, status=reponse.status_code, json_dumps_params={"ensure_ascii": False}
            )
            for nom in ("Allow", "Content-Range", "Retry-After"):
                if nom in reponse.headers:
                    dite.headers[nom] = reponse.headers[nom]
            return dite
        return reponse

    def process_exception(self, requete: HttpRequest, erreur: Exception) -> HttpResponse | None:
        """Answer for the errors of users; None leaves the others to Django."""
        return repondre(requete, erreur) if isinstance(erreur, ErreurUtilisateur) else None


def introuvable(requete: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    del exception
    return repondre(
        requete, Introuvable("Cette adresse ne mène à rien.", conseil="Cherchez, ou repartez de l’accueil.")
    )


def panne(requete: HttpRequest) -> HttpResponse:
    """500: logged with its trace, told without it."""
    _journal.error("erreur interne", exc_info=True, extra={"chemin": requete.path})
    if requete.path.startswith(API):
        donnees = {
            "message": "Une erreur interne est survenue.",
            "conseil": "Réessayez plus tard.",
            "details": [],
        }
        return JsonResponse(donnees, status=500, json_dumps_params={"ensure_ascii": False})
    return page(requete, "panne.html.j2", titre="Erreur interne", statut=500)


def jeton_refuse(requete: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form sent from elsewhere, or kept open too long."""
    del reason
    return page(
        requete,
        "erreur.html.j2",
        titre="Formulaire expiré",
        statut=403,
        message="Ce formulaire n’est plus valable, et rien n’a été enregistré.",
        conseil="Revenez à la page précédente, rechargez-la, puis envoyez de nouveau.",
        anomalies=(),
    )


def refuse(requete: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: a request that Django itself refuses (unknown host, oversized)."""
    del requete, exception
    return HttpResponse("Demande refusée.\n", status=400, content_type="text/plain; charset=utf-8")
