"""36 months × 10,000 draws × 60 flows: time and memory of the vector engine, ratio to the plain-Python
loop."""

from __future__ import annotations

import datetime as dt
import resource
import sys
import time

from perenne.domain.tresorerie.alea import tirer
from perenne.domain.tresorerie.compilation import compiler
from perenne.domain.tresorerie.dates import Duree
from perenne.domain.tresorerie.flux import Flux, OperationUE, Subvention, Ventes
from perenne.domain.tresorerie.flux_depenses import Charge, Relais, Salaires
from perenne.domain.tresorerie.machine import construire
from perenne.domain.tresorerie.monte_carlo import estimer
from perenne.domain.tresorerie.plan import Decouvert, Plan, RegimeTva
from perenne.domain.tresorerie.reference import derouler
from perenne.domain.tresorerie.vecteur import etendre, soldes_quotidiens

DEBUT, FIN = dt.date(2027, 1, 1), dt.date(2029, 12, 31)
TIRAGES, BOUCLE = 10_000, 50
SECONDES_MAX, MEMOIRE_MAX_MO = 1.0, 500


def plan_de_mesure() -> Plan:
    """Sixty flows, most of them monthly and uncertain, with VAT, overdraft interest and relays."""
    flux: list[Flux] = []
    for n in range(20):
        flux.append(
            Ventes(
                id=f"v{n}",
                annuel=1_200_000 + n,
                debut=DEBUT,
                fin=FIN,
                tva=2000 if n % 2 else 0,
                delai=Duree(jours=30),
                delai_min=Duree(jours=10),
                delai_max=Duree(jours=90),
                part_min=7000,
                part_max=12_000,
            )
        )
        flux.append(
            Charge(
                id=f"c{n}",
                montant=60_000,
                debut=DEBUT,
                jour=1 + n,
                tva=2000 if n % 2 else 0,
                part_min=9000,
                part_max=12_000,
            )
        )
    for n in range(5):
        flux.append(
            Salaires(id=f"p{n}", net=100_000, charges=45_000, debut=DEBUT, part_min=9500, part_max=11_000)
        )
    for n in range(12):
        notification = dt.date(2027 + n % 3, 1 + n % 12, 10)
        flux.append(
            Subvention(
                id=f"s{n}",
                montant=1_500_000,
                notification=notification,
                acompte=5000,
                acompte_delai=Duree(jours=60),
                acompte_delai_max=Duree(jours=180),
                solde_le=notification + dt.timedelta(days=365),
                delai=Duree(jours=90),
                delai_max=Duree(jours=240),
                part_min=8000,
            )
        )
    operation = OperationUE(
        id="ue",
        debut=DEBUT,
        fin=dt.date(2027, 12, 31),
        depenses=6_000_000,
        taux=10_000,
        avance=3000,
        delai_min=Duree(mois=9),
        delai_max=Duree(mois=30),
        part_min=8500,
    )
    relais = Relais(id="r", type="avance-publique", cible="ue", date=dt.date(2028, 1, 15), quotite=8000)
    dailly = Relais(
        id="d", type="dailly", cible="s3", date=dt.date(2027, 6, 1), quotite=8000, taux=600, commission=50
    )
    return Plan(
        structure="Mesure",
        debut=DEBUT,
        tresorerie_initiale=3_000_000,
        decouvert=Decouvert(plafond=500_000, taux=900),
        tva=RegimeTva(),
        flux=(*flux, operation, relais, dailly),
    )


def main() -> int:
    """Print the figures; 1 when a target is missed, in processor time: a busy machine changes nothing."""
    compile_ = compiler(plan_de_mesure())
    estimer(compile_, "espere", nombre=500, graine=1)  # warm up
    durees, calculs = [], []
    for _ in range(5):
        depart, debut_calcul = time.perf_counter(), time.process_time()
        resultat = estimer(compile_, "espere", nombre=TIRAGES, graine=1)
        durees.append(time.perf_counter() - depart)
        calculs.append(time.process_time() - debut_calcul)
    vecteur = min(calculs)
    memoire = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

    tirages = tirer(compile_.lois, BOUCLE, 1)
    depart = time.process_time()
    references = [derouler(compile_, tirages.colonne(k), "espere").soldes for k in range(BOUCLE)]
    boucle = (time.process_time() - depart) / BOUCLE * TIRAGES
    egaux = (soldes_quotidiens(construire(compile_, "espere"), etendre(tirages)) == references).all()

    compte = f"{len(compile_.plan.flux)} flux, {len(compile_.echeances)} échéances, {len(compile_.lois)} lois"
    print(f"plan : {compte}")
    mediane, rapport = sorted(durees)[2], boucle / vecteur
    print(
        f"moteur vectorisé : {vecteur:.2f} s de calcul pour {TIRAGES} tirages ({mediane:.2f} s à la montre)"
    )
    print(f"boucle Python : {boucle:.0f} s de calcul (extrapolé de {BOUCLE} tirages), rapport {rapport:.0f}")
    print(f"mémoire au plus haut : {memoire:.0f} Mo ; ruptures : {resultat.probabilite_rupture:.0%}")
    print(
        f"seuils : {SECONDES_MAX:.0f} s de calcul (une machine occupée n'y change rien), {MEMOIRE_MAX_MO} Mo"
    )
    print(f"égalité au centime sur {BOUCLE} tirages : {'oui' if egaux else 'NON'}")
    return 0 if vecteur < SECONDES_MAX and memoire < MEMOIRE_MAX_MO and egaux else 1


if __name__ == "__main__":
    sys.exit(main())
