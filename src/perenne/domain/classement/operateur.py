"""One operator of the atlas: what it says of itself, what the lists say of it, and what people decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from perenne.domain.classement import decisions as humaines
from perenne.domain.classement.decision import ORDRE, Classeur
from perenne.domain.classement.registres import registre_de_source
from perenne.domain.classement.types import Etiquette, Fiche, Indice, Liste
from perenne.domain.texte import normaliser

REGISTRES = {
    "siae": "SIAE",
    "data-inclusion": "DATA_INCLUSION",
    "tiers-lieux": "TIERS_LIEUX_REC",
    "ess-france": "ESS_FRANCE",
}
"""Register of the knowledge base (nomenclature `registres`) that a list of the atlas is."""

ORIGINES = {
    "decision": "decision",
    "registre": "registre",
    "service": "registre",
    "naf": "code",
    "waldec": "code",
}
"""What an evidence comes from, by its field; the others come from words."""

RANG_ORIGINES = ("decision", "registre", "texte", "code")


@dataclass(frozen=True, kw_only=True)
class Operateur:
    """What is known of one operator before it is classified.

    Attributes:
        cles: identifiers under which people may have decided (SIREN, RNA number, list and reference).
        nom, sigle, objet: its own words; empty when it asked not to be shown.
        naf, forme, waldec: its codes.
        listes: the lists that name it, with their own words.
    """

    cles: tuple[str, ...]
    nom: str = ""
    sigle: str = ""
    objet: str = ""
    naf: str = ""
    forme: str = ""
    waldec: tuple[str, ...] = ()
    listes: tuple[Liste, ...] = ()


def classer_operateur(operateur: Operateur, classeur: Classeur) -> list[Etiquette]:
    """Its activities, the surest first; the decisions of people win over everything."""
    fiches = list(_fiches(operateur))
    reunies = _reunir((liste, classeur.classer(fiche)) for liste, fiche in fiches)
    reunies = [_preciser(e, operateur) for e in reunies]
    decidees = humaines.decisions_par_cles(operateur.cles, classeur.decisions)
    return sorted(humaines.appliquer(reunies, decidees), key=_ordre)


def origines(etiquette: Etiquette) -> tuple[str, ...]:
    """Where the evidence comes from, the most authoritative first."""
    vues = {ORIGINES.get(i.champ, "texte") for i in etiquette.indices} | {etiquette.origine}
    return tuple(o for o in RANG_ORIGINES if o in vues)


def _ordre(e: Etiquette) -> tuple[int, float, str]:
    return ORDRE[e.confiance], -e.probabilite, e.activite


def _fiches(operateur: Operateur) -> Iterable[tuple[Liste | None, Fiche]]:
    """Its own words first, with its codes and the lists; then the words of each list that has some."""
    registres = tuple(sorted({r for liste in operateur.listes for r in _registres(liste)}))
    typologies = tuple(sorted({t for liste in operateur.listes for t in liste.typologies}))
    services = tuple(sorted({s for liste in operateur.listes for s in liste.services}))
    nom = titre(operateur)
    propre = Fiche(
        id="", nom=nom, texte=operateur.objet, naf=operateur.naf, categorie_juridique=operateur.forme,
        waldec=operateur.waldec, registres=registres, typologies=typologies, services=services,
    )  # fmt: skip
    yield None, propre
    vus = {(normaliser(nom), ""), (normaliser(operateur.nom), ""), ("", "")}
    for liste in operateur.listes:
        dit = (normaliser(liste.nom), liste.texte)
        if dit not in vus:
            vus.add(dit)
            yield liste, replace(propre, nom=liste.nom, texte=liste.texte)


def titre(operateur: Operateur) -> str:
    """What stands for the name of an operator."""
    return intituler(operateur.nom, operateur.sigle)


def intituler(nom: str, sigle: str) -> str:
    """The name, with the acronym or the usual name between brackets when it adds something."""
    if not sigle or normaliser(sigle) in normaliser(nom):
        return nom
    return f"{nom} ({sigle})" if nom else sigle


def _registres(liste: Liste) -> tuple[str, ...]:
    return registres_de_liste(liste.registre, liste.reference)


def registres_de_liste(registre: str, reference: str) -> tuple[str, ...]:
    """Registers that a list is: by what it is, and by the source that a reference in it begins with."""
    origine = registre_de_source(reference.partition("/")[0])
    return tuple(r for r in (REGISTRES.get(registre, ""), origine) if r)


def _reunir(reponses: Iterable[tuple[Liste | None, Sequence[Etiquette]]]) -> list[Etiquette]:
    """One label an activity: the surest, with the evidence of every text."""
    reunies: dict[str, Etiquette] = {}
    for liste, etiquettes in reponses:
        for nouvelle in etiquettes:
            deja = reunies.get(nouvelle.activite)
            if deja is None and liste is None:
                reunies[nouvelle.activite] = nouvelle
                continue
            indices = tuple(_de_liste(i, liste) for i in nouvelle.indices)
            if deja is None:
                reunies[nouvelle.activite] = replace(nouvelle, indices=indices)
                continue
            sure = min(deja, nouvelle, key=_ordre)
            tous = (*deja.indices, *(i for i in indices if i not in deja.indices))
            reunies[nouvelle.activite] = replace(sure, indices=tous)
    return list(reunies.values())


def _de_liste(indice: Indice, liste: Liste | None) -> Indice:
    """Words read in a list say which one."""
    if liste is None or indice.champ not in ("nom", "texte"):
        return indice
    return replace(indice, champ="nom-liste" if indice.champ == "nom" else "texte-liste", liste=liste)


def _preciser(etiquette: Etiquette, operateur: Operateur) -> Etiquette:
    """Words of the acronym told from those of the name; the list behind each register."""
    fin, indices = len(operateur.nom), []
    if not any(_a_preciser(i, fin) for i in etiquette.indices):
        return etiquette
    decalage = fin + 2 if operateur.nom else 0
    for indice in etiquette.indices:
        if indice.champ == "nom" and indice.fin > fin:
            if indice.debut < fin:
                indices.append(_couper(indice, indice.debut, fin))
            debut = max(indice.debut, decalage)
            if debut < indice.fin:
                coupe = _couper(indice, debut, indice.fin)
                indices.append(
                    replace(coupe, champ="sigle", debut=debut - decalage, fin=indice.fin - decalage)
                )
        elif indice.champ in ("registre", "service"):
            indices.append(replace(indice, liste=_liste_de(indice.mots, operateur.listes)))
        else:
            indices.append(indice)
    return replace(etiquette, indices=tuple(indices))


def _a_preciser(indice: Indice, fin: int) -> bool:
    return indice.champ in ("registre", "service") or (indice.champ == "nom" and indice.fin > fin)


def _couper(indice: Indice, debut: int, fin: int) -> Indice:
    return replace(indice, mots=indice.mots[debut - indice.debut : fin - indice.debut], debut=debut, fin=fin)


def _liste_de(mots: str, listes: Sequence[Liste]) -> Liste | None:
    return next((e for e in listes if mots in (*e.typologies, *e.services, *_registres(e))), None)
