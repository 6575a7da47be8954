"""What each operator does: its words, its codes, the lists that name it and the decisions of people."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import ibis
import pyarrow as pa

from perenne.domain.classement.decision import Classeur
from perenne.domain.classement.decisions import Decisions
from perenne.domain.classement.modele import Modele
from perenne.domain.savoir.activites import Activite
from perenne.pipeline.assemblage.contexte import Contexte
from perenne.pipeline.assemblage.entreprises.citations import CITATION, citations, preparer
from perenne.pipeline.classement.lot import COLONNES, SCHEMA, NoyauActivites
from perenne.pipeline.moteurs.empreintes import empreinte_des_donnees
from perenne.pipeline.moteurs.interface import Noyau

CITES_MAX = 20
"""Numbers without a structure that a remark cites; the manifest holds them all."""


def assembler(contexte: Contexte, classeur: Classeur | None) -> None:
    """Create `atl_entreprise_activite`; empty without a classifier."""
    masse = contexte.masse
    if classeur is None:
        masse.deposer("atl_entreprise_activite", SCHEMA.empty_table())
        return
    preparer(contexte)
    _controler_decisions(contexte, classeur.decisions)
    fabrique = envoyable(classeur)
    masse.noyau(
        "atl_entreprise_activite", operateurs(contexte), fabrique, SCHEMA,
        cle=empreinte_des_donnees(*fabrique.args), lourd=True,
    )  # fmt: skip


def envoyable(classeur: Classeur) -> partial[Noyau]:
    """What makes the kernel in any process: the base holds read-only mappings, which cannot be sent."""
    return partial(fabriquer, dict(classeur.activites), classeur.modele, dict(classeur.decisions))


def fabriquer(activites: Mapping[str, Activite], modele: Modele, decisions: Decisions) -> Noyau:
    """The kernel, its automaton compiled."""
    return NoyauActivites(activites, modele, decisions).classer


def _controler_decisions(contexte: Contexte, decisions: Decisions) -> None:
    """Create `decision_lue` and those of its keys that are known or lost: a decision on nobody is told."""
    if not decisions:
        return
    masse = contexte.masse
    lues = [(c, d.activite, d.retenue) for c, par in sorted(decisions.items()) for d in par.values()]
    colonnes = [list(c) for c in zip(*lues, strict=True)] or [[], [], []]
    masse.deposer(
        "decision_lue",
        pa.table(
            {
                "cle": pa.array(colonnes[0], pa.string()),
                "activite": pa.array(colonnes[1], pa.string()),
                "retenue": pa.array(colonnes[2], pa.bool_()),
            }
        ),
    )
    lues_ici, tous = masse.table("decision_lue"), operateurs(contexte)
    connues = ibis.union(
        *[
            tous.filter(tous[c].notnull()).select(cle=tous[c].upper().re_replace(r"\s", ""))
            for c in ("operateur", "rna")
        ]
    ).semi_join(lues_ici, "cle")
    masse.materialiser("decision_connue", connues.distinct())
    perdues = lues_ici.anti_join(masse.table("decision_connue"), "cle").select("cle").distinct()
    masse.materialiser("decision_perdue", perdues)
    inconnus = sorted(c for (c,) in masse.lignes(masse.table("decision_perdue")))
    if inconnus:
        suite = f" et {len(inconnus) - CITES_MAX} autres" if len(inconnus) > CITES_MAX else ""
        contexte.remarquer(
            "entreprises",
            f"Décisions sans effet, aucune structure de l'atlas ne porte ces numéros : "
            f"{', '.join(inconnus[:CITES_MAX])}{suite}.",
        )


def dire_sans_entreprises(contexte: Contexte, classeur: Classeur | None) -> None:
    """Tell that decisions have nobody to apply to."""
    if classeur is not None and classeur.decisions:
        contexte.remarquer(
            "entreprises", "Décisions sans effet : aucun fichier d'entreprises n'a été lu avec elles."
        )


def resumer_decisions(contexte: Contexte) -> Mapping[str, Any]:
    """For the manifest: decisions read, applied, and the numbers that nobody bears."""
    masse = contexte.masse
    if not masse.connue("decision_lue"):
        return {"lues": 0, "retenues": 0, "ecartees": 0, "sans_structure": []}
    lues = masse.lignes(masse.table("decision_lue"))
    connues = {c for (c,) in masse.lignes(masse.table("decision_connue"))}
    appliquees = [retenue for cle, _, retenue in lues if cle in connues]
    return {
        "lues": len(lues),
        "retenues": sum(appliquees),
        "ecartees": len(appliquees) - sum(appliquees),
        "sans_structure": sorted(c for (c,) in masse.lignes(masse.table("decision_perdue"))),
    }


def operateurs(contexte: Contexte) -> Any:
    """One row an operator: the enterprises, then the structures of the lists that are none of them."""
    entreprises, citees = contexte.masse.table("entreprise_decidee"), citations(contexte)
    par_operateur = citees.group_by("operateur", "id").agg(
        commune=citees.commune.min(),
        departement=citees.departement.min(),
        listes=ibis.struct({c: citees[c] for c in CITATION}).collect(),
    )
    connues = entreprises.left_join(par_operateur, "id").select(
        entreprises, operateur=entreprises.id, listes=par_operateur.listes
    )
    autres = par_operateur.filter(par_operateur.id.isnull())
    absentes = {c: ibis.null().cast("string") for c in COLONNES if c not in autres.columns}
    return ibis.union(connues.select(*COLONNES), autres.mutate(**absentes).select(*COLONNES))


def resumer(contexte: Contexte) -> Mapping[str, Any]:
    """For the manifest: rows by activity and confidence."""
    comptes: dict[str, dict[str, int]] = {}
    for activite, confiance, n in contexte.moteur.lignes(
        "SELECT activite, confiance, count(*) FROM atl_entreprise_activite GROUP BY ALL ORDER BY ALL"
    ):
        comptes.setdefault(activite, {})[confiance] = n
    return comptes
