"""The page of a family of criteria, the same for who edits a file and for who came by a link."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from perenne.domain.savoir.criteres import Critere, Famille
from perenne.services.consulter.elements import Introuvable
from perenne.services.savoir import obtenir_base
from perenne.web.common.dates import PARIS, aujourd_hui
from perenne.web.common.rendu import Etape, page
from perenne.web.comptes.models import Compte
from perenne.web.diagnostics.avancement import suivre
from perenne.web.diagnostics.fusion import Bilan, enregistrer_feuille, ouvrir_feuille
from perenne.web.diagnostics.models import Feuille, Passage, Repondant
from perenne.web.diagnostics.questions import Question, compter, criteres_de, dire_contenu, familles_de, poser
from perenne.web.diagnostics.saisie_grille import Cadre, Tape, taper


@dataclass(frozen=True, kw_only=True)
class Contexte:
    """Who fills which sheet, and what the page around it says.

    Attributes:
        auteur: None for a respondent who came by a link.
        ferme: why nothing may be written; empty when it may.
        adresse_de: identifier of a family → its page; of no family → where to go when all is done.
        fini: label of that last step.
        calcules: measure → what the accounts give, in words; empty for who may not see them.
        tracer: called when something was written.
    """

    passage: Passage
    repondant: Repondant
    famille: str
    auteur: Compte | None
    ferme: str
    titre: str
    chapeau: str
    fil: tuple[Etape, ...]
    adresse_de: Callable[[str], str]
    fini: str
    calcules: Mapping[str, str]
    tracer: Callable[[], None]


def ouvrir_grille(requete: HttpRequest, contexte: Contexte) -> HttpResponseBase:
    """Show a family, or write what was typed in it.

    Raises:
        Introuvable: the round does not ask this family.
        Perime: others write in it without a pause.
    """
    famille = next((f for f in familles_de(contexte.passage) if f.id == contexte.famille), None)
    if famille is None:
        raise Introuvable("Cette partie de la grille n’existe pas dans ce passage.")
    criteres = criteres_de(famille.id, contexte.passage)
    if requete.method != "POST" or contexte.ferme:
        feuille = ouvrir_feuille(contexte.passage, contexte.repondant, famille.id)
        questions = [_poser(c, feuille, contexte) for c in criteres]
        return _rendre(requete, contexte, famille, feuille, questions)
    tapes = {c.id: (c, t) for c in criteres if (t := taper(requete.POST, c)) is not None}
    cadre = Cadre(passage=contexte.passage, repondant=contexte.repondant, au=aujourd_hui())
    bilan = enregistrer_feuille(cadre, famille.id, tapes, auteur=contexte.auteur)
    if bilan.ecrits:
        contexte.tracer()
    questions = [_reposer(c, tapes, bilan, contexte) for c in criteres]
    if requete.headers.get("HX-Request"):
        return _etat(requete, contexte, bilan, questions)
    if bilan.erreurs or bilan.conflits:
        statut = 409 if bilan.conflits else 400
        return _rendre(requete, contexte, famille, bilan.feuille, questions, statut=statut)
    if "suite" in requete.POST:
        return redirect(contexte.adresse_de(_suivante(contexte, famille.id)))
    return redirect(f"{contexte.adresse_de(famille.id)}?enregistre")


def _poser(critere: Critere, feuille: Feuille, contexte: Contexte) -> Question:
    return poser(critere, feuille.contenu.get(critere.id, {}), calcules=contexte.calcules)


def _reposer(
    critere: Critere, tapes: Mapping[str, tuple[Critere, Tape]], bilan: Bilan, contexte: Contexte
) -> Question:
    """The criterion after a submission: what was typed, unless somebody else's content is taken."""
    garde = bilan.feuille.contenu.get(critere.id, {})
    if critere.id not in tapes or critere.id in {*bilan.ailleurs, *bilan.repris}:
        return poser(critere, garde, calcules=contexte.calcules)
    return poser(
        critere,
        garde,
        calcules=contexte.calcules,
        tape=tapes[critere.id][1],
        erreurs=bilan.lus[critere.id].erreurs,
        autre=bilan.conflits.get(critere.id),
    )


def _rendre(
    requete: HttpRequest,
    contexte: Contexte,
    famille: Famille,
    feuille: Feuille,
    questions: list[Question],
    *,
    statut: int = 200,
) -> HttpResponse:
    freres = {
        f.famille: f for f in Feuille.objects.filter(passage=contexte.passage, repondant=contexte.repondant)
    }
    parcours = suivre(contexte.passage, contexte.repondant, freres)
    suivante = _suivante(contexte, famille.id)
    reponse = page(
        requete,
        "diagnostic_grille.html.j2",
        titre=f"{famille.titre} – {contexte.titre}",
        statut=statut,
        fil=contexte.fil,
        contexte=contexte,
        famille=famille,
        questions=questions,
        dits={
            q.critere.id: dire_contenu(q.critere, feuille.contenu.get(q.critere.id, {})) for q in questions
        },
        parcours=parcours,
        faits=sum(q.repondu for q in questions),
        suivante=next((a.titre for a in parcours.avances if a.famille == suivante), ""),
        ressources=obtenir_base().ressources,
        etat=dire_etat(feuille, maintenant="enregistre" in requete.GET),
        conflits=[q for q in questions if q.autre is not None],
        fautives=[q for q in questions if q.erreurs],
        version_lue=feuille.version,
    )
    reponse.headers["Cache-Control"] = "private, no-store"
    return reponse


def _etat(requete: HttpRequest, contexte: Contexte, bilan: Bilan, questions: list[Question]) -> HttpResponse:
    """What an automatic save says: the state, and each part of the page that must change."""
    criteres = [q.critere for q in questions]
    return render(
        requete,
        "diagnostic_etat.html.j2",
        {
            "questions": questions,
            "remplacees": {*bilan.ailleurs, *bilan.repris},
            "faits": compter(bilan.feuille.contenu, criteres),
            "etat": dire_etat(bilan.feuille, maintenant=True),
            "conflits": [q for q in questions if q.autre is not None],
            "fautives": [q for q in questions if q.erreurs],
            "ailleurs": len(bilan.ailleurs),
            "version_lue": bilan.feuille.version,
            "contexte": contexte,
        },
    )


def _suivante(contexte: Contexte, famille: str) -> str:
    """The next family, empty after the last one."""
    noms = [f.id for f in familles_de(contexte.passage)]
    rang = noms.index(famille) + 1
    return noms[rang] if rang < len(noms) else ""


def dire_etat(feuille: Feuille, *, maintenant: bool) -> str:
    """When the sheet was last written: « Enregistré à 14 h 05 », with the day unless it is today."""
    if feuille._state.adding:
        return "Rien d’enregistré ici."
    ici = feuille.modifie_le.astimezone(PARIS)
    jour = "" if ici.date() == timezone.now().astimezone(PARIS).date() else f"le {ici:%d/%m/%Y} "
    debut = "Enregistré" if maintenant else "Dernier enregistrement"
    return f"{debut} {jour}à {ici.hour} h {ici:%M}."
