"""The tables of the supply: short on paper, whole on a page, raw in a workbook."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from perenne.domain.territoire.offre import Chiffre, LigneOffre, Offre
from perenne.domain.territoire.operateurs import Liste
from perenne.reports.note.cellules import MARQUE, mot
from perenne.reports.note.elements import Cellule, Colonne, Tableau
from perenne.reports.offre.liste import COLONNES as COLONNES_LISTE
from perenne.reports.offre.liste import ligne as ligne_de_liste
from perenne.reports.offre.phrases import (
    COUCHES,
    JUGEMENTS,
    LEGENDE,
    SITUATIONS,
    dire_ecartes,
    dire_groupe,
    dire_jugement,
    dire_lectures,
    dire_nombre,
    dire_reponse,
    dire_taux,
    dire_valeur,
)
from perenne.reports.typographie import composer, lister, majuscule, nombre


def tableau_resume(offre: Offre | None, deja: Collection[str]) -> Tableau:
    """Needs, for a paper page: who answers, and what can be said of it.

    Args:
        deja: needs whose answer another table of the page already gives.
    """
    lignes = [x for x in _observes(offre.besoins if offre else ()) if x.sujet not in deja]
    return Tableau(
        ident="offre",
        legende=("Qui répond aux autres besoins" if deja else "Qui répond aux besoins")
        + ", ceux que personne ne sert d’abord",
        colonnes=(
            Colonne(titre="Besoin", part=2.6),
            Colonne(titre="Réponse repérée", part=3.2),
            Colonne(titre="ESS, au regard de ses semblables", part=2.2),
        ),
        lignes=tuple((_nom(x), _reponse(x), mot(_place(x))) for x in lignes),
        note=dire_lectures(offre) if offre and lignes else "",
    )


def _observes(lignes: Sequence[LigneOffre]) -> tuple[LigneOffre, ...]:
    """Nothing at all observed makes no table: the sentence says it once."""
    return tuple(lignes) if any(x.situation != "non-observe" for x in lignes) else ()


def _nom(ligne: LigneOffre) -> Cellule:
    return mot(composer(ligne.libelle) + ("" if ligne.etude else " (notre proposition)"))


def _reponse(ligne: LigneOffre) -> Cellule:
    texte = dire_reponse(ligne)
    if ligne.situation == "sans-reponse":
        return Cellule(texte=f"{MARQUE} {texte}", genre="alerte")
    return Cellule(texte=texte, genre="absent" if ligne.situation == "non-observe" else "texte")


def _place(ligne: LigneOffre) -> str:
    """The layer of the ESS: it is the one that is always fed by the same registers."""
    chiffre = ligne.chiffre("ess")
    dits = dire_jugement(chiffre)
    if chiffre.jugement in ("plus", "moins") and chiffre.taux and chiffre.repere:
        ici, autres = dire_valeur(chiffre.taux.valeur), dire_valeur(chiffre.repere.taux.valeur)
        return composer(f"{majuscule(dits)} : {ici} contre {autres} pour 10 000 habitants")
    return majuscule(dits)


COLONNES = (
    Colonne(titre="Tous", nombre=True),
    Colonne(titre="ESS", nombre=True),
    Colonne(titre="Employeurs ESS", nombre=True),
    Colonne(titre="À vérifier", nombre=True, part=0.7),
    Colonne(titre="ESS pour 10\u202f000 hab.", nombre=True, part=1.4),
    Colonne(titre="Le groupe", part=1.6),
    Colonne(titre="Au regard du groupe", part=1.5),
)


def tableau_besoins_servis(offre: Offre | None) -> Tableau:
    """Every need, in its three layers."""
    return _tableau(offre, "besoin", "offre-besoins", "Offre par besoin, ceux que personne ne sert d’abord")


def tableau_activites(offre: Offre | None) -> Tableau:
    """Every activity, in its three layers."""
    return _tableau(
        offre, "activite", "offre-activites", "Offre par activité, celles que personne n’exerce d’abord"
    )


def _tableau(offre: Offre | None, genre: str, ident: str, legende: str) -> Tableau:
    lignes = _observes((offre.besoins if genre == "besoin" else offre.activites) if offre else ())
    titre = "Besoin" if genre == "besoin" else "Activité"
    return Tableau(
        ident=ident,
        legende=legende,
        colonnes=(Colonne(titre=titre, part=2.6), *COLONNES),
        lignes=tuple((_nom(x), *_chiffres(x)) for x in lignes),
        note=_note(offre, genre) if offre and lignes else "",
    )


def _note(offre: Offre, genre: str) -> str:
    """How to read the columns is said once, under the needs."""
    return composer(f"{LEGENDE} {dire_lectures(offre)}") if genre == "besoin" else ""


def _chiffres(ligne: LigneOffre) -> Iterable[Cellule]:
    yield from (_nombre(c) for c in ligne.chiffres)
    faibles = max(c.faibles for c in ligne.chiffres)
    yield Cellule(texte=nombre(faibles), brut=faibles, format="0", genre="nombre")
    ess = ligne.chiffre("ess")
    yield _taux(ess)
    yield mot(dire_groupe(ess))
    yield mot(dire_jugement(ess) or "—")


def _nombre(chiffre: Chiffre) -> Cellule:
    texte = dire_nombre(chiffre)
    if chiffre.incertains:
        texte += f", {nombre(chiffre.incertains)} non situés"
    if chiffre.nombre is None:
        return Cellule(texte=texte, genre="absent")
    return Cellule(texte=texte, brut=chiffre.nombre, format="0", genre="nombre")


def _taux(chiffre: Chiffre) -> Cellule:
    if chiffre.taux is None:
        return Cellule(texte="—", genre="absent")
    return Cellule(
        texte=dire_taux(chiffre.taux), brut=round(chiffre.taux.valeur, 4), format="0.0", genre="nombre"
    )


DONNEES = (
    "Sujet", "Genre", "Identifiant", "Couche", "Situation", "Lecture", "Opérateurs", "À vérifier",
    "Non situés", "Taux", "Taux bas", "Taux haut", "Comparés", "Taux des autres", "Médiane", "Quartile bas",
    "Quartile haut", "Jugement", "Écartés", "Listes qui couvrent", "Listes lues",
)  # fmt: skip
_TEXTES = ("Sujet", "Genre", "Identifiant", "Couche", "Situation", "Lecture", "Jugement", "Écartés",
           "Listes qui couvrent", "Listes lues")  # fmt: skip


def tableau_donnees_offre(offre: Offre | None) -> Tableau:
    """Every figure of every layer, full values, to compute with."""
    lignes = offre.besoins + offre.activites if offre and offre.observee else ()
    return Tableau(
        ident="offre-donnees",
        legende="Offre : tous les chiffres, pour 10\u202f000 habitants",
        colonnes=tuple(Colonne(titre=t, nombre=t not in _TEXTES) for t in DONNEES),
        lignes=tuple(_brute(x, c) for x in lignes for c in x.chiffres),
    )


def _brute(ligne: LigneOffre, c: Chiffre) -> tuple[Cellule, ...]:
    taux, r = c.taux, c.repere
    return (
        mot(composer(ligne.libelle)),
        mot("besoin" if ligne.genre == "besoin" else "activité"),
        mot(ligne.sujet),
        mot(COUCHES[c.couche]),
        mot(SITUATIONS[ligne.situation]),
        mot({"entier": "entière", "partiel": "partielle", "non-observe": "non observé"}[c.statut]),
        *(_brut(x, "0") for x in (c.nombre, c.faibles, c.incertains)),
        *(_brut(x) for x in ((taux.valeur, taux.bas, taux.haut) if taux else (None, None, None))),
        _brut(r.compares if r else None, "0"),
        *(
            _brut(x)
            for x in ((r.taux.valeur, r.mediane, r.quartile_bas, r.quartile_haut) if r else (None,) * 4)
        ),
        mot(JUGEMENTS[c.jugement]),
        mot(dire_ecartes(ligne)),
        mot(lister(ligne.listes)),
        mot(lister(ligne.lues)),
    )


def _brut(valeur: float | int | None, format_: str = "0.00") -> Cellule:
    if valeur is None:
        return Cellule(texte="", genre="absent")
    return Cellule(texte=f"{valeur:.2f}", brut=valeur, format=format_, genre="nombre")


def tableau_operateurs(
    liste: Liste | None, titres: Mapping[str, str], sources: Mapping[str, str], legende: str
) -> Tableau:
    """The operators, one a row.

    Args:
        titres: names of the activities, by identifier.
        sources: names of the data sets, by identifier.
    """
    gardes = liste.operateurs if liste else ()
    reste = liste.total - len(gardes) if liste else 0
    return Tableau(
        ident="operateurs",
        legende=legende,
        colonnes=tuple(Colonne(titre=t) for t in COLONNES_LISTE),
        lignes=tuple(tuple(mot(x) for x in ligne_de_liste(o, titres, sources)) for o in gardes),
        note=composer(
            f"{nombre(reste)} autres : listez-les besoin par besoin (perenne territoire … --offre)."
        )
        if reste > 0
        else "",
    )
