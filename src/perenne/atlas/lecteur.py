"""Territories of the atlas: identity, composition, movements, outlines, sources."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from perenne.atlas.ouverture import ouvrir
from perenne.domain.territoire.identite import Cle, Contour, Filiation, SourceCitee, Territoire

_COLONNES = (
    "type, code, nom, population, superficie_km2, lon, lat, departement, region, epci, densite, drom, nature"
)
T = TypeVar("T")
LOT = 500
"""Parameters of one query: under the limit of every SQLite since 3.7 (999)."""


class Atlas:
    """An open version of the atlas. Close it, or use it in a `with`."""

    def __init__(self, dossier: Path) -> None:
        ouverte = ouvrir(dossier)
        self.version = ouverte.nom
        self.empreinte = ouverte.empreinte
        self.base = ouverte.base

    def __enter__(self) -> Atlas:
        return self

    def __exit__(
        self, genre: type[BaseException] | None, erreur: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.fermer()

    def fermer(self) -> None:
        """Close the connection."""
        self.base.close()

    def lire(self, sql: str, parametres: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Rows of a query."""
        return self.base.execute(sql, tuple(parametres)).fetchall()

    def territoire(self, cle: Cle) -> Territoire | None:
        """A territory with its communes; None when the atlas has none at that key."""
        lignes = self.lire(
            f"SELECT {_COLONNES} FROM territoire WHERE type = ? AND code = ?", (cle.type, cle.code)
        )
        if not lignes:
            return None
        t = _territoire(lignes[0])
        if t.type in ("commune", "arrondissement-municipal"):
            return replace(t, communes=(t.code,))
        return replace(t, communes=self.communes_de(cle))

    def communes_de(self, cle: Cle) -> tuple[str, ...]:
        """Codes of the communes of an EPCI, a département, a région or a QPV, sorted."""
        lignes = self.lire(
            "SELECT DISTINCT commune FROM composition WHERE type = ? AND code = ? ORDER BY commune",
            (cle.type, cle.code),
        )
        return tuple(str(c) for (c,) in lignes)

    def territoires(self, type_: str, codes: Collection[str]) -> dict[str, Territoire]:
        """Territories of one type, by code, without their composition; unknown codes are left out."""
        trouves = {}
        for lot in lots(sorted(set(codes))):
            marques = ", ".join("?" * len(lot))
            for ligne in self.lire(
                f"SELECT {_COLONNES} FROM territoire WHERE type = ? AND code IN ({marques})", (type_, *lot)
            ):
                t = _territoire(ligne)
                trouves[t.code] = replace(t, communes=(t.code,)) if t.type == "commune" else t
        return trouves

    def codes_proches(self, type_: str, code: str, limite: int = 5) -> tuple[Territoire, ...]:
        """Territories of a type whose code differs by one character, or by two neighbours swapped."""
        lignes = self.lire(
            "SELECT code FROM territoire WHERE type = ? AND length(code) = ?", (type_, len(code))
        )
        proches = [str(c) for (c,) in lignes if _a_une_faute(str(c), code)]
        trouves = self.territoires(type_, proches)
        return tuple(sorted(trouves.values(), key=lambda t: (-(t.population or 0), t.code))[:limite])

    def qpv_de(self, communes: Collection[str]) -> tuple[Territoire, ...]:
        """QPV that lie in one of the communes."""
        codes: set[str] = set()
        for lot in lots(sorted(set(communes))):
            marques = ", ".join("?" * len(lot))
            codes.update(
                str(c)
                for (c,) in self.lire(
                    f"SELECT DISTINCT code FROM composition WHERE commune IN ({marques}) AND type = 'qpv'",
                    lot,
                )
            )
        trouves = self.territoires("qpv", codes)
        return tuple(trouves[c] for c in sorted(trouves))

    def filiations(self, code: str) -> tuple[Filiation, ...]:
        """What a former commune has become: one row per present commune (several when it was divided)."""
        lignes = self.lire(
            "SELECT m.code_ancien, m.nom_ancien, m.code_actuel, t.nom, m.date_effet, m.nature "
            "FROM commune_mouvement m "
            "LEFT JOIN territoire t ON t.type = 'commune' AND t.code = m.code_actuel "
            "WHERE m.code_ancien = ? ORDER BY m.code_actuel, m.date_effet DESC",
            (code,),
        )
        uniques: dict[str, Filiation] = {}
        for ancien, nom, actuel, nom_actuel, date, nature in lignes:
            uniques.setdefault(
                str(actuel),
                Filiation(
                    code_ancien=str(ancien),
                    nom_ancien=texte(nom),
                    code_actuel=str(actuel),
                    nom_actuel=texte(nom_actuel) or str(actuel),
                    date_effet=date_iso(date),
                    nature=texte(nature),
                ),
            )
        return tuple(uniques.values())

    def contours(self, cles: Iterable[Cle], dans: bool) -> tuple[Contour, ...]:
        """Outlines of territories, in the order of keys; those without an outline are left out."""
        toutes = tuple(cles)
        resultat: list[Contour] = []
        for type_ in sorted({c.type for c in toutes}):
            for lot in lots(sorted({c.code for c in toutes if c.type == type_})):
                marques = ", ".join("?" * len(lot))
                lignes = self.lire(
                    "SELECT c.type, c.code, t.nom, c.wkb, t.population FROM contour c "
                    "LEFT JOIN territoire t ON t.type = c.type AND t.code = c.code "
                    f"WHERE c.type = ? AND c.code IN ({marques}) ORDER BY c.code",
                    (type_, *lot),
                )
                resultat += [
                    Contour(
                        type=t,
                        code=str(code), nom=texte(nom), wkb=bytes(wkb),
                        dans_territoire=dans, population=entier(population),
                    )
                    for t, code, nom, wkb, population in lignes
                ]  # fmt: skip
        return tuple(resultat)

    def sources(self) -> dict[str, SourceCitee]:
        """Data sets of the atlas, by identifier."""
        lignes = self.lire(
            "SELECT id, producteur, jeu, millesime, date_fichier, licence, url, format_verifie FROM source"
        )
        return {
            str(ligne[0]): SourceCitee(
                id=str(ligne[0]), producteur=texte(ligne[1]), jeu=texte(ligne[2]), millesime=texte(ligne[3]),
                date_fichier=texte(ligne[4]), licence=texte(ligne[5]), url=texte(ligne[6]),
                format_verifie=bool(ligne[7]),
            )
            for ligne in lignes
        }  # fmt: skip


