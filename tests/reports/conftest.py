"""A fictional diagnosis with everything a note must show: fragile, calm, secret, missing, zero."""

from __future__ import annotations

import datetime as dt
import struct

import pytest

from perenne.domain.savoir.commun import Source
from perenne.domain.savoir.indicateurs import Indicateur
from perenne.domain.territoire.identite import (
    Contour,
    Filiation,
    Rattachement,
    SourceCitee,
    Territoire,
    TypeTerritoire,
)
from perenne.domain.territoire.mesures import (
    CritereCget,
    Lecture,
    LectureCget,
    Mesure,
    Pair,
    Statut,
    Strate,
    Tendance,
)
from perenne.domain.territoire.resultat import (
    ActeurCompetent,
    ActionPrecedent,
    ActiviteProposee,
    BesoinLu,
    Diagnostic,
    Precedent,
    RaisonDistance,
    Suite,
    ZonageLu,
)

ETUDE = Source(document="etude-anct-2021", section="II.L1")


def indicateur(ident: str, libelle: str, unite: str = "%", decimales: int = 1) -> Indicateur:
    return Indicateur(
        id=ident,
        libelle=libelle,
        libelle_court=libelle,
        phrase="{valeur}",
        theme="revenus",
        unite=unite,
        decimales=decimales,
        sens="plus_haut",
        formule="publiée",
        agregation="aucune",
        sources=(ETUDE,),
    )


def lecture(
    ident: str, libelle: str, valeur: float | None, percentile: float | None, statut: Statut = "observe"
) -> Lecture:
    return Lecture(
        indicateur=indicateur(ident, libelle),
        mesure=Mesure(indicateur=ident, millesime="2021", statut=statut, valeur=valeur, source="filosofi"),
        percentile=percentile,
        fragilite=percentile,
        rang=None if percentile is None else 12,
        compares=0 if percentile is None else 214,
        quartile_bas=None if percentile is None else 8.0,
        mediane=None if percentile is None else 12.5,
        quartile_haut=None if percentile is None else 17.25,
    )


def carre(x: float, y: float, cote: float = 0.1) -> bytes:
    """A square polygon in little-endian WKB."""
    points = [(x, y), (x + cote, y), (x + cote, y + cote), (x, y + cote), (x, y)]
    plat = [v for p in points for v in p]
    return struct.pack("<BIII", 1, 3, 1, len(points)) + struct.pack(f"<{len(plat)}d", *plat)


def contour(
    type_: TypeTerritoire, code: str, nom: str, wkb: bytes, *, dans: bool = True, classement: str = ""
) -> Contour:
    """An outline of 12,734 inhabitants."""
    return Contour(
        type=type_, code=code, nom=nom, wkb=wkb, dans_territoire=dans, population=12734, classement=classement
    )


PAUVRETE = lecture("taux-pauvrete", "Taux de pauvreté", 24.0, 91.2)
CHOMAGE = lecture("taux-chomage", "Taux de chômage au sens du recensement", 15.5, 77.0)
ZERO = lecture("solde-nul", "Part des logements vacants", 0.0, 3.0)
SECRET = lecture("pauvrete-75", "Pauvreté des 75 ans et plus", None, None, "secret")
ABSENT = lecture("sans-voiture", "Ménages sans voiture", None, None, "non-observe")


