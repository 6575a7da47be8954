"""Opens the engine of the heavy part by its name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from perenne.pipeline.moteur import Moteur
from perenne.pipeline.moteurs.commun import MasseParEtapes
from perenne.pipeline.moteurs.duckdb import MasseDuckDB
from perenne.pipeline.moteurs.etapes import Etapes
from perenne.pipeline.moteurs.session import ouvrir_session

MOTEURS = ("duckdb", "spark")


@contextmanager
def ouvrir_masse(
    nom: str, moteur: Moteur, etapes: Etapes, options: Mapping[str, str]
) -> Iterator[MasseParEtapes]:
    """The engine of that name, closed at the end.

    Args:
        moteur: DuckDB, for what stays on one machine.
        options: of Spark.

    Raises:
        ErreurUtilisateur: Spark cannot start.
        ValueError: no engine has that name.
    """
    if nom == "duckdb":
        yield MasseDuckDB(moteur, etapes)
    elif nom == "spark":
        with ouvrir_session(options) as session:
            from perenne.pipeline.moteurs.spark import MasseSpark  # noqa: PLC0415  (an extra)

            yield MasseSpark(session, moteur, etapes)
    else:
        raise ValueError(f"moteur inconnu : {nom}")
