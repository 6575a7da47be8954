"""Composes a note from a diagnosis: every sentence, table and figure, before any file format."""

from __future__ import annotations

import re

from perenne.domain.territoire.operateurs import Liste
from perenne.domain.territoire.resultat import ActeurCompetent, Diagnostic, Precedent, RaisonDistance, Suite
from perenne.reports.note.elements import Note, Point
from perenne.reports.note.essentiel import rediger_essentiel
from perenne.reports.note.figures import (
    figure_carte,
    figure_densites,
    figure_places,
    figure_population,
    tableau_carte,
)
from perenne.reports.note.phrases import (
    DENSITES,
    MOUVEMENTS,
    NATURES,
    TYPES,
    dire_strate,
    nommer_acteur,
    nommer_besoin,
)
from perenne.reports.note.sources import citer_sources
from perenne.reports.note.tableau_besoins import besoins_documentes, tableau_besoins
from perenne.reports.note.tableau_donnees import tableau_donnees, tableau_sources
from perenne.reports.note.tableau_indicateurs import (
    tableau_cget,
    tableau_indicateurs,
    tableau_pairs,
    tableau_tendances,
)
from perenne.reports.note.tableau_zonages import tableau_zonages
from perenne.reports.offre.phrases import dire_offre
from perenne.reports.offre.tableaux import (
    tableau_activites,
    tableau_besoins_servis,
    tableau_donnees_offre,
    tableau_operateurs,
    tableau_resume,
)
from perenne.reports.typographie import (
    accorder,
    composer,
    date_longue,
    dater_version,
    de,
    lister,
    majuscule,
    minuscule,
    nombre,
)

ACTEURS_CITES = 5

LIMITES = (
    "Les indicateurs disent des moyennes : ils ne remplacent ni les habitants ni les acteurs du territoire.",
    "« Non observé » n’est jamais un zéro ; sous secret statistique, la valeur existe et n’est pas publiée.",
    "Les précédents viennent d’une étude de cas : ils montrent ce qui s’est fait, pas ce qui marche partout.",
    "Aucune note globale n’est donnée au territoire : chaque repère se lit pour lui-même.",
)


def _chapeau(diagnostic: Diagnostic) -> str:
    territoire = diagnostic.territoire
    morceaux = [majuscule(NATURES.get(territoire.nature, TYPES[territoire.type][0]))]
    noms = dict.fromkeys(r.nom for r in diagnostic.rattachements)
    morceaux += [nom for nom in noms if nom != territoire.nom]
    if territoire.population is not None:
        morceaux.append(accorder(territoire.population, "habitant"))
    if territoire.superficie_km2 is not None:
        morceaux.append(f"{nombre(territoire.superficie_km2)}\u202fkm²")
    if len(territoire.communes) > 1:
        morceaux.append(accorder(len(territoire.communes), "commune"))
    if territoire.densite in DENSITES:
        morceaux.append(DENSITES[territoire.densite])
    return composer(" · ".join(morceaux))


def _constat(diagnostic: Diagnostic) -> str:
    """What stands in place of figures when no indicator is observed for this territory."""
    if any(x.mesure.valeur is not None or x.mesure.statut == "secret" for x in diagnostic.lectures):
        return ""
    texte = "Aucun indicateur de l’atlas n’est publié à l’échelle de ce territoire : ce n’est pas un zéro."
    commune = next((r for r in diagnostic.rattachements if r.type == "commune"), None)
    if diagnostic.territoire.type == "qpv" and commune is not None:
        texte += f" La note de sa commune, {commune.nom} ({commune.code}), en donne le contexte."
    return composer(texte)


def _avertissement(diagnostic: Diagnostic, mention: str) -> str:
    phrases = [mention] if mention else []
    for filiation in diagnostic.filiations:
        date = f" depuis le {date_longue(filiation.date_effet)}" if filiation.date_effet else ""
        dite = MOUVEMENTS.get(filiation.nature, filiation.nature.replace("-", " "))
        nature = f" ({dite})" if dite else ""
        phrases.append(
            f"{filiation.nom_ancien} ({filiation.code_ancien}) fait partie {de(filiation.nom_actuel)} "
            f"({filiation.code_actuel}){date}{nature} : la note porte sur la commune actuelle."
        )
    return composer(" ".join(phrases))


