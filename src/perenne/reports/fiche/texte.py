"""An item as text for a terminal: title, what holds at the date, keys in French, sources, who cites it."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, Literal, get_args, get_origin

from perenne.domain.savoir.base import BaseSavoir, FicheTrouvee, intitule
from perenne.domain.savoir.criteres import Critere, Famille
from perenne.domain.savoir.leviers import Action, Instrument, Levier
from perenne.domain.savoir.ressources import Ressource
from perenne.kb.formes import annotations_de, branches
from perenne.kb.libelles import Libelles
from perenne.reports.fiche.au_jour import etats_au
from perenne.reports.fiche.valeurs import A_VERIFIER, Ecriture
from perenne.reports.typographie import date_longue

LARGEUR = 100
CITES_MAX = 12
DEJA_DITS = {"id", "titre", "nom", "libelle", "code"}
ANNEES = {"annee", "annee_creation"}
"""Whole numbers that are not counted: no thin space inside."""

COURT = 24
CLES_DE_TETE = {
    "id", "critere", "action", "stade", "type", "besoin", "zonage", "libelle", "texte", "nom", "cas", "fait",
    "instrument", "objet",
}  # fmt: skip
"""Keys that name an item of a list by themselves."""
CLES_EN_LIGNE = {"unite", "millesime", "code", "mesure"}


def ecrire_fiche(
    trouvee: FicheTrouvee,
    base: BaseSavoir,
    libelles: Libelles,
    *,
    au: dt.date,
    citants: Mapping[str, tuple[str, ...]],
) -> str:
    """The whole text.

    Args:
        trouvee: the item and its kind.
        base: where references get their titles.
        libelles: French names of keys, values and kinds.
        au: the date at which dated values are resolved.
        citants: who refers to the item, by kind.
    """
    ecriture = Ecriture(base=base, libelles=libelles)
    fiche = trouvee.fiche
    entete = [intitule(fiche), _sous_titre(trouvee, libelles)]
    blocs = [entete, list(_avertissements(fiche, base))]
    etats = [f"- {e.objet} : {e.texte}" for e in etats_au(fiche, au, ecriture)]
    if etats:
        blocs.append([f"Au {date_longue(au)}", *_plier(etats)])
    blocs.append(list(_champs(fiche, ecriture, 0, sauf=DEJA_DITS)))
    blocs += list(_voisins(fiche, base))
    cite = list(_citants(citants, ecriture))
    if cite:
        blocs.append(["Cité par", *_plier(cite)])
    blocs.append([f"Fichier : knowledge/{base.chemins[trouvee.genre, trouvee.id]}"])
    return "\n\n".join("\n".join(b) for b in blocs if b) + "\n"


def _sous_titre(trouvee: FicheTrouvee, libelles: Libelles) -> str:
    code = getattr(trouvee.fiche, "code", "")
    morceaux = [libelles.genre(trouvee.genre).capitalize(), trouvee.id, code if isinstance(code, str) else ""]
    return " · ".join(m for m in morceaux if m)


def _avertissements(fiche: object, base: BaseSavoir) -> Iterator[str]:
    if isinstance(fiche, (Critere, Famille)):
        famille = base.familles.get(fiche.famille) if isinstance(fiche, Critere) else fiche
        texte = famille.reconstitution if famille else "La liste des critères de l'étude est perdue."
        yield from textwrap.wrap(f"Reconstitution. {texte}", LARGEUR)
    if getattr(fiche, "confiance", "") == "C":
        yield f"{A_VERIFIER} : cette fiche n'a pas été vérifiée ; elle ne décide jamais seule."
    if isinstance(fiche, Ressource) and fiche.verifie == "non":
        yield f"{A_VERIFIER} : la référence de ce texte (numéro, date) n'a pas été relue."


def _presents(fiche: Any, sauf: set[str]) -> Iterator[tuple[str, Any, Any]]:
    """The keys that say something, with their type and value."""
    forme: Any = type(fiche)
    defauts = {f.name: f.default for f in fields(fiche)}
    for cle, annotation in annotations_de(forme).items():
        valeur = getattr(fiche, cle)
        par_defaut = valeur == defauts[cle] and isinstance(valeur, (bool, int, float))
        if cle not in sauf and not par_defaut and valeur not in ("", None, ()) and valeur != {}:
            yield cle, annotation, valeur


def _champs(fiche: Any, ecriture: Ecriture, niveau: int, sauf: set[str]) -> Iterator[str]:
    for cle, annotation, valeur in _presents(fiche, sauf):
        yield from _champ(valeur, annotation, (type(fiche).__name__, cle), ecriture, niveau)


def _simple(valeur: Any, annotation: Any, place: tuple[str, str], ecriture: Ecriture) -> str | None:
    return str(valeur) if place[1] in ANNEES else ecriture.simple(valeur, annotation, *place)


def _champ(
    valeur: Any, annotation: Any, place: tuple[str, str], ecriture: Ecriture, niveau: int
) -> Iterator[str]:
    classe, cle = place
    nom = ecriture.libelles.cle(cle, classe)
    simple = _simple(valeur, annotation, place, ecriture)
    if simple is not None:
        yield from _plier([f"{nom} : {simple}"], niveau)
        return
    if isinstance(valeur, tuple):
        elements = [ecriture.simple(v, _interieur(annotation), *place) for v in valeur]
        courts = [e for e in elements if e is not None and len(e) < 40]
        if len(courts) == len(valeur) and len(", ".join(courts)) < LARGEUR * 2:
            yield from _plier([f"{nom} : {', '.join(courts)}"], niveau)
            return
        yield from _plier([f"{nom} :"], niveau)
        for element, v in zip(elements, valeur, strict=True):
            yield from _element(element, v, ecriture, niveau + 1)
    elif isinstance(valeur, Mapping):
        yield from _plier([f"{nom} :"], niveau)
        lignes = [f"- {c} : {ecriture.simple(v, type(v), *place)}" for c, v in valeur.items()]
        yield from _plier(lignes, niveau + 1)
    elif is_dataclass(valeur):
        yield from _plier([f"{nom} :"], niveau)
        yield from _champs(valeur, ecriture, niveau + 1, set())


def _element(simple: str | None, valeur: Any, ecriture: Ecriture, niveau: int) -> Iterator[str]:
    """One item of a list: what names it and its short values on the line of the dash, the rest under it."""
    if simple is not None:
        yield from _plier([f"- {simple}"], niveau)
        return
    tete: list[str] = []
    suite: list[str] = []
    for cle, annotation, contenu in _presents(valeur, set()):
        place = (type(valeur).__name__, cle)
        texte = _simple(contenu, annotation, place, ecriture)
        if texte is not None and not tete:
            tete.append(texte if cle in CLES_DE_TETE else f"{ecriture.libelles.cle(cle, place[0])} : {texte}")
        elif texte is not None and len(texte) <= COURT and _en_ligne(contenu, annotation, cle):
            nom = ecriture.libelles.cle(cle, place[0])
            tete.append(f"{nom[:1].lower()}{nom[1:]} : {texte}")
        else:
            suite += _champ(contenu, annotation, place, ecriture, niveau + 1)
    yield from _plier([f"- {' · '.join(tete)}"] if tete else [], niveau)
    yield from suite if tete else [f"{'  ' * niveau}- {suite[0].strip()}", *suite[1:]] if suite else []


def _en_ligne(valeur: Any, annotation: Any, cle: str) -> bool:
    """Whether a short value goes on the line of the dash: a code or a figure does, a sentence does not."""
    code = any(get_origin(b) is Literal for b in branches(annotation))
    return code or cle in CLES_EN_LIGNE or isinstance(valeur, (bool, int, float, dt.date))


def _interieur(annotation: Any) -> Any:
    for branche in branches(annotation):
        if get_origin(branche) is tuple:
            return get_args(branche)[0]
    return annotation


def _plier(lignes: list[str], niveau: int = 0) -> Iterator[str]:
    marge = "  " * niveau
    for ligne in lignes:
        suite = marge + "  "
        yield from textwrap.wrap(
            ligne,
            LARGEUR,
            initial_indent=marge,
            subsequent_indent=suite,
            break_long_words=False,
            break_on_hyphens=False,
        )


def _voisins(fiche: object, base: BaseSavoir) -> Iterator[list[str]]:
    """What other files say of it and a reader expects here: actions of a lever, precedents of an action."""
    if isinstance(fiche, Levier):
        yield ["Actions", *_plier([f"- {a.code} {a.titre} ({a.id})" for a in base.actions_de(fiche.id)])]
    if isinstance(fiche, Action):
        instruments = [f"- {i.titre} ({i.id})" for i in base.instruments_de(fiche.id)]
        yield ["Instruments", *_plier(instruments)] if instruments else []
    if isinstance(fiche, (Action, Instrument)):
        filtre = {"action": fiche.id} if isinstance(fiche, Action) else {"instrument": fiche.id}
        faits = [
            f"- {cas.nom} : {fait.libelle} ({fait.acteur.libelle} ; {fait.source.section})"
            for cas, fait in base.precedents(**filtre)
        ]
        yield ["Faits observés", *_plier(faits)] if faits else []


def _citants(citants: Mapping[str, tuple[str, ...]], ecriture: Ecriture) -> Iterator[str]:
    for genre, identifiants in citants.items():
        montres = [ecriture.renvoi(i, (genre,)) for i in identifiants[:CITES_MAX]]
        reste = len(identifiants) - len(montres)
        suite = f" ; et {reste} de plus" if reste else ""
        yield f"- {ecriture.libelles.genre(genre)} : {' ; '.join(montres)}{suite}"
