"""The map of levers: nineteen actions × types of actors, and what the law opens to each at a date."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any, Literal

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.domain.leviers.entree import ActeurPublic, Demande, Entreprise
from perenne.domain.leviers.modele import Modele
from perenne.domain.leviers.voies import Droit, Juriste
from perenne.reports.leviers.carte import composer_carte, composer_detail
from perenne.reports.rapport.elements import Rapport
from perenne.reports.rapport.page import ecrire_html
from perenne.reports.rapport.texte import ecrire_texte
from perenne.services.leviers.modele import obtenir_modele
from perenne.services.leviers.suggestion import vouliez_vous

COLONNES = (
    "commune",
    "epci",
    "departement",
    "region",
    "etat-services",
    "pnr",
    "bailleur-social",
    "ccas",
    "caf",
)
"""Types of actors shown together; any other can be asked for alone."""


def dresser_carte(
    *, acteur: str, forme: str, au: dt.date, format_: Literal["texte", "json", "html"]
) -> bytes:
    """The map for a form of enterprise of which nothing else is known.

    Args:
        acteur: a single type, with its instruments; every main type when empty.
        forme: legal form of the enterprise.
        au: date of the law.
        format_: text, JSON or HTML.

    Raises:
        ErreurUtilisateur: unknown type or form.
    """
    modele = obtenir_modele()
    _verifier(modele, acteur, forme)
    droits = {t: _droits(modele, t, forme, au) for t in ((acteur,) if acteur else COLONNES)}
    if format_ == "json":
        return _json(droits, forme, au).encode()
    base = modele.savoir
    rapport: Rapport = (
        composer_detail(acteur, droits[acteur], base, forme=forme, au=au)
        if acteur
        else composer_carte(droits, base, forme=forme, au=au)
    )
    return (ecrire_html(rapport) if format_ == "html" else ecrire_texte(rapport)).encode()


def _verifier(modele: Modele, acteur: str, forme: str) -> None:
    if acteur and acteur not in modele.lignees:
        raise ErreurUtilisateur(
            f"« {acteur} » n'est pas un type d'acteur.", conseil=vouliez_vous(acteur, modele.lignees)
        )
    formes = tuple(modele.savoir.faits["forme_juridique"].valeurs or ())
    if forme not in formes:
        raise ErreurUtilisateur(
            f"« {forme} » n'est pas une forme juridique connue.",
            conseil=f"Formes possibles : {', '.join(formes)}.",
        )


def _droits(modele: Modele, type_: str, forme: str, au: dt.date) -> dict[str, Droit]:
    demande = Demande(
        entreprise=Entreprise(nom="", faits={"forme_juridique": forme}),
        acteur=ActeurPublic(type=type_, lignee=modele.lignees[type_]),
        au=au,
    )
    juriste = Juriste(modele, demande)
    return {a.id: juriste.droit(a) for a in modele.actions}


def _json(droits: dict[str, dict[str, Droit]], forme: str, au: dt.date) -> str:
    acteurs = {a: {action: _case(d) for action, d in siens.items()} for a, siens in droits.items()}
    contenu = {"au": au.isoformat(), "forme_juridique": forme, "acteurs": acteurs}
    return json.dumps(contenu, ensure_ascii=False, indent=2) + "\n"


def _case(droit: Droit) -> dict[str, Any]:
    return {
        "statut": droit.statut,
        "oriente": droit.oriente,
        "instruments": {v.instrument.id: v.statut.statut for v in droit.voies},
    }
