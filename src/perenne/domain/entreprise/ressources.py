"""Where the money comes from: by kind, by payer, for how long, for what use; and what leaves with a payer."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from perenne.domain.entreprise.bilan import Bilan, Resultat
from perenne.domain.entreprise.concentration import herfindahl_avec_foules
from perenne.domain.entreprise.dossier import EN_NATURE, ActiviteEconomique, Ressource
from perenne.domain.entreprise.ratios import pourcent

MOIS_PLURIANNUEL = 24
PART_SIGNIFICATIVE = 10.0


@dataclass(frozen=True, kw_only=True)
class Part:
    """An amount in cents and its share in % of what it belongs to."""

    nom: str
    montant: int
    part: float
    nombre: int = 1


@dataclass(frozen=True, kw_only=True)
class Depart:
    """What happens if a payer leaves and nothing replaces it.

    Attributes:
        perte: what it brings in a year, in cents.
        resultat_apres: yearly result without it, expenses unchanged; None when the result is unknown.
        tresorerie_apres: net treasury after twelve months without it, in cents; None when unknown.
        mois_tenus: months until the cash is gone, monthly loss unchanged; None when it is never gone, or
            unknown.
        tient: True when the self-financing capacity stays at or above zero without it.
    """

    payeur: str
    perte: int
    part: float
    resultat_apres: int | None
    tresorerie_apres: int | None
    mois_tenus: float | None
    tient: bool | None


@dataclass(frozen=True, kw_only=True)
class Repartition:
    """Resources of a year. Money and in-kind are never added together.

    Attributes:
        argent: total money, cents; `en_nature` and `benevolat` apart.
        hhi, payeurs_effectifs: concentration by payer, 1/HHI; bounds when a crowd was not counted
            (`foules`); no effective number when uncounted crowds bring more than half of the money.
        hhi_postes, postes_effectifs: the same by kind of resource.
        pluriannuel: % of public money under an agreement of at least 24 months; None when unknown.
        libre: % of subsidies free of use, over those whose use is known; None when none is known.
        nature_ecrite: % of in-kind value under a written agreement.
    """

    argent: int
    en_nature: int
    benevolat: int
    postes: tuple[Part, ...]
    payeurs: tuple[Part, ...]
    foules: bool
    hhi: float | None
    payeurs_effectifs: float | None
    hhi_postes: float | None
    postes_effectifs: float | None
    pluriannuel: float | None
    libre: float | None
    nature_ecrite: float | None
    departs: tuple[Depart, ...]


def _cumuler(lignes: Sequence[Ressource], cle: Callable[[Ressource], str]) -> dict[str, list[int]]:
    """Amount and number of payers by key; a crowd not counted stays not counted."""
    cumul: dict[str, list[int]] = {}
    for ligne in lignes:
        montant, nombre = cumul.get(cle(ligne), [0, 1])
        foule = ligne.nombre if ligne.nombre != 1 else nombre
        cumul[cle(ligne)] = [montant + ligne.montant, foule]
    return cumul


def _parts(cumul: dict[str, list[int]], argent: int) -> tuple[Part, ...]:
    ordre = sorted(cumul.items(), key=lambda x: (-x[1][0], x[0]))
    return tuple(
        Part(nom=nom, montant=m, part=100 * m / argent if argent else 0.0, nombre=n) for nom, (m, n) in ordre
    )


def pluriannuelle(ressource: Ressource) -> bool:
    """Whether a signed agreement runs at least 24 months, both ends known."""
    debut, fin = ressource.debut_engagement, ressource.engage_jusqu_au
    if debut is None or fin is None:
        return False
    annee, rang = divmod(debut.month - 1 + MOIS_PLURIANNUEL, 12)
    # Last day of an agreement that starts on a 29th of February: the 28th of a common year counts.
    jour = min(debut.day, calendar.monthrange(debut.year + annee, rang + 1)[1])
    return fin + dt.timedelta(days=1) >= dt.date(debut.year + annee, rang + 1, jour)


def repartir(
    lignes: Sequence[Ressource], bilan: Bilan | None, resultat: Resultat | None, mois: int = 12
) -> Repartition:
    """Read the resources of one accounting year.

    Args:
        lignes: what each payer brings; amounts in cents.
        bilan, resultat: accounts of the same year, for the stress tests; None when unknown.
        mois: length of the year.
    """
    argent_lignes = [x for x in lignes if x.poste not in EN_NATURE]
    argent = sum(x.montant for x in argent_lignes)
    payeurs = _cumuler(argent_lignes, lambda x: x.payeur)
    postes = _cumuler(argent_lignes, lambda x: x.poste)
    hhi = herfindahl_avec_foules((m, n) for m, n in payeurs.values())
    hhi_postes = herfindahl_avec_foules((m, 1) for m, _ in postes.values())
    publics = [x for x in argent_lignes if x.nature == "public"]
    subventions = [x for x in argent_lignes if x.poste == "subventions" and x.fleche is not None]
    nature = [x for x in lignes if x.poste == "nature"]
    rangs = _parts(payeurs, argent)
    comptes = sum(p.montant for p in rangs if p.nombre)
    return Repartition(
        argent=argent,
        en_nature=sum(x.montant for x in nature),
        benevolat=sum(x.montant for x in lignes if x.poste == "benevolat"),
        postes=_parts(postes, argent),
        payeurs=rangs,
        foules=any(p.nombre == 0 for p in rangs),
        hhi=hhi,
        payeurs_effectifs=1 / hhi if hhi and 2 * comptes >= argent else None,
        hhi_postes=hhi_postes,
        postes_effectifs=1 / hhi_postes if hhi_postes else None,
        pluriannuel=_part(publics, pluriannuelle),
        libre=_part(subventions, lambda x: x.fleche is False),
        nature_ecrite=_part(nature, lambda x: x.ecrit is True) if _tous_sus(nature) else None,
        departs=tuple(simuler_depart(p, bilan, resultat, mois) for p in rangs if p.nombre == 1)[:3],
    )


def _tous_sus(lignes: Sequence[Ressource]) -> bool:
    return any(x.ecrit is not None for x in lignes)


def _part(lignes: Sequence[Ressource], condition: Callable[[Ressource], bool]) -> float | None:
    return pourcent(sum(x.montant for x in lignes if condition(x)), sum(x.montant for x in lignes))


def simuler_depart(payeur: Part, bilan: Bilan | None, resultat: Resultat | None, mois: int = 12) -> Depart:
    """Stress test: the payer leaves, nothing replaces it, no expense is cut.

    Yearly loss = self-financing capacity − what the payer brings; the cash lasts TN / (−loss) × 12 months.
    It is a question to put on the table, not a forecast: some expenses would be cut.

    Source: methode.md §2.4.
    """
    annuel = 12 / mois
    perte = round(payeur.montant * annuel)
    caf = round(resultat.caf * annuel) - perte if resultat else None
    tn = bilan.tn if bilan else None
    tenus = None
    if caf is not None and tn is not None and caf < 0:
        tenus = max(0.0, tn / -caf * 12)
    return Depart(
        payeur=payeur.nom,
        perte=perte,
        part=payeur.part,
        resultat_apres=round(resultat.resultat * annuel) - perte if resultat else None,
        tresorerie_apres=tn + caf if tn is not None and caf is not None else None,
        mois_tenus=tenus,
        tient=None if caf is None else caf >= 0,
    )


@dataclass(frozen=True, kw_only=True)
class Activites:
    """Activities by share of the income.

    Attributes:
        significatives: how many weigh at least 10 %.
        effectives: 1/HHI, in [1, number of activities]; None without income.
    """

    parts: tuple[Part, ...]
    significatives: int
    effectives: float | None


def lire_activites(lignes: Sequence[ActiviteEconomique]) -> Activites:
    """Shares and concentration of the activities of one accounting year."""
    cumul: dict[str, list[int]] = {}
    for ligne in lignes:
        cumul[ligne.nom] = [cumul.get(ligne.nom, [0, 1])[0] + ligne.produits, 1]
    ensemble = sum(m for m, _ in cumul.values())
    hhi = herfindahl_avec_foules((m, 1) for m, _ in cumul.values())
    parts = _parts(cumul, ensemble)
    return Activites(
        parts=parts,
        significatives=sum(p.part >= PART_SIGNIFICATIVE for p in parts),
        effectives=1 / hhi if hhi else None,
    )
