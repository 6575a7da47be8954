"""From a diagnosis to the facts that rules and signals of levers read (`knowledge/faits`)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from perenne.domain.entreprise.diagnostic import Diagnostic
from perenne.domain.savoir.regles import ValeurFait


@dataclass(frozen=True, kw_only=True)
class FaitsTires:
    """Facts, and what is left unknown on purpose.

    Attributes:
        faits: variable → value as the expression language reads it.
        origines: variable → where it comes from (`reponses`, `chiffre`, `comptes`, `structure`, `stade`).
        en_desaccord: variables left unknown because respondents disagree.
    """

    faits: dict[str, ValeurFait]
    origines: dict[str, str]
    en_desaccord: tuple[str, ...]


def tirer_faits(diagnostic: Diagnostic) -> FaitsTires:
    """Facts of the last round.

    `critere_a6 = 'non'` is written only when every respondent who answered says so: a disagreement is left
    unknown, so that no lever is recommended (or set aside) on one voice against another.
    """
    faits: dict[str, ValeurFait] = {}
    origines: dict[str, str] = {}
    desaccords: list[str] = []
    for nom, texte in diagnostic.dossier.structure.faits.items():
        faits[nom], origines[nom] = texte, "structure"
    if diagnostic.stade.retenu:
        faits["stade"], origines["stade"] = diagnostic.stade.retenu, "stade"
    for lu in diagnostic.profil.criteres() if diagnostic.profil else ():
        nom = f"critere_{lu.critere.id.lower()}"
        avis = {r.avis for r in lu.reponses if r.avis in {"oui", "moyen", "non"}}
        if lu.divergence:
            desaccords.append(nom)
        elif len(avis) == 1:
            faits[nom], origines[nom] = next(iter(avis)), "reponses"
        for mesure in lu.mesures:
            if mesure.valeur is None:
                if mesure.ecart:
                    desaccords.append(mesure.mesure.id)
                continue
            valeur = mesure.valeur
            faits[mesure.mesure.id] = valeur.isoformat() if isinstance(valeur, dt.date) else valeur
            origines[mesure.mesure.id] = "comptes" if mesure.calcule is not None else "chiffre"
    return FaitsTires(faits=faits, origines=origines, en_desaccord=tuple(desaccords))
