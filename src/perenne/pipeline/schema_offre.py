"""The tables of the supply: where each operator counts, how many, what was read, with whom to compare."""

from __future__ import annotations

from perenne.pipeline.table import Table, lire_champs

TABLES_OFFRE = (
    Table(
        nom="offre_operateur",
        libelle="Où chaque opérateur compte, pour chaque activité : la liste derrière chaque chiffre.",
        champs=lire_champs(
            """
            operateur | TEXT | ce qui est compté : entreprise, SIREN lu dans une liste, ou liste:référence
            activite | TEXT | identifiant de knowledge/activites
            confiance | TEXT | haute, moyenne ou faible (comptée à part)
            couche | INTEGER | 1 nommé par une liste, 2 de l'ESS, 3 de l'ESS et employeur ici ; 0 écarté
            ecarte | TEXT | pourquoi il l'est : ferme, non-diffusible ou hors-champ ; vide sinon
            commune | TEXT | commune actuelle ; vide si seul le département est connu
            departement | TEXT | département
            qpv_statut | TEXT | dedans, dehors ou inconnu
            qpv | TEXT | quartier prioritaire
            fiche | TEXT | l'opérateur tel qu'il est nommé dans entreprise_activite
            nom | TEXT | nom dans la liste ; vide pour une entreprise de l'atlas
            source | TEXT | source de la liste qui le nomme ici ; vide si c'est un établissement ou un siège
            date | TEXT | date de la ligne de cette liste
            """
        ),
        index=(("departement", "activite"), ("commune", "activite"), ("qpv",)),
    ),
    Table(
        nom="offre",
        libelle="Combien d'opérateurs distincts par territoire, pour chaque activité et chaque besoin. "
        "Sans ligne : aucun.",
        champs=lire_champs(
            """
            type | TEXT | commune, epci, departement, region ou qpv
            code | TEXT | code du territoire
            sujet | TEXT | activité ou besoin
            tous | INTEGER | opérateurs de l'ESS, ou nommés par une liste (confiance haute ou moyenne)
            ess | INTEGER | parmi eux, ceux de l'ESS (verdict oui ou probable), actifs
            employeurs | INTEGER | parmi eux, ceux qui emploient ici
            tous_faibles | INTEGER | opérateurs que seuls des indices faibles désignent, en plus
            ess_faibles | INTEGER | de même, de l'ESS
            employeurs_faibles | INTEGER | de même, employeurs
            tous_incertains | INTEGER | quartiers : opérateurs de la commune, dedans ou non, en plus
            ess_incertains | INTEGER | de même, de l'ESS
            employeurs_incertains | INTEGER | de même, employeurs
            fermes | INTEGER | écartés : fermés ou dissous
            non_diffusibles | INTEGER | écartés : non diffusibles
            hors_champ | INTEGER | écartés : ni de l'ESS active, ni nommés par une liste
            """
        ),
        cle=("type", "code", "sujet"),
    ),
    Table(
        nom="offre_lecture",
        libelle="Les registres lus dans chaque département. Sans ligne : non lu, donc non observé.",
        champs=lire_champs(
            """
            departement | TEXT | département
            registre | TEXT | registre de knowledge/nomenclatures/registres.yaml
            source | TEXT | identifiant de la source
            structures | INTEGER | structures que ce registre y situe
            """
        ),
        cle=("departement", "registre", "source"),
    ),
    Table(
        nom="offre_groupe",
        libelle="L'offre des groupes de territoires comparables (ADR 0050), où les mêmes registres sont lus.",
        champs=lire_champs(
            """
            strate | TEXT | groupe : type, niveaux de densité, outre-mer, bornes de population
            profil | TEXT | registres lus
            couche | TEXT | tous, ess ou employeurs
            sujet | TEXT | activité ou besoin
            compares | INTEGER | territoires du groupe
            habitants | INTEGER | leurs habitants
            operateurs | INTEGER | somme de leurs opérateurs
            mediane | REAL | de leurs nombres d'opérateurs pour 10 000 habitants
            quartile_bas | REAL | premier quartile
            quartile_haut | REAL | troisième quartile
            """
        ),
        cle=("strate", "profil", "couche", "sujet"),
    ),
    Table(
        nom="activite_besoin",
        libelle="Les besoins que sert chaque activité, tels qu'ils ont été comptés.",
        champs=lire_champs(
            """
            activite | TEXT | identifiant de knowledge/activites
            besoin | TEXT | identifiant de knowledge/besoins
            """
        ),
        cle=("activite", "besoin"),
    ),
)
