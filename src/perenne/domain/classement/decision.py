"""From what was found in a text to its activities, with their confidence and their evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from perenne.domain.classement import decisions as humaines
from perenne.domain.classement import registres as listes
from perenne.domain.classement.appuis import Appuis, appuis_de
from perenne.domain.classement.indices import Localisation, situer
from perenne.domain.classement.modele import Modele, scores_lineaires, sigmoide, unites
from perenne.domain.classement.traits import TRAITS, Releve, calculer, candidats, relever, titres
from perenne.domain.classement.types import Confiance, Etiquette, Fiche, Indice, Origine, Reperage
from perenne.domain.savoir.activites import Activite
from perenne.domain.texte import normaliser

RENFORT_CODE = 0.5
"""Log-odds added when a NAF or WALDEC code agrees with the words: a code supports, it never decides alone."""

PROBABILITE_FAIBLE = 0.2
"""Given to an activity that only weak words and a code, or a very specific code, speak for (not measured)."""

PROBABILITE_DECLAREE = 0.6
"""Given to an activity that only a declared service shows (20 right of 24 read: Wilson 0.64 to 0.93)."""

ORDRE: Mapping[Confiance, int] = {"haute": 0, "moyenne": 1, "faible": 2}


@dataclass(frozen=True, kw_only=True)
class Classeur:
    """Everything needed to classify: pure, the same answer for the same text, whatever the order."""

    activites: Mapping[str, Activite]
    reperage: Reperage
    modele: Modele
    decisions: humaines.Decisions

    @cached_property
    def appuis(self) -> Appuis:
        """What lists and codes may speak for."""
        return appuis_de(self.activites)

    def classer(self, fiche: Fiche) -> list[Etiquette]:
        """Activities of one structure, the surest first."""
        analyse = analyser(fiche, self.activites, self.reperage, self.modele, self.appuis)
        etiquettes = [e for a in analyse.possibles if (e := self._etiquette(analyse, a)) is not None]
        etiquettes = humaines.appliquer(etiquettes, humaines.decisions_de(fiche, self.decisions))
        return sorted(etiquettes, key=lambda e: (ORDRE[e.confiance], -e.probabilite, e.activite))

    def _etiquette(self, analyse: Analyse, id_: str) -> Etiquette | None:
        activite, releve = self.activites[id_], analyse.releves.get(id_)
        official = listes.preuve_officielle(analyse.fiche, activite, analyse.registres)
        declaree = listes.preuve_declaree(analyse.fiche, activite)
        code = _code(analyse.fiche, activite)
        p = _probabilite(analyse.traits(id_), self.modele, RENFORT_CODE if code else 0.0)
        confiance: Confiance
        origine: Origine = "texte"
        if official:
            confiance, p, origine = "haute", 1.0, "registre"
        elif p >= self.modele.seuil:
            confiance = "haute" if p >= self.modele.seuil_haute else "moyenne"
        elif declaree:
            confiance, p, origine = "moyenne", max(p, PROBABILITE_DECLAREE), "registre"
        elif code and (
            (releve and (releve.faibles or releve.forts)) or _code_suffit(analyse.fiche, activite)
        ):
            confiance, p, origine = "faible", min(p, PROBABILITE_FAIBLE), "code"
        else:
            return None
        indices = [i for i in (official, declaree, code) if i]
        if releve:
            motifs = activite.motifs.forts if releve.forts else activite.motifs.faibles
            indices += situer(analyse.localisation, releve.forts or releve.faibles, motifs)
        if not indices:
            indices = analyse.mots_du_modele(id_, self.modele)
        return Etiquette(
            activite=id_,
            confiance=confiance,
            probabilite=round(p, 3),
            origine=origine,
            indices=tuple(indices),
        )


@dataclass(frozen=True, kw_only=True)
class Analyse:
    """One text once read: what the training and the answer both start from."""

    fiche: Fiche
    localisation: Localisation
    releves: dict[str, Releve]
    scores: dict[str, float]
    registres: frozenset[str]
    possibles: list[str]
    activites: Mapping[str, Activite]
    modele: Modele

    def traits(self, id_: str) -> list[float]:
        """Traits of one possible activity (see `traits.TRAITS`)."""
        forts = self.activites[id_].motifs.forts
        fin_titre = self.localisation.fin_titre
        return calculer(
            self.releves.get(id_),
            fin_titre=fin_titre,
            autre_titre=bool(titres(self.releves, fin_titre) - {id_}),
            soutien=bool(listes.soutien(self.activites[id_], self.registres)),
            score=self.scores.get(id_),
            fiabilite=lambda motif: self.modele.fiabilite(id_, forts[motif]),
        )

    def mots_du_modele(self, id_: str, modele: Modele, nombre: int = 3) -> list[Indice]:
        """The words that weighed most in the linear model, when no pattern was found."""
        poids = modele.lineaires[id_].poids if id_ in modele.lineaires else {}
        presentes = sorted((u for u in unites(self.localisation.forme) if poids.get(u, 0) > 0),
                           key=lambda u: (-poids[u], u))  # fmt: skip
        return [Indice(champ="modele", mots=u) for u in presentes[:nombre]]


def analyser(
    fiche: Fiche,
    activites: Mapping[str, Activite],
    reperage: Reperage,
    modele: Modele,
    appuis: Appuis | None = None,
) -> Analyse:
    """Read one structure: patterns, linear scores, registers, and the activities worth weighing.

    Args:
        appuis: index of the activities; made when None.
    """
    nom, texte = normaliser(fiche.nom), normaliser(fiche.texte)
    localisation = Localisation(fiche=fiche, nom=nom, texte=texte)
    forme = localisation.forme
    releves = relever(reperage.reperer(forme)) if forme else {}
    scores = dict(scores_lineaires(modele, forme)) if forme else {}
    registres = listes.registres_de(fiche)
    soutenus = (appuis or appuis_de(activites)).possibles(fiche, registres)
    return Analyse(
        fiche=fiche, localisation=localisation, releves=releves, scores=scores, registres=registres,
        possibles=candidats(releves, scores, soutenus), activites=activites, modele=modele,
    )  # fmt: skip


def faibles_suffisent(modele: Modele) -> bool:
    """Whether this model may give an activity that no strong word, no list and no code speaks for."""
    if modele.lineaires:
        return True
    traits = calculer(
        Releve(), fin_titre=0, autre_titre=False, soutien=False, score=None, fiabilite=lambda _: 0.0
    )
    sans_mot = dict(zip(TRAITS, traits, strict=True))
    return any(
        _probabilite([*(sans_mot | {"faibles": n}).values()], modele, RENFORT_CODE) >= modele.seuil
        for n in (0.0, 1.0, 2.0)
    )


def _probabilite(traits: Sequence[float], modele: Modele, renfort: float) -> float:
    poids = modele.coefficients
    total = poids.get("constante", 0.0) + renfort
    return sigmoide(total + sum(poids.get(t, 0.0) * x for t, x in zip(TRAITS, traits, strict=True)))


def _code(fiche: Fiche, activite: Activite) -> Indice | None:
    """A core NAF or WALDEC code."""
    naf = listes.code_naf(fiche.naf)
    if naf and naf in activite.naf.coeur:
        return Indice(champ="naf", mots=naf)
    communs = sorted(set(fiche.waldec) & set(activite.waldec.coeur))
    return Indice(champ="waldec", mots=communs[0]) if communs else None


def _code_suffit(fiche: Fiche, activite: Activite) -> bool:
    """A NAF code that hardly anyone else in the social economy holds."""
    return (
        activite.naf.specificite == "elevee"
        and listes.code_naf(fiche.naf) in activite.naf.coeur
        and listes.est_ess(fiche.categorie_juridique)
    )
