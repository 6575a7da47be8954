"""The enterprises of a territory on a map: a page of its own, and the part that htmx puts in another one."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from perenne.services.carte.dessiner import illustrer
from perenne.services.carte.lire import lire_carte
from perenne.services.consulter.territoires import Ambigu, trouver_code
from perenne.web.common.dates import aujourd_hui, date_demandee
from perenne.web.common.rendu import Etape, page


@require_safe
def carte(requete: HttpRequest, demande: str) -> HttpResponseBase:
    """The map and its tables, for everything, an activity or a need (`?activite=`, `?besoin=`)."""
    au = date_demandee(requete)
    choix = {nom: requete.GET.get(nom, "").strip()[:120] for nom in ("activite", "besoin")}
    choix = {nom: valeur for nom, valeur in choix.items() if valeur}
    date = {"au": au.isoformat()} if au != aujourd_hui() else {}
    try:
        code = trouver_code(demande)
    except Ambigu:
        return redirect("territoire", demande)
    if code != demande:
        return redirect(_adresse("territoire-carte", code, choix | date))
    lecture = lire_carte(code, au, **choix)
    lue = lecture.carte
    suffixe = f"?{urlencode(date)}" if date else ""
    fragment = "HX-Request" in requete.headers
    return page(
        requete,
        "carte_partie.html.j2" if fragment else "carte.html.j2",
        titre=f"Les entreprises de l’ESS sur la carte\u00a0: {lue.territoire}",
        jumeau=_adresse("api:territoire-carte", code, choix | date),
        fil=(
            Etape(titre="Territoires", adresse=reverse("territoires")),
            Etape(titre=lue.territoire, adresse=reverse("territoire", args=[code]) + suffixe),
            Etape(titre="Ses entreprises sur la carte"),
        ),
        carte=lue,
        illustration=illustrer(lecture),
        suffixe=suffixe,
        au=au if date else None,
        liste=f"{reverse('entreprises')}?{urlencode({'dans': code} | choix | date)}",
        geojson=_adresse("api:geojson-carte", code, choix | date | {"version": lue.atlas}),
    )


def _adresse(nom: str, code: str, parametres: dict[str, str]) -> str:
    return reverse(nom, args=[code]) + (f"?{urlencode(parametres)}" if parametres else "")
