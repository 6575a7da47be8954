"""A whole file in and out, and accounts: what goes in comes out, what is wrong is said in French."""

from __future__ import annotations

import datetime as dt

AU = dt.date(2026, 11, 23)
DEMOS = ("ressourcerie-valfiction", "cafe-bourg-invente", "regie-coteaux-imaginaires")
