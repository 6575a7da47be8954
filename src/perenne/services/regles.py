"""Asking a dated rule: read the facts as they are typed, evaluate, and write the answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

from perenne.domain.erreurs import Anomalie, ErreurUtilisateur
from perenne.domain.regles.evaluation import Valeur
from perenne.domain.regles.faits import lire_faits
from perenne.domain.regles.moteur import evaluer_regle
from perenne.domain.regles.resultat import Resultat
from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.savoir.regles import Regle, ValeurFait
from perenne.kb.chargement import lire_base
from perenne.kb.controles_regles import portee_de
from perenne.kb.messages import suggerer
from perenne.kb.phrases import phrase
from perenne.kb.proximite import proches
from perenne.reports.regles.machine import ecrire_regle_json, ecrire_resultat_json
from perenne.reports.regles.reference import ecrire_reference_regles
from perenne.reports.regles.texte import ecrire_regle, ecrire_resultat
from perenne.services.reglages import lire_reglages
from perenne.services.savoir import obtenir_base

Format = Literal["texte", "json"]


def trouver_regle(base: BaseSavoir, identifiant: str) -> Regle:
    """The rule of that identifier; the last part is enough when a single rule has it.

    Raises:
        ErreurUtilisateur: no rule, or several, have that name.
    """
    regles = base.regles
    if identifiant in regles:
        return regles[identifiant]
    memes = [i for i in regles if i.split("/")[-1] == identifiant]
    if len(memes) == 1:
        return regles[memes[0]]
    if memes:
        raise ErreurUtilisateur(
            f"Plusieurs règles s'appellent « {identifiant} ».", conseil=f"Précisez : {', '.join(memes)}."
        )
    voisines = proches(identifiant, tuple(regles))
    vouliez = f"Vouliez-vous dire {', '.join(f'« {v} »' for v in voisines)} ? " if voisines else ""
    raise ErreurUtilisateur(
        f"La règle « {identifiant} » n'existe pas.",
        conseil=f"{vouliez}Toutes les règles : perenne regle --liste",
    )


def lire_avec(base: BaseSavoir, avec: Sequence[str]) -> dict[str, Valeur]:
    """Read `cle=valeur` facts.

    Raises:
        ErreurUtilisateur: a fact is unknown (the nearest are suggested), given twice, or its value does not
            fit; every mistake at once.
    """
    bruts: dict[str, ValeurFait] = {}
    anomalies: list[Anomalie] = []
    for texte in avec:
        cle, egal, valeur = texte.partition("=")
        cle = cle.strip()
        if not egal or not cle:
            anomalies.append(_anomalie(texte, "il faut une clé et une valeur.", "Écrivez --avec cle=valeur."))
        elif cle in bruts:
            anomalies.append(_anomalie(cle, "ce fait est donné deux fois.", "Gardez une seule valeur."))
        else:
            bruts[cle] = valeur.strip()
    valeurs, defauts = lire_faits(bruts, portee_de(base.fiches).faits)
    for defaut in defauts:
        message, conseil = phrase(defaut, faits=tuple(base.faits))
        anomalies.append(_anomalie(str(defaut.valeurs["nom"]), message, conseil))
    if anomalies:
        raise ErreurUtilisateur("Ces faits ne peuvent pas être lus :", anomalies=anomalies)
    return valeurs


def _anomalie(cle: str, message: str, conseil: str) -> Anomalie:
    return Anomalie(ou=f"--avec {cle}", message=message, conseil=conseil)


def evaluer(
    identifiant: str, au: dt.date, faits: Mapping[str, Valeur], base: BaseSavoir | None = None
) -> Resultat:
    """The answer of a rule at a date for known facts."""
    base = base or obtenir_base()
    return evaluer_regle(trouver_regle(base, identifiant), faits, au, base.regles)


def consulter(
    identifiant: str,
    *,
    au: dt.date | None,
    avec: Sequence[str] = (),
    format_: Format = "texte",
    base: BaseSavoir | None = None,
) -> str:
    """What `perenne regle` prints: the rule by itself without date nor facts, else its answer.

    Args:
        identifiant: identifier of the rule.
        au: the date that matters; None with facts means today, chosen by the caller.
        avec: facts, `cle=valeur`.
        format_: text or JSON.
        base: knowledge base; that of the settings when None.
    """
    base = base or obtenir_base()
    regle = trouver_regle(base, identifiant)
    if au is None:
        return ecrire_regle_json(regle, base) if format_ == "json" else ecrire_regle(regle, base)
    resultat = evaluer(regle.id, au, lire_avec(base, avec), base)
    return ecrire_resultat_json(resultat, base) if format_ == "json" else ecrire_resultat(resultat, base)


def lister_regles(debut: str = "", base: BaseSavoir | None = None) -> str:
    """One line per rule: identifier, confidence, title; only those whose identifier begins by `debut`.

    Raises:
        ErreurUtilisateur: no rule begins so.
    """
    base = base or obtenir_base()
    choisies = [r for r in base.regles.values() if r.id.startswith(debut)]
    if not choisies:
        domaines = tuple(dict.fromkeys(r.domaine for r in base.regles.values()))
        raise ErreurUtilisateur(
            f"Aucune règle ne commence par « {debut} ».",
            conseil=f"{suggerer(debut, domaines)} Domaines : {', '.join(domaines)}.",
        )
    largeur = max(len(r.id) for r in choisies)
    return "".join(f"{r.id:<{largeur}}  {r.confiance}  {r.titre}\n" for r in choisies)


def decrire_regles(dossier: Path | None = None) -> str:
    """The reference page of rules and facts, in Markdown."""
    return ecrire_reference_regles(lire_base(dossier or lire_reglages().savoir)[0])
