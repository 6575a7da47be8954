"""Compose the shared diagnosis sheet: the answer first, then the evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from perenne.domain.entreprise.diagnostic import Diagnostic
from perenne.domain.entreprise.economie import Economie
from perenne.domain.entreprise.profil import CritereLu
from perenne.domain.savoir.base import BaseSavoir
from perenne.reports.entreprise import tableaux, tableaux_economie
from perenne.reports.entreprise.mots import EVOLUTIONS, TESTS
from perenne.reports.entreprise.phrases import (
    CITES,
    MOTS_RESSOURCES,
    avis_dits,
    citer,
    depart_dit,
    engagements_qui_finissent,
    euros,
    mesure_dite,
    noms_repondants,
    repondants_du_passage,
    tresorerie_dite,
    uniques,
)
from perenne.reports.note.elements import Illustration, Point, Tableau
from perenne.reports.rapport.elements import Rapport, Section
from perenne.reports.svg.barres import Barre, dessiner_barres
from perenne.reports.typographie import avec_unite, composer, date_longue, lister, majuscule

LIMITES = (
    "Ce n'est pas une note : aucun score n'est calculé, et une absence de réponse ne compte pour rien.",
    "Les réponses de chacun restent séparées. Un désaccord est un sujet de discussion, pas une moyenne.",
    "Un repère vient d'une source citée ; une proposition vient de Pérenne. Ni l'un ni l'autre n'est une "
    "norme.",
    "La grille est une reconstitution : l'étude de 2021 annonce ses critères, mais leurs encadrés "
    "étaient des images.",
    "Les comptes décrivent le passé : pour les mois à venir, faites un plan de trésorerie.",
)


def composer_rapport(d: Diagnostic, base: BaseSavoir, avis: Sequence[str] = ()) -> Rapport:
    """The shared diagnosis sheet.

    Args:
        avis: what must be said about the reading of the file.
    """
    s = d.dossier.structure
    fictif = ["Exemple fictif : cette structure n'existe pas."] if s.fictif else []
    activites = [base.activites[a].titre for a in s.activites if a in base.activites]
    qui = f"{lister(activites)}. " if activites else ""
    passage = d.profil.passage if d.profil else None
    quand = f"Entretien du {date_longue(passage.date)}. " if passage else "Aucun entretien. "
    version = "Grille de trente minutes. " if passage and passage.version == "essentielle" else ""
    roles = noms_repondants(d)
    repondants = [roles[r] for r in repondants_du_passage(d)]
    voix = f"Répondent : {' ; '.join(repondants)}." if repondants else ""
    return Rapport(
        titre=composer(f"Diagnostic partagé : {s.nom}"),
        chapeau=composer(majuscule(f"{qui}{quand}{version}{voix}".strip())),
        avertissement=composer(" ".join([*fictif, *avis])),
        jour=passage.date if passage else d.au,
        essentiel=tuple(_essentiel(d, base)),
        sections=tuple(_sections(d, base)),
        limites=tuple(composer(x) for x in LIMITES),
    )


def _essentiel(d: Diagnostic, base: BaseSavoir) -> list[Point]:
    points: list[Point] = []
    dernier = _dernier(d)
    if d.fragilites:
        points.append(Point(titre="Ce qui fragilise", texte=composer(majuscule(citer(d.fragilites)) + ".")))
    if dernier and dernier.bilan:
        points.append(Point(titre="La trésorerie", texte=tresorerie_dite(dernier)))
    if d.forces:
        points.append(Point(titre="Ce qui tient", texte=composer(majuscule(citer(d.forces)) + ".")))
    if d.a_consolider:
        points.append(Point(titre="À consolider", texte=composer(majuscule(citer(d.a_consolider)) + ".")))
    if d.desaccords:
        points.append(
            Point(titre="À trancher ensemble", texte=composer(majuscule(citer(d.desaccords)) + "."))
        )
    if dernier and dernier.repartition and dernier.repartition.departs:
        points.append(
            Point(titre="Si le premier payeur part", texte=depart_dit(dernier.repartition.departs[0]))
        )
    finissent = engagements_qui_finissent(d)
    if finissent:
        points.append(Point(titre="Engagements à renouveler", details=finissent[:CITES]))
    if d.tendance and d.precedent:
        points.append(Point(titre=f"Depuis {d.precedent.passage.id}", texte=_evolution(d)))
    points.append(Point(titre="Stade de vie", texte=_stade(d, base)))
    if d.questions:
        suite = list(dict.fromkeys(q.critere for q in d.questions))[:3]
        textes = tuple(composer(f"{base.criteres[c].question} ({c})") for c in suite)
        points.append(Point(titre="À demander ensuite", details=textes))
    return points


def _dernier(d: Diagnostic) -> Economie | None:
    return d.economies[-1] if d.economies else None


def _evolution(d: Diagnostic) -> str:
    dits = []
    for sens in ("mieux", "moins-bien", "partage"):
        criteres = [e.critere for e in d.tendance if e.evolution == sens]
        if criteres:
            dits.append(f"{EVOLUTIONS[sens]} : {lister(criteres)}")
    return composer(majuscule(" ; ".join(dits)) + "." if dits else "Rien n'a bougé là où l'on peut comparer.")


def _stade(d: Diagnostic, base: BaseSavoir) -> str:
    s = d.stade
    if s.retenu is None:
        return composer("On n'en sait pas assez pour le dire : donnez le nombre de comptes clos.")
    titre = base.stades[s.retenu].titre.lower()
    raisons = [TESTS[t.test][0 if t.tient else 1] for t in s.tests if _pese(d, t.test, t.tient)]
    deduit = f" ({lister(raisons)})" if raisons else ""
    if s.impose:
        propose = base.stades[s.propose].titre.lower() if s.propose else ""
        ecart = (
            f" Les tests proposaient « {propose} »{deduit}." if s.propose and s.propose != s.retenu else ""
        )
        return composer(
            f"{majuscule(titre)}, choisi par les personnes présentes : {s.motif.rstrip('.')}.{ecart}"
        )
    aussi = [base.stades[x].titre.lower() for x in s.aussi]
    suite = f" Les tests de « {lister(aussi)} » sont réunis aussi." if aussi else ""
    return composer(f"{majuscule(titre)}, déduit{deduit}.{suite}")


RAISONS = {
    "emergence": ("activite-commencee",),
    "amorcage": ("trois-comptes-clos", "premier-emploi-recent"),
    "rebond": ("tresorerie-sous-un-mois", "fonds-propres-en-baisse", "depart-sans-releve"),
    "changement-echelle": ("demande-ailleurs", "frng-couvre-bfr"),
    "consolidation": ("trois-comptes-clos",),
}


def _pese(d: Diagnostic, test: str, tient: bool | None) -> bool:
    propose = d.stade.propose or ""
    attendu = not (propose == "emergence" or (propose == "amorcage" and test == "trois-comptes-clos"))
    return test in RAISONS.get(propose, ()) and tient is attendu


def _sections(d: Diagnostic, base: BaseSavoir) -> list[Section]:
    sections: list[Section] = []
    if d.desaccords:
        sections.append(_points("desaccords", "Désaccords à discuter", d.desaccords, _desaccord))
    if d.fragilites:
        sections.append(_points("fragilites", "Fragilités, et ce qui le montre", d.fragilites, _preuve))
    if d.a_consolider:
        sections.append(_points("consolider", "À consolider", d.a_consolider, _dits))
    if d.forces:
        sections.append(_points("forces", "Points solides", d.forces, _dits))
    if d.questions:
        sections.append(
            Section(
                ident="questions",
                titre="Ce qu'il faut demander ensuite",
                phrases=(composer(f"À refaire vers le {date_longue(d.prochain)}."),) if d.prochain else (),
                tableaux=(tableaux.questions(d, dict(base.criteres)), tableaux.poids(d)),
            )
        )
    if d.economies:
        sections += _economie(d)
    if d.tendance:
        sections.append(
            Section(ident="evolution", titre="Depuis la dernière fois", tableaux=(tableaux.evolution(d),))
        )
    if d.profil:
        complete = d.profil.passage.version == "complete"
        sections.append(
            Section(
                ident="profil",
                titre="La grille, réponse par réponse",
                tableaux=tuple(
                    tableaux.grille(d, f, lus, base.ressources, complete=complete)
                    for f, lus in d.profil.familles
                ),
            )
        )
    sections.append(
        Section(
            ident="stade",
            titre="Le stade de vie",
            phrases=(_stade(d, base),),
            points=_conseils(d, base),
            tableaux=(tableaux.stade(d),),
        )
    )
    citees = tableaux.sources(d, base.ressources)
    if citees is not None:
        sections.append(Section(ident="sources", titre="Sources des repères", tableaux=(citees,)))
    return [replace(s, titre=composer(s.titre)) for s in sections]


def _points(ident: str, titre: str, lus: Sequence[CritereLu], dire: object) -> Section:
    return Section(ident=ident, titre=titre, points=tuple(dire(c) for c in lus))  # type: ignore[operator]


def _preuve(lu: CritereLu) -> Point:
    details = uniques([mesure_dite(m) for m in lu.mesures])
    rapprocher = tuple(composer(f"À rapprocher de la réponse : {x.repere.texte}") for x in lu.a_rapprocher)
    return Point(
        titre=composer(f"{lu.critere.titre} ({lu.critere.id})"),
        texte=avis_dits(lu),
        details=(*details, *rapprocher),
    )


def _dits(lu: CritereLu) -> Point:
    """The answers; the figures stand in the grid, below."""
    point = _preuve(lu)
    return replace(point, details=point.details[len(uniques([mesure_dite(m) for m in lu.mesures])) :])


def _desaccord(lu: CritereLu) -> Point:
    point = _preuve(lu)
    return replace(point, details=(composer(lu.critere.question), *point.details))


def _conseils(d: Diagnostic, base: BaseSavoir) -> tuple[Point, ...]:
    if d.stade.retenu is None:
        return ()
    stade = base.stades[d.stade.retenu]
    points = [
        Point(
            titre=composer(base.actions[c.action].titre),
            texte=composer(f"convient d'ordinaire à ce stade. {c.pourquoi}"),
        )
        for c in stade.actions_adaptees
    ]
    points += [
        Point(
            titre=composer(base.actions[c.action].titre), texte=composer(f"à éviter à ce stade. {c.pourquoi}")
        )
        for c in stade.actions_a_eviter
    ]
    if stade.vigilance:
        points.append(Point(titre="Attention", texte=composer(stade.vigilance)))
    return tuple(points)


def _economie(d: Diagnostic) -> list[Section]:
    dernier = d.economies[-1]
    phrases = [tresorerie_dite(dernier)] if dernier.bilan else []
    r = dernier.repartition
    if r is not None:
        if r.pluriannuel is not None:
            phrases.append(
                composer(
                    f"{avec_unite(r.pluriannuel, '%')} de l'argent public est signé pour au moins deux ans."
                )
            )
        if r.libre is not None:
            phrases.append(
                composer(f"{avec_unite(r.libre, '%')} des subventions dont on connaît l'emploi sont libres.")
            )
        if r.en_nature:
            ecrit = (
                (f", dont {avec_unite(r.nature_ecrite, '%')} par écrit")
                if r.nature_ecrite is not None
                else ""
            )
            phrases.append(composer(f"Les aides en nature valent {euros(r.en_nature)} par an{ecrit}."))
    tables: list[Tableau | None] = [
        tableaux_economie.bilan(d.economies),
        tableaux_economie.ressources(dernier),
        tableaux_economie.payeurs(dernier),
        tableaux_economie.departs(dernier),
        tableaux_economie.activites(dernier),
    ]
    return [
        Section(
            ident="economie",
            titre="Le modèle économique",
            phrases=tuple(phrases),
            illustrations=_figures(dernier),
            tableaux=tuple(t for t in tables if t is not None),
        )
    ]


def _figures(e: Economie) -> tuple[Illustration, ...]:
    if e.repartition is None or not e.repartition.postes:
        return ()
    titre = f"Ressources en argent, exercice {e.exercice.id}"
    barres = [
        Barre(
            libelle=majuscule(MOTS_RESSOURCES[p.nom]),
            valeur=p.part,
            etiquette=avec_unite(p.part, "%"),
            principale=n == 0,
        )
        for n, p in enumerate(e.repartition.postes)
    ]
    figure = dessiner_barres("ressources-argent", titre, barres)
    return (Illustration(figure=figure, legende=composer(f"{titre}, en part de l'argent reçu ou dû")),)
