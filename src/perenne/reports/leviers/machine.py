"""The advice for machines: codes and values, the sum of the parts, nothing hidden."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any

from perenne import __version__
from perenne.domain.leviers.contributions import Contribution
from perenne.domain.leviers.recommandation import ActionRecommandee, Recommandation
from perenne.domain.leviers.sensibilite import Bascule
from perenne.domain.leviers.statut import StatutJuridique


def ecrire_json(reco: Recommandation) -> str:
    """The whole advice as JSON."""
    demande = reco.demande
    contenu = {
        "perenne": __version__,
        "au": reco.au,
        "entreprise": {
            "nom": demande.entreprise.nom,
            "cas": demande.entreprise.cas or None,
            "activite": demande.entreprise.activite or None,
            "besoins": demande.entreprise.besoins,
            "fictif": demande.entreprise.fictif,
        },
        "acteur": {
            "type": demande.acteur.type,
            "nom": demande.acteur.nom or None,
            "moyens": sorted(demande.acteur.moyens),
            "ambitions": sorted(demande.acteur.ambitions),
        },
        "territoire": {
            "nom": demande.lieu.nom or None,
            "besoins": dict(demande.lieu.besoins),
            "zonages": sorted(demande.lieu.zonages),
        },
        "montant": demande.montant,
        "faits": demande.faits,
        "premieres": reco.tete.premieres,
        "echelles": dict(reco.tete.echelles),
        "sans_signal": reco.sans_signal,
        "questions": [
            {"fait": q.fait, "bascules": q.bascules, "points_en_jeu": q.poids, "ferait_entrer": q.actions}
            for q in reco.questions
        ],
        "actions": [_action(a) for a in reco.actions],
    }
    return json.dumps(contenu, ensure_ascii=False, indent=2, default=_coder) + "\n"


def _action(a: ActionRecommandee) -> dict[str, Any]:
    return {
        "action": a.action.id,
        "code": a.action.code,
        "echelle": a.action.echelle,
        "place": a.place,
        "rang": a.rang,
        "points": a.points,
        "parce_que": [_terme(t) for t in a.parce_que],
        "contretemps": a.contretemps,
        "signaux_inconnus": [{"si": s.signal.si, "points": s.points} for s in a.inconnus],
        "changerait_si": [_bascule(b) for b in a.changerait_si],
        "statut": a.droit.statut,
        "instruments": [
            {
                "instrument": v.instrument.id,
                "points": v.points,
                "dans_les_moyens": v.dans_les_moyens,
                "role": v.statut.intervenant.role if v.statut.intervenant else None,
                **_statut(v.statut),
            }
            for v in a.droit.voies
        ],
        "instruments_d_autres_acteurs": [i.id for i in a.droit.ailleurs],
        "precedents": [
            {
                "cas": p.cas.id,
                "distance": round(p.distance, 3),
                "faits": [f.id for f in p.faits],
                "termes": {e.terme: round(e.distance, 3) if e.lu else None for e in p.ecarts},
            }
            for p in a.precedents
        ],
        "deja": [f.id for f in a.deja],
        "autres_acteurs": [{"type": i.type, "role": i.role, "condition": i.condition} for i in a.autres],
        "premiers_pas": a.action.premiers_pas,
        "effort": {
            "delai": a.action.effort.delai.valeur if a.action.effort.delai else None,
            "cout": a.action.effort.cout.valeur if a.action.effort.cout else None,
            "a_documenter": a.action.effort.a_documenter,
        },
        "synergies": [{"action": s.action, "motif": s.motif} for s in a.synergies],
        "incompatibilites": [
            {"action": i.action, "objet": i.objet or None, "motif": i.motif, "juridique": i.juridique}
            for i in a.incompatibilites
        ],
    }


def _terme(t: Contribution) -> dict[str, Any]:
    return {
        "nature": t.nature,
        "cle": t.cle,
        "points": t.points,
        "motif": t.motif,
        "provenance": t.provenance,
    }


def _bascule(b: Bascule) -> dict[str, Any]:
    return {
        "sens": b.sens,
        "changements": [{"fait": c.fait, "avant": c.avant, "apres": c.apres} for c in b.changements],
    }


def _statut(s: StatutJuridique) -> dict[str, Any]:
    return {
        "statut": s.statut,
        "regles": [
            {
                "regle": e.resultat.regle.id,
                "effet": e.statut,
                "issue": e.resultat.issue,
                "confiance": e.resultat.confiance,
                "references": [{"document": r.document, "article": r.article} for r in e.resultat.references],
            }
            for e in s.effets
        ],
        "manquants": s.manquants,
        "suppositions": dict(s.suppositions),
        "que_faire": s.que_faire,
        "confiance_c": s.a_verifier,
    }


def _coder(valeur: object) -> object:
    if isinstance(valeur, Decimal):
        return int(valeur) if valeur == valeur.to_integral_value() else float(valeur)
    if isinstance(valeur, dt.date):
        return valeur.isoformat()
    if isinstance(valeur, (set, frozenset)):
        return sorted(valeur)
    raise TypeError(f"cannot be written as JSON: {type(valeur).__name__}")
