"""Writes the note of a territory in the format asked for, whole or not at all."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, TypeVar

from perenne.atlas.lecteur import Atlas
from perenne.domain.erreurs import ErreurUtilisateur
from perenne.domain.territoire.operateurs import Liste
from perenne.domain.territoire.resultat import Diagnostic
from perenne.services.cache_savoir import obtenir_base_en_cache
from perenne.services.designation import designer
from perenne.services.offre import lister_pour_classeur
from perenne.services.reglages import lire_reglages
from perenne.services.territoire import diagnostiquer_designe

Format = Literal["texte", "json", "html", "pdf", "docx", "xlsx"]

F = TypeVar("F", bound=str)

LISIBLES = ("texte", "json", "html")
"""Formats that a screen can show."""

_EXTENSIONS: dict[str, Format] = {
    ".txt": "texte", ".json": "json", ".html": "html", ".pdf": "pdf", ".docx": "docx", ".xlsx": "xlsx",
}  # fmt: skip


def ecrire_note(
    demande: str,
    *,
    au: dt.date,
    format_demande: Format | None,
    sortie: Path | None,
    modele: Path | None = None,
) -> str | Path:
    """Diagnose a territory and write its note.

    Args:
        demande: the territory, as `diagnostiquer` reads it.
        au: date of the zonings and of the law.
        format_demande: texte, json, html, pdf, docx or xlsx; None: what the name of the file
            says, else texte.
        sortie: the file; None: the text itself is returned, or a file named after the territory when the
            format is not readable on a screen.
        modele: Word template of the authority; for docx only.

    Returns:
        The text, or the path written.

    Raises:
        ErreurUtilisateur: no atlas, unknown territory, unknown format, a Word template that cannot be
            filled or given for another format, or a file that cannot be written.
    """
    format_ = format_demande or format_de(sortie, _EXTENSIONS, "texte")
    if modele is not None and format_ != "docx":
        raise ErreurUtilisateur(
            "Un modèle Word ne sert qu'à une note au format docx.",
            conseil="Ajoutez --format docx, ou finissez le nom du fichier par .docx.",
        )
    if sortie is not None:
        verifier_dossier(sortie)
    reglages = lire_reglages()
    savoir = obtenir_base_en_cache(reglages)
    with Atlas(reglages.atlas) as atlas:
        diagnostic = diagnostiquer_designe(atlas, designer(atlas, demande), au=au, savoir=savoir)
        operateurs = lister_pour_classeur(atlas, diagnostic.territoire) if format_ == "xlsx" else None
    contenu = rendre(diagnostic, format_, modele=modele, operateurs=operateurs)
    if sortie is None and format_ in LISIBLES:
        return contenu.decode()
    code = diagnostic.territoire.code.replace(":", "-").replace("+", "_")
    fichier = sortie or Path(f"note-{code}.{format_}")
    ecrire_fichier(fichier, contenu)
    return fichier


def rendre(
    diagnostic: Diagnostic,
    format_: Format,
    *,
    modele: Path | None = None,
    operateurs: Liste | None = None,
) -> bytes:
    """The note as bytes, in one of the formats; each one is imported only when it is asked for."""
    if format_ == "json":
        from perenne.reports.diagnostic_json import rendre_json  # noqa: PLC0415

        return rendre_json(diagnostic).encode()
    if format_ == "texte":
        from perenne.reports.note.texte import rendre_texte  # noqa: PLC0415

        return rendre_texte(diagnostic).encode()
    from perenne.reports.note.rendu import rendre as rendre_note  # noqa: PLC0415

    return rendre_note(diagnostic, format_, gabarit=modele, operateurs=operateurs)


def format_de(sortie: Path | None, extensions: Mapping[str, F], ecran: F) -> F:
    """The format that the name of a file says; that of the screen without a file.

    Raises:
        ErreurUtilisateur: the name does not say one.
    """
    if sortie is None:
        return ecran
    format_ = extensions.get(sortie.suffix.lower())
    if format_ is None:
        raise ErreurUtilisateur(
            f"Le nom {sortie} ne dit pas le format du fichier.",
            conseil=f"Finissez-le par {', '.join(extensions)}, ou donnez --format.",
        )
    return format_


def verifier_dossier(fichier: Path) -> None:
    """Refuse a file that cannot be written, before anything is computed.

    Raises:
        ErreurUtilisateur: a folder, or in a folder that does not exist.
    """
    if fichier.is_dir():
        raise ErreurUtilisateur(f"{fichier} est un dossier.", conseil="Donnez un nom de fichier.")
    if not fichier.parent.is_dir():
        raise ErreurUtilisateur(f"Le dossier {fichier.parent} n'existe pas.", conseil="Créez-le d'abord.")


def ecrire_fichier(fichier: Path, contenu: bytes) -> None:
    """Write beside, then rename: a note is whole or absent.

    Raises:
        ErreurUtilisateur: it cannot be written.
    """
    try:
        descripteur, provisoire = tempfile.mkstemp(dir=fichier.parent, prefix=f".{fichier.name}.")
        try:
            with os.fdopen(descripteur, "wb") as flux:
                flux.write(contenu)
            Path(provisoire).chmod(0o644)
            Path(provisoire).replace(fichier)
        except BaseException:
            Path(provisoire).unlink(missing_ok=True)
            raise
    except OSError as erreur:
        raise ErreurUtilisateur(f"Le fichier {fichier} ne s'écrit pas ({erreur.strerror}).") from erreur
