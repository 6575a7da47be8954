"""Reference engine: one run, event by event, written to be read. The vector engine must equal it to the cent.

Inside a day, events are taken in the order of `Ordre`; the day's cash is its closing balance.
"""

from __future__ import annotations

import datetime as dt
import heapq
from collections import defaultdict
from collections.abc import Sequence
from itertools import count

from perenne.domain.tresorerie.dates import construire_grille, debuts_de_mois
from perenne.domain.tresorerie.echeances import Mobilisation, Ordre, PlanCompile, compte
from perenne.domain.tresorerie.flux import Statut
from perenne.domain.tresorerie.nombres import MILLION, interets, proportion
from perenne.domain.tresorerie.trajectoire import AGIOS, TVA, Mouvement, Trajectoire
from perenne.domain.tresorerie.tva import Declaration, declarations, indice_mois

UN_JOUR = dt.timedelta(days=1)
Action = tuple[str, int]


class _Deroulement:
    """State of a run."""

    def __init__(self, compile_: PlanCompile, tirage: Sequence[int], scenario: Statut) -> None:
        self.c = compile_
        self.plan = compile_.plan
        self.grille = construire_grille(self.plan.debut, self.plan.horizon_mois, "mois")
        self.scenario = scenario
        self.tirage = tirage
        self.solde = self.plan.tresorerie_initiale
        self.file: list[tuple[dt.date, Ordre, int, Action]] = []
        self.numero = count()
        self.journal: list[Mouvement] = []
        self.soldes: list[int] = []
        self.reglees: set[int] = set()
        self.reglements: dict[int, dt.date] = {}
        self.en_cours: dict[int, Mobilisation] = {}
        self.tva_du_mois: dict[int, int] = defaultdict(int)
        self.credit = self.plan.tva.credit_initial if self.plan.tva else 0
        self.remboursements_tva = 0
        self.declarations: tuple[Declaration, ...] = ()

    def prevoir(self, jour: dt.date, ordre: Ordre, action: Action) -> None:
        heapq.heappush(self.file, (max(jour, self.grille.debut), ordre, next(self.numero), action))

    def preparer(self) -> None:
        """Queue what is known from the start."""
        for rang, e in enumerate(self.c.echeances):
            if compte(e.statut, self.scenario):
                retard = self.tirage[e.loi_retard] if e.loi_retard >= 0 else 0
                ordre = Ordre.ENCAISSEMENT if self._hors_taxe(rang) >= 0 else Ordre.PAIEMENT
                self.reglements[rang] = max(e.jour + dt.timedelta(days=retard), self.grille.debut)
                self.prevoir(self.reglements[rang], ordre, ("echeance", rang))
        for rang, m in enumerate(self.c.mobilisations):
            if compte(m.statut, self.scenario):
                self.prevoir(m.jour, Ordre.MOBILISATION, ("mobilisation", rang))
                if m.limite:
                    self.prevoir(m.limite, Ordre.REMBOURSEMENT, ("remboursement", rang))
        if self.plan.tva:
            self.declarations = declarations(self.plan.tva, self.grille)
            for rang, d in enumerate(self.declarations):
                self.prevoir(d.jour, Ordre.PAIEMENT, ("declaration", rang))
        if self.plan.decouvert.taux:
            for debut in debuts_de_mois(self.grille.debut + UN_JOUR, self.grille.fin):
                if debut > self.grille.debut:
                    self.prevoir(debut, Ordre.AGIOS, ("agios", 0))

    def _hors_taxe(self, rang: int) -> int:
        e = self.c.echeances[rang]
        return e.montant(self.tirage[e.loi_part] if e.loi_part >= 0 else MILLION)

    def mouvement(
        self, jour: dt.date, ordre: Ordre, flux: str, cle: str, *, montant: int, tva: int = 0
    ) -> None:
        if montant == 0:
            return
        self.solde += montant
        self.journal.append(Mouvement(jour, ordre, flux, cle, montant, tva, self.solde))

    def echeance(self, jour: dt.date, ordre: Ordre, rang: int) -> None:
        e = self.c.echeances[rang]
        hors_taxe = self._hors_taxe(rang)
        tva = proportion(hors_taxe, e.tva)
        self.mouvement(jour, ordre, e.flux, e.cle, montant=hors_taxe + tva, tva=tva)
        if self.plan.tva and tva:
            retenue = proportion(tva, self.plan.tva.prorata) if e.ordre is Ordre.PAIEMENT else tva
            self.tva_du_mois[indice_mois(self.grille, jour)] += retenue
        self.reglees.add(rang)
        for m_rang, m in tuple(self.en_cours.items()):
            if m.cible == rang:
                # A claw-back is a payment: the advance is repaid after it.
                self.prevoir(jour, max(ordre, Ordre.REMBOURSEMENT), ("remboursement", m_rang))

    def mobilisation(self, jour: dt.date, ordre: Ordre, rang: int) -> None:
        m = self.c.mobilisations[rang]
        if m.cible in self.reglees or self.reglements.get(m.cible) == jour:
            return
        self.en_cours[rang] = m
        self.mouvement(jour, ordre, m.flux, "avance", montant=m.montant)
        self.mouvement(jour, Ordre.PAIEMENT, m.flux, "commission", montant=-m.commission)

    def remboursement(self, jour: dt.date, ordre: Ordre, rang: int) -> None:
        m = self.en_cours.pop(rang, None)
        if m is None:
            return
        self.mouvement(jour, ordre, m.flux, "remboursement", montant=-m.montant)
        self.mouvement(
            jour, ordre, m.flux, "interets", montant=-interets(m.montant * (jour - m.jour).days, m.taux)
        )

    def declaration(self, jour: dt.date, ordre: Ordre, rang: int) -> None:
        regime, d = self.plan.tva, self.declarations[rang]
        assert regime is not None
        du = sum(self.tva_du_mois.pop(m, 0) for m in d.mois) - self.credit
        if du >= 0:
            self.credit = 0
            self.mouvement(jour, ordre, TVA, "paiement", montant=-du)
            return
        self.credit = -du
        if d.remboursable and self.credit >= regime.seuil_remboursement:
            self.prevoir(d.remboursement, Ordre.ENCAISSEMENT, ("credit-tva", self.credit))
            self.remboursements_tva += self.credit
            self.credit = 0

    def derouler(self) -> Trajectoire:
        """Take the days one by one."""
        self.preparer()
        jour = self.grille.debut
        while jour <= self.grille.fin:
            while self.file and self.file[0][0] == jour:
                _, ordre, _, (sorte, rang) = heapq.heappop(self.file)
                if sorte == "agios":
                    self._agios(jour)
                elif sorte == "credit-tva":
                    self.remboursements_tva -= rang
                    self.mouvement(jour, ordre, TVA, "remboursement", montant=rang)
                else:
                    getattr(self, sorte)(jour, ordre, rang)
            self.soldes.append(self.solde)
            jour += UN_JOUR
        return Trajectoire(
            grille=self.grille,
            scenario=self.scenario,
            initial=self.plan.tresorerie_initiale,
            soldes=tuple(self.soldes),
            journal=tuple(self.journal),
            tva_restante=sum(self.tva_du_mois.values()) - self.credit - self.remboursements_tva,
            avances_restantes={m.flux: m.montant for m in self.en_cours.values()},
        )

    def _agios(self, jour: dt.date) -> None:
        """Interest on the closing balances of the month before."""
        veille = jour - UN_JOUR
        nombre = min(veille.day, len(self.soldes))
        negatifs = sum(-s for s in self.soldes[-nombre:] if s < 0)
        cout = interets(negatifs, self.plan.decouvert.taux)
        self.mouvement(jour, Ordre.AGIOS, AGIOS, f"{veille:%Y-%m}", montant=-cout)


def derouler(compile_: PlanCompile, tirage: Sequence[int], scenario: Statut) -> Trajectoire:
    """Run a compiled plan once.

    Args:
        compile_: the compiled plan.
        tirage: value of each law of the plan, days or millionths, in their order.
        scenario: money counted: `securise`, or with `probable`, or with `espere` too.
    """
    return _Deroulement(compile_, tirage, scenario).derouler()
