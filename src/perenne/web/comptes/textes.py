"""The messages, word for word: subject, then body. A message asks for nothing but a press on its link."""

from __future__ import annotations

_IGNORER = "Si vous n’avez rien demandé, ne faites rien : sans ce lien, rien ne se passe."

TEXTES: dict[str, tuple[str, str]] = {
    "connexion": (
        "votre lien de connexion",
        """
Bonjour,

Pour vous connecter à {site}, ouvrez ce lien, puis appuyez sur le bouton de la page :

{lien}

Il sert une seule fois et pendant 15 minutes.
"""
        + _IGNORER,
    ),
    "inscription": (
        "ouvrez votre compte",
        """
Bonjour,

Aucun compte n’existe encore sur {site} pour l’adresse {courriel}. Pour en ouvrir un, suivez ce lien, puis
appuyez sur le bouton de la page :

{lien}

Il sert une seule fois et pendant 15 minutes.
"""
        + _IGNORER,
    ),
    "sans-compte": (
        "aucun compte à cette adresse",
        """
Bonjour,

Quelqu’un a demandé à se connecter à {site} avec l’adresse {courriel}. Aucun compte ouvert n’y correspond, et
l’on n’y entre que sur invitation. Vous avez peut-être un compte à une autre adresse.

Si vous n’avez rien demandé, ne faites rien.
""",
    ),
    "invitation": (
        "une invitation de {organisation}",
        """
Bonjour,

{organisation} vous invite à {quoi}.

Pour accepter, ouvrez ce lien avant le {jour} :
{lien}

Si vous n’attendiez pas ce message, ne faites rien : sans votre accord, rien n’est ouvert.
""",
    ),
    "ouverture": (
        "votre compte est ouvert",
        """
Bonjour,

Un compte vous a été ouvert sur {site} par la personne qui administre ce site. Pour vous connecter et choisir
un mot de passe, suivez ce lien, puis appuyez sur le bouton de la page :

{lien}

Il sert une seule fois et pendant 7 jours. Passé ce délai, demandez un lien à la page de connexion.
""",
    ),
    "changement": (
        "confirmez votre nouvelle adresse",
        """
Bonjour,

Vous avez demandé que votre compte sur {site} emploie désormais l’adresse {courriel}. Pour confirmer, ouvrez
ce lien dans le navigateur où vous êtes connecté, puis appuyez sur le bouton de la page :

{lien}

Il sert une seule fois et pendant 15 minutes.
"""
        + _IGNORER,
    ),
    "rattachement": (
        "confirmez votre identité professionnelle",
        """
Bonjour,

Quelqu’un s’est identifié avec {fournisseur} sur {site} et dit avoir l’adresse {courriel}. Si c’est vous,
ouvrez ce lien dans le navigateur où vous avez commencé, puis appuyez sur le bouton de la page :

{lien}

Il sert une seule fois et pendant 15 minutes.
Si ce n’est pas vous, n’ouvrez pas ce lien : sans lui, rien ne se passe.
""",
    ),
    "admission": (
        "votre demande est acceptée",
        """
Bonjour,

Votre demande pour rejoindre « {organisation} » sur {site} est acceptée. Ses dossiers vous attendent : {lien}
""",
    ),
    "avis": (
        "un changement sur votre compte",
        """
Bonjour,

Ceci vient d’arriver sur votre compte {site} : {quoi}.

Si c’est vous, il n’y a rien à faire. Sinon, connectez-vous par un lien, changez votre mot de passe et fermez
vos autres sessions : {lien}
""",
    ),
    "inactif": (
        "votre compte sera bientôt effacé",
        """
Bonjour,

Votre dernière connexion à {site} date du {depuis}. Votre compte sera effacé après le {jour}, avec ce qui
n’appartient qu’à vous. Les dossiers des organisations restent aux organisations.

Pour le garder, il suffit de vous connecter : {lien}
""",
    ),
    "efface": (
        "votre compte est effacé",
        """
Bonjour,

Votre compte sur {site} est effacé. Ce que vous aviez fait dans les dossiers des organisations leur reste,
sans votre nom. Les copies de sauvegarde du site disparaissent selon leur propre calendrier.
""",
    ),
}
