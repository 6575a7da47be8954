"""Simpler ways to classify, to compare with: first patterns of a file, TF-IDF and a linear model."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import yaml

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.services.classement.apprentissage import forme_de, plis
from perenne.services.classement.textes_lus import TexteLu

EXEMPLES_TFIDF = 2
SEUIL_TFIDF = 0.4
"""The best of 0.2 to 0.6 on the same texts: the comparison is kind to TF-IDF."""


def motifs_d_un_fichier(lus: Sequence[TexteLu], fichier: Path) -> list[set[str]]:
    """Activities with a `strong` pattern and no `exclude` one, patterns written for Python's `re`.

    Raises:
        ErreurUtilisateur: the file is not such a YAML.
    """
    enveloppe = r"(?<![a-z0-9])(?:{})"
    try:
        brut = yaml.safe_load(fichier.read_text(encoding="utf-8"))
        motifs = {
            a["id"]: tuple(
                re.compile("|".join(enveloppe.format(m) for m in a["patterns"][cle]) or r"(?!)")
                for cle in ("strong", "exclude")
            )
            for a in brut["activites"]
        }
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError, re.error):
        raise ErreurUtilisateur(
            f"Le fichier de motifs {fichier} ne peut pas être lu.",
            conseil="Il faut un YAML : activites, chacune avec id et patterns (strong, exclude).",
        ) from None
    formes = [forme_de(lu) for lu in lus]
    return [
        {a for a, (fort, exclu) in motifs.items() if fort.search(f) and not exclu.search(f)} for f in formes
    ]


def tfidf_valide(
    lus: Sequence[TexteLu], ids: Sequence[str], k: int = 5, graine: int = 1
) -> list[set[str]] | None:
    """TF-IDF of words and pairs, one model per activity, cross-validated; None without scikit-learn."""
    if importlib.util.find_spec("sklearn") is None:
        return None
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415 — an optional extra
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    formes = [forme_de(lu) for lu in lus]
    donnes: list[set[str]] = [set() for _ in lus]
    for pli in plis(len(lus), k, graine):
        dehors = sorted(pli.tolist())
        dedans = [i for i in range(len(lus)) if i not in set(dehors)]
        mesure = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
        x = mesure.fit_transform([formes[i] for i in dedans])
        z = mesure.transform([formes[i] for i in dehors])
        for activite in ids:
            y = np.array([activite in lus[i].activites for i in dedans])
            if y.sum() < EXEMPLES_TFIDF:
                continue
            lineaire = LogisticRegression(C=10, class_weight="balanced", solver="liblinear").fit(x, y)
            for i, p in zip(dehors, lineaire.predict_proba(z)[:, 1], strict=True):
                if p > SEUIL_TFIDF:
                    donnes[i].add(activite)
    return donnes
