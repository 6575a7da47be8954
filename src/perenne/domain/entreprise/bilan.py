"""The balance sheet of an accounting year, and the three figures that explain its cash."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from perenne.domain.entreprise.postes import (
    ACTIF,
    BESOINS,
    CHARGES,
    DETTES_EXPLOITATION,
    NON_DECAISSEES,
    PASSIF,
    PRODUITS,
    STABLES,
    Poste,
)

Montants = Mapping[Poste, int]


def total(montants: Montants, postes: Iterable[Poste]) -> int:
    """Sum of some lines, in cents; a missing line adds nothing."""
    return sum(montants.get(p, 0) for p in postes)


@dataclass(frozen=True, kw_only=True)
class Bilan:
    """Functional balance sheet, in cents.

    Attributes:
        ressources_stables: equity (result included), investment grants, provisions, dedicated funds, loans.
        frng: working capital, ressources stables − immobilisations nettes.
        bfr: working capital requirement, stocks and receivables − short-term debts.
        tn: net treasury, disponibilités − concours bancaires; equals frng − bfr when the sheet balances.
        fonds_dedies: part of the stable resources that is promised to projects.
    """

    actif: int
    passif: int
    ressources_stables: int
    immobilisations: int
    fonds_propres: int
    fonds_dedies: int
    emprunts: int
    frng: int
    bfr: int
    tn: int

    @property
    def equilibre(self) -> bool:
        """Whether assets equal liabilities."""
        return self.actif == self.passif


def lire_bilan(montants: Montants) -> Bilan | None:
    """The functional balance sheet of an accounting year; None when no line of it is known.

    FRNG = ressources stables − immobilisations nettes
    BFR = stocks + créances usagers + subventions à recevoir + autres créances + charges constatées d'avance
    − (fournisseurs + dettes fiscales et sociales + autres dettes + produits constatés d'avance)
    TN = disponibilités − concours bancaires = FRNG − BFR (identity when assets equal liabilities)

    Dedicated funds and provisions stand among stable resources, as at the top of an association's balance
    sheet (guide « Associations et fonds propres », CNAR Financement).

    Source: methode.md §2.3; associatheque.fr, compta-associations.eu, associationmodeemploi.fr.
    """
    if not any(p in montants for p in (*ACTIF, *PASSIF)):
        return None
    stables = total(montants, STABLES)
    immobilisations = montants.get("immobilisations", 0)
    return Bilan(
        actif=total(montants, ACTIF),
        passif=total(montants, PASSIF),
        ressources_stables=stables,
        immobilisations=immobilisations,
        fonds_propres=montants.get("fonds-propres", 0),
        fonds_dedies=montants.get("fonds-dedies", 0),
        emprunts=montants.get("emprunts", 0),
        frng=stables - immobilisations,
        bfr=total(montants, BESOINS) - total(montants, DETTES_EXPLOITATION),
        tn=montants.get("disponibilites", 0) - montants.get("concours-bancaires", 0),
    )


@dataclass(frozen=True, kw_only=True)
class Resultat:
    """Income statement, in cents.

    Attributes:
        charges_decaissees: expenses that take money out: without depreciation, transfers to dedicated funds
            and book value of what was sold.
        caf: self-financing capacity.
    """

    produits: int
    charges: int
    resultat: int
    charges_decaissees: int
    caf: int


def lire_resultat(montants: Montants) -> Resultat | None:
    """The income statement; None when no line of it is known.

    CAF = résultat + dotations + reports en fonds dédiés + valeur comptable des cessions − reprises
    − utilisations de fonds dédiés − quote-part des subventions d'investissement − produits des cessions

    Source: additive method, associatheque.fr « capacité d'autofinancement »; movements of dedicated funds
    are treated as provisions, since neither moves money.
    """
    if not any(p in montants for p in (*CHARGES, *PRODUITS)):
        return None
    produits, charges = total(montants, PRODUITS), total(montants, CHARGES)
    calcules = total(montants, NON_DECAISSEES)
    non_encaisses = total(
        montants,
        (
            "reprises",
            "utilisations-fonds-dedies",
            "quote-part-subventions-investissement",
            "produits-cessions",
        ),
    )
    resultat = produits - charges
    return Resultat(
        produits=produits,
        charges=charges,
        resultat=resultat,
        charges_decaissees=charges - calcules,
        caf=resultat + calcules - non_encaisses,
    )
