"""The cases in words: the list with its filters, and one case with its facts and where they are said."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.savoir.cas import Cas, FaitCas
from perenne.kb.libelles import lire_libelles
from perenne.reports.cas import EXPLICITATIONS
from perenne.reports.typographie import composer, date_longue, majuscule, nombre
from perenne.services.atlas_ouvert import AtlasIndisponible, obtenir_atlas
from perenne.services.consulter.elements import Document, Introuvable, Renvoi, citer_source
from perenne.services.savoir import obtenir_base
from perenne.services.situation_cas import situer_cas

ETATS = {"active": "En activité", "arretee": "Arrêtée", "inconnue": "Situation inconnue"}


@dataclass(frozen=True, kw_only=True)
class FaitDeCas:
    """One support received by an enterprise.

    Attributes:
        id: C044, unique.
        dit: whether the study writes it, implies it, or only plans it.
        montant: in words, empty when none is said; `montant_eur` the figure.
        resultat: what came of it, empty when unknown.
    """

    id: str
    cas: Renvoi
    action: Renvoi
    instrument: Renvoi
    libelle: str
    acteur: str
    montant: str
    montant_eur: int | None
    duree: str
    resultat: str
    dit: str
    note: str
    source: Document


@dataclass(frozen=True, kw_only=True)
class CasResume:
    """A case in a line; `appuis` is how many supports were found."""

    id: str
    nom: str
    lieu: str
    departement: str
    activite: Renvoi
    theme: str
    besoins: tuple[Renvoi, ...]
    resume: str
    leviers: tuple[str, ...]
    appuis: int


@dataclass(frozen=True, kw_only=True)
class Critere:
    """What is said of a criterion of the grid."""

    code: str
    titre: str
    reponse: str
    constat: str
    source: Document


@dataclass(frozen=True, kw_only=True)
class FicheCas:
    """A case with its facts."""

    resume: CasResume
    porteur: str
    forme: str
    annee_creation: int | None
    annee_note: str
    lieu_note: str
    vie: str
    agrements: tuple[str, ...]
    zonages: tuple[str, ...]
    faits: tuple[FaitDeCas, ...]
    criteres: tuple[Critere, ...]
    corrections: tuple[str, ...]
    site: str
    siren: str
    sources: tuple[Document, ...]


@dataclass(frozen=True, kw_only=True)
class Choix:
    """The values that a filter may take, with how many cases each."""

    id: str
    titre: str
    nombre: int


def lister_cas(
    *, levier: str = "", activite: str = "", zonage: str = "", base: BaseSavoir | None = None
) -> tuple[CasResume, ...]:
    """The cases by name; only those with a fact of the lever, of the activity, or in the zoning, when given.

    The zonings are those that the study says and those of the commune, as the atlas knows it.

    Raises:
        Introuvable: no such lever, activity or zoning.
    """
    base = base or obtenir_base()
    if levier and levier not in base.leviers:
        raise Introuvable(f"Le levier « {levier} » n’existe pas.", conseil="Choisissez-le dans la liste.")
    if activite and activite not in base.activites:
        raise Introuvable(f"L’activité « {activite} » n’existe pas.", conseil="Choisissez-la dans la liste.")
    if zonage and zonage not in base.zonages:
        raise Introuvable(f"Le zonage « {zonage} » n’existe pas.", conseil="Choisissez-le dans la liste.")
    zonages = zonages_des_cas(base) if zonage else {}
    choisis = [
        c
        for c in base.cas.values()
        if activite in ("", c.activite)
        and (not levier or any(base.actions[f.action].levier == levier for f in c.faits))
        and (not zonage or zonage in zonages[c.id])
    ]
    return tuple(sorted((_resumer(c, base) for c in choisis), key=lambda c: c.nom.casefold()))


def lister_activites_des_cas(base: BaseSavoir | None = None) -> tuple[Choix, ...]:
    """The activities of the cases, by title."""
    base = base or obtenir_base()
    compte: dict[str, int] = {}
    for cas in base.cas.values():
        compte[cas.activite] = compte.get(cas.activite, 0) + 1
    choix = (Choix(id=a, titre=composer(base.activites[a].titre), nombre=n) for a, n in compte.items())
    return tuple(sorted(choix, key=lambda c: c.titre))


def zonages_des_cas(base: BaseSavoir) -> dict[str, frozenset[str]]:
    """By case, the zonings that the study says and, with an atlas, those where its commune is or has been."""
    dits = {c.id: frozenset(z.zonage for z in c.zonages) for c in base.cas.values()}
    try:
        situations = situer_cas(obtenir_atlas(), base)
    except AtlasIndisponible:
        return dits
    return {c: z | situations[c].zonages for c, z in dits.items()}


def lister_zonages_des_cas(base: BaseSavoir | None = None) -> tuple[Choix, ...]:
    """The zonings of the cases, by title."""
    base = base or obtenir_base()
    compte = Counter(z for zonages in zonages_des_cas(base).values() for z in zonages)
    choix = (Choix(id=z, titre=composer(base.zonages[z].titre), nombre=n) for z, n in compte.items())
    return tuple(sorted(choix, key=lambda c: c.titre))


def _lieu(cas: Cas) -> str:
    place = cas.implantation
    lieu = place.nom_commune or place.lieu or "lieu non précisé"
    if place.nom_commune and place.probable:
        lieu += " (probable)"
    return composer(lieu)


def _resumer(cas: Cas, base: BaseSavoir) -> CasResume:
    leviers = sorted({base.leviers[base.actions[f.action].levier].code for f in cas.faits})
    return CasResume(
        id=cas.id,
        nom=composer(cas.nom),
        lieu=_lieu(cas),
        departement=cas.implantation.departement,
        activite=Renvoi(id=cas.activite, titre=composer(base.activites[cas.activite].titre)),
        theme=majuscule(lire_libelles(base).valeur(cas.theme)),
        besoins=tuple(Renvoi(id=b, titre=composer(base.besoins[b].titre)) for b in cas.besoins),
        resume=composer(cas.resume),
        leviers=tuple(leviers),
        appuis=len(cas.faits),
    )


def lire_cas(identifiant: str, base: BaseSavoir | None = None) -> FicheCas:
    """The sheet of a case.

    Raises:
        Introuvable: there is no such case.
    """
    base = base or obtenir_base()
    cas = base.cas.get(identifiant)
    if cas is None:
        raise Introuvable(f"Le cas « {identifiant} » n’existe pas.", conseil="Voyez la liste des cas.")
    libelles = lire_libelles(base)
    place = cas.implantation
    return FicheCas(
        resume=_resumer(cas, base),
        porteur=composer(cas.porteur),
        forme=majuscule(composer(cas.forme_precisee or libelles.valeur(cas.forme_juridique))),
        annee_creation=cas.annee_creation,
        annee_note=composer(cas.annee_note),
        lieu_note=composer(place.note),
        vie=_vie(cas),
        agrements=tuple(composer(a.libelle) for a in cas.agrements),
        zonages=tuple(
            composer(base.zonages[z.zonage].titre + ("" if z.explicite else " (non écrit, déduit)"))
            for z in cas.zonages
        ),
        faits=tuple(_fait(cas, f, base) for f in cas.faits),
        criteres=tuple(
            Critere(
                code=r.critere,
                titre=composer(base.criteres[r.critere].titre),
                reponse=majuscule(r.reponse),
                constat=composer(r.constat),
                source=citer_source(r.source, base),
            )
            for r in cas.evaluations
        ),
        corrections=tuple(composer(base.erreurs_etude[e].correction) for e in cas.erreurs),
        site=cas.site if cas.site.startswith(("https://", "http://")) else "",
        siren=cas.siren,
        sources=tuple(citer_source(s, base) for s in cas.sources),
    )


def _vie(cas: Cas) -> str:
    au = f" au {date_longue(cas.vie.au)}" if cas.vie.au else ""
    motif = f". {cas.vie.motif}" if cas.vie.motif else ""
    return composer(f"{ETATS[cas.vie.etat]}{au}{motif}")


def faits_de_action(action: str, base: BaseSavoir | None = None) -> tuple[FaitDeCas, ...]:
    """The supports of one action in every case."""
    base = base or obtenir_base()
    return tuple(_fait(cas, fait, base) for cas, fait in base.precedents(action=action))


def _fait(cas: Cas, fait: FaitCas, base: BaseSavoir) -> FaitDeCas:
    montant = ""
    if fait.montant_eur is not None:
        plafond = "jusqu’à " if fait.plafond else ""
        montant = f"{plafond}{nombre(fait.montant_eur)}\u202f€"
    return FaitDeCas(
        id=fait.id,
        cas=Renvoi(id=cas.id, titre=composer(cas.nom)),
        action=Renvoi(id=fait.action, titre=composer(base.actions[fait.action].titre)),
        instrument=Renvoi(id=fait.instrument, titre=composer(base.instruments[fait.instrument].titre)),
        libelle=majuscule(composer(fait.libelle)),
        acteur=composer(fait.acteur.libelle) or "Non précisé",
        montant=montant,
        montant_eur=fait.montant_eur,
        duree=composer(fait.duree),
        resultat=composer(fait.resultat),
        dit=EXPLICITATIONS[fait.explicitation],
        note=composer(fait.note),
        source=citer_source(fait.source, base),
    )
