"""The scripts and styles of the maps that one moves: Leaflet, from its dependency, and what we add to it.

Read from the installed package without loading its Django application, of which nothing is used; each address
changes with its content, and may be kept for a year.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

_ICI = Path(__file__).resolve().parent
_TYPES = {"js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8"}
UN_AN = 365 * 24 * 3600


@cache
def _leaflet() -> Path:
    """Folder of the files of Leaflet."""
    trouve = find_spec("leaflet")
    if trouve is None or trouve.origin is None:
        raise RuntimeError("django-leaflet is not installed")
    return Path(trouve.origin).parent / "static" / "leaflet"


@cache
def lire_fichier_carte(nom: str) -> str:
    """The text of one of them: `carte.js`, `leaflet.js` or `leaflet.css`.

    Raises:
        KeyError: another name.
    """
    sources: dict[str, tuple[Path, ...]] = {
        "carte.js": (_ICI / "carte.js",),
        "leaflet.js": (_leaflet() / "leaflet.js",),
        "leaflet.css": (_leaflet() / "leaflet.css", _ICI / "leaflet.css"),
    }
    texte = "\n".join(s.read_text(encoding="utf-8") for s in sources[nom])
    # Its map of sources is not served: the tools of a browser need not ask for it.
    return texte.replace("//# sourceMappingURL=leaflet.js.map", "")


@cache
def adresse_fichier_carte(nom: str) -> str:
    """Its address."""
    empreinte = hashlib.sha256(lire_fichier_carte(nom).encode()).hexdigest()[:12]
    return f"{reverse('fichier-carte', args=[nom])}?v={empreinte}"


def fichier_carte(requete: HttpRequest, nom: str) -> HttpResponse:
    """One of the files."""
    del requete
    try:
        texte = lire_fichier_carte(nom)
    except KeyError as erreur:
        raise Http404 from erreur
    reponse = HttpResponse(texte, content_type=_TYPES[nom.rpartition(".")[2]])
    reponse.headers["Cache-Control"] = f"public, max-age={UN_AN}, immutable"
    return reponse
