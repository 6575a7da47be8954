"""Joins the cases to the atlas: density, région and zonings of their commune, when it is known."""

from __future__ import annotations

from perenne.atlas.lecteur import Atlas
from perenne.atlas.valeurs import appartenances
from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.territoire.identite import Cle
from perenne.domain.territoire.precedents import SituationCas


def situer_cas(atlas: Atlas, savoir: BaseSavoir) -> dict[str, SituationCas]:
    """The situation of every case.

    A commune that the study only makes probable is used too: it says a surroundings, not a fact. A commune
    that
    the atlas does not know (merged since) is followed to the present one.
    """
    demandees = {c.implantation.commune for c in savoir.cas.values() if c.implantation.commune}
    communes = atlas.territoires("commune", demandees)
    for code in demandees - communes.keys():
        suivies = [atlas.territoire(Cle(type="commune", code=f.code_actuel)) for f in atlas.filiations(code)]
        if len(suivies) == 1 and suivies[0] is not None:
            communes[code] = suivies[0]
    departements = atlas.territoires("departement", {c.implantation.departement for c in savoir.cas.values()})
    zonages: dict[str, set[str]] = {}
    for a in appartenances(atlas, "commune", {t.code for t in communes.values()}):
        zonages.setdefault(a.code, set()).add(a.zonage)
    resultat = {}
    for cas in savoir.cas.values():
        commune = communes.get(cas.implantation.commune)
        departement = departements.get(cas.implantation.departement)
        dits = {z.zonage for z in cas.zonages}
        lieu = commune or departement
        resultat[cas.id] = SituationCas(
            densite=commune.densite if commune is not None else None,
            drom=lieu.drom if lieu is not None else None,
            region=lieu.region if lieu is not None else cas.implantation.region,
            zonages=frozenset(dits | (zonages.get(commune.code, set()) if commune is not None else set())),
        )
    return resultat
