"""Writes the files of the demonstration, in the formats of the producers, from `territoire.csv`
and `structures.csv`.

The territory does not exist: its département is 99, its communes lie in the Bay of Biscay, its names say so.
Its figures are made up and hang together. Same input, same bytes: a test runs it again and compares.

    .venv/bin/python data/demo/generer.py [folder]
"""

from __future__ import annotations

import csv
import json
import random
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

from generer_entreprises import ecrire_entreprises

ICI = Path(__file__).resolve().parent
GRAINE = 20261123
COTE = 6
LON0, LAT0, PAS_LON, PAS_LAT = -4.6, 45.9, 0.062, 0.045
"""Upper left corner and step of the grid of communes, in the Bay of Biscay."""

EPCI = {
    "1": ("299900019", "CA Brumeville Agglomération", "CA"),
    "2": ("299900027", "CC du Haut-Mirage", "CC"),
    "3": ("299900035", "CC de la Vallée de l'Onde", "CC"),
    "4": ("299900043", "CC des Monts Contés", "CC"),
    "5": ("299900050", "CC du Pays de Fable", "CC"),
    "6": ("299900068", "CC Entre Mirage et Onde", "CC"),
    "7": ("299900076", "CC du Pays du Conte", "CC"),
    "8": ("299900084", "CC de la Haute Fabulette", "CC"),
    "9": ("299900092", "CC d'Apologue et Morale", "CC"),
    "10": ("299900100", "CC des Proverbes", "CC"),
    "11": ("299900118", "CC de l'Utopie", "CC"),
    "12": ("299900126", "CC de l'Horizon", "CC"),
}
RURALITES = {
    "hors": "Hors champ : DOM ou commune urbaine",
    "residentielles": "Les ruralités résidentielles mixtes",
    "aisees": "Les ruralités résidentielles aisées",
    "mixtes": "Les petites polarités mixtes",
    "polarites": "Les petites polarités industrielles et artisanales",
    "agricoles": "Les ruralités productives agricoles",
    "ouvrieres": "Les ruralités productives ouvrières",
    "touristiques": "Les ruralités touristiques spécialisées",
    "perimetre": "Commune dont le périmètre a changé depuis la réalisation de la typologie",
}
CENTRALITES = {
    "non": "Communes non centre",
    "local": "Centre local d'équipements et de services",
    "intermediaire": "Centre intermédiaire d'équipements et de services",
    "structurant": "Centre structurant d'équipements et de services",
    "majeur": "Centre majeur d'équipements et de services",
}
DELEGUEES = (("99018", "Lac-Inventé"), ("99901", "Bois-Inventé"), ("99902", "Grange-Inventée"))
"""Communes that became Lac-Inventé on 1 January 2019."""

