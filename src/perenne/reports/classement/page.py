"""The page of one activity: what it is, how it is recognised, what that is worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from perenne.domain.classement.mesures import Comptes, wilson
from perenne.domain.savoir.activites import Activite


@dataclass(frozen=True, kw_only=True)
class Contexte:
    """What the page needs beside the activity.

    Attributes:
        besoins: identifier to title.
        registres, naf, waldec, types, services: code to label.
        comptes: cross-validated counts of the activity; None when never measured.
        date, nombre: when and on how many read texts it was measured.
    """

    besoins: Mapping[str, str]
    registres: Mapping[str, str]
    naf: Mapping[str, str]
    waldec: Mapping[str, str]
    types: Mapping[str, str]
    services: Mapping[str, str]
    comptes: Comptes | None
    date: str
    nombre: str


def page_activite(activite: Activite, contexte: Contexte) -> str:
    """The page, in Markdown."""
    a, c = activite, contexte
    besoins = [f"{b} — {c.besoins.get(b, b)}" for b in a.besoins_servis]
    morceaux = [
        f"# {a.titre}",
        f"<!-- Page produite par `make docs` depuis knowledge/activites/{a.id}.yaml. -->",
        f"Identifiant : `{a.id}`",
        " ".join(a.definition.split()),
    ]
    if besoins:
        morceaux.append("## Besoins servis\n\n" + _liste(besoins))
    morceaux.append("## Ce que vaut la détection\n\n" + mesure(c))
    morceaux.append(
        "## Mots qui la signalent\n\nExpressions cherchées au début d’un mot, dans le texte sans accent "
        f"ni majuscule.\n\nForts :\n\n{_motifs(a.motifs.forts)}"
    )
    if a.motifs.faibles:
        morceaux.append(f"Faibles, il faut autre chose avec :\n\n{_motifs(a.motifs.faibles)}")
    if a.motifs.exclus:
        morceaux.append(f"Exclus, ils annulent les mots forts voisins :\n\n{_motifs(a.motifs.exclus)}")
    morceaux.append(
        "## Exemples (inventés)\n\nReconnus :\n\n" + _liste([f"« {e} »" for e in a.essais.positifs])
    )
    if a.essais.negatifs:
        morceaux.append("Laissés de côté :\n\n" + _liste([f"« {e} »" for e in a.essais.negatifs]))
    codes = [f"NAF {n} — {c.naf.get(n, '')}".rstrip(" —") for n in a.naf.coeur]
    codes += [f"objet {w} — {c.waldec.get(w, '')}".rstrip(" —") for w in a.waldec.coeur]
    codes += [f"répertoire {r} — {c.registres.get(r, '')}".rstrip(" —") for r in a.registres]
    codes += [f"type {t} — {c.types.get(t, '')}".rstrip(" —") for t in a.typologies_inclusion]
    codes += [f"service `{s}` — {c.services.get(s, '')}".rstrip(" —") for s in a.services_inclusion]
    if codes:
        morceaux.append("## Codes et répertoires\n\n" + _liste(codes))
    if a.note:
        morceaux.append("## À savoir\n\n" + " ".join(a.note.split()))
    morceaux.append(
        "Comprendre : [le classement des activités](../../explications/classement-des-activites.md). "
        "Corriger : [corriger le classement](../../guides/corriger-le-classement.md)."
    )
    return "\n\n".join(morceaux) + "\n"


def mesure(contexte: Contexte) -> str:
    """Precision and recall in a sentence, with their Wilson intervals."""
    c = contexte.comptes
    if c is None or c.vrais + c.oublis == 0:
        texte = "Non mesurée : aucun des textes lus ne décrit cette activité."
        if c is not None and c.faux:
            texte += f" Elle y a été donnée {c.faux} fois à tort."
        return texte
    attendues, donnees = c.vrais + c.oublis, c.vrais + c.faux
    lignes = [
        f"Mesurée le {contexte.date} par validation croisée sur {contexte.nombre} textes lus, "
        f"dont {attendues} de cette activité.",
        f"- précision : {_part(c.vrais, donnees)}" if donnees else "- précision : jamais donnée",
        f"- rappel : {_part(c.vrais, attendues)}",
    ]
    if attendues < 10:
        lignes.append("\nMoins de dix exemples : ces chiffres disent peu de chose.")
    return lignes[0] + "\n\n" + "\n".join(lignes[1:])


def _part(succes: int, essais: int) -> str:
    bas, haut = wilson(succes, essais)
    return f"{succes} sur {essais}, soit {_pc(succes / essais)} (intervalle de {_pc(bas)} à {_pc(haut)})"


def _pc(part: float) -> str:
    return f"{100 * part:.0f} %"


def _liste(elements: Sequence[str]) -> str:
    return "\n".join(f"- {e}" for e in elements)


def _motifs(motifs: Sequence[str]) -> str:
    return "```text\n" + "\n".join(motifs) + "\n```"


def page_sommaire(activites: Sequence[Activite], comptes: Mapping[str, Comptes]) -> str:
    """The list of the activities with their measures."""
    lignes = [
        "# Activités d’utilité sociale",
        "",
        "<!-- Page produite par `make docs` : ne pas la modifier. -->",
        "",
        "| activité | textes lus | précision | rappel |",
        "|---|---:|---:|---:|",
    ]
    for a in activites:
        c = comptes.get(a.id, Comptes())
        p, r = (("—" if v is None or not c.vrais + c.oublis else _pc(v)) for v in (c.precision, c.rappel))
        lignes.append(f"| [{a.titre}]({a.id}.md) | {c.vrais + c.oublis} | {p} | {r} |")
    lignes += ["", "« — » : aucun texte lu ne la décrit, rien n’est mesuré."]
    return "\n".join(lignes) + "\n"
