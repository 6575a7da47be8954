"""Writes `docs/reference/savoir.md`: the kinds of items, where their files are, and their keys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from typing import Annotated, Any, get_args, get_origin

from perenne.domain.savoir.commun import Ref
from perenne.domain.savoir.expressions import Expression
from perenne.kb.formes import annotations_de, branches, nommer_formes
from perenne.kb.genre import Genre
from perenne.kb.libelles import Libelles

ENTETE = """\
<!-- Page écrite par « make docs » : ne pas la modifier à la main. -->
# Les fiches de la base de savoir

Chaque fiche est un fichier de `knowledge/`. Son identifiant vient de son chemin : il ne s'écrit pas dans le
fichier. Une clé obligatoire porte un astérisque. `perenne savoir verifier` contrôle tout ;
[Modifier le savoir](../guides/modifier-le-savoir.md) explique comment faire.
"""


def ecrire_reference(genres: tuple[Genre, ...], libelles: Libelles) -> str:
    """The whole page, in Markdown."""
    parties = [ENTETE]
    sous_classes: dict[str, Any] = {}
    for genre in genres:
        classe: Any = genre.classe
        chemin = f"knowledge/{genre.dossier}/{genre.motif.replace('*/', '<dossier>/').replace('*', '<id>')}"
        parties.append(
            f"## {libelles.genre(genre.nom).capitalize()} (`{genre.nom}`)\n\nFichiers : `{chemin}`"
        )
        if genre.plusieurs:
            parties.append("Le fichier est une table : chaque identifiant est suivi de sa description.")
        parties.append(_table(classe, libelles, genre.champs_injectes()))
        for sous in _imbriquees(classe):
            sous_classes.setdefault(f"{sous.__module__}.{sous.__name__}", sous)
    parties.append("## Les tables imbriquées")
    for _, sous in sorted(sous_classes.items(), key=lambda s: (s[1].__name__, s[0])):
        parties.append(f"### {_ancre(sous)}\n\n{_table(sous, libelles, frozenset())}")
    return "\n\n".join(parties) + "\n"


def _ancre(classe: Any) -> str:
    return f"`{classe.__name__}` ({classe.__module__.rpartition('.')[2]})"


def _imbriquees(classe: Any, vues: set[Any] | None = None) -> Iterator[Any]:
    vues = vues if vues is not None else {classe}
    for annotation in annotations_de(classe).values():
        for sous in _classes(annotation):
            if sous not in vues:
                vues.add(sous)
                yield sous
                yield from _imbriquees(sous, vues)


def _classes(annotation: Any) -> Iterator[Any]:
    for branche in branches(annotation):
        if isinstance(branche, type) and is_dataclass(branche):
            yield branche
        elif get_origin(branche) in (tuple, dict):
            for argument in get_args(branche):
                if argument is not Ellipsis:
                    yield from _classes(argument)


def _table(classe: Any, libelles: Libelles, injectes: frozenset[str]) -> str:
    lignes = ["| clé | nom | contenu |", "|---|---|---|"]
    obligatoires = {
        f.name for f in fields(classe) if f.default is MISSING and f.default_factory is MISSING
    } - injectes
    for nom, annotation in annotations_de(classe).items():
        if nom not in injectes:
            etoile = "\\*" if nom in obligatoires else ""
            contenu = _contenu(annotation).replace("|", "\\|")
            lignes.append(f"| `{nom}`{etoile} | {libelles.cle(nom, classe.__name__)} | {contenu} |")
    return "\n".join(lignes)


def _contenu(annotation: Any) -> str:
    if get_origin(annotation) is Annotated:
        for marque in get_args(annotation)[1:]:
            if isinstance(marque, Ref):
                return f"identifiant : {' ou '.join(marque.genres)}"
            if isinstance(marque, Expression):
                return "expression"
    morceaux: list[str] = []
    simples: list[Any] = []
    for branche in get_args(annotation) if len(list(branches(annotation))) > 1 else (annotation,):
        origine, arguments = get_origin(branche), get_args(branche)
        if origine is tuple and arguments:
            morceaux.append(f"liste ({_contenu(arguments[0])})")
        elif origine is dict:
            morceaux.append(f"table ({_contenu(arguments[0])} → {_contenu(arguments[1])})")
        elif origine is Annotated:
            morceaux.append(_contenu(branche))
        elif isinstance(branche, type) and is_dataclass(branche):
            morceaux.append(f"table `{branche.__name__}`")
        else:
            simples.append(branche)
    if [s for s in simples if s is not type(None)]:
        morceaux.append(nommer_formes(tuple(simples)).replace("« ", "`").replace(" »", "`"))
    return " ou ".join(morceaux)
