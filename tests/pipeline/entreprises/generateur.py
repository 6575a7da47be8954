"""Fictional official files of enterprises, in the demonstration's territory, with the mess of real ones."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from pyproj import Transformer

VERS_LAMBERT = Transformer.from_crs(4326, 2154, always_xy=True)
DANS_LE_QUARTIER = (-4.572, 45.889)
"""Inside QN09901M, the quartier « Les Brumes Hautes » of Brumeville (99001)."""

HORS_DU_QUARTIER = (-4.56, 45.885)
"""In Brumeville, in no quartier."""

UNITES = [
    # siren, form, name, flag, RNA number, state, start of the last period, diffusion, last processing
    ("100000001", "9220", "LES BRUMES", "O", "W991000001", "A", "2010-01-01", "O", "2026-01-01"),
    ("100000002", "9220", "ECHO DE L'ONDE", None, None, "A", "2011-01-01", "O", "2026-01-01"),
    ("100000003", "9220", "LES AMIS DU MIRAGE", None, None, "A", "2012-01-01", "O", "2026-01-01"),
    ("100000004", "5710", "FABLE SOLIDAIRE", None, None, "A", "2018-01-01", "O", "2026-01-01"),
    ("100000005", "5710", "ANCIENNE SOLIDAIRE", None, None, "A", "2018-01-01", "O", "2026-01-01"),
    ("100000006", "5499", "COMMERCE ORDINAIRE", None, None, "A", "2018-01-01", "O", "2026-01-01"),
    ("100000007", "9220", "SECRETE", None, "W991000007", "A", "2018-01-01", "P", "2026-01-01"),
    ("100000008", "5460", "SCIC DU CONTE", "O", "W991000008", "C", "2023-05-01", "O", "2026-01-01"),
    ("100000009", "9220", "NOM PERIME", "O", None, "A", "2018-01-01", "O", "2020-01-01"),
    ("100000009", "9220", "NOM A JOUR", "O", None, "A", "2018-01-01", "O", "2026-01-01"),
    ("100000010", "9220", "BOIS INVENTE", "N", None, "A", "2018-01-01", "O", "2026-01-01"),
    ("100000011", "7410", "GIP DES PROVERBES", "O", None, "A", "2018-01-01", "O", "2026-01-01"),
    ("100000012", "8210", "MUTUELLE DE L'HORIZON", "O", None, "A", "2018-01-01", "O", "2026-01-01"),
    ("1234", "9220", "NUMERO IMPOSSIBLE", "O", None, "A", "2018-01-01", "O", "2026-01-01"),
]
COLONNES_UNITES = (
    "siren", "categorieJuridiqueUniteLegale", "denominationUniteLegale",
    "economieSocialeSolidaireUniteLegale", "identifiantAssociationUniteLegale",
    "etatAdministratifUniteLegale", "dateDebut", "statutDiffusionUniteLegale",
    "dateDernierTraitementUniteLegale",
)  # fmt: skip
VIDES_UNITES = (
    "dateCreationUniteLegale", "sigleUniteLegale", "trancheEffectifsUniteLegale", "anneeEffectifsUniteLegale",
    "denominationUsuelle1UniteLegale", "activitePrincipaleUniteLegale",
)  # fmt: skip

ETABLISSEMENTS = [
    # siren, state, number, street, commune, point, diffusion
    ("100000001", "A", "3", "DES VAGUES", "99001", DANS_LE_QUARTIER, "O"),
    ("100000002", "A", None, None, "99001", DANS_LE_QUARTIER, "O"),
    ("100000003", "A", "5", "DES VAGUES", "99001", HORS_DU_QUARTIER, "O"),
    ("100000004", "A", None, "DU PORT", "99001", DANS_LE_QUARTIER, "O"),
    ("100000005", "A", "1", "DU PORT", "99002", None, "O"),
    ("100000006", "A", "1", "DU PORT", "99001", None, "O"),
    ("100000007", "A", "9", "DISCRETE", "99001", DANS_LE_QUARTIER, "O"),
    ("100000008", "F", "2", "DU CONTE", "99003", None, "O"),
    ("100000009", "A", "2", "DU CONTE", "99777", None, "O"),
    ("100000010", "A", "2", "DU BOIS", "99901", None, "O"),
    ("100000011", "A", "2", "DU BOIS", "99001", (2.35, 4.0), "O"),
    ("100000012", "A", None, None, "99002", None, "O"),
]

_TETE_WALDEC = (
    "id;id_ex;siret;rup_mi;date_creat;date_disso;nature;titre;titre_court;objet;objet_social1;objet_social2;"
    "adrs_codeinsee;adrs_codepostal;position;maj_time"
)


def _waldec(*cellules: str) -> bytes:
    return (";".join(f'"{c}"' for c in cellules)).encode("latin-1")


def _association(
    rna: str, titre: str, *, ancien: str = "", siret: str = "", commune: str = "99001", position: str = "A",
    dissoute: str = "0001-01-01", objet: str = "fêtes et théâtre d'été", maj: str = "2025-01-01",
) -> bytes:  # fmt: skip
    return _waldec(
        rna, ancien, siret, "", "2001-02-03", dissoute, "D", titre, "", objet, "006000", "000000", commune,
        "99000", position, maj,
    )  # fmt: skip


def lignes_waldec() -> list[bytes]:
    """Records of the W register: a cut one, one never closed, one in UTF-8, numbers twice."""
    coupee = _association("W991000009", "CAFE DES CONTEURS").replace(b"f\xeates et", b"f\xeates\r\net", 1)
    return [
        _TETE_WALDEC.encode(),
        _association("W991000001", "LES BRUMES", ancien="0991000001"),
        _association("W991000002", "L'ÉCHO DE L'ONDE", siret="10000000200011"),
        _association("W991000003", "ASSOCIATION LES AMIS DU MIRAGE (A.M.)"),
        _association("W991000007", "SECRETE"),
        _association("W991000008", "SCIC DU CONTE"),
        coupee,
        b'"W991000010";"";"";"guillemet jamais ferme;"D";"TITRE',
        _association("W991000011", "DISPARUE", position="D", dissoute="2019-06-30"),
        _association("W991000012", "ÉCRITE EN UTF-8").decode("latin-1").encode("utf-8"),
        _association("W991000013", "EN DOUBLE", maj="2010-01-01"),
        _association("W991000013", "EN DOUBLE A JOUR", maj="2024-01-01"),
        _association("W991000014", "NULLE PART", commune="99777"),
        _association("W991000015", "DE L'HORIZON", commune="99018"),
        _association("W991000016", "NOM A JOUR PLUS", commune="99003"),
        *[_association(f"W9910001{n:02d}", f"REMPLISSAGE {n}", commune="99004") for n in range(20, 60)],
    ]


def ecrire(dossier: Path) -> None:
    """Write every file in `dossier`, under the names that the producers give."""
    dossier.mkdir(parents=True, exist_ok=True)
    colonnes = dict(zip(COLONNES_UNITES, map(list, zip(*UNITES, strict=True)), strict=True))
    for vide in VIDES_UNITES:
        colonnes[vide] = [None] * len(UNITES)
    colonnes["nomUniteLegale"] = ["PERSONNE"] * len(UNITES)
    pq.write_table(
        pa.table({n: pa.array(v, pa.string()) for n, v in colonnes.items()}),
        dossier / "StockUniteLegale_utf8.parquet",
    )
    pq.write_table(_etablissements(), dossier / "StockEtablissement_utf8.parquet")
    with zipfile.ZipFile(dossier / "rna_waldec_20261101.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("rna_waldec_20261101_dpt_99.csv", b"\r\n".join(lignes_waldec()) + b"\r\n")
        archive.writestr(
            "rna_waldec_20261101_dpt_98.csv",
            _TETE_WALDEC.encode() + b"\r\n" + _association("W981000001", "AILLEURS", commune="") + b"\r\n",
        )
    (dossier / "rna_import_20261101_dpt_99.csv").write_bytes(
        b"id;id_ex;siret;date_creat;nature;titre;objet;objet_social1;objet_social2;adrs_codepostal;"
        b"adrs_codeinsee;position;maj_time\n"
        b'"0991000001";"";"";"1990-01-01";"D";"LES BRUMES";"";"";"";"99000";"99001";"A";"2005-01-01"\n'
        b'"0991000002";"";"";"1990-01-01";"D";"ANCIENNE SEULE";"";"";"";"99000";"99001";"A";"2005-01-01"\n'
    )
    (dossier / "liste-entreprises-ess.csv").write_text("SIREN\n100000001\n100000004\n", encoding="utf-8")
    (dossier / "agrements_esus.csv").write_text(
        "SIREN;DENOMINATION;DATE_AGREMENT;DATE_FIN\n"
        "100000004;FABLE SOLIDAIRE;2024-01-01;2029-01-01\n"
        "100000005;ANCIENNE SOLIDAIRE;2016-01-01;2021-01-01\n",
        encoding="utf-8",
    )


def _etablissements() -> pa.Table:
    lignes = []
    for siren, etat, numero, voie, commune, point, diffusion in ETABLISSEMENTS:
        x, y = VERS_LAMBERT.transform(*point) if point else (None, None)
        lignes.append(
            {
                "siren": siren, "siret": f"{siren}00011", "statutDiffusionEtablissement": diffusion,
                "dateDebut": "2023-05-01" if etat == "F" else "2018-01-01", "etablissementSiege": True,
                "etatAdministratifEtablissement": etat, "enseigne1Etablissement": f"ENSEIGNE {siren}",
                "denominationUsuelleEtablissement": None, "activitePrincipaleEtablissement": "90.01Z",
                "trancheEffectifsEtablissement": "01", "numeroVoieEtablissement": numero,
                "typeVoieEtablissement": "RUE" if voie else None, "libelleVoieEtablissement": voie,
                "codePostalEtablissement": "99000", "codeCommuneEtablissement": commune,
                "coordonneeLambertAbscisseEtablissement": x, "coordonneeLambertOrdonneeEtablissement": y,
            }
        )  # fmt: skip
    return pa.Table.from_pylist(lignes)
