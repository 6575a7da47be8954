"""The counts of the site."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from perenne.web.api.commun import ERREURS
from perenne.web.common.dates import aujourd_hui
from perenne.web.statistiques.lecture import Frequentations, lire_frequentation

routeur = Router(tags=["Le site"])


@routeur.get(
    "/statistiques",
    response={200: Frequentations, **ERREURS},
    url_name="statistiques",
    summary="L’usage du site",
)
def statistiques(request: HttpRequest) -> Any:
    """Pages read by kind, answers by month."""
    del request
    return lire_frequentation(aujourd_hui())
