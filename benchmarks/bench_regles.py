"""Rules × dates answered per second with their explanation, beside the same rule written by hand in Python.

The hand-written function gives a bare answer: neither unknown facts, nor reason, nor article, nor period.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from decimal import Decimal
from itertools import product
from pathlib import Path

from perenne.domain.leviers.situation import SituationJuridique
from perenne.domain.leviers.statut import Statuts, statut_juridique
from perenne.domain.regles.faits import lire_faits
from perenne.domain.regles.memoire import Memoire
from perenne.domain.regles.moteur import evaluer_regle
from perenne.domain.savoir.base import BaseSavoir
from perenne.kb.chargement import lire_base
from perenne.kb.controles_regles import portee_de

RACINE = Path(__file__).resolve().parents[1]
DATES = [dt.date(annee, mois, 1) for annee in range(2015, 2029) for mois in (1, 7)]
ENTREPRISES = 2_000


def _duree(action: Callable[[], object], fois: int = 3) -> float:
    temps = []
    for _ in range(fois):
        debut = time.process_time()
        action()
        temps.append(time.process_time() - debut)
    return min(temps)


def dispense_a_la_main(objet: str, montant: Decimal, au: dt.date) -> bool | None:
    """The rule of purchases without procedure, as a programmer would write it."""
    if objet == "travaux":
        seuils = [
            (dt.date(2026, 1, 1), 100000),
            (dt.date(2020, 12, 9), 100000),
            (dt.date(2020, 7, 24), 70000),
        ]
        seuils += [(dt.date(2020, 1, 1), 40000), (dt.date(2019, 4, 1), 25000)]
    else:
        seuils = [(dt.date(2026, 4, 1), 60000), (dt.date(2020, 1, 1), 40000), (dt.date(2019, 4, 1), 25000)]
    for debut, seuil in seuils:
        if au >= debut:
            return montant < seuil
    return None


def _dispense(base: BaseSavoir) -> None:
    regle = base.regles["commande-publique/dispense-de-procedure"]
    cas = list(product(("services", "travaux"), map(Decimal, range(10_000, 110_000, 5_000)), DATES))
    memoire = Memoire(base.regles)
    ecarts = 0
    for objet, montant, au in cas:
        faits = {"objet_marche": objet, "montant_marche": montant}
        issue = evaluer_regle(regle, faits, au, base.regles).issue
        attendu = {True: "possible", False: "exclu", None: "a_verifier"}[
            dispense_a_la_main(objet, montant, au)
        ]
        ecarts += issue != attendu
    a_la_main = _duree(lambda: [dispense_a_la_main(*c) for c in cas])
    arbre = _duree(
        lambda: [
            evaluer_regle(regle, {"objet_marche": o, "montant_marche": m}, d, base.regles) for o, m, d in cas
        ]
    )
    retenu = _duree(
        lambda: [memoire.demander(regle.id, {"objet_marche": o, "montant_marche": m}, d) for o, m, d in cas]
    )
    n = len(cas)
    print(f"dispense de procédure, {n} situations, {ecarts} réponses différentes")
    print(f"  écrite à la main, réponse nue   {n / a_la_main:12,.0f} par seconde  (référence)")
    for nom, duree in (("règle, avec son explication  ", arbre), ("règle, réponse déjà connue   ", retenu)):
        print(f"  {nom}   {n / duree:12,.0f} par seconde  {duree / a_la_main:6.1f} fois plus")


def _toutes(base: BaseSavoir) -> None:
    portee = portee_de(base.fiches)
    situations = [
        (r, lire_faits(e.avec or {}, portee.faits)[0]) for r in base.regles.values() for e in r.exemples
    ]
    duree = _duree(
        lambda: [evaluer_regle(r, f, d, base.regles) for r, f in situations for d in DATES], fois=1
    )
    n = len(situations) * len(DATES)
    print(f"{len(base.regles)} règles × {len(DATES)} dates, {n} réponses : {n / duree:,.0f} par seconde")


def _statuts(base: BaseSavoir) -> None:
    memoire = Statuts(base.regles)
    formes = ("association", "scic", "scop", "fondation", "societe-commerciale")
    agrements = ("aucun", "ei", "aci", "ai")
    couples = [(base.actions[a], i) for i in base.instruments.values() for a in i.actions]

    def lot(debut: int, fin: int) -> None:
        for n in range(debut, fin):
            faits = {
                "forme_juridique": formes[n % 5],
                "agrement_iae": agrements[n % 4],
                "aide_a_activite_economique": n % 2 == 0,
                "creatrice_emploi": True,
            }
            situation = SituationJuridique(
                type_acteur="commune", faits=faits, au=DATES[-3], montant=Decimal(10_000 + 1_000 * (n % 50))
            )
            for action, instrument in couples:
                statut_juridique(action, instrument, situation, memoire)

    premier = _duree(lambda: lot(0, 1), fois=1)
    suite = _duree(lambda: lot(1, ENTREPRISES), fois=1) / (ENTREPRISES - 1)
    print(f"une entreprise, {len(couples)} couples action × instrument")
    print(f"  la première                     {1e3 * premier:8.2f} ms  (repère : 10 ms)")
    print(f"  les suivantes, en moyenne       {1e3 * suite:8.2f} ms")


def main() -> None:
    """Print the figures."""
    base = lire_base(RACINE / "knowledge")[0]
    _dispense(base)
    _toutes(base)
    _statuts(base)


if __name__ == "__main__":
    main()
