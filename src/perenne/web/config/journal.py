"""Logs as one JSON object a line, on the standard error: what a collector reads without a pattern."""

from __future__ import annotations

import datetime as dt
import json
import logging
from typing import Any

CHAMPS = ("methode", "chemin", "statut", "ms")


class EnJson(logging.Formatter):
    """One JSON object a line; no query string and no address of a visitor is ever written."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as JSON."""
        ligne: dict[str, Any] = {
            "moment": dt.datetime.fromtimestamp(record.created, tz=dt.UTC).isoformat(timespec="milliseconds"),
            "niveau": record.levelname,
            "journal": record.name,
            "message": record.getMessage(),
        }
        ligne |= {c: getattr(record, c) for c in CHAMPS if hasattr(record, c)}
        if record.exc_info:
            ligne["trace"] = self.formatException(record.exc_info)
        return json.dumps(ligne, ensure_ascii=False)


JOURNAL: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "perenne.web.config.journal.EnJson"}},
    "handlers": {"erreur": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["erreur"], "level": "WARNING"},
    "loggers": {
        "perenne.web": {"level": "INFO", "handlers": ["erreur"], "propagate": False},
        "django.request": {"level": "CRITICAL"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
