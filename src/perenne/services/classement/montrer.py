"""Show activities: on the screen, and as the pages of the reference."""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from perenne.domain.classement.mesures import Comptes
from perenne.domain.erreurs import ErreurUtilisateur
from perenne.domain.savoir.activites import Activite
from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.savoir.nomenclatures import Nomenclature
from perenne.reports.classement.page import Contexte, page_activite, page_sommaire
from perenne.services.savoir import obtenir_base

FICHIER_MESURES = "mesures.json"


@cache
def _mesures() -> Mapping[str, Any]:
    texte = (resources.files("perenne.pipeline.classement") / FICHIER_MESURES).read_text(encoding="utf-8")
    brut: Mapping[str, Any] = json.loads(texte)
    return brut


def comptes_mesures() -> dict[str, Comptes]:
    """Cross-validated counts of each activity, as kept with the code."""
    return {a: Comptes(*valeurs) for a, valeurs in _mesures()["activites"].items()}


def _contexte(base: BaseSavoir, activite: Activite) -> Contexte:
    nomenclatures = base.de(Nomenclature)

    def libelles(id_: str) -> Mapping[str, str]:
        return nomenclatures[id_].libelles if id_ in nomenclatures else {}

    provenance = _mesures()["provenance"]
    return Contexte(
        besoins={b.id: b.titre for b in base.besoins.values()},
        registres=libelles("registres"), naf=libelles("naf"), waldec=libelles("waldec"),
        types=libelles("typologies-inclusion"), services=libelles("services-inclusion"),
        comptes=comptes_mesures().get(activite.id), date=provenance["date"], nombre=provenance["nombre"],
    )  # fmt: skip


def montrer_activite(identifiant: str) -> str:
    """The page of one activity.

    Raises:
        ErreurUtilisateur: no activity has this identifier.
    """
    base = obtenir_base()
    activite = base.activites.get(identifiant)
    if activite is None:
        proches = difflib.get_close_matches(identifiant, list(base.activites), n=3)
        conseil = (
            f"Vouliez-vous dire : {', '.join(proches)} ?" if proches else "Liste : perenne activites montrer"
        )
        raise ErreurUtilisateur(f"Aucune activité ne s'appelle « {identifiant} ».", conseil=conseil)
    lignes = page_activite(activite, _contexte(base, activite)).split("\n\n")
    # The note for those who edit the file and the links between pages only make sense in the documentation.
    return "\n\n".join(p for p in lignes[:-1] if not p.startswith("<!--")) + "\n"


def lister() -> str:
    """Identifiers and titles."""
    return "".join(f"{a.id:40} {a.titre}\n" for a in obtenir_base().activites.values())


def pages_activites(savoir: Path) -> dict[str, str]:
    """Every generated page, by file name."""
    base = obtenir_base(savoir)
    pages = {f"{a.id}.md": page_activite(a, _contexte(base, a)) for a in base.activites.values()}
    return pages | {"README.md": page_sommaire(list(base.activites.values()), comptes_mesures())}
