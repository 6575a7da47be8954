"""The page of a territory: found, diagnosed once, composed as the note is."""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Literal, TypeVar

from perenne.atlas.listes import lister_territoires
from perenne.atlas.recherche import Candidat, chercher
from perenne.domain.erreurs import ErreurUtilisateur
from perenne.domain.territoire.identite import Cle, Territoire
from perenne.domain.territoire.resultat import Diagnostic
from perenne.reports.note.composer import composer_note
from perenne.reports.note.elements import Note, Tableau
from perenne.reports.note.tableau_comparaison import (
    comparer_besoins,
    comparer_indicateurs,
    comparer_zonages,
)
from perenne.reports.typographie import composer
from perenne.services.atlas_ouvert import AtlasIndisponible, obtenir_atlas
from perenne.services.consulter.curseurs import Tranche, trancher
from perenne.services.consulter.elements import Introuvable
from perenne.services.designation import Designation, designer
from perenne.services.note_territoire import rendre
from perenne.services.offre import lister_pour_classeur
from perenne.services.savoir import obtenir_base
from perenne.services.territoire import diagnostiquer_designe

Fichier = Literal["pdf", "docx", "xlsx"]
GARDES = 48
"""Diagnoses kept by a process: the pages, the files and the JSON of a territory are asked together."""

PARTIES_MAX = 60
_diagnostics: OrderedDict[tuple[object, ...], Diagnostic] = OrderedDict()
_notes: OrderedDict[tuple[object, ...], Note] = OrderedDict()
_verrou = Lock()
G = TypeVar("G")


@dataclass(frozen=True, kw_only=True)
class Trouve:
    """A territory that a name or a code may mean; `ancien` is the former commune by which it was found,
    `qualite` how: exact, ancien, partiel or proche."""

    code: str
    type: str
    nom: str
    departement: str
    population: int | None
    qualite: str
    ancien: str = ""


class Ambigu(ErreurUtilisateur):
    """Several territories, or none with exactly that name: the visitor chooses among `candidats`."""

    def __init__(self, erreur: ErreurUtilisateur, candidats: tuple[Trouve, ...]) -> None:
        super().__init__(erreur.message, conseil=erreur.conseil, anomalies=erreur.anomalies)
        self.candidats = candidats


def code_court(type_: str, code: str) -> str:
    """What names a territory in an address: its code, typed only for a région (75 is a département too)."""
    return f"region:{code}" if type_ == "region" else code


def _adresse(parties: tuple[Territoire, ...]) -> str:
    return "+".join(sorted({code_court(p.type, p.code) for p in parties}))


def trouver_code(demande: str) -> str:
    """The code that names a territory, or a union, in an address.

    Raises:
        Ambigu: the name has several bearers, or only near ones.
        Introuvable: nothing is near.
        AtlasIndisponible: no atlas.
    """
    return _adresse(designer_demande(demande).parties)


def designer_territoires(demande: str) -> tuple[Territoire, ...]:
    """The territories that an address names, several for a union.

    Raises:
        Ambigu, Introuvable, AtlasIndisponible: as `trouver_code`.
    """
    return designer_demande(demande).parties


def designer_demande(demande: str) -> Designation:
    """The territories that an address names, and the former communes followed to them.

    Raises:
        Ambigu, Introuvable, AtlasIndisponible: as `trouver_code`.
    """
    atlas = obtenir_atlas()
    if demande.count("+") >= PARTIES_MAX:
        raise ErreurUtilisateur(f"Une réunion compte au plus {PARTIES_MAX} territoires.")
    try:
        return designer(atlas, demande)
    except ErreurUtilisateur as erreur:
        candidats = chercher_territoires(demande) if "+" not in demande else ()
        if candidats:
            raise Ambigu(erreur, candidats) from erreur
        raise Introuvable(erreur.message, conseil=erreur.conseil, anomalies=erreur.anomalies) from erreur


def nommer_territoire(code: str) -> str:
    """The name of a territory kept by its code; the code itself when the atlas no longer has it."""
    if not code:
        return ""
    try:
        return ", ".join(p.nom for p in designer_demande(code).parties)
    except ErreurUtilisateur:
        return code


def departement_connu(code: str) -> bool:
    """Whether the current atlas holds that département; False without an atlas."""
    try:
        return bool(code) and obtenir_atlas().territoire(Cle(type="departement", code=code)) is not None
    except AtlasIndisponible:
        return False


def chercher_territoires(nom: str, limite: int = 20) -> tuple[Trouve, ...]:
    """Territories by name: exact, former, partial, then misspelt names."""
    return tuple(_trouve(c) for c in chercher(obtenir_atlas(), nom, limite)[:limite])


