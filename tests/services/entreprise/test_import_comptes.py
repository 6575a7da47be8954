"""Trial balances and FEC files as software writes them; and those that cannot be kept, with the reason."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pytest
from openpyxl import Workbook

from perenne.domain.entreprise.bilan import lire_bilan
from perenne.domain.erreurs import ErreurUtilisateur
from perenne.services.entreprise.import_comptes import (
    ImportComptes,
    importer_comptes,
    importer_octets,
    niveau_de,
)
from perenne.services.entreprise.montants import MontantIllisible, deviner_decimale, lire_montant

CLOS = dt.date(2025, 12, 31)
SIMPLE = (
    "Compte;Libellé;Débit;Crédit\n512;Banque;1500,00;0\n106;Réserves;0;500,00\n741;Département;0;1000,00\n"
)
TITRES = (
    "JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib", "CompAuxNum",
    "CompAuxLib", "PieceRef", "PieceDate", "EcritureLib", "Debit", "Credit", "EcritureLet", "DateLet",
    "ValidDate", "Montantdevise", "Idevise",
)  # fmt: skip


def fec(
    *lignes: tuple[str, str, str, str, str, str], sep: str = "\t", titres: tuple[str, ...] = TITRES
) -> str:
    """Lines (number, date, account, label, debit, credit)."""
    corps = [
        sep.join(["BQ", "Banque", n, d, c, lib, "", "", "P1", d, "écriture", deb, cre, "", "", d, "", ""])
        for n, d, c, lib, deb, cre in lignes
    ]
    return "\n".join([sep.join(titres), *corps])


FEC = (
    ("1", "20250105", "512000", "Banque", "1500,00", "0,00"),
    ("1", "20250105", "741000", "Département de la Fiction", "0,00", "1500,00"),
    ("2", "20251130", "606100", "Énergie", "400,00", ""),
    ("2", "20251130", "512000", "Banque", "", "400,00"),
)


def importer(texte: str | bytes, nom: str = "balance.csv", clos_le: dt.date | None = CLOS) -> ImportComptes:
    octets = texte if isinstance(texte, bytes) else texte.encode()
    return importer_octets(octets, nom, clos_le=clos_le)


def classeur(lignes: list[list[object]]) -> bytes:
    c = Workbook()
    for ligne in lignes:
        c.active.append(ligne)  # type: ignore[union-attr]
    sortie = io.BytesIO()
    c.save(sortie)
    return sortie.getvalue()


SOLDES = {"disponibilites": 150_000, "fonds-propres": 150_000, "subventions": 100_000}


@pytest.mark.parametrize(
    "fichier",
    [
        SIMPLE,
        SIMPLE.encode("utf-8-sig"),
        SIMPLE.encode("iso-8859-1"),
        SIMPLE.encode("utf-16"),
        SIMPLE.replace(";", "\t"),
        SIMPLE.replace(",00", "").replace(";", ","),
        SIMPLE.replace(";", "|"),
        SIMPLE.replace(",", "."),
        SIMPLE.replace("1500,00", "1 500,00 €").replace("1000,00", "1\u202f000,00"),
        SIMPLE.replace("1500,00", "1.500,00"),
        "Balance générale\nExercice 2025\n\n"
        + SIMPLE
        + "Total classe 7;;0;1000,00\nTotal général;;1500,00;1500,00\n",
        "N° de compte;Débit;Crédit\n51200000;1500,00;\n10600000;;500,00\n74100000;;1000,00\n",
        "512;Banque;1500,00;0\n106;Réserves;0;500,00\n741;Subvention;0;1000,00\n",
        "Compte;Intitulé;Solde\n512;Banque;1500,00\n106;Réserves;-500,00\n741;Subvention;(1000,00)\n",
        "Compte;Intitulé;Solde\n512;Banque;1500,00 D\n106;Réserves;500,00 C\n741;Subvention;1000,00 C\n",
        "Compte;Libellé;Débit;Crédit;Solde débiteur;Solde créditeur\n512;Banque;9000,00;7500,00;1500,00;\n"
        "106;Réserves;;500,00;;500,00\n741;Aide;200,00;1200,00;;1000,00\n",
        SIMPLE.replace("512;Banque;1500,00;0", "512100;Banque A;1000,00;0\n512200;Banque B;500,00;0"),
        SIMPLE.replace("741;Département;0;1000,00", "741;Département;-1000,00;0"),
        classeur([["Compte", "Libellé", "Débit", "Crédit"], [512, "Banque", 1500, None],
                  ["106", "Réserves", None, 500.0], [741, "Aide", 0, 1000]]),
    ],
)  # fmt: skip
def test_balances_of_every_shape_give_the_same_accounts(fichier: str | bytes) -> None:
    lu = importer(fichier)

    assert lu.affectation.montants == SOLDES
    assert lu.affectation.resultat == 100_000
    assert lu.lecture.debit == lu.lecture.credit == 150_000
    assert lu.lecture.lues == lu.lecture.retenues + len(lu.lecture.ecartes)


def test_the_balance_of_the_demonstration_goes_where_a_treasurer_would_put_it(racine: Path) -> None:
    lu = importer_comptes(racine / "data/demo/diagnostics/balance-valfiction-2025.csv", clos_le=CLOS)
    m = {p: v // 100 for p, v in lu.exercice.montants.items()}

    assert m["fonds-propres"] == 10_000 + 40_700 + 3_200 - 4_200
    assert m["immobilisations"] == 48_000 - 19_200 + 2_500
    assert m["subventions-investissement"] == 24_000 - 9_600
    assert m["loyers"] == 18_000 + 2_400
    assert m["subventions"] == 148_500 + 60_000 + 22_000 + 15_000 + 4_000
    assert (m["contributions-nature"], m["benevolat"], m["emplois-nature"]) == (12_000, 14_400, 26_400)
    assert lu.affectation.resultat == -420_000
    assert lu.affectation.emplois_egaux
    bilan = lire_bilan(lu.exercice.montants)
    assert bilan is not None
    assert bilan.equilibre
    assert bilan.tn == bilan.frng - bilan.bfr == -4_020_000
    payeurs = {r.payeur: (r.niveau, r.montant) for r in lu.ressources if r.poste == "subventions"}
    assert payeurs["Département de la Fiction"] == ("departement", 2_200_000)


def test_signs_choose_the_side_of_banks_suppliers_and_customers() -> None:
    lu = importer(
        "Compte;Libellé;Débit;Crédit\n512;Découvert;0;300,00\n401;Avoir à recevoir;120,00;0\n"
        "411;Trop-perçu;0;50,00\n"
        "441;Trop versé;0;70,00\n106;Réserves;300,00;0\n"
    )

    assert lu.affectation.montants == {
        "concours-bancaires": 30_000, "autres-creances": 12_000, "autres-dettes": 12_000,
        "fonds-propres": -30_000,
    }  # fmt: skip


def test_accounts_870_and_875_are_read_by_their_label_since_they_were_exchanged_in_2020() -> None:
    debut = "Compte;Libellé;Débit;Crédit\n864;Emplois;90,00;0\n"
    ancien = importer(debut + "870;Bénévolat;0;60,00\n875;Dons en nature;0;30,00\n")
    nouveau = importer(debut + "870;Dons en nature;0;30,00\n875;Bénévolat;0;60,00\n")

    assert ancien.affectation.montants == nouveau.affectation.montants
    assert ancien.affectation.montants["benevolat"] == 6_000
    assert all(c.par_libelle for c in ancien.affectation.comptes if c.racine in {"870", "875"})


@pytest.mark.parametrize(
    ("nom", "fichier"),
    [
        ("123456789FEC20251231.txt", fec(*FEC)),
        ("123456789FEC20251231.txt", fec(*FEC, sep="|")),
        ("123456789FEC20251231.txt", fec(*FEC).encode("iso-8859-15")),
        ("123456789FEC20251231.txt", fec(*FEC).replace("écriture", 'dit "provisoire')),
        ("123456789FEC20251231.txt", fec(*FEC).replace(",00", ".00")),
        ("123456789FEC20251231.txt", fec(*FEC, titres=tuple(t.upper() for t in TITRES))),
        ("123456789FEC20251231.txt", fec(*FEC).replace("Debit", "Montant").replace("Credit", "Sens")
         .replace("1500,00\t0,00", "1500,00\tD").replace("0,00\t1500,00", "1500,00\tC")
         .replace("400,00\t\t", "400,00\tD\t").replace("\t\t400,00", "\t400,00\tC")),
    ],
)  # fmt: skip
def test_fec_files_of_every_shape_give_the_same_accounts(nom: str, fichier: str | bytes) -> None:
    lu = importer(fichier, nom, None)

    assert lu.affectation.montants == {
        "disponibilites": 110_000, "subventions": 150_000, "achats": 40_000, "fonds-propres": 110_000,
    }  # fmt: skip
    assert lu.exercice.clos_le == CLOS
    assert lu.exercice.origine == "fec"
    assert [r.niveau for r in lu.ressources] == ["departement"]


def test_a_fec_without_a_date_in_its_name_ends_on_its_last_entry() -> None:
    assert importer(fec(*FEC), "export.txt", None).exercice.clos_le == dt.date(2025, 11, 30)


MAUVAIS: list[tuple[str | bytes, str]] = [
    (b"", "est vide"),
    (b"\x89PNG\r\n\x1a\n\x00\x00\x00", "n'est pas un fichier de texte"),
    (b"PK\x03\x04cass\xe9", "classeur"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1abc", "mot de passe"),
    ("Bonjour,\nvoici les comptes.\n", "on ne trouve pas la colonne des comptes"),
    ("Compte;Libellé\n512;Banque\n", "on ne trouve pas la colonne des comptes"),
    (SIMPLE.replace("1000,00", "900,00"), "diffèrent de 100,00 €"),
    (SIMPLE.replace("1000,00", "mille"), "ligne 4 : un montant n'est pas un nombre"),
    (SIMPLE.replace("741;", "subv;"), "le numéro de compte ne commence pas par deux chiffres"),
    (SIMPLE.replace("741;", ";"), "aucun numéro de compte"),
    (SIMPLE.replace("1500,00", "1500.00"), "virgule décimale"),
    (SIMPLE.replace("1500,00", "1.500").replace(",00", ""), "se lit de deux façons"),
    ("Compte;Libellé;Débit;Crédit\n", "aucun compte n'a été trouvé"),
    (SIMPLE.replace("1000,00", "1e9"), "un montant n'est pas un nombre"),
    (SIMPLE.replace("1000,00", "99999999999999999999,00"), "un montant n'est pas un nombre"),
    (fec(*FEC).replace("20250105\t741", "2025-13-05\t741"), "la date n'est pas de la forme AAAAMMJJ"),
    (fec(*FEC).replace("741000", "abc"), "le numéro de compte"),
    (fec(*FEC).replace("0,00\t1500,00", "0,00\t1400,00"), "écriture BQ 1 : débit et crédit différents"),
    (fec(*FEC).replace("EcritureNum", "Numero"), "il manque des champs : EcritureNum"),
    (fec(*FEC).replace("Debit", "Dr"), "Debit et Credit"),
    (fec(*FEC) + "\nBQ\tBanque\t3", "le nombre de colonnes"),
    (fec(*FEC).replace("400,00\t\t", "x\t\t"), "un montant n'est pas un nombre"),
    (SIMPLE.replace("1500,00", "=2*750"), "un montant n'est pas un nombre"),
]


@pytest.mark.parametrize(("fichier", "message"), MAUVAIS)
def test_a_bad_file_is_refused_whole_with_its_reason(fichier: str | bytes, message: str) -> None:
    with pytest.raises(ErreurUtilisateur) as refus:
        importer(fichier)

    assert message in str(refus.value)


def test_every_wrong_line_is_said_at_once() -> None:
    with pytest.raises(ErreurUtilisateur) as refus:
        importer("Compte;Libellé;Débit;Crédit\n512;B;x;0\nzz;R;0;1\n;S;1;0\n")

    assert [a.ou for a in refus.value.anomalies[:3]] == [f"balance.csv, ligne {n}" for n in (2, 3, 4)]


def test_a_balance_that_does_not_say_its_year_asks_for_it() -> None:
    with pytest.raises(ErreurUtilisateur, match="quand l'exercice se termine"):
        importer(SIMPLE, clos_le=None)


@pytest.mark.parametrize(
    ("texte", "decimale", "cents"),
    [
        ("1 234,56", ",", 123_456), ("1.234,56", ",", 123_456), ("1,234.56", ".", 123_456), ("", ",", 0),
        ("-12,5", ",", -1_250), ("12,50-", ",", -1_250), ("(3,00)", ",", -300), ("1'000.00", ".", 100_000),
        ("7,005", ",", 701), ("12", None, 1_200),
    ],
)  # fmt: skip
def test_amounts_as_software_writes_them(texte: str, decimale: str | None, cents: int) -> None:
    assert lire_montant(texte, decimale) == cents  # type: ignore[arg-type]


def test_the_decimal_sign_is_the_one_that_the_file_shows() -> None:
    assert deviner_decimale(["1 200", "3,50"]) == ","
    assert deviner_decimale(["1,200.00"]) == "."
    assert deviner_decimale(["1200"]) is None
    with pytest.raises(MontantIllisible):
        deviner_decimale(["1,50", "1.50"])


@pytest.mark.parametrize(
    ("libelle", "niveau"),
    [
        ("Mairie de Bourg-Inventé", "commune"), ("Communauté de communes du Val", "epci"),
        ("FSE+ 2025", "ue"),
        ("Conseil départemental", "departement"), ("Région fictive", "region"), ("DREETS", "etat"),
        ("Caf 99", "caf"), ("Fondation", "autre-public"),
    ],
)  # fmt: skip
def test_the_label_of_an_account_tells_the_public_level(libelle: str, niveau: str) -> None:
    assert niveau_de(libelle) == niveau
