"""Opens a session of Spark, or says in plain words what is missing for that."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from perenne.domain.erreurs import Anomalie, ErreurUtilisateur

JAVA_MIN = 17
_JOURNAL = Path(__file__).with_name("log4j2.properties")

_TOUJOURS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.parquet.compression.codec": "zstd",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "20000",
    "spark.ui.showConsoleProgress": "false",
}
"""What the equality of the two engines and the kernels ask for."""

_SUR_CETTE_MACHINE = {
    "spark.driver.memory": "4g",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.ui.enabled": "false",
}
"""Without a cluster: nothing listens outside, and the driver, which does the work, has room for it."""


def lire_options(texte: str) -> dict[str, str]:
    """Options written `name=value`, separated by spaces.

    Raises:
        ErreurUtilisateur: one of them is not of that form.
    """
    options = {}
    for morceau in texte.split():
        nom, egal, valeur = morceau.partition("=")
        if not egal or not nom.startswith("spark."):
            raise ErreurUtilisateur(
                "Le réglage PERENNE_SPARK ne se lit pas.",
                anomalies=[Anomalie(ou=morceau, message="« spark.nom=valeur » était attendu.")],
                conseil="Séparez les options par des espaces.",
            )
        options[nom] = valeur
    return options


def manques() -> list[Anomalie]:
    """What this machine lacks to run Spark; nothing when all is there."""
    fautes = []
    if importlib.util.find_spec("pyspark") is None:
        fautes.append(
            Anomalie(
                ou="pyspark",
                message="n'est pas installé.",
                conseil="Installez l'extra « spark » : pip install 'perenne[spark]', ou, dans le dépôt, "
                "make spark.",
            )
        )
    version = _version_de_java()
    if version < JAVA_MIN:
        fautes.append(
            Anomalie(
                ou="java",
                message=f"version {version} ; il faut Java {JAVA_MIN} au moins."
                if version
                else "introuvable.",
                conseil="Sous Debian : apt-get install openjdk-17-jre-headless. Ailleurs, désignez Java par "
                "la variable JAVA_HOME.",
            )
        )
    return fautes


def _version_de_java() -> int:
    """Main version of the Java that Spark would run; 0 when there is none."""
    maison = os.environ.get("JAVA_HOME")
    java = str(Path(maison, "bin", "java")) if maison else shutil.which("java")
    if not java:
        return 0
    try:
        dit = subprocess.run(
            [java, "-version"], capture_output=True, text=True, timeout=60, check=False
        ).stderr
    except (OSError, subprocess.TimeoutExpired):
        return 0
    trouvee = re.search(r'version "(?:1\.)?(\d+)', dit)
    return int(trouvee.group(1)) if trouvee else 0


@contextmanager
def ouvrir_session(options: Mapping[str, str]) -> Iterator[Any]:
    """A session of Spark, closed at the end unless somebody had opened it before.

    Args:
        options: of Spark; `spark.master` for a cluster. Without it and outside `spark-submit`, Spark runs on
            the cores of this machine.

    Raises:
        ErreurUtilisateur: pyspark or Java is missing, or Spark does not start.
    """
    if fautes := manques():
        raise ErreurUtilisateur("Le moteur Spark ne peut pas démarrer.", anomalies=fautes)
    from pyspark.sql import SparkSession  # noqa: PLC0415  (an extra)

    deja = SparkSession.getActiveSession()
    if deja is not None:
        yield deja
        return
    session = _demarrer(SparkSession.builder, options)
    try:
        yield session
    finally:
        session.stop()


def _demarrer(constructeur: Any, options: Mapping[str, str]) -> Any:
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    reglees = dict(_TOUJOURS)
    if "spark.master" not in options and "PYSPARK_GATEWAY_PORT" not in os.environ:
        reglees |= _SUR_CETTE_MACHINE
        reglees["spark.driver.extraJavaOptions"] = f"-Dlog4j2.configurationFile={_JOURNAL.as_uri()}"
    for nom, valeur in {**reglees, **options}.items():
        constructeur = constructeur.config(nom, valeur)
    try:
        return constructeur.appName("perenne").getOrCreate()
    except Exception as erreur:  # the gateway to Java fails in many ways, none of them declared
        raise ErreurUtilisateur(
            "Le moteur Spark ne démarre pas.",
            anomalies=[Anomalie(ou="spark", message=str(erreur).strip().splitlines()[0])],
            conseil="Vérifiez le réglage PERENNE_SPARK et que Java fonctionne (java -version).",
        ) from erreur
