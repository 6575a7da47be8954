"""What is wrong in an expression or a rule, in French, with what to do."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from perenne.domain.regles.defauts import Defaut
from perenne.kb.messages import suggerer

NOMS_DE_GENRES = {
    "booleen": "une condition (vrai ou faux)",
    "nombre": "un nombre",
    "texte": "un texte",
    "date": "une date",
    "choix": "un choix dans une liste",
    "choix_multiple": "plusieurs choix dans une liste",
    "": "une valeur",
}
_ATTENDUS = {
    "operande": "un nom, un nombre, une date, un texte entre apostrophes ou une parenthèse",
    "operateur": "« et », « ou », une comparaison, ou la fin de la condition",
}

Valeurs = Mapping[str, object]
Phrase = Callable[[Valeurs], tuple[str, str]]


def _genre(valeur: object) -> str:
    return NOMS_DE_GENRES.get(str(valeur), str(valeur))


def _attendu(valeur: object) -> str:
    return _ATTENDUS.get(str(valeur), f"« {valeur} »")


def _unite(valeur: object) -> str:
    return f"en {valeur}" if valeur else "sans unité"


def _liste(valeur: object) -> str:
    return ", ".join(str(v) for v in valeur) if isinstance(valeur, tuple) else str(valeur)


def _code_inconnu(v: Valeurs) -> tuple[str, str]:
    permises = v.get("permises")
    noms = permises if isinstance(permises, tuple) else ()
    admises = f"Valeurs admises : {_liste(noms)}."
    propre = suggerer(str(v["valeur"]), noms)
    return (
        f"la valeur « {v['valeur']} » n'est pas admise.",
        admises if propre.startswith("Aucun") else f"{propre} {admises}",
    )


def _bornes(v: Valeurs) -> tuple[str, str]:
    bas, haut = float(str(v["minimum"])), float(str(v["maximum"]))
    bornes = [f"au moins {bas:g}"] if math.isfinite(bas) else []
    bornes += [f"au plus {haut:g}"] if math.isfinite(haut) else []
    return f"« {v['nom']} » vaut {v['valeur']}.", f"Il faut {' et '.join(bornes)}."


_PHRASES: dict[str, Phrase] = {
    "caractere_inattendu": lambda v: (
        f"le caractère « {v['caractere']} » n'a pas de sens ici.",
        "Les textes se mettent entre apostrophes ; les nombres s'écrivent 23000, 23_000 ou 1.5.",
    ),
    "texte_non_ferme": lambda _: ("l'apostrophe fermante manque.", "Écrivez par exemple 'association'."),
    "date_impossible": lambda v: (
        f"« {v['date']} » n'est pas une date du calendrier.",
        "Écrivez-la AAAA-MM-JJ.",
    ),
    "expression_vide": lambda _: ("la condition est vide.", "Écrivez-la, ou retirez la ligne."),
    "mot_inattendu": lambda v: (
        f"« {v['mot']} » n'a pas sa place ici.",
        f"Il faut {_attendu(v['attendu'])}.",
    ),
    "fin_inattendue": lambda v: (
        "la condition s'arrête trop tôt.",
        f"Il faut encore {_attendu(v['attendu'])}.",
    ),
    "comparaisons_enchainees": lambda v: (
        f"deux comparaisons se suivent (« {v['mot']} »).",
        "Séparez-les par « et » : 10 <= x et x <= 20.",
    ),
    "trop_profond": lambda v: (
        "la condition est trop longue ou trop imbriquée.",
        f"La limite est {v['maximum']} : coupez la règle en plusieurs cas.",
    ),
    "fonction_inconnue": lambda v: (
        f"la fonction « {v['nom']} » n'existe pas.",
        f"Fonctions admises : {_liste(v['permises'])}.",
    ),
    "regle_sans_valeur": lambda v: (
        f"la règle « {v['nom']} » ne donne pas de chiffre.",
        "Utilisez issue('…') = '…'.",
    ),
    "regle_sans_issue": lambda v: (f"la règle « {v['nom']} » ne conclut rien.", "Utilisez valeur('…')."),
    "nombre_arguments": lambda v: (
        f"« {v['nom']} » ne reçoit pas le bon nombre d'éléments.",
        f"Il en faut {v['attendu']}.",
    ),
    "argument_texte_attendu": lambda v: (
        f"« {v['nom']} » attend le nom d'une règle.",
        f"Écrivez {v['nom']}('domaine/regle').",
    ),
    "type_attendu": lambda v: (
        f"on trouve ici {_genre(v['trouve'])}.",
        f"Il faut {_genre(v['attendu'])}.",
    ),
    "types_incomparables": lambda v: (
        f"on compare {_genre(v['gauche'])} et {_genre(v['droite'])}.",
        "Comparez des choses de même nature.",
    ),
    "unites_differentes": lambda v: (
        f"les unités diffèrent : d'un côté {_unite(v['gauche'])}, de l'autre {_unite(v['droite'])}.",
        "Utilisez le fait dont l'unité convient, ou corrigez l'unité écrite après le nombre.",
    ),
    "unites_incombinables": lambda v: (
        f"on ne sait pas multiplier ou diviser {_unite(v['gauche'])} par {_unite(v['droite'])}.",
        "L'un des deux doit être un nombre sans unité.",
    ),
    "valeur_inconnue": _code_inconnu,
    "ordre_impossible": lambda v: (
        f"{_genre(v['genre'])} ne se range pas du plus petit au plus grand.",
        "Utilisez = ou dans.",
    ),
    "appartenance_impossible": lambda _: (
        "« dans » ne s'applique pas ici.",
        "Écrivez forme dans ['association', 'fondation'], ou 'qpv-2024' dans zonages.",
    ),
    "liste_hors_dans": lambda _: (
        "une liste ne peut suivre que « dans ».",
        "Écrivez forme dans ['association'].",
    ),
    "aucune_version": lambda _: ("la règle n'a aucune version.", "Ajoutez-en une, avec sa date « du »."),
    "periode_inversee": lambda v: (
        f"la période est inversée ({v['du']} est après {v['au']}).",
        "Échangez les dates.",
    ),
    "periodes_desordonnees": lambda v: (
        f"la version du {v['du']} vient après celle du {v['avant']}.",
        "Rangez les versions de la plus ancienne à la plus récente, une par date.",
    ),
    "periodes_chevauchantes": lambda v: (
        f"la version du {v['du']} commence avant la fin de la précédente ({v['fin']}).",
        "Corrigez « au », ou retirez-le : il se déduit de la version suivante.",
    ),
    "contenu_absent": lambda v: (f"la clé « {v['cle']} » manque.", "Cette nature de règle l'exige."),
    "contenu_en_trop": lambda v: (
        f"la clé « {v['cle']} » ne va pas avec la nature « {v['nature']} ».",
        "Retirez-la, ou changez la nature.",
    ),
    "unite_absente": lambda _: ("l'unité manque.", "Ajoutez « unite: », par exemple EUR HT."),
    "cle_absente": lambda v: (
        f"la clé du barème « {v['cle']} » n'est pas un fait à choix.",
        "Nommez dans « cle: » un fait de type choix.",
    ),
    "code_bareme_inconnu": _code_inconnu,
    "cas_par_defaut_absent": lambda _: (
        "aucun cas ne s'applique quand les conditions sont fausses.",
        "Terminez par un cas sans « si ».",
    ),
    "cas_apres_defaut": lambda _: (
        "un cas sans « si » doit être le dernier.",
        "Déplacez-le, ou donnez-lui une condition.",
    ),
    "issue_inatteignable": lambda v: (
        f"ce cas (« {v['issue']} ») ne peut jamais s'appliquer : ceux qui précèdent prennent tout.",
        "Corrigez sa condition ou son rang, ou retirez-le.",
    ),
    "atteignabilite_non_decidee": lambda v: (
        f"on n'a pas pu vérifier que ce cas (« {v['issue']} ») peut s'appliquer : la règle est trop large.",
        "Coupez-la en plusieurs règles.",
    ),
    "issue_incompatible": lambda v: (
        f"une définition ne conclut pas « {v['issue']} ».",
        "Écrivez oui, non, a_verifier ou sans_objet, ou changez la nature.",
    ),
    "reference_absente": lambda v: (
        f"aucune référence ne justifie la confiance {v['confiance']}.",
        "Ajoutez « references: » à la règle ou à la version, ou passez la confiance à C.",
    ),
    "exemple_valeur": lambda v: (
        f"« {v['nom']} » vaut « {v['valeur']} ».",
        f"Il faut {_genre(v['attendu'])}.",
    ),
    "hors_bornes": _bornes,
    "boucle": lambda v: (
        f"la règle « {v['regle']} » finit par s'appeler elle-même.",
        "Retirez l'un des renvois valeur('…') ou issue('…').",
    ),
}


def phrase(defaut: Defaut, *, faits: tuple[str, ...] = (), regles: tuple[str, ...] = ()) -> tuple[str, str]:
    """Message and advice for a defect.

    Args:
        defaut: what was found.
        faits: declared facts, to suggest a near name.
        regles: rules, to suggest a near identifier.
    """
    nom = str(defaut.valeurs.get("nom", ""))
    if defaut.code in {"fait_inconnu", "exemple_fait_inconnu"}:
        return f"le fait « {nom} » n'est pas déclaré.", suggerer(nom, faits)
    if defaut.code == "regle_inconnue":
        return f"la règle « {nom} » n'existe pas.", suggerer(nom, regles)
    return _PHRASES[defaut.code](defaut.valeurs)


def phrase_situee(
    defaut: Defaut, texte: str, *, faits: tuple[str, ...] = (), regles: tuple[str, ...] = ()
) -> tuple[str, str]:
    """The same for a place in the text of an expression, which is quoted."""
    message, conseil = phrase(defaut, faits=faits, regles=regles)
    if defaut.position < 0:
        return message, conseil
    extrait = texte[max(0, defaut.position - 12) : defaut.position + 24].strip()
    return f"condition, caractère {defaut.position + 1} (« {extrait} ») : {message}", conseil
