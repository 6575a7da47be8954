"""What the server runs; what every request reads is read before the workers are forked, and shared."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "perenne.web.config.reglages")

application = get_wsgi_application()


def prechauffer() -> None:
    """Read once what every request reads."""
    from perenne.services.consulter.prechauffage import preparer_territoires  # noqa: PLC0415 - after Django
    from perenne.services.consulter.recherche import preparer_recherche  # noqa: PLC0415
    from perenne.web.common.dates import aujourd_hui  # noqa: PLC0415
    from perenne.web.common.feuille import lire_feuille  # noqa: PLC0415

    preparer_recherche()
    preparer_territoires(aujourd_hui())
    lire_feuille()


prechauffer()
