"""Sends a file by parts: a download that stops is taken up again where it was left (RFC 9110, ranges)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.utils import formatdate
from pathlib import Path
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

MORCEAU = 256 * 1024
_INTERVALLE = re.compile(r"bytes=(\d*)-(\d*)")


def servir_fichier(
    requete: HttpRequest, chemin: Path, *, type_mime: str, nom: str, empreinte: str
) -> HttpResponseBase:
    """The file, or the part of it that is asked for.

    Args:
        nom: under which it is saved.
        empreinte: what its ETag holds; it changes with the content.
    """
    taille = chemin.stat().st_size
    etiquette = f'"{empreinte}"'
    debut, fin, statut = 0, taille, 200
    demande = requete.headers.get("Range", "")
    if demande and requete.headers.get("If-Range", etiquette) == etiquette:
        partie = lire_intervalle(demande, taille)
        if partie is None:
            refus = HttpResponse(status=416)
            refus.headers["Content-Range"] = f"bytes */{taille}"
            return refus
        debut, fin, statut = *partie, 206 if partie != (0, taille) else 200
    contenu = () if requete.method == "HEAD" else _morceaux(chemin, debut, fin)
    reponse = StreamingHttpResponse(contenu, status=statut, content_type=type_mime)
    reponse.headers["Accept-Ranges"] = "bytes"
    reponse.headers["Content-Length"] = str(fin - debut)
    reponse.headers["ETag"] = etiquette
    reponse.headers["Last-Modified"] = formatdate(chemin.stat().st_mtime, usegmt=True)
    reponse.headers["Content-Disposition"] = f'attachment; filename="{quote(nom)}"'
    if statut == 206:
        reponse.headers["Content-Range"] = f"bytes {debut}-{fin - 1}/{taille}"
    return reponse


def lire_intervalle(demande: str, taille: int) -> tuple[int, int] | None:
    """First byte and the one after the last; the whole when it is not one simple range, None when outside."""
    lu = _INTERVALLE.fullmatch(demande.replace(" ", ""))
    if lu is None or lu.groups() == ("", ""):
        return 0, taille
    premier, dernier = lu.groups()
    if not premier:
        longueur = int(dernier)
        return (max(0, taille - longueur), taille) if longueur and taille else None
    debut, fin = int(premier), min(int(dernier) + 1, taille) if dernier else taille
    if dernier and int(dernier) < int(premier):
        return 0, taille
    return (debut, fin) if debut < taille else None


def _morceaux(chemin: Path, debut: int, fin: int) -> Iterator[bytes]:
    with chemin.open("rb") as fichier:
        fichier.seek(debut)
        reste = fin - debut
        while reste > 0 and (lu := fichier.read(min(MORCEAU, reste))):
            reste -= len(lu)
            yield lu
