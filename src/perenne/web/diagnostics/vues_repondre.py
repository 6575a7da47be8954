"""What a respondent sees who came by a link: its own grid, and nothing else."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from perenne.web.common.rendu import Etape, page
from perenne.web.diagnostics.acces import noter
from perenne.web.diagnostics.avancement import Parcours, suivre
from perenne.web.diagnostics.invitations import trouver
from perenne.web.diagnostics.models import Feuille, Invitation
from perenne.web.diagnostics.mots import MOTS_GRILLES, nommer_repondant
from perenne.web.diagnostics.page_grille import Contexte, ouvrir_grille
from perenne.web.espaces.models import Geste

PRIVE = "private, no-store"


@require_http_methods(["GET", "POST"])
def repondre(requete: HttpRequest, jeton: str) -> HttpResponseBase:
    """Who asks, what for, who will read; where to begin or take up again. A post says that it is finished."""
    invitation = trouver(jeton)
    if requete.method == "POST":
        invitation.terminee_le = timezone.now()
        invitation.save(update_fields=["terminee_le"])
        _noter(requete, invitation, "a dit avoir terminé")
        return redirect(f"{reverse('repondre', args=[jeton])}?merci")
    if invitation.ouverte_le is None:
        invitation.ouverte_le = timezone.now()
        invitation.save(update_fields=["ouverte_le"])
    reponse = page(
        requete,
        "repondre.html.j2",
        titre="Répondre à la grille de pérennité",
        jeton=jeton,
        invitation=invitation,
        dossier=invitation.passage.dossier,
        nom=nommer_repondant(invitation.repondant),
        grille=MOTS_GRILLES[invitation.passage.grille],
        parcours=_parcours(invitation),
        merci="merci" in requete.GET,
    )
    return _discret(reponse)


@require_http_methods(["GET", "POST"])
def repondre_famille(requete: HttpRequest, jeton: str, famille: str) -> HttpResponseBase:
    """One family of criteria."""
    invitation = trouver(jeton)
    passage, repondant = invitation.passage, invitation.repondant
    accueil = reverse("repondre", args=[jeton])

    def adresse_de(partie: str) -> str:
        return reverse("repondre-famille", args=[jeton, partie]) if partie else accueil

    return _discret(
        ouvrir_grille(
            requete,
            Contexte(
                passage=passage,
                repondant=repondant,
                famille=famille,
                auteur=None,
                ferme="",
                titre=passage.dossier.nom,
                chapeau=f"{passage.dossier.nom}. Vous répondez au titre de : {nommer_repondant(repondant)}.",
                fil=(Etape(titre="Votre grille", adresse=accueil), Etape(titre="Répondre")),
                adresse_de=adresse_de,
                fini="Enregistrer et revenir au sommaire",
                calcules={},
                tracer=lambda: _noter(requete, invitation, "a répondu"),
            ),
        )
    )


def _parcours(invitation: Invitation) -> Parcours:
    feuilles = Feuille.objects.filter(passage=invitation.passage, repondant=invitation.repondant)
    return suivre(invitation.passage, invitation.repondant, {f.famille: f for f in feuilles})


def _noter(requete: HttpRequest, invitation: Invitation, quoi: str) -> None:
    passage = invitation.passage
    noter(
        requete,
        passage.dossier,
        Geste.MODIFIE,
        f"grille {passage.nom}, {nommer_repondant(invitation.repondant)}, par son lien ({quoi})",
    )


def _discret(reponse: HttpResponseBase) -> HttpResponseBase:
    """Kept by no one: the address of the page is its key."""
    if isinstance(reponse, HttpResponse):
        reponse.headers["Cache-Control"] = PRIVE
        reponse.headers["X-Robots-Tag"] = "noindex, nofollow"
        reponse.headers["Referrer-Policy"] = "no-referrer"
    return reponse
