"""Everything that is held about a person, in a form that they can read and take elsewhere."""

from __future__ import annotations

import datetime as dt
import io
import json
import uuid
import zipfile
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import timezone

from perenne import __version__
from perenne.web.comptes.models import Compte
from perenne.web.dossiers.models import Dossier
from perenne.web.espaces.droits import droit_sur

SECRETS = {"password", "secret", "empreinte", "session_key", "session_data"}
"""What proves who one is: shown to nobody, not even to its owner; the rest is given whole."""

FERME = "non communiqué : ce dossier ne vous est plus ouvert"

_NOTICE = """Vos données sur {site}, le {jour}.

donnees.json contient tout ce que l'application garde de vous :
- « compte » : votre adresse, votre nom, les dates de votre compte ;
- « lie-a-votre-compte » : par table, chaque ligne qui vous désigne (organisations, rôles, dossiers ouverts,
  journal des organisations, journal de votre compte, sessions, identités professionnelles, demandes…) ;
- « lie-a-votre-adresse » : les lignes qui portent votre adresse sans désigner votre compte (invitations).

N'y sont pas : votre mot de passe, le secret de la validation en deux étapes, les clés de session et les
jetons des liens, dont seule une forme illisible ou chiffrée est gardée ; ni les dossiers eux-mêmes, qui
appartiennent aux organisations et se téléchargent depuis leurs pages.
"""


def rassembler(compte: Compte) -> dict[str, Any]:
    """What every table holds about an account: found by what refers to it, so that none is forgotten."""
    return {
        "logiciel": f"Pérenne {__version__}",
        "ecrit_le": timezone.now().isoformat(timespec="seconds"),
        "compte": _ligne(compte, compte),
        "lie-a-votre-compte": {nom: lignes for nom, lignes in _par_compte(compte) if lignes},
        "lie-a-votre-adresse": {nom: lignes for nom, lignes in _par_adresse(compte) if lignes},
    }


def archiver(compte: Compte, site: str) -> bytes:
    """The same, as an archive with its notice."""
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as archive:
        donnees = json.dumps(rassembler(compte), ensure_ascii=False, indent=2)
        archive.writestr("donnees.json", donnees)
        archive.writestr("LISEZ-MOI.txt", _NOTICE.format(site=site, jour=f"{timezone.localdate():%d/%m/%Y}"))
    return sortie.getvalue()


def champs_vers_les_comptes() -> Iterator[tuple[type[models.Model], str]]:
    """Every field of every table that refers to an account, those that hide it from the account too."""
    for relation in Compte._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ForeignObjectRel):
            yield relation.related_model, relation.field.name  # type: ignore[misc]


def champs_d_adresse() -> Iterator[tuple[type[models.Model], models.EmailField[Any, Any]]]:
    """Every field of every table that holds an e-mail address, but that of the accounts."""
    for modele in apps.get_models():
        for champ in modele._meta.concrete_fields:
            if isinstance(champ, models.EmailField) and modele is not Compte:
                yield modele, champ


def _par_compte(compte: Compte) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for modele, champ in champs_vers_les_comptes():
        lignes = modele._default_manager.filter(**{champ: compte}).order_by("pk")
        yield f"{modele._meta.label} ({champ})", [_ligne(x, compte) for x in lignes]


def _par_adresse(compte: Compte) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for modele, champ in champs_d_adresse():
        lignes = modele._default_manager.filter(**{f"{champ.name}__iexact": compte.courriel}).order_by("pk")
        yield f"{modele._meta.label} ({champ.name})", [_ligne(x, compte) for x in lignes]


def _ligne(objet: models.Model, moi: Compte) -> dict[str, Any]:
    ferme = _est_ferme(objet, moi)
    return {
        champ.name: FERME if ferme and isinstance(champ, models.JSONField) else _valeur(objet, champ, moi)
        for champ in objet._meta.concrete_fields
        if champ.name not in SECRETS
    }


def _est_ferme(objet: models.Model, moi: Compte) -> bool:
    """Whether the line belongs to a file that this person may read no more: its content is not theirs."""
    dossier = getattr(objet, "dossier", None) or getattr(getattr(objet, "passage", None), "dossier", None)
    return isinstance(dossier, Dossier) and droit_sur(moi, dossier) is None


def _valeur(objet: models.Model, champ: models.Field[Any, Any], moi: Compte) -> Any:
    valeur = getattr(objet, champ.attname)
    if isinstance(champ, models.ForeignKey) and valeur is not None:
        if champ.related_model is Compte:
            # Somebody else may be there: who answered a request is not data of who asked.
            return "vous" if valeur == moi.pk else "une autre personne"
        return {"id": str(valeur), "nom": str(getattr(objet, champ.name))}
    if isinstance(valeur, dt.datetime | dt.date):
        return valeur.isoformat()
    if isinstance(valeur, uuid.UUID):
        return str(valeur)
    return valeur
