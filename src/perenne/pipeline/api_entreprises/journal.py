"""What is received, written page by page so that a run that is cut can be resumed."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from perenne.pipeline.api_entreprises.client import Page

VALIDITE = dt.timedelta(hours=24)
"""Beyond, the service has new data: pages of two days would not go together."""


class Journal:
    """Pages already received, by question and number."""

    def __init__(self, fichier: Path, maintenant: dt.datetime) -> None:
        self.fichier = fichier
        self.pages: dict[tuple[str, int], Page] = {}
        self.commence_le = maintenant
        if not self._relire(maintenant):
            self.pages.clear()
            fichier.parent.mkdir(parents=True, exist_ok=True)
            fichier.write_text(
                json.dumps({"commence_le": maintenant.isoformat(timespec="seconds")}) + "\n", encoding="utf-8"
            )

    def _relire(self, maintenant: dt.datetime) -> bool:
        """Read what a previous run received; False when there is nothing to resume."""
        lignes = self._lignes()
        try:
            debut = dt.datetime.fromisoformat(next(lignes)["commence_le"])
            if not dt.timedelta() <= maintenant - debut <= VALIDITE:
                return False
            for ligne in lignes:
                page = Page(resultats=ligne["resultats"], total=ligne["total"], pages=ligne["pages"])
                self.pages[ligne["question"], ligne["page"]] = page
        except (StopIteration, KeyError, TypeError, ValueError):
            return False
        self.commence_le = debut
        return True

    def _lignes(self) -> Iterator[dict[str, Any]]:
        """Whole lines; a last one that was cut is taken off, so that the next is not glued to it."""
        try:
            octets = self.fichier.read_bytes()
        except OSError:
            return
        entieres = octets[: octets.rfind(b"\n") + 1]
        if len(entieres) < len(octets):
            self.fichier.write_bytes(entieres)
        for ligne in entieres.splitlines():
            yield json.loads(ligne)

    def noter(self, question: str, numero: int, page: Page) -> None:
        """Keep a page, on the disk before going on."""
        self.pages[question, numero] = page
        ligne = {
            "question": question,
            "page": numero,
            "total": page.total,
            "pages": page.pages,
            "resultats": page.resultats,
        }
        with self.fichier.open("a", encoding="utf-8") as flux:
            flux.write(json.dumps(ligne, ensure_ascii=False) + "\n")
            flux.flush()
            os.fsync(flux.fileno())

    def effacer(self) -> None:
        """Forget everything: the result is in its place."""
        self.fichier.unlink(missing_ok=True)
