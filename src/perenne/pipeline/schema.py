"""The tables of the atlas: one description, from which SQLite, Parquet and the reference page follow."""

from __future__ import annotations

from perenne.pipeline.schema_entreprises import TABLES_ENTREPRISES
from perenne.pipeline.schema_offre import TABLES_OFFRE
from perenne.pipeline.table import Table, lire_champs

VERSION = 1
"""Raised when a reader of an older atlas would be wrong."""


TABLES: tuple[Table, ...] = (
    Table(
        nom="territoire",
        libelle="Les communes, arrondissements municipaux, EPCI, départements, régions et quartiers.",
        champs=lire_champs(
            """
            type | TEXT | commune, arrondissement-municipal, epci, departement, region ou qpv
            code | TEXT | code INSEE, SIREN de l'EPCI ou code du quartier
            nom | TEXT | nom avec article
            population | INTEGER | population municipale la plus récente ; vide si elle n'est pas connue
            superficie_km2 | REAL | superficie en km² ; vide si une commune manque
            superficie_approchee | INTEGER | 1 si une superficie au moins est mesurée sur le contour simplifié
            lon | REAL | longitude d'un point intérieur (WGS84)
            lat | REAL | latitude d'un point intérieur (WGS84)
            departement | TEXT | département ; celui du plus grand nombre de communes pour un EPCI
            region | TEXT | région, de même
            epci | TEXT | SIREN de l'EPCI à fiscalité propre ; vide pour les communes qui n'en ont pas
            densite | INTEGER | niveau de la grille de densité, de 1 (le plus dense) à 7 ; communes seulement
            drom | INTEGER | 1 outre-mer (971, 972, 973, 974, 976), 0 ailleurs
            nature | TEXT | nature juridique de l'EPCI (CC, CA, CU, METRO, MET69)
            ruralite | TEXT | type de ruralité (ANCT) ; vide hors champ
            centralite | TEXT | niveau de centralité (ANCT) ; vide si non classée
            massif | TEXT | massif de montagne ; ne prouve pas le classement en zone de montagne
            """
        ),
        cle=("type", "code"),
        index=(("departement",), ("epci",), ("type", "densite", "drom", "population")),
    ),
    Table(
        nom="composition",
        libelle="Les communes de chaque EPCI, département, région et quartier.",
        champs=lire_champs(
            """
            type | TEXT | epci, departement, region ou qpv
            code | TEXT | code du territoire
            commune | TEXT | code de la commune
            """
        ),
        cle=("type", "code", "commune"),
        index=(("commune",),),
    ),
    Table(
        nom="commune_mouvement",
        libelle="Les anciens codes et noms de communes, suivis jusqu'à aujourd'hui.",
        champs=lire_champs(
            """
            code_ancien | TEXT | code porté avant ; peut être encore en vigueur (séparation, nom)
            nom_ancien | TEXT | nom porté avant
            date_effet | TEXT | date d'effet (AAAA-MM-JJ) ; vide pour une commune déléguée ou associée
            code_actuel | TEXT | commune d'aujourd'hui, chaînes suivies ; vide si elle a quitté le COG
            nature | TEXT | fusion-simple, commune-nouvelle, retablissement, deleguee, associee…
            """
        ),
        index=(("code_ancien",), ("code_actuel",)),
    ),
    Table(
        nom="appartenance",
        libelle="Les zonages et programmes de chaque territoire.",
        champs=lire_champs(
            """
            type | TEXT | type du territoire
            code | TEXT | code du territoire
            zonage | TEXT | identifiant de knowledge/zonages
            du | TEXT | date de signature ou d'entrée, quand le fichier la donne
            au | TEXT | date de sortie, quand le fichier la donne
            classement | TEXT | classe (socle, plus, partiel, beneficiaire…) ; vide pour un programme
            libelle | TEXT | nom du territoire ou du lieu dans le programme
            source | TEXT | identifiant de la source
            code_source | TEXT | codes écrits dans le fichier, séparés par des espaces
            """
        ),
        index=(("type", "code"), ("zonage", "type", "code")),
    ),
    Table(
        nom="valeur",
        libelle="Les indicateurs, observés pour les communes et calculés pour les territoires plus grands.",
        champs=lire_champs(
            """
            indicateur | TEXT | identifiant de knowledge/indicateurs
            type | TEXT | type du territoire
            code | TEXT | code du territoire
            millesime | TEXT | année ou période mesurée
            valeur | REAL | valeur dans l'unité de l'indicateur ; vide si le statut n'est pas observe
            statut | TEXT | observe, secret (statistique), absent (le producteur n'en a pas), sans-objet
            numerateur | REAL | numérateur, quand la valeur est un rapport
            denominateur | REAL | dénominateur, ou poids d'une moyenne
            couverture | REAL | part des habitants des communes observées, de 0 à 1 ; vide pour une commune
            approche | INTEGER | 1 si la valeur est une approximation ou ne couvre pas tous les habitants
            source | TEXT | identifiant de la source
            """
        ),
        cle=("indicateur", "type", "code", "millesime"),
        index=(("type", "code"),),
    ),
    Table(
        nom="contour",
        libelle="Les contours, simplifiés, en longitude et latitude.",
        champs=lire_champs(
            """
            type | TEXT | type du territoire
            code | TEXT | code du territoire
            wkb | BLOB | polygone ou multipolygone, Well-Known Binary
            minx | REAL | longitude minimale
            miny | REAL | latitude minimale
            maxx | REAL | longitude maximale
            maxy | REAL | latitude maximale
            """
        ),
        cle=("type", "code"),
    ),
    Table(
        nom="source",
        libelle="Les sources lues, avec leur empreinte et leurs contrôles.",
        champs=lire_champs(
            """
            id | TEXT | identifiant, nom du dossier de la source
            producteur | TEXT | qui publie
            jeu | TEXT | nom du jeu de données
            millesime | TEXT | millésime
            date_fichier | TEXT | date de modification du fichier lu
            licence | TEXT | licence
            url | TEXT | adresse officielle
            fichier | TEXT | chemin sous le dossier de sources
            sha256 | TEXT | empreinte du fichier lu
            lignes | INTEGER | lignes lues
            format_verifie | INTEGER | 1 si le fichier du producteur a été vu, 0 pour une forme dérivée
            controles | TEXT | colonnes nouvelles ou absentes et remarques, en JSON
            """
        ),
        cle=("id",),
    ),
    *TABLES_ENTREPRISES,
    *TABLES_OFFRE,
)
