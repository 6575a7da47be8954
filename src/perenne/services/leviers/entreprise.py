"""Reads an enterprise: a case of the base, or a YAML file written by hand; every mistake at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast

from perenne.domain.erreurs import Anomalie, ErreurUtilisateur
from perenne.domain.leviers.contributions import fait_du_critere
from perenne.domain.leviers.entree import Entreprise
from perenne.domain.leviers.evaluation.masque import faits_du_cas
from perenne.domain.regles.defauts import Defaut
from perenne.domain.regles.evaluation import Valeur
from perenne.domain.regles.faits import lire_fait
from perenne.domain.regles.types import Type
from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.savoir.regles import ValeurFait
from perenne.kb.chemin import Chemin
from perenne.kb.controles_regles import portee_de
from perenne.kb.lecture import lire_yaml
from perenne.kb.phrases import phrase
from perenne.services.leviers.dossier import (
    entreprise_du_diagnostic,
    est_un_dossier,
    lire_diagnostic,
    theme_de,
)
from perenne.services.leviers.suggestion import vouliez_vous
from perenne.services.tresorerie.garde_xlsx import OLE

CLES = (
    "nom", "fictif", "forme_juridique", "activite", "besoins", "theme", "territoire", "stade",
    "annee_creation", "grille", "situation",
)  # fmt: skip
OCTETS_MAX = 5_000_000
JEUNE = 3
"""Years below which an enterprise whose stage is not said is taken to be starting (`amorcage`)."""


@dataclass(frozen=True, kw_only=True)
class EntrepriseLue:
    """What was read.

    Attributes:
        territoire: code or name of its territory, as written; empty when it says none.
        zonages: zonings that the source itself says of it.
        deduits: facts that were deduced from others, to be said to the reader.
    """

    entreprise: Entreprise
    territoire: str = ""
    zonages: frozenset[str] = frozenset()
    deduits: tuple[str, ...] = ()


@dataclass
class _Lecture:
    base: BaseSavoir
    situer: Callable[[Chemin], str]
    types: Mapping[str, Type]
    anomalies: list[Anomalie] = field(default_factory=list)

    def refuser(self, chemin: Chemin, message: str, conseil: str = "") -> None:
        self.anomalies.append(Anomalie(ou=self.situer(chemin), message=message, conseil=conseil))


def lire_entreprise(demande: str, base: BaseSavoir, au: dt.date) -> EntrepriseLue:
    """Read a case by its identifier, or a file.

    Args:
        demande: identifier of a case (`bell-occas`) or path of a YAML file.
        base: the knowledge base.
        au: date of the advice, to tell the age.

    Raises:
        ErreurUtilisateur: neither a case nor a file, or what is written there cannot be used.
    """
    if demande in base.cas:
        return _lire_cas(demande, base)
    chemin = Path(demande)
    if not chemin.is_file():
        raise ErreurUtilisateur(
            f"« {demande} » n'est ni une fiche d'entreprise ni un cas de la base.",
            conseil=f"{vouliez_vous(demande, tuple(base.cas))} Une fiche s'écrit en YAML : "
            "voir data/demo/entreprises et docs/guides/choisir-un-levier.md.".strip(),
        )
    try:
        octets = chemin.read_bytes()[: OCTETS_MAX + 1]
    except OSError as erreur:
        raise ErreurUtilisateur(f"« {chemin} » ne se lit pas : {erreur.strerror}.") from None
    if len(octets) > OCTETS_MAX:
        raise ErreurUtilisateur(f"« {chemin} » est trop gros pour une fiche d'entreprise.")
    if est_un_dossier(chemin, _apercu(octets)):
        entreprise, deduits = lire_diagnostic(chemin, base, au)
        return EntrepriseLue(entreprise=entreprise, deduits=deduits)
    return lire_octets(octets, chemin.name, base, au)


def _apercu(octets: bytes) -> object:
    """What the file holds, its mistakes being told later."""
    if octets.startswith(b"PK"):
        return None
    document = lire_yaml(octets, lambda *_: None)
    return document.valeur if document is not None else None


def lire_octets(octets: bytes, nom: str, base: BaseSavoir, au: dt.date) -> EntrepriseLue:
    """Read the bytes of a file; `nom` is only said in the messages.

    Raises:
        ErreurUtilisateur: with every mistake of the file.
    """
    anomalies: list[Anomalie] = []

    def signaler(ligne: int, message: str, conseil: str) -> None:
        anomalies.append(Anomalie(ou=f"{nom}, ligne {ligne}", message=message, conseil=conseil))

    document = lire_yaml(octets, signaler)
    if document is None or not isinstance(document.valeur, dict):
        if document is not None:
            signaler(1, "une fiche d'entreprise est une suite de « clé: valeur ».", "")
        raise ErreurUtilisateur("Cette fiche ne se lit pas :", anomalies=anomalies)

    def situer(chemin: Chemin) -> str:
        return f"{nom}, ligne {document.ligne(chemin)}"

    lecture = _Lecture(base, situer, portee_de(base.fiches).faits, anomalies)
    return _interpreter(lecture, document.valeur, au)


def lire_envoi(octets: bytes, nom: str, base: BaseSavoir, au: dt.date) -> EntrepriseLue:
    """A description or a shared diagnosis received as bytes: nothing is looked for beside it.

    Raises:
        ErreurUtilisateur: with every mistake of the file.
    """
    if len(octets) > OCTETS_MAX:
        raise ErreurUtilisateur(f"« {nom} » est trop gros pour une fiche d'entreprise.")
    apercu = _apercu(octets)
    if octets.startswith((b"PK", OLE)) or (isinstance(apercu, dict) and "structure" in apercu):
        from perenne.services.entreprise.diagnostic import diagnostiquer_lu  # noqa: PLC0415 (heavy readers)
        from perenne.services.entreprise.dossiers import lire_octets as lire_dossier  # noqa: PLC0415

        lu = lire_dossier(octets, nom, au)
        entreprise, deduits = entreprise_du_diagnostic(diagnostiquer_lu(lu, au).diagnostic, base)
        return EntrepriseLue(entreprise=entreprise, deduits=deduits)
    return lire_octets(octets, nom, base, au)


def lire_table(
    table: Mapping[str, Any],
    base: BaseSavoir,
    au: dt.date,
    situer: Callable[[Chemin], str] = lambda chemin: ".".join(map(str, chemin)),
) -> EntrepriseLue:
    """A description as plain values (JSON, a form); `situer` names a place, a path by default.

    Raises:
        ErreurUtilisateur: with every mistake.
    """
    return _interpreter(_Lecture(base, situer, portee_de(base.fiches).faits), table, au)


def lire_cas(identifiant: str, base: BaseSavoir) -> EntrepriseLue:
    """A case as an enterprise.

    Raises:
        ErreurUtilisateur: there is no such case.
    """
    if identifiant not in base.cas:
        raise ErreurUtilisateur(
            f"« {identifiant} » n'est pas un cas de la base.",
            conseil=vouliez_vous(identifiant, tuple(base.cas)),
        )
    return _lire_cas(identifiant, base)


def _lire_cas(identifiant: str, base: BaseSavoir) -> EntrepriseLue:
    cas = base.cas[identifiant]
    entreprise = Entreprise(
        nom=cas.nom,
        faits=faits_du_cas(cas),
        activite=cas.activite,
        besoins=cas.besoins,
        theme=cas.theme,
        cas=cas.id,
    )
    lieu = cas.implantation
    departement = f"departement:{lieu.departement}" if lieu.departement else ""
    return EntrepriseLue(
        entreprise=entreprise,
        territoire=lieu.commune or departement,
        zonages=frozenset(z.zonage for z in cas.zonages),
    )


def _interpreter(lecture: _Lecture, brut: Mapping[str, Any], au: dt.date) -> EntrepriseLue:
    for cle in brut:
        if cle not in CLES:
            lecture.refuser((cle,), f"la clé « {cle} » n'est pas connue.", vouliez_vous(cle, CLES))
    nom = brut.get("nom")
    if not isinstance(nom, str) or not nom.strip():
        lecture.refuser(("nom",), "il manque le nom de l'entreprise.", "Écrivez « nom: … ».")
    faits = _faits(lecture, brut)
    activite = _texte(lecture, brut, "activite", tuple(lecture.base.activites))
    besoins = _besoins(lecture, brut)
    if not besoins and activite in lecture.base.activites:
        besoins = lecture.base.activites[activite].besoins_servis
    theme = _texte(lecture, brut, "theme", tuple({c.theme for c in lecture.base.cas.values()}))
    lue = EntrepriseLue(
        entreprise=Entreprise(
            nom=str(nom or "").strip(),
            faits=faits,
            activite=activite,
            besoins=besoins,
            theme=cast("Any", theme or theme_de(lecture.base, activite)),
            fictif=brut.get("fictif") is True,
        ),
        territoire=_texte(lecture, brut, "territoire", ()),
    )
    lue = _deduire_stade(lecture, brut, lue, au)
    if lecture.anomalies:
        raise ErreurUtilisateur(
            "Cette fiche d'entreprise contient des erreurs :", anomalies=lecture.anomalies
        )
    return lue


def _texte(lecture: _Lecture, brut: Mapping[str, Any], cle: str, permis: tuple[str, ...]) -> str:
    valeur = brut.get(cle)
    if valeur is None:
        return ""
    if not isinstance(valeur, str):
        lecture.refuser((cle,), f"« {cle} » attend un texte.", 'Mettez-le entre guillemets : "23096".')
        return ""
    if permis and valeur not in permis:
        lecture.refuser((cle,), f"« {valeur} » n'est pas connu.", vouliez_vous(valeur, permis))
    return valeur.strip()


def _besoins(lecture: _Lecture, brut: Mapping[str, Any]) -> tuple[str, ...]:
    valeur = brut.get("besoins") or []
    if not isinstance(valeur, list):
        lecture.refuser(("besoins",), "« besoins » attend une liste.", "Par exemple [B14, B03].")
        return ()
    for rang, besoin in enumerate(valeur):
        if besoin not in lecture.base.besoins:
            conseil = vouliez_vous(str(besoin), tuple(lecture.base.besoins))
            lecture.refuser(("besoins", rang), f"le besoin « {besoin} » n'existe pas.", conseil)
    return tuple(str(b) for b in valeur)


def _faits(lecture: _Lecture, brut: Mapping[str, Any]) -> dict[str, Valeur]:
    faits: dict[str, Valeur] = {}
    for cle in ("forme_juridique", "stade"):
        if brut.get(cle) is not None:
            _noter(lecture, (cle,), cle, brut[cle], faits)
    for critere, reponse in _bloc(lecture, brut, "grille").items():
        if critere not in lecture.base.criteres:
            conseil = vouliez_vous(str(critere), tuple(lecture.base.criteres))
            lecture.refuser(("grille", critere), f"le critère « {critere} » n'existe pas.", conseil)
            continue
        _noter(lecture, ("grille", critere), fait_du_critere(critere), _avis(reponse), faits)
    for fait, valeur in _bloc(lecture, brut, "situation").items():
        _noter(lecture, ("situation", fait), fait, valeur, faits)
    return faits


def _avis(reponse: object) -> object:
    """YAML 1.2 readers and people write both `non` and `no`."""
    return {True: "oui", False: "non"}.get(reponse, reponse) if isinstance(reponse, bool) else reponse


def _bloc(lecture: _Lecture, brut: Mapping[str, Any], cle: str) -> Mapping[str, Any]:
    bloc = brut.get(cle) or {}
    if isinstance(bloc, dict):
        return bloc
    lecture.refuser((cle,), f"« {cle} » attend une suite de « clé: valeur ».", "")
    return {}


def _noter(lecture: _Lecture, chemin: Chemin, nom: str, brut: object, faits: dict[str, Valeur]) -> None:
    if brut is None or brut == "":
        return
    types = lecture.types
    if nom not in types:
        conseil = vouliez_vous(nom, tuple(types))
        lecture.refuser(chemin, f"le fait « {nom} » n'est pas déclaré.", conseil)
        return
    valeur: ValeurFait = tuple(brut) if isinstance(brut, list) else cast("ValeurFait", brut)
    lu = lire_fait(nom, valeur, types[nom])
    if isinstance(lu, Defaut):
        lecture.refuser(chemin, *phrase(lu, faits=tuple(types)))
    else:
        faits[nom] = lu


def _deduire_stade(
    lecture: _Lecture, brut: Mapping[str, Any], lue: EntrepriseLue, au: dt.date
) -> EntrepriseLue:
    annee = brut.get("annee_creation")
    if annee is None:
        return lue
    if not isinstance(annee, int) or isinstance(annee, bool) or not 1800 <= annee <= au.year:
        lecture.refuser(("annee_creation",), f"« {annee} » n'est pas une année de création possible.")
        return lue
    if "stade" in lue.entreprise.faits or au.year - annee >= JEUNE:
        return lue
    faits = {**lue.entreprise.faits, "stade": "amorcage"}
    return replace(lue, entreprise=replace(lue.entreprise, faits=faits), deduits=("stade",))
