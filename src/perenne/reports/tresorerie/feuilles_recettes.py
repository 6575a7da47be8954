"""The sheets of receipts: fields, help and example lines."""

from __future__ import annotations

from perenne.domain.tresorerie.flux import (
    AidePoste,
    Convention,
    Dons,
    Marche,
    OperationUE,
    Recette,
    Subvention,
    Ventes,
)
from perenne.reports.tresorerie.champs import (
    ALEA_DELAI,
    ALEA_MONTANT,
    CERTITUDE,
    ID,
    LIBELLE,
    PAYEUR,
    PERIODE,
    TVA,
    Champ,
    Feuille,
    date,
    delai,
    entier,
    montant,
    pourcent,
)

DEBUT_FLUX = (ID, LIBELLE, CERTITUDE, PAYEUR)
ACOMPTE = (
    pourcent("acompte", "Acompte", "Part versée d'abord. Vide : tout au solde."),
    Champ(
        nom="acompte_delai",
        libelle="Délai de l'acompte",
        genre="duree",
        aide="De la notification (ou du début d'année) au versement de l'acompte.",
    ),
    Champ(
        nom="acompte_delai_max", libelle="Délai de l'acompte au plus long", genre="duree", aide="Facultatif."
    ),
)
SAISON = Champ(
    nom="saison",
    libelle="Poids",
    genre="poids",
    nombre=12,
    aide="Douze poids, un par mois : 1 partout si l'activité est régulière, 3 pour un mois trois fois "
    "plus fort.",
)
JOUR = entier("jour", "Jour du mois", "De 1 à 31.")
PERIODICITE = Champ(nom="periodicite", libelle="Périodicité", genre="choix", choix=PERIODE)

