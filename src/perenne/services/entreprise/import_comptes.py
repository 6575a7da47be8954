"""Import the accounts of a year: read, map, balance, report. What does not balance is not kept."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from perenne.domain.entreprise.comptes import Affectation, CompteAffecte, SoldeCompte, affecter
from perenne.domain.entreprise.dossier import Exercice, NiveauPublic, PosteRessource, Ressource
from perenne.domain.entreprise.postes import Poste
from perenne.domain.erreurs import Anomalie, ErreurUtilisateur
from perenne.domain.savoir.comptes import PlanComptable
from perenne.domain.texte import normaliser
from perenne.reports.typographie import accorder
from perenne.services.entreprise.balance import lire_balance
from perenne.services.entreprise.fec import est_fec, lire_fec
from perenne.services.entreprise.lignes import lire_tableur
from perenne.services.entreprise.rapport_import import RAISONS, Lecture
from perenne.services.savoir import obtenir_base

PLAN = "associations"
ANOMALIES_MAX = 50
SANS_PAYEUR = "Subventions (payeur à préciser)"
NIVEAUX: tuple[tuple[NiveauPublic, tuple[str, ...]], ...] = (
    ("caf", ("caf", "allocations familiales")),
    ("ars", ("ars", "agence regionale de sante")),
    ("ue", ("europe", "europeen", "fse", "feder", "leader", "feader", "union europeenne")),
    ("epci", ("communaute", "agglomeration", "agglo", "metropole", "intercommunalite", "epci", "cc", "ca")),
    ("departement", ("departement", "departemental", "conseil general")),
    ("region", ("region", "regional")),
    ("commune", ("commune", "mairie", "ville", "communes")),
    (
        "etat",
        ("etat", "prefecture", "ddets", "dreets", "drac", "asp", "fonjep", "dla", "anct", "ddcs", "fdva"),
    ),
)
GENERIQUES = {"subvention", "subventions", "subventions d exploitation", "subvention d exploitation", ""}


class ClotureInconnue(ErreurUtilisateur):
    """Neither the file nor the caller says when the year ends."""


@dataclass(frozen=True, kw_only=True)
class ImportComptes:
    """Accounts imported.

    Attributes:
        fichier: name of the file.
        ressources: payers proposed from the labels of accounts, to be checked; customers, members and donors
            are crowds that were not counted.
    """

    fichier: str
    lecture: Lecture
    affectation: Affectation
    exercice: Exercice
    ressources: tuple[Ressource, ...]

    def dire(self) -> str:
        """How the file was read, in a sentence."""
        lu = self.lecture
        nature = "FEC lu" if lu.nature == "fec" else "Balance lue"
        totaux = accorder(len(lu.ecartes), "ligne de total laissée", "lignes de total laissées")
        ecartes = f", {totaux} de côté" if lu.ecartes else ""
        return (
            f"{nature} en {lu.forme} : {lu.retenues} lignes sur {lu.lues}{ecartes}, {len(lu.soldes)} "
            f"comptes. "
            f"Débit = crédit = {_euros(lu.debit)}."
        )


def importer_comptes(
    chemin: Path, *, exercice: str = "", clos_le: dt.date | None = None, mois: int = 12
) -> ImportComptes:
    """Import a trial balance or a FEC, CSV or XLSX.

    Args:
        exercice: short name of the year; its last day's year when empty.
        clos_le: last day of the year; read in the file when None (the name of a FEC, or its last entry).

    Raises:
        ErreurUtilisateur: the file cannot be read, a line that holds an amount was refused, debit differs
            from credit, or the last day is not known. Every reason is given; nothing is kept.
    """
    try:
        octets = chemin.read_bytes()
    except OSError as erreur:
        raise ErreurUtilisateur(
            f"Le fichier des comptes ne peut pas être ouvert : {chemin}.",
            conseil="Vérifiez le chemin, écrit par rapport au dossier du fichier qui le cite.",
        ) from erreur
    return importer_octets(octets, chemin.name, exercice=exercice, clos_le=clos_le, mois=mois)


def importer_octets(
    octets: bytes, nom: str, *, exercice: str = "", clos_le: dt.date | None = None, mois: int = 12
) -> ImportComptes:
    """The same, from bytes.

    Raises:
        ErreurUtilisateur: as `importer_comptes`.
    """
    tableur = lire_tableur(octets, nom)
    lecture = lire_fec(tableur, nom) if est_fec(tableur) else lire_balance(tableur)
    _refuser(lecture, nom)
    plan = obtenir_base().de(PlanComptable)[PLAN]
    affectation = affecter(lecture.soldes, plan)
    jour = clos_le or lecture.clos_le
    if jour is None:
        raise ClotureInconnue(
            f"« {nom} » ne dit pas quand l'exercice se termine.",
            conseil="Donnez la date de clôture (option --clos-le, ou « clos_le » dans le fichier).",
        )
    ident = exercice or str(jour.year)
    return ImportComptes(
        fichier=nom,
        lecture=lecture,
        affectation=affectation,
        exercice=Exercice(
            id=ident, clos_le=jour, mois=mois, montants=affectation.montants, origine=lecture.nature
        ),
        ressources=proposer_ressources(affectation.comptes, ident),
    )


def _refuser(lecture: Lecture, nom: str) -> None:
    if lecture.refus:
        message, conseil = lecture.refus
        raise ErreurUtilisateur(f"« {nom} » : {message}", conseil=conseil)
    anomalies = [
        Anomalie(ou=f"{nom}, ligne {r.ligne}", message=f"{RAISONS[r.raison]} : {_court(r.texte)}")
        for r in lecture.rejets
    ]
    if lecture.debit != lecture.credit:
        ecart = (lecture.debit - lecture.credit) / 100
        anomalies.append(
            Anomalie(
                ou=nom,
                message=f"les débits ({_euros(lecture.debit)}) et les crédits ({_euros(lecture.credit)}) "
                f"diffèrent de {_euros(round(abs(ecart) * 100))}.",
                conseil="Exportez tous les comptes, ou corrigez les lignes signalées.",
            )
        )
    anomalies += [
        Anomalie(ou=f"{nom}, écriture {e}", message="débit et crédit différents.")
        for e in lecture.desequilibres
    ]
    if not lecture.soldes and not anomalies:
        anomalies.append(Anomalie(ou=nom, message="aucun compte n'a été trouvé."))
    if anomalies:
        nombre = len(anomalies)
        suite = () if nombre <= ANOMALIES_MAX else (_reste(nom, nombre - ANOMALIES_MAX),)
        raise ErreurUtilisateur(
            f"« {nom} » ne peut pas être importé : {nombre} point{'s' if nombre > 1 else ''} à corriger, "
            "rien n'a été repris.",
            anomalies=(*anomalies[:ANOMALIES_MAX], *suite),
        )


def _reste(nom: str, nombre: int) -> Anomalie:
    return Anomalie(ou=nom, message=f"et {nombre} autres points de même sorte.")


def _court(texte: str) -> str:
    return texte if len(texte) <= 80 else f"{texte[:79]}…"


def _euros(cents: int) -> str:
    return f"{cents / 100:,.2f} €".replace(",", " ").replace(".", ",")


def niveau_de(libelle: str) -> NiveauPublic:
    """The public level that the label of an account names; `autre-public` when it names none."""
    mots = f" {normaliser(libelle)} "
    return next((n for n, cles in NIVEAUX if any(f" {c} " in mots for c in cles)), "autre-public")


def proposer_ressources(comptes: tuple[CompteAffecte, ...], exercice: str) -> tuple[Ressource, ...]:
    """Payers proposed from the accounts: one a label for subsidies, one crowd for each other kind."""
    lignes: dict[tuple[str, str], Ressource] = {}
    for affecte in comptes:
        proposee = _proposer(affecte.solde, affecte, exercice)
        if proposee is None or proposee.montant <= 0:
            continue
        cle = (proposee.poste, proposee.payeur)
        avant = lignes.get(cle)
        montant = proposee.montant + (avant.montant if avant else 0)
        lignes[cle] = Ressource(**{**vars(proposee), "montant": montant})
    return tuple(lignes.values())


FOULES: dict[Poste, tuple[PosteRessource, str]] = {
    "ventes": ("ventes", "Usagers et clients (à préciser)"),
    "cotisations": ("cotisations", "Adhérents"),
    "dons-mecenat": ("dons-mecenat", "Donateurs et mécènes (à préciser)"),
    "contributions-nature": ("nature", "Aides en nature (à préciser)"),
    "benevolat": ("benevolat", "Bénévoles"),
}


def _proposer(solde: SoldeCompte, affecte: CompteAffecte, exercice: str) -> Ressource | None:
    if affecte.poste == "subventions":
        libelle = solde.libelle.strip()
        generique = normaliser(libelle) in GENERIQUES
        return Ressource(
            exercice=exercice, poste="subventions", payeur=SANS_PAYEUR if generique else libelle,
            montant=affecte.montant, nature="public", niveau=None if generique else niveau_de(libelle),
            nombre=0 if generique else 1,
        )  # fmt: skip
    if affecte.poste in FOULES:
        poste, payeur = FOULES[affecte.poste]
        return Ressource(exercice=exercice, poste=poste, payeur=payeur, montant=affecte.montant, nombre=0)
    return None
