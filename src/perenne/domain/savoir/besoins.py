"""The needs of a territory that social-and-solidarity-economy enterprises answer."""

from __future__ import annotations

from typing import Annotated, Literal

from perenne.domain.savoir.commun import Provenance, Ref, Source, Thematique, fiche

SensIndicateur = Literal["plus_haut", "plus_bas", "contexte"]
"""plus_haut: the higher the value, the greater the need; plus_bas: the reverse; contexte: says neither."""

StatutIndicateur = Literal["code_ou_jeu_vu", "connaissance_a_verifier"]
"""Whether the code or dataset was seen in a source, or is known and remains to be checked."""


@fiche
class IndicateurBesoin:
    """A figure that documents a need.

    Attributes:
        libelle: what is measured.
        unite: its unit, as displayed.
        maille: the finest geographic grain where it exists.
        producteur: who publishes it, and in which dataset.
        sens: which direction means more need.
        statut: how far the dataset was checked.
        indicateur: the indicator of the atlas that computes it; None while the atlas does not.
    """

    libelle: str
    unite: str
    maille: str
    producteur: str
    sens: SensIndicateur
    statut: StatutIndicateur
    indicateur: Annotated[str, Ref("indicateur")] | None = None


@fiche
class Besoin:
    """One need.

    Attributes:
        id: B01 to B15 in the order of the study, B16 our proposal.
        titre: the need, as an infinitive.
        resume: what lies behind it, in one or two sentences.
        thematiques: the themes of the study under which its activities fall; the study attaches themes to
            its sixteen cases only, so this is our reading.
        provenance: the study, or our proposal.
        indicateurs: what documents it.
        note: how to read the indicators together.
    """

    id: str
    titre: str
    resume: str
    thematiques: tuple[Thematique, ...]
    provenance: Provenance
    indicateurs: tuple[IndicateurBesoin, ...]
    source: Source
    note: str = ""
