"""Writes the enterprises of the demonstration, in the formats of the national files, from `structures.csv`.

Nothing there exists: the numbers begin with 00099, the département is 99, the names say so. Columns of
`structures.csv` that are not plain:

- `rna`: how the national register of associations knows it: `numero` (Sirene holds its number), `siret` (the
  register holds its SIRET), `nom` (only the name and the commune are the same), `seule` (it is not in
  Sirene), `dissoute`; empty for none;
- `lieu`: what Sirene says of the address: `adresse`, `qpv` (in a quarter), `voie` (no number), `centre` (no
  street);
- `listes`: `ess-france`, `esus:from/to`, `siae:type`, `di:type` and `service:theme` (data·inclusion), `tl` or
  `tl:offer` (third places), and `discret` for a unit that asked not to be shown.
"""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from pyproj import Transformer

Ligne = Mapping[str, str]
Point = tuple[float, float]
VOIES = (
    "DES VAGUES INVENTEES",
    "DU PHARE ABSENT",
    "DES CONTES",
    "DU VIEUX MIRAGE",
    "DE LA FABLE",
    "DES ECHOS",
)
ANTENNES = {"s12": "99030", "s53": "99018", "s01": "99002", "s69": "99025"}
"""Second establishments, in another commune."""

MAJ = "2026-09-01T00:00:00"
UNITE = (
    "siren", "statutDiffusionUniteLegale", "dateCreationUniteLegale", "sigleUniteLegale",
    "identifiantAssociationUniteLegale", "trancheEffectifsUniteLegale", "anneeEffectifsUniteLegale",
    "caractereEmployeurUniteLegale", "dateDernierTraitementUniteLegale", "etatAdministratifUniteLegale",
    "denominationUniteLegale", "denominationUsuelle1UniteLegale", "categorieJuridiqueUniteLegale",
    "activitePrincipaleUniteLegale", "economieSocialeSolidaireUniteLegale", "societeMissionUniteLegale",
    "dateDebut",
)  # fmt: skip
ETABLISSEMENT = (
    "siren", "siret", "statutDiffusionEtablissement", "dateCreationEtablissement", "dateDebut",
    "etablissementSiege", "etatAdministratifEtablissement", "enseigne1Etablissement",
    "denominationUsuelleEtablissement", "activitePrincipaleEtablissement", "trancheEffectifsEtablissement",
    "caractereEmployeurEtablissement", "numeroVoieEtablissement", "typeVoieEtablissement",
    "libelleVoieEtablissement", "codePostalEtablissement", "codeCommuneEtablissement",
    "coordonneeLambertAbscisseEtablissement", "coordonneeLambertOrdonneeEtablissement",
)  # fmt: skip
WALDEC = (
    "id", "id_ex", "siret", "rup_mi", "gestion", "date_creat", "date_decla", "date_publi", "date_disso",
    "nature", "groupement", "titre", "titre_court", "objet", "objet_social1", "objet_social2",
    "adrs_codeinsee", "adrs_codepostal", "position", "maj_time",
)  # fmt: skip
GEOLOCALISATION = "GeolocalisationEtablissement_Sirene_pour_etudes_statistiques_utf8.csv"
OFFRES = {"fabrication": "OFFRE_NUM_FABR", "inclusion": "OFFRE_NUM_INCLU", "mediation": "OFFRE_NUM_MENUM"}


def cle_de_luhn(chiffres: str) -> str:
    """The last figure of a SIREN or of a SIRET."""
    somme = 0
    for rang, chiffre in enumerate(reversed(chiffres)):
        double = int(chiffre) * (2 if rang % 2 == 0 else 1)
        somme += double - 9 if double > 9 else double
    return str(-somme % 10)


def siren_de(ligne: Ligne) -> str:
    """A number that no one has: it begins with 00099."""
    racine = f"00099{'1' if ligne['cle'][0] == 't' else '0'}{int(ligne['cle'][1:]):02d}"
    return racine + cle_de_luhn(racine)


