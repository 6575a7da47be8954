"""The profile of one round: criterion by criterion, what each respondent says and what the figures say.

Nothing is averaged and nothing is summed: a criterion on which people disagree stays a disagreement, and an
answer « ne sait pas » changes nothing but the list of what to ask.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from perenne.domain.entreprise.dossier import Chiffre, Dossier, Passage, Reponse, ValeurChiffre
from perenne.domain.entreprise.reperes import LectureRepere, lire_reperes
from perenne.domain.savoir.criteres import Critere, Famille, Mesure

Etat = Literal["solide", "a-consolider", "fragile", "desaccord", "sans-objet", "sans-reponse"]
"""solide: all who answered say oui. fragile: all say non. a-consolider: moyen, or moyen and non.
desaccord: the answers do not say the same thing. sans-objet: all say so. sans-reponse: nobody answered."""
ETATS: tuple[Etat, ...] = ("solide", "a-consolider", "fragile", "desaccord", "sans-objet", "sans-reponse")


@dataclass(frozen=True, kw_only=True)
class MesureLue:
    """A measure of a criterion: the figures given, the one computed from the accounts, the benchmarks.

    Attributes:
        chiffres: as given, one per respondent.
        calcule: computed from the accounts of the last year closed before the round; None when they do not
            give it.
        exercice: accounting year of `calcule`.
        valeur: the one that is used: computed, else the figure on which respondents agree; None otherwise.
        ecart: two values differ (between respondents, or with the accounts).
        reperes: how benchmarks read `valeur`.
    """

    mesure: Mesure
    chiffres: tuple[Chiffre, ...]
    calcule: float | None
    exercice: str
    valeur: ValeurChiffre | None
    ecart: bool
    reperes: tuple[LectureRepere, ...]


@dataclass(frozen=True, kw_only=True)
class CritereLu:
    """One criterion in one round.

    Attributes:
        reponses: every answer, « ne sait pas » included, in the order of the respondents.
        etat: what those who answered say together.
        divergence: the answers differ, whatever the state (moyen and non differ too).
        a_rapprocher: benchmarks that contradict the answer, to be talked over.
    """

    critere: Critere
    reponses: tuple[Reponse, ...]
    etat: Etat
    divergence: bool
    mesures: tuple[MesureLue, ...]
    a_rapprocher: tuple[LectureRepere, ...]


@dataclass(frozen=True, kw_only=True)
class Profil:
    """The whole grid in one round, families and criteria in their order."""

    passage: Passage
    familles: tuple[tuple[Famille, tuple[CritereLu, ...]], ...]

    def criteres(self) -> tuple[CritereLu, ...]:
        """Every criterion, in the order of the grid."""
        return tuple(c for _, lus in self.familles for c in lus)

    def de_etat(self, *etats: Etat) -> tuple[CritereLu, ...]:
        """The criteria in some states, in the order of the grid."""
        return tuple(c for c in self.criteres() if c.etat in etats)


def lire_etat(avis: Iterable[str]) -> Etat:
    """What several answers say together.

    Args:
        avis: oui, moyen, non, sans-objet or ne-sait-pas, in any order; ne-sait-pas is left out.
    """
    dits = {a for a in avis if a != "ne-sait-pas"}
    if not dits:
        return "sans-reponse"
    if dits == {"oui"}:
        return "solide"
    if dits == {"non"}:
        return "fragile"
    if dits <= {"moyen", "non"}:
        return "a-consolider"
    return "sans-objet" if dits == {"sans-objet"} else "desaccord"


def dresser_profil(
    dossier: Dossier,
    passage: Passage,
    *,
    criteres: Mapping[str, Critere],
    familles: Mapping[str, Famille],
    calcules: Mapping[str, float],
    exercice: str = "",
) -> Profil:
    """The profile of one round.

    Args:
        calcules: measures computed from the accounts closed before the round; empty when there are none.
        exercice: the accounting year they come from.
    """
    rangs = {r.id: n for n, r in enumerate(dossier.repondants)}
    reponses = sorted(
        (r for r in dossier.reponses if r.passage == passage.id), key=lambda r: rangs.get(r.repondant, 99)
    )
    chiffres = sorted(
        (c for c in dossier.chiffres if c.passage == passage.id), key=lambda c: rangs.get(c.repondant, 99)
    )
    lus = {
        c.id: _lire(
            c,
            [r for r in reponses if r.critere == c.id],
            [x for x in chiffres if x.mesure in {m.id for m in c.mesures}],
            calcules,
            exercice,
        )
        for c in criteres.values()
    }
    ordre = sorted(familles.values(), key=lambda f: f.ordre)
    return Profil(
        passage=passage,
        familles=tuple(
            (
                f,
                tuple(
                    lus[c.id] for c in sorted(criteres.values(), key=lambda c: c.ordre) if c.famille == f.id
                ),
            )
            for f in ordre
        ),
    )


def _lire(
    critere: Critere,
    reponses: Sequence[Reponse],
    chiffres: Sequence[Chiffre],
    calcules: Mapping[str, float],
    exercice: str,
) -> CritereLu:
    etat = lire_etat(r.avis for r in reponses)
    mesures = tuple(
        _mesure(critere, m, [c for c in chiffres if c.mesure == m.id], calcules.get(m.id), exercice)
        for m in critere.mesures
    )
    lectures = [lecture for m in mesures for lecture in m.reperes if lecture.tient]
    contraire = {"solide": "alerte", "fragile": "favorable"}.get(etat)
    return CritereLu(
        critere=critere,
        reponses=tuple(reponses),
        etat=etat,
        divergence=len({r.avis for r in reponses if r.avis != "ne-sait-pas"}) > 1,
        mesures=mesures,
        a_rapprocher=tuple(x for x in lectures if x.repere.lecture == contraire),
    )


def _mesure(
    critere: Critere, mesure: Mesure, chiffres: Sequence[Chiffre], calcule: float | None, exercice: str
) -> MesureLue:
    donnees = {c.valeur for c in chiffres}
    valeur: ValeurChiffre | None = calcule
    if calcule is None and len(donnees) == 1:
        valeur = chiffres[0].valeur
    ecart = len(donnees) > 1 or (calcule is not None and any(_differe(v, calcule) for v in donnees))
    return MesureLue(
        mesure=mesure,
        chiffres=tuple(chiffres),
        calcule=calcule,
        exercice=exercice if calcule is not None else "",
        valeur=valeur,
        ecart=ecart,
        reperes=lire_reperes(critere.reperes, mesure, valeur),
    )


def _differe(donne: ValeurChiffre, calcule: float) -> bool:
    """Whether a figure given by hand is more than 5 % (and 0.5 unit) away from the accounts."""
    if isinstance(donne, bool) or not isinstance(donne, int | float):
        return False
    return abs(donne - calcule) > max(0.5, 0.05 * abs(calcule))
