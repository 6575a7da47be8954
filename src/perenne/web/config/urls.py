"""Addresses: stable and readable."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, re_path

from perenne.web.accueil import vues as accueil
from perenne.web.api.adresses import api
from perenne.web.cas import vues as cas
from perenne.web.common.feuille import feuille
from perenne.web.common.fichiers_carte import fichier_carte
from perenne.web.comptes import urls as comptes
from perenne.web.diagnostics import urls as diagnostics
from perenne.web.dossiers import urls as dossiers
from perenne.web.entreprises import urls as entreprises
from perenne.web.espaces import urls as espaces
from perenne.web.leviers import vues as leviers
from perenne.web.leviers.vues_dossier import leviers_du_dossier
from perenne.web.pages import vues as pages
from perenne.web.regles import vues as regles
from perenne.web.statistiques import vues as statistiques
from perenne.web.territoires import vues as territoires
from perenne.web.territoires.vues_carte import carte
from perenne.web.tresorerie import urls as tresorerie

_TEXTES = (
    ("methode", "Méthode"),
    ("mentions", "Mentions légales"),
    ("aide", "Aide"),
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", accueil.accueil, name="accueil"),
    path("recherche/", accueil.recherche, name="recherche"),
    path("suggestions/", accueil.suggestions, name="suggestions"),
    path("territoires/", territoires.territoires, name="territoires"),
    path("territoires/<str:demande>/", territoires.territoire, name="territoire"),
    path("territoires/<str:demande>/carte/", carte, name="territoire-carte"),
    path("territoires/<str:demande>/comparer/", territoires.comparer, name="comparer"),
    re_path(
        r"^territoires/(?P<demande>[^/]+)/note\.(?P<format_>pdf|docx|xlsx)$", territoires.note, name="note"
    ),
    path("leviers/", leviers.leviers, name="leviers"),
    path("leviers/recommander/", leviers.recommander, name="recommander"),
    path("leviers/<slug:identifiant>/", leviers.action, name="action"),
    path("cas/", cas.cas, name="cas"),
    path("cas/croisement/", cas.croisement, name="croisement"),
    path("cas/<slug:identifiant>/", cas.un_cas, name="un-cas"),
    path("regles/", regles.regles, name="regles"),
    path("regles/<slug:domaine>/<slug:nom>/", regles.regle, name="regle"),
    *comptes.urlpatterns,
    *espaces.urlpatterns,
    *dossiers.urlpatterns,
    *entreprises.urlpatterns,
    *tresorerie.urlpatterns,
    path("dossiers/<uuid:identifiant>/leviers/", leviers_du_dossier, name="dossier-leviers"),
    *diagnostics.urlpatterns,
    path("donnees/", pages.donnees, name="donnees"),
    *(
        path(f"{nom}/", pages.simple, {"gabarit": f"{nom}.html.j2", "titre": titre}, name=nom)
        for nom, titre in _TEXTES
    ),
    path("statistiques/", statistiques.statistiques, name="statistiques"),
    path("accessibilite/", pages.accessibilite, name="accessibilite"),
    path("plan-du-site/", pages.plan, name="plan"),
    path("feuille.css", feuille, name="feuille"),
    re_path(r"^cartes/(?P<nom>carte\.js|leaflet\.js|leaflet\.css)$", fichier_carte, name="fichier-carte"),
    path("sante", pages.sante, name="sante"),
    path("pret", pages.pret, name="pret"),
    path("robots.txt", pages.robots, name="robots"),
    path(".well-known/security.txt", pages.securite, name="securite"),
    path("api/v1/", api.urls),
]

handler400 = "perenne.web.common.erreurs.refuse"
handler404 = "perenne.web.common.erreurs.introuvable"
handler500 = "perenne.web.common.erreurs.panne"