SUBVENTIONS = Feuille(
    cle="subventions",
    titre="Subventions",
    classe=Subvention,
    intro="Une ligne par subvention décidée ou demandée : fonctionnement, projet, appel à projets.",
    champs=(
        *DEBUT_FLUX,
        montant("montant", "Montant"),
        date("notification", "Notification", "Date de la décision notifiée, ou espérée."),
        *ACOMPTE,
        date(
            "solde_le",
            "Condition du solde",
            "Jour où la condition est remplie : bilan remis, action terminée.",
        ),
        delai("De cette date au versement du solde."),
        *ALEA_DELAI,
        *ALEA_MONTANT,
        pourcent(
            "probabilite",
            "Chance d'obtenir",
            "Appels à projets seulement : elle est montrée, jamais multipliée au montant.",
        ),
    ),
    exemple={
        "id": "ville-2027",
        "libelle": "Subvention de fonctionnement",
        "statut": "sécurisé",
        "payeur": "Ville",
        "montant": 24000,
        "notification": "15/03/2027",
        "acompte": 50,
        "acompte_delai": "30 jours",
        "solde_le": "31/12/2027",
        "delai": "90 jours",
        "delai_max": "180 jours",
    },
)
CONVENTIONS = Feuille(
    cle="conventions",
    titre="Conventions pluriannuelles",
    classe=Convention,
    intro="Une ligne par convention sur plusieurs années : un acompte chaque année, puis le solde.",
    champs=(
        *DEBUT_FLUX,
        date("debut", "Début", "Premier jour de la première année."),
        Champ(nom="montants", libelle="Montant année", genre="montants", nombre=5, aide="Une à cinq années."),
        *ACOMPTE,
        delai("De la fin de chaque année à son solde."),
        *ALEA_DELAI,
        *ALEA_MONTANT,
    ),
    exemple={
        "id": "cpo-epci",
        "libelle": "Convention pluriannuelle d'objectifs",
        "statut": "sécurisé",
        "payeur": "Communauté de communes",
        "debut": "01/01/2027",
        "montants": [18000, 18000, 18000],
        "acompte": 70,
        "acompte_delai": "60 jours",
        "delai": "120 jours",
    },
)
EUROPE = Feuille(
    cle="operations-europeennes",
    titre="Fonds européens",
    classe=OperationUE,
    intro="Une ligne par opération FSE+, FEDER ou LEADER. Ses dépenses s'écrivent dans les autres feuilles.",
    champs=(
        *DEBUT_FLUX,
        date("debut", "Début"),
        date("fin", "Fin"),
        montant("depenses", "Dépenses éligibles"),
        pourcent("taux", "Taux d'intervention"),
        pourcent("avance", "Avance", "En pourcentage de l'aide. Vide : pas d'avance."),
        montant("avance_plafond", "Plafond de l'avance"),
        Champ(
            nom="avance_delai", libelle="Délai de l'avance", genre="duree", aide="Du début à son versement."
        ),
        Champ(
            nom="demandes",
            libelle="Demande de paiement",
            genre="dates",
            nombre=4,
            aide="Dates des demandes intermédiaires.",
        ),
        Champ(
            nom="parts_demandees",
            libelle="Part de l'aide (%) demande",
            genre="pourcents",
            nombre=4,
            aide="Part de l'aide versée après chaque demande, une par date.",
        ),
        Champ(nom="demande_delai", libelle="Délai des demandes", genre="duree"),
        delai("De la fin au solde : deux ans en moyenne selon l'étude."),
        *ALEA_DELAI,
        pourcent("rejet", "Rejet au contrôle", "Part de l'aide refusée au contrôle de service fait."),
        *ALEA_MONTANT,
    ),
    exemple={
        "id": "fse-2027",
        "libelle": "Parcours d'insertion 2027",
        "statut": "sécurisé",
        "payeur": "FSE+",
        "debut": "01/01/2027",
        "fin": "31/12/2027",
        "depenses": 60000,
        "taux": 100,
        "avance": 30,
        "avance_delai": "3 mois",
        "delai": "24 mois",
        "delai_min": "9 mois",
        "delai_max": "30 mois",
        "part_min": 90,
    },
)
AIDES = Feuille(
    cle="aides-au-poste",
    titre="Aides au poste (IAE)",
    classe=AidePoste,
    intro="Une ligne par convention d'insertion et par année : le douzième de l'aide, puis les "
    "régularisations.",
    champs=(
        *DEBUT_FLUX,
        date("debut", "Premier mois"),
        date("fin", "Dernier mois"),
        Champ(
            nom="etp",
            libelle="Postes (ETP)",
            genre="centiemes",
            aide="Équivalents temps plein conventionnés.",
        ),
        montant(
            "montant_par_etp",
            "Aide par ETP et par an",
            "Le montant du barème en vigueur pour votre structure et votre année : il est daté, vérifiez-le.",
        ),
        pourcent(
            "occupation", "Occupation", "Postes réellement tenus, en pourcentage des postes conventionnés."
        ),
        Champ(
            nom="mois_regularisation",
            libelle="Mois de régularisation",
            genre="mois",
            aide="Numéros : 5 ; 8 ; 11.",
        ),
        delai("De la fin du mois au versement."),
        Champ(
            nom="delai_bilan",
            libelle="Délai du bilan annuel",
            genre="duree",
            aide="De la fin de l'année au bilan.",
        ),
        pourcent("modulation", "Part modulée", "En pourcentage de l'aide due, versée au bilan."),
        *ALEA_DELAI,
        *ALEA_MONTANT,
    ),
    exemple={
        "id": "aci-2027",
        "libelle": "Atelier et chantier d'insertion",
        "statut": "sécurisé",
        "payeur": "ASP",
        "debut": "01/01/2027",
        "fin": "31/12/2027",
        "etp": 8,
        "montant_par_etp": 24000,
        "occupation": 92,
        "mois_regularisation": "5 ; 8 ; 11",
    },
)
MARCHES = Feuille(
    cle="marches",
    titre="Marchés publics",
    classe=Marche,
    intro="Une ligne par marché public : factures régulières, avance facultative reprise sur les factures.",
    champs=(
        *DEBUT_FLUX,
        montant("montant", "Montant total HT"),
        date("debut", "Début"),
        date("fin", "Fin"),
        PERIODICITE,
        delai("De la facture au paiement : trente jours au plus pour un acheteur public."),
        *ALEA_DELAI,
        pourcent("avance", "Avance"),
        Champ(nom="avance_delai", libelle="Délai de l'avance", genre="duree"),
        pourcent(
            "resorption_debut", "Reprise de l'avance à partir de", "Avancement du marché, 65 par défaut."
        ),
        pourcent("resorption_fin", "Reprise terminée à", "80 par défaut."),
        TVA,
        *ALEA_MONTANT,
    ),
    exemple={
        "id": "espaces-verts",
        "libelle": "Entretien des espaces verts",
        "statut": "sécurisé",
        "payeur": "Ville",
        "montant": 36000,
        "debut": "01/01/2027",
        "fin": "31/12/2027",
        "periodicite": "mois",
        "delai": "30 jours",
        "delai_max": "60 jours",
    },
)
VENTES = Feuille(
    cle="ventes",
    titre="Ventes",
    classe=Ventes,
    intro="Une ligne par activité vendue : le montant d'une année et sa répartition entre les mois.",
    champs=(
        *DEBUT_FLUX,
        montant("annuel", "Montant d'une année HT"),
        date("debut", "Début"),
        date("fin", "Fin"),
        SAISON,
        JOUR,
        delai("De la vente au paiement."),
        *ALEA_DELAI,
        pourcent("impayes", "Impayés"),
        TVA,
        *ALEA_MONTANT,
    ),
    exemple={
        "id": "boutique",
        "libelle": "Ventes de la boutique",
        "statut": "probable",
        "payeur": "Clients",
        "annuel": 42000,
        "debut": "01/01/2027",
        "fin": "31/12/2029",
        "saison": [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2],
        "part_min": 80,
        "part_max": 110,
    },
)
DONS = Feuille(
    cle="dons",
    titre="Dons et cotisations",
    classe=Dons,
    intro="Dons, mécénat, cotisations : le montant d'une année et sa répartition.",
    champs=(
        *DEBUT_FLUX,
        montant("annuel", "Montant d'une année"),
        date("debut", "Début"),
        date("fin", "Fin"),
        SAISON,
        JOUR,
        *ALEA_MONTANT,
    ),
    exemple={
        "id": "adhesions",
        "libelle": "Cotisations",
        "statut": "probable",
        "payeur": "Adhérents",
        "annuel": 1500,
        "debut": "01/01/2027",
        "fin": "31/12/2029",
        "saison": [6, 2, 1, 1, 1, 1, 1, 1, 6, 2, 1, 1],
    },
)
RECETTES = Feuille(
    cle="recettes",
    titre="Autres recettes",
    classe=Recette,
    intro="Toute autre entrée d'argent : apport, remboursement, aide à l'emploi. Hors TVA.",
    champs=(
        *DEBUT_FLUX,
        montant("montant", "Montant"),
        date("debut", "Date ou début"),
        date("fin", "Fin"),
        PERIODICITE,
        JOUR,
        delai("De la date au paiement."),
        *ALEA_DELAI,
        *ALEA_MONTANT,
    ),
    exemple={
        "id": "apport",
        "libelle": "Apport associatif",
        "statut": "sécurisé",
        "payeur": "Fédération",
        "montant": 5000,
        "debut": "01/04/2027",
        "periodicite": "une fois",
    },
)
FEUILLES_RECETTES = (SUBVENTIONS, CONVENTIONS, EUROPE, AIDES, MARCHES, VENTES, DONS, RECETTES)
