"""The advice as a report: the first actions and all that explains them, the nineteen, then the rest."""

from __future__ import annotations

from collections.abc import Iterator

from perenne.domain.leviers.recommandation import ActionRecommandee, Recommandation
from perenne.domain.savoir.base import BaseSavoir
from perenne.reports.leviers.phrases import (
    STATUTS,
    dire_autres,
    dire_bascule,
    dire_manques,
    dire_precedent,
    dire_question,
    dire_statut,
    dire_terme,
    dire_voie,
    points,
)
from perenne.reports.leviers.tableaux import tableau_actions, tableau_faits, tableau_points
from perenne.reports.note.elements import Point
from perenne.reports.rapport.elements import Rapport, Section
from perenne.reports.typographie import accorder, composer, date_longue, lister, minuscule

INSTRUMENTS = 3
RAISONS = 2
LIMITES = (
    "Les points ordonnent des actions pour une situation ; ils ne notent ni l'entreprise, ni le territoire.",
    "Ils viennent de règles écrites, pas d'une statistique : seize cas n'apprennent rien par le nombre.",
    "« perenne leviers evaluer » dit ce que valent ces règles à côté de la simple popularité.",
    "Une information qui manque ne compte ni pour ni contre : les questions à poser d'abord sont listées.",
    "Les cas étudiés ont tous duré : ils montrent ce qui s'est fait, non ce qui aurait suffi.",
    "Le statut juridique vaut à la date dite et pour les faits connus. « À vérifier » n'est pas un refus.",
)


def composer_rapport(reco: Recommandation, base: BaseSavoir, *, deduits: tuple[str, ...] = ()) -> Rapport:
    """Compose an advice.

    Args:
        reco: the recommendation.
        base: the knowledge base, for titles and articles.
        deduits: facts deduced from others, marked so.
    """
    demande = reco.demande
    qui = demande.acteur.nom or base.types_acteur[demande.acteur.type].nom
    sections = [
        Section(
            ident="detail", titre="Pourquoi, et comment s’y prendre", points=tuple(_detaillees(reco, base))
        ),
        Section(ident="demander", titre="À demander d’abord", points=tuple(_questions(reco, base)))
        if reco.questions
        else None,
        Section(
            ident="actions",
            titre="Les dix-neuf actions",
            tableaux=(tableau_actions(reco, base), tableau_points(reco, base)),
        ),
        _ecartees(reco, base),
        Section(
            ident="faits",
            titre="Ce que l’on sait",
            phrases=(dire_lieu(reco, base),),
            tableaux=(tableau_faits(reco, base, deduits),),
        ),
    ]
    return Rapport(
        titre=composer(f"Leviers pour {demande.entreprise.nom}, vus par : {qui}, au {date_longue(reco.au)}"),
        chapeau=composer(dire_chapeau(reco, qui)),
        avertissement=composer(dire_avertissement(reco)),
        jour=reco.au,
        essentiel=tuple(_essentiel(reco, base)),
        sections=tuple(s for s in sections if s is not None),
        limites=tuple(map(composer, LIMITES)),
    )


def dire_chapeau(reco: Recommandation, qui: str) -> str:
    """The answer in one or two sentences."""
    par = reco.par_action
    noms = [minuscule(par[a].action.titre) for a in reco.tete.premieres]
    if not noms:
        return (
            f"Aucune des dix-neuf actions n'est ouverte à cet acteur ({qui}) : voyez qui d'autre peut agir."
        )
    ecartees = sum(a.place != "conseillee" for a in reco.actions)
    suite = ""
    if ecartees:
        suite = f" {accorder(ecartees, 'action est écartée', 'actions sont écartées')} pour cet acteur : "
        suite += "la raison est dite plus bas."
    return f"À examiner d'abord : {lister(noms)}.{suite}"


def dire_avertissement(reco: Recommandation) -> str:
    """What must be said before anything else; empty for nothing."""
    fictif = "Entreprise fictive. " if reco.demande.entreprise.fictif else ""
    if reco.sans_signal:
        return (
            f"{fictif}Rien de ce qui est connu n'appelle une action plutôt qu'une autre : l'ordre est "
            "seulement celui des précédents. Commencez par les questions."
        )
    return fictif.strip()


def _montrees(reco: Recommandation) -> Iterator[tuple[str, ActionRecommandee]]:
    """The first actions with their rank, then the best of each absent scale."""
    par = reco.par_action
    for rang, action in enumerate(reco.tete.premieres, start=1):
        yield f"{rang}. ", par[action]
    for echelle, action in reco.tete.echelles:
        yield f"Échelle {echelle} : ", par[action]


def _essentiel(reco: Recommandation, base: BaseSavoir) -> Iterator[Point]:
    for debut, a in _montrees(reco):
        raisons = [dire_terme(t, base) for t in a.parce_que if t.points > 0][:RAISONS]
        pourquoi = " ; ".join(raisons) or "rien de connu ne l'appelle, sinon les précédents"
        pas = _fermer(minuscule(a.action.premiers_pas[0]))
        yield Point(titre=_titre(debut, a), texte=composer(f"{pourquoi}. Premier pas : {pas}"))


def _detaillees(reco: Recommandation, base: BaseSavoir) -> Iterator[Point]:
    for debut, a in _montrees(reco):
        titre = composer(f"{debut}{a.action.titre}")
        yield Point(titre=titre, texte=composer(a.action.conseil), details=tuple(_details(a, base)))


def _titre(debut: str, a: ActionRecommandee) -> str:
    statut = STATUTS[a.droit.statut] if a.droit.statut else "sans rôle connu"
    return composer(f"{debut}{a.action.titre} — {statut}, {points(a.points)} points")


