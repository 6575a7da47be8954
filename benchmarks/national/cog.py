"""A made-up country of any number of communes, in the formats of the producers.

It serves where no real file is at hand. Its départements bear the real codes, because projections and
overseas rules follow from them; its communes are squares with invented names.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from perenne.sources.registre import charger_notices

HEXAGONE = (-1.0, 43.2, 6.5, 49.6)
OUTRE_MER = {
    "971": ("01", (-61.70, 16.02, -61.30, 16.40)),
    "972": ("02", (-61.10, 14.50, -60.90, 14.80)),
    "973": ("03", (-53.80, 3.60, -52.20, 5.40)),
    "974": ("04", (55.30, -21.30, 55.70, -20.98)),
    "976": ("06", (45.06, -12.96, 45.24, -12.72)),
}
COMMUNES_OUTRE_MER = 20
ANCIENNE = 500
"""What is added to the number of a commune to make that of the one it absorbed."""

UNE_SUR = 14
"""One commune in so many has absorbed another."""

MEMBRES = 28
_NOM = ("TNCC", "NCC", "NCCENR", "LIBELLE")
_COMMUNE = ("TYPECOM", "COM", *_NOM)


@dataclass(frozen=True, kw_only=True)
class Commune:
    """One square."""

    code: str
    nom: str
    departement: str
    region: str
    boite: tuple[float, float, float, float]
    population: int

    @property
    def anneau(self) -> list[tuple[float, float]]:
        """Its outline."""
        ouest, sud, est, nord = self.boite
        return [(ouest, sud), (est, sud), (est, nord), (ouest, nord), (ouest, sud)]


def generer_cog(dossier: Path, nombre: int) -> None:
    """Write the reference files of `nombre` communes, or a few fewer, below `dossier`."""
    communes = list(_communes(nombre))
    territoire = dossier / "communes"
    nom = [_nommer(c.nom) for c in communes]
    _csv(
        territoire / "cog_communes_2026.csv",
        ("TYPECOM", "COM", "REG", "DEP", "CTCD", "ARR", *_NOM, "CAN", "COMPARENT"),
        [("COM", c.code, c.region, c.departement, f"{c.departement}D", f"{c.departement}1", *n, "", "")
         for c, n in zip(communes, nom, strict=True)],
    )  # fmt: skip
    _csv(
        territoire / "mouvements-communes.csv",
        ("MOD", "DATE_EFF", *(f"{x}_AV" for x in _COMMUNE), *(f"{x}_AP" for x in _COMMUNE)),
        _mouvements(communes),
    )
    _csv(
        territoire / "donnees_communes.csv",
        ("REG", "Région", "DEP", "CODARR", "CODCAN", "CODCOM", "COM", "Commune", "PMUN", "PCAP", "PTOT"),
        [(c.region, "", c.departement, "1", "01", c.code[-3:], c.code, c.nom, c.population, 0, c.population)
         for c in communes],
        ";",
    )  # fmt: skip
    _csv(
        territoire / "epcicom2025.csv",
        ("dept", "siren", "raison_sociale", "nature_juridique", "mode_financ", "nb_membres", "total_pop_tot",
         "total_pop_mun", "dep_com", "insee", "siren_membre", "nom_membre", "ptot_2025", "pmun_2025"),
        _epci(communes),
    )  # fmt: skip
    entites = ",\n".join(
        json.dumps(
            {"type": "Feature", "properties": {"code": c.code, "nom": c.nom},
             "geometry": {"type": "Polygon", "coordinates": [c.anneau]}}
        )
        for c in communes
    )  # fmt: skip
    (territoire / "communes-1000m.geojson").write_text(
        f'{{"type":"FeatureCollection","features":[\n{entites}\n]}}\n', encoding="utf-8"
    )


def _communes(nombre: int) -> Iterator[Commune]:
    notice = next(n for n in charger_notices() if n.id == "insee_cog")
    hexagone = sorted(d for d in notice.tables["departements"] if not d.startswith("97"))
    regions = sorted(r for r in notice.tables["regions"] if not r.startswith("0"))
    for departement, (region, boite) in OUTRE_MER.items():
        combien = max(1, min(COMMUNES_OUTRE_MER, nombre // 100))
        yield from _carreaux(departement, region, boite, combien)
    colonnes = 10
    lignes = -(-len(hexagone) // colonnes)
    pas_x, pas_y = (HEXAGONE[2] - HEXAGONE[0]) / colonnes, (HEXAGONE[3] - HEXAGONE[1]) / lignes
    for rang, departement in enumerate(hexagone):
        x, y = HEXAGONE[0] + rang % colonnes * pas_x, HEXAGONE[1] + rang // colonnes * pas_y
        region = regions[rang * len(regions) // len(hexagone)]
        yield from _carreaux(
            departement, region, (x, y, x + pas_x, y + pas_y), max(1, nombre // len(hexagone))
        )


def _carreaux(
    departement: str, region: str, boite: tuple[float, float, float, float], nombre: int
) -> Iterator[Commune]:
    cote = 1
    while cote * cote < nombre:
        cote += 1
    pas_x, pas_y = (boite[2] - boite[0]) / cote, (boite[3] - boite[1]) / cote
    for rang in range(nombre):
        x, y = boite[0] + rang % cote * pas_x, boite[1] + rang // cote * pas_y
        numero = str(rang + 1).zfill(5 - len(departement))
        yield Commune(
            code=f"{departement}{numero}",
            nom=f"Commune-Fictive-{departement}-{numero}",
            departement=departement,
            region=region,
            boite=tuple(round(v, 5) for v in (x, y, x + pas_x, y + pas_y)),  # type: ignore[arg-type]
            population=60 + round(160_000 / (1 + rang * rang / 4)) + rang * 37 % 900,
        )


def _nommer(nom: str) -> tuple[str, str, str, str]:
    return "0", nom.upper().replace("-", " "), nom, nom


def _mouvements(communes: Iterable[Commune]) -> Iterator[tuple[str, ...]]:
    """Mergers of 2019: the old commune keeps its code as a delegated one."""
    for rang, c in enumerate(communes):
        if rang % UNE_SUR or len(c.departement) != 2:
            continue
        code = f"{c.departement}{int(c.code[2:]) + ANCIENNE:03d}"
        nom = _nommer(f"Ancienne-{c.nom}")
        for type_, code_ap, nom_ap in (("COM", c.code, _nommer(c.nom)), ("COMD", code, nom)):
            yield ("32", "2019-01-01", "COM", code, *nom, type_, code_ap, *nom_ap)


def _epci(communes: Sequence[Commune]) -> Iterator[tuple[object, ...]]:
    par_departement: dict[str, list[Commune]] = {}
    for c in communes:
        par_departement.setdefault(c.departement, []).append(c)
    numero = 0
    for departement, liste in par_departement.items():
        for debut in range(0, len(liste), MEMBRES):
            numero += 1
            membres = liste[debut : debut + MEMBRES]
            total = sum(m.population for m in membres)
            for m in membres:
                yield (
                    departement, f"2{numero:08d}", f"CC fictive {numero}", "CC", "FPU", len(membres), total,
                    total, departement, m.code, f"21{m.code:0>7}".replace("A", "0").replace("B", "1"), m.nom,
                    m.population, m.population,
                )  # fmt: skip


def _csv(chemin: Path, entete: Sequence[str], lignes: Iterable[Sequence[object]], sep: str = ",") -> None:
    chemin.parent.mkdir(parents=True, exist_ok=True)
    with chemin.open("w", encoding="utf-8", newline="") as sortie:
        plume = csv.writer(sortie, delimiter=sep, lineterminator="\n")
        plume.writerow(entete)
        plume.writerows(lignes)
