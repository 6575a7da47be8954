"""Use case: the enterprises found, written for a person, a spreadsheet, a map or a program."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, Literal, get_args

from perenne.atlas.lecteur import Atlas
from perenne.domain.erreurs import ErreurUtilisateur
from perenne.domain.savoir.activites import Activite
from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.savoir.besoins import Besoin
from perenne.reports.annuaire.machine import ecrire_geojson, ecrire_json
from perenne.reports.annuaire.phrases import Libelles, citer, dire_exclusion
from perenne.reports.annuaire.tableur import LIGNES_MAX, ecrire_csv, ecrire_xlsx
from perenne.reports.annuaire.texte import Liste, ecrire_liste
from perenne.reports.typographie import accorder, composer, lister
from perenne.services.annuaire.filtres import Filtres
from perenne.services.annuaire.libelles import lire_libelles
from perenne.services.annuaire.recherche import Resultats, lancer
from perenne.services.cache_savoir import obtenir_base_en_cache
from perenne.services.flux import ecrire_flux
from perenne.services.reglages import Reglages

Format = Literal["texte", "json", "csv", "xlsx", "geojson"]
FORMATS: tuple[Format, ...] = get_args(Format)
LIMITE_TEXTE = 20
"""Enterprises of a text when the user sets no limit; the files hold them all."""

_EXTENSIONS: dict[str, Format] = {".txt": "texte", **{f".{f}": f for f in FORMATS if f != "texte"}}


def ecrire_entreprises(
    filtres: Filtres,
    *,
    reglages: Reglages,
    format_demande: str | None,
    sortie: Path | None,
    limite: int | None,
    ecrire: Callable[[str], None],
) -> None:
    """Search and write what is found.

    Args:
        format_demande: one of `FORMATS`; None for the one that the name of the file says, else text.
        sortie: file to write; None to give each piece to `ecrire`.
        limite: how many enterprises at most; None for all of them (twenty in a text).

    Raises:
        ErreurUtilisateur: nothing is asked, a filter is not understood, the file cannot be written.
    """
    if filtres.vide:
        raise ErreurUtilisateur(
            "Que faut-il chercher ?",
            conseil="Donnez un nom (perenne chercher jardins), un territoire (--dans 23096) ou une activité "
            "(--activite ressourceries).",
        )
    format_ = _format(format_demande, sortie)
    if format_ == "xlsx" and sortie is None:
        raise ErreurUtilisateur(
            "Un classeur ne s'affiche pas à l'écran.", conseil="Donnez un fichier : -o entreprises.xlsx."
        )
    with Atlas(reglages.atlas) as atlas:
        base = obtenir_base_en_cache(reglages)
        resultats = lancer(atlas, base, filtres)
        morceaux = _morceaux(resultats, base, lire_libelles(atlas, base), format_, limite)
        if sortie is not None:
            ecrire_flux(morceaux, sortie)
            return
        for morceau in morceaux:
            ecrire(morceau if isinstance(morceau, str) else morceau.decode())


def _format(demande: str | None, sortie: Path | None) -> Format:
    if demande is not None:
        return next(f for f in FORMATS if f == demande)
    if sortie is None:
        return "texte"
    trouve = _EXTENSIONS.get(sortie.suffix.lower())
    if trouve is None:
        raise ErreurUtilisateur(
            f"Le nom {sortie} ne dit pas le format.",
            conseil=f"Finissez-le par {', '.join(_EXTENSIONS)}, ou donnez --format.",
        )
    return trouve


def _morceaux(
    resultats: Resultats, base: BaseSavoir, libelles: Libelles, format_: Format, limite: int | None
) -> Iterator[str | bytes]:
    if format_ == "texte":
        yield _texte(resultats, base, libelles, LIMITE_TEXTE if limite is None else limite)
        return
    trouvees = resultats.tout(limite)
    if format_ == "csv":
        yield from ecrire_csv(trouvees, libelles)
    elif format_ == "xlsx":
        _verifier_taille(min(resultats.total, limite or resultats.total))
        yield ecrire_xlsx(trouvees, libelles, a_savoir=_a_savoir(resultats, base, libelles))
    elif format_ == "json":
        yield from ecrire_json(trouvees, _entete(resultats, libelles))
    else:
        yield from ecrire_geojson(trouvees, libelles, _entete(resultats, libelles))


def _verifier_taille(nombre: int) -> None:
    if nombre > LIGNES_MAX:
        raise ErreurUtilisateur(
            f"{accorder(nombre, 'entreprise')} : une feuille de calcul n'en tient pas autant.",
            conseil="Prenez --format csv, ou précisez la recherche.",
        )


def _texte(resultats: Resultats, base: BaseSavoir, libelles: Libelles, limite: int) -> str:
    piste = resultats.piste
    page = resultats.page(limite=limite)
    return ecrire_liste(
        Liste(
            demande=dire_demande(resultats, base),
            entreprises=page.entreprises,
            total=page.total,
            par_qualite=page.par_qualite,
            exclues=resultats.exclues,
            atlas=resultats.atlas.version,
            libelles=libelles,
            piste=f"« {piste.nom} » est un territoire : perenne chercher {piste.mots} --dans {piste.dans} "
            f"en trouve {piste.total}."
            if piste
            else "",
        )
    )


def dire_demande(resultats: Resultats, base: BaseSavoir) -> str:
    """What was asked, in words: « amap », dans Brumeville, employeur : oui."""
    f = resultats.filtres
    morceaux = [f"« {' '.join(f.mots.split())} »"] if f.mots.strip() else []
    if resultats.territoires:
        morceaux.append(f"dans {lister(t.nom for t in resultats.territoires)}")
    titres = {
        **{i: a.titre for i, a in base.de(Activite).items()},
        **{i: b.titre for i, b in base.de(Besoin).items()},
        **{i: z.nom_court for i, z in base.zonages.items()},
    }
    for nom, valeurs in (
        ("activité", f.activites),
        ("besoin", f.besoins),
        ("zonage", f.zonages),
        ("employeur", (f.employeur,) if f.employeur else ()),
        ("agrément ou liste", f.agrements),
        ("forme juridique", f.formes),
        ("verdict", f.verdicts),
        ("état", f.etats),
    ):
        if valeurs:
            morceaux.append(f"{nom} : {lister((titres.get(v, v) for v in valeurs), 'ou')}")
    return composer(", ".join(morceaux))


def _entete(resultats: Resultats, libelles: Libelles) -> dict[str, Any]:
    """What a program must know of the list: what was asked, counts, what was left out, sources."""
    demande = {c: v for c, v in asdict(resultats.filtres).items() if v} | {
        "au": resultats.filtres.au.isoformat()
    }
    return {
        "atlas": resultats.atlas.version,
        "demande": demande,
        "total": resultats.total,
        "par_qualite": dict(resultats.recherche.par_qualite) if not resultats.designee else {"liste": 1},
        "exclues": [asdict(x) for x in resultats.exclues],
        "sources": [asdict(s) for s in libelles.sources],
    }


def _a_savoir(resultats: Resultats, base: BaseSavoir, libelles: Libelles) -> list[tuple[str, str]]:
    lignes: Iterable[tuple[str, str]] = (
        ("Demande", dire_demande(resultats, base)),
        ("Entreprises trouvées", str(resultats.total)),
        *(("Non comptées", composer(dire_exclusion(x))) for x in resultats.exclues),
        ("Atlas", resultats.atlas.version),
        *(("Source", s) for s in citer(libelles.sources)),
        ("Vide", "Une case vide n’est pas un zéro : le fichier lu ne le dit pas."),
    )
    return list(lignes)
