"""A family of criteria as a page shows it: question, help, what answers mean, evidence, what was said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.savoir.criteres import Critere, Famille, Mesure
from perenne.reports.entreprise.mots import AVIS
from perenne.reports.typographie import composer
from perenne.services.consulter.elements import Document, citer_source
from perenne.services.savoir import obtenir_base
from perenne.web.diagnostics.assemblage import Contenu, empreinte
from perenne.web.diagnostics.models import Passage
from perenne.web.diagnostics.saisie_grille import TEXTES, Tape, montrer

MOTS_AVIS: dict[str, str] = dict(AVIS)
PROVENANCES = {
    "etude": "l'étude le dit",
    "etude-infere": "déduit des faits de l'étude",
    "externe": "une autre source",
    "proposition": "proposition de Pérenne",
}


@dataclass(frozen=True, kw_only=True)
class Preuve:
    """A statement and where it was read."""

    texte: str
    document: Document | None


@dataclass(frozen=True, kw_only=True)
class Champ:
    """A figure to fill in.

    Attributes:
        genre: `nombre`, `oui-non`, `choix` or `date`.
        choix: code → meaning, for `oui-non` and `choix`.
        calcule: what the accounts give, in words; empty when they give nothing or may not be shown.
    """

    id: str
    libelle: str
    unite: str
    genre: str
    choix: Mapping[str, str]
    calcul: str
    valeur: str
    precision: str
    calcule: str
    erreur: str = ""


@dataclass(frozen=True, kw_only=True)
class Question:
    """One criterion.

    Attributes:
        reponses: code of each answer → its word and what it means.
        autre: in a conflict, what somebody else has written; None otherwise.
        lu, conflit: digests that the form carries (see `fusion`).
    """

    critere: Critere
    reponses: tuple[tuple[str, str, str], ...]
    textes: Mapping[str, str]
    champs: tuple[Champ, ...]
    reperes: tuple[Preuve, ...]
    preuves: tuple[Preuve, ...]
    provenance: str
    lu: str
    conflit: str = ""
    autre: Sequence[tuple[str, str]] | None = None
    erreurs: Mapping[str, str] = field(default_factory=dict)

    @property
    def ouvert(self) -> bool:
        """Whether the figures must be seen at once."""
        return any(c.valeur or c.precision or c.erreur for c in self.champs)

    @property
    def repondu(self) -> bool:
        """Whether there is an answer, « ne sait pas » included."""
        return bool(self.textes["avis"])

    @property
    def brouillon(self) -> bool:
        """A reason without an answer."""
        return not self.repondu and bool(self.textes["justification"] or self.textes["source"])


def criteres_de(famille: str, passage: Passage) -> list[Critere]:
    """The criteria of a family that a round asks, in order."""
    tous = sorted(obtenir_base().criteres.values(), key=lambda c: c.ordre)
    return [c for c in tous if c.famille == famille and (c.essentiel or passage.grille == "complete")]


def familles_de(passage: Passage) -> list[Famille]:
    """The families that a round asks something of, in order."""
    familles = sorted(obtenir_base().familles.values(), key=lambda f: f.ordre)
    return [f for f in familles if criteres_de(f.id, passage)]


def compter(contenu: Mapping[str, Contenu], criteres: Sequence[Critere]) -> int:
    """How many of the criteria have an answer."""
    return sum(bool(contenu.get(c.id, {}).get("avis")) for c in criteres)


def poser(
    critere: Critere,
    contenu: Contenu,
    *,
    calcules: Mapping[str, str],
    tape: Tape | None = None,
    erreurs: Mapping[str, str] | None = None,
    autre: Contenu | None = None,
) -> Question:
    """A criterion to show.

    Args:
        contenu: what is kept of it.
        calcules: measure → what the accounts give, in words.
        tape: what the person has just typed, shown back instead of what is kept.
        autre: in a conflict, what somebody else has written.
    """
    base = obtenir_base()
    textes = {t: tape.textes[t] if tape else contenu.get(t, "") for t in TEXTES}
    lecture = critere.lecture
    sens = {"oui": lecture.oui, "moyen": lecture.moyen, "non": lecture.non}
    return Question(
        critere=critere,
        reponses=tuple((code, mot, composer(sens.get(code, ""))) for code, mot in AVIS),
        textes=textes,
        champs=tuple(
            _champ(m, contenu, tape, calcules.get(m.id, ""), (erreurs or {}).get(m.id, ""))
            for m in critere.mesures
        ),
        reperes=tuple(_repere(r.texte, r.type, r.millesime, r.source, base) for r in critere.reperes),
        preuves=tuple(
            Preuve(texte=composer(p.texte), document=citer_source(p.source, base)) for p in critere.preuves
        ),
        provenance=composer(PROVENANCES[critere.provenance]),
        lu=tape.lu if tape and autre is not None else empreinte(contenu),
        conflit=empreinte(autre) if autre is not None else "",
        autre=dire_contenu(critere, autre) if autre is not None else None,
        erreurs=erreurs or {},
    )


def _repere(texte: str, type_: str, millesime: str, source: object, base: BaseSavoir) -> Preuve:
    nom = "Proposition de Pérenne" if type_ == "proposition" else "Repère"
    annee = f" ({millesime})" if millesime else ""
    return Preuve(
        texte=composer(f"{nom}{annee} : {texte}"),
        document=citer_source(source, base) if source is not None else None,  # type: ignore[arg-type]
    )


def _champ(m: Mesure, contenu: Contenu, tape: Tape | None, calcule: str, erreur: str) -> Champ:
    garde = contenu.get("chiffres", {}).get(m.id, {})
    valeur, precision = montrer(garde.get("valeur", "")), garde.get("precision", "")
    if tape is not None:
        valeur, precision = tape.mesures[m.id]
    choix = dict(m.choix or {})
    genre = "choix" if choix else "date" if m.nature == "date" else "nombre"
    if m.nature == "oui-non":
        genre, choix = "oui-non", {"oui": "oui", "non": "non"}
    elif choix and valeur.endswith(",0"):
        valeur = valeur.removesuffix(",0")
    return Champ(
        id=m.id,
        libelle=m.libelle,
        unite=m.unite.replace("EUR", "€"),
        genre=genre,
        choix=choix,
        calcul=m.calcul,
        valeur=valeur,
        precision=precision,
        calcule=calcule,
        erreur=erreur,
    )


def dire_contenu(critere: Critere, contenu: Contenu) -> list[tuple[str, str]]:
    """What is kept of a criterion, in words, for somebody who must choose."""
    dits = [("Réponse", MOTS_AVIS.get(contenu.get("avis", ""), "pas de réponse"))]
    dits += [
        (n, contenu[c]) for c, n in (("justification", "Justification"), ("source", "Source")) if c in contenu
    ]
    mesures = {m.id: m for m in critere.mesures}
    for ident, chiffre in contenu.get("chiffres", {}).items():
        m = mesures.get(ident)
        if m is not None:
            valeur = montrer(chiffre.get("valeur", ""))
            unite = f" {m.unite}" if m.unite else ""
            detail = f" ({chiffre['precision']})" if chiffre.get("precision") else ""
            dits.append((m.libelle, f"{(m.choix or {}).get(valeur, valeur)}{unite}{detail}"))
    return dits
