"""What a user asks of the directory, read with the atlas and the knowledge base."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from perenne.domain.annuaire.demande import Condition, Criteres, Valeurs
from perenne.domain.erreurs import Anomalie, ErreurUtilisateur
from perenne.domain.savoir.activites import Activite
from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.savoir.besoins import Besoin
from perenne.domain.savoir.formes_juridiques import FormeJuridique
from perenne.domain.territoire.identite import Territoire
from perenne.domain.texte import normaliser
from perenne.kb.proximite import proches

TOUS = "tous"
VERDICTS = ("oui", "probable", "inconnu", "non")
VERDICTS_MONTRES = ("oui", "probable", "inconnu")
ETATS = ("active", "inconnu", "fermee", "dissoute")
ETATS_MONTRES = ("active", "inconnu")
EMPLOYEURS = {"oui": "O", "non": "N", "inconnu": ""}
AGREMENTS = ("ess-france", "esus", "siae", "data-inclusion", "tiers-lieux")
"""Approvals and lists. `siae:ACI` is a kind of structure of inclusion."""

SANS_SIREN = "rna"
"""The legal form of an association that only the register of associations knows."""


@dataclass(frozen=True, kw_only=True)
class Filtres:
    """What is asked; empty for no condition.

    Attributes:
        mots: words of the name, or a SIREN, a SIRET or an RNA number.
        dans: a territory, as `perenne territoire` takes it.
        activites, besoins, zonages: identifiers or titles of the knowledge base; one of each kind is enough.
        verdicts, etats: those shown; none for the usual ones, `tous` for all.
        employeur: `oui`, `non` or `inconnu`.
        formes: codes, beginnings of codes, or families of legal forms.
        au: date at which the zonings are read.
    """

    mots: str = ""
    dans: str = ""
    activites: tuple[str, ...] = ()
    besoins: tuple[str, ...] = ()
    zonages: tuple[str, ...] = ()
    verdicts: tuple[str, ...] = ()
    etats: tuple[str, ...] = ()
    employeur: str = ""
    agrements: tuple[str, ...] = ()
    formes: tuple[str, ...] = ()
    au: dt.date

    @property
    def vide(self) -> bool:
        """Whether nothing narrows the search: neither words nor a condition other than what is shown."""
        return not any(
            (self.mots.strip(), self.dans, self.activites, self.besoins, self.zonages, self.employeur,
             self.agrements, self.formes)
        )  # fmt: skip


def conditions_de_savoir(filtres: Filtres, base: BaseSavoir) -> tuple[Condition, ...]:
    """Conditions on activities, needs, employers, approvals and legal forms.

    Raises:
        ErreurUtilisateur: something is not known; every fault is told, with what is near.
    """
    fautes: list[Anomalie] = []
    conditions = []
    activites = trouver(filtres.activites, "une activité", _titres(base.de(Activite)), fautes)
    besoins = trouver(filtres.besoins, "un besoin", _titres(base.de(Besoin)), fautes)
    servis = [a for a, fiche in base.de(Activite).items() if set(fiche.besoins_servis) & set(besoins)]
    for demandees, ids in ((filtres.activites, activites), (filtres.besoins, servis)):
        if demandees:
            conditions.append(
                Condition(
                    parmi=(("activite", tuple(ids)),),
                    inconnues=(
                        ("activite-faible", (("activite-faible", tuple(ids)),)),
                        ("activite", (("activite", ("",)),)),
                    ),
                )
            )
    if filtres.employeur:
        conditions.append(_employeur(filtres.employeur, fautes))
    if filtres.agrements:
        connus = trouver(
            filtres.agrements, "un agrément ni une liste", dict.fromkeys(AGREMENTS, ()), fautes, "siae:"
        )
        conditions.append(Condition(parmi=(("agrement", connus),)))
    if filtres.formes:
        codes = _formes(filtres.formes, base, fautes)
        conditions.append(Condition(parmi=(("forme", codes),), inconnues=(("forme", (("forme", ("",)),)),)))
    if fautes:
        raise ErreurUtilisateur("La recherche n'est pas comprise.", anomalies=fautes)
    return tuple(conditions)


def montrees(filtres: Filtres) -> Criteres:
    """Which states and verdicts are shown.

    Raises:
        ErreurUtilisateur: one is not known.
    """
    fautes: list[Anomalie] = []
    etats = _parmi(filtres.etats, "un état", ETATS, ETATS_MONTRES, fautes)
    verdicts = _parmi(filtres.verdicts, "un verdict", VERDICTS, VERDICTS_MONTRES, fautes)
    if fautes:
        raise ErreurUtilisateur("La recherche n'est pas comprise.", anomalies=fautes)
    return Criteres(etats=etats, verdicts=verdicts)


def condition_de_lieu(parties: Iterable[Territoire], *, nommees: bool) -> Condition:
    """The enterprises with a place in one of the territories: their head office or an active establishment.

    Args:
        nommees: whether words are asked too: those that no file places are then told.
    """
    codes: dict[str, list[str]] = {}
    inconnues: list[tuple[str, tuple[Valeurs, ...]]] = []
    if nommees:
        inconnues.append(("commune", (("commune", ("",)),)))
    for partie in parties:
        genre = "commune" if partie.type == "epci" else partie.type
        codes.setdefault(genre, []).extend(partie.communes if partie.type == "epci" else (partie.code,))
        if partie.type == "qpv":
            ailleurs = (("qpv_statut", ("inconnu",)), ("commune", partie.communes))
            inconnues.append(("qpv", ailleurs))
        if partie.type == "arrondissement-municipal":
            inconnues.append(("arrondissement-municipal", (("arrondissement-municipal", ("",)),)))
    return Condition(
        parmi=tuple((genre, tuple(sorted(set(c)))) for genre, c in codes.items()), inconnues=tuple(inconnues)
    )


def _titres(fiches: Mapping[str, Activite] | Mapping[str, Besoin]) -> dict[str, tuple[str, ...]]:
    return {i: (f.titre,) for i, f in fiches.items()}


def trouver(
    demandes: Iterable[str],
    quoi: str,
    connus: Mapping[str, tuple[str, ...]],
    fautes: list[Anomalie],
    libre: str = "",
) -> tuple[str, ...]:
    """Identifiers, found by identifier or by name, however they are written.

    Args:
        quoi: what they are, with its article, for the message of a fault.
        connus: names of each identifier.
        fautes: receives what is not known, with what is near.
        libre: what starts so is taken as it is.
    """
    # An identifier wins over a name: « frr » is not « FRR+ ».
    formes = {normaliser(nom): i for i, noms in connus.items() for nom in noms}
    formes |= {normaliser(i): i for i in connus}
    trouves = []
    for demande in demandes:
        trouve = formes.get(normaliser(demande))
        if trouve is None and libre and demande.lower().startswith(libre):
            trouve = libre + demande[len(libre) :].strip().upper()
        if trouve is not None:
            trouves.append(trouve)
            continue
        voisins = proches(demande, (*connus, *(n for noms in connus.values() for n in noms)))
        conseil = f"Vouliez-vous dire {' ou '.join(dict.fromkeys(voisins))} ?" if voisins else _lister(connus)
        fautes.append(Anomalie(ou="", message=f"« {demande} » n'est pas {quoi}.", conseil=conseil))
    return tuple(dict.fromkeys(trouves))


def _lister(connus: Iterable[str]) -> str:
    return f"Connus : {', '.join(connus)}."


def _employeur(demande: str, fautes: list[Anomalie]) -> Condition:
    lu = EMPLOYEURS.get(normaliser(demande))
    if lu is None:
        fautes.append(Anomalie(ou="", message=f"« {demande} » : employeur attend oui, non ou inconnu."))
        return Condition(parmi=())
    return Condition(
        parmi=(("employeur", (lu,)),), inconnues=(("employeur", (("employeur", ("",)),)),) if lu else ()
    )


def _formes(demandes: Iterable[str], base: BaseSavoir, fautes: list[Anomalie]) -> tuple[str, ...]:
    """Codes of the legal forms asked by code, by beginning of code, or by family."""
    formes = base.de(FormeJuridique)
    familles = sorted({f.famille for f in formes.values()})
    codes: list[str] = []
    for demande in demandes:
        voulue = demande.strip().lower()
        if voulue.isdigit() and len(voulue) <= 4:
            siens = [c for c in formes if c.startswith(voulue)]
        else:
            siens = [c for c, f in formes.items() if normaliser(f.famille) == normaliser(voulue)]
        siens += [SANS_SIREN] if voulue in ("association", SANS_SIREN) else []
        if not siens:
            fautes.append(
                Anomalie(
                    ou="",
                    message=f"« {demande} » n'est ni un code de forme juridique ni une famille.",
                    conseil=f"Familles : {', '.join(familles)}.",
                )
            )
        codes += siens
    return tuple(dict.fromkeys(codes))


def _parmi(
    demandes: Iterable[str],
    quoi: str,
    connus: tuple[str, ...],
    usuels: tuple[str, ...],
    fautes: list[Anomalie],
) -> tuple[str, ...]:
    if {TOUS, "toutes"} & {normaliser(d) for d in demandes}:
        return ()
    return trouver(demandes, quoi, dict.fromkeys(connus, ()), fautes) or usuels
