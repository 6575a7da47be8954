"""The tables of the enterprises."""

from __future__ import annotations

from perenne.pipeline.table import Table, lire_champs

TABLES_ENTREPRISES = (
    Table(
        nom="entreprise",
        libelle="Les entreprises que quelque chose rattache à l'ESS, avec leur verdict.",
        champs=lire_champs(
            """
            id | TEXT | SIREN ; à défaut, numéro au répertoire national des associations (RNA)
            siren | TEXT | SIREN ; vide pour une association connue du seul RNA
            rna | TEXT | numéro RNA, quand il est connu ou rapproché (voir entreprise_lien)
            nom | TEXT | dénomination ; vide si l'entreprise n'est pas diffusible
            sigle | TEXT | sigle, titre court ou nom d'usage
            forme | TEXT | forme juridique (knowledge/formes-juridiques) ; vide si elle n'est pas connue
            verdict | TEXT | oui, probable, non ou inconnu
            contradictions | TEXT | codes des contradictions, séparés par des espaces ; vide s'il n'y en a pas
            etat | TEXT | active, fermee (Sirene), dissoute (RNA seul) ou inconnu
            creee_le | TEXT | date de création (AAAA-MM-JJ)
            fermee_le | TEXT | date de fermeture ou de dissolution, quand un fichier la donne
            naf | TEXT | activité principale
            effectif | TEXT | tranche d'effectif salarié ; vide si elle n'est pas observée
            annee_effectif | TEXT | année de la tranche
            employeur | TEXT | O ou N ; vide si ce n'est pas observé
            mention | TEXT | mention ESS de Sirene : O ou N ; vide si elle n'est pas observée
            mission | TEXT | société à mission : O ou N
            objet | TEXT | objet déclaré au RNA
            objet_social1 | TEXT | code d'objet principal du RNA
            objet_social2 | TEXT | code d'objet second du RNA
            commune | TEXT | commune actuelle du siège
            departement | TEXT | département
            lon | REAL | longitude (WGS84)
            lat | REAL | latitude (WGS84)
            precision | TEXT | adresse, voie, commune, registre (point donné par une liste) ou inconnu
            qpv_statut | TEXT | siège en quartier prioritaire : dedans, dehors ou inconnu
            qpv | TEXT | quartier prioritaire
            etablissements_actifs | INTEGER | établissements actifs ; vide si ce n'est pas observé
            diffusible | INTEGER | 0 si l'entreprise a demandé à ne pas être diffusée
            etat_sirene | TEXT | A ou C ; vide si elle n'y est pas
            etat_rna | TEXT | A ou C ; vide si elle n'y est pas
            """
        ),
        cle=("id",),
        index=(("rna",), ("commune",), ("departement",)),
    ),
    Table(
        nom="entreprise_nom",
        libelle="Les autres noms de chaque entreprise, sous lesquels on peut la chercher.",
        champs=lire_champs(
            """
            id | TEXT | entreprise
            nom | TEXT | nom, tel qu'il est écrit dans le fichier
            genre | TEXT | sigle, usage, enseigne, rna (titre au RNA), liste (nom dans une liste) ou ancien
            source | TEXT | identifiant de la source
            """
        ),
        cle=("id", "nom"),
    ),
    Table(
        nom="entreprise_raison",
        libelle="Les raisons de chaque verdict, chacune avec sa source et sa date.",
        champs=lire_champs(
            """
            id | TEXT | entreprise
            raison | TEXT | forme, mention, ess-france, esus, siae ou rna
            valeur | TEXT | code lu (forme, O ou N, type de structure, numéro)
            sens | TEXT | pour, contre ou neutre
            source | TEXT | identifiant de la source
            date | TEXT | date de la ligne ; à défaut, millésime de la source
            fin | TEXT | fin de validité, quand la liste la donne
            """
        ),
        cle=(),
        index=(("id",),),
    ),
    Table(
        nom="entreprise_lien",
        libelle="Les rapprochements entre Sirene et le RNA, retenus ou seulement possibles.",
        champs=lire_champs(
            """
            siren | TEXT | unité légale
            rna | TEXT | association
            methode | TEXT | numero, siret ou nom-commune
            confiance | REAL | de 0 à 1 ; un ordre convenu, pas une probabilité mesurée
            statut | TEXT | retenu (les deux n'en font qu'une) ou doublon-possible (gardées séparées)
            """
        ),
        index=(("siren",), ("rna",)),
    ),
    Table(
        nom="entreprise_registre",
        libelle="Les listes où des structures figurent, de l'ESS ou non.",
        champs=lire_champs(
            """
            id | TEXT | entreprise ; vide si la structure n'en est pas une connue
            registre | TEXT | ess-france, esus, siae, data-inclusion ou tiers-lieux
            categorie | TEXT | type de structure dans la liste
            reference | TEXT | identifiant dans la liste
            siret | TEXT | établissement
            siren | TEXT | unité légale
            nom | TEXT | nom dans la liste
            nom_usage | TEXT | nom d'usage, ou structure porteuse
            commune | TEXT | commune actuelle
            departement | TEXT | département
            lon | REAL | longitude donnée par la liste
            lat | REAL | latitude donnée par la liste
            date | TEXT | date de la ligne
            fin | TEXT | fin de validité
            source | TEXT | identifiant de la source
            """
        ),
        index=(("id",), ("commune",), ("registre",)),
    ),
    Table(
        nom="entreprise_activite",
        libelle="Ce que fait chaque structure, parmi les activités d'utilité sociale, et ce qui le montre.",
        champs=lire_champs(
            """
            operateur | TEXT | entreprise ; à défaut, « registre:référence » (entreprise_registre)
            id | TEXT | entreprise ; vide si la structure n'en est pas une connue
            activite | TEXT | activité (knowledge/activites)
            confiance | TEXT | haute, moyenne ou faible
            origine | TEXT | decision, registre, texte ou code ; plusieurs sont séparées par un espace
            indices | TEXT | mots trouvés, avec champ, place et motif ; listes ; codes ; décision (JSON)
            commune | TEXT | commune actuelle
            departement | TEXT | département
            """
        ),
        cle=("operateur", "activite"),
        index=(("commune", "activite"), ("activite",)),
    ),
    Table(
        nom="etablissement",
        libelle="Les établissements de ces entreprises.",
        champs=lire_champs(
            """
            siret | TEXT | identifiant
            siren | TEXT | unité légale
            siege | INTEGER | 1 pour le siège
            etat | TEXT | actif, ferme ou inconnu
            nom | TEXT | enseigne ; vide s'il n'est pas diffusible
            naf | TEXT | activité principale
            effectif | TEXT | tranche d'effectif salarié
            employeur | TEXT | O ou N ; vide si ce n'est pas observé
            creee_le | TEXT | date de création
            fermee_le | TEXT | date de fermeture
            adresse | TEXT | numéro et voie ; vide s'il n'est pas diffusible
            code_postal | TEXT | code postal
            commune | TEXT | commune actuelle
            code_commune | TEXT | code écrit dans le fichier
            lon | REAL | longitude (WGS84)
            lat | REAL | latitude (WGS84)
            precision | TEXT | adresse, voie, commune ou inconnu
            qpv_statut | TEXT | dedans, dehors ou inconnu ; un point imprécis n'est jamais dedans
            qpv | TEXT | quartier prioritaire
            precision_source | TEXT | insee si la précision vient de sa géolocalisation ; vide si de l'adresse
            qpv_insee | TEXT | quartier selon la géolocalisation de l'INSEE, ou hors ; vide si rien n'est dit
            qpv_insee_qualite | TEXT | sur, probable ou aleatoire, selon l'INSEE
            diffusible | INTEGER | 0 si l'établissement a demandé à ne pas être diffusé
            """
        ),
        cle=("siret",),
        index=(("siren",), ("commune",)),
    ),
)
