"""Activities of social utility: what ESS enterprises do, the needs they answer, and how to recognise them."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from perenne.domain.savoir.commun import Provenance, Ref, Source, Thematique, fiche

Specificite = Literal["elevee", "moyenne", "faible"]
"""How much the NAF code alone says about the activity."""


@fiche
class CodesNaf:
    """NAF rév. 2 codes: `coeur` are those usually held, `associes` those also met."""

    coeur: tuple[str, ...] = ()
    associes: tuple[str, ...] = ()
    specificite: Specificite = "faible"
    condition: str = ""


@fiche
class CodesWaldec:
    """Purpose codes of the national directory of associations. A weak signal, never a filter."""

    coeur: tuple[str, ...] = ()
    associes: tuple[str, ...] = ()


_APRES_UN_VIDE = re.compile(r"(\.\{0,\d+\})(?=[(a-z])")
"""A bounded gap followed by a word or by a choice of words."""


def au_debut_d_un_mot(motif: str) -> str:
    """The expression really searched for a pattern of the knowledge base: it must start a word.

    So must what follows a gap such as `.{0,40}`: `dons? .{0,15}velos?` would otherwise be found in "don de
    livres, développer". The end stays open, so that `recondition` finds "reconditionnement"; `\\b` at the end
    closes it.
    """
    par_mots = _APRES_UN_VIDE.sub(r"\1\\b", motif)
    return rf"\b(?:{par_mots})"


@fiche
class Motifs:
    """RE2 patterns searched in the normalised text (`perenne.domain.texte.normaliser`).

    Each is searched at the beginning of a word (`au_debut_d_un_mot`). RE2 has no look-ahead nor look-behind.

    Attributes:
        forts: one of them is enough, unless an `exclus` pattern is found too.
        faibles: they need a code that agrees.
        exclus: known confusions; one of them cancels the text evidence.
    """

    forts: tuple[str, ...]
    faibles: tuple[str, ...] = ()
    exclus: tuple[str, ...] = ()


@fiche
class Essais:
    """Short made-up texts which the strong patterns must detect, or must leave alone."""

    positifs: tuple[str, ...]
    negatifs: tuple[str, ...] = ()


@fiche
class Activite:
    """One activity of social utility.

    Attributes:
        besoins: needs under which the study's list puts it (empty when the activity is not in that list).
        besoins_proposes: other needs it can serve (the study says that an activity may serve several,
            without saying which).
        thematique: theme of the study (nomenclature `thematiques`); `provenance_thematique` tells whether
            the study or we put it there.
        monographie: case of the study devoted to it.
        finess: category codes of the health and social directory (nomenclature `finess`).
        typologies_inclusion: structure types of data·inclusion that by themselves tell the activity
            (nomenclature `typologies-inclusion`).
        services_inclusion: themes of the services of data·inclusion, and of the offer of third places, which
            show the activity (nomenclature `services-inclusion`): declared, so less sure than a type.
        bpe: equipment types of INSEE's permanent base (nomenclature `bpe`): any status, not only ESS.
        formes_porteuses, agrements, reseaux: legal forms often met, official approvals and labels, networks;
            a list to think with, not a condition.
        registres: open registers where such structures are listed (nomenclature `registres`), best first.
    """

    id: str
    titre: str
    definition: str
    besoins: tuple[Annotated[str, Ref("besoin")], ...] = ()
    besoins_proposes: tuple[Annotated[str, Ref("besoin")], ...] = ()
    thematique: Thematique
    provenance_thematique: Provenance
    monographie: Annotated[str, Ref("cas")] | None = None
    provenance: Provenance
    naf: CodesNaf
    waldec: CodesWaldec
    finess: tuple[str, ...] = ()
    typologies_inclusion: tuple[str, ...] = ()
    services_inclusion: tuple[str, ...] = ()
    bpe: tuple[str, ...] = ()
    registres: tuple[str, ...] = ()
    formes_porteuses: tuple[str, ...] = ()
    agrements: tuple[str, ...] = ()
    reseaux: tuple[str, ...] = ()
    motifs: Motifs
    essais: Essais
    note: str = ""
    source: Source

    @property
    def dans_liste_etude(self) -> bool:
        """Whether the study's list of needs and activities holds it; the others only have a monograph."""
        return bool(self.besoins)

    @property
    def besoins_servis(self) -> tuple[str, ...]:
        """Every need it serves, those of the study first."""
        return self.besoins + self.besoins_proposes
