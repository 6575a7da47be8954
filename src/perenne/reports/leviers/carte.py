"""The map of levers as a report: one word a cell, and what it means."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from perenne.domain.leviers.treillis import Statut
from perenne.domain.leviers.voies import Droit
from perenne.domain.savoir.base import BaseSavoir
from perenne.reports.leviers.phrases import dire_statut
from perenne.reports.note.elements import Cellule, Colonne, Point, Tableau
from perenne.reports.rapport.elements import Rapport, Section
from perenne.reports.typographie import composer, date_longue, minuscule

MOTS: dict[Statut | None, str] = {
    "possible": "oui",
    "sous_condition": "condition",
    "a_verifier": "à vérifier",
    "exclu": "non",
    None: "–",
}
ORIENTE = "oriente"
LEGENDE = (
    "oui : l'instrument principal est possible. condition : possible sous condition. "
    "à vérifier : il manque un fait, ou le texte n'a pas été relu. non : une règle l'exclut. "
    "oriente : l'acteur ne peut qu'orienter vers qui agit. – : aucun rôle connu pour cet acteur."
)
LIMITES = (
    "La carte suppose une entreprise dont on ne sait que la forme : avec ses faits, l'avis se précise "
    "(perenne leviers --entreprise … --acteur …).",
    "Chaque case parle de l'instrument que l'acteur prendrait d'abord : celui qui est fait pour l'action "
    "et qu'il porte lui-même. D'autres peuvent être plus ouverts : perenne leviers carte --acteur commune.",
)


def composer_carte(
    droits: Mapping[str, Mapping[str, Droit]], base: BaseSavoir, *, forme: str, au: dt.date
) -> Rapport:
    """Actions × types of actors."""
    actions = sorted(base.actions.values(), key=lambda a: a.code)
    lignes = []
    for action in actions:
        cases = [_case(droits[t][action.id]) for t in droits]
        lignes.append((Cellule(texte=composer(f"{action.code} {action.titre}")), *cases))
    tableau = Tableau(
        ident="carte",
        legende="Dix-neuf actions, par type d’acteur",
        colonnes=(Colonne(titre="Action", part=4.0), *(Colonne(titre=_court(t, base)) for t in droits)),
        lignes=tuple(lignes),
        note=composer(LEGENDE),
    )
    ouverts = {
        t: sum(d.statut in ("possible", "sous_condition") and not d.oriente for d in a.values())
        for t, a in droits.items()
    }
    plus = max(ouverts, key=lambda t: (ouverts[t], t))
    dit = (
        f"{base.types_acteur[plus].nom} : {ouverts[plus]} actions ouvertes sur {len(actions)}, "
        "le plus grand nombre."
    )
    return _rapport(("Carte des leviers", composer(dit)), tableau, base, forme=forme, au=au)


def composer_detail(
    acteur: str, droits: Mapping[str, Droit], base: BaseSavoir, *, forme: str, au: dt.date
) -> Rapport:
    """One type of actor: the instruments of each action with their reason."""
    points = []
    for action in sorted(base.actions.values(), key=lambda a: a.code):
        droit = droits[action.id]
        details = tuple(
            composer(f"{v.instrument.titre} : {dire_statut(v.statut, base)}") for v in droit.voies
        )
        points.append(
            Point(
                titre=composer(f"{action.code} {action.titre}"),
                texte=ORIENTE if droit.oriente else MOTS[droit.statut],
                details=details,
            )
        )
    nom = base.types_acteur[acteur].nom
    section = Section(ident="actions", titre="Action par action", points=tuple(points))
    rapport = _rapport(
        (f"Carte des leviers : {minuscule(nom)}", composer(LEGENDE)), None, base, forme=forme, au=au
    )
    return Rapport(**{**vars(rapport), "sections": (section,)})


def _rapport(
    textes: tuple[str, str], tableau: Tableau | None, base: BaseSavoir, *, forme: str, au: dt.date
) -> Rapport:
    titre, chapeau = textes
    libelle = (base.faits["forme_juridique"].valeurs or {}).get(forme, forme)
    return Rapport(
        titre=composer(f"{titre}, au {date_longue(au)}"),
        chapeau=composer(f"Pour une entreprise de forme « {minuscule(libelle)} ». {chapeau}"),
        avertissement="",
        jour=au,
        essentiel=(),
        sections=(Section(ident="carte", titre="Qui peut quoi", tableaux=(tableau,)),) if tableau else (),
        limites=tuple(map(composer, LIMITES)),
    )


def _case(droit: Droit) -> Cellule:
    if droit.statut is None:
        return Cellule(texte=MOTS[None], genre="absent")
    if droit.oriente:
        return Cellule(texte=ORIENTE)
    return Cellule(texte=MOTS[droit.statut], genre="alerte" if droit.statut == "exclu" else "texte")


def _court(type_: str, base: BaseSavoir) -> str:
    fiche = base.types_acteur[type_]
    return fiche.sigle or fiche.nom.split(" ")[0]
