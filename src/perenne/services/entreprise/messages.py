"""The sentences that say what is wrong in a file about an enterprise, and what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from perenne.domain.entreprise.verification import Connus, Defaut
from perenne.services.tresorerie.rapprocher import proposer

NATURES = {
    "oui-non": "oui ou non",
    "date": "une date",
    "liste": "un code de la liste",
    "part": "un pourcentage",
}


def dire(  # noqa: PLR0911 - one return a code
    defaut: Defaut, connus: Connus, declares: Mapping[str, Sequence[str]]
) -> tuple[str, str]:
    """The message and the advice of a defect.

    Args:
        declares: identifiers written in the file itself, by kind (passage, repondant, exercice).
    """
    v = defaut.valeurs
    match defaut.code:
        case "inconnu":
            return _inconnu(defaut, connus, declares)
        case "double":
            return f"« {v['valeur']} » est écrit deux fois.", "Gardez une seule ligne."
        case "chiffre-genre":
            attendu = NATURES.get(str(v["nature"]), "un nombre")
            unite = f" ({v['unite']})" if v["unite"] else ""
            return f"{attendu}{unite} est attendu ici.", ""
        case "chiffre-choix":
            return f"« {v['valeur']} » n'est pas dans la liste.", f"Choisissez parmi : {v['choix']}."
        case "chiffre-borne":
            bornes = [f"au moins {v['minimum']:g}"] if "minimum" in v else []
            bornes += [f"au plus {v['maximum']:g}"] if "maximum" in v else []
            unite = f" {v['unite']}" if v["unite"] else ""
            return f"{v['valeur']:g} est impossible : {' et '.join(bornes)}{unite}.", "Vérifiez l'unité."
        case "bilan-desequilibre":
            actif, passif = int(v["actif"]), int(v["passif"])
            return (
                f"l'actif ({_euros(actif)}) et le passif ({_euros(passif)}) diffèrent de "
                f"{_euros(abs(actif - passif))}.",
                "Vérifiez que les fonds propres contiennent le résultat de l'année.",
            )
        case _:
            return _SIMPLES[defaut.code]


_SIMPLES: dict[str, tuple[str, str]] = {
    "date-future": ("cette date n'est pas encore passée.", "Écrivez la date de l'entretien."),
    "mois": ("un exercice dure de 1 à 24 mois.", ""),
    "montant-negatif": ("un montant négatif n'a pas de sens ici.", "Écrivez le montant reçu."),
    "nombre-negatif": ("un nombre de payeurs négatif n'a pas de sens.", "0 veut dire « beaucoup »."),
    "engagement-inverse": ("la fin de l'engagement vient avant son début.", "Échangez les deux dates."),
    "niveau-sans-public": (
        "un niveau public est donné, mais le payeur n'est pas public.",
        "Mettez « public » comme nature du payeur, ou effacez le niveau.",
    ),
    "personne-nommee": (
        "une personne paraît nommée ici.",
        "Écrivez la fonction seule : « trésorière », « madame la maire ».",
    ),
    "comptes-negatifs": ("un nombre de comptes clos ne peut pas être négatif.", ""),
}


def _inconnu(d: Defaut, c: Connus, declares: Mapping[str, Sequence[str]]) -> tuple[str, str]:
    valeur = str(d.valeurs["valeur"])
    listes: dict[str, tuple[str, Sequence[str]]] = {
        "critere": ("ce critère", sorted(c.criteres)),
        "mesure": ("cette mesure", sorted(c.bornes)),
        "activites": ("cette activité", sorted(c.activites)),
        "territoires": ("ce type de territoire", sorted(c.territoires)),
        "stade": ("ce stade", sorted(c.stades)),
        "faits": ("ce fait", sorted(c.faits)),
        "passage": ("ce passage", declares["passage"]),
        "repondant": ("ce répondant", declares["repondant"]),
        "exercice": ("cet exercice", declares["exercice"]),
    }
    nom, existants = listes[d.champ]
    if not existants:
        return f"{nom}, « {valeur} », n'est déclaré nulle part.", "Remplissez d'abord sa feuille."
    return f"{nom}, « {valeur} », n'existe pas.", proposer(valeur, existants)


def _euros(cents: int) -> str:
    return f"{cents / 100:,.2f} €".replace(",", " ").replace(".", ",")
