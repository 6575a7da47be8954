"""Census figures and areas, read in a derived file because the official ones could not be seen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from perenne.pipeline.gabarits import mesure, nombre
from perenne.pipeline.notice import Notice

ANNEES = 6


def transformer(brut: Any, notice: Notice) -> Mapping[str, Any]:
    """Tables `mesure` and `attribut`; a zero population means « not observed » in this file."""
    lu = brut.select(
        "code_insee", **{c: nombre(brut[c]) for c in notice.colonnes if c != "code_insee"}
    ).mutate(
        population_2015=lambda t: t.population_2015.nullif(0),
        population_2021=lambda t: t.population_2021.nullif(0),
    )
    lu = lu.mutate(
        population_2021=ibis.ifelse(
            lu.code_insee.startswith("976"), ibis.null().cast("float64"), lu.population_2021
        )
    )

    def rapport(indicateur: str, haut: Any, bas: Any, facteur: float) -> Any:
        bas = bas.nullif(0)
        ok = haut.notnull() & bas.notnull() & lu.population_2021.notnull()
        rien = ibis.null().cast("float64")
        return lu.select(
            **mesure(
                lu.code_insee,
                indicateur,
                notice.mesures[indicateur].millesime or notice.millesime,
                ibis.ifelse(ok, facteur * haut / bas, rien),
                numerateur=ibis.ifelse(ok, haut, rien),
                denominateur=ibis.ifelse(ok, bas, rien),
            )
        )

    croissance = 100 * ((lu.population_2021 / lu.population_2015) ** (1 / ANNEES) - 1)
    return {
        "mesure": ibis.union(
            lu.select(**mesure(lu.code_insee, "population", "2015", lu.population_2015)),
            lu.select(**mesure(lu.code_insee, "population", "2021", lu.population_2021)),
            lu.select(
                **mesure(
                    lu.code_insee,
                    "evolution-population",
                    notice.mesures["evolution-population"].millesime,
                    croissance,
                    numerateur=lu.population_2021,
                    denominateur=lu.population_2015,
                )
            ),
            rapport("solde-naturel", lu.naissances_2022 - lu.deces_2022, lu.population_2021, 1000),
            rapport("taille-menages", lu.population_2021, lu.menages_2021, 1),
            rapport("taux-chomage", lu.pop_15_64_chomage_2021, lu.pop_15_64_active_2021, 100),
            rapport("taux-activite", lu.pop_15_64_active_2021, lu.pop_15_64_totale_2021, 100),
            distinct=False,
        ),
        "attribut": brut.select(
            code=brut.code_insee, attribut=ibis.literal("superficie_km2"), valeur=brut.superficie_km2
        ),
    }
