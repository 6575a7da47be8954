"""Every address × every kind of person: who may see what.

An address that this table does not know fails the first test: nobody adds a page without saying who may
open it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

from perenne.web.comptes.models import Compte
from perenne.web.diagnostics import models as diagnostics
from perenne.web.dossiers.models import Acces, Dossier
from perenne.web.espaces.models import Adhesion, Invitation, Organisation, Role

PUBLIC, COMPTE, JETON, EXPLOITANT = "public", "compte", "jeton", "exploitant"
"""Anyone; anyone signed in; whoever holds a secret link (tested apart, where the link is made); the operators
of the site (tested where their pages are)."""

RECENT = "compte, prouvé depuis peu"
"""Anyone signed in a short while ago: the pages that change how one signs in."""

TABLE: dict[str, str] = {
    "accueil": PUBLIC,
    "recherche": PUBLIC,
    "suggestions": PUBLIC,
    "territoires": PUBLIC,
    "territoire": PUBLIC,
    "note": PUBLIC,
    "comparer": PUBLIC,
    "territoire-carte": PUBLIC,
    "entreprises": PUBLIC,
    "entreprise": PUBLIC,
    "corriger": PUBLIC,
    "corrections": EXPLOITANT,
    "correction-examiner": EXPLOITANT,
    "decisions": EXPLOITANT,
    "leviers": PUBLIC,
    "recommander": PUBLIC,
    "action": PUBLIC,
    "cas": PUBLIC,
    "croisement": PUBLIC,
    "un-cas": PUBLIC,
    "regles": PUBLIC,
    "regle": PUBLIC,
    "donnees": PUBLIC,
    "methode": PUBLIC,
    "accessibilite": PUBLIC,
    "mentions": PUBLIC,
    "aide": PUBLIC,
    "plan": PUBLIC,
    "statistiques": PUBLIC,
    "feuille": PUBLIC,
    "fichier-carte": PUBLIC,
    "sante": PUBLIC,
    "pret": PUBLIC,
    "robots": PUBLIC,
    "securite": PUBLIC,
    "confidentialite": PUBLIC,
    "connexion": PUBLIC,
    "connexion-message": PUBLIC,
    "connexion-oubli": PUBLIC,
    "inscription": PUBLIC,
    "deconnexion": PUBLIC,
    "connexion-lien": JETON,
    "connexion-code": JETON,
    "compte": COMPTE,
    "compte-confirmer": COMPTE,
    "compte-sessions": COMPTE,
    "fournisseur": PUBLIC,
    "fournisseur-retour": PUBLIC,
    "fournisseur-sortie": PUBLIC,
    "compte-demandes": COMPTE,
    "compte-donnees": RECENT,
    "compte-effacer": RECENT,
    "compte-mot-de-passe": RECENT,
    "compte-courriel": RECENT,
    "compte-double": RECENT,
    "compte-double-secours": RECENT,
    "compte-double-retirer": RECENT,
    "identite-detacher": RECENT,
    "espaces": COMPTE,
    "espace-nouveau": COMPTE,
    "invitation": JETON,
    "espace": "organisation:lire",
    "espace-membres": "organisation:lire/gerer",
    "espace-reglages": "organisation:gerer",
    "espace-supprimer": "organisation:gerer",
    "espace-journal": "organisation:gerer",
    "espace-journal-csv": "organisation:gerer",
    "membre-role": "organisation:gerer",
    "membre-retirer": "organisation:gerer",
    "invitation-retirer": "organisation:gerer",
    "dossier-nouveau": "organisation:ecrire",
    "dossier": "dossier:lire",
    "dossier-modifier": "dossier:ecrire",
    "dossier-supprimer": "dossier:gerer",
    "dossier-partages": "dossier:gerer",
    "partage-retirer": "dossier:gerer",
    "dossier-invitation-retirer": "dossier:gerer",
    "repondre": JETON,
    "repondre-famille": JETON,
    "diagnostic": "dossier:lire",
    "diagnostic-passage-nouveau": "dossier:ecrire",
    "diagnostic-passage": "dossier:ecrire",
    "diagnostic-passage-supprimer": "dossier:ecrire",
    "diagnostic-repondant-nouveau": "dossier:ecrire",
    "diagnostic-repondant": "dossier:ecrire",
    "diagnostic-repondant-supprimer": "dossier:ecrire",
    "diagnostic-grille": "dossier:lire/ecrire",
    "diagnostic-invitations": "dossier:ecrire",
    "diagnostic-invitation-retirer": "dossier:ecrire",
    "diagnostic-comparaison": "dossier:lire",
    "diagnostic-structure": "dossier:lire/ecrire",
    "diagnostic-situation": "dossier:lire/ecrire",
    "diagnostic-annees": "dossier:lire",
    "diagnostic-annee-nouvelle": "dossier:ecrire",
    "diagnostic-comptes-importer": "dossier:ecrire",
    "diagnostic-comptes-apercu": "dossier:ecrire",
    "diagnostic-annee": "dossier:lire/ecrire",
    "diagnostic-annee-supprimer": "dossier:ecrire",
    "diagnostic-comptes": "dossier:lire/ecrire",
    "diagnostic-ressources": "dossier:lire/ecrire",
    "diagnostic-activites": "dossier:lire/ecrire",
    "diagnostic-importer": "dossier:lire/ecrire",
    "diagnostic-apercu": "dossier:ecrire",
    "diagnostic-fiche": "dossier:lire",
    "diagnostic-fichier": "dossier:lire",
    "diagnostic-economie": "dossier:lire",
    "diagnostic-economie-xlsx": "dossier:lire",
    "diagnostic-yaml": "dossier:lire",
    "diagnostic-modele": "dossier:lire",
    "dossier-leviers": "dossier:lire",
    "tresorerie": "dossier:lire",
    "tresorerie-plan": "dossier:lire",
    "tresorerie-plan-fichier": "dossier:lire",
    "tresorerie-resultat": "dossier:lire",
    "tresorerie-modele": PUBLIC,
    "tresorerie-importer": "dossier:ecrire",
    "tresorerie-nouvelle": "dossier:ecrire",
    "tresorerie-ligne": "dossier:ecrire",
}

OUVERT = {
    "organisation:lire": {"lecteur", "editeur", "administrateur"},
    "organisation:ecrire": {"editeur", "administrateur"},
    "organisation:gerer": {"administrateur"},
    "dossier:lire": {"lecteur", "editeur", "administrateur", "invite", "redacteur", "partenaire"},
    "dossier:ecrire": {"editeur", "administrateur", "redacteur", "partenaire"},
    "dossier:gerer": {"administrateur"},
}
"""Right asked, the one to write after a slash when it is not the same."""

PERSONNES = (
    "anonyme",
    "etranger",
    "invite",
    "redacteur",
    "partenaire",
    "lecteur",
    "editeur",
    "administrateur",
    "exploitant",
)
"""Nobody; the administrator of another organisation; a guest who reads, one who writes; the editor of an
organisation that the file is shared with; the three roles; the operator of the site, who is no member."""

ARGUMENTS = {"jeton": "rien", "demande": "99001", "feuille": "charges", "cle": "rien"}
FORMATS = {
    "note": "pdf",
    "tresorerie-plan-fichier": "yaml",
    "tresorerie-resultat": "json",
    "diagnostic-fichier": "xlsx",
}


def _adresses(resolveur: URLResolver | None = None) -> Iterator[URLPattern]:
    for motif in (resolveur or get_resolver()).url_patterns:
        if isinstance(motif, URLResolver):
            if motif.namespace != "api":  # public as a whole: tests/web/test_api.py
                yield from _adresses(motif)
        else:
            yield motif


SANS_JUMEAU = {
    "suggestions": "un fragment de la recherche",
    "note": "un fichier",
    "tresorerie-modele": "un fichier",
    "feuille": "la feuille de style",
    "fichier-carte": "un script ou une feuille de style",
    "sante": "déjà pour des machines",
    "pret": "déjà pour des machines",
    "robots": "déjà pour des machines",
    "securite": "déjà pour des machines",
    "connexion": "un formulaire de compte",
    "connexion-message": "un formulaire de compte",
    "connexion-oubli": "un formulaire de compte",
    "inscription": "un formulaire de compte",
    "deconnexion": "un formulaire de compte",
    "fournisseur": "une étape de la connexion",
    "fournisseur-retour": "une étape de la connexion",
    "fournisseur-sortie": "une étape de la connexion",
}
"""Public addresses that are no page to read, and why."""


def test_every_public_page_is_among_those_whose_twin_answers(toutes: tuple[str, ...]) -> None:
    """`toutes` are the pages that `test_pages` opens one by one, each with its twin."""
    lues = {resolve(urlsplit(chemin).path).url_name for chemin in toutes}
    publiques = {nom for nom, qui in TABLE.items() if qui == PUBLIC}
    assert sorted(publiques - lues - SANS_JUMEAU.keys()) == []


def test_every_address_says_who_may_open_it() -> None:
    noms = {motif.name or str(motif.pattern) for motif in _adresses()}
    assert (sorted(noms - TABLE.keys()), sorted(TABLE.keys() - noms)) == ([], [])


@pytest.fixture
def scene(db: None) -> dict[str, Any]:
    """One organisation and one file, the people, and a thing of each kind that an address may name."""
    organisation = Organisation.objects.create(nom="Communauté de communes de Brumeval (fictive)")
    autre = Organisation.objects.create(nom="Autre organisation (fictive)")
    partenaire = Organisation.objects.create(nom="Partenaire (fictif)")
    dossier = Dossier.objects.create(organisation=organisation, nom="Ressourcerie inventée")
    comptes = {p: Compte.objects.creer(f"{p}@exemple.invalid") for p in PERSONNES if p != "anonyme"}
    for role in Role.values:
        Adhesion.objects.create(organisation=organisation, compte=comptes[role], role=role)
    Adhesion.objects.create(organisation=autre, compte=comptes["etranger"], role=Role.ADMINISTRATEUR)
    Adhesion.objects.create(organisation=partenaire, compte=comptes["partenaire"], role=Role.EDITEUR)
    Acces.objects.create(dossier=dossier, beneficiaire=partenaire, ecriture=True)
    acces = Acces.objects.create(dossier=dossier, compte=comptes["invite"])
    Acces.objects.create(dossier=dossier, compte=comptes["redacteur"], ecriture=True)
    Compte.objects.filter(pk=comptes["exploitant"].pk).update(exploitant=True)
    # A member who is none of the people: anybody may take oneself out.
    membre = Compte.objects.creer("membre@exemple.invalid")
    adhesion = Adhesion.objects.create(organisation=organisation, compte=membre, role=Role.LECTEUR)
    invitation = Invitation.objects.create(
        organisation=organisation, courriel="x@exemple.invalid", role="lecteur", empreinte="x",
        expire_le="2100-01-01T00:00:00Z",
    )  # fmt: skip
    return {
        **_diagnostic(dossier, comptes["editeur"]),
        "organisation": organisation.pk,
        "dossier": dossier.pk,
        "comptes": comptes,
        "adhesion": adhesion.pk,
        "acces": acces.pk,
        "invitation": invitation.pk,
    }


def _diagnostic(dossier: Dossier, auteur: Compte) -> dict[str, Any]:
    """A round, a respondent with a link, an accounting year, files that wait."""
    passage = diagnostics.Passage.objects.create(
        dossier=dossier, nom="2026", date="2026-06-09", grille="complete"
    )
    repondant = diagnostics.Repondant.objects.create(dossier=dossier, nom="elu", role="elu")
    annee = {"id": "2025", "clos_le": "2025-12-31"}
    volet = {"table": "exercices", "annee": "2025", "contenu": {"clos_le": annee["clos_le"]}}
    diagnostics.Volet.objects.create(dossier=dossier, **volet)
    lien = diagnostics.Invitation.objects.create(
        passage=passage, repondant=repondant, empreinte="x", jusqu_au="2100-01-01"
    )
    rapport = {
        "phrase": "", "inconnus": [], "ecartes": [], "emplois_egaux": True, "colonnes": [], "lignes": [],
        "avis": [], "imports": [],
    }  # fmt: skip
    depots = [
        diagnostics.Depot.objects.create(
            dossier=dossier, genre=genre, fichier="x", contenu=contenu, rapport=rapport, empreinte="x",
            auteur=auteur,
        )
        for genre, contenu in (
            ("comptes", {"exercices": [annee]}),
            ("dossier", {"structure": {"nom": dossier.nom}}),
        )
    ]  # fmt: skip
    return {
        "passage": passage.nom, "repondant": repondant.nom, "famille": "A", "annee": "2025",
        "lien": lien.pk, "releve": depots[0].pk, "depot": depots[1].pk,
    }  # fmt: skip


def _adresse(nom: str, acces: str, scene: dict[str, Any]) -> str:
    motif = next(m for m in _adresses() if m.name == nom)
    objet = acces.partition(":")[0]
    valeurs = {**ARGUMENTS, **scene, "identifiant": scene.get(objet), "format_": FORMATS.get(nom)}
    return reverse(nom, kwargs={p: valeurs[p] for p in motif.pattern.regex.groupindex if p in valeurs})


def _entrer(qui: str, scene: dict[str, Any]) -> Client:
    client = Client(raise_request_exception=False)
    if qui != "anonyme":
        client.force_login(scene["comptes"][qui])
    return client


def _droit(acces: str, methode: str) -> str:
    objet, _, droits = acces.partition(":")
    lire, _, ecrire = droits.partition("/")
    return f"{objet}:{(ecrire or lire) if methode == 'post' else lire}"


PRIVEES = [(nom, acces) for nom, acces in TABLE.items() if ":" in acces]


@pytest.mark.parametrize("qui", PERSONNES)
def test_private_pages_open_to_those_who_may_and_to_nobody_else(scene: dict[str, Any], qui: str) -> None:
    for nom, acces in PRIVEES:
        adresse = _adresse(nom, acces, scene)
        for methode in ("get", "post"):
            # A client of its own: an action may end the session of who does it.
            reponse = getattr(_entrer(qui, scene), methode)(adresse)
            cas = (nom, qui, methode, reponse.status_code)
            if reponse.status_code == 405:  # not an address for this method, said before anything is read
                continue
            if qui == "anonyme":
                assert reponse.status_code == 302, cas
                assert reponse["Location"].startswith("/connexion/?next="), cas
            elif qui in OUVERT[_droit(acces, methode)]:
                assert reponse.status_code in (200, 302, 400, 409), cas
            elif qui in OUVERT[f"{acces.partition(':')[0]}:lire"]:
                assert reponse.status_code == 403, cas
            else:
                assert reponse.status_code == 404, cas


def test_what_may_not_be_done_is_not_done(scene: dict[str, Any]) -> None:
    """After every refused attempt of everybody, nothing has changed."""
    avant = _etat()
    for nom, acces in PRIVEES:
        for qui in PERSONNES:
            if qui not in OUVERT[_droit(acces, "post")]:
                _entrer(qui, scene).post(_adresse(nom, acces, scene), {"nom": "x", "role": "administrateur"})
    assert _etat() == avant


def _etat() -> list[list[tuple[Any, ...]]]:
    modeles = (
        Organisation, Adhesion, Dossier, Acces, Invitation, diagnostics.Passage, diagnostics.Repondant,
        diagnostics.Feuille, diagnostics.Volet, diagnostics.Invitation, diagnostics.Depot,
    )  # fmt: skip
    return [list(m.objects.order_by("pk").values_list()) for m in modeles]


SANS_TRACE = ("recommander",)
"""What is sent there changes and keeps nothing: a visitor who only asks gets no cookie."""


def test_no_form_is_taken_from_elsewhere(scene: dict[str, Any]) -> None:
    """Every address, whoever may open it, refuses what is sent to it without the token of its forms."""
    avant = _etat()
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    client.force_login(scene["comptes"]["administrateur"])
    for nom, acces in TABLE.items():
        if acces in (JETON, EXPLOITANT) or nom in ("un-cas", "regle", "action", "entreprise", "corriger"):
            adresse = _adresse_libre(nom)
        else:
            adresse = _adresse(nom, acces, scene) if ":" in acces else _adresse_libre(nom)
        for champs in ({}, {"csrfmiddlewaretoken": "a" * 64}):
            reponse = client.post(adresse, champs)
            # 405: nothing may be sent there at all.
            admis = (200, 400) if nom in SANS_TRACE else (403, 405)
            assert reponse.status_code in admis, (nom, reponse.status_code)
    assert _etat() == avant


def _adresse_libre(nom: str) -> str:
    motif = next(m for m in _adresses() if m.name == nom)
    valeurs = {
        **ARGUMENTS, "identifiant": "avancer-les-fonds", "demande": "99001", "format_": "pdf",
        "numero": "000990010",
        "domaine": "subventions", "nom": "convention-obligatoire", "correction": 1, "identite": 1,
        "famille": "A",
    }  # fmt: skip
    if nom == "fichier-carte":
        valeurs["nom"] = "carte.js"
    return reverse(nom, kwargs={p: valeurs[p] for p in motif.pattern.regex.groupindex if p in valeurs})


def test_what_belongs_to_another_file_is_not_reached_through_ones_own(scene: dict[str, Any]) -> None:
    """An administrator names, under the address of their own space, things of somebody else's."""
    etranger = scene["comptes"]["etranger"]
    sien = Dossier.objects.create(organisation=etranger.adhesions.get().organisation, nom="Le sien (fictif)")
    miens = {"organisation": sien.organisation_id, "dossier": sien.pk}
    autres = {
        "adhesion",
        "acces",
        "invitation",
        "lien",
        "releve",
        "depot",
        "passage",
        "repondant",
        "annee",
        "cle",
    }
    avant, vus = _etat(), 0
    for nom, acces in PRIVEES:
        motif = next(m for m in _adresses() if m.name == nom)
        if not autres & motif.pattern.regex.groupindex.keys():
            continue
        adresse = _adresse(nom, acces, {**scene, **miens})
        for methode in ("get", "post"):
            reponse = getattr(_entrer("etranger", scene), methode)(adresse, {"role": "administrateur"})
            # 302: what was to be taken away is not there, and nothing is; the base is compared below.
            assert reponse.status_code in (302, 400, 404, 405), (nom, methode, reponse.status_code)
            vus += 1
    assert vus > 20
    assert _etat() == avant


