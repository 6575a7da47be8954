"""The learnt numbers as a small JSON file, kept with the code: readable, comparable, no pickle."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from perenne.domain.classement.modele import Lineaire, Modele

FICHIER = "modele.json"


def chemin_du_modele() -> Path:
    """Where the model shipped with the code is."""
    return Path(str(resources.files("perenne.pipeline.classement") / FICHIER))


@cache
def modele_livre() -> Modele:
    """The model shipped with the code."""
    return lire_modele(chemin_du_modele().read_text(encoding="utf-8"))


def lire_modele(texte: str) -> Modele:
    """The model written by `ecrire_modele`.

    Raises:
        KeyError, ValueError: the text is not such a model.
    """
    brut: dict[str, Any] = json.loads(texte)
    return Modele(
        coefficients=brut["coefficients"],
        fiabilites={
            (activite, motif): (vus, justes)
            for activite, motifs in brut["fiabilites"].items()
            for motif, (vus, justes) in motifs.items()
        },
        lineaires={
            activite: Lineaire(biais=lineaire["biais"], poids=lineaire["poids"])
            for activite, lineaire in brut["lineaires"].items()
        },
        seuil=brut["seuil"],
        seuil_haute=brut["seuil_haute"],
        provenance=brut["provenance"],
    )


def ecrire_modele(modele: Modele) -> str:
    """A stable text: keys sorted, one activity per line, weights rounded to three decimals."""
    fiabilites: dict[str, dict[str, tuple[int, int]]] = {}
    for (activite, motif), comptes in sorted(modele.fiabilites.items()):
        fiabilites.setdefault(activite, {})[motif] = comptes
    lineaires = {
        activite: {
            "biais": round(lineaire.biais, 3),
            "poids": {u: round(p, 3) for u, p in sorted(lineaire.poids.items()) if round(p, 3)},
        }
        for activite, lineaire in sorted(modele.lineaires.items())
    }
    blocs = {
        "provenance": dict(modele.provenance),
        "seuil": modele.seuil,
        "seuil_haute": modele.seuil_haute,
        "coefficients": {t: round(c, 3) for t, c in modele.coefficients.items()},
    }
    lignes = [f"{_json(nom)}: {_json(valeur)}" for nom, valeur in blocs.items()]
    for nom, contenu in (("fiabilites", fiabilites), ("lineaires", lineaires)):
        corps = ",\n".join(f"  {_json(cle)}: {_json(valeur)}" for cle, valeur in contenu.items())
        lignes.append(f"{_json(nom)}: {{\n{corps}\n}}" if corps else f"{_json(nom)}: {{}}")
    return "{\n" + ",\n".join(lignes) + "\n}\n"


def _json(valeur: Any) -> str:
    return json.dumps(valeur, ensure_ascii=False)
