"""Makes the base hold the tables of a file, exactly, under the lock of every row that changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from perenne.domain.entreprise.dossier import Dossier as DossierEntreprise
from perenne.services.entreprise.rubriques import lire_rubriques, rubriques_de
from perenne.services.savoir import obtenir_base
from perenne.web.common.dates import aujourd_hui
from perenne.web.comptes.models import Compte
from perenne.web.diagnostics.assemblage import DE_L_ANNEE, Contenu, ranger
from perenne.web.diagnostics.fusion_dossier import Mode
from perenne.web.diagnostics.models import Feuille, Passage, Repondant, Volet
from perenne.web.dossiers.models import Dossier

Cle = tuple[str, ...]


def ecrire_rubriques(dossier: Dossier, rubriques: Mapping[str, Any], auteur: Compte, mode: Mode) -> None:
    """Write a whole file.

    Args:
        mode: `completer` keeps drafts; `remplacer` leaves nothing that the file does not hold.

    Raises:
        ErreurUtilisateur: the tables cannot be read together.
        Perime: somebody is writing in one of the rows; nothing is kept.
    """
    lu = lire_rubriques(rubriques, dossier.nom, aujourd_hui()).dossier
    with transaction.atomic():
        if lu.structure.nom != dossier.nom:
            dossier.enregistrer(dossier.version, nom=lu.structure.nom)
        _ecrire_volets(dossier, lu, auteur, mode)
        passages, repondants = _ecrire_passages(dossier, lu), _ecrire_repondants(dossier, lu)
        _ecrire_feuilles(dossier, lu, passages, repondants, auteur=auteur, mode=mode)


def _ecrire_volets(dossier: Dossier, lu: DossierEntreprise, auteur: Compte, mode: Mode) -> None:
    voulus = tables_de(lu)
    for volet in Volet.objects.filter(dossier=dossier):
        contenu = voulus.pop((volet.table, volet.annee), None)
        if contenu is None and not (mode == "completer" and volet.brouillon):
            volet.delete()
        elif contenu is not None and (volet.contenu != contenu or volet.brouillon):
            volet.enregistrer(volet.version, contenu=contenu, brouillon=False, auteur=auteur)
    for (table, annee), contenu in voulus.items():
        Volet.objects.create(dossier=dossier, table=table, annee=annee, contenu=contenu, auteur=auteur)


def tables_de(lu: DossierEntreprise) -> dict[tuple[str, str], Any]:
    """(table, year) → content of its row; empty tables are left out."""
    rubriques = rubriques_de(lu)
    tables: dict[tuple[str, str], Any] = {
        ("structure", ""): {c: v for c, v in rubriques["structure"].items() if c != "nom"},
        ("situation", ""): rubriques.get("situation", []),
    }
    for e in rubriques.get("exercices", ()):
        tables["exercices", e["id"]] = {c: v for c, v in e.items() if c != "id"}
    for table in DE_L_ANNEE:
        for ligne in rubriques.get(table, ()):
            reste = {c: v for c, v in ligne.items() if c != "exercice"}
            tables.setdefault((table, ligne["exercice"]), []).append(reste)
    return {cle: contenu for cle, contenu in tables.items() if contenu}


def _ecrire_passages(dossier: Dossier, lu: DossierEntreprise) -> dict[str, Passage]:
    voulus = {p.id: p for p in lu.passages}
    faits: dict[str, Passage] = {}
    for passage in Passage.objects.filter(dossier=dossier):
        p = voulus.pop(passage.nom, None)
        if p is None:
            passage.delete()
            continue
        if (passage.date, passage.grille) != (p.date, p.version):
            passage.enregistrer(passage.version, date=p.date, grille=p.version)
        faits[passage.nom] = passage
    for nom, p in voulus.items():
        faits[nom] = Passage.objects.create(dossier=dossier, nom=nom, date=p.date, grille=p.version)
    return faits


def _ecrire_repondants(dossier: Dossier, lu: DossierEntreprise) -> dict[str, Repondant]:
    voulus = {r.id: (rang, r) for rang, r in enumerate(lu.repondants, 1)}
    faits: dict[str, Repondant] = {}
    for repondant in Repondant.objects.filter(dossier=dossier):
        rang, r = voulus.pop(repondant.nom, (0, None))
        if r is None:
            repondant.delete()
            continue
        if (repondant.role, repondant.fonction, repondant.rang) != (r.role, r.fonction, rang):
            repondant.enregistrer(repondant.version, role=r.role, fonction=r.fonction, rang=rang)
        faits[repondant.nom] = repondant
    for nom, (rang, r) in voulus.items():
        faits[nom] = Repondant.objects.create(
            dossier=dossier, nom=nom, role=r.role, fonction=r.fonction, rang=rang
        )
    return faits


def _ecrire_feuilles(
    dossier: Dossier,
    lu: DossierEntreprise,
    passages: Mapping[str, Passage],
    repondants: Mapping[str, Repondant],
    *,
    auteur: Compte,
    mode: Mode,
) -> None:
    voulues = _feuilles_de(lu)
    for feuille in Feuille.objects.filter(passage__dossier=dossier).select_related("passage", "repondant"):
        contenu = voulues.pop((feuille.passage.nom, feuille.repondant.nom, feuille.famille), {})
        if mode == "completer":
            for critere, dit in _brouillons(feuille.contenu).items():
                contenu[critere] = {**dit, **contenu.get(critere, {})}
        if not contenu:
            feuille.delete()
        elif contenu != feuille.contenu:
            feuille.enregistrer(feuille.version, contenu=contenu, auteur=auteur)
    for (passage, repondant, famille), contenu in voulues.items():
        Feuille.objects.create(
            passage=passages[passage], repondant=repondants[repondant], famille=famille,
            contenu=contenu, auteur=auteur,
        )  # fmt: skip


def _brouillons(contenu: Mapping[str, Contenu]) -> dict[str, Contenu]:
    return {
        c: {t: v for t, v in x.items() if t in ("justification", "source")}
        for c, x in contenu.items()
        if not x.get("avis") and (x.get("justification") or x.get("source"))
    }


def _feuilles_de(lu: DossierEntreprise) -> dict[tuple[str, str, str], dict[str, Contenu]]:
    criteres = obtenir_base().criteres
    feuilles: dict[tuple[str, str, str], dict[str, Contenu]] = {}
    for p in lu.passages:
        for r in lu.repondants:
            contenu = ranger(
                (x for x in lu.reponses if (x.passage, x.repondant) == (p.id, r.id)),
                (x for x in lu.chiffres if (x.passage, x.repondant) == (p.id, r.id)),
            )
            for critere, dit in contenu.items():
                feuilles.setdefault((p.id, r.id, criteres[critere].famille), {})[critere] = dit
    return feuilles
