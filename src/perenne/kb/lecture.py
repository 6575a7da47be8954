"""Reads one YAML file with libyaml, keeps where each value stands, and refuses what YAML would misread."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import yaml
from yaml import CSafeLoader, MappingNode, Node, ScalarNode, SequenceNode

from perenne.kb.chemin import Chemin
from perenne.kb.syntaxe import traduire_syntaxe

Signaler = Callable[[int, str, str], None]
"""Reports an anomaly: line (from 1), message, advice."""

_TAG = "tag:yaml.org,2002:"
_ENTIER = re.compile(r"-?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+([eE][-+]?[0-9]+)?")


@dataclass(frozen=True, kw_only=True)
class Document:
    """A YAML file once read: JSON-compatible values, and the nodes that know their lines."""

    valeur: object
    noeud: Node

    def ligne(self, chemin: Chemin) -> int:
        """Line of the value at `chemin`, or of its nearest existing ancestor; lines start at 1."""
        ligne, noeud = ligne_de(self.noeud), self.noeud
        for partie in chemin:
            suite = enfant(noeud, partie)
            if suite is None:
                break
            cle, noeud = suite
            ligne = ligne_de(cle)
        return ligne


def ligne_de(noeud: Node) -> int:
    """Line of a node, from 1."""
    return int(noeud.start_mark.line) + 1


def enfant(noeud: Node, partie: str | int) -> tuple[Node, Node] | None:
    """The key (or the item itself in a list) and the value found under `partie`."""
    if isinstance(noeud, MappingNode):
        for cle, valeur in noeud.value:
            if isinstance(cle, ScalarNode) and cle.value == str(partie):
                return cle, valeur
    elif isinstance(noeud, SequenceNode) and isinstance(partie, int) and partie < len(noeud.value):
        return noeud.value[partie], noeud.value[partie]
    return None


def lire_yaml(octets: bytes, signaler: Signaler) -> Document | None:
    """Read the bytes of one file.

    Args:
        octets: the whole file.
        signaler: called for each anomaly; reading goes on after the ones that allow it.

    Returns:
        The document, or None when nothing usable could be read.
    """
    try:
        texte = octets.decode("utf-8-sig")
    except UnicodeDecodeError as erreur:
        ligne = octets[: erreur.start].count(b"\n") + 1
        signaler(
            ligne, "ce fichier n'est pas en UTF-8.", "Enregistrez-le en UTF-8 dans votre éditeur de texte."
        )
        return None
    try:
        return _composer(texte, signaler)
    except yaml.YAMLError as erreur:
        signaler(*traduire_syntaxe(erreur, texte))
    except RecursionError:
        signaler(
            1, "l'imbrication est trop profonde.", "Ce fichier n'est sans doute pas une fiche : retirez-le."
        )
    return None


def _composer(texte: str, signaler: Signaler) -> Document | None:
    noeud = yaml.compose(texte, Loader=CSafeLoader)
    if noeud is None:
        signaler(
            1,
            "ce fichier est vide.",
            "Écrivez-y les clés attendues, ou supprimez-le.",
        )
        return None
    return Document(valeur=_Constructeur(signaler).valeur(noeud), noeud=noeud)


class _Constructeur:
    """Turns nodes into dict, list, str, int, float, bool and None, without YAML's surprises."""

    def __init__(self, signaler: Signaler) -> None:
        self.signaler = signaler
        self.vus: set[int] = set()

    def valeur(self, noeud: Node) -> object:
        if isinstance(noeud, ScalarNode):
            return self._scalaire(noeud)
        if id(noeud) in self.vus:  # an alias: the same node stands in two places
            self.signaler(
                ligne_de(noeud),
                "les ancres et renvois YAML (« & » et « * ») ne sont pas admis ici.",
                "Recopiez la valeur à chaque endroit où elle sert.",
            )
            return None
        self.vus.add(id(noeud))
        if isinstance(noeud, SequenceNode):
            return [self.valeur(n) for n in noeud.value]
        assert isinstance(noeud, MappingNode)
        return self._table(noeud)

    def _table(self, noeud: MappingNode) -> dict[str, object]:
        table: dict[str, object] = {}
        lignes: dict[str, int] = {}
        for cle, valeur in noeud.value:
            if not isinstance(cle, ScalarNode) or cle.tag == f"{_TAG}merge":
                self.signaler(
                    ligne_de(cle),
                    "cette clé n'est pas un simple mot.",
                    "Écrivez « clé: valeur », sans fusion « << » ni clé composée.",
                )
                continue
            nom = str(cle.value)
            if cle.tag == f"{_TAG}int" and not _ENTIER.fullmatch(nom):
                self._code_sans_guillemets(cle)
            if nom in table:
                self.signaler(
                    ligne_de(cle),
                    f"la clé « {nom} » est écrite deux fois (déjà ligne {lignes[nom]}).",
                    "Gardez une seule des deux.",
                )
                continue
            lignes[nom] = ligne_de(cle)
            table[nom] = self.valeur(valeur)
        return table

    def _scalaire(self, noeud: ScalarNode) -> object:
        texte = str(noeud.value)
        match noeud.tag.removeprefix(_TAG):
            case "str" | "timestamp":
                return texte  # dates stay text: only a field that wants a date reads one
            case "int":
                return int(texte) if _ENTIER.fullmatch(texte) else self._code_sans_guillemets(noeud)
            case "float":
                return float(texte) if _DECIMAL.fullmatch(texte) else self._code_sans_guillemets(noeud)
            case "bool":
                return texte == "true" if texte in {"true", "false"} else self._booleen_ambigu(noeud)
            case "null":
                return None
        self.signaler(
            ligne_de(noeud),
            f"« {texte} » ne peut pas être lu tel quel (étiquette YAML « {noeud.tag} »).",
            "Mettez des guillemets autour de la valeur.",
        )
        return texte

    def _code_sans_guillemets(self, noeud: ScalarNode) -> str:
        texte = str(noeud.value)
        self.signaler(
            ligne_de(noeud),
            f"« {texte} » serait lu comme un nombre et changerait de valeur.",
            f"Mettez des guillemets s'il s'agit d'un code : \"{texte}\" ; sinon un nombre simple.",
        )
        return texte

    def _booleen_ambigu(self, noeud: ScalarNode) -> str:
        texte = str(noeud.value)
        self.signaler(
            ligne_de(noeud),
            f"« {texte} » serait lu comme vrai ou faux.",
            f"Mettez des guillemets s'il s'agit d'un texte : \"{texte}\" ; sinon écrivez true ou false.",
        )
        return texte