def siret_de(ligne: Ligne, rang: int = 1) -> str:
    """The SIRET of one of its establishments."""
    racine = f"{siren_de(ligne)}{rang:04d}"
    return racine + cle_de_luhn(racine)


def rna_de(ligne: Ligne) -> str:
    """A number of the register, in département 99; empty for what is not an association there."""
    return f"W99{int(ligne['cle'][1:]):07d}" if ligne["rna"] else ""


def listes_de(ligne: Ligne, nom: str) -> list[str]:
    """What follows `nom:` in its lists; `nom` alone gives an empty text."""
    mots = [m.partition(":") for m in ligne["listes"].split()]
    return [suite for tete, _, suite in mots if tete == nom]


def ecrire_csv(
    chemin: Path,
    entete: Sequence[str],
    lignes: Iterable[Mapping[str, object]],
    sep: str = ",",
    code: str = "utf-8",
) -> None:
    """Write rows by name; every text between quotes after a semicolon, as the national register does."""
    chemin.parent.mkdir(parents=True, exist_ok=True)
    guillemets = csv.QUOTE_ALL if sep == ";" else csv.QUOTE_MINIMAL
    with chemin.open("w", encoding=code, newline="") as sortie:
        plume = csv.DictWriter(
            sortie, entete, delimiter=sep, lineterminator="\n", quoting=guillemets, restval=""
        )
        plume.writeheader()
        plume.writerows(lignes)


def ecrire_json(chemin: Path, objets: list[dict[str, object]]) -> None:
    """Write a list, one record a line."""
    corps = ",\n".join(json.dumps(o, ensure_ascii=False) for o in objets)
    chemin.write_text(f"[\n{corps}\n]\n", encoding="utf-8")


def unite(ligne: Ligne) -> dict[str, object]:
    """The legal unit, as Sirene writes it."""
    return {
        "siren": siren_de(ligne),
        "statutDiffusionUniteLegale": "P" if "discret" in ligne["listes"] else "O",
        "dateCreationUniteLegale": ligne["creee"],
        "sigleUniteLegale": ligne["sigle"],
        "identifiantAssociationUniteLegale": rna_de(ligne) if ligne["rna"] == "numero" else "",
        "trancheEffectifsUniteLegale": ligne["effectif"] or "NN",
        "anneeEffectifsUniteLegale": "2024" if ligne["effectif"] else "",
        "caractereEmployeurUniteLegale": "O" if ligne["effectif"] else "N",
        "dateDernierTraitementUniteLegale": MAJ,
        "etatAdministratifUniteLegale": "C" if ligne["fermee"] else "A",
        "denominationUniteLegale": "[ND]" if "discret" in ligne["listes"] else ligne["nom"],
        "categorieJuridiqueUniteLegale": ligne["forme"],
        "activitePrincipaleUniteLegale": ligne["naf"],
        "economieSocialeSolidaireUniteLegale": ligne["mention"],
        "dateDebut": ligne["fermee"] or ligne["creee"],
    }


def etablissement(
    ligne: Ligne, rang: int, commune: str, point: Point, alea: random.Random
) -> dict[str, object]:
    """One establishment; its address is as precise as `lieu` says."""
    cache, sur_voie = "discret" in ligne["listes"], ligne["lieu"] != "centre"
    numero, voie = str(alea.randint(1, 60)), alea.choice(VOIES)
    x, y = Transformer.from_crs(4326, 2154, always_xy=True).transform(*point)
    return {
        "siren": siren_de(ligne),
        "siret": siret_de(ligne, rang),
        "statutDiffusionEtablissement": "P" if cache else "O",
        "dateCreationEtablissement": ligne["creee"],
        "dateDebut": ligne["fermee"] or ligne["creee"],
        "etablissementSiege": "true" if rang == 1 else "false",
        "etatAdministratifEtablissement": "F" if ligne["fermee"] else "A",
        "activitePrincipaleEtablissement": ligne["naf"],
        "trancheEffectifsEtablissement": ligne["effectif"] or "NN",
        "caractereEmployeurEtablissement": "O" if ligne["effectif"] else "N",
        "numeroVoieEtablissement": "[ND]" if cache else numero if ligne["lieu"] in ("adresse", "qpv") else "",
        "typeVoieEtablissement": "[ND]" if cache else "RUE" if sur_voie else "",
        "libelleVoieEtablissement": "[ND]" if cache else voie if sur_voie else "",
        "codePostalEtablissement": f"99{commune[2:]}",
        "codeCommuneEtablissement": commune,
        "coordonneeLambertAbscisseEtablissement": "" if cache else f"{x:.1f}",
        "coordonneeLambertOrdonneeEtablissement": "" if cache else f"{y:.1f}",
    }


