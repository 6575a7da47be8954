"""One row an enterprise: what the registers say of it put together, and its verdict."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import ibis
import numpy as np
import pyarrow as pa

from perenne.domain.ess.lot import VALEURS, coder, numeroter, table_de_decision
from perenne.pipeline.assemblage.contexte import Contexte
from perenne.pipeline.assemblage.entreprises.liens import RETENU
from perenne.pipeline.assemblage.entreprises.selection import REGISTRES_ESS
from perenne.pipeline.moteurs.interface import Noyau


def assembler(contexte: Contexte) -> None:
    """Create `atl_entreprise`, and `entreprise_decidee` with what the verdict was decided on."""
    masse = contexte.masse
    masse.materialiser("registre_ess", _registre_par_siren(contexte))
    masse.materialiser("siege", _sieges(masse.table("etab_situe")))
    liens = masse.table("lien")
    masse.voir("lie", liens.filter(liens.statut == RETENU).select("siren", "rna"))
    masse.materialiser("entreprise_brute", ibis.union(_unites(contexte), _associations_seules(contexte)))
    brutes, formes = masse.table("entreprise_brute"), masse.table("forme_au_jour")
    lues = brutes.left_join(formes, "forme").select(
        brutes,
        forme_ess=formes.forme_ess.fill_null(""),
        forme_sure=formes.forme_sure.fill_null(True),
        association=formes.association.fill_null(False),
    )
    schema = pa.schema([*masse.schema(lues), ("verdict", pa.string()), ("contradictions", pa.string())])
    masse.noyau("entreprise_decidee", lues, partial(fabriquer, schema), schema)
    masse.voir("atl_entreprise", _publier(contexte))


def _registre_par_siren(contexte: Contexte) -> Any:
    """What the lists that count for the verdict say of each unit; an agreement that is over says nothing."""
    registres, jour = contexte.masse.table("registre_situe"), contexte.jour.isoformat()
    valables = registres.filter(
        registres.siren.notnull()
        & registres.registre.isin(REGISTRES_ESS)
        & (registres.fin.isnull() | (registres.fin >= jour))
        & (registres.date.isnull() | (registres.date <= jour))
    )
    # places of the first establishment that has one; the lists break ties, so that an engine has no choice
    places = valables.mutate(
        lieu=ibis.struct(
            {
                "sans": valables.commune.isnull(),
                "siret": valables.siret.fill_null(""),
                "registre": valables.registre,
                "commune": valables.commune,
                "departement": valables.departement,
            }
        ),
        point=ibis.struct(
            {
                "sans": valables.lon.isnull() | valables.lat.isnull(),
                "siret": valables.siret.fill_null(""),
                "registre": valables.registre,
                "lon": valables.lon,
                "lat": valables.lat,
            }
        ),
    )
    groupes = places.group_by("siren").agg(
        ess_france=(places.registre == "ess-france").any(),
        siae=(places.registre == "siae").any(),
        esus=(places.registre == "esus").any(),
        nom=places.nom.min(),
        nom_usage=places.nom_usage.min(),
        lieu=places.lieu.min(),
        point=places.point.min(),
    )
    lieu, point = groupes.lieu, groupes.point
    return groupes.select(
        "siren", "ess_france", "siae", "esus", "nom", "nom_usage",
        commune=lieu["commune"], departement=lieu["departement"], lon=point["lon"], lat=point["lat"],
    )  # fmt: skip


def _sieges(etabs: Any) -> Any:
    """For each unit its active establishments, and the place of its seat; failing that, of an active one."""
    # the rank, then the number: a text of fifteen characters whose smallest says which establishment
    rang = ibis.cases((etabs.siege, "0"), (etabs.etat == "A", "1"), else_="2")
    ranges = etabs.mutate(ordre=rang + etabs.siret)
    groupes = ranges.group_by("siren").agg(
        actifs=ranges.count(where=(ranges.etat == "A").fill_null(False)),
        fermee_le=ranges.debut.max(where=ranges.siege & (ranges.etat == "F")),
        premier=ranges.ordre.min(),
        commune=(ranges.ordre + ranges.commune).min(),
        departement=(ranges.ordre + ranges.departement).min(),
    )
    groupes = groupes.mutate(siret=groupes.premier.substr(1))
    lieux = etabs.select("siret", "lon", "lat", "precision", "qpv_statut", "qpv")
    return groupes.join(lieux, "siret").select(
        "siren", "actifs", "fermee_le", "lon", "lat", "precision", "qpv_statut", "qpv",
        commune=groupes.commune.substr(15), departement=groupes.departement.substr(15),
    )  # fmt: skip


def _prefixe(table: Any, prefixe: str) -> Any:
    return table.rename(**{f"{prefixe}_{c}": c for c in table.columns})


def _unites(contexte: Contexte) -> Any:
    """The legal units, with their association, their lists and their seat."""
    masse = contexte.masse
    unites, assos, registres, sieges = (
        _prefixe(masse.table(n), p)
        for n, p in (("unite", "u"), ("asso", "a"), ("registre_ess", "r"), ("siege", "e"))
    )
    lies = masse.table("lie").rename(l_siren="siren", l_rna="rna")
    tous = ibis.union(
        masse.table("unite").select("siren"), masse.table("registre_ess").select("siren"), distinct=True
    )
    t = (
        tous.left_join(unites, tous.siren == unites.u_siren)
        .left_join(lies, tous.siren == lies.l_siren)
        .left_join(assos, lies.l_rna == assos.a_rna)
        .left_join(registres, tous.siren == registres.r_siren)
        .left_join(sieges, tous.siren == sieges.e_siren)
        .select(tous.siren, *_sauf(unites, "u_siren"), lies.l_rna, *_sauf(assos, "a_rna"),
                *_sauf(registres, "r_siren"), *_sauf(sieges, "e_siren"))
    )  # fmt: skip
    montrable = t.u_diffusible.fill_null(True)
    texte, reel = ibis.null("string"), ibis.null("float64")

    def visible(valeur: Any, sinon: Any) -> Any:
        return ibis.ifelse(montrable, valeur, sinon)

    return t.select(
        id=t.siren,
        siren=t.siren,
        rna=t.l_rna,
        nom=visible(ibis.coalesce(t.u_nom, t.a_nom, t.r_nom), texte),
        sigle=visible(ibis.coalesce(t.u_sigle, t.a_sigle, t.r_nom_usage), texte),
        forme=t.u_forme,
        mention=t.u_mention,
        mission=t.u_mission,
        naf=t.u_naf,
        creee_le=t.u_creee_le.coalesce(t.a_creee_le),
        etat_sirene=t.u_etat.fill_null(""),
        etat_rna=t.a_etat.fill_null(""),
        fermee_le=t.u_etat.cases(
            ("C", t.u_fermee_le.coalesce(t.e_fermee_le)), ("A", texte), else_=t.a_fermee_le
        ),
        effectif=t.u_effectif,
        annee_effectif=t.u_annee_effectif,
        employeur=t.u_employeur,
        objet=t.a_objet,
        objet_social1=t.a_objet_social1,
        objet_social2=t.a_objet_social2,
        commune=ibis.coalesce(t.e_commune, t.r_commune, t.a_commune),
        departement=ibis.coalesce(t.e_departement, t.r_departement, t.a_departement),
        lon=visible(t.e_lon.coalesce(t.r_lon), reel),
        lat=visible(t.e_lat.coalesce(t.r_lat), reel),
        precision=ibis.cases(
            (~montrable, "inconnu"),
            (t.e_lon.notnull(), t.e_precision),
            (t.r_lon.notnull(), "registre"),
            else_="inconnu",
        ),
        qpv_statut=t.e_qpv_statut.fill_null("inconnu"),
        qpv=t.e_qpv,
        etablissements_actifs=t.e_actifs,
        diffusible=montrable.cast("int64"),
        ess_france=t.r_ess_france.fill_null(False),
        esus=t.r_esus.fill_null(False),
        siae=t.r_siae.fill_null(False),
        rna_lie=t.l_rna.notnull(),
    )


def _sauf(table: Any, cle: str) -> list[Any]:
    """The columns of a joined table, its key aside."""
    return [table[c] for c in table.columns if c != cle]


def _associations_seules(contexte: Contexte) -> Any:
    """The associations that no legal unit is."""
    a = contexte.masse.table("asso").anti_join(contexte.masse.table("lie"), "rna")
    texte, reel, faux = ibis.null("string"), ibis.null("float64"), ibis.literal(False)
    return a.select(
        id=a.rna, siren=texte, rna=a.rna, nom=a.nom, sigle=a.sigle, forme=texte, mention=texte, mission=texte,
        naf=texte, creee_le=a.creee_le, etat_sirene=ibis.literal(""), etat_rna=a.etat, fermee_le=a.fermee_le,
        effectif=texte, annee_effectif=texte, employeur=texte, objet=a.objet, objet_social1=a.objet_social1,
        objet_social2=a.objet_social2, commune=a.commune, departement=a.departement, lon=reel, lat=reel,
        precision=ibis.literal("inconnu"), qpv_statut=ibis.literal("inconnu"), qpv=texte,
        etablissements_actifs=ibis.null("int64"), diffusible=ibis.literal(1).cast("int64"), ess_france=faux,
        esus=faux, siae=faux, rna_lie=ibis.literal(True),
    )  # fmt: skip


def _publier(contexte: Contexte) -> Any:
    """The columns of `entreprise`; a commune without any quartier is enough to be outside."""
    decidees, sans = (contexte.masse.table(n) for n in ("entreprise_decidee", "commune_sans_quartier"))
    dehors = (decidees.qpv_statut == "inconnu") & decidees.commune.isin(sans.commune)
    return decidees.mutate(
        qpv_statut=dehors.fill_null(False).ifelse("dehors", decidees.qpv_statut),
        etat=ibis.cases(
            (decidees.etat_sirene == "C", "fermee"),
            (decidees.etat_sirene == "A", "active"),
            (decidees.etat_rna == "C", "dissoute"),
            (decidees.etat_rna == "A", "active"),
            else_="inconnu",
        ),
    )


def fabriquer(schema: pa.Schema) -> Noyau:
    """The kernel of the verdicts."""
    return partial(decider_lot, schema=schema)


def decider_lot(lot: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
    """The rows with their verdict and their contradictions, by the kernel of the domain."""
    numeros = numeroter(_colonnes(lot))
    table = table_de_decision()
    verdicts = np.array([d.verdict for d in table], dtype=object)[numeros]
    contradictions = np.array([" ".join(d.contradictions) or None for d in table], dtype=object)[numeros]
    ajouts = [pa.array(verdicts, pa.string()), pa.array(contradictions, pa.string())]
    return pa.RecordBatch.from_arrays([*lot.columns, *ajouts], schema=schema)


def _colonnes(lot: pa.RecordBatch) -> Mapping[str, Any]:
    noms = {"forme": "forme_ess", "rna": "rna_lie"}

    def colonne(champ: str) -> Any:
        valeurs = lot.column(noms.get(champ, champ)).to_numpy(zero_copy_only=False)
        return coder(champ, valeurs) if isinstance(VALEURS[champ][0], str) else valeurs.astype(bool)

    return {champ: colonne(champ) for champ in VALEURS}
