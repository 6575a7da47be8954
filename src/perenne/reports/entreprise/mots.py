"""French words of the codes that the domain returns."""

from __future__ import annotations

from perenne.domain.entreprise.dossier import Avis, NaturePayeur, NiveauPublic, PosteRessource, Role, Version
from perenne.domain.entreprise.postes import Poste
from perenne.domain.entreprise.profil import Etat
from perenne.domain.entreprise.questions import MotifQuestion
from perenne.domain.entreprise.stade import Test
from perenne.domain.entreprise.tendance import Evolution

AVIS: tuple[tuple[Avis, str], ...] = (
    ("oui", "oui"), ("moyen", "moyen"), ("non", "non"), ("sans-objet", "sans objet"),
    ("ne-sait-pas", "ne sait pas"),
)  # fmt: skip
ROLES: tuple[tuple[Role, str], ...] = (
    ("entreprise", "entreprise"), ("elu", "élu"), ("agent", "agent"), ("conseiller", "conseiller"),
)  # fmt: skip
VERSIONS: tuple[tuple[Version, str], ...] = (("complete", "complète"), ("essentielle", "essentielle"))
RESSOURCES: tuple[tuple[PosteRessource, str], ...] = (
    ("ventes", "ventes"), ("commande-publique", "commande publique"), ("subventions", "subventions"),
    ("cotisations", "cotisations"), ("dons-mecenat", "dons et mécénat"), ("nature", "aides en nature"),
    ("benevolat", "bénévolat"),
)  # fmt: skip
NATURES_PAYEUR: tuple[tuple[NaturePayeur, str], ...] = (
    ("public", "public"), ("entreprise", "entreprise"), ("fondation", "fondation"),
    ("particuliers", "particuliers"), ("autre", "autre"),
)  # fmt: skip
NIVEAUX: tuple[tuple[NiveauPublic, str], ...] = (
    ("commune", "commune"), ("epci", "intercommunalité"), ("departement", "département"),
    ("region", "région"), ("etat", "État"), ("ue", "Union européenne"), ("caf", "CAF"), ("ars", "ARS"),
    ("autre-public", "autre public"),
)  # fmt: skip
ORIGINES = (("saisie", "saisie"), ("balance", "balance"), ("fec", "FEC"))
POSTES: dict[Poste, str] = {
    "immobilisations": "Immobilisations nettes",
    "stocks": "Stocks",
    "creances-usagers": "Créances sur usagers et clients",
    "subventions-a-recevoir": "Subventions à recevoir",
    "autres-creances": "Autres créances",
    "charges-constatees-avance": "Charges constatées d'avance",
    "disponibilites": "Disponibilités",
    "fonds-propres": "Fonds propres",
    "subventions-investissement": "Subventions d'investissement",
    "provisions": "Provisions",
    "fonds-dedies": "Fonds dédiés",
    "emprunts": "Emprunts",
    "fournisseurs": "Fournisseurs",
    "dettes-fiscales-sociales": "Dettes fiscales et sociales",
    "autres-dettes": "Autres dettes",
    "produits-constates-avance": "Produits constatés d'avance",
    "concours-bancaires": "Découverts et crédits de trésorerie",
    "achats": "Achats",
    "loyers": "Loyers et charges des locaux",
    "services-exterieurs": "Services extérieurs",
    "impots-taxes": "Impôts et taxes",
    "personnel": "Personnel",
    "autres-charges": "Autres charges",
    "charges-financieres": "Charges financières",
    "charges-exceptionnelles": "Charges exceptionnelles",
    "valeur-comptable-cessions": "Valeur comptable des biens cédés",
    "dotations": "Dotations aux amortissements et provisions",
    "reports-fonds-dedies": "Reports en fonds dédiés",
    "impot-benefices": "Impôt sur les bénéfices",
    "ventes": "Ventes et prestations",
    "subventions": "Subventions et concours publics",
    "quote-part-subventions-investissement": "Quote-part des subventions d'investissement",
    "dons-mecenat": "Dons et mécénat",
    "cotisations": "Cotisations",
    "autres-produits": "Autres produits",
    "produits-financiers": "Produits financiers",
    "produits-exceptionnels": "Produits exceptionnels",
    "produits-cessions": "Produits des cessions",
    "reprises": "Reprises",
    "utilisations-fonds-dedies": "Utilisations de fonds dédiés",
    "contributions-nature": "Aides en nature (87)",
    "benevolat": "Bénévolat (875)",
    "emplois-nature": "Emplois des aides en nature (86)",
}
ETATS: dict[Etat, str] = {
    "solide": "solide",
    "a-consolider": "à consolider",
    "fragile": "fragile",
    "desaccord": "désaccord",
    "sans-objet": "sans objet",
    "sans-reponse": "sans réponse",
}
EVOLUTIONS: dict[Evolution, str] = {
    "mieux": "mieux",
    "stable": "stable",
    "moins-bien": "moins bien",
    "partage": "lectures opposées",
    "autre-methode": "autres répondants",
    "incomparable": "non comparable",
}
MOTIFS: dict[MotifQuestion, str] = {
    "desaccord": "les réponses diffèrent",
    "contradiction": "un chiffre contredit la réponse",
    "ecart-chiffre": "des chiffres diffèrent",
    "fragile-sans-chiffre": "une faiblesse sans chiffre",
    "sans-reponse": "pas de réponse",
}
TESTS: dict[Test, tuple[str, str]] = {
    "activite-commencee": ("l'activité a commencé", "l'activité n'a pas commencé"),
    "trois-comptes-clos": ("au moins trois comptes clos", "moins de trois comptes clos"),
    "premier-emploi-recent": ("premier emploi depuis moins d'un an", "premier emploi depuis un an ou plus"),
    "tresorerie-sous-un-mois": ("trésorerie sous un mois de charges", "trésorerie d'un mois ou plus"),
    "fonds-propres-en-baisse": (
        "fonds propres négatifs, ou en baisse deux années de suite",
        "fonds propres qui tiennent",
    ),
    "depart-sans-releve": ("départ de la direction sans relève", "pas de départ sans relève"),
    "demande-ailleurs": ("une demande vient d'ailleurs", "pas de demande ailleurs"),
    "frng-couvre-bfr": (
        "les ressources stables couvrent l'attente des paiements",
        "les ressources stables ne couvrent pas l'attente des paiements",
    ),
}
TERRITOIRES = ("rural", "montagne", "qpv", "petite-ville", "outre-mer")
