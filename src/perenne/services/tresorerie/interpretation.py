"""From what was read to a plan and its levers: everything is checked, everything wrong is said at once."""

from __future__ import annotations

from dataclasses import MISSING, dataclass, replace
from typing import Any

from perenne.domain.erreurs import Anomalie, ErreurUtilisateur
from perenne.domain.tresorerie.flux import Flux
from perenne.domain.tresorerie.levier import Levier, LevierInapplicable
from perenne.domain.tresorerie.leviers import appliquer
from perenne.domain.tresorerie.plan import Plan
from perenne.domain.tresorerie.verification import verifier
from perenne.reports.tresorerie.champs import VECTEURS, Champ, Feuille
from perenne.reports.tresorerie.feuilles_depenses import FEUILLES_FLUX, LEVIERS_
from perenne.reports.tresorerie.structure import STRUCTURE, plan_de
from perenne.services.tresorerie.lire_valeurs import ValeurIllisible, lire_valeur
from perenne.services.tresorerie.messages import dire_defaut, dire_levier
from perenne.services.tresorerie.saisie import Brut, Ligne, Saisie, nommer


@dataclass(frozen=True, kw_only=True)
class PlanLu:
    """A plan read from a file.

    Attributes:
        leviers: levers to compare, as written by the user.
        avis: what the user must know about the reading (formulas, sheets left aside).
    """

    plan: Plan
    leviers: tuple[Levier, ...] = ()
    avis: tuple[str, ...] = ()


def interpreter(saisie: Saisie, fichier: str) -> PlanLu:
    """Understand a file entirely, or refuse it entirely.

    Raises:
        ErreurUtilisateur: with every anomaly, each with its place.
    """
    fiches = saisie.lignes.get(STRUCTURE.cle, [])
    fiche = lire_objet(saisie, STRUCTURE, fiches[0]) if fiches else None
    if not fiches and not saisie.anomalies:
        saisie.refuser(
            STRUCTURE.titre,
            "la structure n'est pas décrite.",
            "Donnez au moins son nom, le premier jour et la trésorerie.",
        )
    places: dict[str, Ligne] = {}
    flux: list[Flux] = []
    for feuille in FEUILLES_FLUX:
        for ligne in saisie.lignes.get(feuille.cle, []):
            objet = lire_objet(saisie, feuille, ligne)
            if objet is not None:
                places.setdefault(objet.id, ligne)
                flux.append(objet)
                _doublon(saisie, places[objet.id], ligne, objet.id)
    leviers: list[Levier] = []
    lignes_leviers: dict[str, Ligne] = {}
    for ligne in saisie.lignes.get(LEVIERS_.cle, []):
        levier = lire_objet(saisie, LEVIERS_, ligne)
        if levier is not None:
            autre = places.get(levier.id) or lignes_leviers.get(levier.id)
            _doublon(saisie, autre or ligne, ligne, levier.id)
            lignes_leviers[levier.id] = ligne
            leviers.append(levier)
    if fiche is not None and not saisie.anomalies:
        plan = replace(plan_de(fiche), flux=tuple(flux))
        saisie.anomalies += _defauts(plan, fiches[0], places)
        if not saisie.anomalies:
            saisie.anomalies += _leviers_impossibles(plan, leviers, lignes_leviers)
        if not saisie.anomalies:
            return PlanLu(plan=plan, leviers=tuple(leviers), avis=tuple(saisie.avis))
    nombre = len(saisie.anomalies)
    raise ErreurUtilisateur(
        f"« {fichier} » ne peut pas être lu : {nombre} point{'s' if nombre > 1 else ''} à corriger, "
        f"rien n'a été repris.",
        anomalies=saisie.anomalies,
    )


def _doublon(saisie: Saisie, premiere: Ligne, ligne: Ligne, identifiant: str) -> None:
    if premiere is not ligne:
        saisie.refuser(
            ligne.place("id"),
            f"le nom court « {identifiant} » est déjà pris ({premiere.place('id')}).",
            "Donnez un nom différent à chaque ligne.",
        )


def lire_objet(saisie: Saisie, feuille: Feuille, ligne: Ligne) -> Any:
    """A line as a domain object; None when something in it is wrong."""
    valeurs: dict[str, Any] = {}
    avant = len(saisie.anomalies)
    for champ in feuille.champs:
        brut = ligne.champs.get(champ.nom)
        if brut is None or brut == ():
            if feuille.defaut(champ) is MISSING:
                saisie.refuser(ligne.ou, f"{nommer(champ)} n'est pas rempli.")
            continue
        try:
            valeurs[champ.nom] = _vecteur(champ, brut) if isinstance(brut, tuple) else _simple(champ, brut)
        except _Refus as refus:
            saisie.refuser(refus.ou, f"{nommer(champ)} : {refus.message}", refus.conseil)
    return feuille.classe(**valeurs) if len(saisie.anomalies) == avant else None


class _Refus(Exception):
    def __init__(self, ou: str, message: str, conseil: str = "") -> None:
        super().__init__(message)
        self.ou, self.message, self.conseil = ou, message, conseil


def _simple(champ: Champ, brut: Brut) -> Any:
    try:
        if champ.genre in VECTEURS:
            raise ValeurIllisible("une liste est attendue ici.")
        return lire_valeur(champ, brut)
    except ValeurIllisible as erreur:
        raise _Refus(brut.ou, erreur.message, erreur.conseil) from None


def _vecteur(champ: Champ, bruts: tuple[Brut, ...]) -> tuple[Any, ...]:
    if champ.genre not in VECTEURS:
        raise _Refus(bruts[0].ou, "une seule valeur est attendue ici.")
    if len(bruts) > champ.nombre:
        raise _Refus(bruts[champ.nombre].ou, f"{champ.nombre} valeurs au plus sont attendues ici.")
    valeurs = []
    for brut in bruts:
        if brut.valeur is None:
            raise _Refus(
                brut.ou,
                "une valeur manque avant celle qui suit.",
                "Remplissez les colonnes de gauche à droite.",
            )
        try:
            valeurs.append(lire_valeur(champ, brut))
        except ValeurIllisible as erreur:
            raise _Refus(brut.ou, erreur.message, erreur.conseil) from None
    return tuple(valeurs)


def _defauts(plan: Plan, fiche: Ligne, places: dict[str, Ligne]) -> list[Anomalie]:
    """The defects of the plan, each at the place of its field."""
    anomalies = []
    for defaut in verifier(plan):
        if defaut.code == "id-double":
            continue  # already said, with both places
        ligne = places.get(defaut.flux, fiche)
        champ = defaut.champ.replace(".", "_") if not defaut.flux else defaut.champ
        message, conseil = dire_defaut(defaut)
        anomalies.append(Anomalie(ou=ligne.place(champ), message=message, conseil=conseil))
    return anomalies


def _leviers_impossibles(plan: Plan, leviers: list[Levier], lignes: dict[str, Ligne]) -> list[Anomalie]:
    anomalies = []
    for levier in leviers:
        ligne = lignes[levier.id]
        try:
            defauts = verifier(appliquer(plan, levier))
        except LevierInapplicable as erreur:
            message, conseil = dire_levier(erreur)
            anomalies.append(Anomalie(ou=ligne.place(erreur.champ), message=message, conseil=conseil))
            continue
        for defaut in defauts:
            message, conseil = dire_defaut(defaut)
            anomalies.append(
                Anomalie(
                    ou=ligne.ou, message=f"ce levier rend le plan impossible : {message}", conseil=conseil
                )
            )
    return anomalies
