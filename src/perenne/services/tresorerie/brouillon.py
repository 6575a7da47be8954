"""A plan being written, line by line: what the person typed, kept as typed, understood when it is asked for.

A draft is `{key of a sheet: [line, …]}`, each line `{field: text}` (a list of texts for fields with several
columns), with its own short key under `_cle`. It may be incomplete: `lire_brouillon` says what is missing.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import secrets
from collections.abc import Mapping
from typing import Any

from perenne.domain.erreurs import Anomalie
from perenne.domain.texte import normaliser
from perenne.reports.tresorerie.champs import VECTEURS, Champ, Feuille
from perenne.reports.tresorerie.feuilles_depenses import FEUILLES
from perenne.reports.tresorerie.structure import STRUCTURE, fiche_de
from perenne.reports.tresorerie.valeurs import Ecrit, ecrire
from perenne.reports.typographie import nombre
from perenne.services.tresorerie.interpretation import PlanLu, interpreter, lire_objet
from perenne.services.tresorerie.lire_valeurs import ValeurIllisible, lire_nombre
from perenne.services.tresorerie.saisie import Brut, Ligne, Saisie

Contenu = dict[str, list[dict[str, Any]]]
CLE = "_cle"
TOUTES: dict[str, Feuille] = {f.cle: f for f in (STRUCTURE, *FEUILLES)}
NOMBRES = frozenset(("montant", "pourcent", "centiemes", "entier"))
LIGNES_MAX = 400
"""Lines of a plan; the richest of the demonstration has forty."""


def place(feuille: Feuille, rang: int) -> str:
    """How a line is named in a message."""
    return feuille.titre if feuille is STRUCTURE else f"{feuille.titre}, ligne {rang + 1}"


def lire_brouillon(contenu: Contenu, nom: str) -> PlanLu:
    """Understand a draft.

    Raises:
        ErreurUtilisateur: everything that prevents it, each with its place as `place` writes it.
    """
    saisie = Saisie()
    for cle, feuille in TOUTES.items():
        saisie.lignes[cle] = [
            _ligne(feuille, ligne, place(feuille, rang)) for rang, ligne in enumerate(contenu.get(cle, []))
        ]
    return interpreter(saisie, nom)


def _ligne(feuille: Feuille, valeurs: Mapping[str, Any], ou: str) -> Ligne:
    bruts: dict[str, Brut | tuple[Brut, ...]] = {}
    for champ in feuille.champs:
        valeur = valeurs.get(champ.nom)
        if champ.genre in VECTEURS:
            remplis = _jusqu_au_dernier(valeur or [])
            if remplis:
                bruts[champ.nom] = tuple(Brut(v or None, ou) for v in remplis)
        elif valeur:
            bruts[champ.nom] = Brut(valeur, ou)
    return Ligne(ou=ou, champs=bruts)


def _jusqu_au_dernier(valeurs: list[str]) -> list[str]:
    dernier = max((i for i, v in enumerate(valeurs) if v), default=-1)
    return valeurs[: dernier + 1]


def controler_ligne(feuille: Feuille, valeurs: Mapping[str, Any]) -> list[Anomalie]:
    """What is wrong in one line by itself; `ou` is the name of the field, empty for the whole line."""
    saisie = Saisie()
    ligne = _ligne(feuille, valeurs, "")
    places: dict[str, Brut | tuple[Brut, ...]] = {}
    for nom, brut in ligne.champs.items():
        places[nom] = (
            tuple(Brut(b.valeur, nom) for b in brut) if isinstance(brut, tuple) else Brut(brut.valeur, nom)
        )
    lire_objet(saisie, feuille, Ligne(ou="", champs=places))
    return saisie.anomalies


def ecrire_brouillon(lu: PlanLu) -> Contenu:
    """The draft of a plan that was read in a file; `lire_brouillon` gives the same plan back."""
    contenu: Contenu = {STRUCTURE.cle: [_textes(STRUCTURE, fiche_de(lu.plan))]}
    for feuille in FEUILLES:
        objets = [o for o in (*lu.plan.flux, *lu.leviers) if isinstance(o, feuille.classe)]
        if objets:
            contenu[feuille.cle] = [_textes(feuille, o) for o in objets]
    return contenu


def _textes(feuille: Feuille, objet: Any) -> dict[str, Any]:
    ligne: dict[str, Any] = {CLE: nouvelle_cle()}
    for champ in feuille.champs:
        valeur = ecrire(feuille, champ, getattr(objet, champ.nom))
        if isinstance(valeur, list):
            ligne[champ.nom] = [_texte(v) for v in valeur]
        elif valeur is not None:
            ligne[champ.nom] = _texte(valeur)
    return ligne


def _texte(valeur: Ecrit) -> str:
    if valeur is None:
        return ""
    if isinstance(valeur, dt.date):
        return valeur.isoformat()
    return f"{valeur:.2f}".replace(".", ",") if isinstance(valeur, float) else str(valeur)


def nouvelle_cle() -> str:
    """The key of a new line."""
    return secrets.token_hex(6)


def nommer_ligne(contenu: Contenu, voulu: str, cle: str = "") -> str:
    """A short name for a line that its author left unnamed: from its words, not yet taken.

    Args:
        voulu: its label, or its kind.
        cle: key of the line itself, which does not count as taken.
    """
    pris = {x.get("id") for lignes in contenu.values() for x in lignes if x.get(CLE) != cle}
    base = "-".join(normaliser(voulu).split())[:40].strip("-") or "ligne"
    return next(n for n in (base, *(f"{base}-{i}" for i in range(2, LIGNES_MAX + 3))) if n not in pris)


def nom_pris(contenu: Contenu, nom: str, cle: str) -> bool:
    """Whether another line has that short name."""
    return any(x.get("id") == nom and x.get(CLE) != cle for lignes in contenu.values() for x in lignes)


def montrer(champ: Champ, valeur: Any) -> str:
    """A typed value as a table shows it."""
    if isinstance(valeur, list):
        return " ; ".join(v for v in valeur if v)
    if champ.genre == "date" and valeur:
        try:
            return f"{dt.date.fromisoformat(valeur):%d/%m/%Y}"
        except ValueError:
            return str(valeur)
    if champ.genre in NOMBRES and valeur:
        with contextlib.suppress(ValeurIllisible):
            lu = lire_nombre(Brut(valeur, ""))
            return nombre(float(lu), 0 if lu == lu.to_integral_value() else 2)
    return dict(champ.choix).get(valeur, str(valeur or ""))
