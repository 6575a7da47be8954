"""The answer in sentences that a treasurer and an élu read the same way."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from perenne.domain.tresorerie.analyse import Attente, Bilan
from perenne.domain.tresorerie.dates import JOURS_MOIS
from perenne.domain.tresorerie.effets import Effet
from perenne.domain.tresorerie.flux import Statut
from perenne.domain.tresorerie.monte_carlo import Incertitude
from perenne.domain.tresorerie.plan import Plan
from perenne.domain.tresorerie.recherche import COMBINAISON_MAX
from perenne.domain.tresorerie.resultat import Besoins, Resultat
from perenne.reports.typographie import accorder, composer, date_longue, lister, nombre

FINE = "\u202f"
SCENARIOS: dict[Statut, str] = {
    "securise": "scénario sécurisé",
    "probable": "scénario probable",
    "espere": "scénario espéré",
}


def euros(centimes: int) -> str:
    """Whole euros: 12 450 €."""
    return f"{nombre(centimes / 100)}{FINE}€"


def coussin_dit(plan: Plan, bilan: Bilan) -> str:
    """The cushion in words: « un mois de charges (24 369 €) »."""
    mois = plan.securite_mois
    quantite = "un" if mois == 100 else nombre(mois / 100, 0 if mois % 100 == 0 else 1)
    return f"{quantite} mois de charges ({euros(bilan.coussin)})"


def reponse(resultat: Resultat) -> str:
    """Does the treasury hold, when does it break, how much is missing."""
    return dire_bilan(resultat.plan, resultat.bilan())


def dire_bilan(plan: Plan, b: Bilan) -> str:
    """The same, of one scenario of a plan."""
    nom, coussin = SCENARIOS[b.scenario], coussin_dit(plan, b)
    creux = f"le {date_longue(b.jour_minimum)}"
    if b.premier_sous_coussin is None:
        return composer(
            f"La trésorerie tient dans le {nom} : au plus bas, {creux}, il reste {euros(b.minimum)}, "
            f"soit plus d{'’' if coussin.startswith('un ') else 'e '}{coussin}."
        )
    if b.premier_negatif is None:
        return composer(
            f"La trésorerie ne passe pas sous zéro dans le {nom}, mais au plus bas, {creux}, il ne reste que "
            f"{euros(b.minimum)} : il manque {euros(b.besoin_relais)} pour garder {coussin}."
        )
    decouvert = ""
    if plan.decouvert.plafond and b.rupture:
        decouvert = f" Le découvert autorisé est dépassé le {date_longue(b.rupture)}."
    elif plan.decouvert.plafond:
        decouvert = " Le découvert autorisé suffit à tenir."
    return composer(
        f"La trésorerie passe sous zéro le {date_longue(b.premier_negatif)} dans le {nom}.{decouvert} "
        f"Au plus bas, {creux}, elle est à {euros(b.minimum)} : il manque {euros(b.besoin_relais)} "
        f"pour garder {coussin}."
    )


def nature_du_probleme(resultat: Resultat) -> str:
    """A matter of dates, or a deficit; empty when cash never goes below zero."""
    b = resultat.bilan()
    if b.premier_negatif is None:
        return ""
    if b.reste_du_regle >= 0:
        return composer(
            f"Un décalage, pas un déficit : une fois versé tout ce qui est décidé ou gagné, il resterait "
            f"{euros(b.reste_du_regle)} au bout du plan."
        )
    return composer(
        f"Un déficit, pas seulement un décalage : même une fois versé tout ce qui est décidé ou gagné, "
        f"il manquerait "
        f"{euros(-b.reste_du_regle)} au bout du plan. Avancer de l'argent repousse la rupture sans la guérir."
    )


def autres_scenarios(resultat: Resultat) -> str:
    """What the other two scenarios change; they are never mixed with the secured one."""
    dits = []
    reperes = {(b.premier_negatif, b.minimum) for b in resultat.bilans}
    if len(reperes) == 1 and resultat.bilan().premier_negatif is not None:
        return composer("Le probable et l'espéré n'y changent rien : ils arrivent trop tard.")
    for b in resultat.bilans:
        if b.scenario == resultat.scenario:
            continue
        ajout = {"probable": "Si le probable arrive aussi", "espere": "Si l'espéré arrive aussi"}.get(
            b.scenario, "Avec le seul sécurisé"
        )
        if b.premier_negatif is None:
            dits.append(f"{ajout}, elle ne passe pas sous zéro (au plus bas {euros(b.minimum)}).")
        else:
            dits.append(
                f"{ajout}, elle passe sous zéro le {date_longue(b.premier_negatif)} (au plus bas "
                f"{euros(b.minimum)})."
            )
    return composer(" ".join(dits))


def par_payeur(attentes: Iterable[Attente]) -> list[tuple[str, int, dt.date]]:
    """Amount and last expected date of each payer, largest first."""
    totaux: dict[str, int] = defaultdict(int)
    derniers: dict[str, dt.date] = {}
    for a in attentes:
        nom = a.payeur or "payeur non précisé"
        totaux[nom] += a.montant
        derniers[nom] = max(a.jour, derniers.get(nom, a.jour))
    return sorted(((n, t, derniers[n]) for n, t in totaux.items()), key=lambda x: -x[1])


def argent_attendu(resultat: Resultat) -> str:
    """What is decided or earned at the lowest point and not yet paid."""
    groupes = par_payeur(resultat.attentes)
    if not groupes:
        return (
            "Au point bas, rien de ce qui est décidé ou gagné n'attend d'être payé : ce n'est pas un retard."
        )
    total = sum(montant for _, montant, _ in groupes)
    tete = lister(f"{nom} {euros(montant)}" for nom, montant, _ in groupes[:3])
    suite = " entre autres" if len(groupes) > 3 else ""
    return composer(
        f"Au point bas, {euros(total)} sont décidés ou gagnés et pas encore versés : {tete}{suite}."
    )


def signature_decisive(resultat: Resultat) -> str:
    """The unsigned receipt whose signature helps most; empty when none helps the secured scenario."""
    if not resultat.projets or resultat.projets[0].gain_signe <= 0:
        return ""
    p, socle = resultat.projets[0], resultat.bilan("securise")
    if socle.premier_sous_coussin is None:
        return ""
    libelle = next(f.libelle or f.id for f in resultat.plan.flux if f.id == p.flux)
    qui = f" ({p.payeur})" if p.payeur else ""
    suite = ""
    if socle.rupture is not None:
        suite = " et écarterait la rupture" if p.rupture_signe is None else ""
    return composer(
        f"Signer « {libelle} »{qui} relèverait à soi seul le point bas de {euros(p.gain_signe)}{suite}."
    )


def duree_dite(jours: int) -> str:
    """19 mois, 3 semaines, 2 jours."""
    if jours >= 45:
        return f"{nombre(jours / JOURS_MOIS)} mois"
    if jours >= 14:
        return f"{nombre(jours / 7)} semaines"
    return accorder(jours, "jour")


def nom_levier(effet: Effet) -> str:
    """The label that the user gave, or the short name."""
    return effet.levier.libelle or effet.levier.id


def effet_dit(effet: Effet, *, acteur: bool = True) -> str:
    """One lever in one sentence: what it changes, what it costs (and whom, when `acteur`)."""
    if effet.gain_point_bas == 0 and effet.jours_gagnes == 0:
        change = "ne change ni le point bas ni la date de rupture"
    else:
        verbe = "relève" if effet.gain_point_bas >= 0 else "abaisse"
        change = f"{verbe} le point bas de {euros(abs(effet.gain_point_bas))}"
        if effet.avant.rupture and effet.sans_rupture:
            change += " et écarte la rupture"
        elif effet.jours_gagnes > 0:
            change += f" et donne {duree_dite(effet.jours_gagnes)} de répit"
        elif effet.jours_gagnes < 0:
            change += f" et avance la rupture de {duree_dite(-effet.jours_gagnes)}"
    qui = f" ({effet.levier.acteur})" if acteur and effet.levier.acteur else ""
    return composer(f"{change}. Coût{qui} : {cout_dit(effet)}")


def cout_dit(effet: Effet) -> str:
    """What the lever costs its actor, in a few words after its name."""
    cout, nature = effet.cout, effet.levier.nature
    if not effet.levier.acteur:
        return "coût non calculé (acteur non précisé)"
    if nature in {"garantie", "atelier-relais"}:
        return f"engagement de {euros(cout.pointe)} au plus, sans dépense si tout est remboursé"
    avance = f"{euros(cout.pointe)} avancés au plus, tout revient"
    if abs(cout.net) < 100:
        return avance if cout.pointe else "aucune dépense pour lui"
    if cout.net < 0:
        return f"{avance}, avec {euros(-cout.net)} d'intérêts"
    if cout.nature == cout.net:
        return f"valeur de {euros(cout.net)} donnée en nature"
    return f"{euros(cout.net)} {'d’achats' if nature == 'commande-publique' else 'dépensés'}"


def _relais(b: Besoins) -> str:
    if not (b.date_relais and b.fin_relais):
        return ""
    periode = f"du {date_longue(b.date_relais)} au {date_longue(b.fin_relais)}"
    if b.relais is not None:
        return f"Ou un prêt relais sans intérêt de {euros(b.relais)} {periode}."
    return (
        f"Un prêt relais {periode} ne suffit pas, quel que soit son montant : "
        "une fois remboursé, le coussin manque encore."
    )


def _avance(b: Besoins, libelles: dict[str, str]) -> str:
    if b.creance is None or b.date_quotite is None:
        return ""
    nom = libelles[b.creance.flux]
    creance = f"« {nom} » ({euros(b.creance.montant)} attendus le {date_longue(b.creance.jour)})"
    if b.quotite is None:
        return f"L'avance de {creance}, même entière, ne suffit pas à elle seule."
    part = nombre(b.quotite / 100, 0 if b.quotite % 100 == 0 else 1)
    return f"Ou l'avance de {part} % de {creance} dès le {date_longue(b.date_quotite)}."


def _acompte(b: Besoins, libelles: dict[str, str]) -> str:
    if not b.acompte_flux:
        return ""
    nom = libelles[b.acompte_flux]
    if b.acompte_limite is None:
        return f"Verser plus tôt l'acompte de « {nom} » ne suffit pas, même dès la notification."
    limite = date_longue(b.acompte_limite)
    return f"Toutes choses égales par ailleurs, l'acompte de « {nom} » peut arriver jusqu'au {limite}."


def besoins_dits(resultat: Resultat) -> list[str]:
    """What would be enough to keep the cushion, found by search; each way that is not enough says so."""
    b: Besoins = resultat.besoins
    socle = resultat.bilan()
    if socle.premier_sous_coussin is None:
        return ["Rien n'est nécessaire : le coussin est tenu."]
    libelles = {f.id: f.libelle or f.id for f in resultat.plan.flux}
    apport = "Aucun apport ne suffit : le coussin manque dès le premier jour."
    if b.apport is not None:
        moins = socle.besoin_relais - b.apport
        pourquoi = (
            f" : {euros(moins)} de moins que le manque, les agios disparaissent" if moins >= 100 else ""
        )
        apport = f"Un apport définitif de {euros(b.apport)} au {date_longue(b.date_apport)}{pourquoi}."
    dits = [apport, _relais(b), _avance(b, libelles), _acompte(b, libelles)]
    if b.combinaison is not None:
        dits.append(_combinaison(resultat))
    return [composer(d) for d in dits if d]


def _combinaison(resultat: Resultat) -> str:
    combinaison = resultat.besoins.combinaison
    noms = {e.levier.id: nom_levier(e) for e in resultat.effets}
    parmi = ""
    if len(resultat.effets) > COMBINAISON_MAX:
        parmi = f" (les {COMBINAISON_MAX} plus utiles ont été essayés ensemble)"
    if combinaison is None or not combinaison.leviers:
        return f"Même tous ensemble, les leviers comparés ne suffisent pas à garder le coussin{parmi}."
    choix = [lister(f"« {noms[i]} »" for i in ids) for ids in combinaison.leviers[:3]]
    if len(combinaison.leviers[0]) == 1:
        return f"Un seul levier suffit{parmi} : {lister(choix, 'ou')}."
    taille = len(combinaison.leviers[0])
    return f"Il faut au moins {taille} leviers ensemble{parmi} : {' ; ou '.join(choix)}."


def incertitude_dite(i: Incertitude) -> str:
    """How often and when the treasury breaks."""
    fois = nombre(100 * i.probabilite_rupture, 0 if 0.01 <= i.probabilite_rupture <= 0.99 else 1)
    if not i.ruptures:
        return composer(f"{SCENARIOS[i.scenario]} : aucune rupture sur {nombre(i.tirages)} tirages")
    part = f"dans {fois} % des" if i.ruptures < i.tirages else "dans tous les"
    tot, milieu, tard = (date_longue(d) for d in i.dates_rupture)
    quand = (
        f"le {milieu}"
        if tot == tard
        else f"entre le {tot} et le {tard} huit fois sur dix, le {milieu} en médiane"
    )
    return composer(f"{SCENARIOS[i.scenario]} : rupture {part} {nombre(i.tirages)} tirages, {quand}")
