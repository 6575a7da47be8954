"""One table in a form: shown, read, written under the lock; what was typed is never lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from perenne.web.common.rendu import Etape, page
from perenne.web.common.verrou import Perime
from perenne.web.diagnostics.acces import ecrit, fil, noter
from perenne.web.diagnostics.models import Volet
from perenne.web.diagnostics.volets import Essai, dire_volet, enregistrer_volet, ouvrir_volet
from perenne.web.dossiers.models import Dossier
from perenne.web.espaces.droits import obtenir_compte
from perenne.web.espaces.models import Geste


@dataclass(frozen=True, kw_only=True)
class Edition:
    """What changes from one table to another.

    Attributes:
        formulaires: made from what is kept (first argument) or from what was sent (second one, else None).
        lire: what the forms say, read.
        place: path of a mistake → form and field that hold it; None for the table as a whole.
        gabarit: template; it reads `formulaires`, and `conflit`.
        retour: where to go once it is written, and where « sans enregistrer » leads.
    """

    table: str
    annee: str
    titre: str
    quoi: str
    gabarit: str
    retour: str
    fil: tuple[Etape, ...]
    formulaires: Callable[[Any, Any], Sequence[forms.Form]]
    lire: Callable[[Sequence[forms.Form]], Essai]
    place: Callable[[str, Sequence[forms.Form]], tuple[forms.Form, str | None]]
    valeurs: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Conflit:
    """What somebody else has written, beside what was typed."""

    volet: Volet
    ici: tuple[str, ...]
    ailleurs: tuple[str, ...]


def editer(requete: HttpRequest, dossier: Dossier, edition: Edition) -> HttpResponseBase:
    """Show a table, or write it."""
    volet = ouvrir_volet(dossier, edition.table, edition.annee)
    peut = ecrit(requete, dossier)
    if requete.method != "POST":
        noter(requete, dossier, Geste.VU, edition.quoi)
        return _rendre(requete, dossier, edition, volet, edition.formulaires(volet.contenu, None), peut=peut)
    formulaires = edition.formulaires(volet.contenu, requete.POST)
    if "ajouter" in requete.POST:  # more empty lines are wanted: nothing is read
        return _rendre(requete, dossier, edition, volet, formulaires, peut=peut, version=_version(requete))
    essai = edition.lire(formulaires) if _valider(formulaires) else None
    if essai is None or essai.contenu is None:
        _signaler(essai, formulaires, edition)
        return _rendre(
            requete, dossier, edition, volet, formulaires, peut=peut, version=_version(requete), statut=400
        )
    try:
        change = enregistrer_volet(
            volet, _version(requete), essai.contenu, auteur=obtenir_compte(requete), brouillon=essai.brouillon
        )
    except Perime:
        autre = ouvrir_volet(dossier, edition.table, edition.annee)
        conflit = _comparer(autre, edition.table, essai.contenu)
        return _rendre(requete, dossier, edition, autre, formulaires, peut=peut, statut=409, conflit=conflit)
    if change:
        noter(requete, dossier, Geste.MODIFIE, edition.quoi)
    _feliciter(requete, essai, change=change)
    return redirect(edition.retour)


def _valider(formulaires: Sequence[forms.Form]) -> bool:
    """Whether all are valid; every one is looked at, so that every mistake is said at once."""
    return len([f for f in formulaires if f.is_valid()]) == len(formulaires)


def _feliciter(requete: HttpRequest, essai: Essai, *, change: bool) -> None:
    if essai.brouillon:
        probleme = essai.anomalies[0]
        messages.warning(
            requete,
            f"Gardé comme brouillon, pas encore lu : {probleme.message} {probleme.conseil}".strip(),
        )
    else:
        messages.success(requete, "C’est enregistré." if change else "Rien n’avait changé.")


def _version(requete: HttpRequest) -> int:
    texte = requete.POST.get("version", "")
    return int(texte) if texte.isdecimal() and len(texte) < 10 else 0


def _signaler(essai: Essai | None, formulaires: Sequence[forms.Form], edition: Edition) -> None:
    for anomalie in essai.anomalies if essai else ():
        formulaire, champ = edition.place(anomalie.ou, formulaires)
        libelle = formulaire.fields[champ].label if champ else ""
        message = f"{anomalie.message} {anomalie.conseil}".strip().removeprefix(f"« {libelle} » : ")
        formulaire.add_error(champ, message)


def _comparer(autre: Volet, table: str, saisi: Any) -> Conflit:
    la, ici = dire_volet(table, autre.contenu), dire_volet(table, saisi)
    return Conflit(
        volet=autre,
        ici=tuple(x for x in ici if x not in la),
        ailleurs=tuple(x for x in la if x not in ici),
    )


def _rendre(
    requete: HttpRequest,
    dossier: Dossier,
    edition: Edition,
    volet: Volet,
    formulaires: Sequence[forms.Form],
    *,
    peut: bool,
    version: int | None = None,
    statut: int = 200,
    conflit: Conflit | None = None,
) -> HttpResponseBase:
    if not peut:
        for formulaire in formulaires:
            for champ in formulaire.fields.values():
                champ.disabled = True
    return page(
        requete,
        edition.gabarit,
        titre=f"{edition.titre} – {dossier.nom}",
        statut=statut,
        fil=fil(requete, dossier, *edition.fil),
        dossier=dossier,
        edition=edition,
        volet=volet,
        version_lue=volet.version if version is None else version,
        formulaires=formulaires,
        conflit=conflit,
        ecrit=peut,
        **edition.valeurs,
    )
