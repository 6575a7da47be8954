"""The operators behind a figure, read from the table that the figure was counted on."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from perenne.atlas.lecteur import Atlas, lots, texte
from perenne.atlas.offre import situer
from perenne.domain.territoire.identite import Territoire
from perenne.domain.territoire.offre import COUCHES, RANG_COUCHE, Couche
from perenne.domain.territoire.operateurs import COMPTES, ActiviteVue, Liste, Operateur, Origine, Part, Trace

_CONFIANCES = ("haute", "moyenne", "faible")


@dataclass
class _Vu:
    """What the rows of `offre_operateur` say of one operator in the territory."""

    sure: int = 0
    possible: int = 0
    incertaine: int = 0
    ecarte: str = ""
    nom: str = ""
    communes: dict[str, str] = field(default_factory=dict)
    activites: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Confidence, and name of the operator in `entreprise_activite`."""
    listes: set[tuple[str, str]] = field(default_factory=set)

    def part(self, rang: int) -> Part | None:
        """Where it is counted for a layer."""
        if self.sure >= rang:
            return "comptes"
        if self.possible >= rang:
            return "faibles"
        if self.incertaine >= rang:
            return "incertains"
        return "ecartes" if self.ecarte else None

    def rang(self, rang: int) -> int:
        """The narrowest layer it is in, in its part."""
        match self.part(rang):
            case "comptes":
                return self.sure
            case "faibles":
                return self.possible
            case "incertains":
                return self.incertaine
            case _:
                return 0


def lister_operateurs(
    atlas: Atlas,
    territoire: Territoire,
    activites: Collection[str],
    couche: Couche,
    parts: Collection[Part] = COMPTES,
    *,
    debut: int = 0,
    nombre: int | None = None,
) -> Liste:
    """Who is counted in a figure: as many as it says, the narrowest layer first, then by name.

    Args:
        activites: those of the need, or the activity alone.
        parts: the figure itself, or what is said beside it.
        debut, nombre: the page wanted; the whole list by default.
    """
    rang = RANG_COUCHE[couche]
    gardes = {o: vu for o, vu in _voir(atlas, territoire, activites).items() if vu.part(rang) in parts}
    fiches = _fiches(atlas, gardes)
    noms = {o: _nommer(vu, fiches.get(o, {})) for o, vu in gardes.items()}
    ordre = sorted(gardes, key=lambda o: (-gardes[o].rang(rang), noms[o] == "", noms[o], o))
    page = ordre[debut : None if nombre is None else debut + nombre]
    origines = _origines(atlas, [o for o in page if o in fiches])
    traces = _traces(atlas, {f for o in page for _, f in gardes[o].activites.values()}, activites)
    lus = (
        _composer(o, gardes[o], rang, fiche=fiches.get(o, {}), origines=origines.get(o, ()), traces=traces)
        for o in page
    )
    return Liste(total=len(ordre), debut=debut, operateurs=tuple(lus))


def _nommer(vu: _Vu, fiche: Mapping[str, str]) -> str:
    return (fiche.get("nom") or fiche.get("sigle", "")) if fiche else vu.nom


def _voir(atlas: Atlas, territoire: Territoire, activites: Collection[str]) -> dict[str, _Vu]:
    vus: dict[str, _Vu] = defaultdict(_Vu)
    condition, parametres = situer(territoire)
    for ligne in _lignes(atlas, condition, parametres, activites):
        _noter(vus[str(ligne[0])], ligne, certain=True)
    if territoire.type == "qpv":
        condition = (
            "o.qpv_statut = 'inconnu' AND o.commune IN "
            "(SELECT commune FROM composition WHERE type = 'qpv' AND code = ?)"
        )
        for ligne in _lignes(atlas, condition, [territoire.code], activites):
            _noter(vus[str(ligne[0])], ligne, certain=False)
    return vus


def _lignes(
    atlas: Atlas, condition: str, parametres: list[object], activites: Collection[str]
) -> list[tuple[Any, ...]]:
    return atlas.lire(
        "SELECT o.operateur, o.activite, o.confiance, o.couche, o.ecarte, o.commune, t.nom, o.fiche, o.nom, "
        "o.source, o.date FROM offre_operateur o "
        "LEFT JOIN territoire t ON t.type = 'commune' AND t.code = o.commune "
        f"WHERE {condition} AND o.activite IN (SELECT value FROM json_each(?))",
        (*parametres, json.dumps(sorted(activites))),
    )


