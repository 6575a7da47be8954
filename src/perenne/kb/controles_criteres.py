"""The grid: a measure has one meaning everywhere, and is a fact that expressions may name."""

from __future__ import annotations

from collections.abc import Iterable

from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.savoir.criteres import Critere, Mesure
from perenne.domain.savoir.expressions import Fait
from perenne.kb.chemin import Chemin
from perenne.kb.constat import ConstatDeControle

_GENRES_DE_FAIT = {"oui-non": "booleen", "liste": "choix", "date": "date"}


def controler_criteres(base: BaseSavoir) -> Iterable[ConstatDeControle]:
    """Measures used twice, benchmarks of an unknown measure, measures that are not facts."""
    faits = base.de(Fait)
    vues: dict[str, str] = {}
    for critere in base.criteres.values():
        for rang, mesure in enumerate(critere.mesures):
            chemin: Chemin = ("mesures", rang, "id")
            autre = vues.setdefault(mesure.id, critere.id)
            if autre != critere.id:
                yield _constat(
                    critere, chemin, f"la mesure « {mesure.id} » appartient déjà au critère {autre}.",
                    "Donnez-lui un autre identifiant.",
                )  # fmt: skip
            yield from _fait(critere, chemin, mesure, faits.get(mesure.id))
        connues = {m.id for m in critere.mesures}
        for rang, repere in enumerate(critere.reperes):
            if repere.mesure not in connues:
                yield _constat(
                    critere, ("reperes", rang, "mesure"),
                    f"le repère porte sur « {repere.mesure} », qui n’est pas une mesure de ce critère.",
                    f"Mesures du critère : {', '.join(sorted(connues))}.",
                )  # fmt: skip


def _fait(critere: Critere, chemin: Chemin, mesure: Mesure, fait: Fait | None) -> Iterable[ConstatDeControle]:
    if fait is None:
        yield _constat(
            critere, chemin, f"la mesure « {mesure.id} » n’est pas déclarée comme fait.",
            "Ajoutez-la dans faits/grille.yaml.",
        )  # fmt: skip
        return
    attendu = _GENRES_DE_FAIT.get(mesure.nature, "nombre")
    if fait.type != attendu:
        yield _constat(
            critere, chemin, f"le fait « {mesure.id} » est de type {fait.type}, la mesure attend {attendu}.",
            "Mettez d’accord la nature de la mesure et le type du fait.",
        )  # fmt: skip
    if fait.unite != mesure.unite:
        yield _constat(
            critere, chemin,
            f"le fait « {mesure.id} » est en « {fait.unite} », la mesure en « {mesure.unite} ».",
            "Employez la même unité dans les deux fichiers.",
        )  # fmt: skip


def _constat(critere: Critere, chemin: Chemin, message: str, conseil: str) -> ConstatDeControle:
    return ConstatDeControle(genre="critere", id=critere.id, chemin=chemin, message=message, conseil=conseil)
