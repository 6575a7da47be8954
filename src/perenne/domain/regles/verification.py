"""Checks a rule as a whole: periods, contents, references, cases that can apply, readable examples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from perenne.domain.regles.analyse import analyser
from perenne.domain.regles.atteignabilite import cas_atteignables
from perenne.domain.regles.defauts import Defaut, ExpressionInvalide
from perenne.domain.regles.faits import lire_faits
from perenne.domain.regles.syntaxe import Appel, Litteral, parcourir
from perenne.domain.regles.typage import defauts_de_type
from perenne.domain.regles.types import Portee
from perenne.domain.savoir.regles import Regle, Version

_ISSUES_DEFINITION = frozenset({"oui", "non", "a_verifier", "sans_objet"})


def verifier_regle(regle: Regle, portee: Portee, regles: Mapping[str, Regle]) -> tuple[Defaut, ...]:
    """Everything wrong in a rule; its expressions are supposed well typed (see `verifier_expressions`).

    Args:
        regle: the rule.
        portee: types of the declared facts and of the rules.
        regles: every rule, for those that call others.
    """
    return (
        *_periodes(regle),
        *_contenus(regle, portee),
        *_cas(regle),
        *_references(regle),
        *_exemples(regle, portee),
        *_boucles(regle, regles),
        *(_inatteignables(regle, portee, regles) if not verifier_expressions(regle, portee) else ()),
    )


def verifier_expressions(regle: Regle, portee: Portee) -> tuple[Defaut, ...]:
    """What is wrong in the conditions of a rule, each with its place."""
    defauts: list[Defaut] = []
    for i, version in enumerate(regle.versions):
        for j, cas in enumerate(version.cas):
            if cas.si:
                chemin = ("versions", i, "cas", j, "si")
                trouves = defauts_de_texte(cas.si, portee)
                defauts.extend(Defaut(d.code, d.position, d.valeurs, chemin) for d in trouves)
    return tuple(defauts)


def defauts_de_texte(texte: str, portee: Portee) -> tuple[Defaut, ...]:
    """What is wrong in the text of a condition: syntax first, types when it can be read."""
    try:
        return defauts_de_type(analyser(texte), portee)
    except ExpressionInvalide as erreur:
        return erreur.defauts


def _periodes(regle: Regle) -> Iterator[Defaut]:
    if not regle.versions:
        yield Defaut("aucune_version", chemin=("versions",))
    for i, version in enumerate(regle.versions):
        chemin = ("versions", i, "du")
        if version.au is not None and version.au < version.du:
            yield Defaut("periode_inversee", valeurs={"du": version.du, "au": version.au}, chemin=chemin)
        if i == 0:
            continue
        avant = regle.versions[i - 1]
        if version.du <= avant.du:
            yield Defaut(
                "periodes_desordonnees", valeurs={"du": version.du, "avant": avant.du}, chemin=chemin
            )
        elif avant.au is not None and version.du <= avant.au:
            yield Defaut("periodes_chevauchantes", valeurs={"du": version.du, "fin": avant.au}, chemin=chemin)


def _presents(version: Version) -> dict[str, bool]:
    return {
        "valeur": version.valeur is not None,
        "bareme": version.bareme is not None,
        "cas": bool(version.cas),
    }


def _contenus(regle: Regle, portee: Portee) -> Iterator[Defaut]:
    attendu = regle.nature if regle.nature in {"valeur", "bareme"} else "cas"
    for i, version in enumerate(regle.versions):
        for cle, present in _presents(version).items():
            if cle == attendu and not present:
                yield Defaut("contenu_absent", valeurs={"cle": cle}, chemin=("versions", i))
            if cle != attendu and present:
                valeurs = {"cle": cle, "nature": regle.nature}
                yield Defaut("contenu_en_trop", valeurs=valeurs, chemin=("versions", i, cle))
    if attendu != "cas" and not regle.unite:
        yield Defaut("unite_absente", chemin=("nature",))
    if attendu == "bareme":
        yield from _bareme(regle, portee)


def _bareme(regle: Regle, portee: Portee) -> Iterator[Defaut]:
    type_cle = portee.faits.get(regle.cle or "")
    if type_cle is None or type_cle.valeurs is None:
        yield Defaut("cle_absente", valeurs={"cle": regle.cle or ""}, chemin=("cle",))
        return
    for i, version in enumerate(regle.versions):
        for code in version.bareme or {}:
            if code not in type_cle.valeurs:
                valeurs = {"valeur": code, "permises": tuple(sorted(type_cle.valeurs))}
                yield Defaut("code_bareme_inconnu", valeurs=valeurs, chemin=("versions", i, "bareme", code))


def _cas(regle: Regle) -> Iterator[Defaut]:
    for i, version in enumerate(regle.versions):
        for j, cas in enumerate(version.cas):
            chemin = ("versions", i, "cas", j)
            if not cas.si and j + 1 < len(version.cas):
                yield Defaut("cas_apres_defaut", chemin=chemin)
            if regle.nature == "definition" and cas.issue not in _ISSUES_DEFINITION:
                yield Defaut("issue_incompatible", valeurs={"issue": cas.issue}, chemin=(*chemin, "issue"))
        if version.cas and version.cas[-1].si:
            yield Defaut("cas_par_defaut_absent", chemin=("versions", i, "cas"))


def _references(regle: Regle) -> Iterator[Defaut]:
    """What is not C says where it was read."""
    for i, version in enumerate(regle.versions):
        confiance = version.confiance or regle.confiance
        if confiance != "C" and not version.references and not regle.references:
            yield Defaut("reference_absente", valeurs={"confiance": confiance}, chemin=("versions", i))


def _exemples(regle: Regle, portee: Portee) -> Iterator[Defaut]:
    for i, exemple in enumerate(regle.exemples):
        _, defauts = lire_faits(exemple.avec or {}, portee.faits)
        for d in defauts:
            chemin = ("exemples", i, "avec", str(d.valeurs["nom"]))
            yield Defaut(d.code, d.position, d.valeurs, chemin)


def appelees(regle: Regle) -> frozenset[str]:
    """The rules that the conditions of a rule call; unreadable conditions call none."""
    trouvees: set[str] = set()
    for si in (c.si for v in regle.versions for c in v.cas if c.si):
        try:
            noeuds = list(parcourir(analyser(si)))
        except ExpressionInvalide:
            continue
        for n in noeuds:
            if isinstance(n, Appel) and n.fonction in {"valeur", "issue"} and n.arguments:
                argument = n.arguments[0]
                if isinstance(argument, Litteral):
                    trouvees.add(str(argument.valeur))
    return frozenset(trouvees)


def _boucles(regle: Regle, regles: Mapping[str, Regle]) -> Iterator[Defaut]:
    vues: set[str] = set()
    a_voir = sorted(appelees(regle))
    while a_voir:
        nom = a_voir.pop()
        if nom == regle.id:
            yield Defaut("boucle", valeurs={"regle": regle.id}, chemin=("versions",))
            return
        if nom not in vues and nom in regles:
            vues.add(nom)
            a_voir.extend(sorted(appelees(regles[nom])))


def _inatteignables(regle: Regle, portee: Portee, regles: Mapping[str, Regle]) -> Iterator[Defaut]:
    if any(_boucles(regle, regles)):
        return
    for i, version in enumerate(regle.versions):
        if not version.cas:
            continue
        trouve = cas_atteignables(regle, i, portee, regles)
        manquants = [j for j in range(len(version.cas)) if j not in trouve.atteints]
        for j in manquants:
            chemin = ("versions", i, "cas", j)
            valeurs = {"issue": version.cas[j].issue}
            code = "issue_inatteignable" if trouve.complete else "atteignabilite_non_decidee"
            yield Defaut(code, valeurs=valeurs, chemin=chemin)  # type: ignore[arg-type]