QUARTIERS = (
    ("QN09901M", "Les Brumes Hautes", "99001", 0.28, 0.30),
    ("QN09902M", "Rive Imaginaire", "99001", 0.62, 0.58),
)
PROGRAMMES = {
    "acv": [("acv-991", "Brumeville", [("Brumeville", "99001")])],
    "pvd": [
        ("pvd-99-1", "Sept-Lanternes", [("Sept-Lanternes", "99007")]),
        (
            "pvd-99-2",
            "Port-Chimère et Moulin-Fictif",
            [("Port-Chimère", "99013"), ("Moulin-Fictif", "99014")],
        ),
        ("pvd-99-3", "Fable", [("Fable", "99025")]),
    ],
    "va": [("va-99-1", "Échos et songes", [("Les Échos", "99010"), ("La Songerie", "99011")])],
    "ti": [
        (
            "ti-991",
            "Onde et Fable industrielles",
            [(EPCI["3"][1], EPCI["3"][0]), (EPCI["5"][1], EPCI["5"][0])],
        )
    ],
    "fs": [
        ("fs-991", "France services de Sept-Lanternes", [("Sept-Lanternes", "99007")]),
        ("fs-992", "France services de Port-Chimère", [("Port-Chimère", "99013")]),
        ("fs-993", "France services de Brumeville", [("Brumeville", "99001")]),
        ("fs-994", "France services de Fable", [("Fable", "99025")]),
    ],
    "fabt": [("fabt-991", "La Fabrique des Lanternes", [("Sept-Lanternes", "99007")])],
}
MONTAGNE = "09 - Massif fictif des Monts Contés"
COG = ("TYPECOM", "COM", "REG", "DEP", "CTCD", "ARR", "TNCC", "NCC", "NCCENR", "LIBELLE", "CAN", "COMPARENT")
NOM = ("TNCC", "NCC", "NCCENR", "LIBELLE")
COMMUNE = ("TYPECOM", "COM", "TNCC", "NCC", "NCCENR", "LIBELLE")
MOUVEMENTS = ("MOD", "DATE_EFF", *(f"{c}_AV" for c in COMMUNE), *(f"{c}_AP" for c in COMMUNE))
POPULATIONS = (
    "REG", "Région", "DEP", "CODARR", "CODCAN", "CODCOM", "COM", "Commune", "PMUN", "PCAP", "PTOT",
)  # fmt: skip
RECENSEMENT = (
    "code_insee", "superficie_km2", "population_2015", "population_2021", "menages_2021", "naissances_2022",
    "deces_2022", "pop_15_64_totale_2021", "pop_15_64_active_2021", "pop_15_64_chomage_2021",
)  # fmt: skip
INTERCOMMUNALITES = (
    "dept", "siren", "raison_sociale", "nature_juridique", "mode_financ", "nb_membres", "total_pop_tot",
    "total_pop_mun", "dep_com", "insee", "siren_membre", "nom_membre", "ptot_2025", "pmun_2025",
)  # fmt: skip
FILOSOFI = (
    "CODGEO", "NBMENFISC21", "NBPERSMENFISC21", "MED21", "PIMP21", "TP6021", "TP60AGE121", "TP60AGE221",
    "TP60AGE321", "TP60AGE421", "TP60AGE521", "TP60AGE621", "TP60TOL121", "TP60TOL221", "PACT21", "PTSA21",
    "PCHO21", "PBEN21", "PPEN21", "PPAT21", "PPSOC21", "PPFAM21", "PPMINI21", "PPLOGT21", "PIMPOT21", "D121",
    "D921", "RD21",
)  # fmt: skip

Ligne = dict[str, str]
Point = tuple[float, float]


def capitales(nom: str) -> str:
    """The name in capitals without accents or punctuation, as in the COG."""
    plat = unicodedata.normalize("NFKD", nom).encode("ascii", "ignore").decode()
    return plat.upper().replace("-", " ").replace("'", " ")


def virgule(valeur: float, decimales: int = 1) -> str:
    """A number with a French decimal comma."""
    return f"{valeur:.{decimales}f}".replace(".", ",")


def ecrire(chemin: Path, entete: Sequence[str], lignes: Iterable[Sequence[object]], sep: str = ",") -> None:
    """Write a CSV file, line feeds only."""
    chemin.parent.mkdir(parents=True, exist_ok=True)
    with chemin.open("w", encoding="utf-8", newline="") as sortie:
        plume = csv.writer(sortie, delimiter=sep, lineterminator="\n")
        plume.writerow(entete)
        plume.writerows(lignes)


def ecrire_geojson(chemin: Path, entites: list[dict[str, object]]) -> None:
    """Write a feature collection, one feature a line."""
    chemin.parent.mkdir(parents=True, exist_ok=True)
    corps = ",\n".join(json.dumps(e, ensure_ascii=False, separators=(",", ":")) for e in entites)
    chemin.write_text(f'{{"type":"FeatureCollection","features":[\n{corps}\n]}}\n', encoding="utf-8")