def _details(a: ActionRecommandee, base: BaseSavoir) -> Iterator[str]:
    raisons = [dire_terme(t, base) for t in a.parce_que]
    yield composer(
        "Parce que : " + (" ; ".join(raisons) or "rien de connu ne l'appelle ; voir les précédents")
    )
    if a.contretemps:
        yield composer("Attention, contretemps : le stade de l'entreprise s'y prête mal.")
    meilleure = a.droit.meilleure
    if meilleure is not None:
        yield composer(
            f"Droit ({minuscule(meilleure.instrument.titre)}) : {dire_statut(meilleure.statut, base)}"
        )
        if manques := dire_manques(meilleure.statut, base):
            yield composer(f"Le droit demande encore : {manques}")
        if meilleure.statut.que_faire:
            yield composer(f"Pour que ce soit possible : {lister(_phrases(meilleure.statut.que_faire[:2]))}.")
    ouvertes = [v for v in a.droit.voies if v.statut.statut != "exclu"]
    if ouvertes:
        yield composer(f"Par quoi : {lister(dire_voie(v) for v in ouvertes[:INSTRUMENTS])}.")
    yield from (dire_bascule(b, base) + "." for b in a.changerait_si[:2])
    if a.deja:
        faits = lister(dict.fromkeys(f"{f.libelle} ({f.acteur.libelle})" for f in a.deja[:3]))
        yield composer(f"Déjà en place selon l'étude : {faits}.")
    yield from (f"Précédent, {dire_precedent(p, base)}" for p in a.precedents[:2])
    if a.autres:
        yield f"Qui d’autre peut agir : {dire_autres(a.autres, base)}."
    yield composer(f"Premier pas : {_fermer(minuscule(a.action.premiers_pas[0]))}")
    yield composer(dire_effort(a))
    yield from dire_combinaisons(a, base)


def _phrases(textes: tuple[str, ...]) -> list[str]:
    return [minuscule(t).rstrip(".") for t in textes]


def _fermer(phrase: str) -> str:
    return phrase if phrase.endswith((".", "?", "!")) else f"{phrase}."


def dire_effort(a: ActionRecommandee) -> str:
    """Time and cost, or that no source tells them."""
    effort = a.action.effort
    dits = []
    if effort.delai:
        dits.append(f"délai {effort.delai.valeur}")
    if effort.cout:
        dits.append(f"coût {effort.cout.valeur}")
    manque = [{"delai": "délai", "cout": "coût"}[x] for x in effort.a_documenter]
    if manque:
        dits.append(
            f"{lister(manque)} non documenté{'s' if len(manque) > 1 else ''} : aucune source ne le dit"
        )
    return f"Temps et effort : {' ; '.join(dits)}."


def dire_combinaisons(a: ActionRecommandee, base: BaseSavoir) -> Iterator[str]:
    """What goes with it, and what must not be mistaken for it."""
    for lien in a.synergies[:2]:
        yield composer(
            f"Va bien avec « {minuscule(base.actions[lien.action].titre)} » : {minuscule(lien.motif)}"
        )
    for i in a.incompatibilites:
        avec = i.objet or (f"« {minuscule(base.actions[i.action].titre)} »" if i.action else "")
        force = "Interdit" if i.juridique and not i.action else "À ne pas confondre"
        yield composer(f"{force} : {minuscule(avec)}. {i.motif}")


def _questions(reco: Recommandation, base: BaseSavoir) -> Iterator[Point]:
    for q in reco.questions:
        titre, question = dire_question(q.fait, base)
        entrees = lister(f"« {minuscule(base.actions[x].titre)} »" for x in q.actions[:3])
        effet = f"La réponse pourrait faire entrer {entrees}." if q.actions else "La réponse affine l'ordre."
        yield Point(titre=composer(titre), texte=composer(f"{question} {effet}"))


def _ecartees(reco: Recommandation, base: BaseSavoir) -> Section | None:
    actions = [a for a in reco.actions if a.place != "conseillee"]
    if not actions:
        return None
    dites = tuple(_ecartee(a, base) for a in actions)
    return Section(ident="ecartees", titre="Écartées pour cet acteur", points=dites)


def _ecartee(a: ActionRecommandee, base: BaseSavoir) -> Point:
    details = [dire_terme(t, base) for t in a.parce_que[:2]]
    if a.place != "sans_role":
        details += [f"Ce qui la rendrait possible : {x}" for x in a.droit.voies[0].statut.que_faire[:2]]
    if a.autres:
        details.append(f"Qui peut agir : {dire_autres(a.autres, base)}.")
    texte = dire_motif_ecart(a, base)
    return Point(titre=composer(a.action.titre), texte=composer(texte), details=tuple(map(composer, details)))


def dire_motif_ecart(a: ActionRecommandee, base: BaseSavoir) -> str:
    """Why an action is not advised to this actor."""
    if a.place == "sans_role":
        return "Rien ne dit que ce type d'acteur y prenne part."
    return f"{dire_statut(a.droit.voies[0].statut, base)}."


def dire_lieu(reco: Recommandation, base: BaseSavoir) -> str:
    """The territory that was read, and its needs."""
    lieu, entreprise = reco.demande.lieu, reco.demande.entreprise
    if not lieu.nom:
        return composer("Territoire non lu : ni besoins, ni zonages de l'atlas n'entrent dans cet avis.")
    releves = [b for b in lieu.besoins if b in entreprise.besoins]
    dits = lister(f"{minuscule(base.besoins[b].titre)} ({b})" for b in sorted(releves))
    besoins = (
        f"besoins relevés auxquels elle répond : {dits}" if releves else "aucun de ses besoins n'y est relevé"
    )
    return composer(f"Territoire : {lieu.nom} ; {besoins}.")
