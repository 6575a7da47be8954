"""From a form to an advice, and back: what was read comes again in the fields, nothing is kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from perenne.domain.leviers.entree import Entreprise
from perenne.domain.regles.evaluation import Valeur
from perenne.services.leviers.conseil import Conseil, conseiller_lue
from perenne.services.leviers.entreprise import EntrepriseLue, lire_cas, lire_envoi, lire_table
from perenne.services.savoir import obtenir_base
from perenne.web.api.corps import lire_fichier
from perenne.web.leviers.formulaires import FormulaireAvis, nommer

ANONYME = "cette entreprise"


def conseiller(formulaire: FormulaireAvis) -> Conseil:
    """The advice that a valid form asks for.

    Raises:
        ErreurUtilisateur: the file, or what is said of the enterprise, cannot be used.
    """
    dits = formulaire.cleaned_data
    return conseiller_lue(
        _lire_entreprise(formulaire, dits),
        dits.get("designation") or dits["acteur"],
        au=dits["au"],
        montant=dits["montant"],
        territoire=dits["territoire"],
    )


def _lire_entreprise(formulaire: FormulaireAvis, dits: Mapping[str, Any]) -> EntrepriseLue:
    """A file, else a case, else what an earlier file said; the fields that are filled in win."""
    base, au = obtenir_base(), dits["au"]
    saisie = _table(formulaire, dits)
    fichier: UploadedFile | None = dits["fichier"]
    if fichier is not None:
        return _completer(lire_envoi(*lire_fichier(fichier), base, au), saisie, au)
    if dits["cas"]:
        lue = lire_cas(dits["cas"], base)
        # Its own fields came back filled in: what is empty now was taken away.
        return _completer(_retirer(lue, formulaire) if dits["relu"] else lue, saisie, au)
    return lire_table(_fondre(dits["fiche"], saisie, formulaire), base, au, _situer(formulaire))


def _table(formulaire: FormulaireAvis, dits: Mapping[str, Any]) -> dict[str, Any]:
    """What the visible fields say, as a description of an enterprise."""
    table: dict[str, Any] = {n: dits[n] for n in ("nom", "forme_juridique", "activite", "stade") if dits[n]}
    for question in formulaire.questions:
        valeur = dits.get(nommer(question.fait))
        if valeur in ("", None):
            continue
        if question.critere:
            table.setdefault("grille", {})[question.critere] = valeur
        elif question.genre == "oui-non":
            table.setdefault("situation", {})[question.fait] = valeur == "oui"
        else:
            table.setdefault("situation", {})[question.fait] = valeur
    return table


def _completer(lue: EntrepriseLue, saisie: dict[str, Any], au: Any) -> EntrepriseLue:
    connue = lue.entreprise
    dite = lire_table({"nom": connue.nom or ANONYME, **saisie}, obtenir_base(), au).entreprise
    if dite.activite:
        connue = replace(connue, activite=dite.activite, besoins=dite.besoins, theme=dite.theme)
    return replace(lue, entreprise=replace(connue, nom=dite.nom, faits={**connue.faits, **dite.faits}))


def _retirer(lue: EntrepriseLue, formulaire: FormulaireAvis) -> EntrepriseLue:
    montres = {q.fait for q in formulaire.questions} | {"forme_juridique", "stade"}
    gardes = {f: v for f, v in lue.entreprise.faits.items() if f not in montres}
    return replace(lue, entreprise=replace(lue.entreprise, faits=gardes))


def _fondre(fiche: dict[str, Any], saisie: dict[str, Any], formulaire: FormulaireAvis) -> dict[str, Any]:
    montres = {q.fait for q in formulaire.questions}
    criteres = {q.critere for q in formulaire.questions}
    cachees: dict[str, Any] = {n: fiche[n] for n in ("fictif", "besoins", "theme") if n in fiche}
    if saisie.get("activite") != fiche.get("activite"):
        cachees.pop("besoins", None)
        cachees.pop("theme", None)
    blocs: dict[str, dict[str, Any]] = {}
    for bloc, vus in (("grille", criteres), ("situation", montres)):
        avant = fiche.get(bloc)
        gardes = {f: v for f, v in avant.items() if f not in vus} if isinstance(avant, dict) else {}
        blocs[bloc] = {**gardes, **saisie.get(bloc, {})}
    return {"nom": ANONYME, **cachees, **saisie, **blocs}


def _situer(formulaire: FormulaireAvis) -> Any:
    def situer(chemin: tuple[str | int, ...]) -> str:
        nom = str(chemin[-1]) if chemin else ""
        fait = f"critere_{nom.lower()}" if chemin[:1] == ("grille",) else nom
        champ = formulaire.fields.get(nommer(fait)) or formulaire.fields.get(nom)
        return str(champ.label) if champ else nom

    return situer


def reprendre(formulaire: FormulaireAvis, conseil: Conseil) -> FormulaireAvis:
    """The form again, filled in with what was read, and with the questions that the advice asks first."""
    demande = conseil.recommandation.demande
    dits, entreprise = formulaire.cleaned_data, demande.entreprise
    questions = tuple(q.fait for q in conseil.recommandation.questions)
    donnees: dict[str, Any] = {
        **{n: dits[n] for n in ("acteur", "collectivite", "montant", "territoire", "cas")},
        "au": dits["au"].isoformat(),
        "nom": "" if entreprise.nom == ANONYME else entreprise.nom,
        "activite": entreprise.activite,
        "forme_juridique": entreprise.faits.get("forme_juridique", ""),
        "stade": entreprise.faits.get("stade", ""),
        "fiche": "" if dits["cas"] else json.dumps(decrire(entreprise), ensure_ascii=False),
        "relu": "on",
    }
    neuf = FormulaireAvis(donnees, demandes=questions)
    for question in neuf.questions:
        if (valeur := entreprise.faits.get(question.fait)) is not None:
            donnees[nommer(question.fait)] = _ecrire(valeur)
    return FormulaireAvis(donnees, demandes=questions)


def decrire(entreprise: Entreprise) -> dict[str, Any]:
    """An enterprise as a description, which `lire_table` reads back."""
    grille, situation = {}, {}
    for fait, valeur in entreprise.faits.items():
        if fait.startswith("critere_"):
            grille[fait.removeprefix("critere_").upper()] = _simple(valeur)
        elif fait not in ("forme_juridique", "stade"):
            situation[fait] = _simple(valeur)
    return {
        "nom": entreprise.nom,
        "fictif": entreprise.fictif,
        "activite": entreprise.activite or None,
        "besoins": list(entreprise.besoins),
        "theme": entreprise.theme or None,
        "grille": grille,
        "situation": situation,
    }


def _simple(valeur: Valeur) -> Any:
    if isinstance(valeur, Decimal):
        return int(valeur) if valeur == valeur.to_integral_value() else float(valeur)
    if isinstance(valeur, frozenset):
        return sorted(valeur)
    return valeur if isinstance(valeur, bool | str) else valeur.isoformat()


def _ecrire(valeur: Valeur) -> str:
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    return str(_simple(valeur)).replace(".", ",") if isinstance(valeur, Decimal) else str(valeur)