@pytest.fixture(scope="session")
def diagnostic() -> Diagnostic:
    """A fictional commune, with a sentence to escape (<, &, =) in its names."""
    besoins = (
        BesoinLu(
            besoin="B06",
            libelle="Favoriser l'accès à l'emploi des personnes éloignées",
            niveau="marque",
            preuves=(PAUVRETE, CHOMAGE),
            pourquoi={"taux-pauvrete": "Un taux élevé."},
            activites=(
                ActiviteProposee(id="chantier", libelle="Chantier d'insertion"),
                ActiviteProposee(id="garage", libelle="Garage solidaire"),
            ),
        ),
        BesoinLu(besoin="B10", libelle="Vivre chez soi en vieillissant", niveau="non-documente", pourquoi={}),
        BesoinLu(besoin="B03", libelle="Se déplacer sans voiture", niveau="non-marque", pourquoi={}),
    )
    precedents = tuple(
        Precedent(
            cas=f"cas-{n}",
            nom=f"Atelier n° {n}",
            activite="ressourcerie",
            territoire="Ardennes",
            thematique="inclusion",
            distance=0.2 * n,
            raisons=(
                RaisonDistance(terme="zonage", proche=True, details=("zrr",)),
                RaisonDistance(terme="densite", proche=False),
            ),
            besoins=("B06",),
            actions=(
                ActionPrecedent(
                    action="avancer-les-fonds",
                    libelle="avancer les fonds",
                    levier="financements-directs",
                    instrument="avance de trésorerie",
                    acteur="Département",
                    source=ETUDE,
                ),
            ),
            source=ETUDE,
        )
        for n in (1, 2, 3)
    )
    return Diagnostic(
        au=dt.date(2026, 11, 23),
        version_atlas="2026-11-23",
        territoire=Territoire(
            type="commune",
            code="99001",
            nom="Val & Fictif <sur> Brume",
            population=12734,
            superficie_km2=26.4,
            densite=2,
            communes=("99001",),
        ),
        rattachements=(Rattachement(type="epci", code="200099001", nom="CC du Val Fictif"),),
        filiations=(
            Filiation(
                code_ancien="99002",
                nom_ancien="Vieux-Fictif",
                code_actuel="99001",
                nom_actuel="Val & Fictif <sur> Brume",
                date_effet=dt.date(2019, 1, 1),
                nature="fusion",
            ),
        ),
        densites={},
        zonages=(
            ZonageLu(
                zonage="frr",
                libelle="France ruralités revitalisation",
                sigle="FRR",
                statut="en-vigueur",
                classement="socle",
                du=dt.date(2024, 7, 1),
                communes_couvertes=1,
                communes=1,
                part_population=1.0,
                reference="Arrêté du 19 juin 2024",
                url="https://www.legifrance.gouv.fr/",
                confiance="B",
            ),
            ZonageLu(zonage="crte", libelle="CRTE", statut="non-observe"),
        ),
        strate=Strate(
            type="commune", densites=(2,), drom=False, population_min=10000, population_max=20000, nombre=214
        ),
        lectures=(PAUVRETE, CHOMAGE, ZERO, SECRET, ABSENT),
        pairs=(
            Pair(
                type="commune",
                code="99010",
                nom="Autre-Fictive",
                departement="99",
                population=11800,
                densite_hab_km2=430.0,
                valeurs={"taux-pauvrete": 18.0},
            ),
        ),
        tendances=(
            Tendance(
                indicateur=indicateur("population", "Population", "habitants", 0),
                points=(("2013", 13500.0), ("2015", 13300.0), ("2023", 12734.0)),
                manquants=("2014",),
            ),
        ),
        cget=LectureCget(
            criteres=(
                CritereCget(critere="population", decile=None, lecture=None),
                CritereCget(critere="emploi", decile=7, lecture=CHOMAGE),
                CritereCget(critere="pauvrete", decile=9, lecture=PAUVRETE),
            )
        ),
        besoins=besoins,
        precedents=precedents,
        acteurs=(
            ActeurCompetent(acteur="commune", libelle="Commune", nom="Val & Fictif", role="Subventionne."),
            ActeurCompetent(acteur="departement", libelle="Département", role="Chef de file social."),
        ),
        suites=(
            Suite(
                action="avancer-les-fonds",
                code="L1.6",
                libelle="Avancer les fonds octroyés par d'autres financeurs",
                levier="financements-directs",
                premier_pas="Demander au financeur son calendrier de paiement",
                acteurs=("département", "région"),
                precedents=("Atelier n° 1",),
                besoins=("B06",),
            ),
        ),
        sources=(
            SourceCitee(
                id="filosofi",
                producteur="Insee",
                jeu="Filosofi, revenus et pauvreté",
                millesime="2021",
                date_fichier="2024-06-01",
                licence="Licence Ouverte 2.0",
                url="https://www.insee.fr/fr/statistiques/7756729",
            ),
        ),
        carte=(
            contour("commune", "99001", "Val & Fictif", carre(1.8, 46.1), classement="frr"),
            contour("commune", "99010", "Autre-Fictive", carre(1.9, 46.1), dans=False),
            contour("qpv", "QN09901M", "Les Brumes", carre(1.83, 46.13, 0.02)),
        ),
    )
