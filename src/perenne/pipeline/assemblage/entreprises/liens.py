"""Which association of the national register each legal unit is: by number, by SIRET, by name and commune."""

from __future__ import annotations

from typing import Any

import ibis
import pyarrow as pa

from perenne.pipeline.assemblage.contexte import Contexte
from perenne.pipeline.noyaux.rapprochement import rapprocher

CONFIANCE = {"numero": 0.99, "siret": 0.95}
"""An ordering agreed upon, not measured: a number given by the unit, then one given by the association."""

RETENU, DOUBLON, TROP_GRAND = "retenu", "doublon-possible", "trop-grand"

_LIEN = pa.schema(
    [
        ("siren", pa.string()),
        ("rna", pa.string()),
        ("methode", pa.string()),
        ("confiance", pa.float64()),
        ("statut", pa.string()),
    ]
)


def etablir(contexte: Contexte) -> None:
    """Create `lien(siren, rna, methode, confiance, statut)`, and `atl_entreprise_lien`.

    A legal unit and an association are taken as one at most once; every other pair is kept as a possible
    duplicate. A unit that asked not to be shown is never linked: the link would name it.
    """
    masse = contexte.masse
    unites = masse.table("unite")
    visibles = unites.filter(unites.diffusible).select("siren", numero=unites.rna)
    assos = masse.table("asso").select("rna", "rna_ancien", "siret", "etat")
    anciens = assos.filter(assos.rna_ancien.notnull())
    numeros = ibis.union(
        assos.select("rna", "etat", numero="rna"), anciens.select("rna", "etat", numero="rna_ancien")
    )
    sirets = assos.filter(assos.siret.notnull()).select("rna", "etat", siren=assos.siret.left(9))

    def lier(methode: str, jointes: Any) -> Any:
        return jointes.select(
            "siren",
            "rna",
            "etat",
            methode=ibis.literal(methode),
            # from a text: a literal number would be a decimal for one of the engines
            confiance=ibis.literal(str(CONFIANCE[methode])).cast("float64"),
        )

    par_numero = lier("numero", visibles.filter(visibles.numero.notnull()).join(numeros, "numero"))
    par_siret = lier("siret", visibles.select("siren").join(sirets, "siren"))
    masse.materialiser("paire", ibis.union(par_numero, par_siret))
    masse.materialiser("lien_sur", _un_a_un(masse.table("paire")))
    _par_nom(contexte)
    surs, noms = masse.table("lien_sur"), masse.table("lien_nom")
    nouveaux = noms.filter(noms.statut != TROP_GRAND).anti_join(surs, ["siren", "rna"])
    masse.materialiser("lien", ibis.union(surs, nouveaux))
    masse.voir("atl_entreprise_lien", masse.table("lien"))


def _un_a_un(paires: Any) -> Any:
    """One link a pair, then one retained link a unit and an association, the surest and active one first."""
    par_paire = ibis.row_number().over(
        ibis.window(group_by=[paires.siren, paires.rna], order_by=[paires.confiance.desc(), paires.etat])
    )
    uniques = paires.mutate(_r=par_paire).filter(lambda t: t._r == 0).drop("_r")

    def rang(cle: str, autre: str) -> Any:
        ordre = [uniques.confiance.desc(), (uniques.etat != "A").cast("int8"), uniques[autre].asc()]
        return ibis.row_number().over(ibis.window(group_by=uniques[cle], order_by=ordre))

    classes = uniques.mutate(_u=rang("siren", "rna"), _a=rang("rna", "siren"))
    return classes.select(
        "siren",
        "rna",
        "methode",
        "confiance",
        statut=ibis.ifelse((classes._u == 0) & (classes._a == 0), RETENU, DOUBLON),
    )


def _par_nom(contexte: Contexte) -> None:
    """Associations of Sirene and of the register left alone, of the same name in the same commune."""
    masse = contexte.masse
    unites, assos, formes, etabs, liens = (
        masse.table(n) for n in ("unite", "asso", "forme_au_jour", "etab", "lien_sur")
    )
    lies = liens.filter(liens.statut == RETENU)
    places = etabs.filter(etabs.siege & etabs.commune.notnull())
    # of several seats, which are an error of the file, the one of the smallest number
    sieges = places.group_by("siren").agg(place=(places.siret + places.commune).min())
    sieges = sieges.select("siren", commune=sieges.place.substr(14))
    gauche = (
        unites.filter(unites.diffusible & unites.nom.notnull())
        .semi_join(formes.filter(formes.association), "forme")
        .anti_join(lies, "siren")
        .join(sieges, "siren")
        .select("siren", "nom", "commune")
    )
    droite = (
        assos.filter(assos.nom.notnull() & assos.commune.notnull())
        .anti_join(lies, "rna")
        .select("rna", "nom", "commune")
    )
    gauche, droite = (c.mutate(groupe=c.commune.left(2)) for c in (gauche, droite))
    masse.apparier("lien_nom", gauche, droite, "groupe", noyau=apparier_noms, schema=_LIEN)
    liens = masse.table("lien_nom")
    trop_grands = masse.compter(liens.filter(liens.statut == TROP_GRAND))
    if trop_grands:
        contexte.remarquer(
            "entreprises", f"Rapprochement par le nom : {trop_grands} groupes trop grands pour être comparés."
        )


def apparier_noms(gauche: pa.Table, droite: pa.Table) -> pa.Table:
    """The links by name within the same communes; and one row a group too large to be compared."""
    sirens, rnas = gauche.column("siren").to_pylist(), droite.column("rna").to_pylist()
    a, b = (
        list(zip(cote.column("nom").to_pylist(), cote.column("commune").to_pylist(), strict=True))
        for cote in (gauche, droite)
    )
    paires, trop_grands = rapprocher(a, b)
    statuts = [RETENU if p.retenue else DOUBLON for p in paires] + [TROP_GRAND] * trop_grands
    return pa.table(
        {
            "siren": [sirens[p.gauche] for p in paires] + [None] * trop_grands,
            "rna": [rnas[p.droite] for p in paires] + [None] * trop_grands,
            "methode": ["nom-commune"] * len(statuts),
            "confiance": [p.confiance for p in paires] + [None] * trop_grands,
            "statut": statuts,
        },
        schema=_LIEN,
    )
