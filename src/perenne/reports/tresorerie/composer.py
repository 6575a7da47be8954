"""Compose the report of a treasury: the answer, what changes it, whom to ask."""

from __future__ import annotations

from perenne.domain.tresorerie.effets import Effet
from perenne.domain.tresorerie.resultat import Resultat
from perenne.reports.note.elements import Illustration, Point, Tableau
from perenne.reports.rapport.elements import Rapport, Section
from perenne.reports.tresorerie import tableaux
from perenne.reports.tresorerie.courbe_texte import dessiner_texte
from perenne.reports.tresorerie.figures import dessiner_eventail, dessiner_scenarios
from perenne.reports.tresorerie.phrases import (
    SCENARIOS,
    argent_attendu,
    autres_scenarios,
    besoins_dits,
    effet_dit,
    euros,
    incertitude_dite,
    nature_du_probleme,
    nom_levier,
    reponse,
    signature_decisive,
)
from perenne.reports.typographie import composer, date_longue, majuscule

LIMITES = (
    "Le plan vaut ce que valent ses lignes : une recette oubliée ou une date trop belle se lit ici "
    "comme une vérité.",
    "Chaque jour, les recettes passent avant les dépenses ; la trésorerie d'un jour est celle du soir.",
    "Le scénario probable compte tout le sécurisé et tout le probable ; l'espéré compte tout. Rien "
    "n'est pondéré par "
    "sa chance d'arriver.",
    "Dans les tirages, un payeur en retard l'est pour toutes ses échéances et une année faible l'est "
    "tous les mois.",
    "Les montants du barème, les seuils et les taux sont ceux que vous avez saisis : vérifiez leur date.",
    "Le coût d'un levier est calculé sur la trésorerie de son acteur ; son statut juridique se "
    "vérifie avant de décider.",
)


def composer_rapport(resultat: Resultat) -> Rapport:
    """The report of one run."""
    plan, bilan = resultat.plan, resultat.bilan()
    nature = [f for f in plan.flux if f.nature == "en-nature"]
    memoire = " Les contributions en nature ne comptent pas dans la trésorerie." if nature else ""
    return Rapport(
        titre=composer(f"Trésorerie : {plan.structure}"),
        chapeau=composer(
            f"Du {date_longue(plan.debut)} au {date_longue(plan.fin)}. Départ : "
            f"{euros(plan.tresorerie_initiale)}. "
            f"Charges décaissées : {euros(bilan.charges_mensuelles)} par mois en moyenne.{memoire}"
        ),
        avertissement=composer(" ".join(resultat.avis)),
        jour=plan.debut,
        essentiel=tuple(_essentiel(resultat)),
        sections=tuple(s for s in _sections(resultat) if s is not None),
        limites=tuple(composer(x) for x in LIMITES),
    )


def _essentiel(r: Resultat) -> list[Point]:
    points = [
        Point(titre="La trésorerie", texte=reponse(r)),
        *([Point(titre="Retard ou déficit", texte=nature_du_probleme(r))] if nature_du_probleme(r) else []),
        Point(titre="Les autres scénarios", texte=autres_scenarios(r)),
        Point(titre="L’argent attendu", texte=argent_attendu(r)),
    ]
    signature = signature_decisive(r)
    if signature:
        points.append(Point(titre="Ce qui n’est pas signé", texte=signature))
    utiles = _utiles(r)
    if utiles:
        points.append(
            Point(
                titre="Le levier qui change le plus",
                texte=composer(f"« {nom_levier(utiles[0])} » {effet_dit(utiles[0])}."),
            )
        )
    if r.bilan().premier_sous_coussin is not None:
        points.append(
            Point(titre="Ce qu’il faudrait", texte=besoins_dits(r)[-1] if r.effets else besoins_dits(r)[0])
        )
    mesuree = next((i for i in r.incertitudes if i.scenario == r.scenario), None)
    if mesuree is not None:
        points.append(Point(titre="Le risque", texte=f"{majuscule(incertitude_dite(mesuree))}."))
    return points


def _droit(r: Resultat, e: Effet) -> tuple[str, ...]:
    droit = r.droits.get(e.levier.id)
    if droit is None or r.droit_au is None:
        return ()
    motifs = " ; ".join(m.rstrip(".") for m in droit.motifs)
    return (composer(f"Droit au {date_longue(r.droit_au)} : {droit.statut}. À regarder : {motifs}."),)


def _utiles(r: Resultat) -> list[Effet]:
    """Levers that help, the most useful first."""
    gagnants = [e for e in r.effets if e.gain_point_bas > 0 or e.jours_gagnes > 0]
    return sorted(
        gagnants, key=lambda e: (not (e.avant.rupture and e.sans_rupture), -e.jours_gagnes, -e.gain_point_bas)
    )


def _section(ident: str, titre: str, *tables: Tableau, points: tuple[Point, ...] = ()) -> Section | None:
    pleines = tuple(t for t in tables if t.lignes)
    return Section(ident=ident, titre=titre, tableaux=pleines, points=points) if pleines or points else None


def _sections(r: Resultat) -> list[Section | None]:
    scenario = SCENARIOS[r.scenario]
    illustrations = [
        Illustration(
            figure=dessiner_scenarios(r.courbes),
            legende=composer(
                "Point le plus bas de chaque période, trois scénarios. Le tableau est en fin de document."
            ),
        )
    ]
    mesuree = next((i for i in r.incertitudes if i.scenario == r.scenario), None)
    if mesuree is not None:
        illustrations.append(
            Illustration(
                figure=dessiner_eventail(mesuree),
                legende=composer(
                    f"Point bas de chaque période, {scenario} : huit tirages sur dix passent dans la "
                    f"bande grise."
                ),
            )
        )
    demandes = tuple(
        Point(
            titre=composer(e.levier.acteur or "Acteur à trouver"),
            texte=composer(f"« {nom_levier(e)} » {effet_dit(e, acteur=False)}."),
            details=_droit(r, e),
        )
        for e in _utiles(r)
    )
    return [
        Section(
            ident="courbe",
            titre="La courbe",
            illustrations=tuple(illustrations),
            tableaux=(tableaux.tableau_scenarios(r),),
            dessin=dessiner_texte(r.courbes),
        ),
        _section("leviers", "Ce que change chaque levier", tableaux.tableau_leviers(r)),
        _section("demandes", "Que demander, à qui", points=demandes),
        _section(
            "besoins",
            "Ce qu’il faudrait pour garder le coussin",
            points=tuple(Point(titre="", texte=d) for d in besoins_dits(r)),
        ),
        _section("attentes", "L’argent attendu", tableaux.tableau_attentes(r)),
        _section("hypotheses", "Ce qui compte le plus", tableaux.tableau_hypotheses(r)),
        _section("projets", "Ce qui n’est pas signé", tableaux.tableau_projets(r)),
        _section("incertitude", "L’incertitude", tableaux.tableau_incertitude(r)),
        _section("periodes", "Période par période", tableaux.tableau_periodes(r)),
    ]
