"""The door to the diagnosis of a file, for the other features: levers, treasury, plans."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from perenne.domain.entreprise.profil import Profil
from perenne.domain.erreurs import ErreurUtilisateur
from perenne.services.entreprise.diagnostic import DiagnosticLu, diagnostiquer_lu
from perenne.services.entreprise.dossiers import DossierLu
from perenne.services.entreprise.rubriques import lire_rubriques, rubriques_de
from perenne.web.common.dates import aujourd_hui
from perenne.web.diagnostics.assemblage import assembler
from perenne.web.diagnostics.models import Passage
from perenne.web.dossiers.models import Dossier


def lire_dossier(dossier: Dossier, au: dt.date | None = None) -> DossierLu:
    """What is entered about the enterprise of a file, as if it had been read from a YAML file or a workbook.

    The result goes wherever a file read by `perenne diagnostic` goes:
    `services.entreprise.diagnostic.diagnostiquer_lu` for the diagnosis,
    `services.leviers.dossier.entreprise_du_diagnostic` for the enterprise that levers are recommended to,
    `domain.entreprise.economie.lire_economie(lu.dossier)` for the accounts that a treasury plan starts from.
    Nothing entered yet is not an error: the structure has its name, the rest is empty. Drafts (a reason
    without an answer, accounts that do not balance) are left out: `brouillons.lire_brouillons` lists them.
    Rights are the business of the caller (`espaces.droits.obtenir_dossier`).

    Args:
        au: the day of reading; today in Paris when None.

    Raises:
        ErreurUtilisateur: what is kept is no longer readable, because the knowledge base has changed since;
            every reason is given.
    """
    return lire_rubriques(assembler(dossier), dossier.nom, au or aujourd_hui())


def lire_rubriques_de(dossier: Dossier) -> dict[str, Any]:
    """The tables of a file written as an export writes them; as they are kept when they are not readable."""
    try:
        return rubriques_de(lire_dossier(dossier).dossier)
    except ErreurUtilisateur:
        return assembler(dossier)


def lire_profil(dossier: Dossier, passage: Passage) -> Profil | None:
    """The profile of one round: the others are left aside, so that it is the last one.

    Raises:
        ErreurUtilisateur: as `lire_dossier`.
    """
    jour = aujourd_hui()
    lu = lire_dossier(dossier, jour).dossier
    seul = replace(lu, passages=tuple(p for p in lu.passages if p.id == passage.nom))
    return diagnostiquer_lu(DossierLu(dossier=seul), jour).diagnostic.profil


def diagnostiquer_dossier(dossier: Dossier, au: dt.date | None = None) -> DiagnosticLu:
    """The diagnosis of a file, as `perenne diagnostic` makes it.

    Raises:
        ErreurUtilisateur: as `lire_dossier`.
    """
    jour = au or aujourd_hui()
    return diagnostiquer_lu(lire_dossier(dossier, jour), jour)
