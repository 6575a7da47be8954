"""The note as a Word document, from a template that an authority may edit."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from docx.opc.exceptions import PackageNotFoundError
from docx.shared import Cm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import TemplateError
from jinja2.sandbox import SandboxedEnvironment

from perenne.domain.erreurs import Anomalie, ErreurUtilisateur
from perenne.reports.note.elements import Illustration, Note
from perenne.reports.note.gabarit_docx import GABARIT
from perenne.reports.note.reduire import DENSITES, reduire
from perenne.reports.typst_moteur import convertir_png

LARGEUR_IMAGE = Cm(6.6)
DENSITE = replace(DENSITES[-1], indicateurs=7, acteurs=4)
"""Word pages cannot be counted here: these rows held in two pages on the territories that were looked at."""


def _image(modele: DocxTemplate, illustration: Illustration) -> dict[str, Any]:
    octets = io.BytesIO(convertir_png(illustration.figure))
    return {
        "image": InlineImage(modele, octets, width=LARGEUR_IMAGE),
        "legende": illustration.legende,
    }


def _decrire_images(document: Any, illustrations: tuple[Illustration, ...]) -> None:
    """Give each image of the note its text alternative; images of the template itself keep theirs."""
    formes = [f for f in document.inline_shapes if not f._inline.docPr.get("descr")]
    for forme, illustration in zip(formes, illustrations, strict=False):
        figure = illustration.figure
        forme._inline.docPr.set("descr", f"{figure.titre}. {figure.description}")
        forme._inline.docPr.set("title", figure.titre)


def ecrire_docx(note: Note, gabarit: Path | None = None) -> bytes:
    """Write the note as a Word document.

    Args:
        note: the note.
        gabarit: a template edited by the authority; the one of the package when None.

    Returns:
        The bytes of a .docx file. The template runs in a sandbox: it can read the note, nothing else.

    Raises:
        ErreurUtilisateur: the template cannot be opened or filled.
    """
    chemin = gabarit or GABARIT
    reduite = reduire(note, DENSITE)
    figures = reduite.illustrations[:2]
    try:
        modele = DocxTemplate(str(chemin))
        modele.render(
            {"note": reduite, "images": [_image(modele, i) for i in figures]},
            jinja_env=SandboxedEnvironment(autoescape=True),
        )
    except (TemplateError, PackageNotFoundError, BadZipFile, ValueError, KeyError, OSError) as erreur:
        raise ErreurUtilisateur(
            "Le modèle Word de la note ne peut pas être rempli.",
            anomalies=(Anomalie(ou=str(chemin), message=str(erreur)),),
            conseil="Repartez d'une copie du modèle fourni et gardez les passages entre accolades.",
        ) from erreur
    document: Any = modele.docx
    _decrire_images(document, figures)
    instant = dt.datetime.fromisoformat(note.au_iso)
    document.core_properties.title = note.titre
    document.core_properties.created = document.core_properties.modified = instant
    sortie = io.BytesIO()
    document.save(sortie)
    return sortie.getvalue()
