"""The comparison as a person reads it: what to know first, the counts, then some details of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from perenne.pipeline.comparaison.resultat import Comparaison, Compte, Detail
from perenne.pipeline.comparaison.version import Version
from perenne.reports.comparaison.phrases import Libelles, dire
from perenne.reports.typographie import accorder, nombre

_TITRES = {
    "territoire": "Territoires",
    "composition": "Composition des territoires",
    "commune_mouvement": "Mouvements de communes",
    "appartenance": "Zonages et programmes",
    "valeur": "Indicateurs",
    "contour": "Contours",
    "source": "Sources",
    "entreprise": "Entreprises",
    "entreprise_raison": "Raisons des verdicts",
    "entreprise_lien": "Rapprochements entre Sirene et le RNA",
    "entreprise_registre": "Listes et registres",
    "structure": "Activités de chaque structure",
    "entreprise_activite": "Activités reconnues",
    "etablissement": "Établissements",
}
_DECIMAL = re.compile(r"-?\d+\.\d+(e[-+]?\d+)?")
_LARGEUR = 60
"""Characters of a value in the text; longer ones are cut there, and whole in JSON and CSV."""


def ecrire_texte(comparaison: Comparaison, libelles: Libelles, *, exemples: int) -> Iterator[str]:
    """Lines of the comparison, each with its end.

    Args:
        exemples: details written under each count; 0 for none.
    """
    yield f"De la version {_version(comparaison.a)}\nà la version {_version(comparaison.b)}\n"
    yield from _schema(comparaison)
    if not comparaison.comptes:
        yield "\nAucune différence dans les données.\n"
    for table, comptes in groupby(comparaison.comptes, key=lambda c: c.table):
        yield f"\n{_TITRES.get(table, table)}\n"
        yield from (f"  {dire(compte, libelles)}.\n" for compte in comptes)
    if comparaison.arrondis:
        lignes = accorder(comparaison.arrondis, "ligne ne diffère", "lignes ne diffèrent")
        yield f"\n{lignes} que par l'arrondi des calculs : non comptées.\n"
    if exemples and comparaison.comptes:
        yield from _details(comparaison, exemples)


def _version(version: Version) -> str:
    return f"{version.nom} (construite le {version.construite_le[:10]}, schéma {version.schema})"


def _schema(comparaison: Comparaison) -> Iterator[str]:
    if comparaison.a.schema != comparaison.b.schema:
        yield (
            "\nAttention : les deux versions n'ont pas le même schéma. Seules les tables et les colonnes "
            "communes sont comparées.\n"
        )
    if comparaison.schema:
        yield "\nSchéma\n"
    for ecart in comparaison.schema:
        quoi = (
            f"colonne « {ecart.colonne} » de « {ecart.table} »"
            if ecart.colonne
            else f"table « {ecart.table} »"
        )
        if not ecart.avant:
            yield f"  {quoi} : n'existe que dans la seconde version.\n"
        elif not ecart.apres:
            yield f"  {quoi} : n'existe que dans la première version.\n"
        else:
            yield f"  {quoi} : type {ecart.avant}, puis {ecart.apres}.\n"


def _details(comparaison: Comparaison, exemples: int) -> Iterator[str]:
    yield "\nDans le détail\n"
    totaux: dict[tuple[object, ...], int] = {}
    for compte in comparaison.comptes:
        totaux[_famille(compte)] = totaux.get(_famille(compte), 0) + compte.nombre
    ecrits: dict[tuple[object, ...], int] = {}
    table = ""
    for detail in comparaison.details():
        famille = _famille(detail)
        rang = ecrits[famille] = ecrits.get(famille, 0) + 1
        if rang > exemples:
            continue
        if detail.table != table:
            table = detail.table
            yield f"\n{_TITRES.get(table, table)} (clé : {', '.join(comparaison.cles[table])})\n"
        yield f"  {_ligne(detail)}\n"
        if rang == exemples and totaux[famille] > exemples:
            quoi = " ".join(x for x in (*detail.groupe, detail.nature, detail.colonne) if x)
            yield f"  … et {nombre(totaux[famille] - exemples)} de plus ({quoi})\n"


def _famille(x: Compte | Detail) -> tuple[object, ...]:
    return (x.table, x.nature, x.groupe, x.colonne)


def _ligne(detail: Detail) -> str:
    cle = " ".join(v if v is not None else "(vide)" for v in detail.cle)
    nom = f" {detail.libelle}" if detail.libelle else ""
    if detail.nature == "change":
        return f"{cle}{nom} : {detail.colonne} {_valeur(detail.avant)} → {_valeur(detail.apres)}"
    contenu = detail.apres if detail.nature == "apparu" else detail.avant
    return f"{cle}{nom} : {detail.nature}" + (f" ({_couper(contenu)})" if contenu else "")


def _valeur(valeur: str | None) -> str:
    if valeur is None:
        return "vide"
    if _DECIMAL.fullmatch(valeur):
        return f"{float(valeur):.10g}".replace(".", ",")
    return _couper(valeur)


def _couper(texte: str) -> str:
    une = " ".join(texte.split())
    return une if len(une) <= _LARGEUR else f"{une[: _LARGEUR - 1]}…"
