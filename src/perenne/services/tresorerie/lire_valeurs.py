"""Understand one raw value: French numbers and dates, durations in words, labels of lists."""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from perenne.domain.tresorerie.dates import Duree
from perenne.reports.tresorerie.champs import Champ
from perenne.reports.typographie import MOIS, sans_accents
from perenne.services.tresorerie.saisie import Brut

CENT = 100
SERIE_EXCEL = dt.date(1899, 12, 30)
SERIES_ADMISES = range(18_264, 73_051)  # 1950 to 2099
ANNEE_MIN, ANNEE_MAX = 1950, 2099
LONGUEUR_TEXTE = 200
LONGUEUR_PARAGRAPHE = 4_000
IDENTIFIANT = re.compile(r"[^\W_][\w.\-]{0,59}")
_ESPACES = re.compile(r"[\s\u00a0\u202f]+")
_MONNAIE = re.compile(r"€|(?<=\d)(?:eur|euros?)$", re.IGNORECASE)
_DATE = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_DATE_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?")
_DATE_MOIS = re.compile(r"(\d{1,2})(?:er)? ([^\d\s]+) (\d{4})")
_DUREE = re.compile(r"(\d+) ?(jours?|j|mois|m|ans?|annees?|semaines?|sem)\b\.?")


class ValeurIllisible(Exception):
    """A value that cannot be understood: what is wrong and what to write."""

    def __init__(self, message: str, conseil: str = "") -> None:
        super().__init__(message)
        self.message, self.conseil = message, conseil


def lire_nombre(brut: Brut) -> Decimal:
    """A number: 24000, "24 000,50 €", "1 200 EUR", "12 %"."""
    v = brut.valeur
    if isinstance(v, bool | dt.date):
        raise ValeurIllisible("un nombre est attendu ici.")
    if isinstance(v, int | float):
        nombre = Decimal(repr(v))
        if not nombre.is_finite():
            raise ValeurIllisible("un nombre est attendu ici.")
        return nombre * CENT if brut.pourcent else nombre
    texte = _MONNAIE.sub("", _ESPACES.sub("", str(v))).replace("−", "-").removesuffix("%")
    if "," in texte:
        if texte.count(",") > 1 or re.search(r",.*\.", texte):
            raise ValeurIllisible(
                f"« {v} » se lit de deux façons.", "Écrivez 1234,56 (virgule pour les centimes)."
            )
        texte = texte.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"-?\d{1,3}(\.\d{3})+", texte):
        raise ValeurIllisible(f"« {v} » se lit de deux façons.", "Écrivez 1234 ou 1,234.")
    try:
        nombre = Decimal(texte)
    except InvalidOperation:
        raise ValeurIllisible(f"« {_court(v)} » n'est pas un nombre.") from None
    if not nombre.is_finite():
        raise ValeurIllisible(f"« {v} » n'est pas un nombre.")
    return nombre


