"""From the accounts of a trial balance or of a FEC to the lines of the economic model; nothing is lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from perenne.domain.entreprise.bilan import lire_bilan, lire_resultat
from perenne.domain.entreprise.postes import ACTIF, CHARGES, Poste
from perenne.domain.savoir.comptes import AffectationCompte, PlanComptable
from perenne.domain.texte import normaliser


@dataclass(frozen=True, kw_only=True)
class SoldeCompte:
    """One account: its number as written, its label, and debit − credit in cents."""

    compte: str
    libelle: str
    solde: int


@dataclass(frozen=True, kw_only=True)
class CompteAffecte:
    """Where an account went.

    Attributes:
        racine: the beginning that decided.
        montant: what it adds to the line, in cents; negative when it lowers it.
        inverse: its balance was on the other side, and it went to the other line.
        par_libelle: its label decided (accounts 870 and 875 changed meaning in 2020).
    """

    solde: SoldeCompte
    racine: str
    affectation: AffectationCompte
    poste: Poste
    montant: int
    inverse: bool
    par_libelle: bool


@dataclass(frozen=True, kw_only=True)
class Affectation:
    """What an import gives.

    Attributes:
        montants: cents by line; equity includes the result of the year.
        comptes: every account and where it went.
        inconnus: accounts that no beginning of the chart matches.
        resultat: income − expenses, cents.
        emplois_egaux: accounts 86 equal accounts 87.
    """

    montants: dict[Poste, int]
    comptes: tuple[CompteAffecte, ...]
    inconnus: tuple[SoldeCompte, ...]
    resultat: int
    emplois_egaux: bool


def racine_de(compte: str, plan: PlanComptable) -> str | None:
    """The longest beginning of an account number that the chart maps; None when it maps none."""
    return next((compte[:n] for n in range(len(compte), 0, -1) if compte[:n] in plan.racines), None)


def affecter(soldes: Iterable[SoldeCompte], plan: PlanComptable) -> Affectation:
    """Send every account to its line.

    Assets and expenses count debit − credit, liabilities and income credit − debit, so that the sheet built
    from a balanced trial balance balances: actif − passif = Σ (debit − credit) = 0, the result of the year
    being added to equity.
    """
    montants: dict[Poste, int] = {}
    affectes: list[CompteAffecte] = []
    inconnus: list[SoldeCompte] = []
    for solde in soldes:
        racine = racine_de(solde.compte, plan)
        if racine is None:
            inconnus.append(solde)
            continue
        affecte = _affecter(solde, racine, plan.racines[racine])
        montants[affecte.poste] = montants.get(affecte.poste, 0) + affecte.montant
        affectes.append(affecte)
    lu = lire_resultat(montants)
    resultat = lu.resultat if lu else 0
    if lu is not None and lire_bilan(montants) is not None:
        montants["fonds-propres"] = montants.get("fonds-propres", 0) + resultat
    contributions = montants.get("contributions-nature", 0) + montants.get("benevolat", 0)
    return Affectation(
        montants=montants,
        comptes=tuple(affectes),
        inconnus=tuple(inconnus),
        resultat=resultat,
        emplois_egaux=montants.get("emplois-nature", 0) == contributions,
    )


def _affecter(solde: SoldeCompte, racine: str, regle: AffectationCompte) -> CompteAffecte:
    poste = regle.poste
    par_libelle = False
    if racine in {"870", "875"}:
        # The numbers were exchanged in 2020: the label says which chart the association follows.
        mots = normaliser(solde.libelle)
        voulu: Poste = (
            "benevolat" if "benevol" in mots else "contributions-nature" if "don" in mots else poste
        )
        par_libelle, poste = voulu != poste, voulu
    inverse = regle.poste_inverse is not None and sens_de(poste) * solde.solde < 0
    if inverse and regle.poste_inverse is not None:
        poste = regle.poste_inverse
    return CompteAffecte(
        solde=solde,
        racine=racine,
        affectation=regle,
        poste=poste,
        montant=sens_de(poste) * solde.solde,
        inverse=inverse,
        par_libelle=par_libelle,
    )


def sens_de(poste: Poste) -> int:
    """1 for lines that grow with debits (assets, expenses, uses in kind), −1 for the others."""
    debiteurs: Mapping[str, int] = dict.fromkeys((*ACTIF, *CHARGES, "emplois-nature"), 1)
    return debiteurs.get(poste, -1)
