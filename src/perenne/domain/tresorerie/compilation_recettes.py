"""Turn each kind of receipt into dated instalments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from perenne.domain.tresorerie.constructeur import Constructeur
from perenne.domain.tresorerie.dates import (
    ajouter_mois,
    debuts_de_mois,
    echeances_regulieres,
    fin_de_mois,
    jour_du_mois,
)
from perenne.domain.tresorerie.flux import (
    AidePoste,
    Convention,
    Dons,
    Marche,
    OperationUE,
    Recette,
    Subvention,
    Ventes,
)
from perenne.domain.tresorerie.lois import loi_acompte, loi_delai, loi_part
from perenne.domain.tresorerie.nombres import POINTS, proportion, quotient_arrondi

UN_JOUR = dt.timedelta(days=1)
DOUZE = 12


def subvention(c: Constructeur, f: Subvention) -> None:
    """First instalment certain in amount; the balance is what is finally due less what was paid."""
    acompte = proportion(f.montant, f.acompte)
    if acompte:
        c.recevoir(
            f,
            "acompte",
            f.acompte_delai.depuis(f.notification),
            fixe=acompte,
            retard=loi_acompte(f, f.acompte_delai, f.acompte_delai_max),
            acquis=f.notification,
        )
    if f.montant != acompte or c.incertain(loi_part(f)):
        c.recevoir(
            f,
            "solde",
            f.delai.depuis(f.solde_le),
            fixe=-acompte,
            variable=f.montant,
            retard=loi_delai(f, f.delai),
            part=loi_part(f),
            acquis=f.notification,
        )


def convention(c: Constructeur, f: Convention) -> None:
    """Each year: a first instalment on its anniversary, the balance after its last day."""
    for rang, montant in enumerate(f.montants, 1):
        debut = ajouter_mois(f.debut, DOUZE * (rang - 1))
        fin = ajouter_mois(f.debut, DOUZE * rang) - UN_JOUR
        acompte = proportion(montant, f.acompte)
        if acompte:
            retard = loi_acompte(f, f.acompte_delai, f.acompte_delai_max)
            c.recevoir(
                f,
                f"annee-{rang}-acompte",
                f.acompte_delai.depuis(debut),
                fixe=acompte,
                retard=retard,
                acquis=debut,
            )
        if montant != acompte or c.incertain(loi_part(f)):
            c.recevoir(
                f,
                f"annee-{rang}-solde",
                f.delai.depuis(fin),
                fixe=-acompte,
                variable=montant,
                retard=loi_delai(f, f.delai),
                part=loi_part(f),
                acquis=debut,
            )


def operation_ue(c: Constructeur, f: OperationUE) -> None:
    """Advance, claims while something is left, then the balance: aid accepted less what was paid."""
    aide = proportion(f.depenses, f.taux)
    avance = proportion(aide, f.avance)
    if f.avance_plafond is not None:
        avance = min(avance, f.avance_plafond)
    verse = avance
    if avance:
        c.recevoir(f, "avance", f.avance_delai.depuis(f.debut), fixe=avance, acquis=f.debut)
    retard = loi_delai(f, f.delai)
    for rang, (date, part) in enumerate(zip(f.demandes, f.parts_demandees, strict=False), 1):
        montant = min(proportion(aide, part), aide - verse)
        verse += montant
        if montant:
            c.recevoir(f, f"demande-{rang}", f.demande_delai.depuis(date), fixe=montant, acquis=f.debut)
    accepte = proportion(aide, POINTS - f.rejet)
    if accepte != verse or c.incertain(loi_part(f)):
        c.recevoir(
            f,
            "solde",
            f.delai.depuis(f.fin),
            fixe=-verse,
            variable=accepte,
            retard=retard,
            part=loi_part(f),
            acquis=f.debut,
        )


def aide_poste(c: Constructeur, f: AidePoste) -> None:
    """Twelfths of the agreed aid, then what the real occupation adds or takes back."""
    retard, part = loi_delai(f, f.delai), loi_part(f)
    mensuel_convenu = quotient_arrondi(f.etp * f.montant_par_etp, 100 * DOUZE)
    mensuel_du = proportion(mensuel_convenu, f.occupation)
    verse = du = du_annee = 0
    mois = tuple(debuts_de_mois(f.debut, f.fin))
    for rang, debut in enumerate(mois):
        fin = fin_de_mois(debut)
        c.recevoir(
            f, f"{debut:%Y-%m}", f.delai.depuis(fin), fixe=mensuel_convenu, retard=retard, acquis=debut
        )
        verse, du, du_annee = verse + mensuel_convenu, du + mensuel_du, du_annee + mensuel_du
        bilan = debut.month == DOUZE or rang == len(mois) - 1
        if not (bilan or debut.month in f.mois_regularisation):
            continue
        if verse != du or c.incertain(part):
            jour = f.delai_bilan.depuis(fin) if bilan else f.delai.depuis(fin)
            cle = f"regularisation-{debut:%Y-%m}"
            c.recevoir(f, cle, jour, fixe=-verse, variable=du, retard=retard, part=part, acquis=debut)
        if bilan and f.modulation:
            c.recevoir(
                f,
                f"modulation-{debut:%Y}",
                f.delai_bilan.depuis(fin),
                variable=proportion(du_annee, f.modulation),
                retard=retard,
                part=part,
                acquis=debut,
            )
        verse = du = 0
        du_annee = 0 if bilan else du_annee


def marche(c: Constructeur, f: Marche) -> None:
    """Equal invoices at the end of each period (the last one adjusts), the advance taken back as work
    progresses."""
    retard, part = loi_delai(f, f.delai), loi_part(f)
    avance = proportion(f.montant, f.avance)
    if avance:
        c.recevoir(f, "avance", f.avance_delai.depuis(f.debut), fixe=avance, tva=f.tva, acquis=f.debut)
    if f.periodicite == "unique":
        fins = [f.fin]
    else:
        reguliers = echeances_regulieres(f.debut.replace(day=1), fin_de_mois(f.fin), f.periodicite, 1)
        suivants = list(reguliers)[1:]
        fins = [min(f.fin, j - UN_JOUR) for j in suivants] + [f.fin]
    facture = repris = 0
    for rang, fin in enumerate(fins, 1):
        montant = quotient_arrondi(f.montant * rang, len(fins)) - facture
        facture += montant
        reprise = _reprise(f, avance, facture) - repris
        repris += reprise
        c.recevoir(
            f,
            f"facture-{rang}",
            f.delai.depuis(fin),
            fixe=-reprise,
            variable=montant,
            tva=f.tva,
            retard=retard,
            part=part,
            acquis=fin,
        )


def _reprise(f: Marche, avance: int, facture: int) -> int:
    """Advance taken back when `facture` cents have been invoiced: from nothing to all between the two
    bounds."""
    if facture >= f.montant:
        return avance
    progres = facture * POINTS - f.resorption_debut * f.montant
    course = (f.resorption_fin - f.resorption_debut) * f.montant
    if course <= 0:
        return avance if progres >= 0 else 0
    return quotient_arrondi(avance * min(max(progres, 0), course), course)


def _saisonniers(f: Ventes | Dons, fin: dt.date) -> Iterator[tuple[dt.date, int]]:
    """Day and amount of each month; the twelve months of a year sum to the yearly amount exactly."""
    poids, cumul = f.saison, [0]
    for p in poids:
        cumul.append(cumul[-1] + p)
    for debut in debuts_de_mois(f.debut, fin):
        jour = jour_du_mois(debut.year, debut.month, f.jour)
        if not f.debut <= jour <= fin:
            continue
        m = debut.month
        montant = quotient_arrondi(f.annuel * cumul[m], cumul[-1]) - quotient_arrondi(
            f.annuel * cumul[m - 1], cumul[-1]
        )
        yield jour, montant


def ventes(c: Constructeur, f: Ventes) -> None:
    """Monthly sales less bad debt, received after the delay."""
    retard, part = loi_delai(f, f.delai), loi_part(f)
    for jour, montant in _saisonniers(f, f.fin):
        paye = proportion(montant, POINTS - f.impayes)
        c.recevoir(
            f,
            f"{jour:%Y-%m}",
            f.delai.depuis(jour),
            variable=paye,
            tva=f.tva,
            retard=retard,
            part=part,
            acquis=jour,
        )


def dons(c: Constructeur, f: Dons) -> None:
    """Monthly donations, received at once."""
    part = loi_part(f)
    for jour, montant in _saisonniers(f, f.fin):
        c.recevoir(f, f"{jour:%Y-%m}", jour, variable=montant, part=part)


def recette(c: Constructeur, f: Recette) -> None:
    """Other receipts."""
    retard, part = loi_delai(f, f.delai), loi_part(f)
    for jour in echeances_regulieres(f.debut, f.fin or c.fin, f.periodicite, f.jour):
        cle = "recette" if f.periodicite == "unique" else f"{jour:%Y-%m}"
        c.recevoir(f, cle, f.delai.depuis(jour), variable=f.montant, retard=retard, part=part, acquis=jour)
