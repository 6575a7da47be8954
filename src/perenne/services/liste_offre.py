"""Use case: write the supply of a territory, or the list behind one of its figures."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from pathlib import Path
from typing import Any, Literal

from perenne.atlas.lecteur import Atlas
from perenne.domain.erreurs import ErreurUtilisateur
from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.territoire.identite import Territoire
from perenne.domain.territoire.offre import Couche, LigneOffre, Offre
from perenne.domain.territoire.operateurs import COMPTES, Liste, Part
from perenne.services.cache_savoir import obtenir_base_en_cache
from perenne.services.note_territoire import ecrire_fichier, format_de, verifier_dossier
from perenne.services.offre import (
    OPERATEURS_MAX,
    designer_territoire,
    lire_offre,
    lister,
    trouver_sujet,
)
from perenne.services.reglages import lire_reglages

Format = Literal["texte", "json", "xlsx"]
FORMATS: dict[str, Format] = {".txt": "texte", ".json": "json", ".xlsx": "xlsx"}
TOUTES: tuple[Part, ...] = ("comptes", "faibles", "incertains", "ecartes")


@dataclasses.dataclass(frozen=True, kw_only=True)
class _Demande:
    """What was found for one call."""

    atlas: Atlas
    savoir: BaseSavoir
    territoire: Territoire
    offre: Offre
    couche: Couche
    parts: tuple[Part, ...]
    ligne: LigneOffre | None

    def listes(self) -> list[tuple[Part, Liste]]:
        """The lists asked for, those of the figure first; one that is empty beside the figure is left out."""
        assert self.ligne is not None
        toutes = [(p, self._lister(p, self.ligne.sujet)) for p in self.parts]
        return [(p, x) for p, x in toutes if x.total or p == "comptes"]

    def _lister(self, part: Part, sujet: str) -> Liste:
        return lister(self.atlas, self.territoire, sujet, couche=self.couche, parts=[part])

    @property
    def titres(self) -> dict[str, str]:
        """Names of the activities."""
        return {a.id: a.titre for a in self.savoir.activites.values()}

    @property
    def sources(self) -> dict[str, str]:
        """Names of the data sets."""
        return {i: s.jeu for i, s in self.atlas.sources().items()}


def ecrire_offre(
    demande: str,
    sujet: str = "",
    *,
    couche: Couche | None = None,
    tout: bool = False,
    format_demande: Format | None = None,
    sortie: Path | None = None,
) -> str | Path:
    """The supply of a territory; with a need or an activity, its figures and the list behind them.

    Args:
        demande: the territory, as the note reads it.
        sujet: a need or an activity, by identifier or by the words of its title; empty for all of them.
        couche: which layer the list is of; None: the widest one that is observed.
        tout: list too what is beside the figure: weak clues, not located, left out.
        format_demande: None: what the name of the file says, else texte.
        sortie: the file; None: the text itself, or a file named after the territory for a workbook.

    Raises:
        ErreurUtilisateur: no atlas, unknown territory or subject, or a file that cannot be written.
    """
    format_ = format_demande or format_de(sortie, FORMATS, "texte")
    if sortie is not None:
        verifier_dossier(sortie)
    reglages = lire_reglages()
    savoir = obtenir_base_en_cache(reglages)
    choisi = trouver_sujet(sujet, savoir) if sujet else ""
    with Atlas(reglages.atlas) as atlas:
        territoire, strate = designer_territoire(atlas, demande)
        offre = lire_offre(atlas, territoire, savoir, strate=strate)
        if choisi and offre.empeche:
            raise _empechee(offre, territoire)
        ligne = next((x for x in (*offre.besoins, *offre.activites) if x.sujet == choisi), None)
        parts = TOUTES if tout else COMPTES
        contenu = _rendre(
            _Demande(
                atlas=atlas, savoir=savoir, territoire=territoire, offre=offre,
                couche=couche or _plus_large(ligne), parts=parts, ligne=ligne,
            ),
            format_,
        )  # fmt: skip
    if sortie is None and format_ != "xlsx":
        return contenu.decode()
    code = territoire.code.replace(":", "-").replace("+", "_")
    fichier = sortie or Path(f"offre-{code}{'-' + choisi if choisi else ''}.{format_}")
    ecrire_fichier(fichier, contenu)
    return fichier


def _plus_large(ligne: LigneOffre | None) -> Couche:
    if ligne is None:
        return "tous"
    return next((c.couche for c in ligne.chiffres if c.nombre is not None), "tous")


def _empechee(offre: Offre, territoire: Territoire) -> ErreurUtilisateur:
    if offre.empeche == "arrondissement":
        return ErreurUtilisateur(
            f"L'offre n'est pas observée pour {territoire.nom} : les entreprises le sont par commune.",
            conseil="Demandez l'offre de la commune.",
        )
    return ErreurUtilisateur(
        "L'atlas en place ne contient pas l'offre des territoires.",
        conseil="Reconstruisez-le avec « perenne atlas construire ».",
    )


def _rendre(d: _Demande, format_: Format) -> bytes:
    if format_ == "json":
        return _en_json(d).encode()
    if format_ == "xlsx":
        from perenne.reports.offre.classeur import ecrire_classeur  # noqa: PLC0415 - loads openpyxl

        sujet = d.ligne.sujet if d.ligne else ""
        liste = lister(d.atlas, d.territoire, sujet, couche=d.couche, parts=d.parts, nombre=OPERATEURS_MAX)
        return ecrire_classeur(
            d.territoire.nom, d.offre, d.ligne, liste, titres=d.titres, sources=d.atlas.sources()
        )
    from perenne.reports.offre import texte  # noqa: PLC0415

    if d.ligne is None:
        return texte.ecrire_offre(d.territoire.nom, d.offre, d.atlas.version).encode()
    return texte.ecrire_liste(
        d.territoire.nom, d.offre, d.ligne, d.listes(), couche=d.couche, titres=d.titres, sources=d.sources
    ).encode()


def _en_json(d: _Demande) -> str:
    document: dict[str, Any] = {
        "atlas": d.atlas.version,
        "territoire": {"type": d.territoire.type, "code": d.territoire.code, "nom": d.territoire.nom},
    }
    if d.ligne is None:
        document["offre"] = dataclasses.asdict(d.offre)
    else:
        document |= {
            "sujet": dataclasses.asdict(d.ligne),
            "couche": d.couche,
            "registres": [dataclasses.asdict(r) for r in d.offre.registres],
            "listes": {p: dataclasses.asdict(x) for p, x in d.listes()},
        }
    document["sources"] = {i: dataclasses.asdict(s) for i, s in d.atlas.sources().items()}
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False, default=_date) + "\n"


def _date(valeur: object) -> str:
    if isinstance(valeur, dt.date):
        return valeur.isoformat()
    raise TypeError(f"not JSON: {type(valeur).__name__}")
