"""`perenne atlas`: download the official files, build the reference atlas, say what it holds."""

from __future__ import annotations

import datetime as dt
import re
import sys
import time
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

import typer

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.services.reglages import lire_reglages


class Moteur(StrEnum):
    """What computes the enterprises of the atlas."""

    DUCKDB = "duckdb"
    SPARK = "spark"


def ajouter(app: typer.Typer) -> None:
    """Add the group `atlas`."""
    groupe = typer.Typer(
        help="Construit l'atlas de référence à partir des fichiers officiels.",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    app.add_typer(groupe, name="atlas")

    @groupe.command("construire")
    def construire(
        sources: Path | None = typer.Option(
            None,
            "--sources",
            metavar="DOSSIER",
            help="Dossier des fichiers officiels, reconnus par leur nom et leur contenu. "
            "Par défaut, ce que « perenne atlas telecharger » a rangé.",
        ),
        vers: Path | None = typer.Option(
            None, "--vers", metavar="DOSSIER", help="Dossier de l'atlas. Par défaut, PERENNE_ATLAS."
        ),
        *,
        departements: str = typer.Option(
            "",
            "--departements",
            metavar="CODES",
            help="Limite les entreprises à ces départements (23,87). Les territoires restent ceux du pays.",
        ),
        decisions: Path | None = typer.Option(
            None,
            "--decisions",
            metavar="FICHIER.csv",
            help="Décisions humaines sur les activités, qui l'emportent sur tout. Par défaut, "
            "PERENNE_DECISIONS.",
        ),
        moteur: Moteur = typer.Option(
            Moteur.DUCKDB,
            "--moteur",
            help="Ce qui calcule les entreprises : duckdb, sur cette machine, ou spark (extra « spark » et "
            "Java 17 ; réglage PERENNE_SPARK). Les résultats sont les mêmes.",
        ),
        recommencer: bool = typer.Option(
            False,
            "--recommencer",
            help="Efface les étapes gardées d'une construction interrompue, et refait tout.",
        ),
    ) -> None:
        """Lit les fichiers officiels, les contrôle et publie l'atlas d'un seul coup.

        Si un fichier est faux, rien ne change : l'atlas précédent reste en place. Relancée après une
        interruption, la même commande reprend après les étapes finies.
        """
        from perenne.services.construction_atlas import construire_atlas

        depart = time.monotonic()
        manifeste = construire_atlas(
            lire_reglages(),
            sources=sources,
            vers=vers,
            maintenant=dt.datetime.now().astimezone(),
            decisions=decisions,
            departements=_lire_departements(departements),
            moteur=moteur.value,
            recommencer=recommencer,
            progres=lambda message: typer.echo(message, err=True),
        )
        _afficher(manifeste)
        typer.echo(f"Atlas construit en {time.monotonic() - depart:.0f} s.")

    @groupe.command("telecharger")
    def telecharger(
        source: list[str] = typer.Option(
            [],
            "--source",
            metavar="ID",
            help="Source à télécharger ; celles des territoires par défaut. Peut être répétée.",
        ),
        entreprises: bool = typer.Option(
            False,
            "--entreprises",
            help="Télécharge aussi les fichiers nationaux d'entreprises (plusieurs Go).",
        ),
    ) -> None:
        """Télécharge les fichiers officiels depuis les adresses de leurs producteurs.

        Un téléchargement coupé reprend où il s'est arrêté ; un fichier inchangé n'est pas redemandé.
        """
        from perenne.services.telechargement_sources import telecharger_sources

        reglages = lire_reglages()
        bilan = telecharger_sources(
            reglages,
            ids=source,
            entreprises=entreprises,
            maintenant=dt.datetime.now().astimezone(),
            suivi=_Barre(),
        )
        for id_, resultat in bilan.recus:
            etat = "déjà à jour" if resultat.etat == "a-jour" else "téléchargé"
            typer.echo(f"{id_} : {etat}, {_nombre(resultat.taille)} octets, {resultat.chemin}")
        for notice in bilan.sans_adresse:
            typer.echo(f"{notice.id} : adresse officielle du fichier inconnue. {notice.ou_le_trouver}")
        if bilan.echecs:
            raise ErreurUtilisateur("Des fichiers n'ont pas pu être téléchargés.", anomalies=bilan.echecs)

    @groupe.command("etat")
    def etat(
        vers: Path | None = typer.Option(
            None, "--vers", metavar="DOSSIER", help="Dossier de l'atlas. Par défaut, PERENNE_ATLAS."
        ),
    ) -> None:
        """Dit ce que contient l'atlas publié : sources, millésimes, contrôles, réserves."""
        from perenne.services.construction_atlas import lire_etat

        dossier = vers or lire_reglages().atlas
        manifeste = lire_etat(dossier)
        if manifeste is None:
            typer.echo(f"Aucun atlas dans « {dossier} ».")
            typer.echo("Lancez « perenne atlas telecharger » puis « perenne atlas construire ».")
            raise typer.Exit(1)
        _afficher(manifeste)


class _Barre:
    """Progress on the error stream, at most every tenth of a second, only for a person who watches."""

    def __init__(self) -> None:
        self._vu = 0.0

    def __call__(self, source: str, fait: int, total: int | None) -> None:
        fini = fait == total
        if not sys.stderr.isatty() or (time.monotonic() - self._vu < 0.1 and not fini):
            return
        self._vu = time.monotonic()
        part = f"{fait / total:>4.0%}" if total else ""
        typer.echo(f"\r{source} {part} {_nombre(fait)} octets", err=True, nl=fini)


def _afficher(manifeste: Mapping[str, Any]) -> None:
    typer.echo(f"Atlas {manifeste['version']}, construit le {manifeste['construit_le'][:10]}")
    for nom, lignes in manifeste["tables"].items():
        typer.echo(f"  {nom:<18} {_nombre(lignes):>9} lignes")
    _afficher_entreprises(manifeste)
    if manifeste.get("assertions"):
        typer.echo(f"Vérifications : {len(manifeste['assertions'])} promesses, toutes tenues (manifest.json)")
    typer.echo("Sources :")
    for source in manifeste["sources"]:
        typer.echo(
            f"  {source['id']:<26} {source['producteur']}, {source['millesime']}, "
            f"{_nombre(source['lignes'])} lignes, fichier {source['fichier']}"
        )
    _afficher_remarques(manifeste)


def _lire_departements(texte: str) -> tuple[str, ...]:
    codes = tuple(dict.fromkeys(c.strip().upper() for c in texte.split(",") if c.strip()))
    fautifs = [c for c in codes if not re.fullmatch(r"[0-9]{2}|2[AB]|97[0-9]", c)]
    if fautifs:
        raise ErreurUtilisateur(
            f"Département inconnu : {', '.join(fautifs)}.",
            conseil="Écrivez les codes séparés par des virgules : --departements 23,87 ou 2A,974.",
        )
    return codes


def _afficher_entreprises(manifeste: Mapping[str, Any]) -> None:
    entreprises = manifeste.get("entreprises", {})
    if not entreprises.get("sources"):
        typer.echo("Entreprises de l'ESS : non observé, aucun fichier d'entreprises n'a été lu.")
        for remarque in entreprises.get("remarques", []):
            typer.echo(f"  - {remarque}")
        return
    limite = f" ({', '.join(entreprises['departements'])} seulement)" if entreprises["departements"] else ""
    verdicts = ", ".join(f"{nom} {_nombre(n)}" for nom, n in entreprises["verdicts"].items()) or "aucune"
    typer.echo(f"Entreprises de l'ESS{limite}, par verdict : {verdicts}")
    _afficher_activites(entreprises)
    for nom, sources in (
        ("Sirene, unités légales", {"insee_sirene_unites"}),
        ("Sirene, établissements", {"insee_sirene_etablissements"}),
        ("répertoire national des associations", {"interieur_rna_waldec"}),
        ("liste d'ESS France", {"ess_france"}),
        ("agréments ESUS", {"tresor_esus"}),
        ("structures d'insertion", {"marche_siae"}),
    ):
        if not sources & set(entreprises["sources"]):
            typer.echo(f"  non observé : {nom}")
    for remarque in entreprises["remarques"]:
        typer.echo(f"  - {remarque}")


def _afficher_activites(entreprises: Mapping[str, Any]) -> None:
    comptes = entreprises.get("activites", {}).values()
    total = {c: sum(par.get(c, 0) for par in comptes) for c in ("haute", "moyenne", "faible")}
    if any(total.values()):
        detail = ", ".join(f"confiance {c} {_nombre(n)}" for c, n in total.items() if n)
        typer.echo(f"Activités reconnues : {_nombre(sum(total.values()))} ({detail})")
    decisions = entreprises.get("decisions", {})
    if decisions.get("fichier"):
        typer.echo(
            f"Décisions humaines ({decisions['fichier']}) : lues {decisions['lues']}, activités retenues "
            f"{decisions['retenues']}, écartées {decisions['ecartees']}, numéros inconnus de l'atlas "
            f"{len(decisions['sans_structure'])}"
        )


def _afficher_remarques(manifeste: Mapping[str, Any]) -> None:
    for source in manifeste["sources"]:
        controles = source["controles"]
        lignes = [f"colonne nouvelle, non lue : {c}" for c in controles["colonnes_nouvelles"]]
        lignes += [f"colonne facultative absente : {c}" for c in controles["colonnes_absentes"]]
        lignes += controles["remarques"]
        if not source["format_verifie"]:
            lignes.insert(0, f"format non vérifié sur le fichier du producteur. {controles['reserve']}")
        elif controles["reserve"]:
            lignes.insert(0, controles["reserve"])
        if lignes:
            typer.echo(f"À savoir sur {source['id']} :")
            for ligne in lignes:
                typer.echo(f"  - {ligne}")
    for remarque in manifeste.get("remarques", []):
        typer.echo(f"À savoir : {remarque}")


def _nombre(valeur: int) -> str:
    return f"{valeur:,}".replace(",", "\u202f")
