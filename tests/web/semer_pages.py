"""Run in a process of its own, with the database of a live server: `python semer_pages.py`.

Makes what private pages show in each of their states, over the files of the demonstration; prints as JSON the
session of each person and the identifiers that addresses need.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from importlib import import_module
from typing import Any


def main() -> None:
    """Seed and print."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "perenne.web.config.reglages"
    import django

    django.setup()
    from django.utils import timezone

    from perenne.web import demonstration
    from perenne.web.common.dates import aujourd_hui
    from perenne.web.comptes.models import Compte
    from perenne.web.diagnostics.assemblage import empreinte_dossier
    from perenne.web.diagnostics.invitations import inviter
    from perenne.web.diagnostics.models import Depot, Passage, Repondant
    from perenne.web.dossiers.models import Acces, Dossier
    from perenne.web.entreprises.models import Correction, Suite
    from perenne.web.espaces.models import Adhesion, Geste, Invitation, Organisation, Trace
    from perenne.web.tresorerie.models import PlanTresorerie

    demonstration.semer()
    chargee, elu = (Compte.objects.get(courriel=c) for c, _, _ in demonstration.COMPTES)
    organisation = Organisation.objects.get(adhesions__compte=chargee)
    noms = ("complet", "cafe", "regie")
    dossiers = {
        n: organisation.dossiers.get(nom=d[0]) for n, d in zip(noms, demonstration.DOSSIERS, strict=True)
    }
    dossiers["vide"] = Dossier.objects.create(organisation=organisation, nom="Épicerie inventée")
    dossiers["bancal"] = Dossier.objects.create(organisation=organisation, nom="Plan à corriger (fictif)")
    PlanTresorerie.objects.create(
        dossier=dossiers["bancal"],
        contenu={
            "structure": [{"_cle": "s", "structure": "Plan à corriger", "debut": "2027-01-01"}],
            "charges": [
                {"_cle": "c", "id": "loyer", "libelle": "Loyer", "montant": "beaucoup", "debut": "2027-01-01"}
            ],
        },
    )
    complet = dossiers["complet"]
    partenaire = Organisation.objects.create(nom="Association partenaire (fictive)")
    invitee = Compte.objects.creer("association@demo.invalid", nom="Trésorière de l’association (fictive)")
    Adhesion.objects.create(organisation=partenaire, compte=invitee, role="administrateur")
    accompagnateur = Compte.objects.creer("dla@demo.invalid", nom="Accompagnateur (fictif)")
    acces = Acces.objects.create(dossier=complet, compte=invitee, ecriture=True)
    Acces.objects.create(dossier=complet, compte=accompagnateur, jusqu_au="2099-12-31")
    Acces.objects.create(dossier=complet, beneficiaire=partenaire)
    dans_dix_jours = timezone.now() + dt.timedelta(days=10)
    for courriel, de in (
        ("nouvelle@demo.invalid", {"role": "editeur"}),
        ("tiers@demo.invalid", {"dossier": complet}),
    ):
        Invitation.objects.create(
            organisation=organisation, courriel=courriel, empreinte=courriel, expire_le=dans_dix_jours, **de
        )
    for geste in (Geste.VU, Geste.MODIFIE, Geste.PARTAGE, Geste.EXPORTE):
        Trace.objects.create(
            organisation=organisation,
            compte=elu,
            geste=geste,
            objet=f"dossier:{complet.pk}",
            libelle=complet.nom,
        )
    exploitante = Compte.objects.creer("exploitation@demo.invalid", nom="Exploitante (fictive)")
    Compte.objects.filter(pk=exploitante.pk).update(exploitant=True)
    signalees = [
        Correction.objects.create(
            numero="000990010", nom="Ressourcerie inventée", sujet="activite-fausse",
            activite="ressourceries",
            texte="Elle ne vend plus d’objets depuis 2025.", role="direction de la structure", suite=suite,
            motif="Elle vend encore, dit son site." if examinee else "", examinee_le=examinee,
        )
        for suite, examinee in ((Suite.A_EXAMINER, None), (Suite.ECARTEE, timezone.now()))
    ]  # fmt: skip
    passage = Passage.objects.get(dossier=complet, nom="2026")
    bureau = Repondant.objects.create(
        dossier=complet, nom="bureau", role="entreprise", fonction="bureau", rang=9
    )
    jusqu_au = aujourd_hui() + dt.timedelta(days=30)
    lien, jeton = inviter(passage, bureau, courriel="bureau@demo.invalid", jusqu_au=jusqu_au, par=chargee)
    depot = Depot.objects.create(
        dossier=complet, genre="dossier", fichier="dossier.yaml", contenu={"structure": {"nom": "Autre"}},
        rapport={"avis": [], "imports": []}, empreinte=empreinte_dossier(complet), auteur=chargee,
    )  # fmt: skip
    plan = PlanTresorerie.objects.get(dossier=complet).contenu
    gens = {"chargee": chargee, "elu": elu, "invitee": invitee, "exploitante": exploitante}
    print(
        json.dumps(
            {
                "sessions": {qui: _ouvrir(compte) for qui, compte in gens.items()},
                "espace": str(organisation.pk),
                "adhesion": Adhesion.objects.get(organisation=organisation, compte=elu).pk,
                "acces": acces.pk,
                "jeton": jeton,
                "depot": str(depot.pk),
                "lien": str(lien.pk),
                "correction": signalees[0].pk,
                "examinee": signalees[1].pk,
                "charge": plan["charges"][0]["_cle"],
                **{n: str(d.pk) for n, d in dossiers.items()},
            }
        )
    )


def _ouvrir(compte: Any) -> str:
    """A session of that person, who has just proved who they are and need no second step yet."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.utils import timezone

    from perenne.web.comptes.connexion import PREUVE
    from perenne.web.comptes.models import Double

    if compte.exploitant or compte.courriel.startswith("exploitation"):
        Double.objects.create(compte=compte, secret="", active_le=timezone.now())
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(compte.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = compte.get_session_auth_hash()
    session[PREUVE] = timezone.now().isoformat()
    session.save()
    return str(session.session_key)


if __name__ == "__main__":
    main()
