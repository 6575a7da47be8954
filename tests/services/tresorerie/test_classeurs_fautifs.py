"""More than forty bad workbooks: each gets a message with its place, nothing crashes, nothing is half
read."""

from __future__ import annotations

import datetime as dt
import io
import random
import re
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.domain.tresorerie.flux import OperationUE, Subvention, Ventes
from perenne.domain.tresorerie.flux_depenses import Charge, Relais
from perenne.domain.tresorerie.levier import Levier
from perenne.domain.tresorerie.plan import Plan
from perenne.reports.tresorerie.classeur import ecrire_classeur
from perenne.services.tresorerie.fichiers import lire_octets, lire_plan

D = dt.date
DEBUT = D(2027, 1, 1)
PLAN = Plan(
    structure="Exemple",
    debut=DEBUT,
    tresorerie_initiale=10_000_00,
    flux=(
        Subvention(
            id="ville",
            montant=24_000_00,
            notification=D(2027, 3, 15),
            acompte=5_000,
            solde_le=D(2027, 12, 31),
        ),
        OperationUE(id="fse", debut=DEBUT, fin=D(2027, 12, 31), depenses=60_000_00, taux=10_000),
        Ventes(id="bar", annuel=12_000_00, debut=DEBUT, fin=D(2029, 12, 31)),
        Charge(id="loyer", montant=900_00, debut=DEBUT),
        Relais(id="avance", type="avance-publique", cible="fse", date=D(2028, 1, 15), quotite=8_000),
    ),
)
LEVIER = Levier(id="essai", nature="avance-fonds", acteur="Département", cibles=("ville",), quotite=5_000)


@pytest.fixture(scope="module")
def bon() -> bytes:
    return modifier(ecrire_classeur(PLAN, [LEVIER]), alleger)


def alleger(classeur: Any) -> None:
    """Only what the plan uses: every reading stays short."""
    gardees = {"Structure", "Subventions", "Fonds européens", "Ventes", "Charges", "Avances et relais"}
    for page in classeur.worksheets:
        if page.title not in {*gardees, "Leviers à comparer"}:
            classeur.remove(page)


def modifier(octets: bytes, geste: Callable[[Any], object]) -> bytes:
    classeur = load_workbook(io.BytesIO(octets))
    geste(classeur)
    sortie = io.BytesIO()
    classeur.save(sortie)
    return sortie.getvalue()


def colonne(page: Any, titre: str, entete: int = 3) -> int:
    for cellule in page[entete]:
        if cellule.value and str(cellule.value).removesuffix(" *") == titre:
            return int(cellule.column)
    raise AssertionError(titre)


def ecrire(feuille: str, titre: str, valeur: object, ligne: int = 4) -> Callable[[Any], object]:
    def geste(classeur: Any) -> None:
        page = classeur[feuille]
        page.cell(ligne, colonne(page, titre)).value = valeur

    return geste


def structure(libelle: str, valeur: object) -> Callable[[Any], object]:
    def geste(classeur: Any) -> None:
        page = classeur["Structure"]
        for rang in range(4, page.max_row + 1):
            if str(page.cell(rang, 1).value).removesuffix(" *") == libelle:
                page.cell(rang, 2).value = valeur

    return geste


def titre(feuille: str, avant: str, apres: str | None) -> Callable[[Any], object]:
    def geste(classeur: Any) -> None:
        page = classeur[feuille]
        page.cell(3, colonne(page, avant)).value = apres

    return geste


def tous(*gestes: Callable[[Any], object]) -> Callable[[Any], object]:
    return lambda classeur: [g(classeur) for g in gestes]


def doubler(classeur: Any) -> None:
    page = classeur["Charges"]
    for cellule in page[4]:
        page.cell(5, cellule.column).value = cellule.value


def traduire(classeur: Any) -> None:
    page = classeur["Charges"]
    for cellule, mot in zip(
        page[3], ("Short name", "Label", "Status", "Payee", "Amount", "Start", "End"), strict=False
    ):
        cellule.value = mot
    for cellule in page[3][7:]:
        cellule.value = None


def deborder(classeur: Any) -> None:
    for n in range(2_500):
        classeur["Charges"].cell(4 + n, 1).value = f"c{n}"


