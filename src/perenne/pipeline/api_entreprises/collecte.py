"""Collects the enterprises of a territory, every page of every question, then writes the dated copy."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from perenne import __version__
from perenne.domain.erreurs import ErreurUtilisateur
from perenne.pipeline.api_entreprises.champs import Enregistrement
from perenne.pipeline.api_entreprises.client import PAR_PAGE, Page, Service
from perenne.pipeline.api_entreprises.decoupage import PLAFOND, Lieu, Question, couper, poser
from perenne.pipeline.api_entreprises.journal import Journal

DOSSIER = "recherche-entreprises"
DESCRIPTION = "app/doc/open-api.yml, dépôt annuaire-entreprises-data-gouv-fr/search-api"
RESERVE = (
    f"Champs et filtres lus dans la description publiée par le service ({DESCRIPTION}) ; "
    "aucune réponse réelle n'a été vue."
)


@dataclass(frozen=True, kw_only=True)
class Collecte:
    """A dated copy on the disk.

    Attributes:
        manifeste: what was asked, when, and how many answers came.
    """

    fichier: Path
    manifeste: dict[str, Any]
    entreprises: list[Enregistrement]


@dataclass(kw_only=True)
class _Recolte:
    """What has been gathered so far; a question whose answer does not fit is cut into smaller ones."""

    lieu: Lieu
    service: Service
    journal: Journal
    progres: Callable[[str], None]
    par_siren: dict[str, Enregistrement] = field(default_factory=dict)
    questions: list[dict[str, Any]] = field(default_factory=list)
    doublons: int = 0
    reserves: list[str] = field(default_factory=list)

    def repondre(self, question: Question) -> None:
        if self._page(question, 1).total < PLAFOND:
            self._lire(question)
        elif parts := couper(question, self.lieu):
            self.progres(f"{PLAFOND} réponses ou plus pour {question.cle} : demande en {len(parts)} parts.")
            if parts[0].section:
                self.reserves.append(
                    f"{question.cle} : découpé par section d'activité ; une entreprise sans activité "
                    "déclarée n'y est pas."
                )
            for part in parts:
                self.repondre(part)
        elif question.type == "commune":
            self.reserves.append(
                f"{question.cle} : {PLAFOND} réponses ou plus ; {PLAFOND} au plus sont reçues."
            )
            self._lire(question)
        else:
            raise ErreurUtilisateur(
                f"Le service ne donne que {PLAFOND} entreprises par demande ; ce territoire en a davantage.",
                conseil="Construisez l'atlas (« perenne atlas construire ») pour que le territoire soit "
                "découpé par commune, ou demandez chaque commune.",
            )

    def _lire(self, question: Question) -> None:
        """Every page; twice if some results slid from a page to the next, since each request sorts anew."""
        vus: dict[str, Enregistrement] = {}
        lus = total = 0
        for passage in (1, 2):
            numero = pages = 1
            while numero <= pages:
                page = self._page(question, numero, passage)
                pages, total = min(page.pages, PLAFOND // PAR_PAGE), page.total
                lus += len(page.resultats)
                vus |= {e["siren"]: e for e in page.resultats}
                self.progres(f"{question.cle} : page {numero} sur {pages}")
                numero += 1
            if len(vus) >= total:
                break
        if len(vus) < total:
            self.reserves.append(f"{question.cle} : {total} réponses annoncées, {len(vus)} reçues.")
        self.doublons += lus - len(vus)
        self.questions.append({**question.filtres, "annoncees": total, "recues": len(vus)})
        self.par_siren |= vus

    def _page(self, question: Question, numero: int, passage: int = 1) -> Page:
        cle = question.cle if passage == 1 else f"{question.cle}#{passage}"
        page = self.journal.pages.get((cle, numero))
        if page is None:
            page = self.service.page(question.filtres, numero)
            self.journal.noter(cle, numero, page)
        return page


def collecter(
    lieu: Lieu,
    service: Service,
    cache: Path,
    *,
    maintenant: dt.datetime,
    progres: Callable[[str], None] = lambda _: None,
) -> Collecte:
    """Fetch the enterprises of a territory and write their dated copy in the cache.

    Raises:
        ErreurUtilisateur: the service fails or refuses, or the cache cannot be written. What was received is
            kept for the next run, and a previous copy is untouched.
    """
    dossier = cache / DOSSIER / lieu.cle
    try:
        dossier.mkdir(parents=True, exist_ok=True)
        journal = Journal(dossier / ".journal.jsonl", maintenant)
        recolte = _Recolte(lieu=lieu, service=service, journal=journal, progres=progres)
        for question in poser(lieu):
            recolte.repondre(question)
        collecte = _ecrire(recolte, dossier)
        journal.effacer()
    except OSError as erreur:
        raise ErreurUtilisateur(
            f"Le dossier « {dossier} » ne peut pas être écrit ({erreur.strerror}).",
            conseil="Libérez de la place, ou choisissez un autre dossier avec PERENNE_CACHE.",
        ) from erreur
    return collecte


def _ecrire(recolte: _Recolte, dossier: Path) -> Collecte:
    lieu, journal = recolte.lieu, recolte.journal
    entreprises = [recolte.par_siren[s] for s in sorted(recolte.par_siren)]
    jour = journal.commence_le.date().isoformat()
    fichier = dossier / f"{jour}.jsonl"
    texte = "".join(json.dumps(e, ensure_ascii=False) + "\n" for e in entreprises)
    manifeste = {
        "territoire": {"type": lieu.type, "code": lieu.code},
        "service": recolte.service.adresse,
        "commence_le": journal.commence_le.isoformat(timespec="seconds"),
        "perenne": __version__,
        "entreprises": len(entreprises),
        "demandes": recolte.service.demandes,
        "questions": recolte.questions,
        "doublons_ecartes": recolte.doublons,
        "reserves": recolte.reserves,
        "sha256": hashlib.sha256(texte.encode()).hexdigest(),
        "format_verifie": False,
        "reserve_format": RESERVE,
    }
    _poser(fichier, [texte])
    _poser(dossier / f"{jour}.manifeste.json", [json.dumps(manifeste, ensure_ascii=False, indent=2), "\n"])
    return Collecte(fichier=fichier, manifeste=manifeste, entreprises=entreprises)


def _poser(chemin: Path, morceaux: Iterable[str]) -> None:
    neuf = chemin.with_name(f".{chemin.name}.neuf")
    with neuf.open("w", encoding="utf-8") as flux:
        flux.writelines(morceaux)
        flux.flush()
        os.fsync(flux.fileno())
    neuf.replace(chemin)
