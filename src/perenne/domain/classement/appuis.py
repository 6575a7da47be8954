"""Which activities the lists and the codes of a structure may speak for, found without trying them all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from perenne.domain.classement.registres import (
    REGISTRES_GENERAUX,
    REGISTRES_QUI_ETABLISSENT,
    code_naf,
    est_ess,
)
from perenne.domain.classement.types import Fiche
from perenne.domain.savoir.activites import Activite

Ids = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Appuis:
    """Activities by register (one that settles, or the best of the activity), category, type, theme and code.

    Attributes:
        naf: only codes that hardly anyone else in the social economy holds.
    """

    registres: Mapping[str, Ids]
    finess: Mapping[str, Ids]
    typologies: Mapping[str, Ids]
    services: Mapping[str, Ids]
    naf: Mapping[str, Ids]

    def possibles(self, fiche: Fiche, registres: Iterable[str]) -> set[str]:
        """Activities worth weighing whatever the words say."""
        trouves = {a for r in registres for a in self.registres.get(r, ())}
        trouves.update(a for c in fiche.finess for a in self.finess.get(c, ()))
        trouves.update(a for t in fiche.typologies for a in self.typologies.get(t, ()))
        trouves.update(a for s in fiche.services for a in self.services.get(s, ()))
        if (
            fiche.naf
            and (par_code := self.naf.get(code_naf(fiche.naf)))
            and est_ess(fiche.categorie_juridique)
        ):
            trouves.update(par_code)
        return trouves


def appuis_de(activites: Mapping[str, Activite]) -> Appuis:
    """The index of these activities."""
    connus = activites.values()
    return Appuis(
        registres=_indexer(
            [(r, a) for r, a in REGISTRES_QUI_ETABLISSENT.items() if a in activites]
            + [
                (a.registres[0], a.id)
                for a in connus
                if a.registres and a.registres[0] not in REGISTRES_GENERAUX
            ]
        ),
        finess=_indexer([(c, a.id) for a in connus for c in a.finess]),
        typologies=_indexer([(t, a.id) for a in connus for t in a.typologies_inclusion]),
        services=_indexer([(s, a.id) for a in connus for s in a.services_inclusion]),
        naf=_indexer([(c, a.id) for a in connus if a.naf.specificite == "elevee" for c in a.naf.coeur]),
    )


def _indexer(paires: Iterable[tuple[str, str]]) -> dict[str, Ids]:
    index: dict[str, list[str]] = defaultdict(list)
    for cle, activite in paires:
        if activite not in index[cle]:
            index[cle].append(activite)
    return {cle: tuple(ids) for cle, ids in index.items()}
