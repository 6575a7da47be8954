"""The enterprises: searched and filtered, page by page; the sheet of one."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Path, Query, Router, Schema

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.services.annuaire.filtres import Filtres
from perenne.services.atlas_ouvert import AtlasIndisponible
from perenne.services.consulter import entreprise, entreprises
from perenne.services.consulter.elements import Introuvable
from perenne.services.consulter.territoires import Ambigu
from perenne.web.api.commun import DESIGNATION, SANS_ATLAS, Au, Curseur, Limite, lier
from perenne.web.common.dates import aujourd_hui

NUMERO = r"^([0-9]{9}([0-9]{5})?|W[0-9A-Z]{9}|[0-9]{3}[A-Z0-9]{7,12})$"

routeur = Router(tags=["Entreprises"])


class Recherche(Schema):
    """What the enterprises must be; a filter that may be given several times takes one of its values."""

    q: str = Field("", max_length=200, description="Mots du nom, SIREN, SIRET ou numéro RNA.")
    dans: str = Field("", max_length=400, description="Territoire : code, nom, ou codes joints par « + ».")
    activite: list[str] = Field([], max_length=50, description="Activités de la base de savoir.")
    besoin: list[str] = Field([], max_length=50, description="Besoins de la base de savoir.")
    zonage: list[str] = Field([], max_length=20, description="Zonages de la base de savoir.")
    verdict: list[str] = Field([], max_length=5, description="oui, probable, inconnu, non ; « tous ».")
    etat: list[str] = Field([], max_length=5, description="active, inconnu, fermee, dissoute ; « tous ».")
    employeur: str = Field("", max_length=10, description="oui, non ou inconnu.")
    agrement: list[str] = Field([], max_length=20, description="Agréments et listes : esus, siae…")
    forme: list[str] = Field([], max_length=20, description="Formes juridiques : code ou famille.")


@routeur.get(
    "/entreprises",
    response={200: entreprises.Liste, **DESIGNATION},
    url_name="entreprises",
    summary="Les entreprises qui répondent à des mots et à des filtres",
)
def liste(  # noqa: PLR0917 - Ninja calls it by name
    request: HttpRequest,
    response: HttpResponse,
    filtres: Query[Recherche],
    curseur: Curseur = "",
    limite: Limite = 50,
    au: Au = None,
) -> Any:
    """Counted exactly; what is left out is said, with its reason."""
    trouvee = chercher(filtres, au or aujourd_hui(), curseur, limite)
    lier(request, response, trouvee.suivant)
    return trouvee


def chercher(filtres: Recherche, au: dt.date, curseur: str, limite: int) -> entreprises.Liste:
    """A page of the enterprises; what leads to nothing is not found."""
    demandes = Filtres(
        mots=filtres.q,
        dans=filtres.dans.strip(),
        activites=_remplis(filtres.activite),
        besoins=_remplis(filtres.besoin),
        zonages=_remplis(filtres.zonage),
        verdicts=_remplis(filtres.verdict),
        etats=_remplis(filtres.etat),
        employeur=filtres.employeur,
        agrements=_remplis(filtres.agrement),
        formes=_remplis(filtres.forme),
        au=au,
    )
    try:
        return entreprises.lister_entreprises(demandes, curseur, limite)
    except (AtlasIndisponible, Introuvable, Ambigu):
        raise
    except ErreurUtilisateur as erreur:
        # An identifier or a cursor that leads to nothing; the description cannot list those that do.
        raise Introuvable(erreur.message, conseil=erreur.conseil, anomalies=erreur.anomalies) from erreur


def _remplis(valeurs: list[str]) -> tuple[str, ...]:
    return tuple(v.strip() for v in valeurs if v.strip())


@routeur.get(
    "/entreprises/{numero}",
    response={200: entreprise.FicheLue, **SANS_ATLAS},
    url_name="entreprise",
    summary="La fiche d’une entreprise",
)
def fiche(
    request: HttpRequest,
    numero: Annotated[str, Path(pattern=NUMERO, description="SIREN, SIRET ou numéro RNA.")],
    au: Au = None,
) -> Any:
    """The verdict and its reasons, the activities and what shows them, what was observed."""
    del request
    return entreprise.lire_entreprise(numero, au or aujourd_hui())
