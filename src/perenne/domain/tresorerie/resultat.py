"""Everything that one run of a plan tells, for the services and the reports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from perenne.domain.tresorerie.analyse import Attente, Bilan, Courbe
from perenne.domain.tresorerie.dates import Pas
from perenne.domain.tresorerie.effets import Effet
from perenne.domain.tresorerie.flux import Statut
from perenne.domain.tresorerie.levier import Levier
from perenne.domain.tresorerie.monte_carlo import Incertitude
from perenne.domain.tresorerie.plan import Plan
from perenne.domain.tresorerie.recherche import Combinaison
from perenne.domain.tresorerie.sensibilite import Hypothese


@dataclass(frozen=True, kw_only=True)
class Droit:
    """What the dated rules say of a lever: a word, and why; written by the services."""

    statut: str
    motifs: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Projet:
    """Money not yet signed: what signing it alone changes, and what happens when it alone does not come.

    Attributes:
        probabilite: chance of award in basis points, as the user gave it; None when not given.
        montant: what it brings within the horizon, cents.
        gain_signe: gain at the lowest point of the secured scenario when it is signed, cents.
        rupture_signe: rupture date of the secured scenario then.
        minimum_sans: lowest point of the hoped-for scenario when this one alone does not come, cents.
    """

    flux: str
    payeur: str
    probabilite: int | None
    montant: int
    gain_signe: int
    rupture_signe: dt.date | None
    minimum_sans: int


@dataclass(frozen=True, kw_only=True)
class Besoins:
    """What would be needed so that cash never goes below the cushion, in one scenario. None: impossible
    that way.

    Attributes:
        seuil: the cushion, cents.
        apport: sum to receive for good on `date_apport`.
        relais: relay loan from `date_relais` to `fin_relais`, cents.
        creance: the largest receivable awaited at the lowest point, whose part to advance is `quotite`.
        quotite: basis points of that receivable, advanced on `date_quotite`.
        acompte_flux, acompte_limite: latest date of the first instalment of the largest grant.
        combinaison: fewest levers that are enough together.
    """

    scenario: Statut
    seuil: int
    apport: int | None
    date_apport: dt.date
    relais: int | None
    date_relais: dt.date | None
    fin_relais: dt.date | None
    creance: Attente | None
    quotite: int | None
    date_quotite: dt.date | None
    acompte_flux: str
    acompte_limite: dt.date | None
    combinaison: Combinaison | None


@dataclass(frozen=True, kw_only=True)
class Resultat:
    """The answer.

    Attributes:
        bilans, courbes: by scenario, in the order securise, probable, espere.
        scenario: the one in which levers, needs and assumptions are measured.
        attentes: what is awaited at the lowest point, largest first.
        proposes: the levers were proposed by the software, not written by the user.
        droits: what the rules say of each lever by id at `droit_au`; empty when they were not asked.
        incertitudes: draws by scenario; empty when none were asked.
        avis: what the user must know about the reading.
    """

    plan: Plan
    pas: Pas
    bilans: tuple[Bilan, ...]
    courbes: tuple[Courbe, ...]
    scenario: Statut
    attentes: tuple[Attente, ...]
    hypotheses: tuple[Hypothese, ...]
    effets: tuple[Effet, ...]
    ensemble: Effet | None
    besoins: Besoins
    projets: tuple[Projet, ...]
    proposes: bool
    incertitudes: tuple[Incertitude, ...] = ()
    graine: int = 0
    droits: Mapping[str, Droit] = field(default_factory=dict)
    droit_au: dt.date | None = None
    avis: tuple[str, ...] = ()

    def bilan(self, scenario: Statut | None = None) -> Bilan:
        """The analysis of a scenario, the measured one by default."""
        voulu = scenario or self.scenario
        return next(b for b in self.bilans if b.scenario == voulu)

    def leviers(self) -> tuple[Levier, ...]:
        """The levers compared."""
        return tuple(e.levier for e in self.effets)
