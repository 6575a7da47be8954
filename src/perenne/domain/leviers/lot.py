"""Many enterprises at once: the same points, computed on columns.

Each fact is a column; an unknown value has its own code. A condition gives two masks, true and false; what is
in neither is unknown. Points are exact: multiples of a half, far below the precision of the arrays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from perenne.domain.leviers.bareme import ECART, STADE, TETE
from perenne.domain.leviers.contributions import Grille
from perenne.domain.leviers.modele import Modele
from perenne.domain.regles.analyse import analyser
from perenne.domain.regles.evaluation import Faits
from perenne.domain.regles.syntaxe import Binaire, Expr, Liste, Litteral, Nom, Unaire

Masque = NDArray[np.bool_]
Verite = tuple[Masque, Masque]
LOT = 20_000
"""Rows computed together: about 40 MB of working arrays."""


@dataclass(frozen=True)
class Colonnes:
    """Facts of n enterprises.

    Attributes:
        n: number of rows.
        nombres: float64 columns, NaN where unknown. Booleans are 1, 0, NaN.
        codes: int32 columns of choices, −1 where unknown; `dictionnaires` gives the code of each value.
    """

    n: int
    nombres: Mapping[str, NDArray[np.float64]]
    codes: Mapping[str, NDArray[np.int32]]
    dictionnaires: Mapping[str, Mapping[str, int]]

    def tranche(self, debut: int, fin: int) -> Colonnes:
        """Some rows, without copy."""
        return Colonnes(
            max(0, min(fin, self.n) - debut),
            {k: v[debut:fin] for k, v in self.nombres.items()},
            {k: v[debut:fin] for k, v in self.codes.items()},
            self.dictionnaires,
        )


def en_colonnes(faits: Sequence[Faits], noms: Sequence[str]) -> Colonnes:
    """Turn dictionaries of facts into columns, for the facts that the points read.

    Args:
        faits: one mapping per enterprise, in the values of the language.
        noms: facts to keep.
    """
    nombres: dict[str, NDArray[np.float64]] = {}
    codes: dict[str, NDArray[np.int32]] = {}
    dictionnaires: dict[str, dict[str, int]] = {}
    for nom in noms:
        valeurs = [f.get(nom) for f in faits]
        if any(isinstance(v, str) for v in valeurs):
            lus = {v: i for i, v in enumerate(dict.fromkeys(v for v in valeurs if isinstance(v, str)))}
            dictionnaires[nom] = lus
            codes[nom] = np.array([lus[v] if isinstance(v, str) else -1 for v in valeurs], dtype=np.int32)
        elif any(isinstance(v, (bool, Decimal)) for v in valeurs):
            nombres[nom] = np.array(
                [float(v) if isinstance(v, (bool, Decimal)) else np.nan for v in valeurs], dtype=np.float64
            )
    return Colonnes(len(faits), nombres, codes, dictionnaires)


def points_par_lot(modele: Modele, colonnes: Colonnes, taille: int = LOT) -> Iterator[NDArray[np.float32]]:
    """The points of every action for every enterprise, batch after batch, so that memory stays bounded.

    Yields:
        Arrays of shape (rows of the batch, actions), in the order of `modele.actions`.
    """
    for debut in range(0, colonnes.n, taille):
        tranche = colonnes.tranche(debut, debut + taille)
        lecture = _Lecture(tranche)
        yield np.stack([_points(g, lecture) for g in modele.grilles], axis=1)


def premieres(modele: Modele, points: NDArray[np.float32]) -> NDArray[np.int8]:
    """Ranks of the first actions of each row, ties separated as for a single enterprise.

    Returns:
        Array of shape (rows, `TETE`).
    """
    cas = modele.nombre_de_cas()
    egalites = sorted(range(len(modele.actions)), key=lambda r: (-cas[modele.actions[r].id], r))
    ordre = np.argsort(-points[:, egalites], axis=1, kind="stable")[:, :TETE]
    return np.asarray(egalites, dtype=np.int8)[ordre]


class _Lecture:
    """Conditions already evaluated on some rows."""

    def __init__(self, colonnes: Colonnes) -> None:
        self.colonnes = colonnes
        self._verites: dict[str, Verite] = {}
        self._reponses: dict[str, NDArray[np.float32]] = {}

    def verite(self, si: str) -> Verite:
        if si not in self._verites:
            self._verites[si] = self._evaluer(analyser(si))
        return self._verites[si]

    def valeurs_codees(self, fait: str, bareme: Mapping[str, float]) -> NDArray[np.float32]:
        """By row, what the value of a choice is worth; 0 where unknown or absent from the scale."""
        if fait not in self._reponses:
            lus = self.colonnes.dictionnaires.get(fait, {})
            table = np.zeros(len(lus) + 1, dtype=np.float32)
            for valeur, code in lus.items():
                table[code] = bareme.get(valeur, 0.0)
            codes = self.colonnes.codes.get(fait)
            absents = np.zeros(self.colonnes.n, dtype=np.float32)
            # The last cell, reached by −1, stands for unknown.
            self._reponses[fait] = absents if codes is None else table[codes]
        return self._reponses[fait]

    def _evaluer(self, expr: Expr) -> Verite:
        match expr:
            case Unaire(operateur="non"):
                vrai, faux = self._evaluer(expr.operande)
                return faux, vrai
            case Binaire(operateur="et"):
                (v1, f1), (v2, f2) = self._evaluer(expr.gauche), self._evaluer(expr.droite)
                return v1 & v2, f1 | f2
            case Binaire(operateur="ou"):
                (v1, f1), (v2, f2) = self._evaluer(expr.gauche), self._evaluer(expr.droite)
                return v1 | v2, f1 & f2
            case Nom():
                colonne = self._nombres(expr.nom)
                return colonne == 1.0, colonne == 0.0
            case Binaire():
                return self._comparer(expr)
        raise TypeError(f"condition that cannot be computed on columns: {expr}")

    def _comparer(self, expr: Binaire) -> Verite:
        if not isinstance(expr.gauche, Nom):
            raise TypeError(f"comparison that cannot be computed on columns: {expr}")
        nom, droite = expr.gauche.nom, expr.droite
        valeurs = droite.elements if isinstance(droite, Liste) else (droite,)
        constantes = [v.valeur for v in valeurs if isinstance(v, Litteral)]
        if all(isinstance(c, str) for c in constantes):
            return self._comparer_codes(nom, [str(c) for c in constantes], expr.operateur)
        return self._comparer_nombres(nom, float(Decimal(str(constantes[0]))), expr.operateur)

    def _comparer_codes(self, nom: str, permis: Sequence[str], operateur: str) -> Verite:
        codes = self.colonnes.codes.get(nom)
        if codes is None:
            rien = np.zeros(self.colonnes.n, dtype=bool)
            return rien, rien
        lus = self.colonnes.dictionnaires[nom]
        dedans = np.isin(codes, [lus[p] for p in permis if p in lus])
        connus = codes >= 0
        vrai = ~dedans if operateur == "!=" else dedans
        return connus & vrai, connus & ~vrai

    def _comparer_nombres(self, nom: str, borne: float, operateur: str) -> Verite:
        colonne = self._nombres(nom)
        comparer: Any = {
            "<": np.less,
            "<=": np.less_equal,
            ">": np.greater,
            ">=": np.greater_equal,
            "=": np.equal,
            "!=": np.not_equal,
        }[operateur]
        connus = ~np.isnan(colonne)
        vrai = comparer(colonne, borne) & connus
        return vrai, connus & ~vrai

    def _nombres(self, nom: str) -> NDArray[np.float64]:
        colonne = self.colonnes.nombres.get(nom)
        return np.full(self.colonnes.n, np.nan) if colonne is None else colonne


def _points(grille: Grille, lecture: _Lecture) -> NDArray[np.float32]:
    somme = np.zeros(lecture.colonnes.n, dtype=np.float32)
    for fait, points, _ in grille.effets:
        somme += np.float32(points) * lecture.valeurs_codees(fait, ECART)
    for signal in grille.signaux:
        somme[lecture.verite(signal.signal.si)[0]] += np.float32(signal.points)
    codes = lecture.colonnes.codes.get("stade")
    if codes is not None:
        lus = lecture.colonnes.dictionnaires["stade"]
        table = np.zeros(len(lus) + 1, dtype=np.float32)
        for stade, code in lus.items():
            if stade in grille.stades:
                table[code] = STADE[grille.stades[stade].convient]
        somme += table[codes]
    return somme