def parcourir_territoires(filtres: dict[str, str], *, curseur: str, limite: int) -> Tranche[Trouve]:
    """Every territory that the filters keep, a part at a time, in the order of type and code.

    Args:
        filtres: `type`, `departement`, `region`, `epci`, each a code; empty values keep everything.

    Raises:
        Introuvable: the cursor cannot be read.
        AtlasIndisponible: no atlas.
    """
    atlas = obtenir_atlas()
    tranche = trancher(
        lambda apres, n: lister_territoires(atlas.lire, filtres, apres=apres, limite=n),
        lambda c: (c.cle.type, c.cle.code),
        curseur=curseur,
        limite=limite,
        longueur=2,
    )
    return Tranche(elements=tuple(map(_trouve, tranche.elements)), suivant=tranche.suivant)


def _trouve(c: Candidat) -> Trouve:
    return Trouve(
        code=code_court(c.cle.type, c.cle.code),
        type=c.cle.type,
        nom=c.nom,
        departement=c.departement,
        population=c.population,
        qualite=c.qualite,
        ancien=c.ancien,
    )


def lire_diagnostic(demande: str, au: dt.date) -> Diagnostic:
    """The diagnosis of a territory, kept a while.

    Raises:
        Ambigu, Introuvable, AtlasIndisponible: as `trouver_code`; ErreurUtilisateur: a union that cannot be.
    """
    atlas = obtenir_atlas()

    def diagnostiquer() -> Diagnostic:
        return diagnostiquer_designe(atlas, designer_demande(demande), au=au, savoir=obtenir_base())

    return _retenir(_diagnostics, (atlas.empreinte, demande, au), diagnostiquer)


def lire_note(demande: str, au: dt.date, mention: str = "") -> Note:
    """The composed note of a territory, without the tables of the workbook, kept a while."""
    return _retenir(
        _notes,
        (obtenir_atlas().empreinte, demande, au, mention),
        lambda: composer_note(lire_diagnostic(demande, au), mention=mention, classeur=False),
    )


def _retenir(
    gardes: OrderedDict[tuple[object, ...], G], cle: tuple[object, ...], calculer: Callable[[], G]
) -> G:
    """What was computed lately for this key, else what is computed now."""
    with _verrou:
        if cle in gardes:
            gardes.move_to_end(cle)
            return gardes[cle]
    calcule = calculer()
    with _verrou:
        gardes[cle] = calcule
        while len(gardes) > GARDES:
            gardes.popitem(last=False)
    return calcule


@dataclass(frozen=True, kw_only=True)
class Comparaison:
    """Two territories side by side.

    Attributes:
        sources: data sets cited, each once.
    """

    au: dt.date
    noms: tuple[str, str]
    codes: tuple[str, str]
    tableaux: tuple[Tableau, ...]
    sources: tuple[str, ...]


def comparer_territoires(demande: str, avec: str, au: dt.date) -> Comparaison:
    """Two territories at the same date.

    Raises:
        Ambigu, Introuvable, AtlasIndisponible: as `trouver_code`; ErreurUtilisateur: twice the same one.
    """
    codes = trouver_code(demande), trouver_code(avec)
    if codes[0] == codes[1]:
        raise ErreurUtilisateur("C’est le même territoire.", conseil="Choisissez-en un autre à comparer.")
    un, autre = (lire_diagnostic(c, au) for c in codes)
    citees = {s.id: s for d in (un, autre) for s in d.sources}
    return Comparaison(
        au=au,
        noms=(un.territoire.nom, autre.territoire.nom),
        codes=codes,
        tableaux=(
            comparer_indicateurs(un, autre),
            comparer_zonages(un, autre),
            comparer_besoins(un, autre),
        ),
        sources=tuple(composer(f"{s.producteur}, {s.jeu}, {s.millesime}") for _, s in sorted(citees.items())),
    )


def ecrire_fichier(demande: str, au: dt.date, format_: Fichier, mention: str = "") -> bytes:
    """The note as a file."""
    from perenne.reports.note.rendu import rendre as rendre_note  # noqa: PLC0415 - loads what it needs

    diagnostic = lire_diagnostic(demande, au)
    operateurs = lister_pour_classeur(obtenir_atlas(), diagnostic.territoire) if format_ == "xlsx" else None
    return rendre_note(diagnostic, format_, mention=mention, operateurs=operateurs)


def ecrire_donnees(demande: str, au: dt.date) -> str:
    """The diagnosis as JSON: the twin of the page."""
    return rendre(lire_diagnostic(demande, au), "json").decode()
