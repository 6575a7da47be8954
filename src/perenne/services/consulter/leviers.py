"""The six levers and their nineteen actions, in words, the law read at a date."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.savoir.commun import Confiance
from perenne.domain.savoir.leviers import Action, Instrument, Intervenant
from perenne.reports.typographie import composer, majuscule
from perenne.services.consulter.cas import FaitDeCas, faits_de_action
from perenne.services.consulter.elements import Document, Introuvable, Renvoi, citer_source
from perenne.services.consulter.regles import RegleResumee, resumer_regle
from perenne.services.savoir import obtenir_base

ECHELLES = {
    "individuelle": "pour une entreprise",
    "collective": "à plusieurs",
    "promotion": "vers le public",
}
ROLES = {
    "porte": "peut le faire",
    "cofinance": "peut cofinancer",
    "oriente": "peut orienter",
    "beneficie": "partenaire",
}
NATURES = {
    "numeraire": "de l’argent",
    "remboursable": "de l’argent à rembourser",
    "capital": "des fonds propres",
    "reconnaissance": "une reconnaissance",
    "nature": "une aide en nature",
    "commande": "une commande",
    "accompagnement": "un accompagnement",
    "communication": "de la visibilité",
    "cooperation": "une coopération",
}
STATUTS = {
    "etudie": "documenté par l’étude",
    "a_explorer": "cité par l’étude, à explorer",
    "hors_etude": "ajouté par Pérenne",
}


@dataclass(frozen=True, kw_only=True)
class ActionResumee:
    """An action in a line."""

    id: str
    code: str
    titre: str
    conseil: str
    instruments: int
    appuis: int
    entreprises: int


@dataclass(frozen=True, kw_only=True)
class LevierResume:
    """A lever and its actions."""

    id: str
    code: str
    titre: str
    question: str
    resume: str
    echelle: str
    limites: tuple[str, ...]
    actions: tuple[ActionResumee, ...]


@dataclass(frozen=True, kw_only=True)
class QuiPeut:
    """A type of actor, what it may do, on which condition; `regles` are the rules that say so."""

    acteur: str
    role: str
    condition: str
    regles: tuple[Renvoi, ...]
    confiance: Confiance


@dataclass(frozen=True, kw_only=True)
class InstrumentLu:
    """An instrument; `acteurs` is empty when those of the action may use it."""

    id: str
    titre: str
    apporte: str
    statut: str
    resume: str
    beneficiaires: str
    premiers_pas: tuple[str, ...]
    points_de_vigilance: tuple[str, ...]
    acteurs: tuple[QuiPeut, ...]
    regles: tuple[Renvoi, ...]


@dataclass(frozen=True, kw_only=True)
class Enseignement:
    """A case worth telling and what it teaches."""

    cas: Renvoi
    texte: str


@dataclass(frozen=True, kw_only=True)
class LienAction:
    """Another action, and why it goes with this one, or does not."""

    action: Renvoi | None
    objet: str
    motif: str
    juridique: bool = False


@dataclass(frozen=True, kw_only=True)
class FicheAction:
    """An action with everything a decision needs, the law at `au`."""

    id: str
    code: str
    titre: str
    au: str
    levier: Renvoi
    echelle: str
    conseil: str
    premiers_pas: tuple[str, ...]
    acteurs: tuple[QuiPeut, ...]
    instruments: tuple[InstrumentLu, ...]
    regles: tuple[RegleResumee, ...]
    enseignements: tuple[Enseignement, ...]
    faits: tuple[FaitDeCas, ...]
    sans_precedent: str
    points_de_vigilance: tuple[str, ...]
    synergies: tuple[LienAction, ...]
    incompatibilites: tuple[LienAction, ...]
    source: Document


def lister_leviers(base: BaseSavoir | None = None) -> tuple[LevierResume, ...]:
    """The six levers in the order of the study, each with its actions."""
    base = base or obtenir_base()
    return tuple(
        LevierResume(
            id=x.id,
            code=x.code,
            titre=composer(x.titre),
            question=composer(x.question),
            resume=composer(x.resume),
            echelle=ECHELLES[x.echelle],
            limites=tuple(composer(t) for t in x.limites),
            actions=tuple(_resumer(a, base) for a in base.actions_de(x.id)),
        )
        for x in sorted(base.leviers.values(), key=lambda x: x.code)
    )


def _resumer(action: Action, base: BaseSavoir) -> ActionResumee:
    faits = base.precedents(action=action.id)
    return ActionResumee(
        id=action.id,
        code=action.code,
        titre=composer(action.titre),
        conseil=composer(action.conseil),
        instruments=len(base.instruments_de(action.id)),
        appuis=len(faits),
        entreprises=len({c.id for c, _ in faits}),
    )


def lire_action(identifiant: str, au: dt.date, base: BaseSavoir | None = None) -> FicheAction:
    """The sheet of an action.

    Raises:
        Introuvable: there is no such action.
    """
    base = base or obtenir_base()
    action = base.actions.get(identifiant)
    if action is None:
        raise Introuvable(f"L’action « {identifiant} » n’existe pas.", conseil="Voyez les dix-neuf actions.")
    instruments = base.instruments_de(action.id)
    porteurs: tuple[Action | Instrument, ...] = (action, *instruments)
    citees = dict.fromkeys(
        r for porteur in porteurs for r in (*porteur.regles, *(r for a in porteur.acteurs for r in a.regles))
    )
    levier = base.leviers[action.levier]
    return FicheAction(
        id=action.id,
        code=action.code,
        titre=composer(action.titre),
        au=au.isoformat(),
        levier=Renvoi(id=levier.id, titre=composer(levier.titre)),
        echelle=ECHELLES[action.echelle],
        conseil=composer(action.conseil),
        premiers_pas=tuple(composer(p) for p in action.premiers_pas),
        acteurs=_acteurs(action.acteurs, base),
        instruments=tuple(_instrument(i, base) for i in instruments),
        regles=tuple(resumer_regle(base.regles[r], au, base) for r in citees if r in base.regles),
        enseignements=tuple(
            Enseignement(
                cas=Renvoi(id=p.cas, titre=composer(base.cas[p.cas].nom)), texte=composer(p.enseignement)
            )
            for p in action.precedents
        ),
        faits=faits_de_action(action.id, base),
        sans_precedent=composer(action.sans_precedent),
        points_de_vigilance=tuple(composer(p) for p in action.points_de_vigilance),
        synergies=tuple(
            LienAction(action=_renvoi(x.action, base), objet="", motif=composer(x.motif))
            for x in action.synergies
        ),
        incompatibilites=tuple(
            LienAction(
                action=_renvoi(x.action, base) if x.action else None,
                objet=composer(x.objet or (base.instruments[x.instrument].titre if x.instrument else "")),
                motif=composer(x.motif),
                juridique=x.juridique,
            )
            for x in action.incompatibilites
        ),
        source=citer_source(action.source, base),
    )


def _renvoi(action: str, base: BaseSavoir) -> Renvoi:
    return Renvoi(id=action, titre=composer(base.actions[action].titre))


def _acteurs(intervenants: tuple[Intervenant, ...], base: BaseSavoir) -> tuple[QuiPeut, ...]:
    return tuple(
        QuiPeut(
            acteur=majuscule(composer(base.types_acteur[i.type].nom)),
            role=ROLES[i.role],
            condition=majuscule(composer(i.condition)),
            regles=_regles(i.regles, base),
            confiance=i.confiance,
        )
        for i in intervenants
    )


def _regles(identifiants: tuple[str, ...], base: BaseSavoir) -> tuple[Renvoi, ...]:
    return tuple(Renvoi(id=r, titre=composer(base.regles[r].titre)) for r in identifiants)


def _instrument(instrument: Instrument, base: BaseSavoir) -> InstrumentLu:
    return InstrumentLu(
        id=instrument.id,
        titre=composer(instrument.titre),
        apporte=NATURES[instrument.nature],
        statut=STATUTS[instrument.statut],
        resume=composer(instrument.resume),
        beneficiaires=composer(instrument.beneficiaires),
        premiers_pas=tuple(composer(p) for p in instrument.premiers_pas),
        points_de_vigilance=tuple(composer(p) for p in instrument.points_de_vigilance),
        acteurs=_acteurs(instrument.acteurs, base),
        regles=_regles(instrument.regles, base),
    )
