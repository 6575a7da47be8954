"""Compares the atlas with an independent join of the same data, and explains each difference.

python benchmarks/verifier_reference.py ATLAS communes_reference.csv mouvements-communes.csv
"""

from __future__ import annotations

import argparse
import csv
import sqlite3
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

SEUIL = 0.995
"""Least share of communes that must agree."""
EXIGES = ("EPCI", "FRR", "ZRR", "PVD", "ACV")
_FRR = {
    ("frr", "socle"): "FRR socle",
    ("frr", "plus"): "FRR+",
    ("frr", "partiel"): "Classée FRR partiellement",
    ("ex-zrr", "beneficiaire"): "FRR bénéficiaire",
    ("ex-zrr", "partiel"): "FRR bénéficiaire partiellement",
}


@dataclass
class Accord:
    """Agreement on one subject.

    Attributes:
        communes: communes compared.
        egales: those that agree.
        ecarts: (code, atlas, reference, cause) of the others.
    """

    communes: int = 0
    egales: int = 0
    ecarts: list[tuple[str, str, str, str]] = field(default_factory=list)

    @property
    def part(self) -> float:
        """Share that agrees, in [0, 1]."""
        return self.egales / self.communes if self.communes else 0.0


def lire_atlas(base: Path) -> dict[str, dict[str, str]]:
    """What the atlas says of each commune, in the words of the reference."""
    with sqlite3.connect(f"file:{base}?mode=ro", uri=True) as lien:
        communes = {
            code: {"EPCI": epci or "", "densité": str(densite or ""), "population": str(population)}
            for code, epci, densite, population in lien.execute(
                "SELECT code, epci, densite, population FROM territoire WHERE type = 'commune'"
            )
        }
        for code in communes:
            communes[code] |= {
                "FRR": "Non classée",
                "ZRR": "NC",
                "PVD": "",
                "ACV": "",
                "VA": "",
                "TI": "",
                "QPV": "",
            }
        for code, zonage, classement, libelle in lien.execute(
            "SELECT code, zonage, classement, libelle FROM appartenance WHERE type = 'commune'"
        ):
            if (zonage, classement) in _FRR:
                communes[code]["FRR"] = _FRR[(zonage, classement)]
            elif zonage == "zrr":
                communes[code]["ZRR"] = {"classee": "C", "partiel": "PC"}[classement]
            elif zonage in {"pvd", "acv", "va", "ti"}:
                communes[code][zonage.upper()] = "oui"
            elif zonage == "qpv-2024":
                communes[code]["QPV"] = " ".join(sorted(q.split()[0] for q in libelle.split(" ; ")))
    lien.close()
    return communes


def lire_reference(fichier: Path) -> Iterator[tuple[str, dict[str, str | None]]]:
    """What the reference says; None where it knows nothing."""
    niveaux = {
        "Grands centres urbains": "1", "Centres urbains intermédiaires": "2", "Ceintures urbaines": "3",
        "Petites villes": "4", "Bourgs ruraux": "5", "Rural à habitat dispersé": "6",
        "Rural à habitat très dispersé": "7",
    }  # fmt: skip
    with fichier.open(encoding="utf-8", newline="") as flux:
        for r in csv.DictReader(flux):
            yield (
                r["code_insee"],
                {
                    "EPCI": r["epci"],
                    "FRR": r["frr_2025"] or None,
                    "ZRR": r["zrr_2022"] or None,
                    "PVD": "oui" if r["pvd"] else "",
                    "ACV": "oui" if r["acv"] else "",
                    "VA": "oui" if r["va"] else "",
                    "TI": "oui" if r["ti"] else "",
                    "QPV": " ".join(sorted(r["qpv2024_codes"].replace(",", " ").replace(";", " ").split())),
                    "densité": niveaux.get(r["grille_densite"], ""),
                    "population": str(int(float(r["pmun_2023"]))) if r["pmun_2023"] else None,
                },
            )


def touchees(mouvements: Path) -> dict[str, str]:
    """Communes touched by a merger or a separation since 2022, with its date."""
    dates: dict[str, str] = {}
    with mouvements.open(encoding="utf-8-sig", newline="") as flux:
        for r in csv.DictReader(flux):
            if r["DATE_EFF"] > "2022-01-01" and r["MOD"] != "10":
                for code in (r["COM_AV"], r["COM_AP"]):
                    dates[code] = max(dates.get(code, ""), r["DATE_EFF"])
    return dates


def comparer(base: Path, reference: Path, mouvements: Path) -> Mapping[str, Accord]:
    """Agreement by subject."""
    atlas, dates = lire_atlas(base), touchees(mouvements)
    accords: dict[str, Accord] = defaultdict(Accord)
    for code, attendu in lire_reference(reference):
        for sujet, valeur in attendu.items():
            accord = accords[sujet]
            accord.communes += 1
            vu = atlas[code][sujet]
            if vu == valeur:
                accord.egales += 1
            else:
                accord.ecarts.append((code, vu, str(valeur), _cause(code, sujet, vu, valeur, dates)))
    return accords


def _cause(code: str, sujet: str, vu: str, valeur: str | None, dates: Mapping[str, str]) -> str:
    if sujet == "TI" and vu and not valeur:
        return "commune citée par son propre SIREN : la jointure ne suit que les intercommunalités"
    if valeur is None and code in dates:
        return f"inconnue de la jointure, commune changée le {dates[code]} : l'atlas suit le mouvement"
    if valeur is None:
        return "inconnue de la jointure"
    if code in dates:
        return (
            f"commune changée le {dates[code]} : la jointure garde l'état d'avant, l'atlas suit le mouvement"
        )
    return "autre"


def afficher(accords: Mapping[str, Accord], ecrire: Callable[[str], None] = print) -> bool:
    """Print the table and the causes; True when every required subject agrees enough."""
    ecrire(f"{'sujet':<12}{'communes':>10}{'égales':>10}{'accord':>10}")
    for sujet, accord in accords.items():
        ecrire(f"{sujet:<12}{accord.communes:>10}{accord.egales:>10}{accord.part:>10.3%}")
    for sujet, accord in accords.items():
        if accord.ecarts:
            ecrire(f"\n{sujet} : {len(accord.ecarts)} écarts")
            for cause, nombre in Counter(c for *_, c in accord.ecarts).most_common():
                exemples = [
                    f"{code} ({vu or '∅'} / {ref or '∅'})" for code, vu, ref, c in accord.ecarts if c == cause
                ]
                ecrire(f"  {nombre:>6}  {cause} ; par exemple {', '.join(exemples[:3])}")
    return all(accords[s].part >= SEUIL for s in EXIGES)


def main() -> int:
    """Print the comparison; 1 when a required subject agrees too little."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("base", type=Path, help="dossier de l'atlas publié, ou son fichier atlas.sqlite")
    options.add_argument("reference", type=Path)
    options.add_argument("mouvements", type=Path)
    choix = options.parse_args()
    base = choix.base
    if base.is_dir():
        version = base / "actuel"
        base = (
            base / version.read_text(encoding="utf-8").strip() if version.is_file() else base
        ) / "atlas.sqlite"
    if not base.is_file():
        options.error(f"aucun atlas dans {choix.base} : lancez « perenne atlas construire »")
    return 0 if afficher(comparer(base, choix.reference, choix.mouvements)) else 1


if __name__ == "__main__":
    sys.exit(main())
