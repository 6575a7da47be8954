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

import numpy as np
import pyarrow as pa

from perenne.domain.erreurs import Anomalie, ErreurUtilisateur
from perenne.pipeline.decoupe import Bloc, Coupe, couper, lire_bloc
from perenne.pipeline.reconnaissance import FichierTrouve

BLOC = 16 << 20
"""Bytes read at a time."""

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

    def ajouter(self, autre: Bilan) -> None:
        """Add what was read of another part."""
        self.lus += autre.lus
        self.rejets += autre.rejets
        self.exemples = (self.exemples + autre.exemples)[:_EXEMPLES]
        self.recollees += autre.recollees
        self.reparees += autre.reparees

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
    """Records of one file, the wanted columns only, as texts; those put together again come after the others.

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
        recolleur = _Recolleur(len(entete), re.compile(debut), fichier.ou, bilan)
        numero = 2
        for brut in _blocs(flux):
            bloc = lire_bloc(brut)
            coupe = couper(bloc, len(entete), recolleur.debut)
            bilan.lus += len(coupe.rangs)
            bilan.reparees += bloc.reparees
            entieres = [
                pa.nulls(len(coupe.rangs), pa.string()) if r is None else coupe.colonne(r) for r in rangs
            ]
            yield pa.RecordBatch.from_arrays(entieres, schema=schema)
            recollees = list(_recoller(bloc, coupe, recolleur, numero))
            if recollees:
                lot = [
                    tuple(None if r is None else cellules[r] or None for r in rangs) for cellules in recollees
                ]
                yield _batch(lot, schema)
            numero += len(bloc.fins)
        recolleur.interrompre()
    _exiger_lisible(fichier, bilan.lus - avant, bilan.rejets.total() - ecartes, bilan)


def _exiger_lisible(fichier: FichierTrouve, lus: int, rejets: int, bilan: Bilan) -> None:
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


def _blocs(flux: IO[bytes]) -> Iterator[bytes]:
    """Whole lines, millions of characters at a time."""
    reste = b""
    while morceau := flux.read(BLOC):
        fin = morceau.rfind(b"\n") + 1
        if fin:
            yield reste + morceau[:fin]
            reste = b""
        reste += morceau[fin:]
    if reste:
        yield reste + b"\n"


def _recoller(bloc: Bloc, coupe: Coupe, recolleur: _Recolleur, numero: int) -> Iterator[list[str]]:
    """Cells of the records that do not stand whole on their line; `numero` is that of the first line."""
    autres = np.ones(len(bloc.fins), bool)
    autres[coupe.rangs] = False
    precedente = -1
    for rang in np.flatnonzero(autres).tolist():
        if rang > precedente + 1:
            recolleur.interrompre()
        precedente = rang
        if (cellules := recolleur.ajouter(numero + rang, bloc.ligne(rang))) is not None:
            yield cellules
    if precedente < len(bloc.fins) - 1:
        recolleur.interrompre()


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
    texte = lire_bloc(flux.readline().rstrip(b"\r\n") + b"\n").ligne(0)
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


class _Recolleur:
    """Puts records in pieces together, line after line, until the next one begins."""

    def __init__(self, largeur: int, debut: re.Pattern[str], ou: str, bilan: Bilan) -> None:
        self.debut = debut
        self._largeur, self._ou, self._bilan = largeur, ou, bilan
        self._morceaux: list[str] = []
        self._depart = 0

    def interrompre(self) -> None:
        """Another record begins, or the file ends: the one under way will never be finished."""
        if self._morceaux:
            self._bilan.rejeter(self._ou, self._depart, "enregistrement coupé ou guillemet non refermé")
            self._morceaux = []

    def ajouter(self, numero: int, texte: str) -> list[str] | None:
        """Cells of the record that this line finishes; None when it finishes none."""
        if not texte and not self._morceaux:
            return None
        commence = self.debut.match(texte) is not None
        if commence or len(self._morceaux) >= LIGNES_MAX:
            self.interrompre()
        if not self._morceaux:
            self._depart = numero
            if not commence:
                self._bilan.rejeter(self._ou, numero, "ligne qui ne commence pas par un numéro")
                return None
        self._morceaux.append(texte)
        cellules = _couper(self._morceaux)
        if cellules is None or len(cellules) < self._largeur:
            return None
        nombre = len(self._morceaux)
        self._morceaux = []
        if len(cellules) > self._largeur:
            self._bilan.rejeter(self._ou, self._depart, "trop de colonnes")
            return None
        self._bilan.lus += 1
        self._bilan.recollees += nombre > 1
        return cellules


def _couper(morceaux: list[str]) -> list[str] | None:
    """Cells of a record; None while a quote is open."""
    texte = " ".join(morceaux)
    if '"' not in texte:
        return texte.split(";")
    if texte.count('"') % 2:
        return None
    return next(csv.reader(io.StringIO(texte), delimiter=";"), [])