RAISONS_SIMPLES = {
    "densite": ("densité proche", "densité différente"),
    "region": ("même région", "autre région"),
}


def _raison(raison: RaisonDistance, diagnostic: Diagnostic) -> str:
    """One term of the likeness in words; empty when it says nothing to a reader."""
    if raison.terme == "zonage":
        sigles = {z.zonage: z.sigle or z.libelle for z in diagnostic.zonages}
        noms = lister(dict.fromkeys(sigles[d] for d in raison.details if d in sigles))
        suite = f" ({noms})" if noms else ""
        return f"même type de zonage{suite}" if raison.proche else "pas de zonage en commun"
    if raison.terme == "besoin":
        besoins = {b.besoin: nommer_besoin(b) for b in diagnostic.besoins}
        noms = lister(besoins[d] for d in raison.details[:1] if d in besoins)
        suite = f" ({noms})" if noms else ""
        return f"besoin commun{suite}" if raison.proche else "autres besoins"
    if raison.terme == "outre-mer":
        if raison.proche:
            return "outre-mer comme ici" if diagnostic.territoire.drom else ""
        return "cas de l’Hexagone" if diagnostic.territoire.drom else "cas d’outre-mer"
    proche, loin = {
        "densite": ("densité proche", "densité différente"),
        "region": ("même région", "autre région"),
    }[raison.terme]
    return proche if raison.proche else loin


def _raisons(raisons: tuple[RaisonDistance, ...], diagnostic: Diagnostic) -> str:
    proches = [dit for r in raisons if r.proche and (dit := _raison(r, diagnostic))]
    loin = [dit for r in raisons if not r.proche and (dit := _raison(r, diagnostic))]
    dits = f"Proche par : {lister(proches)}. " if proches else ""
    return dits + (f"À nuancer : {lister(loin)}." if loin else "")


def _precedent(precedent: Precedent, diagnostic: Diagnostic) -> Point:
    faits: dict[tuple[str, str], list[str]] = {}
    for a in precedent.actions:
        payeurs = faits.setdefault((a.libelle, a.instrument), [])
        if a.acteur and a.acteur.lower() != "non précisé":
            payeurs.append(composer(a.acteur))
    actions = [
        composer(majuscule(libelle))
        + (f" : {composer(instrument)}" if instrument else "")
        + (f" ({lister(payeurs)})" if payeurs else "")
        for (libelle, instrument), payeurs in list(faits.items())[:3]
    ]
    lieu = f", {precedent.territoire}" if precedent.territoire else ""
    section = (
        f"Source : étude de l’ANCT, 2021, {precedent.source.section}." if precedent.source.section else ""
    )
    return Point(
        titre=composer(f"{precedent.nom}{lieu}"),
        texte=composer(f"{majuscule(precedent.activite)}. {_raisons(precedent.raisons, diagnostic)}".strip()),
        details=(*actions, *([composer(section)] if section else [])),
    )


def _acteur(acteur: ActeurCompetent, diagnostic: Diagnostic) -> Point:
    noms = {b.besoin: nommer_besoin(b) for b in diagnostic.besoins}
    besoins = [noms[b] for b in acteur.besoins if b in noms]
    suite = f" Pour : {lister(besoins[:2])}." if besoins else ""
    titre = majuscule(nommer_acteur(acteur.acteur, acteur.nom or acteur.libelle, bool(acteur.nom)))
    role = acteur.role if acteur.role.endswith(".") or not acteur.role else f"{acteur.role}."
    return Point(titre=composer(titre), texte=composer(f"{role}{suite}".strip()))


