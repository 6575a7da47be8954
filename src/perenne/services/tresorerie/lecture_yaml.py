"""Read a plan written in YAML: one key for the structure, one list a kind of line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perenne.kb.lecture import Document, lire_yaml
from perenne.reports.tresorerie.champs import VECTEURS, Feuille
from perenne.reports.tresorerie.feuilles_depenses import FEUILLES
from perenne.reports.tresorerie.structure import STRUCTURE
from perenne.services.tresorerie.rapprocher import proposer
from perenne.services.tresorerie.saisie import Brut, Ligne, Saisie

OCTETS_MAX = 2_000_000


def lire_plan_yaml(octets: bytes) -> Saisie:
    """The lines of a YAML plan, with the line of each value."""
    return lire_document(octets, STRUCTURE, FEUILLES, "un plan")


def lire_document(octets: bytes, structure: Feuille, feuilles: Sequence[Feuille], quoi: str) -> Saisie:
    """The lines of a YAML file made of one mapping (`structure`) and of lists (`feuilles`).

    `quoi` names what the file is, in the messages.
    """
    saisie = Saisie()
    if len(octets) > OCTETS_MAX:
        saisie.refuser("", f"ce fichier dépasse 2 Mo : ce n'est pas {quoi}.")
        return saisie
    document = lire_yaml(octets, lambda n, message, conseil: saisie.refuser(f"ligne {n}", message, conseil))
    if document is None:
        return saisie
    if not isinstance(document.valeur, dict):
        saisie.refuser(
            "ligne 1", f"{quoi} commence par « structure: ».", "Partez d'un des exemples de data/demo."
        )
        return saisie
    connues = {f.cle: f for f in (structure, *feuilles)}
    for cle, valeur in document.valeur.items():
        feuille = connues.get(cle)
        ou = f"ligne {document.ligne((cle,))}"
        if feuille is None:
            saisie.refuser(ou, f"la rubrique « {cle} » n'existe pas.", proposer(cle, list(connues)))
        elif feuille is structure:
            if isinstance(valeur, dict):
                saisie.lignes[cle] = [_ligne(saisie, document, feuille, (cle,), valeur)]
            else:
                saisie.refuser(ou, "« structure » contient des lignes « clé: valeur ».")
        elif valeur is not None:
            saisie.lignes[cle] = list(_liste(saisie, document, feuille, valeur))
    return saisie


def _liste(saisie: Saisie, document: Document, feuille: Feuille, valeur: object) -> Iterator[Ligne]:
    """The lines of one kind."""
    if not isinstance(valeur, list):
        ou = f"ligne {document.ligne((feuille.cle,))}"
        saisie.refuser(ou, f"« {feuille.cle} » contient une liste : une ligne « - id: » par flux.")
        return
    for rang, element in enumerate(valeur):
        chemin = (feuille.cle, rang)
        if isinstance(element, dict):
            yield _ligne(saisie, document, feuille, chemin, element)
        else:
            ou = f"ligne {document.ligne(chemin)}"
            saisie.refuser(ou, f"chaque élément de « {feuille.cle} » commence par « - id: ».")


def _ligne(
    saisie: Saisie,
    document: Document,
    feuille: Feuille,
    chemin: tuple[str | int, ...],
    table: dict[str, object],
) -> Ligne:
    champs = {c.nom: c for c in feuille.champs}
    nom = table.get("id")
    suffixe = f" ({nom})" if isinstance(nom, str) else ""
    bruts: dict[str, Brut | tuple[Brut, ...]] = {}
    for cle, valeur in table.items():
        ou = f"ligne {document.ligne((*chemin, cle))}{suffixe}"
        champ = champs.get(cle)
        if champ is None:
            saisie.refuser(ou, f"« {cle} » n'existe pas dans « {feuille.cle} ».", proposer(cle, list(champs)))
        elif valeur is None:
            continue
        elif champ.genre in VECTEURS and isinstance(valeur, list):
            bruts[cle] = tuple(
                Brut(v, f"ligne {document.ligne((*chemin, cle, n))}{suffixe}") for n, v in enumerate(valeur)
            )
        else:
            bruts[cle] = Brut(valeur, ou)
    return Ligne(ou=f"ligne {document.ligne(chemin)}{suffixe}", champs=bruts)
