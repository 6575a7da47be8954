"""Evaluates a rule at a date: pure, dated, three-valued; a rule of confidence C never decides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from perenne.domain.regles.analyse import analyser
from perenne.domain.regles.evaluation import Etape, Faits, Reponse, Valeur, evaluer
from perenne.domain.regles.periodes import version_au
from perenne.domain.regles.resultat import CasEvalue, Resultat
from perenne.domain.regles.syntaxe import Appel, Binaire, Litteral, Nom
from perenne.domain.savoir.commun import Confiance
from perenne.domain.savoir.regles import Regle, Version

RANG_CONFIANCE: dict[Confiance, int] = {"A": 0, "B": 1, "C": 2}


class BoucleDeRegles(ValueError):
    """Rules that call one another in a circle; the loader refuses them."""


def pire(confiances: Iterable[Confiance]) -> Confiance:
    """The lowest confidence, A for none."""
    return max(confiances, key=RANG_CONFIANCE.__getitem__, default="A")


@lru_cache(maxsize=8192)
def _decimal(valeur: float) -> Decimal:
    return Decimal(str(valeur)).normalize() + 0


def soutien(etape: Etape) -> Iterator[Etape]:
    """The nodes that a value rests on: of a false `et`, the first false; of a true `ou`, the first true."""
    yield etape
    enfants = etape.enfants
    if isinstance(etape.expr, Binaire) and etape.expr.operateur in {"et", "ou"} and etape.valeur is not None:
        decisive = etape.expr.operateur == "ou"
        if etape.valeur is decisive:
            enfants = tuple(e for e in enfants if e.valeur is decisive)[:1]
    for enfant in enfants:
        yield from soutien(enfant)


class Evaluation:
    """One evaluation: a date, facts, and the answers of the rules already called.

    Asking several rules of the same evaluation computes what they share once.
    """

    def __init__(self, regles: Mapping[str, Regle], faits: Faits, au: dt.date) -> None:
        self.regles = regles
        self.faits = faits
        self.au = au
        self.resultats: dict[str, Resultat] = {}
        self.en_cours: list[str] = []

    def valeur(self, regle: str) -> Reponse:
        """The figure of a rule, for the expressions that call it."""
        resultat = self.appeler(regle)
        lacunes = resultat.lacunes or ((regle,) if resultat.valeur is None and not resultat.manquants else ())
        return Reponse(resultat.valeur, resultat.manquants, lacunes)

    def issue(self, regle: str) -> Reponse:
        """The outcome of a rule, for the expressions that call it; `a_verifier` is unknown."""
        resultat = self.appeler(regle)
        if resultat.issue == "a_verifier":
            inconnue = () if resultat.manquants else (regle,)
            return Reponse(None, resultat.manquants, resultat.lacunes or inconnue)
        return Reponse(resultat.issue)

    def appeler(self, identifiant: str) -> Resultat:
        """The answer of a rule.

        Raises:
            BoucleDeRegles: it ends by calling itself.
        """
        if identifiant not in self.resultats:
            if identifiant in self.en_cours:
                raise BoucleDeRegles(" → ".join((*self.en_cours, identifiant)))
            self.en_cours.append(identifiant)
            self.resultats[identifiant] = self._evaluer(self.regles[identifiant])
            self.en_cours.pop()
        return self.resultats[identifiant]

    def _evaluer(self, regle: Regle) -> Resultat:
        choix = version_au(regle, self.au)
        if choix.version is None:
            existait = {"avant": regle.avant, "apres": regle.apres}.get(choix.etat, "inconnu")
            sans_objet = existait == "sans_objet" and regle.confiance != "C"
            return Resultat(
                regle,
                self.au,
                choix.etat,
                issue=None if _chiffree(regle) else "sans_objet" if sans_objet else "a_verifier",
                confiance=regle.confiance,
                lacunes=() if sans_objet else (regle.id,),
            )
        base = Resultat(
            regle,
            self.au,
            "en_vigueur",
            choix.version,
            choix.fin,
            confiance=choix.version.confiance or regle.confiance,
        )
        return (
            self._chiffrer(base, choix.version) if _chiffree(regle) else self._conclure(base, choix.version)
        )

    def _chiffrer(self, base: Resultat, version: Version) -> Resultat:
        if version.valeur is not None:
            return replace(base, valeur=_decimal(version.valeur))
        cle = base.regle.cle or ""
        code = self.faits.get(cle)
        if code is None:
            return replace(base, manquants=(cle,))
        trouve = (version.bareme or {}).get(str(code))
        if trouve is None:
            return replace(base, faits=((cle, code),), lacunes=(base.regle.id,))
        return replace(base, valeur=_decimal(trouve), faits=((cle, code),))

    def _conclure(self, base: Resultat, version: Version) -> Resultat:
        lus: list[CasEvalue] = []
        for cas in version.cas:
            lus.append(CasEvalue(cas, evaluer(analyser(cas.si), self.faits, self) if cas.si else None))
            if lus[-1].verite is True:
                break
        retenus = tuple(i for i, c in enumerate(lus) if c.verite is not False)
        issues = {lus[i].cas.issue for i in retenus}
        decide = len(issues) == 1
        etapes = [c.etape for c in lus if c.etape is not None]
        noeuds = [n for e in etapes for n in soutien(e)]
        appels = tuple(self.resultats[r] for r in _regles_appelees(noeuds))
        propres: list[Confiance] = [c for i in retenus if (c := lus[i].cas.confiance) is not None]
        confiance = pire((base.confiance, *propres, *(a.confiance for a in appels)))
        commune = lus[retenus[0]].cas.issue
        douteuses = [] if decide else [lus[i].etape for i in retenus]
        return replace(
            base,
            issue=commune if decide and confiance != "C" else "a_verifier",
            indicative=commune if decide and confiance == "C" else None,
            confiance=confiance,
            cas=tuple(lus),
            retenus=retenus[:1] if decide else retenus,
            manquants=tuple(dict.fromkeys(m for e in douteuses if e is not None for m in e.manquants)),
            lacunes=tuple(dict.fromkeys(m for e in douteuses if e is not None for m in e.lacunes)),
            faits=tuple(_faits_lus(noeuds).items()),
            appels=appels,
        )


def _chiffree(regle: Regle) -> bool:
    return regle.nature in {"valeur", "bareme"}


def _regles_appelees(noeuds: Iterable[Etape]) -> tuple[str, ...]:
    appels = (n.expr for n in noeuds if isinstance(n.expr, Appel))
    arguments = (a.arguments[0] for a in appels if a.fonction in {"valeur", "issue"})
    return tuple(dict.fromkeys(str(a.valeur) for a in arguments if isinstance(a, Litteral)))


def _faits_lus(noeuds: Iterable[Etape]) -> dict[str, Valeur]:
    return {n.expr.nom: n.valeur for n in noeuds if isinstance(n.expr, Nom) and n.valeur is not None}


def evaluer_regle(regle: Regle, faits: Faits, au: dt.date, regles: Mapping[str, Regle]) -> Resultat:
    """Evaluate a rule.

    Args:
        regle: the rule.
        faits: known facts, as `lire_faits` gives them; an absent fact is unknown, never false.
        au: the date that matters (`regle.date_applicable` says which one it is).
        regles: the rules that its expressions may call.

    Returns:
        The answer with its whole explanation. Facts left out never turn into a silent no: the outcome is then
        `a_verifier` with the facts to ask for, unless every remaining case concludes the same.

    Raises:
        BoucleDeRegles: rules call one another in a circle.
    """
    evaluation = Evaluation({**regles, regle.id: regle} if regle.id not in regles else regles, faits, au)
    return evaluation.appeler(regle.id)


def valeur_au(regle: Regle, au: dt.date, faits: Faits | None = None) -> Decimal | None:
    """The figure of a rule at a date; None when it is not known, which is not zero."""
    return Evaluation({regle.id: regle}, faits or {}, au).appeler(regle.id).valeur
