"""Pydantic's findings, in French, with what to do."""

from __future__ import annotations

import re
from typing import Any

from pydantic_core import ErrorDetails

from perenne.kb.chemin import Chemin
from perenne.kb.formes import cles_a, enumerer, formes_a, nommer_formes
from perenne.kb.proximite import proches


def expliquer(classe: type[Any], chemin: Chemin, detail: ErrorDetails, *, union: bool) -> tuple[str, str]:
    """Message and advice for one error.

    Args:
        classe: the dataclass that was expected at the root.
        chemin: where the error stands below the root (with the unknown key or not).
        detail: what Pydantic found.
        union: several types were allowed there, and none fits.
    """
    genre, saisi = detail["type"], detail["input"]
    dernier = str(detail["loc"][-1]) if detail["loc"] else ""
    if genre in {"unexpected_keyword_argument", "extra_forbidden"}:
        parent = chemin[:-1] if chemin[-1:] == (dernier,) else chemin
        permises = tuple(c for c in cles_a(classe, parent) if c != "id")
        suggestion = proches(dernier, permises, nombre=1)
        conseil = (
            f"Vouliez-vous écrire « {suggestion[0]} » ?"
            if suggestion
            else f"Clés admises ici : {', '.join(permises)}."
        )
        return f"la clé « {dernier} » n'existe pas ici.", conseil
    attendu = nommer_formes(formes_a(classe, chemin))
    if union or genre.startswith("union"):
        return f"{_vu(saisi)} : aucune des formes admises ne convient.", f"Il faut {attendu}."
    ou = f"« {chemin[-1]} »" if chemin and isinstance(chemin[-1], str) else "cette valeur"
    if dernier == "[key]":
        return f"la clé « {saisi} » n'est pas admise ici.", _conseil_cle(detail)
    return _selon_type(genre, saisi, detail.get("ctx") or {}, ou, attendu)


def expliquer_manques(cles: list[str]) -> tuple[str, str]:
    """Message and advice for keys absent from the same place."""
    if len(cles) == 1:
        return f"la clé « {cles[0]} » manque.", "Ajoutez-la à cet endroit."
    return f"les clés {enumerer(tuple(cles)).replace(' ou ', ' et ')} manquent.", "Ajoutez-les à cet endroit."


def _conseil_cle(detail: ErrorDetails) -> str:
    if detail["type"].startswith("date"):
        return "Il faut une date, écrite AAAA-MM-JJ."
    if detail["type"] == "literal_error":
        return f"Clés admises : {_attendues(str((detail.get('ctx') or {}).get('expected', '')))}."
    return "Corrigez la clé d'après une fiche voisine."


def _selon_type(genre: str, saisi: Any, contexte: dict[str, Any], ou: str, attendu: str) -> tuple[str, str]:
    if saisi is None:
        return f"{ou} est vide.", f"Il faut {attendu} ; retirez la ligne si elle n'est pas utile."
    if genre == "string_type" and isinstance(saisi, (int, float)):
        ecrit = str(saisi).lower() if isinstance(saisi, bool) else str(saisi)
        nature = "vrai ou faux" if isinstance(saisi, bool) else "un nombre"
        return (
            f"{ou} vaut {ecrit}, que YAML lit comme {nature}, alors qu'il faut un texte.",
            f'Mettez des guillemets : "{ecrit}".',
        )
    if genre == "literal_error":
        permises = tuple(_attendues(str(contexte.get("expected", ""))).split(", "))
        suggestion = proches(str(saisi), permises, nombre=1)
        debut = f"Vouliez-vous écrire « {suggestion[0]} » ? " if suggestion else ""
        return (
            f"{ou} ne peut pas valoir {_vu(saisi)}.",
            f"{debut}Valeurs admises : {', '.join(permises)}.",
        )
    if genre.startswith("date"):
        return (
            f"{ou} contient « {saisi} », qui n'est pas une date du calendrier.",
            "Écrivez-la AAAA-MM-JJ, par exemple 2026-04-01.",
        )
    if genre in {"value_error", "assertion_error"}:
        return f"{ou} ne convient pas ({contexte.get('error', '')}).", "Corrigez d'après une fiche voisine."
    conseil = _borne(genre, contexte) or f"Il faut {attendu}."
    sans_espaces = "".join(str(saisi).split()).replace(",", ".")
    forme = {"float": r"-?[0-9]+(\.[0-9]+)?", "int": r"-?[0-9]+"}.get(genre.partition("_")[0])
    if forme and isinstance(saisi, str) and re.fullmatch(forme, sans_espaces):
        conseil += f" Écrivez-le sans espace, sans unité et sans guillemets : {sans_espaces}."
    return f"{ou} contient {_vu(saisi)}.", conseil


def _borne(genre: str, contexte: dict[str, Any]) -> str:
    mots = {
        "greater_than": ("gt", "supérieure à"),
        "greater_than_equal": ("ge", "supérieure ou égale à"),
        "less_than": ("lt", "inférieure à"),
        "less_than_equal": ("le", "inférieure ou égale à"),
        "too_short": ("min_length", "d'une longueur d'au moins"),
        "too_long": ("max_length", "d'une longueur d'au plus"),
        "string_too_short": ("min_length", "d'une longueur d'au moins"),
        "string_too_long": ("max_length", "d'une longueur d'au plus"),
    }
    if genre not in mots:
        return ""
    cle, mot = mots[genre]
    return f"La valeur doit être {mot} {contexte.get(cle)}."


def _attendues(texte: str) -> str:
    """Pydantic's "'a', 'b' or 'c'" as "a, b, c"."""
    return texte.replace(" or ", ", ").replace("'", "")


def _vu(saisi: Any) -> str:
    if isinstance(saisi, dict):
        return "une table de clés et de valeurs"
    if isinstance(saisi, list):
        return "une liste"
    if isinstance(saisi, bool):
        return str(saisi).lower()
    texte = str(saisi)
    return f"« {texte if len(texte) <= 60 else texte[:57] + '…'} »"


def suggerer(mot: str, candidats: tuple[str, ...]) -> str:
    """Advice that names the nearest identifiers, or says that none looks like it."""
    trouves = proches(mot, candidats)
    if not trouves:
        return "Aucun identifiant ne lui ressemble : créez la fiche, ou corrigez le renvoi."
    return f"Vouliez-vous dire {enumerer(tuple(trouves))} ?"