EN_CELLULES: list[tuple[str, Callable[[Any], object], str]] = [
    ("feuille manquante", lambda c: c.remove(c["Structure"]), "la feuille « Structure » manque"),
    ("feuille mal nommée", lambda c: setattr(c["Charges"], "title", "Charge"), "Vouliez-vous « Charges »"),
    (
        "feuille masquée",
        lambda c: setattr(c["Charges"], "sheet_state", "hidden"),
        "feuille « Charges » : cette feuille est masquée",
    ),
    (
        "feuille très masquée",
        lambda c: setattr(c["Ventes"], "sheet_state", "veryHidden"),
        "cette feuille est masquée",
    ),
    (
        "texte dans un montant",
        ecrire("Charges", "Montant HT (€)", "neuf cents"),
        "cellule E4 : « Montant HT (€) » : « neuf cents » n'est pas un nombre",
    ),
    ("montant ambigu", ecrire("Charges", "Montant HT (€)", "1.200"), "se lit de deux façons"),
    ("montant à l'anglaise", ecrire("Charges", "Montant HT (€)", "1,200.50"), "se lit de deux façons"),
    ("date dans un montant", ecrire("Charges", "Montant HT (€)", D(2027, 1, 1)), "un nombre est attendu ici"),
    ("vrai dans un montant", ecrire("Charges", "Montant HT (€)", True), "un nombre est attendu ici"),
    ("montant négatif", ecrire("Charges", "Montant HT (€)", -900), "est négatif (−900)"),
    ("montant démesuré", ecrire("Charges", "Montant HT (€)", 1e15), "est trop grand"),
    ("infini", ecrire("Charges", "Montant HT (€)", "inf"), "n'est pas un nombre"),
    (
        "montant vide",
        ecrire("Charges", "Montant HT (€)", None),
        "ligne 4 : « Montant HT (€) » n'est pas rempli",
    ),
    (
        "date en toutes lettres",
        ecrire("Charges", "Début", "au printemps"),
        "« au printemps » n'est pas une date",
    ),
    ("date à l'américaine", ecrire("Charges", "Début", "12/31/2027"), "le mois 31 n'existe pas"),
    ("jour impossible", ecrire("Charges", "Début", "30/02/2027"), "ce jour n'existe pas"),
    ("année sur deux chiffres", ecrire("Charges", "Début", "01/01/27"), "n'est pas une date"),
    ("numéro de série trop grand", ecrire("Charges", "Début", 999_999), "l'année 4637 est hors de propos"),
    ("nom court qui commence mal", ecrire("Charges", "Nom court", "-loyer"), "ne peut pas être un nom court"),
    ("fin avant début", ecrire("Charges", "Fin", "01/01/2026"), "« Fin » (01/01/2026) vient trop tôt"),
    ("jour 32", ecrire("Charges", "Jour du mois", 32), "il doit être entre 1 et 31"),
    ("jour à virgule", ecrire("Charges", "Jour du mois", 5.5), "n'est pas un nombre entier"),
    (
        "périodicité inconnue",
        ecrire("Charges", "Périodicité", "quinzaine"),
        "Choisissez parmi : mois, trimestre, semestre, an, une fois",
    ),
    ("statut inconnu", ecrire("Charges", "Statut", "secure"), "« secure » n'est pas dans la liste"),
    (
        "durée illisible",
        ecrire("Subventions", "Délai de paiement", "bientôt"),
        "Écrivez « 90 jours » ou « 24 mois »",
    ),
    ("durée négative", ecrire("Subventions", "Délai de paiement", -30), "est négatif"),
    ("pourcentage au-delà de 100", ecrire("Subventions", "Acompte (%)", 150), "il doit être entre 0 et 100"),
    (
        "chance d'une somme signée",
        ecrire("Subventions", "Chance d'obtenir (%)", 40),
        "alors que la ligne est « sécurisé »",
    ),
    ("nom court avec espace", ecrire("Charges", "Nom court", "le loyer"), "ne peut pas être un nom court"),
    (
        "noms courts en double",
        doubler,
        "cellule A5 : le nom court « loyer » est déjà pris (feuille « Charges », cellule A4)",
    ),
    (
        "même nom dans deux feuilles",
        ecrire("Charges", "Nom court", "ville"),
        "est déjà pris (feuille « Subventions », cellule A4)",
    ),
    (
        "formule jamais calculée",
        ecrire("Charges", "Montant HT (€)", "=300*3"),
        "cette formule n'a jamais été calculée",
    ),
    (
        "cellule en erreur",
        ecrire("Charges", "Montant HT (€)", "#REF!"),
        "cette cellule est en erreur (#REF!)",
    ),
    (
        "cellules fusionnées",
        lambda c: c["Charges"].merge_cells("A4:B5"),
        "cellules A4:B5 : ces cellules sont fusionnées",
    ),
    ("titres en anglais", traduire, "les titres de colonnes ne sont pas ceux du modèle"),
    ("titre inconnu", titre("Charges", "Montant HT (€)", "Prix"), "la colonne « Prix » n'est pas connue"),
    ("titre effacé", titre("Charges", "Montant HT (€)", None), "la colonne « Montant HT (€) » manque"),
    ("titre en double", titre("Charges", "Libellé", "Statut"), "la colonne « Statut » est là deux fois"),
    ("valeur sans titre", lambda c: c["Charges"].cell(4, 30, 12), "cette valeur n'a pas de titre de colonne"),
    (
        "structure en double",
        lambda c: c["Structure"].cell(40, 1, "Nom de la structure") and c["Structure"].cell(40, 2, "X"),
        "est rempli deux fois",
    ),
    (
        "libellé inconnu",
        lambda c: c["Structure"].cell(40, 1, "Nom du président") and c["Structure"].cell(40, 2, "X"),
        "n'est pas un libellé du modèle",
    ),
    (
        "premier jour absent",
        structure("Premier jour du plan", None),
        "« Premier jour du plan » n'est pas rempli",
    ),
    ("horizon nul", structure("Nombre de mois", 0), "il doit être entre 1 et 120"),
    ("oui ou non", structure("Structure soumise à la TVA", "peut-être"), "répondez oui ou non"),
    (
        "TVA sans régime",
        ecrire("Ventes", "Taux de TVA (%)", 20),
        "alors que la structure n'est pas soumise à la TVA",
    ),
    (
        "poids nuls",
        tous(*(ecrire("Ventes", f"Poids {m}", 0) for m in ("janv.", "févr.", "mars"))),
        "l'un au moins doit dépasser zéro",
    ),
    (
        "cible inconnue",
        ecrire("Avances et relais", "Recette attendue", "fsf"),
        "aucune ligne ne porte le nom court « fsf »",
    ),
    (
        "cible qui n'est pas une recette",
        ecrire("Avances et relais", "Recette attendue", "loyer"),
        "n'est pas une recette attendue",
    ),
    (
        "relais avant la fin",
        ecrire("Avances et relais", "Remboursement au plus tard", "01/01/2028"),
        "vient trop tôt",
    ),
    (
        "demande sans part",
        ecrire("Fonds européens", "Demande de paiement 1", D(2027, 6, 30)),
        "il faut une part par date",
    ),
    (
        "demandes avec un trou",
        tous(ecrire("Fonds européens", "Demande de paiement 2", D(2027, 6, 30))),
        "une valeur manque avant celle qui suit",
    ),
    (
        "levier sans cible",
        ecrire("Leviers à comparer", "Flux concernés", "ville ; rien"),
        "aucune ligne ne porte le nom court « rien »",
    ),
    (
        "levier impossible",
        ecrire("Leviers à comparer", "Levier", "étalement de charges"),
        "n'est pas rempli : ce levier en a besoin",
    ),
    ("feuille démesurée", deborder, "cette feuille est trop grande"),
    ("texte trop long", ecrire("Charges", "Libellé", "x" * 300), "ce texte dépasse 200 caractères"),
]


