"""The sentences of a note: how a territory, a comparison, a rank and a period are said."""

from __future__ import annotations

import datetime as dt
import re

from perenne.domain.territoire.mesures import Lecture, Mesure, Strate
from perenne.domain.territoire.resultat import SEUIL_MARQUE, BesoinLu, ZonageLu
from perenne.reports.typographie import (
    FINE,
    accorder,
    avec_unite,
    composer,
    date_courte,
    de,
    lister,
    minuscule,
    nombre,
)

TYPES: dict[str, tuple[str, str]] = {
    "commune": ("commune", "communes"),
    "arrondissement-municipal": ("arrondissement municipal", "arrondissements municipaux"),
    "epci": ("intercommunalité", "intercommunalités"),
    "departement": ("département", "départements"),
    "region": ("région", "régions"),
    "qpv": ("quartier prioritaire de la politique de la ville", "quartiers prioritaires"),
    "union": ("ensemble de territoires", "ensembles de territoires"),
}

NATURES = {
    "CC": "communauté de communes",
    "CA": "communauté d’agglomération",
    "CU": "communauté urbaine",
    "METRO": "métropole",
    "MET69": "métropole à statut particulier",
}

DENSITES = {
    1: "grands centres urbains",
    2: "centres urbains intermédiaires",
    3: "ceintures urbaines",
    4: "petites villes",
    5: "bourgs ruraux",
    6: "rural à habitat dispersé",
    7: "rural à habitat très dispersé",
}
"""Names of the seven classes of the INSEE density grid."""

_URBAIN = {"commune": " urbaines", "epci": " urbaines", "departement": " urbains"}
_RURAL = {"commune": " rurales", "epci": " rurales", "departement": " ruraux"}
GROUPES: dict[tuple[int, ...], dict[str, str]] = {(1, 2, 3, 4): _URBAIN, (5, 6, 7): _RURAL}
"""Groups of classes that have a plain name, by kind of territory."""

ABSENCES = {
    "secret": "secret statistique",
    "absent": "non publié",
    "sans-objet": "sans objet",
    "non-observe": "non observé",
}
"""What stands in place of a value; a zero is a value and is written 0."""

NIVEAUX = {
    "marque": "net",
    "present": "documenté",
    "non-marque": "non marqué",
    "non-documente": "non documenté",
}

MOUVEMENTS = {
    "associee": "commune associée",
    "deleguee": "commune déléguée",
    "commune-nouvelle": "commune nouvelle",
    "fusion-simple": "fusion",
    "fusion-association": "fusion-association",
    "changement-de-code": "changement de code",
    "changement-de-nom": "changement de nom",
    "creation": "création d’une commune sur son territoire",
    "retablissement": "rétablissement d’une commune",
    "suppression": "suppression",
    "sortie-du-cog": "sortie du code officiel géographique",
}
"""How a former commune became part of another, as the atlas codes it."""

STATUTS_ZONAGE = {
    "en-vigueur": "en vigueur",
    "a-verifier": "à vérifier",
    "a-venir": "à venir",
    "termine": "terminé",
    "non-observe": "non observé",
}

CRITERES_CGET = {"population": "Population", "emploi": "Emploi", "pauvrete": "Pauvreté"}


PETIT_GROUPE = 30
"""Under this number of territories a rank is said as a rank: a percentage would look finer than it is."""


COUVERTURE_DITE = 0.9
"""From this share of inhabitants covered, an approximate value is not commented further."""

AUTORITES = {
    "departement": "conseil départemental",
    "region": "conseil régional",
    "collectivite-unique": "collectivité unique",
}
"""The body that decides, where its territory alone would read as a place."""

COLLECTIVITES_UNIQUES = {
    "Martinique": "Collectivité territoriale de Martinique",
    "Guyane": "Collectivité territoriale de Guyane",
    "Corse": "Collectivité de Corse",
}
"""The proper names that the law gives (CGCT, L7111-1, L7211-1 and L4421-1)."""

VILLE_DEPARTEMENT = "Paris"
"""The city that is also a département (CGCT, L2512-1)."""


def nommer_acteur(type_: str, nom: str, propre: bool) -> str:
    """An actor inside a sentence: « commune de Guéret », « conseil départemental (Creuse) », « bailleur
    social »."""
    if not propre:
        return minuscule(nom)
    if type_ == "commune":
        return f"Ville {de(nom)}" if nom == VILLE_DEPARTEMENT else f"commune {de(nom)}"
    if type_ == "collectivite-unique" and nom in COLLECTIVITES_UNIQUES:
        return COLLECTIVITES_UNIQUES[nom]
    return f"{AUTORITES[type_]} ({nom})" if type_ in AUTORITES else nom


def dire_mesure(mesure: Mesure, unite: str, decimales: int) -> str:
    """The value with its unit, or the words for its absence.

    ≈ marks an approximation, followed by the share of inhabitants it covers when that is not nearly all of
    them.
    """
    if mesure.valeur is None:
        return ABSENCES.get(mesure.statut, "non observé")
    dite = ("≈" + FINE if mesure.approche else "") + dire_valeur(mesure.valeur, unite, decimales)
    part = dire_part_couverte(mesure)
    return f"{dite} pour {part}" if part else dite


