"""What can be wrong in an expression or a rule: a code, a place and the values at stake; no sentence.

`perenne.kb` turns them into French with the file and the line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

CodeDefaut = Literal[
    # reading
    "caractere_inattendu",
    "texte_non_ferme",
    "date_impossible",
    "expression_vide",
    "mot_inattendu",
    "fin_inattendue",
    "comparaisons_enchainees",
    "trop_profond",
    # types
    "fait_inconnu",
    "fonction_inconnue",
    "regle_inconnue",
    "regle_sans_valeur",
    "regle_sans_issue",
    "nombre_arguments",
    "argument_texte_attendu",
    "type_attendu",
    "types_incomparables",
    "unites_differentes",
    "unites_incombinables",
    "valeur_inconnue",
    "ordre_impossible",
    "appartenance_impossible",
    "liste_hors_dans",
    # rules
    "aucune_version",
    "periode_inversee",
    "periodes_desordonnees",
    "periodes_chevauchantes",
    "contenu_absent",
    "contenu_en_trop",
    "unite_absente",
    "cle_absente",
    "code_bareme_inconnu",
    "cas_par_defaut_absent",
    "cas_apres_defaut",
    "issue_inatteignable",
    "atteignabilite_non_decidee",
    "issue_incompatible",
    "reference_absente",
    "exemple_fait_inconnu",
    "exemple_valeur",
    "hors_bornes",
    "boucle",
]


@dataclass(frozen=True)
class Defaut:
    """One thing wrong.

    Attributes:
        code: what kind of thing.
        position: index in the text of the expression, from 0; -1 when it is not about a place in a text.
        valeurs: what the sentence will need (names, types, units, allowed values).
        chemin: where in the rule, as keys and indices (`("versions", 0, "cas", 2, "si")`).
    """

    code: CodeDefaut
    position: int = -1
    valeurs: Mapping[str, object] = field(default_factory=dict)
    chemin: tuple[str | int, ...] = ()


class ExpressionInvalide(ValueError):
    """An expression cannot be read or is wrongly typed; carries every defect found."""

    def __init__(self, texte: str, defauts: tuple[Defaut, ...]) -> None:
        super().__init__(f"{texte!r}: {', '.join(d.code for d in defauts)}")
        self.texte = texte
        self.defauts = defauts
