"""Django settings: what varies is read from the variables of `docs/reference/reglages.md`."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Any

from perenne.reports.page import GABARITS as GABARITS_NOTES
from perenne.services.reglages import dossier_donnees
from perenne.web.config.base import lire_bases, lire_cle
from perenne.web.config.comptes import lire_choix, lire_delai, lire_durees, lire_entier, lire_fournisseur
from perenne.web.config.courriels import lire_courriels
from perenne.web.config.journal import JOURNAL

_WEB = Path(__file__).resolve().parents[1]


def _liste(variable: str, defaut: str) -> list[str]:
    return [m.strip() for m in os.environ.get(variable, defaut).split(",") if m.strip()]


DEBUG = False
SECRET_KEY = lire_cle()
ALLOWED_HOSTS = _liste("PERENNE_WEB_HOTES", "localhost,127.0.0.1,[::1]")
ROOT_URLCONF = "perenne.web.config.urls"
WSGI_APPLICATION = "perenne.web.config.wsgi.application"
# Accounts and what people write. The atlas and the knowledge base are files, read by the services.
DATABASES: dict[str, Any] = lire_bases()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "perenne.web.comptes",
    "perenne.web.espaces",
    "perenne.web.dossiers",
    "perenne.web.tresorerie",
    "perenne.web.entreprises",
    "perenne.web.diagnostics",
    "perenne.web.statistiques",
]
AUTH_USER_MODEL = "comptes.Compte"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
MIDDLEWARE = [
    "perenne.web.common.journal.Journal",
    "perenne.web.statistiques.compteur.Statistiques",
    "django.middleware.security.SecurityMiddleware",
    # Around the static files too: scripts weigh three times less.
    "perenne.web.common.entetes.Compression",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "perenne.web.common.entetes.Entetes",
    "perenne.web.common.tailles.Tailles",
    "perenne.web.common.debit.Debit",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "perenne.web.comptes.sessions.Presence",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "perenne.web.common.erreurs.Erreurs",
]

_APPS = (
    "common",
    "accueil",
    "territoires",
    "leviers",
    "cas",
    "regles",
    "pages",
    "comptes",
    "espaces",
    "dossiers",
    "tresorerie",
    "entreprises",
    "diagnostics",
    "statistiques",
)
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [*(_WEB / app / "gabarits" for app in _APPS), str(GABARITS_NOTES)],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "perenne.web.common.jinja.creer_environnement", "auto_reload": False},
    }
]

STATIC_URL = "/statique/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 30 * 24 * 3600

LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_TZ = True
# Not to translate: so that what Django itself says of a form is said in French.
USE_I18N = True
LANGUAGES = [("fr", "Français")]
APPEND_SLASH = True
# A family of the grid holds fourteen justifications of up to 4,000 letters, accents written on six bytes.
DATA_UPLOAD_MAX_MEMORY_SIZE = 512 * 1024
DEFAULT_CHARSET = "utf-8"

ADRESSE_SITE = os.environ.get("PERENNE_WEB_ADRESSE", "").rstrip("/")
# Servers of ours in front of this one: what they say of the address of a visitor is believed, and no more.
HTTPS = os.environ.get("PERENNE_WEB_HTTPS", "") == "1"
RELAIS = lire_entier("PERENNE_WEB_RELAIS", int(HTTPS), 0)
# Counts are written that often (0: nothing is counted), and kept that long.
STATISTIQUES_S = lire_entier("PERENNE_STATISTIQUES_S", 10, 0)
STATISTIQUES_MOIS = lire_entier("PERENNE_STATISTIQUES_MOIS", 25, 1)
API_DEBIT = lire_entier("PERENNE_API_DEBIT", 240, 0)

DUREES = lire_durees()
FOURNISSEUR = lire_fournisseur()
INSCRIPTION = lire_choix("PERENNE_WEB_INSCRIPTION", ("ouverte", "invitation"))
ESSAIS_SITE = lire_entier("PERENNE_WEB_ESSAIS_SITE", 300, 20)
# Before an administrator must have a second step; None when that is left to them.
DOUBLE_DELAI = lire_delai("PERENNE_WEB_DOUBLE_JOURS", 14)
DOUBLE_EXIGE = True
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
     "OPTIONS": {"user_attributes": ("courriel", "nom")}},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]  # fmt: skip

LOGIN_URL = "/connexion/"
SESSION_ENGINE = "perenne.web.comptes.sessions"
SESSION_COOKIE_AGE = DUREES.session_jours * 24 * 3600
SESSION_DUREE_MAX = dt.timedelta(days=2 * DUREES.session_jours)
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_AGE = None  # goes with the browser
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "perenne_session", "perenne_csrf"
CSRF_FAILURE_VIEW = "perenne.web.common.erreurs.jeton_refuse"
# Public pages must stay free of cookies: a message is kept in the session, which only an account opens.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_REDIRECT_EXEMPT = [r"^sante$", r"^pret$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

globals().update(lire_courriels())
DOSSIER_COURRIELS = str(dossier_donnees() / "courriels")

LOGGING = JOURNAL
