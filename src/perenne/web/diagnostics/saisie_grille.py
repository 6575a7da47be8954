"""What a form of the grid sends: read criterion by criterion, with the reader of the files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from perenne.domain.savoir.criteres import Critere
from perenne.reports.entreprise.feuilles import CHIFFRES, REPONSES
from perenne.services.entreprise.rubriques import essayer_rubriques
from perenne.web.diagnostics.assemblage import Contenu, ranger
from perenne.web.diagnostics.models import Passage, Repondant

TEXTES = ("avis", "justification", "source")
MIEN, AUTRE = "mien", "autre"


@dataclass(frozen=True, kw_only=True)
class Tape:
    """One criterion as typed.

    Attributes:
        textes: raw `avis`, `justification`, `source`.
        mesures: measure → raw value and detail.
        lu: digest of what was on the page when it was opened.
        choix, conflit: in a conflict, which of the two is kept (`mien`, `autre`), and the digest of the
            other one as it was shown.
    """

    textes: Mapping[str, str]
    mesures: Mapping[str, tuple[str, str]]
    lu: str
    choix: str = ""
    conflit: str = ""


@dataclass(frozen=True, kw_only=True)
class Lu:
    """One criterion understood: what may be kept, and what is wrong by field (`avis`, …, or a measure)."""

    contenu: Contenu
    erreurs: Mapping[str, str] = field(default_factory=dict)


def taper(post: Mapping[str, str], critere: Critere) -> Tape | None:
    """What a form says of a criterion; None when the form does not show it."""
    nom = critere.id
    if f"{nom}-lu" not in post:
        return None
    return Tape(
        textes={t: _net(post.get(f"{nom}-{t}", "")) for t in TEXTES},
        mesures={
            m.id: (_net(post.get(f"{nom}-{m.id}", "")), _net(post.get(f"{nom}-{m.id}-precision", "")))
            for m in critere.mesures
        },
        lu=post[f"{nom}-lu"],
        choix=post.get(f"{nom}-choix", ""),
        conflit=post.get(f"{nom}-conflit", ""),
    )


def _net(texte: str) -> str:
    return texte.replace("\r\n", "\n").replace("\x00", "").strip()


@dataclass(frozen=True, kw_only=True)
class Cadre:
    """Whose answers, in which round, on which day."""

    passage: Passage
    repondant: Repondant
    au: dt.date


def comprendre_critere(tape: Tape, garde: Contenu, critere: Critere, cadre: Cadre) -> Lu:
    """Read what was typed; a field that cannot be read keeps what was there, and says why.

    Args:
        garde: what is kept of this criterion now.
    """
    textes, mesures = dict(tape.textes), dict(tape.mesures)
    erreurs: dict[str, str] = {}
    # Each turn takes one more wrong field back to what was kept: at most as many turns as fields.
    for _ in range(2 * (len(textes) + len(mesures)) + 1):
        lu, fautes = _essayer(textes, mesures, critere, cadre)
        if lu is not None:
            return Lu(contenu=_dater(lu, garde), erreurs=erreurs)
        for champ, message in fautes.items():
            erreurs.setdefault(champ, message)
            avant = garde.get("chiffres", {}).get(champ, {})
            if champ in mesures:
                meme = tape.mesures[champ] == mesures[champ]
                mesures[champ] = (
                    (montrer(avant.get("valeur", "")), avant.get("precision", "")) if meme else ("", "")
                )
            else:
                meme = tape.textes[champ] == textes[champ]
                textes[champ] = garde.get(champ, "") if meme else ""
    return Lu(contenu=garde, erreurs=erreurs)


def _essayer(
    textes: Mapping[str, str], mesures: Mapping[str, tuple[str, str]], critere: Critere, cadre: Cadre
) -> tuple[Contenu | None, dict[str, str]]:
    donnees = [m for m, (valeur, precision) in mesures.items() if valeur or precision]
    sans_valeur = {m: SANS_VALEUR for m in donnees if not mesures[m][0]}
    if sans_valeur:
        return None, sans_valeur
    # A reason without an answer is a draft: it is read with an answer that is taken away afterwards.
    brouillon = not textes["avis"] and (textes["justification"] or textes["source"])
    rubriques: dict[str, Any] = {
        "structure": {"nom": "-"},
        "repondants": [{"id": cadre.repondant.nom, "role": cadre.repondant.role}],
        "passages": [{"id": cadre.passage.nom, "date": cadre.passage.date.isoformat()}],
        "reponses": [{"critere": critere.id, **textes, **({"avis": "ne-sait-pas"} if brouillon else {})}],
        "chiffres": [{"mesure": m, "valeur": mesures[m][0], "precision": mesures[m][1]} for m in donnees],
    }
    lu, anomalies = essayer_rubriques(rubriques, cadre.au)
    if lu is None:
        fautes: dict[str, str] = {}
        for a in anomalies:
            table, _, reste = a.ou.partition("/")
            rang, _, champ = reste.partition("/")
            cle = donnees[int(rang)] if table == CHIFFRES.cle else champ if table == REPONSES.cle else ""
            fautes.setdefault(
                cle if cle in mesures or cle in textes else "avis", f"{a.message} {a.conseil}".strip()
            )
        return None, {c: _sans_nom(m, c) for c, m in fautes.items()}
    contenu = ranger(lu.dossier.reponses, lu.dossier.chiffres).get(critere.id, {})
    if brouillon:
        contenu.pop("avis", None)
    return contenu, {}


SANS_VALEUR = "Donnez la valeur, ou effacez sa précision."


def _sans_nom(message: str, champ: str) -> str:
    """The message without the name of the field or of the measure that stands beside it on the page."""
    for debut in (f"{champ} : ", *(f"« {c.libelle} » : " for c in (*REPONSES.champs, *CHIFFRES.champs))):
        message = message.removeprefix(debut)
    return message[:1].upper() + message[1:]


def _dater(contenu: Contenu, garde: Contenu) -> Contenu:
    """What did not change keeps its date."""
    if garde.get("date") and all(contenu.get(t, "") == garde.get(t, "") for t in TEXTES):
        contenu = {**contenu, "date": garde["date"]}
    chiffres = {
        m: ({**x, "date": avant["date"]} if (avant := _meme(garde, m, x)) else x)
        for m, x in contenu.get("chiffres", {}).items()
    }
    return {**contenu, "chiffres": chiffres} if chiffres else contenu


def _meme(garde: Contenu, mesure: str, chiffre: Contenu) -> Contenu | None:
    avant: Contenu = garde.get("chiffres", {}).get(mesure, {})
    meme = "date" in avant and {c: v for c, v in avant.items() if c != "date"} == chiffre
    return avant if meme else None


def montrer(valeur: object) -> str:
    """A figure as it is typed: decimal comma."""
    return repr(valeur).replace(".", ",") if isinstance(valeur, float) else str(valeur)
