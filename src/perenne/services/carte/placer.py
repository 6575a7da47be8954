"""Each enterprise of a territory in its place: drawn where it is known, else told why it is not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from perenne.atlas.annuaire.points import Point, Rattachement, lire_points_ici
from perenne.atlas.lecteur import Atlas
from perenne.domain.annuaire.resultat import EntrepriseTrouvee
from perenne.domain.savoir.activites import Activite
from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.territoire.identite import Territoire
from perenne.reports.annuaire.phrases import Libelles, dire_activites, dire_lieu, nommer
from perenne.reports.svg.signes import Signe
from perenne.reports.typographie import composer
from perenne.services.carte.resultat import Placee, SigneLu

PLUSIEURS, AUCUNE = "plusieurs", "aucune"
SIGNES_THEMES: dict[str, Signe] = {
    "inclusion": "rond",
    "consommation-production-responsables": "carre",
    "attractivite": "triangle",
    "lien-social": "losange",
    PLUSIEURS: "croix",
    AUCUNE: "anneau",
}
"""The shape of each theme of the study."""

_TITRES = {PLUSIEURS: "Plusieurs thématiques", AUCUNE: "Aucune activité reconnue"}
_SITUATIONS = {
    "adresse": "à l’adresse",
    "voie": "dans la rue",
    "registre": "point donné par une liste",
    "commune": "connue au centre de sa commune seulement",
    "inconnu": "aucun fichier ne donne son point",
}
_NON_DIFFUSIBLE = "adresse non publiée, à sa demande"


def placer(
    atlas: Atlas,
    base: BaseSavoir,
    entreprises: Sequence[EntrepriseTrouvee],
    territoire: Territoire,
    libelles: Libelles,
    *,
    choisies: frozenset[str] = frozenset(),
) -> tuple[Placee, ...]:
    """The enterprises in the order given.

    Args:
        choisies: activities asked; the shape tells their theme rather than those of the other ones.
    """
    ici = _points_ici(atlas, entreprises, territoire)
    titres = nommer_themes(base)
    placees = []
    for e in entreprises:
        point = ici.get(e.siren) or Point(precision=e.precision or "inconnu", lon=e.lon, lat=e.lat)
        dessinee = e.diffusible and point.precis
        situation = _SITUATIONS[point.precision] if e.diffusible else _NON_DIFFUSIBLE
        if e.siren in ici and dessinee:
            situation = f"établissement sur place, {situation}"
        theme = _theme(e, base, choisies)
        placees.append(
            Placee(
                id=e.id,
                nom=composer(nommer(e)),
                activites=tuple(composer(a) for a in dire_activites(e, libelles)),
                lieu=composer(dire_lieu(e)),
                signe=SIGNES_THEMES[theme] if dessinee else "",
                theme=titres[theme],
                situation=situation,
                lon=point.lon if dessinee else None,
                lat=point.lat if dessinee else None,
            )
        )
    return tuple(placees)


def _points_ici(
    atlas: Atlas, entreprises: Sequence[EntrepriseTrouvee], territoire: Territoire
) -> dict[str, Point]:
    """The point of the establishment that is in the territory, of those whose head office is elsewhere."""
    colonne: Rattachement = "commune"
    valeurs = frozenset(territoire.communes)
    ailleurs = [e.siren for e in entreprises if e.siren and e.commune not in valeurs]
    if territoire.type == "qpv":
        colonne, valeurs = "qpv", frozenset((territoire.code,))
        ailleurs = [e.siren for e in entreprises if e.siren and e.qpv != territoire.code]
    elif territoire.type == "arrondissement-municipal":
        colonne, valeurs = "code_commune", frozenset((territoire.code,))
        ailleurs = [e.siren for e in entreprises if e.siren]
    return lire_points_ici(atlas, ailleurs, colonne, valeurs) if ailleurs else {}


def _theme(e: EntrepriseTrouvee, base: BaseSavoir, choisies: frozenset[str]) -> str:
    """The theme of its activities that are sure enough to be counted."""
    activites = base.de(Activite)
    sures = {a for a, confiance in e.activites if confiance != "faible" and a in activites}
    themes = {activites[a].thematique for a in (sures & choisies or sures)}
    if not themes:
        return AUCUNE
    return next(iter(themes)) if len(themes) == 1 else PLUSIEURS


def nommer_themes(base: BaseSavoir) -> dict[str, str]:
    """What each shape says, in words, in the order of the legend."""
    thematiques = base.nomenclatures["thematiques"].libelles
    return {t: _TITRES.get(t) or composer(thematiques[t]) for t in SIGNES_THEMES}


def compter_signes(placees: Sequence[Placee], base: BaseSavoir) -> tuple[SigneLu, ...]:
    """The shapes that are drawn, with their words and their number."""
    comptes = Counter(p.signe for p in placees if p.signe)
    titres = nommer_themes(base)
    return tuple(
        SigneLu(signe=signe, titre=titres[theme], nombre=comptes[signe])
        for theme, signe in SIGNES_THEMES.items()
        if comptes[signe]
    )


def compter_situations(placees: Sequence[Placee]) -> tuple[int, int, int]:
    """How many are drawn, known by their commune only, placed by nothing."""
    au_centre = sum(p.situation == _SITUATIONS["commune"] for p in placees)
    dessinees = sum(bool(p.signe) for p in placees)
    return dessinees, au_centre, len(placees) - dessinees - au_centre
