"""A file about an enterprise kept as plain values (what a form sends, what a base keeps), read as any file.

The tables are those of the YAML file: `structure`, then one list of lines a sheet. A mistake is placed by the
path of its field (`ressources/2/montant`, lines from 0), so that a page can show it beside the field.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from perenne.domain.entreprise.dossier import Dossier
from perenne.domain.erreurs import Anomalie, ErreurUtilisateur
from perenne.reports.entreprise.classeur_dossier import ecrire_ligne, ecrire_rubriques
from perenne.reports.entreprise.feuilles import FEUILLES, STRUCTURE
from perenne.reports.tresorerie.champs import Feuille
from perenne.services.entreprise.dossiers import DossierLu, comprendre
from perenne.services.tresorerie.interpretation import lire_objet
from perenne.services.tresorerie.saisie import Brut, Ligne, Saisie

Rubriques = Mapping[str, Any]
TABLES: dict[str, Feuille] = {f.cle: f for f in (STRUCTURE, *FEUILLES)}


def saisir_rubriques(rubriques: Rubriques) -> Saisie:
    """The lines of each table; a table or a field that does not exist is a mistake, never dropped."""
    saisie = Saisie()
    for cle, contenu in rubriques.items():
        feuille = TABLES.get(cle)
        if feuille is None:
            saisie.refuser(cle, f"la rubrique « {cle} » n'existe pas.")
        elif feuille is STRUCTURE:
            saisie.lignes[cle] = [_ligne(saisie, feuille, contenu, cle)]
        else:
            saisie.lignes[cle] = [
                _ligne(saisie, feuille, ligne, f"{cle}/{n}") for n, ligne in enumerate(contenu)
            ]
    return saisie


def _ligne(saisie: Saisie, feuille: Feuille, valeurs: Mapping[str, Any], ou: str) -> Ligne:
    connus = {c.nom for c in feuille.champs}
    for nom in valeurs:
        if nom not in connus:
            saisie.refuser(f"{ou}/{nom}", f"« {nom} » n'existe pas dans « {feuille.titre} ».")
    return Ligne(
        ou=ou,
        champs={
            nom: Brut(valeur, f"{ou}/{nom}")
            for nom, valeur in valeurs.items()
            if nom in connus and valeur is not None and valeur != ""
        },
    )


def essayer_rubriques(rubriques: Rubriques, au: dt.date) -> tuple[DossierLu | None, tuple[Anomalie, ...]]:
    """What is read, or everything that is wrong with the path of each field; never both."""
    saisie = saisir_rubriques(rubriques)
    lu = comprendre(saisie, au)
    if saisie.anomalies:
        return None, tuple(_placer_fait(a, rubriques) for a in saisie.anomalies)
    return lu, ()


def _placer_fait(anomalie: Anomalie, rubriques: Rubriques) -> Anomalie:
    """Facts are checked by the reader of rules, which names them as its command line does."""
    nom = anomalie.ou.removeprefix("--avec ")
    if nom == anomalie.ou:
        return anomalie
    rangs = [n for n, x in enumerate(rubriques.get("situation", ())) if x.get("fait") == nom]
    ou = f"situation/{rangs[0]}/valeur" if rangs else "situation"
    return Anomalie(ou=ou, message=anomalie.message, conseil=anomalie.conseil)


def lire_rubriques(rubriques: Rubriques, nom: str, au: dt.date) -> DossierLu:
    """Read them entirely.

    Raises:
        ErreurUtilisateur: something in them is wrong; every reason is given.
    """
    lu, anomalies = essayer_rubriques(rubriques, au)
    if lu is None:
        raise ErreurUtilisateur(
            f"Le dossier de « {nom} » ne peut pas être lu tel qu'il est enregistré.",
            conseil="Corrigez les points signalés.",
            anomalies=[_situer(a, rubriques) for a in anomalies],
        )
    return lu


def _situer(anomalie: Anomalie, rubriques: Rubriques) -> Anomalie:
    return Anomalie(ou=dire_place(anomalie.ou, rubriques), message=anomalie.message, conseil=anomalie.conseil)


def dire_place(ou: str, rubriques: Rubriques) -> str:
    """A path in words: « Ressources, Commune de Valfiction, Montant de l'année (€) »."""
    cle, _, reste = ou.partition("/")
    feuille = TABLES.get(cle)
    if feuille is None:
        return ou
    mots = [feuille.titre]
    morceaux = reste.split("/") if reste else []
    if morceaux and morceaux[0].isdecimal():
        mots.append(_nommer(rubriques.get(cle, ()), int(morceaux.pop(0))))
    mots += [c.libelle for m in morceaux for c in feuille.champs if c.nom == m]
    return ", ".join(mots)


def _nommer(lignes: Sequence[Mapping[str, Any]], rang: int) -> str:
    """What tells a line from the others, else its number."""
    ligne = lignes[rang] if rang < len(lignes) else {}
    for cle in ("critere", "mesure", "fait", "payeur", "nom", "id", "poste"):
        if ligne.get(cle):
            return str(ligne[cle])
    return f"ligne {rang + 1}"


def ecrire_lignes(cle: str, lignes: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Lines of a table as a file writes them, each read by itself: nothing is checked between lines.

    Raises:
        ErreurUtilisateur: a line cannot be read.
    """
    saisie = saisir_rubriques({cle: lignes})
    objets = [lire_objet(saisie, TABLES[cle], x) for x in saisie.lignes[cle]]
    if saisie.anomalies:
        raise ErreurUtilisateur("Ces lignes ne peuvent pas être lues.", anomalies=saisie.anomalies)
    return [_simple(ecrire_ligne(TABLES[cle], o)) for o in objets]


def rubriques_de(dossier: Dossier) -> dict[str, Any]:
    """A file as plain values that JSON can hold; `lire_rubriques` gives it back the same."""
    return {cle: _simple(contenu) for cle, contenu in ecrire_rubriques(dossier).items()}


def _simple(valeur: Any) -> Any:
    if isinstance(valeur, dict):
        return {c: _simple(v) for c, v in valeur.items()}
    if isinstance(valeur, list):
        return [_simple(v) for v in valeur]
    return valeur.isoformat() if isinstance(valeur, dt.date) else valeur
