"""The points of a recommendation: our conventions, few and round, never fitted to the cases.

    points of an action = Σ effects on criteria + Σ signals + stage + needs + means

Each term is printed and their sum orders the actions. It is a score of the action for a situation, never of
the enterprise. `docs/explications/recommandation.md` says why these values.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from perenne.domain.savoir.leviers import Poids

POINTS: Mapping[Poids, float] = {"fort": 3.0, "moyen": 2.0, "faible": 1.0}
"""Points of an effect on a missing criterion, and of a true signal."""

ECART: Mapping[str, float] = {"oui": 0.0, "moyen": 0.5, "non": 1.0}
"""How much is missing, by answer to a criterion. No answer never counts."""

STADE: Mapping[str, float] = {"oui": 1.0, "avec_prudence": -1.0, "non": -3.0}
"""Points of the fit with the stage; a stage of which nothing is said gives none."""

CRITERES_DU_BESOIN = ("T1", "C1")
"""A documented need strengthens the actions that bring the activity nearer to it, or write it in a policy."""

BESOIN: Mapping[str, float] = {"marque": 1.0, "present": 0.5}
"""Points by level of the need on the territory: fewer than a signal, which is proper to the enterprise."""

AMBITION = 2.0
"""Points of a need that the actor says it wants to answer first, wherever it is documented or not."""

HORS_MOYENS = -2.0
"""No instrument of the action is of a kind that the actor says it can use."""

TETE = 5
"""How many actions come first: what `changerait si` speaks of."""

NatureContribution = Literal["critere", "signal", "stade", "besoin", "moyens"]
