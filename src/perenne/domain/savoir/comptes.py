"""Where accounts go: the mapping of a chart of accounts to the lines of the economic model."""

from __future__ import annotations

import datetime as dt

from perenne.domain.entreprise.postes import Poste
from perenne.domain.savoir.commun import Confiance, Source, fiche


@fiche
class AffectationCompte:
    """Accounts that begin with some digits go to a line; the longest beginning wins.

    Attributes:
        libelle: what the account is, in a few words.
        poste: where its balance goes.
        poste_inverse: where it goes when its balance is on the other side (a bank account overdrawn);
            None: it stays in `poste` and lowers it.
        note: what the reader must know (renumbered by a reform, read from the label).
        confiance: C when the number was not verified.
    """

    libelle: str
    poste: Poste
    poste_inverse: Poste | None = None
    note: str = ""
    confiance: Confiance = "B"


@fiche
class PlanComptable:
    """A chart of accounts, mapped.

    Attributes:
        racines: first digits of accounts → where they go.
        du: first day of the accounting years it applies to.
    """

    id: str
    titre: str
    resume: str
    du: dt.date | None = None
    racines: dict[str, AffectationCompte]
    verifie_le: dt.date | None = None
    sources: tuple[Source, ...]
