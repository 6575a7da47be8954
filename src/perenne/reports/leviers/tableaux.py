"""The tables of an advice: the nineteen actions, every point, every fact."""

from __future__ import annotations

from perenne.domain.leviers.recommandation import ActionRecommandee, Recommandation
from perenne.domain.savoir.base import BaseSavoir
from perenne.reports.leviers.phrases import ECHELLES, STATUTS, dire_raison, dire_terme, dire_valeur, points
from perenne.reports.note.elements import Cellule, Colonne, Tableau
from perenne.reports.typographie import composer, majuscule

_PLACES = {"exclue": "exclue", "sans_role": "sans rôle"}


def tableau_actions(reco: Recommandation, base: BaseSavoir) -> Tableau:
    """The nineteen actions, in order, with the reason that weighs most."""
    lignes = []
    for a in reco.actions:
        rang = str(a.rang) if a.rang else _PLACES[a.place]
        statut = STATUTS[a.droit.statut] if a.droit.statut else "—"
        raison = dire_terme(a.parce_que[0], base) if a.parce_que else "rien de connu ne l’appelle"
        premiere = a.rang == 1
        lignes.append(
            (
                Cellule(texte=composer(a.action.titre)),
                Cellule(texte=rang, brut=a.rang, genre="nombre"),
                Cellule(texte=points(a.points), brut=a.points, genre="nombre"),
                Cellule(texte=ECHELLES[a.action.echelle]),
                Cellule(texte=statut, genre="alerte" if a.place == "exclue" else "texte"),
                Cellule(texte=raison, court=raison if premiere else ""),
            )
        )
    return Tableau(
        ident="dix-neuf-actions",
        legende="Les dix-neuf actions, dans l’ordre des points",
        colonnes=(
            Colonne(titre="Action", part=3.0),
            Colonne(titre="Rang", nombre=True, part=0.8),
            Colonne(titre="Points", nombre=True, part=0.8),
            Colonne(titre="Échelle", part=1.3),
            Colonne(titre="Droit", part=1.4),
            Colonne(titre="D’abord parce que", part=4.0),
        ),
        lignes=tuple(lignes),
        note=composer(
            "À points égaux, l'action la plus souvent vue dans les autres cas passe devant, puis l'ordre de "
            "l'étude. Les cinq premières ne font pas oublier une échelle : la meilleure action "
            "de chaque échelle "
            "absente est montrée à côté, sans en retirer aucune."
        ),
    )


def tableau_points(reco: Recommandation, base: BaseSavoir) -> Tableau:
    """Every term of every sum."""
    lignes: list[tuple[Cellule, ...]] = []
    for a in reco.actions:
        for rang, terme in enumerate(a.parce_que):
            lignes.append(
                (
                    Cellule(texte=composer(a.action.titre) if not rang else ""),
                    Cellule(texte=composer(dire_raison(terme, base))),
                    Cellule(texte=points(terme.points), brut=terme.points, genre="nombre"),
                )
            )
        if a.parce_que:
            lignes.append(_total(a))
    return Tableau(
        ident="points",
        legende="D’où viennent les points : la somme des parties fait le rang",
        colonnes=(
            Colonne(titre="Action", part=2.0),
            Colonne(titre="Parce que", part=5.0),
            Colonne(titre="Points", nombre=True, part=0.8),
        ),
        lignes=tuple(lignes),
    )


def _total(a: ActionRecommandee) -> tuple[Cellule, ...]:
    total = Cellule(texte=points(a.points), brut=a.points, genre="nombre")
    return (Cellule(texte=""), Cellule(texte="Somme"), total)


def tableau_faits(reco: Recommandation, base: BaseSavoir, deduits: tuple[str, ...]) -> Tableau:
    """What the advice rests on."""
    demande = reco.demande
    origines = (
        ("acteur", demande.acteur.faits),
        ("entreprise", demande.entreprise.faits),
        ("territoire", demande.lieu.faits),
    )
    lignes = []
    for origine, faits in origines:
        for nom, valeur in faits.items():
            fait = base.faits.get(nom)
            dit = f"{origine}, déduit" if nom in deduits else origine
            lignes.append(
                (
                    Cellule(texte=composer(majuscule(fait.libelle if fait else nom))),
                    Cellule(texte=composer(dire_valeur(nom, valeur, base))),
                    Cellule(texte=dit),
                )
            )
    return Tableau(
        ident="faits",
        legende="Les faits connus, et d’où ils viennent",
        colonnes=(
            Colonne(titre="Fait", part=3.0),
            Colonne(titre="Valeur", part=2.0),
            Colonne(titre="Origine"),
        ),
        lignes=tuple(lignes),
    )
