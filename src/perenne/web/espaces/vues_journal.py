"""The journal of an organisation: who saw and changed what, for its administrators."""

from __future__ import annotations

import csv
import io
import uuid

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone

from perenne.reports.cellule_sure import proteger_cellule
from perenne.web.common.rendu import Etape, page
from perenne.web.espaces.droits import obtenir_adhesion, tracer
from perenne.web.espaces.models import Geste, Organisation, Trace
from perenne.web.espaces.vues import fil_organisation

PAR_PAGE = 50
EFFACE = "personne sans compte, ou effacée"


def journal(requete: HttpRequest, identifiant: uuid.UUID) -> HttpResponseBase:
    """The lines, the last one first; `?dossier=` for one file, `?page=`."""
    organisation = obtenir_adhesion(requete, identifiant, "gerer").organisation
    dossier = requete.GET.get("dossier", "")
    feuillet = Paginator(_traces(organisation, dossier), PAR_PAGE).get_page(requete.GET.get("page"))
    return page(
        requete,
        "journal.html.j2",
        titre=f"Journal : {organisation.nom}",
        fil=fil_organisation(organisation, Etape(titre="Journal")),
        organisation=organisation,
        feuillet=feuillet,
        gestes=dict(Geste.choices),
        efface=EFFACE,
        dossier=dossier,
        dossiers=organisation.dossiers.order_by("nom"),
    )


def journal_csv(requete: HttpRequest, identifiant: uuid.UUID) -> HttpResponse:
    """The whole journal, for a spreadsheet."""
    organisation = obtenir_adhesion(requete, identifiant, "gerer").organisation
    tracer(requete, organisation, Geste.EXPORTE, "journal", "journal")
    sortie = io.StringIO()
    ecrivain = csv.writer(sortie, delimiter=";")
    ecrivain.writerow(["moment", "personne", "geste", "objet", "nom"])
    for trace in _traces(organisation, requete.GET.get("dossier", "")).iterator():
        qui = trace.compte.courriel if trace.compte else EFFACE
        moment = timezone.localtime(trace.moment).isoformat(timespec="seconds")
        ligne = [moment, qui, Geste(trace.geste).label, trace.objet, trace.libelle]
        ecrivain.writerow([proteger_cellule(c) for c in ligne])
    reponse = HttpResponse("\ufeff" + sortie.getvalue(), content_type="text/csv; charset=utf-8")
    reponse.headers["Content-Disposition"] = 'attachment; filename="journal.csv"'
    return reponse


def _traces(organisation: Organisation, dossier: str) -> QuerySet[Trace]:
    traces = organisation.traces.select_related("compte").order_by("-moment", "-pk")
    return traces.filter(objet__startswith=f"dossier:{dossier}") if dossier else traces
