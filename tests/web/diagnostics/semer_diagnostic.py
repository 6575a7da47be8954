"""Run in a process of its own, with the database of a live server: `python semer_diagnostic.py FICHIER.yaml`.

Makes one organisation with an editor, a file that holds the whole diagnosis of FICHIER, an empty one, a link
of a respondent, an import that waits; prints what opens them as JSON.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from importlib import import_module
from pathlib import Path


def main(fichier: Path) -> None:
    """Seed and print."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "perenne.web.config.reglages"
    import django

    django.setup()
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from perenne.services.entreprise.dossiers import lire_dossier
    from perenne.services.entreprise.rubriques import rubriques_de
    from perenne.web.common.dates import aujourd_hui
    from perenne.web.comptes.models import Compte
    from perenne.web.diagnostics import models
    from perenne.web.diagnostics.assemblage import empreinte_dossier
    from perenne.web.diagnostics.ecriture import ecrire_rubriques
    from perenne.web.diagnostics.invitations import inviter
    from perenne.web.dossiers.models import Dossier
    from perenne.web.espaces.models import Adhesion, Organisation

    organisation = Organisation.objects.create(nom="Communauté de communes du Val fictif")
    compte = Compte.objects.creer("diagnostic@exemple.invalid")
    Adhesion.objects.create(organisation=organisation, compte=compte, role="editeur")
    rubriques = rubriques_de(lire_dossier(fichier, aujourd_hui()).dossier)
    dossiers = {}
    for nom in ("plein", "essai"):
        dossiers[nom] = Dossier.objects.create(organisation=organisation, nom=rubriques["structure"]["nom"])
        ecrire_rubriques(dossiers[nom], rubriques, compte, "remplacer")
    dossiers["vide"] = Dossier.objects.create(organisation=organisation, nom="Café inventé")
    plein = dossiers["plein"]
    passage = models.Passage.objects.get(dossier=plein, nom="2026")
    conseiller = models.Repondant.objects.create(
        dossier=plein, nom="bureau", role="entreprise", fonction="bureau", rang=9
    )
    jusqu_au = aujourd_hui() + dt.timedelta(days=30)
    _, jeton = inviter(passage, conseiller, courriel="", jusqu_au=jusqu_au, par=compte)
    depot = models.Depot.objects.create(
        dossier=plein, genre="dossier", fichier="dossier.yaml", contenu={"structure": {"nom": "Autre"}},
        rapport={"avis": [], "imports": []}, empreinte=empreinte_dossier(plein), auteur=compte,
    )  # fmt: skip
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(compte.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = compte.get_session_auth_hash()
    session.save()
    ouvertures = {nom: f"/dossiers/{d.pk}/diagnostic/" for nom, d in dossiers.items()}
    print(
        json.dumps(
            {"session": session.session_key, "jeton": jeton, "depot": str(depot.pk), **ouvertures},
        )
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
