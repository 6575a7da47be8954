"""Builds an atlas: raw, staging, atlas, publication; nothing changes on disk before the last step."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa

from perenne import __version__
from perenne.domain.classement.decision import Classeur
from perenne.domain.erreurs import Anomalie, ErreurUtilisateur
from perenne.domain.savoir.formes_juridiques import FormeJuridique
from perenne.domain.savoir.indicateurs import Indicateur
from perenne.pipeline import publication, sqlite
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
from perenne.pipeline.avance import en_avance
from perenne.pipeline.chargement import charger_table
from perenne.pipeline.controles import Constat
from perenne.pipeline.interruption import interruptible
from perenne.pipeline.moteur import Moteur, ouvrir_moteur
from perenne.pipeline.moteurs.etapes import Etapes
from perenne.pipeline.moteurs.ouverture import ouvrir_masse
from perenne.pipeline.notice import Notice
from perenne.pipeline.reconnaissance import (
    FichierTrouve,
    candidats,
    choisir,
    empreinte,
    empreinte_de,
    parcourir,
)
from perenne.pipeline.schema import TABLES, VERSION


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
        progres: told each step, in French.

    Raises:
        ErreurUtilisateur: an official file is missing or wrong, or Spark cannot start; the published atlas is
            untouched.
        KeyboardInterrupt: Ctrl-C; the published atlas is untouched.
    """
    with (
        publication.verrou(vers),
        tempfile.TemporaryDirectory(prefix="perenne-") as temporaire,
        ouvrir_moteur(Path(temporaire)) as base,
        ouvrir_masse(moteur, base, Etapes(Path(temporaire) / "etapes", ""), options or {}) as masse,
        interruptible() as verifier,  # last: Spark listens to Ctrl-C too
    ):

        def annoncer(message: str) -> None:
            verifier()
            progres(message)

        trouves = _reconnaitre(sources, dossier)
        contexte = Contexte(
            moteur=base,
            masse=masse,
            notices={s.notice.id: s.notice for s, _ in trouves},
            indicateurs={i.id: i for i in indicateurs},
            progres=annoncer,
            dossier=Path(temporaire),
            jour=maintenant.date(),
            departements=frozenset(departements),
        )
        constats = _charger(contexte, trouves)
        _assembler(contexte, trouves, constats, tuple(formes), classeur)
        version = publication.nom_de_version(maintenant, vers)
        with publication.chantier(vers, version) as travail:
            annoncer("Écriture de l'atlas…")
            _exporter(contexte, travail)
            annoncer("Vérification de ce que l'atlas promet…")
            tenues = verifier_promesses(base, travail, classeur.activites if classeur else ())
            manifeste = _ecrire(contexte, travail, version, maintenant, decisions or {})
            manifeste["assertions"] = tenues
            publication.ecrire_manifeste(travail, manifeste)
            verifier()
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


def _assembler(
    contexte: Contexte,
    trouves: Sequence[tuple[SourceDeclaree, FichierTrouve]],
    constats: Mapping[str, Constat],
    formes: Sequence[FormeJuridique],
    classeur: Classeur | None,
) -> None:
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
    entreprises.assembler(contexte, genealogie, formes, classeur)
    activites = classeur.activites.values() if classeur else ()
    offre.assembler(contexte, {a.id: a.besoins_servis for a in activites})
    _sources(contexte, trouves, constats)


def _sources(
    contexte: Contexte,
    trouves: Sequence[tuple[SourceDeclaree, FichierTrouve]],
    constats: Mapping[str, Constat],
) -> None:
    lignes = []
    empreintes = en_avance(empreinte_de, [fichier for _, fichier in trouves])
    for (source, fichier), sha256 in zip(trouves, empreintes, strict=True):
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
                "fichier": fichier.ou, "sha256": sha256, "lignes": constat.lignes,
                "format_verifie": int(n.format_verifie == "oui"),
                "controles": json.dumps(controles, ensure_ascii=False),
            }
        )  # fmt: skip
    contexte.moteur.deposer("atl_source", pa.Table.from_pylist(lignes))


def _exporter(contexte: Contexte, travail: Path) -> None:
    """The Parquet tables."""
    for table in TABLES:
        if contexte.masse.connue(f"atl_{table.nom}"):
            contexte.masse.livrer(f"atl_{table.nom}")
        noms = ", ".join(c.nom for c in table.champs)
        ordre = ", ".join(table.cle) or noms
        contexte.moteur.executer(
            f"COPY (SELECT {noms} FROM atl_{table.nom} ORDER BY {ordre}) TO '{travail / table.nom}.parquet' "
            "(FORMAT parquet, COMPRESSION zstd)"
        )


def _ecrire(
    contexte: Contexte,
    travail: Path,
    version: str,
    maintenant: dt.datetime,
    decisions: Mapping[str, str],
) -> dict[str, Any]:
    moteur: Moteur = contexte.moteur
    sqlite.ecrire(travail, travail / publication.BASE)
    publies = sorted(travail.iterdir())
    return {
        "version": version,
        "schema": VERSION,
        "perenne": __version__,
        "construit_le": maintenant.isoformat(timespec="seconds"),
        "tables": {t.nom: moteur.lignes(f"SELECT count(*) FROM atl_{t.nom}")[0][0] for t in TABLES},
        "sources": [
            {**ligne, "controles": json.loads(ligne["controles"])}
            for ligne in moteur.arrow("SELECT * FROM atl_source ORDER BY id").to_pylist()
        ],
        "remarques": contexte.remarques.get("indicateurs", []),
        "entreprises": entreprises.resumer(contexte, decisions),
        "fichiers": {
            f.name: {"octets": f.stat().st_size, "sha256": sha256}
            for f, sha256 in zip(publies, en_avance(empreinte, publies), strict=True)
        },
    }
