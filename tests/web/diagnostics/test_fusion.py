"""Several hands in one sheet of the grid: nothing is lost, nothing is overwritten unseen."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perenne.services.savoir import obtenir_base
from perenne.web.diagnostics import fusion
from perenne.web.diagnostics.assemblage import assembler, empreinte
from perenne.web.diagnostics.fusion import Bilan, enregistrer_feuille, ouvrir_feuille
from perenne.web.diagnostics.lecture import lire_dossier
from perenne.web.diagnostics.models import Feuille
from perenne.web.diagnostics.saisie_grille import Cadre, taper

AU = dt.date(2026, 11, 23)


def _lu(scene: Any, critere: str) -> str:
    """The digest that a page opened now would carry."""
    feuille = ouvrir_feuille(scene.passage, scene.entreprise, "A")
    return empreinte(feuille.contenu.get(critere, {}))


def _enregistrer(scene: Any, *, auteur: str | None = "editeur", **champs: str) -> Bilan:
    """Send fields written `A6_avis`; `A6_lu` defaults to what is kept now."""
    post = {c.replace("_", "-", 1): v for c, v in champs.items()}
    criteres = {nom.partition("-")[0] for nom in post}
    base = obtenir_base()
    for c in criteres:
        post.setdefault(f"{c}-lu", _lu(scene, c))
    tapes = {c: (base.criteres[c], t) for c in criteres if (t := taper(post, base.criteres[c]))}
    cadre = Cadre(passage=scene.passage, repondant=scene.entreprise, au=AU)
    return enregistrer_feuille(cadre, "A", tapes, auteur=scene.comptes[auteur] if auteur else None)


def test_an_answer_is_kept_with_its_reasons_its_source_and_its_figure(scene: Any) -> None:
    bilan = _enregistrer(
        scene, A6_avis="non", A6_justification="Un crédit relais.", A6_source="Comptes 2025",
        A6_tresorerie_mois="0,5", **{"A6_tresorerie_mois-precision": "fin mai"},
    )  # fmt: skip

    assert bilan.ecrits == ["A6"]
    lu = lire_dossier(scene.dossier, AU).dossier
    (reponse,), (chiffre,) = lu.reponses, lu.chiffres
    assert (reponse.avis, reponse.justification, reponse.source) == (
        "non", "Un crédit relais.", "Comptes 2025",
    )  # fmt: skip
    assert (chiffre.valeur, chiffre.precision, chiffre.repondant) == (0.5, "fin mai", "entreprise")


def test_a_figure_that_cannot_be_read_does_not_take_the_rest_with_it(scene: Any) -> None:
    _enregistrer(scene, A6_avis="oui", A6_tresorerie_mois="4")
    bilan = _enregistrer(scene, A6_avis="non", A6_tresorerie_mois="beaucoup")

    assert list(bilan.erreurs) == ["A6"]
    assert "n'est pas un nombre" in bilan.erreurs["A6"]["tresorerie_mois"]
    lu = lire_dossier(scene.dossier, AU).dossier
    assert lu.reponses[0].avis == "non"
    assert lu.chiffres[0].valeur == 4


def test_a_figure_out_of_bounds_is_said_beside_it(scene: Any) -> None:
    bilan = _enregistrer(scene, A3_avis="oui", A3_part_premier_financeur="140")
    assert "au plus 100" in bilan.erreurs["A3"]["part_premier_financeur"]


def test_a_detail_without_its_figure_is_said(scene: Any) -> None:
    bilan = _enregistrer(scene, **{"A6_tresorerie_mois-precision": "fin mai"})
    assert "Donnez la valeur" in bilan.erreurs["A6"]["tresorerie_mois"]


def test_a_reason_without_an_answer_is_a_draft_that_the_file_does_not_show(scene: Any) -> None:
    bilan = _enregistrer(scene, A6_justification="À vérifier avec le trésorier.")

    assert (bilan.ecrits, bilan.erreurs) == (["A6"], {})
    assert bilan.feuille.contenu == {"A6": {"justification": "À vérifier avec le trésorier."}}
    assert assembler(scene.dossier)["reponses"] == []
    assert not lire_dossier(scene.dossier, AU).dossier.reponses


def test_no_answer_does_not_know_and_not_applicable_are_three_things(scene: Any) -> None:
    _enregistrer(scene, A6_avis="ne-sait-pas", A7_avis="sans-objet", A8_avis="")
    lu = lire_dossier(scene.dossier, AU).dossier
    assert {r.critere: r.avis for r in lu.reponses} == {"A6": "ne-sait-pas", "A7": "sans-objet"}


def test_an_answer_taken_back_leaves_nothing(scene: Any) -> None:
    _enregistrer(scene, A6_avis="oui")
    bilan = _enregistrer(scene, A6_avis="")
    assert bilan.feuille.contenu == {}


def test_two_tabs_on_two_criteria_lose_nothing(scene: Any) -> None:
    vierge = {"A6_lu": _lu(scene, "A6"), "A7_lu": _lu(scene, "A7")}
    _enregistrer(scene, A6_avis="oui", A7_avis="", **vierge)
    bilan = _enregistrer(scene, A6_avis="", A7_avis="non", **vierge)

    assert (bilan.ecrits, bilan.ailleurs, bilan.conflits) == (["A7"], ["A6"], {})
    assert {c: v["avis"] for c, v in bilan.feuille.contenu.items()} == {"A6": "oui", "A7": "non"}


def test_two_tabs_on_one_criterion_are_asked_to_choose(scene: Any) -> None:
    vierge = _lu(scene, "A6")
    _enregistrer(scene, A6_avis="oui", A6_lu=vierge)
    bilan = _enregistrer(scene, A6_avis="non", A6_lu=vierge)

    assert bilan.ecrits == []
    assert bilan.conflits == {"A6": {"avis": "oui"}}
    assert ouvrir_feuille(scene.passage, scene.entreprise, "A").contenu["A6"] == {"avis": "oui"}

    montre = empreinte({"avis": "oui"})
    encore = _enregistrer(scene, A6_avis="non", A6_lu=vierge, A6_conflit=montre)
    assert encore.conflits, "nothing is chosen for anybody"
    autre = _enregistrer(scene, A6_avis="non", A6_lu=vierge, A6_conflit=montre, A6_choix="autre")
    assert (autre.repris, autre.conflits) == (["A6"], {})
    mien = _enregistrer(scene, A6_avis="non", A6_lu=vierge, A6_conflit=montre, A6_choix="mien")
    assert mien.feuille.contenu["A6"] == {"avis": "non"}


def test_a_choice_made_about_what_has_changed_again_is_asked_again(scene: Any) -> None:
    vierge = _lu(scene, "A6")
    _enregistrer(scene, A6_avis="oui", A6_lu=vierge)
    montre = empreinte({"avis": "oui"})
    _enregistrer(scene, A6_avis="moyen")
    bilan = _enregistrer(scene, A6_avis="non", A6_lu=vierge, A6_conflit=montre, A6_choix="mien")
    assert bilan.conflits == {"A6": {"avis": "moyen"}}


def test_a_guest_s_answers_carry_the_day_they_were_given(scene: Any) -> None:
    _enregistrer(scene, A6_avis="oui")
    assert lire_dossier(scene.dossier, AU).dossier.reponses[0].date is None
    _enregistrer(scene, auteur=None, A6_avis="non", A6_tresorerie_mois="2")
    lu = lire_dossier(scene.dossier, AU).dossier
    assert (lu.reponses[0].date, lu.chiffres[0].date) == (AU, AU)
    # Saved again by somebody else without a change, the day stays.
    _enregistrer(scene, A6_avis="non", A6_tresorerie_mois="2", A7_avis="oui")
    assert lire_dossier(scene.dossier, AU).dossier.reponses[0].date == AU


def test_somebody_who_writes_between_the_reading_and_the_writing_loses_nothing(
    scene: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    _enregistrer(scene, A7_avis="oui")
    vrai, tours = fusion.ouvrir_feuille, []

    def devancer(*situe: Any) -> Any:
        lue = vrai(*situe)
        if not tours:
            tours.append(1)
            autre = vrai(*situe)
            autre.enregistrer(autre.version, contenu={**autre.contenu, "A8": {"avis": "non"}})
        return lue

    lu = {"A6_lu": _lu(scene, "A6")}
    monkeypatch.setattr(fusion, "ouvrir_feuille", devancer)
    _enregistrer(scene, A6_avis="moyen", **lu)
    contenu = vrai(scene.passage, scene.entreprise, "A").contenu
    assert {c: v["avis"] for c, v in contenu.items()} == {"A6": "moyen", "A7": "oui", "A8": "non"}


def test_two_first_answers_at_once_are_both_kept(scene: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    vrai, tours = fusion.ouvrir_feuille, []

    def devancer(*situe: Any) -> Any:
        lue = vrai(*situe)
        if not tours:
            tours.append(1)
            Feuille.objects.create(
                passage=scene.passage,
                repondant=scene.entreprise,
                famille="A",
                contenu={"A8": {"avis": "non"}},
            )
        return lue

    lu = {"A6_lu": _lu(scene, "A6")}
    monkeypatch.setattr(fusion, "ouvrir_feuille", devancer)
    _enregistrer(scene, A6_avis="moyen", **lu)
    assert Feuille.objects.get().contenu == {"A6": {"avis": "moyen"}, "A8": {"avis": "non"}}


AVIS = st.sampled_from(["", "oui", "moyen", "non", "sans-objet", "ne-sait-pas"])


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.booleans(), st.sampled_from(["A6", "A7", "A8"]), AVIS), max_size=8))
def test_two_tabs_never_undo_what_the_other_one_did_unseen(
    scene: Any, gestes: list[tuple[bool, str, str]]
) -> None:
    """Whatever two tabs do, a criterion only takes a value that its own tab saw the previous one of."""
    Feuille.objects.all().delete()
    vus = [dict.fromkeys(("A6", "A7", "A8"), "") for _ in range(2)]
    for deuxieme, critere, avis in gestes:
        vu = vus[deuxieme]
        garde = ouvrir_feuille(scene.passage, scene.entreprise, "A").contenu.get(critere, {}).get("avis", "")
        lu = empreinte({"avis": vu[critere]} if vu[critere] else {})
        bilan = _enregistrer(scene, **{f"{critere}_avis": avis, f"{critere}_lu": lu})
        ensuite = bilan.feuille.contenu.get(critere, {}).get("avis", "")
        if ensuite != garde:
            assert vu[critere] == garde
        else:
            assert ensuite in (garde, avis)
        if avis not in (garde, vu[critere]) and vu[critere] != garde:
            assert list(bilan.conflits) == [critere]
        else:
            vu[critere] = ensuite
