"""An item as JSON: what the file holds, what holds at the date, who cites it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from perenne.domain.savoir.base import BaseSavoir, FicheTrouvee, intitule
from perenne.kb.libelles import Libelles
from perenne.reports.fiche.au_jour import etats_au
from perenne.reports.fiche.valeurs import Ecriture


def ecrire_json(
    trouvee: FicheTrouvee,
    base: BaseSavoir,
    libelles: Libelles,
    *,
    au: dt.date,
    citants: Mapping[str, tuple[str, ...]],
) -> str:
    """The item as JSON text, indented, keys in the order of the class."""
    ecriture = Ecriture(base=base, libelles=libelles)
    etats = [dataclasses.asdict(e) for e in etats_au(trouvee.fiche, au, ecriture)]
    contenu = {
        "genre": trouvee.genre,
        "id": trouvee.id,
        "intitule": intitule(trouvee.fiche),
        "fichier": f"knowledge/{base.chemins[trouvee.genre, trouvee.id]}",
        "au": au.isoformat(),
        "au_jour": etats,
        "fiche": dataclasses.asdict(trouvee.fiche),
        "cite_par": citants,
    }
    return json.dumps(contenu, ensure_ascii=False, indent=2, default=_date) + "\n"


def _date(valeur: Any) -> str:
    if isinstance(valeur, dt.date):
        return valeur.isoformat()
    raise TypeError(f"not JSON: {type(valeur)}")
