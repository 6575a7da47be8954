"""The supply of a territory for a terminal: the whole of it, or one figure with its list."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence

from perenne.domain.territoire.offre import Chiffre, Couche, LigneOffre, Offre, Situation
from perenne.domain.territoire.operateurs import Liste, Part
from perenne.reports.offre.liste import ecrire_texte
from perenne.reports.offre.phrases import (
    COUCHES,
    NETS,
    PARTS,
    dire_ecartes,
    dire_groupe,
    dire_jugement,
    dire_lectures,
    dire_nombre,
    dire_offre,
    dire_reponse,
    dire_taux,
)
from perenne.reports.typographie import composer, dater_version, lister, majuscule, minuscule, nombre

LARGEUR = 100
_MUETTES: dict[Situation, str] = {
    "sans-reponse": "Aucun opérateur repéré",
    "non-observe": "Non observées",
}
SANS_PLACE = "Sans mention, le nombre est trop petit pour être comparé, ou rien ne s’y compare."


def ecrire_offre(nom: str, offre: Offre, version: str) -> str:
    """Needs, one line each, then activities: those that nobody does are only named."""
    blocs = [
        _titre(composer(f"Offre : {nom}")),
        _plier(f"{dire_offre(offre)} Atlas {dater_version(version)}."),
    ]
    if offre.observee:
        blocs.append("\n".join([_titre("Besoins"), *(_resume(x) for x in offre.besoins)]))
        blocs.append("\n".join([_titre("Activités"), *_activites(offre)]))
        blocs.append(_plier(f"{SANS_PLACE} {dire_lectures(offre)}"))
    return "\n\n".join(blocs) + "\n"


def _activites(offre: Offre) -> list[str]:
    trouvees = [x for x in offre.activites if x.situation not in _MUETTES]
    lignes = [_resume(x) for x in trouvees]
    for situation, titre in _MUETTES.items():
        noms = [composer(minuscule(x.libelle)) for x in offre.activites if x.situation == situation]
        if noms:
            lignes.append(_plier(f"* {titre} ({len(noms)}) : {lister(noms)}.", "  "))
    return lignes


def _resume(ligne: LigneOffre) -> str:
    chiffre = ligne.chiffre("ess")
    suite = f" ESS : {dire_jugement(chiffre)}." if chiffre.jugement in NETS else ""
    texte = f"* {ligne.libelle} [{ligne.sujet}] : {dire_reponse(ligne)}.{suite}"
    return _plier(composer(texte), "  ")


def ecrire_liste(
    nom: str,
    offre: Offre,
    ligne: LigneOffre,
    listes: Sequence[tuple[Part, Liste]],
    *,
    couche: Couche,
    titres: Mapping[str, str],
    sources: Mapping[str, str],
) -> str:
    """One need or activity: its three figures, then who they are; each part under its own title."""
    blocs = [
        _titre(composer(f"{ligne.libelle} : {nom}")),
        "\n".join(_plier(f"* {_chiffre(c)}", "  ") for c in ligne.chiffres),
    ]
    if ecartes := dire_ecartes(ligne):
        blocs.append(_plier(f"Écartés de tous les comptes : {ecartes}."))
    for part, liste in listes:
        combien = f"{nombre(liste.total)}, {COUCHES[couche]}" if part == "comptes" else nombre(liste.total)
        corps = ecrire_texte(liste.operateurs, titres, sources, LARGEUR) or "Personne."
        titre = composer(f"{majuscule(PARTS[part])} ({combien})")
        blocs.append(f"{_titre(titre)}\n{corps}")
    blocs.append(_plier(dire_lectures(offre)))
    return "\n\n".join(blocs) + "\n"


def _chiffre(c: Chiffre) -> str:
    dits = f"{majuscule(COUCHES[c.couche])} : {dire_nombre(c)}"
    if c.faibles:
        dits += f" ; {nombre(c.faibles)} à vérifier"
    if c.incertains:
        dits += f" ; {nombre(c.incertains)} dans la commune, quartier non connu"
    if taux := dire_taux(c.taux):
        dits += f" ; {taux} pour 10 000 habitants"
    if groupe := dire_groupe(c):
        dits += f", le groupe {groupe} : {dire_jugement(c)}"
    return composer(f"{dits}.")


def _titre(texte: str) -> str:
    return f"{texte}\n{'-' * len(texte)}"


def _plier(texte: str, retrait: str = "") -> str:
    return textwrap.fill(
        texte, LARGEUR, subsequent_indent=retrait, break_long_words=False, break_on_hyphens=False
    )
