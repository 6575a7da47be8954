"""Finds, below a folder, the file of each source: by its name, then by what it holds."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath

from perenne.domain.erreurs import Anomalie, ErreurUtilisateur
from perenne.pipeline.notice import Notice

_BLOC = 1 << 20
_DEBUT = 4096


@dataclass(frozen=True, kw_only=True)
class FichierTrouve:
    """A file, or a member of a zip archive.

    Attributes:
        chemin: the file on disk.
        membre: name inside the archive, empty for a plain file.
        relatif: path below the folder, as shown to the user.
        autres: the other files of the same source, when one a département makes it.
    """

    chemin: Path
    relatif: str
    membre: str = ""
    autres: tuple[FichierTrouve, ...] = ()

    @property
    def parties(self) -> tuple[FichierTrouve, ...]:
        """This file and the others of the same source."""
        return (self, *self.autres)

    @property
    def nom(self) -> str:
        """Name of the file itself, without any folder."""
        return PurePosixPath(self.membre).name if self.membre else self.chemin.name

    @property
    def ou(self) -> str:
        """How a message names it."""
        ou = f"{self.relatif} ({self.membre})" if self.membre else self.relatif
        return f"{ou} et {len(self.autres)} autres" if self.autres else ou

    @property
    def format(self) -> str:
        """Extension in lower case without the dot."""
        return PurePosixPath(self.nom).suffix.lower().lstrip(".")


def parcourir(dossier: Path) -> list[FichierTrouve]:
    """Every file below `dossier`, archives opened, in a stable order; hidden files are left out.

    Raises:
        ErreurUtilisateur: the folder does not exist, or an archive is truncated.
    """
    if not dossier.is_dir():
        raise ErreurUtilisateur(
            f"Le dossier de sources « {dossier} » n'existe pas.",
            conseil="Donnez un dossier existant avec --sources, ou lancez « perenne atlas telecharger ».",
        )
    trouves: list[FichierTrouve] = []
    for chemin in sorted(p for p in dossier.rglob("*") if p.is_file()):
        relatif = chemin.relative_to(dossier).as_posix()
        if any(part.startswith(".") for part in Path(relatif).parts):
            continue
        if chemin.suffix.lower() == ".zip":
            trouves += _membres(chemin, relatif)
        else:
            trouves.append(FichierTrouve(chemin=chemin, relatif=relatif))
    return trouves


def _membres(chemin: Path, relatif: str) -> list[FichierTrouve]:
    try:
        with zipfile.ZipFile(chemin) as archive:
            return [
                FichierTrouve(chemin=chemin, relatif=relatif, membre=nom)
                for nom in sorted(archive.namelist())
                if not nom.endswith("/")
            ]
    except (zipfile.BadZipFile, OSError) as erreur:
        raise ErreurUtilisateur(
            "Une archive ne peut pas être ouverte.",
            anomalies=[
                Anomalie(
                    ou=relatif,
                    message="l'archive zip est tronquée ou n'en est pas une.",
                    conseil="Téléchargez-la de nouveau.",
                )
            ],
        ) from erreur


def candidats(notice: Notice, fichiers: Iterable[FichierTrouve]) -> list[FichierTrouve]:
    """The files whose name and extension are those of the source."""
    motifs = [m.lower() for m in notice.fichier.noms]
    return [
        f
        for f in fichiers
        if f.format in notice.fichier.formats
        and any(fnmatch(PurePosixPath(f.nom).stem.lower(), m) for m in motifs)
    ]


def empreinte(chemin: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    calcul = hashlib.sha256()
    with chemin.open("rb") as flux:
        while bloc := flux.read(_BLOC):
            calcul.update(bloc)
    return calcul.hexdigest()


def _a_les_colonnes(notice: Notice, fichier: FichierTrouve) -> bool:
    """Whether every required column is named at the start of the file; workbooks are not opened for that."""
    if fichier.format not in {"csv", "json", "geojson"}:
        return True
    if fichier.membre:
        with zipfile.ZipFile(fichier.chemin) as archive, archive.open(fichier.membre) as flux:
            debut = flux.read(_DEBUT)
    else:
        with fichier.chemin.open("rb") as flux_brut:
            debut = flux_brut.read(_DEBUT)
    texte = debut.decode("utf-8", errors="replace")
    entete = texte.splitlines()[0] if fichier.format == "csv" and texte else texte
    return all(
        nom in entete
        for nom, c in notice.colonnes.items()
        if c.obligatoire == "oui" and c.type != "geometrie"
    )


def choisir(notice: Notice, trouves: Sequence[FichierTrouve]) -> FichierTrouve | None:
    """The only candidate; among several, those that hold the columns; identical copies count as one.

    A single candidate by its name is kept whatever it holds: the checks then say what is wrong in it.

    Raises:
        ErreurUtilisateur: two candidates differ, so that choosing would be guessing.
    """
    if len(trouves) <= 1:
        return trouves[0] if trouves else None
    if notice.fichier.plusieurs == "oui":
        return replace(trouves[0], autres=tuple(trouves[1:]))
    bons = [f for f in trouves if _a_les_colonnes(notice, f)]
    if len(bons) == 1:
        return bons[0]
    if len({(empreinte(f.chemin), f.membre) for f in trouves}) == 1:
        return trouves[0]
    raise ErreurUtilisateur(
        f"Plusieurs fichiers différents conviennent à la source « {notice.id} » ({notice.titre}).",
        anomalies=[Anomalie(ou=f.ou, message="fichier candidat.") for f in trouves],
        conseil="Gardez-en un seul dans le dossier de sources, puis relancez la commande.",
    )
