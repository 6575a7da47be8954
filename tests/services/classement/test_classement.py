"""Hand-made texts, registers, codes, evidence, odd inputs."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perenne.domain.classement.decision import Classeur
from perenne.domain.classement.types import Etiquette, Fiche

Classer = Callable[..., dict[str, Etiquette]]

CAS = [
    ("La Bécane à Jules", "Atelier d’auto-réparation de vélos, vélo-école pour adultes", {"ateliers_velos"}),
    ("RECYCLERIE DU PONT", "COLLECTE, REPARATION ET REVENTE D'OBJETS", {"ressourceries"}),
    ("Régie de quartier des Tilleuls", "", {"conciergeries_solidaires"}),
    ("La Roue dentée", "émettre une monnaie locale et citoyenne", {"monnaies_locales"}),
    ("Croq’local", "Légumerie : légumes du canton pour les cantines", {"legumeries_conserveries"}),
    ("La Grande Huche", "supermarché coopératif et participatif", {"epiceries_cooperatives"}),
    ("À fond les guidons", "Livraison du dernier kilomètre à vélo cargo", {"logistique_eco_responsable"}),
    ("Les Genêts", "Gestion d’un village vacances ouvert à tous", {"villages_vacances"}),
    ("Festival des Sources", "Organiser chaque été un festival de musique", {"festivals"}),
    ("Amicale bouliste", "Pratique de la pétanque et organisation de concours", set()),
    ("Comité des fêtes", "Organiser le repas des anciens et le loto", set()),
]  # fmt: skip


@pytest.mark.parametrize(("nom", "texte", "attendues"), CAS)
def test_made_up_texts_are_recognised(
    activites_de: Classer, nom: str, texte: str, attendues: set[str]
) -> None:
    assert set(activites_de(nom, texte)) >= attendues
    if not attendues:
        assert not activites_de(nom, texte)


def test_a_mention_in_passing_weighs_less_than_the_name(activites_de: Classer) -> None:
    loin = "Centre social : accueil, sorties, loisirs des habitants, cours de cuisine et de couture. " * 3
    titre = activites_de("Ludothèque Le Dé", "prêt de jeux")["ludotheques"].probabilite
    passage = activites_de("Garage solidaire du Bourg", loin + " Visite à la ludothèque.").get("ludotheques")
    assert passage is None or passage.probabilite < titre - 0.3


def test_every_positive_example_of_the_knowledge_base_is_found_when_it_is_the_whole_text(
    classeur: Classeur, activites_de: Classer
) -> None:
    essais = [(a.id, e) for a in classeur.activites.values() for e in a.essais.positifs]
    manques = [(a, e) for a, e in essais if a not in activites_de(texte=e)]
    assert len(manques) <= 0.05 * len(essais), manques


def test_no_negative_example_gives_its_activity(classeur: Classeur, activites_de: Classer) -> None:
    essais = [(a.id, e) for a in classeur.activites.values() for e in a.essais.negatifs]
    assert [(a, e) for a, e in essais if a in activites_de(texte=e)] == []


def test_the_list_of_agreed_insertion_structures_wins_over_a_silent_text(activites_de: Classer) -> None:
    trouvee = activites_de("Atelier du Pont", "Menuiserie.", source="siae-marche-inclusion")
    assert trouvee["insertion_socioprofessionnelle"].confiance == "haute"
    assert trouvee["insertion_socioprofessionnelle"].origine == "registre"


def test_a_health_directory_category_settles_the_activity(activites_de: Classer) -> None:
    assert (
        activites_de("Résidence Mozart", finess=("257",))["logement_jeunes_travailleurs"].origine
        == "registre"
    )


def test_a_code_never_decides_alone_when_everyone_holds_it(activites_de: Classer) -> None:
    assert not activites_de("Club des anciens", naf="94.99Z", waldec=("007070",))


def test_a_weak_word_and_an_agreeing_code_give_a_low_confidence(activites_de: Classer) -> None:
    sans = activites_de("Ateliers du Parc", "jardinage pour les habitants")
    avec = activites_de("Ateliers du Parc", "jardinage pour les habitants", waldec=("007070",))
    assert "jardins_partages" not in sans
    assert avec["jardins_partages"].confiance == "faible"


def test_a_very_specific_code_speaks_only_for_the_social_economy(activites_de: Classer) -> None:
    association = activites_de("Les Lutins", naf="8891A", categorie_juridique="9220")
    assert association["gardes_alternatives"].origine == "code"
    assert not activites_de("Les Lutins", naf="8891A", categorie_juridique="5710")


@given(
    nom=st.text(max_size=40),
    morceaux=st.lists(
        st.sampled_from(
            ["Café  associatif", "l’ÉPICERIE sociale", "vélo-école", "😀", "œuvre", "\u00ad", "- d’insertion"]
        )
        | st.text(max_size=20),
        max_size=12,
    ),
)
@settings(max_examples=60, deadline=None)
def test_evidence_is_quoted_from_the_original_text(classeur: Classeur, nom: str, morceaux: list[str]) -> None:
    fiche = Fiche(id="x", nom=nom, texte=" ".join(morceaux))
    for etiquette in classeur.classer(fiche):
        assert 0 <= etiquette.probabilite <= 1
        for i in etiquette.indices:
            if i.champ in ("nom", "texte"):
                original = fiche.nom if i.champ == "nom" else fiche.texte
                assert original[i.debut : i.fin] == i.mots != ""


def test_the_evidence_of_a_phrase_keeps_its_accents_and_its_apostrophes(activites_de: Classer) -> None:
    texte = "Nous portons un chantier d’insertion à Guéret."
    indice = activites_de(texte=texte)["insertion_socioprofessionnelle"].indices[0]
    assert indice.mots == "chantier d’insertion"
    assert texte[indice.debut : indice.fin] == indice.mots


@pytest.mark.parametrize(
    "texte", ["", "   ", "😀🎉", "\x00\x00", "<p></p>", "12 34", "\ud800", "́" * 500, "Ω" * 100]
)
def test_odd_texts_give_nothing_and_break_nothing(activites_de: Classer, texte: str) -> None:
    assert activites_de(texte, texte) == {}


def test_html_and_null_bytes_around_the_words_do_not_hide_them(activites_de: Classer) -> None:
    assert "ressourceries" in activites_de(texte="<p>Notre <b>ressourcerie</b>\x00 ouvre &agrave; 14 h</p>")


def test_a_text_of_one_megabyte_is_read(activites_de: Classer) -> None:
    assert "fablabs" in activites_de("Fablab du Port", "des mots sans rapport " * 50_000)


def test_decisions_win_over_registers(classeur: Classeur) -> None:
    import datetime as dt

    from perenne.domain.classement.decisions import DecisionHumaine, indexer

    refus = DecisionHumaine(
        cle="x",
        activite="insertion_socioprofessionnelle",
        retenue=False,
        date=dt.date(2026, 1, 1),
        role="DLA",
    )
    avec = replace(classeur, decisions=indexer([refus]))
    fiche = Fiche(id="x", nom="Chantier d’insertion", source="siae-marche-inclusion")
    assert "insertion_socioprofessionnelle" in {e.activite for e in classeur.classer(fiche)}
    assert "insertion_socioprofessionnelle" not in {e.activite for e in avec.classer(fiche)}
