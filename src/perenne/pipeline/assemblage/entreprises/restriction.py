"""The whole country, or only some départements: what stands there, and what is named there."""

from __future__ import annotations

import ibis

from perenne.pipeline.assemblage.contexte import Contexte


def restreindre(contexte: Contexte) -> None:
    """Create `unite`, `etab` and `registre_situe` from what was selected.

    With départements, a unit that nothing locates is left out, and counted.
    """
    masse = contexte.masse
    choisies, etabs, registres = (masse.table(n) for n in ("unite_choisie", "etab_choisi", "registre_trouve"))
    if not contexte.departements:
        masse.voir("unite", choisies)
        masse.voir("etab", etabs)
        masse.voir("registre_situe", registres)
        return
    departements = sorted(contexte.departements)
    masse.materialiser("etab", etabs.filter(etabs.departement.isin(departements)))
    locaux, assos = masse.table("etab"), masse.table("asso")
    nommes = registres.filter(registres.departement.isin(departements) & registres.siren.notnull())
    masse.materialiser(
        "siren_local",
        ibis.union(
            locaux.select("siren"),
            assos.filter(assos.siret.notnull()).select(siren=assos.siret.left(9)),
            nommes.select("siren"),
            distinct=True,
        ),
    )
    sirens = masse.table("siren_local")
    masse.materialiser("unite", choisies.semi_join(sirens, "siren"))
    situes = registres.filter(registres.departement.notnull())
    ailleurs = registres.filter(registres.departement.isnull()).semi_join(sirens, "siren")
    masse.materialiser("registre_situe", ibis.union(situes, ailleurs))
    ecart = masse.compter(choisies) - masse.compter(masse.table("unite"))
    if ecart:
        contexte.remarquer(
            "entreprises",
            f"Départements {', '.join(departements)} : {ecart} unités d'ailleurs, ou que rien "
            "ne situe, laissées de côté.",
        )
