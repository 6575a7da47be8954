"""Run in a process of its own, with the database of a live server: `python semer.py NOMBRE`.

Makes one organisation, one file with a plan, NOMBRE editors; prints their session keys as JSON.
"""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module


def main(nombre: int) -> None:
    """Seed and print."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "perenne.web.config.reglages"
    import django

    django.setup()
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.db import transaction

    from perenne.web.comptes.models import Compte
    from perenne.web.dossiers.models import Dossier
    from perenne.web.espaces.models import Adhesion, Organisation
    from perenne.web.tresorerie.models import PlanTresorerie

    magasin = import_module(settings.SESSION_ENGINE).SessionStore
    cles = []
    with transaction.atomic():
        organisation = Organisation.objects.create(nom="Organisation fictive", territoire="299900027")
        dossier = Dossier.objects.create(organisation=organisation, nom="Café inventé", commune="99001")
        structure = {
            "_cle": "s",
            "structure": "Café inventé",
            "debut": "2027-01-01",
            "tresorerie_initiale": "0",
        }
        compteur = {
            "_cle": "compteur",
            "id": "compteur",
            "libelle": "0",
            "montant": "1",
            "debut": "2027-01-01",
        }
        PlanTresorerie.objects.create(
            dossier=dossier, contenu={"structure": [structure], "charges": [compteur]}
        )
        for rang in range(nombre):
            compte = Compte.objects.creer(f"editeur-{rang}@exemple.invalid")
            role = "administrateur" if rang == 0 else "editeur"
            Adhesion.objects.create(organisation=organisation, compte=compte, role=role)
            session = magasin()
            session[SESSION_KEY] = str(compte.pk)
            session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
            session[HASH_SESSION_KEY] = compte.get_session_auth_hash()
            session.save()
            cles.append(session.session_key)
    print(json.dumps({"organisation": str(organisation.pk), "dossier": str(dossier.pk), "sessions": cles}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
