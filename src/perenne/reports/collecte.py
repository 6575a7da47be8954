"""The enterprises fetched from the API, as a table that a person reads, and why the service says ESS."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from perenne.reports.typographie import accorder, date_longue, nombre

NON_DIFFUSIBLE = "(non diffusible)"
_TYPES = {"commune": "commune", "epci": "intercommunalité", "departement": "département"}
_LARGEURS = (42, 26)
POURQUOI = {
    "est_ess": "ESS (liste d'ESS France ou mention Insee, sans dire laquelle)",
    "est_siae": "insertion par l'activité économique (Marché de l'inclusion)",
}


def raisons(entreprise: Mapping[str, Any]) -> str:
    """Why the service gives this enterprise, in a few words."""
    mots = ["ESS"] if entreprise["est_ess"] else []
    if entreprise["est_siae"]:
        mots.append(f"insertion ({entreprise['type_siae']})" if entreprise["type_siae"] else "insertion")
    return ", ".join(mots) or "non dit"


def lieu_de(entreprise: Mapping[str, Any]) -> str:
    """Commune of the establishment found in the territory, an open one first; that of the seat otherwise."""
    trouves = [e for e in entreprise["etablissements"] if e["commune"]]
    trouves.sort(key=lambda e: e["etat_administratif"] != "A")
    choisi = trouves[0] if trouves else entreprise["siege"]
    return str(choisi["libelle_commune"] or choisi["commune"] or "")


def sans_etablissement_ouvert(entreprise: Mapping[str, Any]) -> bool:
    """Whether every establishment found in the territory is closed."""
    trouves = entreprise["etablissements"]
    return bool(trouves) and all(e["etat_administratif"] == "F" for e in trouves)


def ecrire_collecte(
    entreprises: Sequence[Mapping[str, Any]], manifeste: Mapping[str, Any], *, lignes: int
) -> Iterator[str]:
    """Lines of the summary.

    Args:
        lignes: enterprises listed at most.
    """
    lieu = manifeste["territoire"]
    jour = date_longue(dt.datetime.fromisoformat(manifeste["commence_le"]).date())
    nom = accorder(len(entreprises), "entreprise")
    yield f"{_TYPES[lieu['type']].capitalize()} {lieu['code']} : {nom} au {jour}\n"
    for champ, sens in POURQUOI.items():
        yield f"  {nombre(sum(bool(e[champ]) for e in entreprises)):>6} {sens}\n"
    if fermees := sum(map(sans_etablissement_ouvert, entreprises)):
        yield f"  {nombre(fermees):>6} sans établissement ouvert ici, marquées « fermé ici »\n"
    if taches := sum(e["nom"] is None for e in entreprises):
        yield f"  {nombre(taches):>6} sans nom : non diffusible, ou nom d'une personne\n"
    if entreprises and lignes:
        yield f"\n{'nom':<{_LARGEURS[0]}}  {'commune':<{_LARGEURS[1]}}  {'SIREN':<9}  pourquoi\n"
    for e in sorted(entreprises, key=lambda e: (lieu_de(e), e["nom"] or "~", e["siren"]))[:lignes]:
        titre, commune = (
            _couper(t, n) for t, n in zip((e["nom"] or NON_DIFFUSIBLE, lieu_de(e)), _LARGEURS, strict=True)
        )
        ferme = ", fermé ici" if sans_etablissement_ouvert(e) else ""
        yield f"{titre}  {commune}  {e['siren']}  {raisons(e)}{ferme}\n"
    if lignes and len(entreprises) > lignes:
        yield f"… et {nombre(len(entreprises) - lignes)} de plus dans le fichier.\n"
    yield "\nSource : API Recherche d'entreprises (Dinum). Le service ne dit pas pourquoi une société\n"
    yield "commerciale de l'ESS ou agréée ESUS n'y est pas : son absence ne prouve rien.\n"
    for reserve in (*manifeste["reserves"], manifeste["reserve_format"]):
        yield f"À savoir : {reserve}\n"


def _couper(texte: str, largeur: int) -> str:
    return (texte if len(texte) <= largeur else f"{texte[: largeur - 1]}…").ljust(largeur)
