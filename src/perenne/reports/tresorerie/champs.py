"""How a plan is written down: one table of fields for YAML and for the workbook, so that both say the
same."""

from __future__ import annotations

from dataclasses import MISSING, dataclass, fields
from typing import Any, Literal

Genre = Literal[
    "texte",  # any text
    "texte-long",  # a paragraph
    "libre",  # number, yes or no, date or code, understood later
    "memo",  # written for the reader, never read back
    "id",  # short name, unique
    "refs",  # short names of other flows, separated by semicolons
    "date",
    "montant",  # euros written, cents held
    "pourcent",  # per cent written, basis points held
    "duree",  # "90 jours", "24 mois", "2 mois 15 jours"
    "entier",
    "centiemes",  # decimal number written, hundredths held
    "choix",
    "oui-non",
    "mois",  # calendar months, "5 ; 8 ; 11"
    "entiers",  # "90 ; 120 ; 200"
    "pourcents-libres",  # "80 ; 95 ; 100"
    "montants",  # one column each
    "dates",
    "pourcents",
    "poids",  # twelve columns
]
VECTEURS = frozenset(("montants", "dates", "pourcents", "poids"))
MOIS_COURTS = (
    "janv.",
    "févr.",
    "mars",
    "avril",
    "mai",
    "juin",
    "juil.",
    "août",
    "sept.",
    "oct.",
    "nov.",
    "déc.",
)


@dataclass(frozen=True, kw_only=True)
class Champ:
    """One thing to fill in.

    Attributes:
        nom: attribute of the domain class, and YAML key.
        libelle: what the workbook shows.
        genre: how it is written.
        aide: one or two sentences, in the note of the column.
        choix: code → words, for `choix`.
        nombre: number of columns, for the kinds that have several.
    """

    nom: str
    libelle: str
    genre: Genre
    aide: str = ""
    choix: tuple[tuple[str, str], ...] = ()
    nombre: int = 1

    def entetes(self) -> tuple[str, ...]:
        """Headings of its columns."""
        if self.genre == "poids":
            return tuple(f"{self.libelle} {m}" for m in MOIS_COURTS)
        if self.genre in VECTEURS:
            return tuple(f"{self.libelle} {n}" for n in range(1, self.nombre + 1))
        return (self.libelle,)


@dataclass(frozen=True, kw_only=True)
class Feuille:
    """One kind of line: a sheet of the workbook, a list of the YAML file.

    Attributes:
        cle: key in YAML.
        titre: name of the sheet, at most 31 characters.
        classe: domain class of a line.
        champs: its fields, in order.
        intro: what goes here, in one sentence.
        exemple: the example line, written as a user writes it.
    """

    cle: str
    titre: str
    classe: type[Any]
    champs: tuple[Champ, ...]
    intro: str
    exemple: dict[str, Any]

    def defaut(self, champ: Champ) -> Any:
        """Value of a field left empty; `MISSING` when it must be filled in."""
        for f in fields(self.classe):
            if f.name == champ.nom:
                return f.default
        return MISSING

    def obligatoire(self, champ: Champ) -> bool:
        """Whether the field must be filled in."""
        return self.defaut(champ) is MISSING


STATUT = (("securise", "sécurisé"), ("probable", "probable"), ("espere", "espéré"))
PERIODE = (
    ("mois", "mois"),
    ("trimestre", "trimestre"),
    ("semestre", "semestre"),
    ("an", "an"),
    ("unique", "une fois"),
)
PERIODE_TVA = PERIODE[:2]
RELAIS = (
    ("avance-publique", "avance publique"),
    ("dailly", "cession Dailly"),
    ("pret-relais", "prêt relais"),
)
LEVIERS = (
    ("avance-fonds", "avancer les fonds"),
    ("acompte", "acompte plus rapide"),
    ("pluriannualite", "pluriannualité"),
    ("locaux", "mise à disposition de locaux"),
    ("personnel", "mise à disposition de personnel"),
    ("commande-publique", "commande publique"),
    ("pret-relais", "prêt relais"),
    ("garantie", "garantie"),
    ("etalement", "étalement de charges"),
    ("atelier-relais", "atelier-relais"),
    ("dailly", "cession Dailly"),
)

ID = Champ(
    nom="id",
    libelle="Nom court",
    genre="id",
    aide="Un mot sans espace, unique dans le plan : fse-2027, loyer…",
)
LIBELLE = Champ(nom="libelle", libelle="Libellé", genre="texte", aide="Comme vous l'appelez.")
CERTITUDE = Champ(
    nom="statut",
    libelle="Statut",
    genre="choix",
    choix=STATUT,
    aide="sécurisé : signé et daté. probable : accord de principe. espéré : demande en cours. "
    "Une dépense qui n'a lieu que si son financement arrive porte le statut de ce financement.",
)
PAYEUR = Champ(nom="payeur", libelle="Payeur", genre="texte", aide="Qui paie : État, département, clients…")
BENEFICIAIRE = Champ(nom="payeur", libelle="Bénéficiaire", genre="texte", aide="À qui l'argent est versé.")
ALEA_MONTANT = (
    Champ(
        nom="part_min",
        libelle="Part minimale (%)",
        genre="pourcent",
        aide="Dans le pire des cas, quelle part du montant prévu ? 100 si le montant est certain.",
    ),
    Champ(
        nom="part_max", libelle="Part maximale (%)", genre="pourcent", aide="Et dans le cas le plus élevé ?"
    ),
    Champ(
        nom="parts_observees",
        libelle="Parts observées (%)",
        genre="pourcents-libres",
        aide="Facultatif : les parts constatées les années passées, séparées par des points-virgules. "
        "Elles remplacent le minimum et le maximum.",
    ),
)
ALEA_DELAI = (
    Champ(
        nom="delai_min",
        libelle="Délai le plus court",
        genre="duree",
        aide="Facultatif : « 60 jours », « 9 mois ».",
    ),
    Champ(
        nom="delai_max",
        libelle="Délai le plus long",
        genre="duree",
        aide="Facultatif : « 180 jours », « 36 mois ».",
    ),
    Champ(
        nom="delais_observes",
        libelle="Délais observés (jours)",
        genre="entiers",
        aide="Facultatif : les délais constatés, en jours, séparés par des points-virgules. "
        "Ils remplacent le plus court et le plus long.",
    ),
)


def delai(aide: str) -> Champ:
    """The central delay of a flow."""
    return Champ(
        nom="delai", libelle="Délai de paiement", genre="duree", aide=f"{aide} « 90 jours », « 24 mois »."
    )


def date(nom: str, libelle: str, aide: str = "") -> Champ:
    """A date."""
    return Champ(nom=nom, libelle=libelle, genre="date", aide=aide or "jj/mm/aaaa")


def montant(nom: str, libelle: str, aide: str = "") -> Champ:
    """An amount in euros."""
    return Champ(nom=nom, libelle=f"{libelle} (€)", genre="montant", aide=aide)


def pourcent(nom: str, libelle: str, aide: str = "") -> Champ:
    """A percentage."""
    return Champ(nom=nom, libelle=f"{libelle} (%)", genre="pourcent", aide=aide)


def entier(nom: str, libelle: str, aide: str = "") -> Champ:
    """A whole number."""
    return Champ(nom=nom, libelle=libelle, genre="entier", aide=aide)


TVA = pourcent("tva", "Taux de TVA", "0 ou vide hors secteur lucratif. Les montants sont saisis hors taxe.")
