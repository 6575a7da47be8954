"""The tables of the treasury: numbers stay numbers for the spreadsheet."""

from __future__ import annotations

import datetime as dt

from perenne.domain.tresorerie.effets import Effet
from perenne.domain.tresorerie.flux import STATUTS
from perenne.domain.tresorerie.resultat import Resultat
from perenne.reports.note.elements import Cellule, Colonne, Tableau
from perenne.reports.tresorerie.phrases import SCENARIOS, euros, nom_levier, par_payeur
from perenne.reports.typographie import composer, date_courte, majuscule, nombre

EUROS, DATE, PART = '#,##0\\ "€"', "DD/MM/YYYY", '0.0\\ "%"'
NOMS = {
    "scenarios": "Scénarios",
    "leviers": "Leviers",
    "hypotheses": "Hypothèses",
    "attentes": "Argent attendu",
    "projets": "Non signé",
    "incertitude": "Incertitude",
    "periodes": "Période par période",
}


def somme(centimes: int, *, alerte: bool = False) -> Cellule:
    """An amount, marked when it is bad news."""
    return Cellule(
        texte=euros(centimes), brut=centimes / 100, format=EUROS, genre="alerte" if alerte else "nombre"
    )


def jour(date: dt.date | None, sinon: str = "jamais") -> Cellule:
    """A date, or the words for its absence."""
    if date is None:
        return Cellule(texte=sinon)
    return Cellule(texte=date_courte(date), brut=date, format=DATE)


def mot(texte: str) -> Cellule:
    """Words."""
    return Cellule(texte=composer(texte))


def tableau_scenarios(r: Resultat) -> Tableau:
    """Three scenarios side by side."""
    return Tableau(
        ident="scenarios",
        legende=f"Trois scénarios du {date_courte(r.plan.debut)} au {date_courte(r.plan.fin)}",
        colonnes=(
            Colonne(titre="Scénario", part=1.4),
            Colonne(titre="Point bas", nombre=True),
            Colonne(titre="Le", nombre=True),
            Colonne(titre="Sous zéro le", nombre=True),
            Colonne(titre="Rupture le", nombre=True),
            Colonne(titre="Relais nécessaire", nombre=True),
            Colonne(titre="Sous 1 mois", nombre=True),
            Colonne(titre="Sous 3 mois", nombre=True),
            Colonne(titre="À la fin", nombre=True),
        ),
        lignes=tuple(
            (
                mot(majuscule(SCENARIOS[b.scenario])),
                somme(b.minimum, alerte=b.minimum < 0),
                jour(b.jour_minimum),
                jour(b.premier_negatif),
                jour(b.rupture),
                somme(b.besoin_relais),
                Cellule(texte=f"{b.periodes_sous_un} sur {b.periodes}", brut=b.periodes_sous_un),
                Cellule(texte=f"{b.periodes_sous_trois} sur {b.periodes}", brut=b.periodes_sous_trois),
                somme(b.final),
            )
            for b in r.bilans
        ),
        note="Rupture : le découvert autorisé est dépassé (ou zéro, s'il n'y en a pas). "
        "Relais nécessaire : ce qui manque au point bas pour garder le coussin voulu. Sous 1 mois, sous "
        "3 mois : nombre "
        "de périodes dont le point bas est sous un, trois mois de charges décaissées.",
    )


def _repit(effet: Effet) -> Cellule:
    if effet.avant.rupture is None:
        return Cellule(texte="sans objet", genre="absent")
    mois = effet.mois_gagnes
    return Cellule(
        texte=f"{nombre(mois, 1, signe=True)} mois", brut=round(mois, 1), format="0.0", genre="nombre"
    )


