"""Propose the known name nearest to an unknown one."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz, process

from perenne.reports.typographie import sans_accents

RESSEMBLANCE = 70


def proposer(inconnu: str, connus: Sequence[str]) -> str:
    """« Vouliez-vous… ? », or the list of what exists when nothing looks like it."""
    proche = process.extractOne(
        sans_accents(inconnu), connus, scorer=fuzz.ratio, processor=sans_accents, score_cutoff=RESSEMBLANCE
    )
    if proche:
        return f"Vouliez-vous « {proche[0]} » ?"
    return f"Existent : {', '.join(connus)}." if len(connus) <= 20 else ""
