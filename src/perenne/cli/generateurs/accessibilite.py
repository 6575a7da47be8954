"""The page of the criteria of accessibility, from the data of the declaration."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from perenne.services.accessibilite.declaration import Critere, lire_declaration

MOTS = {
    "automatique": "vérifié par un test",
    "partiel": "vérifié en partie par un test",
    "manuel": "vérifié par une personne",
    "a-verifier": "à vérifier par une personne",
    "sans-objet": "sans objet",
    "non-conforme": "non conforme",
}


def generer_accessibilite(racine: Path) -> Mapping[str, str]:
    """`docs/reference/accessibilite.md`."""
    del racine
    d = lire_declaration()
    lignes = [
        "# Critères d'accessibilité",
        "",
        "<!-- Page écrite par `make docs` d'après src/perenne/services/accessibilite/rgaa.yaml. -->",
        "",
        f"{d.referentiel.nom} {d.referentiel.version}, {len(d.criteres)} critères, état au "
        f"{d.verifie_le:%d/%m/%Y}. La page « Accessibilité » du site en est faite aussi. Les intitulés "
        f"sont résumés ; le texte qui fait foi est [celui du référentiel]({d.referentiel.adresse}).",
        "",
        *(f"* {MOTS[etat]} : {nombre}" for etat, nombre in d.compter().items()),
        "",
        "Aucun audit par une personne n'a été fait."
        if d.audit is None
        else f"Audit du {d.audit.fait_le:%d/%m/%Y}.",
    ]
    for numero, nom, criteres in d.par_theme():
        lignes += [
            "",
            f"## {numero}. {nom}",
            "",
            "| critère | objet | état | par quoi, et ce qui reste |",
            "|---|---|---|---|",
        ]
        lignes += [f"| {c} | {x.objet} | {MOTS[x.etat]} | {_detail(x, d.controles)} |" for c, x in criteres]
    return {"docs/reference/accessibilite.md": "\n".join(lignes) + "\n"}


def _detail(critere: Critere, controles: Mapping[str, str]) -> str:
    par = ", ".join(f"`{controles[c].rpartition('::')[2]}`" for c in critere.par)
    fait = f"Le {critere.le:%d/%m/%Y} : {critere.comment}" if critere.le else ""
    return " ".join(
        x for x in (critere.parce_que, critere.defaut, fait, f"{par}." if par else "", critere.reste) if x
    )
