"""An indicator of the atlas: what it measures, its fragile side, how it adds up, which needs it tells."""

from __future__ import annotations

from typing import Annotated, Literal

from perenne.domain.savoir.commun import Confiance, Provenance, Ref, Source, fiche

Sens = Literal["plus_haut", "plus_bas", "contexte"]
"""Which way is a fragility: the higher, the lower, or neither (context only, never counted as a need)."""

Agregation = Literal["somme", "rapport", "taux-annuel", "moyenne-ponderee", "aucune"]
"""How several communes make one territory.

somme: values add. rapport: `facteur` × sum of numerators / sum of denominators, exact. taux-annuel: yearly
growth
from the sums of
the first and last populations, exact. moyenne-ponderee: mean weighted by the denominators, an
approximation. aucune: not aggregated.
"""


@fiche
class BesoinDocumente:
    """A need that an indicator says something of, and why."""

    besoin: Annotated[str, Ref("besoin")]
    pourquoi: str
    provenance: Provenance = "proposition"


@fiche
class Indicateur:
    """An indicator.

    Attributes:
        libelle: full name, as in the head of a table.
        libelle_court: at most 40 characters, for a chart.
        phrase: a sentence with `{valeur}`, `{territoire}` and `{millesime}` that an élu reads aloud,
            without final dot.
        comparatif: how the value is said against others (« plus que », « une hausse plus forte que »), for
            a value above them.
        comparatif_bas: the same for a value below them.
        theme: heading under which the note shows it.
        unite: unit of the value (« % », « € par an », « habitants »…).
        decimales: decimals shown.
        formule: how it is computed, from which columns of the source.
        facteur: what the ratio is multiplied by (100 for %, 1000 for ‰, 1 for a plain ratio).
        duree_annees: years between the two populations of a yearly rate.
        poids: what the denominator of a weighted mean counts.
        agregation_limites: what is lost when communes are put together.
        besoins: needs it documents.
        critere_cget: which of the three CGET criteria it measures, if any.
        serie: whether several vintages make a trend.
        mailles: types of territories the producer publishes.
        limites: what it does not say.
    """

    id: str
    libelle: str
    libelle_court: str
    phrase: str
    comparatif: str = "plus que"
    comparatif_bas: str = "moins que"
    theme: Literal["population", "revenus", "emploi", "habitat", "services"]
    unite: str
    decimales: int = 1
    sens: Sens
    formule: str
    agregation: Agregation
    facteur: float = 100.0
    duree_annees: float = 0.0
    poids: str = ""
    agregation_limites: str = ""
    besoins: tuple[BesoinDocumente, ...] = ()
    critere_cget: Literal["population", "emploi", "pauvrete"] | None = None
    serie: bool = False
    mailles: tuple[str, ...] = ()
    limites: str = ""
    confiance: Confiance = "B"
    sources: tuple[Source, ...]
