"""Look at a workbook before opening it: not too big, no macro, no password, no trap."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

OCTETS_MAX = 5_000_000
DECOMPRESSE_MAX = 40_000_000
ENTREES_MAX = 500
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


# RuntimeError: what zipfile raises for an encrypted entry, or for a compression that it does not know.
ABIME = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    KeyError,
)
MODELE = "perenne modele tresorerie -o plan.xlsx"


def refus_xlsx(octets: bytes, modele: str = MODELE) -> tuple[str, str] | None:
    """Why a file cannot be opened as a workbook, and what to do; None when it can.

    `modele` is the command that gives the template of this kind of file.

    Nothing is decompressed beyond what the limits allow, and nothing is executed.
    """
    if not octets:
        return "ce fichier est vide.", "Enregistrez à nouveau le classeur."
    if len(octets) > OCTETS_MAX:
        return (
            f"ce fichier pèse {len(octets) / 1_000_000:.0f} Mo : 5 Mo au plus.",
            "Retirez images et feuilles inutiles, ou repartez du modèle.",
        )
    if octets.startswith(OLE):
        return (
            "ce classeur est protégé par un mot de passe, ou c'est un ancien fichier .xls.",
            "Enregistrez-le sans mot de passe au format .xlsx.",
        )
    if not zipfile.is_zipfile(io.BytesIO(octets)):
        return "ce n'est pas un classeur .xlsx.", "Ouvrez-le dans un tableur et enregistrez-le en .xlsx."
    try:
        with zipfile.ZipFile(io.BytesIO(octets)) as archive:
            return _contenu(archive, modele)
    except ABIME:
        return "ce classeur est abîmé.", "Ouvrez-le dans un tableur et enregistrez-le à nouveau."


def _contenu(archive: zipfile.ZipFile, modele: str) -> tuple[str, str] | None:  # noqa: PLR0911 - one return a refusal
    entrees = archive.infolist()
    if any(e.flag_bits & 1 for e in entrees):
        return "ce classeur est protégé par un mot de passe.", "Enregistrez-le sans mot de passe."
    if len(entrees) > ENTREES_MAX or sum(e.file_size for e in entrees) > DECOMPRESSE_MAX:
        return "ce classeur est démesuré une fois ouvert.", "Repartez du modèle et recopiez-y vos lignes."
    noms = {e.filename for e in entrees}
    if "mimetype" in noms and b"opendocument" in archive.read("mimetype")[:200]:
        return "c'est un classeur LibreOffice (.ods).", "Enregistrez-le au format .xlsx."
    if any(n.lower().endswith("vbaproject.bin") for n in noms):
        return "ce classeur contient des macros.", "Enregistrez-le au format .xlsx, sans macro."
    if "xl/workbook.xml" not in noms:
        return "ce n'est pas un classeur .xlsx.", f"Partez du modèle : {modele}."
    for nom in noms:
        if nom.endswith((".xml", ".rels")):
            debut = b"".join(_morceaux(archive, nom))
            if b"<!DOCTYPE" in debut or b"<!ENTITY" in debut:
                return "ce classeur contient une définition interdite.", "Repartez du modèle."
    return None


def _morceaux(archive: zipfile.ZipFile, nom: str) -> Iterator[bytes]:
    """The first bytes of a part, never more than what it announces."""
    with archive.open(nom) as partie:
        yield partie.read(4096)
