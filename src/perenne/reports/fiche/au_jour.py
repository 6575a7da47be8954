"""What an item says at a date: the version of a rule, the state of a zoning, the name of an actor."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from perenne.domain.regles.periodes import version_au
from perenne.domain.savoir.commun import NomDate, Periode
from perenne.domain.savoir.regles import Regle, Version
from perenne.domain.savoir.zonages import Aire, Zonage
from perenne.reports.fiche.valeurs import A_VERIFIER, Ecriture
from perenne.reports.typographie import date_longue

ETATS = {
    "en-vigueur": "en vigueur",
    "pas-encore": "pas encore en vigueur",
    "termine": "terminé",
    "a-verifier": A_VERIFIER,
}
AIRES: dict[Aire, str] = {"france": "France entière", "metropole": "métropole", "outre-mer": "outre-mer"}
SANS_VERSION = {
    "avant": "avant la première version connue",
    "lacune": "dans une période que la base ne connaît pas",
    "apres": "après la dernière version connue",
}


@dataclass(frozen=True, kw_only=True)
class EtatAuJour:
    """One thing that holds at the date, in words, with the value apart for machines."""

    objet: str
    texte: str
    valeur: object


def etats_au(fiche: object, jour: dt.date, ecriture: Ecriture) -> Iterator[EtatAuJour]:
    """Everything dated in the item, resolved at `jour`."""
    if isinstance(fiche, Regle):
        yield from _regle(fiche, jour, ecriture)
    elif isinstance(fiche, Zonage):
        yield from _zonage(fiche, jour)
    noms = getattr(fiche, "noms", ())
    if isinstance(noms, tuple) and noms and isinstance(noms[0], NomDate):
        yield _nom(noms, jour)


def _nom(noms: tuple[NomDate, ...], jour: dt.date) -> EtatAuJour:
    actuel = next((n for n in noms if Periode(du=n.du, au=n.au).contient(jour)), None)
    if actuel is None:
        return EtatAuJour(objet="Nom", texte="aucun nom connu à cette date", valeur=None)
    texte = f"{actuel.nom} ({actuel.sigle})" if actuel.sigle else actuel.nom
    doute = f", {A_VERIFIER}" if actuel.confiance == "C" else ""
    return EtatAuJour(objet="Nom", texte=texte + doute, valeur=actuel.nom)


def _zonage(zonage: Zonage, jour: dt.date) -> Iterator[EtatAuJour]:
    aires = list(dict.fromkeys(p.aire for p in zonage.periodes))
    for aire in aires:
        periode = zonage.periode(jour, aire)
        if periode is None:
            continue
        etat = periode.etat(jour)
        bornes = _bornes(periode.du, periode.au)
        libelle = f"{periode.libelle}, " if periode.libelle else ""
        texte = f"{libelle}{ETATS[etat]}{f' ({bornes})' if bornes else ''}"
        yield EtatAuJour(objet=AIRES[aire].capitalize(), texte=texte, valeur=etat)


def _bornes(du: dt.date | None, au: dt.date | None) -> str:
    morceaux = [f"depuis le {date_longue(du)}" if du else "", f"jusqu'au {date_longue(au)}" if au else ""]
    return ", ".join(m for m in morceaux if m)


def _regle(regle: Regle, jour: dt.date, ecriture: Ecriture) -> Iterator[EtatAuJour]:
    choix = version_au(regle, jour)
    if choix.version is None:
        sens = regle.avant if choix.etat == "avant" else regle.apres
        suite = "la règle n'existe pas" if sens == "sans_objet" and choix.etat != "lacune" else A_VERIFIER
        yield EtatAuJour(objet="Version", texte=f"{SANS_VERSION[choix.etat]} : {suite}", valeur=None)
        return
    version = choix.version
    bornes = _bornes(version.du, choix.fin)
    confiance = version.confiance or regle.confiance
    doute = f", {A_VERIFIER}" if confiance == "C" else ""
    yield EtatAuJour(objet="Version", texte=f"en vigueur {bornes}{doute}", valeur=version.du.isoformat())
    yield from _contenu(regle, version, ecriture)


def _contenu(regle: Regle, version: Version, ecriture: Ecriture) -> Iterator[EtatAuJour]:
    if version.valeur is not None:
        texte = f"{ecriture.chiffre(version.valeur)} {regle.unite}".strip()
        yield EtatAuJour(objet="Valeur", texte=texte, valeur=version.valeur)
    for code, valeur in (version.bareme or {}).items():
        texte = f"{ecriture.chiffre(valeur)} {regle.unite}".strip()
        yield EtatAuJour(objet=code, texte=texte, valeur=valeur)
    for cas in version.cas:
        issue = ecriture.libelles.valeur(cas.issue, "issue")
        condition = f"si {cas.si}" if cas.si else "dans les autres cas"
        yield EtatAuJour(objet=issue, texte=f"{condition} : {cas.motif}", valeur=cas.issue)
