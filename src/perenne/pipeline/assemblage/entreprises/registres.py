"""The lists of structures: gathered, and each row brought to its current commune."""

from __future__ import annotations

from collections import defaultdict

import ibis
import pyarrow as pa

from perenne.domain.texte import normaliser
from perenne.pipeline.assemblage.contexte import Contexte
from perenne.pipeline.assemblage.entreprises.sources import reunir


def situer(contexte: Contexte) -> None:
    """Create `registre_trouve`: the rows of every list, with `commune` and `departement` when known.

    A list without codes gives a name and a département: the commune of that name there, if there is only one.
    """
    masse = contexte.masse
    masse.materialiser("registre_lu", reunir(contexte, "registre").distinct())
    _noms(contexte)
    lus, communes, nommees = (masse.table(n) for n in ("registre_lu", "commune_de", "commune_nommee"))
    codes = lus.left_join(communes, "code_commune").select(
        lus, commune=communes.commune, departement_du_code=communes.departement
    )
    # a name is looked for only where the code led nowhere
    cherches = codes.mutate(cherchee=codes.commune.isnull().ifelse(codes.commune_nom, ibis.null("string")))
    trouves = cherches.left_join(
        nommees,
        [cherches.cherchee == nommees.commune_nom, cherches.departement == nommees.departement_lu],
    ).select(
        *(cherches[c] for c in lus.columns if c != "departement"),
        commune=cherches.commune.coalesce(nommees.commune),
        departement=ibis.coalesce(cherches.departement_du_code, nommees.departement, cherches.departement),
    )
    if contexte.departements:
        ailleurs = ~trouves.departement.isin(sorted(contexte.departements))
        trouves = trouves.filter(~ailleurs.fill_null(False))
    masse.materialiser("registre_trouve", trouves)


def _noms(contexte: Contexte) -> None:
    """Hand over `commune_nommee(commune_nom, departement_lu, commune, departement)`."""
    masse = contexte.masse
    actuelles = {a: (c, d) for a, c, d in masse.lignes(masse.table("commune_de"))}
    noms: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for nom, code in contexte.moteur.lignes(
        "SELECT nom, code FROM commune UNION ALL SELECT nom_ancien, code_actuel FROM atl_commune_mouvement"
    ):
        if code not in actuelles:
            continue
        commune, departement = actuelles[code]
        noms[(departement, _nom(nom or ""))].add((commune, departement))
        if departement in ("2A", "2B"):  # a postal code of Corsica does not say which
            noms[("20", _nom(nom or ""))].add((commune, departement))
    lus = masse.table("registre_lu")
    cherches = lus.filter(lus.commune_nom.notnull() & lus.departement.notnull())
    lignes = []
    for nom, departement in sorted(masse.lignes(cherches.select("commune_nom", "departement").distinct())):
        trouves = noms.get((departement, _nom(nom)), set())
        if len(trouves) == 1:
            lignes.append((nom, departement, *next(iter(trouves))))
    colonnes = list(zip(*lignes, strict=True)) if lignes else [()] * 4
    noms_colonnes = ("commune_nom", "departement_lu", "commune", "departement")
    masse.deposer(
        "commune_nommee",
        pa.table({n: pa.array(colonnes[i], pa.string()) for i, n in enumerate(noms_colonnes)}),
    )


_ABREGES = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}


def _nom(texte: str) -> str:
    """« ST-ETIENNE CEDEX 2 » and « Saint-Étienne » read the same; so does « Paris 18e Arrondissement »."""
    mots = []
    for mot in normaliser(texte).split():
        if mot in ("cedex", "arrondissement") or mot[0].isdigit():
            break
        mots.append(_ABREGES.get(mot, mot))
    return " ".join(mots)
