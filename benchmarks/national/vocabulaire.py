"""Words of the made-up names and purposes: the 42 activities, what looks like them, and everything else.

What an activity is said to be, and what it is not, comes from the examples of `knowledge/activites`: an
activity added there is exercised here. Nobody is named; the words of fancy are those of tales.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import yaml
from benchmarks.national.colonnes import choix, coller, en_clair, sans
from benchmarks.national.hasard import Rangs, Urne, chance, parmi, unite

from perenne.domain.texte import normaliser

SANS_ACTIVITE = -1
PART_ACTIVITE, PART_LEURRE = 0.24, 0.08
"""Part of the associations with an activity of the study, and with a phrase that only looks like one."""

GENRES = {
    "Comité des fêtes": ("l'animation du village et ses fêtes", "006010", 9),
    "Club de football": ("la pratique du football et la participation aux compétitions", "011025", 9),
    "Société de chasse": ("la gestion du gibier et la chasse sur la commune", "024025", 7),
    "Amicale": ("les liens d'amitié et de convivialité entre ses membres", "009000", 9),
    "Association de parents d'élèves": ("la vie de l'école et la défense des familles", "015035", 7),
    "Club de gymnastique": ("la gymnastique et la danse à tous les âges", "011005", 7),
    "Chorale": ("le chant choral et les concerts", "006030", 4),
    "Club des aînés": ("les sorties, les jeux et les voyages des retraités", "019010", 5),
    "Société de pêche": ("l'entretien des rivières et la pratique de la pêche", "024020", 3),
    "Club de pétanque": ("la pétanque et ses concours", "011035", 5),
    "Anciens combattants": ("le souvenir et l'entraide de ses membres", "022000", 3),
    "Cercle généalogique": ("la mémoire des familles et des métiers", "007015", 2),
    "Troupe de théâtre": ("le théâtre amateur", "006020", 4),
    "Club de judo": ("le judo et les arts martiaux", "011045", 4),
    "Union de commerçants": ("le commerce de centre-ville et ses animations", "014040", 3),
    "Association de quartier": ("le cadre de vie des habitants du quartier", "024045", 4),
    "Club informatique": ("l'initiation de ses adhérents aux ordinateurs", "007075", 2),
    "Jumelage": ("les échanges avec la ville jumelle", "003040", 2),
    "Moto-club": ("les balades et les rassemblements de motos", "011095", 2),
    "Association culturelle": ("la culture et les arts sous toutes leurs formes", "006000", 6),
}
"""Title, purpose, WALDEC code and weight of what the study does not look at."""

ENTREES = (
    "Cette association a pour objet de", "L'association a pour but de",
    "Association ayant pour vocation de", "", "Dans un esprit d'ouverture et de partage,",
    "Sur le territoire de l'intercommunalité,", "Objet :",
)  # fmt: skip
VERBES = (
    "promouvoir et développer", "gérer et animer", "favoriser", "organiser", "créer et faire vivre",
    "soutenir", "mettre en place", "porter", "contribuer à", "proposer",
)  # fmt: skip
PUBLICS = (
    "pour les habitants de la commune", "auprès des familles", "avec les acteurs locaux",
    "pour tous les publics", "en milieu rural", "dans le quartier",
    "auprès des jeunes et de leurs parents", "", "avec des bénévoles", "en lien avec les collectivités",
    "pour les personnes isolées", "tout au long de l'année",
)  # fmt: skip
SUITES = (
    "organiser des manifestations, rencontres, conférences et sorties",
    "défendre les intérêts de ses membres",
    "toute action se rattachant directement ou indirectement à cet objet",
    "gérer les locaux mis à disposition", "éditer des documents et tenir un site d'information",
    "réunir les moyens nécessaires à son fonctionnement",
)  # fmt: skip
FANTAISIES = (
    "Brume", "Mirage", "Fable", "Lanterne", "Chimère", "Songe", "Écho", "Horizon", "Légende", "Boussole",
    "Comète", "Marelle", "Pirogue", "Girouette", "Hirondelle", "Nacelle", "Farandole", "Luciole",
    "Roseraie", "Cerf-Volant", "Escale", "Passerelle", "Ritournelle", "Bruyère", "Libellule", "Sarabande",
    "Vigie", "Alizé", "Corolle", "Rivage", "Tisane", "Ribambelle", "Bourrasque", "Capucine", "Mosaïque",
    "Tourterelle", "Aubépine", "Clairière", "Galet", "Ricochet", "Zéphyr", "Tournesol", "Cascade",
    "Carillon", "Balancelle", "Pléiade", "Nébuleuse", "Osier", "Grelot", "Pervenche",
)  # fmt: skip
QUALITES = (
    "Bleue", "Imaginaire", "Inventée", "Fictive", "d'Argent", "Partagée", "Vagabonde", "de l'Onde",
    "du Conte", "des Brumes", "du Haut-Mirage", "Solidaire", "Enchantée", "des Proverbes", "de l'Utopie",
    "des Lanternes", "Voyageuse", "du Vieux-Port", "de la Source", "des Collines", "Rurale", "du Bocage",
    "des Possibles", "Légère", "Mystère", "du Marais", "de Septembre", "des Deux-Rives", "en Herbe",
    "et Compagnie",
)  # fmt: skip
SYLLABES = ("ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "zo")
RARES = 40_000
"""Invented words of four or five syllables, some common and most rare: as many as a register has."""

METIERS = (
    "Bâtiment", "Transports", "Boulangerie", "Conseil", "Services", "Immobilier", "Garage", "Nettoyage",
    "Coiffure", "Distribution", "Menuiserie", "Toiture", "Restauration", "Import", "Gestion", "Plomberie",
    "Électricité", "Énergie", "Informatique", "Agricole", "Pharmacie", "Optique", "Location", "Patrimoine",
    "Holding", "Paysages",
)  # fmt: skip


def _mots_rares() -> list[str]:
    base = len(SYLLABES)
    mots = []
    for rang in range(RARES):
        reste, mot = rang * 2_654_435_761 % base**5, ""
        for _ in range(4 + rang % 2):
            reste, syllabe = divmod(reste, base)
            mot += SYLLABES[syllabe]
        mots.append(mot.capitalize())
    return mots


def _rare(rangs: Rangs, sel: int) -> npt.NDArray[np.int64]:
    """Index of a rare word: the first ones come out most often."""
    return (RARES ** unite(rangs, sel)).astype(np.int64) - 1


def _capitales(mots: Sequence[str]) -> pa.Array:
    return pa.array([normaliser(m).upper() for m in mots], pa.string())


@dataclass(frozen=True, kw_only=True)
class Registre:
    """The same words as the register of associations writes them, or as Sirene does (capitals, no accent)."""

    titres: pa.Array
    fantaisies: pa.Array
    qualites: pa.Array
    rares: pa.Array


class Vocabulaire:
    """Names and purposes from ranks."""

    def __init__(self, savoir: Path) -> None:
        activites = [_lire(f) for f in sorted((savoir / "activites").glob("*.yaml"))]
        self.activites = tuple(a["id"] for a in activites)
        self._phrases = [tuple(a["essais"]["positifs"]) for a in activites]
        self._leurres = tuple(p for a in activites for p in a["essais"]["negatifs"])
        self._genres = Urne([poids for *_, poids in GENRES.values()])
        self.nafs = tuple(sorted({n for a in activites for n in a["naf"]["coeur"]}))
        waldec = [(a.get("waldec") or {}).get("coeur") or ["000000"] for a in activites]
        self._waldec = pa.array([w[0] for w in waldec] + [code for _, code, _ in GENRES.values()])
        titres = (*(a["titre"].split(",")[0].split("(")[0].strip() for a in activites), *GENRES)
        rares = _mots_rares()
        self.rna = Registre(
            titres=pa.array(titres),
            fantaisies=pa.array(FANTAISIES),
            qualites=pa.array(QUALITES),
            rares=pa.array(rares),
        )
        self.sirene = Registre(
            titres=_capitales(titres),
            fantaisies=_capitales(FANTAISIES),
            qualites=_capitales(QUALITES),
            rares=_capitales(rares),
        )
        self._phrases_plates = pa.array([p for phrases in self._phrases for p in phrases])
        self._debuts = np.cumsum([0, *(len(p) for p in self._phrases)])[:-1]
        self._tailles = np.array([len(p) for p in self._phrases])

    def activite(self, rangs: Rangs) -> npt.NDArray[np.int64]:
        """Rank of the activity of each association; `SANS_ACTIVITE` for most."""
        return np.where(
            chance(rangs, 101, PART_ACTIVITE), parmi(rangs, 102, len(self.activites)), SANS_ACTIVITE
        )

    def _titre(self, rangs: Rangs) -> npt.NDArray[np.int64]:
        activite = self.activite(rangs)
        genre = self._genres.tirer(rangs, 103) + len(self.activites)
        return np.where(activite >= 0, activite, genre)

    def nom(self, rangs: Rangs, registre: Registre) -> pa.Array:
        """Name of each association, as that register writes it; the same rank, the same name."""
        return coller(
            choix(self._titre(rangs), registre.titres),
            choix(parmi(rangs, 104, len(FANTAISIES)), registre.fantaisies),
            choix(parmi(rangs, 105, len(QUALITES)), registre.qualites),
            sans(choix(_rare(rangs, 106), registre.rares), chance(rangs, 107, 0.4)),
        )

    def raison_sociale(self, rangs: Rangs) -> pa.Array:
        """Name of a company, in capitals."""
        return coller(
            choix(parmi(rangs, 111, len(METIERS)), _capitales(METIERS)),
            choix(parmi(rangs, 112, len(FANTAISIES)), self.sirene.fantaisies),
            sans(choix(parmi(rangs, 113, len(QUALITES)), self.sirene.qualites), chance(rangs, 114, 0.5)),
            sans(choix(_rare(rangs, 115), self.sirene.rares), chance(rangs, 116, 0.3)),
        )

    def objet(self, rangs: Rangs) -> pa.Array:
        """Purpose of each association: from one clause to five."""
        activite = self.activite(rangs)
        vraie = activite >= 0
        phrase = self._debuts[activite] + parmi(rangs, 121, 1 << 30) % self._tailles[activite]
        genre = self._genres.tirer(rangs, 103)
        propos = pa.array([p for p, *_ in GENRES.values()])
        clause = pa.compute.if_else(
            pa.array(vraie),
            en_clair(choix(np.where(vraie, phrase, 0), self._phrases_plates)),
            en_clair(choix(genre, propos)),
        )
        leurre = choix(parmi(rangs, 122, len(self._leurres)), self._leurres)
        autre = choix(self._genres.tirer(rangs, 123), propos)
        return coller(
            choix(parmi(rangs, 124, len(ENTREES)), ENTREES),
            choix(parmi(rangs, 125, len(VERBES)), VERBES),
            clause,
            choix(parmi(rangs, 126, len(PUBLICS)), PUBLICS),
            sans(coller(";", leurre), ~chance(rangs, 127, PART_LEURRE)),
            sans(coller(";", choix(parmi(rangs, 128, len(SUITES)), SUITES)), chance(rangs, 129, 0.35)),
            sans(coller(";", autre), chance(rangs, 130, 0.8)),
        )

    def waldec(self, rangs: Rangs) -> pa.Array:
        """WALDEC code of the purpose; none (zeros) for one in ten."""
        return pa.compute.if_else(
            pa.array(chance(rangs, 131, 0.1)), "000000", en_clair(choix(self._titre(rangs), self._waldec))
        )


@cache
def lire_vocabulaire(savoir: Path) -> Vocabulaire:
    """The vocabulary of that knowledge base, read once a process."""
    return Vocabulaire(savoir)


def _lire(chemin: Path) -> dict[str, Any]:
    lu: dict[str, Any] = yaml.load(chemin.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return {**lu, "id": chemin.stem}
