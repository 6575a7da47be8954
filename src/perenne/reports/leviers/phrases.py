"""The sentences of an advice: reasons, law, what would change it, precedents."""

from __future__ import annotations

from perenne.domain.leviers.contributions import Contribution
from perenne.domain.leviers.precedents import PrecedentAction, TermeDistance
from perenne.domain.leviers.sensibilite import Bascule, Changement
from perenne.domain.leviers.statut import StatutJuridique
from perenne.domain.leviers.treillis import Statut
from perenne.domain.leviers.voies import Voie
from perenne.domain.regles.evaluation import Valeur
from perenne.domain.regles.resultat import Resultat
from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.savoir.leviers import Intervenant
from perenne.reports.regles.mots import reference_lisible, valeur_lisible
from perenne.reports.typographie import composer, lister, minuscule, nombre

STATUTS: dict[Statut, str] = {
    "possible": "possible",
    "sous_condition": "possible sous condition",
    "a_verifier": "à vérifier",
    "exclu": "exclu",
}
ECHELLES = {"individuelle": "individuelle", "collective": "collective", "promotion": "promotion"}
ROLES = {"porte": "", "cofinance": "cofinance", "oriente": "oriente", "beneficie": "associé"}
STADES = {"oui": "convient", "avec_prudence": "convient avec prudence", "non": "à contretemps"}
_TERMES: dict[TermeDistance, tuple[str, str]] = {
    "acteur": ("même type d'acteur", "autre acteur"),
    "activite": ("activité proche", "autre activité"),
    "besoins": ("mêmes besoins", "autres besoins"),
    "forme": ("forme voisine", "autre forme"),
    "stade": ("même stade", "autre stade"),
    "zonages": ("territoire semblable", "autres zonages"),
}


def points(valeur: float) -> str:
    """Points with their sign: +3, −0,5."""
    return nombre(valeur, 0 if valeur == int(valeur) else 1, signe=True)


def dire_terme(terme: Contribution, base: BaseSavoir) -> str:
    """A reason and what it weighs."""
    return composer(f"{dire_raison(terme, base)} ({points(terme.points)})")


def dire_question(fait: str, base: BaseSavoir) -> tuple[str, str]:
    """What to ask, in a few words then in full: for a criterion, the question of the grid."""
    critere = base.criteres.get(fait.removeprefix("critere_").upper())
    if fait.startswith("critere_") and critere is not None:
        return f"{critere.titre} ({critere.id})", critere.question
    fiche = base.faits[fait]
    return fiche.libelle, fiche.question


def dire_raison(terme: Contribution, base: BaseSavoir) -> str:
    """A reason, without its points."""
    motif = terme.motif.rstrip(".")
    if terme.nature == "critere":
        critere = base.criteres[terme.cle]
        quoi = "manque" if terme.etat == "non" else "en partie"
        effet = "" if terme.points > 0 else "risque : "
        return f"{critere.titre} ({terme.cle}, {quoi}) : {effet}{minuscule(motif)}"
    if terme.nature == "stade":
        stade = minuscule(base.stades[terme.cle].titre) if terme.cle in base.stades else terme.cle
        suite = f" : {minuscule(motif)}" if motif else ""
        return f"{STADES[terme.etat].capitalize()} au stade « {stade} »{suite}"
    if terme.nature == "besoin":
        return f"Répond à un besoin relevé ici : {minuscule(base.besoins[terme.cle].titre)} ({terme.cle})"
    if terme.nature == "moyens":
        return "Aucun de ses outils ne fait partie des moyens déclarés"
    return motif


def dire_valeur(fait: str, valeur: Valeur, base: BaseSavoir) -> str:
    """A value as the reader knows it."""
    return valeur_lisible(valeur, base.faits.get(fait), base)


