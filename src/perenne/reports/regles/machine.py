"""The answer of a rule as JSON: the same content as the text, for other software."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from perenne.domain.regles.evaluation import Etape, Valeur
from perenne.domain.regles.periodes import fin_de
from perenne.domain.regles.resultat import CasEvalue, Resultat
from perenne.domain.regles.syntaxe import ecrire
from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.savoir.regles import Reference, Regle
from perenne.reports.regles.mots import reference_lisible


def _valeur(valeur: Valeur | None) -> Any:
    if isinstance(valeur, Decimal):
        return int(valeur) if valeur == valeur.to_integral_value() else float(valeur)
    if isinstance(valeur, frozenset):
        return sorted(valeur)
    return valeur if valeur is None or isinstance(valeur, (bool, str)) else valeur.isoformat()


def _reference(reference: Reference, base: BaseSavoir) -> dict[str, Any]:
    return {
        "document": reference.document,
        "article": reference.article,
        "secondaire": reference.secondaire,
        "texte": reference_lisible(reference, base.ressources),
    }


def _etape(etape: Etape) -> dict[str, Any]:
    donnees: dict[str, Any] = {"expression": ecrire(etape.expr), "valeur": _valeur(etape.valeur)}
    if etape.enfants:
        donnees["parties"] = [_etape(e) for e in etape.enfants]
    return donnees


def _cas(cas: CasEvalue) -> dict[str, Any]:
    return {
        "issue": cas.cas.issue,
        "verite": cas.verite,
        "motif": cas.cas.motif,
        "que_faire": cas.cas.que_faire,
        "condition": _etape(cas.etape) if cas.etape else None,
    }


def resultat_en_donnees(resultat: Resultat, base: BaseSavoir) -> dict[str, Any]:
    """The whole answer as values that JSON holds; the answers of other rules are nested."""
    version = resultat.version
    return {
        "regle": resultat.regle.id,
        "titre": resultat.regle.titre,
        "au": resultat.au.isoformat(),
        "date_applicable": resultat.regle.date_applicable,
        "etat": resultat.etat,
        "issue": resultat.issue,
        "si_confirme": resultat.indicative,
        "valeur": _valeur(resultat.valeur),
        "unite": resultat.regle.unite,
        "ferme": resultat.ferme,
        "confiance": resultat.confiance,
        "verifie_le": resultat.regle.verifie_le.isoformat(),
        "periode": {"du": version.du.isoformat(), "au": resultat.fin.isoformat() if resultat.fin else None}
        if version
        else None,
        "references": [_reference(r, base) for r in resultat.references],
        "cas": [_cas(c) for c in resultat.cas],
        "retenus": list(resultat.retenus),
        "faits": {nom: _valeur(v) for nom, v in resultat.faits},
        "manquants": [
            {"fait": nom, "question": base.faits[nom].question if nom in base.faits else ""}
            for nom in resultat.manquants
        ],
        "lacunes": list(resultat.lacunes),
        "limites": resultat.regle.limites,
        "regles_appelees": [resultat_en_donnees(a, base) for a in resultat.appels],
    }


def ecrire_resultat_json(resultat: Resultat, base: BaseSavoir) -> str:
    """The answer as JSON text."""
    return json.dumps(resultat_en_donnees(resultat, base), ensure_ascii=False, indent=2) + "\n"


def ecrire_regle_json(regle: Regle, base: BaseSavoir) -> str:
    """A rule and its periods as JSON text."""
    donnees = {
        "regle": regle.id,
        "titre": regle.titre,
        "nature": regle.nature,
        "enonce": regle.enonce,
        "unite": regle.unite,
        "date_applicable": regle.date_applicable,
        "confiance": regle.confiance,
        "verifie_le": regle.verifie_le.isoformat(),
        "portee": regle.portee,
        "limites": regle.limites,
        "versions": [
            {
                "du": v.du.isoformat(),
                "au": fin.isoformat() if (fin := fin_de(regle, i)) else None,
                "valeur": v.valeur,
                "bareme": v.bareme,
                "cas": [{"si": c.si, "issue": c.issue, "motif": c.motif} for c in v.cas],
                "confiance": v.confiance or regle.confiance,
                "references": [_reference(r, base) for r in v.references or regle.references],
                "note": v.note,
            }
            for i, v in enumerate(regle.versions)
        ],
    }
    return json.dumps(donnees, ensure_ascii=False, indent=2) + "\n"
