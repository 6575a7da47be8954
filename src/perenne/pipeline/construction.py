"""Builds an atlas: raw, staging, atlas, publication; the published one changes at the last step only."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa

from perenne.domain.classement.decision import Classeur
from perenne.domain.erreurs import Anomalie, ErreurUtilisateur
from perenne.domain.savoir.formes_juridiques import FormeJuridique
from perenne.domain.savoir.indicateurs import Indicateur
from perenne.pipeline import livraison, publication
from perenne.pipeline.assemblage import (
    agregats,
    appartenances,
    contours,
    correspondance,
    entreprises,
    offre,
    territoires,
    valeurs,
)
from perenne.pipeline.assemblage.contexte import Contexte
from perenne.pipeline.assertions import verifier as verifier_promesses
from perenne.pipeline.chargement import charger_table
from perenne.pipeline.controles import Constat
from perenne.pipeline.interruption import interruptible
from perenne.pipeline.moteur import ouvrir_moteur
from perenne.pipeline.moteurs.ouverture import ouvrir_masse
from perenne.pipeline.notice import Notice
from perenne.pipeline.noyaux.mouvements import Genealogie
from perenne.pipeline.reconnaissance import FichierTrouve, candidats, choisir, parcourir
from perenne.pipeline.reprise import territoires as points
from perenne.pipeline.reprise.atelier import ouvrir_atelier
from perenne.pipeline.reprise.disque import surveiller_le_disque
from perenne.pipeline.reprise.sommes import Sommes


class SourceDeclaree(Protocol):
    """What the build needs of a source."""

    @property
    def notice(self) -> Notice:
        """Its notice."""

    @property
    def transformer(self) -> Callable[[Any, Notice], Mapping[str, Any]]:
        """Its transformation, from the raw table to staging tables."""


@dataclass(frozen=True, kw_only=True)
class AtlasConstruit:
    """What was published."""

    dossier: Path
    version: str
    manifeste: Mapping[str, Any]


def construire(
    sources: Sequence[SourceDeclaree],
    indicateurs: Iterable[Indicateur],
    dossier: Path,
    vers: Path,
    *,
    maintenant: dt.datetime,
    formes: Iterable[FormeJuridique] = (),
    classeur: Classeur | None = None,
    decisions: Mapping[str, str] | None = None,
    departements: Collection[str] = (),
    moteur: str = "duckdb",
    options: Mapping[str, str] | None = None,
    recommencer: bool = False,
    progres: Callable[[str], None] = lambda _: None,
) -> AtlasConstruit:
    """Build and publish.

    Args:
        sources: every declared source; those without a file are left out unless required.
        indicateurs: how values add up.
        dossier: where the official files are.
        vers: folder of the atlas.
        maintenant: moment of the build, for the name of the version; its day is that of the law.
        formes: what the law says of the legal forms, for the verdicts.
        classeur: what tells the activities of the enterprises, with the decisions of people.
        decisions: name and digest of the file of these decisions, for the manifest.
        departements: départements to which the enterprises are limited; none for the whole country.
        moteur: `duckdb` or `spark`, for the enterprises.
        options: of Spark.
        recommencer: throw away what an interrupted build left, rather than take it up.
        progres: told each step, in French.

    Raises:
        ErreurUtilisateur: an official file is missing or wrong, the disk is full, or Spark cannot start; the
            published atlas is untouched, and the finished stages are kept for the next attempt.
        KeyboardInterrupt: Ctrl-C, or the signal to end; the same holds.
    """
    with (
        publication.verrou(vers),
        surveiller_le_disque(vers),
        ouvrir_atelier(vers, moteur, recommencer=recommencer, dire=progres) as atelier,
        ouvrir_moteur(atelier.tampon) as base,
        ouvrir_masse(moteur, base, atelier.etapes, options or {}) as masse,
        interruptible() as verifier,  # last: Spark listens to Ctrl-C too
    ):

        def annoncer(message: str) -> None:
            verifier()
            atelier.annoncer(message)

        trouves = _reconnaitre(sources, dossier)
        annoncer("Empreinte des fichiers sources…")
        sommes = Sommes(fichier for _, fichier in trouves)
        contexte = Contexte(
            moteur=base,
            masse=masse,
            etapes=atelier.etapes,
            notices={s.notice.id: s.notice for s, _ in trouves},
            indicateurs={i.id: i for i in indicateurs},
            progres=annoncer,
            dossier=atelier.tampon,
            jour=maintenant.date(),
            departements=frozenset(departements),
            sommes=sommes,
        )
        constats = _preparer(contexte, trouves, tuple(formes), classeur)
        _sources(contexte, sommes, trouves, constats)
        version = publication.nom_de_version(maintenant, vers)
        with publication.chantier(vers, version) as travail:
            annoncer("Écriture de l'atlas…")
            livraison.exporter(contexte, travail)
            annoncer("Vérification de ce que l'atlas promet…")
            tenues = verifier_promesses(base, travail, classeur.activites if classeur else ())
            annoncer("Écriture de la base de consultation…")
            livraison.ecrire_base(contexte, travail)
            manifeste = livraison.decrire(contexte, travail, version, maintenant, decisions or {})
            manifeste["assertions"] = tenues
            publication.ecrire_manifeste(travail, manifeste)
            sommes.verifier()
            verifier()
        atelier.conclure()
    return AtlasConstruit(dossier=vers / version, version=version, manifeste=manifeste)


def _reconnaitre(
    sources: Sequence[SourceDeclaree], dossier: Path
) -> list[tuple[SourceDeclaree, FichierTrouve]]:
    fichiers = parcourir(dossier)
    trouves: list[tuple[SourceDeclaree, FichierTrouve]] = []
    manquantes: list[Notice] = []
    for source in sources:
        fichier = choisir(source.notice, candidats(source.notice, fichiers))
        if fichier is not None:
            trouves.append((source, fichier))
        elif source.notice.obligatoire == "oui":
            manquantes.append(source.notice)
    if manquantes:
        raise ErreurUtilisateur(
            f"Il manque des fichiers indispensables dans « {dossier} ».",
            anomalies=[Anomalie(ou=n.titre, message=n.ou_le_trouver) for n in manquantes],
        )
    return trouves


def _preparer(
    contexte: Contexte,
    trouves: Sequence[tuple[SourceDeclaree, FichierTrouve]],
    formes: Sequence[FormeJuridique],
    classeur: Classeur | None,
) -> dict[str, Constat]:
    """Every table of the atlas, and what the checks of the files found."""
    empreinte = points.empreinte_des_territoires(contexte, {s.notice.id: f for s, f in trouves})
    gardes = contexte.etapes.reprendre(points.NOM, empreinte)
    lues = [t for t in trouves if gardes is None or t[0].notice.chapitre == "entreprises"]
    constats = _charger(contexte, lues)
    if gardes is None:
        genealogie = _assembler(contexte)
        references = {s.notice.id for s, _ in lues if s.notice.chapitre != "entreprises"}
        points.garder(contexte, empreinte, {i: c for i, c in constats.items() if i in references})
    else:
        constats |= points.rendre(contexte, gardes)
        genealogie = correspondance.lire_genealogie(contexte.moteur)
    entreprises.assembler(contexte, genealogie, formes, classeur)
    activites = classeur.activites.values() if classeur else ()
    offre.assembler(contexte, {a.id: a.besoins_servis for a in activites})
    return constats


def _charger(
    contexte: Contexte, trouves: Sequence[tuple[SourceDeclaree, FichierTrouve]]
) -> dict[str, Constat]:
    """Raw then staging; the faults of all the files are told together."""
    constats: dict[str, Constat] = {}
    erreurs: list[ErreurUtilisateur] = []
    for source, fichier in trouves:
        contexte.progres(f"Lecture : {source.notice.titre}…")
        try:
            constats[source.notice.id] = charger_table(contexte, source.notice, fichier)
        except ErreurUtilisateur as erreur:
            erreurs.append(erreur)
    if len(erreurs) == 1:
        raise erreurs[0]
    if erreurs:
        raise ErreurUtilisateur(
            f"{len(erreurs)} fichiers sources ne peuvent pas être utilisés.",
            anomalies=[
                a
                for e in erreurs
                for a in (e.anomalies or (Anomalie(ou="", message=e.message, conseil=e.conseil),))
            ],
            conseil="L'atlas précédent reste en place.",
        )
    for source, _ in trouves:
        _transformer(contexte, source, constats[source.notice.id])
    return constats


def _transformer(contexte: Contexte, source: SourceDeclaree, constat: Constat) -> None:
    """Staging tables; those of the enterprises are computed when and as far as something asks for them."""
    notice = source.notice
    table = f"brut_{notice.id}"
    en_memoire = notice.fichier.lecture == "memoire"
    for absente in constat.colonnes_absentes if en_memoire else ():
        contexte.moteur.executer(f'ALTER TABLE {table} ADD COLUMN "{absente}" VARCHAR')
    if notice.chapitre == "entreprises":
        if en_memoire:
            contexte.confier(table, f"SELECT * FROM {table}")
        contexte.transformer[notice.id] = lambda brut: source.transformer(brut, notice)
        lues = source.transformer(contexte.masse.table(table), notice)
    else:
        lues = source.transformer(contexte.moteur.table(table), notice)
        for genre, expression in lues.items():
            contexte.moteur.materialiser(f"stg_{notice.id}_{genre}", expression)
        contexte.moteur.executer(f"DROP TABLE {table}")
    for genre in lues:
        contexte.tables.setdefault(genre, []).append(notice.id)


def _assembler(contexte: Contexte) -> Genealogie:
    """The territories: communes, zonings, outlines, indicators."""
    contexte.progres("Suivi des communes…")
    genealogie = correspondance.preparer(contexte)
    contexte.progres("Territoires et zonages…")
    territoires.assembler(contexte)
    territoires.completer(contexte)
    contexte.progres("Contours…")
    contours.assembler(contexte)
    territoires.completer(contexte)  # again: some areas are now measured on the outlines
    appartenances.assembler(contexte)
    contexte.progres("Indicateurs…")
    valeurs.assembler(contexte)
    agregats.assembler(contexte)
    return genealogie


def _sources(
    contexte: Contexte,
    sommes: Sommes,
    trouves: Sequence[tuple[SourceDeclaree, FichierTrouve]],
    constats: Mapping[str, Constat],
) -> None:
    lignes = []
    for source, fichier in trouves:
        n, constat = source.notice, constats[source.notice.id]
        date = dt.datetime.fromtimestamp(fichier.chemin.stat().st_mtime, dt.UTC).date().isoformat()
        controles = {
            "colonnes_nouvelles": constat.colonnes_nouvelles,
            "colonnes_absentes": constat.colonnes_absentes,
            "remarques": [*constat.remarques, *contexte.remarques.get(n.id, [])],
            "reserve": n.reserve,
        }
        lignes.append(
            {
                "id": n.id, "producteur": n.producteur, "jeu": n.jeu, "millesime": n.millesime,
                "date_fichier": date, "licence": n.licence, "url": n.telechargement or n.page,
                "fichier": fichier.ou, "sha256": sommes.de(fichier), "lignes": constat.lignes,
                "format_verifie": int(n.format_verifie == "oui"),
                "controles": json.dumps(controles, ensure_ascii=False),
            }
        )  # fmt: skip
    livraison.deposer_sources(contexte, pa.Table.from_pylist(lignes))
