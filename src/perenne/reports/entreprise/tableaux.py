"""Tables of the shared diagnosis: the grid, its evolution, the questions, the stage."""

from __future__ import annotations

from collections.abc import Mapping

from perenne.domain.entreprise.diagnostic import Diagnostic
from perenne.domain.entreprise.profil import CritereLu
from perenne.domain.savoir.criteres import Critere, Famille
from perenne.domain.savoir.ressources import Ressource
from perenne.reports.entreprise.mots import ETATS, EVOLUTIONS, MOTIFS, TESTS
from perenne.reports.entreprise.phrases import (
    MOTS_AVIS,
    mesure_dite,
    nom_dit,
    repere_dit,
    repondants_du_passage,
    source_dite,
    uniques,
    valeur_dite,
)
from perenne.reports.note.elements import Cellule, Colonne, Tableau
from perenne.reports.typographie import composer, nombre

SIGNES = {"oui": "● oui", "moyen": "◐ moyen", "non": "○ non"}
"""A shape and a word: never colour alone."""


def mot(texte: str, genre: str = "texte") -> Cellule:
    """A cell of words."""
    return Cellule(texte=composer(texte), genre=genre)  # type: ignore[arg-type]


def grille(
    d: Diagnostic,
    famille: Famille,
    lus: tuple[CritereLu, ...],
    ressources: Mapping[str, Ressource],
    *,
    complete: bool,
) -> Tableau:
    """The answers of a family: one column a respondent, the reading, the figures beside their benchmarks.

    Args:
        ressources: documents of the knowledge base, to name the source of each benchmark.
        complete: the round was the whole grid: unanswered criteria are shown; otherwise they are counted.
    """
    repondants = repondants_du_passage(d)
    montres = [c for c in lus if complete or c.etat != "sans-reponse"]
    caches = len(lus) - len(montres)
    return Tableau(
        ident=f"famille-{famille.id.lower()}",
        legende=composer(f"{famille.titre} : {famille.question}"),
        colonnes=(
            Colonne(titre="Critère", part=1.6),
            *(Colonne(titre=nom_dit(r).capitalize(), part=0.8) for r in repondants),
            Colonne(titre="Ensemble", part=0.9),
            Colonne(titre="Chiffres et repères", part=3),
        ),
        lignes=tuple(_ligne(c, repondants, ressources) for c in montres),
        note=composer(f"{caches} critères de cette famille n'ont pas de réponse : ils ne comptent pas.")
        if caches
        else "",
    )


def _ligne(lu: CritereLu, repondants: list[str], ressources: Mapping[str, Ressource]) -> tuple[Cellule, ...]:
    avis = {r.repondant: r.avis for r in lu.reponses}
    alerte = lu.etat in {"fragile", "desaccord"}
    degre = " (degrés différents)" if lu.divergence and lu.etat == "a-consolider" else ""
    genre = "alerte" if alerte else "absent" if lu.etat == "sans-reponse" else "texte"
    return (
        mot(f"{lu.critere.id} {lu.critere.titre}"),
        *(
            mot(SIGNES.get(avis[r], MOTS_AVIS[avis[r]])) if r in avis else mot("—", "absent")
            for r in repondants
        ),
        mot(ETATS[lu.etat] + degre, genre),
        mot(_chiffres(lu, ressources)),
    )  # fmt: skip


def _chiffres(lu: CritereLu, ressources: Mapping[str, Ressource]) -> str:
    morceaux = []
    for m in lu.mesures:
        dit = mesure_dite(m)
        if not dit:
            continue
        reperes = [repere_dit(r, ressources) for r in m.reperes if r.tient is not False]
        morceaux.append(f"{dit}. {' '.join(reperes)}".strip())
    return " ".join(uniques(morceaux))


def sources(d: Diagnostic, ressources: Mapping[str, Ressource]) -> Tableau | None:
    """The documents that the benchmarks shown come from; None when none is shown."""
    citees = {
        r.repere.source.document: None
        for c in (d.profil.criteres() if d.profil else ())
        for m in c.mesures
        if mesure_dite(m)
        for r in m.reperes
        if r.repere.type == "repere" and r.repere.source and r.tient is not False
    }
    if not citees:
        return None
    documents = [ressources[c] for c in citees]
    return Tableau(
        ident="sources",
        legende=composer("D'où viennent les repères"),
        colonnes=(
            Colonne(titre="Source", part=1.2),
            Colonne(titre="Document", part=2.2),
            Colonne(titre="Année", part=0.5),
            Colonne(titre="Lu le", part=0.7),
            Colonne(titre="Adresse", part=1.8),
        ),
        lignes=tuple(
            (
                mot(source_dite(x)),
                mot(x.titre),
                mot(str(x.annee or "—")),
                mot(x.consulte_le.strftime("%d/%m/%Y") if x.consulte_le else "—"),
                Cellule(texte=x.url or "—"),
            )
            for x in documents
        ),
        note=composer(
            "Un repère situe ; il ne juge pas. Les propositions de Pérenne, sans source, sont à discuter."
        ),
    )


