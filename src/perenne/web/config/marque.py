"""The white label: name, texts, colours and contact that an operator sets for its own site."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from perenne.domain.erreurs import Anomalie, ErreurUtilisateur

_COULEUR = re.compile(r"#[0-9a-fA-F]{6}")
FOND_CLAIR, FOND_SOMBRE = "#f3f5f6", "#1c2228"
"""The least favourable backgrounds of the style sheet, light and dark: `--plage`."""

CONTRASTE_MIN = 4.5
"""WCAG 2.1 AA, text of normal size."""


@dataclass(frozen=True, kw_only=True)
class Marque:
    """How the site presents itself; every text is written by the operator, nothing is invented.

    Attributes:
        nom: name of the site.
        logo: the few letters shown before the name.
        accent, accent_sombre: `#rrggbb` of links and titles, on light and on dark backgrounds.
        contact: address or page to write to, empty when none is given.
        editeur, responsable, hebergeur: of the legal notice; empty when not given.
        protection: who looks after personal data (the « délégué à la protection des données »); may be empty.
        securite: address to report a vulnerability; empty when not given.
        avertissement: said at the top of every page (fictional data), empty for nothing.
    """

    nom: str = "Pérenne"
    logo: str = ""
    accent: str = "#0b6b6b"
    accent_sombre: str = "#62c9c4"
    contact: str = ""
    editeur: str = ""
    responsable: str = ""
    hebergeur: str = ""
    securite: str = ""
    protection: str = ""
    avertissement: str = ""


def contraste(une: str, autre: str) -> float:
    """Contrast ratio of two `#rrggbb` colours, 1 to 21 (WCAG 2.1, relative luminance)."""
    fort, faible = sorted((_luminance(une), _luminance(autre)), reverse=True)
    return (fort + 0.05) / (faible + 0.05)


def _luminance(couleur: str) -> float:
    canaux = [int(couleur[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    lineaires = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in canaux]
    return 0.2126 * lineaires[0] + 0.7152 * lineaires[1] + 0.0722 * lineaires[2]


def lire_marque(environ: Mapping[str, str] | None = None) -> Marque:
    """Read the white label.

    Raises:
        ErreurUtilisateur: a colour is not `#rrggbb`, or cannot be read on its background; all at once.
    """
    env = os.environ if environ is None else environ
    defaut = Marque()
    marque = Marque(
        nom=env.get("PERENNE_WEB_NOM") or defaut.nom,
        logo=env.get("PERENNE_WEB_LOGO", ""),
        accent=env.get("PERENNE_WEB_COULEUR") or defaut.accent,
        accent_sombre=env.get("PERENNE_WEB_COULEUR_SOMBRE") or defaut.accent_sombre,
        contact=env.get("PERENNE_WEB_CONTACT", ""),
        editeur=env.get("PERENNE_WEB_EDITEUR", ""),
        responsable=env.get("PERENNE_WEB_RESPONSABLE", ""),
        hebergeur=env.get("PERENNE_WEB_HEBERGEUR", ""),
        securite=env.get("PERENNE_WEB_SECURITE", ""),
        protection=env.get("PERENNE_WEB_DPD", ""),
        avertissement=env.get("PERENNE_WEB_AVERTISSEMENT", ""),
    )
    essais = (
        ("PERENNE_WEB_COULEUR", marque.accent, FOND_CLAIR, "plus foncée"),
        ("PERENNE_WEB_COULEUR_SOMBRE", marque.accent_sombre, FOND_SOMBRE, "plus claire"),
    )
    anomalies = [a for e in essais if (a := _verifier(*e)) is not None]
    if anomalies:
        raise ErreurUtilisateur("Ces couleurs ne peuvent pas servir :", anomalies=anomalies)
    return marque


def _verifier(variable: str, couleur: str, fond: str, remede: str) -> Anomalie | None:
    if not _COULEUR.fullmatch(couleur):
        return Anomalie(
            ou=variable, message=f"« {couleur} » n'est pas une couleur.", conseil="Écrivez #0b6b6b."
        )
    rapport = contraste(couleur, fond)
    if rapport >= CONTRASTE_MIN:
        return None
    return Anomalie(
        ou=variable,
        message=f"« {couleur} » se lit mal : contraste de {rapport:.1f} pour 4,5 au moins.".replace(
            ".", ",", 1
        ),
        conseil=f"Choisissez une couleur {remede}.",
    )


@cache
def obtenir_marque() -> Marque:
    """The white label of this process."""
    return lire_marque()
