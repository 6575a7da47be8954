"""The lists of structures, at about the size of the real ones."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pcsv
from benchmarks.national.communes import Communes
from benchmarks.national.hasard import chance, parmi
from benchmarks.national.tirages import UNITES, Tirage
from benchmarks.national.vocabulaire import Vocabulaire

ESUS, SIAE, DATA_INCLUSION, TIERS_LIEUX = 2_900, 4_500, 80_000, 3_500
"""Orders of magnitude of 2026."""

LOT = 1_000_000
COLONNES_DATA_INCLUSION = (
    "id", "siret", "nom", "commune", "code_postal", "code_insee", "adresse", "complement_adresse",
    "longitude", "latitude", "telephone", "courriel", "site_web", "description", "source", "date_maj",
    "lien_source", "horaires_accueil", "accessibilite_lieu", "reseaux_porteurs",
)  # fmt: skip


def ecrire_ess_france(chemin: Path, fraction: float) -> None:
    """About 1.3 million SIREN: most statutory units, some flagged ones, a few that only this list names."""
    unites = round(UNITES * fraction)
    with chemin.open("wb") as flux:
        flux.write(b"SIREN\n")
        for debut in range(0, unites, LOT):
            tirage = Tirage(np.arange(debut, min(debut + LOT, unites), dtype=np.uint64))
            r = tirage.rangs
            choisies = tirage.statutaire & chance(r, 301, 0.8) | tirage.mention & chance(r, 302, 0.3)
            sirens = Tirage(r[choisies | chance(r, 303, 0.0003)]).siren
            sans_entete = pcsv.WriteOptions(include_header=False, quoting_style="none")
            pcsv.write_csv(pa.table({"SIREN": sirens}), flux, sans_entete)


def _prendre(nombre: int, fraction: float, garder: Callable[[Tirage], np.ndarray], sel: int) -> Tirage:
    """`nombre` units spread over the whole file among those that `garder` keeps, or as many as there are."""
    unites = round(UNITES * fraction)
    tirage = Tirage(np.unique(parmi(np.arange(nombre * 60, dtype=np.uint64), sel, unites)).astype(np.uint64))
    bons = tirage.rangs[garder(tirage)]
    pas = max(1, len(bons) // max(1, nombre))
    return Tirage(bons[::pas][:nombre])


def ecrire_esus(chemin: Path, fraction: float, vocabulaire: Vocabulaire) -> None:
    """Agreements: companies for half of them; a third are over."""
    tirage = _prendre(
        max(3, round(ESUS * fraction)), fraction, lambda t: t.active & (t.mention | t.association), 311
    )
    debut = 2014 + parmi(tirage.rangs, 312, 13)
    with chemin.open("w", encoding="utf-8", newline="") as flux:
        plume = csv.writer(flux, delimiter=";", lineterminator="\n")
        plume.writerow(("SIREN", "DENOMINATION", "DATE_AGREMENT", "DATE_FIN"))
        noms = vocabulaire.nom(tirage.rangs, vocabulaire.sirene)
        for siren, nom, an in zip(tirage.siren.to_pylist(), noms.to_pylist(), debut.tolist(), strict=True):
            plume.writerow((siren, nom, f"{an}-03-01", f"{an + 5}-03-01"))


def ecrire_siae(chemin: Path, fraction: float, communes: Communes, vocabulaire: Vocabulaire) -> None:
    """Structures of inclusion, in the form of the extract that the platform published."""
    tirage = _prendre(max(3, round(SIAE * fraction)), fraction, lambda t: t.active & t.association, 321)
    places = tirage.commune(communes)
    types = ("ACI", "AI", "EI", "ETTI", "GEIQ", "EA")
    fiches = [
        {
            "model": "siaes.siae", "pk": rang,
            "fields": {
                "siret": siret, "name": nom, "brand": "", "kind": types[genre], "naf": "8899B",
                "city": communes.noms[place], "department": communes.departements[place],
                "post_code": communes.codes_postaux[place],
                "coords": f"SRID=4326;POINT ({communes.lon[place]:.5f} {communes.lat[place]:.5f})",
                "updated_at": "2026-06-01T10:00:00.000Z",
            },
        }
        for rang, (siret, nom, genre, place) in enumerate(
            zip(
                tirage.siret_du_siege().to_pylist(),
                vocabulaire.nom(tirage.rangs, vocabulaire.sirene).to_pylist(),
                parmi(tirage.rangs, 322, len(types)).tolist(),
                places.tolist(),
                strict=True,
            ),
            1,
        )
    ]  # fmt: skip
    chemin.write_text(json.dumps(fiches, ensure_ascii=False), encoding="utf-8")


def ecrire_data_inclusion(
    chemin: Path, fraction: float, communes: Communes, vocabulaire: Vocabulaire
) -> None:
    """Structures of data·inclusion, schema v1, every column; half of them bear a SIRET."""
    tirage = _prendre(
        max(3, round(DATA_INCLUSION * fraction)), fraction, lambda t: t.active & ~t.personne, 331
    )
    places = tirage.commune(communes)
    avec_siret = chance(tirage.rangs, 332, 0.5)
    with chemin.open("w", encoding="utf-8", newline="") as flux:
        plume = csv.DictWriter(flux, COLONNES_DATA_INCLUSION, restval="", lineterminator="\n")
        plume.writeheader()
        for rang, siret, vu, nom, objet, p in zip(
            tirage.rangs.tolist(), tirage.siret_du_siege().to_pylist(), avec_siret.tolist(),
            vocabulaire.nom(tirage.rangs, vocabulaire.rna).to_pylist(),
            vocabulaire.objet(tirage.rangs).to_pylist(), places.tolist(), strict=True,
        ):  # fmt: skip
            plume.writerow(
                {
                    "id": f"structure-{rang}", "siret": siret if vu else "", "nom": nom,
                    "commune": communes.noms[p], "code_postal": communes.codes_postaux[p],
                    "code_insee": communes.codes[p], "longitude": f"{communes.lon[p]:.5f}",
                    "latitude": f"{communes.lat[p]:.5f}", "description": objet, "source": "fictive",
                    "date_maj": "2026-05-04", "reseaux_porteurs": "ACI" if rang % 9 == 0 else "",
                }
            )  # fmt: skip


def ecrire_tiers_lieux(chemin: Path, fraction: float, communes: Communes, vocabulaire: Vocabulaire) -> None:
    """Third places, with the commune of each."""
    nombre = max(3, round(TIERS_LIEUX * fraction))
    rangs = np.arange(50_000_000, 50_000_000 + nombre, dtype=np.uint64)
    noms = vocabulaire.nom(rangs, vocabulaire.rna).to_pylist()
    porteuses = vocabulaire.nom(rangs + np.uint64(nombre), vocabulaire.rna).to_pylist()
    with chemin.open("w", encoding="utf-8", newline="") as flux:
        plume = csv.writer(flux, lineterminator="\n")
        plume.writerow(("ID_UNIQUE", "NOM", "Insee", "NOM_STRC_PORT"))
        for rang, (nom, p, porteuse) in enumerate(
            zip(noms, communes.tirer(rangs, 341).tolist(), porteuses, strict=True), 1
        ):
            plume.writerow((f"TL{rang:05d}", nom, communes.codes[p], porteuse))
