"""A search in the directory: what answers, counted once; then its pages, read when they are asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from perenne.atlas.annuaire.index import Annuaire
from perenne.atlas.annuaire.lignes import lire_entreprises
from perenne.atlas.annuaire.noms import Developpements, approcher, repondre
from perenne.atlas.lecteur import Atlas
from perenne.domain.annuaire.demande import Condition, Criteres, Demande, Qualite, Valeurs
from perenne.domain.annuaire.masques import Masque, compter, lister, plein, unir
from perenne.domain.annuaire.resultat import EntrepriseTrouvee, Exclusion, Facette, PageEntreprises
from perenne.domain.erreurs import ErreurUtilisateur

SEUIL_PROCHES = 10
"""With fewer answers than this, misspelt words are looked for."""

LOT = 500
_CURSEUR = re.compile(r"(?P<version>.+)\.(?P<partie>[0-9])\.(?P<rang>[0-9]{1,9})")


@dataclass(kw_only=True)
class Recherche:
    """What answers a demand.

    Attributes:
        parties: sets without any enterprise in common, in the order in which they are shown.
        exclure: counts what was left out, when it is asked for.
        communes: of the territory asked, to tell which establishment is there.
    """

    atlas: Atlas
    annuaire: Annuaire
    demande: Demande
    parties: tuple[tuple[Qualite, Masque], ...]
    exclure: Callable[[], Iterator[Exclusion]]
    communes: frozenset[str] = frozenset()

    @property
    def total(self) -> int:
        """How many enterprises."""
        return sum(n for _, n in self.par_qualite)

    @cached_property
    def exclues(self) -> tuple[Exclusion, ...]:
        """What was left out, with its reason."""
        return tuple(self.exclure())

    @cached_property
    def par_qualite(self) -> tuple[tuple[Qualite, int], ...]:
        """How many by quality; those without any are left out."""
        return tuple((q, n) for q, m in self.parties if (n := compter(m)))

    def premieres(self, limite: int) -> tuple[EntrepriseTrouvee, ...]:
        """The first ones, without counting anything."""
        return self._lire(self._places(0, 0, limite))

    def page(self, curseur: str = "", limite: int = 50, facettes: Sequence[str] = ()) -> PageEntreprises:
        """The next enterprises from a place.

        Args:
            curseur: `suivant` of the page before; empty for the first one.
            facettes: kinds whose values are counted.

        Raises:
            ErreurUtilisateur: the cursor is not one, or comes from another version of the atlas.
        """
        trouvees = self._places(*self._lire_curseur(curseur), limite + 1)
        suite = trouvees[limite:]
        return PageEntreprises(
            atlas=self.atlas.version,
            entreprises=self._lire(trouvees[:limite]),
            total=self.total,
            par_qualite=self.par_qualite,
            suivant=f"{self.atlas.version}.{suite[0][0]}.{suite[0][1]}" if suite else "",
            exclues=self.exclues,
            facettes=tuple(self._compter(genre) for genre in facettes),
        )

    def tout(self, limite: int | None = None) -> Iterator[EntrepriseTrouvee]:
        """All of them, or the first ones, read some at a time."""
        reste = self.total if limite is None else min(limite, self.total)
        for partie, (_, masque) in enumerate(self.parties):
            rangs = lister(masque)[:reste].tolist()
            reste -= len(rangs)
            for debut in range(0, len(rangs), LOT):
                yield from self._lire([(partie, r) for r in rangs[debut : debut + LOT]])

    def _places(self, partie: int, rang: int, limite: int) -> list[tuple[int, int]]:
        """The next places from one: part and rank."""
        places: list[tuple[int, int]] = []
        while partie < len(self.parties) and len(places) < limite:
            rangs = lister(self.parties[partie][1], rang, limite - len(places))
            places += [(partie, r) for r in rangs.tolist()]
            partie, rang = partie + 1, 0
        return places

    def _lire_curseur(self, curseur: str) -> tuple[int, int]:
        if not curseur:
            return 0, 0
        lu = _CURSEUR.fullmatch(curseur)
        if lu is None or int(lu["partie"]) >= len(self.parties):
            raise ErreurUtilisateur("La page demandée n'existe pas.", conseil="Reprenez la liste au début.")
        if lu["version"] != self.atlas.version:
            raise ErreurUtilisateur(
                "La liste a changé : un nouvel atlas a été publié depuis.", conseil="Reprenez-la au début."
            )
        return int(lu["partie"]), int(lu["rang"])

    def _lire(self, places: Sequence[tuple[int, int]]) -> tuple[EntrepriseTrouvee, ...]:
        ids = self.annuaire.identifiants([rang for _, rang in places])
        qualites = [self.parties[partie][0] for partie, _ in places]
        return lire_entreprises(
            self.atlas, list(zip(ids, qualites, strict=True)), demande=self.demande, communes=self.communes
        )

    def _compter(self, genre: str) -> Facette:
        toutes = unir((m for _, m in self.parties), self.annuaire.total)
        comptes = self.annuaire.compter(genre, toutes)
        return Facette(genre=genre, comptes=tuple(sorted(comptes.items(), key=lambda c: (-c[1], c[0]))))


def chercher(
    atlas: Atlas,
    annuaire: Annuaire,
    demande: Demande,
    criteres: Criteres,
    *,
    developpements: Developpements,
    communes: Collection[str] = (),
    proches: bool = True,
) -> Recherche:
    """What answers some words under some conditions; all the enterprises when there is no word.

    Args:
        developpements: acronyms with their words.
        communes: of the territory asked; none for no territory.
        proches: whether misspelt words are looked for when little else answers.
    """
    tous = plein(annuaire.total)
    masques = [_parmi(annuaire, c.parmi) for c in criteres.conditions]
    permises = _croiser(masques, tous)
    montrees = (
        annuaire.facettes("etat", criteres.etats) if criteres.etats else tous,
        annuaire.facettes("verdict", criteres.verdicts) if criteres.verdicts else tous,
    )
    parties: list[tuple[Qualite, Masque]] = [("liste", tous)]
    if demande.inacheve:
        parties = repondre(annuaire, demande, developpements)
        if proches and sum(compter(m & permises) for _, m in parties) < SEUIL_PROCHES:
            parties = approcher(annuaire, demande, parties)
    nommees = unir((m for _, m in parties), annuaire.total)

    def exclure() -> Iterator[Exclusion]:
        yield from _non_montrees(nommees & permises, *montrees)
        for k, condition in enumerate(criteres.conditions):
            autres = [*masques[:k], *masques[k + 1 :], *montrees, ~masques[k]]
            yield from _inconnues(annuaire, condition, _croiser(autres, nommees))

    return Recherche(
        atlas=atlas,
        annuaire=annuaire,
        demande=demande,
        parties=tuple((q, m & permises & montrees[0] & montrees[1]) for q, m in parties),
        exclure=exclure,
        communes=frozenset(communes),
    )


def _croiser(masques: Sequence[Masque], tous: Masque) -> Masque:
    reste = tous.copy()
    for masque in masques:
        reste &= masque
    return reste


def _parmi(annuaire: Annuaire, valeurs: Sequence[Valeurs]) -> Masque:
    return unir((annuaire.facettes(genre, parmi) for genre, parmi in valeurs), annuaire.total)


def _non_montrees(trouvees: Masque, etat: Masque, verdict: Masque) -> Iterator[Exclusion]:
    for motif, masque in (
        ("etat", trouvees & ~etat & verdict),
        ("verdict", trouvees & etat & ~verdict),
        ("etat-verdict", trouvees & ~etat & ~verdict),
    ):
        if n := compter(masque):
            yield Exclusion(motif=motif, nombre=n)


def _inconnues(annuaire: Annuaire, condition: Condition, autres: Masque) -> Iterator[Exclusion]:
    for motif, valeurs in condition.inconnues:
        restantes = _croiser([annuaire.facettes(genre, parmi) for genre, parmi in valeurs], autres)
        if n := compter(restantes):
            yield Exclusion(motif=motif, nombre=n)
