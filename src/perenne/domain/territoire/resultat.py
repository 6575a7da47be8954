"""The diagnosis of a territory at a date: what services give and what reports render."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from perenne.domain.savoir.commun import Source
from perenne.domain.territoire.identite import Contour, Filiation, Rattachement, SourceCitee, Territoire
from perenne.domain.territoire.mesures import Lecture, LectureCget, Pair, Strate, Tendance
from perenne.domain.territoire.offre import Offre

StatutZonage = Literal["en-vigueur", "a-verifier", "a-venir", "termine", "non-observe"]
"""a-verifier: its end was announced, what followed was not seen. non-observe: the atlas holds no list of
it."""

NiveauBesoin = Literal["marque", "present", "non-marque", "non-documente"]
"""marque: an indicator beyond the upper quartile of the stratum. present: beyond the median. non-marque:
indicators observed,
none beyond the median. non-documente: no indicator observed here."""


@dataclass(frozen=True, kw_only=True)
class ZonageLu:
    """A zoning or a programme, read at the date.

    Attributes:
        zonage: identifier in the knowledge base; libelle, sigle: its names there.
        nature: zonage or programme, as the knowledge base says.
        statut: at the date asked.
        classement: detail (socle, plus, partiel…), empty when there is none; several when communes differ.
        libelles: names of the programme's territories or of the quarters, e.g. a QPV's name.
        du, au: period of the membership, ends included; None is open or not known.
        communes_couvertes, communes: how many of the communes are in it.
        part_population: share of the inhabitants living in a covered commune, in [0, 1]; None when
            populations are not known.
        reference: legal reference, as text; url: where to read it.
        confiance: A, B or C (C is shown "à vérifier").
    """

    zonage: str
    libelle: str
    sigle: str = ""
    nature: str = ""
    statut: StatutZonage
    classement: str = ""
    libelles: tuple[str, ...] = ()
    du: dt.date | None = None
    au: dt.date | None = None
    communes_couvertes: int = 0
    communes: int = 0
    part_population: float | None = None
    reference: str = ""
    url: str = ""
    confiance: str = ""
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class ActiviteProposee:
    """An activity of the study that answers a need; who does it here is in the supply of the diagnosis."""

    id: str
    libelle: str


@dataclass(frozen=True, kw_only=True)
class BesoinLu:
    """A need of the study, and what the indicators say of it here.

    Attributes:
        preuves: the readings that document it, the most fragile first.
        autres: indicators observed for this need that do not point to it here.
        manque: what data would document it, as the knowledge base lists them.
        pourquoi: by indicator, why it documents the need.
    """

    besoin: str
    libelle: str
    etude: bool = True
    niveau: NiveauBesoin
    preuves: tuple[Lecture, ...] = ()
    autres: tuple[Lecture, ...] = ()
    pourquoi: Mapping[str, str]
    activites: tuple[ActiviteProposee, ...] = ()
    manque: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ActionPrecedent:
    """What a public actor did for an enterprise of the study."""

    action: str
    libelle: str
    levier: str
    instrument: str
    acteur: str
    source: Source


@dataclass(frozen=True, kw_only=True)
class RaisonDistance:
    """One term of the distance to a precedent.

    Attributes:
        terme: zonage, densite, besoin, outre-mer or region.
        proche: whether it brings the precedent nearer.
        details: identifiers that explain it (zonings or needs in common, density classes…).
    """

    terme: str
    proche: bool
    details: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Precedent:
    """A case of the study near this territory, and why it is said to be near."""

    cas: str
    nom: str
    activite: str
    territoire: str
    thematique: str
    distance: float
    raisons: tuple[RaisonDistance, ...]
    besoins: tuple[str, ...]
    actions: tuple[ActionPrecedent, ...]
    source: Source


@dataclass(frozen=True, kw_only=True)
class ActeurCompetent:
    """A type of actor that may act on the documented needs.

    Attributes:
        nom: its name in this territory when it is known (« CC Portes de la Creuse »), else empty.
        role: what it may do here, from the knowledge base.
        besoins: documented needs it is competent for; empty when its competence is general.
    """

    acteur: str
    libelle: str
    nom: str = ""
    role: str = ""
    besoins: tuple[str, ...] = ()
    source: Source | None = None


@dataclass(frozen=True, kw_only=True)
class Suite:
    """A possible next step: an action of the study with its first step, and the precedents that show it.

    Attributes:
        acteurs: types of actors of the territory that may take it, named in `Diagnostic.acteurs`.
        precedents: names of the cases that show it.
    """

    action: str
    code: str
    libelle: str
    levier: str
    premier_pas: str
    acteurs: tuple[str, ...] = ()
    precedents: tuple[str, ...] = ()
    besoins: tuple[str, ...] = ()
    source: Source | None = None


@dataclass(frozen=True, kw_only=True)
class Diagnostic:
    """Everything the note of a territory says, without a sentence and without an overall score.

    Attributes:
        au: the date the diagnosis is read at.
        version_atlas: name of the atlas version read.
        composantes: the territories of a union; empty otherwise.
        rattachements: wider territories that contain it.
        densites: inhabitants by class of the density grid, for several communes.
        zonages: in force first, then to come, then ended.
        lectures: every indicator known, in the order of themes.
        pairs: the nearest comparable territories.
        besoins: the sixteen, the most documented first.
        offre: who answers them; None when it was not asked for.
        sources: data sets cited by what precedes.
        carte: outlines, empty when the atlas has none.
    """

    au: dt.date
    version_atlas: str
    territoire: Territoire
    composantes: tuple[Territoire, ...] = ()
    rattachements: tuple[Rattachement, ...] = ()
    filiations: tuple[Filiation, ...] = ()
    densites: Mapping[int, int]
    zonages: tuple[ZonageLu, ...] = ()
    strate: Strate
    lectures: tuple[Lecture, ...] = ()
    pairs: tuple[Pair, ...] = ()
    tendances: tuple[Tendance, ...] = ()
    cget: LectureCget
    besoins: tuple[BesoinLu, ...] = ()
    offre: Offre | None = None
    precedents: tuple[Precedent, ...] = ()
    acteurs: tuple[ActeurCompetent, ...] = ()
    suites: tuple[Suite, ...] = ()
    sources: tuple[SourceCitee, ...] = ()
    carte: tuple[Contour, ...] = ()

    @property
    def saillants(self) -> tuple[Lecture, ...]:
        """What weighs here: readings beyond the upper quartile of fragility, the most fragile first."""
        pesants = [x for x in self.lectures if x.fragilite is not None and x.fragilite >= SEUIL_MARQUE]
        return tuple(sorted(pesants, key=lambda x: -(x.fragilite or 0.0)))

    @property
    def atouts(self) -> tuple[Lecture, ...]:
        """What holds here: readings in the lower quartile of fragility, the least fragile first."""
        forts = [x for x in self.lectures if x.fragilite is not None and x.fragilite <= 100 - SEUIL_MARQUE]
        return tuple(sorted(forts, key=lambda x: x.fragilite or 0.0))

    def zonages_au(self, statut: StatutZonage) -> tuple[ZonageLu, ...]:
        """The zonings of that status."""
        return tuple(z for z in self.zonages if z.statut == statut)


SEUIL_MARQUE = 75.0
"""A reading at or beyond it is among the most fragile quarter of the stratum: our convention (ADR 0050)."""

SEUIL_PRESENT = 50.0
"""A reading beyond it is more fragile than the median of the stratum: our convention (ADR 0050)."""
