"""Goes through the files of `knowledge/`: which kind each belongs to, what it holds, what is wrong in it."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

from perenne.domain.erreurs import Anomalie
from perenne.kb.chemin import Chemin
from perenne.kb.genre import Genre
from perenne.kb.lecture import Document, lire_yaml
from perenne.kb.proximite import proches
from perenne.kb.validation import valider

_HORS_SAVOIR = {"schema"}
_FICHIERS_ADMIS = {"README.md", "LICENSE", "LICENCE.md"}
_IDENTIFIANT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*")


@contextmanager
def _sans_ramasse_miettes() -> Iterator[None]:
    """Every node read is kept: looking again and again for some to free takes half of the time."""
    actif = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if actif:
            gc.enable()


@dataclass(frozen=True, kw_only=True)
class Entree:
    """One item as read: `fiche` is None when it is not valid; `racine` is where it stands in its file."""

    genre: Genre
    id: str
    chemin: PurePosixPath
    document: Document
    racine: Chemin = ()
    fiche: Any = None


@dataclass(kw_only=True)
class Collecte:
    """What was read so far, and the anomalies met."""

    dossier: Path
    genres: tuple[Genre, ...]
    lues: dict[str, dict[str, Entree]] = field(default_factory=dict)
    anomalies: list[tuple[str, int, Anomalie]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.dossier = self.dossier.resolve()  # « . » has no name to show
        self.lues = {g.nom: {} for g in self.genres}

    # -- reporting -------------------------------------------------------------------------------------

    def signaler(self, chemin: PurePosixPath, ligne: int, message: str, conseil: str) -> None:
        """Add an anomaly at a line of a file (0: the file as a whole)."""
        ou = f"{self.dossier.name}/{chemin}" + (f", ligne {ligne}" if ligne else "")
        self.anomalies.append((str(chemin), ligne, Anomalie(ou=ou, message=message, conseil=conseil)))

    def signaler_fiche(self, entree: Entree, chemin: Chemin, message: str, conseil: str) -> None:
        """Add an anomaly at a path inside an item."""
        ligne = entree.document.ligne((*entree.racine, *chemin))
        self.signaler(entree.chemin, ligne, message, conseil)

    def anomalies_triees(self) -> tuple[Anomalie, ...]:
        """By file, then by line; each said once."""
        triees = sorted(self.anomalies, key=lambda a: (a[0], a[1]))
        return tuple(dict.fromkeys(a for _, _, a in triees))

    # -- what was read ---------------------------------------------------------------------------------

    def entrees(self) -> Iterator[Entree]:
        """The valid items."""
        return (e for par_id in self.lues.values() for e in par_id.values() if e.fiche is not None)

    def identifiants(self, genres: tuple[str, ...]) -> set[str] | None:
        """Identifiers of some kinds, invalid files included; None when a kind is not in the table yet."""
        if any(g not in self.lues for g in genres):
            return None
        return {i for g in genres for i in self.lues[g]}

    def fiches_par_genre(self) -> dict[str, dict[str, Any]]:
        """Kind → identifier → valid item."""
        return self._fiches_par_genre

    @cached_property
    def _fiches_par_genre(self) -> dict[str, dict[str, Any]]:
        return {
            g: {i: e.fiche for i, e in par_id.items() if e.fiche is not None}
            for g, par_id in self.lues.items()
        }

    # -- reading ---------------------------------------------------------------------------------------

    def tout_lire(self) -> None:
        """Read every file below the folder."""
        with _sans_ramasse_miettes():
            self._tout_lire()

    def _tout_lire(self) -> None:
        for absolu in sorted(self.dossier.rglob("*")):
            chemin = PurePosixPath(absolu.relative_to(self.dossier).as_posix())
            if absolu.is_dir() or chemin.parts[0] in _HORS_SAVOIR or absolu.name in _FICHIERS_ADMIS:
                continue
            if any(p.startswith(".") for p in chemin.parts):
                continue
            genre = next((g for g in self.genres if g.accepte(chemin)), None)
            if genre is None:
                self.signaler(chemin, 0, *self._mal_place(chemin))
            else:
                self._lire(absolu, chemin, genre)

    def _mal_place(self, chemin: PurePosixPath) -> tuple[str, str]:
        voisin = chemin.with_suffix(".yaml")
        if chemin.suffix != ".yaml" and any(g.accepte(voisin) for g in self.genres):
            return (
                f"l'extension « {chemin.suffix or 'absente'} » n'est pas lue.",
                f"Renommez-le {voisin.name}.",
            )
        dossiers = tuple(dict.fromkeys(g.dossier for g in self.genres))
        suggestion = proches(str(chemin.parent), dossiers, nombre=1)
        conseil = (
            f"Sa place est peut-être dans « {suggestion[0]} ». "
            if suggestion
            else f"Dossiers connus : {', '.join(dossiers)}. "
        )
        return "ce fichier ne correspond à aucune sorte de fiche.", conseil + "Déplacez-le ou supprimez-le."

    def _lire(self, absolu: Path, chemin: PurePosixPath, genre: Genre) -> None:
        deja: set[int] = set()

        def signaler(ligne: int, message: str, conseil: str) -> None:
            deja.add(ligne)
            self.signaler(chemin, ligne, message, conseil)

        injecte = dict(genre.injecter(chemin.relative_to(genre.dossier)))
        if not _IDENTIFIANT.fullmatch(injecte["id"]):
            signaler(
                0,
                f"le nom « {injecte['id']} » ne peut pas servir d'identifiant.",
                "Nommez le fichier en lettres sans accent, chiffres et tirets.",
            )
        try:
            octets = absolu.read_bytes()
        except OSError:
            signaler(
                0, "ce fichier ne peut pas être lu.", "Vérifiez ses droits d'accès, ou le lien qu'il suit."
            )
            return
        document = lire_yaml(octets, signaler)
        if document is None:
            return
        if not isinstance(document.valeur, dict):
            signaler(
                document.ligne(()),
                "le fichier n'est pas une table de clés et de valeurs.",
                "Écrivez des lignes « clé: valeur ».",
            )
            return
        if not genre.plusieurs:
            champs = {k: v for k, v in injecte.items() if k in genre.champs_injectes()}
            lu = Entree(genre=genre, id=champs["id"], chemin=chemin, document=document)
            self._ajouter(lu, document.valeur, champs, deja)
            return
        for identifiant, valeur in document.valeur.items():
            if isinstance(valeur, dict):
                lu = Entree(
                    genre=genre, id=identifiant, chemin=chemin, document=document, racine=(identifiant,)
                )
                self._ajouter(lu, valeur, {"id": identifiant}, deja)
            else:
                signaler(
                    document.ligne((identifiant,)),
                    f"« {identifiant} » n'est pas suivi d'une table de clés et de valeurs.",
                    "Décrivez-le par des lignes « clé: valeur » en retrait.",
                )

    def _ajouter(self, lu: Entree, valeur: dict[str, object], champs: dict[str, str], deja: set[int]) -> None:
        for cle in champs.keys() & valeur.keys():
            self.signaler_fiche(
                lu,
                (cle,),
                f"la clé « {cle} » ne s'écrit pas : elle vient du nom du fichier ou du dossier.",
                "Retirez cette ligne.",
            )
        fiche, constats = valider(lu.genre.classe, {**valeur, **champs}, lu.document, lu.racine)
        for ou, message, conseil in constats:
            ligne = lu.document.ligne(ou)
            if ligne not in deja:  # a value misread by YAML is reported once, by the reader
                self.signaler(lu.chemin, ligne, message, conseil)
        premier = self.lues[lu.genre.nom].setdefault(lu.id, replace(lu, fiche=fiche))
        if premier.chemin != lu.chemin:
            self.signaler_fiche(
                lu,
                (),
                f"l'identifiant « {lu.id} » existe déjà ({self.dossier.name}/{premier.chemin}).",
                "Renommez l'une des deux fiches.",
            )
