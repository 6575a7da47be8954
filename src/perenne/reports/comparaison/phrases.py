"""Says the counts of a comparison in French: « 12 communes ont changé d'EPCI »."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from perenne.pipeline.comparaison.resultat import Compte
from perenne.reports.typographie import nombre


@dataclass(frozen=True, kw_only=True)
class Libelles:
    """Names of the knowledge base, by identifier; an identifier that is not there is written as it is."""

    zonages: Mapping[str, str] = field(default_factory=dict)
    indicateurs: Mapping[str, str] = field(default_factory=dict)
    activites: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Nom:
    singulier: str
    pluriel: str
    feminin: bool = False


_TERRITOIRES = {
    "commune": _Nom("commune", "communes", True),
    "arrondissement-municipal": _Nom("arrondissement municipal", "arrondissements municipaux"),
    "epci": _Nom("EPCI", "EPCI"),
    "departement": _Nom("département", "départements"),
    "region": _Nom("région", "régions", True),
    "qpv": _Nom("quartier prioritaire", "quartiers prioritaires"),
}
_LIGNES = {
    "commune_mouvement": _Nom("mouvement de commune", "mouvements de communes"),
    "source": _Nom("source", "sources", True),
    "entreprise": _Nom("entreprise", "entreprises", True),
    "entreprise_raison": _Nom("raison de verdict", "raisons de verdict", True),
    "entreprise_lien": _Nom("rapprochement entre Sirene et le RNA", "rapprochements entre Sirene et le RNA"),
    "entreprise_registre": _Nom("inscription dans une liste", "inscriptions dans une liste", True),
    "structure": _Nom("structure", "structures", True),
    "entreprise_activite": _Nom("activité reconnue", "activités reconnues", True),
    "etablissement": _Nom("établissement", "établissements"),
}
_COMPLEMENTS = {
    "epci": "d'EPCI",
    "nom": "de nom",
    "population": "de population",
    "superficie_km2": "de superficie",
    "departement": "de département",
    "region": "de région",
    "densite": "de niveau de densité",
    "nature": "de nature",
    "ruralite": "de type de ruralité",
    "centralite": "de niveau de centralité",
    "lon": "de longitude",
    "lat": "de latitude",
    "wkb": "de tracé",
    "classement": "de classement",
    "statut": "de statut",
    "millesime": "de millésime",
    "sha256": "de contenu",
    "lignes": "de nombre de lignes",
    "date_fichier": "de date de fichier",
    "code_actuel": "de commune d'aujourd'hui",
    "commune": "de commune (déménagement ou fusion)",
    "naf": "d'activité principale",
    "etat": "d'état",
    "verdict": "de verdict ESS",
    "forme": "de forme juridique",
    "effectif": "de tranche d'effectif",
    "adresse": "d'adresse",
    "activites": "d'activités (d'utilité sociale)",
    "confiance": "de confiance",
    "indices": "d'indices",
    "origine": "d'origine",
}
_PASSAGES = {
    ("entreprise", "etat", "active", "fermee"): ("a fermé", "ont fermé"),
    ("entreprise", "etat", "inconnu", "dissoute"): ("a été dissoute", "ont été dissoutes"),
    ("entreprise", "etat", "active", "dissoute"): ("a été dissoute", "ont été dissoutes"),
    ("entreprise", "etat", "fermee", "active"): ("a rouvert", "ont rouvert"),
    ("etablissement", "etat", "actif", "ferme"): ("a fermé", "ont fermé"),
    ("etablissement", "etat", "ferme", "actif"): ("a rouvert", "ont rouvert"),
}


def dire(compte: Compte, libelles: Libelles) -> str:
    """A sentence for one count, without its final point."""
    n, suite, nom = compte.nombre, "", _nom(compte)
    if compte.table == "appartenance" and compte.groupe:
        zonage = compte.groupe[0]
        titre = f"« {libelles.zonages.get(zonage, zonage)} »"
        if compte.nature != "change":
            verbe = (
                _accorder("est entré", "sont entré", nom, n)
                if compte.nature == "apparu"
                else _accorder("est sorti", "sont sorti", nom, n)
            )
            return f"{_compter(n, nom)} {verbe} {'dans' if compte.nature == 'apparu' else 'de'} {titre}"
        suite = f" dans {titre}"
    elif compte.table == "valeur" and compte.groupe:
        suite = f", indicateur « {libelles.indicateurs.get(compte.groupe[0], compte.groupe[0])} »"
    elif compte.table == "entreprise_registre" and compte.groupe:
        suite = f" (« {compte.groupe[0]} »)"
    elif compte.table == "entreprise_activite" and compte.groupe:
        suite = f" (« {libelles.activites.get(compte.groupe[0], compte.groupe[0])} »)"
    return f"{_compter(n, nom)} {_verbe(compte, nom)}{suite}"


def _verbe(compte: Compte, nom: _Nom) -> str:
    n = compte.nombre
    if compte.table == "structure" and compte.nature != "change":
        verbe = {"apparu": ("a", "ont"), "disparu": ("n'a", "n'ont")}[compte.nature][n > 1]
        return f"{verbe} {'une première activité' if compte.nature == 'apparu' else 'plus aucune activité'}"
    if compte.nature == "apparu":
        return _accorder("est apparu", "sont apparu", nom, n)
    if compte.nature == "disparu":
        return "a disparu" if n < 2 else "ont disparu"
    connu = _PASSAGES.get((compte.table, compte.colonne, compte.avant or "", compte.apres or ""))
    if connu:
        return connu[0] if n < 2 else connu[1]
    auxiliaire = "a changé" if n < 2 else "ont changé"
    if compte.table == "valeur" and compte.colonne == "valeur":
        return auxiliaire
    complement = _COMPLEMENTS.get(compte.colonne, f"(colonne « {compte.colonne} »)")
    passage = ""
    if compte.avant is not None or compte.apres is not None:
        passage = f" ({compte.avant or 'vide'} → {compte.apres or 'vide'})"
    return f"{auxiliaire} {complement}{passage}"


def _nom(compte: Compte) -> _Nom:
    type_ = compte.groupe[-1] if compte.groupe else ""
    territoire = _TERRITOIRES.get(type_, _Nom(type_, type_))
    match compte.table:
        case "territoire" | "appartenance":
            return territoire
        case "contour":
            return _Nom(f"contour {_de(territoire.singulier)}", f"contours {_de(territoire.pluriel)}")
        case "composition":
            lieu = f"{'une' if territoire.feminin else 'un'} {territoire.singulier}"
            return _Nom(f"rattachement de commune à {lieu}", f"rattachements de communes à {lieu}")
        case "valeur":
            return _Nom(f"valeur {_de(territoire.singulier)}", f"valeurs {_de(territoire.pluriel)}", True)
    return _LIGNES.get(
        compte.table, _Nom(f"ligne de « {compte.table} »", f"lignes de « {compte.table} »", True)
    )


def _de(nom: str) -> str:
    return f"d'{nom}" if nom[:1] in "aeEé" else f"de {nom}"


def _compter(n: int, nom: _Nom) -> str:
    return f"{nombre(n)} {nom.singulier if n < 2 else nom.pluriel}"


def _accorder(singulier: str, pluriel: str, nom: _Nom, n: int) -> str:
    return (singulier if n < 2 else pluriel) + ("e" if nom.feminin else "") + ("" if n < 2 else "s")
