"""The shared diagnosis: profile, trend, strengths and gaps, questions, stage, economic model. No score."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from perenne.domain.entreprise.dossier import Dossier, Passage
from perenne.domain.entreprise.economie import Economie, lire_economie
from perenne.domain.entreprise.profil import CritereLu, Profil, dresser_profil
from perenne.domain.entreprise.questions import (
    PoidsRetenu,
    Question,
    chercher_questions,
    prochain_passage,
    retenir_poids,
)
from perenne.domain.entreprise.stade import Indices, StadeInfere, inferer_stade, texte_en_booleen
from perenne.domain.entreprise.tendance import EvolutionCritere, comparer
from perenne.domain.savoir.criteres import Critere, Famille
from perenne.domain.savoir.ponderations import Ponderation


@dataclass(frozen=True, kw_only=True)
class Diagnostic:
    """What is handed back.

    Attributes:
        profil: the last round; None when nobody answered yet.
        precedent: the round before it; None when there is none.
        forces, fragilites, a_consolider, desaccords: criteria by state, in the order of the grid.
        tendance: evolution since `precedent`.
        questions: what to ask next, in order, each with its reason.
        poids: weights that ordered the questions.
        economies: accounting years, oldest first.
        prochain: when to fill the grid again.
    """

    dossier: Dossier
    au: dt.date
    profil: Profil | None
    precedent: Profil | None
    forces: tuple[CritereLu, ...]
    a_consolider: tuple[CritereLu, ...]
    fragilites: tuple[CritereLu, ...]
    desaccords: tuple[CritereLu, ...]
    tendance: tuple[EvolutionCritere, ...]
    questions: tuple[Question, ...]
    poids: Mapping[str, PoidsRetenu]
    stade: StadeInfere
    economies: tuple[Economie, ...]
    prochain: dt.date | None


def diagnostiquer(
    dossier: Dossier,
    *,
    criteres: Mapping[str, Critere],
    familles: Mapping[str, Famille],
    ponderations: Iterable[Ponderation],
    au: dt.date,
) -> Diagnostic:
    """Read a file about an enterprise.

    Args:
        criteres, familles: the grid.
        ponderations: weights by territory and sector; they order questions only.
        au: the day it is read.

    Source: methode.md §2.1 (oui/moyen/non, justification, date, N and N+2; no single score).
    """
    economies = lire_economie(dossier)
    passages = sorted(dossier.passages, key=lambda p: (p.date, p.id))
    profils = [_profil(dossier, p, criteres, familles, economies) for p in passages]
    profil = profils[-1] if profils else None
    precedent = profils[-2] if len(profils) > 1 else None
    poids = retenir_poids(dossier, ponderations)
    return Diagnostic(
        dossier=dossier,
        au=au,
        profil=profil,
        precedent=precedent,
        forces=profil.de_etat("solide") if profil else (),
        a_consolider=profil.de_etat("a-consolider") if profil else (),
        fragilites=profil.de_etat("fragile") if profil else (),
        desaccords=profil.de_etat("desaccord") if profil else (),
        tendance=comparer(precedent, profil) if profil and precedent else (),
        questions=(
            chercher_questions(profil, poids, essentielle=profil.passage.version == "essentielle")
            if profil
            else ()
        ),
        poids=poids,
        stade=inferer_stade(dossier.structure, _indices(dossier, profil, economies), au),
        economies=economies,
        prochain=prochain_passage(profil.passage.date) if profil else None,
    )


def _profil(
    dossier: Dossier,
    passage: Passage,
    criteres: Mapping[str, Critere],
    familles: Mapping[str, Famille],
    economies: tuple[Economie, ...],
) -> Profil:
    """A round is read with the last accounts closed on its day, never with later ones."""
    closes = [e for e in economies if e.exercice.clos_le <= passage.date]
    dernier = closes[-1] if closes else None
    return dresser_profil(
        dossier,
        passage,
        criteres=criteres,
        familles=familles,
        calcules=dernier.mesures if dernier else {},
        exercice=dernier.exercice.id if dernier else "",
    )


def _indices(dossier: Dossier, profil: Profil | None, economies: tuple[Economie, ...]) -> Indices:
    faits = dossier.structure.faits
    valeurs = {m.mesure.id: m.valeur for c in profil.criteres() for m in c.mesures} if profil else {}
    dernier = economies[-1] if economies else None
    mois = valeurs.get("tresorerie_mois")
    releve = valeurs.get("releve_identifiee")
    depart = texte_en_booleen(faits, "depart_direction_prevu")
    return Indices(
        tresorerie_mois=float(mois) if isinstance(mois, int | float) else _cash(dernier),
        fonds_propres=tuple(e.bilan.fonds_propres for e in economies if e.bilan),
        frng=dernier.bilan.frng if dernier and dernier.bilan else None,
        bfr=dernier.bilan.bfr if dernier and dernier.bilan else None,
        depart_sans_releve=depart and releve is not True if depart is not None else None,
        demande_ailleurs=texte_en_booleen(faits, "extension_territoriale_prevue"),
    )


def _cash(economie: Economie | None) -> float | None:
    return economie.ratios.tresorerie_mois if economie else None
