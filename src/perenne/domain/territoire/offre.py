"""Who answers each need and does each activity in a territory: counted, framed, compared, never one score.

Three layers, each inside the one before: any operator where a list names it, those of the ESS, those of the
ESS that employ. The choices are in ADR 0113.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from perenne.domain.territoire.mesures import Strate

Couche = Literal["tous", "ess", "employeurs"]
"""tous: of the ESS or not, where a list names operators. ess: verdict oui or probable, active. employeurs:
those of the ESS that employ there."""

COUCHES: tuple[Couche, ...] = get_args(Couche)
RANG_COUCHE: Mapping[Couche, int] = {c: i for i, c in enumerate(COUCHES, 1)}

StatutLecture = Literal["entier", "partiel", "non-observe"]
"""Whether all, some or none of the registers that feed a layer were read there. Only the last hides a number;
a partial one is « at least »."""

Jugement = Literal["moins", "comparable", "plus", "trop-petit", "sans-comparaison"]
Situation = Literal["sans-reponse", "sans-ess", "sans-employeur", "servi", "servi-hors-ess", "non-observe"]
"""sans-reponse: nobody was found. sans-ess: only operators out of the ESS, or not known to be of it.
sans-employeur: the ESS answers without employing. servi-hors-ess: somebody does, the ESS was not observed."""

SITUATIONS: tuple[Situation, ...] = get_args(Situation)


@dataclass(frozen=True, kw_only=True)
class Taux:
    """Operators for 10,000 inhabitants, with their exact 95 % interval."""

    valeur: float
    bas: float
    haut: float


@dataclass(frozen=True, kw_only=True)
class Groupe:
    """What the atlas publishes of the territories compared, this one included.

    Attributes:
        compares: territories of the stratum where the same registers were read.
        habitants, operateurs: their sums; an operator present in two of them counts in both.
        mediane, quartile_bas, quartile_haut: of their rates for 10,000 inhabitants.
    """

    compares: int
    habitants: int
    operateurs: int
    mediane: float
    quartile_bas: float
    quartile_haut: float


@dataclass(frozen=True, kw_only=True)
class Repere:
    """What a figure is compared with.

    Attributes:
        compares: territories of the group, itself included when it belongs to it.
        taux: rate of the others taken together, with its own interval.
        mediane, quartile_bas, quartile_haut: of the rates of the group.
    """

    compares: int
    taux: Taux
    mediane: float
    quartile_bas: float
    quartile_haut: float


@dataclass(frozen=True, kw_only=True)
class Chiffre:
    """One layer of one activity or need.

    Attributes:
        nombre: distinct operators whose activity is detected with a high or a medium confidence; None when
            the layer is not observed.
        faibles: operators that only weak clues point to, not in `nombre`.
        incertains: for a QPV, operators of its communes whose address cannot say whether they are in it.
        taux: None without a number or inhabitants; repere: None when nothing can be compared.
    """

    couche: Couche
    statut: StatutLecture
    nombre: int | None
    faibles: int = 0
    incertains: int = 0
    taux: Taux | None = None
    repere: Repere | None = None
    jugement: Jugement = "sans-comparaison"


@dataclass(frozen=True, kw_only=True)
class Ecartes:
    """Operators of the atlas left out of every count: closed, not to be shown, out of the three layers."""

    fermes: int = 0
    non_diffusibles: int = 0
    hors_champ: int = 0


@dataclass(frozen=True, kw_only=True)
class LigneOffre:
    """An activity or a need, in its three layers, the widest first.

    Attributes:
        sujet: identifier in the knowledge base.
        besoins: for an activity, the needs it serves.
        listes: registers of the knowledge base that could name any operator of it; lues: those read there.
    """

    sujet: str
    genre: Literal["besoin", "activite"]
    libelle: str
    etude: bool
    chiffres: tuple[Chiffre, ...]
    situation: Situation
    ecartes: Ecartes
    besoins: tuple[str, ...] = ()
    listes: tuple[str, ...] = ()
    lues: tuple[str, ...] = ()

    def chiffre(self, couche: Couche) -> Chiffre:
        """The figure of a layer."""
        return self.chiffres[RANG_COUCHE[couche] - 1]


@dataclass(frozen=True, kw_only=True)
class RegistreLu:
    """A register read, and where: départements of the territory; `sources` are data sets of the atlas."""

    registre: str
    departements: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Offre:
    """The whole supply of a territory.

    Attributes:
        habitants: denominator of the rates; None when not known (a QPV).
        departements: those over which the territory spreads.
        registres: what was read there; a register that is missing was not.
        besoins, activites: needs nobody answers first.
        empeche: why nothing may be said; empty otherwise.
    """

    habitants: int | None
    departements: tuple[str, ...]
    strate: Strate | None
    registres: tuple[RegistreLu, ...]
    besoins: tuple[LigneOffre, ...]
    activites: tuple[LigneOffre, ...]
    empeche: Literal["", "atlas-sans-offre", "arrondissement"] = ""

    @property
    def observee(self) -> bool:
        """Whether at least one figure is."""
        return any(x.situation != "non-observe" for x in self.besoins + self.activites)


def situer(chiffres: Collection[Chiffre]) -> Situation:
    """Who answers, from the figures of the three layers."""
    tous, ess, employeurs = sorted(chiffres, key=lambda c: RANG_COUCHE[c.couche])
    if ess.nombre is None:
        return "servi-hors-ess" if tous.nombre else "non-observe"
    if ess.nombre:
        return "sans-employeur" if employeurs.nombre == 0 else "servi"
    return "sans-ess" if tous.nombre else "sans-reponse"


def ordonner(lignes: Collection[LigneOffre]) -> tuple[LigneOffre, ...]:
    """What nobody answers first, then in the order given."""
    return tuple(sorted(lignes, key=lambda x: SITUATIONS.index(x.situation)))
