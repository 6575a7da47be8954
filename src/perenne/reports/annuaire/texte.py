"""A search in the directory as text: how many, who, then what is not shown and where it comes from."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from perenne.domain.annuaire.demande import Qualite
from perenne.domain.annuaire.resultat import EntrepriseTrouvee, Exclusion
from perenne.reports.annuaire.phrases import (
    ETATS,
    GENRES,
    VERDICTS,
    Libelles,
    citer,
    dire_activites,
    dire_agrements,
    dire_emploi,
    dire_exclusion,
    dire_forme,
    dire_lieu,
    dire_numero,
    nommer,
)
from perenne.reports.typographie import accorder, composer, dater_version, lister

LARGEUR = 100
ORDRE = (
    "Ordre : le nom le plus ressemblant, puis les actives, celles de l'ESS, celles qui emploient, "
    "les plus grandes."
)
_SUITES: dict[Qualite, str] = {
    "exact": "Portent ce nom",
    "debut": "Leur nom commence ainsi",
    "mots": "Leur nom contient ces mots",
    "inacheve": "Leur nom contient un mot qui commence ainsi",
    "proche": "Leur nom s’écrit presque ainsi",
}


@dataclass(frozen=True, kw_only=True)
class Liste:
    """What is written.

    Attributes:
        demande: what was asked, in words.
        piste: a sentence that says what may have been meant; empty for none.
    """

    demande: str
    entreprises: Sequence[EntrepriseTrouvee]
    total: int
    par_qualite: Sequence[tuple[Qualite, int]]
    exclues: Sequence[Exclusion]
    atlas: str
    libelles: Libelles
    piste: str = ""


def ecrire_liste(liste: Liste) -> str:
    """Write the list."""
    return "\n".join(_lignes(liste)) + "\n"


def _lignes(liste: Liste) -> Iterator[str]:
    if not liste.total:
        yield composer(f"Aucune entreprise trouvée : {liste.demande}.")
        if not liste.piste and not liste.exclues:
            yield composer("Essayez moins de mots, ou un territoire plus grand.")
    else:
        yield composer(
            f"{accorder(liste.total, 'entreprise trouvée', 'entreprises trouvées')} : {liste.demande}"
        )
    if liste.piste:
        yield composer(liste.piste)
    nombres, deja = dict(liste.par_qualite), None
    for numero, e in enumerate(liste.entreprises, 1):
        if e.qualite != deja and e.qualite in _SUITES:
            yield from ("", composer(f"{_SUITES[e.qualite]} ({nombres.get(e.qualite, 1)})"))
        deja = e.qualite
        yield ""
        yield from _plier(_decrire(e, liste.libelles), numero)
    if (reste := liste.total - len(liste.entreprises)) > 0:
        suite = accorder(reste, "autre n’est pas montrée", "autres ne sont pas montrées")
        yield from ("", composer(f"… {suite} ici : --limite, ou --format csv pour tout."))
    if liste.exclues:
        yield from ("", "Répondent aussi, mais ne sont pas comptées :")
        yield from (composer(f"  - {dire_exclusion(x)}") for x in liste.exclues)
    yield from ("", composer(f"Atlas {dater_version(liste.atlas)}. Le nom est cherché, pas l'adresse."))
    if len(liste.entreprises) > 1:
        yield composer(ORDRE)
    if sources := citer(liste.libelles.sources):
        yield composer("Sources :")
        for source in sources:
            yield from textwrap.wrap(
                composer(source), LARGEUR, initial_indent="  - ", subsequent_indent="    "
            )


def _decrire(e: EntrepriseTrouvee, libelles: Libelles) -> list[str]:
    """The name, then a line each for what it is, what it does and where it is."""
    autres = [e.sigle] if e.sigle and e.sigle != nommer(e) else []
    nom = f"{nommer(e)}{f' ({autres[0]})' if autres else ''}"
    if e.sous:
        nom += f", trouvée sous « {e.sous.nom} » ({GENRES.get(e.sous.genre, e.sous.genre)})"
    fermeture = f" le {e.fermee_le}" if e.fermee_le else ""
    etat = [f"{ETATS[e.etat]}{fermeture}"] if e.etat in ETATS else []
    lignes = [
        nom,
        ", ".join(
            [dire_forme(e, libelles), VERDICTS.get(e.verdict, e.verdict), *etat, dire_emploi(e, libelles)]
        ),
        f"{dire_lieu(e)}, {dire_numero(e)}",
    ]
    if activites := dire_activites(e, libelles):
        lignes.insert(2, f"Activité{'s' * (len(activites) > 1)} : {lister(activites)}")
    if agrements := dire_agrements(e):
        lignes.append(f"Agréments et listes : {lister(agrements)}")
    return [composer(ligne) for ligne in lignes]


def _plier(lignes: Iterable[str], numero: int) -> Iterator[str]:
    for rang, ligne in enumerate(lignes):
        tete = f"{numero:>3}. " if not rang else "     "
        yield from textwrap.wrap(ligne, LARGEUR, initial_indent=tete, subsequent_indent="       ")
