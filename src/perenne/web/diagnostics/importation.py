"""Files that people send: refused when too big, read once, kept aside until somebody says yes."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from perenne.domain.entreprise.dossier import Dossier as DossierEntreprise
from perenne.domain.entreprise.dossier import Structure
from perenne.domain.erreurs import ErreurUtilisateur
from perenne.reports.entreprise import tableaux_economie
from perenne.reports.typographie import nombre
from perenne.services.consulter.elements import Introuvable
from perenne.services.entreprise.dossiers import lire_octets
from perenne.services.entreprise.import_comptes import ImportComptes, importer_octets
from perenne.services.entreprise.rapport_import import RAISONS
from perenne.services.entreprise.rubriques import rubriques_de
from perenne.services.tresorerie.garde_xlsx import OCTETS_MAX
from perenne.web.common.dates import aujourd_hui
from perenne.web.common.verrou import Perime
from perenne.web.comptes.models import Compte
from perenne.web.diagnostics.assemblage import empreinte_dossier
from perenne.web.diagnostics.models import Depot
from perenne.web.dossiers.models import Dossier

FICHIERS_MAX = 6
VALIDITE = dt.timedelta(hours=24)


def lire_fichier(fichier: UploadedFile) -> tuple[str, bytes]:
    """Name, without any path, and content.

    Raises:
        ErreurUtilisateur: it is empty or too big.
    """
    nom = (fichier.name or "fichier").replace("\\", "/").rpartition("/")[2][:200]
    taille = fichier.size or 0
    if taille > OCTETS_MAX:
        raise ErreurUtilisateur(
            f"« {nom} » pèse {nombre(taille / 1_000_000)} Mo : {OCTETS_MAX // 1_000_000} Mo au plus ici.",
            conseil="Envoyez un seul exercice, ou exportez la balance plutôt que toutes les écritures.",
        )
    if not taille:
        raise ErreurUtilisateur(f"« {nom} » est vide.", conseil="Exportez-le de nouveau.")
    return nom, fichier.read()


def deposer_comptes(
    dossier: Dossier, fichier: UploadedFile, *, clos_le: dt.date | None, mois: int, annee: str, par: Compte
) -> Depot:
    """Read a trial balance or a FEC; nothing is written in the diagnosis.

    Args:
        annee: the accounting year that it fills in; the year of its last day when empty.

    Raises:
        ErreurUtilisateur: the file cannot be used; every line refused is given with its reason.
    """
    nom, octets = lire_fichier(fichier)
    lu = importer_octets(octets, nom, exercice=annee, clos_le=clos_le, mois=mois)
    dossier_lu = DossierEntreprise(
        structure=Structure(nom="-"), exercices=(lu.exercice,), ressources=lu.ressources
    )
    contenu = {c: v for c, v in rubriques_de(dossier_lu).items() if c != "structure"}
    return _deposer(dossier, nom, par, genre="comptes", contenu=contenu, rapport=_rapport(lu))


def _rapport(lu: ImportComptes) -> dict[str, Any]:
    """How the accounts were read, as the page shows it."""
    table = tableaux_economie.affectation(lu.affectation, "affectation")
    return {
        "phrase": lu.dire(),
        "colonnes": [[c.titre, c.nombre] for c in table.colonnes],
        "lignes": [[c.texte for c in ligne] for ligne in table.lignes],
        "note": table.note,
        "inconnus": [
            f"{s.compte} {s.libelle} : {nombre(s.solde / 100, 2)} €" for s in lu.affectation.inconnus
        ],
        "ecartes": [f"ligne {r.ligne} : {r.texte} ({RAISONS[r.raison]})" for r in lu.lecture.ecartes],
        "emplois_egaux": lu.affectation.emplois_egaux,
    }


def deposer_dossier(dossier: Dossier, fichiers: Iterable[UploadedFile], par: Compte) -> Depot:
    """Read a whole file (YAML or workbook) and the accounts given beside it.

    Raises:
        ErreurUtilisateur: one of the files cannot be used, or there is not exactly one file of a diagnosis.
    """
    lus = [lire_fichier(f) for f in fichiers]
    if len(lus) > FICHIERS_MAX:
        raise ErreurUtilisateur(f"{FICHIERS_MAX} fichiers au plus à la fois.")
    principaux = [n for n, (nom, _) in enumerate(lus) if nom.lower().endswith((".yaml", ".yml"))]
    if not principaux:
        principaux = [n for n, (nom, _) in enumerate(lus) if nom.lower().endswith(".xlsx")]
    if len(principaux) != 1:
        raise ErreurUtilisateur(
            "On ne sait pas lequel de ces fichiers est le dossier."
            if principaux
            else "Aucun de ces fichiers n’est un dossier.",
            conseil="Envoyez un seul dossier, en .yaml ou en .xlsx, et au besoin les comptes qu’il cite.",
        )
    nom, octets = lus.pop(principaux[0])
    lu = lire_octets(octets, nom, aujourd_hui(), joints=dict(lus))
    rapport = {"avis": list(lu.avis), "imports": [i.dire() for i in lu.imports]}
    return _deposer(dossier, nom, par, genre="dossier", contenu=rubriques_de(lu.dossier), rapport=rapport)


def _deposer(dossier: Dossier, nom: str, par: Compte, **lu: object) -> Depot:
    with transaction.atomic():
        purger_depots(timezone.now())
        Depot.objects.filter(dossier=dossier, auteur=par).delete()
        depot: Depot = Depot.objects.create(
            dossier=dossier, fichier=nom, empreinte=empreinte_dossier(dossier), auteur=par, **lu
        )
    return depot


def obtenir_depot(dossier: Dossier, identifiant: uuid.UUID, genre: str) -> Depot:
    """A file that waits for a yes; whoever may write in the diagnosis may say it.

    Raises:
        Introuvable: used, given up or forgotten.
    """
    depot = Depot.objects.filter(
        dossier=dossier, pk=identifiant, genre=genre, cree_le__gt=timezone.now() - VALIDITE
    ).first()
    if depot is None:
        raise Introuvable(
            "Ce fichier n’attend plus : il a été importé, abandonné, ou date de plus d’un jour.",
            conseil="Envoyez-le de nouveau.",
        )
    return depot


def exiger_inchange(depot: Depot) -> None:
    """Refuse a yes given to something else than what was shown.

    Raises:
        Perime: the diagnosis has changed since the file was read.
    """
    if empreinte_dossier(depot.dossier) != depot.empreinte:
        raise Perime(
            "Le diagnostic a changé depuis que ce fichier a été lu : rien n’a été importé.",
            conseil="Envoyez de nouveau le fichier pour voir ce qu’il changerait maintenant.",
        )


def purger_depots(maintenant: dt.datetime) -> int:
    """Forget the files that nobody said yes to within a day; how many."""
    return Depot.objects.filter(cree_le__lte=maintenant - VALIDITE).delete()[0]
