"""The cache of downloads: what is kept of each file, and what a received file must be to enter it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from perenne.pipeline.notice import Notice
from perenne.pipeline.reconnaissance import empreinte

_SIGNATURES = {".zip": b"PK", ".xlsx": b"PK", ".parquet": b"PAR1"}


@dataclass(frozen=True, kw_only=True)
class Fiche:
    """What is remembered of a download.

    Attributes:
        url: address it came from.
        etag, modifie: what the server said of its version.
        taille: bytes.
        sha256: digest, to notice a copy damaged since.
        telecharge_le: moment, ISO 8601.
    """

    url: str
    etag: str = ""
    modifie: str = ""
    taille: int = 0
    sha256: str = ""
    telecharge_le: str = ""

    @property
    def version(self) -> str:
        """What a server recognises the version by; empty when it said nothing."""
        return self.etag or self.modifie


@dataclass(frozen=True)
class Emplacement:
    """Where the download of a source stands; the records are hidden files, which a build does not read.

    Attributes:
        cible: the file itself, once complete.
    """

    cible: Path

    @classmethod
    def de(cls, notice: Notice, cache: Path) -> Emplacement:
        """The place of a source in the cache."""
        nom = notice.fichier.nom or unquote(PurePosixPath(urlsplit(notice.telechargement).path).name)
        return cls(cache / notice.id / nom)

    @property
    def partiel(self) -> Path:
        """What was received so far."""
        return self.cible.with_name(f".{self.cible.name}.partiel")

    @property
    def fiche(self) -> Path:
        """Record of the complete file."""
        return self.cible.with_name(f".{self.cible.name}.fiche")

    @property
    def fiche_partielle(self) -> Path:
        """Record of the version being received."""
        return self.cible.with_name(f".{self.cible.name}.partiel.fiche")

    def connue(self, url: str) -> Fiche | None:
        """Record of the complete file if it is still the one that was received from `url`."""
        fiche = lire_fiche(self.fiche)
        entier = fiche and fiche.url == url and self.cible.is_file() and empreinte(self.cible) == fiche.sha256
        return fiche if entier else None

    def commencee(self, url: str) -> Fiche | None:
        """Record of an unfinished transfer from `url` that the server can resume."""
        fiche = lire_fiche(self.fiche_partielle)
        reprenable = fiche and fiche.url == url and fiche.version and self.partiel.is_file()
        return fiche if reprenable else None

    def oublier_partiel(self) -> None:
        """Start again from nothing next time."""
        self.partiel.unlink(missing_ok=True)
        self.fiche_partielle.unlink(missing_ok=True)


def lire_fiche(chemin: Path) -> Fiche | None:
    """A record; None when it is missing or damaged."""
    try:
        return Fiche(**json.loads(chemin.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def ecrire_fiche(chemin: Path, fiche: Fiche) -> None:
    """Replace a record atomically."""
    neuf = chemin.with_name(f"{chemin.name}.neuf")
    neuf.write_text(json.dumps(asdict(fiche), ensure_ascii=False, indent=2), encoding="utf-8")
    neuf.replace(chemin)


def faute_de_contenu(notice: Notice, recu: Path, suffixe: str, sha256: str) -> str:
    """Why the received file cannot be the one of the source, in French; empty when nothing is wrong."""
    with recu.open("rb") as flux:
        debut = flux.read(512)
    taille = recu.stat().st_size
    if debut.lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith((b"<!doctype", b"<html")):
        return "l'adresse renvoie une page web au lieu du fichier."
    if taille < notice.fichier.taille_min:
        return f"le fichier est trop petit : {taille} octets, {notice.fichier.taille_min} au moins attendus."
    if not debut.startswith(_SIGNATURES.get(suffixe.lower(), b"")):
        return f"le contenu n'est pas celui d'un fichier {suffixe}."
    if notice.sha256 and sha256 != notice.sha256:
        return "l'empreinte SHA-256 n'est pas celle attendue."
    return ""
