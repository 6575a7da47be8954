"""Use case: the enterprises of the atlas that answer some words and some conditions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from perenne.atlas.annuaire.index import Annuaire, ouvrir_annuaire
from perenne.atlas.annuaire.lignes import lire_entreprises
from perenne.atlas.annuaire.noms import Developpements
from perenne.atlas.annuaire.recherche import Recherche, chercher
from perenne.atlas.annuaire.zonages import lire_membres
from perenne.atlas.entreprises import observe_des_entreprises
from perenne.atlas.lecteur import Atlas
from perenne.atlas.recherche import chercher as chercher_territoires
from perenne.domain.annuaire.demande import Condition, Demande, lire_demande
from perenne.domain.annuaire.mots import decouper
from perenne.domain.annuaire.resultat import EntrepriseTrouvee, Exclusion, PageEntreprises
from perenne.domain.erreurs import Anomalie, ErreurUtilisateur
from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.savoir.nomenclatures import Nomenclature
from perenne.domain.savoir.zonages import Zonage
from perenne.domain.territoire.identite import Territoire, dates_des_sources
from perenne.reports.typographie import date_longue
from perenne.services.annuaire.filtres import (
    Filtres,
    condition_de_lieu,
    conditions_de_savoir,
    montrees,
    trouver,
)
from perenne.services.designation import designer
from perenne.services.entreprises_ess import aucune_entreprise

Designer = Callable[[Atlas, str], Sequence[Territoire]]


@dataclass(frozen=True, kw_only=True)
class Piste:
    """The same words without the last ones, which are the name of a territory: `total` enterprises there."""

    mots: str
    dans: str
    nom: str
    total: int


@dataclass(kw_only=True)
class Resultats:
    """What answers. Lists are read when they are asked for.

    Attributes:
        territoires: those of the filter `dans`.
        designee: the enterprise whose number was asked, alone; None when words were.
    """

    filtres: Filtres
    atlas: Atlas
    base: BaseSavoir
    territoires: tuple[Territoire, ...]
    recherche: Recherche
    designee: EntrepriseTrouvee | None = None
    _designer: Designer = field(repr=False)

    @property
    def total(self) -> int:
        """How many enterprises, exactly."""
        return 1 if self.designee else self.recherche.total

    @property
    def exclues(self) -> tuple[Exclusion, ...]:
        """What was left out, with its reason."""
        return () if self.designee else self.recherche.exclues

    def page(self, curseur: str = "", limite: int = 50, facettes: Sequence[str] = ()) -> PageEntreprises:
        """Some of them; see `perenne.atlas.annuaire.recherche.Recherche.page`."""
        if self.designee is None:
            return self.recherche.page(curseur, limite, facettes)
        return PageEntreprises(
            atlas=self.atlas.version,
            entreprises=(self.designee,),
            total=1,
            par_qualite=(("liste", 1),),
        )

    def tout(self, limite: int | None = None) -> Iterator[EntrepriseTrouvee]:
        """All of them, or the first ones, read some at a time."""
        return iter((self.designee,)) if self.designee else self.recherche.tout(limite)

    @cached_property
    def piste(self) -> Piste | None:
        """What may have been meant when nothing answers: the last words may name a territory."""
        mots = self.filtres.mots.split()
        if self.total or self.filtres.dans or not 2 <= len(mots) <= 8:
            return None
        for coupe in range(max(1, len(mots) - 4), len(mots)):
            debut, fin = " ".join(mots[:coupe]), " ".join(mots[coupe:])
            exacts = [c for c in chercher_territoires(self.atlas, fin) if c.qualite == "exact"]
            if not exacts or not decouper(debut):
                continue
            dans = str(exacts[0].cle)
            trouves = lancer(
                self.atlas, self.base, replace(self.filtres, mots=debut, dans=dans), designer_=self._designer
            )
            if trouves.total:
                return Piste(mots=debut, dans=dans, nom=exacts[0].nom, total=trouves.total)
        return None


def designer_parties(atlas: Atlas, demande: str) -> Sequence[Territoire]:
    """The territories that a user asks for, several for a union.

    Raises:
        ErreurUtilisateur: unknown or ambiguous.
    """
    return designer(atlas, demande).parties


def lancer(
    atlas: Atlas,
    base: BaseSavoir,
    filtres: Filtres,
    *,
    designer_: Designer = designer_parties,
    proches: bool = True,
) -> Resultats:
    """Search the directory.

    Args:
        designer_: finds the territories of `dans`.
        proches: whether misspelt words are looked for when little else answers.

    Raises:
        ErreurUtilisateur: a filter is not understood, the atlas has no directory or no enterprise.
    """
    annuaire = exiger_annuaire(atlas)
    criteres = montrees(filtres)
    conditions = conditions_de_savoir(filtres, base)
    parties = tuple(designer_(atlas, filtres.dans)) if filtres.dans.strip() else ()
    demande = lire_demande(filtres.mots)
    if parties:
        conditions = (*conditions, condition_de_lieu(parties, nommees=bool(demande.inacheve)))
    if filtres.zonages:
        conditions = (*conditions, _zonages(atlas, base, filtres))
    seules = {p.type for p in parties} - {"qpv", "arrondissement-municipal"}
    recherche = chercher(
        atlas,
        annuaire,
        demande,
        replace(criteres, conditions=conditions),
        developpements=_developpements(base),
        communes={c for p in parties for c in p.communes} if seules else (),
        proches=proches,
    )
    return Resultats(
        filtres=filtres,
        atlas=atlas,
        base=base,
        territoires=parties,
        recherche=recherche,
        designee=_par_numero(atlas, demande),
        _designer=designer_,
    )


def exiger_annuaire(atlas: Atlas) -> Annuaire:
    """The directory of an atlas.

    Raises:
        ErreurUtilisateur: it has none, or no enterprise.
    """
    if not observe_des_entreprises(atlas):
        raise aucune_entreprise()
    annuaire = ouvrir_annuaire(atlas)
    if annuaire is None:
        raise ErreurUtilisateur(
            "L'atlas en place a été construit par une version de Pérenne qui ne savait pas chercher les "
            "entreprises.",
            conseil="Relancez « perenne atlas construire ».",
        )
    return annuaire


def _par_numero(atlas: Atlas, demande: Demande) -> EntrepriseTrouvee | None:
    """The enterprise of a number; None when the words are not one, or the number of none."""
    if not demande.numero:
        return None
    lignes = atlas.lire(
        "SELECT id FROM entreprise WHERE id = ?1 OR rna = ?1 ORDER BY id = ?1 DESC LIMIT 1", (demande.numero,)
    )
    if not lignes:
        return None
    return lire_entreprises(atlas, [(str(lignes[0][0]), "liste")], demande=Demande())[0]


def _zonages(atlas: Atlas, base: BaseSavoir, filtres: Filtres) -> Condition:
    zonages = base.de(Zonage)
    connus = {i: (z.titre, z.nom_court) for i, z in zonages.items()}
    fautes: list[Anomalie] = []
    vues_le = dates_des_sources(atlas.sources().values())
    parmi: dict[str, list[str]] = {}
    for id_ in trouver(filtres.zonages, "un zonage", connus, fautes):
        membres = lire_membres(atlas, zonages[id_], vues_le, filtres.au)
        if not membres.observe:
            fautes.append(
                Anomalie(
                    ou="",
                    message=f"« {zonages[id_].titre} » : l'atlas n'en connaît pas la liste au "
                    f"{date_longue(filtres.au)}.",
                    conseil="Non observé : on ne peut pas dire qui en est.",
                )
            )
        parmi.setdefault(membres.genre, []).extend(membres.codes)
    if fautes:
        raise ErreurUtilisateur("La recherche n'est pas comprise.", anomalies=fautes)
    inconnues = (("qpv", (("qpv_statut", ("inconnu",)),)),) if "qpv" in parmi else ()
    return Condition(parmi=tuple((g, tuple(sorted(set(c)))) for g, c in parmi.items()), inconnues=inconnues)


@lru_cache(maxsize=4)
def _lire_developpements(sigles: tuple[tuple[str, str], ...]) -> Developpements:
    return {decouper(sigle)[0]: tuple(decouper(suite)) for sigle, suite in sigles}


def _developpements(base: BaseSavoir) -> Developpements:
    """Acronyms of the knowledge base with their words."""
    nomenclature = base.de(Nomenclature).get("sigles")
    return _lire_developpements(tuple(nomenclature.libelles.items())) if nomenclature else {}