def association(ligne: Ligne) -> dict[str, object]:
    """The association, as the national register writes it."""
    dissoute = ligne["rna"] == "dissoute" or bool(ligne["fermee"])
    return {
        "id": rna_de(ligne),
        "siret": siret_de(ligne) if ligne["rna"] == "siret" else "",
        "date_creat": ligne["creee"],
        "date_disso": ligne["fermee"] if dissoute else "0001-01-01",
        "nature": "D",
        "titre": ligne["nom"],
        "titre_court": ligne["sigle"],
        "objet": ligne["objet"].strip(),
        "objet_social1": ligne["waldec"] or "000000",
        "objet_social2": "000000",
        "adrs_codeinsee": ligne["commune"],
        "adrs_codepostal": f"99{ligne['commune'][2:]}",
        "position": "D" if dissoute else "A",
        "maj_time": "2026-08-01 00:00:00",
    }


def geolocaliser(ligne: Ligne, siret: object, point: Point) -> dict[str, object]:
    """What INSEE's geolocation would say of a seat: its quality follows `lieu`."""
    qualite = {"adresse": "11", "qpv": "11", "voie": "12", "centre": "33"}[ligne["lieu"]]
    return {
        "siret": siret,
        "x_longitude": f"{point[0]:.6f}",
        "y_latitude": f"{point[1]:.6f}",
        "qualite_xy": qualite,
        "epsg": "2154",
        "plg_qp24": "QN09901M" if ligne["lieu"] == "qpv" else "HZ",
        "qualite_qp24": {"11": "1", "12": "2", "33": "3"}[qualite],
        "plg_code_commune": ligne["commune"],
    }


def ecrire_sirene(
    dossier: Path, lignes: list[Ligne], centres: Mapping[str, Point], quartier: Point, alea: random.Random
) -> None:
    """Legal units and establishments; the second ones stand elsewhere, and INSEE has not geolocated them."""
    etablissements, positions = [], []
    for ligne in lignes:
        for rang, commune in enumerate((ligne["commune"], *filter(None, [ANTENNES.get(ligne["cle"])])), 1):
            lon, lat = quartier if ligne["lieu"] == "qpv" and rang == 1 else centres[commune]
            ecart = 0.001 if ligne["lieu"] == "qpv" else 0.003
            point = lon + alea.uniform(-ecart, ecart), lat + alea.uniform(-ecart, ecart)
            etablissements.append(etablissement(ligne, rang, commune, point, alea))
            if rang == 1 and "discret" not in ligne["listes"]:
                positions.append(geolocaliser(ligne, etablissements[-1]["siret"], point))
    ecrire_csv(dossier / "StockUniteLegale_utf8.csv", UNITE, map(unite, lignes))
    ecrire_csv(dossier / "StockEtablissement_utf8.csv", ETABLISSEMENT, etablissements)
    ecrire_csv(dossier / GEOLOCALISATION, list(positions[0]), positions)


