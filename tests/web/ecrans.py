"""The private screens, and those of errors, in each of their states: who opens which, and what is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

MAUVAIS = {
    "classeur": {"name": "plan.xlsx", "mimeType": "application/octet-stream", "buffer": b"pas un classeur"},
    "dossier": {"name": "dossier.yaml", "mimeType": "text/yaml", "buffer": b"structure: {nom: 7}\nrien: 1\n"},
    "balance": {"name": "balance.csv", "mimeType": "text/csv", "buffer": b"compte;solde\nabc;dix\n"},
}
"""Files that an import refuses, with its reasons."""


@dataclass(frozen=True, kw_only=True)
class Ecran:
    """One state of one page.

    Attributes:
        qui: who opens it; empty for nobody.
        adresse: with the names of `semer_pages.py` between braces.
        gestes: what is done there before it is looked at (see `preparer`), in order.
        statut: of the answer that is looked at.
    """

    qui: str
    adresse: str
    gestes: tuple[str, ...] = ()
    statut: int = 200

    def __str__(self) -> str:
        return " ".join((self.qui, self.adresse, *self.gestes)).strip()


def _ecrans(qui: str, *vues: str | tuple[str, ...], base: str = "") -> list[Ecran]:
    faits = []
    for vue in vues:
        adresse, *gestes = (vue,) if isinstance(vue, str) else vue
        statut = next((int(g.removeprefix("=")) for g in gestes if g.startswith("=")), 200)
        faits.append(
            Ecran(
                qui=qui, adresse=base + adresse, statut=statut,
                gestes=tuple(g for g in gestes if not g.startswith("=")),
            )
        )  # fmt: skip
    return faits


ESPACES = [
    *_ecrans("chargee", "/espaces/", "/espaces/nouveau/", ("/espaces/nouveau/", "envoyer", "=400")),
    *_ecrans(
        "chargee", "", "membres/", ("membres/", "envoyer", "=400"), "journal/", "reglages/", "supprimer/",
        "dossiers/nouveau/", ("dossiers/nouveau/", "envoyer", "=400"), base="/espaces/{espace}/",
    ),
    *_ecrans("elu", "/espaces/{espace}/", "/espaces/{espace}/membres/"),
    *_ecrans("invitee", "/espaces/", "/dossiers/{complet}/"),
    *_ecrans(
        "chargee", "{complet}/", "{vide}/", "{complet}/modifier/", "{complet}/supprimer/",
        "{complet}/partages/", ("{complet}/partages/", "envoyer", "=400"), base="/dossiers/",
    ),
]  # fmt: skip

DIAGNOSTIC = [
    *_ecrans(
        "chargee", "", "grille/2026/entreprise/A/", "grille/2026/bureau/B/", "grille/2026/bureau/C/",
        "structure/", "situation/", "comptes/",
        "comptes/2025/", "comptes/2023/postes/", "comptes/2025/ressources/", "comptes/2025/activites/",
        "importer-comptes/",
        ("importer-comptes/", "joindre balance", "envoyer", "=400"),
        "nouvel-exercice/", "invitations/", ("invitations/", "envoyer"), "comparaison/", "fiche/",
        "economie/", "importer/", ("importer/", "joindre dossier", "envoyer", "=400"), "importer/{depot}/",
        "importer/{depot}/?mode=remplacer", "nouveau-passage/", "passages/2024/",
        "nouveau-repondant/", "repondants/elu/", "repondants/elu/supprimer/",
        base="/dossiers/{complet}/diagnostic/",
    ),
    *_ecrans("elu", "", "grille/2026/entreprise/A/", base="/dossiers/{complet}/diagnostic/"),
    *_ecrans("chargee", "", "comptes/", "fiche/", "comparaison/", base="/dossiers/{vide}/diagnostic/"),
    *_ecrans("", "/repondre/{jeton}/", "/repondre/{jeton}/C/"),
]  # fmt: skip

TRESORERIE = [
    *_ecrans(
        "chargee", ("", "cocher levier"), "plan/", "plan/charges/",
        "plan/charges/{charge}/",
        ("plan/charges/", "envoyer", "=400"), "plan/structure/", "importer/",
        ("importer/", "joindre classeur", "envoyer", "=400"), base="/dossiers/{complet}/tresorerie/",
    ),
    *_ecrans("elu", "plan/", base="/dossiers/{complet}/tresorerie/"),
    *_ecrans("chargee", "/dossiers/{vide}/tresorerie/", "/dossiers/{bancal}/tresorerie/"),
]  # fmt: skip

LEVIERS = _ecrans(
    "chargee",
    "/dossiers/{complet}/leviers/",
    "/dossiers/{vide}/leviers/",
)

COMPTE = [
    *_ecrans(
        "chargee", "", "mot-de-passe/", ("mot-de-passe/", "envoyer"), "courriel/", "sessions/", "double/",
        ("double/", "envoyer"), "donnees/", "effacer/", "demandes/", base="/compte/",
    ),
    *_ecrans("", "/connexion/", ("/connexion/", "envoyer"), "/connexion/oubli/", "/inscription/"),
]  # fmt: skip

CORRECTIONS = [
    *_ecrans(
        "exploitante", "", "?suite=ecartee", "{correction}/", ("{correction}/", "envoyer", "=400"),
        "{examinee}/",
        base="/corrections/",
    ),
    *_ecrans("", ("/entreprises/000990010/corriger/", "envoyer", "=400")),
]  # fmt: skip

ERREURS = [
    *_ecrans("chargee", ("/dossiers/00000000-0000-4000-8000-000000000000/", "=404")),
    *_ecrans("elu", ("/espaces/{espace}/journal/", "=403"), ("/dossiers/{complet}/modifier/", "=403")),
    *_ecrans(
        "chargee", ("/dossiers/{cafe}/modifier/", "vieillir", "envoyer", "=409"),
        ("/dossiers/{cafe}/modifier/", "oublier le jeton", "envoyer", "=403"),
    ),
    *_ecrans("", ("/repondre/inconnu/", "=404"), ("/invitations/inconnue/", "=200")),
]  # fmt: skip

ECRANS = [*ESPACES, *DIAGNOSTIC, *TRESORERIE, *LEVIERS, *COMPTE, *CORRECTIONS, *ERREURS]


def ouvrir(page: Any, ecran: Ecran, serveur: str, seme: Mapping[str, Any]) -> int:
    """Open a screen and do what puts it in its state; the status of what is then shown."""
    reponse = page.goto(serveur + ecran.adresse.format(**seme))
    for geste in ecran.gestes:
        if geste == "envoyer":
            with page.expect_navigation() as attendue:
                page.locator("main form button:not(.lien)").last.click()
            reponse = attendue.value
        elif geste == "vieillir":
            page.evaluate("document.querySelector('main [name=version]').value = '0'")
        elif geste == "oublier le jeton":
            page.evaluate("document.querySelector('main [name=csrfmiddlewaretoken]').remove()")
        elif geste == "cocher levier":
            with page.expect_response("**/tresorerie/**"):
                page.locator("main input[name=levier]").first.check()
        else:
            page.set_input_files("main input[type=file]", MAUVAIS[geste.removeprefix("joindre ")])
    return int(reponse.status)
