"""Read a plan written in YAML: one key for the structure, one list a kind of line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from perenne.kb.chemin import Chemin
from perenne.kb.lecture import lire_yaml
from perenne.reports.tresorerie.champs import VECTEURS, Feuille
from perenne.reports.tresorerie.feuilles_depenses import FEUILLES
from perenne.reports.tresorerie.structure import STRUCTURE
from perenne.services.tresorerie.rapprocher import proposer
from perenne.services.tresorerie.saisie import Brut, Ligne, Saisie

OCTETS_MAX = 2_000_000


def lire_plan_yaml(octets: bytes) -> Saisie:
    """The lines of a YAML plan, with the line of each value."""
    return lire_document(octets, STRUCTURE, FEUILLES, "un plan")


def lire_plan_table(table: object) -> Saisie:
    """The lines of a plan given as plain values (JSON), with the path of each."""
    return lire_table(table, STRUCTURE, FEUILLES, "un plan")


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
    lecture = _Lecture(saisie, lambda chemin: f"ligne {document.ligne(chemin)}")
    lecture.document(document.valeur, structure, feuilles, quoi)
    return saisie


def lire_table(table: object, structure: Feuille, feuilles: Sequence[Feuille], quoi: str) -> Saisie:
    """The same from plain values, as JSON gives them; a place is a path: `subventions.0.montant`."""
    saisie = Saisie()
    lecture = _Lecture(saisie, lambda chemin: ".".join(map(str, chemin)))
    lecture.document(table, structure, feuilles, quoi)
    return saisie


class _Lecture:
    """Turns plain values into lines; `situer` says where a path stands."""

    def __init__(self, saisie: Saisie, situer: Callable[[Chemin], str]) -> None:
        self.saisie, self.situer = saisie, situer

    def document(self, contenu: object, structure: Feuille, feuilles: Sequence[Feuille], quoi: str) -> None:
        if not isinstance(contenu, dict):
            self.saisie.refuser(
                self.situer(()),
                f"{quoi} commence par « structure: ».",
                "Partez d'un des exemples de data/demo.",
            )
            return
        connues = {f.cle: f for f in (structure, *feuilles)}
        for cle, valeur in contenu.items():
            feuille = connues.get(cle)
            ou = self.situer((cle,))
            if feuille is None:
                self.saisie.refuser(ou, f"la rubrique « {cle} » n'existe pas.", proposer(cle, list(connues)))
            elif feuille is structure:
                if isinstance(valeur, dict):
                    self.saisie.lignes[cle] = [self._ligne(feuille, (cle,), valeur)]
                else:
                    self.saisie.refuser(ou, "« structure » contient des lignes « clé: valeur ».")
            elif valeur is not None:
                self.saisie.lignes[cle] = list(self._liste(feuille, valeur))

    def _liste(self, feuille: Feuille, valeur: object) -> Iterator[Ligne]:
        """The lines of one kind."""
        if not isinstance(valeur, list):
            message = f"« {feuille.cle} » contient une liste : une ligne « - id: » par flux."
            self.saisie.refuser(self.situer((feuille.cle,)), message)
            return
        for rang, element in enumerate(valeur):
            chemin = (feuille.cle, rang)
            if isinstance(element, dict):
                yield self._ligne(feuille, chemin, element)
            else:
                message = f"chaque élément de « {feuille.cle} » commence par « - id: »."
                self.saisie.refuser(self.situer(chemin), message)

    def _ligne(self, feuille: Feuille, chemin: Chemin, table: dict[str, object]) -> Ligne:
        champs = {c.nom: c for c in feuille.champs}
        nom = table.get("id")
        suffixe = f" ({nom})" if isinstance(nom, str) else ""
        bruts: dict[str, Brut | tuple[Brut, ...]] = {}
        for cle, valeur in table.items():
            ou = f"{self.situer((*chemin, cle))}{suffixe}"
            champ = champs.get(cle)
            if champ is None:
                message = f"« {cle} » n'existe pas dans « {feuille.cle} »."
                self.saisie.refuser(ou, message, proposer(cle, list(champs)))
            elif valeur is None:
                continue
            elif champ.genre in VECTEURS and isinstance(valeur, list):
                bruts[cle] = tuple(
                    Brut(v, f"{self.situer((*chemin, cle, n))}{suffixe}") for n, v in enumerate(valeur)
                )
            else:
                bruts[cle] = Brut(valeur, ou)
        return Ligne(ou=f"{self.situer(chemin)}{suffixe}", champs=bruts)
