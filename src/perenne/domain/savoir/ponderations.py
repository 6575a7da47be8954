"""Weights of the criteria by type of territory and by sector: they order questions, and nothing else."""

from __future__ import annotations

from typing import Annotated, Literal

from perenne.domain.savoir.commun import Provenance, Ref, Source, fiche


@fiche
class PoidsCritere:
    """How early to ask about a criterion: 1 as usual, 2 early, 3 first; and why."""

    critere: Annotated[str, Ref("critere")]
    poids: Literal[1, 2, 3]
    motif: str


@fiche
class Ponderation:
    """Weights that apply to some territories or sectors.

    Attributes:
        territoire: code of a type of territory (rural, qpv, montagne…); empty when it goes by sector.
        activites: activities it applies to; empty when it goes by territory.
        poids: weights of a few criteria; the others keep 1.
    """

    id: str
    titre: str
    territoire: str = ""
    activites: tuple[Annotated[str, Ref("activite")], ...] = ()
    poids: tuple[PoidsCritere, ...]
    provenance: Provenance = "proposition"
    source: Source
