"""What comparable territories hold, where the same registers were read: one without any counts as zero."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import ibis
import numpy as np
import pyarrow as pa

from perenne.domain.territoire.identite import Territoire
from perenne.domain.territoire.mesures import Strate
from perenne.domain.territoire.offre import COUCHES
from perenne.domain.territoire.offre_comparaison import POUR
from perenne.domain.territoire.offre_lecture import profil
from perenne.domain.territoire.strates import choisir_strate, nommer_strate
from perenne.pipeline.assemblage.contexte import Contexte
from perenne.pipeline.moteur import Moteur
from perenne.pipeline.moteurs.interface import MoteurDeMasse

TYPES = ("commune", "epci", "departement", "region")
_COLONNES = ("type", "code", "nom", "population", "densite")
_MEMBRES = pa.schema(
    [("type", pa.string()), ("code", pa.string()), ("habitants", pa.int64()), ("strate", pa.string())]
    + [(f"profil_{c}", pa.string()) for c in COUCHES]
)


QUANTILES = {"quartile_bas": 0.25, "mediane": 0.5, "quartile_haut": 0.75}
_CLE = ("strate", "profil", "sujet")


def exprimer(masse: MoteurDeMasse) -> Any:
    """The rows of `offre_groupe`, from `atl_offre` and the group of each territory (`repartir`).

    Only territories that hold some operator are sorted: the zeros of the others are known without being
    written, which spares two million rows.
    """
    membres, offre = masse.table("offre_membre"), masse.table("atl_offre")
    besoins = masse.table("atl_activite_besoin")
    sujets = ibis.union(
        offre.select("sujet"), besoins.select(sujet=besoins.besoin), besoins.select(sujet=besoins.activite),
        distinct=True,
    )  # fmt: skip
    return ibis.union(*(_couche(membres, offre, sujets, c) for c in COUCHES))


def _couche(membres: Any, offre: Any, sujets: Any, couche: str) -> Any:
    """Territories where nothing that feeds the layer was read are not zeros: they are left out."""
    lus = membres.filter(membres[f"profil_{couche}"] != "")
    lus = lus.select("type", "code", "habitants", "strate", profil=lus[f"profil_{couche}"])
    groupes = lus.group_by("strate", "profil").agg(
        compares=lus.count(), habitants=_entier(lus.habitants.sum())
    )
    tenus = lus.join(offre.filter(offre[couche] > 0), ["type", "code"])
    tenus = tenus.select(
        *_CLE, nombre=tenus[couche], taux=tenus[couche].cast("float64") * POUR / tenus.habitants
    )
    fenetre = ibis.window(group_by=[tenus[c] for c in _CLE], order_by=tenus.taux)
    ranges = tenus.mutate(rang=ibis.row_number().over(fenetre))
    ranges = ranges.join(tenus.group_by(*_CLE).agg(tenant=tenus.count()), list(_CLE)).join(
        groupes, ["strate", "profil"]
    )
    ranges = ranges.mutate(zeros=ranges.compares - ranges.tenant)
    resumes = ranges.group_by(*_CLE).agg(
        operateurs=_entier(ranges.nombre.sum()),
        **{nom: _quantile(ranges, part) for nom, part in QUANTILES.items()},
    )
    tous = groupes.cross_join(sujets)
    jointes = tous.left_join(resumes, list(_CLE))
    zeros = {c: resumes[c].fill_null(0) for c in ("operateurs", *QUANTILES)}
    return jointes.select(tous, **zeros, couche=ibis.literal(couche))


def _quantile(ranges: Any, part: float) -> Any:
    """Linear interpolation between the two nearest ranks, the zeros first."""
    place = (ranges.compares - 1) * part
    bas = place.floor().cast("int64")

    def valeur(rang: Any) -> Any:
        return ranges.taux.max(where=ranges.rang == rang - ranges.zeros).fill_null(0.0)

    reste = (place - bas).max()
    return valeur(bas) * (1 - reste) + valeur(bas + 1) * reste


def _entier(somme: Any) -> Any:
    """DuckDB widens a sum of integers to a type that Parquet does not have; Ibis does not know it."""
    return somme.cast("float64").cast("int64")


def repartir(contexte: Contexte) -> pa.Table:
    """The group of each inhabited territory, layer by layer; small: the driver does it."""
    moteur, masse = contexte.moteur, contexte.masse
    territoires = [
        Territoire(**dict(zip(_COLONNES, ligne[:-1], strict=True)), drom=bool(ligne[-1]))
        for ligne in moteur.lignes(
            "SELECT type, code, nom, population, densite, coalesce(drom, 0) FROM atl_territoire "
            "WHERE type IN ('commune', 'epci', 'departement', 'region') ORDER BY type, code"
        )
    ]
    effectifs = _Effectifs(territoires)
    departements = _departements(moteur)
    lus: dict[str, set[str]] = defaultdict(set)
    lectures = masse.table("atl_offre_lecture").select("departement", "registre").distinct()
    for departement, registre in masse.lignes(lectures):
        lus[departement].add(registre)
    profils: dict[tuple[str, ...], list[str]] = {}
    lignes = []
    for t in territoires:
        if not t.population:
            continue
        cle = departements.get((t.type, t.code), ())
        if cle not in profils:
            profils[cle] = [profil(c, {d: lus[d] for d in cle}) for c in COUCHES]
        strate = nommer_strate(choisir_strate(t, effectifs.compter))
        lignes.append((t.type, t.code, t.population, strate, *profils[cle]))
    colonnes: list[Sequence[Any]] = list(zip(*lignes, strict=True)) if lignes else [()] * len(_MEMBRES)
    return pa.table(
        [pa.array(c, champ.type) for c, champ in zip(colonnes, _MEMBRES, strict=True)], schema=_MEMBRES
    )


def _departements(moteur: Moteur) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """The départements of each territory."""
    trouves: dict[tuple[str, str], set[str]] = defaultdict(set)
    for type_, code, departement in moteur.lignes(
        """
        SELECT DISTINCT c.type, c.code, t.departement FROM atl_composition c
        JOIN atl_territoire t ON t.type = 'commune' AND t.code = c.commune
        WHERE c.type <> 'qpv' AND t.departement IS NOT NULL
        UNION ALL SELECT type, code, departement FROM atl_territoire
        WHERE type = 'commune' AND departement IS NOT NULL
        """
    ):
        trouves[(type_, code)].add(departement)
    return {cle: tuple(sorted(d)) for cle, d in trouves.items()}


class _Effectifs:
    """How many territories a stratum holds, as the atlas counts them."""

    def __init__(self, territoires: Sequence[Territoire]) -> None:
        self._types = np.array([t.type for t in territoires], dtype=object)
        self._drom = np.array([t.drom for t in territoires], dtype=bool)
        self._densite = np.array([t.densite or 0 for t in territoires], dtype=np.int64)
        self._population = np.array(
            [np.nan if t.population is None else t.population for t in territoires], dtype=np.float64
        )
        self._connus: dict[Strate, int] = {}

    def compter(self, strate: Strate) -> int:
        """Count, once a stratum."""
        if strate not in self._connus:
            dedans = (self._types == strate.type) & (self._drom == strate.drom)
            if strate.densites:
                dedans &= np.isin(self._densite, strate.densites)
            if strate.population_min is not None:
                dedans &= self._population >= strate.population_min
            if strate.population_max is not None:
                dedans &= self._population < strate.population_max
            self._connus[strate] = int(dedans.sum())
        return self._connus[strate]
