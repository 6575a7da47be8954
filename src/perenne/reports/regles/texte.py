"""The answer of a rule in French: the outcome first, then why, the article, the dates, what is missing."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from decimal import Decimal

from perenne.domain.regles.evaluation import Etape
from perenne.domain.regles.periodes import fin_de
from perenne.domain.regles.resultat import CasEvalue, Resultat
from perenne.domain.regles.syntaxe import Binaire
from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.savoir.regles import Regle, Version
from perenne.reports.regles.lisible import Lecteur
from perenne.reports.regles.mots import (
    CONFIANCES,
    DATES,
    ISSUES,
    chiffre,
    periode_lisible,
    reference_lisible,
    valeur_lisible,
)
from perenne.reports.typographie import date_longue, lister, majuscule

LARGEUR = 96
_VERITE = {True: "vrai   ", False: "faux   ", None: "inconnu"}
_ETATS = {
    "avant": "avant la première version connue",
    "lacune": "dans une période qui n'est pas connue",
    "apres": "après la dernière version connue",
}


def ecrire_resultat(resultat: Resultat, base: BaseSavoir) -> str:
    """The answer of one rule at one date."""
    regle = resultat.regle
    lignes = [f"{regle.titre} ({regle.id})", f"Au {date_longue(resultat.au)} : {_reponse(resultat)}", ""]
    lignes += _pourquoi(resultat)
    lignes += _manque(resultat, base)
    lignes += _droit(resultat, base)
    lignes += _raisonnement(resultat, base)
    if regle.limites:
        lignes += ["", *_paragraphe("Limites", regle.limites)]
    return "\n".join(lignes) + "\n"


def ecrire_regle(regle: Regle, base: BaseSavoir) -> str:
    """A rule by itself: what it says and how it changed."""
    lignes = [f"{regle.titre} ({regle.id})", "", *_plier(regle.enonce), ""]
    lignes += _paragraphe("Date qui compte", DATES[regle.date_applicable])
    lignes += _paragraphe("Confiance", CONFIANCES[regle.confiance])
    if regle.portee:
        lignes += _paragraphe("Portée", regle.portee)
    if regle.limites:
        lignes += _paragraphe("Limites", regle.limites)
    lignes += ["", "Au fil du temps"]
    for rang, version in enumerate(regle.versions):
        lignes += _version(regle, rang, version, base)
    return "\n".join(lignes) + "\n"


def _version(regle: Regle, rang: int, version: Version, base: BaseSavoir) -> Iterator[str]:
    fin = fin_de(regle, rang)
    doute = " [à vérifier]" if (version.confiance or regle.confiance) == "C" else ""
    yield f"  {majuscule(periode_lisible(version.du, fin))}{doute}"
    yield from (f"      {ligne}" for ligne in _contenu(regle, version, base))
    suivante = regle.versions[rang + 1].du if rang + 1 < len(regle.versions) else None
    if fin is not None and suivante is not None and (suivante - fin).days > 1:
        yield f"  Du {date_longue(fin)} au {date_longue(suivante)} (bornes non comprises) : non connu"
    if fin is not None and suivante is None and regle.apres == "inconnu":
        yield f"  Après le {date_longue(fin)} : non connu"


def _contenu(regle: Regle, version: Version, base: BaseSavoir) -> Iterator[str]:
    if version.valeur is not None:
        yield chiffre(_decimal(version.valeur), regle.unite)
    fait = base.faits.get(regle.cle or "")
    for code, valeur in (version.bareme or {}).items():
        yield f"{valeur_lisible(code, fait, base)} : {chiffre(_decimal(valeur), regle.unite)}"
    for cas in version.cas:
        condition = f"si {cas.si}" if cas.si else "sinon"
        yield from _plier(f"{condition} → {ISSUES[cas.issue]} : {cas.motif}", "    ")
    for reference in version.references:
        yield from _plier(f"Réf. : {reference_lisible(reference, base.ressources)}", "    ")
    if version.note:
        yield from _plier(f"Note : {version.note}", "    ")


def _decimal(valeur: float) -> Decimal:
    return Decimal(str(valeur))


def _reponse(resultat: Resultat) -> str:
    if resultat.valeur is not None:
        return chiffre(resultat.valeur, resultat.regle.unite)
    if resultat.issue is None:
        return "valeur non connue"
    return ISSUES[resultat.issue].upper()


def _pourquoi(resultat: Resultat) -> Iterator[str]:
    if resultat.etat != "en_vigueur":
        yield from _paragraphe("Parce que", _hors_periode(resultat))
        return
    if resultat.indicative is not None:
        doute = f"Si le texte se confirme : {ISSUES[resultat.indicative]}."
        yield from _paragraphe("Attention", f"La confiance est C : rien n'est décidé. {doute}")
    for rang in resultat.retenus:
        cas = resultat.cas[rang].cas
        etiquette = "Parce que" if len(resultat.retenus) == 1 else f"Ou bien {ISSUES[cas.issue]}"
        yield from _paragraphe(etiquette, cas.motif)
        if cas.que_faire:
            yield from _paragraphe("Que faire", cas.que_faire)


def _hors_periode(resultat: Resultat) -> str:
    if resultat.etat == "avant" and resultat.regle.avant == "sans_objet":
        debut = date_longue(resultat.regle.versions[0].du)
        return f"La règle n'existait pas encore : elle s'applique depuis le {debut}."
    if resultat.etat == "apres" and resultat.regle.apres == "sans_objet":
        fin = fin_de(resultat.regle, len(resultat.regle.versions) - 1)
        return (
            f"La règle a cessé de s'appliquer après le {date_longue(fin)}." if fin else "La règle a pris fin."
        )
    return f"La date tombe {_ETATS[resultat.etat]}."


def _manque(resultat: Resultat, base: BaseSavoir) -> Iterator[str]:
    if resultat.manquants:
        yield "Il manque :"
    for nom in resultat.manquants:
        fait = base.faits.get(nom)
        yield from _plier(f"  --avec {nom}=…  {fait.question if fait else ''}".rstrip(), "    ")
    inconnues = [r for r in resultat.lacunes if r != resultat.regle.id]
    if inconnues:
        yield from _paragraphe("Non connu à cette date", lister(inconnues))


def _droit(resultat: Resultat, base: BaseSavoir) -> Iterator[str]:
    references = [reference_lisible(r, base.ressources) for r in resultat.references]
    if references:
        yield from _paragraphe("Texte", " ; ".join(references))
    if resultat.version is not None:
        yield from _paragraphe("En vigueur", periode_lisible(resultat.version.du, resultat.fin))
        if resultat.version.note:
            yield from _paragraphe("Note", resultat.version.note)
    yield from _paragraphe("Date qui compte", DATES[resultat.regle.date_applicable])
    confiance = f"{CONFIANCES[resultat.confiance]} ; état au {date_longue(resultat.regle.verifie_le)}"
    yield from _paragraphe("Confiance", confiance)


def _raisonnement(resultat: Resultat, base: BaseSavoir) -> Iterator[str]:
    if not resultat.cas or (len(resultat.cas) == 1 and resultat.cas[0].etape is None):
        return
    lecteur = Lecteur(base, {a.regle.id: a for a in resultat.appels})
    yield ""
    yield "Ce qui a été regardé, dans l'ordre"
    for cas in resultat.cas:
        yield from _cas(cas, lecteur)
    if resultat.faits or resultat.appels:
        yield ""
        yield "Sur la foi de"
    for nom, valeur in resultat.faits:
        fait = base.faits.get(nom)
        yield from _plier(f"  {fait.libelle if fait else nom} : {valeur_lisible(valeur, fait, base)}", "    ")
    for appel in resultat.appels:
        yield from _plier(f"  {appel.regle.titre} : {_reponse(appel)} ({appel.regle.id})", "    ")


def _cas(cas: CasEvalue, lecteur: Lecteur) -> Iterator[str]:
    if cas.etape is None:
        yield f"  [sinon  ] {ISSUES[cas.cas.issue]}"
        return
    yield f"  [{_VERITE[cas.verite]}] {ISSUES[cas.cas.issue]} si"
    for ligne in _conditions(cas.etape, lecteur):
        yield from _plier(f"              {ligne}", "                ")


def _conditions(etape: Etape, lecteur: Lecteur) -> Iterator[str]:
    """One line per elementary condition with its truth; nested groups are set back."""
    if isinstance(etape.expr, Binaire) and etape.expr.operateur in {"et", "ou"}:
        for rang, enfant in enumerate(_aplatir(etape, etape.expr.operateur)):
            premier, *suite = _conditions(enfant, lecteur)
            yield f"{etape.expr.operateur} {premier}" if rang else premier
            yield from (f"   {ligne}" for ligne in suite)
        return
    yield f"{lecteur.condition(etape)} [{_VERITE[etape.verite].strip()}]"


def _aplatir(etape: Etape, operateur: str) -> Iterator[Etape]:
    for enfant in etape.enfants:
        if isinstance(enfant.expr, Binaire) and enfant.expr.operateur == operateur:
            yield from _aplatir(enfant, operateur)
        else:
            yield enfant


def _plier(texte: str, retrait: str = "") -> list[str]:
    return textwrap.wrap(
        texte, LARGEUR, subsequent_indent=retrait, break_long_words=False, break_on_hyphens=False
    )


def _paragraphe(etiquette: str, texte: str) -> list[str]:
    return _plier(f"{etiquette} : {texte}", "  ")
