"""What a plan says, with levers switched on and off; the plan itself, as tables."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from perenne.domain.erreurs import Anomalie, ErreurUtilisateur
from perenne.domain.tresorerie.flux import STATUTS, Statut
from perenne.reports.tresorerie.champs import Champ, Feuille
from perenne.reports.tresorerie.feuilles_depenses import FEUILLES
from perenne.reports.tresorerie.rendu import Format, rendre
from perenne.reports.tresorerie.structure import STRUCTURE
from perenne.reports.tresorerie.yaml_plan import ecrire_plan_yaml
from perenne.services.tresorerie.brouillon import CLE, lire_brouillon, montrer, place
from perenne.services.tresorerie.essai import essayer
from perenne.services.tresorerie.interpretation import PlanLu
from perenne.services.tresorerie.simulation import simuler
from perenne.services.tresorerie.tailles import dire_exces, verifier_taille
from perenne.web.common.dates import date_demandee
from perenne.web.common.rendu import Etape, page
from perenne.web.dossiers.models import Dossier
from perenne.web.dossiers.vues import fil_dossier, objet
from perenne.web.espaces.droits import droit_sur, obtenir_compte, obtenir_dossier, tracer
from perenne.web.espaces.models import Geste
from perenne.web.tresorerie.models import PlanTresorerie
from perenne.web.tresorerie.plan import obtenir_plan

SCENARIOS = (("securise", "sécurisé"), ("probable", "probable"), ("espere", "espéré"))
MIME = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "yaml": "application/yaml; charset=utf-8",
    "json": "application/json; charset=utf-8",
}


def fil(requete: HttpRequest, dossier: Dossier, *suite: Etape) -> tuple[Etape, ...]:
    """Breadcrumb of the treasury."""
    adresse = reverse("tresorerie", args=[dossier.pk]) if suite else ""
    return fil_dossier(requete, dossier, Etape(titre="Trésorerie", adresse=adresse), *suite)


def ecrit(requete: HttpRequest, dossier: Dossier) -> bool:
    """Whether the person may change the plan."""
    return droit_sur(obtenir_compte(requete), dossier) in ("ecrire", "gerer")


def lire_scenario(texte: str) -> Statut:
    """The scenario asked for, the secured one otherwise."""
    return next((s for s in STATUTS if s == texte), "securise")


@require_safe
def tresorerie(requete: HttpRequest, identifiant: uuid.UUID) -> HttpResponseBase:
    """The answer, the levers, the curve, the report."""
    dossier = obtenir_dossier(requete, identifiant)
    plan = obtenir_plan(dossier)
    if plan is None or not plan.contenu.get(STRUCTURE.cle):
        return page(
            requete,
            "tresorerie_vide.html.j2",
            titre=f"Trésorerie : {dossier.nom}",
            fil=fil(requete, dossier),
            dossier=dossier,
            ecrit=ecrit(requete, dossier),
        )
    if not requete.headers.get("HX-Request"):
        tracer(requete, dossier.organisation, Geste.VU, objet(dossier), f"{dossier.nom} : trésorerie")
    try:
        lu = lire_brouillon(plan.contenu, dossier.nom)
    except ErreurUtilisateur as erreur:
        return page(
            requete,
            "tresorerie_incomplete.html.j2",
            titre=f"Trésorerie : {dossier.nom}",
            fil=fil(requete, dossier),
            dossier=dossier,
            ecrit=ecrit(requete, dossier),
            points=pointer(plan, erreur.anomalies),
        )
    if exces := dire_exces(lu):
        return page(
            requete,
            "tresorerie_trop_grande.html.j2",
            titre=f"Trésorerie : {dossier.nom}",
            fil=fil(requete, dossier),
            dossier=dossier,
            ecrit=ecrit(requete, dossier),
            exces=exces,
        )
    actifs = requete.GET.getlist("levier")
    scenario = lire_scenario(requete.GET.get("scenario", ""))
    choix = urlencode([("levier", a) for a in actifs] + [("scenario", scenario)])
    return page(
        requete,
        "tresorerie.html.j2",
        titre=f"Trésorerie : {dossier.nom}",
        fil=fil(requete, dossier),
        dossier=dossier,
        ecrit=ecrit(requete, dossier),
        essai=essayer(lu, actifs=actifs, scenario=scenario, au=date_demandee(requete)),
        scenario=scenario,
        scenarios=SCENARIOS,
        choix=choix,
    )


@dataclass(frozen=True, kw_only=True)
class PointACorriger:
    """Something that prevents the plan from being run, and where to mend it."""

    ou: str
    texte: str
    feuille: str
    cle: str


def pointer(plan: PlanTresorerie, anomalies: Iterable[Anomalie]) -> list[PointACorriger]:
    """Each anomaly with the line to open."""
    lignes = {
        place(f, rang): (f.cle, ligne.get(CLE, ""))
        for f in (STRUCTURE, *FEUILLES)
        for rang, ligne in enumerate(plan.contenu.get(f.cle, []))
    }
    vide = (STRUCTURE.cle, "")
    return [
        PointACorriger(
            ou=a.ou,
            texte=f"{a.message} {a.conseil}".strip(),
            feuille=lignes.get(a.ou, vide)[0],
            cle=lignes.get(a.ou, vide)[1],
        )
        for a in anomalies
    ]


@require_safe
def plan(requete: HttpRequest, identifiant: uuid.UUID) -> HttpResponseBase:
    """The lines of the plan, sheet by sheet."""
    dossier = obtenir_dossier(requete, identifiant)
    lu = obtenir_plan(dossier)
    contenu = lu.contenu if lu else {}
    return page(
        requete,
        "plan_tresorerie.html.j2",
        titre=f"Plan de trésorerie : {dossier.nom}",
        fil=fil(requete, dossier, Etape(titre="Plan")),
        dossier=dossier,
        ecrit=ecrit(requete, dossier),
        structure=contenu.get(STRUCTURE.cle, []),
        fiche=[
            (c.libelle, montrer(c, x.get(c.nom)))
            for x in contenu.get(STRUCTURE.cle, [])
            for c in STRUCTURE.champs
            if x.get(c.nom)
        ],
        feuilles=[(f, colonnes(f), _lignes(f, contenu.get(f.cle, []))) for f in FEUILLES],
    )


def colonnes(feuille: Feuille) -> list[str]:
    """Headings of the short table of a sheet: what names a line, then what must be filled in."""
    return [c.libelle for c in _resumees(feuille)]


def _resumees(feuille: Feuille) -> list[Champ]:
    noms = ["libelle", "statut", "payeur", "nature", "acteur"]
    obligatoires = [c for c in feuille.champs if feuille.obligatoire(c) and c.nom != "id"]
    tetes = [c for c in feuille.champs if c.nom in noms]
    return [*tetes, *(c for c in obligatoires if c not in tetes)][:7]


def _lignes(feuille: Feuille, lignes: list[dict[str, object]]) -> list[tuple[str, str, list[str]]]:
    """Key, short name and shown values of each line."""
    return [
        (str(x.get(CLE)), str(x.get("id", "")), [montrer(c, x.get(c.nom)) for c in _resumees(feuille)])
        for x in lignes
    ]


@require_safe
def fichier_plan(requete: HttpRequest, identifiant: uuid.UUID, format_: str) -> HttpResponse:
    """The plan as a file that can be read again: `xlsx` or `yaml`."""
    dossier = obtenir_dossier(requete, identifiant)
    if format_ not in ("xlsx", "yaml"):
        raise Http404
    lu = _lire(dossier)
    return _envoyer(requete, dossier, _ecrire_plan(lu, format_), f"plan-tresorerie.{format_}")


@require_safe
def fichier_resultat(requete: HttpRequest, identifiant: uuid.UUID, format_: str) -> HttpResponse:
    """What the plan says, as a report: `pdf`, `xlsx` or `json`."""
    dossier = obtenir_dossier(requete, identifiant)
    if format_ not in ("pdf", "xlsx", "json"):
        raise Http404
    scenario = lire_scenario(requete.GET.get("scenario", ""))
    lu = _lire(dossier)
    verifier_taille(lu)
    resultat = simuler(lu, scenario=scenario, au=date_demandee(requete))
    voulu: Format = "pdf" if format_ == "pdf" else "xlsx" if format_ == "xlsx" else "json"
    return _envoyer(requete, dossier, rendre(resultat, voulu), f"tresorerie.{format_}")


def _envoyer(requete: HttpRequest, dossier: Dossier, octets: bytes, nom: str) -> HttpResponse:
    tracer(requete, dossier.organisation, Geste.EXPORTE, objet(dossier), f"{dossier.nom} : {nom}")
    reponse = HttpResponse(octets, content_type=MIME[nom.rpartition(".")[2]])
    reponse.headers["Content-Disposition"] = f'attachment; filename="{nom}"'
    return reponse


@require_safe
def modele(requete: HttpRequest) -> HttpResponse:
    """The empty workbook."""
    del requete
    from perenne.reports.tresorerie.classeur import ecrire_classeur  # noqa: PLC0415 - loads openpyxl

    reponse = HttpResponse(ecrire_classeur(None, ()), content_type=MIME["xlsx"])
    reponse.headers["Content-Disposition"] = 'attachment; filename="plan-de-tresorerie.xlsx"'
    return reponse


def _lire(dossier: Dossier) -> PlanLu:
    lu = obtenir_plan(dossier)
    if lu is None:
        raise ErreurUtilisateur("Ce dossier n’a pas encore de plan de trésorerie.")
    return lire_brouillon(lu.contenu, dossier.nom)


def _ecrire_plan(lu: PlanLu, format_: str) -> bytes:
    if format_ == "yaml":
        return ecrire_plan_yaml(lu.plan, lu.leviers).encode()
    from perenne.reports.tresorerie.classeur import ecrire_classeur  # noqa: PLC0415 - loads openpyxl

    return ecrire_classeur(lu.plan, lu.leviers)


def rediriger(dossier: Dossier) -> HttpResponseBase:
    """Back to the plan."""
    return redirect("tresorerie-plan", dossier.pk)
