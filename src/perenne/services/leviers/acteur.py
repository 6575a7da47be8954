"""Finds the public actor: a type, an organisation of the base, or a territory of the atlas."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.domain.leviers.entree import ActeurPublic
from perenne.domain.leviers.modele import Modele
from perenne.domain.regles.evaluation import Valeur
from perenne.domain.savoir.acteurs import Organisation
from perenne.domain.territoire.identite import Territoire
from perenne.domain.texte import normaliser
from perenne.services.leviers.suggestion import vouliez_vous

_PAR_FORME = (
    (re.compile(r"\d{5}|2[AB]\d{3}"), "commune"),
    (re.compile(r"\d{9}"), "epci"),
    (re.compile(r"\d{2}|2[AB]|97\d"), "departement"),
)
TYPES_DE_TERRITOIRE = ("commune", "epci", "departement", "region")
COLLECTIVITES_UNIQUES = frozenset({"02", "03", "94"})
"""Regions whose single assembly also is the département: Martinique, Guyane, Corse (INSEE codes)."""

_DEPARTEMENTS_UNIQUES = frozenset({"972", "973", "2A", "2B"})


def designer_acteur(demande: str, modele: Modele, atlas: Path) -> tuple[ActeurPublic, str]:
    """Find who is advised.

    Args:
        demande: a type (`commune`), a typed code (`departement:08`), a code (23096, 200044014, 08), the
            identifier or the name of an organisation of the base.
        modele: the prepared base.
        atlas: folder of the published atlas; used when there is one, to give the name and the population.

    Returns:
        The actor, and the territory that it is, as a typed code (empty for a type in general).

    Raises:
        ErreurUtilisateur: nobody has that name, or the atlas does not know that territory.
    """
    texte = demande.strip()
    if texte in modele.lignees:
        return _acteur(modele, texte), ""
    organisation = _organisation(modele.savoir.organisations, texte)
    if organisation is not None:
        return _de_l_organisation(organisation, modele)
    type_, code = _lire_code(texte)
    if type_ not in TYPES_DE_TERRITOIRE:
        candidats = (*modele.lignees, *modele.savoir.organisations)
        raise ErreurUtilisateur(
            f"« {demande} » n'est pas un acteur connu.",
            conseil=f"{vouliez_vous(texte, candidats)} Donnez un type (commune, epci, departement…), un code "
            "(23096, 200044014, departement:08) ou une organisation (departement-ardennes).".strip(),
        )
    return _du_territoire(type_, code, modele, atlas)


def _lire_code(texte: str) -> tuple[str, str]:
    type_, deux_points, code = texte.partition(":")
    if deux_points:
        return normaliser(type_), code.strip().upper()
    brut = texte.upper().replace(" ", "")
    return next((t for motif, t in _PAR_FORME if motif.fullmatch(brut)), ""), brut


def _organisation(organisations: Mapping[str, Organisation], texte: str) -> Organisation | None:
    if texte in organisations:
        return organisations[texte]
    siren = texte.replace(" ", "")
    voulu = normaliser(texte)
    for o in organisations.values():
        ressort = o.territoire
        meme_code = ressort is not None and texte in {ressort.code, f"{o.type}:{ressort.code}"}
        if (o.siren and o.siren == siren) or (meme_code and o.type in TYPES_DE_TERRITOIRE):
            return o
        if voulu and voulu in {normaliser(n) for n in (o.nom, o.sigle, *o.alias) if n}:
            return o
    return None


def _de_l_organisation(organisation: Organisation, modele: Modele) -> tuple[ActeurPublic, str]:
    acteur = _acteur(modele, organisation.type, nom=organisation.nom, organisation=organisation.id)
    ressort = organisation.territoire
    if ressort is None or not ressort.code or organisation.type not in TYPES_DE_TERRITOIRE:
        return acteur, ""
    return acteur, f"{ressort.type}:{ressort.code}"


def _du_territoire(type_: str, code: str, modele: Modele, atlas: Path) -> tuple[ActeurPublic, str]:
    territoire = _chercher(atlas, f"{type_}:{code}")
    nom = code
    if territoire is not None:
        # It may have been asked for by its name.
        nom, code = territoire.nom, territoire.code
    faits: dict[str, Valeur] = {}
    if territoire is not None and territoire.population is not None:
        faits["population_acteur"] = Decimal(territoire.population)
    return _acteur(modele, _type_reel(type_, code), nom=_nommer(type_, nom), faits=faits), f"{type_}:{code}"


def _type_reel(type_: str, code: str) -> str:
    unique = (type_ == "region" and code in COLLECTIVITES_UNIQUES) or (
        type_ == "departement" and code in _DEPARTEMENTS_UNIQUES
    )
    return "collectivite-unique" if unique else type_


def _nommer(type_: str, nom: str) -> str:
    return {
        "commune": f"Commune : {nom}",
        "departement": f"Département : {nom}",
        "region": f"Région : {nom}",
    }.get(type_, nom)


def _chercher(atlas: Path, demande: str) -> Territoire | None:
    from perenne.atlas.lecteur import Atlas  # noqa: PLC0415 (without atlas, nothing of it is needed)
    from perenne.services.designation import designer  # noqa: PLC0415

    if not (atlas / "actuel").exists():
        return None
    with Atlas(atlas) as ouvert:
        return designer(ouvert, demande).parties[0]


def _acteur(modele: Modele, type_: str, **champs: Any) -> ActeurPublic:
    return ActeurPublic(type=type_, lignee=modele.lignees[type_], **champs)