@pytest.mark.parametrize(("geste", "message"), [pytest.param(g, m, id=n) for n, g, m in EN_CELLULES])
def test_a_bad_cell_is_named(bon: bytes, geste: Callable[[Any], object], message: str) -> None:
    octets = modifier(bon, geste)
    with pytest.raises(ErreurUtilisateur) as erreur:
        lire_octets(octets, "plan.xlsx")
    texte = str(erreur.value)
    assert message in texte
    assert "rien n'a été repris" in texte
    assert "Traceback" not in texte


def _zip(**entrees: bytes) -> bytes:
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as archive:
        for nom, contenu in entrees.items():
            archive.writestr(nom.replace("__", "/"), contenu)
    return sortie.getvalue()


def _ajouter(octets: bytes, nom: str, contenu: bytes) -> bytes:
    sortie = io.BytesIO(octets)
    with zipfile.ZipFile(sortie, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(nom, contenu)
    return sortie.getvalue()


def _chiffrer(octets: bytes) -> bytes:
    """Set the encryption flag of every entry."""
    return re.sub(
        rb"PK\x01\x02(.{4})(..)", lambda m: b"PK\x01\x02" + m[1] + struct.pack("<H", 1), octets, flags=re.S
    )


def _casser(octets: bytes) -> bytes:
    milieu = len(octets) // 2
    return octets[:milieu] + b"\0" * 2_000 + octets[milieu + 2_000 :]


ENTITES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
EN_OCTETS: list[tuple[str, Callable[[bytes], bytes], str]] = [
    ("vide", lambda _: b"", "ce fichier est vide"),
    ("dix mégaoctets", lambda b: b + b"\0" * 10_000_000, "5 Mo au plus"),
    (
        "CSV renommé",
        lambda _: "Nom court;Montant\nloyer;900\n".encode("cp1252"),
        "ce n'est pas un classeur .xlsx",
    ),
    (
        "protégé par mot de passe",
        lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        "protégé par un mot de passe",
    ),
    ("archive chiffrée", _chiffrer, "protégé par un mot de passe"),
    ("macros", lambda b: _ajouter(b, "xl/vbaProject.bin", b"\0"), "ce classeur contient des macros"),
    (
        "LibreOffice",
        lambda _: _zip(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"),
        "LibreOffice (.ods)",
    ),
    ("Word", lambda _: _zip(word__document=b"<x/>"), "ce n'est pas un classeur .xlsx"),
    ("bombe", lambda b: _ajouter(b, "xl/media/x.bin", b"\0" * 60_000_000), "démesuré une fois ouvert"),
    ("entités XML", lambda b: _ajouter(b, "xl/piege.xml", ENTITES), "une définition interdite"),
    ("tronqué", lambda b: b[: len(b) // 2], "ce n'est pas un classeur .xlsx"),
    ("abîmé", _casser, "ce classeur est abîmé"),
    ("classeur sans feuille connue", lambda _: _etranger(), "la feuille « Structure » manque"),
]


def _etranger() -> bytes:
    classeur = Workbook()
    page: Any = classeur.active
    page["A1"] = "Budget"
    sortie = io.BytesIO()
    classeur.save(sortie)
    return sortie.getvalue()


@pytest.mark.parametrize(("geste", "message"), [pytest.param(g, m, id=n) for n, g, m in EN_OCTETS])
def test_a_bad_file_is_refused(bon: bytes, geste: Callable[[bytes], bytes], message: str) -> None:
    with pytest.raises(ErreurUtilisateur, match=re.escape(message)):
        lire_octets(geste(bon), "plan.xlsx")


def test_random_damage_never_crashes(bon: bytes) -> None:
    """Bytes changed at random: read, or refused with a message."""
    alea = random.Random(4)
    refus = 0
    for _ in range(40):
        abime = bytearray(bon)
        for _ in range(alea.randint(1, 30)):
            abime[alea.randrange(len(abime))] = alea.randrange(256)
        try:
            lire_octets(bytes(abime), "plan.xlsx")
        except ErreurUtilisateur:
            refus += 1
    assert refus > 20


def test_everything_wrong_is_said_at_once(bon: bytes) -> None:
    octets = modifier(
        bon,
        tous(
            ecrire("Charges", "Montant HT (€)", "neuf cents"),
            ecrire("Charges", "Début", "au printemps"),
            ecrire("Subventions", "Notification", "hier"),
            structure("Nombre de mois", "trois ans"),
        ),
    )
    with pytest.raises(ErreurUtilisateur) as erreur:
        lire_octets(octets, "plan.xlsx")
    assert len(erreur.value.anomalies) == 4
    assert {a.ou.split(",")[0] for a in erreur.value.anomalies} == {
        "feuille « Charges »",
        "feuille « Subventions »",
        "feuille « Structure »",
    }


BONNES: list[tuple[str, Callable[[Any], object]]] = [
    ("date en texte", ecrire("Charges", "Début", "01/01/2027")),
    ("date ISO", ecrire("Charges", "Début", "2027-01-01")),
    ("date avec le mois en lettres", ecrire("Charges", "Début", "1er janvier 2027")),
    ("numéro de série", ecrire("Charges", "Début", 46388)),
    ("montant en texte", ecrire("Charges", "Montant HT (€)", "900,00 €")),
    ("statut sans accent", ecrire("Charges", "Statut", "Securise")),
    ("colonnes retirées", lambda c: c["Charges"].delete_cols(8, 12)),
    ("ligne d'exemple gardée", lambda c: c["Charges"].cell(5, 1, "exemple : loyer")),
    ("feuille de brouillon", lambda c: c.create_sheet("Calculs de Léa").cell(1, 1, 12)),
]


@pytest.mark.parametrize("geste", [pytest.param(g, id=n) for n, g in BONNES])
def test_what_is_clear_is_accepted(bon: bytes, geste: Callable[[Any], object]) -> None:
    assert lire_octets(modifier(bon, geste), "plan.xlsx").plan == PLAN


def test_a_percentage_cell_is_read_as_shown(bon: bytes) -> None:
    def geste(classeur: Any) -> None:
        page = classeur["Subventions"]
        cellule = page.cell(4, colonne(page, "Acompte (%)"))
        cellule.value, cellule.number_format = 0.5, "0%"

    assert lire_octets(modifier(bon, geste), "plan.xlsx").plan == PLAN


def test_a_draft_sheet_is_said_to_be_left_aside(bon: bytes) -> None:
    lu = lire_octets(modifier(bon, lambda c: c.create_sheet("Calculs de Léa").cell(1, 1, 12)), "plan.xlsx")
    assert lu.avis == ("La feuille « Calculs de Léa » ne fait pas partie du modèle : elle n'a pas été lue.",)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(ErreurUtilisateur, match="n'est pas un fichier"):
        lire_plan(tmp_path / "absent.xlsx")