def dessiner(alea: random.Random) -> list[list[Point]]:
    """Cells of a jittered grid whose borders wander a little and are shared by neighbours."""

    def noeud(i: int, j: int) -> Point:
        return (
            LON0 + PAS_LON * (i + alea.uniform(-0.25, 0.25)),
            LAT0 - PAS_LAT * (j + alea.uniform(-0.25, 0.25)),
        )

    noeuds = {(i, j): noeud(i, j) for j in range(COTE + 1) for i in range(COTE + 1)}

    def bord(a: Point, b: Point) -> list[Point]:
        """From a (included) to b (excluded), with two bends."""
        points = [a]
        for part in (1 / 3, 2 / 3):
            ecart = alea.uniform(-0.14, 0.14)
            x = a[0] + (b[0] - a[0]) * part - (b[1] - a[1]) * ecart
            points.append((x, a[1] + (b[1] - a[1]) * part + (b[0] - a[0]) * ecart))
        return points

    horizontaux = {(i, j): bord(noeuds[i, j], noeuds[i + 1, j]) for j in range(COTE + 1) for i in range(COTE)}
    verticaux = {(i, j): bord(noeuds[i, j], noeuds[i, j + 1]) for j in range(COTE) for i in range(COTE + 1)}

    def retour(points: list[Point], fin: Point) -> list[Point]:
        """The same border walked from its end to its start (excluded)."""
        return [fin, *reversed(points[1:])]

    cellules = []
    for j in range(COTE):
        for i in range(COTE):
            anneau = list(horizontaux[i, j]) + list(verticaux[i + 1, j])
            anneau += retour(horizontaux[i, j + 1], noeuds[i + 1, j + 1])
            anneau += retour(verticaux[i, j], noeuds[i, j + 1])
            cellules.append([(round(x, 4), round(y, 4)) for x, y in [*anneau, anneau[0]]])
    return cellules


def aire_km2(anneau: list[Point]) -> float:
    """Area of a small ring, in square kilometres (111.2 km a degree, longitude shortened at 45.8°)."""
    double = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(anneau))
    return abs(double) / 2 * 111.2**2 * 0.697


def ecrire_cog(dossier: Path, communes: list[Ligne]) -> None:
    """COG: communes, and the delegated ones of the merger with its movements."""
    lignes: list[Sequence[object]] = []
    for c in communes:
        nom = c["nom"]
        lignes.append(("COM", c["code"], "99", "99", "99D", "991", "0", capitales(nom), nom, nom, "", ""))
    for code, nom in DELEGUEES:
        lignes.append(("COMD", code, "", "", "", "", "0", capitales(nom), nom, nom, "", DELEGUEES[0][0]))
    ecrire(dossier / "communes/cog_communes_2026.csv", COG, lignes)
    nom = ("0", "BRUMES", "Brumes", "Brumes (département fictif)")
    entete = ("DEP", "REG", "CHEFLIEU", *NOM)
    ecrire(dossier / "communes/v_departement_2026.csv", entete, [("99", "99", "99001", *nom)])
    nom = ("0", "ONDES", "Ondes", "Ondes (région fictive)")
    ecrire(dossier / "communes/v_region_2026.csv", ("REG", "CHEFLIEU", *NOM), [("99", "99001", *nom)])
    mouvements: list[Sequence[object]] = []
    for code, nom in DELEGUEES:
        avant = ("COM", code, "0", capitales(nom), nom, nom)
        for type_, code_ap, nom_ap in (("COM", *DELEGUEES[0]), ("COMD", code, nom)):
            apres = (type_, code_ap, "0", capitales(nom_ap), nom_ap, nom_ap)
            mouvements.append(("32", "2019-01-01", *avant, *apres))
    ecrire(dossier / "communes/mouvements-communes.csv", MOUVEMENTS, mouvements)


def ecrire_populations(
    dossier: Path, communes: list[Ligne], aires: dict[str, float], alea: random.Random
) -> None:
    """Populations of 2023, census of 2015 and 2021, EPCI."""
    populations, recensement, epci = [], [], []
    for c in communes:
        p2023, taux = int(c["population"]), float(c["evolution"]) / 100
        p2021, p2015 = round(p2023 / (1 + taux) ** 2), round(p2023 / (1 + taux) ** 8)
        a_part = round(p2023 * 0.02)
        populations.append(
            ("99", "Région fictive", "99", "1", "01", c["code"][2:], c["code"], c["nom"], p2023, a_part,
             p2023 + a_part)
        )  # fmt: skip
        adultes = round(p2021 * alea.uniform(0.56, 0.64))
        actifs = round(adultes * alea.uniform(0.66, 0.79))
        recensement.append(
            (c["code"], f"{aires[c['code']]:.2f}", p2015, p2021, round(p2021 / alea.uniform(1.9, 2.4)),
             round(p2021 * alea.uniform(0.006, 0.011)), round(p2021 * alea.uniform(0.008, 0.015)), adultes,
             actifs, round(actifs * float(c["chomage"]) / 100))
        )  # fmt: skip
        siren, nom, nature = EPCI[c["epci"]]
        membres = [x for x in communes if x["epci"] == c["epci"]]
        total = sum(int(x["population"]) for x in membres)
        epci.append(
            ("99", siren, nom, nature, "FPU", len(membres), total, total, "99", c["code"], f"2199{c['code']}",
             c["nom"], p2023, p2023)
        )  # fmt: skip
    ecrire(dossier / "communes/donnees_communes.csv", POPULATIONS, populations, ";")
    ecrire(dossier / "communes/communes_reference.csv", RECENSEMENT, recensement)
    ecrire(dossier / "communes/epcicom2025.csv", INTERCOMMUNALITES, epci)