def ecrire_listes(dossier: Path, lignes: list[Ligne], noms: Mapping[str, str]) -> None:
    """ESS France, ESUS, SIAE, data·inclusion and third places."""
    ess = [{"SIREN": siren_de(e)} for e in lignes if listes_de(e, "ess-france")]
    ecrire_csv(dossier / "liste-entreprises-ess.csv", ("SIREN",), ess)
    agrements = [
        {"SIREN": siren_de(e), "DENOMINATION": e["nom"], "DATE_AGREMENT": du, "DATE_FIN": au}
        for e in lignes
        for du, _, au in (p.partition("/") for p in listes_de(e, "esus"))
    ]
    ecrire_csv(
        dossier / "agrements_esus.csv", ("SIREN", "DENOMINATION", "DATE_AGREMENT", "DATE_FIN"), agrements
    )
    siae: list[dict[str, object]] = [
        {"siret": siret_de(e), "name": e["nom"], "brand": "", "kind": type_, "naf": e["naf"].replace(".", ""),
         "city": noms[e["commune"]], "department": "99", "post_code": f"99{e['commune'][2:]}", "coords": None,
         "description": "", "updated_at": "2026-06-01T00:00:00Z"}
        for e in lignes for type_ in listes_de(e, "siae")
    ]  # fmt: skip
    ecrire_json(
        dossier / "siae_marche_inclusion.json",
        [{"model": "siaes.siae", "pk": pk, "fields": champs} for pk, champs in enumerate(siae, 1)],
    )
    _ecrire_inclusion(dossier, [e for e in lignes if listes_de(e, "di")], noms)
    lieux = [(e, offre) for e in lignes for offre in listes_de(e, "tl")]
    identites = [{"ID_UNIQUE": f"demo-{e['cle']}", "NOM": e["nom"], "Insee": e["commune"]} for e, _ in lieux]
    entete = ("ID_UNIQUE", "NOM", "Insee", "NOM_STRC_PORT")
    ecrire_csv(dossier / "bdftl-2023-01-fiche-identite.csv", entete, identites, ";")
    non = dict.fromkeys(OFFRES.values(), "0")
    offres = [
        {"ID_UNIQUE": f"demo-{e['cle']}"} | non | ({OFFRES[offre]: "1"} if offre else {})
        for e, offre in lieux
    ]
    ecrire_csv(dossier / "bdftl-2023-04-activites.csv", ("ID_UNIQUE", *OFFRES.values()), offres, ";")


def _ecrire_inclusion(dossier: Path, citees: list[Ligne], noms: Mapping[str, str]) -> None:
    structures: list[dict[str, object]] = [
        {
            "id": e["cle"],
            "source": "demo",
            "siret": siret_de(e),
            "nom": e["nom"],
            "commune": noms[e["commune"]],
            "code_postal": f"99{e['commune'][2:]}",
            "code_insee": e["commune"],
            "longitude": None,
            "latitude": None,
            "date_maj": "2026-10-15",
            "typologie": listes_de(e, "di")[0],
            "description": e["objet"] if e["cle"][0] == "t" else None,
        }
        for e in citees
    ]
    ecrire_json(dossier / "structures-inclusion-2026-11-01.json", structures)
    services: list[dict[str, object]] = [
        {
            "id": f"service-{e['cle']}",
            "structure_id": e["cle"],
            "source": "demo",
            "nom": "Permanence fictive",
            "type": "accompagnement",
            "thematiques": [theme],
            "description": None,
            "date_maj": "2026-10-15",
        }
        for e in citees
        for theme in listes_de(e, "service")
    ]
    ecrire_json(dossier / "services-inclusion-2026-11-01.json", services)


def ecrire_entreprises(
    dossier: Path, structures: Path, centres: Mapping[str, Point], noms: Mapping[str, str], quartier: Point
) -> None:
    """Write every file in `dossier`.

    Args:
        structures: the table that the files are made from.
        centres: middle of each commune; `noms`, their names.
        quartier: a point in a quarter of the first commune.
    """
    with structures.open(encoding="utf-8", newline="") as entree:
        lignes: list[Ligne] = list(csv.DictReader(entree, delimiter=";"))
    sirene = [e for e in lignes if e["cle"][0] == "s" and e["rna"] not in ("seule", "dissoute")]
    ecrire_sirene(dossier, sirene, centres, quartier, random.Random(99))
    associations = [association(e) for e in lignes if e["rna"]]
    ecrire_csv(dossier / "rna_waldec_20261101_dpt_99.csv", WALDEC, associations, ";", "iso-8859-1")
    ecrire_listes(dossier, lignes, noms)
