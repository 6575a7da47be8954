"""Changes of a plan: one line at a time, each kept only if nobody has changed that line since it was read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.services.tresorerie.brouillon import CLE, LIGNES_MAX, Contenu
from perenne.web.common.verrou import Perime
from perenne.web.dossiers.models import Dossier
from perenne.web.tresorerie.models import PlanTresorerie


def obtenir_plan(dossier: Dossier) -> PlanTresorerie | None:
    """The plan of a file; None when nobody has started one."""
    return PlanTresorerie.objects.filter(dossier=dossier).first()


def marquer(ligne: Mapping[str, Any] | None) -> str:
    """What a form carries to say which state of a line it was made from; empty for a new line."""
    if ligne is None:
        return ""
    return hashlib.sha256(json.dumps(ligne, sort_keys=True).encode()).hexdigest()[:16]


def trouver(contenu: Contenu, feuille: str, cle: str) -> dict[str, Any] | None:
    """A line by its key."""
    return next((x for x in contenu.get(feuille, []) if x.get(CLE) == cle), None)


def changer_ligne(
    dossier: Dossier, feuille: str, cle: str, empreinte: str, nouvelle: Mapping[str, Any] | None
) -> None:
    """Add, replace or remove (`nouvelle` None) one line; the others are left as they are at that moment.

    Args:
        cle: key of the line, already drawn for a new one.
        empreinte: of the line that the person had in front of them, empty for a new one.

    Raises:
        Perime: somebody else has changed or removed that very line.
    """

    def changer(contenu: Contenu) -> Contenu:
        if marquer(trouver(contenu, feuille, cle)) != empreinte:
            raise Perime(
                "Une autre personne a modifié cette ligne pendant que vous écriviez.",
                conseil="Comparez ci-dessous avec ce qu’elle a écrit, puis enregistrez de nouveau.",
            )
        lignes = [x for x in contenu.get(feuille, []) if x.get(CLE) != cle or nouvelle is not None]
        if nouvelle is not None:
            neuve = {**nouvelle, CLE: cle}
            rang = next((i for i, x in enumerate(lignes) if x.get(CLE) == cle), None)
            if rang is None:
                if sum(map(len, contenu.values())) >= LIGNES_MAX:
                    raise ErreurUtilisateur(f"Un plan compte au plus {LIGNES_MAX} lignes.")
                lignes.append(neuve)
            else:
                lignes[rang] = neuve
        return {**contenu, feuille: lignes}

    modifier_plan(dossier, changer)


def modifier_plan(dossier: Dossier, changer: Callable[[Contenu], Contenu]) -> PlanTresorerie:
    """Apply a change to what the plan holds now, alone: others wait for it."""
    with transaction.atomic():
        # The file is held first: two people who start the plan together make one plan.
        Dossier.objects.select_for_update().get(pk=dossier.pk)
        plan: PlanTresorerie
        plan, _ = PlanTresorerie.objects.select_for_update().get_or_create(dossier=dossier)
        plan.contenu = changer(plan.contenu)
        plan.version += 1
        plan.modifie_le = timezone.now()
        plan.save(update_fields=["contenu", "version", "modifie_le"])
    return plan