def tableau_leviers(r: Resultat) -> Tableau:
    """Each lever alone, then all together."""
    colonnes = [
        Colonne(titre="Levier", part=2.2),
        Colonne(titre="Acteur", part=1.3),
        Colonne(titre="Gain au point bas", nombre=True),
        Colonne(titre="Gain au creux actuel", nombre=True),
        Colonne(titre="Répit gagné", nombre=True),
        Colonne(titre="Rupture le", nombre=True),
        Colonne(titre="Engagé au plus haut", nombre=True),
        Colonne(titre="Coût net", nombre=True),
    ]
    if r.droits:
        colonnes.append(Colonne(titre="Statut juridique", part=1.4))
    effets = [*r.effets, *([r.ensemble] if r.ensemble else [])]
    lignes = []
    for e in effets:
        seul = e is not r.ensemble
        ligne = [
            mot(nom_levier(e) if seul else "Tous ensemble"),
            mot(e.levier.acteur if seul else "—"),
            Cellule(
                texte=f"{nombre(e.gain_point_bas / 100, signe=True)} €",
                brut=e.gain_point_bas / 100,
                format=EUROS,
                genre="nombre" if e.gain_point_bas >= 0 else "alerte",
            ),
            Cellule(
                texte=f"{nombre(e.gain_creux / 100, signe=True)} €", brut=e.gain_creux / 100, format=EUROS
            ),
            _repit(e),
            jour(e.apres.rupture),
            somme(e.cout.pointe) if seul and e.levier.acteur else Cellule(texte="—"),
            somme(e.cout.net)
            if e.levier.acteur or not seul
            else Cellule(texte="non calculé", genre="absent"),
        ]
        if r.droits:
            ligne.append(mot(r.droits[e.levier.id].statut if seul else "—"))
        lignes.append(tuple(ligne))
    origine = "Leviers proposés d'après vos flux, à discuter." if r.proposes else "Leviers du fichier."
    return Tableau(
        ident="leviers",
        legende=f"Ce que change chaque levier, pris seul, dans le {SCENARIOS[r.scenario]}",
        colonnes=tuple(colonnes),
        lignes=tuple(lignes),
        note=f"{origine} Gain au point bas : sur le point le plus bas de toute la durée. Gain au creux "
        f"actuel : le "
        f"{date_courte(r.bilan().jour_minimum)}. Coût net : ce que l'acteur ne récupère pas, en nature "
        f"compris ; "
        "négatif s'il reçoit des intérêts.",
    )


def tableau_hypotheses(r: Resultat) -> Tableau:
    """The assumptions that cost most when they go wrong."""
    libelles = {f.id: f.libelle or f.id for f in r.plan.flux}

    def dire(sorte: str, valeur: int) -> str:
        if sorte == "retard":
            return f"{valeur} jours de retard"
        return f"{nombre(valeur / 100)} % du montant prévu"

    return Tableau(
        ident="hypotheses",
        legende="Les hypothèses qui comptent le plus : chacune prise seule à sa mauvaise borne",
        colonnes=(
            Colonne(titre="Flux", part=2.2),
            Colonne(titre="Si", part=1.6),
            Colonne(titre="Effet au point bas", nombre=True),
            Colonne(titre="Rupture le", nombre=True),
            Colonne(titre="Borne", part=1.4),
        ),
        lignes=tuple(
            (
                mot(libelles[h.flux]),
                mot(dire(h.sorte, h.valeur)),
                Cellule(texte=f"{nombre(-h.perte / 100, signe=True)} €", brut=-h.perte / 100, format=EUROS),
                jour(h.rupture),
                mot("donnée par vous" if h.declaree else "choc type"),
            )
            for h in r.hypotheses
        ),
        note="Choc type, quand aucune borne n'est donnée : 90 jours de retard, recettes 10 % plus basses, "
        "dépenses 10 % plus hautes.",
    )


def tableau_attentes(r: Resultat) -> Tableau:
    """Who owes what at the lowest point."""
    return Tableau(
        ident="attentes",
        legende=f"Décidé ou gagné, pas encore versé au point bas ({date_courte(r.bilan().jour_minimum)})",
        colonnes=(
            Colonne(titre="Payeur", part=2),
            Colonne(titre="Montant", nombre=True),
            Colonne(titre="Au plus tard le", nombre=True),
        ),
        lignes=tuple((mot(nom), somme(m), jour(d)) for nom, m, d in par_payeur(r.attentes)),
    )


