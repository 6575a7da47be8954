"""Texts of law say how far they were checked; a rule read in the text does not rest on one that was not."""

from __future__ import annotations

from collections.abc import Iterable

from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.savoir.regles import Regle
from perenne.domain.savoir.ressources import TEXTES_DE_DROIT, Ressource
from perenne.kb.chemin import Chemin
from perenne.kb.constat import ConstatDeControle

_SENS = "texte (le texte a été lu), reference (une page le cite), non (à vérifier)"


def controler_ressources(base: BaseSavoir) -> Iterable[ConstatDeControle]:
    """A text of law without `verifie`, a date that says the contrary, a rule A that cites an unread text."""
    for ressource in base.ressources.values():
        yield from _verification(ressource)
    for regle in base.regles.values():
        yield from _appuis(regle, base)


def _verification(ressource: Ressource) -> Iterable[ConstatDeControle]:
    if ressource.type in TEXTES_DE_DROIT and ressource.verifie is None:
        yield _constat(
            ressource.id, ("type",), f"ce texte de droit ({ressource.type}) ne dit pas s’il a été vérifié.",
            f"Ajoutez verifie : {_SENS}.",
        )  # fmt: skip
    if (ressource.verifie in ("texte", "reference")) != (ressource.verifie_le is not None):
        yield _constat(
            ressource.id, ("verifie",), "verifie et verifie_le ne vont pas ensemble.",
            "Donnez la date de lecture d’un texte vérifié ; n’en donnez pas pour un texte qui ne l’est pas.",
        )  # fmt: skip


def _appuis(regle: Regle, base: BaseSavoir) -> Iterable[ConstatDeControle]:
    if regle.confiance != "A":
        return
    for rang, reference in enumerate(regle.references):
        document = base.ressources.get(reference.document)
        if document is not None and document.verifie == "non" and not reference.secondaire:
            yield ConstatDeControle(
                genre="regle", id=regle.id, chemin=("references", rang, "document"),
                message=f"la règle est de confiance A et cite « {document.id} », qui n’a pas été vérifié.",
                conseil="Baissez la confiance, ou lisez le texte et dites-le dans sa fiche.",
            )  # fmt: skip


def _constat(identifiant: str, chemin: Chemin, message: str, conseil: str) -> ConstatDeControle:
    return ConstatDeControle(
        genre="ressource", id=identifiant, chemin=chemin, message=message, conseil=conseil
    )
