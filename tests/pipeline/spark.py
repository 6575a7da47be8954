"""Spark for the tests: one session a process, and an atlas built with it only once a run."""

from __future__ import annotations

import fcntl
from collections.abc import Callable
from pathlib import Path

import pytest

from perenne.pipeline.moteurs.session import manques

OPTIONS = {
    "spark.master": "local[2]",
    "spark.driver.memory": "1g",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.sql.shuffle.partitions": "2",
    # Some rows: making code for each query takes longer than running it.
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.adaptive.enabled": "false",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",
}


def exiger_spark() -> None:
    """Skip the test, with the reason, where pyspark or Java is missing."""
    if fautes := manques():
        pytest.skip("moteur Spark : " + " ; ".join(f"{f.ou} {f.message}" for f in fautes))


def une_fois(tmp_path_factory: pytest.TempPathFactory, nom: str, faire: Callable[[Path], object]) -> Path:
    """A folder that the processes of a run share, filled by the first that asks for it."""
    base = tmp_path_factory.getbasetemp()
    commun = base.parent if base.name.startswith("popen-") else base
    dossier = commun / nom
    with (commun / f"{nom}.verrou").open("w") as verrou:
        fcntl.flock(verrou, fcntl.LOCK_EX)
        if not dossier.exists():
            faire(dossier)
    return dossier
