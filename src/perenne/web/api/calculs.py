"""Pure computations: what is posted is read, computed and forgotten."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Field, File, Form, Query, Router, Schema
from ninja.files import UploadedFile

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.domain.savoir.leviers import Nature
from perenne.domain.tresorerie.dates import Pas
from perenne.domain.tresorerie.flux import Statut
from perenne.reports.entreprise.rendu import rendre as rendre_diagnostic
from perenne.reports.tresorerie.rendu import rendre as rendre_simulation
from perenne.services.consulter import avis, questions
from perenne.services.consulter.elements import Introuvable
from perenne.services.entreprise.diagnostic import diagnostiquer_lu
from perenne.services.entreprise.dossiers import DossierLu, lire_valeurs
from perenne.services.entreprise.dossiers import lire_octets as lire_dossier
from perenne.services.leviers.conseil import Conseil, conseiller_lue
from perenne.services.leviers.entreprise import EntrepriseLue, lire_cas, lire_envoi, lire_table
from perenne.services.savoir import obtenir_base
from perenne.services.tresorerie.fichiers import lire_octets as lire_plan
from perenne.services.tresorerie.fichiers import lire_table as lire_plan_table
from perenne.services.tresorerie.interpretation import PlanLu
from perenne.services.tresorerie.simulation import simuler
from perenne.services.tresorerie.tailles import LEVIERS_MAX, verifier_taille
from perenne.web.api.commun import ENVOIS, ERREURS, SANS_ATLAS, Au
from perenne.web.api.contrats import corps_et_reponse, reponse
from perenne.web.api.corps import lire_fichier, lire_json
from perenne.web.common.dates import aujourd_hui

routeur = Router(tags=["Calculs, rien n’est gardé"])
TIRAGES_MAX = 2_000


class EntrepriseDecrite(Schema):
    """An enterprise in a few words; what is not said is unknown, never false."""

    nom: str = Field("Entreprise", max_length=200)
    fictif: bool = False
    forme_juridique: str | None = Field(None, max_length=40)
    activite: str | None = Field(None, max_length=80, description="Identifiant, voir /activites.")
    besoins: list[str] = Field([], max_length=20, description="Identifiants, voir /besoins.")
    annee_creation: int | None = None
    stade: str | None = Field(None, max_length=40)
    territoire: str | None = Field(None, max_length=200)
    grille: dict[str, Literal["oui", "moyen", "non"]] = Field(
        {}, max_length=60, description="Critère : avis."
    )
    situation: dict[str, bool | float | str | list[str]] = Field(
        {}, max_length=200, description="Fait : valeur."
    )


class DecisionSimple(Schema):
    """Who would act, when, how much."""

    acteur: str = Field(
        max_length=200,
        description="Un type (commune, epci…), un code typé (departement:08), une organisation.",
    )
    au: dt.date | None = Field(None, description="Date de la décision ; aujourd’hui par défaut.")
    montant: float | None = Field(None, ge=0, le=1e12, description="En euros.")
    territoire: str = Field("", max_length=200, description="Où lire besoins et zonages.")


class Decision(DecisionSimple):
    """The same, and what the actor can use and wants."""

    moyens: list[Nature] = Field([], max_length=20)
    ambitions: list[str] = Field([], max_length=20, description="Besoins visés d’abord.")


class Demande(Decision):
    """Either a case of the base, or a description."""

    cas: str = Field("", max_length=120, description="Un cas de la base, à la place d’une description.")
    entreprise: EntrepriseDecrite | None = None


class Options(Schema):
    """How a plan is run."""

    pas: Pas = "mois"
    scenario: Statut = "securise"
    leviers: list[str] = Field([], max_length=LEVIERS_MAX, description="Ceux du plan par défaut ; « aucun ».")
    tirages: int = Field(500, ge=0, le=TIRAGES_MAX)
    graine: int = Field(1, ge=0, le=2**31 - 1)
    au: dt.date | None = Field(None, description="Date du droit demandé à chaque levier.")


@routeur.get(
    "/recommandation",
    response={200: avis.Avis, **SANS_ATLAS},
    url_name="recommandation",
    summary="Les leviers pour un cas de la base et un acteur public",
)
def recommander_cas(
    request: HttpRequest,
    cas: Annotated[str, Query(max_length=120)],
    decision: Annotated[DecisionSimple, Query()],
) -> Any:
    """The advice for a case; another enterprise is described with POST."""
    del request
    try:
        return avis.dire_avis(
            _conseiller(lire_cas(cas, obtenir_base()), decision, decision.au or aujourd_hui())
        )
    except ErreurUtilisateur as erreur:
        raise Introuvable(erreur.message, conseil=erreur.conseil, anomalies=erreur.anomalies) from erreur


@routeur.get(
    "/recommandation/questions",
    response={200: list[questions.Question], **ERREURS},
    url_name="recommandation-questions",
    summary="Les faits à demander avant de recommander, les plus lourds d’abord",
)
def lister_questions(request: HttpRequest) -> Any:
    """Every fact that the points read, how it is answered, how many points it moves."""
    del request
    return list(questions.lister_questions())


@routeur.post(
    "/recommandation",
    response={200: avis.Avis, **ENVOIS, 503: SANS_ATLAS[503]},
    summary="Les leviers pour une entreprise décrite et un acteur public",
)
def recommander(request: HttpRequest, demande: Demande) -> Any:
    """The nineteen actions ordered and explained, those that are excluded with their reason."""
    del request
    base, au = obtenir_base(), demande.au or aujourd_hui()
    if demande.cas:
        lue = lire_cas(demande.cas, base)
    elif demande.entreprise is not None:
        table = demande.entreprise.model_dump(exclude_defaults=True)
        lue = lire_table({"nom": demande.entreprise.nom, **table}, base, au)
    else:
        raise ErreurUtilisateur("Il manque l’entreprise.", conseil="Donnez « cas » ou « entreprise ».")
    return avis.dire_avis(_conseiller(lue, demande, au))


@routeur.post(
    "/recommandation/fichier",
    response={200: avis.Avis, **ENVOIS, 503: SANS_ATLAS[503]},
    url_name="recommandation-fichier",
    summary="Les leviers, depuis une fiche ou un dossier (.yaml, .xlsx)",
)
def recommander_fichier(
    request: HttpRequest, fichier: Annotated[UploadedFile, File()], decision: Annotated[Decision, Form()]
) -> Any:
    """The same, from the file that the command line and the pages read."""
    del request
    octets, nom = lire_fichier(fichier)
    au = decision.au or aujourd_hui()
    return avis.dire_avis(_conseiller(lire_envoi(octets, nom, obtenir_base(), au), decision, au))


def _conseiller(lue: EntrepriseLue, decision: DecisionSimple, au: dt.date) -> Conseil:
    riche = decision if isinstance(decision, Decision) else None
    return conseiller_lue(
        lue,
        decision.acteur,
        au=au,
        montant="" if decision.montant is None else f"{decision.montant:f}",
        territoire=decision.territoire,
        moyens=",".join(riche.moyens) if riche else "",
        ambitions=",".join(riche.ambitions) if riche else "",
    )


@routeur.post(
    "/diagnostic",
    response={200: None, **ENVOIS},
    url_name="diagnostic",
    summary="Le diagnostic d’une entreprise",
    openapi_extra=corps_et_reponse("Dossier", "DiagnosticEntreprise"),
)
def diagnostiquer(request: HttpRequest, au: Au = None) -> HttpResponse:
    """The grid, the economic model and the profile of the file that is posted; amounts are in cents."""
    table, jour = lire_json(request), au or aujourd_hui()
    return _diagnostic(lire_valeurs(table, jour), jour)


@routeur.post(
    "/diagnostic/fichier",
    response={200: None, **ENVOIS},
    url_name="diagnostic-fichier",
    summary="Le diagnostic d’une entreprise, depuis son dossier (.yaml, .xlsx)",
    openapi_extra=reponse("DiagnosticEntreprise"),
)
def diagnostiquer_fichier(
    request: HttpRequest, fichier: Annotated[UploadedFile, File()], au: Au = None
) -> HttpResponse:
    """The same, from a workbook or a YAML file."""
    del request
    (octets, nom), jour = lire_fichier(fichier), au or aujourd_hui()
    return _diagnostic(lire_dossier(octets, nom, jour), jour)


def _diagnostic(lu: DossierLu, au: dt.date) -> HttpResponse:
    fait = diagnostiquer_lu(lu, au)
    return _json(rendre_diagnostic(fait.diagnostic, "json", obtenir_base(), avis=fait.avis))


@routeur.post(
    "/simulation",
    response={200: None, **ENVOIS},
    url_name="simulation",
    summary="La simulation d’un plan de trésorerie",
    openapi_extra=corps_et_reponse("Plan", "TresorerieResultat"),
)
def simuler_plan(request: HttpRequest, options: Annotated[Options, Query()]) -> HttpResponse:
    """Three scenarios, levers, needs, uncertainty; amounts are in cents, shares in basis points."""
    return _simulation(lire_plan_table(lire_json(request)), options)


@routeur.post(
    "/simulation/fichier",
    response={200: None, **ENVOIS},
    url_name="simulation-fichier",
    summary="La simulation d’un plan de trésorerie, depuis son classeur (.xlsx, .yaml)",
    openapi_extra=reponse("TresorerieResultat"),
)
def simuler_fichier(
    request: HttpRequest, fichier: Annotated[UploadedFile, File()], options: Annotated[Options, Query()]
) -> HttpResponse:
    """The same, from a workbook or a YAML file."""
    del request
    return _simulation(lire_plan(*lire_fichier(fichier)), options)


def _simulation(lu: PlanLu, options: Options) -> HttpResponse:
    verifier_taille(lu)
    resultat = simuler(
        lu,
        pas=options.pas,
        scenario=options.scenario,
        choisis=options.leviers,
        tirages=options.tirages,
        graine=options.graine,
        au=options.au,
    )
    return _json(rendre_simulation(resultat, "json"))


def _json(octets: bytes) -> HttpResponse:
    return HttpResponse(octets, content_type="application/json; charset=utf-8")
