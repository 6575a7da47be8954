"""What the indicators say of the needs of the study, with the evidence, never as a ranking of territories."""

from __future__ import annotations

from collections.abc import Iterable

from perenne.domain.savoir.activites import Activite
from perenne.domain.savoir.besoins import Besoin
from perenne.domain.territoire.mesures import Lecture
from perenne.domain.territoire.resultat import (
    SEUIL_MARQUE,
    SEUIL_PRESENT,
    ActiviteProposee,
    BesoinLu,
    NiveauBesoin,
)

_ORDRE: dict[NiveauBesoin, int] = {"marque": 0, "present": 1, "non-marque": 2, "non-documente": 3}


def lire_besoins(
    besoins: Iterable[Besoin], activites: Iterable[Activite], lectures: Iterable[Lecture]
) -> tuple[BesoinLu, ...]:
    """Read each need against the indicators that document it.

    Args:
        besoins: the needs of the knowledge base.
        activites: what answers them.
        lectures: readings of the territory.

    Returns:
        Every need, the most documented first: by level, then by number of proofs, then by identifier.
    """
    toutes, lues = tuple(activites), tuple(lectures)
    resultat = [_lire(b, toutes, lues) for b in besoins]
    return tuple(
        sorted(
            resultat,
            key=lambda b: (
                _ORDRE[b.niveau],
                -sum(1 for p in b.preuves if (p.fragilite or 0) >= SEUIL_MARQUE),
                -len(b.preuves),
                b.besoin,
            ),
        )
    )


def _lire(besoin: Besoin, activites: tuple[Activite, ...], lectures: tuple[Lecture, ...]) -> BesoinLu:
    pourquoi = {
        x.indicateur.id: d.pourquoi for x in lectures for d in x.indicateur.besoins if d.besoin == besoin.id
    }
    comparees = [x for x in lectures if x.indicateur.id in pourquoi and x.fragilite is not None]
    preuves = sorted((x for x in comparees if pointe(x)), key=lambda x: -(x.fragilite or 0.0))
    niveau: NiveauBesoin
    if not comparees:
        niveau = "non-documente"
    elif not preuves:
        niveau = "non-marque"
    else:
        niveau = "marque" if (preuves[0].fragilite or 0) >= SEUIL_MARQUE else "present"
    observes = {x.indicateur.id for x in comparees}
    return BesoinLu(
        besoin=besoin.id,
        libelle=besoin.titre,
        etude=besoin.provenance == "etude",
        niveau=niveau,
        preuves=tuple(preuves),
        autres=tuple(x for x in comparees if x not in preuves),
        pourquoi=pourquoi,
        activites=tuple(
            ActiviteProposee(id=a.id, libelle=a.titre)
            for a in sorted(activites, key=lambda a: (besoin.id not in a.besoins, a.titre))
            if besoin.id in a.besoins_servis
        ),
        manque=tuple(
            f"{i.libelle} ({i.producteur})" for i in besoin.indicateurs if i.indicateur not in observes
        ),
    )


def pointe(lecture: Lecture) -> bool:
    """Whether a reading points to a need: strictly more fragile than the median of the stratum."""
    if lecture.fragilite is None or lecture.mesure.valeur is None or lecture.mediane is None:
        return False
    return lecture.fragilite > SEUIL_PRESENT and lecture.mesure.valeur != lecture.mediane
