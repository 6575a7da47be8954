"""Levers and cases: what a type cannot say of actions, instruments, actors and the facts of the cases."""

from __future__ import annotations

from collections.abc import Iterable

from perenne.domain.identifiants import siren_valide
from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.savoir.cas import Cas, Constat, Reponse
from perenne.domain.savoir.expressions import Fait
from perenne.domain.texte import normaliser
from perenne.kb.chemin import Chemin
from perenne.kb.constat import ConstatDeControle


def controler_leviers(base: BaseSavoir) -> Iterable[ConstatDeControle]:
    """Actions and their lever, their precedents, the stages; facts and their instrument; SIREN numbers."""
    yield from _actions(base)
    yield from _stades(base)
    yield from _cas(base)
    for organisation in base.organisations.values():
        yield from _siren("organisation", organisation.id, organisation.siren)


def valeur_admise(fait: Fait, valeur: bool | int | float | str) -> bool:
    """Whether a value is of the type, among the choices and within the bounds of a fact."""
    if fait.type == "booleen":
        return isinstance(valeur, bool)
    if fait.type == "nombre":
        if isinstance(valeur, bool) or not isinstance(valeur, (int, float)):
            return False
        bas, haut = fait.minimum, fait.maximum
        return (bas is None or valeur >= bas) and (haut is None or valeur <= haut)
    return isinstance(valeur, str) and (fait.valeurs is None or valeur in fait.valeurs)


def _constat(genre: str, id_: str, chemin: Chemin, message: str, conseil: str) -> ConstatDeControle:
    return ConstatDeControle(genre=genre, id=id_, chemin=chemin, message=message, conseil=conseil)


def _actions(base: BaseSavoir) -> Iterable[ConstatDeControle]:
    illustrees = {(f.action, cas.id) for cas in base.cas.values() for f in cas.faits}
    for action in base.actions.values():
        levier = base.leviers.get(action.levier)
        if levier is not None and not action.code.startswith(f"{levier.code}."):
            message = f"le code {action.code} n’est pas celui d’une action du levier {levier.code}."
            yield _constat(
                "action", action.id, ("code",), message, f"Attendu : {levier.code}.1, {levier.code}.2…"
            )
        if not action.precedents and not action.sans_precedent:
            conseil = "Citez un cas dans « precedents », ou dites pourquoi dans « sans_precedent »."
            yield _constat("action", action.id, (), "aucun précédent n’est cité.", conseil)
        for rang, precedent in enumerate(action.precedents):
            if (action.id, precedent.cas) not in illustrees:
                message = f"le cas « {precedent.cas} » n’a aucun fait de cette action."
                conseil = "Ajoutez le fait au cas, ou choisissez un autre précédent."
                yield _constat("action", action.id, ("precedents", rang, "cas"), message, conseil)


def _stades(base: BaseSavoir) -> Iterable[ConstatDeControle]:
    """A stage and an action must not contradict each other."""
    for stade in base.stades.values():
        conseils = {c.action: "non" for c in stade.actions_a_eviter} | {
            c.action: "oui" for c in stade.actions_adaptees
        }
        for action in base.actions.values():
            for rang, avis in enumerate(action.stades):
                autre = conseils.get(action.id)
                if avis.stade == stade.id and {avis.convient, autre} == {"oui", "non"}:
                    message = f"le stade « {stade.id} » dit le contraire de cette action."
                    conseil = "Accordez la fiche du stade et celle de l’action."
                    yield _constat("action", action.id, ("stades", rang), message, conseil)


def _cas(base: BaseSavoir) -> Iterable[ConstatDeControle]:
    vus: dict[str, str] = {}
    noms: dict[str, str] = {}
    for cas in base.cas.values():
        yield from _siren("cas", cas.id, cas.siren)
        for rang, nom in enumerate((cas.nom, *cas.alias)):
            ailleurs = noms.setdefault(normaliser(nom), cas.id)
            if ailleurs != cas.id:
                chemin: Chemin = ("alias", rang - 1) if rang else ("nom",)
                message = f"« {nom} » désigne déjà le cas « {ailleurs} »."
                yield _constat("cas", cas.id, chemin, message, "Un nom ne peut désigner qu’un cas.")
        for rang, fait in enumerate(cas.faits):
            if fait.id in vus:
                message = f"le fait {fait.id} existe déjà dans le cas « {vus[fait.id]} »."
                yield _constat(
                    "cas", cas.id, ("faits", rang, "id"), message, "Prenez le premier numéro libre."
                )
            vus[fait.id] = cas.id
            instrument = base.instruments.get(fait.instrument)
            if instrument is not None and fait.action not in instrument.actions:
                message = f"l’instrument « {fait.instrument} » ne sert pas l’action « {fait.action} »."
                conseil = "Choisissez un autre instrument, ou ajoutez l’action à cet instrument."
                yield _constat("cas", cas.id, ("faits", rang, "instrument"), message, conseil)
        yield from _situation(base, cas)


def _situation(base: BaseSavoir, cas: Cas) -> Iterable[ConstatDeControle]:
    connus = {f.id for f in cas.faits}
    lus: list[tuple[str, int, Reponse | Constat]] = [
        *(("evaluations", r, e) for r, e in enumerate(cas.evaluations)),
        *(("situation", r, c) for r, c in enumerate(cas.situation)),
    ]
    for liste, rang, lu in lus:
        inconnus = [d for d in lu.deduit_de if d not in connus]
        if inconnus:
            message = f"{', '.join(inconnus)} : pas un fait de ce cas."
            conseil = "« deduit_de » ne cite que des faits du même fichier."
            yield _constat("cas", cas.id, (liste, rang, "deduit_de"), message, conseil)
        if isinstance(lu, Constat):
            fait = base.faits.get(lu.fait)
            if fait is not None and not valeur_admise(fait, lu.valeur):
                message = f"« {lu.valeur} » n’est pas une valeur du fait « {lu.fait} » ({fait.type})."
                conseil = "Voyez le type, les choix et les bornes dans knowledge/faits."
                yield _constat("cas", cas.id, (liste, rang, "valeur"), message, conseil)


def _siren(genre: str, id_: str, siren: str) -> Iterable[ConstatDeControle]:
    if siren and not siren_valide(siren):
        conseil = "Neuf chiffres, clé comprise ; dans le doute, laissez la clé « siren » de côté."
        yield _constat(genre, id_, ("siren",), f"« {siren} » n’est pas un numéro SIREN.", conseil)
