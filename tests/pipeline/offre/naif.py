"""The supply counted the plain way, one operator after the other: what the expressions must find."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from tests.pipeline.offre.monde import ACTIVITES, Ligne

LISTES = ("siae", "data-inclusion", "tiers-lieux")


def _emploie(x: Ligne) -> bool:
    return x.get("employeur") == "O" or x.get("effectif") not in (None, "NN", "00")


def places(tables: Mapping[str, Sequence[Ligne]]) -> dict[str, list[tuple[Ligne, int, str]]]:
    """By operator: where, in which layer, and why it is left out."""
    trouvees: dict[str, list[tuple[Ligne, int, str]]] = defaultdict(list)
    etabs = defaultdict(list)
    for t in tables["etablissement"]:
        etabs[t["siren"]].append(t)
    nommes = {r["id"] for r in tables["entreprise_registre"] if r.get("id") and r["registre"] in LISTES}
    for e in tables["entreprise"]:
        ess = e["verdict"] in ("oui", "probable") and e["etat"] == "active"
        if not e["diffusible"]:
            trouvees[e["id"]].append((e, 0, "non-diffusible"))
        elif e["etat"] in ("fermee", "dissoute"):
            trouvees[e["id"]].append((e, 0, "ferme"))
        elif ess and not etabs[e["siren"]]:
            trouvees[e["id"]].append((e, 3 if _emploie(e) else 2, ""))
        elif ess:
            for t in etabs[e["siren"]]:
                if t["etat"] == "actif" and t["diffusible"]:
                    su = _emploie(t) or t.get("employeur") == "N"
                    trouvees[e["id"]].append((t, 3 if (_emploie(t) if su else _emploie(e)) else 2, ""))
        elif e["id"] not in nommes:
            trouvees[e["id"]].append((e, 0, "hors-champ"))
    _nommees(tables, trouvees)
    return trouvees


def _nommees(
    tables: Mapping[str, Sequence[Ligne]], trouvees: dict[str, list[tuple[Ligne, int, str]]]
) -> None:
    par_id = {e["id"]: e for e in tables["entreprise"]}
    par_siret = {t["siret"]: t for t in tables["etablissement"]}
    for r in tables["entreprise_registre"]:
        connue = par_id.get(r.get("id") or "")
        if r["registre"] not in LISTES or (
            connue and (not connue["diffusible"] or connue["etat"] in ("fermee", "dissoute"))
        ):
            continue
        cle = r.get("id") or r.get("siren") or f"{r['registre']}:{r['reference']}"
        vu = par_siret.get(r.get("siret") or "")
        if vu and vu["etat"] == "ferme":
            continue
        connue_ici = any(p["commune"] == r["commune"] and c >= 2 for p, c, _ in trouvees[cle])
        if connue_ici:
            quartier = {"qpv_statut": "dehors", "qpv": None}
        elif vu and vu["commune"] == r["commune"]:
            quartier = {"qpv_statut": vu["qpv_statut"], "qpv": vu["qpv"]}
        else:
            quartier = {"qpv_statut": "inconnu", "qpv": None}
        trouvees[cle].append(({**r, **quartier}, 1, ""))


def activites(tables: Mapping[str, Sequence[Ligne]]) -> dict[str, dict[str, bool]]:
    """By operator and activity: whether it is sure, the surest of its entries."""
    cles = {
        f"{r['registre']}:{r['reference']}": r["siren"]
        for r in tables["entreprise_registre"]
        if not r.get("id") and r.get("siren")
    }
    trouvees: dict[str, dict[str, bool]] = defaultdict(dict)
    for a in tables["entreprise_activite"]:
        cle = cles.get(a["operateur"], a["operateur"])
        sure = trouvees[cle].get(a["activite"], False)
        trouvees[cle][a["activite"]] = sure or a["confiance"] != "faible"
    return trouvees


def compter(
    tables: Mapping[str, Sequence[Ligne]], communes: set[str], departements: set[str], qpv: str, sujet: str
) -> dict[str, int]:
    """The counts of a territory: communes, whole départements, or a quartier; what is zero is left out."""
    comptes: dict[str, int] = defaultdict(int)
    faites = activites(tables)
    for operateur, ou in places(tables).items():
        voulues = {a: s for a, s in faites.get(operateur, {}).items() if sujet in (a, *ACTIVITES[a])}
        dedans, peut_etre = [], []
        for place, couche, ecarte in ou:
            if qpv and place.get("qpv") == qpv:
                dedans.append((couche, ecarte))
            elif qpv and place.get("qpv_statut") == "inconnu" and place["commune"] in communes:
                peut_etre.append((couche, ecarte))
            elif not qpv and (
                place["commune"] in communes
                or (not place["commune"] and place["departement"] in departements)
            ):
                dedans.append((couche, ecarte))
        for rang, nom in enumerate(("tous", "ess", "employeurs"), 1):
            compte = any(c >= rang for c, _ in dedans)
            if compte and any(voulues.values()):
                comptes[nom] += 1
            elif compte and voulues:
                comptes[f"{nom}_faibles"] += 1
            elif any(c >= rang for c, _ in peut_etre) and any(voulues.values()):
                comptes[f"{nom}_incertains"] += 1
        if any(voulues.values()):
            for motif, nom in (
                ("ferme", "fermes"),
                ("non-diffusible", "non_diffusibles"),
                ("hors-champ", "hors_champ"),
            ):
                comptes[nom] += any(e == motif for _, e in dedans)
    return {nom: n for nom, n in comptes.items() if n}
