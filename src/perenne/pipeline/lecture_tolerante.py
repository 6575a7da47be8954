"""Reads CSV files with cut lines, stray quotes and mixed encodings; what is left aside is located."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO

import pyarrow as pa

from perenne.domain.erreurs import Anomalie, ErreurUtilisateur
from perenne.pipeline.reconnaissance import FichierTrouve

LOT = 50_000
LIGNES_MAX = 60
"""Physical lines that one record may span: beyond, a quote was never closed."""

REJET_MAX = 0.05
"""Share of records set aside above which the file is refused."""

_EXEMPLES = 5


@dataclass
class Bilan:
    """What was read.

    Attributes:
        lus: records kept.
        rejets: records set aside, by reason.
        exemples: the first of them, each with its file and line.
        recollees: records that were cut over several lines and put together again.
        reparees: lines that were not in the encoding of the file.
    """

    lus: int = 0
    rejets: Counter[str] = field(default_factory=Counter)
    exemples: list[str] = field(default_factory=list)
    recollees: int = 0
    reparees: int = 0

    def rejeter(self, ou: str, ligne: int, motif: str) -> None:
        """Count a record that cannot be kept."""
        self.rejets[motif] += 1
        if len(self.exemples) < _EXEMPLES:
            self.exemples.append(f"{ou}, ligne {ligne}")

    def remarques(self) -> list[str]:
        """What the user should know, in French."""
        dits = [f"{n} enregistrements écartés : {motif}." for motif, n in sorted(self.rejets.items())]
        if self.exemples:
            dits.append(f"Premiers écartés : {' ; '.join(self.exemples)}.")
        if self.recollees:
            dits.append(f"{self.recollees} enregistrements coupés sur plusieurs lignes, recollés.")
        if self.reparees:
            dits.append(
                f"{self.reparees} lignes en UTF-8 dans un fichier en ISO-8859-1, relues comme telles."
            )
        return dits


def lire_tolerant(
    fichier: FichierTrouve, colonnes: Sequence[str], obligatoires: Sequence[str], debut: str, bilan: Bilan
) -> Iterator[pa.RecordBatch]:
    """Records of one file, the wanted columns only, as texts.

    Args:
        fichier: a CSV, or a member of an archive; `;` between cells.
        colonnes: columns to keep; those that the file does not have are null.
        obligatoires: columns without which the file is refused.
        debut: regular expression of the first characters of a record.
        bilan: receives what was set aside.

    Raises:
        ErreurUtilisateur: unreadable, without its columns, or too damaged.
    """
    schema = pa.schema([(c, pa.string()) for c in colonnes])
    avant, ecartes = bilan.lus, bilan.rejets.total()
    with _ouvrir(fichier) as flux:
        entete = _lire_entete(fichier, flux, obligatoires)
        rangs = [entete.index(c) if c in entete else None for c in colonnes]
        lot: list[tuple[str | None, ...]] = []
        for cellules in _enregistrements(flux, len(entete), re.compile(debut), fichier.ou, bilan):
            lot.append(tuple(None if r is None else cellules[r] or None for r in rangs))
            if len(lot) == LOT:
                yield _batch(lot, schema)
                lot = []
        if lot:
            yield _batch(lot, schema)
    lus, rejets = bilan.lus - avant, bilan.rejets.total() - ecartes
    if rejets > max(REJET_MAX * (lus + rejets), 1):
        raise ErreurUtilisateur(
            "Un fichier source est trop abîmé.",
            anomalies=[
                Anomalie(
                    ou=fichier.ou,
                    message=f"{rejets} enregistrements sur {lus + rejets} ne se lisent pas "
                    f"(premiers : {' ; '.join(bilan.exemples)}).",
                    conseil="Téléchargez-le de nouveau.",
                )
            ],
        )


def _batch(lot: list[tuple[str | None, ...]], schema: pa.Schema) -> pa.RecordBatch:
    return pa.RecordBatch.from_arrays(
        [pa.array(c, pa.string()) for c in zip(*lot, strict=True)], schema=schema
    )


@contextmanager
def _ouvrir(fichier: FichierTrouve) -> Iterator[IO[bytes]]:
    try:
        if not fichier.membre:
            with fichier.chemin.open("rb") as flux:
                yield flux
        else:
            with zipfile.ZipFile(fichier.chemin) as archive, archive.open(fichier.membre) as membre:
                yield membre
    except (zipfile.BadZipFile, EOFError) as erreur:
        raise ErreurUtilisateur(
            "Un fichier source ne peut pas être lu.",
            anomalies=[
                Anomalie(
                    ou=fichier.ou, message="l'archive zip est abîmée.", conseil="Téléchargez-la de nouveau."
                )
            ],
        ) from erreur


def _lire_entete(fichier: FichierTrouve, flux: IO[bytes], obligatoires: Sequence[str]) -> list[str]:
    texte, _ = _decoder(flux.readline())
    entete = [c.strip() for c in next(csv.reader([texte.lstrip("\ufeff")], delimiter=";"), [])]
    absentes = [c for c in obligatoires if c not in entete]
    if absentes:
        raise ErreurUtilisateur(
            "Un fichier source n'a pas la forme attendue.",
            anomalies=[
                Anomalie(ou=f"{fichier.ou}, ligne 1", message=f"colonne « {c} » absente.") for c in absentes
            ],
            conseil=f"Colonnes trouvées : {', '.join(entete) or 'aucune'}.",
        )
    return entete


def _decoder(brut: bytes) -> tuple[str, bool]:
    """The text of a line in the Windows form of ISO-8859-1, or in UTF-8 (True) when it can only be that."""
    if brut.isascii():
        return brut.decode("ascii").rstrip("\r\n"), False
    try:
        return brut.decode("utf-8").rstrip("\r\n"), True
    except UnicodeDecodeError:
        return brut.decode("cp1252", errors="replace").rstrip("\r\n"), False


def _enregistrements(
    flux: IO[bytes], largeur: int, debut: re.Pattern[str], ou: str, bilan: Bilan
) -> Iterator[list[str]]:
    """Cells of each record; a record in pieces is put together until the next one begins."""
    morceaux: list[str] = []
    depart = 0
    for numero, brut in enumerate(flux, 2):
        texte, repare = _decoder(brut)
        bilan.reparees += repare
        if not texte and not morceaux:
            continue
        if morceaux and (debut.match(texte) or len(morceaux) >= LIGNES_MAX):
            bilan.rejeter(ou, depart, "enregistrement coupé ou guillemet non refermé")
            morceaux = []
        if not morceaux:
            depart = numero
            if not debut.match(texte):
                bilan.rejeter(ou, numero, "ligne qui ne commence pas par un numéro")
                continue
        morceaux.append(texte)
        cellules = _couper(morceaux)
        if cellules is None or len(cellules) < largeur:
            continue
        if len(cellules) > largeur:
            bilan.rejeter(ou, depart, "trop de colonnes")
        else:
            bilan.lus += 1
            bilan.recollees += len(morceaux) > 1
            yield cellules
        morceaux = []
    if morceaux:
        bilan.rejeter(ou, depart, "enregistrement coupé ou guillemet non refermé")


def _couper(morceaux: list[str]) -> list[str] | None:
    """Cells of a record; None while a quote is open."""
    texte = " ".join(morceaux)
    if '"' not in texte:
        return texte.split(";")
    if texte.count('"') % 2:
        return None
    return next(csv.reader(io.StringIO(texte), delimiter=";"), [])
