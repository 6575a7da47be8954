"""The demonstration: a fictional territory built, its notes written, the enterprises of the study listed."""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.services.reglages import Reglages

_DEPOT = Path(__file__).resolve().parents[3]
_PAQUET = Path(__file__).resolve().parents[1]
MENTION = "Démonstration : territoire et chiffres fictifs. Les précédents, eux, viennent de l'étude."
TERRITOIRES = (("299900027", "epci"), ("99001", "commune"))
"""The demonstration's EPCI in FRR+, and its commune with two QPV."""

FORMATS = ("html", "pdf", "docx", "xlsx")
TEMOIN = "empreinte.txt"


@dataclass(frozen=True, kw_only=True)
class Demonstration:
    """What the demonstration made.

    Attributes:
        dossier: where; everything in it may be thrown away.
        atlas: folder of the fictional atlas, for `PERENNE_ATLAS`.
        notes: files of the notes, by name of the territory.
        cas: list of the enterprises of the study, page and CSV.
        refaite: False when nothing had changed since the last run.
    """

    dossier: Path
    atlas: Path
    notes: dict[str, tuple[Path, ...]]
    cas: tuple[Path, ...]
    refaite: bool


def trouver_sources() -> Path:
    """Folder of the fictional official files: the repository's, or the copy in an installed package.

    Raises:
        ErreurUtilisateur: neither is there.
    """
    for dossier in (_DEPOT / "data" / "demo" / "sources", _PAQUET / "_demo" / "sources"):
        if dossier.is_dir():
            return dossier
    raise ErreurUtilisateur(
        "Les données de démonstration sont absentes.", conseil="Reprenez une copie complète du dépôt."
    )


def _fichiers(dossiers: tuple[Path, ...]) -> Iterator[Path]:
    for dossier in dossiers:
        for fichier in sorted(dossier.rglob("*")):
            if fichier.is_file() and "__pycache__" not in fichier.parts:
                yield fichier


def calculer_empreinte(dossiers: tuple[Path, ...]) -> str:
    """A hash of the contents of every file below the folders."""
    somme = hashlib.sha256()
    for fichier in _fichiers(dossiers):
        somme.update(fichier.name.encode() + b"\0" + hashlib.sha256(fichier.read_bytes()).digest())
    return somme.hexdigest()


def preparer_demonstration(
    dossier: Path,
    *,
    reglages: Reglages,
    maintenant: dt.datetime,
    progres: Callable[[str], None] = lambda _: None,
) -> Demonstration:
    """Make the demonstration, or find it again when nothing it depends on has changed.

    Args:
        dossier: folder to fill, replaced as a whole once everything is made.
        reglages: where the knowledge base is; its atlas is left alone.
        maintenant: moment of the run; its date is that of the notes.
        progres: told each step, in French.

    Raises:
        ErreurUtilisateur: the demonstration's data or the knowledge base cannot be read, or `dossier` cannot
            be written.
    """
    sources = trouver_sources()
    empreinte = calculer_empreinte((sources, reglages.savoir, _PAQUET)) + f" {maintenant.date()}"
    temoin = dossier / TEMOIN
    refaite = not (temoin.is_file() and temoin.read_text(encoding="utf-8") == empreinte)
    if refaite:
        _refuser_autre_chose(dossier)
        try:
            dossier.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=dossier.parent, prefix=".demo-") as provisoire:
                neuf = Path(provisoire) / "demo"
                _fabriquer(neuf, sources, reglages, maintenant, progres)
                (neuf / TEMOIN).write_text(empreinte, encoding="utf-8")
                _remplacer(dossier, neuf)
        except OSError as erreur:
            raise ErreurUtilisateur(
                f"Le dossier {dossier} ne peut pas être écrit ({erreur.strerror}).",
                conseil="Choisissez-en un autre avec --sortie.",
            ) from erreur
    return _inventaire(dossier, refaite=refaite)


def _refuser_autre_chose(dossier: Path) -> None:
    """A folder that holds something else than a demonstration is never thrown away."""
    if not dossier.exists() or (dossier / TEMOIN).is_file():
        return
    if not dossier.is_dir() or any(dossier.iterdir()):
        raise ErreurUtilisateur(
            f"« {dossier} » contient autre chose qu'une démonstration.",
            conseil="Choisissez un autre dossier avec --sortie.",
        )


def _remplacer(dossier: Path, neuf: Path) -> None:
    if dossier.exists():
        shutil.rmtree(dossier)
    neuf.replace(dossier)


def _fabriquer(
    dossier: Path,
    sources: Path,
    reglages: Reglages,
    maintenant: dt.datetime,
    progres: Callable[[str], None],
) -> None:
    from perenne.reports.cas import ecrire_cas_csv, ecrire_cas_html  # noqa: PLC0415 - only when it is made
    from perenne.reports.note.rendu import rendre  # noqa: PLC0415
    from perenne.services.construction_atlas import construire_atlas  # noqa: PLC0415
    from perenne.services.savoir import obtenir_base  # noqa: PLC0415
    from perenne.services.territoire import diagnostiquer  # noqa: PLC0415

    dossier.mkdir()
    progres("Construction de l'atlas fictif…")
    construire_atlas(reglages, sources=sources, vers=dossier / "atlas", maintenant=maintenant)
    savoir = obtenir_base(reglages.savoir)
    for code, type_ in TERRITOIRES:
        progres(f"Écriture de la note ({type_} {code})…")
        diagnostic = diagnostiquer(code, au=maintenant.date(), dossier_atlas=dossier / "atlas", savoir=savoir)
        for format_ in FORMATS:
            contenu = rendre(diagnostic, format_, mention=MENTION)  # type: ignore[arg-type]
            (dossier / f"note-{type_}-{code}.{format_}").write_bytes(contenu)
    progres("Liste des entreprises de l'étude…")
    (dossier / "entreprises-de-l-etude.html").write_text(ecrire_cas_html(savoir), encoding="utf-8")
    (dossier / "entreprises-de-l-etude.csv").write_text(ecrire_cas_csv(savoir), encoding="utf-8-sig")


def _inventaire(dossier: Path, *, refaite: bool) -> Demonstration:
    return Demonstration(
        dossier=dossier,
        atlas=dossier / "atlas",
        notes={code: tuple(dossier / f"note-{t}-{code}.{f}" for f in FORMATS) for code, t in TERRITOIRES},
        cas=tuple(dossier / f"entreprises-de-l-etude.{f}" for f in ("html", "csv")),
        refaite=refaite,
    )
