"""What is handed back: the shared diagnosis, the economic model, and the file itself."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from perenne.domain.entreprise.economie import lire_economie
from perenne.reports.entreprise.classeur_dossier import ecrire_yaml
from perenne.reports.entreprise.composer import composer_rapport
from perenne.reports.entreprise.rendu import rendre
from perenne.reports.entreprise.rendu_economie import composer_economie, rendre_economie
from perenne.services.consulter.elements import Introuvable
from perenne.services.entreprise.diagnostic import donner_modele
from perenne.services.savoir import obtenir_base
from perenne.web.common.rendu import Etape, page
from perenne.web.diagnostics.acces import fil, noter
from perenne.web.diagnostics.formulaires import abreger
from perenne.web.diagnostics.lecture import diagnostiquer_dossier, lire_dossier
from perenne.web.dossiers.models import Dossier
from perenne.web.espaces.droits import obtenir_dossier
from perenne.web.espaces.models import Geste

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MIME = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": XLSX,
}


@require_safe
def fiche(requete: HttpRequest, identifiant: uuid.UUID) -> HttpResponseBase:
    """The shared diagnosis: what holds, what weakens, what to ask next."""
    dossier = obtenir_dossier(requete, identifiant)
    noter(requete, dossier, Geste.VU, "fiche de diagnostic")
    lu = diagnostiquer_dossier(dossier)
    return page(
        requete,
        "diagnostic_rapport.html.j2",
        titre=f"La fiche – {dossier.nom}",
        fil=fil(requete, dossier, Etape(titre="La fiche")),
        dossier=dossier,
        sujet="La fiche de diagnostic partagé",
        rapport=composer_rapport(lu.diagnostic, obtenir_base(), lu.avis),
        vide=not lu.diagnostic.profil and not lu.diagnostic.economies,
        fichiers=(("diagnostic-fichier", "pdf", "PDF"), ("diagnostic-fichier", "docx", "Word"),
                  ("diagnostic-fichier", "xlsx", "Excel")),
    )  # fmt: skip


@require_safe
def economie(requete: HttpRequest, identifiant: uuid.UUID) -> HttpResponseBase:
    """The economic model."""
    dossier = obtenir_dossier(requete, identifiant)
    noter(requete, dossier, Geste.VU, "modèle économique")
    lu = lire_dossier(dossier)
    economies = lire_economie(lu.dossier)
    return page(
        requete,
        "diagnostic_rapport.html.j2",
        titre=f"Le modèle économique – {dossier.nom}",
        fil=fil(requete, dossier, Etape(titre="Le modèle économique")),
        dossier=dossier,
        sujet="Le modèle économique",
        rapport=composer_economie(dossier.nom, economies, (), lu.avis),
        vide=not economies,
        fichiers=(("diagnostic-economie-xlsx", "", "Excel"),),
    )


@require_safe
def fichier(requete: HttpRequest, identifiant: uuid.UUID, format_: str) -> HttpResponseBase:
    """The shared diagnosis as a file; the workbook also holds the file itself, read back the same."""

    def ecrire(dossier: Dossier) -> bytes:
        lu = diagnostiquer_dossier(dossier)
        return rendre(lu.diagnostic, format_, obtenir_base(), avis=lu.avis)  # type: ignore[arg-type]

    if format_ not in MIME:
        raise Introuvable("La fiche se télécharge en PDF, en Word ou en Excel.")
    return _donner(requete, identifiant, f"fiche.{format_}", MIME[format_], ecrire)


@require_safe
def economie_xlsx(requete: HttpRequest, identifiant: uuid.UUID) -> HttpResponseBase:
    """The economic model as a workbook."""

    def ecrire(dossier: Dossier) -> bytes:
        lu = lire_dossier(dossier)
        return rendre_economie(dossier.nom, lire_economie(lu.dossier), (), lu.avis, "xlsx")

    return _donner(requete, identifiant, "economie.xlsx", XLSX, ecrire)


@require_safe
def dossier_yaml(requete: HttpRequest, identifiant: uuid.UUID) -> HttpResponseBase:
    """The file itself, which `perenne diagnostic` and the import read."""
    return _donner(
        requete,
        identifiant,
        "dossier.yaml",
        "application/yaml; charset=utf-8",
        lambda d: ecrire_yaml(lire_dossier(d).dossier).encode(),
    )


@require_safe
def modele(requete: HttpRequest, identifiant: uuid.UUID) -> HttpResponseBase:
    """The workbook to fill in away from the screen."""
    dossier = obtenir_dossier(requete, identifiant)
    roles = ",".join(dict.fromkeys(r.role for r in dossier.repondants.all()))
    return _fichier(donner_modele(roles, essentielle=False), "diagnostic-a-remplir.xlsx", XLSX)


def _donner(
    requete: HttpRequest,
    identifiant: uuid.UUID,
    quoi: str,
    mime: str,
    ecrire: Callable[[Dossier], bytes],
) -> HttpResponseBase:
    dossier = obtenir_dossier(requete, identifiant)
    octets = ecrire(dossier)
    noter(requete, dossier, Geste.EXPORTE, quoi)
    genre, _, suffixe = quoi.partition(".")
    return _fichier(octets, f"{genre}-{abreger(dossier.nom) or 'entreprise'}.{suffixe}", mime)


def _fichier(octets: bytes, nom: str, mime: str) -> HttpResponse:
    reponse = HttpResponse(octets, content_type=mime)
    reponse.headers["Content-Disposition"] = f'attachment; filename="{quote(nom)}"'
    return reponse
