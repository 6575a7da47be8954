"""Enterprises of the atlas, found by their number."""

from __future__ import annotations

import json
from typing import Any

from perenne.atlas.lecteur import Atlas, entier, reel, texte
from perenne.domain.ess.fiche import (
    ActiviteReconnue,
    Etablissement,
    FicheEntreprise,
    IndiceActivite,
    Inscription,
    Lien,
    Raison,
)

ETABLISSEMENTS_MAX = 50
_TEXTES = (
    "id", "siren", "rna", "nom", "sigle", "forme", "verdict", "etat", "creee_le", "fermee_le",
    "naf", "effectif", "annee_effectif", "employeur", "objet", "commune", "departement",
    "precision", "qpv_statut", "qpv",
)  # fmt: skip


def observe_des_entreprises(atlas: Atlas) -> bool:
    """Whether the atlas was built with at least one file of enterprises."""
    connue = atlas.lire("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'entreprise'")
    return bool(connue) and bool(atlas.lire("SELECT 1 FROM entreprise LIMIT 1"))


def trouver_entreprise(atlas: Atlas, numero: str) -> FicheEntreprise | None:
    """The enterprise of a SIREN, a SIRET or an RNA number, as written in the atlas; None when it has none."""
    champs = ", ".join(f"e.{c}" for c in _TEXTES)
    lignes = atlas.lire(
        f"SELECT {champs}, e.contradictions, e.lon, e.lat, e.etablissements_actifs, e.diffusible, t.nom "
        "FROM entreprise e LEFT JOIN territoire t ON t.type = 'commune' AND t.code = e.commune "
        "WHERE e.id = ? OR e.rna = ? ORDER BY e.id = ? DESC LIMIT 1",
        (numero, numero, numero),
    )
    if not lignes:
        return None
    ligne = lignes[0]
    textes: dict[str, Any] = {c: texte(v) for c, v in zip(_TEXTES, ligne, strict=False)}
    contradictions, lon, lat, actifs, diffusible, commune = ligne[len(_TEXTES) :]
    etablissements = _etablissements(atlas, textes["siren"])
    return FicheEntreprise(
        **textes,
        contradictions=tuple(texte(contradictions).split()),
        commune_nom=texte(commune),
        lon=reel(lon),
        lat=reel(lat),
        etablissements_actifs=entier(actifs),
        diffusible=bool(diffusible),
        raisons=_raisons(atlas, textes["id"]),
        liens=_liens(atlas, textes["siren"], textes["rna"]),
        inscriptions=_inscriptions(atlas, textes["id"]),
        activites=_activites(atlas, textes["id"]),
        etablissements=etablissements[:ETABLISSEMENTS_MAX],
        nombre_etablissements=len(etablissements),
    )


def _raisons(atlas: Atlas, id_: str) -> tuple[Raison, ...]:
    lignes = atlas.lire(
        "SELECT raison, valeur, sens, source, date, fin FROM entreprise_raison WHERE id = ? "
        "ORDER BY sens = 'neutre', raison, date DESC",
        (id_,),
    )
    return tuple(
        Raison(raison=r, valeur=texte(v), sens=s, source=texte(o), date=texte(d), fin=texte(f))
        for r, v, s, o, d, f in lignes
    )


def _liens(atlas: Atlas, siren: str, rna: str) -> tuple[Lien, ...]:
    lignes = atlas.lire(
        "SELECT CASE WHEN siren = ?1 THEN rna ELSE siren END, methode, confiance, statut "
        "FROM entreprise_lien WHERE (?1 <> '' AND siren = ?1) OR (?2 <> '' AND rna = ?2) "
        "ORDER BY confiance DESC, 1",
        (siren, rna),
    )
    return tuple(Lien(autre=a, methode=m, confiance=float(c), statut=s) for a, m, c, s in lignes)


def _inscriptions(atlas: Atlas, id_: str) -> tuple[Inscription, ...]:
    lignes = atlas.lire(
        "SELECT DISTINCT registre, categorie, nom, date, source FROM entreprise_registre WHERE id = ? "
        "ORDER BY registre, categorie, nom",
        (id_,),
    )
    return tuple(
        Inscription(registre=r, categorie=texte(c), nom=texte(n), date=texte(d), source=texte(s))
        for r, c, n, d, s in lignes
    )


def _activites(atlas: Atlas, id_: str) -> tuple[ActiviteReconnue, ...] | None:
    """The surest first; None when this atlas does not tell activities."""
    if not atlas.lire("SELECT 1 FROM sqlite_master WHERE name = 'entreprise_activite'"):
        return None
    lignes = atlas.lire(
        "SELECT activite, confiance, origine, indices FROM entreprise_activite WHERE operateur = ? "
        "ORDER BY confiance = 'haute' DESC, confiance = 'moyenne' DESC, activite",
        (id_,),
    )
    return tuple(
        ActiviteReconnue(
            activite=texte(a),
            confiance=texte(c),
            origines=tuple(texte(o).split()),
            indices=tuple(IndiceActivite(**brut) for brut in json.loads(texte(indices) or "[]")),
        )
        for a, c, o, indices in lignes
    )


def _etablissements(atlas: Atlas, siren: str) -> tuple[Etablissement, ...]:
    presentes = {nom for (nom,) in atlas.lire("SELECT name FROM pragma_table_info('etablissement')")}
    recentes = ("precision_source", "qpv_insee", "qpv_insee_qualite")
    autres = ", ".join(f"e.{c}" if c in presentes else "NULL" for c in recentes)
    lignes = atlas.lire(
        "SELECT e.siret, e.siege, e.etat, e.nom, e.adresse, e.code_postal, e.commune, t.nom, e.precision, "
        f"e.qpv_statut, e.qpv, e.fermee_le, {autres} FROM etablissement e "
        "LEFT JOIN territoire t ON t.type = 'commune' AND t.code = e.commune "
        "WHERE e.siren = ? ORDER BY e.siege DESC, e.etat <> 'actif', e.siret",
        (siren,),
    )
    noms = (
        "siret", "siege", "etat", "nom", "adresse", "code_postal", "commune", "commune_nom", "precision",
        "qpv_statut", "qpv", "fermee_le", *recentes,
    )  # fmt: skip
    return tuple(
        Etablissement(
            **{n: bool(v) if n == "siege" else texte(v) for n, v in zip(noms, ligne, strict=True)}  # type: ignore[arg-type]
        )
        for ligne in lignes
    )
