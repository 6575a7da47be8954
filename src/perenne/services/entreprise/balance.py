"""Read a trial balance: columns found by their headings or by what they hold; no line is lost."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from perenne.domain.entreprise.comptes import SoldeCompte
from perenne.domain.texte import normaliser
from perenne.services.entreprise.lignes import Ligne, Tableur
from perenne.services.entreprise.montants import MontantIllisible, deviner_decimale, lire_montant
from perenne.services.entreprise.rapport_import import Lecture, Raison, Rejet

COMPTES = {"compte", "comptes", "n compte", "no compte", "numero compte", "numero de compte", "num compte"}
COMPTES |= {"n de compte", "code", "code compte", "comptenum", "numero", "cpte", "compte general"}
LIBELLES = {"libelle", "intitule", "libelle compte", "libelle du compte", "intitule du compte", "nom"}
LIBELLES |= {"intitule compte", "designation", "comptelib", "libelles"}
_TOTAL = re.compile(
    r"\b(sous )?tota(l|ux)\b|\bclasse [1-9]\b|\breport\b(?! a nouveau)|\bresultat de la balance\b"
)
_COMPTE = re.compile(r"\d{2,}[0-9A-Za-z]*")
ENTETE_MAX = 25


@dataclass(frozen=True, kw_only=True)
class Colonnes:
    """Where things are: indexes from 0; `solde` is a single signed column."""

    compte: int
    libelle: int | None
    debit: int | None
    credit: int | None
    solde: int | None
    premiere: int


def lire_balance(tableur: Tableur) -> Lecture:
    """The accounts of a trial balance, what was refused and why."""
    colonnes = trouver_colonnes(tableur.lignes)
    if colonnes is None:
        return Lecture.refusee(
            "on ne trouve pas la colonne des comptes et les colonnes débit et crédit.",
            "Gardez une ligne de titres : Compte, Libellé, Débit, Crédit.",
        )
    montants = [c for c in (colonnes.debit, colonnes.credit, colonnes.solde) if c is not None]
    corps = tableur.lignes[colonnes.premiere :]
    try:
        decimale = deviner_decimale(_cellule(x, c) for x in corps for c in montants)
    except MontantIllisible:
        return Lecture.refusee(
            "certains montants ont une virgule décimale, d'autres un point.",
            "Exportez le fichier avec un seul signe décimal.",
        )
    soldes: dict[str, SoldeCompte] = {}
    rejets: list[Rejet] = []
    ecartes: list[Rejet] = []
    debit = credit = retenues = 0
    for ligne in corps:
        compte = re.sub(r"[\s.\u00a0]", "", _cellule(ligne, colonnes.compte))
        libelle = _cellule(ligne, colonnes.libelle)
        if _est_total(compte, ligne):
            ecartes.append(Rejet(ligne=ligne.numero, texte=str(ligne), raison="total"))
            continue
        if not _COMPTE.fullmatch(compte):
            raison: Raison = "compte-illisible" if compte else "compte-absent"
            rejets.append(Rejet(ligne=ligne.numero, texte=str(ligne), raison=raison))
            continue
        try:
            d, c = _montants(ligne, colonnes, decimale)
        except MontantIllisible:
            rejets.append(Rejet(ligne=ligne.numero, texte=str(ligne), raison="montant-illisible"))
            continue
        retenues += 1
        debit, credit = debit + d, credit + c
        avant = soldes.get(compte)
        soldes[compte] = SoldeCompte(
            compte=compte,
            libelle=(avant.libelle if avant else "") or libelle,
            solde=(avant.solde if avant else 0) + d - c,
        )
    return Lecture(
        nature="balance",
        forme=tableur.forme,
        soldes=tuple(soldes.values()),
        debit=debit,
        credit=credit,
        lues=len(corps),
        retenues=retenues,
        ecartes=tuple(ecartes),
        rejets=tuple(rejets),
    )


def _cellule(ligne: Ligne, rang: int | None) -> str:
    return ligne.cellules[rang] if rang is not None and rang < len(ligne.cellules) else ""


def _est_total(compte: str, ligne: Ligne) -> bool:
    return not _COMPTE.fullmatch(compte) and any(_TOTAL.search(normaliser(c)) for c in ligne.cellules)


def _montants(ligne: Ligne, colonnes: Colonnes, decimale: str | None) -> tuple[int, int]:
    """Debit and credit, both positive, of the balance of the line."""
    signe = decimale if decimale in {",", "."} else None
    if colonnes.solde is not None:
        solde = lire_montant(_cellule(ligne, colonnes.solde), signe)  # type: ignore[arg-type]
        return (solde, 0) if solde >= 0 else (0, -solde)
    d = lire_montant(_cellule(ligne, colonnes.debit), signe)  # type: ignore[arg-type]
    c = lire_montant(_cellule(ligne, colonnes.credit), signe)  # type: ignore[arg-type]
    # A negative debit is a credit written on the other side: the balance of the line is the same.
    return max(d, 0) + max(-c, 0), max(c, 0) + max(-d, 0)


def trouver_colonnes(lignes: Sequence[Ligne]) -> Colonnes | None:
    """Find the columns by their headings, else by what they hold; None when nothing looks like a balance."""
    for rang, ligne in enumerate(lignes[:ENTETE_MAX]):
        mots = [normaliser(c) for c in ligne.cellules]
        compte = next((i for i, m in enumerate(mots) if m in COMPTES), None)
        if compte is None:
            continue
        libelle = next((i for i, m in enumerate(mots) if m in LIBELLES), None)
        debits = [i for i, m in enumerate(mots) if re.search(r"\bdebit(eurs?)?\b", m)]
        credits_ = [i for i, m in enumerate(mots) if re.search(r"\bcredit(eurs?)?\b", m)]
        soldes = [i for i, m in enumerate(mots) if m.startswith("solde") and i not in {*debits, *credits_}]
        # Several pairs: opening, movements, closing balance; the last one is where the account stands.
        if debits and credits_:
            return Colonnes(
                compte=compte, libelle=libelle, debit=debits[-1], credit=credits_[-1], solde=None,
                premiere=rang + 1,
            )  # fmt: skip
        if soldes:
            return Colonnes(
                compte=compte, libelle=libelle, debit=None, credit=None, solde=soldes[-1], premiere=rang + 1
            )
    return _par_contenu(lignes)


def _par_contenu(lignes: Sequence[Ligne]) -> Colonnes | None:
    """No heading: the first column holds the accounts, the last two the amounts."""
    largeur = max((len(x.cellules) for x in lignes), default=0)
    chiffres = [sum(bool(_COMPTE.fullmatch(_cellule(x, i))) for x in lignes) for i in range(largeur)]
    premiere = next(
        (n for n, x in enumerate(lignes) if _COMPTE.fullmatch(_cellule(x, 0)) and len(x.cellules) >= 3), None
    )
    if not chiffres or premiere is None or largeur < 3 or chiffres[0] < 0.6 * len(lignes):
        return None
    textes = [i for i in range(1, largeur - 2) if re.search("[A-Za-z]", _cellule(lignes[premiere], i))]
    return Colonnes(
        compte=0, libelle=textes[0] if textes else None, debit=largeur - 2, credit=largeur - 1, solde=None,
        premiere=premiere,
    )  # fmt: skip
