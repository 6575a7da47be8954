"""Columns give the points of the one-by-one path, whatever is known."""

from __future__ import annotations

import random

import numpy as np

from perenne.domain.leviers.classement import classer
from perenne.domain.leviers.lot import en_colonnes, points_par_lot, premieres
from perenne.domain.leviers.modele import Modele
from perenne.domain.regles.evaluation import Valeur


def _tirer(modele: Modele, n: int) -> list[dict[str, Valeur]]:
    hasard = random.Random(7)
    champs = {f: v for f, v in modele.variantes.items() if v}
    return [{f: hasard.choice(v) for f, v in champs.items() if hasard.random() < 0.6} for _ in range(n)]


def test_columns_and_one_by_one_agree_on_every_action(modele: Modele) -> None:
    faits = _tirer(modele, 300)
    colonnes = en_colonnes(faits, sorted(modele.lecteurs))
    # Three unequal batches: the cut must not be seen.
    lots = np.concatenate(list(points_par_lot(modele, colonnes, taille=128)))
    attendu = np.array([[g.total(f) for g in modele.grilles] for f in faits])
    assert lots.shape == (300, len(modele.actions))
    assert np.array_equal(lots, attendu)


def test_the_first_actions_are_those_of_the_single_path(modele: Modele) -> None:
    faits = _tirer(modele, 50)
    colonnes = en_colonnes(faits, sorted(modele.lecteurs))
    points = np.concatenate(list(points_par_lot(modele, colonnes)))
    attendu = [
        list(classer(modele.actions, [g.total(f) for g in modele.grilles], modele.nombre_de_cas()))[:5]
        for f in faits
    ]
    assert premieres(modele, points).tolist() == attendu


def test_nothing_known_gives_no_point(modele: Modele) -> None:
    colonnes = en_colonnes([{}, {}], sorted(modele.lecteurs))
    assert not next(points_par_lot(modele, colonnes)).any()
