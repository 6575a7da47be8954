"""Where each operator counts: at its active establishments, and where a list names it."""

from __future__ import annotations

from typing import Any

import ibis

from perenne.domain.territoire.offre_lecture import LISTES
from perenne.pipeline.moteurs.interface import MoteurDeMasse

EFFECTIFS_NULS = ("NN", "00")
"""Bands without an employee at the end of the year (knowledge/nomenclatures/tranches-effectifs.yaml)."""

_PLACE = (
    "operateur", "commune", "departement", "qpv_statut", "qpv", "couche", "ecarte", "nom", "source", "date",
)  # fmt: skip
_VIDE = ibis.null().cast("string")


def exprimer(masse: MoteurDeMasse) -> Any:
    """The rows of `offre_operateur`.

    An enterprise of the ESS counts in each commune where it has an active establishment that may be shown; at
    its seat when the atlas knows none of its establishments. It employs there if the establishment does, or,
    when that is not observed, if the enterprise does. A list adds the place that it gives, in the widest
    layer only.
    """
    entreprises = _qualifier(masse.table("atl_entreprise"))
    etabs, listes = masse.table("atl_etablissement"), masse.table("atl_entreprise_registre")
    listes = listes.filter(listes.registre.isin(list(LISTES)))
    connues = ibis.union(
        _etablissements(entreprises, etabs).select(*_PLACE),
        _sieges(entreprises, etabs, listes).select(*_PLACE),
    )
    places = ibis.union(connues, _nommees(entreprises, etabs, listes, connues).select(*_PLACE))
    places = _au_departement(places, masse.table("offre_territoire"))
    activites = _activites(masse.table("atl_entreprise_activite"), listes)
    jointes = places.join(activites, "operateur")
    return jointes.group_by(
        "operateur", "activite", "ecarte", "commune", "departement", "qpv_statut", "qpv", "source"
    ).agg(
        confiance=_plus_sure(jointes),
        couche=jointes.couche.max(),
        fiche=jointes.fiche.min(),
        nom=jointes.nom.min(),
        date=jointes.date.max(),
    )


def _plus_sure(lignes: Any) -> Any:
    rang = ibis.cases((lignes.confiance == "haute", 0), (lignes.confiance == "moyenne", 1), else_=2).min()
    return ibis.cases((rang == 0, "haute"), (rang == 1, "moyenne"), else_="faible")


def _emploie(t: Any) -> Any:
    nul = t.effectif.isin(EFFECTIFS_NULS) | t.effectif.isnull()
    return (t.employeur == "O").fill_null(False) | ~nul


def _qualifier(t: Any) -> Any:
    """Enterprises with what decides of their layer."""
    ecarte = ibis.cases(
        (t.diffusible == 0, "non-diffusible"), (t.etat.isin(["fermee", "dissoute"]), "ferme"), else_=""
    )
    return t.select(
        "id", "siren", "commune", "departement", "qpv_statut", "qpv",
        emploie=_emploie(t),
        ess=t.verdict.isin(["oui", "probable"]) & (t.etat == "active"),
        motif=ecarte, nom=_VIDE, source=_VIDE, date=_VIDE,
    )  # fmt: skip


def _au_departement(places: Any, territoires: Any) -> Any:
    """The département of the commune, whatever a file writes; a place without either is nowhere."""
    communes = territoires.filter(territoires.type == "commune")
    communes = communes.select(commune=communes.code, actuel=communes.departement)
    jointes = places.left_join(communes, "commune")
    jointes = jointes.select(
        *(places[c] for c in _PLACE if c != "departement"),
        departement=ibis.coalesce(jointes.actuel, places.departement),
    )
    return jointes.filter(jointes.departement.notnull())