def _changement(c: Changement, base: BaseSavoir) -> str:
    fait = base.faits.get(c.fait)
    nom = minuscule(fait.libelle) if fait else c.fait
    apres = minuscule(dire_valeur(c.fait, c.apres, base))
    if c.avant is not None:
        return f"« {nom} » passait de {minuscule(dire_valeur(c.fait, c.avant, base))} à {apres}"
    if c.fait.startswith("critere_"):
        return f"le critère « {nom} », non renseigné, recevait la réponse « {apres} »"
    if isinstance(c.apres, bool):
        return f"« {nom} » se révélait {'vrai' if c.apres else 'faux'}"
    return f"« {nom} », non renseigné, valait {apres}"


def dire_bascule(bascule: Bascule, base: BaseSavoir) -> str:
    """What would be enough to move an action."""
    verbe = "Entrerait dans les premières" if bascule.sens == "entre" else "Sortirait des premières"
    return composer(f"{verbe} si {' et '.join(_changement(c, base) for c in bascule.changements)}")


def dire_statut(statut: StatutJuridique, base: BaseSavoir) -> str:
    """The legal status, its reason and its article."""
    motifs = [_motif(effet.resultat, base) for effet in statut.decisifs[:2]]
    if not motifs and statut.intervenant and statut.intervenant.condition:
        motifs.append(statut.intervenant.condition)
    if statut.sans_regle and not motifs:
        motifs.append("aucune règle de la base ne le borne")
    texte = STATUTS[statut.statut]
    return composer(f"{texte} — {' ; '.join(motifs)}" if motifs else texte)


def _motif(resultat: Resultat, base: BaseSavoir) -> str:
    """Why a rule says so; when facts are missing, only what it is about."""
    references = [reference_lisible(r, base.ressources) for r in resultat.references[:1]]
    article = f" ({references[0]})" if references else ""
    doute = ", texte non relu (confiance C)" if resultat.confiance == "C" else ""
    if len(resultat.retenus) == 1:
        return f"{resultat.cas[resultat.retenus[0]].cas.motif.rstrip('.')}{article}{doute}"
    return f"selon les réponses qui manquent : {minuscule(resultat.regle.titre)}{article}{doute}"


def dire_manques(statut: StatutJuridique, base: BaseSavoir, maximum: int = 3) -> str:
    """The questions that the law still asks."""
    questions = [base.faits[m].question if m in base.faits else m for m in statut.manquants[:maximum]]
    reste = len(statut.manquants) - maximum
    suite = f" (et {reste} autres)" if reste > 1 else " (et une autre)" if reste == 1 else ""
    return composer(" ".join(questions) + suite) if questions else ""


def dire_voie(voie: Voie) -> str:
    """An instrument in a list: its name, its part, its status."""
    part = voie.statut.intervenant
    role = ROLES[part.role] if part else ""
    precision = ", ".join(x for x in (role, STATUTS[voie.statut.statut]) if x)
    return composer(f"{minuscule(voie.instrument.titre)} ({precision})")


def dire_precedent(precedent: PrecedentAction, base: BaseSavoir) -> str:
    """A case, what it teaches, and what brings it near or keeps it away."""
    proches, loin = dire_ressemblance(precedent)
    fait = next((f for f in precedent.faits if f.acteur.types), precedent.faits[0])
    dit = precedent.enseignement or f"{fait.libelle} ({fait.acteur.libelle})."
    ressemblance = " ; ".join(x for x in (proches, f"mais {loin}" if loin else "") if x)
    return composer(f"{precedent.cas.nom} : {dit} [{ressemblance or 'ressemblance inconnue'}]")


def dire_ressemblance(precedent: PrecedentAction) -> tuple[str, str]:
    """What brings a case near, and what keeps it away; what cannot be read is in neither."""
    lus = [e for e in precedent.ecarts if e.lu]
    proches = lister(_TERMES[e.terme][0] for e in lus if e.proche)
    return proches, lister(_TERMES[e.terme][1] for e in lus if not e.proche)


def dire_autres(autres: tuple[Intervenant, ...], base: BaseSavoir) -> str:
    """Who else may act, and at which condition."""
    noms = []
    for part in autres:
        nom = minuscule(base.types_acteur[part.type].nom)
        role = ROLES[part.role]
        noms.append(f"{nom} ({role})" if role else nom)
    return composer(lister(noms))
