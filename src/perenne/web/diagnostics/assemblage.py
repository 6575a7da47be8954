"""From the rows of the base to the tables of the file, and back. Drafts are left out, never unseen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from perenne.domain.entreprise.dossier import Chiffre, Reponse
from perenne.services.savoir import obtenir_base
from perenne.web.diagnostics.models import Feuille
from perenne.web.dossiers.models import Dossier

Contenu = dict[str, Any]
DE_L_ANNEE = ("comptes", "ressources", "activites")
"""Tables whose lines belong to one accounting year."""


def assembler(dossier: Dossier) -> dict[str, Any]:
    """The tables of the file, as `services.entreprise.rubriques` reads them; drafts are left out."""
    rubriques: dict[str, Any] = {"structure": {"nom": dossier.nom}}
    rubriques["repondants"] = [
        _sans_vide({"id": r.nom, "role": r.role, "fonction": r.fonction}) for r in dossier.repondants.all()
    ]
    rubriques["passages"] = [
        {"id": p.nom, "date": p.date.isoformat(), "version": p.grille} for p in dossier.passages.all()
    ]
    rubriques["reponses"], rubriques["chiffres"] = _reponses(lire_feuilles(dossier))
    annees: dict[str, Contenu] = {}
    for volet in dossier.volets.order_by("annee"):
        if volet.table == "structure":
            rubriques["structure"] |= volet.contenu
        elif volet.table == "situation":
            rubriques["situation"] = volet.contenu
        elif volet.table == "exercices":
            annees[volet.annee] = {"id": volet.annee, **volet.contenu}
        elif not volet.brouillon:
            lignes = [{"exercice": volet.annee, **x} for x in volet.contenu]
            rubriques[volet.table] = [*rubriques.get(volet.table, ()), *lignes]
    rubriques["exercices"] = sorted(annees.values(), key=lambda e: (e["clos_le"], e["id"]))
    return rubriques


def lire_feuilles(dossier: Dossier) -> list[Feuille]:
    """Every sheet of answers of a file, by round, then respondent, then family in the order of the grid."""
    familles = obtenir_base().familles
    feuilles = Feuille.objects.filter(passage__dossier=dossier).select_related("passage", "repondant")
    return sorted(
        feuilles,
        key=lambda f: (
            f.passage.date, f.passage.nom, f.repondant.rang, f.repondant.pk,
            familles[f.famille].ordre if f.famille in familles else 99,
        ),
    )  # fmt: skip


def _reponses(feuilles: Iterable[Feuille]) -> tuple[list[Contenu], list[Contenu]]:
    reponses, chiffres = [], []
    for feuille in feuilles:
        situe = {"passage": feuille.passage.nom, "repondant": feuille.repondant.nom}
        for critere, contenu in ordonner(feuille.contenu):
            if contenu.get("avis"):
                ligne = {c: v for c, v in contenu.items() if c != "chiffres"}
                reponses.append({"critere": critere, **situe, **ligne})
            chiffres += [{"mesure": m, **situe, **x} for m, x in _mesures(critere, contenu)]
    return reponses, chiffres


def _mesures(critere: str, contenu: Contenu) -> list[tuple[str, Contenu]]:
    """Figures in the order of the grid: PostgreSQL gives the keys of a JSON object in an order of its own."""
    connu = obtenir_base().criteres.get(critere)
    rangs = {m.id: rang for rang, m in enumerate(connu.mesures)} if connu else {}
    return sorted(contenu.get("chiffres", {}).items(), key=lambda x: (rangs.get(x[0], len(rangs)), x[0]))


def ordonner(contenu: Mapping[str, Contenu]) -> Iterator[tuple[str, Contenu]]:
    """Criteria in the order of the grid; what the knowledge base no longer knows comes last."""
    criteres = obtenir_base().criteres
    yield from sorted(contenu.items(), key=lambda x: (criteres[x[0]].ordre if x[0] in criteres else 99, x[0]))


def ranger(reponses: Iterable[Reponse], chiffres: Iterable[Chiffre]) -> dict[str, Contenu]:
    """The content of a sheet: criterion → what one respondent says of it in one round."""
    criteres = obtenir_base().criteres
    du_critere = {m.id: c.id for c in criteres.values() for m in c.mesures}
    contenu: dict[str, Contenu] = {}
    for r in reponses:
        contenu[r.critere] = _sans_vide(
            {
                "avis": r.avis, "justification": r.justification, "source": r.source,
                "date": r.date.isoformat() if r.date else "",
            }
        )  # fmt: skip
    for x in chiffres:
        du = contenu.setdefault(du_critere[x.mesure], {})
        du.setdefault("chiffres", {})[x.mesure] = _sans_vide(
            {
                "valeur": _simple(x.valeur), "precision": x.precision,
                "date": x.date.isoformat() if x.date else "",
            }
        )  # fmt: skip
    return contenu


def _simple(valeur: object) -> object:
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    if isinstance(valeur, float) and valeur.is_integer():
        return int(valeur)
    return valeur if isinstance(valeur, str | int | float) else str(valeur)


def _sans_vide(table: Contenu) -> Contenu:
    return {c: v for c, v in table.items() if v != ""}


def empreinte(contenu: object) -> str:
    """Short digest of what is kept; dates of answers do not count, since nobody types them."""
    return hashlib.sha256(json.dumps(_sans_dates(contenu), sort_keys=True).encode()).hexdigest()[:16]


def _sans_dates(contenu: object) -> object:
    if isinstance(contenu, Mapping):
        return {c: _sans_dates(v) for c, v in contenu.items() if c != "date"}
    return contenu


def empreinte_dossier(dossier: Dossier) -> str:
    """Digest of everything that a file holds, drafts and dates included."""
    tout = [
        assembler(dossier),
        [[f.passage.nom, f.repondant.nom, f.famille, f.contenu] for f in lire_feuilles(dossier)],
        list(dossier.volets.order_by("table", "annee").values_list("table", "annee", "contenu")),
    ]
    return hashlib.sha256(json.dumps(tout, sort_keys=True).encode()).hexdigest()
