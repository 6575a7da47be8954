"""Gathers instalments and laws while a plan is compiled."""

from __future__ import annotations

import datetime as dt

from perenne.domain.tresorerie.alea import Loi
from perenne.domain.tresorerie.echeances import Echeance, Mobilisation, Ordre, Poste, ValeurEnNature
from perenne.domain.tresorerie.flux import Flux, Statut
from perenne.domain.tresorerie.plan import Plan


class Constructeur:
    """Accumulates what the plan becomes; laws are shared between instalments of a flow."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.echeances: list[Echeance] = []
        self.mobilisations: list[Mobilisation] = []
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
        return self._lois.setdefault(loi, len(self._lois))

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
