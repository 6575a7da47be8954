"""Sentences of the shared diagnosis, for an adviser and a treasurer who read it together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from perenne.domain.entreprise.diagnostic import Diagnostic
from perenne.domain.entreprise.dossier import ValeurChiffre
from perenne.domain.entreprise.economie import Economie
from perenne.domain.entreprise.profil import CritereLu, MesureLue
from perenne.domain.entreprise.reperes import LectureRepere
from perenne.domain.entreprise.ressources import Depart
from perenne.domain.savoir.criteres import Mesure
from perenne.domain.savoir.ressources import Ressource
from perenne.reports.entreprise.mots import AVIS, POSTES, RESSOURCES, ROLES
from perenne.reports.typographie import (
    accorder,
    avec_unite,
    composer,
    date_courte,
    date_longue,
    lister,
    nombre,
)

MOTS_AVIS: dict[str, str] = dict(AVIS)
MOTS_ROLES: dict[str, str] = dict(ROLES)
MOTS_RESSOURCES: dict[str, str] = dict(RESSOURCES)
MOTS_POSTES: dict[str, str] = {str(k): v for k, v in POSTES.items()}
CITES = 5
ARTICLES = {
    "entreprise": "l'entreprise", "elu": "l'élu", "agent": "l'agent", "conseiller": "le conseiller",
}  # fmt: skip


def euros(cents: int, *, signe: bool = False) -> str:
    """12 450 €: cents are rounded, the accounts keep them."""
    return avec_unite(cents / 100, "€", signe=signe)


def valeur_dite(valeur: ValeurChiffre | None, mesure: Mesure) -> str:
    """A figure with its unit, as it is read aloud."""
    if valeur is None:
        return ""
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    if isinstance(valeur, dt.date):
        return date_courte(valeur)
    if isinstance(valeur, str):
        return (mesure.choix or {}).get(valeur, valeur)
    if mesure.choix is not None:
        code = f"{valeur:g}"
        return f"{code} ({mesure.choix.get(code, '')})"
    fin = 2 if not mesure.unite else 1
    decimales = 0 if float(valeur).is_integer() or abs(valeur) >= 100 else fin
    unite = "€" if mesure.unite.startswith("EUR") else mesure.unite
    return avec_unite(valeur, unite, decimales)


def repere_dit(lecture: LectureRepere, ressources: Mapping[str, Ressource]) -> str:
    """A benchmark with its label: repère and who publishes it, or our proposal."""
    r = lecture.repere
    if r.type == "proposition":
        return composer(f"Proposition : {r.texte}")
    millesime = f" ({r.millesime})" if r.millesime else ""
    source = f" [{source_dite(ressources[r.source.document])}]" if r.source else ""
    return composer(f"Repère{millesime} : {r.texte}{source}")


def source_dite(ressource: Ressource) -> str:
    """Who publishes a document, or its title when nobody signs it."""
    return ressource.auteur or ressource.titre


def mesure_dite(lue: MesureLue) -> str:
    """A measure, what each one says of it and where it comes from; empty when nobody says anything."""
    dits = []
    if lue.calcule is not None:
        dits.append(f"{valeur_dite(lue.calcule, lue.mesure)} d'après les comptes {lue.exercice}")
    for c in lue.chiffres:
        dits.append(f"{valeur_dite(c.valeur, lue.mesure)} selon {_sujet(c.repondant)}")
    return composer(f"{lue.mesure.libelle} : {lister(dits)}") if dits else ""


def citer(criteres: Sequence[CritereLu]) -> str:
    """The titles of some criteria, the rest counted."""
    noms = [f"{c.critere.titre.lower()} ({c.critere.id})" for c in criteres[:CITES]]
    reste = len(criteres) - CITES
    return lister([*noms, accorder(reste, "autre critère", "autres critères")] if reste > 0 else noms)


def avis_dits(lu: CritereLu) -> str:
    """Who says what, with the reason given."""
    dits = []
    for r in lu.reponses:
        appuis = [_point(r.justification)] if r.justification else []
        appuis += [f"source : {_point(r.source)}"] if r.source else []
        raison = f" ({' ; '.join(appuis)})" if appuis else ""
        dit = "ne sait pas" if r.avis == "ne-sait-pas" else f"dit {MOTS_AVIS[r.avis]}"
        dits.append(f"{_sujet(r.repondant)} {dit}{raison}")
    return composer(" ; ".join(dits))


def nom_dit(repondant: str) -> str:
    """A respondent as it is read: the word of its role when its short name is one."""
    return MOTS_ROLES.get(repondant, repondant)


def _sujet(repondant: str) -> str:
    """A respondent as the subject of a sentence; a short name that is not a role is quoted."""
    return ARTICLES.get(repondant, f"« {repondant} »")


def _point(texte: str) -> str:
    return texte.strip().removesuffix(".")


def depart_dit(d: Depart) -> str:
    """What happens if a payer leaves."""
    dits = [f"{d.payeur} apporte {euros(d.perte)} par an, {avec_unite(d.part, '%')} de l'argent reçu"]
    if d.resultat_apres is not None:
        dits.append(
            f"sans lui et sans rien changer aux charges, le résultat serait de {euros(d.resultat_apres)}"
        )
    if d.tient:
        dits.append("l'activité continuerait de dégager de quoi payer")
    elif d.mois_tenus is not None:
        dits.append(
            "la trésorerie de fin d'exercice n'en couvrirait aucun mois"
            if d.mois_tenus == 0
            else f"la trésorerie serait épuisée en {nombre(d.mois_tenus, 1)} mois"
        )
    return composer(f"{' ; '.join(dits)}.")


def tresorerie_dite(e: Economie) -> str:
    """Cash, and where it is stuck, in words."""
    b, r = e.bilan, e.ratios
    if b is None:
        return ""
    mois = ""
    if r.tresorerie_mois is not None:
        mois = f", soit {nombre(r.tresorerie_mois, 1)} mois de charges"
    debut = f"Fin {e.exercice.clos_le.year}, la trésorerie nette est de {euros(b.tn)}{mois}"
    if b.tn < 0 <= b.frng:
        suite = (
            f" : les ressources stables dépassent l'équipement de {euros(b.frng)}, mais l'attente des "
            f"paiements "
            f"immobilise {euros(b.bfr)}. C'est un retard d'argent, pas un manque de fonds propres"
        )
    elif b.tn < 0:
        suite = f" : les ressources stables ne couvrent même pas l'équipement ({euros(b.frng)})"
    elif b.bfr > 0:
        suite = (
            f" ; l'attente des paiements immobilise {euros(b.bfr)} sur {euros(b.frng)} de fonds de roulement"
        )
    else:
        suite = f" ; l'activité est payée avant de payer ({euros(-b.bfr)} d'avance)"
    return composer(f"{debut}{suite}.")


def noms_repondants(diagnostic: Diagnostic) -> dict[str, str]:
    """Respondent → its role and function."""
    return {
        r.id: f"{nom_dit(r.id)}{f' ({r.fonction})' if r.fonction else ''}"
        for r in diagnostic.dossier.repondants
    }


def repondants_du_passage(diagnostic: Diagnostic) -> list[str]:
    """Respondents who answered in the last round, in their order."""
    if diagnostic.profil is None:
        return []
    presents = {r.repondant for c in diagnostic.profil.criteres() for r in c.reponses}
    return [r.id for r in diagnostic.dossier.repondants if r.id in presents]


def uniques(textes: Iterable[str]) -> tuple[str, ...]:
    """Without repetition, in order, empties dropped."""
    return tuple(dict.fromkeys(t for t in textes if t))


def engagements_qui_finissent(d: Diagnostic) -> tuple[str, ...]:
    """Agreements that have ended, or end within twelve months of the round, earliest first."""
    if not d.economies:
        return ()
    exercice = d.economies[-1].exercice.id
    jour = d.profil.passage.date if d.profil else d.au
    limite = jour + dt.timedelta(days=365)
    lignes = sorted(
        (r.engage_jusqu_au, r.payeur, r.montant)
        for r in d.dossier.ressources
        if r.exercice == exercice and r.engage_jusqu_au is not None and r.engage_jusqu_au <= limite
    )
    return tuple(
        composer(
            f"{payeur} : {euros(montant)} par an, "
            + (f"fini depuis le {date_longue(fin)}" if fin < jour else f"engagé jusqu'au {date_longue(fin)}")
        )
        for fin, payeur, montant in lignes
    )