def dire_part_couverte(mesure: Mesure) -> str:
    """« 66 % des habitants » when a value covers part of them only; empty when it covers nearly all."""
    part = mesure.couverture
    if mesure.valeur is None or part is None or part >= COUVERTURE_DITE:
        return ""
    return f"{nombre(100 * part)}{FINE}% des habitants"


def dire_valeur(valeur: float, unite: str, decimales: int) -> str:
    """A value with its unit; yearly changes (« % par an ») carry their sign."""
    return avec_unite(valeur, unite, decimales, signe="par an" in unite and unite.startswith("%"))


def _bornes(strate: Strate) -> str:
    bas, haut = strate.population_min, strate.population_max
    if bas and haut:
        return f"de {nombre(bas)} à {nombre(haut)} habitants"
    if bas:
        return f"de {nombre(bas)} habitants ou plus"
    return f"de moins de {nombre(haut)} habitants" if haut else ""


def dire_strate(strate: Strate) -> str:
    """What the territory is compared with: « 214 communes de l’Hexagone et de Corse, bourgs ruraux… »."""
    singulier, pluriel = TYPES[strate.type]
    lieu = "d’outre-mer" if strate.drom else "de l’Hexagone et de Corse"
    if strate.type == "qpv" and not strate.drom:
        lieu = "de l’Hexagone"
    espace = GROUPES.get(strate.densites, {}).get(strate.type, "")
    morceaux = [f"{accorder(strate.nombre, singulier, pluriel)}{espace} {lieu}"]
    if strate.densites and not espace and len(strate.densites) < len(DENSITES):
        noms = lister((f"« {DENSITES[d]} »" for d in strate.densites), "ou")
        morceaux.append(f"de la catégorie {noms}" if len(strate.densites) == 1 else f"des catégories {noms}")
    if _bornes(strate):
        morceaux.append(_bornes(strate))
    return composer(" ".join(morceaux))


def dire_place(lecture: Lecture) -> str:
    """Where a value stands: « plus que 82 % des autres »; empty when it has no rank.

    What "les autres" are is said once, by the caption or the sentence around.
    """
    if lecture.percentile is None:
        return ""
    petit = lecture.compares < PETIT_GROUPE
    parmi = f" des {lecture.compares}" if petit else ""
    if lecture.rang == 1:
        return f"la valeur la plus haute{parmi}"
    if lecture.rang == lecture.compares:
        return f"la valeur la plus basse{parmi}"
    if lecture.rang is not None and petit:
        depuis_le_bas = lecture.compares - lecture.rang + 1
        haut = lecture.rang <= depuis_le_bas
        sens = "haute" if haut else "basse"
        return f"la {min(lecture.rang, depuis_le_bas)}e valeur la plus {sens}{parmi}"
    part = lecture.percentile if lecture.percentile >= 50 else 100 - lecture.percentile
    dits = lecture.indicateur.comparatif if lecture.percentile >= 50 else lecture.indicateur.comparatif_bas
    return f"{composer(dits)} {nombre(min(99, part))}{FINE}% des autres"


def est_fragile(lecture: Lecture) -> bool:
    """Whether the reading is among the most fragile quarter of those compared."""
    return lecture.fragilite is not None and lecture.fragilite >= SEUIL_MARQUE


def dire_periode(du: dt.date | None, au: dt.date | None) -> str:
    """« depuis le 01/07/2024 », « du … au … », empty when neither is known."""
    if du and au:
        return f"du {date_courte(du)} au {date_courte(au)}"
    if du:
        return f"depuis le {date_courte(du)}"
    return f"jusqu’au {date_courte(au)}" if au else ""


def separer(libelles: tuple[str, ...]) -> list[str]:
    """The names one by one, each once, without the code of a quarter: an atlas row may hold several."""
    noms = [nom.strip() for libelle in libelles for nom in libelle.split(" ; ") if nom.strip()]
    return list(dict.fromkeys(re.sub(r"^QN\w{6}\s+", "", nom) for nom in noms))


def dire_couverture(zonage: ZonageLu) -> str:
    """How much of the territory is covered: « 12 communes sur 26, 41 % des habitants »."""
    if zonage.statut == "non-observe" or not zonage.communes:
        return ""
    if zonage.zonage.startswith("qpv") and zonage.libelles:
        return accorder(len(separer(zonage.libelles)), "quartier")
    if zonage.communes == 1:
        return "la commune" if zonage.communes_couvertes else "hors de la commune"
    if zonage.communes_couvertes == zonage.communes:
        return "tout le territoire"
    dits = f"{accorder(zonage.communes_couvertes, 'commune')} sur {nombre(zonage.communes)}"
    if zonage.part_population is not None:
        dits += f", {nombre(100 * zonage.part_population)}{FINE}% des habitants"
    return dits


def nommer_besoin(besoin: BesoinLu) -> str:
    """The need as a noun in a sentence: its infinitive with a small letter."""
    return minuscule(besoin.libelle)
