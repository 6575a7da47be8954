"""Dated rules in words: the list, one rule over time, what changed in a year."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from perenne.domain.regles.moteur import evaluer_regle
from perenne.domain.regles.periodes import fin_de, version_au
from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.savoir.commun import Confiance
from perenne.domain.savoir.regles import Regle, Version
from perenne.kb.libelles import lire_libelles
from perenne.reports.regles.conditions import lire_condition
from perenne.reports.regles.mots import DATES, ISSUES, chiffre, periode_lisible, valeur_lisible
from perenne.reports.typographie import composer, lister, majuscule
from perenne.services.consulter.elements import CONFIANCES, Document, Introuvable, Renvoi, citer_references
from perenne.services.savoir import obtenir_base

_ETATS = {
    "avant": "avant la première version connue",
    "lacune": "période qui n’est pas connue",
    "apres": "après la dernière version connue",
}


@dataclass(frozen=True, kw_only=True)
class CasDeRegle:
    """One case of a condition: its outcome, when, why, what to do."""

    issue: str
    si: str
    motif: str
    que_faire: str


@dataclass(frozen=True, kw_only=True)
class Periode:
    """What a rule says during one period.

    Attributes:
        du, au: ISO dates, both ends included; `au` empty while it is open.
        dit: the period in words.
        valeur: the figure in words, empty for none; `nombre` the figure itself in the unit of the rule.
        bareme: figure by case, in words.
    """

    du: str
    au: str
    dit: str
    valeur: str
    nombre: float | None
    bareme: tuple[Renvoi, ...]
    cas: tuple[CasDeRegle, ...]
    references: tuple[Document, ...]
    confiance: Confiance
    note: str


@dataclass(frozen=True, kw_only=True)
class RegleResumee:
    """A rule at a date, in a line.

    Attributes:
        reponse: the figure, or the possible outcomes; why nothing is known when no version is in force.
        en_vigueur: whether a version is in force.
        depuis: since when, in words; empty when none is.
    """

    id: str
    domaine: str
    titre: str
    enonce: str
    reponse: str
    en_vigueur: bool
    depuis: str
    references: tuple[Document, ...]
    confiance: Confiance
    confiance_dite: str
    verifie_le: str


@dataclass(frozen=True, kw_only=True)
class FicheRegle:
    """A rule with all its periods, the one in force at the date first told by `actuelle` (rank, or None)."""

    resume: RegleResumee
    au: str
    unite: str
    date_qui_compte: str
    portee: str
    limites: str
    notes: tuple[str, ...]
    periodes: tuple[Periode, ...]
    actuelle: int | None
    erreurs_etude: tuple[Renvoi, ...]


@dataclass(frozen=True, kw_only=True)
class Changement:
    """A rule that changed: the day, what it said before, what it says since."""

    regle: str
    titre: str
    le: str
    avant: str
    apres: str
    confiance: Confiance


def lister_domaines(base: BaseSavoir | None = None) -> tuple[Renvoi, ...]:
    """The domains of the rules."""
    base = base or obtenir_base()
    libelles = lire_libelles(base)
    domaines = dict.fromkeys(r.domaine for r in base.regles.values())
    return tuple(Renvoi(id=d, titre=_nom_domaine(d, libelles.valeurs.get(d, ""))) for d in domaines)


def _nom_domaine(domaine: str, libelle: str) -> str:
    return majuscule(libelle or NOMS_DOMAINES.get(domaine, domaine.replace("-", " ")))


NOMS_DOMAINES = {
    "acteurs": "acteurs publics et leurs noms",
    "agrements": "agréments",
    "aides-etat": "aides d’État",
    "competences": "compétences des collectivités",
    "ess": "économie sociale et solidaire",
    "en-nature": "contributions en nature",
    "iae": "insertion par l’activité économique",
}


def lister_regles(
    au: dt.date, *, domaine: str = "", base: BaseSavoir | None = None
) -> tuple[RegleResumee, ...]:
    """The rules at a date, by identifier; those of one domain when it is given.

    Raises:
        Introuvable: no rule is in that domain.
    """
    base = base or obtenir_base()
    choisies = [r for r in base.regles.values() if domaine in ("", r.domaine)]
    if not choisies:
        raise Introuvable(f"Aucune règle n’est rangée sous « {domaine} ».")
    return tuple(resumer_regle(r, au, base) for r in choisies)


def resumer_regle(regle: Regle, au: dt.date, base: BaseSavoir) -> RegleResumee:
    """A rule at a date."""
    choix = version_au(regle, au)
    version = choix.version
    return RegleResumee(
        id=regle.id,
        domaine=regle.domaine,
        titre=composer(regle.titre),
        enonce=composer(regle.enonce),
        reponse=_reponse(regle, version, base) if version else f"Non connu : {_ETATS[choix.etat]}",
        en_vigueur=version is not None,
        depuis=composer(periode_lisible(version.du, choix.fin)) if version else "",
        references=citer_references((version.references if version else ()) or regle.references, base),
        confiance=(version.confiance if version else None) or regle.confiance,
        confiance_dite=CONFIANCES[(version.confiance if version else None) or regle.confiance],
        verifie_le=regle.verifie_le.isoformat(),
    )


def _reponse(regle: Regle, version: Version, base: BaseSavoir) -> str:
    if version.valeur is not None:
        return composer(chiffre(Decimal(str(version.valeur)), regle.unite))
    if version.bareme:
        return composer(" ; ".join(f"{b.id} : {b.titre}" for b in _bareme(regle, version, base)))
    # « sans objet » says nothing of those whom the rule concerns: the sheet of the rule tells it.
    issues = dict.fromkeys(ISSUES[c.issue] for c in version.cas if c.issue != "sans_objet")
    issues = issues or {ISSUES["sans_objet"]: None}
    return majuscule(lister(issues, "ou")) + (", selon le cas" if len(issues) > 1 else "")


def _bareme(regle: Regle, version: Version, base: BaseSavoir) -> tuple[Renvoi, ...]:
    fait = base.faits.get(regle.cle or "")
    return tuple(
        Renvoi(id=valeur_lisible(code, fait, base), titre=composer(chiffre(Decimal(str(v)), regle.unite)))
        for code, v in (version.bareme or {}).items()
    )


def lire_regle(identifiant: str, au: dt.date, base: BaseSavoir | None = None) -> FicheRegle:
    """A rule with all its periods.

    Raises:
        Introuvable: there is no such rule.
    """
    base = base or obtenir_base()
    regle = base.regles.get(identifiant)
    if regle is None:
        raise Introuvable(f"La règle « {identifiant} » n’existe pas.", conseil="Voyez la liste des règles.")
    choix = version_au(regle, au)
    return FicheRegle(
        resume=resumer_regle(regle, au, base),
        au=au.isoformat(),
        unite=regle.unite,
        date_qui_compte=composer(DATES[regle.date_applicable]),
        portee=composer(regle.portee),
        limites=composer(regle.limites),
        notes=tuple(composer(n) for n in regle.notes),
        periodes=tuple(_periode(regle, i, base) for i in range(len(regle.versions))),
        actuelle=choix.rang if choix.version else None,
        erreurs_etude=tuple(
            Renvoi(id=e, titre=composer(base.erreurs_etude[e].correction)) for e in regle.erreurs_etude
        ),
    )


def _periode(regle: Regle, rang: int, base: BaseSavoir) -> Periode:
    version, fin = regle.versions[rang], fin_de(regle, rang)
    return Periode(
        du=version.du.isoformat(),
        au=fin.isoformat() if fin else "",
        dit=majuscule(composer(periode_lisible(version.du, fin))),
        valeur="" if version.valeur is None else _reponse(regle, version, base),
        nombre=version.valeur,
        bareme=_bareme(regle, version, base),
        cas=_cas(regle, version, base),
        references=citer_references(version.references or regle.references, base),
        confiance=version.confiance or regle.confiance,
        note=composer(version.note),
    )


def _cas(regle: Regle, version: Version, base: BaseSavoir) -> tuple[CasDeRegle, ...]:
    if not version.cas:
        return ()
    # Evaluated without any fact: the first cases cannot be decided, so every condition is read.
    lus = evaluer_regle(regle, {}, version.du, base.regles)
    etapes = {id(c.cas): c for c in lus.cas}
    dits = []
    for cas in version.cas:
        lu = etapes.get(id(cas))
        if lu is not None and lu.etape is not None:
            si = lire_condition(lu.etape, lus, base)
        else:
            si = f"si {cas.si}" if cas.si else "dans les autres cas"
        dits.append(
            CasDeRegle(
                issue=ISSUES[cas.issue],
                si=composer(si),
                motif=composer(cas.motif),
                que_faire=composer(cas.que_faire),
            )
        )
    return tuple(dits)


def lister_changements(annee: int, base: BaseSavoir | None = None) -> tuple[Changement, ...]:
    """What changed in a year: each version that starts then after another one, by day."""
    base = base or obtenir_base()
    trouves = []
    for regle in base.regles.values():
        for rang, version in enumerate(regle.versions):
            if version.du.year != annee:
                continue
            avant = _reponse(regle, regle.versions[rang - 1], base) if rang else "Première version connue"
            apres = _reponse(regle, version, base)
            if avant == apres:
                apres = "Conditions ou texte modifiés" if version.cas else "Montant inchangé, nouveau texte"
            trouves.append(
                Changement(
                    regle=regle.id,
                    titre=composer(regle.titre),
                    le=version.du.isoformat(),
                    avant=avant,
                    apres=apres,
                    confiance=version.confiance or regle.confiance,
                )
            )
    return tuple(sorted(trouves, key=lambda c: (c.le, c.regle)))
