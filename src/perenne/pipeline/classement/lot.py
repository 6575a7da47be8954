"""Operators in Arrow batches, classified: a kernel that any engine can call, in any process."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa

from perenne.domain.classement.decision import Classeur, faibles_suffisent
from perenne.domain.classement.decisions import Decisions, normaliser_cle
from perenne.domain.classement.modele import Modele
from perenne.domain.classement.operateur import (
    Operateur,
    classer_operateur,
    intituler,
    origines,
    registres_de_liste,
)
from perenne.domain.classement.registres import code_naf
from perenne.domain.classement.types import Etiquette, Indice, Liste
from perenne.domain.savoir.activites import Activite
from perenne.domain.texte import normaliser
from perenne.pipeline.classement.automate import Automate

SCHEMA = pa.schema(
    [
        (c, pa.string())
        for c in (
            "operateur", "id", "activite", "confiance", "origine", "indices", "commune", "departement",
        )
    ]
)  # fmt: skip
"""Columns of `entreprise_activite`."""

TEXTES = ("nom", "sigle", "objet")
CODES = ("naf", "forme", "objet_social1", "objet_social2")
IDENTITE = ("operateur", "id", "rna", "commune", "departement")
COLONNES = (*IDENTITE, *TEXTES, *CODES, "listes")
"""What a batch must hold; `listes` is a list of records (see `_liste`), null when no list names it."""

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_MOT = re.compile(r"[\w-]+")


class NoyauActivites:
    """The classifier over batches: most operators say nothing that counts, and cost one search each."""

    def __init__(self, activites: Mapping[str, Activite], modele: Modele, decisions: Decisions) -> None:
        self._automate = Automate(activites)
        self._classeur = Classeur(
            activites=activites, reperage=self._automate, modele=modele, decisions=decisions
        )
        self._nafs = frozenset(self._classeur.appuis.naf)
        self._registres = frozenset(self._classeur.appuis.registres)
        self._coeurs = frozenset(c for a in activites.values() for c in (*a.naf.coeur, *a.waldec.coeur))
        self._faibles_suffisent = faibles_suffisent(modele)

    def classer(self, lot: pa.RecordBatch) -> pa.RecordBatch:
        """One row an activity of an operator (`SCHEMA`), in the order of the batch."""
        lignes: dict[str, list[str | None]] = {c: [] for c in SCHEMA.names}
        colonnes = [lot.column(c).to_pylist() for c in COLONNES]
        for valeurs in zip(*colonnes, strict=True):
            ligne = dict(zip(COLONNES, valeurs, strict=True))
            if not self._parle(ligne):
                continue
            for etiquette in classer_operateur(_operateur(ligne), self._classeur):
                for nom, valeur in _en_ligne(ligne, etiquette).items():
                    lignes[nom].append(valeur)
        return pa.RecordBatch.from_pydict(lignes, schema=SCHEMA)

    def _parle(self, ligne: Mapping[str, Any]) -> bool:
        """Whether an activity is possible; when it is not, nothing more is worked out."""
        naf = code_naf(ligne["naf"] or "")
        if self._faibles_suffisent or naf in self._nafs or self._decidee(ligne):
            return True
        listes = ligne["listes"] or ()
        if any(map(self._appuie, listes)):
            return True
        code = not self._coeurs.isdisjoint((naf, ligne["objet_social1"], ligne["objet_social2"]))
        for texte in _textes(ligne, listes):
            genres = self._automate.genres(normaliser(texte))
            if "fort" in genres or (code and "faible" in genres):
                return True
        return False

    def _appuie(self, liste: Mapping[str, Any]) -> bool:
        """Whether a list that names an operator speaks for an activity by itself, its words aside."""
        if liste.get("services") or liste.get("categorie"):
            return True
        registre, reference = liste.get("registre") or "", liste.get("reference") or ""
        return not self._registres.isdisjoint(registres_de_liste(registre, reference))

    def _decidee(self, ligne: Mapping[str, Any]) -> bool:
        decisions = self._classeur.decisions
        return bool(decisions) and any(normaliser_cle(c) in decisions for c in _cles(ligne))


def _textes(ligne: Mapping[str, Any], listes: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """What is searched for patterns: the words of the operator as they will be weighed, then of each list."""
    yield f"{intituler(ligne['nom'] or '', ligne['sigle'] or '')} {ligne['objet'] or ''}"
    for liste in listes:
        nom, texte = _nom(liste), liste.get("texte") or ""
        if texte or nom != (ligne["nom"] or ""):
            yield f"{nom} {texte}"


def _cles(ligne: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(ligne[c] for c in ("operateur", "id", "rna") if ligne[c])


def _operateur(ligne: Mapping[str, Any]) -> Operateur:
    return Operateur(
        cles=_cles(ligne),
        **{c: ligne[c] or "" for c in (*TEXTES, "naf", "forme")},
        waldec=tuple(c for c in (ligne["objet_social1"], ligne["objet_social2"]) if c),
        listes=tuple(sorted((_liste(e) for e in ligne["listes"] or ()), key=_rang)),
    )


def _liste(brut: Mapping[str, Any]) -> Liste:
    def lu(champ: str) -> str:
        return brut.get(champ) or ""

    return Liste(
        registre=lu("registre"),
        reference=lu("reference"),
        nom=_nom(brut),
        texte=lu("texte"),
        source=lu("source"),
        date=lu("date"),
        services=tuple(_MOT.findall(lu("services"))),
        typologies=tuple(m.upper().replace("-", "_") for m in _MOT.findall(lu("categorie"))),
    )


def _nom(brut: Mapping[str, Any]) -> str:
    """The name, and the usual name where it is one: a third place gives there the body that runs it."""
    nom, usage = brut.get("nom") or "", brut.get("nom_usage") or ""
    if brut.get("registre") == "tiers-lieux" or not usage or normaliser(usage) in normaliser(nom):
        return nom
    return f"{nom} ({usage})" if nom else usage


def _rang(liste: Liste) -> tuple[str, ...]:
    return (liste.registre, liste.reference, liste.nom, liste.date, liste.source)


def _en_ligne(ligne: Mapping[str, Any], etiquette: Etiquette) -> dict[str, str | None]:
    return {
        **{c: ligne[c] for c in ("operateur", "id", "commune", "departement")},
        "activite": etiquette.activite,
        "confiance": etiquette.confiance,
        "origine": " ".join(origines(etiquette)),
        "indices": en_json(etiquette.indices),
    }


def en_json(indices: Sequence[Indice]) -> str:
    """Evidence as a compact list: only what says something."""
    objets = []
    for i in indices:
        objet: dict[str, Any] = {"champ": i.champ, "mots": i.mots}
        if i.champ == "decision":
            date, _, role = i.mots.partition(", ")
            objet = {"champ": i.champ, "date": date, "role": role}
        if i.debut >= 0:
            objet |= {"debut": i.debut, "fin": i.fin, "motif": i.motif}
        if i.liste is not None:
            dits = {c: getattr(i.liste, c) for c in ("registre", "reference", "source", "date")}
            objet |= {c: v for c, v in dits.items() if v}
        objets.append(objet)
    return _JSON.encode(objets)
