"""Use cases of the command line and of the web: diagnose, give the workbook, read accounts alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from perenne.domain.entreprise.diagnostic import Diagnostic, diagnostiquer
from perenne.domain.entreprise.dossier import Dossier, Structure
from perenne.domain.entreprise.economie import Economie, lire_economie
from perenne.domain.erreurs import Anomalie, ErreurUtilisateur
from perenne.domain.savoir.ponderations import Ponderation
from perenne.kb.lecture import lire_yaml
from perenne.reports.entreprise.classeur_dossier import ecrire_dossier, ecrire_modele, ecrire_yaml
from perenne.reports.entreprise.mots import ROLES
from perenne.services.entreprise.dossiers import DossierLu, lire_dossier
from perenne.services.entreprise.import_comptes import ImportComptes, importer_comptes
from perenne.services.savoir import obtenir_base
from perenne.services.tresorerie.garde_xlsx import OCTETS_MAX, refus_xlsx


@dataclass(frozen=True, kw_only=True)
class DiagnosticLu:
    """A diagnosis and what must be said about the reading of its file."""

    diagnostic: Diagnostic
    avis: tuple[str, ...]
    imports: tuple[ImportComptes, ...]


def faire_diagnostic(chemin: Path, au: dt.date, ponderations: Path | None = None) -> DiagnosticLu:
    """Read a file and diagnose.

    Args:
        au: the day of reading.
        ponderations: weights to use instead of those of the knowledge base.

    Raises:
        ErreurUtilisateur: one of the files cannot be used; every reason is given.
    """
    lu = lire_dossier(chemin, au)
    return diagnostiquer_lu(lu, au, ponderations)


def diagnostiquer_lu(lu: DossierLu, au: dt.date, ponderations: Path | None = None) -> DiagnosticLu:
    """Diagnose what was read."""
    base = obtenir_base()
    poids: Iterable[Ponderation] = base.de(Ponderation).values()
    if ponderations is not None:
        poids = lire_ponderations(ponderations)
    diagnostic = diagnostiquer(
        lu.dossier, criteres=base.criteres, familles=base.familles, ponderations=poids, au=au
    )
    return DiagnosticLu(diagnostic=diagnostic, avis=lu.avis, imports=lu.imports)


def lire_ponderations(chemin: Path) -> tuple[Ponderation, ...]:
    """Weights written by the user: one mapping by weighting, with the keys of `knowledge/ponderations`.

    Raises:
        ErreurUtilisateur: the file cannot be read, or a key, a weight or a criterion is wrong.
    """
    anomalies: list[Anomalie] = []
    try:
        octets = chemin.read_bytes()
    except OSError as erreur:
        raise ErreurUtilisateur(f"« {chemin} » ne peut pas être lu : {erreur.strerror}.") from None
    document = lire_yaml(
        octets, lambda n, m, c: anomalies.append(Anomalie(ou=f"ligne {n}", message=m, conseil=c))
    )
    contenu = document.valeur if document is not None else None
    lues: list[Ponderation] = []
    if document is not None and not isinstance(contenu, dict):
        anomalies.append(Anomalie(ou="ligne 1", message="une pondération par clé est attendue."))
    criteres = obtenir_base().criteres
    for nom, table in (contenu or {}).items() if isinstance(contenu, dict) else ():
        try:
            source = {"source": {"document": "propositions-perenne"}}
            brut = source | {"id": str(nom)} | (table if isinstance(table, dict) else {})
            lue = TypeAdapter(Ponderation).validate_python(brut, strict=False)
        except ValidationError as erreur:
            for e in erreur.errors():
                champ = ".".join(str(x) for x in e["loc"])
                anomalies.append(
                    Anomalie(
                        ou=f"{nom}, {champ}",
                        message="valeur absente, inconnue ou hors de la liste.",
                        conseil=(
                            "Clés : titre, territoire ou activites, poids (critere, poids 1 à 3, motif)."
                        ),
                    )
                )
            continue
        inconnus = [p.critere for p in lue.poids if p.critere not in criteres]
        anomalies += [Anomalie(ou=str(nom), message=f"le critère « {c} » n'existe pas.") for c in inconnus]
        lues.append(lue)
    if anomalies:
        raise ErreurUtilisateur(
            f"« {chemin.name} » : les pondérations ne peuvent pas être lues.", anomalies=anomalies
        )
    return tuple(lues)


def donner_modele(repondants: str, *, essentielle: bool) -> bytes:
    """The workbook to fill in.

    Raises:
        ErreurUtilisateur: a respondent is not one of the roles.
    """
    connus = [r for r, _ in ROLES]
    voulus = [r.strip() for r in repondants.split(",") if r.strip()] or ["entreprise"]
    for role in voulus:
        if role not in connus:
            raise ErreurUtilisateur(
                f"« {role} » n'est pas un rôle.", conseil=f"Choisissez parmi : {', '.join(connus)}."
            )
    return ecrire_modele(obtenir_base().criteres, voulus, essentielle=essentielle)


def recopier(chemin: Path, au: dt.date, suffixe: str) -> bytes:
    """A file about an enterprise in the other form (.xlsx or .yaml), unchanged.

    Raises:
        ErreurUtilisateur: the file cannot be read.
    """
    dossier = lire_dossier(chemin, au).dossier
    if suffixe in {".yaml", ".yml"}:
        return ecrire_yaml(dossier).encode()
    return ecrire_dossier(dossier, obtenir_base().criteres)


@dataclass(frozen=True, kw_only=True)
class EconomieLue:
    """The economic model of a file: a file about an enterprise, or accounts alone."""

    nom: str
    economies: tuple[Economie, ...]
    imports: tuple[ImportComptes, ...]
    avis: tuple[str, ...]


def faire_economie(chemin: Path, au: dt.date, *, clos_le: dt.date | None, mois: int) -> EconomieLue:
    """The economic model of a file about an enterprise, or of a trial balance or FEC alone.

    Raises:
        ErreurUtilisateur: the file cannot be used.
    """
    if chemin.suffix.lower() in {".yaml", ".yml"} or _est_dossier(chemin):
        lu = lire_dossier(chemin, au)
        return EconomieLue(
            nom=lu.dossier.structure.nom,
            economies=lire_economie(lu.dossier),
            imports=lu.imports,
            avis=lu.avis,
        )
    importe = importer_comptes(chemin, clos_le=clos_le, mois=mois)
    dossier = Dossier(
        structure=Structure(nom=chemin.name),
        exercices=(importe.exercice,),
        ressources=importe.ressources,
    )
    avis = "Les payeurs viennent des libellés des comptes : vérifiez-les."
    return EconomieLue(nom=chemin.name, economies=lire_economie(dossier), imports=(importe,), avis=(avis,))


def _est_dossier(chemin: Path) -> bool:
    """Whether a workbook is a file about an enterprise (it has a sheet « Structure »)."""
    if chemin.suffix.lower() != ".xlsx" or not chemin.is_file():
        return False
    if chemin.stat().st_size > OCTETS_MAX or refus_xlsx(chemin.read_bytes()):
        return False  # the reading of accounts says why
    from openpyxl import load_workbook  # noqa: PLC0415 - heavy

    try:
        classeur = load_workbook(chemin, read_only=True)
        return "Structure" in classeur.sheetnames
    except Exception:  # a broken workbook is refused, with its reason, by the reading itself
        return False
