"""What is wrong in a file about an enterprise beyond the form of each value: all of it, with its place."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from perenne.domain.entreprise.bilan import lire_bilan
from perenne.domain.entreprise.dossier import Chiffre, Dossier, ValeurChiffre
from perenne.domain.savoir.criteres import Critere, Mesure

Code = Literal[
    "double",
    "inconnu",
    "chiffre-genre",
    "chiffre-choix",
    "chiffre-borne",
    "date-future",
    "date-passage",
    "mois",
    "montant-negatif",
    "nombre-negatif",
    "engagement-inverse",
    "niveau-sans-public",
    "bilan-desequilibre",
    "comptes-negatifs",
    "personne-nommee",
]
_PERSONNE = re.compile(r"\w@\w|(?i:\b(m\.|mr|mme|mlle|monsieur|madame|mademoiselle))\s+(?!l[ae]\b)")
"""A title before a name, or an address: a function is wanted, and « madame la maire » is one."""
Table = Literal[
    "structure", "repondants", "passages", "reponses", "chiffres", "exercices", "ressources", "activites"
]


@dataclass(frozen=True, kw_only=True)
class Defaut:
    """One defect: in which table, which line (from 0), which field, and the values of the message."""

    code: Code
    table: Table
    rang: int
    champ: str = ""
    valeurs: Mapping[str, str | float | int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Connus:
    """What a file may name: measures (with their smallest and largest value), activities, stages, facts."""

    criteres: Mapping[str, Critere]
    bornes: Mapping[str, tuple[float | None, float | None]]
    activites: frozenset[str]
    stades: frozenset[str]
    territoires: frozenset[str]
    faits: frozenset[str]


def verifier(dossier: Dossier, connus: Connus, au: dt.date) -> tuple[Defaut, ...]:
    """Every defect of a file.

    Args:
        au: today; an answer or a round may not be later.
    """
    return tuple(
        defaut
        for controle in (_structure, _identifiants, _reponses, _chiffres, _exercices, _ressources)
        for defaut in controle(dossier, connus, au)
    )


def _inconnu(table: Table, rang: int, champ: str, valeur: str) -> Defaut:
    return Defaut(code="inconnu", table=table, rang=rang, champ=champ, valeurs={"valeur": valeur})


def _structure(d: Dossier, c: Connus, au: dt.date) -> Iterator[Defaut]:
    s = d.structure
    for activite in s.activites:
        if activite not in c.activites:
            yield _inconnu("structure", 0, "activites", activite)
    for territoire in s.territoires:
        if territoire not in c.territoires:
            yield _inconnu("structure", 0, "territoires", territoire)
    if s.stade and s.stade not in c.stades:
        yield _inconnu("structure", 0, "stade", s.stade)
    for nom in s.faits:
        if nom not in c.faits:
            yield _inconnu("structure", 0, "faits", nom)
    if s.comptes_clos is not None and s.comptes_clos < 0:
        yield Defaut(code="comptes-negatifs", table="structure", rang=0, champ="comptes_clos")


def _identifiants(d: Dossier, c: Connus, au: dt.date) -> Iterator[Defaut]:
    tables: tuple[tuple[Table, Iterable[str]], ...] = (
        ("repondants", (r.id for r in d.repondants)),
        ("passages", (p.id for p in d.passages)),
        ("exercices", (e.id for e in d.exercices)),
    )
    for table, ids in tables:
        vus: set[str] = set()
        for rang, ident in enumerate(ids):
            if ident in vus:
                yield Defaut(code="double", table=table, rang=rang, champ="id", valeurs={"valeur": ident})
            vus.add(ident)
    for rang, repondant in enumerate(d.repondants):
        if _PERSONNE.search(repondant.fonction):
            yield Defaut(code="personne-nommee", table="repondants", rang=rang, champ="fonction")
    for rang, passage in enumerate(d.passages):
        if passage.date > au:
            yield Defaut(code="date-future", table="passages", rang=rang, champ="date")


def _reponses(d: Dossier, c: Connus, au: dt.date) -> Iterator[Defaut]:
    passages, repondants = {p.id for p in d.passages}, {r.id for r in d.repondants}
    vues: set[tuple[str, str, str]] = set()
    for rang, r in enumerate(d.reponses):
        for champ, valeur, connu in (
            ("critere", r.critere, c.criteres.keys()),
            ("passage", r.passage, passages),
            ("repondant", r.repondant, repondants),
        ):
            if valeur not in connu:
                yield _inconnu("reponses", rang, champ, valeur)
        cle = (r.critere, r.passage, r.repondant)
        if cle in vues:
            valeurs: dict[str, str | float | int] = {"valeur": f"{r.critere}, {r.repondant}, {r.passage}"}
            yield Defaut(code="double", table="reponses", rang=rang, champ="critere", valeurs=valeurs)
        vues.add(cle)
        if _PERSONNE.search(r.source):
            yield Defaut(code="personne-nommee", table="reponses", rang=rang, champ="source")
        if r.date is not None and r.date > au:
            yield Defaut(code="date-future", table="reponses", rang=rang, champ="date")


def _chiffres(d: Dossier, c: Connus, au: dt.date) -> Iterator[Defaut]:
    passages, repondants = {p.id for p in d.passages}, {r.id for r in d.repondants}
    mesures = {m.id: m for critere in c.criteres.values() for m in critere.mesures}
    vus: set[tuple[str, str, str]] = set()
    for rang, x in enumerate(d.chiffres):
        if x.passage not in passages:
            yield _inconnu("chiffres", rang, "passage", x.passage)
        if x.repondant not in repondants:
            yield _inconnu("chiffres", rang, "repondant", x.repondant)
        if x.mesure not in mesures:
            yield _inconnu("chiffres", rang, "mesure", x.mesure)
            continue
        cle = (x.mesure, x.passage, x.repondant)
        if cle in vus:
            valeurs: dict[str, str | float | int] = {"valeur": f"{x.mesure}, {x.repondant}, {x.passage}"}
            yield Defaut(code="double", table="chiffres", rang=rang, champ="mesure", valeurs=valeurs)
        vus.add(cle)
        yield from _valeur(x, mesures[x.mesure], c.bornes.get(x.mesure, (None, None)), rang)
        if x.date is not None and x.date > au:
            yield Defaut(code="date-future", table="chiffres", rang=rang, champ="date")


def _valeur(
    x: Chiffre, mesure: Mesure, bornes: tuple[float | None, float | None], rang: int
) -> Iterator[Defaut]:
    if not genre_convient(x.valeur, mesure):
        attendu: dict[str, str | float | int] = {"nature": mesure.nature, "unite": mesure.unite}
        yield Defaut(code="chiffre-genre", table="chiffres", rang=rang, champ="valeur", valeurs=attendu)
        return
    if mesure.choix is not None:
        cle = x.valeur if isinstance(x.valeur, str) else f"{x.valeur:g}"
        if cle not in mesure.choix:
            permis: dict[str, str | float | int] = {"valeur": cle, "choix": ", ".join(mesure.choix)}
            yield Defaut(code="chiffre-choix", table="chiffres", rang=rang, champ="valeur", valeurs=permis)
        return
    if isinstance(x.valeur, bool | str | dt.date):
        return
    bas, haut = bornes
    if (bas is not None and x.valeur < bas) or (haut is not None and x.valeur > haut):
        limites: dict[str, str | float | int] = {"valeur": x.valeur, "unite": mesure.unite}
        limites |= {"minimum": bas} if bas is not None else {}
        limites |= {"maximum": haut} if haut is not None else {}
        yield Defaut(code="chiffre-borne", table="chiffres", rang=rang, champ="valeur", valeurs=limites)


def genre_convient(valeur: ValeurChiffre, mesure: Mesure) -> bool:
    """Whether a value is of the kind that a measure holds (yes/no, date, code of a list, finite number)."""
    match mesure.nature:
        case "oui-non":
            return isinstance(valeur, bool)
        case "date":
            return isinstance(valeur, dt.date)
        case "liste":
            return isinstance(valeur, str)
        case _:
            return isinstance(valeur, int | float) and not isinstance(valeur, bool)


def _exercices(d: Dossier, c: Connus, au: dt.date) -> Iterator[Defaut]:
    for rang, e in enumerate(d.exercices):
        if not 1 <= e.mois <= 24:
            yield Defaut(code="mois", table="exercices", rang=rang, champ="mois", valeurs={"valeur": e.mois})
        bilan = lire_bilan(e.montants)
        if bilan is not None and not bilan.equilibre:
            yield Defaut(
                code="bilan-desequilibre",
                table="exercices",
                rang=rang,
                valeurs={"actif": bilan.actif, "passif": bilan.passif},
            )


def _ressources(d: Dossier, c: Connus, au: dt.date) -> Iterator[Defaut]:
    exercices = {e.id for e in d.exercices}
    for rang, r in enumerate(d.ressources):
        if r.exercice not in exercices:
            yield _inconnu("ressources", rang, "exercice", r.exercice)
        if r.montant < 0:
            yield Defaut(code="montant-negatif", table="ressources", rang=rang, champ="montant")
        if r.nombre < 0:
            yield Defaut(code="nombre-negatif", table="ressources", rang=rang, champ="nombre")
        if r.debut_engagement and r.engage_jusqu_au and r.debut_engagement > r.engage_jusqu_au:
            yield Defaut(code="engagement-inverse", table="ressources", rang=rang, champ="engage_jusqu_au")
        if r.niveau is not None and r.nature != "public":
            yield Defaut(code="niveau-sans-public", table="ressources", rang=rang, champ="niveau")
    for rang, a in enumerate(d.activites):
        if a.exercice not in exercices:
            yield _inconnu("activites", rang, "exercice", a.exercice)
        if a.produits < 0:
            yield Defaut(code="montant-negatif", table="activites", rang=rang, champ="produits")
