"""Read a file about an enterprise (YAML or Excel): everything is understood, or everything wrong is said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from perenne.domain.entreprise.dossier import (
    ActiviteEconomique,
    Chiffre,
    Dossier,
    Exercice,
    Passage,
    Repondant,
    Reponse,
    Ressource,
    Structure,
)
from perenne.domain.entreprise.verification import Connus, verifier
from perenne.domain.erreurs import Anomalie, ErreurUtilisateur
from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.savoir.criteres import Mesure
from perenne.reports.entreprise.classeur_dossier import PREFIXE_LECTURE
from perenne.reports.entreprise.feuilles import FEUILLES, MODELE, STRUCTURE
from perenne.reports.entreprise.fiches import FicheStructure, LigneChiffre, LigneExercice, LigneReponse
from perenne.reports.entreprise.mots import TERRITOIRES
from perenne.reports.typographie import sans_accents
from perenne.services.entreprise.import_comptes import ImportComptes, importer_comptes, importer_octets
from perenne.services.entreprise.messages import dire
from perenne.services.regles import lire_avec
from perenne.services.savoir import obtenir_base
from perenne.services.tresorerie.garde_xlsx import OCTETS_MAX, OLE
from perenne.services.tresorerie.interpretation import lire_objet
from perenne.services.tresorerie.lecture_xlsx import lire_classeur
from perenne.services.tresorerie.lecture_yaml import lire_document, lire_table
from perenne.services.tresorerie.lire_valeurs import ValeurIllisible, lire_date, lire_nombre, lire_oui_non
from perenne.services.tresorerie.saisie import Brut, Ligne, Saisie

ZIP = b"PK\x03\x04"
YAML = frozenset((".yaml", ".yml"))


@dataclass(frozen=True, kw_only=True)
class DossierLu:
    """A file read: the enterprise, the accounts imported on the way, what the user must be told."""

    dossier: Dossier
    imports: tuple[ImportComptes, ...] = ()
    avis: tuple[str, ...] = ()


def connaitre(base: BaseSavoir) -> Connus:
    """What a file may name, from the knowledge base."""
    mesures = {m.id for c in base.criteres.values() for m in c.mesures}
    return Connus(
        criteres=base.criteres,
        bornes={m: (base.faits[m].minimum, base.faits[m].maximum) for m in mesures if m in base.faits},
        activites=frozenset(base.activites),
        stades=frozenset(base.stades),
        territoires=frozenset(TERRITOIRES),
        faits=frozenset(base.faits),
    )


def lire_dossier(chemin: Path, au: dt.date) -> DossierLu:
    """Read a file; accounts that it names are read beside it.

    Raises:
        ErreurUtilisateur: the file cannot be read, or something in it is wrong; nothing is kept of it.
    """
    try:
        if not chemin.is_file():
            raise ErreurUtilisateur(
                f"« {chemin} » n'est pas un fichier.", conseil="Vérifiez son nom et son dossier."
            )
        octets = chemin.read_bytes() if chemin.stat().st_size <= 4 * OCTETS_MAX else b"\0" * (OCTETS_MAX + 1)
    except OSError as erreur:
        raise ErreurUtilisateur(f"« {chemin} » ne peut pas être lu : {erreur.strerror}.") from None
    return lire_octets(octets, chemin.name, au, chemin.parent)


def lire_octets(
    octets: bytes,
    nom: str,
    au: dt.date,
    dossier: Path | None = None,
    joints: Mapping[str, bytes] | None = None,
) -> DossierLu:
    """The same, from bytes.

    Args:
        dossier: where the accounts that the file names are looked for; None to read no file.
        joints: accounts given beside the file, by name: the only ones that are read then.

    Raises:
        ErreurUtilisateur: as `lire_dossier`.
    """
    if octets.startswith((ZIP, OLE)) or Path(nom).suffix.lower() not in YAML:
        saisie = lire_classeur(octets, STRUCTURE, FEUILLES, MODELE)
    else:
        saisie = lire_document(octets, STRUCTURE, FEUILLES, "un dossier")
    return _exiger(saisie, nom, comprendre(saisie, au, dossier, joints))


def lire_valeurs(table: object, au: dt.date) -> DossierLu:
    """The same from plain values, as JSON gives them; a place is a path: `reponses.3.avis`.

    Raises:
        ErreurUtilisateur: as `lire_dossier`.
    """
    saisie = lire_table(table, STRUCTURE, FEUILLES, "un dossier")
    return _exiger(saisie, "dossier", comprendre(saisie, au))


def _exiger(saisie: Saisie, nom: str, lu: DossierLu | None) -> DossierLu:
    if lu is None or saisie.anomalies:
        nombre = len(saisie.anomalies)
        raise ErreurUtilisateur(
            f"« {nom} » ne peut pas être lu : {nombre} point{'s' if nombre > 1 else ''} à corriger, "
            "rien n'a été repris.",
            anomalies=saisie.anomalies,
        )
    return lu


def comprendre(
    saisie: Saisie, au: dt.date, dossier: Path | None = None, joints: Mapping[str, bytes] | None = None
) -> DossierLu | None:
    """Understand what was read; None when it cannot be, `saisie.anomalies` saying why.

    Args:
        dossier, joints: as `lire_octets`.
    """
    return _Interprete(saisie, dossier, joints).dossier(au)


class _Interprete:
    """Understands the lines of one file."""

    def __init__(self, saisie: Saisie, dossier: Path | None, joints: Mapping[str, bytes] | None) -> None:
        self.saisie, self.chemin, self.joints = saisie, dossier, joints
        self.base = obtenir_base()
        self.mesures = {m.id: m for c in self.base.criteres.values() for m in c.mesures}
        self.lignes: dict[str, list[Ligne]] = {}
        self.imports: list[ImportComptes] = []

    def objets(self, cle: str) -> list[tuple[Any, Ligne]]:
        feuille = next(f for f in (STRUCTURE, *FEUILLES) if f.cle == cle)
        lus = [(lire_objet(self.saisie, feuille, x), x) for x in self.saisie.lignes.get(cle, [])]
        return [(objet, ligne) for objet, ligne in lus if objet is not None]

    def dossier(self, au: dt.date) -> DossierLu | None:
        fiches = self.objets("structure")
        if not self.saisie.lignes.get("structure") and not self.saisie.anomalies:
            self.saisie.refuser(
                STRUCTURE.titre, "la structure n'est pas décrite.", "Donnez au moins son nom."
            )
        repondants: list[tuple[Repondant, Ligne]] = self.objets("repondants")
        passages: list[tuple[Passage, Ligne]] = self.objets("passages")
        self.lignes |= {"repondants": [x for _, x in repondants], "passages": [x for _, x in passages]}
        seul_passage = passages[0][0].id if len(passages) == 1 else ""
        seul_repondant = repondants[0][0].id if len(repondants) == 1 else ""
        reponses = self._reponses(seul_passage, seul_repondant)
        chiffres = self._chiffres(seul_passage, seul_repondant)
        faits = {f.fait: _texte(f.valeur) for f, _ in self.objets("situation") if f.valeur is not None}
        ressources: list[tuple[Ressource, Ligne]] = self.objets("ressources")
        activites: list[tuple[ActiviteEconomique, Ligne]] = self.objets("activites")
        self.lignes |= {"ressources": [x for _, x in ressources], "activites": [x for _, x in activites]}
        exercices = self._exercices()
        if not fiches or self.saisie.anomalies:
            return None
        fiche: FicheStructure = fiches[0][0]
        self.lignes["structure"] = [fiches[0][1]]
        donnees = {r.exercice for r, _ in ressources}
        proposees = [r for i in self.imports if i.exercice.id not in donnees for r in i.ressources]
        dossier = Dossier(
            structure=Structure(**vars(fiche), faits=faits),
            repondants=tuple(r for r, _ in repondants),
            passages=tuple(p for p, _ in passages),
            reponses=reponses,
            chiffres=chiffres,
            exercices=exercices,
            ressources=(*(r for r, _ in ressources), *proposees),
            activites=tuple(a for a, _ in activites),
        )
        self._verifier(dossier, au)
        # The readings that a diagnosis adds to the workbook are left aside without a word.
        lus = [a for a in self.saisie.avis if f"« {PREFIXE_LECTURE}" not in a]
        avis = [*lus, *_avis(self.imports, donnees)]
        return DossierLu(dossier=dossier, imports=tuple(self.imports), avis=tuple(avis))

    def _reponses(self, passage: str, repondant: str) -> tuple[Reponse, ...]:
        gardees, lignes = [], []
        for r, ligne in self.objets("reponses"):
            brute: LigneReponse = r
            if not brute.avis:
                if brute.justification:
                    conseil = "Choisissez une réponse, « ne sait pas » au besoin."
                    self.saisie.refuser(
                        ligne.ou, f"{brute.critere} : une justification sans réponse.", conseil
                    )
                continue
            complet = self._situer(ligne, brute.passage or passage, brute.repondant or repondant)
            gardees.append(
                Reponse(
                    critere=brute.critere.upper(), passage=complet[0], repondant=complet[1],
                    avis=brute.avis,  # type: ignore[arg-type]
                    justification=brute.justification, source=brute.source, date=brute.date,
                )
            )  # fmt: skip
            lignes.append(ligne)
        self.lignes["reponses"] = lignes
        return tuple(gardees)

    def _situer(self, ligne: Ligne, passage: str, repondant: str) -> tuple[str, str]:
        for nom, valeur in (("le passage", passage), ("le répondant", repondant)):
            if not valeur:
                self.saisie.refuser(
                    ligne.ou, f"{nom} n'est pas rempli.", "Il y en a plusieurs : dites lequel."
                )
        return passage, repondant

    def _chiffres(self, passage: str, repondant: str) -> tuple[Chiffre, ...]:
        gardes, lignes = [], []
        for x, ligne in self.objets("chiffres"):
            brut: LigneChiffre = x
            if brut.valeur is None:
                continue
            situe = self._situer(ligne, brut.passage or passage, brut.repondant or repondant)
            try:
                valeur = lire_chiffre(brut.valeur, self.mesures.get(brut.mesure))
            except ValeurIllisible as erreur:
                self.saisie.refuser(
                    ligne.place("valeur"), f"{brut.mesure} : {erreur.message}", erreur.conseil
                )
                continue
            gardes.append(
                Chiffre(
                    mesure=brut.mesure, passage=situe[0], repondant=situe[1], valeur=valeur,
                    precision=brut.precision, date=brut.date,
                )
            )  # fmt: skip
            lignes.append(ligne)
        self.lignes["chiffres"] = lignes
        return tuple(gardes)

    def _exercices(self) -> tuple[Exercice, ...]:
        exercices, lignes = [], []
        comptes = self.objets("comptes")
        for e, ligne in self.objets("exercices"):
            brut: LigneExercice = e
            siens = [(c, x) for c, x in comptes if c.exercice == brut.id]
            montants: dict[Any, int] = {}
            for c, x in siens:
                if c.poste in montants:
                    self.saisie.refuser(x.ou, f"le poste « {c.poste} » de {brut.id} est écrit deux fois.")
                montants[c.poste] = c.solde
            if brut.comptes and siens:
                message = "un fichier des comptes et des lignes de comptes sont donnés."
                self.saisie.refuser(ligne.ou, message, "Gardez l'un des deux.")
            elif brut.comptes:
                importe = self._importer(brut, ligne)
                if importe is not None:
                    exercices.append(importe)
                    lignes.append(ligne)
                continue
            exercices.append(
                Exercice(
                    id=brut.id,
                    clos_le=brut.clos_le,
                    mois=brut.mois,
                    montants=montants,
                    origine=brut.origine,  # type: ignore[arg-type]
                )
            )
            lignes.append(ligne)
        connus = {e.id for e, _ in self.objets("exercices")}
        for c, x in comptes:
            if c.exercice not in connus:
                self.saisie.refuser(x.place("exercice"), f"l'exercice « {c.exercice} » n'est pas déclaré.")
        self.lignes["exercices"] = lignes
        return tuple(exercices)

    def _importer(self, brut: LigneExercice, ligne: Ligne) -> Exercice | None:
        if self.chemin is None and self.joints is None:
            self.saisie.refuser(ligne.place("comptes"), "un fichier des comptes ne peut pas être lu d'ici.")
            return None
        try:
            lu = self._lire_comptes(brut)
        except ErreurUtilisateur as erreur:
            self.saisie.refuser(ligne.place("comptes"), erreur.message, erreur.conseil)
            self.saisie.anomalies += list(erreur.anomalies)
            return None
        self.imports.append(lu)
        return lu.exercice

    def _lire_comptes(self, brut: LigneExercice) -> ImportComptes:
        annee: dict[str, Any] = {"exercice": brut.id, "clos_le": brut.clos_le, "mois": brut.mois}
        if self.joints is None:
            assert self.chemin is not None
            return importer_comptes(self.chemin / brut.comptes, **annee)
        nom = PurePath(brut.comptes).name
        if nom not in self.joints:
            raise ErreurUtilisateur(
                f"le fichier des comptes « {nom} » n'est pas joint.", conseil="Envoyez-le avec le dossier."
            )
        return importer_octets(self.joints[nom], nom, **annee)

    def _verifier(self, dossier: Dossier, au: dt.date) -> None:
        connus = connaitre(self.base)
        declares = {
            "passage": [p.id for p in dossier.passages],
            "repondant": [r.id for r in dossier.repondants],
            "exercice": [e.id for e in dossier.exercices],
        }
        for defaut in verifier(dossier, connus, au):
            lignes = self.lignes.get(defaut.table, [])
            ligne = lignes[defaut.rang] if defaut.rang < len(lignes) else None
            message, conseil = dire(defaut, connus, declares)
            ou = ligne.place(defaut.champ) if ligne else STRUCTURE.titre
            self.saisie.anomalies.append(Anomalie(ou=ou, message=message, conseil=conseil))
        if not self.saisie.anomalies:
            try:
                lire_avec(self.base, [f"{n}={v}" for n, v in dossier.structure.faits.items()])
            except ErreurUtilisateur as erreur:
                self.saisie.anomalies += list(erreur.anomalies) or [
                    Anomalie(ou="Situation", message=str(erreur))
                ]


def lire_chiffre(valeur: Any, mesure: Mesure | None) -> float | bool | str | dt.date:
    """A figure in the kind that its measure holds; labels of a scale or of a list are understood.

    Raises:
        ValeurIllisible: it is not of that kind.
    """
    brut = valeur if isinstance(valeur, Brut) else Brut(valeur, "")
    nature = mesure.nature if mesure else "nombre"
    if nature == "oui-non":
        return lire_oui_non(brut)
    if nature == "date":
        return lire_date(brut)
    if mesure is not None and mesure.choix is not None:
        code = _code(str(brut.valeur), mesure.choix)
        if nature == "liste":
            return code
        brut = Brut(code, brut.ou)
    return float(lire_nombre(brut))


def _code(texte: str, choix: Mapping[str, str]) -> str:
    """The code of a label, accents and capitals aside; the text itself when it is not a label."""
    voulu = sans_accents(texte).strip()
    voulu = voulu.removesuffix(".0")
    return next((c for c, mots in choix.items() if voulu in {sans_accents(c), sans_accents(mots)}), texte)


def _texte(valeur: Any) -> str:
    brut = valeur.valeur if isinstance(valeur, Brut) else valeur
    if isinstance(brut, bool):
        return "oui" if brut else "non"
    if isinstance(brut, dt.datetime | dt.date):
        return brut.strftime("%Y-%m-%d")
    if isinstance(brut, float) and brut.is_integer():
        return str(int(brut))
    return str(brut).strip()


def _avis(imports: list[ImportComptes], donnees: set[str]) -> list[str]:
    avis = []
    for i in imports:
        if i.exercice.id not in donnees:
            avis.append(
                f"{i.exercice.id} : les payeurs viennent des libellés des comptes ; vérifiez-les et "
                "complétez la feuille Ressources."
            )
        if not i.affectation.emplois_egaux:
            avis.append(f"{i.exercice.id} : les comptes 86 et 87 ne sont pas égaux.")
        avis += [f"{i.exercice.id} : compte {c.compte} laissé de côté." for c in i.affectation.inconnus]
    return avis
