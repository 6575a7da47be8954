"""What an operator does to the application from a terminal: `python -m perenne.web.gestion ACTION`.

The command line of Pérenne may not import Django: it runs this module in a process of its own.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import OperationalError

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.web.comptes.courriels import dans_un_dossier
from perenne.web.config.base import est_sqlite, garder_cle


def preparer() -> None:
    """Make the key; bring a SQLite base up to date; refuse a late shared base."""
    garder_cle()
    manquantes = migrations_manquantes()
    if not manquantes:
        return
    if not est_sqlite(connection.settings_dict):
        raise ErreurUtilisateur(
            f"La base de données n'est pas à jour ({len(manquantes)} étapes manquent).",
            conseil="Sauvegardez-la, puis lancez « perenne base migrer » une fois, sur une seule machine.",
        )
    migrer()


def migrer() -> None:
    """Bring the base up to date; a SQLite file that holds something is copied first."""
    garder_cle()
    manquantes = migrations_manquantes()
    if not manquantes:
        print("La base de données est à jour.")
        return
    if copie := _copier_sqlite():
        print(f"Copie de sauvegarde : {copie}")
    call_command("migrate", interactive=False, verbosity=0)
    print(f"Base de données mise à jour ({len(manquantes)} étapes).")


def etat() -> None:
    """Say which base is used and whether it is up to date."""
    reglages = connection.settings_dict
    print(f"Base : {connection.display_name}, {reglages['NAME']}.")
    manquantes = migrations_manquantes()
    print(f"{len(manquantes)} étapes manquent : perenne base migrer." if manquantes else "À jour.")


def migrations_manquantes() -> list[str]:
    """Names of the migrations not applied yet.

    Raises:
        ErreurUtilisateur: the base cannot be opened.
    """
    reglages = connection.settings_dict
    if est_sqlite(reglages):
        Path(reglages["NAME"]).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        execution = MigrationExecutor(connection)
    except OperationalError as erreur:
        raise ErreurUtilisateur(
            f"La base de données ne s'ouvre pas : {str(erreur).strip()}.",
            conseil="Vérifiez DATABASE_URL, PERENNE_DONNEES, et que le serveur de base tourne.",
        ) from None
    plan = execution.migration_plan(execution.loader.graph.leaf_nodes())
    return [f"{m.app_label}.{m.name}" for m, _ in plan]


def _copier_sqlite() -> Path | None:
    """A copy beside the file, made by SQLite itself so that it is whole even while it is in use."""
    reglages = connection.settings_dict
    fichier = Path(str(reglages["NAME"]))
    if not est_sqlite(reglages) or not fichier.is_file() or not connection.introspection.table_names():
        return None
    copie = fichier.with_name(f"{fichier.name}.avant-migration")
    with closing(sqlite3.connect(fichier)) as source, closing(sqlite3.connect(copie)) as cible:
        source.backup(cible)
    copie.chmod(0o600)
    return copie


def demonstration() -> None:
    """Prepare the base of the demonstration and say with which accounts to sign in."""
    preparer()
    from perenne.web.demonstration import semer  # noqa: PLC0415 - its models need the apps loaded

    comptes = semer()
    print("Comptes de démonstration (page « Se connecter ») :")
    for courriel, mot_de_passe in comptes.items():
        print(f"  {courriel}   mot de passe : {mot_de_passe}")


def annoncer() -> None:
    """Before serving: the base is ready, and where messages go is said."""
    preparer()
    if dans_un_dossier():
        print(f"Courriels : aucun serveur réglé, ils sont écrits dans {settings.DOSSIER_COURRIELS}.")
    if "*" in settings.ALLOWED_HOSTS and not settings.ADRESSE_SITE:
        print(
            "Attention : PERENNE_WEB_HOTES admet tous les noms ; réglez PERENNE_WEB_ADRESSE, "
            "sinon les liens des messages portent le nom que le visiteur a donné."
        )


ACTIONS: dict[str, Callable[..., None]] = {
    "preparer": annoncer,
    "migrer": migrer,
    "etat": etat,
    "demonstration": demonstration,
}


def main(arguments: list[str]) -> int:
    """Run one action; 2 and a French sentence when it cannot be done."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "perenne.web.config.reglages")
    os.umask(0o077)
    try:
        django.setup()
        action = ACTIONS.get(arguments[0])
        if action is None:
            # The models may be read only once the applications are ready.
            from perenne.web.comptes.gestion import ACTIONS as COMPTES  # noqa: PLC0415

            preparer()
            action = COMPTES[arguments[0]]
        action(*arguments[1:])
    except ErreurUtilisateur as erreur:
        print(erreur, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