def _noter(vu: _Vu, ligne: tuple[Any, ...], *, certain: bool) -> None:
    _, activite, confiance, couche, ecarte, commune, nom_commune, fiche, nom, source, date = ligne
    sure = confiance != "faible"
    if certain:
        vu.possible = max(vu.possible, couche)
        vu.sure = max(vu.sure, couche if sure else 0)
        vu.ecarte = vu.ecarte or (texte(ecarte) if sure else "")
    elif sure:
        vu.incertaine = max(vu.incertaine, couche)
    vu.nom = min(filter(None, (vu.nom, texte(nom))), default="")
    if commune:
        vu.communes[str(commune)] = texte(nom_commune)
    deja = vu.activites.get(activite)
    if deja is None or _CONFIANCES.index(confiance) < _CONFIANCES.index(deja[0]):
        vu.activites[activite] = (str(confiance), str(fiche))
    if source:
        vu.listes.add((str(source), texte(date)))


def _fiches(atlas: Atlas, operateurs: Iterable[str]) -> dict[str, dict[str, str]]:
    """What the atlas holds of those that are enterprises of it."""
    champs = ("nom", "sigle", "verdict", "etat", "effectif")
    trouvees = {}
    for lot in lots(sorted(operateurs)):
        for id_, diffusible, *valeurs in atlas.lire(
            f"SELECT id, diffusible, {', '.join(champs)} FROM entreprise WHERE id IN ({_marques(lot)})", lot
        ):
            fiche = {c: texte(v) for c, v in zip(champs, valeurs, strict=True)}
            trouvees[str(id_)] = fiche if diffusible else {**fiche, "nom": "", "sigle": ""}
    return trouvees


def _origines(atlas: Atlas, ids: Iterable[str]) -> dict[str, tuple[Origine, ...]]:
    """Why each enterprise is of the ESS: the reasons for it, with their file and their date."""
    trouvees: dict[str, list[Origine]] = defaultdict(list)
    for lot in lots(sorted(ids)):
        for id_, raison, source, date in atlas.lire(
            "SELECT DISTINCT id, raison, source, date FROM entreprise_raison "
            f"WHERE sens = 'pour' AND id IN ({_marques(lot)}) ORDER BY id, raison, source",
            lot,
        ):
            trouvees[str(id_)].append(Origine(source=texte(source), date=texte(date), raison=str(raison)))
    return {i: tuple(o) for i, o in trouvees.items()}


def _traces(
    atlas: Atlas, fiches: Collection[str], activites: Collection[str]
) -> dict[tuple[str, str], tuple[tuple[str, ...], tuple[Trace, ...]]]:
    """By operator and activity: where the activity comes from, and its clues."""
    trouvees = {}
    for lot in lots(sorted(fiches)):
        for fiche, activite, origine, indices in atlas.lire(
            "SELECT operateur, activite, origine, indices FROM entreprise_activite "
            f"WHERE operateur IN ({_marques(lot)}) AND activite IN (SELECT value FROM json_each(?))",
            (*lot, json.dumps(sorted(activites))),
        ):
            trouvees[str(fiche), str(activite)] = (
                tuple(texte(origine).split()),
                tuple(_trace(i) for i in json.loads(texte(indices) or "[]")),
            )
    return trouvees


def _trace(indice: Mapping[str, Any]) -> Trace:
    return Trace(**{c: texte(indice.get(c)) for c in ("champ", "mots", "registre", "source", "date")})


def _composer(
    operateur: str,
    vu: _Vu,
    rang: int,
    *,
    fiche: Mapping[str, str],
    origines: tuple[Origine, ...],
    traces: Mapping[tuple[str, str], tuple[tuple[str, ...], tuple[Trace, ...]]],
) -> Operateur:
    propre = vu.rang(rang)
    activites = [
        ActiviteVue(activite=a, confiance=c, origines=origine, traces=indices)
        for a, (c, f) in vu.activites.items()
        for origine, indices in [traces.get((f, a), ((), ()))]
    ]
    return Operateur(
        operateur=operateur,
        id=operateur if fiche else "",
        nom=_nommer(vu, fiche),
        couche=COUCHES[propre - 1] if propre else None,
        ecarte=vu.ecarte if vu.part(rang) == "ecartes" else "",
        part=vu.part(rang) or "ecartes",
        verdict=fiche.get("verdict", ""),
        etat=fiche.get("etat", ""),
        effectif=fiche.get("effectif", ""),
        communes=tuple(sorted(vu.communes.items())),
        activites=tuple(sorted(activites, key=lambda a: (_CONFIANCES.index(a.confiance), a.activite))),
        origines=(*origines, *(Origine(source=s, date=d, raison="liste") for s, d in sorted(vu.listes))),
    )


def _marques(valeurs: Collection[object]) -> str:
    return ", ".join("?" * len(valeurs))
