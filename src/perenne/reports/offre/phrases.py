"""The words of the supply: how many, of whom, against whom, and what was not read."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from perenne.domain.territoire.offre import (
    Chiffre,
    Couche,
    Jugement,
    LigneOffre,
    Offre,
    RegistreLu,
    Situation,
    Taux,
)
from perenne.domain.territoire.operateurs import Part
from perenne.reports.typographie import accorder, composer, lister, majuscule, minuscule, nombre

COUCHES: dict[Couche, str] = {
    "tous": "tous les opérateurs",
    "ess": "opérateurs de l’ESS",
    "employeurs": "employeurs de l’ESS",
}
JUGEMENTS: dict[Jugement, str] = {
    "moins": "moins que ses semblables",
    "comparable": "comparable à ses semblables",
    "plus": "plus que ses semblables",
    "trop-petit": "trop petit pour le dire",
    "sans-comparaison": "non comparé",
}
NETS: tuple[Jugement, ...] = ("plus", "comparable", "moins")
"""What is worth a word beside a figure where room is short."""

SITUATIONS: dict[Situation, str] = {
    "sans-reponse": "sans réponse repérée",
    "sans-ess": "sans réponse de l’ESS repérée",
    "sans-employeur": "sans employeur de l’ESS repéré",
    "servi": "une réponse de l’ESS",
    "servi-hors-ess": "une réponse, l’ESS non observée",
    "non-observe": "non observé",
}
PARTS: dict[Part, str] = {
    "comptes": "comptés",
    "faibles": "à vérifier : des indices faibles seulement",
    "incertains": "dans la commune, l’adresse ne dit pas s’ils sont dans le quartier",
    "ecartes": "écartés du compte",
}
ECARTS = {
    "ferme": "fermé ou dissous",
    "non-diffusible": "non diffusible",
    "hors-champ": "ni de l’ESS active, ni nommé par une liste",
}
REGISTRES = {
    "SIRENE": "Sirene",
    "RNA": "répertoire national des associations (RNA)",
    "SIAE": "liste des structures d’insertion (SIAE)",
    "DATA_INCLUSION": "data·inclusion",
    "TIERS_LIEUX_REC": "recensement des tiers-lieux",
}
CITES = 4
NON_OBSERVE = "non observé"
PAS_UN_ZERO = "cela ne veut pas dire qu’il n’y en a pas."


def dire_nombre(chiffre: Chiffre) -> str:
    """« 3 », « au moins 3 », « aucun repéré », « non observé »: a zero says that it is what was found."""
    if chiffre.nombre is None:
        return NON_OBSERVE
    if not chiffre.nombre:
        return "aucun repéré"
    return f"au moins {nombre(chiffre.nombre)}" if chiffre.statut == "partiel" else nombre(chiffre.nombre)


def dire_reponse(ligne: LigneOffre) -> str:
    """Who answers, in one phrase: « 6 opérateurs, dont 4 de l’ESS, dont 1 employeur »."""
    tous, ess, employeurs = ligne.chiffres
    dits = _reponse(tous, ess, employeurs)
    if ess.statut == "partiel" and not ess.nombre:
        dits += " (lecture partielle)"
    if tous.faibles or ess.faibles:
        dits += f" ; {nombre(max(tous.faibles, ess.faibles))} à vérifier"
    if ess.incertains or tous.incertains:
        dits += f" ; {nombre(max(tous.incertains, ess.incertains))} dans la commune, quartier non connu"
    return composer(dits)


def _reponse(tous: Chiffre, ess: Chiffre, employeurs: Chiffre) -> str:
    if ess.nombre is None:
        return _reponse_sans_ess(tous)
    if not ess.nombre:
        if tous.nombre:
            return f"{_au_moins(tous, 'opérateur')}, aucun connu de l’ESS"
        return "aucun opérateur repéré" if tous.nombre == 0 else "aucun opérateur de l’ESS repéré"
    emploi = _emploi(ess.nombre, employeurs.nombre)
    if tous.nombre and tous.nombre > ess.nombre:
        return f"{_au_moins(tous, 'opérateur')}, dont {nombre(ess.nombre)} de l’ESS{emploi}"
    return f"{_au_moins(ess, 'opérateur')} de l’ESS{emploi}"


def _reponse_sans_ess(tous: Chiffre) -> str:
    if tous.nombre is None:
        return NON_OBSERVE
    dits = _au_moins(tous, "opérateur") if tous.nombre else "aucun dans les listes lues"
    return f"{dits} (ESS non observée)"


def _emploi(ess: int, employeurs: int | None) -> str:
    if employeurs is None:
        return " (emploi non observé)"
    if employeurs == ess:
        return ", qui emploie" if ess == 1 else ", qui emploient tous"
    return f", dont {accorder(employeurs, 'employeur')}" if employeurs else ", aucun employeur"


def _au_moins(chiffre: Chiffre, nom: str) -> str:
    return ("au moins " if chiffre.statut == "partiel" else "") + accorder(chiffre.nombre or 0, nom)


def dire_taux(taux: Taux | None) -> str:
    """« 2,1 (0,4 à 6,2) », for 10,000 inhabitants; empty without a rate."""
    if taux is None:
        return ""
    return f"{dire_valeur(taux.valeur)} ({dire_valeur(taux.bas)} à {dire_valeur(taux.haut)})"


def dire_valeur(valeur: float) -> str:
    """Enough digits to tell two small rates apart, no more."""
    return nombre(valeur, 0 if valeur >= 100 or valeur == 0 else 1 if valeur >= 1 else 2)


def dire_groupe(chiffre: Chiffre) -> str:
    """« 1,8 ; médiane 1,2 (0 à 3,1) »: the others together, then the middle half."""
    repere = chiffre.repere
    if repere is None:
        return ""
    moitie = f"{dire_valeur(repere.quartile_bas)} à {dire_valeur(repere.quartile_haut)}"
    return f"{dire_valeur(repere.taux.valeur)} ; médiane {dire_valeur(repere.mediane)} ({moitie})"


def dire_jugement(chiffre: Chiffre) -> str:
    """What the interval allows to say; empty when nothing is compared."""
    return "" if chiffre.jugement == "sans-comparaison" else JUGEMENTS[chiffre.jugement]


def nommer(lignes: Sequence[LigneOffre], cites: int = CITES) -> str:
    """The first subjects by name, then how many more: nothing is cut in silence."""
    noms = [composer(minuscule(x.libelle)) for x in lignes]
    reste = len(noms) - cites
    return lister([*noms[:cites], accorder(reste, "autre")] if reste > 1 else noms)


def dire_offre(offre: Offre | None) -> str:
    """The answer: what nobody answers first; when nothing was observed, says that it is not a zero."""
    if offre is not None and offre.empeche == "arrondissement":
        return "Les entreprises sont rattachées à la commune, non à l’arrondissement : lisez son offre."
    if offre is None or not offre.observee:
        return (
            "L’offre des entreprises de l’économie sociale et solidaire (ESS) n’est pas encore observée dans "
            f"l’atlas : {PAS_UN_ZERO}"
        )
    dits = [_dire_situation(s, [x for x in offre.besoins if x.situation == s]) for s in SITUATIONS]
    return composer(" ".join(f"{majuscule(x)}." for x in dits if x))


_DITES: dict[Situation, str] = {
    "sans-reponse": "sans réponse repérée",
    "sans-ess": "sans opérateur de l’ESS repéré",
    "sans-employeur": "sans employeur de l’ESS repéré",
    "servi": "avec une réponse de l’ESS",
    "servi-hors-ess": "avec une réponse, l’ESS n’étant pas observée",
    "non-observe": "dont l’offre n’est pas observée",
}
_NOMMEES: tuple[Situation, ...] = ("sans-reponse", "sans-ess", "sans-employeur")


def _dire_situation(situation: Situation, besoins: Sequence[LigneOffre]) -> str:
    """« 2 besoins sans réponse repérée : … »; what is missing is named, what is there is counted."""
    if not besoins:
        return "aucun besoin observé ne reste sans réponse repérée" if situation == "sans-reponse" else ""
    noms = f" : {nommer(besoins)}" if situation in _NOMMEES else ""
    return f"{accorder(len(besoins), 'besoin')} {_DITES[situation]}{noms}"


def dire_lectures(offre: Offre) -> str:
    """What was read there, and what was not: the reader knows how far a zero is one."""
    lus = {r.registre: r for r in offre.registres}
    dits = [_registre(lus[r], offre.departements) for r in REGISTRES if r in lus]
    manquent = [nom for r, nom in REGISTRES.items() if r not in lus]
    texte = f"Lus ici : {lister(dits)}." if dits else "Aucun registre d’opérateurs n’a été lu ici."
    if manquent:
        texte += f" Non lus : {lister(manquent)}."
    return composer(texte)


def _registre(lu: RegistreLu, departements: Collection[str]) -> str:
    nom = REGISTRES.get(lu.registre, lu.registre)
    return (
        nom
        if set(lu.departements) == set(departements)
        else f"{nom} (départements {lister(lu.departements)})"
    )


def dire_ecartes(ligne: LigneOffre) -> str:
    """Who is left out of the counts, and why; empty when nobody is."""
    e = ligne.ecartes
    dits = [
        accorder(n, nom, pluriel)
        for n, nom, pluriel in (
            (e.fermes, "fermé", "fermés"),
            (e.non_diffusibles, "non diffusible", "non diffusibles"),
            (e.hors_champ, "hors champ", "hors champ"),
        )
        if n
    ]
    return lister(dits)


LEGENDE = (
    "« Tous » : de l’ESS, ou nommés par une liste qui couvre ces activités. « Employeurs » : ceux de l’ESS "
    "qui emploient ici. « À vérifier » : des indices faibles seulement, non comptés. Entre parenthèses "
    "après un taux, l’intervalle à 95 % qu’autorise un petit nombre. « Plus » ou « moins » : les intervalles "
    "ne se touchent pas, et le taux sort de la moitié centrale du groupe."
)
