"""`perenne activites evaluer` and `apprendre`: the measures, the model, and the files that keep them."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from perenne.domain.classement.mesures import Bilan, wilson
from perenne.pipeline.classement.automate import Automate
from perenne.pipeline.classement.fichier_modele import ecrire_modele
from perenne.services.classement.apprentissage import apprendre
from perenne.services.classement.comparaisons import motifs_d_un_fichier, tfidf_valide
from perenne.services.classement.evaluation import (
    Evaluation,
    Methode,
    bilan_de,
    motifs_seuls,
    par_confiance,
    valider,
)
from perenne.services.classement.obtenir import activites_du_savoir
from perenne.services.classement.textes_lus import TexteLu, lire_textes_lus

NOM_RETENU = "classeur (motifs pesés)"
SEUIL, SEUIL_HAUTE = 0.45, 0.9
"""Chosen on cross-validated texts and on fresh ones (ADR 0091)."""


def evaluer(textes: Path, motifs: Path | None = None) -> Evaluation:
    """Cross-validate the classifier and what it is compared with, on the same folds.

    Args:
        textes: JSONL of texts read and labelled.
        motifs: YAML of first patterns to compare with; None skips that line.

    Raises:
        ErreurUtilisateur: a file cannot be used.
    """
    activites = activites_du_savoir()
    reperage = Automate(activites)
    lus = lire_textes_lus(textes, activites)
    ids = list(activites)
    retenu = valider(lus, activites, reperage, avec_mots=False, seuil=SEUIL, seuil_haute=SEUIL_HAUTE)
    hybride = valider(lus, activites, reperage, avec_mots=True, seuil=SEUIL, seuil_haute=SEUIL_HAUTE)
    methodes = [
        bilan_de(NOM_RETENU, lus, [set(p) for p in retenu], ids),
        bilan_de("avec un modèle de mots (hybride)", lus, [set(p) for p in hybride], ids),
        bilan_de("motifs forts seuls", lus, motifs_seuls(lus, reperage), ids),
    ]
    if motifs is not None:
        methodes.append(bilan_de(f"motifs de {motifs.name}", lus, motifs_d_un_fichier(lus, motifs), ids))
    tfidf = tfidf_valide(lus, ids)
    if tfidf is not None:
        methodes.append(bilan_de("TF-IDF et modèle linéaire seuls", lus, tfidf, ids))
    return Evaluation(textes=len(lus), methodes=tuple(methodes), par_confiance=par_confiance(lus, retenu))


def rendre_evaluation(evaluation: Evaluation) -> str:
    """The measures as a text table."""
    lignes = [
        f"{evaluation.textes} textes lus, validation croisée en 5 parts",
        "",
        f"{'':34}{'précision':>10}{'rappel':>9}{'micro F1':>10}{'macro F1':>10}",
    ]
    for m in evaluation.methodes:
        t = m.bilan.total
        lignes.append(
            f"{m.nom:34}{_f(t.precision):>10}{_f(t.rappel):>9}{_f(m.bilan.micro_f1):>10}{_f(m.bilan.macro_f1):>10}"
        )
    attendus = sum(evaluation.methodes[0].bilan.total.__dict__[c] for c in ("vrais", "oublis"))
    lignes += ["", "Par confiance (intervalle de Wilson à 95 %)"]
    for niveau, c in evaluation.par_confiance.items():
        bas, haut = wilson(c.vrais, c.vrais + c.faux)
        lignes.append(
            f"  {niveau:10} précision {_f(c.precision)} [{_f(bas)} ; {_f(haut)}]"
            f"  part des étiquettes attendues {_f(c.vrais / attendus if attendus else None)}"
        )
    lignes += ["", f"{'activité':40}{'attendues':>10}{'précision [Wilson]':>26}{'rappel [Wilson]':>26}"]
    for id_, c in sorted(evaluation.methodes[0].bilan.par_activite.items()):
        lignes.append(
            f"{id_:40}{c.vrais + c.oublis:>10}{_intervalle(c.vrais, c.vrais + c.faux):>26}"
            f"{_intervalle(c.vrais, c.vrais + c.oublis):>26}"
        )
    return "\n".join(lignes) + "\n"


def _f(valeur: float | None) -> str:
    return "—" if valeur is None else f"{valeur:.3f}".replace(".", ",")


def _intervalle(succes: int, essais: int) -> str:
    if not essais:
        return "—"
    bas, haut = wilson(succes, essais)
    return f"{_f(succes / essais)} [{bas:.2f} ; {haut:.2f}]".replace(".", ",")


def apprendre_et_ecrire(textes: Path, modele: Path, mesures: Path, *, date: dt.date) -> Evaluation:
    """Learn the model from all the texts, measure it by cross-validation, write both files.

    Raises:
        ErreurUtilisateur: the texts cannot be used.
    """
    activites = activites_du_savoir()
    reperage = Automate(activites)
    lus = lire_textes_lus(textes, activites)
    evaluation = evaluer(textes)
    appris = apprendre(lus, activites, reperage, seuil=SEUIL, seuil_haute=SEUIL_HAUTE)
    provenance = {
        "textes": textes.name,
        "nombre": str(len(lus)),
        "sha256": hashlib.sha256(textes.read_bytes()).hexdigest(),
        "date": date.isoformat(),
        "commande": "perenne activites apprendre",
    }
    modele.write_text(ecrire_modele(replace(appris, provenance=provenance)), encoding="utf-8")
    mesures.write_text(mesures_en_json(evaluation, lus, provenance), encoding="utf-8")
    return evaluation


def mesures_en_json(evaluation: Evaluation, lus: Sequence[TexteLu], provenance: Mapping[str, str]) -> str:
    """The counts that the pages of the activities show: no text in it."""
    complet: Methode = evaluation.methodes[0]
    contenu: dict[str, Any] = {
        "provenance": dict(provenance),
        "methodes": {m.nom: _resume(m.bilan) for m in evaluation.methodes},
        "confiance": {n: [c.vrais, c.faux] for n, c in evaluation.par_confiance.items()},
        "activites": {a: [c.vrais, c.faux, c.oublis] for a, c in sorted(complet.bilan.par_activite.items())},
    }
    corps = ",\n".join(
        f"{json.dumps(cle)}: {json.dumps(valeur, ensure_ascii=False)}" for cle, valeur in contenu.items()
    )
    return "{\n" + corps + "\n}\n"


def _resume(bilan: Bilan) -> dict[str, float]:
    t = bilan.total
    return {
        "precision": round(t.precision or 0, 3), "rappel": round(t.rappel or 0, 3),
        "micro_f1": round(bilan.micro_f1, 3), "macro_f1": round(bilan.macro_f1, 3),
    }  # fmt: skip
