"""What every step of the assembly shares."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from perenne.domain.savoir.indicateurs import Indicateur
from perenne.pipeline.moteur import Moteur
from perenne.pipeline.moteurs.etapes import Etapes
from perenne.pipeline.moteurs.interface import MoteurDeMasse
from perenne.pipeline.notice import Notice

HORS_CHAMP = ("975", "977", "978", "986", "987", "988", "989")
"""Overseas collectivities: their codes are not communes of the COG, they have no metropolitan indicator."""


@dataclass
class Contexte:
    """The build under way.

    Attributes:
        moteur: DuckDB, for the territories and for the publication.
        masse: the engine of the enterprises; it may be the same one.
        etapes: the finished stages, those of `masse` among them.
        notices: notices of the sources that were read.
        tables: staging tables by kind, each with the source that filled it.
        fichiers: how a message names the file of each source.
        sommes: digest of the content of each file.
        remarques: what the user should know, by source.
        codes_lus: commune codes written in each file that is a complete list.
        dates: geography of the sources whose codes tell another one than their notice.
        dossier: a folder for what does not fit in memory, removed at the end.
        transformer: from the raw table of each source of enterprises to its staging tables.
        jour: day at which the law and the agreements are read.
        departements: départements to which the enterprises are limited; empty for all.
    """

    moteur: Moteur
    masse: MoteurDeMasse
    etapes: Etapes
    notices: Mapping[str, Notice]
    indicateurs: Mapping[str, Indicateur]
    progres: Callable[[str], None]
    tables: dict[str, list[str]] = field(default_factory=dict)
    fichiers: dict[str, str] = field(default_factory=dict)
    sommes: Mapping[Path, str] = field(default_factory=dict)
    remarques: dict[str, list[str]] = field(default_factory=dict)
    codes_lus: dict[str, frozenset[str]] = field(default_factory=dict)
    dates: dict[str, dt.date] = field(default_factory=dict)
    transformer: dict[str, Callable[[Any], Mapping[str, Any]]] = field(default_factory=dict)
    dossier: Path = Path()
    jour: dt.date = dt.date.min
    departements: frozenset[str] = frozenset()

    def remarquer(self, source: str, texte: str) -> None:
        """Keep a remark for the manifest and for the command."""
        remarques = self.remarques.setdefault(source, [])
        if texte not in remarques:
            remarques.append(texte)

    def reunir(self, genre: str) -> bool:
        """Create the view `genre` over the staging tables of that kind; False when no source fills it."""
        sources = self.tables.get(genre, [])
        if sources:
            morceaux = [
                f"SELECT *, '{s}' AS source, DATE '{self.geographie(s)}' AS geographie FROM stg_{s}_{genre}"
                for s in sources
            ]
            self.moteur.executer(f"CREATE OR REPLACE VIEW {genre} AS {' UNION ALL BY NAME '.join(morceaux)}")
        return bool(sources)

    def confier(self, nom: str, requete: str) -> None:
        """Hand the rows of a query over to the engine of the enterprises, under `nom`."""
        self.masse.deposer(nom, self.moteur.arrow(requete))

    def geographies(self) -> list[dt.date]:
        """Dates of the geographies in which the codes of the sources are written."""
        return sorted({self.geographie(s) for s in self.notices})

    def geographie(self, source: str) -> dt.date:
        """Day of the geography in which the codes of a source are written."""
        return self.dates.get(source, self.notices[source].geographie)