def tableau_projets(r: Resultat) -> Tableau:
    """Money not yet signed: what signing each alone changes, what its absence alone costs."""
    libelles = {f.id: f.libelle or f.id for f in r.plan.flux}
    return Tableau(
        ident="projets",
        legende="Ce qui n'est pas signé : ce que chaque recette change, prise seule",
        colonnes=(
            Colonne(titre="Recette", part=2.2),
            Colonne(titre="Payeur", part=1.3),
            Colonne(titre="Montant", nombre=True),
            Colonne(titre="Chance donnée", nombre=True),
            Colonne(titre="Signée : gain au point bas", nombre=True),
            Colonne(titre="Signée : rupture le", nombre=True),
            Colonne(titre="Absente : point bas", nombre=True),
        ),
        lignes=tuple(
            (
                mot(libelles[p.flux]),
                mot(p.payeur),
                somme(p.montant),
                Cellule(texte="non donnée", genre="absent")
                if p.probabilite is None
                else Cellule(texte=f"{nombre(p.probabilite / 100)} %", brut=p.probabilite / 100, format=PART),
                Cellule(
                    texte=f"{nombre(p.gain_signe / 100, signe=True)} €",
                    brut=p.gain_signe / 100,
                    format=EUROS,
                ),
                jour(p.rupture_signe),
                somme(p.minimum_sans, alerte=p.minimum_sans < 0),
            )
            for p in r.projets
        ),
        note="Signée : effet dans le scénario sécurisé si cette recette seule devient sécurisée, sans les "
        "dépenses qui n'auraient lieu qu'avec elle. Absente : point bas du scénario espéré si elle seule "
        "n'arrive pas. Montant : ce qui en serait versé avant la fin du plan. "
        "Une chance d'obtenir n'est jamais multipliée à son montant.",
    )


def tableau_incertitude(r: Resultat) -> Tableau:
    """Rupture and relay need over the draws."""
    return Tableau(
        ident="incertitude",
        legende=f"Délais et montants tirés au hasard dans leurs bornes (graine {r.graine})",
        colonnes=(
            Colonne(titre="Scénario", part=1.4),
            Colonne(titre="Tirages", nombre=True),
            Colonne(titre="Rupture", nombre=True),
            Colonne(titre="Date médiane", nombre=True),
            Colonne(titre="Relais médian", nombre=True),
            Colonne(titre="Relais 9 fois sur 10", nombre=True),
        ),
        lignes=tuple(
            (
                mot(majuscule(SCENARIOS[i.scenario])),
                Cellule(texte=nombre(i.tirages), brut=i.tirages),
                Cellule(
                    texte=f"{nombre(100 * i.probabilite_rupture, 1)} %",
                    brut=100 * i.probabilite_rupture,
                    format=PART,
                ),
                jour(i.dates_rupture[1] if i.dates_rupture else None),
                somme(i.besoin_relais[1]),
                somme(i.besoin_relais[2]),
            )
            for i in r.incertitudes
        ),
    )


def tableau_periodes(r: Resultat) -> Tableau:
    """The curves, period by period."""
    titres = {s: SCENARIOS[s].removeprefix("scénario ") for s in STATUTS}
    bandes = {i.scenario: i for i in r.incertitudes}
    mesuree = bandes.get(r.scenario)
    colonnes = [Colonne(titre="Période finissant le")]
    for s in STATUTS:
        colonnes += [
            Colonne(titre=f"{majuscule(titres[s])}, à la fin", nombre=True),
            Colonne(titre="au plus bas", nombre=True),
        ]
    if mesuree is not None:
        colonnes += [Colonne(titre=f"P{q} ({titres[r.scenario]})", nombre=True) for q in (10, 50, 90)]
    lignes = []
    for n, fin in enumerate(r.courbes[0].fins):
        ligne = [jour(fin)]
        for courbe in r.courbes:
            ligne += [somme(courbe.soldes[n]), somme(courbe.bas[n], alerte=courbe.bas[n] < 0)]
        if mesuree is not None:
            ligne += [somme(int(mesuree.bas[q][n])) for q in range(3)]
        lignes.append(tuple(ligne))
    return Tableau(
        ident="periodes",
        legende="Trésorerie de chaque période",
        colonnes=tuple(colonnes),
        lignes=tuple(lignes),
        note="P10, P50, P90 : point bas de la période dépassé par 90 %, 50 % et 10 % des tirages."
        if mesuree
        else "",
    )
