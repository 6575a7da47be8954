"""Who may do what. Every view of a private object gets it from here, and nowhere else.

What somebody may not see does not exist for them (404): guessing an address teaches nothing. What they see
but may not change is refused (403).
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Literal

from django.contrib.auth.views import redirect_to_login
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.services.consulter.elements import Introuvable

if TYPE_CHECKING:
    from perenne.web.comptes.models import Compte
    from perenne.web.dossiers.models import Dossier
    from perenne.web.espaces.models import Adhesion, Geste, Organisation

Droit = Literal["lire", "ecrire", "gerer"]
"""Read; change what is there; manage members, sharing and removal."""

_RANGS: dict[str, int] = {"lire": 0, "ecrire": 1, "gerer": 2}
_PAR_ROLE: dict[str, Droit] = {"lecteur": "lire", "editeur": "ecrire", "administrateur": "gerer"}


class Interdit(ErreurUtilisateur):
    """The person sees it but may not do this."""


class NonConnecte(ErreurUtilisateur):
    """Nobody is signed in; the middleware sends to the page of connection."""


def obtenir_compte(requete: HttpRequest) -> Compte:
    """The person signed in, with the second step that their role asks for.

    Raises:
        NonConnecte: nobody is.
        DoubleExige: their role asks for a second step, which they have not set in time.
    """
    from perenne.web.comptes.double import exiger  # noqa: PLC0415 - the models are loaded by then

    compte = obtenir_connecte(requete)
    exiger(compte)
    return compte


def obtenir_connecte(requete: HttpRequest) -> Compte:
    """The person signed in, for the pages of their own account only.

    Raises:
        NonConnecte: nobody is.
    """
    compte = requete.user
    if not compte.is_authenticated:
        raise NonConnecte("Connectez-vous pour continuer.")
    return compte


def obtenir_adhesion(requete: HttpRequest, identifiant: uuid.UUID, droit: Droit = "lire") -> Adhesion:
    """The membership of the person in an organisation, if it gives this right.

    Raises:
        NonConnecte: nobody is signed in.
        Introuvable: no such organisation, or not a member of it.
        Interdit: a member whose role does not allow it.
    """
    adhesion = (
        obtenir_compte(requete)
        .adhesions.select_related("organisation")
        .filter(organisation_id=identifiant)
        .first()
    )
    if adhesion is None:
        raise Introuvable("Cet espace n’existe pas, ou ne vous est pas ouvert.")
    _exiger(_PAR_ROLE[adhesion.role], droit)
    return adhesion


def obtenir_dossier(requete: HttpRequest, identifiant: uuid.UUID, droit: Droit = "lire") -> Dossier:
    """A file, if the person has this right on it: as a member, as a guest, or by a sharing.

    A sharing between organisations never gives more than the role of the person in the organisation that
    receives it.

    Raises:
        NonConnecte, Introuvable, Interdit: as `obtenir_adhesion`.
    """
    dossier = dossiers_visibles(requete).select_related("organisation").filter(pk=identifiant).first()
    if dossier is None:
        raise Introuvable("Ce dossier n’existe pas, ou ne vous est pas ouvert.")
    _exiger(droit_sur(obtenir_compte(requete), dossier), droit)
    return dossier


def dossiers_visibles(requete: HttpRequest) -> QuerySet[Dossier]:
    """Every file that the person may read."""
    from django.apps import apps  # noqa: PLC0415 - the models of `dossiers` depend on those of this folder

    compte = obtenir_compte(requete)
    modele: type[Dossier] = apps.get_model("dossiers", "Dossier")
    return modele.objects.filter(
        Q(organisation__adhesions__compte=compte) | Q(pk__in=_acces_en_cours(compte).values("dossier_id"))
    ).distinct()


def droit_sur(compte: Compte, dossier: Dossier) -> Droit | None:
    """The strongest right of a person on a file; None for none."""
    adhesion = compte.adhesions.filter(organisation_id=dossier.organisation_id).first()
    if adhesion is not None:
        return _PAR_ROLE[adhesion.role]
    rangs = []
    for acces in _acces_en_cours(compte).filter(dossier=dossier):
        rang = int(acces.ecriture)
        if acces.beneficiaire_id is not None:
            role = compte.adhesions.get(organisation_id=acces.beneficiaire_id).role
            rang = min(rang, _RANGS[_PAR_ROLE[role]])
        rangs.append(rang)
    noms: tuple[Droit, ...] = ("lire", "ecrire", "gerer")
    return noms[max(rangs)] if rangs else None


def tracer(requete: HttpRequest, organisation: Organisation, geste: Geste, objet: str, libelle: str) -> None:
    """Write a line in the journal of an organisation."""
    from perenne.web.espaces.models import Trace  # noqa: PLC0415 - after the apps are loaded

    compte = requete.user if requete.user.is_authenticated else None
    Trace.objects.create(
        organisation=organisation, compte=compte, geste=geste, objet=objet[:120], libelle=libelle[:300]
    )


def vers_connexion(requete: HttpRequest) -> HttpResponse:
    """To the page of connection, and back here afterwards."""
    return redirect_to_login(requete.get_full_path())


def _acces_en_cours(compte: Compte) -> QuerySet:  # type: ignore[type-arg]
    from django.apps import apps  # noqa: PLC0415

    from perenne.web.common.dates import aujourd_hui  # noqa: PLC0415

    ouverts: QuerySet = apps.get_model("dossiers", "Acces").objects.filter(  # type: ignore[type-arg]
        Q(compte=compte) | Q(beneficiaire__adhesions__compte=compte),
        Q(jusqu_au__isnull=True) | Q(jusqu_au__gte=aujourd_hui()),
    )
    return ouverts


def _exiger(donne: Droit | None, voulu: Droit) -> None:
    if donne is None or _RANGS[donne] < _RANGS[voulu]:
        raise Interdit(
            "Votre rôle ne le permet pas.",
            conseil="Demandez à un administrateur de l’espace de changer votre rôle.",
        )
