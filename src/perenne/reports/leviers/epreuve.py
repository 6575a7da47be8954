"""The evaluation and the crossings as reports: who wins is said first, even when it is the baseline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from perenne.domain.leviers.evaluation.croisement import Axe, Cellule, Grain
from perenne.domain.leviers.evaluation.epreuve import PRINCIPAL, Epreuve, Methode
from perenne.domain.leviers.evaluation.mesures import MESURES, Intervalle
from perenne.domain.savoir.base import BaseSavoir, intitule
from perenne.reports.note.elements import Cellule as Case
from perenne.reports.note.elements import Colonne, Point, Tableau
from perenne.reports.rapport.elements import Rapport, Section
from perenne.reports.typographie import composer, nombre

NOMS = {
    "hasard": "Hasard (exact)",
    "popularite": "Popularité dans les autres cas",
    "thematique": "Popularité du même thème, ramenée (m = 4)",
    "regles:aucun": "Règles, rien de masqué (pour mémoire : elles voient ce que les leviers ont produit)",
    "regles:deduit": "Règles, leviers et ce qui s'en déduit masqués (le protocole)",
    "regles:strict": "Règles, rien de ce qui se lit dans la partie sur les leviers",
    "regles:identite": "Règles, forme, agrément, stade seulement",
}
THEMES = {
    "attractivite": "attractivité",
    "consommation-production-responsables": "consommation et production responsables",
    "inclusion": "inclusion",
    "lien-social": "lien social",
}
AXES: dict[Axe, str] = {
    "tous": "ensemble",
    "theme": "thème",
    "activite": "activité",
    "zonage": "zonage",
    "activite-zonage": "activité et zonage",
}
LIMITES_EPREUVE = (
    "Une action absente d'un cas est une action « non mentionnée », pas « non utilisée » : les mesures sont "
    "pessimistes pour toutes les méthodes.",
    "Les cas ont été choisis parmi des structures qui durent : on mesure ce qui s'est fait, pas "
    "ce qui marche.",
    "Les signaux ont été écrits en connaissant ces seize cas : même masquée, l'épreuve n'est pas "
    "celle d'un cas "
    "jamais lu. Aucun poids n'a été ajusté sur les cas.",
    "L'épreuve ignore l'acteur et le droit, que la recommandation, elle, regarde d'abord.",
)
LIMITES_CROISEMENT = (
    "« 1 sur 1 » ne dit presque rien : l'intervalle le montre, et la case est grisée quand il "
    "dépasse 50 points.",
    "Un levier absent n'a pas été mentionné ; cela ne veut pas dire qu'il n'a pas servi.",
    "Ni test, ni valeur p : ces cas n'ont pas été tirés au hasard.",
)


def composer_epreuve(epreuve: Epreuve, base: BaseSavoir, jour: dt.date) -> Rapport:
    """What the rules are worth beside the baselines."""
    return Rapport(
        titre="Ce que valent les règles, à côté de la simple popularité",
        chapeau=composer(
            "Chaque entreprise est conseillée comme si elle n'avait jamais été étudiée : "
            f"{len(epreuve.cas)} cas, "
            f"{epreuve.liens} liens, {epreuve.actions} actions. Intervalles à 95 %, "
            "rééchantillonnage apparié "
            "des entreprises."
        ),
        avertissement="",
        jour=jour,
        essentiel=tuple(_verdict(epreuve)),
        sections=(
            Section(ident="mesures", titre="Mesures", tableaux=(_mesures(epreuve), _ecarts(epreuve))),
            Section(ident="cas", titre="Cas par cas", tableaux=(_par_cas(epreuve, base),)),
        ),
        limites=tuple(map(composer, LIMITES_EPREUVE)),
    )


def _verdict(epreuve: Epreuve) -> list[Point]:
    regles, pop = epreuve.methode(f"regles:{PRINCIPAL}"), epreuve.methode("popularite")
    ecart = regles.ecarts["ndcg@5"]
    if epreuve.but_atteint:
        titre = "Les règles font mieux que la popularité"
    elif ecart.haut < 0:
        titre = "La popularité fait mieux que les règles"
    else:
        titre = "Les règles ne se distinguent pas de la popularité"
    texte = (
        f"nDCG@5 {_chiffre(regles.mesures['ndcg@5'].moyenne)} contre "
        f"{_chiffre(pop.mesures['ndcg@5'].moyenne)} : "
        f"écart {_intervalle(ecart, signe=True)}."
    )
    sens = (
        "Elles proposent bien plus d'actions différentes : "
        f"{_part(regles.couverture)} des dix-neuf contre {_part(pop.couverture)}."
    )
    visibles = epreuve.visibles[PRINCIPAL]
    return [
        Point(titre=titre, texte=composer(f"{texte} {sens}")),
        Point(
            titre="Pourquoi",
            texte=composer(
                "Une fois masqué ce que les leviers ont produit, il reste en moyenne "
                f"{_chiffre(visibles, 1)} faits "
                "par entreprise, quand un entretien en donne une quarantaine."
            ),
        ),
    ]


def _chiffre(valeur: float, decimales: int = 2) -> str:
    return nombre(valeur, decimales)


def _part(valeur: float | None) -> str:
    return "—" if valeur is None else f"{nombre(100 * valeur)} %"


def _intervalle(i: Intervalle, *, signe: bool = False) -> str:
    if i.bas == i.haut:
        return nombre(i.moyenne, 2, signe=signe)
    return f"{nombre(i.moyenne, 2, signe=signe)} [{nombre(i.bas, 2)} ; {nombre(i.haut, 2)}]"


def _mesures(epreuve: Epreuve) -> Tableau:
    return _tableau(epreuve, "mesures", "Moyenne sur les cas, et intervalle à 95 %", ecarts=False)


def _ecarts(epreuve: Epreuve) -> Tableau:
    return _tableau(epreuve, "ecarts", "Écart à la popularité, apparié par entreprise", ecarts=True)


def _tableau(epreuve: Epreuve, ident: str, legende: str, *, ecarts: bool) -> Tableau:
    lignes = []
    for methode in epreuve.methodes:
        if ecarts and methode.nom == "popularite":
            continue
        valeurs = methode.ecarts if ecarts else methode.mesures
        cases = [
            Case(
                texte=composer(_intervalle(valeurs[m], signe=ecarts)), brut=valeurs[m].moyenne, genre="nombre"
            )
            for m in MESURES
        ]
        fin = () if ecarts else (_couverture(methode),)
        lignes.append((Case(texte=composer(NOMS[methode.nom])), *cases, *fin))
    colonnes = [Colonne(titre="Méthode", part=3.0), *(Colonne(titre=m, nombre=True) for m in MESURES)]
    if not ecarts:
        colonnes.append(Colonne(titre="Actions vues", nombre=True))
    return Tableau(ident=ident, legende=legende, colonnes=tuple(colonnes), lignes=tuple(lignes))


def _couverture(methode: Methode) -> Case:
    return Case(texte=composer(_part(methode.couverture)), brut=methode.couverture, genre="nombre")


def _par_cas(epreuve: Epreuve, base: BaseSavoir) -> Tableau:
    regles, pop = epreuve.methode(f"regles:{PRINCIPAL}"), epreuve.methode("popularite")
    lignes = []
    for cas in epreuve.cas:
        vraies = {f.action for f in base.cas[cas].faits if f.explicitation in ("explicite", "implicite")}
        cases = [
            Case(texte=composer(", ".join(_code(a, a in vraies, base) for a in m.ordres[cas][:5])))
            for m in (regles, pop)
        ]
        lignes.append((Case(texte=composer(base.cas[cas].nom)), *cases))
    return Tableau(
        ident="par-cas",
        legende="Les cinq premières de chacun ; une étoile marque celles que l’étude a vues",
        colonnes=(
            Colonne(titre="Cas", part=2.0),
            Colonne(titre="Règles", part=3.0),
            Colonne(titre="Popularité", part=3.0),
        ),
        lignes=tuple(lignes),
    )


def _code(action: str, vraie: bool, base: BaseSavoir) -> str:
    return f"{base.actions[action].code}{'*' if vraie else ''}"


def composer_croisement(
    cellules: Sequence[Cellule], par: Axe, grain: Grain, base: BaseSavoir, jour: dt.date
) -> Rapport:
    """Levers or actions × groups, raw counts beside the interval."""
    fiches = base.leviers if grain == "levier" else base.actions
    lignes = [
        (
            Case(texte=composer(intitule(fiches[c.ligne]))),
            Case(texte=composer(nommer_groupe(c.axe, c.groupe, base))),
            Case(texte=f"{c.k} sur {c.n}", brut=c.k, genre="nombre"),
            Case(texte=composer(f"{nombre(100 * c.moyenne)} %"), brut=c.moyenne, genre="nombre"),
            Case(texte=composer(f"{nombre(100 * c.bas)} à {nombre(100 * c.haut)} %")),
            Case(
                texte="trop large pour être lu" if c.grisee else "", genre="absent" if c.grisee else "texte"
            ),
        )
        for c in cellules
    ]
    grisees = sum(c.grisee for c in cellules)
    return Rapport(
        titre="Les leviers dans les cas de la base",
        chapeau=composer(
            f"{len(cellules)} cases, dont {grisees} trop incertaines pour être lues. Les parts "
            "sont ramenées vers le "
            "groupe plus large (bêta-binomiale, m = 4) ; le compte brut est toujours à côté."
        ),
        avertissement="",
        jour=jour,
        essentiel=(),
        sections=(
            Section(
                ident="croisement",
                titre="Comptes et intervalles",
                tableaux=(
                    Tableau(
                        ident="croisement",
                        legende=f"Part des cas où l’étude a vu le levier, par {AXES[par]}",
                        colonnes=(
                            Colonne(titre="Levier" if grain == "levier" else "Action", part=3.0),
                            Colonne(titre="Groupe", part=2.0),
                            Colonne(titre="Compte", nombre=True),
                            Colonne(titre="Part", nombre=True),
                            Colonne(titre="95 %", part=1.4),
                            Colonne(titre="Lecture", part=1.6),
                        ),
                        lignes=tuple(lignes),
                    ),
                ),
            ),
        ),
        limites=tuple(map(composer, LIMITES_CROISEMENT)),
    )


def nommer_groupe(axe: Axe, groupe: str, base: BaseSavoir) -> str:
    """A group of cases as a reader calls it."""
    if axe == "tous":
        return "tous les cas"
    if axe == "activite" and groupe in base.activites:
        return base.activites[groupe].titre
    if axe == "theme":
        return THEMES.get(groupe, groupe)
    if axe == "activite-zonage":
        activite, _, zonage = groupe.partition("|")
        return f"{nommer_groupe('activite', activite, base)}, {nommer_groupe('zonage', zonage, base)}"
    if axe == "zonage" and groupe in base.zonages:
        fiche = base.zonages[groupe]
        return str(getattr(fiche, "sigle", "") or intitule(fiche))
    return groupe.replace("-", " ")
