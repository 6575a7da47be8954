"""Movements of communes since 1943."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from perenne.pipeline.notice import Notice


def transformer(brut: Any, notice: Notice) -> Mapping[str, Any]:
    """Table `mouvement`."""
    return {
        "mouvement": brut.select(
            mod=brut.MOD,
            date_effet=brut.DATE_EFF.cast("date"),
            type_avant=brut.TYPECOM_AV,
            code_avant=brut.COM_AV,
            nom_avant=brut.LIBELLE_AV,
            type_apres=brut.TYPECOM_AP,
            code_apres=brut.COM_AP,
        ).distinct()
    }
