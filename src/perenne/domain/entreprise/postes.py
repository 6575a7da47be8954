"""The lines of the accounts that the economic model reads, and to which accounts are mapped."""

from __future__ import annotations

from typing import Literal, get_args

PosteActif = Literal[
    "immobilisations",
    "stocks",
    "creances-usagers",
    "subventions-a-recevoir",
    "autres-creances",
    "charges-constatees-avance",
    "disponibilites",
]
PostePassif = Literal[
    "fonds-propres",
    "subventions-investissement",
    "provisions",
    "fonds-dedies",
    "emprunts",
    "fournisseurs",
    "dettes-fiscales-sociales",
    "autres-dettes",
    "produits-constates-avance",
    "concours-bancaires",
]
"""Equity (`fonds-propres`) includes the result of the year."""
PosteCharge = Literal[
    "achats",
    "loyers",
    "services-exterieurs",
    "impots-taxes",
    "personnel",
    "autres-charges",
    "charges-financieres",
    "charges-exceptionnelles",
    "valeur-comptable-cessions",
    "dotations",
    "reports-fonds-dedies",
    "impot-benefices",
]
PosteProduit = Literal[
    "ventes",
    "subventions",
    "quote-part-subventions-investissement",
    "dons-mecenat",
    "cotisations",
    "autres-produits",
    "produits-financiers",
    "produits-exceptionnels",
    "produits-cessions",
    "reprises",
    "utilisations-fonds-dedies",
]
"""Accounts do not tell public orders from other sales: `ventes` holds both."""
PosteHorsBilan = Literal["contributions-nature", "benevolat", "emplois-nature"]
Poste = PosteActif | PostePassif | PosteCharge | PosteProduit | PosteHorsBilan

ACTIF: tuple[PosteActif, ...] = get_args(PosteActif)
PASSIF: tuple[PostePassif, ...] = get_args(PostePassif)
CHARGES: tuple[PosteCharge, ...] = get_args(PosteCharge)
PRODUITS: tuple[PosteProduit, ...] = get_args(PosteProduit)
HORS_BILAN: tuple[PosteHorsBilan, ...] = get_args(PosteHorsBilan)
TOUS: tuple[Poste, ...] = (*ACTIF, *PASSIF, *CHARGES, *PRODUITS, *HORS_BILAN)

STABLES: tuple[PostePassif, ...] = (
    "fonds-propres",
    "subventions-investissement",
    "provisions",
    "fonds-dedies",
    "emprunts",
)
BESOINS: tuple[PosteActif, ...] = (
    "stocks",
    "creances-usagers",
    "subventions-a-recevoir",
    "autres-creances",
    "charges-constatees-avance",
)
DETTES_EXPLOITATION: tuple[PostePassif, ...] = (
    "fournisseurs",
    "dettes-fiscales-sociales",
    "autres-dettes",
    "produits-constates-avance",
)
NON_DECAISSEES: tuple[PosteCharge, ...] = ("dotations", "reports-fonds-dedies", "valeur-comptable-cessions")