def _suite(suite: Suite, acteurs: tuple[ActeurCompetent, ...]) -> Point:
    connus = {a.acteur: nommer_acteur(a.acteur, a.nom or a.libelle, bool(a.nom)) for a in acteurs}
    details = []
    if suite.acteurs:
        noms = [connus.get(a, minuscule(a)) for a in suite.acteurs]
        reste = len(noms) - ACTEURS_CITES
        cites = [*noms[:ACTEURS_CITES], accorder(reste, "autre")] if reste > 1 else noms
        details.append(f"Qui : {lister(cites)}.")
    if suite.precedents:
        details.append(f"Déjà fait : {lister(suite.precedents[:3])}.")
    pas = f"Premier pas : {minuscule(suite.premier_pas)}" if suite.premier_pas else ""
    return Point(
        titre=composer(f"{suite.libelle} ({suite.code})"),
        texte=composer(pas if not pas or pas[-1] in ".?!…" else f"{pas}."),
        details=tuple(composer(d) for d in details),
    )


def _besoins_suite(diagnostic: Diagnostic) -> str:
    muets = [nommer_besoin(b) for b in diagnostic.besoins if b.niveau == "non-documente"]
    calmes = [nommer_besoin(b) for b in diagnostic.besoins if b.niveau == "non-marque"]
    dits = f"Observés sans ressortir : {lister(calmes)}. " if calmes else ""
    return composer(dits + (f"Non documentés par l’atlas : {lister(muets)}." if muets else ""))


def composer_note(
    diagnostic: Diagnostic, *, mention: str = "", operateurs: Liste | None = None, classeur: bool = True
) -> Note:
    """Compose the note.

    Args:
        diagnostic: the diagnosis, at its date.
        mention: what must be said first (« Données fictives… »), empty for nothing.
        operateurs: those of the territory, for the workbook.
        classeur: also compose what only a workbook holds: every figure of the supply, hundreds of rows.

    Returns:
        The whole note; a format may then keep fewer rows, and says so.
    """
    territoire = diagnostic.territoire
    comparaison = dire_strate(diagnostic.strate)
    figures = (
        figure_places(diagnostic, comparaison),
        figure_carte(diagnostic),
        figure_population(diagnostic.tendances),
        figure_densites(diagnostic),
    )
    return Note(
        titre=composer(f"Note de territoire : {territoire.nom}"),
        nom=territoire.nom,
        code=re.sub(r"\b[a-z-]+:", "", territoire.code).replace("+", " + "),
        chapeau=_chapeau(diagnostic),
        au=date_longue(diagnostic.au),
        au_iso=diagnostic.au.isoformat(),
        version_atlas=dater_version(diagnostic.version_atlas),
        avertissement=_avertissement(diagnostic, mention),
        essentiel=rediger_essentiel(diagnostic),
        illustrations=tuple(f for f in figures if f is not None),
        comparaison=comparaison,
        constat=_constat(diagnostic),
        indicateurs=tableau_indicateurs(diagnostic, comparaison),
        cget=tableau_cget(diagnostic),
        carte=tableau_carte(diagnostic),
        zonages=tableau_zonages(diagnostic),
        besoins=tableau_besoins(diagnostic),
        besoins_suite=_besoins_suite(diagnostic),
        acteurs=tuple(_acteur(a, diagnostic) for a in diagnostic.acteurs),
        offre=composer(dire_offre(diagnostic.offre)),
        offre_resume=tableau_resume(diagnostic.offre, [b.besoin for b in besoins_documentes(diagnostic)]),
        offre_besoins=tableau_besoins_servis(diagnostic.offre),
        offre_activites=tableau_activites(diagnostic.offre),
        offre_donnees=tableau_donnees_offre(diagnostic.offre if classeur else None),
        operateurs=tableau_operateurs(
            operateurs,
            {a.id: a.libelle for b in diagnostic.besoins for a in b.activites},
            {s.id: s.jeu for s in diagnostic.sources},
            f"Opérateurs repérés : {territoire.nom}",
        ),
        precedents=tuple(_precedent(p, diagnostic) for p in diagnostic.precedents[:3]),
        suites=tuple(_suite(s, diagnostic.acteurs) for s in diagnostic.suites),
        pairs=tableau_pairs(diagnostic),
        tendances=tableau_tendances(diagnostic),
        donnees=tableau_donnees(diagnostic),
        sources=tableau_sources(diagnostic.sources),
        sources_citees=citer_sources(diagnostic.sources),
        limites=LIMITES,
    )
