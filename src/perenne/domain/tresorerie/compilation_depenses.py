"""Turn expenses, investments, loans and contributions in kind into dated instalments."""

from __future__ import annotations

import datetime as dt

from perenne.domain.tresorerie.constructeur import Constructeur
from perenne.domain.tresorerie.dates import ajouter_mois, debuts_de_mois, echeances_regulieres, jour_du_mois
from perenne.domain.tresorerie.echeances import ValeurEnNature
from perenne.domain.tresorerie.emprunt import amortir
from perenne.domain.tresorerie.flux_depenses import (
    AtelierRelais,
    Charge,
    Emprunt,
    EnNature,
    Investissement,
    Salaires,
)
from perenne.domain.tresorerie.lois import loi_delai, loi_part

TRIMESTRE = 3


def salaires(c: Constructeur, f: Salaires) -> None:
    """Net pay in month m; social charges of month m in month m+1, or after the quarter."""
    part = loi_part(f)
    charges = 0
    fin = f.fin or c.fin
    mois = tuple(debuts_de_mois(f.debut, fin))
    for rang, debut in enumerate(mois):
        jour = jour_du_mois(debut.year, debut.month, f.jour_net)
        if f.debut <= jour <= fin:
            c.payer(f, f"net-{debut:%Y-%m}", jour, f.net, poste="salaires", part=part)
            charges += f.charges
        derniere = rang == len(mois) - 1
        if f.charges_trimestrielles and debut.month % TRIMESTRE and not derniere:
            continue
        if charges:
            suivant = ajouter_mois(debut, 1)
            jour = jour_du_mois(suivant.year, suivant.month, f.jour_charges)
            c.payer(f, f"charges-{debut:%Y-%m}", jour, charges, poste="salaires", part=part)
            charges = 0


def charge(c: Constructeur, f: Charge) -> None:
    """Purchases and expenses."""
    retard, part = loi_delai(f, f.delai), loi_part(f)
    for jour in echeances_regulieres(f.debut, f.fin or c.fin, f.periodicite, f.jour):
        cle = "charge" if f.periodicite == "unique" else f"{jour:%Y-%m}"
        c.payer(f, cle, f.delai.depuis(jour), f.montant, tva=f.tva, retard=retard, part=part)


def investissement(c: Constructeur, f: Investissement) -> None:
    """The supplier first, the grant on proof."""
    c.payer(f, "achat", f.date, f.cout, tva=f.tva, poste="investissement")
    if f.subvention:
        c.recevoir(
            f,
            "subvention",
            f.delai.depuis(f.date),
            variable=f.subvention,
            retard=loi_delai(f, f.delai),
            part=loi_part(f),
            poste="investissement",
            statut=f.statut_subvention,
            acquis=f.date,
        )


def emprunt(c: Constructeur, f: Emprunt) -> None:
    """Drawdown and fees, then monthly payments."""
    c.recevoir(f, "deblocage", f.date, fixe=f.montant, poste="financement")
    if f.frais:
        c.payer(f, "frais", f.date, f.frais, poste="financement")
    for rang, mensualite in enumerate(amortir(f.montant, f.taux, f.duree_mois, f.differe_mois), 1):
        jour = ajouter_mois(f.date, rang)
        if mensualite.total:
            c.payer(f, f"mensualite-{rang}", jour, mensualite.total, poste="financement")


def atelier_relais(c: Constructeur, f: AtelierRelais) -> None:
    """Rents equal to the instalments of the public loan."""
    for rang, mensualite in enumerate(amortir(f.montant, f.taux, f.duree_mois), 1):
        c.payer(f, f"loyer-{rang}", ajouter_mois(f.date, rang), mensualite.total)


def en_nature(c: Constructeur, f: EnNature) -> None:
    """A value for memory until the withdrawal, a cost from it."""
    fin = f.fin or c.fin
    dernier = min(fin, f.retrait - dt.timedelta(days=1)) if f.retrait else fin
    for jour in echeances_regulieres(f.debut, dernier, "mois", f.jour):
        c.en_nature.append(ValeurEnNature(jour, f.valeur_mensuelle, f.statut, f.payeur))
    if f.retrait and f.cout_mensuel:
        for jour in echeances_regulieres(f.retrait, c.fin, "mois", f.jour):
            c.payer(f, f"retrait-{jour:%Y-%m}", jour, f.cout_mensuel)