def lire_centiemes(brut: Brut) -> int:
    """A decimal number kept in hundredths, rounded to the nearest (halves away from zero)."""
    nombre = lire_nombre(brut) * CENT
    if abs(nombre) >= 10**17:
        raise ValeurIllisible("ce nombre est trop grand.")
    return int(nombre.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def lire_entier(brut: Brut) -> int:
    """A whole number."""
    nombre = lire_nombre(Brut(brut.valeur, brut.ou))
    if nombre != nombre.to_integral_value() or abs(nombre) > 10**6:
        raise ValeurIllisible(f"« {_court(brut.valeur)} » n'est pas un nombre entier.")
    return int(nombre)


def lire_date(brut: Brut) -> dt.date:
    """A date: a true one, jj/mm/aaaa, aaaa-mm-jj, "15 mars 2027", or the serial number of a spreadsheet."""
    jour = _date(brut.valeur)
    if not ANNEE_MIN <= jour.year <= ANNEE_MAX:
        raise ValeurIllisible(f"l'année {jour.year} est hors de propos.", "Écrivez jj/mm/aaaa.")
    return jour


def _date(v: object) -> dt.date:
    if isinstance(v, dt.datetime):
        return v.date()
    if isinstance(v, dt.date):
        return v
    if isinstance(v, int | float) and not isinstance(v, bool):
        if v == int(v) and int(v) in SERIES_ADMISES:
            return SERIE_EXCEL + dt.timedelta(days=int(v))
        raise ValeurIllisible(f"« {_court(v)} » n'est pas une date.", "Écrivez jj/mm/aaaa.")
    texte = _ESPACES.sub(" ", str(v)).strip()
    if m := _DATE.fullmatch(texte):
        jour, mois, annee = (int(x) for x in m.groups())
    elif m := _DATE_ISO.fullmatch(texte):
        annee, mois, jour = (int(x) for x in m.groups())
    elif (m := _DATE_MOIS.fullmatch(sans_accents(texte))) and m[2] in _NOMS_MOIS:
        jour, mois, annee = int(m[1]), _NOMS_MOIS[m[2]], int(m[3])
    else:
        raise ValeurIllisible(
            f"« {_court(v)} » n'est pas une date.", "Écrivez jj/mm/aaaa, par exemple 15/03/2027."
        )
    if not 1 <= mois <= 12:
        raise ValeurIllisible(
            f"« {texte} » : le mois {mois} n'existe pas.", "Écrivez le jour, puis le mois, puis l'année."
        )
    try:
        return dt.date(annee, mois, jour)
    except ValueError:
        raise ValeurIllisible(f"« {texte} » : ce jour n'existe pas.") from None


def lire_duree(brut: Brut) -> Duree:
    """A duration: 90 (days), "90 jours", "24 mois", "2 ans", "2 mois 15 jours"."""
    v = brut.valeur
    if isinstance(v, int | float) and not isinstance(v, bool):
        return Duree(jours=lire_entier(brut))
    texte = _ESPACES.sub(" ", sans_accents(str(v))).strip().replace(" et ", " ")
    if texte.isdecimal():
        return Duree(jours=lire_entier(brut))
    morceaux = _DUREE.findall(texte)
    if not morceaux or _DUREE.sub("", texte).strip():
        raise ValeurIllisible(f"« {_court(v)} » n'est pas une durée.", "Écrivez « 90 jours » ou « 24 mois ».")
    mois = jours = 0
    for nombre, unite in morceaux:
        n = int(nombre)
        if unite.startswith("an"):
            mois += 12 * n
        elif unite.startswith("m"):
            mois += n
        else:
            jours += n * (7 if unite.startswith("sem") else 1)
    if mois > 600 or jours > 20_000:
        raise ValeurIllisible(f"« {_court(v)} » est une durée trop longue.")
    return Duree(mois=mois, jours=jours)


def lire_choix(champ: Champ, brut: Brut) -> str:
    """One of the list, accents and capitals aside."""
    voulu = _plat(brut.valeur)
    for code, mots in champ.choix:
        if voulu in {_plat(code), _plat(mots)}:
            return code
    liste = ", ".join(mots for _, mots in champ.choix)
    raise ValeurIllisible(
        f"« {_court(brut.valeur)} » n'est pas dans la liste.", f"Choisissez parmi : {liste}."
    )


def lire_oui_non(brut: Brut) -> bool:
    """oui or non."""
    if isinstance(brut.valeur, bool):
        return brut.valeur
    mot = _plat(brut.valeur)
    if mot in {"oui", "o", "x", "vrai", "1"}:
        return True
    if mot in {"non", "n", "faux", "0"}:
        return False
    raise ValeurIllisible(f"« {_court(brut.valeur)} » : répondez oui ou non.")


def lire_id(brut: Brut) -> str:
    """A short name."""
    texte = lire_texte(brut)
    if not IDENTIFIANT.fullmatch(texte):
        raise ValeurIllisible(
            f"« {_court(texte)} » ne peut pas être un nom court.",
            "Lettres, chiffres, tirets ou points, sans espace.",
        )
    return texte


def lire_texte(brut: Brut, longueur: int = LONGUEUR_TEXTE) -> str:
    """Any text, at most `longueur` characters."""
    v = brut.valeur
    if isinstance(v, dt.date):
        raise ValeurIllisible("un texte est attendu ici, pas une date.")
    texte = str(int(v)) if isinstance(v, float) and v.is_integer() else str(v)
    if len(texte) > longueur:
        raise ValeurIllisible(f"ce texte dépasse {longueur} caractères.")
    return texte.strip()


def lire_liste(brut: Brut, separateurs: str = ";") -> list[Brut]:
    """The elements of a list written in one cell, or given as a list."""
    if isinstance(brut.valeur, list):
        return [Brut(v, brut.ou) for v in brut.valeur]
    if isinstance(brut.valeur, str):
        return [Brut(m.strip(), brut.ou) for m in re.split(f"[{separateurs}]", brut.valeur) if m.strip()]
    return [brut]


def lire_valeur(champ: Champ, brut: Brut) -> Any:  # noqa: PLR0911, PLR0912 - one a kind
    """The domain value of a field.

    Raises:
        ValeurIllisible: what is wrong, in French.
    """
    if isinstance(brut.valeur, list | dict) and champ.genre not in {
        "refs",
        "mois",
        "entiers",
        "pourcents-libres",
    }:
        raise ValeurIllisible("une seule valeur est attendue ici.")
    match champ.genre:
        case "montant" | "pourcent" | "centiemes" | "montants" | "pourcents":
            return lire_centiemes(brut)
        case "entier" | "poids":
            return lire_entier(brut)
        case "date" | "dates":
            return lire_date(brut)
        case "duree":
            return lire_duree(brut)
        case "choix":
            return lire_choix(champ, brut)
        case "oui-non":
            return lire_oui_non(brut)
        case "id":
            return lire_id(brut)
        case "refs":
            return tuple(lire_id(b) for b in lire_liste(brut, ";,"))
        case "mois" | "entiers":
            return tuple(lire_entier(b) for b in lire_liste(brut))
        case "pourcents-libres":
            return tuple(lire_centiemes(b) for b in lire_liste(brut))
        case "texte-long":
            return lire_texte(brut, LONGUEUR_PARAGRAPHE)
        case "libre":
            return brut
        case _:
            return lire_texte(brut)


def _plat(valeur: object) -> str:
    return _ESPACES.sub(" ", sans_accents(str(valeur))).strip()


def _court(valeur: object) -> str:
    texte = str(valeur)
    return texte if len(texte) <= 40 else f"{texte[:39]}…"


_NOMS_MOIS = {sans_accents(nom): rang for rang, nom in enumerate(MOIS, 1)}
