"""Municipal population of the communes of Mayotte, whose codes are rebuilt from the département."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from perenne.pipeline.gabarits import mesures_de_colonnes
from perenne.pipeline.notice import Notice


def transformer(brut: Any, notice: Notice) -> Mapping[str, Any]:
    """Table `mesure`; 976 and 601 make 97601."""
    return {
        "mesure": mesures_de_colonnes(brut, notice, brut.DEP.substr(0, 2) + brut.CODCOM.strip().lpad(3, "0"))
    }