def ligne_filosofi(c: Ligne, alea: random.Random) -> list[str]:
    """Filosofi of one commune: everything, the median only (small communes), or nothing (`s`)."""
    menages = round(int(c["population"]) / 2.15)
    vus = {"CODGEO": c["code"]}
    if c["secret"] != "total":
        vus |= {
            "NBMENFISC21": str(menages),
            "NBPERSMENFISC21": str(round(menages * 2.1)),
            "MED21": c["revenu"],
        }
    if not c["secret"]:
        taux, pensions, prestations = float(c["pauvrete"]), alea.uniform(22, 38), float(c["pauvrete"]) * 0.42
        d1, d9 = int(float(c["revenu"]) * (0.62 - taux / 150)), int(float(c["revenu"]) * 1.68)
        nombres = {"PIMP21": 62 - taux, "TP6021": taux, "TP60TOL121": taux * 0.45, "TP60TOL221": taux * 1.9}
        nombres |= {f"TP60AGE{n}21": max(2, taux * f) for n, f in enumerate((1.35, 1.2, 1.1, 0.9, 0.7), 1)}
        if menages >= 1500:
            nombres["TP60AGE621"] = max(2, taux * 0.55)
        nombres |= {"PACT21": 92 - pensions, "PTSA21": 84 - pensions, "PCHO21": 2 + taux / 12, "PBEN21": 8}
        nombres |= {"PPEN21": pensions, "PPAT21": alea.uniform(6, 11), "PIMPOT21": -15 + taux / 8}
        nombres |= {"PPSOC21": prestations, "PPFAM21": prestations * 0.38, "PPMINI21": prestations * 0.34}
        nombres |= {"PPLOGT21": prestations * 0.28, "RD21": d9 / d1}
        vus |= {nom: virgule(valeur) for nom, valeur in nombres.items()} | {"D121": str(d1), "D921": str(d9)}
    return [vus.get(colonne, "s") for colonne in FILOSOFI]


def ecrire_indicateurs(dossier: Path, communes: list[Ligne], alea: random.Random) -> None:
    """Filosofi, with its secrets."""
    lignes = [ligne_filosofi(c, alea) for c in communes]
    ecrire(dossier / "indicateurs/cc_filosofi_2021_COM.csv", FILOSOFI, lignes, ";")


def ecrire_zonages(dossier: Path, communes: list[Ligne]) -> None:
    """FRR, ZRR, QPV, grids and programmes."""
    zonages = dossier / "zonages"
    entete = ["Code_insee", "Departement", "Commune", "Classement FRR et FRR+ au 10 juillet 2025", ""]
    frr = [(c["code"], "99", c["nom"], c["frr"], "") for c in communes]
    ecrire(zonages / "liste-communes-FRR-juillet2025.csv", entete, frr, ";")
    zrr = [
        {"model": "geo.zrr", "pk": n, "fields": {"insee_code": c["code"], "status": c["zrr"]}}
        for n, c in enumerate(communes, 1)
    ]
    (zonages / "ZRR_20221109.json").write_text(json.dumps(zrr) + "\n", encoding="utf-8")
    quartiers = [(code, nom, commune) for code, nom, commune, *_ in QUARTIERS]
    ecrire(zonages / "qpv_2024_liste.csv", ["code_qp", "lib_qp", "communes_insee"], quartiers)
    for nom, champ, valeurs in (
        ("densite", "densite", None),
        ("ruralite", "ruralite", RURALITES),
        ("centralite", "centralite", CENTRALITES),
    ):
        lignes = [(c["code"], c["nom"], valeurs[c[champ]] if valeurs else c[champ]) for c in communes]
        ecrire(zonages / f"grille_{nom}.csv", ["insee_com", "lib_com", f"niveau_{nom}"], lignes)
    montagne = [(c["code"], c["nom"], MONTAGNE) for c in communes if c["epci"] in ("4", "8")]
    ecrire(zonages / "grille_montagne.csv", ["insee_com", "lib_com", "niveau_montagne"], montagne)


