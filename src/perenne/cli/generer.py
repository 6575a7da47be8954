"""`python -m perenne.cli.generer` (`make docs`): writes what is generated; one line below per generator."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from perenne.cli.generateurs.accessibilite import generer_accessibilite
from perenne.cli.generateurs.activites import generer_activites
from perenne.cli.generateurs.atlas import generer_atlas, generer_sources
from perenne.cli.generateurs.commandes import generer_commandes
from perenne.cli.generateurs.regles import generer_reference_regles
from perenne.cli.generateurs.savoir import generer_reference_savoir, generer_schemas

Generateur = Callable[[Path], Mapping[str, str]]
"""Takes the root of the repository; gives the text of each file, by path relative to it."""

GENERATEURS: tuple[Generateur, ...] = (
    generer_accessibilite,
    generer_activites,
    generer_atlas,
    generer_commandes,
    generer_reference_savoir,
    generer_schemas,
    generer_sources,
    generer_reference_regles,
)

DOSSIERS_ENTIERS = ("docs/reference/activites", "knowledge/schema")
"""Folders that hold generated files only: what no generator gives is removed."""


def produire(racine: Path) -> dict[str, str]:
    """Every generated file, by path relative to the root."""
    return {chemin: texte for generateur in GENERATEURS for chemin, texte in generateur(racine).items()}


def perimes(racine: Path) -> list[str]:
    """Paths of the generated files that are absent, different, or should no longer exist."""
    attendus = produire(racine)
    ecarts = [c for c, texte in attendus.items() if _lire(racine / c) != texte]
    return sorted(ecarts + [c for c in _presents(racine) if c not in attendus])


def _presents(racine: Path) -> list[str]:
    return [
        f.relative_to(racine).as_posix()
        for d in DOSSIERS_ENTIERS
        for f in (racine / d).glob("*")
        if f.is_file()
    ]


def _lire(fichier: Path) -> str | None:
    return fichier.read_text(encoding="utf-8") if fichier.is_file() else None


def main() -> None:
    """Write what changed, and say it."""
    racine = Path(__file__).resolve().parents[3]
    attendus = produire(racine)
    for chemin in perimes(racine):
        fichier = racine / chemin
        if chemin in attendus:
            fichier.parent.mkdir(parents=True, exist_ok=True)
            fichier.write_text(attendus[chemin], encoding="utf-8")
            print(f"écrit    {chemin}")
        else:
            fichier.unlink()
            print(f"supprimé {chemin}")


if __name__ == "__main__":
    main()
