"""The reference page of rules and facts, in Markdown: generated, so that no rule is undocumented."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import groupby

from perenne.domain.regles.typage import FONCTIONS
from perenne.domain.regles.unites import UNITES
from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.savoir.expressions import Fait
from perenne.domain.savoir.regles import Regle
from perenne.reports.regles.mots import DATES, chiffre
from perenne.reports.typographie import accorder, date_courte

_GENRES = {
    "booleen": "oui ou non",
    "nombre": "nombre",
    "texte": "texte",
    "date": "date",
    "choix": "un code",
    "choix_multiple": "plusieurs codes",
}

_ENTETE = """\
# Les règles de droit et les faits

Page générée par `make docs` à partir de `knowledge/regles` et `knowledge/faits`.
Comment une règle se lit : [les règles datées](../explications/regles.md).
Comment la modifier : [modifier une règle](../guides/modifier-une-regle.md).

Confiance : **A** texte consolidé lu ; **B** lu dans une page qui cite le texte ; **C** non vérifié, ne
décide de rien.
"""


def ecrire_reference_regles(base: BaseSavoir) -> str:
    """The page: rules by domain, then facts, then what the expression language offers."""
    regles = base.regles.values()
    par_confiance = {c: sum(r.confiance == c for r in regles) for c in "ABC"}
    lignes = [
        _ENTETE,
        f"{accorder(len(regles), 'règle')} : {', '.join(f'{n} {c}' for c, n in par_confiance.items())} ; "
        f"{accorder(len(base.faits), 'fait')}.\n",
        "## Règles",
    ]
    for domaine, groupe in groupby(sorted(regles, key=lambda r: r.id), key=lambda r: r.domaine):
        lignes += ["", f"### {domaine}", "", *_tableau(groupe)]
    lignes += ["", "## Faits", "", *_faits(base.faits.values()), "", "## Langage des conditions", ""]
    lignes += [
        "Mots : `et`, `ou`, `non`, `dans`, `vrai`, `faux` ; comparaisons `=` `!=` `<` `<=` `>` `>=` ; "
        "calcul `+` `-` `*` `/` ; parenthèses.",
        f"Fonctions : {', '.join(f'`{f}`' for f in FONCTIONS)}.",
        f"Unités admises après un nombre : {', '.join(f'`{u}`' for u in UNITES)}.",
        "",
    ]
    return "\n".join(lignes)


def _tableau(regles: Iterator[Regle]) -> Iterator[str]:
    yield "| règle | ce qu'elle dit | change le | date qui compte | confiance |"
    yield "|---|---|---|---|---|"
    for regle in regles:
        dates = ", ".join(_version(regle, i) for i in range(len(regle.versions)))
        yield (
            f"| `{regle.id}` | **{_case(regle.titre)}.** {_case(regle.enonce)} | {dates} "
            f"| {DATES[regle.date_applicable]} | {regle.confiance} |"
        )


def _version(regle: Regle, rang: int) -> str:
    version = regle.versions[rang]
    texte = date_courte(version.du)
    if version.valeur is not None:
        texte += f" : {chiffre(Decimal(str(version.valeur)), regle.unite)}"
    if version.au is not None:
        texte += f" (fin {date_courte(version.au)})"
    return texte + (" [C]" if version.confiance == "C" and regle.confiance != "C" else "")


def _faits(faits: Iterable[Fait]) -> Iterator[str]:
    yield "| fait | ce que c'est | nature | unité ou codes |"
    yield "|---|---|---|---|"

    for fait in sorted(faits, key=lambda f: f.id):
        codes = ", ".join(f"`{c}`" for c in fait.valeurs or ())
        if fait.genre_valeurs:
            codes = f"identifiants de « {fait.genre_valeurs} »"
        yield f"| `{fait.id}` | {_case(fait.libelle)} | {_GENRES[fait.type]} | {fait.unite or codes} |"


def _case(texte: str) -> str:
    return " ".join(texte.replace("|", "\\|").split())
