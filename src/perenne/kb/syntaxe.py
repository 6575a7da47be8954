"""Says in French what libyaml found wrong in the syntax of a file."""

from __future__ import annotations

import yaml

_CONSEILS: tuple[tuple[str, str, str], ...] = (
    (
        "tab",
        "une tabulation sert de retrait.",
        "Remplacez les tabulations par des espaces (deux par niveau).",
    ),
    (
        "mapping values are not allowed",
        "un deux-points n'est pas à sa place.",
        "Mettez entre guillemets le texte qui contient « : », ou corrigez le retrait de la ligne.",
    ),
    (
        "cannot start any token",
        "un texte commence par un caractère que YAML réserve (@, %, ` ou une tabulation).",
        "Mettez ce texte entre guillemets.",
    ),
    (
        "unexpected end of stream",
        "un guillemet ouvert n'est jamais refermé.",
        "Refermez-le, et doublez les apostrophes à l'intérieur de '…'.",
    ),
    (
        "did not find expected ',' or",
        "une liste ou une table entre crochets ou accolades n'est pas refermée.",
        "Ajoutez la virgule, le crochet ou l'accolade qui manque.",
    ),
    (
        "could not find expected ':'",
        "une clé n'est pas suivie de deux-points.",
        "Écrivez « clé: valeur », avec une espace après les deux-points.",
    ),
    (
        "did not find expected key",
        "le retrait de cette ligne ne suit pas celui des lignes précédentes, ou un guillemet est mal placé.",
        "Alignez les clés d'un même niveau ; mettez entre guillemets le texte entier.",
    ),
    (
        "expected '-' indicator",
        "cette ligne n'est pas un élément de la liste commencée plus haut.",
        "Commencez-la par un tiret au même retrait, ou ramenez la clé au retrait de son niveau.",
    ),
    (
        "block sequence entries are not allowed",
        "un tiret de liste n'est pas à sa place.",
        "Mettez chaque tiret sur sa ligne, sous la clé.",
    ),
    (
        "undefined alias",
        "un texte commence par « * », que YAML prend pour un renvoi.",
        "Mettez ce texte entre guillemets.",
    ),
    (
        "single document",
        "le fichier contient plusieurs documents séparés par « --- ».",
        "Gardez une seule fiche par fichier.",
    ),
    (
        "escape",
        "une barre oblique inverse suit une lettre que YAML ne connaît pas.",
        "Écrivez ce texte entre apostrophes simples.",
    ),
    (
        "control characters",
        "le fichier contient un caractère de contrôle invisible.",
        "Réécrivez la ligne au clavier.",
    ),
    (
        "special characters",
        "le fichier contient un caractère de contrôle invisible.",
        "Réécrivez la ligne au clavier.",
    ),
)
_REPLI = (
    "la syntaxe YAML est incorrecte à cet endroit.",
    "Comparez le retrait et les guillemets avec une fiche voisine.",
)


def traduire_syntaxe(erreur: yaml.YAMLError, texte: str) -> tuple[int, str, str]:
    """Line (from 1), message and advice, in French, for an error of libyaml."""
    marque = getattr(erreur, "problem_mark", None) or getattr(erreur, "context_mark", None)
    ligne = marque.line + 1 if marque is not None else _ligne_de_position(erreur, texte)
    probleme = " ".join(
        str(getattr(erreur, champ, None) or "") for champ in ("problem", "context", "reason")
    ).lower()
    lignes = texte.splitlines()
    # libyaml reports a tab used as an indent in several ways, sometimes on the line after.
    if any(_retrait_en_tabulation(n) for n in lignes[max(0, ligne - 2) : ligne]):
        probleme = "tab"
        if not _retrait_en_tabulation(lignes[min(ligne, len(lignes)) - 1]):
            ligne -= 1
    for motif, message, conseil in _CONSEILS:
        if motif in probleme:
            return ligne, message, conseil
    return ligne, *_REPLI


def _retrait_en_tabulation(ligne: str) -> bool:
    return "\t" in ligne[: len(ligne) - len(ligne.lstrip())]


def _ligne_de_position(erreur: yaml.YAMLError, texte: str) -> int:
    position = getattr(erreur, "position", None)
    return texte[:position].count("\n") + 1 if isinstance(position, int) else 1
