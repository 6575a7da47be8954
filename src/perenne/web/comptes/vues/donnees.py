"""Taking one's data away, and erasing one's account."""

from __future__ import annotations

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters

from perenne.web.common.rendu import Etape, page
from perenne.web.comptes import double, freins
from perenne.web.comptes.connexion import exiger_preuve
from perenne.web.comptes.courriels import prevenir
from perenne.web.comptes.effacement import effacer, retenu_par
from perenne.web.comptes.export import archiver
from perenne.web.comptes.formulaires import Effacement
from perenne.web.comptes.freins import Cle, TropDEssais
from perenne.web.comptes.models import Compte, Evenement, Nature
from perenne.web.comptes.vues.commun import PLUS_TARD, dire_attente, freiner, prive
from perenne.web.comptes.vues.compte import COMPTE
from perenne.web.config.marque import obtenir_marque
from perenne.web.espaces.droits import obtenir_connecte


@prive
def donnees(requete: HttpRequest) -> HttpResponse:
    """What is held, as a file; asked by a button, so that no link makes it for somebody else."""
    moi = obtenir_connecte(requete)
    exiger_preuve(requete)
    if requete.method == "POST":
        Evenement.objects.create(compte=moi, nature=Nature.EXPORT)
        reponse = HttpResponse(archiver(moi, obtenir_marque().nom), content_type="application/zip")
        nom = f"mes-donnees-{timezone.localdate():%Y-%m-%d}.zip"
        reponse.headers["Content-Disposition"] = f'attachment; filename="{nom}"'
        return reponse
    return page(
        requete,
        "comptes/donnees.html.j2",
        titre="Télécharger mes données",
        fil=(COMPTE, Etape(titre="Télécharger mes données")),
    )


@sensitive_post_parameters()
@prive
def effacement(requete: HttpRequest) -> HttpResponse:
    """Erase one's account: what proves who one is, is asked again, whatever was proved before."""
    moi = obtenir_connecte(requete)
    avec_secret, avec_double = moi.has_usable_password(), double.est_active(moi)
    if not avec_secret and not avec_double:
        exiger_preuve(requete, minutes=5)
    retenues = retenu_par(moi)
    formulaire = Effacement(requete.POST or None, avec_secret=avec_secret, avec_double=avec_double)
    refus = None
    if requete.method == "POST" and not retenues and formulaire.is_valid():
        refus, prouve = _prouver(requete, moi, formulaire)
        if prouve:
            adresse = moi.courriel
            effacer(moi)
            logout(requete)
            prevenir("efface", adresse)
            return page(
                requete, "comptes/efface.html.j2", titre="Compte effacé", fil=(Etape(titre="Compte effacé"),)
            )
    reponse = page(
        requete,
        "comptes/effacer.html.j2",
        titre="Effacer mon compte",
        statut=409 if requete.method == "POST" and retenues else 200,
        fil=(COMPTE, Etape(titre="Effacer mon compte")),
        formulaire=formulaire,
        retenues=retenues,
        compte=moi,
    )
    return dire_attente(reponse, refus)


def _prouver(requete: HttpRequest, moi: Compte, formulaire: Effacement) -> tuple[TropDEssais | None, bool]:
    """Whether the password and the code are right; each attempt counts."""
    cles: list[Cle] = [*freins.cles_reseau(requete)]
    if "mot_de_passe" in formulaire.fields:
        cles += [(freins.MOT_DE_PASSE, moi.courriel), (freins.SITE, "")]
    if "code" in formulaire.fields:
        cles.append((freins.CODE, str(moi.pk)))
    if refus := freiner(formulaire, PLUS_TARD, *cles):
        return refus, False
    donnees_ = formulaire.cleaned_data
    if "mot_de_passe" in formulaire.fields and not moi.check_password(donnees_["mot_de_passe"]):
        formulaire.add_error("mot_de_passe", "Ce mot de passe n’est pas le bon.")
    elif "code" in formulaire.fields and not double.verifier(moi, donnees_["code"]):
        formulaire.add_error("code", "Ce code ne convient pas, ou il a déjà servi.")
    else:
        freins.rendre(*cles)
        return None, True
    return None, False