def entite(proprietes: dict[str, object], geometrie: str, coordonnees: object) -> dict[str, object]:
    """A GeoJSON feature."""
    return {
        "type": "Feature",
        "properties": proprietes,
        "geometry": {"type": geometrie, "coordinates": coordonnees},
    }


def centre(anneau: list[Point]) -> Point:
    """The middle of the corners, inside these cells."""
    n = len(anneau) - 1
    return round(sum(p[0] for p in anneau[:n]) / n, 4), round(sum(p[1] for p in anneau[:n]) / n, 4)


def ecrire_cartes(dossier: Path, communes: list[Ligne], places: dict[str, list[Point]]) -> None:
    """Outlines of communes and quarters, programmes."""
    contours = []
    for c in communes:
        proprietes: dict[str, object] = {
            "code": c["code"],
            "nom": c["nom"],
            "departement": "99",
            "region": "99",
        }
        proprietes |= {"commune": None, "plm": None, "epci": EPCI[c["epci"]][0]}
        contours.append(entite(proprietes, "Polygon", [places[c["code"]]]))
    ecrire_geojson(dossier / "communes/communes-1000m.geojson", contours)
    noms = {c["code"]: c["nom"] for c in communes}
    quartiers = []
    for code, nom, commune, fx, fy in QUARTIERS:
        xs, ys = zip(*places[commune], strict=True)
        x, y = min(xs) + fx * (max(xs) - min(xs)), max(ys) - fy * (max(ys) - min(ys))
        carre = [(0, 0), (0.011, 0.001), (0.012, -0.006), (0.002, -0.008), (0, 0)]
        anneau = [(round(x + dx, 4), round(y + dy, 4)) for dx, dy in carre]
        proprietes = {"insee_com": commune, "lib_com": noms[commune], "code_qp": code, "lib_qp": nom}
        quartiers.append(entite(proprietes, "MultiPolygon", [[anneau]]))
    ecrire_geojson(dossier / "zonages/qpv_polygones_anct_2026.geojson", quartiers)
    for programme, territoires in PROGRAMMES.items():
        entites = []
        for ident, libelle, membres in territoires:
            proprietes = {"id_territoire": ident, "lib_territoire": libelle}
            if programme in ("acv", "pvd"):
                proprietes["date_signature"] = "2021-05-28"
            if programme in ("fs", "fabt"):
                proprietes |= {"id_geo": membres[0][1], "lib_geo": membres[0][0]}
            proprietes["liste_geo"] = "; ".join(f"{nom} ({code})" for nom, code in membres)
            point = centre(places[membres[0][1]]) if membres[0][1] in places else (LON0, LAT0)
            entites.append(entite(proprietes, "Point", point))
        ecrire_geojson(dossier / f"zonages/programme_{programme}.geojson", entites)


def generer(dossier: Path) -> None:
    """Write every file below `dossier`."""
    with (ICI / "territoire.csv").open(encoding="utf-8", newline="") as entree:
        communes = list(csv.DictReader(entree, delimiter=";"))
    alea = random.Random(GRAINE)
    cellules = dessiner(alea)
    places = {c["code"]: cellules[int(c["case"])] for c in communes}
    aires = {code: aire_km2(anneau) for code, anneau in places.items()}
    ecrire_cog(dossier, communes)
    ecrire_populations(dossier, communes, aires, alea)
    ecrire_indicateurs(dossier, communes, alea)
    ecrire_zonages(dossier, communes)
    ecrire_cartes(dossier, communes, places)
    xs, ys = zip(*places[QUARTIERS[0][2]], strict=True)
    fx, fy = QUARTIERS[0][3] + 0.09, QUARTIERS[0][4] + 0.07
    quartier = min(xs) + fx * (max(xs) - min(xs)), max(ys) - fy * (max(ys) - min(ys))
    ecrire_entreprises(
        dossier / "entreprises",
        ICI / "structures.csv",
        {code: centre(anneau) for code, anneau in places.items()},
        {c["code"]: c["nom"] for c in communes},
        quartier,
    )


if __name__ == "__main__":
    generer(Path(sys.argv[1]) if len(sys.argv) > 1 else ICI / "sources")
