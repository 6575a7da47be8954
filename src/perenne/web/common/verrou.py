"""Optimistic lock: a change is kept only if nobody has changed the same thing since it was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.utils import timezone

from perenne.domain.erreurs import ErreurUtilisateur


class Perime(ErreurUtilisateur):
    """Somebody else has written in the meantime: nothing was kept, nothing of theirs is lost."""


class AvecVersion(models.Model):
    """A row with a version, one more at each change."""

    version = models.PositiveIntegerField(default=1)
    cree_le = models.DateTimeField(default=timezone.now, editable=False)
    modifie_le = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    def enregistrer(self, version_lue: int, **champs: Any) -> None:
        """Write `champs` if the row is still at `version_lue`, in one statement.

        Args:
            version_lue: the version that the person had in front of them (a hidden field of the form).
            champs: new values by field name.

        Raises:
            Perime: the row has moved on, or is gone.
        """
        moment = timezone.now()
        ecrites = (
            type(self)
            .objects.filter(pk=self.pk, version=version_lue)
            .update(version=version_lue + 1, modifie_le=moment, **champs)
        )
        if not ecrites:
            raise Perime(
                "Une autre personne a enregistré ses modifications pendant que vous écriviez.",
                conseil="Rechargez la page, relisez ce qui a changé, puis reportez vos modifications.",
            )
        for nom, valeur in champs.items():
            setattr(self, nom, valeur)
        self.version, self.modifie_le = version_lue + 1, moment


@dataclass(frozen=True, kw_only=True)
class Conflit:
    """What somebody else has written, beside what the person has typed: name of each field → its value."""

    message: str
    autre: list[tuple[str, str]]


def reprendre(erreur: Perime, objet: AvecVersion, formulaire: forms.Form) -> Conflit:
    """Read the row again, and let the form be sent once more, with what was typed in it."""
    objet.refresh_from_db()
    version = {formulaire.add_prefix("version"): str(objet.version)}
    formulaire.data = {**dict(formulaire.data.items()), **version}
    noms = [n for n in formulaire.fields if n != "version"]
    lus = [(str(formulaire[n].label), str(getattr(objet, n)), formulaire.cleaned_data.get(n)) for n in noms]
    return Conflit(
        message=erreur.message, autre=[(nom, valeur or "vide") for nom, valeur, ici in lus if valeur != ici]
    )
