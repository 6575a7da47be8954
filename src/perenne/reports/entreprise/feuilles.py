"""The sheets of a file about an enterprise: the same fields in YAML and in the workbook."""

from __future__ import annotations

from perenne.domain.entreprise.dossier import ActiviteEconomique, Passage, Repondant, Ressource
from perenne.domain.entreprise.postes import TOUS
from perenne.reports.entreprise.fiches import (
    FicheStructure,
    LigneChiffre,
    LigneCompte,
    LigneExercice,
    LigneFait,
    LigneReponse,
)
from perenne.reports.entreprise.mots import (
    AVIS,
    NATURES_PAYEUR,
    NIVEAUX,
    ORIGINES,
    POSTES,
    RESSOURCES,
    ROLES,
    VERSIONS,
)
from perenne.reports.tresorerie.champs import Champ, Feuille, date, entier, montant

MODELE = "perenne modele diagnostic -o diagnostic.xlsx"
PASSAGE = Champ(
    nom="passage", libelle="Passage", genre="id", aide="Nom court du passage. Vide s'il n'y en a qu'un."
)
REPONDANT = Champ(
    nom="repondant", libelle="Répondant", genre="id", aide="Nom court. Vide s'il n'y en a qu'un."
)
EXERCICE = Champ(
    nom="exercice", libelle="Exercice", genre="id", aide="Nom court de la feuille Exercices : 2025."
)