def test_pages_of_an_account_ask_to_sign_in(scene: dict[str, Any]) -> None:
    for nom in (n for n, acces in TABLE.items() if acces == COMPTE):
        adresse = reverse(nom)
        assert _entrer("anonyme", scene).get(adresse).status_code in (302, 405), nom
        assert _entrer("etranger", scene).get(adresse).status_code in (200, 405), nom


def test_grave_pages_of_an_account_ask_again_who_one_is(scene: dict[str, Any]) -> None:
    for nom in (n for n, acces in TABLE.items() if acces == RECENT):
        adresse = reverse(nom, args=[1] if nom == "identite-detacher" else [])
        for qui, vers in (("anonyme", "/connexion/?next="), ("etranger", "/compte/confirmer/?next=")):
            for methode in ("get", "post"):
                reponse = getattr(_entrer(qui, scene), methode)(adresse)
                if reponse.status_code != 405:
                    assert reponse["Location"].startswith(vers), (nom, qui, methode)


def test_an_identifier_is_never_a_rank(scene: dict[str, Any]) -> None:
    """Neighbours of a known identifier lead nowhere: identifiers are drawn at random."""
    assert scene["dossier"].version == scene["organisation"].version == 4
    client = _entrer("etranger", scene)
    assert client.get("/dossiers/1/").status_code == 404
    assert client.get("/espaces/1/").status_code == 404
