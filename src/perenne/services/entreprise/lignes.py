"""Read the lines of a table file (CSV in any usual encoding and separator, or XLSX), each with its number."""

from __future__ import annotations

import codecs
import csv
import datetime as dt
import io
import warnings
from collections import Counter
from dataclasses import dataclass

from perenne.domain.erreurs import Anomalie, ErreurUtilisateur
from perenne.services.tresorerie.garde_xlsx import refus_xlsx

OCTETS_MAX = 60_000_000
LIGNES_MAX = 500_000
SEPARATEURS = "\t|;,"
NOMS_SEPARATEURS = {"\t": "tabulation", "|": "barre verticale", ";": "point-virgule", ",": "virgule"}


@dataclass(frozen=True, kw_only=True)
class Ligne:
    """A line: its number in the file (from 1) and its cells as texts, numbers kept exactly."""

    numero: int
    cellules: tuple[str, ...]

    def __str__(self) -> str:
        return " | ".join(c for c in self.cellules if c)


@dataclass(frozen=True, kw_only=True)
class Tableur:
    """A file once read; `forme` says how (encoding and separator, or sheet)."""

    lignes: tuple[Ligne, ...]
    forme: str


def lire_tableur(octets: bytes, nom: str) -> Tableur:
    """Read the lines of a file.

    Raises:
        ErreurUtilisateur: the file is empty, too big, or is not a table.
    """
    if not octets.strip():
        raise ErreurUtilisateur(f"« {nom} » est vide.", conseil="Exportez-le de nouveau.")
    if len(octets) > OCTETS_MAX:
        raise ErreurUtilisateur(
            f"« {nom} » pèse {len(octets) // 1_000_000} Mo : 60 Mo au plus.",
            conseil="Exportez un seul exercice.",
        )
    if octets[:2] == b"PK" or octets[:4] == b"\xd0\xcf\x11\xe0":
        return _xlsx(octets, nom)
    return _texte(octets, nom)


def decoder(octets: bytes) -> tuple[str, str]:
    """The text and its encoding: UTF-8 (with or without mark), UTF-16 with its mark, else Windows-1252."""
    if octets.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return octets.decode("utf-16"), "UTF-16"
    try:
        return octets.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        # 1252 holds the same letters as ISO-8859-1 and the euro sign; five of its bytes mean nothing.
        return octets.decode("cp1252", errors="replace"), "Windows-1252 (ISO-8859-1)"


def _texte(octets: bytes, nom: str) -> Tableur:
    try:
        texte, encodage = decoder(octets)
    except UnicodeDecodeError:
        raise ErreurUtilisateur(
            f"« {nom} » n'est pas un texte lisible.", conseil="Exportez-le en CSV ou en .xlsx."
        ) from None
    if "\x00" in texte:
        raise ErreurUtilisateur(
            f"« {nom} » n'est pas un fichier de texte.", conseil="Exportez-le en CSV, en FEC ou en .xlsx."
        )
    separateur = trouver_separateur(texte)
    csv.field_size_limit(1_000_000)
    # A FEC writes quotes inside labels without doubling them: they are letters like others there.
    flux = io.StringIO(texte, newline="")
    if separateur in "\t|":
        lecteur = csv.reader(flux, delimiter=separateur, quoting=csv.QUOTE_NONE)
    else:
        lecteur = csv.reader(flux, delimiter=separateur)
    lignes: list[Ligne] = []
    try:
        for cellules in lecteur:
            if any(c.strip() for c in cellules):
                propres = tuple(_decoter(c.strip()) for c in cellules)
                lignes.append(Ligne(numero=lecteur.line_num, cellules=propres))
            if len(lignes) > LIGNES_MAX:
                raise ErreurUtilisateur(
                    f"« {nom} » dépasse {LIGNES_MAX} lignes.", conseil="Exportez un seul exercice."
                )
    except csv.Error as erreur:
        raise ErreurUtilisateur(
            f"« {nom} » ne peut pas être lu comme un tableau.",
            anomalies=(Anomalie(ou=f"ligne {lecteur.line_num}", message=str(erreur)),),
            conseil="Exportez-le de nouveau en CSV ou en .xlsx.",
        ) from None
    return Tableur(lignes=tuple(lignes), forme=f"{encodage}, séparateur {NOMS_SEPARATEURS[separateur]}")


def _decoter(cellule: str) -> str:
    """Drop the quotes that some software puts around every cell of a file separated by tabs."""
    if len(cellule) > 1 and cellule[0] == cellule[-1] == '"':
        return cellule[1:-1].replace('""', '"').strip()
    return cellule


def trouver_separateur(texte: str) -> str:
    """The separator that cuts the first lines into the same number of cells, most cells first.

    A comma is taken only when nothing else cuts: it is also the decimal sign.
    """
    premieres = [ligne for ligne in texte.splitlines()[:50] if ligne.strip()]
    meilleur, note = ";", (0, 0)
    for separateur in SEPARATEURS:
        compte = Counter(ligne.count(separateur) for ligne in premieres)
        nombre, frequence = max(compte.items(), key=lambda x: (x[0] > 0, x[1], x[0]))
        if nombre and (frequence, nombre) > note and not (separateur == "," and note[1]):
            meilleur, note = separateur, (frequence, nombre)
    return meilleur


def _xlsx(octets: bytes, nom: str) -> Tableur:
    refus = refus_xlsx(octets)
    if refus:
        message, conseil = refus
        if "perenne modele" in conseil:
            conseil = "Exportez la balance en .xlsx ou en CSV."
        raise ErreurUtilisateur(f"« {nom} » : {message}", conseil=conseil)
    from openpyxl import load_workbook  # noqa: PLC0415 - heavy, and most accounts come as text

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            classeur = load_workbook(io.BytesIO(octets), read_only=True, data_only=True, keep_links=False)
            pages = [(p.title, list(_lignes_xlsx(p))) for p in classeur.worksheets]
    except Exception:  # whatever a broken workbook raises, the user is told the same thing
        raise ErreurUtilisateur(
            f"« {nom} » : ce classeur est abîmé.", conseil="Enregistrez-le de nouveau."
        ) from None
    titre, lignes = max(pages, key=lambda p: len(p[1]))
    if not lignes:
        raise ErreurUtilisateur(f"« {nom} » : aucune ligne remplie.", conseil="Exportez-le de nouveau.")
    return Tableur(lignes=tuple(lignes), forme=f"feuille « {titre} »")


def _lignes_xlsx(page: object) -> list[Ligne]:
    lignes = []
    for numero, rangee in enumerate(page.iter_rows(values_only=True), 1):  # type: ignore[attr-defined]
        cellules = tuple(_ecrire(v) for v in rangee)
        if any(cellules):
            lignes.append(Ligne(numero=numero, cellules=cellules))
        if numero > LIGNES_MAX:
            break
    return lignes


def _ecrire(valeur: object) -> str:
    if valeur is None:
        return ""
    if isinstance(valeur, dt.datetime | dt.date):
        return f"{valeur:%Y%m%d}"
    if isinstance(valeur, float):
        return repr(int(valeur)) if valeur.is_integer() else repr(round(valeur, 6))
    return str(valeur).strip()
