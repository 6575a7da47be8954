"""Reads the whole of `knowledge/`, strictly: either every file is right, or every anomaly is reported."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from perenne.domain.erreurs import Anomalie, ErreurUtilisateur
from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.savoir.commun import Ref
from perenne.domain.savoir.expressions import Expression
from perenne.kb.collecte import Collecte, Entree
from perenne.kb.controles import CONTROLES, EXPRESSIONS
from perenne.kb.genre import Genre
from perenne.kb.genres import GENRES
from perenne.kb.marques import PeriodeInversee, marques_de
from perenne.kb.messages import suggerer


def charger_base(dossier: Path, genres: tuple[Genre, ...] = GENRES) -> BaseSavoir:
    """Read and check a knowledge base.

    Args:
        dossier: the folder `knowledge/`.
        genres: the kinds to read.

    Raises:
        ErreurUtilisateur: the folder is missing, or some files are wrong; it carries every anomaly.
    """
    base, anomalies = lire_base(dossier, genres)
    if anomalies:
        nombre = len(anomalies)
        raise ErreurUtilisateur(
            f"La base de savoir contient {nombre} anomalie{'s' if nombre > 1 else ''} :",
            conseil="Corrigez ces fichiers, puis relancez « perenne savoir verifier ».",
            anomalies=anomalies,
        )
    return base


def lire_base(dossier: Path, genres: tuple[Genre, ...] = GENRES) -> tuple[BaseSavoir, tuple[Anomalie, ...]]:
    """Read a knowledge base; what is wrong is returned beside what could be read.

    Raises:
        ErreurUtilisateur: the folder is missing.
    """
    if not dossier.is_dir():
        raise ErreurUtilisateur(
            f"Le dossier de la base de savoir est introuvable : {dossier}.",
            conseil="Indiquez-le par la variable PERENNE_SAVOIR, ou lancez la commande depuis le dépôt.",
        )
    collecte = Collecte(dossier=dossier, genres=genres)
    collecte.tout_lire()
    for entree in collecte.entrees():
        _controler(entree, collecte)
    base = _assembler(collecte, genres)
    if not collecte.anomalies:
        for controle in CONTROLES:
            for c in controle(base):
                collecte.signaler_fiche(collecte.lues[c.genre][c.id], c.chemin, c.message, c.conseil)
    return base, collecte.anomalies_triees()


def _controler(entree: Entree, collecte: Collecte) -> None:
    """References, expressions and periods of one valid item."""
    for marque, texte, chemin in marques_de(entree.fiche):
        if isinstance(marque, PeriodeInversee):
            collecte.signaler_fiche(
                entree,
                chemin,
                f"la période est inversée ({texte.replace('>', 'est après')}).",
                "Échangez « du » et « au ».",
            )
        elif isinstance(marque, Ref):
            connus = collecte.identifiants(marque.genres)
            if connus is not None and texte not in connus:
                nom = " ou ".join(marque.genres)
                collecte.signaler_fiche(
                    entree,
                    chemin,
                    f"le renvoi « {texte} » ne désigne aucune fiche ({nom}).",
                    suggerer(texte, tuple(connus)),
                )
        elif isinstance(marque, Expression) and marque.genre in EXPRESSIONS:
            for message, conseil in EXPRESSIONS[marque.genre](texte, collecte.fiches_par_genre()):
                collecte.signaler_fiche(entree, chemin, message, conseil)


def _assembler(collecte: Collecte, genres: tuple[Genre, ...]) -> BaseSavoir:
    fiches: dict[str, Mapping[str, Any]] = {
        genre: MappingProxyType(dict(sorted(contenu.items())))
        for genre, contenu in collecte.fiches_par_genre().items()
    }
    return BaseSavoir(
        fiches=MappingProxyType(fiches),
        classes=MappingProxyType({g.classe: g.nom for g in genres}),
        chemins=MappingProxyType({(e.genre.nom, e.id): str(e.chemin) for e in collecte.entrees()}),
    )
