"""Texts read and labelled by people: the only thing that learning and measuring start from."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from perenne.domain.classement.types import Fiche
from perenne.domain.erreurs import Anomalie, ErreurUtilisateur


@dataclass(frozen=True, kw_only=True)
class TexteLu:
    """A text and the activities that a reader saw in it."""

    fiche: Fiche
    activites: frozenset[str]


def lire_textes_lus(fichier: Path, connues: Collection[str]) -> list[TexteLu]:
    """Read a JSONL file, one `{"id", "nom", "texte", "source", "activites"}` per line.

    Raises:
        ErreurUtilisateur: file missing, unreadable lines, unknown activities; all of them at once.
    """
    try:
        # A text may hold U+0085 or U+2028, which `splitlines` takes for the end of a line.
        lignes = fichier.read_text(encoding="utf-8-sig").rstrip().split("\n")
    except (OSError, UnicodeDecodeError):
        raise ErreurUtilisateur(
            f"Le fichier de textes lus {fichier} ne peut pas être ouvert.",
            conseil="Donnez un fichier JSONL en UTF-8 : --textes FICHIER.jsonl",
        ) from None
    lus: list[TexteLu] = []
    anomalies: list[Anomalie] = []
    for numero, ligne in enumerate(lignes, start=1):
        ou = f"{fichier.name}, ligne {numero}"
        try:
            brut = json.loads(ligne)
            etiquettes = frozenset(str(a) for a in brut["activites"])
            fiche = Fiche(
                id=str(brut["id"]), nom=brut.get("nom") or "", texte=brut.get("texte") or "",
                source=brut.get("source") or "",
            )  # fmt: skip
        except (ValueError, KeyError, TypeError, AttributeError):
            anomalies.append(Anomalie(ou=ou, message="texte lu illisible (id, nom, texte, activites)."))
            continue
        inconnues = sorted(etiquettes - set(connues))
        if inconnues:
            anomalies.append(Anomalie(ou=ou, message=f"activité inconnue : {', '.join(inconnues)}."))
        lus.append(TexteLu(fiche=fiche, activites=etiquettes))
    if anomalies:
        raise ErreurUtilisateur("Ces textes lus ne peuvent pas servir :", anomalies=anomalies)
    if len(lus) < 20:
        raise ErreurUtilisateur("Il faut au moins 20 textes lus pour mesurer ou apprendre.")
    return lus
