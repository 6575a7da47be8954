"""The page that a link opens: it says what pressing its button will do, and does nothing before."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.debug import sensitive_variables

from perenne.web.common.rendu import Etape, page
from perenne.web.comptes.liens import lire_lien
from perenne.web.comptes.models import Usage
from perenne.web.comptes.ouvertures import OUVERTURES, decrire
from perenne.web.comptes.vues.commun import prive

TITRES = {
    Usage.CONNEXION: "Se connecter",
    Usage.INSCRIPTION: "Ouvrir votre compte",
    Usage.COURRIEL: "Changer d’adresse",
    Usage.RATTACHEMENT: "Relier votre identité professionnelle",
}


@sensitive_variables("jeton")
@prive
def lien(requete: HttpRequest) -> HttpResponse:
    """What a link opens."""
    jeton = requete.POST.get("jeton") or requete.GET.get("jeton") or ""
    lu = lire_lien(jeton)
    usage = Usage(lu.usage)
    if requete.method == "POST":
        return OUVERTURES[usage](requete, lu)
    return page(
        requete,
        "comptes/lien.html.j2",
        titre=TITRES[usage],
        fil=(Etape(titre=TITRES[usage]),),
        lien=lu,
        jeton=jeton,
        explication=decrire(lu),
        bouton=TITRES[usage],
        compte=requete.user if requete.user.is_authenticated else None,
    )
