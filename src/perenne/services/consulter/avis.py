"""The advice on levers in words: what a page shows and what the API answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from perenne.domain.leviers.contributions import Contribution
from perenne.domain.leviers.precedents import PrecedentAction
from perenne.domain.leviers.recommandation import ActionRecommandee, Place, Recommandation
from perenne.domain.leviers.voies import Droit, Voie
from perenne.domain.regles.evaluation import Valeur
from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.savoir.commun import Confiance
from perenne.domain.savoir.leviers import Intervenant
from perenne.reports.leviers.composer import (
    LIMITES,
    dire_avertissement,
    dire_chapeau,
    dire_combinaisons,
    dire_effort,
    dire_lieu,
    dire_motif_ecart,
)
from perenne.reports.leviers.phrases import (
    STATUTS,
    dire_bascule,
    dire_manques,
    dire_question,
    dire_raison,
    dire_ressemblance,
    dire_statut,
    dire_valeur,
    points,
)
from perenne.reports.typographie import composer, lister, majuscule
from perenne.services.consulter.elements import Document, Renvoi, citer_references
from perenne.services.consulter.leviers import ECHELLES, ROLES
from perenne.services.leviers.conseil import Conseil

Origine = Literal["acteur", "entreprise", "territoire"]
Statut = Literal["", "possible", "sous_condition", "a_verifier", "exclu"]


@dataclass(frozen=True, kw_only=True)
class Raison:
    """A term of the sum; `dit` are its points in words."""

    texte: str
    points: float
    dit: str
    nature: str


@dataclass(frozen=True, kw_only=True)
class RegleAppliquee:
    """A rule that gives the status; `effet` is what it does to it."""

    regle: Renvoi
    effet: Statut
    confiance: Confiance
    references: tuple[Document, ...]


@dataclass(frozen=True, kw_only=True)
class VoieLue:
    """An instrument for this actor, and its legal status."""

    instrument: Renvoi
    role: str
    statut: Statut
    dit: str


@dataclass(frozen=True, kw_only=True)
class DroitLu:
    """What the law says at the date.

    Attributes:
        statut: empty when the actor has no known part.
        instrument: the one that suits best, and whose status this is.
        motif: the reason of the status and its article; empty when nothing more is to be said.
        manques: the questions that the law still asks.
        que_faire: what would make it possible.
    """

    statut: Statut
    instrument: Renvoi | None
    motif: str
    manques: str
    que_faire: tuple[str, ...]
    regles: tuple[RegleAppliquee, ...]


@dataclass(frozen=True, kw_only=True)
class Precedent:
    """A case in which the action was taken; `proche` and `loin` say how it resembles."""

    cas: Renvoi
    enseignement: str
    proche: str
    loin: str


@dataclass(frozen=True, kw_only=True)
class Autre:
    """Someone else who may act."""

    acteur: str
    role: str
    condition: str


@dataclass(frozen=True, kw_only=True)
class ActionAvisee:
    """An action and everything that explains its place; `motif_ecart` is empty when it may be advised."""

    action: Renvoi
    code: str
    levier: Renvoi
    echelle: str
    conseil: str
    place: Place
    rang: int | None
    points: float
    points_dits: str
    parce_que: tuple[Raison, ...]
    changerait_si: tuple[str, ...]
    contretemps: bool
    droit: DroitLu
    motif_ecart: str
    instruments: tuple[VoieLue, ...]
    deja: str
    precedents: tuple[Precedent, ...]
    autres: tuple[Autre, ...]
    premiers_pas: tuple[str, ...]
    effort: str
    combinaisons: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class QuestionPosee:
    """What to ask first; `ferait_entrer` are the actions that the answer could bring in."""

    fait: str
    titre: str
    question: str
    ferait_entrer: tuple[Renvoi, ...]


@dataclass(frozen=True, kw_only=True)
class FaitConnu:
    """What the advice rests on; `deduit` when it was not written."""

    id: str
    libelle: str
    valeur: str
    origine: Origine
    deduit: bool


@dataclass(frozen=True, kw_only=True)
class Avis:
    """The advice: `premieres` are the actions to look at first, `echelles` the best of each absent scale."""

    au: str
    entreprise: str
    fictif: bool
    acteur: str
    territoire: str
    chapeau: str
    avertissement: str
    premieres: tuple[str, ...]
    echelles: tuple[str, ...]
    sans_signal: bool
    actions: tuple[ActionAvisee, ...]
    questions: tuple[QuestionPosee, ...]
    lieu: str
    faits: tuple[FaitConnu, ...]
    limites: tuple[str, ...]


def dire_avis(conseil: Conseil) -> Avis:
    """An advice in words."""
    reco, base = conseil.recommandation, conseil.modele.savoir
    demande = reco.demande
    qui = demande.acteur.nom or base.types_acteur[demande.acteur.type].nom
    return Avis(
        au=reco.au.isoformat(),
        entreprise=composer(demande.entreprise.nom),
        fictif=demande.entreprise.fictif,
        acteur=composer(qui),
        territoire=composer(demande.lieu.nom),
        chapeau=composer(dire_chapeau(reco, qui)),
        avertissement=composer(dire_avertissement(reco)),
        premieres=tuple(reco.tete.premieres),
        echelles=tuple(a for _, a in reco.tete.echelles),
        sans_signal=reco.sans_signal,
        actions=tuple(_action(a, base) for a in reco.actions),
        questions=tuple(_questions(reco, base)),
        lieu=dire_lieu(reco, base),
        faits=tuple(_faits(reco, base, conseil.deduits)),
        limites=tuple(composer(x) for x in LIMITES if "« perenne" not in x),
    )


def _action(a: ActionRecommandee, base: BaseSavoir) -> ActionAvisee:
    levier = base.leviers[a.action.levier]
    deja = dict.fromkeys(f"{f.libelle} ({f.acteur.libelle})" for f in a.deja[:3])
    return ActionAvisee(
        action=_renvoi(a.action.id, base),
        code=a.action.code,
        levier=Renvoi(id=levier.id, titre=composer(levier.titre)),
        echelle=ECHELLES[a.action.echelle],
        conseil=composer(a.action.conseil),
        place=a.place,
        rang=a.rang,
        points=a.points,
        points_dits=points(a.points),
        parce_que=tuple(_raison(t, base) for t in a.parce_que),
        changerait_si=tuple(dire_bascule(b, base) for b in a.changerait_si),
        contretemps=a.contretemps,
        droit=_droit(a.droit, base),
        motif_ecart="" if a.place == "conseillee" else composer(dire_motif_ecart(a, base)),
        instruments=tuple(_voie(v) for v in a.droit.voies),
        deja=composer(lister(deja)) if deja else "",
        precedents=tuple(_precedent(p) for p in a.precedents),
        autres=tuple(_autres(a.autres, base)),
        premiers_pas=tuple(composer(p) for p in a.action.premiers_pas),
        effort=composer(dire_effort(a)),
        combinaisons=tuple(dire_combinaisons(a, base)),
    )


def _renvoi(action: str, base: BaseSavoir) -> Renvoi:
    return Renvoi(id=action, titre=composer(base.actions[action].titre))


def _raison(terme: Contribution, base: BaseSavoir) -> Raison:
    return Raison(
        texte=composer(dire_raison(terme, base)),
        points=terme.points,
        dit=points(terme.points),
        nature=terme.nature,
    )


def _droit(droit: Droit, base: BaseSavoir) -> DroitLu:
    meilleure = droit.meilleure
    if meilleure is None:
        return DroitLu(statut="", instrument=None, motif="", manques="", que_faire=(), regles=())
    statut = meilleure.statut
    return DroitLu(
        statut=statut.statut,
        instrument=Renvoi(id=meilleure.instrument.id, titre=composer(meilleure.instrument.titre)),
        motif=majuscule(composer(dire_statut(statut, base).partition(" — ")[2])),
        manques=dire_manques(statut, base),
        que_faire=tuple(composer(x) for x in statut.que_faire),
        regles=tuple(
            RegleAppliquee(
                regle=Renvoi(id=e.resultat.regle.id, titre=composer(e.resultat.regle.titre)),
                effet=e.statut,
                confiance=e.resultat.confiance,
                references=citer_references(e.resultat.references, base),
            )
            for e in statut.effets
            if e.statut
        ),
    )


def _voie(voie: Voie) -> VoieLue:
    part = voie.statut.intervenant
    return VoieLue(
        instrument=Renvoi(id=voie.instrument.id, titre=composer(voie.instrument.titre)),
        role=ROLES[part.role] if part else "",
        statut=voie.statut.statut,
        dit=STATUTS[voie.statut.statut],
    )


def _precedent(p: PrecedentAction) -> Precedent:
    fait = next((f for f in p.faits if f.acteur.types), p.faits[0])
    proche, loin = dire_ressemblance(p)
    return Precedent(
        cas=Renvoi(id=p.cas.id, titre=composer(p.cas.nom)),
        enseignement=composer(p.enseignement or f"{fait.libelle} ({fait.acteur.libelle})."),
        proche=composer(proche),
        loin=composer(loin),
    )


def _autres(autres: Iterable[Intervenant], base: BaseSavoir) -> Iterator[Autre]:
    for part in autres:
        nom = majuscule(composer(base.types_acteur[part.type].nom))
        yield Autre(acteur=nom, role=ROLES[part.role], condition=majuscule(composer(part.condition)))


def _questions(reco: Recommandation, base: BaseSavoir) -> Iterator[QuestionPosee]:
    for q in reco.questions:
        titre, question = dire_question(q.fait, base)
        yield QuestionPosee(
            fait=q.fait,
            titre=composer(titre),
            question=composer(question),
            ferait_entrer=tuple(_renvoi(a, base) for a in q.actions),
        )


def _faits(reco: Recommandation, base: BaseSavoir, deduits: tuple[str, ...]) -> Iterator[FaitConnu]:
    demande = reco.demande
    origines: tuple[tuple[Origine, Mapping[str, Valeur]], ...] = (
        ("acteur", demande.acteur.faits),
        ("entreprise", demande.entreprise.faits),
        ("territoire", demande.lieu.faits),
    )
    for origine, faits in origines:
        for nom, valeur in faits.items():
            fiche = base.faits.get(nom)
            yield FaitConnu(
                id=nom,
                libelle=composer(majuscule(fiche.libelle if fiche else nom)),
                valeur=composer(dire_valeur(nom, valeur, base)),
                origine=origine,
                deduit=nom in deduits,
            )
