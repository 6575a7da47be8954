"""What is found, in which order, page by page; held against a plain reading of every name."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.atlas.annuaire.conftest import OuvrirAtlas

from perenne.atlas.annuaire.index import ouvrir_annuaire
from perenne.atlas.annuaire.recherche import Recherche, chercher
from perenne.atlas.lecteur import Atlas
from perenne.domain.annuaire.demande import Condition, Criteres, lire_demande
from perenne.domain.annuaire.mots import cle_de_recherche, decouper, racine
from perenne.domain.erreurs import ErreurUtilisateur

SIGLES = {"amap": ("maintien", "agriculture", "paysanne")}


def demander(atlas: Atlas, mots: str, criteres: Criteres | None = None) -> Recherche:
    annuaire = ouvrir_annuaire(atlas)
    assert annuaire is not None
    return chercher(atlas, annuaire, lire_demande(mots), criteres or Criteres(), developpements=SIGLES)


def noms(recherche: Recherche) -> list[str]:
    return [e.nom for e in recherche.tout()]


def entreprises(*noms: str, **champs: Any) -> list[dict[str, Any]]:
    return [{"id": f"{k:09d}", "nom": nom, **champs} for k, nom in enumerate(noms, 1)]


@pytest.mark.parametrize(
    ("mots", "trouve"),
    [
        ("récup", "R.E.C.U.P."),
        ("r.e.c.u.p.", "R.E.C.U.P."),
        ("belloccas", "BELL OCCAS"),
        ("bell'occas", "BELL OCCAS"),
        ("auto ecole", "AUTOECOLE SOCIALE"),
        ("lescargot", "L'ESCARGOT"),
        ("jardin partage", "LES JARDINS PARTAGÉS DU CONTE"),
        ("JARDINS PARTAGES", "LES JARDINS PARTAGÉS DU CONTE"),
        ("amap", "ASSOCIATION POUR LE MAINTIEN D'UNE AGRICULTURE PAYSANNE DE L'ONDE"),
        ("recyclrie", "RECYCLERIE DE LA BRUME"),
        ("ressourserrie", "LA RESSOURCERIE"),
        ("chimere", "PORT CHIMÈRE"),
        ("port chim", "PORT CHIMÈRE"),
        ("l'œuvre", "ŒUVRES DU CONTE"),
    ],
)
def test_a_name_is_found_however_it_is_written(ouvrir_atlas: OuvrirAtlas, mots: str, trouve: str) -> None:
    connues = entreprises(
        "R.E.C.U.P.", "BELL OCCAS", "AUTOECOLE SOCIALE", "L'ESCARGOT", "LES JARDINS PARTAGÉS DU CONTE",
        "ASSOCIATION POUR LE MAINTIEN D'UNE AGRICULTURE PAYSANNE DE L'ONDE", "RECYCLERIE DE LA BRUME",
        "LA RESSOURCERIE", "PORT CHIMÈRE", "ŒUVRES DU CONTE",
    )  # fmt: skip
    with ouvrir_atlas(entreprise=connues) as atlas:
        assert noms(demander(atlas, mots))[0] == trouve


def test_the_best_answers_come_first_then_the_surest_and_the_employers(ouvrir_atlas: OuvrirAtlas) -> None:
    connues = [
        {"id": "1", "nom": "MASGOT EN FETE", "employeur": "N"},
        {"id": "2", "nom": "MASGOT EN FLEURS", "employeur": "O"},
        {"id": "3", "nom": "LES AMIS DE MASGOT", "employeur": "O"},
        {"id": "4", "nom": "MASGOT", "verdict": "probable"},
        {"id": "5", "nom": "LES AMIS DE MAZGOT"},
        {"id": "6", "nom": "MASGOT EN RUINE", "verdict": "probable", "employeur": "O"},
        {"id": "7", "nom": "MASGOTIERS REUNIS", "etat": "fermee"},
    ]
    with ouvrir_atlas(entreprise=connues) as atlas:
        trouvees = [(e.id, e.qualite) for e in demander(atlas, "masgot").tout()]
    assert trouvees == [
        ("4", "exact"), ("2", "debut"), ("1", "debut"), ("6", "debut"), ("7", "debut"), ("3", "mots"),
        ("5", "proche"),
    ]  # fmt: skip


def test_other_names_are_searched_and_the_one_that_was_found_is_told(ouvrir_atlas: OuvrirAtlas) -> None:
    autres = [{"id": "000000001", "nom": "LE PETIT MOULIN", "genre": "enseigne", "source": "s"}]
    with ouvrir_atlas(entreprise=entreprises("FABLE SOLIDAIRE"), entreprise_nom=autres) as atlas:
        (trouvee,) = demander(atlas, "petit moulin").tout()
        assert trouvee.sous is not None
        assert (trouvee.nom, trouvee.sous.nom, trouvee.sous.genre) == (
            "FABLE SOLIDAIRE",
            "LE PETIT MOULIN",
            "enseigne",
        )
        (par_son_nom,) = demander(atlas, "fable").tout()
        assert par_son_nom.sous is None


def test_words_that_name_nothing_find_no_one_by_themselves(ouvrir_atlas: OuvrirAtlas) -> None:
    with ouvrir_atlas(entreprise=entreprises("ASSOCIATION DES BRUMES", "L'ASSOCIATION", "LADRERIE")) as atlas:
        assert noms(demander(atlas, "association des")) == []
        assert noms(demander(atlas, "l'association")) == ["L'ASSOCIATION"]
        assert noms(demander(atlas, "la")) == ["LADRERIE"]
        assert noms(demander(atlas, "association brumes")) == ["ASSOCIATION DES BRUMES"]


def test_what_is_not_shown_is_counted_with_its_reason(ouvrir_atlas: OuvrirAtlas) -> None:
    connues = [
        {"id": "1", "nom": "ONDE A", "employeur": "O"},
        {"id": "2", "nom": "ONDE B", "etat": "fermee", "employeur": "O"},
        {"id": "3", "nom": "ONDE C", "verdict": "non", "employeur": "O"},
        {"id": "4", "nom": "ONDE D", "verdict": "non", "etat": "dissoute", "employeur": "O"},
        {"id": "5", "nom": "ONDE E"},
        {"id": "6", "nom": "ONDE F", "employeur": "N"},
    ]
    employeurs = Condition(
        parmi=(("employeur", ("O",)),), inconnues=(("employeur", (("employeur", ("",)),)),)
    )
    criteres = Criteres(conditions=(employeurs,), etats=("active",), verdicts=("oui", "probable", "inconnu"))
    with ouvrir_atlas(entreprise=connues) as atlas:
        page = demander(atlas, "onde", criteres).page(facettes=("verdict", "employeur"))
    assert [e.id for e in page.entreprises] == ["1"]
    assert {(x.motif, x.nombre) for x in page.exclues} == {
        ("etat", 1), ("verdict", 1), ("etat-verdict", 1), ("employeur", 1),
    }  # fmt: skip
    assert {f.genre: dict(f.comptes) for f in page.facettes} == {"verdict": {"oui": 1}, "employeur": {"O": 1}}


def test_a_place_in_the_list_belongs_to_its_version(ouvrir_atlas: OuvrirAtlas) -> None:
    with ouvrir_atlas(entreprise=entreprises("ONDE A", "ONDE B")) as atlas:
        recherche = demander(atlas, "onde")
        assert recherche.page(limite=1).suivant == "v.1.1"
        for faux in ("x.0.0", "v.9.0", "v.0", "0", "v.0.0.0"):
            with pytest.raises(ErreurUtilisateur, match=r"changé|n'existe pas"):
                recherche.page(faux)


def test_an_atlas_without_enterprises_finds_nothing(ouvrir_atlas: OuvrirAtlas) -> None:
    with ouvrir_atlas() as atlas:
        assert noms(demander(atlas, "onde")) == []
        assert demander(atlas, "").page(facettes=("verdict",)).total == 0


MOTS = ("onde", "ondes", "brume", "brumes", "fable", "amis", "de", "la", "club")
INVENTEES = st.lists(
    st.tuples(
        st.lists(st.sampled_from(MOTS), min_size=1, max_size=4).map(" ".join),
        st.sampled_from(["active", "fermee", "inconnu"]),
        st.sampled_from(["oui", "probable", "non"]),
    ),
    max_size=30,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(INVENTEES, st.lists(st.sampled_from([*MOTS, "on", "bru"]), min_size=1, max_size=3), st.integers(1, 7))
def test_pages_hold_each_enterprise_that_a_plain_reading_finds_once(
    ouvrir_atlas: OuvrirAtlas, inventees: list[tuple[str, str, str]], demande: list[str], limite: int
) -> None:
    connues = [
        {"id": f"{k:09d}", "nom": nom, "etat": etat, "verdict": verdict}
        for k, (nom, etat, verdict) in enumerate(inventees, 1)
    ]
    mots = " ".join(demande)
    criteres = Criteres(etats=("active", "inconnu"))
    with ouvrir_atlas(entreprise=connues) as atlas:
        recherche = demander(atlas, mots, criteres)
        vues: list[Any] = []
        curseur = ""
        for _ in itertools.count():
            page = recherche.page(curseur, limite)
            assert page.total == recherche.total
            vues += page.entreprises
            curseur = page.suivant
            if not curseur:
                break
        assert len(vues) == recherche.total == len({e.id for e in vues})
        assert [e.id for e in vues] == [e.id for e in recherche.tout()]
        sures = {e.id: e.qualite for e in vues if e.qualite != "proche"}
    assert sures == {
        e["id"]: qualite
        for e in connues
        if e["etat"] != "fermee" and (qualite := _plainement(str(e["nom"]), mots)) is not None
    }


def _plainement(nom: str, demande: str) -> str | None:
    """How a name answers, read word by word."""
    lue = lire_demande(demande)
    cle, siens = cle_de_recherche(nom), [racine(m) for m in decouper(nom)]
    if cle == lue.cle:
        return "exact"
    if cle.startswith(lue.cle):
        return "debut"
    if lue.mots and all(racine(m) in siens for m in lue.mots):
        return "mots"
    debut = any(m.startswith(lue.inacheve) for m in siens) or racine(lue.inacheve) in siens
    return "inacheve" if debut and all(racine(m) in siens for m in lue.mots[:-1]) else None
