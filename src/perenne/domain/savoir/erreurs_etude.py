"""What the study says that is wrong, out of date or inconsistent: kept, so that nobody propagates it."""

from __future__ import annotations

from typing import Literal

from perenne.domain.savoir.commun import Confiance, Source, fiche

NatureErreur = Literal["droit", "perime", "imprecision", "incoherence", "anachronisme", "graphie"]


@fiche
class ErreurEtude:
    """One statement of the study that must not be repeated as it stands.

    Attributes:
        titre: what it is about.
        nature: wrong in law, out of date, too loose, contradicted elsewhere, anachronistic, or a spelling.
        enonce: what the study says, rephrased.
        correction: what to say instead.
        portee: where it would matter in Pérenne.
        confiance: how far the correction was checked.
        source: where the statement stands in the study.
        sources_correction: what supports the correction.
    """

    id: str
    titre: str
    nature: NatureErreur
    enonce: str
    correction: str
    portee: str
    confiance: Confiance
    source: Source
    sources_correction: tuple[Source, ...] = ()
