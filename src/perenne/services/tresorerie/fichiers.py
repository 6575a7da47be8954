"""Read and write plans: the kind of file is found by its content, not by its name."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.reports.tresorerie.classeur import ecrire_classeur
from perenne.reports.tresorerie.yaml_plan import ecrire_plan_yaml
from perenne.services.tresorerie.garde_xlsx import OCTETS_MAX, OLE
from perenne.services.tresorerie.interpretation import PlanLu, interpreter
from perenne.services.tresorerie.lecture_xlsx import lire_plan_xlsx
from perenne.services.tresorerie.lecture_yaml import lire_plan_table, lire_plan_yaml

ZIP = b"PK\x03\x04"
YAML = frozenset((".yaml", ".yml"))


def lire_plan(chemin: Path) -> PlanLu:
    """Read a plan.

    Raises:
        ErreurUtilisateur: the file cannot be read, or something in it is wrong; nothing is kept of it.
    """
    try:
        if not chemin.is_file():
            raise ErreurUtilisateur(
                f"« {chemin} » n'est pas un fichier.", conseil="Vérifiez son nom et son dossier."
            )
        taille = chemin.stat().st_size
        octets = chemin.read_bytes() if taille <= 4 * OCTETS_MAX else b"\0" * (OCTETS_MAX + 1)
    except OSError as erreur:
        raise ErreurUtilisateur(f"« {chemin} » ne peut pas être lu : {erreur.strerror}.") from None
    return lire_octets(octets, chemin.name)


def lire_octets(octets: bytes, nom: str) -> PlanLu:
    """Read the bytes of a plan; `nom` is only said in the messages."""
    classeur = octets.startswith((ZIP, OLE)) or Path(nom).suffix.lower() not in YAML
    return interpreter(lire_plan_xlsx(octets) if classeur else lire_plan_yaml(octets), nom)


def lire_table(table: object) -> PlanLu:
    """Read a plan given as plain values (JSON).

    Raises:
        ErreurUtilisateur: something in it is wrong; each mistake with its path.
    """
    return interpreter(lire_plan_table(table), "plan")


def ecrire_plan(lu: PlanLu | None, chemin: Path) -> None:
    """Write a plan (or the empty template when None) as .xlsx or .yaml; the file appears whole or not at all.

    Raises:
        ErreurUtilisateur: the name ends otherwise, or the folder cannot be written.
    """
    suffixe = chemin.suffix.lower()
    if suffixe == ".xlsx":
        octets = ecrire_classeur(lu.plan if lu else None, lu.leviers if lu else ())
    elif suffixe in YAML and lu is not None:
        octets = ecrire_plan_yaml(lu.plan, lu.leviers).encode()
    else:
        raise ErreurUtilisateur(f"« {chemin.name} » : donnez un nom qui finit par .xlsx.")
    ecrire_fichier(octets, chemin)


def ecrire_fichier(octets: bytes, chemin: Path) -> None:
    """Write a file beside its place, then put it there at once.

    Raises:
        ErreurUtilisateur: the folder does not exist or cannot be written.
    """
    provisoire: Path | None = None
    try:
        with tempfile.NamedTemporaryFile(dir=chemin.parent, prefix=".perenne-", delete=False) as sortie:
            provisoire = Path(sortie.name)
            sortie.write(octets)
        provisoire.chmod(0o644)
        provisoire.replace(chemin)
    except OSError as erreur:
        if provisoire is not None:
            with contextlib.suppress(OSError):
                provisoire.unlink()
        raise ErreurUtilisateur(f"« {chemin} » ne peut pas être écrit : {erreur.strerror}.") from None
