"""Gathers instalments and laws while a flow is compiled."""

from __future__ import annotations

import datetime as dt

from perenne.domain.tresorerie.alea import Loi
from perenne.domain.tresorerie.echeances import Echeance, Ordre, Poste, ValeurEnNature
from perenne.domain.tresorerie.flux import Flux, Statut


class Constructeur:
    """Accumulates what one flow becomes; laws are shared between its instalments.

    Attributes:
        fin: last day of the plan.
        premiere_loi: index, in the plan, of the first law of the flow.
    """

    def __init__(self, fin: dt.date, premiere_loi: int = 0) -> None:
        self.fin, self.premiere_loi = fin, premiere_loi
        self.echeances: list[Echeance] = []
        self.en_nature: list[ValeurEnNature] = []
        self._lois: dict[Loi, int] = {}

    @property
    def lois(self) -> tuple[Loi, ...]:
        """The laws, in the order of their index."""
        return tuple(self._lois)

    @staticmethod
    def incertain(loi: Loi | None) -> bool:
        """Whether a law leaves any doubt."""
        return loi is not None and (bool(loi.observes) or loi.minimum < loi.maximum)

    def loi(self, loi: Loi | None) -> int:
        """Index of a law, -1 when there is none."""
        if loi is None or not self.incertain(loi):
            return -1
        return self._lois.setdefault(loi, self.premiere_loi + len(self._lois))

    def recevoir(
        self,
        f: Flux,
        cle: str,
        jour: dt.date,
        *,
        fixe: int = 0,
        variable: int = 0,
        tva: int = 0,
        retard: Loi | None = None,
        part: Loi | None = None,
        poste: Poste = "produit",
        statut: Statut | None = None,
        acquis: dt.date | None = None,
    ) -> None:
        """Add a receipt (a claw-back when negative)."""
        self.echeances.append(
            Echeance(
                flux=f.id,
                cle=cle,
                jour=jour,
                fixe=fixe,
                variable=variable,
                tva=tva,
                ordre=Ordre.ENCAISSEMENT,
                poste=poste,
                statut=statut or f.statut,
                payeur=f.payeur,
                loi_retard=self.loi(retard),
                loi_part=self.loi(part),
                acquis=acquis,
            )
        )

    def payer(
        self,
        f: Flux,
        cle: str,
        jour: dt.date,
        montant: int,
        *,
        tva: int = 0,
        poste: Poste = "charge",
        retard: Loi | None = None,
        part: Loi | None = None,
    ) -> None:
        """Add a payment of `montant` cents (positive)."""
        self.echeances.append(
            Echeance(
                flux=f.id,
                cle=cle,
                jour=jour,
                variable=-montant,
                tva=tva,
                ordre=Ordre.PAIEMENT,
                poste=poste,
                statut=f.statut,
                payeur=f.payeur,
                loi_retard=self.loi(retard),
                loi_part=self.loi(part),
            )
        )