def evolution(d: Diagnostic) -> Tableau:
    """What moved since the last round, respondent by respondent."""
    assert d.profil is not None
    titres = {c.critere.id: c.critere for c in d.profil.criteres()}
    bouge = [
        e
        for e in d.tendance
        if e.evolution not in {"incomparable", "stable"}
        or any(m.sens in {"mieux", "moins-bien"} for m in e.mesures)
    ]
    stables = sum(e.evolution == "stable" for e in d.tendance)
    perdus = sum(e.evolution == "incomparable" for e in d.tendance)
    avant = d.precedent.passage.id if d.precedent else ""
    return Tableau(
        ident="evolution",
        legende=composer(f"Ce qui a bougé entre les passages {avant} et {d.profil.passage.id}"),
        colonnes=(
            Colonne(titre="Critère", part=1.5),
            Colonne(titre="Évolution", part=0.8),
            Colonne(titre="Réponses", part=1.8),
            Colonne(titre="Chiffres", part=2),
        ),
        lignes=tuple(
            (
                mot(f"{e.critere} {titres[e.critere].titre}"),
                mot(EVOLUTIONS[e.evolution], "alerte" if e.evolution == "moins-bien" else "texte"),
                mot(
                    " ; ".join(
                        f"{nom_dit(r)} : {MOTS_AVIS[a]} → {MOTS_AVIS[b]}" for r, a, b in e.par_repondant
                    )
                    or "—"
                ),
                mot(
                    " ; ".join(
                        f"{m.mesure.libelle} : {valeur_dite(m.avant, m.mesure)} → "
                        f"{valeur_dite(m.apres, m.mesure)}"
                        for m in e.mesures
                        if m.avant != m.apres
                    )
                    or "—"
                ),
            )
            for e in bouge
        ),
        note=composer(
            f"{stables} critères stables ; {perdus} non comparables, faute de réponse aux deux passages."
        ),
    )


def questions(d: Diagnostic, criteres: dict[str, Critere]) -> Tableau:
    """What to ask next, one line a criterion, in order, with every reason."""
    groupes: dict[str, list[str]] = {}
    poids: dict[str, int] = {}
    for q in d.questions:
        groupes.setdefault(q.critere, []).append(MOTIFS[q.motif])
        poids[q.critere] = q.poids
    return Tableau(
        ident="questions",
        legende="À demander ensuite, dans cet ordre",
        colonnes=(
            Colonne(titre="Rang", nombre=True, part=0.4),
            Colonne(titre="Critère", part=1.4),
            Colonne(titre="Question", part=3),
            Colonne(titre="Pourquoi", part=1.6),
            Colonne(titre="Poids", nombre=True, part=0.4),
        ),
        lignes=tuple(
            (
                Cellule(texte=str(rang), brut=rang, genre="nombre"),
                mot(f"{c} {criteres[c].titre}"),
                mot(criteres[c].question),
                mot(" ; ".join(dict.fromkeys(motifs))),
                Cellule(texte=str(poids[c]), brut=poids[c], genre="nombre"),
            )
            for rang, (c, motifs) in enumerate(groupes.items(), 1)
        ),
        note=composer(
            "Le poids ne sert qu'à ordonner ces questions : 1 d'ordinaire, 2 tôt, 3 d'abord. Il n'entre "
            "dans aucun "
            "calcul et ne note personne. Il se change dans un fichier de pondérations."
        ),
    )


def poids(d: Diagnostic) -> Tableau:
    """The weights that apply, and why."""
    retenus = sorted(d.poids.values(), key=lambda p: (-p.poids, p.critere))
    return Tableau(
        ident="poids",
        legende="Les poids retenus pour ce territoire et ces activités (proposition)",
        colonnes=(
            Colonne(titre="Critère", part=0.5),
            Colonne(titre="Poids", nombre=True, part=0.4),
            Colonne(titre="Parce que", part=4),
        ),
        lignes=tuple(
            (
                mot(p.critere),
                Cellule(texte=str(p.poids), brut=p.poids, genre="nombre"),
                mot(" ".join(f"{titre} : {motif}" for titre, motif in p.motifs)),
            )
            for p in retenus
        ),
        note="Les critères absents de ce tableau ont le poids 1.",
    )


def stade(d: Diagnostic) -> Tableau:
    """The entry tests of the stages, with the values read."""
    lignes = []
    for t in d.stade.tests:
        oui, non = TESTS[t.test]
        dit = "on ne sait pas" if t.tient is None else oui if t.tient else non
        valeurs = " ; ".join(_valeur(v) for v in t.valeurs)
        genre = "absent" if t.tient is None else "texte"
        lignes.append(
            (mot(oui), mot(dit if t.tient is None else ("oui" if t.tient else "non"), genre), mot(valeurs))
        )
    return Tableau(
        ident="stade",
        legende="Les tests d'entrée des stades de vie",
        colonnes=(
            Colonne(titre="Test", part=3),
            Colonne(titre="Lecture", part=1),
            Colonne(titre="Lu", part=1.6),
        ),
        lignes=tuple(lignes),
        note=composer(
            "Ces tests sont une proposition, à discuter : ils ne remplacent pas l'avis des personnes."
        ),
    )


def _valeur(v: tuple[str, str | float | int]) -> str:
    nom, valeur = v
    if isinstance(valeur, str):
        return valeur
    if nom in {"frng", "bfr"} or nom.startswith("annee"):
        sigle = {"frng": "FRNG ", "bfr": "BFR "}.get(nom, "")
        return f"{sigle}{nombre(valeur / 100)} €"
    return f"{nombre(valeur, 0 if float(valeur).is_integer() else 1)} {nom}"
