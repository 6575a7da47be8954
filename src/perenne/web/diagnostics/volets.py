"""Tables of the file that are not answers: read with the reader of files, written under the lock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from perenne.domain.entreprise.dossier import Dossier as DossierEntreprise
from perenne.domain.erreurs import Anomalie
from perenne.reports.typographie import nombre
from perenne.services.entreprise.rubriques import TABLES, ecrire_lignes, essayer_rubriques, rubriques_de
from perenne.services.savoir import obtenir_base
from perenne.web.common.dates import aujourd_hui
from perenne.web.common.verrou import Perime
from perenne.web.comptes.models import Compte
from perenne.web.diagnostics.models import Volet
from perenne.web.dossiers.models import Dossier

Lignes = list[dict[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Essai:
    """What a table becomes once read.

    Attributes:
        contenu: what may be kept; None when something is wrong.
        anomalies: what is wrong, placed by the path of the field (`ressources/2/montant`).
        brouillon: only the balance of the sheet is wrong: it may be kept aside.
    """

    contenu: Any
    anomalies: tuple[Anomalie, ...]
    brouillon: bool = False


def ouvrir_volet(dossier: Dossier, table: str, annee: str = "") -> Volet:
    """The row of a table, made empty in memory when there is none."""
    trouve = dossier.volets.select_related("auteur").filter(table=table, annee=annee).first()
    vide: Any = {} if table in ("structure", "exercices") else []
    return trouve or Volet(dossier=dossier, table=table, annee=annee, version=0, contenu=vide)


def enregistrer_volet(
    volet: Volet, version_lue: int, contenu: Any, *, auteur: Compte, brouillon: bool = False
) -> bool:
    """Write a table if nobody has since it was read; False when there was nothing to change.

    Raises:
        Perime: somebody has.
    """
    if volet._state.adding:
        if version_lue:
            raise Perime("Cette page a été effacée pendant que vous écriviez.")
        if not contenu:
            return False
        volet.contenu, volet.auteur, volet.brouillon, volet.version = contenu, auteur, brouillon, 1
        try:
            with transaction.atomic():
                volet.save(force_insert=True)
        except IntegrityError:
            raise Perime("Une autre personne a rempli cette page pendant que vous écriviez.") from None
        return True
    if volet.version == version_lue and (volet.contenu, volet.brouillon) == (contenu, brouillon):
        return False
    volet.enregistrer(version_lue, contenu=contenu, auteur=auteur, brouillon=brouillon)
    return True


def lire_structure(valeurs: Mapping[str, Any]) -> Essai:
    """The sheet of the enterprise, without its name."""
    return _lire("structure", {"structure": {**valeurs, "nom": "-"}})


def lire_situation(faits: Mapping[str, str]) -> Essai:
    """Facts as they are typed; empty ones are left out."""
    lignes = [{"fait": f, "valeur": v} for f, v in faits.items() if v]
    essai = _lire("situation", {"structure": {"nom": "-"}, "situation": lignes})
    if essai.contenu is None:
        return essai
    return Essai(contenu=lignes, anomalies=())


def lire_annee(annee: str, valeurs: Mapping[str, Any]) -> Essai:
    """The accounting year itself."""
    return _lire("exercices", {"structure": {"nom": "-"}, "exercices": [{"id": annee, **valeurs}]})


def lire_table(table: str, annee: str, lignes: Sequence[Mapping[str, Any]]) -> Essai:
    """Accounts, resources or activities of one year."""
    return _lire(
        table,
        {
            "structure": {"nom": "-"},
            "exercices": [{"id": annee, "clos_le": "2000-12-31"}],
            table: [{"exercice": annee, **x} for x in lignes],
        },
    )


def _lire(table: str, rubriques: Mapping[str, Any]) -> Essai:
    lu, anomalies = essayer_rubriques(rubriques, aujourd_hui())
    if lu is not None:
        return Essai(contenu=_contenu(lu.dossier, table), anomalies=())
    # A balance sheet is typed in several sittings: what has been typed is kept, and said not to be read.
    if table == "comptes" and all(a.ou == "exercices/0" for a in anomalies):
        lignes = [
            {c: v for c, v in x.items() if c != "exercice"} for x in ecrire_lignes(table, rubriques[table])
        ]
        return Essai(contenu=lignes, anomalies=anomalies, brouillon=True)
    return Essai(contenu=None, anomalies=anomalies)


def _contenu(dossier: DossierEntreprise, table: str) -> Any:
    rubriques = rubriques_de(dossier)
    if table == "structure":
        return {c: v for c, v in rubriques["structure"].items() if c != "nom"}
    lignes = rubriques.get(table, [])
    if table == "exercices":
        return {c: v for c, v in lignes[0].items() if c != "id"}
    return [{c: v for c, v in x.items() if c != "exercice"} for x in lignes]


def dire_volet(table: str, contenu: Any) -> list[str]:
    """What a table holds, one sentence a line, to be set beside another version of it."""
    feuille = TABLES[table]
    mots = {c.nom: c.libelle for c in feuille.champs}
    choix = {c.nom: dict(c.choix) for c in feuille.champs}
    if table in ("structure", "exercices"):
        return [f"{mots[c]} : {v}" for c, v in contenu.items()]
    if table == "situation":
        faits = obtenir_base().faits
        return [f"{faits[x['fait']].libelle} : {x['valeur']}" for x in contenu if x["fait"] in faits]
    dits = []
    for ligne in contenu:
        morceaux = [
            f"{nombre(v, 2)} €" if isinstance(v, int | float) and c in ("montant", "solde", "produits")
            else choix[c].get(str(v), str(v))
            for c, v in ligne.items()
        ]  # fmt: skip
        dits.append(" · ".join(morceaux))
    return dits
