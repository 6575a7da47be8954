"""What the server runs; the knowledge base is read before the workers are forked, and shared by them."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "perenne.web.config.reglages")

application = get_wsgi_application()


def prechauffer() -> None:
    """Read once what every request reads."""
    from perenne.services.consulter.recherche import preparer_recherche  # noqa: PLC0415 - after Django
    from perenne.web.common.feuille import lire_feuille  # noqa: PLC0415

    preparer_recherche()
    lire_feuille()


prechauffer()