def _etablissements(entreprises: Any, etabs: Any) -> Any:
    actifs = etabs.filter((etabs.etat == "actif") & (etabs.diffusible == 1) & etabs.commune.notnull())
    actifs = actifs.select(
        "siren", "commune", "qpv_statut", "qpv",
        ici=_emploie(actifs), su=_emploie(actifs) | (actifs.employeur == "N").fill_null(False),
    )  # fmt: skip
    de_l_ess = entreprises.filter(entreprises.ess & (entreprises.motif == "")).select(
        "id", "siren", "emploie", "nom", "source", "date"
    )
    lies = actifs.join(de_l_ess, "siren")
    return lies.mutate(
        operateur=lies.id,
        couche=ibis.ifelse(ibis.ifelse(lies.su, lies.ici, lies.emploie), 3, 2),
        departement=_VIDE,
        ecarte=ibis.literal(""),
    )


def _sieges(entreprises: Any, etabs: Any, listes: Any) -> Any:
    """The seat of those without an establishment in the atlas, and of those left out."""
    nommees = listes.filter(listes.id.notnull()).select("id").distinct()
    avec_etab = etabs.select("siren").distinct()
    seules = entreprises.filter(entreprises.ess & (entreprises.motif == "")).anti_join(avec_etab, "siren")
    ecartees = entreprises.filter(entreprises.motif != "")
    autres = entreprises.filter(~entreprises.ess & (entreprises.motif == "")).anti_join(nommees, "id")
    zero = ibis.literal(0)
    return ibis.union(
        seules.mutate(couche=ibis.ifelse(seules.emploie, 3, 2), ecarte=ibis.literal("")),
        ecartees.mutate(couche=zero, ecarte=ecartees.motif),
        autres.mutate(couche=zero, ecarte=ibis.literal("hors-champ")),
    ).rename(operateur="id")


def _cle(listes: Any) -> Any:
    """What an entry of a list counts as: the enterprise, else its SIREN, else the entry itself."""
    return ibis.coalesce(listes.id, listes.siren, _fiche(listes))


def _fiche(listes: Any) -> Any:
    """The name of the entry in `entreprise_activite`."""
    return listes.registre + ":" + ibis.coalesce(listes.reference, listes.siret, listes.siren)


def _nommees(entreprises: Any, etabs: Any, listes: Any, connues: Any) -> Any:
    """Where lists name operators, but at establishments that Sirene says closed.

    The quartier is that of the establishment when the list gives it; it says nothing new of an operator
    already known to be in that commune; otherwise it is not known.
    """
    ecartees = entreprises.filter(entreprises.motif != "").select("id")
    gardees = listes.anti_join(ecartees, "id")
    gardees = gardees.mutate(operateur=_cle(gardees)).filter(lambda t: t.operateur.notnull())
    vus = etabs.select(
        "siret", commune_vue=etabs.commune, etat_vu=etabs.etat, statut_vu=etabs.qpv_statut, qpv_vu=etabs.qpv
    )
    jointes = gardees.left_join(vus, "siret").drop("siret_right")
    jointes = jointes.filter(~(jointes.etat_vu == "ferme").fill_null(False))
    deja = connues.filter(connues.couche > 0).select("operateur", "commune").distinct()
    jointes = jointes.left_join(deja.mutate(deja=ibis.literal(True)), ["operateur", "commune"]).drop(
        "operateur_right", "commune_right"
    )
    vu = (jointes.commune_vue == jointes.commune).fill_null(False) & jointes.deja.isnull()
    return jointes.mutate(
        couche=ibis.literal(1),
        ecarte=ibis.literal(""),
        qpv_statut=ibis.cases((vu, jointes.statut_vu), (jointes.deja.notnull(), "dehors"), else_="inconnu"),
        qpv=ibis.ifelse(vu, jointes.qpv_vu, _VIDE),
        nom=ibis.ifelse(jointes.id.isnull(), jointes.nom, _VIDE),
    )


def _activites(activites: Any, listes: Any) -> Any:
    """The activities, each under what its operator counts as."""
    cles = listes.filter(listes.id.isnull()).select(fiche=_fiche(listes), cle=_cle(listes)).distinct()
    cles = cles.filter(cles.fiche.notnull())
    lues = activites.select("activite", "confiance", fiche=activites.operateur)
    return lues.left_join(cles, "fiche").select(
        "activite", "confiance", fiche=lues.fiche, operateur=ibis.coalesce(cles.cle, lues.fiche)
    )
