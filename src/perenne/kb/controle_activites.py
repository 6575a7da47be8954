"""Activities: the patterns compile with RE2, say what their examples say, and every code has a label."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import re2

from perenne.domain.savoir.activites import Activite, au_debut_d_un_mot
from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.savoir.nomenclatures import Nomenclature
from perenne.domain.texte import normaliser
from perenne.kb.chemin import Chemin
from perenne.kb.constat import ConstatDeControle

_GENRE = "activite"


def controler_activites(base: BaseSavoir) -> Iterable[ConstatDeControle]:
    """What is wrong in the patterns, the examples and the codes of each activity."""
    nomenclatures = base.de(Nomenclature)
    for activite in base.activites.values():
        constats = list(_motifs(activite))
        yield from constats
        if not constats:
            yield from _essais(activite)
        yield from _codes(activite, nomenclatures)


def _constat(activite: Activite, chemin: Chemin, message: str, conseil: str) -> ConstatDeControle:
    return ConstatDeControle(genre=_GENRE, id=activite.id, chemin=chemin, message=message, conseil=conseil)


def compiler(motif: str) -> Any:
    """The RE2 program of a pattern of the knowledge base, anchored at the beginning of a word.

    Raises:
        re2.error: the pattern is not an RE2 expression (look-ahead, back-reference, unbalanced bracket…).
    """
    options = re2.Options()
    options.log_errors = False
    return re2.compile(au_debut_d_un_mot(motif), options)


def _motifs(activite: Activite) -> Iterable[ConstatDeControle]:
    for sorte in ("forts", "faibles", "exclus"):
        for rang, motif in enumerate(getattr(activite.motifs, sorte)):
            chemin: Chemin = ("motifs", sorte, rang)
            try:
                programme = compiler(motif)
            except re2.error as erreur:
                yield _constat(
                    activite, chemin, f"ce motif n’est pas une expression RE2 ({erreur}).",
                    "RE2 n’a ni (?!…), ni (?<…), ni \\1 : écrivez un motif simple et un motif « exclus ».",
                )  # fmt: skip
                continue
            if programme.search("q"):  # an empty alternative matches any word
                yield _constat(
                    activite, chemin, "ce motif reconnaît n’importe quel mot (alternative vide ?).",
                    "Retirez la barre « | » de trop, ou précisez le motif.",
                )  # fmt: skip


def _essais(activite: Activite) -> Iterable[ConstatDeControle]:
    forts = [compiler(m) for m in activite.motifs.forts]
    exclus = [compiler(m) for m in activite.motifs.exclus]
    for sorte, attendu in (("positifs", True), ("negatifs", False)):
        for rang, essai in enumerate(getattr(activite.essais, sorte)):
            texte = normaliser(essai)
            trouve = any(p.search(texte) for p in forts) and not any(p.search(texte) for p in exclus)
            if trouve != attendu:
                verdict = "n’est pas reconnu" if attendu else "est reconnu à tort"
                yield _constat(
                    activite, ("essais", sorte, rang), f"cet essai {verdict} par les motifs forts.",
                    "Corrigez le motif, ou l’essai s’il se trompe.",
                )  # fmt: skip


def _codes(activite: Activite, nomenclatures: Any) -> Iterable[ConstatDeControle]:
    listes: tuple[tuple[str, Chemin, tuple[str, ...]], ...] = (
        ("naf", ("naf", "coeur"), activite.naf.coeur),
        ("naf", ("naf", "associes"), activite.naf.associes),
        ("waldec", ("waldec", "coeur"), activite.waldec.coeur),
        ("waldec", ("waldec", "associes"), activite.waldec.associes),
        ("finess", ("finess",), activite.finess),
        ("bpe", ("bpe",), activite.bpe),
        ("typologies-inclusion", ("typologies_inclusion",), activite.typologies_inclusion),
        ("services-inclusion", ("services_inclusion",), activite.services_inclusion),
        ("registres", ("registres",), activite.registres),
        ("thematiques", ("thematique",), (activite.thematique,)),
    )
    for nomenclature, chemin, codes in listes:
        fiche = nomenclatures.get(nomenclature)
        for rang, code in enumerate(codes):
            if fiche is not None and code not in fiche.libelles:
                ou = chemin if nomenclature == "thematiques" else (*chemin, rang)
                yield _constat(
                    activite, ou, f"le code « {code} » n’a pas de libellé.",
                    f"Ajoutez-le dans nomenclatures/{nomenclature}.yaml, ou corrigez le code.",
                )  # fmt: skip
