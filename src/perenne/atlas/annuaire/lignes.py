"""Reads the enterprises of a page, in the order given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from perenne.atlas.lecteur import Atlas, lots, reel, texte
from perenne.domain.annuaire.demande import Demande, Qualite
from perenne.domain.annuaire.mots import decouper, racine
from perenne.domain.annuaire.resultat import AutreNom, EntrepriseTrouvee, Etiquette

_TEXTES = (
    "id", "siren", "rna", "nom", "sigle", "forme", "verdict", "etat", "fermee_le", "naf", "effectif",
    "annee_effectif", "employeur", "commune", "departement", "precision", "qpv_statut", "qpv",
)  # fmt: skip
_CONFIANCES = ("haute", "moyenne", "faible")


def lire_entreprises(
    atlas: Atlas,
    trouvees: Sequence[tuple[str, Qualite]],
    *,
    demande: Demande,
    communes: Collection[str] = (),
) -> tuple[EntrepriseTrouvee, ...]:
    """The enterprises of these identifiers, in that order.

    Args:
        trouvees: identifiers, with how the name of each answers.
        demande: the words, to tell under which other name it was found.
        communes: those of the territory asked, to tell which establishment is there; none for no territory.
    """
    ids = [i for i, _ in trouvees]
    lues = {str(ligne[0]): ligne for ligne in _lignes(atlas, ids)}
    agrements, activites = _agrements(atlas, ids), _activites(atlas, ids)
    noms = _autres_noms(atlas, ids) if demande.mots else {}
    ailleurs = [
        str(lues[i][1]) for i in ids if communes and texte(lues[i][13]) not in communes and lues[i][1]
    ]
    ici = _etablissements(atlas, ailleurs, communes) if ailleurs else {}
    resultat = []
    for id_, qualite in trouvees:
        ligne = lues[id_]
        textes: dict[str, Any] = {c: texte(v) for c, v in zip(_TEXTES, ligne, strict=False)}
        lon, lat, diffusible, commune_nom = ligne[len(_TEXTES) :]
        resultat.append(
            EntrepriseTrouvee(
                **textes,
                qualite=qualite,
                sous=_sous(demande, textes["nom"], noms.get(id_, ())),
                agrements=agrements.get(id_, ()),
                activites=activites.get(id_, ()),
                commune_nom=texte(commune_nom),
                lon=reel(lon),
                lat=reel(lat),
                diffusible=bool(diffusible),
                ici=ici.get(textes["siren"], ""),
            )
        )
    return tuple(resultat)


def _par_lots(atlas: Atlas, requete: str, cles: Sequence[str], *suite: object) -> Iterable[tuple[Any, ...]]:
    for lot in lots(cles):
        yield from atlas.lire(requete.format(", ".join("?" * len(lot))), (*lot, *suite))


def _lignes(atlas: Atlas, ids: Sequence[str]) -> Iterable[tuple[Any, ...]]:
    champs = ", ".join(f"e.{c}" for c in _TEXTES)
    return _par_lots(
        atlas,
        f"SELECT {champs}, e.lon, e.lat, e.diffusible, t.nom FROM entreprise e "
        "LEFT JOIN territoire t ON t.type = 'commune' AND t.code = e.commune WHERE e.id IN ({})",
        ids,
    )


def _agrements(atlas: Atlas, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    trouves: defaultdict[str, set[str]] = defaultdict(set)
    for id_, raison in _par_lots(
        atlas,
        "SELECT id, raison FROM entreprise_raison WHERE id IN ({}) AND sens = 'pour' "
        "AND raison IN ('ess-france', 'esus', 'siae')",
        ids,
    ):
        trouves[id_].add(raison)
    return {i: tuple(sorted(r)) for i, r in trouves.items()}


def _activites(atlas: Atlas, ids: Sequence[str]) -> dict[str, tuple[Etiquette, ...]]:
    trouvees: defaultdict[str, list[Etiquette]] = defaultdict(list)
    for id_, activite, confiance in _par_lots(
        atlas, "SELECT operateur, activite, confiance FROM entreprise_activite WHERE operateur IN ({})", ids
    ):
        trouvees[id_].append((activite, confiance))
    return {
        i: tuple(sorted(paires, key=lambda p: (_CONFIANCES.index(p[1]), p[0])))
        for i, paires in trouvees.items()
    }


def _autres_noms(atlas: Atlas, ids: Sequence[str]) -> dict[str, list[AutreNom]]:
    trouves: defaultdict[str, list[AutreNom]] = defaultdict(list)
    for id_, nom, genre, source in _par_lots(
        atlas, "SELECT id, nom, genre, source FROM entreprise_nom WHERE id IN ({}) ORDER BY id, nom", ids
    ):
        trouves[id_].append(AutreNom(nom=nom, genre=genre, source=source))
    return trouves


def _sous(demande: Demande, nom: str, autres: Iterable[AutreNom]) -> AutreNom | None:
    """The other name that holds the most of the words, when the main one holds fewer."""
    voulus = {racine(m) for m in demande.mots}

    def tenus(propose: str) -> int:
        mots = decouper(propose)
        fin = any(m.startswith(demande.inacheve) for m in mots)
        return len(voulus & {racine(m) for m in mots}) + fin

    meilleur = max(autres, key=lambda a: tenus(a.nom), default=None)
    return meilleur if meilleur is not None and tenus(meilleur.nom) > tenus(nom) else None


def _etablissements(atlas: Atlas, sirens: Sequence[str], communes: Collection[str]) -> dict[str, str]:
    """For each legal unit, its first active establishment in one of the communes."""
    trouves: dict[str, str] = {}
    for siren, siret, commune in _par_lots(
        atlas,
        "SELECT siren, siret, commune FROM etablissement WHERE siren IN ({}) AND etat = 'actif' "
        "ORDER BY siren, siret",
        sirens,
    ):
        if commune in communes:
            trouves.setdefault(siren, siret)
    return trouves
