"""Respondents side by side: what they disagree on first, and no average."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from perenne.domain.entreprise.profil import CritereLu, Profil
from perenne.reports.entreprise.mots import ETATS
from perenne.reports.entreprise.phrases import mesure_dite
from perenne.reports.entreprise.tableaux import SIGNES
from perenne.web.common.rendu import Etape, page
from perenne.web.diagnostics.acces import dernier_passage, ecrit, fil, noter, obtenir_passage
from perenne.web.diagnostics.lecture import lire_profil
from perenne.web.diagnostics.mots import nommer_court, nommer_repondant
from perenne.web.diagnostics.questions import MOTS_AVIS
from perenne.web.espaces.droits import obtenir_dossier
from perenne.web.espaces.models import Geste


@dataclass(frozen=True, kw_only=True)
class Groupe:
    """Criteria that read alike, under one title."""

    ident: str
    titre: str
    propos: str
    criteres: tuple[CritereLu, ...]


Condition = Callable[[CritereLu], bool]
GROUPES: tuple[tuple[str, str, str, Condition], ...] = (
    (
        "desaccords",
        "Les réponses ne vont pas dans le même sens",
        "À trancher ensemble : chacun sait quelque chose que l’autre ne sait pas.",
        lambda c: c.etat == "desaccord",
    ),
    (
        "degres",
        "Le même sens, à des degrés différents",
        "Moyen pour les uns, non pour les autres.",
        lambda c: c.divergence and c.etat != "desaccord",
    ),
    (
        "chiffres",
        "La même réponse, des chiffres différents",
        "Les chiffres des répondants, ou ceux des comptes, ne sont pas les mêmes.",
        lambda c: not c.divergence and any(m.ecart for m in c.mesures),
    ),
    (
        "accords",
        "Les réponses concordent",
        "Au moins deux répondants disent la même chose.",
        lambda c: _voix(c) > 1,
    ),
    (
        "seuls",
        "Un seul a répondu",
        "Demandez aux autres, ou retenez que personne d’autre ne sait.",
        lambda c: _voix(c) == 1,
    ),
    ("sans", "Personne ne sait", "Sans réponse, ou « ne sait pas » : rien n’est compté.", lambda c: True),
)


def _voix(lu: CritereLu) -> int:
    return sum(r.avis != "ne-sait-pas" for r in lu.reponses)


def regrouper(profil: Profil) -> list[Groupe]:
    """Every criterion of a round in the first group that fits it; empty groups are left out."""
    reste = list(profil.criteres())
    groupes = []
    for ident, titre, propos, condition in GROUPES:
        pris = tuple(c for c in reste if condition(c))
        reste = [c for c in reste if c not in pris]
        if pris:
            groupes.append(Groupe(ident=ident, titre=titre, propos=propos, criteres=pris))
    return groupes


@require_safe
def comparaison(requete: HttpRequest, identifiant: uuid.UUID) -> HttpResponseBase:
    """The answers of a round, side by side."""
    dossier = obtenir_dossier(requete, identifiant)
    noter(requete, dossier, Geste.VU, "comparaison des réponses")
    voulu = requete.GET.get("passage", "")
    passage = obtenir_passage(dossier, voulu) if voulu else dernier_passage(dossier)
    profil = lire_profil(dossier, passage) if passage else None
    repondants = list(dossier.repondants.all())
    presents = {r.repondant for c in profil.criteres() for r in c.reponses} if profil else set()
    return page(
        requete,
        "diagnostic_comparaison.html.j2",
        titre=f"Comparer les réponses – {dossier.nom}",
        fil=fil(requete, dossier, Etape(titre="Comparer les réponses")),
        dossier=dossier,
        passage=passage,
        passages=list(dossier.passages.order_by("-date", "-nom")),
        repondants=[(r.nom, nommer_court(r), r.fonction) for r in repondants if r.nom in presents],
        absents=[nommer_repondant(r) for r in repondants if r.nom not in presents],
        groupes=regrouper(profil) if profil and presents else [],
        ecrit=ecrit(requete, dossier),
        etats=ETATS,
        dire=dire_avis,
        dire_chiffres=dire_chiffres,
    )


def dire_avis(avis: str) -> str:
    """An answer with its sign: never colour alone."""
    return SIGNES.get(avis, MOTS_AVIS.get(avis, avis))


def dire_chiffres(lu: CritereLu) -> Sequence[str]:
    """The figures of a criterion, who gives each and what the accounts say."""
    return [dit for m in lu.mesures if (dit := mesure_dite(m))]
