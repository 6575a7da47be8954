"""What the atlas knows of the territory, as facts and documented needs."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

from perenne.domain.leviers.entree import Lieu, NiveauBesoin
from perenne.domain.regles.evaluation import Valeur
from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.territoire.resultat import Diagnostic

RURALES = frozenset({5, 6, 7})
"""Classes of the seven-level density grid that INSEE calls rural."""

EN_VIGUEUR = ("en-vigueur", "a-verifier")


def lire_lieu(demande: str, *, atlas: Path, savoir: BaseSavoir, au: dt.date, dits: frozenset[str]) -> Lieu:
    """Diagnose the territory, when there is an atlas; else keep only what the enterprise says.

    Args:
        demande: code, name or typed code; empty when nothing says where.
        atlas: folder of the published atlas.
        savoir: the knowledge base.
        au: date of the zonings.
        dits: zonings that the source says of the enterprise.

    Raises:
        ErreurUtilisateur: the atlas does not know this territory.
    """
    if not demande or not (atlas / "actuel").exists():
        return Lieu(zonages=dits, faits={"zonages": dits} if dits else {})
    from perenne.services.territoire import diagnostiquer  # noqa: PLC0415

    return lieu_du_diagnostic(diagnostiquer(demande, au=au, dossier_atlas=atlas, savoir=savoir), dits)


def lieu_du_diagnostic(diagnostic: Diagnostic, dits: frozenset[str] = frozenset()) -> Lieu:
    """The facts of a diagnosed territory."""
    territoire = diagnostic.territoire
    zonages = dits | {z.zonage for z in diagnostic.zonages if z.statut in EN_VIGUEUR}
    faits: dict[str, Valeur] = {"outre_mer": territoire.drom, "zonages": zonages}
    if territoire.type == "commune":
        if territoire.population is not None:
            faits["population_commune"] = Decimal(territoire.population)
        if territoire.densite is not None:
            faits["commune_rurale"] = territoire.densite in RURALES
        faits["membre_epci_fiscalite_propre"] = bool(territoire.epci)
    besoins: dict[str, NiveauBesoin] = {}
    for b in diagnostic.besoins:
        match b.niveau:
            case "marque" | "present":
                besoins[b.besoin] = b.niveau
    return Lieu(nom=territoire.nom, besoins=besoins, zonages=zonages, faits=faits)