def _a_une_faute(un: str, autre: str) -> bool:
    differents = [i for i, (a, b) in enumerate(zip(un, autre, strict=True)) if a != b]
    if len(differents) == 2 and differents[1] == differents[0] + 1:
        i, j = differents
        return un[i] == autre[j] and un[j] == autre[i]
    return len(differents) == 1


def lots(codes: Sequence[T]) -> Iterable[Sequence[T]]:
    """Slices that fit one query."""
    return (codes[i : i + LOT] for i in range(0, len(codes), LOT))


def texte(valeur: Any) -> str:
    """A column as text; empty for NULL."""
    return "" if valeur is None else str(valeur)


def entier(valeur: Any) -> int | None:
    """A column as an integer; None for NULL."""
    return None if valeur is None else int(valeur)


def reel(valeur: Any) -> float | None:
    """A column as a float; None for NULL."""
    return None if valeur is None else float(valeur)


def date_iso(valeur: Any) -> dt.date | None:
    """A column as a date; None for NULL or an empty text."""
    return dt.date.fromisoformat(str(valeur)) if valeur else None


def _territoire(ligne: Sequence[Any]) -> Territoire:
    return Territoire(
        type=ligne[0],
        code=str(ligne[1]), nom=str(ligne[2]), population=entier(ligne[3]), superficie_km2=reel(ligne[4]),
        lon=reel(ligne[5]), lat=reel(ligne[6]), departement=texte(ligne[7]), region=texte(ligne[8]),
        epci=texte(ligne[9]), densite=entier(ligne[10]), drom=bool(ligne[11]), nature=texte(ligne[12]),
    )  # fmt: skip
