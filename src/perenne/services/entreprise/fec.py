"""Read a FEC: the eighteen fields, tab or bar, dates AAAAMMJJ, debit and credit or amount and side.

Source: livre des procédures fiscales, article A. 47 A-1.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from perenne.domain.entreprise.comptes import SoldeCompte
from perenne.domain.texte import normaliser
from perenne.services.entreprise.lignes import Ligne, Tableur
from perenne.services.entreprise.montants import (
    MontantIllisible,
    SigneDecimal,
    deviner_decimale,
    lire_montant,
)
from perenne.services.entreprise.rapport_import import Lecture, Raison, Rejet

CHAMPS = (
    "JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib", "CompAuxNum",
    "CompAuxLib", "PieceRef", "PieceDate", "EcritureLib", "Debit", "Credit", "EcritureLet", "DateLet",
    "ValidDate", "Montantdevise", "Idevise",
)  # fmt: skip
NECESSAIRES = ("EcritureNum", "EcritureDate", "CompteNum")
SENS = {"d": 1, "+1": 1, "1": 1, "c": -1, "-1": -1}
_NOM = re.compile(r"\d{9}FEC(\d{8})", re.IGNORECASE)


def est_fec(tableur: Tableur) -> bool:
    """Whether the first line names the fields of a FEC."""
    mots = {normaliser(c) for c in tableur.lignes[0].cellules} if tableur.lignes else set()
    return {"journalcode", "comptenum"} <= mots or {"ecriturenum", "comptenum"} <= mots


def lire_fec(tableur: Tableur, nom: str) -> Lecture:
    """The balance of each account of a FEC, what was refused and why."""
    titres = {normaliser(c): n for n, c in enumerate(tableur.lignes[0].cellules)}
    place = {c: titres[c.lower()] for c in (*CHAMPS, "Montant", "Sens") if c.lower() in titres}
    manquants = [c for c in NECESSAIRES if c not in place]
    if not {"Debit", "Credit"} <= set(place) and not {"Montant", "Sens"} <= set(place):
        manquants.append("Debit et Credit (ou Montant et Sens)")
    if manquants:
        return Lecture.refusee(
            f"il manque des champs : {', '.join(manquants)}.",
            "Exportez le FEC depuis le logiciel de comptabilité, avec ses dix-huit champs.",
            "fec",
        )
    corps = tableur.lignes[1:]
    rangs = [place[c] for c in ("Debit", "Credit", "Montant") if c in place]
    try:
        decimale = deviner_decimale(x.cellules[r] for x in corps for r in rangs if r < len(x.cellules))
    except MontantIllisible:
        return Lecture.refusee(
            "certains montants ont une virgule décimale, d'autres un point.",
            "Exportez le fichier avec un seul signe décimal.",
            "fec",
        )
    return _lire(corps, place, decimale, tableur.forme, _date_du_nom(nom))


def _lire(
    corps: tuple[Ligne, ...],
    place: Mapping[str, int],
    decimale: SigneDecimal | None,
    forme: str,
    clos_le: dt.date | None,
) -> Lecture:
    comptes: dict[str, list[int]] = {}
    libelles: dict[str, str] = {}
    ecritures: dict[tuple[str, str], int] = {}
    rejets: list[Rejet] = []
    debit = credit = 0
    dernier: dt.date | None = None
    largeur = max(place.values()) + 1
    for ligne in corps:
        lu = _ligne(ligne, place, decimale, min(largeur, 13))
        if isinstance(lu, str):
            rejets.append(Rejet(ligne=ligne.numero, texte=str(ligne), raison=lu))
            continue
        jour, compte, d, c = lu
        comptes.setdefault(compte, [0])[0] += d - c
        libelles.setdefault(compte, _cellule(ligne, place.get("CompteLib")))
        cle = (_cellule(ligne, place.get("JournalCode")), _cellule(ligne, place["EcritureNum"]))
        ecritures[cle] = ecritures.get(cle, 0) + d - c
        debit, credit = debit + d, credit + c
        dernier = jour if dernier is None or jour > dernier else dernier
    return Lecture(
        nature="fec",
        forme=forme,
        soldes=tuple(
            SoldeCompte(compte=n, libelle=libelles[n], solde=s[0]) for n, s in sorted(comptes.items())
        ),
        debit=debit,
        credit=credit,
        lues=len(corps),
        retenues=len(corps) - len(rejets),
        rejets=tuple(rejets),
        desequilibres=tuple(f"{j} {n}".strip() for (j, n), solde in ecritures.items() if solde),
        clos_le=clos_le or dernier,
    )


def _cellule(ligne: Ligne, rang: int | None) -> str:
    return ligne.cellules[rang] if rang is not None and rang < len(ligne.cellules) else ""


def _ligne(  # noqa: PLR0911 - one return a reason
    ligne: Ligne, place: Mapping[str, int], decimale: SigneDecimal | None, largeur: int
) -> tuple[dt.date, str, int, int] | Raison:
    if len(ligne.cellules) < largeur:
        return "colonnes"
    compte = re.sub(r"\s", "", _cellule(ligne, place["CompteNum"]))
    if not compte:
        return "compte-absent"
    if not re.fullmatch(r"\d{3}\w*", compte):
        return "compte-illisible"
    jour = lire_jour(_cellule(ligne, place["EcritureDate"]))
    if jour is None:
        return "date-illisible"
    try:
        if "Debit" in place:
            d = lire_montant(_cellule(ligne, place["Debit"]), decimale)
            c = lire_montant(_cellule(ligne, place["Credit"]), decimale)
            return jour, compte, d, c
        montant = lire_montant(_cellule(ligne, place["Montant"]), decimale)
    except MontantIllisible:
        return "montant-illisible"
    sens = SENS.get(_cellule(ligne, place["Sens"]).lower())
    if sens is None:
        return "sens-illisible"
    return (jour, compte, montant, 0) if sens > 0 else (jour, compte, 0, montant)


def lire_jour(texte: str) -> dt.date | None:
    """A date written AAAAMMJJ (AAAA-MM-JJ and JJ/MM/AAAA are met too); None when it is not one."""
    for forme in ("%Y%m%d", "%Y-%m-%d", "%d/%m/%Y"):
        try:
            return dt.datetime.strptime(texte, forme).date()  # noqa: DTZ007 - a day, not an instant
        except ValueError:
            continue
    return None


def _date_du_nom(nom: str) -> dt.date | None:
    trouve = _NOM.search(nom)
    return lire_jour(trouve[1]) if trouve else None
