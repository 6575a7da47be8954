"""The columns of the tables of enterprises found: the same names in CSV, in XLSX and in GeoJSON."""

from __future__ import annotations

from perenne.domain.annuaire.resultat import EntrepriseTrouvee
from perenne.reports.annuaire.phrases import Libelles, dire_activites, dire_forme, dire_point

Valeur = str | float | None

COLONNES = (
    "id", "siren", "rna", "nom", "sigle", "trouvee_sous", "qualite", "forme", "forme_libelle", "verdict",
    "etat", "fermee_le", "employeur", "effectif", "annee_effectif", "naf", "activites", "activites_libelles",
    "agrements", "commune", "commune_nom", "departement", "etablissement_sur_place", "lon", "lat",
    "precision", "sans_point", "qpv_statut", "qpv", "diffusible",
)  # fmt: skip


def decrire(e: EntrepriseTrouvee, libelles: Libelles) -> dict[str, Valeur]:
    """The values of the columns; what was not observed is None.

    A unit that asked not to be shown has neither name nor point here, whatever the atlas holds.
    """
    montrable = e.diffusible
    valeurs: dict[str, Valeur] = {
        "id": e.id, "siren": e.siren, "rna": e.rna, "nom": e.nom if montrable else "",
        "sigle": e.sigle if montrable else "", "trouvee_sous": e.sous.nom if e.sous and montrable else "",
        "qualite": e.qualite, "forme": e.forme, "forme_libelle": dire_forme(e, libelles),
        "verdict": e.verdict, "etat": e.etat, "fermee_le": e.fermee_le, "employeur": e.employeur,
        "effectif": e.effectif, "annee_effectif": e.annee_effectif, "naf": e.naf,
        "activites": " ".join(f"{a}:{c}" for a, c in e.activites),
        "activites_libelles": " ; ".join(dire_activites(e, libelles)),
        "agrements": " ".join(e.agrements), "commune": e.commune, "commune_nom": e.commune_nom,
        "departement": e.departement, "etablissement_sur_place": e.ici,
        "lon": e.lon if montrable else None, "lat": e.lat if montrable else None, "precision": e.precision,
        "sans_point": dire_point(e), "qpv_statut": e.qpv_statut, "qpv": e.qpv,
        "diffusible": "oui" if montrable else "non",
    }  # fmt: skip
    return {nom: None if valeur == "" else valeur for nom, valeur in valeurs.items()}
