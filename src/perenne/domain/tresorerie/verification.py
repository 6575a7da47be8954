"""What makes a plan unusable, as codes: all defects at once, the texts are written above."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from perenne.domain.tresorerie.compilation import compiler
from perenne.domain.tresorerie.dates import Duree
from perenne.domain.tresorerie.flux import Flux, FluxIncertain
from perenne.domain.tresorerie.plan import HORIZON_MAX, Plan, RegimeTva
from perenne.domain.tresorerie.verification_liens import defauts_liens

DOUZE = 12
CENT = 10_000
BORNES: dict[str, tuple[int, int]] = {
    **dict.fromkeys(("jour", "jour_net", "jour_charges"), (1, 31)),
    **dict.fromkeys(
        ("acompte", "avance", "rejet", "impayes", "modulation", "quotite", "probabilite", "tva", "taux",
         "resorption_debut", "resorption_fin", "commission", "majoration", "part_min"),
        (0, CENT),
    ),
    "part_max": (CENT, 10 * CENT),
    "occupation": (0, 2 * CENT),
    "duree_mois": (1, 600),
    "mensualites": (1, 120),
}  # fmt: skip
POSITIFS = frozenset(
    ("montant", "depenses", "annuel", "net", "charges", "cout", "subvention", "cout_mensuel",
    "valeur_mensuelle",
     "montant_par_etp", "etp", "frais", "avance_plafond", "plafond", "differe_mois")
)  # fmt: skip
MONTANT_MAX = 10_000_000_000_00


@dataclass(frozen=True, kw_only=True)
class Defaut:
    """One defect.

    Attributes:
        code: what is wrong.
        flux: id of the flow; empty for the plan itself.
        champ: field at fault.
        valeur: what was given, or the other thing concerned.
        borne: what was expected, when the code needs it.
    """

    code: str
    flux: str = ""
    champ: str = ""
    valeur: Any = None
    borne: Any = None


def verifier(plan: Plan) -> tuple[Defaut, ...]:
    """All defects of a plan; empty when it can be run."""
    defauts = [*_plan(plan)]
    for f in plan.flux:
        defauts += [*_valeurs(f), *_suites(f), *_incertitude(f)]
        taux_tva: int = getattr(f, "tva", 0)
        if plan.tva is None and taux_tva:
            defauts.append(Defaut(code="tva-sans-regime", flux=f.id, champ="tva"))
    defauts += [Defaut(code=c, flux=f, champ=champ, valeur=v) for c, f, champ, v in defauts_liens(plan)]
    return tuple(defauts) if defauts else tuple(_mobilisations(plan))


def _plan(plan: Plan) -> Iterator[Defaut]:
    if not plan.structure.strip():
        yield Defaut(code="vide", champ="structure")
    if not 1 <= plan.horizon_mois <= HORIZON_MAX:
        yield Defaut(
            code="hors-bornes", champ="horizon_mois", valeur=plan.horizon_mois, borne=(1, HORIZON_MAX)
        )
    if not 0 <= plan.securite_mois <= 100 * DOUZE:
        yield Defaut(
            code="hors-bornes", champ="securite_mois", valeur=plan.securite_mois, borne=(0, 100 * DOUZE)
        )
    d = plan.decouvert
    if d.plafond < 0:
        yield Defaut(code="negatif", champ="decouvert.plafond", valeur=d.plafond)
    if not 0 <= d.taux <= CENT:
        yield Defaut(code="hors-bornes", champ="decouvert.taux", valeur=d.taux, borne=(0, CENT))
    if d.du and d.au and d.au < d.du:
        yield Defaut(code="fin-avant-debut", champ="decouvert.au", valeur=d.au, borne=d.du)
    if plan.tva:
        yield from _tva(plan.tva)
    for identifiant, nombre in Counter(f.id for f in plan.flux).items():
        if nombre > 1:
            yield Defaut(code="id-double", flux=identifiant, champ="id", valeur=nombre)


def _tva(t: RegimeTva) -> Iterator[Defaut]:
    if not 1 <= t.jour <= 31:
        yield Defaut(code="hors-bornes", champ="tva.jour", valeur=t.jour, borne=(1, 31))
    if not 0 <= t.prorata <= CENT:
        yield Defaut(code="hors-bornes", champ="tva.prorata", valeur=t.prorata, borne=(0, CENT))
    if t.periodicite not in {"mois", "trimestre"}:
        yield Defaut(
            code="hors-liste", champ="tva.periodicite", valeur=t.periodicite, borne="mois, trimestre"
        )
    for champ in ("seuil_remboursement", "delai_remboursement_mois", "credit_initial"):
        valeur: int = getattr(t, champ)
        if valeur < 0:
            yield Defaut(code="negatif", champ=f"tva.{champ}", valeur=valeur)
    if any(not 1 <= m <= DOUZE for m in t.mois_remboursement):
        yield Defaut(code="mois-inconnu", champ="tva.mois_remboursement")


def _valeurs(f: Flux) -> Iterator[Defaut]:
    if not f.id.strip():
        yield Defaut(code="vide", champ="id")
    for champ in fields(f):
        valeur = getattr(f, champ.name)
        if isinstance(valeur, bool):
            continue
        if isinstance(valeur, int):
            if champ.name in POSITIFS and valeur < 0:
                yield Defaut(code="negatif", flux=f.id, champ=champ.name, valeur=valeur)
            elif champ.name in POSITIFS and valeur > MONTANT_MAX:
                yield Defaut(code="trop-grand", flux=f.id, champ=champ.name, valeur=valeur)
            bornes = BORNES.get(champ.name)
            if bornes and not bornes[0] <= valeur <= bornes[1]:
                yield Defaut(code="hors-bornes", flux=f.id, champ=champ.name, valeur=valeur, borne=bornes)
        elif (isinstance(valeur, Duree) and (valeur.mois < 0 or valeur.jours < 0)) or (
            isinstance(valeur, tuple) and any(isinstance(v, int) and v < 0 for v in valeur)
        ):
            yield Defaut(code="negatif", flux=f.id, champ=champ.name, valeur=valeur)


def _suites(f: Flux) -> Iterator[Defaut]:
    """Things that must come one after the other, lists that must fit."""
    for avant, apres in (
        ("debut", "fin"),
        ("du", "au"),
        ("debut", "retrait"),
        ("du", "premiere"),
        ("date", "au_plus_tard"),
    ):
        a, b = getattr(f, avant, None), getattr(f, apres, None)
        if (
            isinstance(a, dt.date)
            and isinstance(b, dt.date)
            and (b < a or (apres == "au_plus_tard" and b == a))
        ):
            yield Defaut(code="fin-avant-debut", flux=f.id, champ=apres, valeur=b, borne=a)
    saison = getattr(f, "saison", None)
    if saison is not None and (len(saison) != DOUZE or sum(saison) <= 0):
        yield Defaut(code="saison", flux=f.id, champ="saison", valeur=len(saison))
    if f.nature == "convention" and not 1 <= len(getattr(f, "montants", ())) <= 5:
        yield Defaut(code="annees", flux=f.id, champ="montants", valeur=len(getattr(f, "montants", ())))
    demandes, parts = getattr(f, "demandes", ()), getattr(f, "parts_demandees", ())
    if len(demandes) != len(parts):
        yield Defaut(
            code="demandes", flux=f.id, champ="parts_demandees", valeur=len(parts), borne=len(demandes)
        )
    if sum(parts) > CENT:
        yield Defaut(
            code="total-superieur", flux=f.id, champ="parts_demandees", valeur=sum(parts), borne=CENT
        )
    if any(not 1 <= m <= DOUZE for m in getattr(f, "mois_regularisation", ())):
        yield Defaut(code="mois-inconnu", flux=f.id, champ="mois_regularisation")
    if f.nature == "emprunt" and int(getattr(f, "differe_mois", 0)) >= int(getattr(f, "duree_mois", 1)):
        yield Defaut(code="differe", flux=f.id, champ="differe_mois", valeur=getattr(f, "differe_mois", 0))
    if f.nature == "marche" and getattr(f, "resorption_fin", 0) < getattr(f, "resorption_debut", 0):
        yield Defaut(code="resorption", flux=f.id, champ="resorption_fin")
    if f.statut == "securise" and getattr(f, "probabilite", None) is not None:
        yield Defaut(code="probabilite-securise", flux=f.id, champ="probabilite")


def _incertitude(f: Flux) -> Iterator[Defaut]:
    if not isinstance(f, FluxIncertain):
        return
    central: Duree | None = getattr(f, "delai", None)
    if central is not None:
        if f.delai_min and f.delai_min.en_jours() > central.en_jours():
            yield Defaut(code="delai-min", flux=f.id, champ="delai_min", valeur=f.delai_min, borne=central)
        if f.delai_max and f.delai_max.en_jours() < central.en_jours():
            yield Defaut(code="delai-max", flux=f.id, champ="delai_max", valeur=f.delai_max, borne=central)
    premier, plus_long = getattr(f, "acompte_delai", None), getattr(f, "acompte_delai_max", None)
    if premier and plus_long and plus_long.en_jours() < premier.en_jours():
        yield Defaut(code="delai-max", flux=f.id, champ="acompte_delai_max", valeur=plus_long, borne=premier)


def _mobilisations(plan: Plan) -> Iterator[Defaut]:
    """A receivable cannot be mobilised for more than it is worth, by all relays together."""
    compile_ = compiler(plan)
    totaux: dict[int, int] = defaultdict(int)
    for m in compile_.mobilisations:
        if m.cible >= 0:
            totaux[m.cible] += m.montant
            e = compile_.echeances[m.cible]
            if totaux[m.cible] > e.montant():
                yield Defaut(
                    code="creance-deux-fois",
                    flux=m.flux,
                    champ="cible",
                    valeur=totaux[m.cible],
                    borne=e.montant(),
                )