STRUCTURE = Feuille(
    cle="structure",
    titre="Structure",
    classe=FicheStructure,
    intro="La structure, ce qu'elle fait et où. Jamais de nom de personne.",
    champs=(
        Champ(nom="nom", libelle="Nom de la structure", genre="texte"),
        Champ(
            nom="activites",
            libelle="Activités",
            genre="refs",
            aide="Identifiants de la base de savoir, séparés par « ; » : ressourceries ; cafes_associatifs.",
        ),
        Champ(
            nom="territoires",
            libelle="Types de territoire",
            genre="refs",
            aide="rural ; montagne ; qpv ; petite-ville ; outre-mer. Ne sert qu'à ordonner les questions.",
        ),
        date("debut_activite", "Début de l'activité", "Premier jour avec des usagers réguliers."),
        Champ(
            nom="activite_reguliere",
            libelle="Activité régulière",
            genre="oui-non",
            aide="non tant que le projet s'écrit.",
        ),
        entier("comptes_clos", "Nombre de comptes clos", "Exercices comptables terminés, depuis le début."),
        date("premier_emploi", "Premier emploi salarié"),
        Champ(
            nom="stade",
            libelle="Stade choisi",
            genre="id",
            aide="Vide : le stade est déduit. Sinon emergence, amorcage, consolidation, changement-echelle, "
            "rebond.",
        ),
        Champ(
            nom="stade_motif",
            libelle="Pourquoi ce stade",
            genre="texte-long",
            aide="À remplir si vous choisissez le stade.",
        ),
        Champ(nom="fictif", libelle="Exemple fictif", genre="oui-non"),
    ),
    exemple={},
)
REPONDANTS = Feuille(
    cle="repondants",
    titre="Répondants",
    classe=Repondant,
    intro="Qui répond : un rôle et une fonction, jamais un nom.",
    champs=(
        Champ(nom="id", libelle="Nom court", genre="id", aide="entreprise, elu, agent-1… sans espace."),
        Champ(nom="role", libelle="Rôle", genre="choix", choix=ROLES),
        Champ(
            nom="fonction",
            libelle="Fonction",
            genre="texte",
            aide="Trésorier, maire adjoint, chargée de mission.",
        ),
    ),
    exemple={"id": "elu", "role": "élu", "fonction": "vice-présidente à l'économie"},
)
PASSAGES = Feuille(
    cle="passages",
    titre="Passages",
    classe=Passage,
    intro="Chaque fois que la grille est remplie : l'année N, puis N+2.",
    champs=(
        Champ(nom="id", libelle="Nom court", genre="id", aide="2024, 2026…"),
        date("date", "Date"),
        Champ(nom="version", libelle="Version", genre="choix", choix=VERSIONS),
    ),
    exemple={"id": "2024", "date": "12/11/2024", "version": "complète"},
)
REPONSES = Feuille(
    cle="reponses",
    titre="Grille",
    classe=LigneReponse,
    intro="Une ligne par critère et par répondant. Vide : aucune réponse, rien n'est compté.",
    champs=(
        Champ(nom="critere", libelle="Critère", genre="id", aide="A1, B2… comme dans la grille."),
        Champ(nom="question", libelle="Question", genre="memo"),
        Champ(nom="oui", libelle="oui si", genre="memo"),
        Champ(nom="moyen", libelle="moyen si", genre="memo"),
        Champ(nom="non", libelle="non si", genre="memo"),
        PASSAGE,
        REPONDANT,
        Champ(nom="avis", libelle="Réponse", genre="choix", choix=AVIS),
        Champ(
            nom="justification",
            libelle="Justification",
            genre="texte-long",
            aide="Deux faits qui appuient la réponse.",
        ),
        date("date", "Date", "Vide : la date du passage."),
        Champ(
            nom="source",
            libelle="Source",
            genre="texte",
            aide="Où le vérifier : rapport d'activité 2025, procès-verbal, comptes. Jamais un nom.",
        ),
    ),
    exemple={"critere": "A6", "passage": "2024", "repondant": "entreprise", "avis": "moyen"},
)
CHIFFRES = Feuille(
    cle="chiffres",
    titre="Chiffres",
    classe=LigneChiffre,
    intro="Les mesures que vous connaissez. Celles que donnent les comptes sont calculées à part.",
    champs=(
        Champ(nom="mesure", libelle="Mesure", genre="id"),
        Champ(nom="libelle", libelle="Ce que c'est", genre="memo"),
        Champ(nom="unite", libelle="Unité", genre="memo"),
        PASSAGE,
        REPONDANT,
        Champ(nom="valeur", libelle="Valeur", genre="libre", aide="Un nombre, oui ou non, ou un code."),
        Champ(nom="precision", libelle="Précision", genre="texte-long"),
        date("date", "Date", "Vide : la date du passage."),
    ),
    exemple={"mesure": "tresorerie_mois", "passage": "2024", "repondant": "entreprise", "valeur": 1.8},
)
SITUATION = Feuille(
    cle="situation",
    titre="Situation",
    classe=LigneFait,
    intro="Ce que les leviers ont besoin de savoir : forme juridique, agréments, projets.",
    champs=(
        Champ(
            nom="fait",
            libelle="Fait",
            genre="id",
            aide="Identifiant de la base de savoir : agrement_iae, fonds_europeens…",
        ),
        Champ(nom="valeur", libelle="Valeur", genre="libre", aide="oui, non, un nombre ou un code."),
    ),
    exemple={"fait": "fonds_europeens", "valeur": "oui"},
)
EXERCICES = Feuille(
    cle="exercices",
    titre="Exercices",
    classe=LigneExercice,
    intro="Les années comptables. Donnez une balance ou un FEC, ou remplissez la feuille Comptes.",
    champs=(
        Champ(nom="id", libelle="Nom court", genre="id"),
        date("clos_le", "Clos le"),
        entier("mois", "Nombre de mois", "12 par défaut."),
        Champ(
            nom="comptes",
            libelle="Fichier des comptes",
            genre="texte",
            aide="Balance ou FEC, dans le même dossier que ce fichier.",
        ),
        Champ(nom="origine", libelle="Origine des comptes", genre="choix", choix=ORIGINES),
    ),
    exemple={"id": "2025", "clos_le": "31/12/2025", "comptes": "balance-2025.csv"},
)
COMPTES = Feuille(
    cle="comptes",
    titre="Comptes",
    classe=LigneCompte,
    intro="Les lignes du bilan et du compte de résultat, quand aucun fichier des comptes n'est donné.",
    champs=(
        EXERCICE,
        Champ(
            nom="poste",
            libelle="Poste",
            genre="choix",
            choix=tuple((p, POSTES[p]) for p in TOUS),
            aide="Fonds propres : résultat de l'année compris.",
        ),
        montant("solde", "Montant"),
    ),
    exemple={},
)
RESSOURCES_ = Feuille(
    cle="ressources",
    titre="Ressources",
    classe=Ressource,
    intro="Une ligne par payeur et par sorte de ressource, dans l'année.",
    champs=(
        EXERCICE,
        Champ(nom="poste", libelle="Sorte", genre="choix", choix=RESSOURCES),
        Champ(nom="payeur", libelle="Payeur", genre="texte"),
        montant("montant", "Montant de l'année", "Valeur estimée pour le prêt de biens et le bénévolat."),
        Champ(nom="nature", libelle="Nature du payeur", genre="choix", choix=NATURES_PAYEUR),
        Champ(nom="niveau", libelle="Niveau public", genre="choix", choix=NIVEAUX),
        entier("nombre", "Nombre de payeurs", "1 par défaut ; 0 pour beaucoup, non comptés (clients)."),
        date("debut_engagement", "Engagé du"),
        date("engage_jusqu_au", "Engagé jusqu'au", "Dernier jour de la convention signée."),
        Champ(nom="fleche", libelle="Fléché", genre="oui-non", aide="oui si un projet est imposé."),
        Champ(nom="ecrit", libelle="Convention écrite", genre="oui-non"),
    ),
    exemple={},
)
ACTIVITES = Feuille(
    cle="activites",
    titre="Activités",
    classe=ActiviteEconomique,
    intro="Ce que chaque activité rapporte dans l'année, tous financements compris.",
    champs=(
        EXERCICE,
        Champ(nom="nom", libelle="Activité", genre="texte"),
        montant("produits", "Produits de l'année"),
    ),
    exemple={},
)
FEUILLES = (
    REPONDANTS, PASSAGES, REPONSES, CHIFFRES, SITUATION, EXERCICES, COMPTES, RESSOURCES_, ACTIVITES,
)  # fmt: skip
