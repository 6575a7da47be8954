"""A large made-up country drawn at random, always the same, with everything that makes counting difficult."""

from __future__ import annotations

import random
from typing import Any

from tests.pipeline.offre.monde import (
    ACTIVITES,
    Ligne,
    activite,
    entreprise,
    etablissement,
    inscription,
    territoires,
)

QPV = {"QN23": ["23001"], "QN87": ["87001", "87002"]}
CONFIANCES = ("haute", "moyenne", "faible")
ETATS = ("active", "active", "active", "active", "fermee", "dissoute", "inconnu")
VERDICTS = ("oui", "oui", "probable", "non", "inconnu")


def tirer(graine: int = 7, combien: int = 260) -> dict[str, list[Ligne]]:
    """The tables, by name."""
    hasard = random.Random(graine)
    communes = [f"{d}{n:03d}" for d in ("23", "87", "67") for n in range(1, 15)]
    epcis = {f"E{i}": communes[i * 6 : i * 6 + 6] for i in range(7)}
    tables: dict[str, list[Ligne]] = territoires(epcis, {c: hasard.randint(50, 9000) for c in communes})
    for code, membres in QPV.items():
        tables["territoire"].append(
            {"type": "qpv", "code": code, "nom": code, "departement": code[2:], "drom": 0}
        )
        tables["composition"] += [{"type": "qpv", "code": code, "commune": c} for c in membres]
    tables |= {t: [] for t in ("entreprise", "etablissement", "entreprise_registre", "entreprise_activite")}
    for n in range(combien):
        _operateur(hasard, f"{100000000 + n}", communes, tables)
    for n in range(combien // 3):
        _inscription(hasard, n, communes, tables)
    return tables


def _place(hasard: random.Random, communes: list[str]) -> dict[str, Any]:
    """A commune and what is known of the quartier."""
    commune = hasard.choice(communes)
    quartiers = [q for q, membres in QPV.items() if commune in membres]
    if not quartiers:
        return {"commune": commune, "qpv_statut": "dehors", "qpv": None}
    statut = hasard.choice(["dedans", "dehors", "inconnu"])
    return {"commune": commune, "qpv_statut": statut, "qpv": quartiers[0] if statut == "dedans" else None}


def _operateur(
    hasard: random.Random, siren: str, communes: list[str], tables: dict[str, list[Ligne]]
) -> None:
    siege = _place(hasard, communes)
    commune = siege.pop("commune") if hasard.random() < 0.95 else siege.pop("commune") and None
    tables["entreprise"].append(
        entreprise(
            siren, commune, **siege, verdict=hasard.choice(VERDICTS), etat=hasard.choice(ETATS),
            diffusible=int(hasard.random() < 0.95), employeur=hasard.choice(["O", "N", None]),
            effectif=hasard.choice([None, "NN", "00", "01", "12"]), etat_rna=hasard.choice(["A", ""]),
        )
    )  # fmt: skip
    for n in range(hasard.choice([0, 1, 1, 2, 3])):
        place = _place(hasard, communes)
        tables["etablissement"].append(
            etablissement(
                siren, **place, siret=f"{siren}{n:05d}", etat=hasard.choice(["actif", "actif", "ferme"]),
                employeur=hasard.choice(["O", "N", None]), effectif=hasard.choice([None, "NN", "02"]),
                diffusible=int(hasard.random() < 0.95),
            )
        )  # fmt: skip
    if hasard.random() < 0.3:
        registre = hasard.choice(["siae", "data-inclusion", "ess-france"])
        siens = [t for t in tables["etablissement"] if t["siren"] == siren]
        cite = hasard.choice(siens) if siens and hasard.random() < 0.7 else None
        commune = cite["commune"] if cite and hasard.random() < 0.8 else hasard.choice(communes)
        siret = cite["siret"] if cite else None
        tables["entreprise_registre"].append(
            inscription(registre, f"r/{siren}", commune, id=siren, siren=siren, siret=siret)
        )
    _activites(hasard, siren, tables)


def _inscription(hasard: random.Random, n: int, communes: list[str], tables: dict[str, list[Ligne]]) -> None:
    """An entry attached to no enterprise; some give the SIREN of a body that several entries name."""
    registre = hasard.choice(["data-inclusion", "tiers-lieux"])
    siren = hasard.choice([None, None, f"9000000{n % 10:02d}"])
    commune = hasard.choice([*communes, None])
    tables["entreprise_registre"].append(
        inscription(registre, f"x/{n}", commune, siren=siren, departement=commune[:2] if commune else "23")
    )
    _activites(hasard, f"{registre}:x/{n}", tables)


def _activites(hasard: random.Random, operateur: str, tables: dict[str, list[Ligne]]) -> None:
    for nom in ACTIVITES:
        if hasard.random() < 0.4:
            tables["entreprise_activite"].append(activite(operateur, nom, hasard.choice(CONFIANCES)))
