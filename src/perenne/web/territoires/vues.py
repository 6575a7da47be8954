"""The page of a territory, its files, and the union of several."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from perenne.services.consulter.territoires import (
    Ambigu,
    Fichier,
    comparer_territoires,
    ecrire_fichier,
    lire_note,
    trouver_code,
)
from perenne.web.common.dates import aujourd_hui, date_demandee
from perenne.web.common.rendu import Etape, page
from perenne.web.config.marque import obtenir_marque

TYPES_MIME: dict[Fichier, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def territoires(requete: HttpRequest) -> HttpResponseBase:
    """Choose a territory, or join one to another (`?q=23096&avec=Aubusson`)."""
    morceaux = [requete.GET.get(nom, "").strip() for nom in ("q", "avec")]
    demande = "+".join(m for m in morceaux if m)
    if not demande:
        return page(
            requete,
            "territoires.html.j2",
            titre="Territoires",
            jumeau=reverse("api:territoires"),
            fil=(Etape(titre="Territoires"),),
        )
    return redirect("territoire", trouver_code(demande))


def territoire(requete: HttpRequest, demande: str) -> HttpResponseBase:
    """The note of a territory, live, at a date."""
    au = date_demandee(requete)
    try:
        code = trouver_code(demande)
    except Ambigu as erreur:
        return page(
            requete,
            "ambigu.html.j2",
            titre=f"Quel territoire : {demande}",
            statut=300 if erreur.candidats[0].qualite in ("exact", "ancien", "partiel") else 404,
            fil=(Etape(titre="Territoires", adresse=reverse("territoires")), Etape(titre=demande)),
            demande=demande,
            candidats=erreur.candidats,
        )
    note = lire_note(demande, au)
    if code != demande and not note.avertissement:
        suite = f"?au={au.isoformat()}" if "au" in requete.GET else ""
        return redirect(reverse("territoire", args=[code]) + suite)
    suffixe = f"?au={au.isoformat()}" if au != aujourd_hui() else ""
    return page(
        requete,
        "territoire.html.j2",
        titre=note.titre,
        jumeau=reverse("api:territoire", args=[demande]) + suffixe,
        fil=(Etape(titre="Territoires", adresse=reverse("territoires")), Etape(titre=note.nom)),
        note=note,
        code=code,
        suffixe=suffixe,
        adresse_note=lambda f: reverse("note", args=[demande, f]) + suffixe,
    )


def comparer(requete: HttpRequest, demande: str) -> HttpResponseBase:
    """Two territories side by side (`?avec=`)."""
    au = date_demandee(requete)
    avec = requete.GET.get("avec", "").strip()
    if not avec:
        return redirect(reverse("territoire", args=[demande]) + "#s-autre")
    try:
        lue = comparer_territoires(demande, avec, au)
    except Ambigu as erreur:
        return page(
            requete,
            "comparer_lequel.html.j2",
            titre=f"Comparer avec : {avec}",
            statut=300,
            fil=(Etape(titre="Territoires", adresse=reverse("territoires")), Etape(titre="Comparer")),
            demande=demande,
            avec=avec,
            candidats=erreur.candidats,
        )
    suffixe = f"&au={au.isoformat()}" if au != aujourd_hui() else ""
    return page(
        requete,
        "comparer.html.j2",
        titre=f"{lue.noms[0]} et {lue.noms[1]}",
        fil=(
            Etape(titre="Territoires", adresse=reverse("territoires")),
            Etape(titre=lue.noms[0], adresse=reverse("territoire", args=[lue.codes[0]])),
            Etape(titre=f"Comparé à {lue.noms[1]}"),
        ),
        comparaison=lue,
        jumeau=f"{reverse('api:comparer', args=[lue.codes[0]])}?avec={quote(lue.codes[1])}{suffixe}",
    )


def note(requete: HttpRequest, demande: str, format_: Fichier) -> HttpResponse:
    """The note as a file."""
    au = date_demandee(requete)
    contenu = ecrire_fichier(demande, au, format_, mention=obtenir_marque().avertissement)
    reponse = HttpResponse(contenu, content_type=TYPES_MIME[format_])
    nom = quote(f"note-{trouver_code(demande).replace(':', '-').replace('+', '_')}.{format_}")
    reponse.headers["Content-Disposition"] = f'attachment; filename="{nom}"'
    return reponse
