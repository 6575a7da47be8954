"""Does a legal unit belong to the ESS: a verdict, its reasons, and what contradicts it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["oui", "probable", "non", "inconnu"]
FormeEss = Literal["", "de_droit", "sous_conditions", "non"]
"""What the law says of the legal form in force; empty when the form is not known."""

Mention = Literal["", "O", "N"]
Etat = Literal["", "A", "C"]
"""Empty: not in that register. A: active there. C: closed, or dissolved."""

CODES_RAISONS = ("forme", "mention", "ess-france", "esus", "siae", "rna")
CODES_CONTRADICTIONS = (
    "mention-contre-forme",
    "forme-contre-mention",
    "forme-contre-registre",
    "registre-contre-mention",
    "siae-contre-mention",
    "rna-contre-forme",
    "rna-dissoute-sirene-active",
    "rna-active-sirene-cessee",
)


@dataclass(frozen=True, kw_only=True)
class Indices:
    """What the registers say of one legal unit, at a date.

    Attributes:
        forme: what the law says of its legal form on that day.
        forme_sure: False when that reading is not verified (confidence C): it then decides nothing alone.
        association: whether the form is one of association.
        mention: the Sirene flag « économie sociale et solidaire ».
        ess_france: in the list of ESS enterprises kept by ESS France.
        esus: « entreprise solidaire d'utilité sociale » agreement in force that day.
        siae: in the list of structures of inclusion by economic activity.
        rna: in the national register of associations, under a number linked to the unit.
        etat_sirene: state in Sirene.
        etat_rna: state in the register of associations.
    """

    forme: FormeEss = ""
    forme_sure: bool = True
    association: bool = False
    mention: Mention = ""
    ess_france: bool = False
    esus: bool = False
    siae: bool = False
    rna: bool = False
    etat_sirene: Etat = ""
    etat_rna: Etat = ""


@dataclass(frozen=True, kw_only=True)
class Decision:
    """The verdict, the codes of the reasons for and against, and the contradictions between registers."""

    verdict: Verdict
    pour: tuple[str, ...] = ()
    contre: tuple[str, ...] = ()
    contradictions: tuple[str, ...] = ()


def decider(i: Indices) -> Decision:
    """Say whether a legal unit belongs to the ESS.

    The law decides by the form; an official list decides where the law asks for conditions that no file
    shows; a declaration or a convention makes it probable. A register that contradicts the form never
    overrides it: the contradiction is returned beside the verdict.

    Args:
        i: what the registers say.

    Returns:
        The decision. A closed unit keeps the verdict of what it was: its state is told apart.

    Source: law n° 2014-856 of 31 July 2014, article 1; labour code, article L3332-17-1 (ESUS); article 6 of
        the same law for the lists of the CRESS.
    """
    pour, contre = _raisons(i)
    return Decision(verdict=_verdict(i), pour=pour, contre=contre, contradictions=_contradictions(i))


def _verdict(i: Indices) -> Verdict:
    registre = i.ess_france or i.esus
    indice = i.mention == "O" or i.siae
    if i.forme == "de_droit":
        return "oui" if i.forme_sure or registre else "probable"
    if i.forme == "non":
        if i.forme_sure:
            return "inconnu" if registre else "non"
        return "probable" if registre or indice else "inconnu"
    if registre or (i.forme == "" and i.rna):
        return "oui"
    if indice:
        return "probable"
    return "non" if i.forme == "sous_conditions" and i.forme_sure and i.mention == "N" else "inconnu"


def _raisons(i: Indices) -> tuple[tuple[str, ...], tuple[str, ...]]:
    pour = [
        code
        for code, vrai in (
            ("forme", i.forme == "de_droit"),
            ("mention", i.mention == "O"),
            ("ess-france", i.ess_france),
            ("esus", i.esus),
            ("siae", i.siae),
            ("rna", i.rna),
        )
        if vrai
    ]
    contre = [code for code, vrai in (("forme", i.forme == "non"), ("mention", i.mention == "N")) if vrai]
    return tuple(pour), tuple(contre)


def _contradictions(i: Indices) -> tuple[str, ...]:
    exclue = i.forme == "non" and i.forme_sure
    registre = i.ess_france or i.esus
    ouverte = i.forme in ("", "sous_conditions")
    faits = (
        i.forme == "de_droit" and i.mention == "N",
        exclue and i.mention == "O",
        exclue and registre,
        ouverte and registre and i.mention == "N",
        ouverte and i.siae and i.mention == "N",
        i.rna and i.forme != "" and not i.association,
        i.etat_rna == "C" and i.etat_sirene == "A",
        i.etat_rna == "A" and i.etat_sirene == "C",
    )
    return tuple(code for code, vrai in zip(CODES_CONTRADICTIONS, faits, strict=True) if vrai)
