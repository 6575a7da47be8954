"""The errors of the study are written in one place, and nowhere else are they told as facts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from perenne.domain.savoir.base import BaseSavoir
from perenne.kb.lecture import lire_yaml

_PHRASE = re.compile(r"(?<=[.;!?])\s+")
_NIE = (
    "l'étude",
    "usage",
    "n'impose",
    "n'en demande",
    "ne les exige",
    "n'est pas",
    "trop large",
    "non seulement",
)


def _textes(valeur: object) -> Iterator[str]:
    if isinstance(valeur, str):
        yield valeur
    elif isinstance(valeur, dict):
        yield from (t for v in valeur.values() for t in _textes(v))
    elif isinstance(valeur, list):
        yield from (t for v in valeur for t in _textes(v))


def _phrases(texte: str) -> list[str]:
    propre = re.sub(r"\s+", " ", texte.replace("’", "'").replace("\u202f", " ").replace("\u00a0", " "))
    return _PHRASE.split(propre)


@pytest.fixture(scope="module")
def phrases(racine: Path) -> list[tuple[str, str]]:
    """Every sentence of the base, with its file; the items that state the errors are left out."""
    lues = []
    for fichier in sorted((racine / "knowledge").rglob("*.yaml")):
        if fichier.parent.name == "erreurs-etude":
            continue
        document = lire_yaml(fichier.read_bytes(), lambda *_: None)
        nom = fichier.relative_to(racine).as_posix()
        lues += [(nom, p) for t in _textes(document.valeur if document else None) for p in _phrases(t)]
    return lues


def _nie(phrase: str) -> bool:
    return any(mot in phrase.lower() for mot in _NIE)


def _quartier_de_dix_mille(p: str) -> bool:
    return "10 000 hab" in p and "quartier" in p.lower() and "unité urbaine" not in p


def _revenu_unique(p: str) -> bool:
    return "11 250" in p and not _nie(p)


def _spaser_incite(p: str) -> bool:
    schema = re.search(r"spaser|schéma de promotion des achats|schéma d'achats", p, re.I)
    return bool(schema and re.search(r"\bincit|\bencourag|\binvité", p, re.I)) and " " in p and not _nie(p)


def _nombre_de_devis(p: str) -> bool:
    return bool(re.search(r"\b(trois|cinq|[35])( à cinq| à 5)? devis", p, re.I)) and not _nie(p)


def _quarante_mille_sans_date(p: str) -> bool:
    return bool(re.search(r"(?<!\d )(?<!\d)40 000 €", p)) and not re.search(
        r"20[12]\d|auparavant|date de début", p
    )


def _tous_acteurs_publics(p: str) -> bool:
    tous = re.search(r"tous (types d')?acteurs publics", p, re.I)
    return bool(tous and "confondus" in p and not _nie(p))


def _zrr_fin_2022(p: str) -> bool:
    return bool(re.search(r"(ZRR|revitalisation rurale).{0,80}(fin|31 décembre|fin de) 2022", p))


def _quatre_types(p: str) -> bool:
    return bool(re.search(r"quatre (types|sortes|cas) de (marchés|réserv)", p, re.I))


def _deux_agrements(p: str) -> bool:
    return bool(re.search(r"deux (projets|structures|entreprises).{0,40}(agré|conventionn)", p, re.I))


ERREURS: dict[str, tuple[Callable[[str], bool], str, str]] = {
    # error of the base: detector, a sentence that repeats it, a sentence that is right
    "qpv-habitants": (
        _quartier_de_dix_mille,
        "Un quartier prioritaire compte au moins 10 000 habitants.",
        "Le quartier est dans une unité urbaine d'au moins 10 000 habitants.",
    ),
    "qpv-revenu": (
        _revenu_unique,
        "Le revenu médian doit être inférieur à 11 250 € par an.",
        "11 250 € n'est pas un seuil unique.",
    ),
    "spaser-incitation": (
        _spaser_incite,
        "Les collectivités sont incitées à adopter un SPASER.",
        "Le SPASER est obligatoire au-delà de 50 M€ HT d'achats par an.",
    ),
    "trois-devis": (
        _nombre_de_devis,
        "Demander trois à cinq devis avant d'acheter.",
        "Le code n'impose aucun nombre de devis : trois à cinq devis est un usage.",
    ),
    "dispense-40000": (
        _quarante_mille_sans_date,
        "On achète sans publicité sous 40 000 €.",
        "40 000 € jusqu'au 31 mars 2026, 140 000 € dans un projet.",
    ),
    "scic-tous-acteurs-publics": (
        _tous_acteurs_publics,
        "La part publique est plafonnée à 50 %, tous acteurs publics confondus.",
        "« tous acteurs publics confondus » est trop large.",
    ),
    "zrr-prolongation": (
        _zrr_fin_2022,
        "Les ZRR sont prolongées jusqu'à la fin 2022.",
        "Les ZRR ont pris fin le 30 juin 2024.",
    ),
    "marches-reserves-quatre-types": (
        _quatre_types,
        "Il existe quatre types de marchés réservés.",
        "Cinq motifs permettent de réserver un marché.",
    ),
    "deux-agrements": (
        _deux_agrements,
        "Deux projets étudiés sont agréés par l'État.",
        "Trois des seize sont conventionnés au titre de l'insertion.",
    ),
}


@pytest.mark.parametrize("erreur", ERREURS)
def test_an_error_of_the_study_is_nowhere_told_as_a_fact(
    erreur: str, base: BaseSavoir, phrases: list[tuple[str, str]]
) -> None:
    assert erreur in base.erreurs_etude
    repete, fautive, juste = ERREURS[erreur]
    assert repete(fautive), "le détecteur ne reconnaît pas l'erreur"
    assert not repete(juste), "le détecteur condamne une phrase juste"
    assert [(ou, p) for ou, p in phrases if repete(p)] == []


def test_every_error_about_law_has_a_detector_or_a_test_of_its_own(base: BaseSavoir) -> None:
    droit = {e.id for e in base.erreurs_etude.values() if e.nature in ("droit", "perime")}
    assert droit <= ERREURS.keys() | {"qpv-perimetres"}


def test_a_region_is_never_named_before_it_existed(base: BaseSavoir) -> None:
    region = base.organisations["region-nouvelle-aquitaine"]
    noms = {(n.nom, n.du, n.au) for n in region.noms}
    assert ("Région Nouvelle-Aquitaine", dt.date(2016, 1, 1), None) in noms
    for cas in base.cas.values():
        for fait in cas.faits:
            dit = f"{fait.acteur.libelle} {fait.duree}"
            if re.search(r"\b201[0-5]\b", dit) and "Nouvelle-Aquitaine" in dit:
                assert "Limousin" in dit, f"{cas.id} : {fait.id}"


def test_the_network_of_martinique_is_not_in_guadeloupe(base: BaseSavoir) -> None:
    cas = base.cas["reseau-pouce-pouce"]
    assert {cas.implantation.departement} == {"972"}
    for fait in cas.faits:
        if "Guadeloupe" in fait.note:
            assert "Martinique" in fait.note, fait.id
        assert "Guadeloupe" not in f"{fait.acteur.libelle} {fait.acteur.organisation or ''}", fait.id


def test_the_quarters_of_the_study_are_the_list_of_2015(base: BaseSavoir) -> None:
    fins = {p.aire: p.au for p in base.zonages["qpv-2015"].periodes}
    assert fins == {"metropole": dt.date(2023, 12, 31), "outre-mer": dt.date(2024, 12, 31)}
    debuts = {p.aire: p.du for p in base.zonages["qpv-2024"].periodes}
    assert debuts == {"metropole": dt.date(2024, 1, 1), "outre-mer": dt.date(2025, 1, 1)}


def test_a_commune_bears_its_official_name(base: BaseSavoir) -> None:
    commune = base.organisations["commune-auvillers-les-forges"]
    assert "Auvillers-les-Forges" in commune.nom
    for cas in base.cas.values():
        lieu = cas.implantation.lieu
        assert "Auvilliers" not in lieu or "étude" in lieu, cas.id
