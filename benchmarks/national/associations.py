"""The register of associations: two archives of one CSV a département, with the faults of the real ones.

Lines in UTF-8 among others in ISO-8859-1, records cut over several lines or never finished, semicolons and
quotes in the texts, numbers there twice, SIRET with spaces, too short, or those of somebody else.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from benchmarks.national.colonnes import chiffres, choix, coller, en_clair, sans, textes
from benchmarks.national.communes import Communes
from benchmarks.national.etablissements import VOIES
from benchmarks.national.hasard import Rangs, chance, parmi
from benchmarks.national.tirages import ASSOCIATIONS, UNITES, Tirage, numero_rna
from benchmarks.national.vocabulaire import Vocabulaire

PREMIER_HORS_SIRENE = 30_000_000
"""Ranks of the associations that Sirene does not know: beyond those of the legal units."""

LOT, LOT_DE_TIRAGE = 50_000, 1_000_000
PART_IMPORT = 0.15
WALDEC = (
    "id", "id_ex", "siret", "rup_mi", "gestion", "date_creat", "date_decla", "date_publi", "date_disso",
    "nature", "groupement", "titre", "titre_court", "objet", "objet_social1", "objet_social2",
    "adrs_complement", "adrs_numvoie", "adrs_repetition", "adrs_typevoie", "adrs_libvoie", "adrs_distrib",
    "adrs_codeinsee", "adrs_codepostal", "adrs_libcommune", "adrg_declarant", "adrg_complemid",
    "adrg_complemgeo", "adrg_libvoie", "adrg_distrib", "adrg_codepostal", "adrg_achemine", "adrg_pays",
    "dir_civilite", "siteweb", "publiweb", "observation", "position", "maj_time",
)  # fmt: skip
IMPORT = (
    "id", "id_ex", "siret", "gestion", "date_creat", "date_publi", "nature", "groupement", "titre", "objet",
    "objet_social1", "objet_social2", "adr1", "adr2", "adr3", "adrs_codepostal", "libcom", "adrs_codeinsee",
    "dir_civilite", "siteweb", "observation", "position", "rup_mi", "maj_time",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Inscrites:
    """Associations of the register, département after département.

    Attributes:
        rangs: of the legal unit, or beyond all of them.
        communes: index of the commune of each.
        debuts: where each département begins, in the order of `Communes.liste_departements`.
    """

    rangs: Rangs
    communes: npt.NDArray[np.int32]
    debuts: npt.NDArray[np.int64]


def inscrire(fraction: float, communes: Communes) -> Inscrites:
    """Those that Sirene knows too, then as many as the register must hold."""
    connues = []
    unites = round(UNITES * fraction)
    for debut in range(0, unites, LOT_DE_TIRAGE):
        tirage = Tirage(np.arange(debut, min(debut + LOT_DE_TIRAGE, unites), dtype=np.uint64))
        connues.append(tirage.rangs[tirage.connue_du_rna])
    manque = max(0, round(ASSOCIATIONS * fraction) - sum(map(len, connues)))
    seules = np.arange(PREMIER_HORS_SIRENE, PREMIER_HORS_SIRENE + manque, dtype=np.uint64)
    rangs = np.concatenate([*connues, seules])
    places = Tirage(rangs).commune(communes)
    departements = communes.rang_departement[places]
    ordre = np.argsort(departements, kind="stable")
    bornes = np.searchsorted(departements[ordre], np.arange(len(communes.liste_departements) + 1))
    return Inscrites(rangs=rangs[ordre], communes=places[ordre], debuts=bornes)


def ecrire_waldec(chemin: Path, inscrites: Inscrites, communes: Communes, vocabulaire: Vocabulaire) -> None:
    """The archive of those that have a number « W »."""

    def colonnes(rangs: Rangs, places: npt.NDArray[np.int32]) -> dict[str, Any]:
        communes_ = _communes(places, communes)
        return {
            **_propres(rangs, places, communes, vocabulaire),
            **communes_,
            "id": numero_rna(rangs, communes.rang_departement[places], communes.liste_departements),
            "id_ex": sans(_ancien(rangs, places, communes), ~chance(rangs, 205, 0.35)),
            "date_decla": _jours(rangs, 206, 2009, 17),
            "date_publi": _jours(rangs, 207, 2009, 17),
            "date_disso": pc.if_else(
                pa.array(_dissoutes(rangs)), _jours(rangs, 208, 2010, 16), pa.scalar("0001-01-01")
            ),
            "titre_court": sans(_sigles(rangs), ~chance(rangs, 209, 0.25)),
            "adrs_numvoie": _numeros(rangs),
            "adrs_typevoie": choix(VOIES.tirer(rangs, 212), VOIES.valeurs),
            "adrs_libvoie": _voies(rangs, vocabulaire),
            "adrg_declarant": "La présidence",
            "adrg_codepostal": communes_["adrs_codepostal"],
            "adrg_achemine": communes_["adrs_libcommune"],
            "adrg_pays": "FRANCE",
            "dir_civilite": choix(parmi(rangs, 214, 2), ("PM", "PF")),
            "publiweb": choix(parmi(rangs, 215, 2), ("0", "1")),
        }  # fmt: skip

    garder = ~chance(inscrites.rangs, 201, PART_IMPORT)
    _archive(chemin, WALDEC, _choisir(inscrites, garder), communes, colonnes)


def ecrire_import(chemin: Path, inscrites: Inscrites, communes: Communes, vocabulaire: Vocabulaire) -> None:
    """The archive of the older ones, under an old number; a few were renumbered and are in both."""

    def colonnes(rangs: Rangs, places: npt.NDArray[np.int32]) -> dict[str, Any]:
        communes_ = _communes(places, communes)
        return {
            **_propres(rangs, places, communes, vocabulaire),
            **communes_,
            "id": _ancien(rangs, places, communes),
            "date_publi": _jours(rangs, 216, 1950, 58),
            "adr2": communes_["adrs_codepostal"],
            "adr3": communes_["adrs_libcommune"],
            "libcom": communes_["adrs_libcommune"],
        }

    anciennes = chance(inscrites.rangs, 201, PART_IMPORT)
    renumerotees = ~anciennes & chance(inscrites.rangs, 205, 0.35) & chance(inscrites.rangs, 217, 0.05)
    _archive(chemin, IMPORT, _choisir(inscrites, anciennes | renumerotees), communes, colonnes)


def _choisir(inscrites: Inscrites, garder: npt.NDArray[np.bool_]) -> Inscrites:
    avant = np.concatenate([[0], np.cumsum(garder)])
    return Inscrites(
        rangs=inscrites.rangs[garder],
        communes=inscrites.communes[garder],
        debuts=avant[inscrites.debuts],
    )


Colonnes = Callable[[Rangs, "npt.NDArray[np.int32]"], dict[str, Any]]


def _archive(
    chemin: Path, entete: tuple[str, ...], inscrites: Inscrites, communes: Communes, colonnes: Colonnes
) -> None:
    nom = chemin.stem.lstrip(".")
    with zipfile.ZipFile(chemin, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for rang, departement in enumerate(communes.liste_departements):
            debut, fin = inscrites.debuts[rang], inscrites.debuts[rang + 1]
            if debut == fin:
                continue
            # A fixed date, so that the same seed gives the same bytes.
            membre = zipfile.ZipInfo(f"{nom}_dpt_{departement}.csv", (2026, 11, 1, 0, 0, 0))
            membre.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(membre, "w", force_zip64=True) as flux:
                flux.write(";".join(f'"{c}"' for c in entete).encode() + b"\n")
                for premier in range(debut, fin, LOT):
                    tranche = slice(premier, min(premier + LOT, fin))
                    flux.write(
                        b"".join(
                            _lignes(entete, inscrites.rangs[tranche], inscrites.communes[tranche], colonnes)
                        )
                    )


def _lignes(
    entete: tuple[str, ...], rangs: Rangs, places: npt.NDArray[np.int32], colonnes: Colonnes
) -> Iterator[bytes]:
    cellules = colonnes(rangs, places)
    morceaux: list[Any] = []
    for nom in entete:
        cellule = cellules.get(nom, "")
        morceaux.append(
            pc.fill_null(en_clair(cellule), "") if isinstance(cellule, pa.Array) else pa.scalar(cellule)
        )
    lignes = coller(pa.array([""] * len(rangs)), *morceaux, entre='";"')
    # The piece before the first separator is empty: what is left of it is the quote that opens the record.
    en_utf8, coupees = chance(rangs, 221, 0.005), chance(rangs, 222, 1 / 20_000)
    doubles = chance(rangs, 223, 0.001)
    fin = ("\r\n", "\n")[int(rangs[0]) % 2] if len(rangs) else "\n"
    for ligne, utf8, coupee, double in zip(
        lignes.to_pylist(), en_utf8.tolist(), coupees.tolist(), doubles.tolist(), strict=True
    ):
        texte = f'{ligne[2:]}"'
        if coupee:
            texte = texte[: len(texte) // 2]
        brut = (texte + fin).encode("utf-8" if utf8 else "cp1252", errors="replace")
        yield brut
        if double:
            yield brut


def _propres(
    rangs: Rangs, places: npt.NDArray[np.int32], communes: Communes, vocabulaire: Vocabulaire
) -> dict[str, Any]:
    """What both files say of an association."""
    etats = choix(np.where(_dissoutes(rangs), np.where(chance(rangs, 231, 0.2), 2, 1), 0), ("A", "D", "S"))
    titres = coller(
        sans(choix(np.zeros(len(rangs)), ("Association",)), ~chance(rangs, 232, 0.15)),
        vocabulaire.nom(rangs, vocabulaire.rna),
        sans(choix(np.zeros(len(rangs)), ("et environs",)), ~chance(rangs, 233, 0.05)),
    )
    departements = np.array(communes.liste_departements, object)
    return {
        "siret": _sirets(rangs),
        "gestion": coller(choix(communes.rang_departement[places], departements), "1S", entre=""),
        "date_creat": _jours(rangs, 234, 1950, 76),
        "nature": "D",
        "groupement": "S",
        "titre": pc.replace_substring(titres, '"', '""'),
        "objet": _abimer(rangs, vocabulaire.objet(rangs)),
        "objet_social1": vocabulaire.waldec(rangs),
        "objet_social2": "000000",
        "position": etats,
        "maj_time": coller(_jours(rangs, 235, 2010, 16), "12:00:00"),
    }


def _abimer(rangs: Rangs, objets: pa.Array) -> pa.Array:
    """Quotes doubled as they must be, one purpose in 140 broken over two lines, one stray quote in 50,000."""
    cites = pc.if_else(pa.array(chance(rangs, 236, 0.01)), coller('""', objets, '""', entre=""), objets)
    coupes = pc.if_else(
        pa.array(chance(rangs, 237, 0.007)),
        pc.replace_substring(cites, " et ", "\net ", max_replacements=1),
        cites,
    )
    return pc.if_else(pa.array(chance(rangs, 238, 1 / 50_000)), coller(coupes, '" ', entre=""), coupes)


def _sirets(rangs: Rangs) -> pa.Array:
    """One in three of those that Sirene knows: its own, that of another unit, badly written, or cut."""
    sirets = Tirage(rangs).siret_du_siege()
    # Another rank gives another unit, of any legal form.
    autres = Tirage(np.where(rangs > 1_000, rangs - 1_000, rangs).astype(np.uint64)).siret_du_siege()
    melanges = pc.if_else(pa.array(chance(rangs, 241, 0.005)), autres, sirets)
    espaces = coller(pc.utf8_slice_codeunits(melanges, 0, 9), pc.utf8_slice_codeunits(melanges, 9, 14))
    ecrits = pc.if_else(pa.array(chance(rangs, 242, 0.004)), espaces, melanges)
    coupes = pc.if_else(pa.array(chance(rangs, 243, 0.002)), pc.utf8_slice_codeunits(ecrits, 0, 9), ecrits)
    return sans(coupes, (rangs >= PREMIER_HORS_SIRENE) | ~chance(rangs, 244, 0.33))


def _dissoutes(rangs: Rangs) -> npt.NDArray[np.bool_]:
    """Few say so; those that Sirene has closed do more often."""
    return chance(rangs, 245, 0.12) | ~Tirage(rangs).active & chance(rangs, 246, 0.4)


def _ancien(rangs: Rangs, places: npt.NDArray[np.int32], communes: Communes) -> pa.Array:
    """Old numbers: the office, then ten digits."""
    departements = np.array(communes.liste_departements, object)
    return coller(
        choix(communes.rang_departement[places], departements), "1S0", textes(chiffres(rangs, 9)), entre=""
    )


def _communes(places: npt.NDArray[np.int32], communes: Communes) -> dict[str, Any]:
    return {
        "adrs_codeinsee": choix(places, communes.codes),
        "adrs_codepostal": choix(places, communes.codes_postaux),
        "adrs_libcommune": choix(places, communes.noms),
    }


def _jours(rangs: Rangs, sel: int, depuis: int, annees: int) -> pa.Array:
    """Days as AAAA-MM-JJ; one in a hundred is the year 1, which stands for nothing."""
    an = pa.array(parmi(rangs, sel, annees) + depuis).cast(pa.string())
    mois = textes(chiffres(parmi(rangs, sel + 1000, 12) + 1, 2))
    jour = textes(chiffres(parmi(rangs, sel + 2000, 28) + 1, 2))
    return pc.if_else(
        pa.array(chance(rangs, sel + 3000, 0.01)), "0001-01-01", coller(an, mois, jour, entre="-")
    )


def _sigles(rangs: Rangs) -> pa.Array:
    return textes(np.column_stack([parmi(rangs, s, 26).astype(np.uint8) + ord("A") for s in (41, 42, 43)]))


def _numeros(rangs: Rangs) -> pa.Array:
    return sans(pa.array(parmi(rangs, 210, 200) + 1).cast(pa.string()), chance(rangs, 211, 0.3))


def _voies(rangs: Rangs, vocabulaire: Vocabulaire) -> pa.Array:
    fantaisies = vocabulaire.rna.fantaisies
    return choix(parmi(rangs, 213, len(fantaisies)), fantaisies)
